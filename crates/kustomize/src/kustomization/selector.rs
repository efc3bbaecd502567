use tidegate_object::Node;

use crate::decode::{Decoder, Written};

/// What a patch or a value is applied to, as written: regular expressions for the parts of the identity, and selectors
/// of labels and annotations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selector {
    pub(crate) group: Written,
    pub(crate) version: Written,
    pub(crate) kind: Written,
    pub(crate) name: Written,
    pub(crate) namespace: Written,
    pub(crate) labels: Written,
    pub(crate) annotations: Written,
}

impl Selector {
    const FIELDS: [&'static str; 7] =
        ["group", "version", "kind", "name", "namespace", "labelSelector", "annotationSelector"];

    /// Reads a selector; `null` is none.
    pub(crate) fn decode(decoder: &mut Decoder, node: &Node) -> Option<Self> {
        if node.is_null() {
            return None;
        }
        let mut selector = Self::default();
        decoder.structure(node, "a target", &Self::FIELDS, |it, name, node| {
            let part = match name {
                "group" => &mut selector.group,
                "version" => &mut selector.version,
                "kind" => &mut selector.kind,
                "name" => &mut selector.name,
                "namespace" => &mut selector.namespace,
                "labelSelector" => return selector.labels = it.string(node),
                _ => return selector.annotations = it.string(node),
            };
            *part = it.inline_string(node);
        });
        Some(selector)
    }
}
