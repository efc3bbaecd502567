//! What the change of a field brings about, by kind.

use tidegate_object::{Node, Object};

use super::Effect;
use crate::path::FieldPath;
use crate::read::text;

/// Fields of a kind that the API server lets nobody change; the names after `!` may change all the same.
const IMMUTABLE: [(&str, &[&str], &[&str]); 18] = [
    ("Deployment", &["spec", "selector"], &[]),
    ("DaemonSet", &["spec", "selector"], &[]),
    ("ReplicaSet", &["spec", "selector"], &[]),
    (
        "StatefulSet",
        &["spec"],
        &[
            "replicas",
            "ordinals",
            "template",
            "updateStrategy",
            "persistentVolumeClaimRetentionPolicy",
            "revisionHistoryLimit",
            "minReadySeconds",
        ],
    ),
    ("Job", &["spec", "selector"], &[]),
    ("Job", &["spec", "template"], &[]),
    ("Job", &["spec", "completionMode"], &[]),
    ("Job", &["spec", "podFailurePolicy"], &[]),
    ("Job", &["spec", "backoffLimitPerIndex"], &[]),
    ("Service", &["spec", "clusterIP"], &[]),
    ("PersistentVolumeClaim", &["spec"], &["resources", "volumeAttributesClassName"]),
    ("Secret", &["type"], &[]),
    ("RoleBinding", &["roleRef"], &[]),
    ("ClusterRoleBinding", &["roleRef"], &[]),
    ("StorageClass", &["provisioner"], &[]),
    ("StorageClass", &["parameters"], &[]),
    ("IngressClass", &["spec", "controller"], &[]),
    ("CustomResourceDefinition", &["spec", "scope"], &[]),
];

/// Fields of a pod's specification that may change while it runs.
const POD_MUTABLE: [&str; 4] =
    ["activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds", "schedulingGates"];

pub(super) fn effect(desired: &Object, live: &Object, path: &FieldPath) -> Effect {
    let kind = desired.kind();
    if !matches!(desired.group(), "" | "apps" | "batch" | "policy")
        && !desired.group().ends_with(".k8s.io")
    {
        return Effect::InPlace;
    }
    let below = |prefix: &[&str], except: &[&str]| {
        let next = path.steps().get(prefix.len()).and_then(|it| it.as_field()).unwrap_or("");
        path.is_below(prefix) && !except.contains(&next)
    };
    let frozen = IMMUTABLE.iter().any(|(of, prefix, except)| *of == kind && below(prefix, except))
        || kind == "Pod" && below(&["spec"], &POD_MUTABLE) && !pod_image(path)
        || matches!(kind, "ConfigMap" | "Secret")
            && live.at(&["immutable"]).and_then(Node::as_bool) == Some(true)
            && !path.is_below(&["metadata"]);
    if frozen {
        return Effect::Refused;
    }
    let template = match kind {
        "Deployment" => path.is_below(&["spec", "template"]),
        "StatefulSet" | "DaemonSet" => {
            let strategy = text(Some(&desired.root), &["spec", "updateStrategy", "type"]);
            path.is_below(&["spec", "template"]) && strategy != "OnDelete"
        }
        _ => false,
    };
    if template { Effect::RestartsPods } else { Effect::InPlace }
}

/// The image of a running container may change: the kubelet restarts it in its pod.
fn pod_image(path: &FieldPath) -> bool {
    let field = |nth: usize| path.steps().get(nth).and_then(|it| it.as_field());
    matches!(field(1), Some("containers" | "initContainers")) && field(3) == Some("image")
}
