use crate::model::{LimitRange, Quota, VolumeClaim};
use crate::seconds::Seconds;

/// The least and the most that something may take.
///
/// ```
/// use tidegate_workload::{Context, Interval, prove};
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let mut context = Context::default();
/// context.assumptions.starts = Some(Interval::new(2, 20));
/// context.assumptions.answers = Some(Interval::new(0, 5));
/// assert_eq!(prove(&hub("replicas: 1"), &[], &context).pod_ready, Some(Interval::new(2, 20)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Interval {
    /// The least.
    pub least: Seconds,
    /// The most.
    pub most: Seconds,
}

impl Interval {
    /// Creates an interval in seconds; the ends are put in order.
    ///
    /// ```
    /// use tidegate_workload::{Interval, Seconds};
    ///
    /// assert_eq!(Interval::new(20, 2), Interval { least: Seconds(2), most: Seconds(20) });
    /// ```
    #[must_use]
    pub fn new(least: i64, most: i64) -> Self {
        Self { least: Seconds(least.min(most)), most: Seconds(least.max(most)) }
    }
}

/// What is assumed of pods. What is not assumed is answered with a bound.
///
/// ```
/// use tidegate_workload::{Assumptions, Context, Finish, Interval, prove};
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let assumptions = Assumptions {
///     starts: Some(Interval::new(2, 20)),
///     answers: Some(Interval::new(1, 5)),
///     ..Assumptions::default()
/// };
/// let context = Context { assumptions, ..Context::default() };
/// assert!(matches!(prove(&hub("replicas: 2"), &[], &context).finishes, Finish::Always { .. }));
/// // Nothing is assumed: the answer is a condition.
/// assert!(matches!(prove(&hub("replicas: 2"), &[], &Context::default()).finishes, Finish::If(_)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Assumptions {
    /// From a pod's creation until its containers run: scheduling, pulling the image, init containers.
    pub starts: Option<Interval>,
    /// From a container's start until it answers its probes.
    pub answers: Option<Interval>,
    /// How long the registry refuses the image from now on; the kubelet tries again after 10 s, and each time after
    /// twice as long, up to 300 s (`imageBackOffPeriod` and `MaxImageBackOff` of Kubernetes' `pkg/kubelet/kubelet.go`).
    pub pull_fails_for: Seconds,
    /// How many pods may be evicted during the rollout.
    pub evictions: u32,
}

/// Nothing is known of the pods; images can be pulled; one pod may be evicted.
impl Default for Assumptions {
    fn default() -> Self {
        Self { starts: None, answers: None, pull_fails_for: Seconds::ZERO, evictions: 1 }
    }
}

/// The pods from which a rollout starts.
///
/// ```
/// use tidegate_workload::{Context, OldPods, prove};
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let least = |old| prove(&hub("replicas: 4"), &[], &Context { old, ..Context::default() }).availability.least_undisturbed;
/// assert_eq!(least(OldPods::AllAvailable), 3);
/// assert_eq!(least(OldPods::None), 0);
/// assert_eq!(least(OldPods::Some { pods: 4, available: 2 }), 2);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum OldPods {
    /// As many as are wanted, all of them available.
    #[default]
    AllAvailable,
    /// None: the workload is new.
    None,
    /// Some of them are not available, and do not become so.
    Some {
        /// How many there are; at most as many as are wanted count.
        pods: i32,
        /// How many of them are available.
        available: i32,
    },
}

impl OldPods {
    /// The pods that there are and those of them that are available.
    pub(super) fn counts(self, replicas: i32) -> (i32, i32) {
        match self {
            Self::AllAvailable => (replicas, replicas),
            Self::None => (0, 0),
            Self::Some { pods, available } => {
                let pods = pods.clamp(0, replicas);
                (pods, available.clamp(0, pods))
            }
        }
    }
}

/// What a proof takes into account beside the workload and its budgets.
///
/// ```
/// use tidegate_workload::{Context, prove};
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// // A hub of which there may be one only: a rollout with a surge has two for a while.
/// let context = Context { singleton: true, ..Context::default() };
/// let proof = prove(&hub("replicas: 1"), &[], &context);
/// assert!(proof.findings.iter().any(|it| it.code == "singleton-overlap"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// What is assumed of pods.
    pub assumptions: Assumptions,
    /// The quotas of the namespace.
    pub quotas: Vec<Quota>,
    /// The limit ranges of the namespace.
    pub limit_ranges: Vec<LimitRange>,
    /// The pods from which the rollout starts.
    pub old: OldPods,
    /// The volume claims of the namespace.
    pub claims: Vec<VolumeClaim>,
    /// Whether at most one pod may serve: then more replicas are never proposed, and overlaps are reported.
    pub singleton: bool,
}
