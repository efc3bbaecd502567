//! Objects that run pods, seen alike.

use std::collections::BTreeMap;

use tidegate_object::{Map, Node, Object};
use tidegate_source::Mark;

/// An object that runs pods.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pods<'o> {
    pub(crate) object: &'o Object,
    /// The pod template, or the pod itself.
    template: &'o Node,
    /// The spec of the pods.
    pub(crate) spec: &'o Node,
}

/// What a container is to its pod.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It runs as long as the pod.
    Main,
    /// It runs before the others.
    Init,
    /// An init container that goes on beside the others.
    Sidecar,
}

/// A container of a pod.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Container<'o> {
    pub(crate) node: &'o Node,
    pub(crate) role: Role,
}

impl<'o> Pods<'o> {
    /// Returns the pods that an object runs, if it runs any.
    pub(crate) fn of(object: &'o Object) -> Option<Self> {
        let template: &[&str] = match (object.group(), object.kind()) {
            ("apps", "Deployment" | "StatefulSet" | "DaemonSet" | "ReplicaSet")
            | ("", "ReplicationController")
            | ("batch", "Job") => &["spec", "template"],
            ("batch", "CronJob") => &["spec", "jobTemplate", "spec", "template"],
            ("", "Pod") => &[],
            _ => return None,
        };
        let template = object.at(template)?;
        Some(Self { object, template, spec: template.get("spec")? })
    }

    pub(crate) fn is(&self, kind: &str) -> bool {
        self.object.kind() == kind
    }

    /// Returns whether the pods run until they are told to end.
    pub(crate) fn serve(&self) -> bool {
        let ends = self.is("Pod")
            && matches!(text(self.spec, "restartPolicy"), Some("Never" | "OnFailure"));
        !ends && !self.is("Job") && !self.is("CronJob")
    }

    /// Returns the object as messages name it.
    pub(crate) fn shown(&self) -> String {
        shown(self.object)
    }

    pub(crate) fn containers(&self) -> impl Iterator<Item = Container<'o>> + use<'o> {
        let main = list(self.spec, "containers").iter();
        let main = main.map(|node| Container { node, role: Role::Main });
        let init = list(self.spec, "initContainers").iter().map(|node| {
            let sidecar = text(node, "restartPolicy") == Some("Always");
            Container { node, role: if sidecar { Role::Sidecar } else { Role::Init } }
        });
        init.chain(main)
    }

    /// Returns the labels that the pods get.
    pub(crate) fn labels(&self) -> BTreeMap<String, String> {
        let labels = self.template.at(&["metadata", "labels"]).and_then(Node::as_map);
        labels.map(texts).unwrap_or_default()
    }

    /// Returns the number of replicas that is written.
    pub(crate) fn replicas(&self) -> Option<&'o Node> {
        let scaled = ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"];
        if !scaled.contains(&self.object.kind()) {
            return None;
        }
        self.object.at(&["spec", "replicas"]).filter(|it| !it.is_null())
    }
}

impl<'o> Container<'o> {
    pub(crate) fn name(&self) -> &'o str {
        text(self.node, "name").unwrap_or("")
    }

    /// Where the container is best pointed at: its name.
    pub(crate) fn mark(&self) -> Mark {
        present(self.node, "name").map_or(self.node.mark, |it| it.mark)
    }
}

/// Returns the labels of the pods that an object runs; `None` for an object that runs none.
///
/// Controllers of `apps` and `batch` run pods, a `ReplicationController` and a Pod. A custom resource may run some through
/// its operator, whose habit is to hand the resource's own labels on to them: they stand for the pods' labels.
///
/// ```
/// use tidegate_audit::pod_labels;
/// use tidegate_object::manifests;
/// use tidegate_source::Sources;
///
/// let text = "{apiVersion: v1, kind: Pod, metadata: {labels: {app: web}}, spec: {}}";
/// let objects = manifests(text.into(), Sources::new().add("pod.yaml", text)).expect("no mistake");
/// assert_eq!(pod_labels(&objects[0]).expect("a pod")["app"], "web");
/// ```
#[must_use]
pub fn pod_labels(object: &Object) -> Option<BTreeMap<String, String>> {
    if let Some(pods) = Pods::of(object) {
        return Some(pods.labels());
    }
    let labels = object.labels().filter(|_| is_custom(object))?;
    Some(texts(labels))
}

fn texts(map: &Map) -> BTreeMap<String, String> {
    let pairs = map.iter();
    pairs.filter_map(|(key, it)| Some((key.to_owned(), it.as_str()?.to_owned()))).collect()
}

/// Returns whether an object's group is not one of Kubernetes itself: those have no dot, or end so.
pub(crate) fn is_custom(object: &Object) -> bool {
    object.group().contains('.') && !object.group().ends_with(".k8s.io")
}

/// ``Deployment `web` ``.
pub(crate) fn shown(object: &Object) -> String {
    format!("{} `{}`", object.kind(), object.name())
}

/// Objects without a namespace are put where others name `default`.
pub(crate) fn namespace(object: &Object) -> &str {
    if object.namespace().is_empty() { "default" } else { object.namespace() }
}

/// Returns the value of a field that is written and not `null`.
pub(crate) fn present<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    node.get(key).filter(|it| !it.is_null())
}

pub(crate) fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key)?.as_str()
}

pub(crate) fn list<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    node.get(key).and_then(Node::as_list).unwrap_or_default()
}
