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

/// What was done to one object.
struct Done {
    /// How many mappings each pair was added to.
    added: Vec<u32>,
    /// Whether a value was set that was another before.
    changed: bool,
}

impl Labels {
    pub(crate) fn apply(&self, resources: &mut Resources) -> Result<(), Vec<Diagnostic>> {
        if self.pairs.is_empty() {
            return Ok(());
        }
        let mut done = Done { added: vec![0; self.pairs.len()], changed: false };
        collect(resources.contents_mut().iter_mut().map(|resource| {
            done.added.fill(0);
            done.changed = false;
            let (api_version, kind) =
                (Text::from(resource.api_version()), Text::from(resource.kind()));
            let gvk = Gvk::new(&api_version, &kind);
            self.specs
                .visit(resource.root_mut(), gvk, Create::Map, &mut |node| self.set(node, &mut done))
                .map_err(|mistake| in_object(*mistake, resource))?;
            if done.changed {
                resource.settle_shared();
            }
            for ((key, value), added) in self.pairs.iter().zip(&done.added) {
                if *added > 1 {
                    resource.share(key.mark, Node::from(value));
                }
            }
            Ok(())
        }))
    }

    fn set(&self, node: &mut Node, done: &mut Done) -> Result<(), Box<Diagnostic>> {
        let map = match &mut node.value {
            Value::Map(map) => map,
            Value::Null => return Ok(()),
            _ => return Err(wrong_type("a mapping", node)),
        };
        for ((key, value), added) in self.pairs.iter().zip(&mut done.added) {
            let new = Node::from(value);
            if let Some(present) = map.get_mut(key) {
                done.changed |= *present != new;
                *present = new;
            } else {
                *added += 1;
                map.push(Entry { key: key.text.clone(), key_mark: key.mark, node: new });
            }
        }
        Ok(())
    }
}
