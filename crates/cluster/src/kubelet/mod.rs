//! The kubelet: what becomes of a pod's containers.

mod container;
mod probing;
mod shape;

use tidegate_workload::PullPolicy;

pub use container::{Container, ContainerState};
pub(crate) use shape::{PodShape, images};

use crate::clock::{Moment, Span};
use crate::fault::Fault;
use crate::state::{Cluster, KEPT, Pod, Serving};

impl Cluster {
    /// Starts the life of a pod's containers on its node.
    pub(crate) fn admit(&mut self, pod: &mut Pod, shape: &PodShape) {
        let Some(node) = pod.node.clone() else { return };
        let assumed = self.assumptions;
        let inits = i64::try_from(shape.init_images.len()).unwrap_or(i64::MAX);
        let mut at = self.clock + assumed.scheduled_after;
        for (image, policy) in &shape.init_images {
            at = at + self.pull(&node, image, *policy);
        }
        at = at + Span(assumed.init_container.0.saturating_mul(inits));
        for template in &shape.containers {
            let fault = self.fault_of(&pod.namespace, &pod.deployment, &template.image);
            let mut container = Container::new(template);
            if fault == Some(Fault::ImagePull) {
                container.pull_fails_at(at + assumed.image_check);
            } else {
                let pull = self.pull(&node, &template.image, template.pull_policy);
                container.starts_at(at + pull);
            }
            pod.containers.push(container);
        }
    }

    /// Returns how long a node needs for an image, which it then has.
    fn pull(&mut self, node: &str, image: &str, policy: PullPolicy) -> Span {
        let assumed = self.assumptions;
        let Some(node) = self.nodes.iter_mut().find(|it| it.name == node) else {
            return Span::ZERO;
        };
        if !node.images.iter().any(|it| it == image) {
            node.images.push(image.to_owned());
            return assumed.image_pull;
        }
        if policy == PullPolicy::Always { assumed.image_check } else { Span::ZERO }
    }

    /// Returns when the next thing happens to a pod.
    pub(crate) fn next_pod_event(&self) -> Option<Moment> {
        let of_pod = |pod: &Pod| {
            let containers = pod.containers.iter().filter_map(|it| it.next_event(self.clock));
            let containers = containers.filter(|_| pod.deleted.is_none());
            containers.chain(pod.gone).min()
        };
        self.pods.iter().filter_map(of_pod).min()
    }

    /// Lets happen to the pods what is due by now; returns whether anything did.
    pub(crate) fn run_kubelets(&mut self) -> bool {
        let now = self.clock;
        let mut changed = false;
        let mut pods = std::mem::take(&mut self.pods);
        for pod in &mut pods {
            if pod.deleted.is_some() {
                continue;
            }
            changed |= self.run_containers(pod);
        }
        let gone = |pod: &Pod| pod.gone.is_some_and(|gone| gone <= now);
        changed |= pods.iter().any(gone);
        let (past, living): (Vec<Pod>, Vec<Pod>) = pods.into_iter().partition(gone);
        self.pods = living;
        self.past_pods.extend(past);
        let surplus = self.past_pods.len().saturating_sub(KEPT);
        self.past_pods.drain(..surplus);
        changed
    }

    fn run_containers(&mut self, pod: &mut Pod) -> bool {
        let now = self.clock;
        let due = |it: &Container| it.next_event(now).is_some_and(|at| at <= now);
        let Some(set) = self.set_of(pod) else { return false };
        if !pod.containers.iter().any(|it| due(it) || it.is_stale(now)) {
            return false;
        }
        let shape = PodShape::read(&set.template.0);
        let mut changed = false;
        let mut containers = std::mem::take(&mut pod.containers);
        for (container, template) in containers.iter_mut().zip(&shape.containers) {
            let fault = self.fault_of(&pod.namespace, &pod.deployment, &template.image);
            while due(container) {
                changed = true;
                let happened = container.advance(now, template, fault, &self.assumptions, &shape);
                for (reason, message) in happened {
                    self.record(&pod.namespace, format!("Pod/{}", pod.name), reason, message);
                }
            }
            changed |= container.look(now);
        }
        pod.containers = containers;
        if changed {
            pod.look(now);
        }
        changed
    }

    fn set_of(&self, pod: &Pod) -> Option<&crate::state::ReplicaSet> {
        self.replica_sets
            .iter()
            .find(|it| it.namespace == pod.namespace && it.name == pod.replica_set)
    }

    /// Asks for a pod's deletion: it serves no more, and is gone when its containers have stopped.
    pub(crate) fn delete_pod(&mut self, at: usize) {
        let now = self.clock;
        let stops_after = self.assumptions.stops_after;
        let shape = self.set_of(&self.pods[at]).map(|it| PodShape::read(&it.template.0));
        let pod = &mut self.pods[at];
        if pod.deleted.is_some() {
            return;
        }
        let runs = pod.containers.iter().any(Container::runs);
        let before = shape.map_or(Span::ZERO, |it| it.stops_before);
        let grace = Span::seconds(pod.grace_period_seconds);
        let stop = if runs { (before + stops_after).min(grace) } else { Span::ZERO };
        pod.deleted = Some(now);
        pod.gone = Some(now + stop);
        pod.stop_serving(now);
        let (namespace, name) = (pod.namespace.clone(), pod.name.clone());
        self.record(
            &namespace,
            format!("Pod/{name}"),
            "Killing",
            "Stopping the containers".to_owned(),
        );
    }
}

impl Pod {
    /// Judges readiness anew.
    fn look(&mut self, now: Moment) {
        if self.started.is_none() && self.containers.iter().all(Container::runs) {
            self.started = Some(now);
        }
        let ready = !self.containers.is_empty() && self.containers.iter().all(|it| it.ready);
        match (ready, self.ready_since) {
            (true, None) => {
                self.ready_since = Some(now);
                self.first_ready.get_or_insert(now);
                self.serving.push(Serving { from: now, until: None });
            }
            (false, Some(_)) => {
                self.ready_since = None;
                self.stop_serving(now);
            }
            _ => {}
        }
    }

    fn stop_serving(&mut self, now: Moment) {
        if let Some(last) = self.serving.last_mut().filter(|it| it.until.is_none()) {
            last.until = Some(now);
        }
    }
}
