//! `$patch`: what a patch says about a whole mapping or list.

use tidegate_object::{Map, Node};
use tidegate_source::{Diagnostic, Label, Mark};

use crate::text::text_of;

const KEY: &str = "$patch";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Directive {
    Merge,
    Replace,
    Delete,
}

/// Takes the directive out of a mapping of the patch.
pub(super) fn of_map(fields: &mut Map, mark: Mark) -> Result<Directive, Box<Diagnostic>> {
    let Some(value) = fields.get(KEY) else { return Ok(Directive::Merge) };
    let directive = read(value, mark)?;
    fields.remove(KEY);
    Ok(directive)
}

/// Takes the directive out of a list of the patch: an element that has `$patch` and nothing else.
pub(super) fn of_list(items: &mut Vec<Node>, mark: Mark) -> Result<Directive, Box<Diagnostic>> {
    let Some(fields) = items.iter().filter_map(Node::as_map).find(|it| it.contains_key(KEY)) else {
        return Ok(Directive::Merge);
    };
    let Some(value) = fields.get(KEY).filter(|_| fields.len() == 1) else {
        return Ok(Directive::Merge);
    };
    let directive = read(value, mark)?;
    let text = text_of(value).into_owned();
    items.retain(|item| match item.as_map() {
        Some(fields) => !fields.is_empty() && fields.get(KEY).is_none_or(|it| text_of(it) != text),
        None => !item.is_null(),
    });
    Ok(directive)
}

fn read(value: &Node, mark: Mark) -> Result<Directive, Box<Diagnostic>> {
    match &*text_of(value) {
        "merge" => Ok(Directive::Merge),
        "replace" => Ok(Directive::Replace),
        "delete" => Ok(Directive::Delete),
        other => {
            let place = if value.mark == Mark::NONE { mark } else { value.mark };
            Err(Diagnostic::error("patch-directive", format!("unknown patch directive `{other}`"))
                .at(Label::new(place, "not a directive"))
                .help("`$patch` is one of `delete`, `replace` and `merge`")
                .into())
        }
    }
}
