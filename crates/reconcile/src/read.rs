//! Reading fields of an object the way the API's typed structures do: what is missing has its zero value.

use tidegate_object::{Map, Node, Object};

/// Returns a text field, `""` where it is missing or no text.
pub(crate) fn text<'o>(node: Option<&'o Node>, path: &[&str]) -> &'o str {
    node.and_then(|it| it.at(path)).and_then(Node::as_str).unwrap_or("")
}

/// Returns a whole number, 0 where it is missing or none.
pub(crate) fn int(object: &Object, path: &[&str]) -> i64 {
    some_int(object, path).unwrap_or(0)
}

/// Returns a whole number that may be missing.
pub(crate) fn some_int(object: &Object, path: &[&str]) -> Option<i64> {
    object.at(path)?.as_i64()
}

/// Returns a truth value, `false` where it is missing or none.
pub(crate) fn flag(object: &Object, path: &[&str]) -> bool {
    object.at(path).and_then(Node::as_bool).unwrap_or(false)
}

/// Returns the elements of a list, none where it is missing or no list.
pub(crate) fn list<'o>(object: &'o Object, path: &[&str]) -> &'o [Node] {
    object.at(path).and_then(Node::as_list).unwrap_or(&[])
}

/// Returns the first entry of `status.conditions` of a type.
pub(crate) fn condition<'o>(object: &'o Object, type_: &str) -> Option<&'o Node> {
    list(object, &["status", "conditions"]).iter().find(|it| text(Some(it), &["type"]) == type_)
}

/// Returns the parts of an annotation that are separated by commas: trimmed, without empty ones and repetitions.
pub(crate) fn annotation_parts<'a>(annotations: Option<&'a Map>, key: &str) -> Vec<&'a str> {
    let mut parts: Vec<&str> = Vec::new();
    for part in annotation(annotations, key).unwrap_or("").split(',').map(str::trim) {
        if !part.is_empty() && !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

/// Returns an annotation.
pub(crate) fn annotation<'a>(annotations: Option<&'a Map>, key: &str) -> Option<&'a str> {
    annotations?.get(key)?.as_str()
}

/// Returns the annotations of an object.
pub(crate) fn annotations(object: &Object) -> Option<&Map> {
    object.at(&["metadata", "annotations"])?.as_map()
}
