//! What the API server fills in: the form in which it keeps an object that was applied.

mod pod;

use tidegate_object::{Map, Node, Object, Text, Value};
use tidegate_source::Mark;

/// Returns the object with the fields that the API server would add on creation.
///
/// Known are the kinds of `apps`, `batch`, `autoscaling`, `policy`, `networking.k8s.io`, `rbac.authorization.k8s.io`
/// and of the core group that people write manifests of; another kind comes back unchanged. Source: the
/// `SetDefaults_*` functions of Kubernetes 1.33 (`pkg/apis/*/v1/defaults.go`). What a cluster would compute (cluster
/// addresses, node ports, service account tokens, storage classes) is not added. A field that is `null` counts as
/// missing. Secrets come back with `stringData` moved to `data`.
///
/// ```
/// use tidegate_object::{Map, Node, Object};
/// use tidegate_reconcile::with_defaults;
///
/// let root = Map::from_iter([
///     ("apiVersion", Node::from("apps/v1")),
///     ("kind", Node::from("Deployment")),
///     ("spec", Node::from(Map::from_iter([("replicas", Node::default())]))),
/// ]);
/// let live = with_defaults(&Object::new(Node::from(root)));
/// assert_eq!(live.at(&["spec", "replicas"]).and_then(Node::as_i64), Some(1));
/// assert_eq!(live.at(&["spec", "strategy", "type"]).and_then(Node::as_str), Some("RollingUpdate"));
/// ```
#[must_use]
pub fn with_defaults(object: &Object) -> Object {
    let mut filled = object.clone();
    let (group, kind) = (object.group().to_owned(), object.kind().to_owned());
    let name = object.name().to_owned();
    let Some(root) = filled.root.as_map_mut() else { return filled };
    match (group.as_str(), kind.as_str()) {
        ("apps", "Deployment") => deployment(root),
        ("apps", "StatefulSet") => stateful_set(root),
        ("apps", "DaemonSet") => daemon_set(root),
        ("apps", "ReplicaSet") => replica_set(root),
        ("batch", "Job") => below(root, "spec", job_spec),
        ("batch", "CronJob") => below(root, "spec", cron_job_spec),
        ("", "Pod") => below(root, "spec", pod::spec),
        ("", "PodTemplate") => below(root, "template", pod::template),
        ("", "Service") => below(root, "spec", service_spec),
        ("", "Secret") => secret(root),
        ("", "Namespace") => namespace(root, &name),
        ("", "PersistentVolumeClaim") => below(root, "spec", |spec| {
            default(spec, "volumeMode", "Filesystem");
        }),
        ("", "PersistentVolume") => below(root, "spec", |spec| {
            default(spec, "volumeMode", "Filesystem");
            default(spec, "persistentVolumeReclaimPolicy", "Retain");
        }),
        ("networking.k8s.io", "NetworkPolicy") => below(root, "spec", network_policy_spec),
        ("autoscaling", "HorizontalPodAutoscaler") => below(root, "spec", |spec| {
            default(spec, "minReplicas", 1);
        }),
        ("rbac.authorization.k8s.io", "RoleBinding" | "ClusterRoleBinding") => binding(root),
        ("storage.k8s.io", "StorageClass") => {
            default(root, "reclaimPolicy", "Delete");
            default(root, "volumeBindingMode", "Immediate");
        }
        ("apiextensions.k8s.io", "CustomResourceDefinition") => below(root, "spec", |spec| {
            inside(spec, "conversion", |it| default(it, "strategy", "None"));
        }),
        _ => {}
    }
    filled
}

/// Sets a field that is missing or `null`.
fn default(map: &mut Map, key: &'static str, value: impl Into<Default>) {
    if map.get(key).is_none_or(Node::is_null) {
        map.insert(Text::literal(key), value.into().0);
    }
}

/// A value to fill in.
struct Default(Node);

impl From<&'static str> for Default {
    fn from(text: &'static str) -> Self {
        Self(Node::new(Value::String(Text::literal(text)), Mark::NONE))
    }
}

impl From<i64> for Default {
    fn from(number: i64) -> Self {
        Self(Node::from(number))
    }
}

impl From<bool> for Default {
    fn from(it: bool) -> Self {
        Self(Node::from(it))
    }
}

impl From<Map> for Default {
    fn from(map: Map) -> Self {
        Self(Node::from(map))
    }
}

