use std::collections::BTreeMap;

use tidegate_object::{Identity, Object};
use tidegate_source::{Diagnostic, Mark};

use super::field::Field;
use super::read::Reader;
use crate::code;
use crate::quantity::Quantity;
use crate::resources::ResourceList;

/// A ResourceQuota: what all pods of a namespace together may ask for.
///
/// Source: `k8s.io/api/core/v1`, type `ResourceQuotaSpec`.
///
/// ```
/// use tidegate_workload::{Quantity, Quota};
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
///
/// let mut quota = Quota::from_object(&object(
///     "{apiVersion: v1, kind: ResourceQuota, metadata: {name: all, namespace: tomoda}, spec: {hard: {pods: '10'}}}",
/// )).map_err(|all| all[0].clone())?;
/// quota.used_by_others.insert("pods".into(), "7".parse().expect("an amount"));
/// assert_eq!(quota.hard["pods"].value.value(), Some(10));
/// # Ok::<(), tidegate_source::Diagnostic>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Which object it is.
    pub identity: Identity,
    /// Where it was written.
    pub mark: Mark,
    /// The bounds: `pods`, `requests.cpu` (also written `cpu`), `limits.memory`, …
    pub hard: BTreeMap<String, Field<Quantity>>,
    /// What the namespace's other pods use of them; where nothing is said, nothing.
    pub used_by_others: ResourceList,
}

impl Quota {
    /// Reads a ResourceQuota. A quota with scopes is read as if it applied to every pod.
    ///
    /// ```
    /// use tidegate_workload::Quota;
    /// # fn object(text: &str) -> tidegate_object::Object {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
    /// # }
    ///
    /// let wrong = object(
    ///     "{apiVersion: v1, kind: ResourceQuota, metadata: {name: all}, spec: {hard: {requests.cpu: four, pods: ten}}}",
    /// );
    /// // Every mistake is told, not the first alone.
    /// assert_eq!(Quota::from_object(&wrong).unwrap_err().len(), 2);
    /// ```
    ///
    /// # Errors
    ///
    /// Every mistake that is found: `wrong-kind` for another object, `wrong-type`, `invalid-quantity`.
    pub fn from_object(object: &Object) -> Result<Self, Vec<Diagnostic>> {
        let mut reader = Reader::new(object.kind(), object.name());
        if object.kind() != "ResourceQuota" || !object.group().is_empty() {
            let message = format!("{} is not a ResourceQuota", object.kind());
            reader.report(code::WRONG_KIND, object.mark(), message);
            return Err(reader.found);
        }
        let mut hard = BTreeMap::new();
        let bounds = object.at(&["spec", "hard"]).and_then(|it| it.as_map());
        for (name, amount) in bounds.into_iter().flat_map(tidegate_object::Map::iter) {
            if let Some(quantity) = reader.quantity(amount, name) {
                hard.insert(name.to_owned(), Field::written(quantity, amount.mark));
            }
        }
        if !reader.found.is_empty() {
            return Err(reader.found);
        }
        let used_by_others = ResourceList::new();
        Ok(Self { identity: object.identity(), mark: object.mark(), hard, used_by_others })
    }
}

/// What a limit applies to.
///
/// ```
/// use tidegate_workload::{LimitRange, LimitedKind};
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
///
/// let limits = LimitRange::from_object(&object(
///     "{apiVersion: v1, kind: LimitRange, metadata: {name: limits},
///       spec: {limits: [{type: Pod, max: {cpu: 2}}, {type: PersistentVolumeClaim, max: {storage: 1Gi}}]}}",
/// )).map_err(|all| all[0].clone())?;
/// let kinds: Vec<LimitedKind> = limits.limits.iter().map(|it| it.kind).collect();
/// assert_eq!(kinds, [LimitedKind::Pod, LimitedKind::Other]);
/// # Ok::<(), tidegate_source::Diagnostic>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LimitedKind {
    /// Each container.
    Container,
    /// Each pod: the sum of its containers.
    Pod,
    /// Something else, which does not concern pods.
    Other,
}

