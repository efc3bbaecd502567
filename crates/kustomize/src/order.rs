//! The orders in which objects are printed.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::identity::{Gvk, Id};
use crate::resource::Resource;

/// The kinds that come first in legacy order.
const FIRST: [&str; 22] = [
    "Namespace",
    "ResourceQuota",
    "StorageClass",
    "CustomResourceDefinition",
    "ServiceAccount",
    "PodSecurityPolicy",
    "Role",
    "ClusterRole",
    "RoleBinding",
    "ClusterRoleBinding",
    "ConfigMap",
    "Secret",
    "Endpoints",
    "Service",
    "LimitRange",
    "PriorityClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "Deployment",
    "StatefulSet",
    "CronJob",
    "PodDisruptionBudget",
];

/// The kinds that come last in legacy order.
const LAST: [&str; 2] = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

/// Returns the key by which kinds are put in the default order.
pub(crate) fn default_key(gvk: &Gvk<'_>) -> (i32, String) {
    let position = |list: &[&str]| list.iter().position(|kind| *kind == gvk.kind);
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let rank = match (position(&FIRST), position(&LAST)) {
        (Some(at), _) => count(at) - count(FIRST.len()),
        (None, Some(at)) => 1 + count(at),
        (None, None) => 0,
    };
    (rank, gvk.sort_text())
}

/// Puts objects in legacy order: the ranks of the kinds, then group, version and kind, then namespace and name.
pub(crate) fn legacy(resources: &mut Vec<Resource>, given: Option<(&[&str], &[&str])>) {
    let (first, last) = given.unwrap_or((&FIRST, &LAST));
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let mut ranks: HashMap<&str, i64> = HashMap::new();
    for (at, kind) in first.iter().enumerate() {
        ranks.insert(kind, count(at) - count(first.len()));
    }
    for (at, kind) in last.iter().enumerate() {
        ranks.insert(kind, 1 + count(at));
    }
    let keys: Vec<Key> = resources
        .iter()
        .map(|resource| {
            let id = resource.id();
            let rank = ranks.get(id.gvk.kind).copied().unwrap_or(0);
            Key::new(rank, &id)
        })
        .collect();
    let mut order: Vec<usize> = (0..resources.len()).collect();
    order.sort_by(|a, b| keys[*a].cmp(&keys[*b]));
    let mut places: Vec<Option<Resource>> = resources.drain(..).map(Some).collect();
    resources.extend(order.into_iter().filter_map(|at| places[at].take()));
}

/// What an object is ordered by.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    rank: i64,
    /// Namespaces of the core group come before all others that are called so, and backwards among themselves.
    backwards: Reverse<Option<String>>,
    gvk: String,
    id: String,
}

impl Key {
    fn new(rank: i64, id: &Id<'_>) -> Self {
        let text = id.gvk.sort_text();
        let core = id.gvk.kind == "Namespace" && id.gvk.group.is_empty();
        let backwards = core.then(|| text.clone());
        let or = |part: &str, empty: &'static str| {
            if part.is_empty() { empty.to_owned() } else { part.to_owned() }
        };
        let id = format!("{}|{}|{}", id.gvk, or(id.namespace, "~X"), or(id.name, "~N"));
        Self { rank, backwards: Reverse(backwards), gvk: text, id }
    }
}
