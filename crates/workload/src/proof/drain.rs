use super::availability::evictable;
use super::decide::Facts;
use crate::budget::BudgetRule;
use crate::int_or_percent::IntOrPercent;
use crate::model::Budget;
use crate::seconds::Seconds;

/// Whether nodes can be drained of a workload's pods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Drain {
    /// Pods that may be evicted at once while nothing is rolled out.
    pub allowed_at_rest: i32,
    /// Pods that may be evicted at once at the worst moment of a rollout.
    pub allowed_during_rollout: i32,
    /// Why a drain waits, where it does.
    pub blocked: Option<DrainBlock>,
    /// The longest that a drain may wait for a rollout to end, where the rollout alone blocks it and its length is known.
    pub waits: Option<Seconds>,
}

/// Why a drain waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum DrainBlock {
    /// More than one budget selects the pods: every eviction is refused.
    ManyBudgets,
    /// The budget keeps every pod, however many there are.
    NeverAllows,
    /// The budget keeps as many pods as there are.
    KeepsAll,
    /// The budget keeps as many pods as serve at the worst moment of a rollout.
    DuringRollout,
}

impl Drain {
    pub(super) fn of(
        facts: &Facts,
        budgets: &[&Budget],
        least: i32,
        longest: Option<Seconds>,
    ) -> Self {
        let allowed_at_rest = evictable(facts, budgets, facts.spec.replicas);
        let allowed_during_rollout = evictable(facts, budgets, least);
        let blocked = match budgets {
            [_, _, ..] => Some(DrainBlock::ManyBudgets),
            [budget] if never_allows(budget.rule.value) => Some(DrainBlock::NeverAllows),
            [_] if facts.spec.replicas > 0 && allowed_at_rest == 0 => Some(DrainBlock::KeepsAll),
            [_] if least > 0 && allowed_during_rollout == 0 => Some(DrainBlock::DuringRollout),
            _ => None,
        };
        let waits = longest.filter(|_| blocked == Some(DrainBlock::DuringRollout));
        Self { allowed_at_rest, allowed_during_rollout, blocked, waits }
    }
}

/// Whether a rule keeps every pod, however many there are.
pub(super) fn never_allows(rule: BudgetRule) -> bool {
    match rule {
        BudgetRule::None => true,
        BudgetRule::MaxUnavailable(number) => number.number().0 <= 0,
        BudgetRule::MinAvailable(IntOrPercent::Percent(percent)) => percent >= 100,
        BudgetRule::MinAvailable(IntOrPercent::Int(_)) => false,
    }
}
