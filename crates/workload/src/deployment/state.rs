use tidegate_object::Text;

use super::{DeploymentStatus, Fenceposts, ProgressingCondition, Strategy, max_unavailable};
use crate::seconds::Seconds;

/// The part of a Deployment's spec that its controller acts on.
///
/// ```
/// use tidegate_workload::{DeploymentSpec, IntOrPercent, Seconds, Strategy};
///
/// // What is not said is what the API server would fill in.
/// let spec = DeploymentSpec { replicas: 4, min_ready: Seconds(10), ..DeploymentSpec::default() };
/// assert_eq!(spec.progress_deadline, Some(Seconds(600)));
/// let quarter = IntOrPercent::Percent(25);
/// assert_eq!(spec.strategy, Strategy::RollingUpdate { max_surge: quarter, max_unavailable: quarter });
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct DeploymentSpec {
    /// Pods wanted.
    pub replicas: i32,
    /// How old pods make way for new ones.
    pub strategy: Strategy,
    /// How long a pod must have been ready to count as available.
    pub min_ready: Seconds,
    /// How long nothing may happen before the rollout counts as failed; `None` for ever.
    pub progress_deadline: Option<Seconds>,
    /// Whether the rollout rests.
    pub paused: bool,
    /// Old sets to keep; `None` for all.
    pub revision_history_limit: Option<i32>,
}

/// What the API server fills in.
impl Default for DeploymentSpec {
    fn default() -> Self {
        Self {
            replicas: 1,
            strategy: Strategy::default(),
            min_ready: Seconds::ZERO,
            progress_deadline: Some(Seconds(600)),
            paused: false,
            revision_history_limit: Some(10),
        }
    }
}

impl DeploymentSpec {
    /// Returns how far a rolling update may go above and below the wanted number, unavailable pods capped.
    ///
    /// ```
    /// use tidegate_workload::DeploymentSpec;
    ///
    /// let spec = DeploymentSpec { replicas: 10, ..DeploymentSpec::default() };
    /// let posts = spec.fenceposts();
    /// // Between eight and thirteen pods at any moment.
    /// assert_eq!((posts.surge, posts.unavailable), (3, 2));
    /// ```
    #[must_use]
    pub fn fenceposts(&self) -> Fenceposts {
        Fenceposts {
            surge: Fenceposts::of_strategy(self.strategy, self.replicas).surge,
            unavailable: max_unavailable(self.strategy, self.replicas),
        }
    }
}

/// A ReplicaSet as the Deployment controller sees it.
///
/// ```
/// use tidegate_workload::{Change, DeploymentSpec, DeploymentState, ReplicaSetState, ScaleReason, Seconds, step};
///
/// let spec = DeploymentSpec { replicas: 4, ..DeploymentSpec::default() };
/// let mut state = DeploymentState::new(spec, "tomoda/hub:1.4.0");
/// let set = ReplicaSetState {
///     revision: 1,
///     desired: Some(4),
///     max_replicas: Some(5),
///     ..ReplicaSetState::new("hub-7d9f", "tomoda/hub:1.4.0", Seconds(0)).all_available(6)
/// };
/// state.sets.push(set);
/// let changes = step(&state, Seconds(10)).changes;
/// assert!(changes.contains(&Change::Scale { set: 0, replicas: 4, reason: ScaleReason::ScaleDownNew }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ReplicaSetState {
    /// Name.
    pub name: Text,
    /// What tells its pod template from others, the hash label set aside.
    pub template: Text,
    /// Annotation `deployment.kubernetes.io/revision`; 0 where there is none.
    pub revision: i64,
    /// When it was created.
    pub created: Seconds,
    /// Pods wanted: `spec.replicas`.
    pub replicas: i32,
    /// Pods that exist and are not being deleted: `status.replicas`.
    pub status_replicas: i32,
    /// Of these, pods that are ready.
    pub ready: i32,
    /// Of these, pods that have been ready long enough.
    pub available: i32,
    /// Pods that have not ended yet, those being deleted included. Only `Recreate` looks at it.
    pub running: i32,
    /// Annotation `deployment.kubernetes.io/desired-replicas`.
    pub desired: Option<i32>,
    /// Annotation `deployment.kubernetes.io/max-replicas`.
    pub max_replicas: Option<i32>,
    /// Whether its status is up to date with its spec.
    pub observed: bool,
    /// Whether it is being deleted.
    pub deleting: bool,
}

impl ReplicaSetState {
    /// Creates a set without pods.
    ///
    /// ```
    /// use tidegate_workload::{ReplicaSetState, Seconds};
    ///
    /// let set = ReplicaSetState::new("hub-7d9f", "tomoda/hub:1.4.0", Seconds(40));
    /// assert_eq!((set.replicas, set.available, set.desired), (0, 0, None));
    /// ```
    #[must_use]
    pub fn new(name: impl Into<Text>, template: impl Into<Text>, created: Seconds) -> Self {
        Self {
            name: name.into(),
            template: template.into(),
            revision: 0,
            created,
            replicas: 0,
            status_replicas: 0,
            ready: 0,
            available: 0,
            running: 0,
            desired: None,
            max_replicas: None,
            observed: true,
            deleting: false,
        }
    }

    /// Returns the same set with `n` pods, all of them available.
    ///
    /// ```
    /// use tidegate_workload::{ReplicaSetState, Seconds};
    ///
    /// let set = ReplicaSetState::new("hub-7d9f", "tomoda/hub:1.3.0", Seconds(0)).all_available(3);
    /// assert_eq!((set.replicas, set.ready, set.available, set.running), (3, 3, 3, 3));
    /// ```
    #[must_use]
    pub fn all_available(mut self, n: i32) -> Self {
        (self.replicas, self.status_replicas, self.ready, self.available) = (n, n, n, n);
        self.running = n;
        self
    }
}

