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
        for group in &mut shared {
            let mut set = Vec::new();
            find_set(self.root(), group, false, &mut set);
            if set.iter().any(|node| *node != set[0]) {
                // Fields are set in the order of their names, so the last of them is what counts.
                set.clear();
                find_set(self.root(), group, true, &mut set);
            }
            if let Some(node) = set.pop().cloned() {
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

/// Collects what is held by tied entries that were set since the last look, the fields of a mapping by their names if asked.
fn find_set<'n>(node: &'n Node, group: &Shared, by_name: bool, found: &mut Vec<&'n Node>) {
    match &node.value {
        Value::Map(map) => {
            let mut look = |entry: &'n Entry| {
                if entry.key_mark != group.key {
                    find_set(&entry.node, group, by_name, found);
                } else if entry.node != group.node {
                    found.push(&entry.node);
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
                find_set(item, group, by_name, found);
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
