//! Disruption budgets: what may be evicted, and when.

mod disrupted;
mod eviction;
mod status;

pub use disrupted::{BudgetPod, DELETION_TIMEOUT, after_disruptions};
pub use eviction::{
    EvictedPod, Eviction, EvictionRefusal, MatchingBudget, UnhealthyPodEvictionPolicy, evict,
};
pub use status::{BudgetEvent, BudgetRule, BudgetStatus, Controllers};
