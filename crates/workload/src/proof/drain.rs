use super::availability::evictable;
use super::decide::Facts;
use crate::budget::BudgetRule;
use crate::int_or_percent::IntOrPercent;
use crate::model::Budget;
use crate::seconds::Seconds;

/// Whether nodes can be drained of a workload's pods.
///
/// ```
/// use tidegate_workload::{Budget, Context, DrainBlock, prove};
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let keep_two = Budget::from_object(&object(
///     "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: hub, namespace: tomoda},
///       spec: {minAvailable: 2, selector: {matchLabels: {app: hub}}}}",
/// )).map_err(|all| all[0].clone())?;
/// let drain = prove(&hub("replicas: 2"), &[keep_two.clone()], &Context::default()).drain;
/// assert_eq!((drain.allowed_at_rest, drain.blocked), (0, Some(DrainBlock::KeepsAll)));
/// let drain = prove(&hub("replicas: 3"), &[keep_two], &Context::default()).drain;
/// assert_eq!(drain.allowed_at_rest, 1);
/// # Ok::<(), tidegate_source::Diagnostic>(())
/// ```
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
///
/// ```
/// use tidegate_workload::{Budget, Context, DrainBlock, prove};
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let never = Budget::from_object(&object(
///     "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: hub, namespace: tomoda},
///       spec: {maxUnavailable: 0, selector: {matchLabels: {app: hub}}}}",
/// )).map_err(|all| all[0].clone())?;
/// let blocked = |budgets: &[Budget]| prove(&hub("replicas: 2"), budgets, &Context::default()).drain.blocked;
/// assert_eq!(blocked(&[never.clone()]), Some(DrainBlock::NeverAllows));
/// assert_eq!(blocked(&[never.clone(), never]), Some(DrainBlock::ManyBudgets));
/// assert_eq!(blocked(&[]), None);
/// # Ok::<(), tidegate_source::Diagnostic>(())
/// ```
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
