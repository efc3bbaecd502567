use super::progress::effective;
use super::recreate::{self, Recreation};
use super::{
    ConditionStatus, DeploymentState, DeploymentStatus, OldSet, ProgressReason,
    ProgressingCondition, ReplicaSetState, ScaledSet, Strategy, complete, new_replicas,
    progressing, requeue_after, scale_down_old, scale_proportionally, surplus_history, timed_out,
};
use crate::seconds::Seconds;

/// Why a set gets another size.
///
/// ```
/// use tidegate_workload::{Change, DeploymentSpec, DeploymentState, ReplicaSetState, ScaleReason, Seconds, step};
///
/// let spec = DeploymentSpec { replicas: 4, ..DeploymentSpec::default() };
/// let mut state = DeploymentState::new(spec, "tomoda/hub:1.4.0");
/// state.sets.push(ReplicaSetState::new("hub-old", "tomoda/hub:1.3.0", Seconds(0)).all_available(4));
/// state.apply(&step(&state, Seconds(10)), Seconds(10));
/// let changes = step(&state, Seconds(11)).changes;
/// let down = Change::Scale { set: 0, replicas: 3, reason: ScaleReason::ScaleDownOld };
/// assert_eq!(changes, [down]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum ScaleReason {
    /// The new set grows as far as the ceiling leaves room.
    ScaleUpNew,
    /// The new set was larger than wanted.
    ScaleDownNew,
    /// Old sets shrink as far as the floor allows.
    ScaleDownOld,
    /// The Deployment was resized or paused: every set changes in proportion.
    Resize,
}

/// One thing that the controller writes.
///
/// ```
/// use tidegate_workload::{Change, DeploymentSpec, DeploymentState, ReplicaSetState, Seconds, step};
///
/// // A rollback: the wanted template is that of an older set, which gets the newest revision.
/// let mut state = DeploymentState::new(DeploymentSpec::default(), "tomoda/hub:1.3.0");
/// for (revision, image) in [(1, "1.3.0"), (2, "1.4.0")] {
///     let set = ReplicaSetState::new(format!("hub-{revision}"), format!("tomoda/hub:{image}"), Seconds(revision));
///     state.sets.push(ReplicaSetState { revision, ..set });
/// }
/// let changes = step(&state, Seconds(100)).changes;
/// assert!(changes.contains(&Change::Renumber { set: 0, revision: 3 }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Change {
    /// A set of the wanted template is created.
    CreateNew {
        /// Its size.
        replicas: i32,
        /// Its revision.
        revision: i64,
    },
    /// A set gets another size.
    Scale {
        /// Index into [`DeploymentState::sets`].
        set: usize,
        /// The size it gets.
        replicas: i32,
        /// Why.
        reason: ScaleReason,
    },
    /// A set that had the wanted template before gets the newest revision.
    Renumber {
        /// Index into [`DeploymentState::sets`].
        set: usize,
        /// The revision it gets.
        revision: i64,
    },
    /// A set goes from the history.
    Delete {
        /// Index into [`DeploymentState::sets`].
        set: usize,
    },
}

/// What the controller does in one step, as data: [`DeploymentState::apply`] writes it.
///
/// ```
/// use tidegate_workload::{DeploymentSpec, DeploymentState, Seconds, step};
///
/// let mut state = DeploymentState::new(DeploymentSpec::default(), "tomoda/hub:1.4.0");
/// state.apply(&step(&state, Seconds(0)), Seconds(0));
/// let waiting = step(&state, Seconds(30));
/// assert!(!waiting.complete && waiting.requeue_after.is_some());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Step {
    /// What it writes to sets.
    pub changes: Vec<Change>,
    /// The status that it writes.
    pub status: DeploymentStatus,
    /// The condition `Progressing` that it writes; `None` removes it.
    pub progressing: Option<ProgressingCondition>,
    /// Whether the rollout is complete.
    pub complete: bool,
    /// Whether this very step finds that the deadline has passed.
    pub deadline_exceeded: bool,
    /// Seconds from now after which it looks again though nothing was seen to change; `None` for not at all.
    pub requeue_after: Option<Seconds>,
}

