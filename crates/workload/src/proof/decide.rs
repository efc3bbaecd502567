use super::capacity::Capacity;
use super::context::Context;
use super::pod::PodTimes;
use crate::code::{self, Code};
use crate::deployment::{DeploymentSpec, Strategy};
use crate::int_or_percent::{IntOrPercent, Rounding};
use crate::model::{Workload, WorkloadKind};
use crate::seconds::Seconds;

/// The rule that stops a rollout.
///
/// ```
/// use tidegate_workload::{Context, Finish, Rule, prove};
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let Finish::Not(counterexample) = prove(&hub("paused: true"), &[], &Context::default()).finishes else {
///     panic!("nothing happens while it is paused")
/// };
/// assert_eq!(counterexample.rule, Rule::Paused);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Rule {
    /// The Deployment is paused: its controller creates no new set.
    Paused,
    /// A limit range refuses every new pod.
    LimitRange,
    /// A quota asks for a resource that the pod does not state, and refuses it.
    QuotaNeedsResource,
    /// A quota leaves no room for the pods.
    Quota,
    /// A probe asks a named port that the container does not declare: it can never succeed.
    ProbePort,
    /// A liveness or startup probe may kill a container before it answers.
    Killed,
    /// A pod may take longer to become ready than the deadline allows nothing to happen.
    ReadyAfterDeadline,
    /// A pod has to be ready for as long as the deadline allows nothing to happen, or longer. The API server refuses it,
    /// too.
    MinReadyAfterDeadline,
    /// Old pods may take longer to end than the deadline allows nothing to happen.
    OldAfterDeadline,
    /// Waiting for a place in a quota may take longer than the deadline allows nothing to happen.
    QuotaAfterDeadline,
    /// A pod of a `StatefulSet` does not serve, and every other waits for it, whatever its template says by now.
    BrokenPod,
}

impl Rule {
    /// Returns the code of the finding that reports it.
    ///
    /// ```
    /// use tidegate_workload::{CODES, Rule};
    ///
    /// let code = Rule::QuotaNeedsResource.code();
    /// assert!(CODES.contains(&code));
    /// ```
    #[must_use]
    pub const fn code(self) -> &'static str {
        self.listed().name()
    }

    pub(super) const fn listed(self) -> Code {
        match self {
            Self::Paused => code::ROLLOUT_PAUSED,
            Self::LimitRange => code::LIMIT_RANGE_REJECTS,
            Self::QuotaNeedsResource => code::QUOTA_NEEDS_RESOURCE,
            Self::Quota => code::QUOTA_STOPS_ROLLOUT,
            Self::ProbePort => code::PROBE_PORT_UNKNOWN,
            Self::Killed => code::KILLED_BEFORE_READY,
            Self::ReadyAfterDeadline => code::DEADLINE_BEFORE_READY,
            Self::MinReadyAfterDeadline => code::DEADLINE_BEFORE_AVAILABLE,
            Self::OldAfterDeadline => code::DEADLINE_BEFORE_OLD_ENDS,
            Self::QuotaAfterDeadline => code::DEADLINE_BEFORE_QUOTA,
            Self::BrokenPod => code::WAITS_FOR_BROKEN_POD,
        }
    }
}

/// Something that has to hold for the rollout to finish, where an assumption is missing.
///
/// ```
/// use tidegate_workload::{Bound, Context, Finish, Seconds, prove};
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let proof = prove(&hub("progressDeadlineSeconds: 300"), &[], &Context::default());
/// assert_eq!(proof.finishes, Finish::If(vec![Bound::PodReady(Seconds(300))]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", tag = "what", content = "within"))]
pub enum Bound {
    /// Every pod is Ready within this time of its creation.
    PodReady(Seconds),
    /// Every container runs within this time of its pod's creation.
    Starts(Seconds),
    /// Every container answers its probes within this time of its start.
    Answers(Seconds),
}

/// What is known of a rollout before any of it is run.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) spec: DeploymentSpec,
    pub(super) kind: WorkloadKind,
    pub(super) pod: PodTimes,
    pub(super) capacity: Capacity,
    /// Old pods and those of them that are available.
    pub(super) old: (i32, i32),
    /// The most that an old pod takes to end.
    pub(super) ends: Seconds,
    /// How places take their turns; `None` for the sets of a `Deployment`.
    pub(super) turns: Option<Turns>,
}

