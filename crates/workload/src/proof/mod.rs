//! The proof: whether a rollout finishes, what serves meanwhile, and whether nodes can be drained.

mod availability;
mod capacity;
mod context;
mod decide;
mod drain;
mod draw;
mod mend;
mod pod;
mod refusal;
mod remarks;
mod run;
mod timeline;
mod turns;

use tidegate_object::Identity;
use tidegate_source::{Diagnostic, Severity};

use decide::{Decision, Facts, decide};
use run::{Behaviour, run};

use crate::model::{Budget, Workload};
use crate::seconds::Seconds;

pub use availability::Availability;
pub use context::{Assumptions, Context, Interval, OldPods};
pub use decide::{Bound, Rule};
pub use drain::{Drain, DrainBlock};
pub use mend::{FieldChange, Mend};
pub use remarks::idle_budgets;
pub use timeline::{Event, Moment, Timeline};

/// Whether a rollout finishes before its deadline, whatever happens within the assumptions.
///
/// ```
/// use tidegate_workload::{Context, Finish, Interval, Seconds, prove};
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let mut context = Context::default();
/// context.assumptions.starts = Some(Interval::new(1, 30));
/// context.assumptions.answers = Some(Interval::new(0, 0));
/// let proof = prove(&hub("replicas: 1"), &[], &context);
/// assert_eq!(proof.finishes, Finish::Always { longest: Seconds(30) });
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Finish {
    /// It does.
    Always {
        /// The longest that it takes when nobody evicts a pod; waits for places in a quota included.
        longest: Seconds,
    },
    /// It does if all of these hold; an assumption is missing.
    If(Vec<Bound>),
    /// It need not, or cannot.
    Not(Counterexample),
    /// Its kind has no deadline, and nothing keeps its pods from becoming ready. How long it takes is not assumed.
    NoDeadline,
    /// Nothing happens until somebody deletes pods, or lowers the partition below their ordinals.
    Waits,
}

/// A shortest way in which a rollout does not finish.
///
/// ```
/// use tidegate_workload::{Context, Event, Finish, Interval, Rule, prove};
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
/// assert_eq!((late.rule, late.round), (Rule::ReadyAfterDeadline, 1));
/// assert_eq!(late.timeline.moments.last().map(|it| it.event), Some(Event::DeadlineExceeded));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Counterexample {
    /// The rule that stops it.
    pub rule: Rule,
    /// The other rules that would stop it.
    pub further: Vec<Rule>,
    /// The round of new pods in which it stalls: 0 when none is created, 1 for the first.
    pub round: usize,
    /// What happens until then.
    pub timeline: Timeline,
    /// The smallest change of fields that mends it, where one is known.
    pub mend: Option<Mend>,
}

/// What was found out about a rollout of a workload.
///
/// ```
/// use tidegate_workload::{Context, Finish, prove};
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let proof = prove(&hub("replicas: 4"), &[], &Context::default());
/// assert_eq!(proof.workload.name, "hub");
/// // Nothing is known of the pods' starts, so the answer is a condition; what serves meanwhile is known all the same.
/// assert!(matches!(proof.finishes, Finish::If(_)) && proof.pod_ready.is_none());
/// assert_eq!(proof.availability.least_undisturbed, 3);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Proof {
    /// Which workload.
    pub workload: Identity,
    /// Whether it finishes.
    pub finishes: Finish,
    /// What serves meanwhile.
    pub availability: Availability,
    /// Whether nodes can be drained.
    pub drain: Drain,
    /// From a pod's creation until it is Ready; `None` where an assumption is missing.
    pub pod_ready: Option<Interval>,
    /// The slowest way in which it finishes. Where an assumption is missing: with pods that start and answer at once. Empty
    /// where nothing happens, and where there is a counterexample instead.
    pub timeline: Timeline,
    /// What should be known: first the errors, each of which refuses the rollout, then what informs.
    pub findings: Vec<Diagnostic>,
}

impl Proof {
    /// Returns the findings that should stop the rollout from being committed: it cannot finish, or need not.
    ///
    /// ```
    /// use tidegate_workload::{Context, prove};
    /// # fn hub(spec: &str) -> tidegate_workload::Workload {
    /// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
    /// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
    /// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
    /// # }
    ///
    /// let proof = prove(&hub("paused: true"), &[], &Context::default());
    /// assert_eq!(proof.refusals().map(|it| &*it.code).collect::<Vec<_>>(), ["rollout-paused"]);
    /// ```
    pub fn refusals(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings.iter().filter(|it| it.severity == Severity::Error)
    }

