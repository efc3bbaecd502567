//! The objects that the API server keeps.

use tidegate_object::{Identity, Map, Node, Object};
use tidegate_reconcile::same_object;

use crate::state::Cluster;

impl Cluster {
    /// Returns the objects, in the order of kind, namespace and name; sets and pods are not among them.
    #[must_use]
    pub fn objects(&self) -> impl ExactSizeIterator<Item = &Object> {
        self.objects.iter().map(|it| &it.0)
    }

    /// Returns an object; the version of its API does not matter.
    #[must_use]
    pub fn object(&self, identity: &Identity) -> Option<&Object> {
        self.objects().find(|it| same_object(&it.identity(), identity))
    }

    /// Returns a Deployment.
    #[must_use]
    pub fn deployment(&self, namespace: &str, name: &str) -> Option<&Object> {
        self.objects()
            .find(|it| is_deployment(it) && it.namespace() == namespace && it.name() == name)
    }

    pub(crate) fn position(&self, identity: &Identity) -> Option<usize> {
        self.objects.iter().position(|it| same_object(&it.0.identity(), identity))
    }
}

pub(crate) fn is_deployment(object: &Object) -> bool {
    object.kind() == "Deployment" && object.group() == "apps"
}

/// Sets a field below a path, whose mappings are created where they are missing.
pub(crate) fn set(node: &mut Node, path: &[&str], value: Node) {
    let Some((key, rest)) = path.split_first() else {
        *node = value;
        return;
    };
    if node.as_map().is_none() {
        *node = Node::from(Map::new());
    }
    let Some(map) = node.as_map_mut() else { return };
    if !map.contains_key(key) {
        map.insert(*key, Node::default());
    }
    if let Some(child) = map.get_mut(key) {
        set(child, rest, value);
    }
}
