//! The Deployment controller: reads what is there, asks the one step function, writes what it says.

use std::collections::BTreeMap;

use tidegate_object::{Map, Node, Object, Text};
use tidegate_reconcile::Tree;
use tidegate_workload::{
    Change, ConditionStatus, DeploymentState, DeploymentStatus, ProgressReason,
    ProgressingCondition, ReplicaSetState, Seconds, Step, Workload, step,
};

use crate::clock::{Moment, Span};
use crate::names::{HASH_LABEL, template_hash, template_key, uid};
use crate::objects::{self, set};
use crate::state::{Cluster, ReplicaSet};

/// Annotations of a Deployment that its sets do not take over.
pub(crate) const OWN: [&str; 6] = [
    "kubectl.kubernetes.io/last-applied-configuration",
    "deployment.kubernetes.io/revision",
    "deployment.kubernetes.io/revision-history",
    "deployment.kubernetes.io/desired-replicas",
    "deployment.kubernetes.io/max-replicas",
    "deprecated.deployment.rollback.to",
];

impl Cluster {
    /// Lets each Deployment take one step; returns whether anything was written, and when the first looks again.
    pub(super) fn run_deployments(&mut self) -> (bool, Option<Moment>) {
        let mut changed = false;
        let mut again: Option<Moment> = None;
        for at in 0..self.objects.len() {
            if !objects::is_deployment(&self.objects[at].0) {
                continue;
            }
            let (wrote, next) = self.run_deployment(at);
            changed |= wrote;
            again = again.into_iter().chain(next).min();
        }
        (changed, again)
    }

    fn run_deployment(&mut self, at: usize) -> (bool, Option<Moment>) {
        let object = &self.objects[at].0;
        let Ok(workload) = Workload::from_object(object) else { return (false, None) };
        let (namespace, name) = (object.namespace().to_owned(), object.name().to_owned());
        let template = object.at(&["spec", "template"]).cloned().unwrap_or_default();
        let hash = template_hash(&template_key(&template));
        let sets = self.sets_of(&namespace, &name);
        let now = self.clock;
        let state = DeploymentState {
            spec: workload.deployment_spec(),
            template: Text::from(hash.as_str()),
            generation: generation(object),
            sets: sets
                .iter()
                .map(|it| self.set_state(*it, workload.min_ready.value.into()))
                .collect(),
            status: read_status(object),
            progressing: read_condition(object),
        };
        let step = step(&state, now.seconds());
        let again = step.requeue_after.map(|it| now + Span::from(it));
        let again = again.into_iter().chain(self.next_available(&sets, &workload)).min();
        if step.is_idle(&state) {
            return (false, again);
        }
        let names: Vec<String> =
            sets.iter().map(|it| self.replica_sets[*it].name.clone()).collect();
        self.write_changes(at, &step, &names, &template);
        let spec = &state.spec;
        let ceiling = spec.replicas.saturating_add(spec.fenceposts().surge);
        let scaled = step.changes.iter().filter_map(|change| match change {
            Change::Scale { set, .. } => names.get(*set).map(String::as_str),
            _ => None,
        });
        for name in scaled {
            if let Some(set) = self.set_mut(&namespace, name) {
                (set.desired_replicas, set.max_replicas) = (Some(spec.replicas), Some(ceiling));
            }
        }
        if let Some(created) = step.changes.iter().find_map(|change| match change {
            Change::CreateNew { replicas, revision } => Some((*replicas, *revision)),
            _ => None,
        }) {
            self.create_set(at, created, (spec.replicas, ceiling), template, &hash);
        }
        self.note_step(&namespace, &name, &step);
        self.write_status(at, &step);
        self.note_rollout(&namespace, &name, &step);
        (true, again)
    }

    /// Writes what a step says about sets that exist.
    fn write_changes(&mut self, at: usize, step: &Step, names: &[String], template: &Node) {
        let object = self.objects[at].0.clone();
        let (namespace, deployment) = (object.namespace(), object.name());
        for change in &step.changes {
            match *change {
                Change::Scale { set, replicas, .. } => {
                    let Some(name) = names.get(set) else { continue };
                    let Some(set) = self.set_mut(namespace, name) else { continue };
                    let before = std::mem::replace(&mut set.replicas, replicas);
                    if before != replicas {
                        let direction = if before < replicas { "up" } else { "down" };
                        let message = format!(
                            "Scaled {direction} replica set {name} from {before} to {replicas}"
                        );
                        let of = format!("Deployment/{deployment}");
                        self.record(namespace, of, "ScalingReplicaSet", message);
                    }
                }
                Change::Renumber { set, revision } => {
                    let Some(name) = names.get(set) else { continue };
                    let notes = taken_over(&object);
                    let Some(set) = self.set_mut(namespace, name) else { continue };
                    let before = std::mem::replace(&mut set.revision, revision);
                    set.revision_history.push(before);
                    set.annotations = notes;
                    let images = crate::kubelet::images(template);
                    let images = images.into_iter().map(str::to_owned).collect();
                    self.set_revision(at, revision);
                    self.begin_rollout(namespace, deployment, revision, images);
                }
                Change::Delete { set } => {
                    let Some(name) = names.get(set) else { continue };
                    self.replica_sets.retain(|it| it.namespace != namespace || it.name != *name);
                }
                Change::CreateNew { .. } => {}
            }
        }
    }