impl From<Node> for Default {
    fn from(node: Node) -> Self {
        Self(node)
    }
}

/// Works on a mapping where it is there.
fn below(map: &mut Map, key: &str, work: impl FnOnce(&mut Map)) {
    if let Some(inner) = map.get_mut(key).and_then(Node::as_map_mut) {
        work(inner);
    }
}

/// Works on a mapping, which is created where it is missing.
fn inside(map: &mut Map, key: &'static str, work: impl FnOnce(&mut Map)) {
    default(map, key, Map::new());
    below(map, key, work);
}

/// Works on each mapping of a list.
fn each(map: &mut Map, key: &str, mut work: impl FnMut(&mut Map)) {
    let items = map.get_mut(key).and_then(Node::as_list_mut);
    for item in items.into_iter().flatten().filter_map(Node::as_map_mut) {
        work(item);
    }
}

fn text<'m>(map: &'m Map, key: &str) -> &'m str {
    map.get(key).and_then(Node::as_str).unwrap_or("")
}

fn deployment(root: &mut Map) {
    below(root, "spec", |spec| {
        default(spec, "replicas", 1);
        inside(spec, "strategy", |strategy| {
            default(strategy, "type", "RollingUpdate");
            if text(strategy, "type") == "RollingUpdate" {
                inside(strategy, "rollingUpdate", |rolling| {
                    default(rolling, "maxUnavailable", "25%");
                    default(rolling, "maxSurge", "25%");
                });
            }
        });
        default(spec, "revisionHistoryLimit", 10);
        default(spec, "progressDeadlineSeconds", 600);
        below(spec, "template", pod::template);
    });
}

fn stateful_set(root: &mut Map) {
    below(root, "spec", |spec| {
        default(spec, "replicas", 1);
        default(spec, "podManagementPolicy", "OrderedReady");
        default(spec, "revisionHistoryLimit", 10);
        inside(spec, "updateStrategy", |strategy| {
            default(strategy, "type", "RollingUpdate");
            if text(strategy, "type") == "RollingUpdate" {
                inside(strategy, "rollingUpdate", |it| default(it, "partition", 0));
            }
        });
        inside(spec, "persistentVolumeClaimRetentionPolicy", |policy| {
            default(policy, "whenDeleted", "Retain");
            default(policy, "whenScaled", "Retain");
        });
        below(spec, "template", pod::template);
        each(spec, "volumeClaimTemplates", |claim| {
            default(claim, "apiVersion", "v1");
            default(claim, "kind", "PersistentVolumeClaim");
            below(claim, "spec", |spec| default(spec, "volumeMode", "Filesystem"));
        });
    });
}

fn daemon_set(root: &mut Map) {
    below(root, "spec", |spec| {
        default(spec, "revisionHistoryLimit", 10);
        inside(spec, "updateStrategy", |strategy| {
            default(strategy, "type", "RollingUpdate");
            if text(strategy, "type") == "RollingUpdate" {
                inside(strategy, "rollingUpdate", |rolling| {
                    default(rolling, "maxUnavailable", 1);
                    default(rolling, "maxSurge", 0);
                });
            }
        });
        below(spec, "template", pod::template);
    });
}

fn replica_set(root: &mut Map) {
    below(root, "spec", |spec| {
        default(spec, "replicas", 1);
        below(spec, "template", pod::template);
    });
}

fn job_spec(spec: &mut Map) {
    let bare = |spec: &Map, key: &str| spec.get(key).is_none_or(Node::is_null);
    if bare(spec, "completions") && bare(spec, "parallelism") {
        default(spec, "completions", 1);
    }
    default(spec, "parallelism", 1);
    default(spec, "completionMode", "NonIndexed");
    if text(spec, "completionMode") == "Indexed" && !bare(spec, "backoffLimitPerIndex") {
        default(spec, "backoffLimit", i64::from(i32::MAX));
    }
    default(spec, "backoffLimit", 6);
    default(spec, "suspend", false);
    default(spec, "manualSelector", false);
    let policy = if bare(spec, "podFailurePolicy") { "TerminatingOrFailed" } else { "Failed" };
    default(spec, "podReplacementPolicy", policy);
    below(spec, "template", pod::template);
}