impl Step {
    /// Returns whether nothing changes: the controller rests until it sees something, or until it looks again.
    ///
    /// ```
    /// use tidegate_workload::{DeploymentSpec, DeploymentState, Seconds, step};
    ///
    /// let mut state = DeploymentState::new(DeploymentSpec::default(), "tomoda/hub:1.4.0");
    /// assert!(!step(&state, Seconds(0)).is_idle(&state));
    /// for now in [0, 1, 2] {
    ///     state.apply(&step(&state, Seconds(now)), Seconds(now));
    /// }
    /// // The new pod does not come up, and there is nothing to do but wait.
    /// assert!(step(&state, Seconds(3)).is_idle(&state));
    /// ```
    #[must_use]
    pub fn is_idle(&self, state: &DeploymentState) -> bool {
        self.changes.is_empty()
            && self.status == state.status
            && self.progressing == state.progressing
    }
}

/// Decides what the Deployment controller does with what it sees, as of `now`. Reads no clock and changes nothing.
///
/// A step does one kind of thing: it creates the new set, or scales the new one, or scales old ones, or removes
/// history; its status is computed from what the sets reported before. Kubernetes may create the new set and scale old
/// ones in one pass; here the second is the next step, at the same moment.
///
/// Source: Kubernetes `pkg/controller/deployment`, `syncDeployment` and what it calls.
///
/// ```
/// use tidegate_workload::{Change, DeploymentSpec, DeploymentState, ReplicaSetState, Seconds, step};
///
/// let mut state = DeploymentState::new(DeploymentSpec::default(), "v2");
/// state.sets.push(ReplicaSetState::new("web-1", "v1", Seconds(0)).all_available(1));
/// let first = step(&state, Seconds(100));
/// assert_eq!(first.changes, [Change::CreateNew { replicas: 1, revision: 1 }]);
/// state.apply(&first, Seconds(100));
/// // The new pod is not available yet, and nobody may be missing: the old one stays.
/// assert_eq!(step(&state, Seconds(101)).changes, []);
/// ```
#[must_use]
pub fn step(state: &DeploymentState, now: Seconds) -> Step {
    let new = state.new_set();
    let mut progressing = paused_condition(state, now);
    let resized = state.sets.iter().any(|set| {
        set.replicas > 0 && set.desired.is_some_and(|desired| desired != state.spec.replicas)
    });
    if state.spec.paused || resized {
        let mut changes = renumbering(state, new);
        changes.extend(resizing(state, new));
        if changes.is_empty() && state.spec.paused {
            changes = surplus(state);
        }
        let status = status(state, new);
        return Step {
            changes,
            status,
            progressing,
            complete: complete(state.spec.replicas, state.generation, &status),
            deadline_exceeded: false,
            requeue_after: None,
        };
    }
    let mut changes = renumbering(state, new);
    changes.extend(match state.spec.strategy {
        Strategy::Recreate => recreation(state, new),
        Strategy::RollingUpdate { .. } => rolling(state, new),
    });
    if effective(state.spec.progress_deadline).is_some() {
        let created = changes.iter().any(|it| matches!(it, Change::CreateNew { .. }));
        let reason = match (created, new, progressing) {
            (true, ..) => Some(ProgressReason::NewReplicaSetCreated),
            (false, Some(_), None) => Some(ProgressReason::FoundNewReplicaSet),
            _ => None,
        };
        if let Some(reason) = reason {
            progressing = set_condition(progressing, ConditionStatus::True, reason, now);
        }
    }
    finish(state, changes, status(state, new), progressing, now)
}

/// The status and the condition of a step, when it neither rests nor resizes.
///
/// Source: Kubernetes `progress.go`, `syncRolloutStatus`.
fn finish(
    state: &DeploymentState,
    changes: Vec<Change>,
    status: DeploymentStatus,
    mut condition: Option<ProgressingCondition>,
    now: Seconds,
) -> Step {
    let done = complete(state.spec.replicas, state.generation, &status);
    let mut exceeded = false;
    let rests = status.replicas == status.updated_replicas
        && condition.is_some_and(|it| it.reason == ProgressReason::NewReplicaSetAvailable);
    if effective(state.spec.progress_deadline).is_none() {
        condition = None;
    } else if !rests {
        let (now_true, now_false) = (ConditionStatus::True, ConditionStatus::False);
        if done {
            let reason = ProgressReason::NewReplicaSetAvailable;
            condition = set_condition(condition, now_true, reason, now);
        } else if progressing(&state.status, &status) {
            let reason = ProgressReason::ReplicaSetUpdated;
            condition = set_condition(None, now_true, reason, now);
        } else if timed_out(state.spec.progress_deadline, condition.as_ref(), now) {
            let reason = ProgressReason::ProgressDeadlineExceeded;
            exceeded = condition.is_some_and(|it| it.reason != reason);
            condition = set_condition(condition, now_false, reason, now);
        }
    }
    let again = requeue_after(&state.spec, state.generation, &status, condition.as_ref(), now);
    Step {
        changes,
        status,
        progressing: condition,
        complete: done,
        deadline_exceeded: exceeded,
        requeue_after: again.map(|it| it + Seconds(1)),
    }
}

