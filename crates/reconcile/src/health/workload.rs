//! Deployments, stateful sets, replica sets, daemon sets: has the controller carried out what was asked?

use tidegate_object::Object;

use super::{Health, HealthStatus};
use crate::read::{condition, flag, int, some_int, text};

fn progressing(message: impl Into<String>) -> Health {
    Health::new(HealthStatus::Progressing, message)
}

/// The controller has not yet seen the newest specification.
fn unobserved(object: &Object) -> bool {
    int(object, &["metadata", "generation"]) > int(object, &["status", "observedGeneration"])
}

pub(super) fn deployment(object: &Object) -> Health {
    if flag(object, &["spec", "paused"]) {
        return Health::new(HealthStatus::Suspended, "Deployment is paused");
    }
    if unobserved(object) {
        return progressing(
            "Waiting for rollout to finish: observed deployment generation less than desired generation",
        );
    }
    let updated = int(object, &["status", "updatedReplicas"]);
    let available = int(object, &["status", "availableReplicas"]);
    let old = int(object, &["status", "replicas"]) - updated;
    let wanted = some_int(object, &["spec", "replicas"]);
    if text(condition(object, "Progressing"), &["reason"]) == "ProgressDeadlineExceeded" {
        let message = format!("Deployment \"{}\" exceeded its progress deadline", object.name());
        return Health::new(HealthStatus::Degraded, message);
    }
    if let Some(wanted) = wanted.filter(|wanted| updated < *wanted) {
        return progressing(format!(
            "Waiting for rollout to finish: {updated} out of {wanted} new replicas have been updated..."
        ));
    }
    if old > 0 {
        return progressing(format!(
            "Waiting for rollout to finish: {old} old replicas are pending termination..."
        ));
    }
    if available < updated {
        return progressing(format!(
            "Waiting for rollout to finish: {available} of {updated} updated replicas are available..."
        ));
    }
    Health::plain(HealthStatus::Healthy)
}

pub(super) fn replica_set(object: &Object) -> Health {
    if unobserved(object) {
        return progressing(
            "Waiting for rollout to finish: observed replica set generation less than desired generation",
        );
    }
    let failure = condition(object, "ReplicaFailure");
    if text(failure, &["status"]) == "True" {
        return Health::new(HealthStatus::Degraded, text(failure, &["message"]));
    }
    let available = int(object, &["status", "availableReplicas"]);
    match some_int(object, &["spec", "replicas"]) {
        Some(wanted) if available < wanted => progressing(format!(
            "Waiting for rollout to finish: {available} out of {wanted} new replicas are available..."
        )),
        _ => Health::plain(HealthStatus::Healthy),
    }
}

pub(super) fn daemon_set(object: &Object) -> Health {
    if unobserved(object) {
        return progressing(
            "Waiting for rollout to finish: observed daemon set generation less than desired generation",
        );
    }
    let name = object.name();
    let wanted = int(object, &["status", "desiredNumberScheduled"]);
    let updated = int(object, &["status", "updatedNumberScheduled"]);
    let available = int(object, &["status", "numberAvailable"]);
    if text(Some(&object.root), &["spec", "updateStrategy", "type"]) == "OnDelete" {
        let message = format!("daemon set {updated} out of {wanted} new pods have been updated");
        return Health::new(HealthStatus::Healthy, message);
    }
    if updated < wanted {
        return progressing(format!(
            "Waiting for daemon set \"{name}\" rollout to finish: {updated} out of {wanted} new pods have been updated..."
        ));
    }
    if available < wanted {
        return progressing(format!(
            "Waiting for daemon set \"{name}\" rollout to finish: {available} of {wanted} updated pods are available..."
        ));
    }
    Health::plain(HealthStatus::Healthy)
}

pub(super) fn stateful_set(object: &Object) -> Health {
    if int(object, &["status", "observedGeneration"]) == 0 || unobserved(object) {
        return progressing("Waiting for statefulset spec update to be observed...");
    }
    let wanted = some_int(object, &["spec", "replicas"]);
    let ready = int(object, &["status", "readyReplicas"]);
    let updated = int(object, &["status", "updatedReplicas"]);
    if let Some(missing) = wanted.map(|it| it - ready).filter(|it| *it > 0) {
        return progressing(format!("Waiting for {missing} pods to be ready..."));
    }
    let strategy = text(Some(&object.root), &["spec", "updateStrategy", "type"]);
    let rolling = object.at(&["spec", "updateStrategy", "rollingUpdate"]);
    if strategy == "RollingUpdate" && rolling.is_some_and(|it| !it.is_null()) {
        let partition = some_int(object, &["spec", "updateStrategy", "rollingUpdate", "partition"]);
        return match wanted.zip(partition).map(|(wanted, partition)| wanted - partition) {
            Some(due) if updated < due => progressing(format!(
                "Waiting for partitioned roll out to finish: {updated} out of {due} new pods have been updated..."
            )),
            _ => Health::new(
                HealthStatus::Healthy,
                format!("partitioned roll out complete: {updated} new pods have been updated..."),
            ),
        };
    }
    if strategy == "OnDelete" {
        let message = format!("statefulset has {ready} ready pods");
        return Health::new(HealthStatus::Healthy, message);
    }
    let update = text(Some(&object.root), &["status", "updateRevision"]);
    let current = text(Some(&object.root), &["status", "currentRevision"]);
    if update != current {
        return progressing(format!(
            "waiting for statefulset rolling update to complete {updated} pods at revision {update}..."
        ));
    }
    let pods = int(object, &["status", "currentReplicas"]);
    Health::new(
        HealthStatus::Healthy,
        format!("statefulset rolling update complete {pods} pods at revision {current}..."),
    )
}
