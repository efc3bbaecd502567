use tidegate_source::Mark;

use super::context::Context;
use super::decide::{Decision, Facts, Rule, decide};
use crate::int_or_percent::{IntOrPercent, IntOrString};
use crate::model::{MarkedProbe, Workload};
use crate::probe::ProbeKind;
use crate::quantity::Quantity;
use crate::seconds::Seconds;

/// A change of one field.
///
/// ```
/// use tidegate_workload::{Context, Finish, prove};
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let Finish::Not(stuck) = prove(&hub("paused: true"), &[], &Context::default()).finishes else {
///     panic!("nothing happens while it is paused")
/// };
/// let change = &stuck.mend.expect("there is one").changes[0];
/// assert_eq!((&*change.field, &*change.from, &*change.to), ("spec.paused", "true", "false"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct FieldChange {
    /// The field: `spec.progressDeadlineSeconds`.
    pub field: String,
    /// Its value, as it is or as it is by default.
    pub from: String,
    /// The value that it should have.
    pub to: String,
    /// Where it was written, or the block where it is missing.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub mark: Mark,
}

/// Changes with which a rollout finishes. Proved: with all of them it does, without any one of them it does not.
///
/// ```
/// use tidegate_workload::{Context, Finish, Interval, prove};
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let mut context = Context::default();
/// context.assumptions.starts = Some(Interval::new(60, 700));
/// context.assumptions.answers = Some(Interval::new(0, 0));
/// let Finish::Not(late) = prove(&hub("replicas: 2"), &[], &context).finishes else {
///     panic!("700 s is longer than the deadline of 600 s")
/// };
/// let mend = late.mend.expect("there is one");
/// assert_eq!(mend.changes.len(), 1);
/// assert_eq!(mend.changes[0].field, "spec.progressDeadlineSeconds");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct Mend {
    /// The changes.
    pub changes: Vec<FieldChange>,
}

/// A change that can be tried out.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Edit {
    Resume,
    Deadline(Seconds),
    MaxUnavailable(i32),
    FailureThreshold { container: usize, kind: ProbeKind, to: i32 },
    ProbePort { container: usize, kind: ProbeKind, to: i32 },
    Quota { quota: usize, resource: String, to: Quantity },
}

/// Most rules that can stand in the way at the same time.
const MOST_EDITS: usize = 8;

/// Looks for the smallest change: one edit for each rule that stops the rollout, each proved to take its rule away, and
/// those that turn out not to be needed dropped again.
pub(super) fn mend(workload: &Workload, context: &Context) -> Option<Mend> {
    let mut edits: Vec<Edit> = Vec::new();
    while let Some(rule) = first_rule(workload, context, &edits) {
        if edits.len() == MOST_EDITS {
            return None;
        }
        let (edited, within) = edited(workload, context, &edits);
        let candidates = candidates(rule, &edited, &within);
        let helps = |edit: &Edit| {
            let with: Vec<Edit> = edits.iter().chain([edit]).cloned().collect();
            first_rule(workload, context, &with) != Some(rule)
        };
        edits.push(candidates.into_iter().find(helps)?);
    }
    let mut at = 0;
    while at < edits.len() {
        let mut without = edits.clone();
        without.remove(at);
        if first_rule(workload, context, &without).is_none() {
            edits = without;
        } else {
            at += 1;
        }
    }
    let changes = edits.iter().map(|it| described(it, workload, context)).collect();
    (!edits.is_empty()).then_some(Mend { changes })
}

fn first_rule(workload: &Workload, context: &Context, edits: &[Edit]) -> Option<Rule> {
    let (workload, context) = edited(workload, context, edits);
    match decide(&Facts::of(&workload, &context)) {
        Decision::Stops(rules) => rules.first().copied(),
        Decision::Finishes | Decision::FinishesIf(_) => None,
    }
}

fn candidates(rule: Rule, workload: &Workload, context: &Context) -> Vec<Edit> {
    let facts = Facts::of(workload, context);
    let longest = facts
        .pod
        .ready
        .map_or(facts.pod.at_once, |it| it.most)
        .max(facts.spec.min_ready + Seconds(1))
        .max(if facts.recreate() { facts.ends } else { Seconds::ZERO })
        .max(facts.waits_for_place());
    match rule {
        Rule::Paused => vec![Edit::Resume],
        Rule::ReadyAfterDeadline
        | Rule::MinReadyAfterDeadline
        | Rule::OldAfterDeadline
        | Rule::QuotaAfterDeadline => vec![Edit::Deadline(longest)],
        Rule::Killed => killed_edits(&facts, workload, context),
        Rule::ProbePort => {
            let Some(deaf) = &facts.pod.deaf else { return Vec::new() };
            let ports = &workload.pod.containers[deaf.container].ports;
            let (container, kind) = (deaf.container, deaf.kind);
            ports.iter().map(|it| Edit::ProbePort { container, kind, to: it.number }).collect()
        }
        Rule::Quota => {
            let Some(room) = &facts.capacity.tightest else { return Vec::new() };
            let wanted = facts.spec.replicas;
            let missing = wanted.saturating_sub(room.pods).max(1);
            let quota = &context.quotas[room.quota];
            let hard = quota.hard.get(&room.resource).map(|it| it.value.clone());
            let more = room.each.times(i64::from(missing)).0;
            let enough = Edit::Quota {
                quota: room.quota,
                resource: room.resource.clone(),
                to: &hard.unwrap_or(Quantity::ZERO) + &more,
            };
            let spare = (room.pods >= wanted && wanted > 1 && !context.singleton)
                .then_some(Edit::MaxUnavailable(1));
            spare.into_iter().chain([enough]).collect()
        }
        Rule::LimitRange | Rule::QuotaNeedsResource | Rule::BrokenPod => Vec::new(),
    }
}

