use std::collections::BTreeMap;

use crate::seconds::Seconds;

/// How long an evicted pod is taken to be on its way out when nothing is seen of it.
///
/// Source: Kubernetes `pkg/controller/disruption/disruption.go`, `DeletionTimeout`.
///
/// ```
/// use std::collections::BTreeMap;
/// use tidegate_workload::{BudgetPod, DELETION_TIMEOUT, Seconds, after_disruptions};
///
/// let evicted = BTreeMap::from([("hub-1".to_owned(), Seconds(1000))]);
/// let pods = [BudgetPod { name: "hub-1".into(), ready: true, deleting: false }];
/// let later = Seconds(1001) + DELETION_TIMEOUT;
/// // The pod did not go after all: it counts again.
/// assert_eq!(after_disruptions(&evicted, &pods, later).1, 1);
/// ```
pub const DELETION_TIMEOUT: Seconds = Seconds(120);

/// A pod that a budget selects.
///
/// ```
/// use tidegate_workload::{BudgetPod, Seconds, after_disruptions};
///
/// // What is ready and stays counts as healthy; what is on its way out does not.
/// let pod = |name: &str, deleting| BudgetPod { name: name.into(), ready: true, deleting };
/// let pods = [pod("hub-1", false), pod("hub-2", true)];
/// let (_, healthy) = after_disruptions(&Default::default(), &pods, Seconds(0));
/// assert_eq!(healthy, 1);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BudgetPod {
    /// Name.
    pub name: String,
    /// Whether it is ready.
    pub ready: bool,
    /// Whether its deletion has begun.
    pub deleting: bool,
}

/// Returns the evicted pods that a budget still keeps a note of, and how many pods are healthy.
///
/// A note goes when its pod is gone or its deletion has begun, or after [`DELETION_TIMEOUT`]. A pod that is being
/// deleted, or that a note says is about to be, is not healthy.
///
/// Source: Kubernetes `disruption.go`, `buildDisruptedPodMap` and `countHealthyPods`.
///
/// ```
/// use std::collections::BTreeMap;
/// use tidegate_workload::{BudgetPod, Seconds, after_disruptions};
///
/// let pod = BudgetPod { name: "web-1".into(), ready: true, deleting: false };
/// let notes = BTreeMap::from([("web-1".to_owned(), Seconds(0))]);
/// let (kept, healthy) = after_disruptions(&notes, &[pod.clone()], Seconds(60));
/// assert_eq!((kept.len(), healthy), (1, 0));
/// let (kept, healthy) = after_disruptions(&notes, &[pod], Seconds(121));
/// assert_eq!((kept.len(), healthy), (0, 1));
/// ```
#[must_use]
pub fn after_disruptions(
    notes: &BTreeMap<String, Seconds>,
    pods: &[BudgetPod],
    now: Seconds,
) -> (BTreeMap<String, Seconds>, i32) {
    let alive = || pods.iter().filter(|pod| !pod.deleting);
    let kept: BTreeMap<String, Seconds> = alive()
        .filter_map(|pod| Some((pod.name.clone(), *notes.get(&pod.name)?)))
        .filter(|(_, evicted)| *evicted + DELETION_TIMEOUT >= now)
        .collect();
    let healthy = alive().filter(|pod| {
        let note = kept.get(&pod.name);
        pod.ready && note.is_none_or(|evicted| *evicted + DELETION_TIMEOUT <= now)
    });
    let healthy = i32::try_from(healthy.count()).unwrap_or(i32::MAX);
    (kept, healthy)
}
