use std::collections::{BTreeMap, HashMap};

use tidegate_object::{Identity, Node, Object};
use tidegate_source::Mark;

use crate::port::{self, ContainerPort, PortRef, Protocol};
use crate::read;
use crate::selector::{Label, Selector};
use crate::verdict::Match;

/// The pods that come of one template: those of a workload, or a pod by itself.
///
/// ```
/// use tidegate_object::manifests;
/// use tidegate_reach::Network;
///
/// let text = "kind: Pod\nmetadata: {name: web, labels: {app: web}}\nspec:\n  containers:\n  - name: main\n    \
///             ports: [{name: http, containerPort: 8080}]\n";
/// let source = tidegate_source::Sources::new().add("pod.yaml", text);
/// let network = Network::of(&manifests(text.into(), source).expect("no mistake"));
/// let pods = &network.pods()[0];
/// assert_eq!(pods.identity.name, "web");
/// assert_eq!((pods.ports[0].name.as_str(), pods.ports[0].number), ("http", 8080));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Pods {
    /// The object whose template it is; the namespace is `""` where none is written.
    pub identity: Identity,
    /// Where the template was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub mark: Mark,
    /// Labels of the template.
    pub labels: BTreeMap<String, String>,
    /// How many of them are wanted; `None` for a kind that does not count them.
    pub replicas: Option<i64>,
    /// Where that was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub replicas_mark: Mark,
    /// Whether they live in the network of their node, where policies need not apply.
    pub host_network: bool,
    /// The ports that containers declare, sidecars among the init containers included.
    pub ports: Vec<ContainerPort>,
    /// Where each label was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) label_marks: BTreeMap<String, Mark>,
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) containers: Vec<Container>,
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) added: Added,
}

/// A container, as far as probes and environment are concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Container {
    pub(crate) name: String,
    pub(crate) mark: Mark,
    pub(crate) place: Place,
    /// Ports by name and number.
    pub(crate) ports: Vec<(String, u16)>,
    pub(crate) asked: Vec<Asked>,
    pub(crate) env: Vec<Env>,
}

/// Which list a container stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Main,
    Sidecar,
    Init,
}

/// A port that the kubelet asks: by a probe or a hook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    /// The field: `readinessProbe`, `preStop`, …
    pub(crate) by: &'static str,
    pub(crate) port: PortRef,
    pub(crate) mark: Mark,
}

/// A variable of a container's environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Env {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) mark: Mark,
}

/// Labels that controllers add to pods, beside those of the template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Added {
    /// None.
    Nothing,
    /// Those of a kind that Kubernetes runs.
    ByKind(&'static [&'static str]),
    /// A kind of somebody else: any.
    Anything,
}

/// Source: Kubernetes `pkg/controller/deployment/util`, `pkg/controller/statefulset`, `pkg/controller/daemon/util`,
/// `pkg/apis/batch/v1/defaults.go` and `pkg/controller/job`.
const DEPLOYMENT: &[&str] = &["pod-template-hash"];
const STATEFUL_SET: &[&str] = &[
    "statefulset.kubernetes.io/pod-name",
    "apps.kubernetes.io/pod-index",
    "controller-revision-hash",
];
const DAEMON_SET: &[&str] = &["controller-revision-hash", "pod-template-generation"];
const JOB: &[&str] = &[
    "job-name",
    "batch.kubernetes.io/job-name",
    "controller-uid",
    "batch.kubernetes.io/controller-uid",
    "batch.kubernetes.io/job-completion-index",
];

/// The values of each `ConfigMap` among the objects: they reach containers as variables.
pub(crate) type ConfigMaps<'o> = HashMap<(&'o str, &'o str), &'o Node>;

