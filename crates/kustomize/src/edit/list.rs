//! Lists of a kustomization: entries with a name, and plain ones.

use tidegate_yaml::edit::{self, New};
use tidegate_yaml::{Kind, Node};

use super::error::{EditError, EditErrorKind};
use super::{Draft, Step, field, with_first_field};

/// A new entry of a list.
pub(super) struct Entry<'a> {
    /// Its name; it is put before the first entry with a greater one.
    pub(super) name: &'a str,
    pub(super) value: New,
}

/// Returns the list of a field; `None` where the field is missing, or nothing or an empty list stands there.
fn items<'s>(root: Node<'s>, name: &str) -> Result<Option<Node<'s>>, EditError> {
    let Some((_, list)) = field(root, name)? else { return Ok(None) };
    match list.target().kind() {
        Kind::Sequence if list.items().next().is_some() => Ok(Some(list)),
        Kind::Sequence => Ok(None),
        Kind::Scalar if list.is_null() => Ok(None),
        _ => Err(EditError::new(
            EditErrorKind::WrongType,
            list.span(),
            format!("`{name}` is a list"),
        )),
    }
}

/// Finds the entry of a list whose `name` is this text: the list, the position and the entry.
pub(super) fn named<'s>(
    root: Node<'s>,
    list: &str,
    name: &str,
) -> Result<Option<(Node<'s>, usize, Node<'s>)>, EditError> {
    let Some(items) = items(root, list)? else { return Ok(None) };
    let mut found: Option<(usize, Node<'s>)> = None;
    for (at, item) in items.items().enumerate() {
        let Some(present) = name_of(item)? else { continue };
        if present.as_str() != name {
            continue;
        }
        if let Some((_, first)) = found {
            let message = format!("`{list}` has more than one entry with the name `{name}`");
            return Err(EditError::new(EditErrorKind::Ambiguous, item.span(), message)
                .and_at(first.span(), "first")
                .help_with("remove one of the entries"));
        }
        found = Some((at, item));
    }
    Ok(found.map(|(at, item)| (items, at, item)))
}

fn name_of(item: Node<'_>) -> Result<Option<Node<'_>>, EditError> {
    if item.target().kind() != Kind::Mapping {
        return Ok(None);
    }
    Ok(field(item, "name")?.map(|(_, name)| name).filter(|it| it.target().kind() == Kind::Scalar))
}

/// Adds an entry before the first one with a greater name; the field too where it is missing.
pub(super) fn insert(
    draft: &mut Draft<'_>,
    list: &str,
    entry: &Entry<'_>,
) -> Result<(), EditError> {
    let text = draft.text.clone();
    draft.change(|root| {
        let Some(root) = root else { return first(&text, list, &entry.value) };
        let Some(items) = items(root, list)? else { return start(root, list, &entry.value) };
        let mut at = 0;
        for item in items.items() {
            if name_of(item)?.is_some_and(|it| *it.as_str() > *entry.name) {
                break;
            }
            at += 1;
        }
        Ok(edit::insert_item(items, at, &entry.value)?.into())
    })
}

/// Adds an entry at the end unless `same` finds it there; the field too where it is missing.
pub(super) fn push(
    draft: &mut Draft<'_>,
    list: &str,
    value: &New,
    same: impl Fn(Node<'_>) -> bool,
) -> Result<(), EditError> {
    let text = draft.text.clone();
    draft.change(|root| {
        let Some(root) = root else { return first(&text, list, value) };
        let Some(items) = items(root, list)? else { return start(root, list, value) };
        if items.items().any(same) {
            return Ok(edit::Edits::new().into());
        }
        Ok(edit::push_item(items, value)?.into())
    })
}

/// Removes the entry at the position that `find` returns, and with the last one the field.
pub(super) fn remove(
    draft: &mut Draft<'_>,
    list: &str,
    find: impl FnOnce(Node<'_>) -> Result<Option<usize>, EditError>,
) -> Result<(), EditError> {
    draft.change(|root| {
        let nothing = edit::Edits::new();
        let Some(root) = root else { return Ok(nothing.into()) };
        let (Some(items), Some(at)) = (items(root, list)?, find(root)?) else {
            return Ok(nothing.into());
        };
        if items.items().count() > 1 {
            return Ok(edit::remove_item(items, at)?.into());
        }
        let Some((key, _)) = field(root, list)? else { return Ok(nothing.into()) };
        Ok(edit::remove_entry(root, &key.as_str())?.into())
    })
}

/// Finds the one item of a list that `wanted` accepts.
pub(super) fn the_one(
    root: Node<'_>,
    list: &str,
    wanted: impl Fn(Node<'_>) -> bool,
) -> Result<Option<usize>, EditError> {
    let Some(items) = items(root, list)? else { return Ok(None) };
    let mut found = items.items().enumerate().filter(|(_, item)| wanted(*item));
    match (found.next(), found.next()) {
        (Some((_, first)), Some((_, second))) => {
            let message = format!("`{list}` has more than one such entry");
            Err(EditError::new(EditErrorKind::Ambiguous, second.span(), message)
                .and_at(first.span(), "first"))
        }
        (found, _) => Ok(found.map(|(at, _)| at)),
    }
}

/// Sets a field that is missing or empty to a list of one entry.
fn start(root: Node<'_>, list: &str, value: &New) -> Result<Step, EditError> {
    let value = New::List(vec![value.clone()]);
    let edits = match field(root, list)? {
        Some((_, present)) => edit::set(present, &value)?,
        None => edit::set_entry(root, list, &value)?,
    };
    Ok(edits.into())
}

/// Gives a text without content its first field.
fn first(text: &str, list: &str, value: &New) -> Result<Step, EditError> {
    let placeholder = with_first_field(text, &format!("{list}: []\n"));
    let stream = tidegate_yaml::Stream::parse(&placeholder)?;
    let edits = match stream.root().and_then(|it| it.get(list)) {
        Some(present) => edit::set(present, &New::List(vec![value.clone()]))?,
        None => edit::Edits::new(),
    };
    Ok(Step::Text(edits.apply(&placeholder)))
}
