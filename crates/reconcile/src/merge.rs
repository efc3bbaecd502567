//! What an object is after a manifest was applied to it.

use tidegate_object::{Map, Node, Object, Text, Value};

use crate::defaults::{move_string_data, with_defaults};
use crate::fields::{FieldSet, by_key, servers_own};
use crate::json;
use crate::path::Step;
use crate::schema::{ListKind, Schema};

/// Returns an object after a manifest was applied to it, or as it is created where nothing is live.
///
/// What the manifest says is set, what it said the last time (`owned`) and says no longer goes, all else stays; then
/// the API server's defaults are filled in. Applying is thus the inverse of [`diff`](crate::diff): afterwards the two
/// agree, and applying twice is applying once. What only the server writes (`uid`, `generation`, `status`, …) is
/// taken from the live object.
///
/// ```
/// use tidegate_object::{Map, Node, Object};
/// use tidegate_reconcile::applied;
///
/// let settings = |key: &'static str| {
///     Object::new(Node::from(Map::from_iter([
///         ("apiVersion", Node::from("v1")),
///         ("kind", Node::from("ConfigMap")),
///         ("data", Node::from(Map::from_iter([(key, Node::from("on"))]))),
///     ])))
/// };
/// let live = applied(&settings("a"), Some(&settings("b")), None);
/// assert_eq!(live.at(&["data"]).and_then(Node::as_map).map(Map::len), Some(2));
/// ```
#[must_use]
pub fn applied(desired: &Object, live: Option<&Object>, owned: Option<&FieldSet>) -> Object {
    let desired = move_string_data(desired);
    let filled = with_defaults(&desired);
    let mut merge = Merge { schema: Schema::of(&desired), at: Vec::new() };
    let root = match live {
        Some(live) => merge.value(&desired.root, &filled.root, &live.root, owned),
        None => merge.created(&desired.root),
    };
    with_defaults(&Object::new(root))
}

struct Merge {
    schema: Schema,
    at: Vec<Step>,
}

impl Merge {
    fn below<T>(&mut self, step: Step, work: impl FnOnce(&mut Self) -> T) -> T {
        self.at.push(step);
        let done = work(self);
        self.at.pop();
        done
    }

    /// Returns a value as the server keeps it that was not there before.
    fn created(&mut self, desired: &Node) -> Node {
        let value = match &desired.value {
            Value::Map(map) => {
                let mut kept = Map::with_capacity(map.len());
                for entry in map.entries() {
                    self.below(Step::Field(entry.key.to_string()), |merge| {
                        if !merge.schema.dropped(&merge.at, &entry.node) {
                            kept.insert(entry.key.clone(), merge.created(&entry.node));
                        }
                    });
                }
                Value::Map(kept)
            }
            Value::List(items) => {
                let step = Step::Index;
                let items = items.iter().enumerate();
                Value::List(
                    items
                        .map(|(nth, it)| self.below(step(nth), |merge| merge.created(it)))
                        .collect(),
                )
            }
            scalar => scalar.clone(),
        };
        Node::new(value, desired.mark)
    }

    fn value(
        &mut self,
        desired: &Node,
        filled: &Node,
        live: &Node,
        owned: Option<&FieldSet>,
    ) -> Node {
        match (&desired.value, &live.value) {
            (Value::Map(wanted), Value::Map(there)) => {
                Node::new(Value::Map(self.fields(wanted, filled, there, owned)), desired.mark)
            }
            (Value::List(wanted), Value::List(there)) => {
                Node::new(Value::List(self.list(wanted, filled, there, owned)), desired.mark)
            }
            // The server keeps the text that means the same, as long as nobody writes another value.
            _ if self.schema.same_scalar(&self.at, desired, live) => live.clone(),
            _ => self.created(desired),
        }
    }