fn cron_job_spec(spec: &mut Map) {
    default(spec, "concurrencyPolicy", "Allow");
    default(spec, "suspend", false);
    default(spec, "successfulJobsHistoryLimit", 3);
    default(spec, "failedJobsHistoryLimit", 1);
    below(spec, "jobTemplate", |template| {
        below(template, "spec", |job| below(job, "template", pod::template));
    });
}

fn service_spec(spec: &mut Map) {
    default(spec, "sessionAffinity", "None");
    default(spec, "type", "ClusterIP");
    if text(spec, "sessionAffinity") == "ClientIP" {
        inside(spec, "sessionAffinityConfig", |config| {
            inside(config, "clientIP", |it| default(it, "timeoutSeconds", 10_800));
        });
    }
    let outside = matches!(text(spec, "type"), "NodePort" | "LoadBalancer");
    if outside {
        default(spec, "externalTrafficPolicy", "Cluster");
    }
    if text(spec, "type") == "LoadBalancer" {
        default(spec, "allocateLoadBalancerNodePorts", true);
    }
    if text(spec, "type") != "ExternalName" {
        default(spec, "internalTrafficPolicy", "Cluster");
    }
    each(spec, "ports", |port| {
        default(port, "protocol", "TCP");
        let unset = match port.get("targetPort") {
            None => true,
            Some(it) => it.is_null() || it.as_i64() == Some(0) || it.as_str() == Some(""),
        };
        if let Some(number) = port.get("port").cloned().filter(|_| unset) {
            port.insert(Text::literal("targetPort"), number);
        }
    });
}

fn network_policy_spec(spec: &mut Map) {
    let egress = spec.get("egress").and_then(Node::as_list).is_some_and(|it| !it.is_empty());
    let types = if egress { &["Ingress", "Egress"][..] } else { &["Ingress"] };
    let empty = spec.get("policyTypes").and_then(Node::as_list).is_none_or(<[Node]>::is_empty);
    if empty {
        let types: Vec<Node> = types.iter().map(|it| Node::from(*it)).collect();
        spec.insert(Text::literal("policyTypes"), Node::from(types));
    }
    for direction in ["ingress", "egress"] {
        each(spec, direction, |rule| {
            each(rule, "ports", |port| default(port, "protocol", "TCP"));
        });
    }
}

fn namespace(root: &mut Map, name: &str) {
    inside(root, "metadata", |metadata| {
        inside(metadata, "labels", |labels| {
            default(labels, "kubernetes.io/metadata.name", Node::from(name));
        });
    });
    inside(root, "spec", |spec| {
        default(spec, "finalizers", Node::from(vec![Node::from("kubernetes")]));
    });
}

fn binding(root: &mut Map) {
    let rbac = "rbac.authorization.k8s.io";
    below(root, "roleRef", |role| default(role, "apiGroup", rbac));
    each(root, "subjects", |subject| {
        if matches!(text(subject, "kind"), "User" | "Group") {
            default(subject, "apiGroup", rbac);
        }
    });
}

fn secret(root: &mut Map) {
    default(root, "type", "Opaque");
    string_data(root);
}

/// Returns a Secret with its `stringData` moved to `data`, and any other object unchanged.
pub(crate) fn move_string_data(object: &Object) -> Object {
    let mut moved = object.clone();
    let secret = object.kind() == "Secret" && object.group().is_empty();
    if let Some(root) = moved.root.as_map_mut().filter(|_| secret) {
        string_data(root);
    }
    moved
}

/// `stringData` is write-only: its values reach `data` in Base64 and win there.
fn string_data(root: &mut Map) {
    let Some(texts) = root.remove("stringData").filter(|it| it.as_map().is_some()) else { return };
    inside(root, "data", |data| {
        for entry in texts.as_map().map(Map::entries).unwrap_or_default() {
            let text = entry.node.as_str().unwrap_or("");
            let node = Node::new(Value::String(base64(text.as_bytes()).into()), entry.node.mark);
            data.insert(entry.key.clone(), node);
        }
    });
}

/// Base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let group = chunk.iter().fold(0_u32, |acc, byte| acc << 8 | u32::from(*byte));
        let group = group << (8 * (3 - chunk.len()));
        for nth in 0..4 {
            let letter = LETTERS[(group >> (18 - 6 * nth) & 63) as usize];
            text.push(if nth <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_pads_to_groups_of_four() {
        for (plain, coded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("ö?~", "w7Y/fg==")]
        {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
