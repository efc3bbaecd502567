use super::{DeploymentSpec, Fenceposts, Strategy};

/// Returns the size that the new set gets in one step: as many as the ceiling leaves room for.
///
/// `total` counts the pods that all sets want, the new one too. With `Recreate` the new set gets its full size.
///
/// Source: Kubernetes `deployment_util.go`, `NewRSNewReplicas`.
///
/// ```
/// use tidegate_workload::{Strategy, new_replicas};
///
/// assert_eq!(new_replicas(Strategy::default(), 4, 0, 4), 1);
/// assert_eq!(new_replicas(Strategy::Recreate, 4, 0, 0), 4);
/// ```
#[must_use]
pub fn new_replicas(strategy: Strategy, replicas: i32, new: i32, total: i32) -> i32 {
    match strategy {
        Strategy::Recreate => replicas,
        Strategy::RollingUpdate { .. } => {
            let surge = Fenceposts::of_strategy(strategy, replicas).surge;
            let room = replicas.saturating_add(surge).saturating_sub(total);
            if room <= 0 {
                return new;
            }
            new.saturating_add(room.min(replicas.saturating_sub(new)))
        }
    }
}

/// An old set: what it wants and what of it serves.
///
/// ```
/// use tidegate_workload::{OldSet, clean_up_unhealthy};
///
/// // Pods that do not serve go first: nobody misses them.
/// let mut old = [OldSet { replicas: 5, available: 2 }];
/// assert_eq!(clean_up_unhealthy(&mut old, 10), 3);
/// assert_eq!(old, [OldSet { replicas: 2, available: 2 }]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OldSet {
    /// Pods wanted.
    pub replicas: i32,
    /// Pods available.
    pub available: i32,
}

/// Takes pods that are not available from old sets, the first of the list first, at most `most` in all; returns
/// how many pods went.
///
/// Source: Kubernetes `pkg/controller/deployment/rolling.go`, `cleanupUnhealthyReplicas`.
///
/// ```
/// use tidegate_workload::{OldSet, clean_up_unhealthy};
///
/// let mut old = [OldSet { replicas: 3, available: 1 }, OldSet { replicas: 2, available: 0 }];
/// assert_eq!(clean_up_unhealthy(&mut old, 3), 3);
/// assert_eq!(old.map(|it| it.replicas), [1, 1]);
/// ```
pub fn clean_up_unhealthy(old: &mut [OldSet], most: i32) -> i32 {
    let mut removed = 0;
    for set in old {
        let left = most.saturating_sub(removed);
        if left <= 0 {
            break;
        }
        let unhealthy = set.replicas.saturating_sub(set.available);
        if set.replicas == 0 || unhealthy <= 0 {
            continue;
        }
        let going = unhealthy.min(left);
        set.replicas -= going;
        removed += going;
    }
    removed
}

/// Takes available pods from old sets, the first of the list first, down to the floor; returns how many pods went.
///
/// `available` counts the available pods of all sets, the new one too.
///
/// Source: Kubernetes `rolling.go`, `scaleDownOldReplicaSetsForRollingUpdate`.
///
/// ```
/// use tidegate_workload::{DeploymentSpec, OldSet, scale_down_available};
///
/// // A quarter of eight may be missing: the floor is six.
/// let spec = DeploymentSpec { replicas: 8, ..DeploymentSpec::default() };
/// let mut old = [OldSet { replicas: 8, available: 8 }];
/// assert_eq!(scale_down_available(&mut old, &spec, 8), 2);
/// assert_eq!(old[0].replicas, 6);
/// ```
pub fn scale_down_available(old: &mut [OldSet], spec: &DeploymentSpec, available: i32) -> i32 {
    let floor = spec.replicas.saturating_sub(spec.fenceposts().unavailable);
    let excess = available.saturating_sub(floor);
    let mut removed = 0;
    for set in old {
        let left = excess.saturating_sub(removed);
        if left <= 0 {
            break;
        }
        let going = set.replicas.min(left);
        set.replicas -= going;
        removed += going;
    }
    removed
}

/// Scales old sets down in one step, the oldest first in the list: pods that do not serve first, then others as far
/// as the floor allows. Returns how many pods went.
///
/// Source: Kubernetes `rolling.go`, `reconcileOldReplicaSets`.
///
/// ```
/// use tidegate_workload::{DeploymentSpec, OldSet, scale_down_old};
///
/// let spec = DeploymentSpec { replicas: 10, ..DeploymentSpec::default() };
/// let mut old = [OldSet { replicas: 10, available: 9 }];
/// let new = OldSet { replicas: 3, available: 0 };
/// assert_eq!(scale_down_old(&mut old, new, &spec), 2);
/// assert_eq!(old[0].replicas, 8);
/// ```
pub fn scale_down_old(old: &mut [OldSet], new: OldSet, spec: &DeploymentSpec) -> i32 {
    let sum = |count: fn(&OldSet) -> i32, old: &[OldSet]| {
        old.iter().fold(count(&new), |sum, set| sum.saturating_add(count(set)))
    };
    let total = sum(|set| set.replicas, old);
    if total == new.replicas {
        return 0;
    }
    let floor = spec.replicas.saturating_sub(spec.fenceposts().unavailable);
    let not_yet = new.replicas.saturating_sub(new.available);
    let allowed = total.saturating_sub(floor).saturating_sub(not_yet);
    if allowed <= 0 {
        return 0;
    }
    let available = sum(|set| set.available, old);
    clean_up_unhealthy(old, allowed) + scale_down_available(old, spec, available)
}
