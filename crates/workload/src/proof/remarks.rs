//! Findings that inform: what a rollout, a drain or a probe does that somebody may not expect.

use std::collections::HashSet;

use tidegate_source::{Diagnostic, Label, Mark, Severity};

use super::availability::Availability;
use super::context::{Context, OldPods};
use super::decide::{Bound, By, Facts};
use super::drain::{Drain, DrainBlock, never_allows};
use crate::budget::BudgetRule;
use crate::code::{self, Code};
use crate::int_or_percent::{IntOrPercent, IntOrString};
use crate::model::{Budget, BudgetIndex, MarkedProbe, Workload, WorkloadKind};
use crate::probe::ProbeKind;
use crate::seconds::Seconds;

/// Everything that a proof knows when it makes its remarks.
pub(super) struct Known<'p> {
    pub(super) workload: &'p Workload,
    pub(super) context: &'p Context,
    pub(super) budgets: &'p [&'p Budget],
    pub(super) facts: &'p Facts,
    pub(super) availability: &'p Availability,
    pub(super) drain: &'p Drain,
}

impl Known<'_> {
    fn name(&self) -> &str {
        &self.workload.identity.name
    }
}

/// All remarks, in the order of their subjects: the bound, availability, the singleton, budgets, pods.
pub(super) fn remarks(known: &Known<'_>, bounds: &[Bound]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    found.extend(bound(known, bounds));
    found.extend(rounding(known));
    found.extend(one_by_one(known));
    found.extend(stuck(known));
    found.extend(surge_and_quota(known));
    found.extend(serving(known));
    found.extend(singleton(known));
    found.extend(blocked(known));
    pods(known, &mut found);
    found
}

fn bound(known: &Known<'_>, bounds: &[Bound]) -> Option<Diagnostic> {
    if bounds.is_empty() {
        return None;
    }
    let told: Vec<String> = bounds
        .iter()
        .map(|bound| match bound {
            Bound::PodReady(within) => {
                format!("every pod is Ready within {within} of its creation")
            }
            Bound::Starts(within) => {
                format!("the containers of every pod run within {within} of its creation")
            }
            Bound::Answers(within) => {
                format!("every container answers its probes within {within} of its start")
            }
        })
        .collect();
    let message = format!("the rollout of `{}` finishes if {}", known.name(), told.join(" and "));
    let mark = known.workload.progress_deadline.mark;
    Some(code::FINISHES_IF.finding(Severity::Note, message).at(Label::new(mark, "")))
}

/// A percentage that comes to no pod at all.
fn rounding(known: &Known<'_>) -> Option<Diagnostic> {
    let rolling = &known.workload.rolling;
    let replicas = known.facts.spec.replicas;
    let fenceposts = known.facts.spec.fenceposts();
    let IntOrPercent::Percent(percent) = rolling.max_unavailable.value else { return None };
    let applies = known.workload.kind == WorkloadKind::Deployment
        && !rolling.recreate
        && percent > 0
        && fenceposts.unavailable == 0
        && replicas > 1;
    applies.then(|| {
        let message = format!(
            "{percent}% of {replicas} pods is rounded down to 0: no pod of `{}` may be missing, and a rollout needs \
             room for {}",
            known.name(),
            count(replicas.saturating_add(fenceposts.surge), "pod")
        );
        code::ROUNDS_TO_ZERO.finding(Severity::Note, message)
            .at(Label::new(rolling.max_unavailable.mark, ""))
            .at(Label::new(known.workload.replicas.mark, ""))
    })
}

/// A number of pods that a controller does not look at.
fn one_by_one(known: &Known<'_>) -> Option<Diagnostic> {
    let field = &known.workload.rolling.max_unavailable;
    let applies = known.workload.kind == WorkloadKind::StatefulSet
        && field.written
        && field.value != IntOrPercent::Int(1);
    applies.then(|| {
        let message = format!(
            "`{}` replaces one pod at a time: `maxUnavailable: {}` does not count",
            known.name(),
            field.value
        );
        code::MAX_UNAVAILABLE_IGNORED
            .finding(Severity::Note, message)
            .at(Label::new(field.mark, ""))
            .note("it counts in clusters that turn the gate MaxUnavailableStatefulSet on")
    })
}

