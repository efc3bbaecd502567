//! Where each Deployment stands, in the few numbers that people ask for.

use serde::Serialize;
use tidegate_object::{Node, Object};
use tidegate_reconcile::{Health, HealthStatus, Member, application_health, resource_health};
use tidegate_workload::deployment_rollout;

use crate::controller::{generation, read_condition, read_status};
use crate::objects::is_deployment;
use crate::state::Cluster;

/// Where a Deployment stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeploymentSummary {
    /// Namespace.
    pub namespace: String,
    /// Name.
    pub name: String,
    /// What its pod template says, container by container.
    pub images: Vec<ImageSummary>,
    /// The images that its pods run, each once, newest pods first.
    pub running_images: Vec<String>,
    /// Revision of its newest set; 0 before there is one.
    pub revision: i64,
    /// Pods wanted.
    pub replicas: i32,
    /// Pods of the newest set.
    pub updated: i32,
    /// Pods that are ready.
    pub ready: i32,
    /// Pods that are available.
    pub available: i32,
    /// Its health, as Argo CD judges it.
    pub health: Health,
    /// What `kubectl rollout status` says, without its line end.
    pub rollout: String,
    /// Whether the rollout has finished.
    pub finished: bool,
}

/// The image of a container.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImageSummary {
    /// The container.
    pub container: String,
    /// The whole reference, as written.
    pub image: String,
    /// What stands behind its `@`.
    pub digest: Option<String>,
}

impl Cluster {
    /// Returns where each Deployment stands, in the order of namespace and name.
    #[must_use]
    pub fn summaries(&self) -> Vec<DeploymentSummary> {
        self.objects().filter(|it| is_deployment(it)).map(|it| self.summary_of(it)).collect()
    }

    /// Returns where a Deployment stands; `None` where there is none of that name.
    #[must_use]
    pub fn summary(&self, namespace: &str, name: &str) -> Option<DeploymentSummary> {
        self.deployment(namespace, name).map(|it| self.summary_of(it))
    }

    /// Returns the health of the objects that a manager has applied, as Argo CD judges an application.
    #[must_use]
    pub fn application_health(&self, manager: &str) -> HealthStatus {
        let ours = |it: &&Object| tidegate_reconcile::FieldSet::managed_by(it, manager).is_some();
        application_health(self.objects().filter(ours).map(Member::live))
    }

    fn summary_of(&self, object: &Object) -> DeploymentSummary {
        let (namespace, name) = (object.namespace(), object.name());
        let containers = object.at(&["spec", "template", "spec", "containers"]);
        let containers = containers.and_then(Node::as_list).unwrap_or(&[]);
        let text = |node: &Node, field: &str| {
            node.get(field).and_then(Node::as_str).unwrap_or("").to_owned()
        };
        let image = |it: &Node| {
            let image = text(it, "image");
            let digest = image.split_once('@').map(|(_, digest)| digest.to_owned());
            ImageSummary { container: text(it, "name"), image, digest }
        };
        let mut running_images: Vec<String> = Vec::new();
        let mine = self.pods.iter().rev().filter(|it| {
            it.namespace == namespace && it.deployment == name && it.deleted.is_none()
        });
        for image in mine.flat_map(|it| it.images()) {
            if !running_images.iter().any(|it| it == image) {
                running_images.push(image.to_owned());
            }
        }
        let sets = self.sets_of(namespace, name);
        let status = read_status(object);
        let replicas = object.at(&["spec", "replicas"]).and_then(Node::as_i64).unwrap_or(1);
        let replicas = i32::try_from(replicas).unwrap_or(i32::MAX);
        let reason = read_condition(object).map(|it| it.reason);
        let rollout = deployment_rollout(name, generation(object), replicas, &status, reason, None);
        let unknown = || Health::new(HealthStatus::Unknown, "");
        DeploymentSummary {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            images: containers.iter().map(image).collect(),
            running_images,
            revision: sets.iter().map(|it| self.replica_sets[*it].revision).max().unwrap_or(0),
            replicas,
            updated: status.updated_replicas,
            ready: status.ready_replicas,
            available: status.available_replicas,
            health: resource_health(object).unwrap_or_else(unknown),
            finished: rollout.as_ref().is_ok_and(|it| it.done),
            rollout: match rollout {
                Ok(told) => told.message.trim_end().to_owned(),
                Err(error) => format!("error: {error}"),
            },
        }
    }
}
