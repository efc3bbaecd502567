//! Horizontal pod autoscalers: version 1 keeps its conditions as JSON in an annotation.

use tidegate_object::{Node, Object};

use super::{Health, HealthStatus};
use crate::json;
use crate::read::{annotation, annotations, list};

/// Type and reason of the conditions that mean that scaling does not work.
const DEGRADED: [(&str, &str); 8] = [
    ("AbleToScale", "FailedGetScale"),
    ("AbleToScale", "FailedUpdateScale"),
    ("ScalingActive", "FailedGetResourceMetric"),
    ("ScalingActive", "FailedGetObjectMetric"),
    ("ScalingActive", "FailedGetPodsMetric"),
    ("ScalingActive", "FailedGetExternalMetric"),
    ("ScalingActive", "FailedComputeMetricsReplicas"),
    ("ScalingActive", "InvalidSelector"),
];

pub(super) fn autoscaler(object: &Object) -> Health {
    if object.identity().version != "v1" {
        return judge(list(object, &["status", "conditions"]));
    }
    let conditions = "autoscaling.alpha.kubernetes.io/conditions";
    let Some(text) = annotation(annotations(object), conditions) else {
        return waiting();
    };
    match json::parse(text) {
        Ok(node) if node.is_null() => waiting(),
        Ok(node) if node.as_list().is_some() => judge(node.as_list().unwrap_or(&[])),
        Ok(node) => unreadable(&format!("a list is expected, not a {}", node.value.type_name())),
        Err(error) => unreadable(&error.to_string()),
    }
}

fn judge(conditions: &[Node]) -> Health {
    let said = |it: &Node| field(it, "message").to_owned();
    let degraded = |it: &&Node| DEGRADED.contains(&(field(it, "type"), field(it, "reason")));
    if let Some(it) = conditions.iter().find(degraded) {
        return Health::new(HealthStatus::Degraded, said(it));
    }
    let healthy = |it: &&Node| {
        matches!(field(it, "type"), "AbleToScale" | "ScalingLimited")
            && field(it, "status") == "True"
    };
    conditions
        .iter()
        .find(healthy)
        .map_or_else(waiting, |it| Health::new(HealthStatus::Healthy, said(it)))
}

/// Returns a text field; the case of its name does not matter, as it does not to Go's JSON reader.
fn field<'n>(condition: &'n Node, name: &str) -> &'n str {
    let entry = condition.as_map().and_then(|map| {
        map.entries().iter().find(|entry| entry.key.as_str().eq_ignore_ascii_case(name))
    });
    entry.and_then(|it| it.node.as_str()).unwrap_or("")
}

fn waiting() -> Health {
    Health::new(HealthStatus::Progressing, "Waiting to Autoscale")
}

fn unreadable(why: &str) -> Health {
    let message = format!("failed to convert conditions annotation to typed: {why}");
    Health::new(HealthStatus::Unknown, message)
}