/// How the places of a `StatefulSet` or a `DaemonSet` take their turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turns {
    pub(super) by: By,
    /// Places at once.
    pub(super) width: i32,
    /// Places whose pods are replaced: none where somebody has to delete them, fewer than all behind a partition.
    pub(super) replaced: i32,
}

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// A number, from the highest down; where they are ordered, every pod waits for those below it.
    Ordinal { ordered: bool },
    /// A node; where there is a surge, a new pod comes before the old one goes.
    Node { surge: bool },
}

impl Turns {
    /// Source: Kubernetes `pkg/controller/statefulset/stateful_set_control.go`, `updateStatefulSet`: one pod at a time,
    /// `maxUnavailable` being behind the gate `MaxUnavailableStatefulSet`; `pkg/controller/daemon/update.go`,
    /// `updatedDesiredNodeCounts`: both amounts are rounded up, and where both come to 0 one pod may be missing.
    fn of(workload: &Workload) -> Option<Self> {
        let (rolling, replicas) = (&workload.rolling, workload.replicas.value);
        let (by, width) = match workload.kind {
            WorkloadKind::Deployment => return None,
            WorkloadKind::StatefulSet => (By::Ordinal { ordered: !rolling.parallel }, 1),
            WorkloadKind::DaemonSet => {
                let amount = |it: IntOrPercent| it.scaled(replicas, Rounding::Up).max(0);
                let surge = amount(rolling.max_surge.value);
                let unavailable = amount(rolling.max_unavailable.value).max(1);
                (By::Node { surge: surge > 0 }, if surge > 0 { surge } else { unavailable })
            }
        };
        let behind = replicas.saturating_sub(rolling.partition.value.max(0)).max(0);
        Some(Self { by, width, replaced: if rolling.on_delete { 0 } else { behind } })
    }

    /// The strategy of a `Deployment` with the same bounds.
    fn strategy(self) -> Strategy {
        let width = IntOrPercent::Int(self.width);
        let none = IntOrPercent::Int(0);
        match self.by {
            By::Node { surge: true } => {
                Strategy::RollingUpdate { max_surge: width, max_unavailable: none }
            }
            _ => Strategy::RollingUpdate { max_surge: none, max_unavailable: width },
        }
    }

    /// Whether an old pod that does not serve keeps the pods of its set from being replaced.
    pub(super) fn waits_for_broken(self, old: (i32, i32)) -> bool {
        self.replaced > 0 && self.by == By::Ordinal { ordered: true } && old.1 < old.0
    }
}

impl Facts {
    pub(super) fn of(workload: &Workload, context: &Context) -> Self {
        let turns = Turns::of(workload);
        let mut spec = workload.deployment_spec();
        if let Some(turns) = turns {
            spec.strategy = turns.strategy();
        }
        Self {
            spec,
            kind: workload.kind,
            pod: PodTimes::of(workload, &context.assumptions),
            capacity: Capacity::of(workload, context),
            old: context.old.counts(workload.replicas.value),
            ends: workload.pod.termination_grace_period.value,
            turns,
        }
    }

    pub(super) fn recreate(&self) -> bool {
        self.spec.strategy == Strategy::Recreate
    }

    pub(super) fn deadline(&self) -> Option<Seconds> {
        self.spec.progress_deadline
    }

    /// Whether nothing is replaced, whatever the template says.
    pub(super) fn stands(&self) -> bool {
        let idle = |it: Turns| it.replaced == 0 || it.waits_for_broken(self.old);
        self.turns.map_or(self.spec.paused, idle)
    }

    /// The most pods that the controller wants at once.
    pub(super) fn peak(&self) -> i32 {
        let (old, wanted) = (self.old.0, self.spec.replicas);
        if let Some(Turns { by: By::Node { surge: true }, width, replaced }) = self.turns {
            // Beside pods that do not serve new ones come at once.
            let beside = old.saturating_sub(self.old.1).saturating_add(width.min(self.old.1));
            return wanted.saturating_add(beside.min(replaced));
        }
        if self.recreate() {
            return old.max(wanted);
        }
        let ceiling = wanted.saturating_add(self.spec.fenceposts().surge);
        old.saturating_add(wanted).min(ceiling.max(old))
    }

    /// The longest that a pod may wait for a place in a quota: until an old pod has ended, and, since the attempts
    /// come ever more seldom, as long again, at most 1000 s; 0 where every pod fits at once.
    pub(super) fn waits_for_place(&self) -> Seconds {
        let all = match self.turns {
            Some(turns) => self.spec.replicas.saturating_add(turns.width),
            None => self.old.0.saturating_add(self.spec.replicas),
        };
        if self.capacity.pods() >= all || self.recreate() || self.old.0 == 0 {
            return Seconds::ZERO;
        }
        (self.ends * 2).min(self.ends + Seconds(1000))
    }
}