/// The least failure threshold with which the slowest container answers in time.
fn killed_edits(facts: &Facts, workload: &Workload, context: &Context) -> Vec<Edit> {
    let (Some(kill), Some(answers)) = (&facts.pod.kill, context.assumptions.answers) else {
        return Vec::new();
    };
    let (container, kind) = (kill.container, kill.kind);
    let Some(probe) = workload.pod.containers[container].probe(kind) else { return Vec::new() };
    let period = i64::from(probe.probe.period_seconds.max(1));
    let delay = Seconds(i64::from(probe.probe.initial_delay_seconds));
    let waits = (answers.most - delay).0.max(0);
    let further = waits / period + i64::from(waits % period != 0);
    let to = i32::try_from(further.saturating_add(1)).unwrap_or(i32::MAX);
    vec![Edit::FailureThreshold { container, kind, to }]
}

fn edited(workload: &Workload, context: &Context, edits: &[Edit]) -> (Workload, Context) {
    let (mut workload, mut context) = (workload.clone(), context.clone());
    for edit in edits {
        match edit {
            Edit::Resume => workload.paused.value = false,
            Edit::Deadline(to) => workload.progress_deadline.value = Some(*to),
            Edit::MaxUnavailable(to) => {
                workload.rolling.max_unavailable.value = IntOrPercent::Int(*to);
            }
            Edit::FailureThreshold { container, kind, to } => {
                if let Some(probe) = workload.pod.containers[*container].probe_mut(*kind) {
                    probe.probe.failure_threshold = *to;
                }
            }
            Edit::ProbePort { container, kind, to } => {
                if let Some(probe) = workload.pod.containers[*container].probe_mut(*kind) {
                    let handlers = &mut probe.probe.handlers;
                    let to = IntOrString::Int(*to);
                    if let Some(request) = &mut handlers.http_get {
                        request.port = to;
                    } else {
                        handlers.tcp_socket = Some(to);
                    }
                }
            }
            Edit::Quota { quota, resource, to } => {
                if let Some(hard) = context.quotas[*quota].hard.get_mut(resource) {
                    hard.value = to.clone();
                }
            }
        }
    }
    (workload, context)
}

fn described(edit: &Edit, workload: &Workload, context: &Context) -> FieldChange {
    let probe_field = |container: usize, kind: ProbeKind, field: &str| {
        let container = &workload.pod.containers[container];
        let mark = container.probe(kind).map_or(container.mark, |it| it.field_mark(field));
        let name = &container.name;
        (format!("containers[{name}].{}.{field}", kind.field()), mark)
    };
    let change = |field: &str, from: String, to: String, mark: Mark| FieldChange {
        field: field.to_owned(),
        from,
        to,
        mark,
    };
    match edit {
        Edit::Resume => {
            change("spec.paused", "true".to_owned(), "false".to_owned(), workload.paused.mark)
        }
        Edit::Deadline(to) => {
            let from = workload.progress_deadline.value.map_or(0, |it| it.0).to_string();
            let mark = workload.progress_deadline.mark;
            change("spec.progressDeadlineSeconds", from, to.0.to_string(), mark)
        }
        Edit::MaxUnavailable(to) => {
            let field = &workload.rolling.max_unavailable;
            change(
                "spec.strategy.rollingUpdate.maxUnavailable",
                field.value.to_string(),
                to.to_string(),
                field.mark,
            )
        }
        Edit::FailureThreshold { container, kind, to } => {
            let (field, mark) = probe_field(*container, *kind, "failureThreshold");
            let probe = workload.pod.containers[*container].probe(*kind);
            let from = probe.map_or(0, |it| it.probe.failure_threshold);
            change(&field, from.to_string(), to.to_string(), mark)
        }
        Edit::ProbePort { container, kind, to } => {
            let (field, mark) = probe_field(*container, *kind, "port");
            let probe = workload.pod.containers[*container].probe(*kind);
            let from = probe.and_then(MarkedProbe::port).map(|(port, _)| port.to_string());
            change(&field, from.unwrap_or_default(), to.to_string(), mark)
        }
        Edit::Quota { quota, resource, to } => {
            let quota = &context.quotas[*quota];
            let hard = quota.hard.get(resource);
            let from = hard.map(|it| it.value.to_string()).unwrap_or_default();
            let mark = hard.map_or(quota.mark, |it| it.mark);
            let field = format!("ResourceQuota/{}: spec.hard.{resource}", quota.identity.name);
            change(&field, from, to.to_string(), mark)
        }
    }
}
