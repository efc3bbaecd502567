use tidegate_object::{Entry, Node, Text, Value};
use tidegate_source::Diagnostic;

use super::{collect, in_object, wrong_type};
use crate::config::SharedSpecs;
use crate::decode::Pairs;
use crate::fieldspec::Create;
use crate::identity::Gvk;
use crate::resources::Resources;

/// Sets labels or annotations wherever the field specs say.
pub(crate) struct Labels {
    pub(crate) pairs: Pairs,
    pub(crate) specs: SharedSpecs,
}

impl Labels {
    pub(crate) fn apply(&self, resources: &mut Resources) -> Result<(), Vec<Diagnostic>> {
        if self.pairs.is_empty() {
            return Ok(());
        }
        collect(resources.contents_mut().iter_mut().map(|resource| {
            let (api_version, kind) =
                (Text::from(resource.api_version()), Text::from(resource.kind()));
            let gvk = Gvk::new(&api_version, &kind);
            self.specs
                .visit(resource.root_mut(), gvk, Create::Map, &mut |node| self.set(node))
                .map_err(|mistake| in_object(*mistake, resource))
        }))
    }

    fn set(&self, node: &mut Node) -> Result<(), Box<Diagnostic>> {
        let map = match &mut node.value {
            Value::Map(map) => map,
            Value::Null => return Ok(()),
            _ => return Err(wrong_type("a mapping", node)),
        };
        for (key, value) in &self.pairs {
            let new = Node::from(value);
            match map.get_mut(key) {
                Some(present) => *present = new,
                None => {
                    map.push(Entry { key: key.text.clone(), key_mark: key.mark, node: new });
                }
            }
        }
        Ok(())
    }
}