/// Sets a condition, unless it says the same already.
fn set_condition(
    present: Option<ProgressingCondition>,
    status: ConditionStatus,
    reason: ProgressReason,
    now: Seconds,
) -> Option<ProgressingCondition> {
    match present {
        Some(it) if it.status == status && it.reason == reason => present,
        _ => Some(ProgressingCondition { status, reason, last_update: now }),
    }
}

/// A pause and its end are noted, so that the deadline counts from the end of the pause.
fn paused_condition(state: &DeploymentState, now: Seconds) -> Option<ProgressingCondition> {
    let present = state.progressing;
    let reason = present.map(|it| it.reason);
    let deadline = effective(state.spec.progress_deadline).is_some();
    if !deadline || reason == Some(ProgressReason::ProgressDeadlineExceeded) {
        return present;
    }
    let noted = reason == Some(ProgressReason::DeploymentPaused);
    let reason = match (state.spec.paused, noted) {
        (true, false) => ProgressReason::DeploymentPaused,
        (false, true) => ProgressReason::DeploymentResumed,
        _ => return present,
    };
    set_condition(present, ConditionStatus::Unknown, reason, now)
}

/// Source: Kubernetes `sync.go`, `calculateStatus`.
fn status(state: &DeploymentState, new: Option<usize>) -> DeploymentStatus {
    let sum = |count: fn(&ReplicaSetState) -> i32| {
        state.sets.iter().fold(0_i32, |sum, set| sum.saturating_add(count(set)))
    };
    let available = sum(|set| set.available);
    DeploymentStatus {
        observed_generation: state.generation,
        replicas: sum(|set| set.status_replicas),
        updated_replicas: new.map_or(0, |at| state.sets[at].status_replicas),
        ready_replicas: sum(|set| set.ready),
        available_replicas: available,
        unavailable_replicas: state.total().saturating_sub(available).max(0),
    }
}

/// The revision of the new set: one above all others.
fn newest_revision(state: &DeploymentState) -> i64 {
    let old = state.old_sets();
    old.iter().map(|at| state.sets[*at].revision).max().unwrap_or(0).saturating_add(1)
}

fn renumbering(state: &DeploymentState, new: Option<usize>) -> Vec<Change> {
    let revision = newest_revision(state);
    match new {
        Some(set) if state.sets[set].revision < revision => {
            vec![Change::Renumber { set, revision }]
        }
        _ => Vec::new(),
    }
}

fn rolling(state: &DeploymentState, new: Option<usize>) -> Vec<Change> {
    let spec = &state.spec;
    let Some(new) = new else {
        let replicas = new_replicas(spec.strategy, spec.replicas, 0, state.total());
        return vec![Change::CreateNew { replicas, revision: newest_revision(state) }];
    };
    let present = state.sets[new].replicas;
    if present > spec.replicas {
        let reason = ScaleReason::ScaleDownNew;
        return vec![Change::Scale { set: new, replicas: spec.replicas, reason }];
    }
    let wanted = new_replicas(spec.strategy, spec.replicas, present, state.total());
    if wanted != present {
        let reason = ScaleReason::ScaleUpNew;
        return vec![Change::Scale { set: new, replicas: wanted, reason }];
    }
    let mut active = state.active_old_sets();
    active.sort_by(|left, right| state.by_age(*left, *right));
    let view = |at: usize| OldSet {
        replicas: state.sets[at].replicas,
        available: state.sets[at].available,
    };
    let mut old: Vec<OldSet> = active.iter().map(|at| view(*at)).collect();
    if scale_down_old(&mut old, view(new), spec) > 0 {
        let sizes = active.iter().zip(&old);
        let changed = sizes.filter(|(at, set)| state.sets[**at].replicas != set.replicas);
        let scale = |(at, set): (&usize, &OldSet)| Change::Scale {
            set: *at,
            replicas: set.replicas,
            reason: ScaleReason::ScaleDownOld,
        };
        return changed.map(scale).collect();
    }
    finished_history(state, new)
}

