use std::collections::BTreeMap;
use std::fmt;

use tidegate_object::{Map, Node, Value};

/// The label that the Deployment controller adds to a template to tell `ReplicaSets` apart.
///
/// Source: `k8s.io/api/apps/v1`, `DefaultDeploymentUniqueLabelKey`.
///
/// ```
/// use tidegate_rollback::TEMPLATE_HASH_LABEL;
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
///
/// let set = object("{kind: ReplicaSet, metadata: {name: hub-7d9f, labels: {app: hub, pod-template-hash: 7d9f}}}");
/// assert_eq!(set.label(TEMPLATE_HASH_LABEL), Some("7d9f"));
/// ```
pub const TEMPLATE_HASH_LABEL: &str = "pod-template-hash";

/// The annotations that stay the Deployment's own when a rollout is undone.
///
/// Source: kubectl `pkg/polymorphichelpers/rollback.go`, `annotationsToSkip`.
///
/// ```
/// use std::collections::BTreeMap;
/// use tidegate_rollback::{KEPT_ANNOTATIONS, undo_annotations};
///
/// let all: BTreeMap<String, String> =
///     KEPT_ANNOTATIONS.iter().map(|it| (it.to_string(), "of the set".into())).collect();
/// // None of them goes back with the set that is used again.
/// assert!(undo_annotations(&BTreeMap::new(), &all).is_empty());
/// ```
pub const KEPT_ANNOTATIONS: [&str; 6] = [
    "kubectl.kubernetes.io/last-applied-configuration",
    "deployment.kubernetes.io/revision",
    "deployment.kubernetes.io/revision-history",
    "deployment.kubernetes.io/desired-replicas",
    "deployment.kubernetes.io/max-replicas",
    "deprecated.deployment.rollback.to",
];

/// How the template of the revision to go back to compares with the Deployment's present one.
///
/// ```
/// use tidegate_rollback::{TemplateDifference, template_difference};
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
///
/// let pod = |labels| object(&format!("{{metadata: {{labels: {labels}}}}}")).root;
/// let hashed = pod("{app: hub, pod-template-hash: 7d9f}");
/// assert_eq!(template_difference(&hashed, &pod("{app: hub}")), TemplateDifference::OnlyHashLabel);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum TemplateDifference {
    /// Equal.
    None,
    /// Equal but for the label [`TEMPLATE_HASH_LABEL`], which does not count.
    OnlyHashLabel,
    /// Different in what runs.
    Different,
}

/// Compares two pod templates as `kubectl rollout undo` does before it patches.
///
/// Values are compared as they stand; a template read from a cluster has its defaults filled in on both sides.
///
/// ```
/// use tidegate_rollback::{TemplateDifference, template_difference};
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
///
/// let pod = |image| object(&format!("{{spec: {{containers: [{{image: {image}}}]}}}}")).root;
/// assert_eq!(template_difference(&pod("a"), &pod("a")), TemplateDifference::None);
/// assert_eq!(template_difference(&pod("a"), &pod("b")), TemplateDifference::Different);
/// ```
#[must_use]
pub fn template_difference(one: &Node, other: &Node) -> TemplateDifference {
    if one == other {
        TemplateDifference::None
    } else if without_hash(one) == without_hash(other) {
        TemplateDifference::OnlyHashLabel
    } else {
        TemplateDifference::Different
    }
}

/// Returns a template without the hash label; labels that become empty go with it.
fn without_hash(template: &Node) -> Node {
    let mut template = template.clone();
    if let Some(metadata) = template.at_mut(&["metadata"]).and_then(Node::as_map_mut) {
        let emptied = metadata.get_mut("labels").and_then(Node::as_map_mut).is_some_and(|labels| {
            labels.remove(TEMPLATE_HASH_LABEL);
            labels.is_empty()
        });
        if emptied {
            metadata.remove("labels");
        }
    }
    template
}

/// What `kubectl rollout undo` did. `Display` is its own text.
///
/// ```
/// use tidegate_rollback::Undone;
///
/// assert_eq!(Undone::RolledBack.to_string(), "rolled back");
/// assert_eq!(
///     Undone::Skipped(3).to_string(),
///     "skipped rollback (current template already matches revision 3)",
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Undone {
    /// The Deployment was patched.
    RolledBack,
    /// Nothing was changed: the template is already that of the revision. The number is the one that was asked for,
    /// which is 0 when none was.
    Skipped(i64),
}

impl fmt::Display for Undone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RolledBack => f.write_str("rolled back"),
            Self::Skipped(revision) => {
                write!(f, "skipped rollback (current template already matches revision {revision})")
            }
        }
    }
}

/// A paused Deployment can't be rolled back. `Display` is kubectl's own text.
///
/// ```
/// use tidegate_rollback::{Paused, TemplateDifference, undo_outcome};
///
/// let error: Paused = undo_outcome(true, TemplateDifference::Different, 3).unwrap_err();
/// assert!(error.to_string().contains("paused"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Paused;

