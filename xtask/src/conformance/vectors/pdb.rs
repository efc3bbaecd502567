use std::collections::BTreeMap;

use serde_json::{Value, json};
use tidegate_workload::{
    BudgetPod, BudgetRule, BudgetStatus, Controllers, EvictedPod, Eviction, IntOrPercent,
    IntOrString, MatchingBudget, PodPhase, Seconds, UnhealthyPodEvictionPolicy, after_disruptions,
    evict,
};

pub(super) fn answer(kind: &str, given: &Value) -> Option<Value> {
    let count = |field: &str| small(&given[field]);
    Some(match kind {
        "status" => {
            let controllers = given["scale"]
                .as_i64()
                .and_then(|it| i32::try_from(it).ok())
                .map_or(Controllers::Unmanaged, Controllers::Scale);
            status(&BudgetStatus::of(rule(given)?, count("pods"), count("ready"), controllers))
        }
        "unmanaged" => {
            let controllers = match given["owner"] {
                Value::Null => Controllers::Unmanaged,
                _ => Controllers::WithoutScale,
            };
            status(&BudgetStatus::of(rule(given)?, count("pods"), count("ready"), controllers))
        }
        "disrupted-pods" => {
            let notes: BTreeMap<String, Seconds> =
                serde_json::from_value(given["disrupted_pods"].clone()).ok()?;
            let pods: Vec<BudgetPod> = given["pods"].as_array()?.iter().map(pod).collect();
            let now = Seconds(given["now_s"].as_i64()?);
            let (kept, healthy) = after_disruptions(&notes, &pods, now);
            let n_pods = i32::try_from(pods.len()).ok()?;
            let controllers = Controllers::Scale(n_pods);
            let mut answer = status(&BudgetStatus::of(rule(given)?, n_pods, healthy, controllers));
            answer["disrupted_pods"] = json!(kept);
            answer
        }
        "eviction" => {
            let budgets: Vec<MatchingBudget> = given["matching_budgets"]
                .as_array()?
                .iter()
                .map(|it| budget(it, given))
                .collect::<Option<_>>()?;
            let pod = EvictedPod {
                phase: phase(given["pod_phase"].as_str()?)?,
                ready: given["pod_ready"].as_bool()?,
                deleting: given["pod_deletion_started"].as_bool()?,
            };
            match evict(pod, &budgets) {
                Eviction::Granted { budget_used } => {
                    json!({ "evicted": true, "budget_used": budget_used })
                }
                Eviction::Refused(why) => json!({ "evicted": false, "code": why.code() }),
            }
        }
        _ => return None,
    })
}

fn small(value: &Value) -> i32 {
    value.as_i64().and_then(|it| i32::try_from(it).ok()).unwrap_or_default()
}

fn rule(given: &Value) -> Option<BudgetRule> {
    let read = |field: &str| -> Option<Option<IntOrPercent>> {
        if given[field].is_null() {
            return Some(None);
        }
        let value: IntOrString = serde_json::from_value(given[field].clone()).ok()?;
        IntOrPercent::try_from(&value).ok().map(Some)
    };
    Some(match (read("max_unavailable")?, read("min_available")?) {
        (Some(it), _) => BudgetRule::MaxUnavailable(it),
        (None, Some(it)) => BudgetRule::MinAvailable(it),
        (None, None) => BudgetRule::None,
    })
}

fn status(status: &BudgetStatus) -> Value {
    json!({
        "expected_pods": status.expected_pods,
        "desired_healthy": status.desired_healthy,
        "current_healthy": status.current_healthy,
        "disruptions_allowed": status.disruptions_allowed,
        "event": status.event.map(tidegate_workload::BudgetEvent::as_str),
    })
}

fn pod(given: &Value) -> BudgetPod {
    BudgetPod {
        name: given["name"].as_str().unwrap_or_default().to_owned(),
        ready: given["ready"].as_bool().unwrap_or_default(),
        deleting: given["deletion_started"].as_bool().unwrap_or_default(),
    }
}

fn phase(text: &str) -> Option<PodPhase> {
    serde_json::from_value(json!(text)).ok()
}

fn budget(budget: &Value, given: &Value) -> Option<MatchingBudget> {
    let unhealthy: Option<UnhealthyPodEvictionPolicy> =
        serde_json::from_value(given["unhealthy_pod_eviction_policy"].clone()).ok()?;
    Some(MatchingBudget {
        disruptions_allowed: small(&budget["disruptions_allowed"]),
        current_healthy: small(&budget["current_healthy"]),
        desired_healthy: small(&budget["desired_healthy"]),
        observed: given["budget_status_current"].as_bool()?,
        unhealthy: unhealthy.unwrap_or_default(),
    })
}
