//! Time: the clock is moved from one thing that happens to the next.

use serde::Serialize;
use tidegate_object::{Node, Object};
use tidegate_workload::{ProgressReason, complete};

use crate::clock::{Moment, Span};
use crate::controller::{generation, read_condition, read_status};
use crate::objects::is_deployment;
use crate::state::Cluster;

/// How a wait for rollouts ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Settled {
    /// How long it took.
    pub elapsed: Span,
    /// Deployments that missed their progress deadline, as `NAMESPACE/NAME`.
    pub failed: Vec<String>,
    /// Deployments that had neither finished nor failed when the wait ended, as `NAMESPACE/NAME`.
    pub unfinished: Vec<String>,
}

impl Settled {
    /// Returns whether every rollout has finished.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        self.failed.is_empty() && self.unfinished.is_empty()
    }
}

/// Where the rollout of a Deployment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Finished,
    Failed,
    Unfinished,
}

impl Cluster {
    /// Moves the clock, and lets everything happen on the way that is due.
    pub fn advance(&mut self, span: Span) {
        let until = self.clock + Span(span.0.max(0));
        self.drive(until, |_| false);
        self.clock = until;
    }

    /// Moves the clock until every rollout has finished or missed its deadline and no pod is on its way out, at most
    /// for `max`. A paused Deployment counts as finished: nothing is due.
    ///
    /// ```
    /// use tidegate_cluster::{Cluster, Moment, Span};
    ///
    /// let mut cluster = Cluster::new(Moment(0));
    /// let settled = cluster.run_until_settled(Span::seconds(3600));
    /// assert!(settled.succeeded());
    /// assert_eq!(settled.elapsed, Span::ZERO);
    /// ```
    pub fn run_until_settled(&mut self, max: Span) -> Settled {
        let start = self.clock;
        let until = start + Span(max.0.max(0));
        self.drive(until, Self::is_settled);
        let standing = |wanted: Standing| {
            let deployments = self.objects().filter(|it| is_deployment(it));
            let of = deployments.filter(|it| standing(it) == wanted);
            of.map(|it| format!("{}/{}", it.namespace(), it.name())).collect()
        };
        Settled {
            elapsed: self.clock - start,
            failed: standing(Standing::Failed),
            unfinished: standing(Standing::Unfinished),
        }
    }

    fn is_settled(&self) -> bool {
        let rests = |it: &Object| standing(it) != Standing::Unfinished;
        self.objects().filter(|it| is_deployment(it)).all(rests)
            && self.pods.iter().all(|it| it.deleted.is_none())
    }

    /// Moves the clock from one thing that happens to the next, as long as none is after `until` and nobody says `stop`.
    fn drive(&mut self, until: Moment, stop: impl Fn(&Self) -> bool) {
        let mut again = self.run_controllers();
        while !stop(self) {
            let next = again.into_iter().chain(self.next_pod_event()).min();
            let Some(next) = next.filter(|it| *it <= until) else { return };
            self.clock = next.max(self.clock + Span(1));
            self.run_kubelets();
            again = self.run_controllers();
        }
    }
}

fn standing(object: &Object) -> Standing {
    let replicas = object.at(&["spec", "replicas"]).and_then(Node::as_i64).unwrap_or(1);
    let replicas = i32::try_from(replicas).unwrap_or(i32::MAX);
    let status = read_status(object);
    let reason = read_condition(object).map(|it| it.reason);
    let paused = object.at(&["spec", "paused"]).and_then(Node::as_bool) == Some(true);
    let observed = status.observed_generation >= generation(object);
    if complete(replicas, generation(object), &status) || paused && observed {
        Standing::Finished
    } else if reason == Some(ProgressReason::ProgressDeadlineExceeded) && observed {
        Standing::Failed
    } else {
        Standing::Unfinished
    }
}