impl fmt::Display for Paused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again",
        )
    }
}

impl std::error::Error for Paused {}

/// Answers what `kubectl rollout undo` does once a revision is chosen.
///
/// Source: kubectl `pkg/polymorphichelpers/rollback.go`, `DeploymentRollbacker.Rollback`.
///
/// # Errors
///
/// [`Paused`] when `spec.paused` is true, whatever the templates are.
///
/// # Examples
///
/// ```
/// use tidegate_rollback::{Paused, TemplateDifference, Undone, undo_outcome};
///
/// assert_eq!(undo_outcome(false, TemplateDifference::Different, 2), Ok(Undone::RolledBack));
/// assert_eq!(undo_outcome(false, TemplateDifference::OnlyHashLabel, 2), Ok(Undone::Skipped(2)));
/// assert_eq!(undo_outcome(true, TemplateDifference::Different, 2), Err(Paused));
/// ```
pub const fn undo_outcome(
    paused: bool,
    difference: TemplateDifference,
    to_revision: i64,
) -> Result<Undone, Paused> {
    match (paused, difference) {
        (true, _) => Err(Paused),
        (false, TemplateDifference::Different) => Ok(Undone::RolledBack),
        (false, _) => Ok(Undone::Skipped(to_revision)),
    }
}

/// Returns the Deployment's annotations after a rollout was undone: the chosen `ReplicaSet`'s, but those of
/// [`KEPT_ANNOTATIONS`] stay what they are on the Deployment.
///
/// Source: kubectl `pkg/polymorphichelpers/rollback.go`, `DeploymentRollbacker.Rollback`.
///
/// ```
/// use std::collections::BTreeMap;
/// use tidegate_rollback::undo_annotations;
///
/// let deployment = BTreeMap::from([
///     ("deployment.kubernetes.io/revision".to_owned(), "7".to_owned()),
///     ("owner".to_owned(), "today".to_owned()),
/// ]);
/// let set = BTreeMap::from([
///     ("deployment.kubernetes.io/revision".to_owned(), "5".to_owned()),
///     ("owner".to_owned(), "yesterday".to_owned()),
/// ]);
/// let after = undo_annotations(&deployment, &set);
/// assert_eq!(after["deployment.kubernetes.io/revision"], "7");
/// assert_eq!(after["owner"], "yesterday");
/// ```
#[must_use]
pub fn undo_annotations(
    deployment: &BTreeMap<String, String>,
    replica_set: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let kept = |key: &str| KEPT_ANNOTATIONS.contains(&key);
    let own = deployment.iter().filter(|(key, _)| kept(key));
    let taken = replica_set.iter().filter(|(key, _)| !kept(key));
    own.chain(taken).map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// An operation of a JSON patch (RFC 6902).
///
/// ```
/// use std::collections::BTreeMap;
/// use tidegate_rollback::undo_patch;
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
///
/// let template = object("{metadata: {labels: {app: hub, pod-template-hash: 7d9f}}}").root;
/// let template = &undo_patch(&template, &BTreeMap::new())[0];
/// assert_eq!((template.op, template.path), ("replace", "/spec/template"));
/// assert!(template.value.at(&["metadata", "labels", "pod-template-hash"]).is_none());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct PatchOperation {
    /// What is done; undo only replaces.
    pub op: &'static str,
    /// Where, as a JSON pointer.
    pub path: &'static str,
    /// The new value.
    pub value: Node,
}

/// Returns the JSON patch that `kubectl rollout undo` sends to the API server for a Deployment: the template of the
/// chosen revision without its hash label, and the annotations of [`undo_annotations`]. Replicas are not touched.
///
/// Source: kubectl `pkg/polymorphichelpers/rollback.go`, `getDeploymentPatch`.
///
/// ```
/// use std::collections::BTreeMap;
/// use tidegate_object::{Map, Node};
/// use tidegate_rollback::undo_patch;
///
/// let patch = undo_patch(&Node::from(Map::new()), &BTreeMap::new());
/// assert_eq!(patch[0].path, "/spec/template");
/// assert_eq!(patch[1].path, "/metadata/annotations");
/// ```
#[must_use]
pub fn undo_patch(template: &Node, annotations: &BTreeMap<String, String>) -> [PatchOperation; 2] {
    let annotations: Map =
        annotations.iter().map(|(key, value)| (key.as_str(), Node::from(value.as_str()))).collect();
    let mut template = template.clone();
    if let Some(labels) = template.at_mut(&["metadata", "labels"])
        && let Value::Map(labels) = &mut labels.value
    {
        labels.remove(TEMPLATE_HASH_LABEL);
    }
    [
        PatchOperation { op: "replace", path: "/spec/template", value: template },
        PatchOperation {
            op: "replace",
            path: "/metadata/annotations",
            value: Node::from(annotations),
        },
    ]
}