    /// Returns whether nothing stands against the rollout.
    ///
    /// ```
    /// use tidegate_workload::{Context, prove};
    /// # fn hub(spec: &str) -> tidegate_workload::Workload {
    /// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
    /// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
    /// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
    /// # }
    ///
    /// assert!(prove(&hub("replicas: 2"), &[], &Context::default()).holds());
    /// assert!(!prove(&hub("paused: true"), &[], &Context::default()).holds());
    /// ```
    #[must_use]
    pub fn holds(&self) -> bool {
        self.refusals().next().is_none()
    }
}

/// Proves or refutes that a rollout of a workload finishes, and works out what serves meanwhile and what can be drained.
///
/// Nothing is tried out by chance: pods may start, answer and be asked at any moment within the assumptions, and up to
/// [`Assumptions::evictions`] of them may be evicted whenever their budget allows it. The timelines come from
/// [`step`](crate::step), the function that the simulated cluster runs.
///
/// Budgets that select none of the workload's pods are passed over.
///
/// ```
/// use tidegate_workload::{Context, Finish, prove};
/// # use tidegate_workload::{Container, Field, LabelSelector, PodTemplate, Rolling, Seconds, Workload, WorkloadKind};
/// # use tidegate_source::Mark;
/// # use tidegate_workload::IntOrPercent;
/// # fn field<T>(value: T) -> Field<T> { Field::default_in(value, Mark::NONE) }
/// # let rolling = Rolling {
/// #     recreate: false,
/// #     mark: Mark::NONE,
/// #     max_surge: field(IntOrPercent::Percent(25)),
/// #     max_unavailable: field(IntOrPercent::Percent(25)),
/// #     on_delete: false,
/// #     partition: field(0),
/// #     parallel: false,
/// # };
/// # let pod = PodTemplate {
/// #     mark: Mark::NONE,
/// #     labels: Default::default(),
/// #     containers: vec![Container::new("web", "web:1.2.3")],
/// #     init_containers: vec![],
/// #     termination_grace_period: field(Seconds(30)),
/// #     readiness_gates: vec![],
/// #     resources: None,
/// #     claims: vec![],
/// # };
/// # let workload = Workload {
/// #     identity: Default::default(),
/// #     mark: Mark::NONE,
/// #     kind: WorkloadKind::Deployment,
/// #     replicas: field(3),
/// #     rolling,
/// #     min_ready: field(Seconds(0)),
/// #     progress_deadline: field(Some(Seconds(600))),
/// #     paused: field(false),
/// #     revision_history_limit: field(10),
/// #     selector: field(LabelSelector::default()),
/// #     pod,
/// # };
/// let mut context = Context::default();
/// let proof = prove(&workload, &[], &context);
/// assert_eq!(proof.findings[0].message, "the rollout of `` finishes if every pod is Ready within 10 min of its creation");
///
/// context.assumptions.starts = Some(tidegate_workload::Interval::new(1, 700));
/// context.assumptions.answers = Some(tidegate_workload::Interval::new(0, 0));
/// let proof = prove(&workload, &[], &context);
/// let Finish::Not(counterexample) = proof.finishes else { panic!("700 s is longer than 600 s") };
/// assert_eq!(counterexample.timeline.end(), Seconds(601));
/// ```
#[must_use]
pub fn prove(workload: &Workload, budgets: &[Budget], context: &Context) -> Proof {
    let facts = Facts::of(workload, context);
    let namespace = &workload.identity.namespace;
    let budgets: Vec<&Budget> =
        budgets.iter().filter(|it| it.selects(namespace, &workload.pod.labels)).collect();
    let decision = decide(&facts);
    let (finishes, timeline) = finish(&decision, workload, context, &facts);
    let availability = Availability::of(&facts, context, &budgets);
    let longest = match finishes {
        Finish::Always { longest } => Some(longest),
        _ => None,
    };
    let drain = Drain::of(&facts, &budgets, availability.least_undisturbed, longest);
    let mut findings = Vec::new();
    if let Finish::Not(found) = &finishes {
        let mend = found.mend.as_ref();
        let report = |rule: Rule, timeline: &Timeline| {
            refusal::refusal(rule, workload, context, &facts, timeline, mend)
        };
        findings.push(report(found.rule, &found.timeline));
        let unseen = Timeline::default();
        findings.extend(found.further.iter().map(|rule| report(*rule, &unseen)));
    }
    let bounds: &[Bound] = match &finishes {
        Finish::If(bounds) => bounds,
        _ => &[],
    };
    let known = remarks::Known {
        workload,
        context,
        budgets: &budgets,
        facts: &facts,
        availability: &availability,
        drain: &drain,
    };
    findings.extend(remarks::remarks(&known, bounds));
    Proof {
        workload: workload.identity.clone(),
        finishes,
        availability,
        drain,
        pod_ready: facts.pod.ready,
        timeline,
        findings,
    }
}

