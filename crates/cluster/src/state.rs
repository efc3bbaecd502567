//! What a cluster is at a moment.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tidegate_object::Object;
use tidegate_reconcile::Tree;
use tidegate_workload::{Interval, Workload};

use crate::clock::{Moment, Span};
use crate::fault::ImageFault;
use crate::kubelet::Container;
use crate::rollout::Rollout;

/// The form of the state file that this crate writes and reads.
pub(crate) const FORMAT: &str = "tidegate/simulated-cluster/v1";

/// A simulated cluster: its objects, pods and nodes, and a clock that stands still unless it is moved.
///
/// The whole is plain data. It is stored as one JSON file ([`Cluster::save`]), in which each part stands under the name
/// of its field; the same calls on the same state give the same state.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Cluster {
    pub(crate) format: String,
    pub(crate) clock: Moment,
    /// Counts everything that gets a name, a number or a version.
    pub(crate) sequence: u64,
    pub(crate) assumptions: Assumptions,
    pub(crate) nodes: Vec<Node>,
    pub(crate) objects: Vec<Stored>,
    pub(crate) replica_sets: Vec<ReplicaSet>,
    pub(crate) pods: Vec<Pod>,
    pub(crate) endpoints: Vec<Endpoints>,
    pub(crate) faults: Vec<ImageFault>,
    pub(crate) rollouts: Vec<Rollout>,
    pub(crate) past_pods: Vec<Pod>,
    pub(crate) events: Vec<Event>,
}

/// How long things take that no manifest says.
///
/// They are the same for every pod, so that a run can be repeated. Probes are asked at the worst moments that the
/// kubelet may choose: readiness is noticed as late as possible, a failed liveness as early as possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Assumptions {
    /// From a pod's creation until its node has made room for its containers.
    pub scheduled_after: Span,
    /// Pulling an image that the node does not have.
    pub image_pull: Span,
    /// Asking the registry whether an image that the node has is still the newest (`imagePullPolicy: Always`).
    pub image_check: Span,
    /// Each init container's run.
    pub init_container: Span,
    /// From a container's start until it answers its probes.
    pub answers_after: Span,
    /// From the signal to stop until a container has ended.
    pub stops_after: Span,
    /// From a container's start until it ends, when it crashes.
    pub crashes_after: Span,
}

impl Assumptions {
    /// Returns the same as intervals for the proof of a workload's rollout, so that proof and simulation speak of the
    /// same pods: images may be on the node or not.
    ///
    /// ```
    /// use tidegate_cluster::Assumptions;
    /// use tidegate_object::Object;
    /// use tidegate_reconcile::json;
    /// use tidegate_workload::{Interval, Workload};
    ///
    /// let web = json::parse(
    ///     r#"{"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":{"spec":{"containers":[
    ///     {"name":"web","image":"web:1"}]}}}}"#,
    /// )?;
    /// let web = Workload::from_object(&Object::new(web)).expect("a valid Deployment");
    /// let assumed = Assumptions::default().for_proof(&web);
    /// assert_eq!(assumed.starts, Some(Interval::new(1, 4)));
    /// assert_eq!(assumed.answers, Some(Interval::new(2, 2)));
    /// # Ok::<(), json::JsonError>(())
    /// ```
    #[must_use]
    pub fn for_proof(&self, workload: &Workload) -> tidegate_workload::Assumptions {
        let up = |it: Span| it.0.max(0).saturating_add(999) / 1000;
        let inits = i64::try_from(workload.pod.init_containers.len()).unwrap_or(i64::MAX);
        let pulls = inits.saturating_add(1);
        let least = self.scheduled_after.0 + self.init_container.0.saturating_mul(inits);
        let pull = self.image_pull.0.max(self.image_check.0).saturating_mul(pulls);
        tidegate_workload::Assumptions {
            starts: Some(Interval::new(least / 1000, up(Span(least.saturating_add(pull))))),
            answers: Some(Interval::new(self.answers_after.0 / 1000, up(self.answers_after))),
            ..tidegate_workload::Assumptions::default()
        }
    }

