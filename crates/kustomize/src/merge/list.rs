//! Lists whose elements merge by keys.
//!
//! A regular list, one whose elements all have the same keys with different values, is merged in linear time here.
//! Anything else takes the long way of `irregular`, which gives the same result on regular lists.

use std::borrow::Cow;
use std::collections::HashMap;

use tidegate_object::Node;
use tidegate_source::Diagnostic;

use super::{Outcome, Walk, irregular};
use crate::schema::Type;
use crate::text::text_of;

impl<'a> Walk<'a> {
    pub(super) fn list(
        &mut self,
        target: &mut Vec<Node>,
        mut patch: Vec<Node>,
        keys: &[&str],
        ty: Option<Type<'a>>,
    ) -> Result<(), Box<Diagnostic>> {
        if keys.is_empty() {
            *target = plain_values(&patch, target);
            return Ok(());
        }
        let in_use = keys_in_use(&[target, &patch], keys);
        let partners = in_use.as_deref().and_then(|keys| {
            if !are_distinct(target, keys) || !are_distinct(&patch, keys) {
                return None;
            }
            if target.len() * patch.len() <= FEW * FEW {
                let partner = |change| target.iter().position(|it| same_keys(it, change, keys));
                return Some(patch.iter().map(partner).collect::<Vec<_>>());
            }
            let of_target = by_key(target, keys)?;
            let of_patch = by_key(&patch, keys)?;
            let mut partners = vec![None; patch.len()];
            for (key, at) in of_patch {
                partners[at] = of_target.get(&key).copied();
            }
            Some(partners)
        });
        let (Some(keys_in_use), Some(partners)) = (in_use, partners) else {
            let merged = irregular::merge(self, std::mem::take(target), Some(patch), keys, ty)?;
            *target = merged;
            return Ok(());
        };
        let mut left: Vec<Option<Node>> = std::mem::take(target).into_iter().map(Some).collect();
        let mut met = vec![false; left.len()];
        let mut front = Vec::new();
        for (change, partner) in patch.iter_mut().zip(partners) {
            let Some(at) = partner else {
                if self.added(change, ty)? {
                    front.push(std::mem::take(change));
                }
                continue;
            };
            met[at] = true;
            let Some(mut node) = left[at].take() else { continue };
            // An element that is replaced stays as it was: the list is put together from the target's elements.
            if self.both(&mut node, change, ty)? == Outcome::Cleared {
                continue;
            }
            if keys_in_use.len() == 1 {
                front.push(node);
            } else {
                left[at] = Some(node);
            }
        }
        for (node, met) in left.iter_mut().zip(met) {
            if let (Some(node), false) = (node, met) {
                self.alone(node, ty)?;
            }
        }
        front.extend(left.into_iter().flatten());
        *target = front;
        Ok(())
    }

    pub(super) fn list_alone(
        &mut self,
        target: &mut Vec<Node>,
        keys: &[&str],
        ty: Option<Type<'a>>,
    ) -> Result<(), Box<Diagnostic>> {
        if keys.is_empty() {
            *target = plain_values(&[], target);
        } else if is_regular(target, keys) {
            for node in target {
                self.alone(node, ty)?;
            }
        } else {
            *target = irregular::merge(self, std::mem::take(target), None, keys, ty)?;
        }
        Ok(())
    }

    pub(super) fn list_itself(
        &mut self,
        list: &mut Vec<Node>,
        keys: &[&str],
        ty: Option<Type<'a>>,
    ) -> Result<(), Box<Diagnostic>> {
        if keys.is_empty() {
            *list = plain_values(&[], list);
        } else if is_regular(list, keys) {
            let mut kept = Vec::with_capacity(list.len());
            for mut node in std::mem::take(list) {
                if self.itself(&mut node, ty)? {
                    kept.push(node);
                }
            }
            *list = kept;
        } else {
            *list = irregular::merge_itself(self, std::mem::take(list), keys, ty)?;
        }
        Ok(())
    }
}

fn is_regular(list: &[Node], keys: &[&str]) -> bool {
    keys_in_use(&[list], keys).is_some_and(|keys| are_distinct(list, &keys))
}

/// Lists up to this length are compared element by element.
const FEW: usize = 12;

/// Returns whether no two elements have the same keys. Each has all of them.
fn are_distinct(list: &[Node], keys: &[&str]) -> bool {
    if list.len() > FEW {
        return by_key(list, keys).is_some();
    }
    let mut behind = list;
    while let Some((first, rest)) = behind.split_first() {
        if rest.iter().any(|it| same_keys(it, first, keys)) {
            return false;
        }
        behind = rest;
    }
    true
}

fn same_keys(a: &Node, b: &Node, keys: &[&str]) -> bool {
    keys.iter().all(|key| a.get(key).map(text_of) == b.get(key).map(text_of))
}

/// Returns the keys that every element has; `None` where some elements have a key and others do not, or none has any.
fn keys_in_use<'k>(lists: &[&[Node]], keys: &[&'k str]) -> Option<Vec<&'k str>> {
    let mut in_use = Vec::with_capacity(keys.len());
    let count: usize = lists.iter().map(|it| it.len()).sum();
    for key in keys {
        let having = |node: &Node| node.get(key).is_some_and(|it| !text_of(it).is_empty());
        match lists.iter().flat_map(|it| it.iter()).filter(|it| having(it)).count() {
            n if n == count => in_use.push(*key),
            0 => {}
            _ => return None,
        }
    }
    (!in_use.is_empty()).then_some(in_use)
}

/// Returns the position of each element by the values of its keys; `None` where two elements have the same.
fn by_key<'n>(list: &'n [Node], keys: &[&str]) -> Option<HashMap<Vec<Cow<'n, str>>, usize>> {
    let mut positions = HashMap::with_capacity(list.len());
    for (at, node) in list.iter().enumerate() {
        let values = keys.iter().map(|key| Some(text_of(node.get(key)?))).collect::<Option<_>>()?;
        if positions.insert(values, at).is_some() {
            return None;
        }
    }
    Some(positions)
}

/// Joins lists of plain values: those of the patch first, each text once; the target's own node stays.
fn plain_values(patch: &[Node], target: &[Node]) -> Vec<Node> {
    let mut joined: Vec<Node> = Vec::with_capacity(patch.len() + target.len());
    let mut positions: HashMap<String, usize> = HashMap::new();
    let kept = |node: &&Node| !node.is_null() && node.as_map().is_none_or(|it| !it.is_empty());
    for node in patch.iter().filter(kept) {
        positions.entry(text_of(node).into_owned()).or_insert_with(|| {
            joined.push(node.clone());
            joined.len() - 1
        });
    }
    for node in target.iter().filter(kept) {
        if let Some(at) = positions.get(&*text_of(node)) {
            joined[*at] = node.clone();
        } else {
            positions.insert(text_of(node).into_owned(), joined.len());
            joined.push(node.clone());
        }
    }
    joined
}