    fn create_set(
        &mut self,
        at: usize,
        (replicas, revision): (i32, i64),
        (desired, ceiling): (i32, i32),
        mut template: Node,
        hash: &str,
    ) {
        let object = &self.objects[at].0;
        let (namespace, deployment) = (object.namespace().to_owned(), object.name().to_owned());
        let annotations = taken_over(object);
        let images: Vec<String> =
            crate::kubelet::images(&template).into_iter().map(str::to_owned).collect();
        self.bind_fault(&namespace, &deployment, &images);
        let name = format!("{deployment}-{hash}");
        set(&mut template, &["metadata", "labels", HASH_LABEL], Node::from(hash));
        let number = self.next_number();
        self.replica_sets.push(ReplicaSet {
            uid: uid("ReplicaSet", &namespace, &name, number),
            namespace: namespace.clone(),
            deployment: deployment.clone(),
            hash: hash.to_owned(),
            revision,
            revision_history: Vec::new(),
            annotations,
            created: self.clock,
            replicas,
            desired_replicas: Some(desired),
            max_replicas: Some(ceiling),
            template: Tree(template),
            name: name.clone(),
        });
        self.set_revision(at, revision);
        let message = format!("Scaled up replica set {name} from 0 to {replicas}");
        self.record(&namespace, format!("Deployment/{deployment}"), "ScalingReplicaSet", message);
        self.begin_rollout(&namespace, &deployment, revision, images);
    }

    fn set_revision(&mut self, at: usize, revision: i64) {
        let path = ["metadata", "annotations", "deployment.kubernetes.io/revision"];
        set(&mut self.objects[at].0.root, &path, Node::from(revision.to_string()));
    }

    /// Returns where the sets of a Deployment stand, oldest first.
    pub(crate) fn sets_of(&self, namespace: &str, deployment: &str) -> Vec<usize> {
        let of = |at: &usize| {
            let set = &self.replica_sets[*at];
            set.namespace == namespace && set.deployment == deployment
        };
        (0..self.replica_sets.len()).filter(of).collect()
    }

    fn set_mut(&mut self, namespace: &str, name: &str) -> Option<&mut ReplicaSet> {
        self.replica_sets.iter_mut().find(|it| it.namespace == namespace && it.name == name)
    }

    /// Returns a set as the controller sees it: what it wants, and what its pods do.
    fn set_state(&self, at: usize, min_ready: Span) -> ReplicaSetState {
        let set = &self.replica_sets[at];
        let mut state =
            ReplicaSetState::new(set.name.as_str(), set.hash.as_str(), set.created.seconds());
        for pod in self
            .pods
            .iter()
            .filter(|it| it.namespace == set.namespace && it.replica_set == set.name)
        {
            state.running += 1;
            if pod.deleted.is_none() {
                state.status_replicas += 1;
                state.ready += i32::from(pod.ready_since.is_some());
                state.available += i32::from(pod.available(self.clock, min_ready));
            }
        }
        (state.revision, state.replicas) = (set.revision, set.replicas);
        (state.desired, state.max_replicas) = (set.desired_replicas, set.max_replicas);
        state
    }

    /// Returns when the next ready pod will have been ready for long enough.
    fn next_available(&self, sets: &[usize], workload: &Workload) -> Option<Moment> {
        let min_ready = Span::from(workload.min_ready.value);
        let names: Vec<&str> = sets.iter().map(|it| self.replica_sets[*it].name.as_str()).collect();
        let due = self
            .pods
            .iter()
            .filter(|pod| pod.namespace == workload.identity.namespace && pod.serves())
            .filter(|pod| names.contains(&pod.replica_set.as_str()))
            .filter_map(|pod| pod.ready_since.map(|it| it + min_ready))
            .filter(|at| *at > self.clock);
        due.min()
    }

