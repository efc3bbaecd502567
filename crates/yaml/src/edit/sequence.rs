use tidegate_source::Span;

use super::Edits;
use super::error::{EditError, EditErrorKind};
use super::layout::{
    column, dashes, is_first_in_line, line_break, lines_end, list_offset, with_comments_above,
};
use super::mapping::{block_tail, empty_out, insert_flow_item, remove_lines};
use super::new::New;
use super::path::{as_sequence, refuse_shared};
use super::render::{Layout, block, check, scalar};
use super::verify::{Change, verified};
use crate::node::Node;
use crate::tape::{Kind, Style};

/// Adds an item at the end of a sequence, with its dashes where they are.
///
/// # Errors
///
/// Those of [`insert_item`].
///
/// ```
/// use tidegate_yaml::{Stream, edit};
///
/// let text = "list:\n  -   one # first\n  # the end\nnext: 1\n";
/// let stream = Stream::parse(text)?;
/// let list = stream.root().and_then(|it| it.get("list")).ok_or("no list")?;
/// let edits = edit::push_item(list, &"two".into())?;
/// assert_eq!(edits.apply(text), "list:\n  -   one # first\n  -   two\n  # the end\nnext: 1\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn push_item(sequence: Node<'_>, value: &New) -> Result<Edits, EditError> {
    insert_item(sequence, sequence.items().count(), value)
}

/// Adds an item before the one at an index, above the comments that belong to it; behind the last when there is none.
///
/// # Errors
///
/// [`EditErrorKind::NotFound`] for an index behind the end; `FlowMustGrow` for a collection in a list in brackets;
/// `Alias`, `Shared`, `NotASequence`, `InvalidValue`, `Layout`.
///
/// ```
/// use tidegate_yaml::{Stream, edit};
///
/// let text = "- a\n# the last\n- c\n";
/// let stream = Stream::parse(text)?;
/// let list = stream.root().ok_or("no document")?;
/// assert_eq!(edit::insert_item(list, 1, &"b".into())?.apply(text), "- a\n- b\n# the last\n- c\n");
/// assert_eq!(edit::insert_item(list, 3, &"d".into()).unwrap_err().kind(), edit::EditErrorKind::NotFound);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn insert_item(sequence: Node<'_>, index: usize, value: &New) -> Result<Edits, EditError> {
    check(value)?;
    as_sequence(sequence)?;
    refuse_shared(sequence)?;
    let items: Vec<_> = sequence.items().collect();
    if index > items.len() {
        return Err(EditError::new(EditErrorKind::NotFound, sequence.span())
            .detail(format!("item {index} of {}", items.len())));
    }
    let before = items.get(index).copied();
    let edits = if sequence.style() == Style::Flow {
        let Some(item) = scalar(value, true) else {
            return Err(EditError::new(EditErrorKind::FlowMustGrow, sequence.span()));
        };
        let before = before.map(|it| it.outer_span().start as usize);
        let last = items.last().map(|it| it.span().end as usize);
        insert_flow_item(sequence, before, last, &item)
    } else {
        insert_line(sequence, index, &items, value)?
    };
    let at = before.map(Node::index);
    let change = Change {
        gone: at.unwrap_or(0)..at.unwrap_or(0),
        keys_and_values: vec![(None, value)],
        at_end_of: if at.is_none() { Some(sequence.index()) } else { None },
        keeps_properties: false,
    };
    verified(sequence, edits, &change, sequence.span())
}

fn insert_line(
    sequence: Node<'_>,
    index: usize,
    items: &[Node<'_>],
    value: &New,
) -> Result<Edits, EditError> {
    let text = sequence.stream().text();
    let dashes = dashes(sequence)?;
    let (Some(first), Some(last)) = (dashes.first().copied(), items.last()) else {
        return Err(EditError::new(EditErrorKind::Layout, sequence.span()));
    };
    let indent = column(text, first);
    let gap = text[first + 1..].len() - text[first + 1..].trim_start_matches(' ').len();
    let is_inline = items.first().is_some_and(|it| {
        it.outer_span().start as usize == first + 1 + gap && !it.outer_span().is_empty()
    });
    let gap = if is_inline { gap.max(1) } else { 1 };
    let layout = Layout { line_break: line_break(text, first), list_offset: list_offset(sequence) };
    let mut line = format!("-{}", " ".repeat(gap));
    block(&mut line, value, indent + 1 + gap, layout);
    let blanks = " ".repeat(indent);
    let Some(dash) = dashes.get(index).copied() else {
        let at = lines_end(*last).max(super::layout::line_end(text, *dashes.last().unwrap_or(&0)));
        let behind = block_tail(*last, at);
        let new = if behind > at {
            format!("{blanks}{line}{}", layout.line_break)
        } else {
            format!("{}{blanks}{line}", layout.line_break)
        };
        return Ok(Edits::one(Span::from_range(behind..behind), new));
    };
    if is_first_in_line(text, dash) {
        let at = with_comments_above(text, dash, 0);
        let new = format!("{blanks}{line}{}", layout.line_break);
        return Ok(Edits::one(Span::from_range(at..at), new));
    }
    let new = format!("{line}{}{blanks}", layout.line_break);
    Ok(Edits::one(Span::from_range(dash..dash), new))
}

/// Removes an item, with the comment in its lines and the comment lines directly above it. A sequence that loses its
/// last item becomes `[]`.
///
/// # Errors
///
/// [`EditErrorKind::NotFound`], `Alias`, `Shared`, `NotASequence`, `Layout`.
///
/// ```
/// use tidegate_yaml::{Stream, edit};
///
/// let text = "args: [--fast, --quiet] # of web\n";
/// let stream = Stream::parse(text)?;
/// let args = stream.root().and_then(|it| it.get("args")).ok_or("no args")?;
/// let one = edit::remove_item(args, 0)?.apply(text);
/// assert_eq!(one, "args: [--quiet] # of web\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn remove_item(sequence: Node<'_>, index: usize) -> Result<Edits, EditError> {
    as_sequence(sequence)?;
    refuse_shared(sequence)?;
    let items: Vec<_> = sequence.items().collect();
    let Some(item) = items.get(index).copied() else {
        return Err(EditError::new(EditErrorKind::NotFound, sequence.span())
            .detail(format!("item {index} of {}", items.len())));
    };
    let text = sequence.stream().text();
    let next = items.get(index + 1);
    let before = index.checked_sub(1).and_then(|it| items.get(it)).copied();
    let edits = if sequence.style() == Style::Flow {
        let start = item.outer_span().start;
        let end = item.outer_span().end;
        Edits::one(
            match (before, next) {
                (_, Some(next)) => Span::new(start, next.outer_span().start),
                (Some(before), None) => Span::new(before.span().end, end),
                (None, None) => Span::new(start, end),
            },
            "",
        )
    } else if items.len() == 1 {
        empty_out(sequence, "[]")?
    } else {
        let dashes = dashes(sequence)?;
        let dash = dashes.get(index).copied().unwrap_or(0);
        remove_lines(text, dash, item, dashes.get(index + 1).copied(), before)
    };
    let change = Change {
        gone: item.index()..sequence.stream().tape.next(item.index()),
        keys_and_values: Vec::new(),
        at_end_of: None,
        keeps_properties: false,
    };
    debug_assert!(sequence.kind() == Kind::Sequence, "checked above");
    verified(sequence, edits, &change, item.span())
}
