//! API versions that are gone, or on their way.

use tidegate_object::Object;
use tidegate_source::{Diagnostic, Label};

use crate::code::Code;
use crate::pods::shown;

/// An API version of some kinds, and the release of Kubernetes that no longer serves it.
struct Removed {
    /// `group/version`.
    version: &'static str,
    /// The kinds; all of the version where none is listed.
    kinds: &'static [&'static str],
    /// The first release without it.
    since: &'static str,
    /// What to write instead; empty where nothing took its place.
    instead: &'static str,
}

const fn removed(
    version: &'static str,
    kinds: &'static [&'static str],
    since: &'static str,
    instead: &'static str,
) -> Removed {
    Removed { version, kinds, since, instead }
}

/// Source: Kubernetes documentation, *Deprecated API Migration Guide*, "Removed APIs by release".
const REMOVED: [Removed; 29] = [
    removed("flowcontrol.apiserver.k8s.io/v1beta3", &[], "1.32", "flowcontrol.apiserver.k8s.io/v1"),
    removed("flowcontrol.apiserver.k8s.io/v1beta2", &[], "1.29", "flowcontrol.apiserver.k8s.io/v1"),
    removed("storage.k8s.io/v1beta1", &["CSIStorageCapacity"], "1.27", "storage.k8s.io/v1"),
    removed("flowcontrol.apiserver.k8s.io/v1beta1", &[], "1.26", "flowcontrol.apiserver.k8s.io/v1"),
    removed("autoscaling/v2beta2", &[], "1.26", "autoscaling/v2"),
    removed("batch/v1beta1", &["CronJob"], "1.25", "batch/v1"),
    removed("discovery.k8s.io/v1beta1", &["EndpointSlice"], "1.25", "discovery.k8s.io/v1"),
    removed("events.k8s.io/v1beta1", &["Event"], "1.25", "events.k8s.io/v1"),
    removed("autoscaling/v2beta1", &[], "1.25", "autoscaling/v2"),
    removed("policy/v1beta1", &["PodDisruptionBudget"], "1.25", "policy/v1"),
    removed("policy/v1beta1", &["PodSecurityPolicy"], "1.25", ""),
    removed("node.k8s.io/v1beta1", &["RuntimeClass"], "1.25", "node.k8s.io/v1"),
    removed(
        "admissionregistration.k8s.io/v1beta1",
        &["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"],
        "1.22",
        "admissionregistration.k8s.io/v1",
    ),
    removed("apiextensions.k8s.io/v1beta1", &[], "1.22", "apiextensions.k8s.io/v1"),
    removed("apiregistration.k8s.io/v1beta1", &[], "1.22", "apiregistration.k8s.io/v1"),
    removed("authentication.k8s.io/v1beta1", &["TokenReview"], "1.22", "authentication.k8s.io/v1"),
    removed("authorization.k8s.io/v1beta1", &[], "1.22", "authorization.k8s.io/v1"),
    removed(
        "certificates.k8s.io/v1beta1",
        &["CertificateSigningRequest"],
        "1.22",
        "certificates.k8s.io/v1",
    ),
    removed("coordination.k8s.io/v1beta1", &["Lease"], "1.22", "coordination.k8s.io/v1"),
    removed("extensions/v1beta1", &["Ingress"], "1.22", "networking.k8s.io/v1"),
    removed(
        "networking.k8s.io/v1beta1",
        &["Ingress", "IngressClass"],
        "1.22",
        "networking.k8s.io/v1",
    ),
    removed("rbac.authorization.k8s.io/v1beta1", &[], "1.22", "rbac.authorization.k8s.io/v1"),
    removed("scheduling.k8s.io/v1beta1", &["PriorityClass"], "1.22", "scheduling.k8s.io/v1"),
    removed(
        "storage.k8s.io/v1beta1",
        &["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"],
        "1.22",
        "storage.k8s.io/v1",
    ),
    removed("extensions/v1beta1", &["NetworkPolicy"], "1.16", "networking.k8s.io/v1"),
    removed("extensions/v1beta1", &["PodSecurityPolicy"], "1.16", ""),
    removed("extensions/v1beta1", &["Deployment", "DaemonSet", "ReplicaSet"], "1.16", "apps/v1"),
    removed("apps/v1beta1", &["Deployment", "StatefulSet", "ReplicaSet"], "1.16", "apps/v1"),
    removed(
        "apps/v1beta2",
        &["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"],
        "1.16",
        "apps/v1",
    ),
];

/// Kinds that are still served, and to go: kind of the core group, the release that deprecated it, and what to use.
const DEPRECATED: [(&str, &str, &str); 2] = [
    ("Endpoints", "1.33", "let EndpointSlice of discovery.k8s.io/v1 list the addresses"),
    ("ComponentStatus", "1.19", "ask the components' own health endpoints"),
];

pub(crate) fn look(object: &Object, found: &mut Vec<Diagnostic>) {
    let (version, kind) = (object.api_version(), object.kind());
    let mark = object.at(&["apiVersion"]).map_or(object.mark(), |it| it.mark);
    let gone = REMOVED
        .iter()
        .find(|it| it.version == version && (it.kinds.is_empty() || it.kinds.contains(&kind)));
    if let Some(gone) = gone {
        let message =
            format!("{}: Kubernetes {} and later don't serve {version}", shown(object), gone.since);
        let finding = Code::ApiRemoved.finding(message).at(Label::new(mark, ""));
        found.push(if gone.instead.is_empty() {
            finding.help("remove the object: nothing took its place under another version")
        } else {
            finding.help(format!("write {}, and adapt the fields that changed", gone.instead))
        });
    }
    let old = DEPRECATED.iter().find(|(name, ..)| version == "v1" && *name == kind);
    if let Some((_, since, instead)) = old {
        let message =
            format!("{}: {kind} of v1 is deprecated since Kubernetes {since}", shown(object));
        found.push(Code::ApiDeprecated.finding(message).at(Label::new(mark, "")).help(*instead));
    }
}