fn recreation(state: &DeploymentState, new: Option<usize>) -> Vec<Change> {
    match (recreate::next(state), new) {
        (Recreation::EndOld, _) => state
            .active_old_sets()
            .into_iter()
            .map(|set| Change::Scale { set, replicas: 0, reason: ScaleReason::ScaleDownOld })
            .collect(),
        (Recreation::StartNew, None) => {
            let revision = newest_revision(state);
            vec![Change::CreateNew { replicas: state.spec.replicas, revision }]
        }
        (Recreation::StartNew, Some(set)) => {
            let replicas = state.spec.replicas;
            vec![Change::Scale { set, replicas, reason: ScaleReason::ScaleUpNew }]
        }
        (Recreation::Rest, Some(new)) => finished_history(state, new),
        (Recreation::Wait | Recreation::Rest, _) => Vec::new(),
    }
}

/// History goes when the rollout is complete, by the status that was written last.
fn finished_history(state: &DeploymentState, new: usize) -> Vec<Change> {
    let done = complete(state.spec.replicas, state.generation, &state.status);
    if done && state.sets[new].replicas == state.spec.replicas {
        surplus(state)
    } else {
        Vec::new()
    }
}

fn surplus(state: &DeploymentState) -> Vec<Change> {
    let old = state.old_sets();
    let sets: Vec<&ReplicaSetState> = old.iter().map(|at| &state.sets[*at]).collect();
    let surplus = surplus_history(&sets, state.spec.revision_history_limit);
    surplus.into_iter().map(|at| Change::Delete { set: old[at] }).collect()
}

fn resizing(state: &DeploymentState, new: Option<usize>) -> Vec<Change> {
    let view = |set: &ReplicaSetState| ScaledSet {
        replicas: set.replicas,
        available: set.available,
        created: set.created,
        desired: set.desired,
        max_replicas: set.max_replicas.filter(|it| *it != 0).unwrap_or(state.status.replicas),
    };
    let sets: Vec<ScaledSet> = state.sets.iter().map(view).collect();
    let sizes = scale_proportionally(&state.spec, &sets, new);
    let reason = ScaleReason::Resize;
    let scale = |(set, replicas): (usize, i32)| {
        let present = &state.sets[set];
        let noted = present.replicas == 0 || present.desired == Some(state.spec.replicas);
        (present.replicas != replicas || !noted).then_some(Change::Scale { set, replicas, reason })
    };
    sizes.into_iter().enumerate().filter_map(scale).collect()
}

impl DeploymentState {
    /// Writes a step: sizes, annotations, revisions, status and condition. Sets that are created are named after their
    /// template and revision; what the sets report about pods is left to the caller.
    ///
    /// ```
    /// use tidegate_workload::{DeploymentSpec, DeploymentState, Seconds, step};
    ///
    /// let mut state = DeploymentState::new(DeploymentSpec::default(), "v2");
    /// state.apply(&step(&state, Seconds(10)), Seconds(10));
    /// assert_eq!((state.sets[0].name.as_str(), state.sets[0].created), ("v2-1", Seconds(10)));
    /// assert_eq!(state.sets[0].available, 0);
    /// ```
    pub fn apply(&mut self, step: &Step, now: Seconds) {
        let spec_replicas = self.spec.replicas;
        let ceiling = spec_replicas.saturating_add(self.spec.fenceposts().surge);
        let mut deleted = Vec::new();
        for change in &step.changes {
            match *change {
                Change::CreateNew { replicas, revision } => {
                    let name = format!("{}-{revision}", self.template.as_str());
                    let mut set = ReplicaSetState::new(name, self.template.clone(), now);
                    (set.replicas, set.revision) = (replicas, revision);
                    (set.desired, set.max_replicas) = (Some(spec_replicas), Some(ceiling));
                    self.sets.push(set);
                }
                Change::Scale { set, replicas, .. } => {
                    if let Some(set) = self.sets.get_mut(set) {
                        set.replicas = replicas;
                        (set.desired, set.max_replicas) = (Some(spec_replicas), Some(ceiling));
                    }
                }
                Change::Renumber { set, revision } => {
                    if let Some(set) = self.sets.get_mut(set) {
                        set.revision = revision;
                    }
                }
                Change::Delete { set } => deleted.push(set),
            }
        }
        deleted.sort_unstable();
        for set in deleted.into_iter().rev() {
            if set < self.sets.len() {
                self.sets.remove(set);
            }
        }
        self.status = step.status;
        self.progressing = step.progressing;
    }
}