/// Source: Kubernetes documentation, *`StatefulSets`*, *Forced rollback*.
fn stuck(known: &Known<'_>) -> Option<Diagnostic> {
    let turns = known.facts.turns?;
    let ordered = turns.by == By::Ordinal { ordered: true } && turns.replaced > 0;
    (ordered && known.facts.pod.may_never()).then(|| {
        let message = format!(
            "`{}` waits for its first pod that does not become ready, even when the old template is put back: somebody \
             has to delete that pod",
            known.name()
        );
        code::WAITS_FOR_BROKEN_POD.finding(Severity::Note, message)
            .at(Label::new(known.workload.rolling.mark, ""))
    })
}

fn surge_and_quota(known: &Known<'_>) -> Option<Diagnostic> {
    let room = known.facts.capacity.tightest.as_ref()?;
    let most = known.availability.most;
    if room.pods >= most || room.pods < known.facts.spec.replicas {
        return None;
    }
    let quota = &known.context.quotas[room.quota].identity.name;
    let message = format!(
        "a rollout of `{}` wants up to {} at once, and quota `{quota}` has room for {} by {}",
        known.name(),
        count(most, "pod"),
        room.pods,
        room.resource
    );
    let finding = code::QUOTA_BELOW_SURGE
        .finding(Severity::Warning, message)
        .at(Label::new(known.workload.rolling.max_surge.mark, ""))
        .at(Label::new(room.mark, "the bound"));
    Some(finding.help(format!("let the quota hold {most} pods, or surge less")))
}

/// Moments without any pod that serves.
fn serving(known: &Known<'_>) -> Option<Diagnostic> {
    let serves = known.facts.old.1 > 0 && known.context.old != OldPods::None;
    if !serves || known.facts.stands() || known.facts.spec.replicas == 0 {
        return None;
    }
    // Its pods serve a node each, and every rollout takes them one after the other.
    if known.workload.kind == WorkloadKind::DaemonSet {
        return None;
    }
    let (workload, name) = (known.workload, known.name());
    if known.facts.recreate() {
        let gap = gap(known);
        let message = format!("no pod of `{name}` serves during a rollout, for up to {gap}");
        let meant = meant_to_be_recreated(known);
        let severity = if meant.is_some() { Severity::Note } else { Severity::Warning };
        let mut finding = code::RECREATE_GAP
            .finding(severity, message)
            .at(Label::new(workload.rolling.mark, "all old pods end first"));
        if let Some((why, mark)) = meant {
            finding = finding.note(why);
            finding = if mark.is_some() { finding.at(Label::new(mark, "")) } else { finding };
        }
        let kept = known.budgets.iter().find(|it| !matches!(it.rule.value, BudgetRule::None));
        return Some(match kept {
            Some(budget) => finding
                .at(Label::new(budget.rule.mark, "this does not count for rollouts"))
                .note("a budget holds up evictions only: a rollout never asks it"),
            None => finding,
        });
    }
    if known.availability.least > 0 {
        return None;
    }
    let undisturbed = known.availability.least_undisturbed;
    let alone = known.workload.kind == WorkloadKind::StatefulSet && known.facts.spec.replicas == 1;
    let (severity, why) = if alone {
        (Severity::Note, "a StatefulSet ends a pod before it makes its successor".to_owned())
    } else if undisturbed == 0 {
        (Severity::Warning, "the strategy allows all of them to be missing at once".to_owned())
    } else {
        let serve = if undisturbed == 1 { "serves" } else { "serve" };
        let why = format!("{} may be evicted while only {undisturbed} {serve}", evictions(known));
        (Severity::Note, why)
    };
    let finding = code::NONE_AVAILABLE
        .finding(
            severity,
            format!("at a moment of a rollout no pod of `{name}` may be available: {why}"),
        )
        .at(Label::new(workload.rolling.max_unavailable.mark, ""));
    let more = undisturbed > 0 && !known.context.singleton && known.facts.spec.replicas == 1;
    Some(if more { finding.help("run two replicas or more") } else { finding })
}

/// Why two pods side by side are no way out, and where that was written.
fn meant_to_be_recreated(known: &Known<'_>) -> Option<(String, Mark)> {
    if known.context.singleton {
        let why =
            "one pod at a time is what a singleton asks for: the gap is the trade for no overlap";
        return Some((why.to_owned(), Mark::NONE));
    }
    let find = |name: &str| known.context.claims.iter().find(|it| it.identity.name == name);
    known.workload.pod.claims.iter().find_map(|claimed| {
        let claim = find(&claimed.value);
        let why = match claim {
            Some(claim) if claim.one_node.value => "pods of one node at a time may mount it",
            Some(_) => return None,
            None => {
                "its access modes are not among the objects, and mostly pods of one node at a time may mount it"
            }
        };
        let name = &claimed.value;
        let why = format!(
            "the pods mount the volume of claim `{name}`, and {why}: on another node a second pod would never start"
        );
        Some((why, claim.map_or(claimed.mark, |it| it.one_node.mark)))
    })
}

