//! The orders in which objects are printed.

use std::cmp::Ordering;
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

impl Gvk<'_> {
    /// Compares two kinds as Kustomize's legacy order does: kinds that others need come first (`Namespace`,
    /// `ServiceAccount`), webhook configurations last, and the rest by group, version and kind.
    ///
    /// ```
    /// use tidegate_kustomize::Gvk;
    ///
    /// let mut kinds = [Gvk::new("apps/v1", "Deployment"), Gvk::new("v1", "Service"), Gvk::new("v1", "Namespace")];
    /// kinds.sort_by(|a, b| a.legacy_order(b));
    /// assert_eq!(kinds.map(|it| it.kind), ["Namespace", "Service", "Deployment"]);
    /// ```
    #[must_use]
    pub fn legacy_order(&self, other: &Gvk<'_>) -> Ordering {
        let by_rank = default_rank(self.kind).cmp(&default_rank(other.kind));
        by_rank.then_with(|| gvk_bytes(self).cmp(gvk_bytes(other)))
    }
}

fn default_rank(kind: &str) -> i32 {
    let position = |list: &[&str]| list.iter().position(|it| *it == kind);
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    match (position(&FIRST), position(&LAST)) {
        (Some(at), _) => count(at) - count(FIRST.len()),
        (None, Some(at)) => 1 + count(at),
        (None, None) => 0,
    }
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
    let keys: Vec<(i64, Id<'_>)> = resources
        .iter()
        .map(|resource| {
            let id = resource.id();
            (ranks.get(id.gvk.kind).copied().unwrap_or(0), id)
        })
        .collect();
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|a, b| compare(&keys[*a], &keys[*b]));
    drop(keys);
    let mut places: Vec<Option<Resource>> = resources.drain(..).map(Some).collect();
    resources.extend(order.into_iter().filter_map(|at| places[at].take()));
}

/// Compares two objects: rank of the kind, then kind, then namespace and name.
fn compare(a: &(i64, Id<'_>), b: &(i64, Id<'_>)) -> Ordering {
    let ((rank_a, a), (rank_b, b)) = (a, b);
    rank_a.cmp(rank_b).then_with(|| {
        if a.gvk != b.gvk {
            let order = gvk_bytes(&a.gvk).cmp(gvk_bytes(&b.gvk));
            // Where a Namespace of the core group takes part, the order is backwards.
            let namespaces = a.gvk.kind == "Namespace" && b.gvk.kind == "Namespace";
            let core = a.gvk.group.is_empty() || b.gvk.group.is_empty();
            return if namespaces && core { order.reverse() } else { order };
        }
        if a.namespace == b.namespace {
            // What is compared then begins alike.
            return or(a.name, "~N").cmp(or(b.name, "~N"));
        }
        rest_bytes(a).cmp(rest_bytes(b))
    })
}

fn or<'a>(part: &'a str, empty: &'a str) -> &'a str {
    if part.is_empty() { empty } else { part }
}

/// The bytes of `GROUP_VERSION_KIND`: the separators take part in the order.
fn gvk_bytes<'a>(gvk: &Gvk<'a>) -> impl Iterator<Item = u8> + use<'a> {
    let (group, version) = (or(gvk.group, "~G"), or(gvk.version, "~V"));
    let kind = or(gvk.kind, "~K");
    group.bytes().chain(*b"_").chain(version.bytes()).chain(*b"_").chain(kind.bytes())
}

/// The bytes of `NAMESPACE|NAME`.
fn rest_bytes<'a>(id: &Id<'a>) -> impl Iterator<Item = u8> + use<'a> {
    or(id.namespace, "~X").bytes().chain(*b"|").chain(or(id.name, "~N").bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_take_part_in_the_order() {
        let gvk = |group| Gvk { group, version: "v1", kind: "A" };
        assert!(gvk_bytes(&gvk("apps.x")).cmp(gvk_bytes(&gvk("apps"))).is_lt());
        assert!(gvk_bytes(&gvk("")).cmp(gvk_bytes(&gvk("zoo"))).is_gt());
    }

    #[test]
    fn namespaces_of_the_core_group_come_first() {
        let id = |group| Id {
            gvk: Gvk { group, version: "v1", kind: "Namespace" },
            name: "a",
            namespace: "",
            cluster_scoped: true,
        };
        assert!(compare(&(0, id("")), &(0, id("example.com"))).is_lt());
    }
}