/// A Deployment and its sets, as its controller sees them at a moment.
///
/// ```
/// use tidegate_workload::{DeploymentSpec, DeploymentState, ReplicaSetState, Seconds, step};
///
/// let spec = DeploymentSpec { replicas: 3, ..DeploymentSpec::default() };
/// let mut state = DeploymentState::new(spec, "tomoda/hub:1.4.0");
/// state.sets.push(ReplicaSetState::new("hub-old", "tomoda/hub:1.3.0", Seconds(0)).all_available(3));
/// let mut now = Seconds(100);
/// // Every pod is available at once: the rollout takes as many steps as the strategy asks for.
/// while !step(&state, now).complete {
///     state.apply(&step(&state, now), now);
///     for set in &mut state.sets {
///         *set = set.clone().all_available(set.replicas);
///     }
///     now = now + Seconds(1);
/// }
/// assert_eq!(state.sets.iter().map(|it| it.replicas).collect::<Vec<_>>(), [0, 3]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct DeploymentState {
    /// The spec.
    pub spec: DeploymentSpec,
    /// What tells the wanted pod template from others.
    pub template: Text,
    /// `metadata.generation`.
    pub generation: i64,
    /// Its sets, in any order.
    pub sets: Vec<ReplicaSetState>,
    /// The status that the controller wrote last.
    pub status: DeploymentStatus,
    /// The condition `Progressing` that the controller wrote last.
    pub progressing: Option<ProgressingCondition>,
}

impl DeploymentState {
    /// Creates a Deployment without sets: one that was just made.
    ///
    /// ```
    /// use tidegate_workload::{Change, DeploymentSpec, DeploymentState, Seconds, step};
    ///
    /// let state = DeploymentState::new(DeploymentSpec::default(), "tomoda/hub:1.4.0");
    /// assert!(state.sets.is_empty() && state.progressing.is_none());
    /// assert_eq!(step(&state, Seconds(0)).changes, [Change::CreateNew { replicas: 1, revision: 1 }]);
    /// ```
    #[must_use]
    pub fn new(spec: DeploymentSpec, template: impl Into<Text>) -> Self {
        Self {
            spec,
            template: template.into(),
            generation: 1,
            sets: Vec::new(),
            status: DeploymentStatus::default(),
            progressing: None,
        }
    }

    /// Returns the index of the set of the wanted template: of several, the oldest.
    ///
    /// Source: Kubernetes `deployment_util.go`, `FindNewReplicaSet`.
    ///
    /// ```
    /// use tidegate_workload::{DeploymentSpec, DeploymentState, ReplicaSetState, Seconds};
    ///
    /// let mut state = DeploymentState::new(DeploymentSpec::default(), "tomoda/hub:1.4.0");
    /// for (name, image, created) in [("hub-a", "1.3.0", 1), ("hub-b", "1.4.0", 3), ("hub-c", "1.4.0", 2)] {
    ///     state.sets.push(ReplicaSetState::new(name, format!("tomoda/hub:{image}"), Seconds(created)));
    /// }
    /// // Of two sets with the wanted template it is the older.
    /// assert_eq!(state.new_set(), Some(2));
    /// ```
    #[must_use]
    pub fn new_set(&self) -> Option<usize> {
        let matching = (0..self.sets.len()).filter(|at| self.sets[*at].template == self.template);
        matching.min_by(|left, right| self.by_age(*left, *right))
    }

    /// Returns the indexes of the other sets, in the order of [`DeploymentState::sets`].
    ///
    /// Source: Kubernetes `deployment_util.go`, `FindOldReplicaSets`.
    ///
    /// ```
    /// use tidegate_workload::{DeploymentSpec, DeploymentState, ReplicaSetState, Seconds};
    ///
    /// let mut state = DeploymentState::new(DeploymentSpec::default(), "tomoda/hub:1.4.0");
    /// state.sets.push(ReplicaSetState::new("hub-a", "tomoda/hub:1.3.0", Seconds(1)));
    /// state.sets.push(ReplicaSetState::new("hub-b", "tomoda/hub:1.4.0", Seconds(2)));
    /// assert_eq!(state.old_sets(), [0]);
    /// ```
    #[must_use]
    pub fn old_sets(&self) -> Vec<usize> {
        let new = self.new_set();
        (0..self.sets.len()).filter(|at| Some(*at) != new).collect()
    }

    /// Returns the indexes of those of the other sets that want pods.
    ///
    /// ```
    /// use tidegate_workload::{DeploymentSpec, DeploymentState, ReplicaSetState, Seconds};
    ///
    /// let mut state = DeploymentState::new(DeploymentSpec::default(), "tomoda/hub:1.4.0");
    /// state.sets.push(ReplicaSetState::new("hub-a", "tomoda/hub:1.2.0", Seconds(1)));
    /// state.sets.push(ReplicaSetState::new("hub-b", "tomoda/hub:1.3.0", Seconds(2)).all_available(2));
    /// assert_eq!((state.old_sets(), state.active_old_sets()), (vec![0, 1], vec![1]));
    /// ```
    #[must_use]
    pub fn active_old_sets(&self) -> Vec<usize> {
        let mut old = self.old_sets();
        old.retain(|at| self.sets[*at].replicas != 0);
        old
    }

    /// Oldest first; of the same age, by name.
    pub(super) fn by_age(&self, left: usize, right: usize) -> std::cmp::Ordering {
        let key = |at: usize| (self.sets[at].created, self.sets[at].name.as_str());
        key(left).cmp(&key(right))
    }

    /// The pods that all sets want.
    pub(super) fn total(&self) -> i32 {
        self.sets.iter().fold(0, |sum, set| sum.saturating_add(set.replicas))
    }
}
