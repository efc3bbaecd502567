//! Where the lines, dashes and comments of a node lie.

use super::error::{EditError, EditErrorKind};
use super::path::parent;
use crate::node::Node;
use crate::tape::{KEEP, Kind, Slot, Style};

/// Returns the offset at which the line of `at` begins; behind a byte-order mark.
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |it| it + 1);
    if start == 0 && text.starts_with('\u{feff}') { 3.min(at) } else { start }
}

/// Returns the offset of the line break that ends the line of `at`, or the end of the text.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find(['\n', '\r']).map_or(text.len(), |it| at + it)
}

/// Returns the offset behind the line break at `at`.
pub(super) fn behind_break(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    if rest.starts_with("\r\n") { at + 2 } else { at + usize::from(!rest.is_empty()) }
}

/// Returns the line break that the text uses around `at`: that of the line before, or of the first line.
pub(super) fn line_break(text: &str, at: usize) -> &'static str {
    let before = text[..at].rfind('\n').or_else(|| text.find('\n'));
    match before {
        Some(it) if text[..it].ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Returns the column of an offset, in characters.
pub(super) fn column(text: &str, at: usize) -> usize {
    text[line_start(text, at)..at].chars().count()
}

/// Returns whether only blanks stand before `at` in its line.
pub(super) fn is_first_in_line(text: &str, at: usize) -> bool {
    text[line_start(text, at)..at].trim_start_matches(' ').is_empty()
}

/// Returns where a node's own text ends: a block scalar ends with its last line that is not empty, unless it keeps
/// them.
pub(super) fn content_end(node: Node<'_>) -> usize {
    let text = node.stream().text();
    let mut last = node;
    // The last node inside decides.
    while matches!(last.kind(), Kind::Mapping | Kind::Sequence) && last.style() == Style::Block {
        let inner = match last.kind() {
            Kind::Mapping => last.entries().last().map(|(_, value)| value),
            _ => last.items().last(),
        };
        match inner {
            Some(inner) => last = inner,
            None => break,
        }
    }
    let span = last.span().range();
    let raw = last.raw();
    if matches!(raw.style, Style::Literal | Style::Folded) && raw.flags & KEEP == 0 {
        let body = text[span.clone()].trim_end_matches([' ', '\n', '\r']);
        return span.start + body.len();
    }
    if matches!(raw.style, Style::Literal | Style::Folded) {
        // Up to, and not with, the last line break.
        let body = &text[span.clone()];
        let end = body.strip_suffix('\n').unwrap_or(body);
        return span.start + end.strip_suffix('\r').unwrap_or(end).len();
    }
    span.end
}

/// Returns the end of the lines of a node: behind a comment in its last line, before the line break.
pub(super) fn lines_end(node: Node<'_>) -> usize {
    line_end(node.stream().text(), content_end(node))
}

/// Returns where the comment lines directly above the line of `at` begin: those that are indented like it.
pub(super) fn with_comments_above(text: &str, at: usize, floor: usize) -> usize {
    let indent = column(text, at);
    let mut start = line_start(text, at);
    while start > floor && text[..start].ends_with(['\n', '\r']) {
        let mut before = start - 1;
        if text[..before].ends_with('\r') {
            before -= 1;
        }
        let above = line_start(text, before);
        let line = &text[above..before];
        let comment = line.trim_start_matches(' ');
        if above < floor || !comment.starts_with('#') || line.len() - comment.len() != indent {
            break;
        }
        start = above;
    }
    start
}

/// Steps over blanks, line breaks and comments.
pub(super) fn skip_gap(text: &str, mut at: usize) -> usize {
    loop {
        let rest = &text[at..];
        let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        at += blank;
        if !text[at..].starts_with('#') {
            return at;
        }
        at = line_end(text, at);
    }
}

/// Returns the offset of the dash of each item of a block sequence.
pub(super) fn dashes(sequence: Node<'_>) -> Result<Vec<usize>, EditError> {
    let text = sequence.stream().text();
    let mut from = sequence.span().start as usize;
    let mut found = Vec::new();
    for item in sequence.items() {
        let dash = skip_gap(text, from);
        if !text[dash..].starts_with('-') {
            return Err(EditError::new(EditErrorKind::Layout, item.span()));
        }
        found.push(dash);
        from = (item.span().end as usize).max(dash + 1);
    }
    Ok(found)
}

/// Returns the offset of an entry: of its key, of the key's anchor or tag, or of the `?` before it.
pub(super) fn entry_start(key: Node<'_>) -> usize {
    let text = key.stream().text();
    let start = key.outer_span().start as usize;
    let before = text[..start].trim_end_matches([' ', '\t']);
    if before.ends_with('?') && is_first_in_line(text, before.len() - 1) {
        before.len() - 1
    } else {
        start
    }
}

/// Lists that are looked at to see how this text indents them.
const MAX_LISTS: usize = 32;

/// How far a list stands right of its key in this text: as in the first such list, without indentation otherwise.
pub(super) fn list_offset(node: Node<'_>) -> usize {
    let stream = node.stream();
    let text = stream.text();
    let is_list = |slot: &Slot| slot.kind == Kind::Sequence && slot.style == Style::Block;
    let slots = (0..).zip(&stream.tape.slots);
    for (at, slot) in slots.filter(|(_, slot)| is_list(slot)).take(MAX_LISTS) {
        let list = node.at(at);
        if let Some((_, Some(key))) = parent(list) {
            let dash = slot.start as usize;
            if is_first_in_line(text, dash) {
                return column(text, dash).saturating_sub(column(text, entry_start(key)));
            }
        }
    }
    0
}
