//! The walk over an object as it is wanted, beside the object as it is.

use tidegate_object::{Map, Node, Object, Value};
use tidegate_source::Mark;

use super::effect::effect;
use super::{Change, ChangeKind};
use crate::fields::{ElementKey, FieldSet, by_key, servers_own};
use crate::json;
use crate::path::{FieldPath, Step};
use crate::schema::{ListKind, Schema};
use crate::tree::Tree;

pub(super) fn changes(
    desired: &Object,
    filled: &Object,
    live: &Object,
    owned: Option<&FieldSet>,
) -> Vec<Change> {
    let schema = Schema::of(desired);
    let mut walk = Walk { schema, desired, live, at: Vec::new(), changes: Vec::new() };
    walk.value(&desired.root, &filled.root, Some(&live.root), owned);
    walk.changes
}

struct Walk<'o> {
    schema: Schema,
    desired: &'o Object,
    live: &'o Object,
    at: Vec<Step>,
    changes: Vec<Change>,
}

impl Walk<'_> {
    fn below(&mut self, step: Step, work: impl FnOnce(&mut Self)) {
        self.at.push(step);
        work(self);
        self.at.pop();
    }

    /// Compares a value that is written. `filled` is the same value with the server's defaults.
    fn value(
        &mut self,
        desired: &Node,
        filled: &Node,
        live: Option<&Node>,
        owned: Option<&FieldSet>,
    ) {
        let Some(live) = live.filter(|it| !it.is_null()) else {
            if !self.schema.dropped(&self.at, desired) {
                self.push(ChangeKind::Added, Some(desired), None);
            }
            return;
        };
        match (&desired.value, &live.value) {
            (Value::Map(wanted), Value::Map(there)) => {
                self.fields(wanted, filled.as_map(), there, owned);
            }
            (Value::List(wanted), Value::List(there)) => {
                let full = filled.as_list().unwrap_or(wanted);
                self.list(wanted, full, there, owned);
            }
            _ if self.schema.same_scalar(&self.at, desired, live) => {}
            _ => self.push(ChangeKind::Changed, Some(desired), Some(live)),
        }
    }

    fn fields(
        &mut self,
        desired: &Map,
        filled: Option<&Map>,
        live: &Map,
        owned: Option<&FieldSet>,
    ) {
        let default = |name: &str| filled.and_then(|it| it.get(name)).filter(|it| !it.is_null());
        for (name, node) in desired.iter().filter(|(_, node)| !node.is_null()) {
            self.below(Step::Field(name.to_owned()), |walk| {
                if !servers_own(&walk.at) {
                    let full = default(name).unwrap_or(node);
                    // A zero may stand for a default: `periodSeconds: 0` is 10.
                    let node = if walk.schema.dropped(&walk.at, node) { full } else { node };
                    walk.value(node, full, live.get(name), owned.and_then(|it| it.field(name)));
                }
            });
        }
        let written = |name: &str| desired.get(name).is_some_and(|it| !it.is_null());
        let mut gone: Vec<(&str, Option<&FieldSet>)> = Vec::new();
        if self.schema.retains_keys(&self.at) {
            let extra = live.iter().map(|(name, _)| name).filter(|name| default(name).is_none());
            gone.extend(extra.map(|name| (name, None)));
        } else if let Some(owned) = owned {
            gone.extend(owned.fields().map(|(name, set)| (name, Some(set))));
        }
        for (name, set) in gone.into_iter().filter(|(name, _)| !written(name)) {
            let Some(there) = live.get(name).filter(|it| !it.is_null()) else { continue };
            self.below(Step::Field(name.to_owned()), |walk| {
                if !servers_own(&walk.at) {
                    walk.left_out(default(name), there, set);
                }
            });
        }
    }

    /// Judges a value that the manifest once set and sets no longer: it goes back to its default, or goes.
    fn left_out(&mut self, default: Option<&Node>, live: &Node, owned: Option<&FieldSet>) {
        if let Some(default) = default {
            return self.value(default, default, Some(live), owned);
        }
        if let (true, Some(map), Some(owned)) = (self.schema.open(&self.at), live.as_map(), owned) {
            for (name, _) in owned.fields() {
                if let Some(there) = map.get(name) {
                    self.below(Step::Field(name.to_owned()), |walk| {
                        walk.push(ChangeKind::Removed, None, Some(there));
                    });
                }
            }
            return;
        }
        if !self.schema.dropped(&self.at, live) {
            self.push(ChangeKind::Removed, None, Some(live));
        }
    }

    fn list(&mut self, desired: &[Node], filled: &[Node], live: &[Node], owned: Option<&FieldSet>) {
        match self.schema.list(&self.at) {
            ListKind::Keyed(keys) => match (by_key(keys, desired), by_key(keys, live)) {
                (Some(wanted), Some(there)) => self.keyed(&wanted, filled, &there, owned),
                _ => self.whole(filled, live),
            },
            ListKind::Set => self.set(desired, live, owned),
            ListKind::Atomic => self.whole(filled, live),
        }
    }

    fn keyed(
        &mut self,
        desired: &[(ElementKey, &Node)],
        filled: &[Node],
        live: &[(ElementKey, &Node)],
        owned: Option<&FieldSet>,
    ) {
        for (nth, (key, node)) in desired.iter().enumerate() {
            let there = live.iter().find(|(other, _)| other == key).map(|(_, node)| *node);
            let full = filled.get(nth).unwrap_or(node);
            let owned = owned.and_then(|it| it.element(&key.text()));
            self.below(key.step(), |walk| walk.value(node, full, there, owned));
        }
        for (key, node) in live {
            let once_set = owned.is_some_and(|it| it.element(&key.text()).is_some());
            if once_set && !desired.iter().any(|(other, _)| other == key) {
                self.below(key.step(), |walk| walk.push(ChangeKind::Removed, None, Some(node)));
            }
        }
    }

    fn set(&mut self, desired: &[Node], live: &[Node], owned: Option<&FieldSet>) {
        for node in desired.iter().filter(|node| !live.contains(node)) {
            self.below(Step::Value(json::print(node)), |walk| {
                walk.push(ChangeKind::Added, Some(node), None);
            });
        }
        for node in live.iter().filter(|node| !desired.contains(node)) {
            let text = json::print(node);
            if owned.is_some_and(|it| it.element(&format!("v:{text}")).is_some()) {
                self.below(Step::Value(text), |walk| {
                    walk.push(ChangeKind::Removed, None, Some(node));
                });
            }
        }
    }

    /// Compares a list that is one value: element by element where the lengths agree, so that the difference is small.
    fn whole(&mut self, desired: &[Node], live: &[Node]) {
        if desired.len() == live.len() {
            for (nth, (wanted, there)) in desired.iter().zip(live).enumerate() {
                self.below(Step::Index(nth), |walk| walk.exact(wanted, there));
            }
        } else {
            let (desired, live) = (Node::from(desired.to_vec()), Node::from(live.to_vec()));
            self.push(ChangeKind::Changed, Some(&desired), Some(&live));
        }
    }

    /// Compares values inside a list that is one value: what is not wanted must not be there.
    fn exact(&mut self, desired: &Node, live: &Node) {
        match (&desired.value, &live.value) {
            (Value::Map(wanted), Value::Map(there)) => {
                for (name, node) in wanted.iter() {
                    self.below(Step::Field(name.to_owned()), |walk| match there.get(name) {
                        Some(there) if !there.is_null() => walk.exact(node, there),
                        _ if walk.schema.dropped(&walk.at, node) => {}
                        _ => walk.push(ChangeKind::Added, Some(node), None),
                    });
                }
                // A custom resource's own defaults are not known: what its definition fills in is left alone.
                let known = self.schema.built_in();
                for (name, node) in
                    there.iter().filter(|(name, _)| known && !wanted.contains_key(name))
                {
                    self.below(Step::Field(name.to_owned()), |walk| {
                        if !walk.schema.dropped(&walk.at, node) {
                            walk.push(ChangeKind::Removed, None, Some(node));
                        }
                    });
                }
            }
            (Value::List(wanted), Value::List(there)) => self.whole(wanted, there),
            _ if self.schema.same_scalar(&self.at, desired, live) => {}
            (Value::Null, _) if self.schema.dropped(&self.at, live) => {}
            _ => self.push(ChangeKind::Changed, Some(desired), Some(live)),
        }
    }

    fn push(&mut self, kind: ChangeKind, desired: Option<&Node>, live: Option<&Node>) {
        let path = FieldPath::new(self.at.clone());
        let secret = self.schema.is_secret() && path.is_below(&["data"]);
        let shown = |node: &Node| if secret { Tree(Node::from("***")) } else { Tree(node.clone()) };
        self.changes.push(Change {
            effect: effect(self.desired, self.live, &path),
            kind,
            desired: desired.map(shown),
            live: live.map(shown),
            mark: desired.map_or(Mark::NONE, |it| it.mark),
            path,
        });
    }
}
