//! Pods.

use tidegate_object::{Node, Object};

use super::{Health, HealthStatus};
use crate::hook::is_hook;
use crate::read::{annotation, annotations, condition, list, text};

/// Makes a running pod that is not restarted count as one that lives on.
const IGNORE_RESTART_POLICY: &str = "argocd.argoproj.io/ignore-restart-policy";

pub(super) fn pod(object: &Object) -> Health {
    let message = text(Some(&object.root), &["status", "message"]);
    let containers = list(object, &["status", "containerStatuses"]);
    let policy = text(Some(&object.root), &["spec", "restartPolicy"]);
    let notes = annotations(object);
    // A hook's pod has an end: it must not be judged by what may still mend itself.
    let lives_on = policy == "Always"
        || annotation(notes, IGNORE_RESTART_POLICY) == Some("true") && !is_hook(notes);
    if lives_on {
        let broken: Vec<&str> = containers.iter().filter_map(broken).collect();
        if !broken.is_empty() {
            return Health::new(HealthStatus::Degraded, broken.join(", "));
        }
    }
    match text(Some(&object.root), &["status", "phase"]) {
        "Pending" => Health::new(HealthStatus::Progressing, message),
        "Succeeded" => Health::new(HealthStatus::Healthy, message),
        "Failed" if !message.is_empty() => Health::new(HealthStatus::Degraded, message),
        "Failed" => {
            let inits = list(object, &["status", "initContainerStatuses"]);
            let why = inits.iter().chain(containers).find_map(failure).unwrap_or_default();
            Health::new(HealthStatus::Degraded, why)
        }
        "Running" if lives_on => {
            let status = if text(condition(object, "Ready"), &["status"]) == "True" {
                HealthStatus::Healthy
            } else if containers.iter().any(|it| present(it, &["lastState", "terminated"])) {
                HealthStatus::Degraded
            } else {
                HealthStatus::Progressing
            };
            Health::new(status, message)
        }
        "Running" if matches!(policy, "OnFailure" | "Never") => {
            Health::new(HealthStatus::Progressing, message)
        }
        _ => Health::new(HealthStatus::Unknown, message),
    }
}

/// Returns what a container says that waits because of an error.
fn broken(container: &Node) -> Option<&str> {
    let waiting = container.at(&["state", "waiting"])?;
    let reason = text(Some(waiting), &["reason"]);
    let bad = reason.starts_with("Err") || reason.ends_with("Error") || reason.ends_with("BackOff");
    bad.then(|| text(Some(waiting), &["message"]))
}

/// Returns why a container ended, where it says so.
fn failure(container: &Node) -> Option<String> {
    let terminated = container.at(&["state", "terminated"])?;
    let message = text(Some(terminated), &["message"]);
    if !message.is_empty() {
        return Some(message.to_owned());
    }
    if text(Some(terminated), &["reason"]) == "OOMKilled" {
        return Some("OOMKilled".to_owned());
    }
    let code = terminated.get("exitCode").and_then(Node::as_i64).filter(|it| *it != 0)?;
    Some(format!("container \"{}\" failed with exit code {code}", text(Some(container), &["name"])))
}

fn present(node: &Node, path: &[&str]) -> bool {
    node.at(path).is_some_and(|it| !it.is_null())
}
