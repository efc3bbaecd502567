//! Autoscalers, and the workloads that they scale.

use tidegate_object::{Identity, Node, Object};
use tidegate_source::{Diagnostic, Label, Mark};
use tidegate_workload::{Field, Workload};

use crate::code::Code;
use crate::pods::{self, Pods, namespace, present, text};
use crate::resources;

/// A `HorizontalPodAutoscaler`, as far as replicas are concerned.
///
/// Source: Kubernetes `autoscaling/v2`, `HorizontalPodAutoscalerSpec`; `autoscaling/v1` has the same fields.
///
/// ```
/// use tidegate_audit::Autoscaler;
/// use tidegate_object::manifests;
/// use tidegate_source::Sources;
///
/// let text = "\
/// apiVersion: autoscaling/v2
/// kind: HorizontalPodAutoscaler
/// metadata: {name: web}
/// spec:
///   scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
///   minReplicas: 3
///   maxReplicas: 9
/// ";
/// let source = Sources::new().add("hpa.yaml", text);
/// let objects = manifests(text.into(), source).expect("no mistake");
/// let scaler = Autoscaler::from_object(&objects[0]).expect("an autoscaler");
/// assert_eq!((scaler.target_name.as_str(), scaler.min.value, scaler.max), ("web", 3, Some(9)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Autoscaler {
    /// Which object it is.
    pub identity: Identity,
    /// Kind of what it scales.
    pub target_kind: String,
    /// Name of what it scales.
    pub target_name: String,
    /// Where the target was written.
    pub target_mark: Mark,
    /// The fewest replicas that it wants; 1 by default.
    pub min: Field<i32>,
    /// The most replicas that it wants.
    pub max: Option<i32>,
}