/// The answer to the first question, and the slowest way in which the rollout finishes.
fn finish(
    decision: &Decision,
    workload: &Workload,
    context: &Context,
    facts: &Facts,
) -> (Finish, Timeline) {
    let ready = facts.pod.ready.map_or(facts.pod.at_once, |it| it.most);
    let replaced = facts.waits_for_place();
    let slowest = Behaviour { ready: Some(ready), killed: None, ends: facts.ends, replaced };
    match decision {
        Decision::Stops(rules) => {
            // The shortest of the ways: the first rule where several take as long.
            let ways = rules.iter().map(|rule| (*rule, counterexample(*rule, facts)));
            let shortest = ways.min_by_key(|(_, way)| way.end());
            let (rule, timeline) = shortest.unwrap_or((Rule::Paused, Timeline::default()));
            let created = |moment: &&Moment| matches!(moment.event, Event::Created(_));
            let found = Counterexample {
                rule,
                further: rules.iter().copied().filter(|it| *it != rule).collect(),
                round: timeline.moments.iter().filter(created).count(),
                timeline,
                mend: mend::mend(workload, context),
            };
            (Finish::Not(found), Timeline::default())
        }
        _ if facts.turns.is_some_and(|it| it.replaced == 0) && facts.old.0 > 0 => {
            (Finish::Waits, Timeline::default())
        }
        Decision::FinishesIf(bounds) => (Finish::If(bounds.clone()), way(facts, slowest)),
        Decision::Finishes if facts.turns.is_some() && facts.pod.ready.is_none() => {
            (Finish::NoDeadline, way(facts, slowest))
        }
        Decision::Finishes => {
            let timeline = way(facts, slowest);
            let complete = timeline.moments.iter().find(|it| it.event == Event::Complete);
            let longest = complete.map_or(timeline.end(), |it| it.at);
            (Finish::Always { longest }, timeline)
        }
    }
}

/// The shortest way in which a rule stops a rollout: what does not matter for it takes no time.
fn counterexample(rule: Rule, facts: &Facts) -> Timeline {
    let ready = facts.pod.ready;
    let most = ready.map_or(facts.pod.at_once, |it| it.most);
    let least = ready.map_or(Seconds::ZERO, |it| it.least);
    let (ends, replaced) = (Seconds::ZERO, Seconds::ZERO);
    let quick = Behaviour { ready: Some(least), killed: None, ends, replaced };
    let starts = facts.pod.starts.map_or(Seconds::ZERO, |it| it.least);
    let behaviour = match rule {
        Rule::ReadyAfterDeadline => Behaviour { ready: Some(most), ..quick },
        Rule::ProbePort => Behaviour { ready: None, ..quick },
        Rule::Killed => {
            let killed = facts.pod.kill.as_ref().map(|it| starts + it.saved_by);
            Behaviour { ready: None, killed, ..quick }
        }
        Rule::OldAfterDeadline => Behaviour { ends: facts.ends, ..quick },
        Rule::QuotaAfterDeadline => {
            Behaviour { ends: facts.ends, replaced: facts.waits_for_place(), ..quick }
        }
        Rule::Paused
        | Rule::LimitRange
        | Rule::QuotaNeedsResource
        | Rule::Quota
        | Rule::BrokenPod
        | Rule::MinReadyAfterDeadline => quick,
    };
    let mut facts = facts.clone();
    if matches!(rule, Rule::LimitRange | Rule::QuotaNeedsResource) {
        facts.capacity.close();
    }
    way(&facts, behaviour)
}

/// Runs the controller that the workload has.
fn way(facts: &Facts, behaviour: Behaviour) -> Timeline {
    match facts.turns {
        Some(turns) => turns::run(facts, turns, behaviour),
        None => run(facts, behaviour),
    }
}
