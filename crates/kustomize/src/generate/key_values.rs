use std::rc::Rc;
use std::sync::Arc;

use tidegate_object::Text;
use tidegate_source::{Diagnostic, Mark, Span};

use super::mistake;
use crate::decode::Written;
use crate::kustomization::GeneratorArgs;
use crate::loader::{Content, Loaded, Loader, Root};
use crate::path;

/// A key, its value, and where the value was written.
pub(super) struct Pair {
    pub(super) key: Written,
    pub(super) payload: Payload,
    pub(super) mark: Mark,
}

pub(super) enum Payload {
    Text(Text),
    Binary(Rc<[u8]>),
}

/// Collects the pairs of a generator: from env files, then literals, then files.
pub(super) fn key_values(
    loader: &mut Loader<'_>,
    root: &Root,
    args: &GeneratorArgs,
    mistakes: &mut Vec<Diagnostic>,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for source in &args.envs {
        match loader.text(root, source) {
            Ok(text) => env_file(&text, &mut pairs),
            Err(refusal) => mistakes.push(refusal),
        }
    }
    for source in &args.literals {
        match literal(source) {
            Ok(pair) => pairs.push(pair),
            Err(found) => mistakes.push(found),
        }
    }
    for source in &args.files {
        match file(loader, root, source) {
            Ok(pair) => pairs.push(pair),
            Err(found) => mistakes.push(found),
        }
    }
    pairs
}

// literal = KEY "=" ( VALUE / DQUOTE VALUE DQUOTE / SQUOTE VALUE SQUOTE )
fn literal(source: &Written) -> Result<Pair, Diagnostic> {
    let Some((key, value)) = source.split_once('=').filter(|(key, _)| !key.is_empty()) else {
        let message = format!("the literal `{}` is not of the form `KEY=VALUE`", &**source);
        return Err(mistake("invalid-literal", message, source)
            .help("write a key, `=`, and the value, which may be empty"));
    };
    let unquoted = match value.as_bytes() {
        [first @ (b'"' | b'\''), .., last] if first == last => &value[1..value.len() - 1],
        _ => value,
    };
    Ok(Pair {
        key: Written { text: Text::from(key), mark: source.mark },
        payload: Payload::Text(Text::from(unquoted)),
        mark: source.mark,
    })
}

// file = [ KEY "=" ] PATH
fn file(loader: &mut Loader<'_>, root: &Root, source: &Written) -> Result<Pair, Diagnostic> {
    let invalid = |why: &str| {
        let message = format!("the file source `{}` {why}", &**source);
        Err(mistake("invalid-file-source", message, source)
            .help("write `KEY=PATH`, or the path alone, whose last part is then the key"))
    };
    let (key, file) = match source.split_once('=') {
        None => (path::split(&path::clean_path(source)).1.to_owned(), &**source),
        Some((_, rest)) if rest.contains('=') => return invalid("holds more than one `=`"),
        Some(("", _)) => return invalid("has no key before its `=`"),
        Some((_, "")) => return invalid("has no path behind its `=`"),
        Some((key, file)) => (key.to_owned(), file),
    };
    let written = Written { text: Text::from(file), mark: source.mark };
    let (payload, mark) = match loader.content(root, &written)? {
        Content::Text(text) => (Payload::Text(text.whole()), text.mark()),
        Content::Binary(bytes) => (Payload::Binary(bytes), source.mark),
    };
    Ok(Pair { key: Written { text: Text::from(key), mark: source.mark }, payload, mark })
}

/// Lines of this many bytes and more end the reading of an env file, and with it nothing is said about the rest: so does
/// the scanner that Kustomize reads lines with.
const LONGEST_LINE: usize = 65_536;

// line = *blank [ "#" … / KEY [ "=" VALUE ] ]
fn env_file(loaded: &Loaded, pairs: &mut Vec<Pair>) {
    let text: &Arc<Arc<str>> = &loaded.text;
    let mut start = 0;
    for (nth, line) in text.split('\n').enumerate() {
        let begin = start;
        start += line.len() + 1;
        if line.len() >= LONGEST_LINE {
            return;
        }
        let line = line.strip_suffix('\r').unwrap_or(line);
        let end = begin + line.len();
        let content = if nth == 0 { line.strip_prefix('\u{feff}').unwrap_or(line) } else { line };
        let content = content.trim_start();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let at = end - content.len();
        let key_len = content.find('=').unwrap_or(content.len());
        if key_len == 0 {
            continue;
        }
        let part = |range: std::ops::Range<usize>| {
            Text::part(text, range.clone()).unwrap_or_else(|| Text::from(&text[range]))
        };
        let mark = |from, to| Mark::new(loaded.id, Span::from_range(from..to));
        let value_at = (at + key_len + 1).min(end);
        pairs.push(Pair {
            key: Written { text: part(at..at + key_len), mark: mark(at, at + key_len) },
            payload: Payload::Text(part(value_at..end)),
            mark: mark(value_at, end),
        });
    }
}

#[cfg(test)]
mod tests {
    use tidegate_source::Sources;

    use super::*;

    fn env(text: &str) -> Vec<(String, String)> {
        let text: Arc<Arc<str>> = Arc::new(text.into());
        let id = Sources::new().add("x.env", Arc::clone(&*text));
        let mut pairs = Vec::new();
        env_file(&Loaded { id, text }, &mut pairs);
        let value = |pair: &Pair| match &pair.payload {
            Payload::Text(text) => text.to_string(),
            Payload::Binary(_) => String::new(),
        };
        pairs.iter().map(|pair| (pair.key.to_string(), value(pair))).collect()
    }

    #[test]
    fn env_lines() {
        let read = env("\u{feff}A=1\r\n  B = 2 \n# C=3\n\nD\nE=\n=F\nG=a=b");
        let expected = [("A", "1"), ("B ", " 2 "), ("D", ""), ("E", ""), ("G", "a=b")];
        assert_eq!(read, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }

    #[test]
    fn literals_lose_one_pair_of_quotes() {
        let value =
            |text: &str| match literal(&Written { text: Text::from(text), mark: Mark::NONE }) {
                Ok(Pair { payload: Payload::Text(text), .. }) => Some(text.to_string()),
                _ => None,
            };
        assert_eq!(value("a=\"b\""), Some("b".to_owned()));
        assert_eq!(value("a='b'"), Some("b".to_owned()));
        assert_eq!(value("a='b\""), Some("'b\"".to_owned()));
        assert_eq!(value("a=\""), Some("\"".to_owned()));
        assert_eq!(value("a="), Some(String::new()));
        assert_eq!(value("=b"), None);
        assert_eq!(value("ab"), None);
    }
}
