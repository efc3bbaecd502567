//! Edits of a text: disjoint replacements, applied last.

use tidegate_source::Span;
use tidegate_yaml::{Kind, Node, Scalar, Stream, Style, is_yaml11_non_string};

/// Replacements of a text's spans.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edits(Vec<(Span, String)>);

impl Edits {
    /// Plans to put a text in the place of a span, which overlaps no other.
    pub(crate) fn replace(&mut self, span: Span, text: impl Into<String>) {
        self.0.push((span, text.into()));
    }

    /// Plans to insert a text; insertions at one place keep their order.
    pub(crate) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(Span::from_range(at..at), text);
    }

    /// Makes the new text.
    pub(crate) fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(span, _)| (span.start, span.end));
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for (span, replacement) in &self.0 {
            let range = span.range();
            debug_assert!(at <= range.start, "replacements are disjoint");
            out.push_str(&text[at..range.start]);
            out.push_str(replacement);
            at = range.end;
        }
        out.push_str(&text[at..]);
        out
    }
}

/// Where a scalar is written: what has to be quoted differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    /// Behind `key:` or `-`.
    Block,
    /// Between brackets.
    Flow,
}

/// Writes a string: plain where every reader of YAML 1.1 and 1.2 reads it back as that string, in double quotes
/// otherwise.
pub(crate) fn scalar(value: &str, context: Context) -> String {
    let text = match context {
        Context::Block => format!("- {value}\n"),
        Context::Flow => format!("[{value}]\n"),
    };
    let plain = Stream::parse(&text).ok().is_some_and(|stream| {
        let item = stream.root().and_then(single);
        item.is_some_and(|node| {
            node.style() == Style::Plain
                && node.kind() == Kind::Scalar
                && node.as_str() == value
                && node.span().len() as usize == value.len()
                && matches!(node.resolve(), Ok(Some(Scalar::String(_))))
        })
    });
    if plain && !is_yaml11_non_string(value) && !value.contains('\n') {
        return value.to_owned();
    }
    let mut out = String::from("\"");
    for it in value.chars() {
        match it {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            it if it.is_control() || matches!(it, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04x}", u32::from(it)));
            }
            it => out.push(it),
        }
    }
    out.push('"');
    out
}

fn single(list: Node<'_>) -> Option<Node<'_>> {
    let mut items = list.items();
    let item = items.next()?;
    (list.kind() == Kind::Sequence && items.next().is_none()).then_some(item)
}

/// Returns the offset of the start of the line that holds an offset.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// Returns the offset behind the line that holds an offset, its line break included.
pub(crate) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

/// Returns the line break that a text uses.
pub(crate) fn line_break(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text[..at].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}
