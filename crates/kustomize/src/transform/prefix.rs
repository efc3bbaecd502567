use tidegate_object::{Node, Text, Value};
use tidegate_source::{Diagnostic, Sources};

use super::{in_style_of, walk_spec, wrong_type};
use crate::config::SharedSpecs;
use crate::decode::Written;
use crate::fieldspec::Create;
use crate::identity::Gvk;
use crate::resources::Resources;
use crate::text::spelled_text;

/// Where something is added to a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Prefix,
    Suffix,
}

/// Adds a prefix or suffix to names.
pub(crate) struct Affix {
    pub(crate) side: Side,
    pub(crate) text: Written,
    pub(crate) specs: SharedSpecs,
}

impl Affix {
    #[inline(never)]
    pub(crate) fn apply(
        &self,
        resources: &mut Resources,
        sources: &Sources,
    ) -> Result<(), Vec<Diagnostic>> {
        let mut mistakes = Vec::new();
        for resource in resources.list_mut() {
            let gvk = resource.original_id().gvk;
            if keeps_its_name(&gvk) {
                continue;
            }
            let kind = Text::from(gvk.kind);
            for spec in self.specs.as_slice() {
                // The first kind of the object counts, and its group and version of today.
                let first = Gvk { kind: &kind, ..resource.gvk() };
                if !first.is_selected(&spec.gvk()) {
                    continue;
                }
                if spec.path() == "metadata/name" && !self.text.is_empty() {
                    match self.side {
                        Side::Prefix => resource.push_prefix(self.text.text.clone()),
                        Side::Suffix => resource.push_suffix(self.text.text.clone()),
                    }
                    resource.remember_id();
                }
                let walked = walk_spec(resource, spec, Create::Scalar, &mut |node| {
                    let present = spelled_text(node, sources);
                    let new = match self.side {
                        Side::Prefix => format!("{}{present}", &*self.text),
                        Side::Suffix => format!("{present}{}", &*self.text),
                    };
                    self.set(node, Text::from(new), sources)
                });
                if spec.path() != "metadata/name" {
                    resource.settle_shared();
                }
                mistakes.extend(walked.err());
            }
        }
        if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
    }

    fn set(&self, node: &mut Node, text: Text, sources: &Sources) -> Result<(), Box<Diagnostic>> {
        if matches!(node.value, Value::List(_) | Value::Map(_)) {
            return Err(wrong_type("a scalar", node));
        }
        // The place of the name stays that of its own text unless there is none.
        let mark = if self.text.mark.is_some() { self.text.mark } else { node.mark };
        *node = Node::new(in_style_of(node, text, sources), mark);
        Ok(())
    }
}

/// Kinds whose names mean something to Kubernetes, or that others can't be told about.
fn keeps_its_name(gvk: &Gvk<'_>) -> bool {
    gvk.kind == "CustomResourceDefinition"
        || gvk.kind == "Namespace"
        || (gvk.kind == "APIService" && gvk.group == "apiregistration.k8s.io")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_api_service_of_kubernetes_keeps_its_name() {
        let gvk = |api_version, kind| Gvk::new(api_version, kind);
        assert!(keeps_its_name(&gvk("apiregistration.k8s.io/v1", "APIService")));
        assert!(!keeps_its_name(&gvk("example.com/v1", "APIService")));
        assert!(keeps_its_name(&gvk("v1", "Namespace")));
        assert!(!keeps_its_name(&gvk("v1", "Service")));
    }
}
