//! The hash that ends the names of generated objects.

use sha2::{Digest, Sha256};
use tidegate_object::{Node, Value};

use crate::go_json;
use crate::text::text_of;

/// Returns the ten characters for an object: of kind and data of a ConfigMap, of the type as well of a Secret, of
/// everything for any other kind.
pub(crate) fn name_hash(root: &Node) -> String {
    let kind = root.get("kind").map(text_of).unwrap_or_default();
    let mut json = String::new();
    match &*kind {
        "ConfigMap" => encode(
            &mut json,
            root,
            "ConfigMap",
            "binaryData",
            &["binaryData", "data", "kind", "name"],
        ),
        "Secret" => encode(
            &mut json,
            root,
            "Secret",
            "stringData",
            &["data", "kind", "name", "stringData", "type"],
        ),
        _ => go_json::write(&mut json, root),
    }
    let digest = Sha256::digest(json.as_bytes());
    let mut hash = String::with_capacity(10);
    for byte in digest.iter().take(5) {
        for digit in [byte >> 4, byte & 15] {
            hash.push(match digit {
                0 => 'g',
                1 => 'h',
                3 => 'k',
                0xa => 'm',
                0xe => 't',
                _ => char::from_digit(u32::from(digit), 16).expect("four bits are one digit"),
            });
        }
    }
    hash
}

/// Writes the fields that count, in order; the optional one only where it is a mapping.
fn encode(json: &mut String, root: &Node, kind: &str, optional: &str, fields: &[&str]) {
    json.push('{');
    for field in fields {
        let node = match *field {
            // Kustomize looks for a field that is called `metadata/name`, so the name never counts.
            "name" => root.get("metadata/name"),
            _ => root.get(field),
        };
        if *field == optional && !matches!(node, Some(Node { value: Value::Map(_), .. })) {
            continue;
        }
        if json.len() > 1 {
            json.push(',');
        }
        go_json::write_text(json, field);
        json.push(':');
        match node {
            _ if *field == "kind" => go_json::write_text(json, kind),
            Some(node @ Node { value: Value::Map(_), .. }) => go_json::write(json, node),
            // A list where a mapping belongs is nothing to Go.
            Some(Node { value: Value::List(_), .. }) => json.push_str("null"),
            Some(node) => go_json::write_text(json, &text_of(node)),
            None => go_json::write_text(json, ""),
        }
    }
    json.push('}');
}
