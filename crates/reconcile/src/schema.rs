//! What the API knows about the fields of its own kinds: which lists have keys, which texts are quantities, where an
//! empty value says something.

use tidegate_object::{Node, Number, Object, Value};
use tidegate_workload::Quantity;

use crate::path::Step;

/// How the elements of a list are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListKind {
    /// By the values of these fields.
    Keyed(&'static [&'static str]),
    /// By their own value.
    Set,
    /// Not at all: the list is one value.
    Atomic,
}

/// The schema of one object's kind.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    /// The kind belongs to Kubernetes itself; nothing is known about the fields of others.
    built_in: bool,
    kind: String,
    group: String,
}

/// API groups of Kubernetes itself that have no dot; with the core group and `*.k8s.io` these are its kinds.
const BUILT_IN: [&str; 6] = ["", "apps", "batch", "autoscaling", "policy", "extensions"];

/// Mappings whose keys are the user's: each key is a field of its own, and an empty one is none.
const OPEN: [&str; 14] = [
    "labels",
    "annotations",
    "matchLabels",
    "nodeSelector",
    "data",
    "binaryData",
    "stringData",
    "limits",
    "requests",
    "hard",
    "parameters",
    "capacity",
    "overhead",
    "options",
];

/// Optional fields whose zero differs from a missing value: the API keeps them by pointer.
const POINTERS: [&str; 49] = [
    "activeDeadlineSeconds",
    "allowPrivilegeEscalation",
    "allowVolumeExpansion",
    "automountServiceAccountToken",
    "averageUtilization",
    "backoffLimit",
    "backoffLimitPerIndex",
    "blockOwnerDeletion",
    "completions",
    "controller",
    "defaultMode",
    "emptyDir",
    "enableServiceLinks",
    "expirationSeconds",
    "exec",
    "failedJobsHistoryLimit",
    "fsGroup",
    "hostUsers",
    "immutable",
    "ingressClassName",
    "manualSelector",
    "maxSurge",
    "maxUnavailable",
    "minAvailable",
    "minReplicas",
    "mode",
    "namespaceSelector",
    "optional",
    "parallelism",
    "partition",
    "podSelector",
    "privileged",
    "progressDeadlineSeconds",
    "publishNotReadyAddresses",
    "readOnlyRootFilesystem",
    "replicas",
    "revisionHistoryLimit",
    "runAsGroup",
    "runAsNonRoot",
    "runAsUser",
    "selector",
    "setHostnameAsFQDN",
    "shareProcessNamespace",
    "storageClassName",
    "successfulJobsHistoryLimit",
    "suspend",
    "terminationGracePeriodSeconds",
    "tolerationSeconds",
    "ttlSecondsAfterFinished",
];

impl Schema {
    pub(crate) fn of(object: &Object) -> Self {
        let group = object.group();
        let built_in = BUILT_IN.contains(&group) || group.ends_with(".k8s.io");
        Self { built_in, kind: object.kind().to_owned(), group: group.to_owned() }
    }

    pub(crate) const fn built_in(&self) -> bool {
        self.built_in
    }

    /// Returns how the elements of the list at a path are told apart (`+listMapKey`, `+listType` of the API types).
    pub(crate) fn list(&self, path: &[Step]) -> ListKind {
        let mut fields = path.iter().rev().filter_map(Step::as_field);
        let field = fields.next().unwrap_or("");
        let parent = fields.next().unwrap_or("");
        match field {
            "ownerReferences" if parent == "metadata" => return ListKind::Keyed(&["uid"]),
            "finalizers" if parent == "metadata" => return ListKind::Set,
            _ if !self.built_in => return ListKind::Atomic,
            _ => {}
        }
        match (field, parent) {
            ("ports", "containers" | "initContainers" | "ephemeralContainers") => {
                ListKind::Keyed(&["containerPort", "protocol"])
            }
            ("ports", "spec") if self.kind == "Service" => ListKind::Keyed(&["port", "protocol"]),
            (
                "containers"
                | "initContainers"
                | "ephemeralContainers"
                | "env"
                | "volumes"
                | "imagePullSecrets"
                | "resourceClaims"
                | "schedulingGates"
                | "webhooks",
                _,
            ) => ListKind::Keyed(&["name"]),
            ("secrets", _) if self.kind == "ServiceAccount" => ListKind::Keyed(&["name"]),
            ("volumeMounts", _) => ListKind::Keyed(&["mountPath"]),
            ("volumeDevices", _) => ListKind::Keyed(&["devicePath"]),
            ("hostAliases", _) => ListKind::Keyed(&["ip"]),
            ("topologySpreadConstraints", _) => {
                ListKind::Keyed(&["topologyKey", "whenUnsatisfiable"])
            }
            ("conditions", _) => ListKind::Keyed(&["type"]),
            ("versions", "spec") if self.kind == "CustomResourceDefinition" => {
                ListKind::Keyed(&["name"])
            }
            _ => ListKind::Atomic,
        }
    }