/// One entry of a LimitRange.
///
/// ```
/// use tidegate_workload::{LimitRange, Quantity};
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
///
/// let limits = LimitRange::from_object(&object(
///     "{apiVersion: v1, kind: LimitRange, metadata: {name: limits},
///       spec: {limits: [{type: Container, max: {memory: 512Mi}, defaultRequest: {cpu: 100m}}]}}",
/// )).map_err(|all| all[0].clone())?;
/// let item = &limits.limits[0];
/// assert_eq!(item.max["memory"].value(), Some(512 << 20));
/// assert_eq!(item.default_request["cpu"].milli_value(), Some(100));
/// # Ok::<(), tidegate_source::Diagnostic>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitItem {
    /// What it applies to.
    pub kind: LimitedKind,
    /// Where it was written.
    pub mark: Mark,
    /// The least that may be asked for.
    pub min: ResourceList,
    /// The most that may be used.
    pub max: ResourceList,
    /// The limit of a container that has none.
    pub default: ResourceList,
    /// The request of a container that has none.
    pub default_request: ResourceList,
    /// How many times its request a limit may be.
    pub max_limit_request_ratio: ResourceList,
}

/// A LimitRange: what a single container or pod may ask for, and what it asks for by default.
///
/// Source: `k8s.io/api/core/v1`, type `LimitRangeSpec`.
///
/// ```
/// use tidegate_workload::{Context, Finish, Interval, LimitRange, Rule, prove};
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let limits = object(
///     "{apiVersion: v1, kind: LimitRange, metadata: {name: limits, namespace: tomoda},
///       spec: {limits: [{type: Container, min: {cpu: 100m}}]}}",
/// );
/// let limits = LimitRange::from_object(&limits).map_err(|all| all[0].clone())?;
/// let context = Context { limit_ranges: vec![limits], ..Context::default() };
/// // The hub asks for no CPU at all: no pod of it is ever admitted.
/// let Finish::Not(counterexample) = prove(&hub("replicas: 2"), &[], &context).finishes else {
///     panic!("no pod is admitted")
/// };
/// assert_eq!(counterexample.rule, Rule::LimitRange);
/// # Ok::<(), tidegate_source::Diagnostic>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitRange {
    /// Which object it is.
    pub identity: Identity,
    /// Where it was written.
    pub mark: Mark,
    /// Its entries.
    pub limits: Vec<LimitItem>,
}

impl LimitRange {
    /// Reads a LimitRange.
    ///
    /// ```
    /// use tidegate_workload::LimitRange;
    /// # fn object(text: &str) -> tidegate_object::Object {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
    /// # }
    ///
    /// let wrong = object(
    ///     "{apiVersion: v1, kind: LimitRange, metadata: {name: limits},
    ///       spec: {limits: [{type: Container, max: {memory: 1 Gi}}]}}",
    /// );
    /// assert_eq!(LimitRange::from_object(&wrong).unwrap_err()[0].code, "invalid-quantity");
    /// ```
    ///
    /// # Errors
    ///
    /// Every mistake that is found: `wrong-kind` for another object, `wrong-type`, `invalid-quantity`.
    pub fn from_object(object: &Object) -> Result<Self, Vec<Diagnostic>> {
        let mut reader = Reader::new(object.kind(), object.name());
        if object.kind() != "LimitRange" || !object.group().is_empty() {
            let message = format!("{} is not a LimitRange", object.kind());
            reader.report(code::WRONG_KIND, object.mark(), message);
            return Err(reader.found);
        }
        let spec = object.at(&["spec"]).unwrap_or(&object.root);
        let mut limits = Vec::new();
        for item in reader.list(spec, "limits") {
            let kind = match reader.text(item, "type") {
                Some("Container") => LimitedKind::Container,
                Some("Pod") => LimitedKind::Pod,
                _ => LimitedKind::Other,
            };
            limits.push(LimitItem {
                kind,
                mark: item.mark,
                min: reader.quantities(item, "min"),
                max: reader.quantities(item, "max"),
                default: reader.quantities(item, "default"),
                default_request: reader.quantities(item, "defaultRequest"),
                max_limit_request_ratio: reader.quantities(item, "maxLimitRequestRatio"),
            });
        }
        if !reader.found.is_empty() {
            return Err(reader.found);
        }
        Ok(Self { identity: object.identity(), mark: object.mark(), limits })
    }
}
