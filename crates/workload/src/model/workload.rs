use std::collections::BTreeMap;

use tidegate_object::{Identity, Node, Object};
use tidegate_source::{Diagnostic, Mark};

use super::container::Container;
use super::field::Field;
use super::labels::{self, LabelSelector};
use super::read::Reader;
use crate::code;
use crate::deployment::{DeploymentSpec, Strategy};
use crate::int_or_percent::IntOrPercent;
use crate::resources::{ResourceList, Resources};
use crate::seconds::Seconds;

/// Which controller runs a workload.
///
/// ```
/// use tidegate_workload::WorkloadKind;
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// assert_eq!(hub("replicas: 1").kind, WorkloadKind::Deployment);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum WorkloadKind {
    /// Interchangeable pods, replaced step by step.
    Deployment,
    /// Numbered pods, replaced one after the other.
    StatefulSet,
    /// One pod on each node.
    DaemonSet,
}

/// How pods are replaced, and where that was written.
///
/// ```
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let hub = hub("strategy: {rollingUpdate: {maxSurge: 0}}");
/// assert!(hub.rolling.max_surge.written && !hub.rolling.max_unavailable.written);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rolling {
    /// Whether all old pods go first.
    pub recreate: bool,
    /// Where the strategy was written, or the spec where it is missing.
    pub mark: Mark,
    /// Pods beyond the wanted number.
    pub max_surge: Field<IntOrPercent>,
    /// Wanted pods that may be missing.
    pub max_unavailable: Field<IntOrPercent>,
    /// Whether pods are replaced only when somebody deletes them: `OnDelete`.
    pub on_delete: bool,
    /// Pods of a `StatefulSet` whose ordinal is below this are not replaced; 0 for other kinds.
    pub partition: Field<i32>,
    /// Whether pods of a `StatefulSet` are created without waiting for one another: `podManagementPolicy: Parallel`.
    pub parallel: bool,
}

impl Rolling {
    /// Returns the strategy.
    ///
    /// ```
    /// use tidegate_workload::Strategy;
    /// # fn hub(spec: &str) -> tidegate_workload::Workload {
    /// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
    /// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
    /// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
    /// # }
    ///
    /// assert_eq!(hub("strategy: {type: Recreate}").rolling.strategy(), Strategy::Recreate);
    /// assert_eq!(hub("replicas: 2").rolling.strategy(), Strategy::default());
    /// ```
    #[must_use]
    pub const fn strategy(&self) -> Strategy {
        if self.recreate {
            return Strategy::Recreate;
        }
        Strategy::RollingUpdate {
            max_surge: self.max_surge.value,
            max_unavailable: self.max_unavailable.value,
        }
    }
}

/// The pods of a workload.
///
/// ```
/// use tidegate_workload::Seconds;
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let pod = hub("replicas: 1").pod;
/// assert_eq!(pod.labels["app"], "hub");
/// assert_eq!(pod.termination_grace_period.value, Seconds(30));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PodTemplate {
    /// Where it was written.
    pub mark: Mark,
    /// Labels.
    pub labels: BTreeMap<String, String>,
    /// Containers.
    pub containers: Vec<Container>,
    /// Init containers.
    pub init_containers: Vec<Container>,
    /// How long the pod has to stop; 30 s by default.
    pub termination_grace_period: Field<Seconds>,
    /// Conditions beside the containers' readiness that must hold.
    pub readiness_gates: Vec<String>,
    /// Resources of the pod itself.
    pub resources: Option<Field<Resources>>,
    /// The names of the `PersistentVolumeClaim`s that its volumes mount.
    pub claims: Vec<Field<String>>,
}