impl Pods {
    /// Reads the template of an object, whatever its kind calls itself; `None` where there is none.
    pub(crate) fn read(
        object: &Object,
        namespace: &str,
        configuration: &ConfigMaps<'_>,
    ) -> Option<Self> {
        let (template, spec) = template(object)?;
        let containers = read::present(spec, "containers")?.as_list()?;
        let labels = template.at(&["metadata", "labels"]);
        let label_marks = labels.map(read::marks).unwrap_or_default();
        let labels = labels.into_iter().flat_map(read::texts);
        let of = |place: Place| {
            move |node: &Node| {
                let sidecar = read::text(node, "restartPolicy") == "Always";
                let place = if place == Place::Init && sidecar { Place::Sidecar } else { place };
                container(node, place, namespace, configuration)
            }
        };
        let init = read::list(spec, "initContainers").iter().map(of(Place::Init));
        let containers: Vec<(Container, Vec<ContainerPort>)> =
            containers.iter().map(of(Place::Main)).chain(init).collect();
        let open = |(it, ports): &(Container, Vec<ContainerPort>)| {
            if it.place == Place::Init { Vec::new() } else { ports.clone() }
        };
        let counts = matches!(
            object.kind(),
            "Deployment" | "ReplicaSet" | "StatefulSet" | "ReplicationController"
        );
        let written = object.at(&["spec", "replicas"]).filter(|it| !it.is_null());
        Some(Self {
            identity: Identity { namespace: namespace.to_owned(), ..object.identity() },
            mark: template.mark,
            labels: labels.map(|(key, value)| (key.to_owned(), value.to_owned())).collect(),
            replicas: counts.then(|| written.map_or(Some(1), Node::as_i64)).flatten(),
            replicas_mark: written.map_or(template.mark, |it| it.mark),
            host_network: spec.get("hostNetwork").and_then(Node::as_bool).unwrap_or_default(),
            ports: containers.iter().flat_map(open).collect(),
            label_marks,
            containers: containers.into_iter().map(|(it, _)| it).collect(),
            added: added(object),
        })
    }

    /// What is known of a label.
    pub(crate) fn label(&self, key: &str) -> Label<'_> {
        if let Some(value) = self.labels.get(key) {
            return Label::Is(value);
        }
        match &self.added {
            Added::Nothing => Label::Absent,
            Added::Anything => Label::Open,
            Added::ByKind(keys) if !keys.contains(&key) => Label::Absent,
            Added::ByKind(_) => match key {
                "statefulset.kubernetes.io/pod-name" => Label::Numbered(&self.identity.name),
                "job-name" | "batch.kubernetes.io/job-name" if self.identity.kind == "Job" => {
                    Label::Is(&self.identity.name)
                }
                "batch.kubernetes.io/job-completion-index" => Label::Open,
                _ => Label::Present,
            },
        }
    }

    /// Whether a selector chooses these pods.
    pub(crate) fn chosen_by(&self, selector: &Selector) -> Match {
        selector.holds(|key| self.label(key))
    }

    /// Whether a kind that Kubernetes itself does not run makes them.
    pub(crate) fn is_custom(&self) -> bool {
        self.added == Added::Anything
    }

    /// Returns the port that a reference means in these pods, if any; a number means itself.
    ///
    /// Source: Kubernetes `staging/src/k8s.io/endpointslice/utils.go`, `FindPort`: the first container port with this name and protocol,
    /// those of sidecars behind those of containers.
    ///
    /// ```
    /// use tidegate_object::manifests;
    /// use tidegate_reach::{Network, PortRef, Protocol};
    ///
    /// let text = "kind: Pod\nspec: {containers: [{name: a, ports: [{name: http, containerPort: 8080}]}]}\n";
    /// let source = tidegate_source::Sources::new().add("pod.yaml", text);
    /// let network = Network::of(&manifests(text.into(), source).expect("no mistake"));
    /// let http = PortRef::Name("http".to_owned());
    /// assert_eq!(network.pods()[0].find_port(&http, Protocol::Tcp), Some(8080));
    /// assert_eq!(network.pods()[0].find_port(&http, Protocol::Udp), None);
    /// ```
    #[must_use]
    pub fn find_port(&self, port: &PortRef, protocol: Protocol) -> Option<u16> {
        match port {
            PortRef::Number(number) => Some(*number),
            PortRef::Name(name) => {
                let named = |it: &&ContainerPort| it.name == *name && it.protocol == protocol;
                self.ports.iter().find(named).map(|it| it.number)
            }
        }
    }

    /// How messages call them: kind, and name in backticks.
    pub(crate) fn called(&self) -> String {
        format!("{} `{}`", self.identity.kind, self.identity.name)
    }
}