    /// Nothing takes any time: what is left is what the controllers do.
    pub const INSTANT: Self = Self {
        scheduled_after: Span::ZERO,
        image_pull: Span::ZERO,
        image_check: Span::ZERO,
        init_container: Span::ZERO,
        answers_after: Span::ZERO,
        stops_after: Span::ZERO,
        crashes_after: Span::ZERO,
    };
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            scheduled_after: Span::seconds(1),
            image_pull: Span::seconds(3),
            image_check: Span::seconds(1),
            init_container: Span::seconds(1),
            answers_after: Span::seconds(2),
            stops_after: Span::seconds(2),
            crashes_after: Span::seconds(1),
        }
    }
}

/// A machine that runs pods.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Node {
    /// Name.
    pub name: String,
    /// Takes no new pods.
    pub unschedulable: bool,
    /// Images that it has pulled.
    pub images: Vec<String>,
}

/// An object as the API server keeps it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stored(pub(crate) Object);

impl Serialize for Stored {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Tree(self.0.root.clone()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Stored {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Tree::deserialize(deserializer).map(|it| Self(Object::new(it.0)))
    }
}

/// A set of pods of one template of a Deployment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReplicaSet {
    /// Namespace.
    pub namespace: String,
    /// Name: the Deployment's, and [`ReplicaSet::hash`].
    pub name: String,
    /// `metadata.uid`.
    pub uid: String,
    /// The Deployment that it belongs to.
    pub deployment: String,
    /// Label `pod-template-hash`.
    pub hash: String,
    /// Annotation `deployment.kubernetes.io/revision`.
    pub revision: i64,
    /// Annotation `deployment.kubernetes.io/revision-history`: revisions that it had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub revision_history: Vec<i64>,
    /// The Deployment's annotations when it was last the newest set, without those that are a set's or kubectl's own.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, String>,
    /// When it was created.
    pub created: Moment,
    /// Pods wanted: `spec.replicas`.
    pub replicas: i32,
    /// Annotation `deployment.kubernetes.io/desired-replicas`.
    pub desired_replicas: Option<i32>,
    /// Annotation `deployment.kubernetes.io/max-replicas`.
    pub max_replicas: Option<i32>,
    /// The pod template, with the label `pod-template-hash`.
    pub template: Tree,
}

/// A pod.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Pod {
    /// Namespace.
    pub namespace: String,
    /// Name.
    pub name: String,
    /// `metadata.uid`.
    pub uid: String,
    /// The Deployment that it belongs to.
    pub deployment: String,
    /// The ReplicaSet that owns it.
    pub replica_set: String,
    /// The revision of that set when the pod was created.
    pub revision: i64,
    /// Labels.
    pub labels: BTreeMap<String, String>,
    /// The node that it runs on; `None` while no node takes it.
    pub node: Option<String>,
    /// When it was created.
    pub created: Moment,
    /// When all its containers ran for the first time.
    pub started: Option<Moment>,
    /// When it was ready for the first time.
    pub first_ready: Option<Moment>,
    /// Since when it is ready; `None` while it is not.
    pub ready_since: Option<Moment>,
    /// When its deletion was asked for; from then on it serves no more.
    pub deleted: Option<Moment>,
    /// When it is gone, once its deletion was asked for.
    pub gone: Option<Moment>,
    /// Seconds that its containers get to stop.
    pub grace_period_seconds: i64,
    /// Its containers.
    pub containers: Vec<Container>,
    /// When it served: ready and not being deleted. The last span is open while it serves.
    pub serving: Vec<Serving>,
}

/// A span of time in which a pod served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Serving {
    /// Since when.
    pub from: Moment,
    /// Until when; `None` while it still does.
    pub until: Option<Moment>,
}

impl Pod {
    /// Returns whether it gets traffic: it is ready and nobody has asked for its deletion.
    #[must_use]
    pub const fn serves(&self) -> bool {
        self.ready_since.is_some() && self.deleted.is_none()
    }

