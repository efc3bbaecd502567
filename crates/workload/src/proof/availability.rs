use super::context::Context;
use super::decide::{By, Facts, Turns};
use crate::budget::{BudgetStatus, Controllers};
use crate::model::Budget;
use crate::seconds::Seconds;

/// How many pods serve while a rollout goes on, whatever happens within the assumptions.
///
/// ```
/// use tidegate_workload::{Context, prove};
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let quick = prove(&hub("replicas: 4, strategy: {rollingUpdate: {maxSurge: 0}}"), &[], &Context::default());
/// // One of four may be missing, and none may come beyond them.
/// assert_eq!((quick.availability.least_undisturbed, quick.availability.most), (3, 4));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Availability {
    /// The least number of available pods at any moment, evictions included.
    ///
    /// Exact for at most one eviction; with more, and on nodes of which not all have a pod that serves, never too high.
    pub least: i32,
    /// The same, if nobody evicts a pod.
    pub least_undisturbed: i32,
    /// When this is first so, counted from the rollout's start.
    pub at: Seconds,
    /// The most pods that are wanted at once: the surge at its height.
    pub most: i32,
    /// Pods that fit the quotas at once; `None` for no bound.
    pub room: Option<i32>,
}

impl Availability {
    pub(super) fn of(facts: &Facts, context: &Context, budgets: &[&Budget]) -> Self {
        let (old, available) = facts.old;
        let fenceposts = facts.spec.fenceposts();
        let floor = facts.spec.replicas.saturating_sub(fenceposts.unavailable);
        let stands = facts.stands();
        // Pods of a set that are created together are replaced whether or not the others serve.
        let regardless = !stands
            && old > 0
            && facts.turns.is_some_and(|it| it.by == By::Ordinal { ordered: false });
        let undisturbed = if facts.recreate() && !stands {
            0
        } else if stands {
            available
        } else if regardless {
            available.saturating_sub(1).max(0)
        } else {
            available.min(floor)
        };
        // New pods that may be ready, and yet not available, at the moment of the fewest: they count for a budget.
        let kept = old.min(floor);
        let ceiling = facts.spec.replicas.saturating_add(fenceposts.surge);
        let in_flight = match facts.turns.map(|it| it.by) {
            None => ceiling.saturating_sub(kept).clamp(0, facts.spec.replicas),
            Some(By::Ordinal { .. }) => facts.spec.replicas.min(1),
            Some(By::Node { surge: false }) => facts.spec.replicas.saturating_sub(undisturbed),
            Some(By::Node { surge: true }) => facts.peak().saturating_sub(old),
        };
        let in_flight = in_flight.min(facts.capacity.pods().saturating_sub(kept).max(0));
        let comes = facts.pod.deaf.is_none() && facts.capacity.rejected.is_none();
        let counts = facts.spec.min_ready > Seconds::ZERO && comes && !facts.recreate() && !stands;
        let healthy = undisturbed.saturating_add(if counts { in_flight } else { 0 });
        // What was missing may be ready, and not available yet, when an old pod is evicted and another one replaced.
        let missing = if counts { facts.spec.replicas.saturating_sub(old) } else { 0 };
        let healthy = if regardless { available.saturating_add(missing) } else { healthy };
        let healthy = match facts.turns {
            // Old pods count until their successors' availability has been seen, and go whatever was evicted elsewhere.
            Some(Turns { by: By::Node { surge: true }, width, .. })
                if !counts && comes && !stands =>
            {
                healthy.saturating_add(width.min(available - 1).max(0))
            }
            _ => healthy,
        };
        let evictable = evictable(facts, budgets, healthy);
        let evictions = i32::try_from(context.assumptions.evictions).unwrap_or(i32::MAX);
        let evicted = evictions.min(if counts && evictable > 0 { i32::MAX } else { evictable });
        Self {
            least: undisturbed.saturating_sub(evicted.max(0)).max(0),
            least_undisturbed: undisturbed,
            at: Seconds::ZERO,
            most: facts.peak(),
            room: facts.capacity.tightest.as_ref().map(|it| it.pods),
        }
    }
}

/// How many of `healthy` ready pods may be evicted at once.
pub(super) fn evictable(facts: &Facts, budgets: &[&Budget], healthy: i32) -> i32 {
    match budgets {
        [] => healthy,
        [budget] => {
            let scale = Controllers::Scale(facts.spec.replicas);
            let rule = budget.rule.value;
            BudgetStatus::of(rule, healthy, healthy, scale).disruptions_allowed
        }
        _ => 0,
    }
}
