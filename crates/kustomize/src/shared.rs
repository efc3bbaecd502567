//! Labels that are one value in several places.
//!
//! Kustomize puts the same node into every mapping that a label or annotation is added to, so whatever sets it in one of
//! these places later on, a patch or the labels of an overlay, sets it in all of them. Places whose mapping had the key
//! before are not tied together. An entry that is tied is known by the place of its key's text, which nothing else has.

use tidegate_object::{Entry, Map, Node, Value};
use tidegate_source::Mark;

use crate::resource::Resource;

/// Entries of one object that hold one value.
#[derive(Clone, Debug)]
pub(crate) struct Shared {
    /// The mark of their keys.
    key: Mark,
    /// What they held when they were last looked at.
    node: Node,
}

impl Resource {
    /// Ties the entries together whose keys have this mark, and which now hold this value.
    pub(crate) fn share(&mut self, key: Mark, node: Node) {
        if !key.is_some() {
            return;
        }
        match self.shared.iter_mut().find(|it| it.key == key) {
            Some(present) => present.node = node,
            None => self.shared.push(Shared { key, node }),
        }
    }

    /// Sets entries that are tied to one that was set since the last look to the same value.
    pub(crate) fn settle_shared(&mut self) {
        if self.shared.is_empty() {
            return;
        }
        let mut shared = std::mem::take(&mut self.shared);
        let mut found: Vec<Vec<&Node>> = vec![Vec::new(); shared.len()];
        find_set(self.root(), &shared, false, &mut found);
        let set = shared.iter().zip(found).map(|(group, mut set)| {
            if set.iter().any(|node| *node != set[0]) {
                // Fields are set in the order of their names, so the last of them is what counts.
                set.clear();
                let mut found = [set];
                find_set(self.root(), std::slice::from_ref(group), true, &mut found);
                [set] = found;
            }
            set.pop().cloned()
        });
        let set: Vec<Option<Node>> = set.collect();
        for (group, node) in shared.iter_mut().zip(set) {
            if let Some(node) = node {
                set_all(self.root_mut(), group.key, &node);
                group.node = node;
            }
        }
        self.shared = shared;
    }

    /// Notes that Kustomize wrote the object as a whole anew.
    pub(crate) fn untie_all(&mut self) {
        self.shared.clear();
    }

    /// Notes that Kustomize wrote the annotations anew, as it does when it remembers something about the object.
    pub(crate) fn untie_annotations(&mut self) {
        if self.shared.is_empty() {
            return;
        }
        let shared = std::mem::take(&mut self.shared);
        let annotations = self.root_mut().at_mut(&["metadata", "annotations"]);
        for entry in
            annotations.and_then(Node::as_map_mut).map(Map::entries_mut).into_iter().flatten()
        {
            if shared.iter().any(|it| it.key == entry.key_mark) {
                entry.key_mark = Mark::NONE;
            }
        }
        self.shared = shared;
    }
}

/// Collects for each group what its entries hold that were set since the last look, the fields of a mapping by their names if
/// asked.
fn find_set<'n>(node: &'n Node, groups: &[Shared], by_name: bool, found: &mut [Vec<&'n Node>]) {
    match &node.value {
        Value::Map(map) => {
            let mut look = |entry: &'n Entry| {
                let Some(nth) = groups.iter().position(|it| it.key == entry.key_mark) else {
                    return find_set(&entry.node, groups, by_name, found);
                };
                if entry.node != groups[nth].node {
                    found[nth].push(&entry.node);
                }
            };
            if by_name {
                let mut entries: Vec<&Entry> = map.entries().iter().collect();
                entries.sort_by(|a, b| a.key.cmp(&b.key));
                entries.into_iter().for_each(look);
            } else {
                map.entries().iter().for_each(&mut look);
            }
        }
        Value::List(items) => {
            for item in items {
                find_set(item, groups, by_name, found);
            }
        }
        _ => {}
    }
}

fn set_all(node: &mut Node, key: Mark, new: &Node) {
    match &mut node.value {
        Value::Map(map) => {
            for entry in map.entries_mut() {
                if entry.key_mark == key {
                    entry.node = new.clone();
                } else {
                    set_all(&mut entry.node, key, new);
                }
            }
        }
        Value::List(items) => items.iter_mut().for_each(|item| set_all(item, key, new)),
        _ => {}
    }
}
