use serde_json::{Value, json};
use tidegate_workload::{
    ContainerState, Handlers, HttpGet, IntOrString, PodView, Probe, ProbeAnswer, ProbeContainer,
    ProbeKind, ProbeRun, ProbeState, ProbeWorker, PullPolicy, RestartPolicy, Seconds,
};

pub(super) fn answer(kind: &str, given: &Value) -> Option<Value> {
    Some(match kind {
        "defaults" => {
            let probe = probe(given).defaulted();
            json!({
                "initialDelaySeconds": probe.initial_delay_seconds,
                "timeoutSeconds": probe.timeout_seconds,
                "periodSeconds": probe.period_seconds,
                "successThreshold": probe.success_threshold,
                "failureThreshold": probe.failure_threshold,
            })
        }
        "http-get-defaults" => {
            let request = http_get(given)?.defaulted();
            json!({ "path": request.path, "scheme": request.scheme, "port": request.port })
        }
        "validate" => {
            let restarts = given["restart_policy"].as_str() == Some("Always");
            let container = match given["container"].as_str() {
                Some("init") => ProbeContainer::Init { restarts },
                _ => ProbeContainer::Main,
            };
            let errors = probe(&given["probe"]).validate(probe_kind(given)?, container);
            let errors: Vec<Value> =
                errors.iter().map(|it| json!({ "field": it.field, "rule": it.rule })).collect();
            json!({ "valid": errors.is_empty(), "errors": errors })
        }
        "sequence" => {
            let thresholds = Probe {
                failure_threshold: small(&given["failure_threshold"]),
                success_threshold: small(&given["success_threshold"]),
                ..Probe::default()
            };
            let mut run = ProbeRun::new(probe_kind(given)?, &thresholds);
            let mut after = Vec::new();
            for result in given["results"].as_array()? {
                match result.as_str()? {
                    "new-container" => run.renew(),
                    answer => run.record(serde_json::from_value(json!(answer)).ok()?),
                }
                after.push(json!({ "state": state(run.state()), "on_hold": run.on_hold() }));
            }
            json!({ "after_each": after })
        }
        "probe-step" => probe_step(given)?,
        "pull-policy-defaults" => {
            let policy = PullPolicy::default_for(given["image"].as_str()?);
            json!({ "image_pull_policy": policy.to_string() })
        }
        _ => return None,
    })
}

fn probe_step(given: &Value) -> Option<Value> {
    let kind = probe_kind(given)?;
    let delay = small(&given["initial_delay_s"]);
    let mut worker =
        ProbeWorker::new(kind, &Probe { initial_delay_seconds: delay, ..single(given) });
    let running = ContainerState::Running {
        since: Seconds(0),
        started: given["started"].as_bool().unwrap_or(kind != ProbeKind::Startup),
    };
    let container = match given["container"].as_str().unwrap_or("absent") {
        "running" => Some((1, running)),
        "waiting" => Some((1, ContainerState::Waiting)),
        "terminated" => Some((1, ContainerState::Terminated)),
        _ => None,
    };
    let restart: Option<RestartPolicy> =
        serde_json::from_value(given["restart_policy"].clone()).ok()?;
    let pod = PodView {
        phase: serde_json::from_value(given["pod_status"].clone()).ok()?,
        container,
        deleting: given["deletion_requested"].as_bool().unwrap_or_default(),
        restart_policy: restart.unwrap_or_default(),
    };
    let answer: Option<ProbeAnswer> = serde_json::from_value(given["probe_result"].clone()).ok()?;
    let now = Seconds(given["running_for_s"].as_i64().unwrap_or_default());
    let tick = worker.tick(now, &pod, answer.unwrap_or(ProbeAnswer::Error));
    Some(json!({
        "continue": tick.goes_on,
        "probed": tick.probed,
        "result": worker.state().map(state),
    }))
}

/// Thresholds that a case does not give are those of a single answer.
fn single(_given: &Value) -> Probe {
    Probe { success_threshold: 1, failure_threshold: 1, ..Probe::default() }
}

fn state(state: ProbeState) -> Value {
    json!(state)
}

fn small(value: &Value) -> i32 {
    value.as_i64().and_then(|it| i32::try_from(it).ok()).unwrap_or_default()
}

fn probe_kind(given: &Value) -> Option<ProbeKind> {
    serde_json::from_value(given["probe_kind"].clone()).ok()
}

fn http_get(given: &Value) -> Option<HttpGet> {
    let text = |field: &str| given[field].as_str().unwrap_or_default().to_owned();
    Some(HttpGet { path: text("path"), port: port(&given["port"])?, scheme: text("scheme") })
}

fn port(given: &Value) -> Option<IntOrString> {
    serde_json::from_value(given.clone()).ok()
}

fn probe(given: &Value) -> Probe {
    let command =
        |it: &Value| -> Option<Vec<String>> { serde_json::from_value(it["command"].clone()).ok() };
    let handlers = Handlers {
        exec: given.get("exec").map(|it| command(it).unwrap_or_default()),
        http_get: given.get("httpGet").and_then(http_get),
        tcp_socket: given.get("tcpSocket").and_then(|it| port(&it["port"])),
        grpc: given.get("grpc").map(|it| small(&it["port"])),
    };
    Probe {
        handlers,
        initial_delay_seconds: small(&given["initialDelaySeconds"]),
        timeout_seconds: small(&given["timeoutSeconds"]),
        period_seconds: small(&given["periodSeconds"]),
        success_threshold: small(&given["successThreshold"]),
        failure_threshold: small(&given["failureThreshold"]),
        termination_grace_period_seconds: given["terminationGracePeriodSeconds"].as_i64(),
    }
}

/// Errors are compared in any order.
pub(super) fn same(_kind: &str, field: &str, expected: &Value, actual: &Value) -> bool {
    let sorted = |it: &Value| -> Option<Vec<String>> {
        let mut texts: Vec<String> = it.as_array()?.iter().map(ToString::to_string).collect();
        texts.sort();
        Some(texts)
    };
    if field == "errors" { sorted(expected) == sorted(actual) } else { expected == actual }
}
