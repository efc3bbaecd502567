//! Services, Ingresses, API services.

use tidegate_object::Object;

use super::{Health, HealthStatus};
use crate::read::{condition, list, text};

/// A load balancer has given an address.
fn addressed(object: &Object) -> Health {
    Health::plain(if list(object, &["status", "loadBalancer", "ingress"]).is_empty() {
        HealthStatus::Progressing
    } else {
        HealthStatus::Healthy
    })
}

pub(super) fn ingress(object: &Object) -> Health {
    addressed(object)
}

pub(super) fn service(object: &Object) -> Health {
    if text(Some(&object.root), &["spec", "type"]) == "LoadBalancer" {
        addressed(object)
    } else {
        Health::plain(HealthStatus::Healthy)
    }
}

pub(super) fn api_service(object: &Object) -> Health {
    let Some(available) = condition(object, "Available") else {
        return Health::new(HealthStatus::Progressing, "Waiting to be processed");
    };
    let status = if text(Some(available), &["status"]) == "True" {
        HealthStatus::Healthy
    } else {
        HealthStatus::Progressing
    };
    let (reason, message) =
        (text(Some(available), &["reason"]), text(Some(available), &["message"]));
    Health::new(status, format!("{reason}: {message}"))
}
