//! Lists that merge by keys, element by element, where elements lack keys or repeat them.
//!
//! What comes out of such lists is not what anybody would design: an element without its key can take others with
//! it. It is what Kustomize does, step by step, because the bytes must be the same.

use std::borrow::Cow;

use tidegate_object::{Map, Node, Value};
use tidegate_source::{Diagnostic, Label, Mark, Sources};

use super::{Outcome, Walk};
use crate::schema::Type;
use crate::text::{raw_text, text_of};

/// How many elements an irregular list may have: time grows with the square of it.
const MAX_ELEMENTS: usize = 4_096;

/// An element: the position of its node in the store.
type Element = usize;

/// The lists of one merge. Elements are named by position, since one node can stand in several lists.
struct Lists<'s> {
    sources: &'s Sources,
    store: Vec<Node>,
    target: Vec<Element>,
    patch: Patch,
}

enum Patch {
    /// The patch does not mention the list.
    Missing,
    /// The patch's own list.
    Own(Vec<Element>),
    /// The target itself.
    Target,
}

/// Merges the patch's list into the target's, `None` where the patch does not mention it.
pub(super) fn merge<'a>(
    walk: &mut Walk<'a>,
    target: Vec<Node>,
    patch: Option<Vec<Node>>,
    keys: &[&str],
    ty: Option<Type<'a>>,
) -> Result<Vec<Node>, Box<Diagnostic>> {
    let n = target.len();
    let mut store = target;
    let patch = match patch {
        None => Patch::Missing,
        Some(patch) => {
            let end = n + patch.len();
            store.extend(patch);
            Patch::Own((n..end).collect())
        }
    };
    Lists { sources: walk.sources, store, target: (0..n).collect(), patch }.merged(walk, keys, ty)
}

/// Merges an added list with itself.
pub(super) fn merge_itself<'a>(
    walk: &mut Walk<'a>,
    list: Vec<Node>,
    keys: &[&str],
    ty: Option<Type<'a>>,
) -> Result<Vec<Node>, Box<Diagnostic>> {
    let target = (0..list.len()).collect();
    let patch = Patch::Target;
    Lists { sources: walk.sources, store: list, target, patch }.merged(walk, keys, ty)
}

