use tidegate_source::Span;

use super::Edits;
use super::error::{EditError, EditErrorKind};
use super::layout::{behind_break, column, line_break, line_end, list_offset};
use super::new::New;
use super::path::{parent, refuse_shared};
use super::render::{Layout, block, check, scalar};
use super::verify::{Change, verified};
use crate::emit::{double_quoted, one_line, single_quoted};
use crate::node::Node;
use crate::tape::{KEEP, Kind, STRIP, Style};

/// Sets the value of a scalar, keeping its quotes where the new value allows, its anchor and its comments.
///
/// A value behind which nothing is written, and an empty `[]` or `{}`, may become a collection.
///
/// # Errors
///
/// [`EditErrorKind::Alias`] and `Shared` where the edit would change another place; `NotAScalar` for a collection;
/// `Tag` when the value does not fit the tag that is written; `FlowMustGrow` for a collection inside of a flow
/// collection; `InvalidValue`; `Layout`.
///
/// ```
/// use tidegate_yaml::{Stream, edit};
///
/// let text = "a: &x  'old' # kept\r\nb: 1\r\n";
/// let stream = Stream::parse(text)?;
/// let root = stream.root().ok_or("no document")?;
/// let edits = edit::set(edit::find(root, &["a".into()])?, &"it's new".into())?;
/// assert_eq!(edits.apply(text), "a: &x  'it''s new' # kept\r\nb: 1\r\n");
///
/// let error = edit::find(root, &["c".into()]).unwrap_err();
/// assert_eq!(error.to_string(), "there is no such value: `c`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn set(node: Node<'_>, value: &New) -> Result<Edits, EditError> {
    check(value)?;
    if means(node, value) {
        return Ok(Edits::new());
    }
    refuse_shared(node)?;
    let is_empty_collection = match node.kind() {
        Kind::Alias => return Err(EditError::new(EditErrorKind::Alias, node.span())),
        Kind::Mapping => node.entries().next().is_none(),
        Kind::Sequence => node.items().next().is_none(),
        Kind::Scalar => false,
    };
    if node.kind() != Kind::Scalar && !is_empty_collection {
        return Err(EditError::new(EditErrorKind::NotAScalar, node.span()));
    }
    let edits = match scalar(value, false) {
        Some(_) => replace(node, value)?,
        None => grow(node, value)?,
    };
    let change = Change {
        gone: node.index()..node.stream().tape.next(node.index()),
        keys_and_values: vec![(None, value)],
        at_end_of: None,
        keeps_properties: true,
    };
    verified(node, edits, &change, node.span()).map_err(|error| match node.tag() {
        Some((tag, span)) => {
            EditError::new(EditErrorKind::Tag, span).since(node.span()).detail(format!("`{tag}`"))
        }
        None => error,
    })
}

/// Returns whether the node has this value already.
fn means(node: Node<'_>, value: &New) -> bool {
    let plain = node.style() == Style::Plain;
    match (value, node.kind()) {
        (New::String(text), Kind::Scalar) => {
            let is_string = !plain
                || one_line(text, false) == *text
                || node.tag().is_some_and(|(tag, _)| tag == "!!str");
            is_string && node.as_str() == *text
        }
        (New::Plain(text), Kind::Scalar) => plain && node.tag().is_none() && node.as_str() == *text,
        (New::Map(entries), Kind::Mapping) => {
            let mut present = node.entries();
            entries.iter().all(|(key, value)| {
                present.next().is_some_and(|(name, it)| name.as_str() == *key && means(it, value))
            }) && present.next().is_none()
        }
        (New::List(items), Kind::Sequence) => {
            let mut present = node.items();
            items.iter().all(|value| present.next().is_some_and(|it| means(it, value)))
                && present.next().is_none()
        }
        _ => false,
    }
}

/// Returns whether a flow collection stands around the node.
pub(super) fn is_in_flow(node: Node<'_>) -> bool {
    parent(node).is_some_and(|(around, _)| around.style() == Style::Flow)
}

fn replace(node: Node<'_>, value: &New) -> Result<Edits, EditError> {
    let text = node.stream().text();
    let span = node.span();
    let flow = is_in_flow(node);
    let written = match (value, node.style()) {
        (New::String(value), Style::SingleQuoted) => {
            single_quoted(value).unwrap_or_else(|| double_quoted(value))
        }
        (New::String(value), Style::DoubleQuoted) => double_quoted(value),
        (_, Style::Literal | Style::Folded) => return replace_block(node, value),
        _ => scalar(value, flow).unwrap_or_default(),
    };
    if !span.is_empty() {
        return Ok(Edits::one(span, written));
    }
    let before = &text[..span.start as usize];
    let has_blank = before.ends_with([' ', '\t']);
    let is_value = before.trim_end_matches([' ', '\t']).ends_with([':', '-']);
    if !is_value && node.outer_span().is_empty() {
        return Err(EditError::new(EditErrorKind::Layout, span));
    }
    Ok(Edits::one(span, if has_blank { written } else { format!(" {written}") }))
}

