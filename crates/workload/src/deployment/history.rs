use super::ReplicaSetState;

/// Returns which old sets go from the history, as indexes into the list.
///
/// Those beyond the limit are looked at, oldest revisions first; of these a set goes only when it wants no pods, has
/// none, is up to date and not being deleted. `None` and the largest 32-bit number mean no limit.
///
/// Source: Kubernetes `pkg/controller/deployment/sync.go`, `cleanupDeployment`.
///
/// ```
/// use tidegate_workload::{ReplicaSetState, Seconds, surplus_history};
///
/// let set = |revision| ReplicaSetState { revision, ..ReplicaSetState::new("web", "t", Seconds(revision)) };
/// assert_eq!(surplus_history(&[&set(3), &set(1), &set(2)], Some(1)), [1, 2]);
/// ```
#[must_use]
pub fn surplus_history(old: &[&ReplicaSetState], limit: Option<i32>) -> Vec<usize> {
    let limit = match limit {
        None | Some(i32::MAX) => return Vec::new(),
        Some(limit) => usize::try_from(limit).unwrap_or(0),
    };
    let mut alive: Vec<usize> = (0..old.len()).filter(|at| !old[*at].deleting).collect();
    alive.sort_by_key(|at| old[*at].revision);
    alive.truncate(alive.len().saturating_sub(limit));
    alive.retain(|at| {
        let set = old[*at];
        set.replicas == 0 && set.status_replicas == 0 && set.observed
    });
    alive
}
