//! The pieces into which Kustomize cuts a text before it reads YAML: at each line that begins with `---`.
//!
//! Of each piece the first document is read, and nothing behind it (`kyaml/kio/byteio_reader.go`). So text that no
//! parser takes is passed over where it stands behind a whole document.

use std::ops::Range;

use tidegate_yaml::{ErrorKind, Stream};

/// How many pieces with text behind their first document are looked at.
const MOST: usize = 64;

/// Returns the text with what is passed over as blanks, so that every place stays where it is; `None` where a mistake is
/// in something that is read.
pub(crate) fn readable(text: &str) -> Option<String> {
    let mut text = text.to_owned();
    for _ in 0..MOST {
        let (_, errors) = Stream::parse_what_can_be(&text);
        let Some(error) = errors.first() else { return Some(text) };
        let piece = piece(&text, error.span().range().start);
        let behind = behind_first_document(text.get(piece.clone())?)?;
        blank(&mut text, piece.start + behind..piece.end);
    }
    None
}

/// Returns the first piece that holds anything, with what is passed over as blanks; `None` where a mistake is in what is
/// read.
pub(crate) fn first_readable(text: &str) -> Option<String> {
    let blank = |line: &str| {
        let line = line.trim();
        line.is_empty() || line.starts_with('#') || line == "---"
    };
    let content = text.split_inclusive('\n').take_while(|line| blank(line)).map(str::len).sum();
    readable(text.get(..piece(text, content).end)?)
}

/// Returns the range of the piece around a place.
fn piece(text: &str, at: usize) -> Range<usize> {
    let start = text.get(..at).and_then(|it| it.rfind("\n---")).map_or(0, |it| it + 1);
    let end = text.get(at..).and_then(|it| it.find("\n---")).map_or(text.len(), |it| at + it + 1);
    start..end
}

/// Returns where the first document of a piece ends, if all that can't be read stands behind it.
fn behind_first_document(piece: &str) -> Option<usize> {
    let (stream, errors) = Stream::parse_what_can_be(piece);
    let end = stream.documents().next()?.root().outer_span().range().end;
    let known = [ErrorKind::ExpectedDocumentStart, ErrorKind::IncompatibleVersion];
    let all = errors.iter().all(|it| known.contains(&it.kind()) && it.span().range().start >= end);
    (all && !errors.is_empty() && end > 0).then_some(end)
}

/// Writes blanks over everything but line breaks.
fn blank(text: &mut String, range: Range<usize>) {
    let Some(tail) = text.get(range.clone()) else { return };
    let blanks: String = tail.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(range, &blanks);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_a_whole_document_is_passed_over() {
        assert_eq!(readable("a: 1\n... b\n").as_deref(), Some("a: 1\n     \n"));
        assert_eq!(readable("{a: 1} é\n").as_deref(), Some("{a: 1}   \n"));
        assert_eq!(
            readable("{a: 1}\nb: 2\n---\n[c]\n]\n---\nd: 3\n").as_deref(),
            Some("{a: 1}\n    \n---\n[c]\n \n---\nd: 3\n")
        );
        assert_eq!(
            readable("a: 1\n%YAML 1.2\n---\nb: 2\n").as_deref(),
            Some("a: 1\n         \n---\nb: 2\n")
        );
    }

    #[test]
    fn of_configuration_the_first_piece_is_read() {
        assert_eq!(first_readable("---\na: 1\n---\nb: [\n").as_deref(), Some("---\na: 1\n"));
        assert_eq!(first_readable("# a\na: 1\n...\n]\n").as_deref(), Some("# a\na: 1\n   \n \n"));
        assert_eq!(first_readable("  a:\n- b\n").as_deref(), Some("  a:\n   \n"));
        assert_eq!(first_readable("a: [\n---\nb: 1\n"), None);
    }

    #[test]
    fn a_mistake_in_what_is_read_stays_one() {
        for text in
            ["a: 1\n]\n", "%YAML 1.2\n---\na: 1\n", "{a: 1}\n---\n{b: 1\n", "]", "", "{a: 1}\n@\n"]
        {
            let (_, errors) = Stream::parse_what_can_be(text);
            assert!(errors.is_empty() || readable(text).is_none(), "{text}");
        }
    }
}
