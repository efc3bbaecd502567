use std::fmt;

use crate::probe::PodPhase;

/// When a pod that is not ready may be evicted.
///
/// Source: `k8s.io/api/policy/v1`, type `UnhealthyPodEvictionPolicyType`.
///
/// ```
/// use tidegate_workload::{EvictedPod, Eviction, MatchingBudget, PodPhase, UnhealthyPodEvictionPolicy, evict};
///
/// let crashing = EvictedPod { phase: PodPhase::Running, ready: false, deleting: false };
/// let evicted = |unhealthy| {
///     let budget = MatchingBudget {
///         disruptions_allowed: 0,
///         current_healthy: 1,
///         desired_healthy: 2,
///         observed: true,
///         unhealthy,
///     };
///     matches!(evict(crashing, &[budget]), Eviction::Granted { .. })
/// };
/// assert!(!evicted(UnhealthyPodEvictionPolicy::IfHealthyBudget));
/// assert!(evicted(UnhealthyPodEvictionPolicy::AlwaysAllow));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum UnhealthyPodEvictionPolicy {
    /// While enough others are healthy; else it counts like a ready one.
    #[default]
    IfHealthyBudget,
    /// Always.
    AlwaysAllow,
}

/// A pod that somebody wants to evict.
///
/// ```
/// use tidegate_workload::{EvictedPod, Eviction, EvictionRefusal, MatchingBudget, PodPhase, evict};
///
/// let budget = MatchingBudget {
///     disruptions_allowed: 0,
///     current_healthy: 1,
///     desired_healthy: 1,
///     observed: true,
///     unhealthy: Default::default(),
/// };
/// let ready = EvictedPod { phase: PodPhase::Running, ready: true, deleting: false };
/// assert_eq!(evict(ready, &[budget]), Eviction::Refused(EvictionRefusal::NoDisruptionAllowed));
/// // A pod that has ended guards nothing.
/// let ended = EvictedPod { phase: PodPhase::Succeeded, ready: false, deleting: false };
/// assert_eq!(evict(ended, &[budget]), Eviction::Granted { budget_used: false });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EvictedPod {
    /// Its phase.
    pub phase: PodPhase,
    /// Whether it is ready.
    pub ready: bool,
    /// Whether its deletion has begun.
    pub deleting: bool,
}

/// A budget that selects the pod.
///
/// ```
/// use tidegate_workload::{EvictedPod, Eviction, EvictionRefusal, MatchingBudget, PodPhase, evict};
///
/// let pod = EvictedPod { phase: PodPhase::Running, ready: true, deleting: false };
/// let fresh = MatchingBudget {
///     disruptions_allowed: 1,
///     current_healthy: 3,
///     desired_healthy: 2,
///     observed: true,
///     unhealthy: Default::default(),
/// };
/// assert_eq!(evict(pod, &[fresh]), Eviction::Granted { budget_used: true });
/// let stale = MatchingBudget { observed: false, ..fresh };
/// assert_eq!(evict(pod, &[stale]), Eviction::Refused(EvictionRefusal::StaleBudget));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MatchingBudget {
    /// `status.disruptionsAllowed`.
    pub disruptions_allowed: i32,
    /// `status.currentHealthy`.
    pub current_healthy: i32,
    /// `status.desiredHealthy`.
    pub desired_healthy: i32,
    /// Whether the status is up to date with the spec.
    pub observed: bool,
    /// What it says of pods that are not ready.
    pub unhealthy: UnhealthyPodEvictionPolicy,
}

/// The answer of the eviction subresource.
///
/// ```
/// use tidegate_workload::{EvictedPod, Eviction, EvictionRefusal, PodPhase, evict};
/// # use tidegate_workload::MatchingBudget;
/// # let budget = MatchingBudget {
/// #     disruptions_allowed: 1,
/// #     current_healthy: 3,
/// #     desired_healthy: 2,
/// #     observed: true,
/// #     unhealthy: Default::default(),
/// # };
///
/// let pod = EvictedPod { phase: PodPhase::Running, ready: true, deleting: false };
/// let answer = evict(pod, &[budget, budget]);
/// assert_eq!(answer, Eviction::Refused(EvictionRefusal::ManyBudgets));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Eviction {
    /// The pod goes.
    Granted {
        /// Whether one of the allowed disruptions was used up.
        budget_used: bool,
    },
    /// The pod stays.
    Refused(EvictionRefusal),
}

/// Why an eviction is refused.
///
/// ```
/// use tidegate_workload::EvictionRefusal;
///
/// // A drain tries again after 429, and gives up on the others.
/// let goes_on = |refusal: EvictionRefusal| refusal.code() == 429;
/// assert!(goes_on(EvictionRefusal::NoDisruptionAllowed) && goes_on(EvictionRefusal::StaleBudget));
/// assert!(!goes_on(EvictionRefusal::ManyBudgets));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum EvictionRefusal {
    /// More than one budget selects the pod: no such eviction is ever granted.
    ManyBudgets,
    /// The budget's status is not up to date.
    StaleBudget,
    /// The budget allows no disruption now.
    NoDisruptionAllowed,
    /// The budget's status is broken.
    NegativeAllowance,
}

impl EvictionRefusal {
    /// Returns the HTTP status of the answer; 429 invites to ask again.
    ///
    /// ```
    /// use tidegate_workload::EvictionRefusal;
    ///
    /// assert_eq!(EvictionRefusal::NoDisruptionAllowed.code(), 429);
    /// assert_eq!(EvictionRefusal::ManyBudgets.code(), 500);
    /// ```
    #[must_use]
    pub const fn code(self) -> u16 {
        match self {
            Self::ManyBudgets => 500,
            Self::NegativeAllowance => 403,
            Self::StaleBudget | Self::NoDisruptionAllowed => 429,
        }
    }
}

impl fmt::Display for EvictionRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ManyBudgets => "the pod has more than one disruption budget",
            Self::StaleBudget => "the disruption budget is still being processed",
            Self::NoDisruptionAllowed => "the disruption budget allows no disruption now",
            Self::NegativeAllowance => "the disruption budget's allowance is negative",
        })
    }
}

/// Answers whether a pod may be evicted.
///
/// Source: Kubernetes `pkg/registry/core/pod/storage/eviction.go`.
///
/// ```
/// use tidegate_workload::{EvictedPod, Eviction, PodPhase, evict};
///
/// let pod = EvictedPod { phase: PodPhase::Running, ready: true, deleting: false };
/// assert_eq!(evict(pod, &[]), Eviction::Granted { budget_used: false });
/// ```
#[must_use]
pub fn evict(pod: EvictedPod, budgets: &[MatchingBudget]) -> Eviction {
    let freely = Eviction::Granted { budget_used: false };
    if pod.phase != PodPhase::Running || pod.deleting {
        return freely;
    }
    let budget = match budgets {
        [] => return freely,
        [budget] => budget,
        _ => return Eviction::Refused(EvictionRefusal::ManyBudgets),
    };
    if !pod.ready {
        let enough = budget.current_healthy >= budget.desired_healthy && budget.desired_healthy > 0;
        if enough || budget.unhealthy == UnhealthyPodEvictionPolicy::AlwaysAllow {
            return freely;
        }
    }
    if !budget.observed {
        return Eviction::Refused(EvictionRefusal::StaleBudget);
    }
    match budget.disruptions_allowed {
        0 => Eviction::Refused(EvictionRefusal::NoDisruptionAllowed),
        ..0 => Eviction::Refused(EvictionRefusal::NegativeAllowance),
        _ => Eviction::Granted { budget_used: true },
    }
}
