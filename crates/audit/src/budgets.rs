//! Budgets and replicas. What a budget blocks is the rollout proof's subject.

use tidegate_object::Object;
use tidegate_source::{Diagnostic, Label, Mark};
use tidegate_workload::{Budget, BudgetIndex, BudgetRule, IntOrPercent};

use crate::autoscaler::Autoscaler;
use crate::code::Code;
use crate::context::Context;
use crate::pods::{Pods, namespace};

pub(crate) fn look(
    objects: &[Object],
    all: &[Pods<'_>],
    context: &Context,
    found: &mut Vec<Diagnostic>,
) {
    let budgets = objects.iter().filter(|it| Budget::is_budget(it));
    // What can't be read is reported where budgets are proved.
    let budgets: Vec<Budget> = budgets
        .filter_map(|object| {
            let mut budget = Budget::from_object(object).ok()?;
            // Where one says `default` and the other nothing, they are in one namespace.
            namespace(object).clone_into(&mut budget.identity.namespace);
            Some(budget)
        })
        .collect();
    found.extend(budgets.iter().filter_map(unhealthy));
    let index = BudgetIndex::new(&budgets);
    let scalers: Vec<Autoscaler> = objects.iter().filter_map(Autoscaler::from_object).collect();
    for pods in all.iter().filter(|it| it.is("Deployment") || it.is("StatefulSet")) {
        let scaler = scalers.iter().find(|it| it.scales(&pods.object.identity()));
        let (replicas, mark) = replicas(pods, scaler);
        let labels = pods.labels();
        let guards = index.selecting(namespace(pods.object), &labels);
        let guards: Vec<&Budget> = guards.into_iter().filter_map(|at| budgets.get(at)).collect();
        if replicas >= 2 && guards.is_empty() {
            let message = format!(
                "no budget guards the pods of {}: a drain may take all of them at once",
                pods.shown()
            );
            found.push(
                Code::NoBudget
                    .finding(message)
                    .at(Label::new(mark, ""))
                    .help("add a PodDisruptionBudget with maxUnavailable: 1"),
            );
        }
        if let [budget] = guards.as_slice() {
            found.extend(without_effect(budget, pods, replicas, mark));
        }
        found.extend(single(pods, replicas, mark, context));
    }
}

/// The fewest replicas that there may be, and where that was written.
fn replicas(pods: &Pods<'_>, scaler: Option<&Autoscaler>) -> (i64, Mark) {
    let written = pods.replicas();
    let number = written.and_then(tidegate_object::Node::as_i64).unwrap_or(1);
    let name = pods.object.at(&["metadata", "name"]).map_or(pods.object.mark(), |it| it.mark);
    let mark = written.map_or(name, |it| it.mark);
    match scaler.filter(|_| number > 0) {
        Some(scaler) => (i64::from(scaler.min.value), scaler.min.mark),
        None => (number, mark),
    }
}

fn without_effect(
    budget: &Budget,
    pods: &Pods<'_>,
    replicas: i64,
    mark: Mark,
) -> Option<Diagnostic> {
    let all = match budget.rule.value {
        BudgetRule::MinAvailable(least) => least.number().0 == 0,
        BudgetRule::MaxUnavailable(IntOrPercent::Percent(most)) => most >= 100,
        BudgetRule::MaxUnavailable(IntOrPercent::Int(most)) => i64::from(most) >= replicas,
        BudgetRule::None => false,
    };
    if !all || replicas < 2 {
        return None;
    }
    let name = &budget.identity.name;
    let message =
        format!("budget `{name}` lets all pods of {} go at once ({replicas})", pods.shown());
    let finding = Code::BudgetWithoutEffect
        .finding(message)
        .at(Label::new(budget.rule.mark, ""))
        .at(Label::new(mark, ""));
    Some(finding.help("set maxUnavailable: 1, or fewer than there are"))
}

/// Source: Kubernetes documentation, *Specifying a Disruption Budget*, "Unhealthy Pod Eviction Policy": `AlwaysAllow` is
/// recommended, so that pods that never become ready do not hold up a drain.
fn unhealthy(budget: &Budget) -> Option<Diagnostic> {
    if budget.unhealthy.written {
        return None;
    }
    let name = &budget.identity.name;
    let message = format!(
        "budget `{name}` does not say what holds for pods that are not ready: while too few are, even those that \
         crash can't be evicted"
    );
    let finding =
        Code::BudgetUnhealthyPods.finding(message).at(Label::new(budget.unhealthy.mark, ""));
    Some(finding.help("set unhealthyPodEvictionPolicy: AlwaysAllow"))
}

fn single(pods: &Pods<'_>, replicas: i64, mark: Mark, context: &Context) -> Option<Diagnostic> {
    let singleton = context.singletons.contains(&pods.object.identity());
    let strategy = pods.object.at(&["spec", "strategy", "type"]).and_then(|it| it.as_str());
    // A StatefulSet of one is a data base; with `Recreate` one pod at a time is what is wanted.
    if replicas != 1 || singleton || !pods.is("Deployment") || strategy == Some("Recreate") {
        return None;
    }
    let message = format!(
        "{} has one replica: while its pod is moved to another node or restarted, nothing serves",
        pods.shown()
    );
    let finding = Code::SingleReplica.finding(message).at(Label::new(mark, ""));
    Some(finding.help("want two replicas, or call it a singleton"))
}