/// A block scalar keeps its header, its comment and its indentation where the value fits.
fn replace_block(node: Node<'_>, value: &New) -> Result<Edits, EditError> {
    let text = node.stream().text();
    let range = node.span().range();
    let raw = node.raw();
    let end_of_line = line_break(text, range.start);
    let body = behind_break(text, line_end(text, range.start)).min(range.end);
    let at_end = !text[range.clone()].ends_with(['\n', '\r']);
    let New::String(value) = value else {
        let tail = if at_end { "" } else { end_of_line };
        return Ok(Edits::one(
            node.span(),
            format!("{}{tail}", scalar(value, false).unwrap_or_default()),
        ));
    };
    let lines = value.trim_end_matches('\n');
    let trailing = value.len() - lines.len();
    let chomp = match trailing {
        0 => Some(STRIP),
        1 => None,
        _ => Some(KEEP),
    };
    let printable = |c: char| c == '\t' || crate::emit::is_plain_character(c);
    let fits = !lines.is_empty()
        && !lines.starts_with([' ', '\n', '\t'])
        && value.chars().all(printable)
        && (raw.style == Style::Literal || !lines.contains('\n'));
    if !fits {
        let tail = if at_end { "" } else { end_of_line };
        return Ok(Edits::one(node.span(), format!("{}{tail}", double_quoted(value))));
    }
    let indent = " ".repeat(raw.last as usize);
    let mut written = String::new();
    for line in lines.split('\n') {
        if !line.is_empty() {
            written.push_str(&indent);
            written.push_str(line);
        }
        written.push_str(end_of_line);
    }
    for _ in 1..trailing {
        written.push_str(end_of_line);
    }
    let is_last = at_end && trailing == 0;
    if is_last {
        written.truncate(written.len() - end_of_line.len());
    }
    let body_edit = Edits::one(Span::from_range(body..range.end), written);
    // The header: `|` or `>`, a digit, a sign.
    let header_end = range.start
        + 1
        + text[range.start + 1..]
            .find(|c: char| !matches!(c, '+' | '-' | '0'..='9'))
            .unwrap_or(text.len() - range.start - 1);
    let digit: String =
        text[range.start..header_end].chars().filter(char::is_ascii_digit).collect();
    let sign = match chomp {
        Some(STRIP) => "-",
        Some(_) => "+",
        None => "",
    };
    let header = format!("{}{digit}{sign}", &text[range.start..=range.start]);
    let missing_break = if body == range.end && at_end { end_of_line } else { "" };
    if header == text[range.start..header_end] && missing_break.is_empty() {
        return Ok(body_edit);
    }
    let line = line_end(text, header_end);
    let rest = &text[header_end..line];
    Edits::one(Span::from_range(range.start..line), format!("{header}{rest}{missing_break}"))
        .and(body_edit)
}

/// Turns nothing, `null`, `[]` or `{}` behind a key into a block of lines.
fn grow(node: Node<'_>, value: &New) -> Result<Edits, EditError> {
    let text = node.stream().text();
    let not_scalar = || EditError::new(EditErrorKind::NotAScalar, node.span());
    if is_in_flow(node) {
        return Err(EditError::new(EditErrorKind::FlowMustGrow, node.span()));
    }
    if node.kind() == Kind::Scalar && !node.is_null() {
        return Err(not_scalar());
    }
    let Some((_, Some(key))) = parent(node) else { return Err(not_scalar()) };
    let start = node.span().start as usize;
    let layout = Layout { line_break: line_break(text, start), list_offset: list_offset(node) };
    let at = column(text, super::layout::entry_start(key));
    let at = match value {
        New::List(_) => at + layout.list_offset,
        _ => at + 2,
    };
    let mut lines = format!("{}{}", layout.line_break, " ".repeat(at));
    block(&mut lines, value, at, layout);
    let end = line_end(text, node.span().end as usize);
    let from = start - (text[..start].len() - text[..start].trim_end_matches(' ').len());
    let gone = if node.span().is_empty() {
        node.span()
    } else {
        Span { start: Span::from_range(from..from).start, ..node.span() }
    };
    if gone.is_empty() {
        return Ok(Edits::one(Span::from_range(end..end), lines));
    }
    Edits::one(gone, "").and(Edits::one(Span::from_range(end..end), lines))
}