    fn write_status(&mut self, at: usize, step: &Step) {
        let object = &mut self.objects[at].0;
        let before = read_condition(object);
        let status = &step.status;
        let counts = [
            ("observedGeneration", status.observed_generation),
            ("replicas", i64::from(status.replicas)),
            ("updatedReplicas", i64::from(status.updated_replicas)),
            ("readyReplicas", i64::from(status.ready_replicas)),
            ("availableReplicas", i64::from(status.available_replicas)),
            ("unavailableReplicas", i64::from(status.unavailable_replicas)),
        ];
        let mut fields: Map = counts
            .into_iter()
            .filter(|(_, count)| *count != 0)
            .map(|(name, count)| (name, Node::from(count)))
            .collect();
        if let Some(condition) = step.progressing {
            fields.insert("conditions", Node::from(vec![drawn_condition(object, condition)]));
        }
        set(&mut object.root, &["status"], Node::from(fields));
        let (namespace, name) = (object.namespace().to_owned(), object.name().to_owned());
        let reason = |it: Option<ProgressingCondition>| it.map(|it| it.reason);
        let exceeded = Some(ProgressReason::ProgressDeadlineExceeded);
        if reason(step.progressing) == exceeded && reason(before) != exceeded {
            let message = format!("Deployment \"{name}\" has made no progress within its deadline");
            self.record(
                &namespace,
                format!("Deployment/{name}"),
                "ProgressDeadlineExceeded",
                message,
            );
        }
    }
}

/// Returns the annotations that a Deployment's newest set takes over.
fn taken_over(object: &Object) -> BTreeMap<String, String> {
    let notes = object.at(&["metadata", "annotations"]).and_then(Node::as_map);
    let notes = notes.into_iter().flat_map(Map::iter);
    notes
        .filter(|(key, _)| !OWN.contains(key))
        .filter_map(|(key, node)| Some((key.to_owned(), node.as_str()?.to_owned())))
        .collect()
}

pub(crate) fn generation(object: &Object) -> i64 {
    object.at(&["metadata", "generation"]).and_then(Node::as_i64).unwrap_or(0)
}

/// Reads the counts that the controller wrote last.
pub(crate) fn read_status(object: &Object) -> DeploymentStatus {
    let count = |name: &str| object.at(&["status", name]).and_then(Node::as_i64).unwrap_or(0);
    let small = |name: &str| i32::try_from(count(name)).unwrap_or(i32::MAX);
    DeploymentStatus {
        observed_generation: count("observedGeneration"),
        replicas: small("replicas"),
        updated_replicas: small("updatedReplicas"),
        ready_replicas: small("readyReplicas"),
        available_replicas: small("availableReplicas"),
        unavailable_replicas: small("unavailableReplicas"),
    }
}

/// Reads the condition `Progressing` that the controller wrote last.
pub(crate) fn read_condition(object: &Object) -> Option<ProgressingCondition> {
    let conditions = object.at(&["status", "conditions"])?.as_list()?;
    let text =
        |node: &Node, field: &str| node.get(field).and_then(Node::as_str).unwrap_or("").to_owned();
    let node = conditions.iter().find(|it| text(it, "type") == "Progressing")?;
    Some(ProgressingCondition {
        status: match text(node, "status").as_str() {
            "True" => ConditionStatus::True,
            "False" => ConditionStatus::False,
            _ => ConditionStatus::Unknown,
        },
        reason: ProgressReason::from_text(&text(node, "reason")),
        last_update: Seconds::from_rfc3339(&text(node, "lastUpdateTime")).unwrap_or_default(),
    })
}

fn drawn_condition(object: &Object, condition: ProgressingCondition) -> Node {
    let name = object.name();
    let status = match condition.status {
        ConditionStatus::True => "True",
        ConditionStatus::False => "False",
        ConditionStatus::Unknown => "Unknown",
    };
    let message = match condition.reason {
        ProgressReason::ProgressDeadlineExceeded => {
            format!("Deployment \"{name}\" has timed out progressing.")
        }
        ProgressReason::NewReplicaSetAvailable => {
            format!("Deployment \"{name}\" has successfully progressed.")
        }
        ProgressReason::DeploymentPaused => "Deployment is paused".to_owned(),
        ProgressReason::DeploymentResumed => "Deployment is resumed".to_owned(),
        _ => format!("Deployment \"{name}\" is progressing."),
    };
    let at = Moment::from(condition.last_update).to_string();
    Node::from(Map::from_iter([
        ("type", Node::from("Progressing")),
        ("status", Node::from(status)),
        ("reason", Node::from(condition.reason.as_str())),
        ("message", Node::from(message)),
        ("lastUpdateTime", Node::from(at)),
    ]))
}
