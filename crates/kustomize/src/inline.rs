//! YAML inside a string of a kustomization: parsed on its own, with places in the file that holds it.

use std::sync::Arc;

use tidegate_object::{Node, Value};
use tidegate_source::{Diagnostic, Mark, Sources, Span};

use crate::decode::Written;
use crate::loader::{Loaded, documents, operations};

/// Reads the documents of a text that stands in a string.
pub(crate) fn inline_documents(
    written: &Written,
    sources: &Sources,
) -> Result<Vec<Node>, Vec<Diagnostic>> {
    inline(written, sources, documents)
}

/// Reads the operations of a JSON patch that stands in a string.
pub(crate) fn inline_operations(
    written: &Written,
    sources: &Sources,
) -> Result<Option<Node>, Vec<Diagnostic>> {
    let read = |loaded: &Loaded| operations(loaded).map(|node| node.into_iter().collect());
    inline(written, sources, read).map(|nodes| nodes.into_iter().next())
}

fn inline(
    written: &Written,
    sources: &Sources,
    read: impl Fn(&Loaded) -> Result<Vec<Node>, Vec<Diagnostic>>,
) -> Result<Vec<Node>, Vec<Diagnostic>> {
    let rebase = Rebase::new(written, sources);
    let text: Arc<Arc<str>> = Arc::new(Arc::from(&**written));
    match read(&Loaded { id: written.mark.source, text }) {
        Ok(mut nodes) => {
            for node in &mut nodes {
                rebase.node(node);
            }
            Ok(nodes)
        }
        Err(mut mistakes) => {
            for label in mistakes.iter_mut().flat_map(|it| &mut it.labels) {
                label.mark = rebase.mark(label.mark);
            }
            Err(mistakes)
        }
    }
}

/// Translates places in the value of a scalar into places in the file.
struct Rebase {
    whole: Mark,
    /// Where each line begins in the value, and in the file; empty where the lines can't be told.
    lines: Vec<(u32, u32)>,
}

impl Rebase {
    fn new(written: &Written, sources: &Sources) -> Self {
        let raw = sources.snippet(written.mark).unwrap_or_default();
        let start = written.mark.span.start;
        let lines = match raw.as_bytes().first() {
            Some(b'|') => block_lines(written, raw, start),
            Some(b'"' | b'\'') if raw.get(1..raw.len() - 1) == Some(&**written) => {
                vec![(0, start + 1)]
            }
            _ if raw == &**written => vec![(0, start)],
            _ => Vec::new(),
        };
        Self { whole: written.mark, lines }
    }

    fn mark(&self, mark: Mark) -> Mark {
        let translate = |offset: u32| {
            let line = self.lines.partition_point(|(value, _)| *value <= offset).checked_sub(1)?;
            let (value, file) = self.lines[line];
            Some((file + (offset - value)).min(self.whole.span.end))
        };
        match (translate(mark.span.start), translate(mark.span.end)) {
            (Some(start), Some(end)) => {
                Mark::new(self.whole.source, Span::new(start, end.max(start)))
            }
            _ => self.whole,
        }
    }

    fn node(&self, node: &mut Node) {
        node.mark = self.mark(node.mark);
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

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use tidegate_object::Text;

    use super::*;

    #[test]
    fn places_lie_in_the_file() {
        let file = "patch: |-\n    a: 1\n\n    bc:\n      d: x y\n";
        let mut sources = Sources::new();
        let id = sources.add("kustomization.yaml", file);
        let mark = Mark::new(id, Span::from_range(7..file.len()));
        let written = Written { text: Text::from("a: 1\n\nbc:\n  d: x y"), mark };
        let nodes = inline_documents(&written, &sources).expect("no mistake");
        let inner = nodes[0].at(&["bc", "d"]).expect("there");
        assert_eq!(sources.snippet(inner.mark), Some("x y"));
        assert_eq!(sources.place(inner.mark).map(|it| (it.line, it.column)), Some((5, 10)));
    }
}
