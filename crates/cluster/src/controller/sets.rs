//! The ReplicaSet controller: as many pods as each set wants; and the scheduler.

use std::collections::BTreeMap;

use tidegate_object::{Map, Node};

use crate::kubelet::PodShape;
use crate::names::{pod_suffix, uid};
use crate::state::{Cluster, Pod};

impl Cluster {
    /// Creates and deletes pods; returns whether it did.
    pub(super) fn run_sets(&mut self) -> bool {
        let mut changed = false;
        for at in 0..self.replica_sets.len() {
            let set = &self.replica_sets[at];
            let mine: Vec<usize> = (0..self.pods.len())
                .filter(|pod| {
                    let pod = &self.pods[*pod];
                    pod.namespace == set.namespace
                        && pod.replica_set == set.name
                        && pod.deleted.is_none()
                })
                .collect();
            let wanted = usize::try_from(set.replicas).unwrap_or(0);
            changed |= mine.len() != wanted;
            for _ in mine.len()..wanted {
                self.create_pod(at);
            }
            let mut surplus = mine;
            surplus.sort_by_key(|pod| self.dispensability(*pod));
            let n = surplus.len().saturating_sub(wanted);
            for pod in surplus.into_iter().take(n) {
                self.delete_pod(pod);
            }
        }
        changed |= self.schedule();
        self.drop_orphans() || changed
    }

    /// Which pod goes first: one without a node, not running, not ready; then the one that is ready for the shortest
    /// time, was restarted most often, is youngest (`controller_utils.go`, `ActivePodsWithRanks`).
    fn dispensability(&self, at: usize) -> impl Ord + use<> {
        let pod = &self.pods[at];
        let restarts = pod.containers.iter().map(|it| it.restarts).max().unwrap_or(0);
        (
            pod.node.is_some(),
            pod.started.is_some(),
            pod.ready_since.is_some(),
            pod.ready_since.map(|it| -it.0),
            -i64::from(restarts),
            -pod.created.0,
            pod.name.clone(),
        )
    }

    fn create_pod(&mut self, at: usize) {
        let number = self.next_number();
        let set = &self.replica_sets[at];
        let template = &set.template.0;
        let shape = PodShape::read(template);
        // Two numbers may give the same letters: a name that is taken makes way for the next.
        let names = (number..).map(|it| format!("{}-{}", set.name, pod_suffix(&set.name, it)));
        let taken = |name: &String| {
            let mut pods = self.pods.iter().chain(&self.past_pods);
            pods.any(|it| it.namespace == set.namespace && it.name == *name)
        };
        let name = names.take(1000).find(|it| !taken(it)).unwrap_or_else(|| set.name.clone());
        let labels = template.at(&["metadata", "labels"]).and_then(Node::as_map);
        let labels: BTreeMap<String, String> = labels
            .into_iter()
            .flat_map(Map::iter)
            .filter_map(|(key, node)| Some((key.to_owned(), node.as_str()?.to_owned())))
            .collect();
        let pod = Pod {
            uid: uid("Pod", &set.namespace, &name, number),
            namespace: set.namespace.clone(),
            deployment: set.deployment.clone(),
            replica_set: set.name.clone(),
            revision: set.revision,
            labels,
            node: None,
            created: self.clock,
            started: None,
            first_ready: None,
            ready_since: None,
            deleted: None,
            gone: None,
            grace_period_seconds: shape.grace_period.0 / 1000,
            containers: Vec::new(),
            serving: Vec::new(),
            name,
        };
        let (namespace, owner) = (pod.namespace.clone(), pod.replica_set.clone());
        let message = format!("Created pod {}", pod.name);
        self.record(&namespace, format!("ReplicaSet/{owner}"), "SuccessfulCreate", message);
        self.pods.push(pod);
    }

    /// Gives each pod without a node the one that takes pods and has the fewest; returns whether any got one.
    fn schedule(&mut self) -> bool {
        let mut changed = false;
        for at in 0..self.pods.len() {
            if self.pods[at].node.is_some() || self.pods[at].deleted.is_some() {
                continue;
            }
            let load =
                |name: &str| self.pods.iter().filter(|it| it.node.as_deref() == Some(name)).count();
            let free = self.nodes.iter().filter(|it| !it.unschedulable);
            let Some(node) = free.min_by_key(|it| load(&it.name)).map(|it| it.name.clone()) else {
                continue;
            };
            let mut pod = self.pods[at].clone();
            pod.node = Some(node);
            let set = self
                .replica_sets
                .iter()
                .find(|it| it.namespace == pod.namespace && it.name == pod.replica_set);
            let shape = set.map(|it| PodShape::read(&it.template.0)).unwrap_or_default();
            self.admit(&mut pod, &shape);
            self.pods[at] = pod;
            changed = true;
        }
        changed
    }

    /// Deletes pods whose set is gone, and sets whose Deployment is; returns whether there were any.
    fn drop_orphans(&mut self) -> bool {
        let deployments: Vec<(String, String)> = self
            .objects
            .iter()
            .filter(|it| crate::objects::is_deployment(&it.0))
            .map(|it| (it.0.namespace().to_owned(), it.0.name().to_owned()))
            .collect();
        let before = self.replica_sets.len();
        self.replica_sets
            .retain(|it| deployments.contains(&(it.namespace.clone(), it.deployment.clone())));
        let orphans: Vec<usize> = (0..self.pods.len())
            .filter(|at| {
                let pod = &self.pods[*at];
                let owned = |it: &crate::state::ReplicaSet| {
                    it.namespace == pod.namespace && it.name == pod.replica_set
                };
                pod.deleted.is_none() && !self.replica_sets.iter().any(owned)
            })
            .collect();
        let changed = before != self.replica_sets.len() || !orphans.is_empty();
        for at in orphans {
            self.delete_pod(at);
        }
        changed
    }
}
