//! YAML inside a string of a kustomization: parsed on its own, with places in the file that holds it.

use std::sync::Arc;

use tidegate_object::{Node, Value};
use tidegate_source::{Diagnostic, Mark, Sources, Span};

use crate::decode::Written;
use crate::loader::{Loaded, Operations, documents, operations};

/// A text in a string of a kustomization, or the part of it that counts.
pub(crate) struct Inline<'w> {
    written: &'w Written,
    text: &'w str,
    /// How many bytes of the string stand in front of the text.
    before: usize,
}

impl<'w> Inline<'w> {
    /// Takes a string as it is.
    pub(crate) fn new(written: &'w Written) -> Self {
        Self { written, text: written, before: 0 }
    }

    /// Takes a string without the blanks at its ends.
    pub(crate) fn trimmed(written: &'w Written) -> Self {
        let before = written.len() - written.trim_start().len();
        Self { written, text: written.trim(), before }
    }

    /// Returns the text.
    pub(crate) const fn as_str(&self) -> &str {
        self.text
    }

    /// Reads the documents of the text.
    pub(crate) fn documents(&self, sources: &Sources) -> Result<Vec<Node>, Vec<Diagnostic>> {
        self.read(sources, documents, |nodes, rebase| {
            for node in nodes {
                rebase.node(node);
            }
        })
    }

    /// Reads the operations of a JSON patch.
    pub(crate) fn operations(&self, sources: &Sources) -> Result<Operations, Vec<Diagnostic>> {
        self.read(sources, operations, |operations, rebase| {
            if let Some(node) = &mut operations.node {
                rebase.node(node);
            }
        })
    }

    fn read<T>(
        &self,
        sources: &Sources,
        read: impl Fn(&Loaded) -> Result<T, Vec<Diagnostic>>,
        place: impl Fn(&mut T, &Rebase),
    ) -> Result<T, Vec<Diagnostic>> {
        let rebase = Rebase::new(self, sources);
        let text: Arc<Arc<str>> = Arc::new(Arc::from(self.text));
        match read(&Loaded { id: self.written.mark.source, text }) {
            Ok(mut found) => {
                place(&mut found, &rebase);
                Ok(found)
            }
            Err(mut mistakes) => {
                for label in mistakes.iter_mut().flat_map(|it| &mut it.labels) {
                    label.mark = rebase.mark(label.mark);
                }
                Err(mistakes)
            }
        }
    }
}

/// Translates places in the value of a scalar into places in the file.
struct Rebase {
    whole: Mark,
    /// How many bytes of the value stand in front of the text that is read.
    before: u32,
    /// Where each piece begins in the value, and in the file; empty where the pieces can't be told. Inside of a piece both
    /// have the same characters.
    pieces: Vec<(u32, u32)>,
}

impl Rebase {
    fn new(inline: &Inline<'_>, sources: &Sources) -> Self {
        let written = inline.written;
        let raw = sources.snippet(written.mark).unwrap_or_default();
        let start = written.mark.span.start;
        let pieces = match raw.as_bytes().first() {
            Some(b'|') => block_lines(written, raw, start),
            Some(b'>') => folded_lines(written, raw, start).unwrap_or_default(),
            Some(b'"' | b'\'') => {
                let inner = raw.get(1..raw.len() - 1);
                if inner == Some(&**written) {
                    vec![(0, start + 1)]
                } else {
                    quoted_pieces(written, raw, start).unwrap_or_default()
                }
            }
            _ if raw == &**written => vec![(0, start)],
            _ => Vec::new(),
        };
        Self { whole: written.mark, before: offset(inline.before), pieces }
    }

    fn mark(&self, mark: Mark) -> Mark {
        let (start, end) = (mark.span.start + self.before, mark.span.end + self.before);
        // Where something ends, what follows has no say: an escape behind it begins elsewhere in the file.
        let behind = self.pieces.partition_point(|(value, _)| *value < end);
        let end = match self.pieces.get(behind) {
            Some((value, file)) if *value == end => Some(*file),
            _ => self.in_piece(behind, end),
        };
        let behind = self.pieces.partition_point(|(value, _)| *value <= start);
        match (self.in_piece(behind, start), end) {
            (Some(start), Some(end)) => {
                Mark::new(self.whole.source, Span::new(start, end.max(start)))
            }
            _ => self.whole,
        }
    }

