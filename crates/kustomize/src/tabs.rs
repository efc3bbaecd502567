//! Texts that Kustomize writes in a form that it can't read again.
//!
//! Whatever has several lines in a generated ConfigMap is a literal block to it, and it says how far a block is indented
//! only where that begins with a space or an empty line. Behind a tab the block is no YAML any more, and since every object
//! is written and read again on the way out, there is no build that holds such a text.

use tidegate_object::{Map, Node, Value};
use tidegate_source::{Diagnostic, Label, Mark};

use crate::resource::Resource;

/// Returns the places of the texts of a generated object that can't be read again.
pub(crate) fn unreadable(generated: &Resource) -> impl Iterator<Item = Mark> {
    let data = generated.root().get("data").and_then(Node::as_map);
    let nodes = data.into_iter().flat_map(Map::iter).map(|(_, node)| node);
    nodes.filter(|node| node.as_str().is_some_and(is_unreadable)).map(|node| node.mark)
}

fn is_unreadable(text: &str) -> bool {
    text.starts_with('\t')
        && text.contains('\n')
        && !text.ends_with(' ')
        && !text.contains(" \n")
        && text.chars().all(|it| it == '\t' || is_printable(it))
}

/// Returns whether go-yaml writes a character in a block as it is; a text with any other is written in quotes.
fn is_printable(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{A0}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}')
        && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

/// Explains which of these texts an object still holds.
pub(crate) fn refuse(resource: &Resource, places: &[Mark]) -> Option<Diagnostic> {
    let found = find(resource.root(), places)?;
    let message = "a text of several lines begins with a tab, which Kustomize can't read again";
    let mistake = Diagnostic::error("tab-in-front", message).at(Label::new(found, "this text"));
    let mistake = mistake.note(format!("in the object {}", resource.id()));
    Some(mistake.help("indent its first line with spaces, or put an empty line in front of it"))
}

fn find(node: &Node, places: &[Mark]) -> Option<Mark> {
    match &node.value {
        Value::String(text) if is_unreadable(text) && places.contains(&node.mark) => {
            Some(node.mark)
        }
        Value::Map(map) => map.iter().find_map(|(_, node)| find(node, places)),
        Value::List(items) => items.iter().find_map(|item| find(item, places)),
        _ => None,
    }
}