impl PodTemplate {
    /// Returns what the pod asks for: the sum of its containers, or the largest init container where that is more.
    ///
    /// Limits and missing requests count as [`Resources::defaulted`] says. Sidecars count like containers.
    ///
    /// Source: Kubernetes `pkg/api/v1/resource/helpers.go`, `PodRequests` and `PodLimits`.
    ///
    /// ```
    /// use tidegate_workload::Workload;
    /// # fn object(text: &str) -> tidegate_object::Object {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
    /// # }
    ///
    /// let hub = Workload::from_object(&object(
    ///     "{apiVersion: apps/v1, kind: Deployment, metadata: {name: hub}, spec: {template: {spec: {
    ///       initContainers: [{name: migrate, image: hub, resources: {requests: {cpu: 1}}}],
    ///       containers: [{name: hub, image: hub, resources: {requests: {cpu: 250m}}},
    ///                    {name: proxy, image: proxy, resources: {limits: {cpu: 50m}}}]}}}}",
    /// )).map_err(|all| all[0].clone())?;
    /// // The migration runs before the others and asks for more than they do together, which is 300m.
    /// assert_eq!(hub.pod.resources().requests["cpu"].milli_value(), Some(1000));
    /// assert_eq!(hub.pod.resources().limits["cpu"].milli_value(), Some(50));
    /// # Ok::<(), tidegate_source::Diagnostic>(())
    /// ```
    #[must_use]
    pub fn resources(&self) -> Resources {
        let of = |pick: fn(&Resources) -> &ResourceList| {
            let sidecars = self.init_containers.iter().filter(|it| it.sidecar);
            let mut total = ResourceList::new();
            for container in self.containers.iter().chain(sidecars) {
                for (name, amount) in pick(&container.resources.value.defaulted()) {
                    let sum = total.get(name).map(|it| it + amount);
                    total.insert(name.clone(), sum.unwrap_or_else(|| amount.clone()));
                }
            }
            for container in self.init_containers.iter().filter(|it| !it.sidecar) {
                for (name, amount) in pick(&container.resources.value.defaulted()) {
                    if total.get(name).is_none_or(|it| it < amount) {
                        total.insert(name.clone(), amount.clone());
                    }
                }
            }
            if let Some(pod) = &self.resources {
                let own = pod.value.defaulted();
                total.extend(pick(&own).iter().map(|(name, it)| (name.clone(), it.clone())));
            }
            total
        };
        Resources { requests: of(|it| &it.requests), limits: of(|it| &it.limits) }
    }
}

/// A Deployment, StatefulSet or DaemonSet, as far as its rollouts are concerned.
///
/// ```
/// use tidegate_workload::{Workload, WorkloadKind};
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
///
/// let redis = Workload::from_object(&object(
///     "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: redis, namespace: tomoda},
///       spec: {template: {spec: {containers: [{name: redis, image: 'redis:7'}]}}}}",
/// )).map_err(|all| all[0].clone())?;
/// assert_eq!((redis.kind, redis.replicas.value), (WorkloadKind::StatefulSet, 1));
/// assert_eq!(redis.pod.containers[0].image.value, "redis:7");
/// # Ok::<(), tidegate_source::Diagnostic>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workload {
    /// Which object it is.
    pub identity: Identity,
    /// Where it was written.
    pub mark: Mark,
    /// Which controller runs it.
    pub kind: WorkloadKind,
    /// Pods wanted; for a DaemonSet 1, as if there were one node.
    pub replicas: Field<i32>,
    /// How pods are replaced.
    pub rolling: Rolling,
    /// How long a pod must have been ready to count as available.
    pub min_ready: Field<Seconds>,
    /// How long nothing may happen before a rollout counts as failed; `None` for ever.
    pub progress_deadline: Field<Option<Seconds>>,
    /// Whether rollouts rest.
    pub paused: Field<bool>,
    /// Old sets to keep.
    pub revision_history_limit: Field<i32>,
    /// Which pods belong to it.
    pub selector: Field<LabelSelector>,
    /// Its pods.
    pub pod: PodTemplate,
}

impl Workload {
    /// Returns whether this object is one of the workloads that are modelled.
    ///
    /// ```
    /// use tidegate_workload::Workload;
    /// # fn object(text: &str) -> tidegate_object::Object {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
    /// # }
    ///
    /// assert!(Workload::is_workload(&object("{apiVersion: apps/v1, kind: DaemonSet}")));
    /// assert!(!Workload::is_workload(&object("{apiVersion: batch/v1, kind: Job}")));
    /// // The kind of another group is another kind.
    /// assert!(!Workload::is_workload(&object("{apiVersion: example.com/v1, kind: Deployment}")));
    /// ```
    #[must_use]
    pub fn is_workload(object: &Object) -> bool {
        kind(object).is_some()
    }

