//! The layout that Kustomize gives a YAML text that it has read and writes again: order, quotes and comments stay,
//! indentation and blank lines do not.

use tidegate_yaml::{Kind, Node, Stream, Style};

/// Writes the first document of a text anew; `None` where the text is no YAML.
pub(super) fn restyled(text: &str) -> Option<String> {
    let stream = Stream::parse(text).ok()?;
    let root = stream.root()?;
    let mut layout = Layout { text, out: String::new(), at: 0 };
    layout.comments_before(root.outer_span().start, 0);
    match root.kind() {
        Kind::Mapping | Kind::Sequence if root.style() == Style::Block => {
            layout.block(root, 0, false);
        }
        _ => layout.inline(root, 0),
    }
    let mut documents = stream.documents();
    let end = documents.next().map_or(0, |it| it.span().end as usize);
    let end = if documents.next().is_none() { text.len() } else { end };
    layout.comments_before(u32::try_from(end).unwrap_or(u32::MAX), 0);
    Some(layout.out.trim().to_owned())
}

struct Layout<'t> {
    text: &'t str,
    out: String,
    /// Up to where the text is written.
    at: usize,
}

impl Layout<'_> {
    /// Writes a collection in lines; its first line goes on where `continues` says so.
    fn block(&mut self, node: Node<'_>, indent: usize, continues: bool) {
        let mut continues = continues;
        if node.kind() == Kind::Sequence {
            for item in node.items() {
                self.line(item.outer_span().start, indent, &mut continues);
                self.out.push('-');
                self.value(item, indent + 2, true);
            }
            return;
        }
        for (key, value) in node.entries() {
            self.line(key.outer_span().start, indent, &mut continues);
            self.inline(key, indent);
            self.out.push(':');
            // The dashes of a list stand under its key.
            let inner = if value.kind() == Kind::Sequence { indent } else { indent + 2 };
            self.value(value, inner, false);
        }
    }

    /// Begins a line of a collection.
    fn line(&mut self, start: u32, indent: usize, continues: &mut bool) {
        if std::mem::take(continues) {
            self.at = self.at.max(start as usize);
            return;
        }
        self.comments_before(start, indent);
        self.new_line(indent);
    }

    /// Writes what stands behind a key or a dash.
    fn value(&mut self, value: Node<'_>, indent: usize, behind_dash: bool) {
        let is_block =
            value.style() == Style::Block && matches!(value.kind(), Kind::Mapping | Kind::Sequence);
        let properties = self.properties(value);
        if !properties.is_empty() {
            self.out.push(' ');
            self.out.push_str(&properties);
        }
        if is_block {
            let continues = behind_dash && properties.is_empty();
            if continues {
                self.out.push(' ');
            }
            return self.block(value, indent, continues);
        }
        if value.span().is_empty() {
            self.at = self.at.max(value.span().end as usize);
            return;
        }
        self.out.push(' ');
        self.bare(value, indent);
    }

    /// Writes a node within a line.
    fn inline(&mut self, node: Node<'_>, indent: usize) {
        let properties = self.properties(node);
        if !properties.is_empty() {
            self.out.push_str(&properties);
            self.out.push(' ');
        }
        self.bare(node, indent);
    }

    fn bare(&mut self, node: Node<'_>, indent: usize) {
        match node.kind() {
            Kind::Mapping => {
                self.out.push('{');
                for (nth, (key, value)) in node.entries().enumerate() {
                    if nth > 0 {
                        self.out.push_str(", ");
                    }
                    self.inline(key, indent);
                    self.out.push(':');
                    if !value.span().is_empty() {
                        self.out.push(' ');
                        self.inline(value, indent);
                    }
                }
                self.out.push('}');
            }
            Kind::Sequence => {
                self.out.push('[');
                for (nth, item) in node.items().enumerate() {
                    if nth > 0 {
                        self.out.push_str(", ");
                    }
                    self.inline(item, indent);
                }
                self.out.push(']');
            }
            Kind::Scalar if matches!(node.style(), Style::Literal | Style::Folded) => {
                self.block_scalar(node, indent);
            }
            Kind::Scalar | Kind::Alias => self.out.push_str(node.span().of(self.text)),
        }
        self.at = self.at.max(node.span().end as usize);
    }

    fn block_scalar(&mut self, node: Node<'_>, indent: usize) {
        let raw = node.span().of(self.text);
        let header = raw.lines().next().unwrap_or("|");
        self.out.push_str(header.split_whitespace().next().unwrap_or("|"));
        if node.style() == Style::Literal {
            let value = node.as_str();
            for line in value.trim_end_matches('\n').split('\n') {
                self.out.push('\n');
                if !line.is_empty() {
                    self.out.extend(std::iter::repeat_n(' ', indent));
                    self.out.push_str(line);
                }
            }
            return;
        }
        let lines: Vec<&str> = raw.lines().skip(1).collect();
        let blanks = |line: &&str| line.len() - line.trim_start().len();
        let old = lines.iter().filter(|it| !it.trim().is_empty()).map(blanks).min().unwrap_or(0);
        for line in lines {
            self.out.push('\n');
            if let Some(line) = line.get(old..).filter(|it| !it.is_empty()) {
                self.out.extend(std::iter::repeat_n(' ', indent));
                self.out.push_str(line);
            }
        }
    }

    /// The anchor and the tag of a node, as they are written.
    fn properties(&self, node: Node<'_>) -> String {
        let (outer, inner) = (node.outer_span(), node.span());
        let text = self.text.get(outer.start as usize..inner.start as usize).unwrap_or("");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Writes the comments between what is written and a place: one on the same line, the others on their own.
    fn comments_before(&mut self, place: u32, indent: usize) {
        let place = place as usize;
        let between = self.text.get(self.at..place).unwrap_or("");
        let mut is_first = self.at > 0;
        for line in between.split('\n') {
            // What stands before the `#` is a mark of the layout: a colon, a dash, a comma.
            if let Some(at) =
                line.find('#').filter(|at| *at == 0 || is_blank(line.as_bytes()[at - 1]))
            {
                let comment = line[at..].trim_end();
                if is_first && !self.out.is_empty() {
                    self.out.push(' ');
                } else {
                    self.new_line(indent);
                }
                self.out.push_str(comment);
            }
            is_first = false;
        }
        self.at = self.at.max(place);
    }

    fn new_line(&mut self, indent: usize) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out.extend(std::iter::repeat_n(' ', indent));
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(restyled(text).as_deref(), Some(expected));
    }

    #[test]
    fn lists_stand_under_their_key() {
        check("a:\n    - b: 1\n      c: 2\n    -   d\n", "a:\n- b: 1\n  c: 2\n- d");
        check("- - a\n  - b\n-   c: 1\n", "- - a\n  - b\n- c: 1");
    }

    #[test]
    fn styles_and_order_stay() {
        check(
            "b: 'x'\na:   \"y\"\nc: {d: 1,e: [1,  2],}\n",
            "b: 'x'\na: \"y\"\nc: {d: 1, e: [1, 2]}",
        );
        check("a: |\n    x\n      y\nb: >-\n  z\n", "a: |\n  x\n    y\nb: >-\n  z");
        check("a: &x\n   b: 1\nc: *x\nd: !!str 5\n", "a: &x\n  b: 1\nc: *x\nd: !!str 5");
        check("a:\nb: ~\n", "a:\nb: ~");
    }

    #[test]
    fn comments_stay_and_blank_lines_do_not() {
        check(
            "# top\n\na: 1   # one\n\n# two\nb:\n    # in\n    c: 1\n",
            "# top\na: 1 # one\n# two\nb:\n  # in\n  c: 1",
        );
    }
}
