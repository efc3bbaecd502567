use tidegate_object::{Entry, Node, Value};
use tidegate_source::Diagnostic;

use super::{in_object, wrong_type};
use crate::config::SharedSpecs;
use crate::decode::Pairs;
use crate::fieldspec::{Create, FieldSpecs};
use crate::identity::Gvk;
use crate::parallel::change_each;
use crate::resource::Resource;
use crate::resources::Resources;

/// Mappings of fewer entries than this get room for just the labels that are added; larger ones grow by more at a time.
const SMALL: usize = 16;

/// Sets labels or annotations wherever the field specs say.
pub(crate) struct Labels {
    pub(crate) pairs: Pairs,
    pub(crate) specs: SharedSpecs,
}

/// What a thread needs to label objects.
struct Labeller {
    pairs: Pairs,
    /// How many mappings of the object each pair was added to.
    added: Vec<u32>,
    /// Whether a value was set that was another before.
    changed: bool,
}

impl Labels {
    #[inline(never)]
    pub(crate) fn apply(&self, resources: &mut Resources) -> Result<(), Vec<Diagnostic>> {
        if self.pairs.is_empty() {
            return Ok(());
        }
        let labeller = || Labeller {
            pairs: self.pairs.iter().map(|(key, value)| (key.apart(), value.apart())).collect(),
            added: vec![0; self.pairs.len()],
            changed: false,
        };
        let mistakes = change_each(resources.contents_mut(), labeller, |labeller, resource| {
            labeller.label(resource, &self.specs).err()
        });
        if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
    }
}

impl Labeller {
    fn label(&mut self, resource: &mut Resource, specs: &FieldSpecs) -> Result<(), Diagnostic> {
        self.added.fill(0);
        self.changed = false;
        let (api_version, kind) = resource.type_texts();
        let gvk = Gvk::new(&api_version, &kind);
        specs
            .visit(resource.root_mut(), gvk, Create::Map, &mut |node| self.set(node))
            .map_err(|mistake| in_object(*mistake, resource))?;
        if self.changed {
            resource.settle_shared();
        }
        for ((key, value), added) in self.pairs.iter().zip(&self.added) {
            if *added > 1 {
                resource.share(key.mark, Node::from(value));
            }
        }
        Ok(())
    }

    fn set(&mut self, node: &mut Node) -> Result<(), Box<Diagnostic>> {
        let map = match &mut node.value {
            Value::Map(map) => map,
            Value::Null => return Ok(()),
            _ => return Err(wrong_type("a mapping", node)),
        };
        if map.len() < SMALL {
            map.entries_mut().reserve_exact(self.pairs.len());
        }
        for ((key, value), added) in self.pairs.iter().zip(&mut self.added) {
            let new = Node::from(value);
            if let Some(present) = map.get_mut(key) {
                self.changed |= *present != new;
                *present = new;
            } else {
                *added += 1;
                map.push(Entry { key: key.text.clone(), key_mark: key.mark, node: new });
            }
        }
        Ok(())
    }
}