    /// Translates a place in the piece in front of the one that is named.
    fn in_piece(&self, behind: usize, offset: u32) -> Option<u32> {
        let (value, file) = self.pieces.get(behind.checked_sub(1)?)?;
        Some((file + (offset - value)).min(self.whole.span.end))
    }

    fn node(&self, node: &mut Node) {
        node.mark = self.mark(node.mark);
        if self.pieces.is_empty() && is_spelled(&node.value) {
            // What stands at the mark counts as the spelling of the value, and here that is another text.
            node.mark = Mark::NONE;
        }
        match &mut node.value {
            Value::List(items) => items.iter_mut().for_each(|item| self.node(item)),
            Value::Map(map) => {
                for entry in map.entries_mut() {
                    entry.key_mark = self.mark(entry.key_mark);
                    self.node(&mut entry.node);
                }
            }
            _ => {}
        }
    }
}

/// Pairs the lines of a literal block scalar with those of its value: each is the end of its raw line.
fn block_lines(value: &str, raw: &str, start: u32) -> Vec<(u32, u32)> {
    let mut lines = Vec::new();
    let mut in_value = 0;
    let mut in_raw = raw.find('\n').map_or(raw.len(), |at| at + 1);
    for line in value.split_inclusive('\n') {
        let Some(rest) = raw.get(in_raw..) else { return Vec::new() };
        let raw_line = rest.split_inclusive('\n').next().unwrap_or_default();
        let text = line.trim_end_matches('\n');
        let written = raw_line.trim_end_matches(['\n', '\r']);
        let Some(indent) = written.strip_suffix(text).map(str::len) else {
            // A blank line may be shorter than the indentation.
            if !text.is_empty() {
                return Vec::new();
            }
            lines.push((in_value, start + offset(in_raw)));
            in_value += offset(line.len());
            in_raw += raw_line.len();
            continue;
        };
        lines.push((in_value, start + offset(in_raw + indent)));
        in_value += offset(line.len());
        in_raw += raw_line.len();
    }
    lines
}

/// Pairs the lines of a folded block scalar with those of its value.
fn folded_lines(value: &str, raw: &str, start: u32) -> Option<Vec<(u32, u32)>> {
    let mut pieces = Vec::new();
    let (mut in_value, mut in_raw) = (0, raw.find('\n')? + 1);
    for line in raw.get(in_raw..)?.split_inclusive('\n') {
        let written = line.trim_end_matches(['\n', '\r']);
        let text = written.trim_start_matches(' ');
        let rest = &value[in_value..];
        let next = rest.trim_start_matches([' ', '\n']);
        if next.is_empty() {
            break;
        }
        if !text.is_empty() {
            if !next.starts_with(text) {
                return None;
            }
            in_value += rest.len() - next.len();
            let indent = written.len() - text.len();
            pieces.push((offset(in_value), start + offset(in_raw + indent)));
            in_value += text.len();
        }
        in_raw += line.len();
    }
    Some(pieces)
}

/// Pairs the pieces of a scalar in quotes with those of its value: one ends at each escape, and where lines are folded.
fn quoted_pieces(value: &str, raw: &str, start: u32) -> Option<Vec<(u32, u32)>> {
    let is_double = raw.starts_with('"');
    let end = raw.len().checked_sub(1)?;
    let mut pieces = vec![(0, start + 1)];
    let (mut in_value, mut in_raw) = (0, 1);
    while let Some(char) = raw.get(in_raw..end)?.chars().next() {
        let rest = &raw[in_raw..end];
        let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
        let (taken, made) = if rest[blanks..].starts_with(['\n', '\r']) {
            let (taken, breaks) = line_breaks(&rest[blanks..]);
            (blanks + taken, breaks.saturating_sub(1).max(1))
        } else if char == '\\' && is_double {
            let code = rest[1..].chars().next()?;
            let (taken, made) = match code {
                '\n' | '\r' => {
                    let (taken, breaks) = line_breaks(&rest[1..]);
                    (taken, breaks - 1)
                }
                'x' => (3, 1),
                'u' => (5, 1),
                'U' => (9, 1),
                _ => (code.len_utf8(), 1),
            };
            (1 + taken, made)
        } else if char == '\'' && !is_double {
            (2, 1)
        } else {
            let same = blanks.max(char.len_utf8());
            if value.get(in_value..in_value + same) != rest.get(..same) {
                return None;
            }
            in_value += same;
            in_raw += same;
            continue;
        };
        // Here ends what stands in front. What is escaped begins with the character itself: a quote stays one.
        pieces.push((offset(in_value), start + offset(in_raw)));
        pieces.push((offset(in_value), start + offset(in_raw + 1)));
        let made = value.get(in_value..)?.chars().take(made).map(char::len_utf8).sum::<usize>();
        in_value += made;
        in_raw += taken;
        pieces.push((offset(in_value), start + offset(in_raw)));
    }
    (in_value == value.len()).then_some(pieces)
}