    /// Returns whether each key of the mapping at a path is a field of its own that the user named.
    pub(crate) fn open(&self, path: &[Step]) -> bool {
        let field = path.last().and_then(Step::as_field).unwrap_or("");
        let metadata = path.iter().rev().nth(1).and_then(Step::as_field) == Some("metadata");
        if self.built_in {
            OPEN.contains(&field)
        } else {
            metadata && matches!(field, "labels" | "annotations")
        }
    }

    /// Returns whether a mapping may hold one choice of several: what belongs to another choice goes when it is
    /// written (`retainKeys`, as in a Deployment's strategy and in a volume).
    pub(crate) fn retains_keys(&self, path: &[Step]) -> bool {
        let strategy = self.kind == "Deployment"
            && matches!(path, [Step::Field(spec), Step::Field(field)] if spec == "spec" && field == "strategy");
        let volume =
            matches!(path, [.., Step::Field(volumes), Step::Key(_)] if volumes == "volumes");
        self.built_in && (strategy || volume)
    }

    /// Returns whether values must not be shown.
    pub(crate) fn is_secret(&self) -> bool {
        self.kind == "Secret" && self.group.is_empty()
    }

    /// Returns whether a value that is written means the same as none at all, because the API does not keep it.
    pub(crate) fn dropped(&self, path: &[Step], node: &Node) -> bool {
        let field = path.last().and_then(Step::as_field).unwrap_or("");
        let kept_by_pointer = POINTERS.contains(&field);
        match &node.value {
            Value::Null => true,
            _ if !self.built_in && !self.open(path) => false,
            Value::Bool(it) => !it && !kept_by_pointer,
            Value::Number(Number::Int(it)) => *it == 0 && !kept_by_pointer,
            Value::Number(_) => false,
            Value::String(it) => it.is_empty() && !kept_by_pointer && !self.in_open(path),
            Value::List(items) => items.is_empty(),
            Value::Map(map) => {
                map.is_empty()
                    && (self.open(path) || matches!(field, "resources" | "securityContext"))
            }
        }
    }

    /// Returns whether a path leads to a value of an open mapping, which is kept even when it is empty.
    fn in_open(&self, path: &[Step]) -> bool {
        path.split_last().is_some_and(|(_, parent)| self.open(parent))
    }

    /// Returns whether the value at a path is a quantity.
    fn quantity(&self, path: &[Step]) -> bool {
        if !self.built_in {
            return false;
        }
        let mut fields = path.iter().rev().filter_map(Step::as_field);
        let field = fields.next().unwrap_or("");
        let parent = fields.next().unwrap_or("");
        let limit_range = self.kind == "LimitRange"
            && matches!(
                parent,
                "default" | "defaultRequest" | "max" | "min" | "maxLimitRequestRatio"
            );
        let metric =
            self.kind == "HorizontalPodAutoscaler" && matches!(field, "value" | "averageValue");
        limit_range
            || metric
            || matches!(parent, "limits" | "requests" | "hard" | "capacity" | "overhead")
            || matches!(field, "sizeLimit" | "divisor")
    }

    /// Returns whether two scalars at a path mean the same: quantities are compared as values.
    pub(crate) fn same_scalar(&self, path: &[Step], a: &Node, b: &Node) -> bool {
        if a == b {
            return true;
        }
        match (&a.value, &b.value) {
            (Value::Number(_), Value::Number(_)) if number(a) == number(b) => true,
            (Value::Number(_) | Value::String(_), Value::Number(_) | Value::String(_)) => {
                self.quantity(path)
                    && match (quantity(a), quantity(b)) {
                        (Some(a), Some(b)) => a == b,
                        _ => false,
                    }
            }
            _ => false,
        }
    }
}

fn number(node: &Node) -> Option<f64> {
    match &node.value {
        #[expect(
            clippy::cast_precision_loss,
            reason = "whole numbers were compared exactly before"
        )]
        Value::Number(Number::Int(it)) => Some(*it as f64),
        #[expect(
            clippy::cast_precision_loss,
            reason = "whole numbers were compared exactly before"
        )]
        Value::Number(Number::Unsigned(it)) => Some(*it as f64),
        Value::Number(Number::Float(it)) => it.parse().ok(),
        _ => None,
    }
}

fn quantity(node: &Node) -> Option<Quantity> {
    match &node.value {
        Value::String(text) => text.parse().ok(),
        Value::Number(Number::Int(it)) => it.to_string().parse().ok(),
        Value::Number(Number::Unsigned(it)) => it.to_string().parse().ok(),
        Value::Number(Number::Float(it)) => it.parse().ok(),
        _ => None,
    }
}
