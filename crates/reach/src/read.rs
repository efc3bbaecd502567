//! Fields of objects, read leniently: what has another type than it should reads as missing.

use std::collections::BTreeMap;

use tidegate_object::{Node, Object, Value};
use tidegate_source::Mark;

/// A field that is there and not `null`.
pub(crate) fn present<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    node.get(key).filter(|it| !it.is_null())
}

/// The text of a field, `""` where there is none.
pub(crate) fn text<'n>(node: &'n Node, key: &str) -> &'n str {
    node.get(key).and_then(Node::as_str).unwrap_or("")
}

/// The text of a field and where it was written; `None` where it is missing or empty.
pub(crate) fn written<'n>(node: &'n Node, key: &str) -> Option<(&'n str, Mark)> {
    let field = node.get(key)?;
    field.as_str().filter(|it| !it.is_empty()).map(|it| (it, field.mark))
}

/// The elements of a list, none where there is no list.
pub(crate) fn list<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).and_then(Node::as_list).unwrap_or_default()
}

/// The elements of a list of an object.
pub(crate) fn list_at<'o>(object: &'o Object, path: &[&str]) -> &'o [Node] {
    object.at(path).and_then(Node::as_list).unwrap_or_default()
}

/// The entries of a mapping whose values are texts; numbers and truth values have no place in labels.
pub(crate) fn texts(node: &Node) -> impl Iterator<Item = (&str, &str)> {
    let entries = node.as_map().into_iter().flat_map(tidegate_object::Map::iter);
    entries.filter_map(|(key, value)| Some((key, value.as_str()?)))
}

/// Where the values of a mapping were written, by key.
pub(crate) fn marks(node: &Node) -> BTreeMap<String, Mark> {
    let entries = node.as_map().into_iter().flat_map(tidegate_object::Map::iter);
    entries.map(|(key, value)| (key.to_owned(), value.mark)).collect()
}

/// Whether a mapping, a list or a text holds nothing.
pub(crate) fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Map(map) => map.is_empty(),
        Value::List(items) => items.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

/// Where a field of a node was written, or the node where it is missing.
pub(crate) fn mark(node: &Node, key: &str) -> Mark {
    present(node, key).map_or(node.mark, |it| it.mark)
}
