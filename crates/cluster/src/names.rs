//! Names and numbers that a cluster makes up: the same for the same state, different within it.

use tidegate_object::{Map, Node, Value};
use tidegate_reconcile::json;

/// FNV-1a, 64 bits.
fn fnv(parts: &[&str]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for byte in part.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    // The low bits of FNV depend on few bits of the text: fold the high ones in.
    hash ^ hash >> 29
}

/// The letters that Kubernetes uses for generated names: no vowels, and nothing that looks like another.
const LETTERS: &[u8; 27] = b"bcdfghjklmnpqrstvwxz2456789";

fn letters(mut hash: u64, n: usize) -> String {
    let mut text = String::with_capacity(n);
    for _ in 0..n {
        text.push(char::from(LETTERS[usize::try_from(hash % 27).unwrap_or(0)]));
        hash /= 27;
    }
    text
}

/// Returns the five letters behind a pod's name.
pub(crate) fn pod_suffix(set: &str, sequence: u64) -> String {
    letters(fnv(&[set, &sequence.to_string()]), 5)
}

/// Returns a UUID-shaped number for the `sequence`-th thing of a cluster.
pub(crate) fn uid(kind: &str, namespace: &str, name: &str, sequence: u64) -> String {
    let sequence = sequence.to_string();
    let high = fnv(&[kind, namespace, name, &sequence]);
    let low = fnv(&[&sequence, name, namespace, kind]);
    format!(
        "{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0xfff,
        low & 0xffff_ffff_ffff
    )
}

/// Returns what tells a pod template from others: its JSON with sorted keys, without the hash label.
pub(crate) fn template_key(template: &Node) -> String {
    let mut template = template.clone();
    if let Some(labels) = template.at_mut(&["metadata", "labels"]).and_then(Node::as_map_mut) {
        labels.remove(HASH_LABEL);
    }
    json::print(&sorted(&template))
}

/// The label by which a Deployment tells the pods of its sets apart.
pub(crate) const HASH_LABEL: &str = "pod-template-hash";

/// Returns the value of [`HASH_LABEL`] for a template. Kubernetes hashes its own memory layout; the numbers differ,
/// the use is the same.
pub(crate) fn template_hash(template_key: &str) -> String {
    letters(fnv(&[template_key]), 10)
}

fn sorted(node: &Node) -> Node {
    match &node.value {
        Value::Map(map) => {
            let mut entries: Vec<(&str, &Node)> = map.iter().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            Node::from(entries.into_iter().map(|(key, it)| (key, sorted(it))).collect::<Map>())
        }
        Value::List(items) => Node::from(items.iter().map(sorted).collect::<Vec<_>>()),
        scalar => Node::new(scalar.clone(), node.mark),
    }
}