    fn fields(
        &mut self,
        desired: &Map,
        filled: &Node,
        live: &Map,
        owned: Option<&FieldSet>,
    ) -> Map {
        let mut merged = live.clone();
        let written = |name: &str| desired.get(name).is_some_and(|it| !it.is_null());
        if self.schema.retains_keys(&self.at) {
            merged.entries_mut().retain(|entry| filled.get(&entry.key).is_some());
        } else {
            for (name, set) in owned.into_iter().flat_map(FieldSet::fields) {
                if !written(name) {
                    self.below(Step::Field(name.to_owned()), |merge| {
                        merge.leave_out(&mut merged, name, set);
                    });
                }
            }
        }
        for entry in desired.entries().iter().filter(|entry| !entry.node.is_null()) {
            self.below(Step::Field(entry.key.to_string()), |merge| {
                if !servers_own(&merge.at) {
                    let full = filled.get(&entry.key).unwrap_or(&entry.node);
                    let owned = owned.and_then(|it| it.field(&entry.key));
                    merge.set(&mut merged, &entry.key, (&entry.node, full), owned);
                }
            });
        }
        merged
    }

    fn set(
        &mut self,
        merged: &mut Map,
        key: &Text,
        desired: (&Node, &Node),
        owned: Option<&FieldSet>,
    ) {
        let (node, full) = desired;
        let zero = self.schema.dropped(&self.at, node);
        let node = if zero { full } else { node };
        let there = merged.get(key).filter(|it| !it.is_null());
        let new = match there {
            Some(there) => self.value(node, full, there, owned),
            None if self.schema.dropped(&self.at, node) => return,
            None => self.created(node),
        };
        merged.insert(key.clone(), new);
    }

    /// Takes away a field that the manifest no longer sets; of a mapping with the user's keys, only those it set.
    fn leave_out(&mut self, merged: &mut Map, name: &str, owned: &FieldSet) {
        if servers_own(&self.at) {
            return;
        }
        let open = self.schema.open(&self.at) && !owned.is_empty();
        match merged.get_mut(name).and_then(Node::as_map_mut).filter(|_| open) {
            Some(map) => {
                for (key, _) in owned.fields() {
                    map.remove(key);
                }
                if map.is_empty() {
                    merged.remove(name);
                }
            }
            None => drop(merged.remove(name)),
        }
    }

    fn list(
        &mut self,
        desired: &[Node],
        filled: &Node,
        live: &[Node],
        owned: Option<&FieldSet>,
    ) -> Vec<Node> {
        let full = filled.as_list().unwrap_or(desired);
        match self.schema.list(&self.at) {
            ListKind::Keyed(keys) => {
                let (Some(wanted), Some(there)) = (by_key(keys, desired), by_key(keys, live))
                else {
                    return self.whole(desired);
                };
                let mut merged = Vec::with_capacity(wanted.len());
                for (nth, (key, node)) in wanted.iter().enumerate() {
                    let found = there.iter().find(|(other, _)| other == key).map(|(_, it)| *it);
                    let owned = owned.and_then(|it| it.element(&key.text()));
                    merged.push(self.below(key.step(), |merge| match found {
                        Some(found) => {
                            merge.value(node, full.get(nth).unwrap_or(node), found, owned)
                        }
                        None => merge.created(node),
                    }));
                }
                for (key, node) in &there {
                    let once_set = owned.is_some_and(|it| it.element(&key.text()).is_some());
                    if !once_set && !wanted.iter().any(|(other, _)| other == key) {
                        merged.push((*node).clone());
                    }
                }
                merged
            }
            ListKind::Set => {
                let given_up = |node: &Node| {
                    let key = format!("v:{}", json::print(node));
                    owned.is_some_and(|it| it.element(&key).is_some()) && !desired.contains(node)
                };
                let mut merged: Vec<Node> =
                    live.iter().filter(|node| !given_up(node)).cloned().collect();
                merged.extend(desired.iter().filter(|node| !live.contains(node)).cloned());
                merged
            }
            ListKind::Atomic => self.whole(desired),
        }
    }

    fn whole(&mut self, desired: &[Node]) -> Vec<Node> {
        let step = Step::Index;
        let items = desired.iter().enumerate();
        items.map(|(nth, it)| self.below(step(nth), |merge| merge.created(it))).collect()
    }
}
