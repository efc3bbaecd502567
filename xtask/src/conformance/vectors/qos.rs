use serde_json::{Value, json};
use tidegate_workload::{QosClass, ResourceList, Resources};

pub(super) fn answer(kind: &str, given: &Value) -> Option<Value> {
    let containers: Vec<Resources> = ["containers", "init_containers"]
        .iter()
        .filter_map(|field| given[*field].as_array())
        .flatten()
        .map(resources)
        .collect();
    let pod = given.get("pod_level").filter(|it| !it.is_null()).map(resources);
    match kind {
        "class" => Some(json!({ "qos": QosClass::of(&containers, pod.as_ref()).to_string() })),
        _ => None,
    }
}

fn resources(given: &Value) -> Resources {
    Resources { requests: list(&given["requests"]), limits: list(&given["limits"]) }
}

fn list(given: &Value) -> ResourceList {
    let amounts = given.as_object().into_iter().flatten();
    amounts
        .filter_map(|(name, amount)| Some((name.clone(), amount.as_str()?.parse().ok()?)))
        .collect()
}