/// Returns how long the line breaks and blanks at the start of a text are, and how many breaks there are.
fn line_breaks(text: &str) -> (usize, usize) {
    let rest = text.trim_start_matches([' ', '\t', '\n', '\r']);
    let blank = &text[..text.len() - rest.len()];
    let breaks = blank.matches('\n').count() + blank.matches('\r').count();
    (blank.len(), breaks - blank.matches("\r\n").count())
}

/// Returns whether a value can be written in several ways, so that its text is looked up where it stands.
fn is_spelled(value: &Value) -> bool {
    matches!(value, Value::Null | Value::Bool(_) | Value::Number(_))
}

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use tidegate_object::Text;

    use super::*;

    /// The file with a text in it, what is read of it, and the text at a place of that.
    #[track_caller]
    fn check(raw: &str, value: &str, path: &[&str], expected: &str) {
        let file = format!("patch: {raw}\n");
        let mut sources = Sources::new();
        let id = sources.add("kustomization.yaml", file);
        let mark = Mark::new(id, Span::from_range(7..7 + raw.len()));
        let written = Written { text: Text::from(value), mark };
        let nodes = Inline::trimmed(&written).documents(&sources).expect("no mistake");
        let inner = nodes[0].at(path).expect("there");
        assert_eq!(sources.snippet(inner.mark), Some(expected), "{raw}");
    }

    #[test]
    fn places_lie_in_the_file() {
        check(
            "|-\n    a: 1\n\n    bc:\n      d: x y",
            "a: 1\n\nbc:\n  d: x y",
            &["bc", "d"],
            "x y",
        );
        check("|\n\n\n  a: 1\n  b: 2\n\n", "\n\na: 1\nb: 2\n", &["b"], "2");
        check("'a: 1'", "a: 1", &["a"], "1");
        check("'  {a: ''x'', b: 1.50}'", "  {a: 'x', b: 1.50}", &["a"], "'x''");
        check("'{a: ''x'', b: 1.50}'", "{a: 'x', b: 1.50}", &["b"], "1.50");
        check(r#""a: 1.50\nb: 2""#, "a: 1.50\nb: 2", &["a"], "1.50");
        check(r#""a: 1.50\nb: 2""#, "a: 1.50\nb: 2", &["b"], "2");
        check(
            r#""{\"a\": \"x\", \"b\": [\"y\"]}""#,
            r#"{"a": "x", "b": ["y"]}"#,
            &["a"],
            r#""x\""#,
        );
        check(r#""a: \u00e9\U0001f600 \x41\nb: 2""#, "a: \u{e9}\u{1f600} A\nb: 2", &["b"], "2");
        check("\"a: 1\\n\\\n   b: 2\\n\n\n  c: 3\"", "a: 1\nb: 2\n\nc: 3", &["c"], "3");
        check("'{a: 1,\n\n    b: 2,  \n  c: 0x1F}'", "{a: 1,\nb: 2, c: 0x1F}", &["c"], "0x1F");
        check(">\n  {a: 1,\n  b: 2,\n\n  c: ~}\n", "{a: 1, b: 2,\nc: ~}\n", &["c"], "~");
        check(">-\n  a:\n    b: 1\n    c: 2\n\n", "a:\n  b: 1\n  c: 2", &["a", "c"], "2");
    }
}