fn evictions(known: &Known<'_>) -> String {
    count(i32::try_from(known.context.assumptions.evictions).unwrap_or(i32::MAX), "pod")
}

/// The longest without a pod under `Recreate`, in words where an assumption is missing.
fn gap(known: &Known<'_>) -> String {
    let ends = known.facts.ends;
    match known.facts.pod.ready {
        Some(ready) => (ends + ready.most + known.facts.spec.min_ready).to_string(),
        None => format!("{ends} and the time that a new pod takes to become ready"),
    }
}

fn singleton(known: &Known<'_>) -> Vec<Diagnostic> {
    let (facts, workload, name) = (known.facts, known.workload, known.name());
    if !known.context.singleton || facts.spec.replicas == 0 {
        return Vec::new();
    }
    let mut found = Vec::new();
    if facts.spec.replicas > 1 {
        let message = format!(
            "`{name}` may have one pod only, and {} replicas are wanted",
            facts.spec.replicas
        );
        let finding = code::SINGLETON_REPLICAS.finding(Severity::Warning, message);
        found.push(finding.at(Label::new(workload.replicas.mark, "")).help("want one replica"));
    }
    let fenceposts = facts.spec.fenceposts();
    if facts.recreate() || fenceposts.surge == 0 {
        return found;
    }
    let together = facts.spec.min_ready + facts.ends;
    let message = format!(
        "two pods of `{name}` serve at once during a rollout: from the moment that the new one is ready until the old \
         one has ended, up to {together}"
    );
    let rolling = &workload.rolling;
    let mut finding = code::SINGLETON_OVERLAP
        .finding(Severity::Warning, message)
        .at(Label::new(rolling.max_surge.mark, ""))
        .note(format!(
            "of {}, a surge of {} comes to {} and {} unavailable to {}",
            count(facts.spec.replicas, "pod"),
            rolling.max_surge.value,
            fenceposts.surge,
            rolling.max_unavailable.value,
            fenceposts.unavailable
        ));
    finding = finding.help(format!(
        "either accept the overlap, or set spec.strategy.type to Recreate: then no pod serves for up to {}",
        gap(known)
    ));
    found.push(finding);
    found
}

fn blocked(known: &Known<'_>) -> Option<Diagnostic> {
    let (facts, name) = (known.facts, known.name());
    let budget = known.budgets.first()?;
    let mark = budget.rule.mark;
    let replicas = facts.spec.replicas;
    let warning = |code: Code, message| code.finding(Severity::Warning, message);
    let lose_one = || {
        "set maxUnavailable: 1 in the budget instead: then one pod at a time can be evicted"
            .to_owned()
    };
    let finding = match known.drain.blocked? {
        DrainBlock::ManyBudgets => {
            let names: Vec<String> =
                known.budgets.iter().map(|it| format!("`{}`", it.identity.name)).collect();
            let message = format!(
                "no pod of `{name}` can be evicted: the budgets {} all select it, and the eviction of a pod with more \
                 than one budget is always refused",
                names.join(" and ")
            );
            let finding = warning(code::BUDGETS_OVERLAP, message);
            let marked = known
                .budgets
                .iter()
                .fold(finding, |finding, it| finding.at(Label::new(it.selector.mark, "")));
            return Some(marked.help("keep one budget for these pods"));
        }
        DrainBlock::NeverAllows => {
            let message = format!(
                "budget `{}` never allows an eviction: a node with a pod of `{name}` cannot be drained",
                budget.identity.name
            );
            warning(code::BUDGET_NEVER_ALLOWS, message).at(Label::new(mark, "")).help(lose_one())
        }
        DrainBlock::KeepsAll => {
            let message = format!(
                "budget `{}` keeps as many pods as `{name}` has ({replicas}): a node with one of them cannot be \
                 drained",
                budget.identity.name
            );
            warning(code::BUDGET_BLOCKS_DRAIN, message)
                .at(Label::new(mark, ""))
                .at(Label::new(known.workload.replicas.mark, ""))
                .help(lose_one())
        }
        DrainBlock::DuringRollout => {
            let waits = known.drain.waits.map_or_else(
                || "while a rollout goes on".to_owned(),
                |it| format!("while a rollout goes on, for up to {it}"),
            );
            let message = format!("a node with a pod of `{name}` cannot always be drained {waits}");
            code::DRAIN_WAITS_FOR_ROLLOUT
                .finding(Severity::Note, message)
                .at(Label::new(mark, ""))
                .at(Label::new(known.workload.rolling.max_unavailable.mark, ""))
        }
    };
    Some(finding)
}