/// Whether a rollout finishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// Whatever happens.
    Finishes,
    /// If these bounds hold.
    FinishesIf(Vec<Bound>),
    /// Not always, for these reasons: the first is the one that shows first.
    Stops(Vec<Rule>),
}

/// Decides whether a rollout finishes before its deadline, whatever happens within the assumptions.
///
/// Every event of a new pod that the controller counts as progress (it is created, becomes ready, becomes available, is
/// replaced after an eviction) starts the deadline anew. While a new pod is not ready, the next event comes when it
/// is, at the latest; while all are ready and some not available, when one is; else the controller acts at once. So the
/// longest time without progress is the longest of these waits, and the first pods of the rollout can show it.
pub(super) fn decide(facts: &Facts) -> Decision {
    let mut rules = Vec::new();
    if facts.kind == WorkloadKind::Deployment && facts.spec.paused {
        rules.push(Rule::Paused);
    }
    if facts.spec.replicas > 0 {
        hindrances(facts, &mut rules);
        late(facts, &mut rules);
        if facts.turns.is_some_and(|it| it.waits_for_broken(facts.old)) {
            rules.push(Rule::BrokenPod);
        }
    }
    if !rules.is_empty() {
        return Decision::Stops(rules);
    }
    let bounds = if facts.spec.replicas > 0 { bounds(facts) } else { Vec::new() };
    if bounds.is_empty() { Decision::Finishes } else { Decision::FinishesIf(bounds) }
}

/// What keeps new pods from ever being created or becoming ready.
fn hindrances(facts: &Facts, rules: &mut Vec<Rule>) {
    if facts.capacity.rejected.is_some() {
        rules.push(Rule::LimitRange);
    }
    if facts.capacity.unsaid.is_some() {
        rules.push(Rule::QuotaNeedsResource);
    }
    if no_room(facts) {
        rules.push(Rule::Quota);
    }
    if facts.pod.deaf.is_some() {
        rules.push(Rule::ProbePort);
    }
    if facts.pod.kill.is_some() {
        rules.push(Rule::Killed);
    }
}

/// Whether the quota stops the rollout: it does not hold the wanted pods, or it holds no more pods than have to serve,
/// so that no old one may go before a new one comes, and no new one comes before an old one has gone.
///
/// Once the quota is full, old and new pods together are as many as it holds. When all of these serve that can, the
/// controller may take away as many as they are above the floor: none, exactly when the quota holds no more.
fn no_room(facts: &Facts) -> bool {
    let room = facts.capacity.pods();
    if room < facts.spec.replicas {
        return true;
    }
    let floor = facts.spec.replicas.saturating_sub(facts.spec.fenceposts().unavailable);
    facts.old.0 > 0 && !facts.recreate() && room <= floor
}

/// Waits that are longer than the deadline.
fn late(facts: &Facts, rules: &mut Vec<Rule>) {
    let Some(deadline) = facts.deadline() else { return };
    let ready = facts.pod.ready.map_or(facts.pod.at_once, |it| it.most);
    if ready > deadline && !facts.pod.may_never() {
        rules.push(Rule::ReadyAfterDeadline);
    }
    if facts.spec.min_ready >= deadline {
        rules.push(Rule::MinReadyAfterDeadline);
    }
    if facts.recreate() && facts.old.0 > 0 && facts.ends > deadline {
        rules.push(Rule::OldAfterDeadline);
    }
    if facts.waits_for_place() > deadline && !rules.contains(&Rule::Quota) {
        rules.push(Rule::QuotaAfterDeadline);
    }
}

/// What has to hold where an assumption is missing.
fn bounds(facts: &Facts) -> Vec<Bound> {
    let pod = &facts.pod;
    let mut bounds = Vec::new();
    match (pod.starts, pod.after_start, facts.deadline()) {
        (Some(_), Some(_), _) => return bounds,
        (None, Some(after_start), Some(deadline)) => {
            bounds.push(Bound::Starts(deadline - after_start.most));
        }
        (_, _, Some(deadline)) => bounds.push(Bound::PodReady(deadline)),
        (_, _, None) => {}
    }
    if let (None, Some(kill)) = (pod.after_start, &pod.saved_by) {
        bounds.push(Bound::Answers(kill.saved_by));
    }
    bounds
}
