//! Findings that refuse: a rollout that cannot finish, or need not.

use tidegate_source::{Diagnostic, Label, Severity};

use super::decide::{Facts, Rule};
use super::mend::Mend;
use super::timeline::Timeline;
use super::{Context, Workload};
use crate::seconds::Seconds;

/// Reports the rule that stops a rollout, with what leads to it and what mends it.
pub(super) fn refusal(
    rule: Rule,
    workload: &Workload,
    context: &Context,
    facts: &Facts,
    timeline: &Timeline,
    mend: Option<&Mend>,
) -> Diagnostic {
    let finding = told(rule, workload, context, facts);
    let finding = match timeline.moments.last() {
        Some(last) => finding.note(format!(
            "after {}: {}, with {} old and {} new pods, {} of them available",
            last.at, last.event, last.old, last.new, last.available
        )),
        None => finding,
    };
    let Some(mend) = mend else { return finding };
    mend.changes.iter().fold(finding, |finding, change| {
        finding.help(format!("set {} to {} (is {})", change.field, change.to, change.from))
    })
}

fn told(rule: Rule, workload: &Workload, context: &Context, facts: &Facts) -> Diagnostic {
    let name = &workload.identity.name;
    let error = |message: String| rule.listed().finding(Severity::Error, message);
    let deadline = facts.deadline().unwrap_or(Seconds::ZERO);
    let deadline_mark = workload.progress_deadline.mark;
    match rule {
        Rule::Paused => error(format!("the rollout of `{name}` cannot begin: it is paused"))
            .at(Label::new(workload.paused.mark, "paused here")),
        Rule::LimitRange => {
            let Some(rejected) = &facts.capacity.rejected else {
                return error(format!("a limit range refuses the pods of `{name}`"));
            };
            let container = rejected.container.map(|at| &workload.pod.containers[at]);
            let mark = container.map_or(workload.pod.mark, |it| it.resources.mark);
            error(format!("a limit range refuses the pods of `{name}`: {}", rejected.rule))
                .at(Label::new(mark, ""))
                .at(Label::new(rejected.mark, "the limit"))
                .help("state requests and limits that the limit range admits")
        }
        Rule::QuotaNeedsResource => {
            let Some((at, resource, mark)) = &facts.capacity.unsaid else {
                return error(format!("a quota refuses the pods of `{name}`"));
            };
            let quota = &context.quotas[*at].identity.name;
            error(format!(
                "quota `{quota}` bounds {resource}, and the pods of `{name}` do not state it: every pod is refused"
            ))
            .at(Label::new(workload.pod.mark, ""))
            .at(Label::new(*mark, "the bound"))
            .help(format!("state {resource} in the resources of every container"))
        }
        Rule::Quota => quota(rule, workload, context, facts),
        Rule::ProbePort => {
            let Some(deaf) = &facts.pod.deaf else {
                return error(format!("a probe of `{name}` can never succeed"));
            };
            let container = &workload.pod.containers[deaf.container].name;
            let (kind, port) = (deaf.kind, &deaf.port);
            error(format!(
                "no pod of `{name}` becomes ready: the {kind} probe of container `{container}` asks port `{port}`, \
                 which the container does not declare"
            ))
            .at(Label::new(deaf.mark, "this name is not among the container's ports"))
        }
        Rule::Killed => killed(rule, workload, context, facts),
        Rule::ReadyAfterDeadline => {
            let ready = facts.pod.ready.map_or(facts.pod.at_once, |it| it.most);
            error(format!(
                "a pod of `{name}` may take {ready} to become ready, and the rollout fails after {deadline} without \
                 progress"
            ))
            .at(Label::new(deadline_mark, "the deadline"))
        }
        Rule::MinReadyAfterDeadline => error(format!(
            "a pod of `{name}` has to be ready for {} before it counts, and the rollout fails after {deadline} \
             without progress",
            facts.spec.min_ready
        ))
        .at(Label::new(deadline_mark, "the deadline"))
        .at(Label::new(workload.min_ready.mark, "the time that a pod has to be ready")),
        Rule::OldAfterDeadline => error(format!(
            "an old pod of `{name}` may take {} to end, and the rollout fails after {deadline} without progress",
            facts.ends
        ))
        .at(Label::new(deadline_mark, "the deadline"))
        .at(Label::new(workload.pod.termination_grace_period.mark, "the time to end")),
        Rule::BrokenPod => {
            let (pods, available) = facts.old;
            let (idle, verb) = (pods - available, if pods - available == 1 { "does" } else { "do" });
            error(format!(
                "the rollout of `{name}` does not begin: {idle} of its {pods} pods {verb} not serve, and a StatefulSet \
                 waits for every pod before it replaces one"
            ))
            .at(Label::new(workload.rolling.mark, ""))
            .help("delete the pods that do not become ready: their successors have the new template")
        }
        Rule::QuotaAfterDeadline => error(format!(
            "a new pod of `{name}` may wait {} for a place in the quota, and the rollout fails after {deadline} \
             without progress",
            facts.waits_for_place()
        ))
        .at(Label::new(deadline_mark, "the deadline")),
    }
}

fn quota(rule: Rule, workload: &Workload, context: &Context, facts: &Facts) -> Diagnostic {
    let name = &workload.identity.name;
    let error = |message: String| rule.listed().finding(Severity::Error, message);
    let Some(room) = &facts.capacity.tightest else {
        return error(format!("a quota has no place for the pods of `{name}`"));
    };
    let quota = &context.quotas[room.quota].identity.name;
    let (wanted, pods, resource) = (facts.spec.replicas, room.pods, &room.resource);
    if pods < wanted {
        return error(format!(
            "quota `{quota}` has room for {pods} pods of `{name}` by {resource}, and {wanted} are wanted"
        ))
        .at(Label::new(workload.replicas.mark, ""))
        .at(Label::new(room.mark, "the bound"));
    }
    let fenceposts = facts.spec.fenceposts();
    error(format!(
        "the rollout of `{name}` cannot begin: quota `{quota}` has room for {pods} pods by {resource}, the old ones \
         fill it, and none of them may go before a new one serves"
    ))
    .at(Label::new(workload.rolling.max_unavailable.mark, "no pod may be missing"))
    .at(Label::new(room.mark, "the bound"))
    .note(format!(
        "of {wanted} pods, a surge of {} comes to {} and {} unavailable to {}",
        workload.rolling.max_surge.value,
        fenceposts.surge,
        workload.rolling.max_unavailable.value,
        fenceposts.unavailable
    ))
}

fn killed(rule: Rule, workload: &Workload, context: &Context, facts: &Facts) -> Diagnostic {
    let name = &workload.identity.name;
    let error = |message: String| rule.listed().finding(Severity::Error, message);
    let (Some(kill), Some(answers)) = (&facts.pod.kill, context.assumptions.answers) else {
        return error(format!("a probe may kill the pods of `{name}` before they are ready"));
    };
    let container = &workload.pod.containers[kill.container];
    let mark = container.probe(kill.kind).map_or(container.mark, |it| it.mark);
    error(format!(
        "container `{}` of `{name}` may take {} to answer, and its {} probe kills it when it has not answered after {}",
        container.name, answers.most, kill.kind, kill.saved_by
    ))
    .at(Label::new(mark, ""))
    .note("a killed container starts again and takes as long again: it need never become ready")
    .note(
        "the first question comes when the initial delay is over, and failureThreshold of them have to fail, a \
         period apart",
    )
}
