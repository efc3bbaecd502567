//! Jobs, and Argo's workflows.

use tidegate_object::Object;

use super::{Health, HealthStatus};
use crate::read::{list, text};

/// The first of failed, suspended and complete counts. A condition counts by its type; only suspension also asks for its status.
pub(super) fn job(object: &Object) -> Health {
    let (mut failed, mut complete, mut suspended) = (None, false, false);
    let mut message = "";
    for condition in list(object, &["status", "conditions"]) {
        let said = text(Some(condition), &["message"]);
        match text(Some(condition), &["type"]) {
            "Failed" => failed = Some(said),
            "Complete" => (complete, message) = (true, said),
            "Suspended" => {
                (complete, message) = (true, said);
                suspended |= text(Some(condition), &["status"]) == "True";
            }
            _ => {}
        }
    }
    match failed {
        Some(why) => Health::new(HealthStatus::Degraded, why),
        None if !complete => Health::new(HealthStatus::Progressing, message),
        None if suspended => Health::new(HealthStatus::Suspended, message),
        None => Health::new(HealthStatus::Healthy, message),
    }
}

pub(super) fn workflow(object: &Object) -> Health {
    let status = match text(Some(&object.root), &["status", "phase"]) {
        "" | "Pending" | "Running" => HealthStatus::Progressing,
        "Succeeded" => HealthStatus::Healthy,
        "Failed" | "Error" => HealthStatus::Degraded,
        _ => HealthStatus::Unknown,
    };
    Health::new(status, text(Some(&object.root), &["status", "message"]))
}
