//! Evictions, and emptying a node: what disruption budgets gate.

use serde::Serialize;
use tidegate_workload::{
    Budget, EvictedPod, Eviction, EvictionRefusal, MatchingBudget, PodPhase, evict,
};

use crate::clock::Span;
use crate::state::{Cluster, Pod};

/// How a drain ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Drain {
    /// How long it took.
    pub elapsed: Span,
    /// Pods that were evicted, in order, as `NAMESPACE/NAME`.
    pub evicted: Vec<String>,
    /// Pods that are still on the node, and why.
    pub blocked: Vec<BlockedPod>,
}

/// A pod that cannot be evicted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BlockedPod {
    /// Namespace.
    pub namespace: String,
    /// Name.
    pub pod: String,
    /// The budgets that guard it.
    pub budgets: Vec<String>,
    /// Why the API server refuses; `None` for a pod that is on its way out.
    pub refusal: Option<EvictionRefusal>,
}

/// How long `kubectl drain` waits before it asks again.
const RETRY: Span = Span::seconds(5);

impl Cluster {
    /// Asks for the eviction of a pod, as its budgets allow; `None` where there is no such pod.
    pub fn evict(&mut self, namespace: &str, pod: &str) -> Option<Eviction> {
        let at = self.pods.iter().position(|it| it.namespace == namespace && it.name == pod)?;
        let answer = self.eviction(&self.pods[at]).0;
        if matches!(answer, Eviction::Granted { .. }) {
            self.delete_pod(at);
            self.run_controllers();
        }
        Some(answer)
    }

    /// Lets a node take new pods, or none. Returns whether there is such a node.
    pub fn set_schedulable(&mut self, node: &str, schedulable: bool) -> bool {
        let Some(node) = self.nodes.iter_mut().find(|it| it.name == node) else { return false };
        node.unschedulable = !schedulable;
        self.run_controllers();
        true
    }

    /// Empties a node: it takes no new pods, and its pods are evicted one after the other, asking again every five
    /// seconds where a budget refuses, for at most `max`. Returns `None` where there is no such node.
    ///
    /// ```
    /// use tidegate_cluster::{Cluster, Moment, Span};
    ///
    /// let mut cluster = Cluster::new(Moment(0));
    /// let drain = cluster.drain("node-1", Span::seconds(60)).expect("there is such a node");
    /// assert!(drain.blocked.is_empty());
    /// assert_eq!(cluster.drain("node-9", Span::seconds(60)), None);
    /// ```
    pub fn drain(&mut self, node: &str, max: Span) -> Option<Drain> {
        if !self.set_schedulable(node, false) {
            return None;
        }
        let start = self.clock;
        let mut evicted = Vec::new();
        loop {
            let there = |it: &&Pod| it.node.as_deref() == Some(node);
            let pods: Vec<(String, String)> = self
                .pods
                .iter()
                .filter(there)
                .filter(|it| it.deleted.is_none())
                .map(|it| (it.namespace.clone(), it.name.clone()))
                .collect();
            for (namespace, name) in pods {
                if let Some(Eviction::Granted { .. }) = self.evict(&namespace, &name) {
                    evicted.push(format!("{namespace}/{name}"));
                }
            }
            let left = self.pods.iter().any(|it| there(&it));
            if !left || self.clock - start + RETRY > max {
                break;
            }
            self.advance(RETRY);
        }
        let blocked = self.pods.iter().filter(|it| it.node.as_deref() == Some(node));
        let blocked = blocked.map(|it| self.blocked(it)).collect();
        Some(Drain { elapsed: self.clock - start, evicted, blocked })
    }

    fn blocked(&self, pod: &Pod) -> BlockedPod {
        let (answer, budgets) = self.eviction(pod);
        BlockedPod {
            namespace: pod.namespace.clone(),
            pod: pod.name.clone(),
            budgets,
            refusal: match answer {
                Eviction::Refused(why) => Some(why),
                Eviction::Granted { .. } => None,
            },
        }
    }

    /// Returns the answer of the API server, and the budgets that guard the pod.
    fn eviction(&self, pod: &Pod) -> (Eviction, Vec<String>) {
        let budgets: Vec<Budget> = self
            .objects()
            .filter_map(|it| Budget::from_object(it).ok())
            .filter(|it| it.selects(&pod.namespace, &pod.labels))
            .collect();
        let matching = budgets.iter().map(|it| {
            let status = self.budget_status(it);
            MatchingBudget {
                disruptions_allowed: status.disruptions_allowed,
                current_healthy: status.current_healthy,
                desired_healthy: status.desired_healthy,
                observed: true,
                unhealthy: it.unhealthy.value,
            }
        });
        let evicted = EvictedPod {
            phase: if pod.started.is_some() { PodPhase::Running } else { PodPhase::Pending },
            ready: pod.ready_since.is_some(),
            deleting: pod.deleted.is_some(),
        };
        let answer = evict(evicted, &matching.collect::<Vec<_>>());
        (answer, budgets.into_iter().map(|it| it.identity.name).collect())
    }
}