impl Autoscaler {
    /// Reads an autoscaler; `None` for another object. What does not fit its type counts as not written.
    ///
    /// ```
    /// use tidegate_audit::Autoscaler;
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let all = objects(
    ///     "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: hub},
    ///       spec: {scaleTargetRef: {kind: Deployment, name: hub}, maxReplicas: many}}
    /// ---
    /// {apiVersion: apps/v1, kind: Deployment, metadata: {name: hub}}",
    /// );
    /// let scaler = Autoscaler::from_object(&all[0]).expect("an autoscaler");
    /// assert_eq!((scaler.min.value, scaler.min.written, scaler.max), (1, false, None));
    /// assert_eq!(Autoscaler::from_object(&all[1]), None);
    /// ```
    #[must_use]
    pub fn from_object(object: &Object) -> Option<Self> {
        if object.group() != "autoscaling" || object.kind() != "HorizontalPodAutoscaler" {
            return None;
        }
        let spec = object.at(&["spec"])?;
        let target = spec.get("scaleTargetRef")?;
        let number = |key: &str| {
            let node = present(spec, key)?;
            Some((i32::try_from(node.as_i64()?).ok()?, node.mark))
        };
        let min = match number("minReplicas") {
            Some((min, mark)) => Field::written(min, mark),
            None => Field::default_in(1, spec.mark),
        };
        Some(Self {
            identity: object.identity(),
            target_kind: text(target, "kind").unwrap_or("").to_owned(),
            target_name: text(target, "name").unwrap_or("").to_owned(),
            target_mark: present(target, "name").map_or(target.mark, |it| it.mark),
            min,
            max: number("maxReplicas").map(|it| it.0),
        })
    }

    /// Returns whether it scales an object of this kind and name in its own namespace.
    ///
    /// ```
    /// use tidegate_audit::Autoscaler;
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let all = objects(
    ///     "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: hub, namespace: default},
    ///       spec: {scaleTargetRef: {kind: Deployment, name: hub}, maxReplicas: 4}}
    /// ---
    /// {apiVersion: apps/v1, kind: Deployment, metadata: {name: hub}}
    /// ---
    /// {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: hub}}",
    /// );
    /// let scaler = Autoscaler::from_object(&all[0]).expect("an autoscaler");
    /// assert!(scaler.scales(&all[1].identity()));
    /// assert!(!scaler.scales(&all[2].identity()));
    /// ```
    #[must_use]
    pub fn scales(&self, object: &Identity) -> bool {
        let here = |it: &Identity| {
            if it.namespace.is_empty() { "default".to_owned() } else { it.namespace.clone() }
        };
        self.target_kind == object.kind
            && self.target_name == object.name
            && here(&self.identity) == here(object)
    }

    /// Gives a workload the fewest replicas that it may be scaled to: what holds for them is the worst case.
    ///
    /// ```
    /// # use tidegate_audit::Autoscaler;
    /// # use tidegate_object::manifests;
    /// # use tidegate_source::Sources;
    /// use tidegate_workload::Workload;
    ///
    /// let text = "\
    /// {apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler, metadata: {name: web},
    ///  spec: {scaleTargetRef: {kind: Deployment, name: web}, minReplicas: 3}}
    /// ---
    /// {apiVersion: apps/v1, kind: Deployment, metadata: {name: web},
    ///  spec: {template: {spec: {containers: [{name: web, image: 'web:1'}]}}}}
    /// ";
    /// let objects = manifests(text.into(), Sources::new().add("web.yaml", text)).expect("no mistake");
    /// let scaler = Autoscaler::from_object(&objects[0]).expect("an autoscaler");
    /// let mut web = Workload::from_object(&objects[1]).expect("a workload");
    /// scaler.scale(&mut web);
    /// assert_eq!(web.replicas.value, 3);
    /// ```
    pub fn scale(&self, workload: &mut Workload) {
        // An autoscaler does not touch a workload that is scaled to nothing.
        if self.scales(&workload.identity) && workload.replicas.value > 0 {
            workload.replicas = self.min.clone();
        }
    }
}

pub(crate) fn look(objects: &[Object], all: &[Pods<'_>], found: &mut Vec<Diagnostic>) {
    for object in objects {
        let Some(scaler) = Autoscaler::from_object(object) else { continue };
        let name = &scaler.identity.name;
        if let Some(max) = scaler.max.filter(|it| *it < scaler.min.value) {
            let message = format!(
                "autoscaler `{name}` wants at least {} replicas and at most {max}",
                scaler.min.value
            );
            found.push(Code::AutoscalerRange.finding(message).at(Label::new(scaler.min.mark, "")));
        }
        let target = objects.iter().find(|it| scaler.scales(&it.identity()));
        if target.is_none() {
            let message = format!(
                "autoscaler `{name}` is for {} `{}`, which is not among these manifests",
                scaler.target_kind, scaler.target_name
            );
            let mut finding = Code::AutoscalerWithoutTarget
                .finding(message)
                .at(Label::new(scaler.target_mark, ""));
            let kin = all.iter().filter(|it| {
                it.is(&scaler.target_kind) && namespace(it.object) == namespace(object)
            });
            if let Some(near) =
                tidegate_source::nearest(&scaler.target_name, kin.map(|it| it.object.name()))
            {
                finding = finding.help(format!("there is a {} `{near}`", scaler.target_kind));
            }
            found.push(finding);
        }
        for pods in all.iter().filter(|it| scaler.scales(&it.object.identity())) {
            found.extend(fights(&scaler, pods));
            found.extend(unmeasured(&scaler, object, pods));
        }
    }
}

/// Source: Kubernetes documentation, *Horizontal Pod Autoscaling*, section on
/// migrating to horizontal autoscaling: take `spec.replicas` out of the manifest.
fn fights(scaler: &Autoscaler, pods: &Pods<'_>) -> Option<Diagnostic> {
    let replicas = pods.replicas()?;
    let number = replicas.as_i64().filter(|it| *it > 0)?;
    let counted = if number == 1 { "replica" } else { "replicas" };
    let message = format!(
        "{} has {number} {counted} by its manifest, and as many as autoscaler `{}` wants: each apply sets them back",
        pods.shown(),
        scaler.identity.name
    );
    let finding = Code::AutoscalerFightsReplicas
        .finding(message)
        .at(Label::new(replicas.mark, ""))
        .at(Label::new(scaler.target_mark, "the autoscaler"));
    Some(finding.help("take `replicas` out of the manifest"))
}

/// Source: Kubernetes `pkg/controller/podautoscaler/metrics/utilization.go` and `replica_calculator.go`,
/// `calculatePodRequests`: "missing request for cpu in container".
fn unmeasured(scaler: &Autoscaler, object: &Object, pods: &Pods<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (resource, only, mark) in shares(object) {
        let lacking: Vec<_> = pods
            .containers()
            .filter(|it| it.role != pods::Role::Init)
            .filter(|it| only.is_none_or(|name| name == it.name()))
            .filter(|it| !resources::requests(pods, *it, resource))
            .collect();
        let Some(first) = lacking.first() else { continue };
        let message = format!(
            "autoscaler `{}` measures the share of the {resource} that is requested, and container `{}` of {} \
             requests none: it never scales",
            scaler.identity.name,
            first.name(),
            pods.shown()
        );
        let finding = Code::AutoscalerWithoutRequest.finding(message).at(Label::new(mark, ""));
        let finding = lacking
            .iter()
            .fold(finding, |finding, it| finding.at(Label::new(it.mark(), "no request")));
        found.push(finding.help(format!("state resources.requests.{resource} in every container")));
    }
    found
}

/// The resources whose utilization is measured, the container where it is one alone, and where that is said.
fn shares(object: &Object) -> Vec<(&str, Option<&str>, Mark)> {
    let Some(spec) = object.at(&["spec"]) else { return Vec::new() };
    let mut shares = Vec::new();
    if let Some(cpu) = present(spec, "targetCPUUtilizationPercentage") {
        shares.push(("cpu", None, cpu.mark));
    }
    for metric in pods::list(spec, "metrics") {
        let block = match text(metric, "type") {
            Some("Resource") => metric.get("resource"),
            Some("ContainerResource") => metric.get("containerResource"),
            _ => None,
        };
        let Some(block) = block else { continue };
        let share = block.at(&["target", "type"]).and_then(Node::as_str) == Some("Utilization");
        if let Some(name) = text(block, "name").filter(|_| share) {
            shares.push((name, text(block, "container"), block.mark));
        }
    }
    shares
}
