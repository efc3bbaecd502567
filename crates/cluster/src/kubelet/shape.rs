//! What the kubelet reads in a pod template.

use tidegate_object::{Map, Node, Object};
use tidegate_workload::{ContainerPort, IntOrString, MarkedProbe, Probe, PullPolicy, Workload};

use crate::clock::Span;

/// A pod template as the kubelet sees it.
#[derive(Clone, Debug, Default)]
pub(crate) struct PodShape {
    pub(crate) containers: Vec<ContainerShape>,
    /// Images that are run before the containers, one after the other.
    pub(crate) init_images: Vec<(String, PullPolicy)>,
    pub(crate) grace_period: Span,
    /// What `preStop` takes before a container is told to stop: the longest of all.
    pub(crate) stops_before: Span,
}

#[derive(Clone, Debug)]
pub(crate) struct ContainerShape {
    pub(crate) name: String,
    pub(crate) image: String,
    pub(crate) pull_policy: PullPolicy,
    pub(crate) probes: Probes,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Probes {
    pub(crate) startup: Option<Asked>,
    pub(crate) liveness: Option<Asked>,
    pub(crate) readiness: Option<Asked>,
}

/// A probe, and whether the container can be asked at all.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) probe: Probe,
    /// It names a port that the container does not declare: the kubelet cannot ask, and no answer counts.
    pub(crate) unreachable: bool,
}

impl Asked {
    fn read(probe: &MarkedProbe, ports: &[ContainerPort]) -> Self {
        let unreachable = match probe.port() {
            Some((IntOrString::String(name), _)) => !ports.iter().any(|it| it.name == name),
            _ => false,
        };
        Self { probe: probe.probe.clone(), unreachable }
    }
}

impl PodShape {
    /// Reads a pod template. One that is not valid, which the API server never lets in, has no containers.
    pub(crate) fn read(template: &Node) -> Self {
        let spec = Map::from_iter([("template", template.clone())]);
        let deployment = Object::new(Node::from(Map::from_iter([
            ("apiVersion", Node::from("apps/v1")),
            ("kind", Node::from("Deployment")),
            ("spec", Node::from(spec)),
        ])));
        let Ok(Workload { pod, .. }) = Workload::from_object(&deployment) else {
            return Self::default();
        };
        let probe = |it: &Option<MarkedProbe>, ports: &[ContainerPort]| {
            it.as_ref().map(|it| Asked::read(it, ports))
        };
        let slept = |it: &tidegate_workload::Container| it.pre_stop.as_ref()?.value;
        Self {
            containers: pod
                .containers
                .iter()
                .map(|it| ContainerShape {
                    name: it.name.clone(),
                    image: it.image.value.clone(),
                    pull_policy: it.pull_policy.value,
                    probes: Probes {
                        startup: probe(&it.startup, &it.ports),
                        liveness: probe(&it.liveness, &it.ports),
                        readiness: probe(&it.readiness, &it.ports),
                    },
                })
                .collect(),
            init_images: pod
                .init_containers
                .iter()
                .map(|it| (it.image.value.clone(), it.pull_policy.value))
                .collect(),
            grace_period: pod.termination_grace_period.value.into(),
            stops_before: pod.containers.iter().filter_map(slept).max().unwrap_or_default().into(),
        }
    }
}

/// Returns the images of a pod template's containers, in their order.
pub(crate) fn images(template: &Node) -> Vec<&str> {
    let containers = template.at(&["spec", "containers"]).and_then(Node::as_list).unwrap_or(&[]);
    let image = |it| Node::get(it, "image").and_then(Node::as_str).unwrap_or("");
    containers.iter().map(image).collect()
}