/// Probes, hooks and gates of the pods.
fn pods(known: &Known<'_>, found: &mut Vec<Diagnostic>) {
    let (workload, name) = (known.workload, known.name());
    let grace = &workload.pod.termination_grace_period;
    for container in &workload.pod.containers {
        let of = format!("container `{}` of `{name}`", container.name);
        if container.readiness.is_none() {
            let message =
                format!("{of} counts as ready as soon as it runs: it has no readiness probe");
            let finding = code::NO_READINESS_PROBE.finding(Severity::Warning, message);
            found.push(finding.at(Label::new(container.mark, "")).help("add a readinessProbe"));
        }
        for kind in [ProbeKind::Readiness, ProbeKind::Liveness, ProbeKind::Startup] {
            let Some((IntOrString::Int(port), mark)) =
                container.probe(kind).and_then(MarkedProbe::port)
            else {
                continue;
            };
            let declared = container.ports.iter().any(|it| it.number == port);
            if !declared && !container.ports.is_empty() {
                let message =
                    format!("the {kind} probe of {of} asks port {port}, which it does not declare");
                let finding = code::PROBE_PORT_UNDECLARED.finding(Severity::Warning, message);
                found.push(finding.at(Label::new(mark, "")).at(Label::new(container.mark, "")));
            }
        }
        if let Some(hook) = &container.pre_stop
            && let Some(sleeps) = hook.value
            && sleeps >= grace.value
        {
            let message = format!(
                "the preStop hook of {of} sleeps {sleeps}, and the pod is killed after {}: it never gets to stop by \
                 itself",
                grace.value
            );
            let more = (sleeps + Seconds(10)).0;
            let finding = code::GRACE_TOO_SHORT.finding(Severity::Warning, message);
            found.push(
                finding
                    .at(Label::new(grace.mark, ""))
                    .at(Label::new(hook.mark, "the hook"))
                    .help(format!("set terminationGracePeriodSeconds to {more} or more")),
            );
        }
    }
    if let [gate, ..] = workload.pod.readiness_gates.as_slice() {
        let message = format!(
            "pods of `{name}` wait for the condition `{gate}`, which is taken to hold as soon as the containers are ready"
        );
        let finding = code::READINESS_GATE.finding(Severity::Note, message);
        found.push(finding.at(Label::new(workload.pod.mark, "")));
    }
}

/// Reports budgets that guard no pod of any of the workloads of a namespace. Where `elsewhere` tells why such pods may
/// come from somewhere else, it is a note.
///
/// ```
/// assert!(tidegate_workload::idle_budgets(&[], &[], |_| None).is_empty());
/// ```
#[must_use]
pub fn idle_budgets(
    workloads: &[Workload],
    budgets: &[Budget],
    elsewhere: impl Fn(&Budget) -> Option<String>,
) -> Vec<Diagnostic> {
    let index = BudgetIndex::new(budgets);
    let selecting = |it: &Workload| index.selecting(&it.identity.namespace, &it.pod.labels);
    let selected: HashSet<usize> = workloads.iter().flat_map(selecting).collect();
    let idle = budgets.iter().enumerate().filter(|(at, _)| !selected.contains(at));
    idle.map(|(_, budget)| {
        let why = elsewhere(budget);
        let severity = if why.is_some() { Severity::Note } else { Severity::Warning };
        let message = format!("budget `{}` selects no pod", budget.identity.name);
        let mut finding = code::BUDGET_SELECTS_NOTHING
            .finding(severity, message)
            .at(Label::new(budget.selector.mark, ""));
        if never_allows(budget.rule.value) {
            finding =
                finding.at(Label::new(budget.rule.mark, "it would never allow an eviction either"));
        }
        if let Some(why) = why {
            finding = finding.note(why);
        }
        finding.help("let its selector name the labels of the pod template")
    })
    .collect()
}

fn count(n: i32, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