    /// Reads a Deployment, StatefulSet or DaemonSet. What is not written takes the default of the API server.
    ///
    /// # Errors
    ///
    /// Every mistake that is found, with its place: `wrong-kind` for another object, `wrong-type`, `out-of-range`,
    /// `invalid-amount`, `invalid-quantity`, `invalid-probe`, `selector-mismatch`, `no-containers`.
    ///
    /// ```
    /// use tidegate_object::{Node, Object};
    /// use tidegate_workload::Workload;
    ///
    /// let service: Node = [("apiVersion", Node::from("v1")), ("kind", Node::from("Service"))]
    ///     .into_iter()
    ///     .collect::<tidegate_object::Map>()
    ///     .into();
    /// let errors = Workload::from_object(&Object::new(service)).unwrap_err();
    /// assert_eq!(errors[0].code, "wrong-kind");
    /// ```
    pub fn from_object(object: &Object) -> Result<Self, Vec<Diagnostic>> {
        let mut reader = Reader::new(object.kind(), object.name());
        let Some(kind) = kind(object) else {
            let message = format!(
                "{} is not a Deployment, StatefulSet or DaemonSet of apps/v1",
                object.kind()
            );
            reader.report(code::WRONG_KIND, object.mark(), message);
            return Err(reader.found);
        };
        let spec = object.at(&["spec"]).unwrap_or(&object.root);
        let seconds = |it: Field<i32>| it.map(|it| Seconds(i64::from(it)));
        let deadline = seconds(reader.count(spec, "progressDeadlineSeconds", 600));
        let deadline = deadline.map(|it| {
            Some(it).filter(|it| kind == WorkloadKind::Deployment && it.0 != i64::from(i32::MAX))
        });
        let selector = match Reader::present(spec, "selector") {
            Some(node) => Field::written(LabelSelector::read(node, &mut reader), node.mark),
            None => Field::default_in(LabelSelector::default(), spec.mark),
        };
        let workload = Self {
            identity: object.identity(),
            mark: object.mark(),
            kind,
            replicas: match kind {
                WorkloadKind::DaemonSet => Field::default_in(1, spec.mark),
                _ => reader.count(spec, "replicas", 1),
            },
            rolling: rolling(spec, kind, &mut reader),
            min_ready: seconds(reader.count(spec, "minReadySeconds", 0)),
            progress_deadline: deadline,
            paused: reader.bool(spec, "paused", false),
            revision_history_limit: reader.count(spec, "revisionHistoryLimit", 10),
            selector,
            pod: pod(spec.get("template").unwrap_or(spec), &mut reader),
        };
        if workload.selector.written && !workload.selector.value.matches(&workload.pod.labels) {
            let message = "the selector does not match the labels of the pod template".to_owned();
            reader.report(code::SELECTOR_MISMATCH, workload.selector.mark, message);
        }
        if workload.pod.containers.is_empty() {
            let message = "the pod template has no containers".to_owned();
            reader.report(code::NO_CONTAINERS, workload.pod.mark, message);
            // The API server asks for a selector: what has none, and no containers, is part of something.
            if !workload.selector.written {
                reader.help("a patch can't be judged by itself: check the overlay that applies it");
            }
        }
        if reader.found.is_empty() { Ok(workload) } else { Err(reader.found) }
    }

    /// Returns the part that the Deployment controller acts on.
    ///
    /// ```
    /// use tidegate_workload::Seconds;
    /// # fn hub(spec: &str) -> tidegate_workload::Workload {
    /// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
    /// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
    /// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
    /// # }
    ///
    /// let spec = hub("replicas: 4, minReadySeconds: 15").deployment_spec();
    /// assert_eq!((spec.replicas, spec.min_ready), (4, Seconds(15)));
    /// assert_eq!(spec.fenceposts().surge, 1);
    /// ```
    #[must_use]
    pub fn deployment_spec(&self) -> DeploymentSpec {
        DeploymentSpec {
            replicas: self.replicas.value,
            strategy: self.rolling.strategy(),
            min_ready: self.min_ready.value,
            progress_deadline: self.progress_deadline.value,
            paused: self.paused.value,
            revision_history_limit: Some(self.revision_history_limit.value),
        }
    }
}