impl Lists<'_> {
    fn merged<'a>(
        mut self,
        walk: &mut Walk<'a>,
        keys: &[&str],
        ty: Option<Type<'a>>,
    ) -> Result<Vec<Node>, Box<Diagnostic>> {
        if self.store.len() > MAX_ELEMENTS {
            return Err(self.too_many().into());
        }
        let mut all = self.key_values(keys);
        if all.is_empty() {
            return Ok(self.store);
        }
        if keys.len() > 1 {
            complete(&mut all);
        }
        // Keys that no element has are left out, unless that leaves none.
        let used: Vec<bool> =
            (0..keys.len()).map(|key| all.iter().any(|it| !it[key].is_empty())).collect();
        let used = if used.contains(&true) { used } else { vec![true; keys.len()] };
        let only = |values: &[String]| -> Vec<String> {
            let used = values.iter().zip(&used).filter(|(_, used)| **used);
            used.map(|(value, _)| value.clone()).collect()
        };
        let keys: Vec<&str> =
            keys.iter().zip(&used).filter(|(_, used)| **used).map(|(key, _)| *key).collect();
        let mut items: Vec<Element> = Vec::new();
        for values in &all {
            let values = only(values);
            let element = self.merged_element(walk, &keys, &values, ty)?;
            let gone = |node: &Node| node.is_null() || node.as_map().is_some_and(Map::is_empty);
            let Some(element) = element.filter(|it| !gone(&self.store[*it])) else {
                self.target = self.set(&self.target, None, &keys, &values)?;
                continue;
            };
            for (key, value) in keys.iter().zip(&values) {
                if let (Value::Map(fields), false) =
                    (&mut self.store[element].value, value.is_empty())
                    && !fields.contains_key(key)
                {
                    fields.insert(*key, Node::from(value.as_str()));
                }
            }
            items = self.set(&items, Some(element), &keys, &values)?;
        }
        let result = self.appended(items, &keys)?;
        Ok(result.into_iter().map(|it| self.store[it].clone()).collect())
    }

    /// The values of the keys of every element, the patch's first, each combination once.
    fn key_values(&self, keys: &[&str]) -> Vec<Vec<String>> {
        let patch: &[Element] = match &self.patch {
            Patch::Own(patch) => patch,
            Patch::Missing | Patch::Target => &[],
        };
        let mut all: Vec<Vec<String>> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for element in patch.iter().chain(&self.target) {
            let node = &self.store[*element];
            let value = |key: &&str| node.get(key).map_or(String::new(), |it| text_of(it).into());
            let values: Vec<String> = keys.iter().map(value).collect();
            if seen.insert(values.clone()) {
                all.push(values);
            }
        }
        all
    }

    /// Merges the first element of each list that has these values; returns where the result is.
    fn merged_element<'a>(
        &mut self,
        walk: &mut Walk<'a>,
        keys: &[&str],
        values: &[String],
        ty: Option<Type<'a>>,
    ) -> Result<Option<Element>, Box<Diagnostic>> {
        let target = self.find(&self.target, keys, values);
        let patch = match &self.patch {
            Patch::Missing => None,
            Patch::Own(patch) => self.find(patch, keys, values),
            Patch::Target => {
                let Some(element) = target else { return Ok(None) };
                return Ok(walk.itself(&mut self.store[element], ty)?.then_some(element));
            }
        };
        Ok(match (target, patch) {
            (None, None) => None,
            (Some(target), None) => walk.alone(&mut self.store[target], ty)?.then_some(target),
            (None, Some(patch)) => walk.added(&mut self.store[patch], ty)?.then_some(patch),
            (Some(target), Some(patch)) => {
                let mut change = std::mem::take(&mut self.store[patch]);
                let outcome = walk.both(&mut self.store[target], &mut change, ty)?;
                self.store[patch] = change;
                match outcome {
                    Outcome::Target => Some(target),
                    Outcome::Patch => Some(patch),
                    Outcome::Cleared => None,
                }
            }
        })
    }

    /// The text that a value of a key is compared by: a null that is written is no empty one.
    fn raw<'n>(&'n self, value: &'n Node) -> Cow<'n, str> {
        raw_text(value, self.sources)
    }

    /// Finds the first element that has these values; empty ones do not count, unless all are.
    fn find(&self, list: &[Element], keys: &[&str], values: &[String]) -> Option<Element> {
        let any = values.iter().any(|it| !it.is_empty());
        list.iter().copied().find(|element| {
            let Some(fields) = self.store[*element].as_map() else { return false };
            keys.iter().zip(values).filter(|(_, value)| !any || !value.is_empty()).all(
                |(key, value)| fields.get(key).is_some_and(|it| self.raw(it) == value.as_str()),
            )
        })
    }

    /// Returns the list with every element that has these values replaced, or without it; a new one goes to the end.
    ///
    /// An empty value matches any. Nulls and empty mappings fall out. Where fewer values than keys are given the last
    /// answer counts on, and without any value what does not match falls out.
    fn set(
        &self,
        list: &[Element],
        new: Option<Element>,
        keys: &[&str],
        values: &[String],
    ) -> Result<Vec<Element>, Box<Diagnostic>> {
        let wants_mapping = values.first().is_some_and(|it| !it.is_empty());
        let mut result = Vec::with_capacity(list.len() + 1);
        let mut found = false;
        for element in list {
            let node = &self.store[*element];
            let Some(fields) = node.as_map() else {
                if node.is_null() {
                    continue;
                }
                if !wants_mapping {
                    return Err(not_a_mapping(node).into());
                }
                result.push(*element);
                continue;
            };
            if fields.is_empty() {
                continue;
            }
            let mut matched = false;
            let all = keys.iter().enumerate().all(|(at, key)| {
                if let Some(value) = values.get(at) {
                    matched = fields
                        .get(key)
                        .is_some_and(|it| value.is_empty() || self.raw(it) == value.as_str());
                }
                matched
            });
            if all {
                found = true;
                result.extend(new);
            } else if !values.is_empty() {
                result.push(*element);
            }
        }
        match new {
            Some(new) if !found && !self.store[new].is_null() => result.push(new),
            _ => {}
        }
        Ok(result)
    }

    /// Puts the target's elements into the list of merged ones: in the place of their like, or at the end.
    fn appended(
        &self,
        items: Vec<Element>,
        keys: &[&str],
    ) -> Result<Vec<Element>, Box<Diagnostic>> {
        let mut items = items;
        for element in &self.target {
            let node = &self.store[*element];
            let mut values = Vec::with_capacity(keys.len());
            for key in keys {
                if node.as_map().is_none() && !node.is_null() {
                    return Err(not_a_mapping(node).into());
                }
                match node.get(key) {
                    Some(value) => values.push(self.raw(value).into_owned()),
                    None => items.push(*element),
                }
            }
            if keys.len() > 1 {
                items = self.set(&items, None, keys, &values)?;
            }
            items = self.set(&items, Some(*element), keys, &values)?;
        }
        Ok(items)
    }

    fn too_many(&self) -> Diagnostic {
        let mark = self.store.first().map_or(Mark::NONE, |it| it.mark);
        Diagnostic::error(
            "irregular-list",
            format!(
                "a list of {} elements is too long to be merged: some lack the key or repeat it",
                self.store.len()
            ),
        )
        .at(Label::new(mark, "the first element"))
        .help("give every element its own key")
    }
}

/// Takes values of several keys together that differ only where one has none: `[80, ""]` and `[80, "TCP"]`.
fn complete(all: &mut [Vec<String>]) {
    if all.iter().flatten().all(|it| !it.is_empty()) {
        return;
    }
    for first in 0..all.len() {
        // Every other one is compared with what this was at first, also when it has become another.
        let values = all[first].clone();
        for second in 0..all.len() {
            if let Some(joined) = joined(&values, &all[second]) {
                all[first].clone_from(&joined);
                all[second] = joined;
            }
        }
    }
}

fn joined(first: &[String], second: &[String]) -> Option<Vec<String>> {
    let mut common = false;
    let mut values = Vec::with_capacity(first.len());
    for (first, second) in first.iter().zip(second) {
        if first == second {
            common = true;
        } else if !first.is_empty() && !second.is_empty() {
            return None;
        }
        values.push(if first.is_empty() { second.clone() } else { first.clone() });
    }
    common.then_some(values)
}

fn not_a_mapping(node: &Node) -> Diagnostic {
    let kind = node.value.type_name();
    Diagnostic::error("patch-type", format!("a {kind} in a list that is merged by keys"))
        .at(Label::new(node.mark, format!("a {kind}; a mapping belongs here")))
}
