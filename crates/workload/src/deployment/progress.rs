use crate::seconds::Seconds;

use super::DeploymentSpec;

/// The counts in a Deployment's status.
///
/// ```
/// use tidegate_workload::{DeploymentStatus, deployment_rollout};
///
/// let status = DeploymentStatus {
///     observed_generation: 3,
///     replicas: 3,
///     updated_replicas: 2,
///     available_replicas: 2,
///     ..DeploymentStatus::default()
/// };
/// let told = deployment_rollout("hub", 3, 2, &status, None, None)?;
/// assert!(told.message.contains("1 old replicas are pending termination"));
/// # Ok::<(), tidegate_workload::RolloutStatusError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase", default))]
pub struct DeploymentStatus {
    /// Generation that the controller has seen.
    pub observed_generation: i64,
    /// Pods of all sets.
    pub replicas: i32,
    /// Pods of the new set.
    pub updated_replicas: i32,
    /// Pods that are ready.
    pub ready_replicas: i32,
    /// Pods that are available.
    pub available_replicas: i32,
    /// Pods that are wanted and not available.
    pub unavailable_replicas: i32,
}

/// Returns whether the rollout is complete: every pod is new, exists and is available, and the spec has been seen.
///
/// Source: Kubernetes `deployment_util.go`, `DeploymentComplete`.
///
/// ```
/// use tidegate_workload::{DeploymentStatus, complete};
///
/// let status = DeploymentStatus {
///     observed_generation: 7,
///     replicas: 3,
///     updated_replicas: 3,
///     available_replicas: 3,
///     ..DeploymentStatus::default()
/// };
/// assert!(complete(3, 7, &status));
/// assert!(!complete(3, 8, &status));
/// ```
#[must_use]
pub fn complete(replicas: i32, generation: i64, status: &DeploymentStatus) -> bool {
    let counts = [status.updated_replicas, status.replicas, status.available_replicas];
    counts == [replicas; 3] && status.observed_generation >= generation
}

/// Returns whether anything went forward between two statuses: more new pods, fewer old ones, more ready or more
/// available ones.
///
/// Source: Kubernetes `deployment_util.go`, `DeploymentProgressing`.
///
/// ```
/// use tidegate_workload::{DeploymentStatus, progressing};
///
/// let before = DeploymentStatus { replicas: 4, ..DeploymentStatus::default() };
/// let after = DeploymentStatus { replicas: 5, updated_replicas: 1, ..before };
/// assert!(progressing(&before, &after));
/// assert!(!progressing(&after, &after));
/// ```
#[must_use]
pub fn progressing(before: &DeploymentStatus, after: &DeploymentStatus) -> bool {
    let old = |status: &DeploymentStatus| status.replicas.saturating_sub(status.updated_replicas);
    after.updated_replicas > before.updated_replicas
        || old(after) < old(before)
        || after.ready_replicas > before.ready_replicas
        || after.available_replicas > before.available_replicas
}

/// Whether a condition holds.
///
/// ```
/// use tidegate_workload::{Change, ConditionStatus, DeploymentSpec, DeploymentState, Seconds, step};
///
/// let mut state = DeploymentState::new(DeploymentSpec::default(), "tomoda/hub:1.4.0");
/// let first = step(&state, Seconds(0));
/// assert!(matches!(first.changes[0], Change::CreateNew { .. }));
/// assert_eq!(first.progressing.map(|it| it.status), Some(ConditionStatus::True));
/// state.apply(&first, Seconds(0));
/// // Nothing comes of it: ten minutes later the condition does not hold any more.
/// state.apply(&step(&state, Seconds(1)), Seconds(1));
/// let last = step(&state, Seconds(1000));
/// assert_eq!(last.progressing.map(|it| it.status), Some(ConditionStatus::False));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum ConditionStatus {
    /// It holds.
    True,
    /// It does not.
    False,
    /// Nobody knows.
    Unknown,
}

/// Why the condition `Progressing` is as it is.
///
/// ```
/// use tidegate_workload::{DeploymentSpec, DeploymentState, ProgressReason, Seconds, step};
///
/// let state = DeploymentState::new(DeploymentSpec::default(), "tomoda/hub:1.4.0");
/// let reason = step(&state, Seconds(0)).progressing.map(|it| it.reason);
/// assert_eq!(reason, Some(ProgressReason::NewReplicaSetCreated));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub enum ProgressReason {
    /// The new set was created.
    NewReplicaSetCreated,
    /// The new set was there already.
    FoundNewReplicaSet,
    /// Something went forward.
    ReplicaSetUpdated,
    /// The rollout is complete.
    NewReplicaSetAvailable,
    /// Nothing went forward for longer than the deadline.
    ProgressDeadlineExceeded,
    /// The Deployment is paused.
    DeploymentPaused,
    /// The Deployment goes on after a pause.
    DeploymentResumed,
    /// Any other reason.
    Other,
}