fn kind(object: &Object) -> Option<WorkloadKind> {
    if object.group() != "apps" {
        return None;
    }
    Some(match object.kind() {
        "Deployment" => WorkloadKind::Deployment,
        "StatefulSet" => WorkloadKind::StatefulSet,
        "DaemonSet" => WorkloadKind::DaemonSet,
        _ => return None,
    })
}

fn rolling(spec: &Node, kind: WorkloadKind, reader: &mut Reader) -> Rolling {
    let key = if kind == WorkloadKind::Deployment { "strategy" } else { "updateStrategy" };
    let (surge, unavailable) = match kind {
        WorkloadKind::Deployment => (IntOrPercent::Percent(25), IntOrPercent::Percent(25)),
        _ => (IntOrPercent::Int(0), IntOrPercent::Int(1)),
    };
    let block = Reader::present(spec, key);
    let strategy = block.unwrap_or(spec);
    let (mut recreate, mut on_delete) = (false, false);
    match block.and_then(|it| reader.text(it, "type")) {
        Some("Recreate") if kind == WorkloadKind::Deployment => recreate = true,
        Some("OnDelete") if kind != WorkloadKind::Deployment => on_delete = true,
        None | Some("RollingUpdate") => {}
        Some(other) => {
            let message = format!("`{other}` is not an update strategy of this kind");
            reader.wrong(strategy.get("type").unwrap_or(strategy), &message);
        }
    }
    let numbered = kind == WorkloadKind::StatefulSet;
    let parallel =
        numbered && reader.text(spec, "podManagementPolicy").is_some_and(|it| it == "Parallel");
    let fields = block.and_then(|it| Reader::present(it, "rollingUpdate"));
    let missing = |value| Field::default_in(value, strategy.mark);
    let (max_surge, max_unavailable) = match fields {
        Some(fields) => (
            reader.amount(fields, "maxSurge", surge),
            reader.amount(fields, "maxUnavailable", unavailable),
        ),
        None => (missing(surge), missing(unavailable)),
    };
    let zero = |it: &Field<IntOrPercent>| it.written && it.value.number().0 == 0;
    if zero(&max_surge) && zero(&max_unavailable) && kind == WorkloadKind::Deployment {
        let message = "`maxSurge` and `maxUnavailable` are both 0: nothing may move".to_owned();
        reader.report(code::OUT_OF_RANGE, max_unavailable.mark, message);
        reader.help("let one of them be at least 1");
    }
    let partition = match fields.filter(|_| numbered) {
        Some(fields) => reader.count(fields, "partition", 0),
        None => Field::default_in(0, strategy.mark),
    };
    let mark = strategy.mark;
    Rolling { recreate, mark, max_surge, max_unavailable, on_delete, partition, parallel }
}

fn pod(template: &Node, reader: &mut Reader) -> PodTemplate {
    let spec = template.get("spec").unwrap_or(template);
    let labels = template
        .at(&["metadata", "labels"])
        .map(|it| labels::labels(it, reader))
        .unwrap_or_default();
    let containers = |key: &str, init: bool, reader: &mut Reader| -> Vec<Container> {
        let list = reader.list(spec, key);
        list.iter().map(|it| Container::read(it, init, reader)).collect()
    };
    let resources = Reader::present(spec, "resources").map(|_| reader.resources(spec));
    let gates = reader.list(spec, "readinessGates").iter();
    let readiness_gates =
        gates.filter_map(|it| it.get("conditionType")?.as_str().map(str::to_owned)).collect();
    let claimed = |it: &Node| {
        let name = it.at(&["persistentVolumeClaim", "claimName"])?;
        Some(Field::written(name.as_str()?.to_owned(), name.mark))
    };
    let claims = reader.list(spec, "volumes").iter().filter_map(claimed);
    PodTemplate {
        mark: template.mark,
        labels,
        containers: containers("containers", false, reader),
        init_containers: containers("initContainers", true, reader),
        termination_grace_period: reader
            .int(spec, "terminationGracePeriodSeconds", 30)
            .map(|it| Seconds(it.max(0))),
        readiness_gates,
        resources,
        claims: claims.collect(),
    }
}
