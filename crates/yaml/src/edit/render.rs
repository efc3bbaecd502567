//! Writing new values as text.

use super::error::{EditError, EditErrorKind};
use super::new::New;
use crate::emit::one_line;
use crate::resolve::{Scalar, resolve_yaml11};

/// How new lines are laid out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    pub(super) line_break: &'static str,
    /// How far a list stands right of its key.
    pub(super) list_offset: usize,
}

const INDENT: usize = 2;

/// Returns a value that fits on one line as text.
pub(super) fn scalar(value: &New, flow: bool) -> Option<String> {
    match value {
        New::String(text) => Some(one_line(text, flow)),
        New::Plain(text) => Some(text.clone()),
        New::Map(entries) if entries.is_empty() => Some("{}".to_owned()),
        New::List(items) if items.is_empty() => Some("[]".to_owned()),
        New::Map(_) | New::List(_) => None,
    }
}

/// Returns `: value`, or `:` and the lines below, of an entry whose key stands in a column.
pub(super) fn value_of_key(value: &New, column: usize, layout: Layout) -> String {
    let mut out = String::new();
    behind_key(&mut out, value, column, layout);
    out
}

fn behind_key(out: &mut String, value: &New, column: usize, layout: Layout) {
    if let Some(text) = scalar(value, false) {
        out.push(' ');
        out.push_str(&text);
        return;
    }
    let column = match value {
        New::List(_) => column + layout.list_offset,
        _ => column + INDENT,
    };
    new_line(out, column, layout);
    block(out, value, column, layout);
}

fn new_line(out: &mut String, column: usize, layout: Layout) {
    out.push_str(layout.line_break);
    out.extend(std::iter::repeat_n(' ', column));
}

/// Writes a value at the cursor, which stands in `column`; further lines begin there too.
pub(super) fn block(out: &mut String, value: &New, column: usize, layout: Layout) {
    match value {
        New::Map(entries) if !entries.is_empty() => {
            for (nth, (key, value)) in entries.iter().enumerate() {
                if nth > 0 {
                    new_line(out, column, layout);
                }
                out.push_str(&one_line(key, false));
                out.push(':');
                behind_key(out, value, column, layout);
            }
        }
        New::List(items) if !items.is_empty() => {
            for (nth, item) in items.iter().enumerate() {
                if nth > 0 {
                    new_line(out, column, layout);
                }
                out.push_str("- ");
                block(out, item, column + INDENT, layout);
            }
        }
        _ => out.push_str(&scalar(value, false).unwrap_or_default()),
    }
}

/// Returns an error when a text given as plain is not one plain scalar that is no string.
pub(super) fn check(value: &New) -> Result<(), EditError> {
    match value {
        New::String(_) => Ok(()),
        New::Plain(text) => match resolve_yaml11(text) {
            Scalar::String(_) => {
                Err(EditError::new(EditErrorKind::InvalidValue, tidegate_source::Span::default())
                    .detail(format!("`{text}`")))
            }
            _ if text.is_empty() => {
                Err(EditError::new(EditErrorKind::InvalidValue, tidegate_source::Span::default())
                    .detail("an empty text"))
            }
            _ => Ok(()),
        },
        New::Map(entries) => entries.iter().try_for_each(|(_, value)| check(value)),
        New::List(items) => items.iter().try_for_each(check),
    }
}