impl ProgressReason {
    /// Reads the reason of a condition; a text that is not known is [`ProgressReason::Other`].
    ///
    /// ```
    /// use tidegate_workload::ProgressReason;
    ///
    /// let read = ProgressReason::from_text("ProgressDeadlineExceeded");
    /// assert_eq!(read, ProgressReason::ProgressDeadlineExceeded);
    /// assert_eq!(ProgressReason::from_text("OnHoliday"), ProgressReason::Other);
    /// ```
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        match text {
            "NewReplicaSetCreated" => Self::NewReplicaSetCreated,
            "FoundNewReplicaSet" => Self::FoundNewReplicaSet,
            "ReplicaSetUpdated" => Self::ReplicaSetUpdated,
            "NewReplicaSetAvailable" => Self::NewReplicaSetAvailable,
            "ProgressDeadlineExceeded" => Self::ProgressDeadlineExceeded,
            "DeploymentPaused" => Self::DeploymentPaused,
            "DeploymentResumed" => Self::DeploymentResumed,
            _ => Self::Other,
        }
    }

    /// Returns the reason as conditions write it; `Other` is empty.
    ///
    /// ```
    /// use tidegate_workload::ProgressReason;
    ///
    /// assert_eq!(ProgressReason::ReplicaSetUpdated.as_str(), "ReplicaSetUpdated");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NewReplicaSetCreated => "NewReplicaSetCreated",
            Self::FoundNewReplicaSet => "FoundNewReplicaSet",
            Self::ReplicaSetUpdated => "ReplicaSetUpdated",
            Self::NewReplicaSetAvailable => "NewReplicaSetAvailable",
            Self::ProgressDeadlineExceeded => "ProgressDeadlineExceeded",
            Self::DeploymentPaused => "DeploymentPaused",
            Self::DeploymentResumed => "DeploymentResumed",
            Self::Other => "",
        }
    }
}

/// The condition `Progressing` of a Deployment.
///
/// ```
/// use tidegate_workload::{ConditionStatus, ProgressReason, ProgressingCondition, Seconds, timed_out};
///
/// let stuck = ProgressingCondition {
///     status: ConditionStatus::True,
///     reason: ProgressReason::NewReplicaSetCreated,
///     last_update: Seconds(0),
/// };
/// assert!(timed_out(Some(Seconds(600)), Some(&stuck), Seconds(3600)));
/// // A rollout without a deadline waits for ever.
/// assert!(!timed_out(None, Some(&stuck), Seconds(3600)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ProgressingCondition {
    /// Whether it holds.
    pub status: ConditionStatus,
    /// Why.
    pub reason: ProgressReason,
    /// When something went forward last.
    pub last_update: Seconds,
}

/// Returns whether the rollout has failed its deadline as of `now`.
///
/// Without a deadline never; after completion never; once exceeded always; else when more than the deadline has passed
/// since the last update. `i32::MAX` seconds are no deadline.
///
/// Source: Kubernetes `deployment_util.go`, `DeploymentTimedOut`.
///
/// ```
/// use tidegate_workload::{
///     ConditionStatus, ProgressReason, ProgressingCondition, Seconds, timed_out,
/// };
///
/// let condition = ProgressingCondition {
///     status: ConditionStatus::True,
///     reason: ProgressReason::ReplicaSetUpdated,
///     last_update: Seconds(100),
/// };
/// assert!(!timed_out(Some(Seconds(600)), Some(&condition), Seconds(700)));
/// assert!(timed_out(Some(Seconds(600)), Some(&condition), Seconds(701)));
/// ```
#[must_use]
pub fn timed_out(
    deadline: Option<Seconds>,
    condition: Option<&ProgressingCondition>,
    now: Seconds,
) -> bool {
    let (Some(deadline), Some(condition)) = (effective(deadline), condition) else { return false };
    match condition.reason {
        ProgressReason::NewReplicaSetAvailable => false,
        ProgressReason::ProgressDeadlineExceeded => true,
        _ => condition.last_update + deadline < now,
    }
}

/// Returns when the controller looks at a rollout again that shows no progress: seconds from `now`, 0 for at once,
/// `None` for not at all, since it is complete, has no deadline or no condition, or has failed already.
///
/// Source: Kubernetes `pkg/controller/deployment/progress.go`, `requeueStuckDeployment`.
///
/// ```
/// use tidegate_workload::{ConditionStatus, DeploymentSpec, DeploymentStatus, ProgressReason, ProgressingCondition, Seconds, requeue_after};
///
/// let spec = DeploymentSpec { progress_deadline: Some(Seconds(600)), ..DeploymentSpec::default() };
/// let condition = ProgressingCondition {
///     status: ConditionStatus::True,
///     reason: ProgressReason::ReplicaSetUpdated,
///     last_update: Seconds(100),
/// };
/// let after = |now| requeue_after(&spec, 1, &DeploymentStatus::default(), Some(&condition), now);
/// assert_eq!(after(Seconds(250)), Some(Seconds(450)));
/// assert_eq!(after(Seconds(900)), Some(Seconds::ZERO));
/// ```
#[must_use]
pub fn requeue_after(
    spec: &DeploymentSpec,
    generation: i64,
    status: &DeploymentStatus,
    condition: Option<&ProgressingCondition>,
    now: Seconds,
) -> Option<Seconds> {
    let deadline = effective(spec.progress_deadline)?;
    let condition = condition?;
    let failed = condition.reason == ProgressReason::ProgressDeadlineExceeded;
    if failed || complete(spec.replicas, generation, status) {
        return None;
    }
    Some((condition.last_update + deadline - now).max(Seconds::ZERO))
}

/// The deadline, unless it is the number that stands for none.
pub(super) fn effective(deadline: Option<Seconds>) -> Option<Seconds> {
    deadline.filter(|it| it.0 != i64::from(i32::MAX))
}
