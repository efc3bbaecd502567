use super::DeploymentSpec;
use crate::seconds::Seconds;

/// A set that wants pods, while a Deployment is resized in the middle of a rollout.
///
/// ```
/// use tidegate_workload::{DeploymentSpec, ScaledSet, Seconds, scale_proportionally};
///
/// // The Deployment grows from 4 to 8 while 3 old pods and 2 new ones stand.
/// let spec = DeploymentSpec { replicas: 8, ..DeploymentSpec::default() };
/// let set = |replicas, created| ScaledSet {
///     replicas,
///     available: replicas,
///     created: Seconds(created),
///     desired: Some(4),
///     max_replicas: 5,
/// };
/// let sizes = scale_proportionally(&spec, &[set(3, 10), set(2, 20)], Some(1));
/// assert_eq!(sizes.iter().sum::<i32>(), 10);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ScaledSet {
    /// Pods wanted.
    pub replicas: i32,
    /// Pods available.
    pub available: i32,
    /// When it was created; a larger number is newer.
    pub created: Seconds,
    /// Annotation `desired-replicas`: the Deployment's size when this set was scaled last.
    pub desired: Option<i32>,
    /// Annotation `max-replicas`: that size and the surge; where it is missing, the Deployment's `status.replicas`.
    pub max_replicas: i32,
}

/// Returns the sizes that sets get when a Deployment is resized or paused: in the order of the list, the new set, if
/// there is one, at `new`.
///
/// One set that wants pods, or none, takes the whole size. A new set that serves everything alone ends the others. Else,
/// in a rolling update, every set grows or shrinks in proportion, the largest first, and what rounding leaves over goes
/// to the largest.
///
/// Source: Kubernetes `sync.go`, `scale`, and `deployment_util.go`, `GetProportion`.
///
/// ```
/// use tidegate_workload::{DeploymentSpec, IntOrPercent, ScaledSet, Seconds, Strategy, scale_proportionally};
///
/// let none = IntOrPercent::Int(0);
/// let strategy = Strategy::RollingUpdate { max_surge: none, max_unavailable: none };
/// let spec = DeploymentSpec { replicas: 10, strategy, ..DeploymentSpec::default() };
/// let set = |replicas, created| ScaledSet {
///     replicas,
///     available: replicas,
///     created: Seconds(created),
///     desired: Some(5),
///     max_replicas: 5,
/// };
/// assert_eq!(scale_proportionally(&spec, &[set(3, 1), set(2, 2)], Some(1)), [6, 4]);
/// ```
#[must_use]
pub fn scale_proportionally(
    spec: &DeploymentSpec,
    sets: &[ScaledSet],
    new: Option<usize>,
) -> Vec<i32> {
    let mut sizes: Vec<i32> = sets.iter().map(|set| set.replicas).collect();
    let active: Vec<usize> = (0..sets.len()).filter(|at| sets[*at].replicas > 0).collect();
    let newest = || (0..sets.len()).max_by_key(|at| sets[*at].created);
    let alone = match active.as_slice() {
        [] => new.or_else(newest),
        [one] => Some(*one),
        _ => None,
    };
    if let Some(alone) = alone {
        sizes[alone] = spec.replicas;
        return sizes;
    }
    if active.is_empty() {
        return sizes;
    }
    let saturated = new.is_some_and(|at| {
        let set = &sets[at];
        [Some(set.replicas), set.desired, Some(set.available)] == [Some(spec.replicas); 3]
    });
    if saturated {
        for at in active {
            if Some(at) != new {
                sizes[at] = 0;
            }
        }
        return sizes;
    }
    if !matches!(spec.strategy, super::Strategy::RollingUpdate { .. }) {
        return sizes;
    }
    let surge = spec.fenceposts().surge;
    let allowed = if spec.replicas > 0 { spec.replicas.saturating_add(surge) } else { 0 };
    let total = active.iter().fold(0_i32, |sum, at| sum.saturating_add(sets[*at].replicas));
    let to_add = allowed.saturating_sub(total);
    if to_add == 0 {
        return sizes;
    }
    let mut sorted = active;
    sorted.sort_by(|left, right| {
        let (left, right) = (&sets[*left], &sets[*right]);
        let by_age = left.created.cmp(&right.created);
        let by_age = if to_add > 0 { by_age.reverse() } else { by_age };
        right.replicas.cmp(&left.replicas).then(by_age)
    });
    let mut added = 0;
    for at in &sorted {
        let share = share(&sets[*at], spec, allowed);
        let left = to_add - added;
        let share = if to_add > 0 { share.min(left) } else { share.max(left) };
        sizes[*at] = sizes[*at].saturating_add(share);
        added += share;
    }
    if let Some(largest) = sorted.first() {
        sizes[*largest] = sizes[*largest].saturating_add(to_add - added).max(0);
    }
    sizes
}

/// What a set gains or loses when the whole grows from its recorded size to `allowed`, half a pod away from zero.
fn share(set: &ScaledSet, spec: &DeploymentSpec, allowed: i32) -> i32 {
    if spec.replicas == 0 {
        return set.replicas.saturating_neg();
    }
    if set.max_replicas == 0 {
        return 0;
    }
    let (size, whole) = (i128::from(set.replicas), i128::from(set.max_replicas));
    let doubled = 2 * size * i128::from(allowed) + whole;
    let rounded = doubled.div_euclid(2 * whole);
    i32::try_from(rounded).unwrap_or(i32::MAX).saturating_sub(set.replicas)
}