/// The template of an object, and the specification of its pods.
fn template(object: &Object) -> Option<(&Node, &Node)> {
    let template = match (object.group(), object.kind()) {
        ("", "Pod") => &object.root,
        ("", "PodTemplate") => return None,
        ("batch", "CronJob") => object.at(&["spec", "jobTemplate", "spec", "template"])?,
        _ => object.at(&["spec", "template"])?,
    };
    Some((template, template.get("spec")?))
}

fn added(object: &Object) -> Added {
    match (object.group(), object.kind()) {
        ("", "Pod" | "ReplicationController") => Added::Nothing,
        ("apps" | "extensions", "Deployment" | "ReplicaSet") => Added::ByKind(DEPLOYMENT),
        ("apps", "StatefulSet") => Added::ByKind(STATEFUL_SET),
        ("apps" | "extensions", "DaemonSet") => Added::ByKind(DAEMON_SET),
        ("batch", _) => Added::ByKind(JOB),
        _ => Added::Anything,
    }
}

fn container(
    node: &Node,
    place: Place,
    namespace: &str,
    configuration: &ConfigMaps<'_>,
) -> (Container, Vec<ContainerPort>) {
    let name = read::text(node, "name");
    let declared = read::list(node, "ports").iter().filter_map(|it| {
        let number = it.get("containerPort")?;
        Some(ContainerPort {
            container: name.to_owned(),
            name: read::text(it, "name").to_owned(),
            number: port::number(number)?,
            protocol: Protocol::of(it)?,
            mark: number.mark,
        })
    });
    let declared: Vec<ContainerPort> = declared.collect();
    let container = Container {
        name: name.to_owned(),
        mark: node.mark,
        place,
        ports: declared.iter().map(|it| (it.name.clone(), it.number)).collect(),
        asked: asked(node),
        env: environment(node, namespace, configuration),
    };
    (container, declared)
}

fn asked(node: &Node) -> Vec<Asked> {
    const PROBES: [&str; 3] = ["readinessProbe", "livenessProbe", "startupProbe"];
    const HOOKS: [&str; 2] = ["postStart", "preStop"];
    let probes = PROBES.iter().map(|it| (*it, node.get(it)));
    let hooks = HOOKS.iter().map(|it| (*it, node.at(&["lifecycle", it])));
    let asked = probes.chain(hooks).filter_map(|(by, block)| {
        let handler = |name: &str| read::present(block?, name)?.get("port");
        let port =
            handler("httpGet").or_else(|| handler("tcpSocket")).or_else(|| handler("grpc"))?;
        Some(Asked { by, port: PortRef::read(port)?, mark: port.mark })
    });
    asked.collect()
}

/// The variables of a container whose values are known: written out, or from a ConfigMap among the objects. A later
/// one of the same name counts, and `env` before `envFrom`.
///
/// Source: Kubernetes `pkg/kubelet/kubelet_pods.go`, `makeEnvironmentVariables`.
fn environment(node: &Node, namespace: &str, configuration: &ConfigMaps<'_>) -> Vec<Env> {
    let mut known: Vec<Env> = Vec::new();
    let mut put = |name: &str, value: Option<&Node>| {
        known.retain(|it| it.name != name);
        let Some(value) = value else { return };
        let Some(text) = value.as_str().filter(|it| !it.is_empty()) else { return };
        known.push(Env { name: name.to_owned(), value: text.to_owned(), mark: value.mark });
    };
    for from in read::list(node, "envFrom") {
        let map = from.get("configMapRef").map(|it| read::text(it, "name"));
        let Some(data) = map.and_then(|it| configuration.get(&(namespace, it))) else { continue };
        let prefix = read::text(from, "prefix");
        for (key, value) in data.as_map().into_iter().flat_map(tidegate_object::Map::iter) {
            put(&format!("{prefix}{key}"), Some(value));
        }
    }
    for variable in read::list(node, "env") {
        let referred = variable.at(&["valueFrom", "configMapKeyRef"]).and_then(|it| {
            configuration.get(&(namespace, read::text(it, "name")))?.get(read::text(it, "key"))
        });
        put(read::text(variable, "name"), read::present(variable, "value").or(referred));
    }
    known
}