    /// Returns whether it is available at a moment: ready for at least that long, and not being deleted.
    #[must_use]
    pub fn available(&self, now: Moment, min_ready: Span) -> bool {
        self.deleted.is_none() && self.ready_since.is_some_and(|since| since + min_ready <= now)
    }

    /// Returns the images of its containers, in their order.
    #[must_use]
    pub fn images(&self) -> Vec<&str> {
        self.containers.iter().map(|it| it.image.as_str()).collect()
    }
}

/// The pods behind a Service: those that get its traffic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Endpoints {
    /// Namespace.
    pub namespace: String,
    /// The Service.
    pub service: String,
    /// Its pods that serve.
    pub pods: Vec<String>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Event {
    /// When.
    pub at: Moment,
    /// Namespace; empty for a node.
    pub namespace: String,
    /// To what: `KIND/NAME`.
    pub object: String,
    /// A word for programs, in Kubernetes' spelling where it has one: `ScalingReplicaSet`, `Killing`, `BackOff`.
    pub reason: String,
    /// A sentence for people.
    pub message: String,
}

/// The most past pods and events that are kept.
pub(crate) const KEPT: usize = 1000;

impl Cluster {
    /// Creates an empty cluster with three nodes, whose clock starts at a moment.
    ///
    /// ```
    /// use tidegate_cluster::{Cluster, Moment};
    ///
    /// let cluster = Cluster::new(Moment(0));
    /// assert_eq!(cluster.now(), Moment(0));
    /// assert!(cluster.pods().is_empty());
    /// ```
    #[must_use]
    pub fn new(start: Moment) -> Self {
        let node =
            |nth| Node { name: format!("node-{nth}"), unschedulable: false, images: Vec::new() };
        Self {
            format: FORMAT.to_owned(),
            clock: start,
            sequence: 0,
            assumptions: Assumptions::default(),
            nodes: (1..=3).map(node).collect(),
            objects: Vec::new(),
            replica_sets: Vec::new(),
            pods: Vec::new(),
            endpoints: Vec::new(),
            faults: Vec::new(),
            rollouts: Vec::new(),
            past_pods: Vec::new(),
            events: Vec::new(),
        }
    }

    /// Returns the moment at which the clock stands.
    #[must_use]
    pub const fn now(&self) -> Moment {
        self.clock
    }

    /// Returns how long things take that no manifest says.
    #[must_use]
    pub const fn assumptions(&self) -> Assumptions {
        self.assumptions
    }

    /// Sets how long things take that no manifest says, for whatever starts from now on.
    pub const fn assume(&mut self, assumptions: Assumptions) {
        self.assumptions = assumptions;
    }

    /// Returns the nodes.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Returns the pods that exist, oldest first.
    #[must_use]
    pub fn pods(&self) -> &[Pod] {
        &self.pods
    }

    /// Returns pods that are gone, in the order in which they went; only the last thousand are kept.
    #[must_use]
    pub fn past_pods(&self) -> &[Pod] {
        &self.past_pods
    }

    /// Returns the sets of pods, in the order of namespace, Deployment and creation.
    #[must_use]
    pub fn replica_sets(&self) -> &[ReplicaSet] {
        &self.replica_sets
    }

    /// Returns which pods serve behind each Service.
    #[must_use]
    pub fn endpoints(&self) -> &[Endpoints] {
        &self.endpoints
    }

    /// Returns what happened, oldest first; only the last thousand events are kept.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    pub(crate) fn next_number(&mut self) -> u64 {
        self.sequence += 1;
        self.sequence
    }

    pub(crate) fn record(
        &mut self,
        namespace: &str,
        object: String,
        reason: &str,
        message: String,
    ) {
        let (at, namespace, reason) = (self.clock, namespace.to_owned(), reason.to_owned());
        self.events.push(Event { at, namespace, object, reason, message });
        let surplus = self.events.len().saturating_sub(KEPT);
        self.events.drain(..surplus);
    }
}
