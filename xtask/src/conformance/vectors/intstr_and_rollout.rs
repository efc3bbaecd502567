use serde_json::{Value, json};
use tidegate_workload::{
    Change, ConditionStatus, DaemonSetStatus, DeploymentSpec, DeploymentState, DeploymentStatus,
    Fenceposts, IntOrPercent, IntOrString, OldSet, ProgressReason, ProgressingCondition,
    ReplicaSetState, RevisionAsked, RolloutStatus, RolloutStatusError, Rounding, ScaleReason,
    ScaledSet, Seconds, StatefulSetStatus, Strategy, clean_up_unhealthy, complete,
    daemon_set_rollout, deployment_rollout, max_unavailable, new_replicas, progressing,
    requeue_after, scale_down_available, scale_down_old, scale_proportionally,
    stateful_set_rollout, step, surplus_history, timed_out,
};

pub(super) fn answer(kind: &str, given: &Value) -> Option<Value> {
    match kind {
        "scaled" | "int-or-percent" | "parse-text" | "fenceposts" | "max-unavailable" => {
            amounts(kind, given)
        }
        "find-new-rs" | "find-old-rs" | "history-cleanup" => sets(kind, given),
        "complete" | "progressing" | "timed-out" | "requeue-after" => progress(kind, given),
        "status-deployment" | "status-daemonset" | "status-statefulset" => told(kind, given),
        // The controller's step alone and the simulated cluster, which runs it, must agree.
        "rolling-sequence" => {
            let steps = rolling_sequence(given)?;
            (super::simulated::rolling_sequence(given)? == steps).then_some(steps)
        }
        "proportional-scale" => proportional(given),
        _ => scaling(kind, given),
    }
}

fn small(value: &Value) -> i32 {
    value.as_i64().and_then(|it| i32::try_from(it).ok()).unwrap_or_default()
}

fn int_or_string(value: &Value) -> Option<IntOrString> {
    serde_json::from_value(value.clone()).ok()
}

fn int_or_percent(value: &Value) -> Option<IntOrPercent> {
    IntOrPercent::try_from(&int_or_string(value)?).ok()
}

fn strategy(given: &Value) -> Option<Strategy> {
    let read = |field: &str| match &given[field] {
        Value::Null => Some(IntOrPercent::Int(0)),
        value => int_or_percent(value),
    };
    Some(match given["strategy"].as_str().unwrap_or("RollingUpdate") {
        "Recreate" => Strategy::Recreate,
        _ => Strategy::RollingUpdate {
            max_surge: read("max_surge")?,
            max_unavailable: read("max_unavailable")?,
        },
    })
}

fn spec(given: &Value) -> Option<DeploymentSpec> {
    Some(DeploymentSpec {
        replicas: small(&given["replicas"]),
        strategy: strategy(given)?,
        ..DeploymentSpec::default()
    })
}

fn amounts(kind: &str, given: &Value) -> Option<Value> {
    let failed = json!({ "error": true });
    let value = int_or_string(&given["value"]);
    let percent = value.as_ref().map(IntOrPercent::try_from);
    Some(match kind {
        "scaled" => {
            let rounding = if given["round_up"].as_bool()? { Rounding::Up } else { Rounding::Down };
            match percent? {
                Ok(it) => json!({ "value": it.scaled(small(&given["total"]), rounding) }),
                Err(_) => failed,
            }
        }
        "int-or-percent" => match percent? {
            Ok(it) => json!({ "number": it.number().0, "percent": it.number().1 }),
            Err(_) => failed,
        },
        "parse-text" => json!({ "value": IntOrString::from_text(given["text"].as_str()?) }),
        "fenceposts" => {
            let (surge, unavailable) =
                (int_or_string(&given["max_surge"]), int_or_string(&given["max_unavailable"]));
            let replicas = small(&given["replicas"]);
            match Fenceposts::resolve(surge.as_ref(), unavailable.as_ref(), replicas) {
                Ok(it) => json!({ "surge": it.surge, "unavailable": it.unavailable }),
                Err(_) => failed,
            }
        }
        _ => {
            let replicas = small(&given["replicas"]);
            json!({ "max_unavailable": max_unavailable(strategy(given)?, replicas) })
        }
    })
}

fn old_sets(given: &Value) -> Vec<OldSet> {
    let view = |it: &Value| OldSet {
        replicas: small(&it["replicas"]),
        available: small(&it["available"]),
    };
    given.as_array().into_iter().flatten().map(view).collect()
}

fn sizes(sets: &[OldSet]) -> Vec<i32> {
    sets.iter().map(|it| it.replicas).collect()
}

fn scaling(kind: &str, given: &Value) -> Option<Value> {
    let mut old = old_sets(&given["old_rs"]);
    Some(match kind {
        "new-replicas" => {
            let (new, total) = (small(&given["new_rs_replicas"]), small(&given["all_rs_replicas"]));
            let replicas = small(&given["replicas"]);
            let replicas = new_replicas(strategy(given)?, replicas, new, total);
            json!({ "new_rs_replicas": replicas })
        }
        "reconcile-new" => {
            let mut state = DeploymentState::new(spec(given)?, "new");
            state.sets = vec![
                ReplicaSetState {
                    replicas: small(&given["old_rs_replicas"]),
                    ..ReplicaSetState::new("old", "old", Seconds(0))
                },
                ReplicaSetState {
                    replicas: small(&given["new_rs_replicas"]),
                    ..ReplicaSetState::new("new", "new", Seconds(1))
                },
            ];
            let scaled = step(&state, Seconds(2)).changes.iter().find_map(|it| match it {
                Change::Scale { set: 1, replicas, .. } => Some(*replicas),
                _ => None,
            });
            let replicas = scaled.unwrap_or(small(&given["new_rs_replicas"]));
            json!({ "scaled": scaled.is_some(), "new_rs_replicas": replicas })
        }
        "reconcile-old" => {
            let new = OldSet {
                replicas: small(&given["new_rs"]["replicas"]),
                available: small(&given["new_rs"]["available"]),
            };
            let removed = scale_down_old(&mut old, new, &spec(given)?);
            json!({ "scaled": removed > 0, "old_rs_replicas": sizes(&old) })
        }
        "cleanup-unhealthy" => {
            json!({ "removed": clean_up_unhealthy(&mut old, small(&given["max_cleanup"])) })
        }
        "scale-down-old" => {
            let available = old.iter().map(|it| it.available).sum();
            let removed = scale_down_available(&mut old, &spec(given)?, available);
            json!({ "removed": removed, "old_rs_replicas": sizes(&old) })
        }
        _ => return None,
    })
}

/// Repeats the controller's step; between steps every pod of the new set becomes available.
fn rolling_sequence(given: &Value) -> Option<Value> {
    let mut state = DeploymentState::new(spec(given)?, "new");
    let old = ReplicaSetState::new("old", "old", Seconds(0));
    state.sets = vec![
        old.all_available(small(&given["old_replicas"])),
        ReplicaSetState::new("new", "new", Seconds(1)),
    ];
    let mut steps = Vec::new();
    for now in (2..).map(Seconds) {
        let taken = step(&state, now);
        state.apply(&taken, now);
        let scaled = taken.changes.iter().find_map(|it| match it {
            Change::Scale { reason, .. } => Some(*reason),
            _ => None,
        });
        for set in &mut state.sets {
            *set = set.clone().all_available(set.replicas);
        }
        let action = match scaled {
            Some(ScaleReason::ScaleUpNew) => "scale-up-new",
            Some(ScaleReason::ScaleDownNew) => "scale-down-new",
            Some(ScaleReason::ScaleDownOld) => "scale-down-old",
            Some(ScaleReason::Resize) => "resize",
            None => break,
        };
        let (old, new) = (state.sets[0].replicas, state.sets[1].replicas);
        steps.push(json!({ "new": new, "old": old, "action": action }));
    }
    Some(json!({ "steps": steps }))
}

fn proportional(given: &Value) -> Option<Value> {
    let surge = |it: &Value| small(it);
    let spec = DeploymentSpec {
        replicas: small(&given["replicas"]),
        strategy: Strategy::RollingUpdate {
            max_surge: int_or_percent(&given["max_surge"])?,
            max_unavailable: IntOrPercent::Int(0),
        },
        ..DeploymentSpec::default()
    };
    let previous = small(&given["previous_replicas"]);
    let max_replicas = previous + surge(&given["previous_max_surge"]);
    let view = |set: &Value, created: i64| ScaledSet {
        replicas: small(&set["replicas"]),
        available: small(&given["available"][set["name"].as_str().unwrap_or_default()]),
        created: Seconds(created),
        desired: Some(previous),
        max_replicas,
    };
    let old = given["old_rs"].as_array()?;
    let mut sets: Vec<ScaledSet> = (0..).zip(old).map(|(at, set)| view(set, -at)).collect();
    let new = (!given["new_rs"].is_null()).then_some(sets.len());
    sets.extend(new.map(|_| view(&given["new_rs"], 1)));
    let sizes = scale_proportionally(&spec, &sets, new);
    let (old, new) = sizes.split_at(old.len());
    Some(json!({ "new_rs_replicas": new.first(), "old_rs_replicas": old }))
}

fn sets(kind: &str, given: &Value) -> Option<Value> {
    let template = given["template"].as_str().unwrap_or_default();
    let mut state = DeploymentState::new(DeploymentSpec::default(), template);
    let read = |(at, set): (i64, &Value)| {
        let text = |field: &str| set[field].as_str().unwrap_or_default();
        ReplicaSetState {
            revision: at,
            replicas: small(&set["replicas"]),
            status_replicas: small(&set["status_replicas"]),
            deleting: set["being_deleted"].as_bool().unwrap_or_default(),
            ..ReplicaSetState::new(
                text("name").to_owned(),
                text("template").to_owned(),
                Seconds(set["created"].as_i64().unwrap_or_default()),
            )
        }
    };
    let list = given["rs"].as_array().or(given["old_rs"].as_array())?;
    state.sets = (0..).zip(list).map(read).collect();
    let name = |at: &usize| state.sets[*at].name.as_str().to_owned();
    let names = |list: Vec<usize>| list.iter().map(name).collect::<Vec<_>>();
    Some(match kind {
        "find-new-rs" => json!({ "new": state.new_set().as_ref().map(name) }),
        "find-old-rs" => json!({
            "old": names(state.old_sets()),
            "old_with_replicas": names(state.active_old_sets()),
        }),
        _ => {
            let old: Vec<&ReplicaSetState> = state.sets.iter().collect();
            let limit = Some(small(&given["revision_history_limit"]));
            json!({ "deleted": surplus_history(&old, limit).len() })
        }
    })
}

fn counts(given: &Value) -> DeploymentStatus {
    DeploymentStatus {
        observed_generation: 0,
        replicas: small(&given["replicas"]),
        updated_replicas: small(&given["updated"]),
        ready_replicas: small(&given["ready"]),
        available_replicas: small(&given["available"]),
        unavailable_replicas: 0,
    }
}

fn progress(kind: &str, given: &Value) -> Option<Value> {
    let deadline = given["progress_deadline_seconds"].as_i64().map(Seconds);
    let replicas = small(&given["replicas"]);
    Some(match kind {
        "complete" => {
            let status =
                DeploymentStatus { replicas: small(&given["status_replicas"]), ..counts(given) };
            let generation = i64::from(!given["generation_observed"].as_bool()?);
            json!({ "complete": complete(replicas, generation, &status) })
        }
        "progressing" => {
            let (before, after) = (counts(&given["before"]), counts(&given["after"]));
            json!({ "progressing": progressing(&before, &after) })
        }
        "timed-out" => {
            let reason = given["progressing_reason"].as_str().map(ProgressReason::from_text);
            let condition = reason.map(|reason| ProgressingCondition {
                status: ConditionStatus::True,
                reason,
                last_update: Seconds(given["last_update_s"].as_i64().unwrap_or_default()),
            });
            let now = Seconds(given["now_s"].as_i64()?);
            json!({ "timed_out": timed_out(deadline, condition.as_ref(), now) })
        }
        _ => {
            let moment =
                |it: &Value| it.as_str().and_then(Seconds::from_rfc3339).unwrap_or_default();
            let condition = given["progressing_condition"].as_object().map(|it| {
                let status = it.get("status").cloned().unwrap_or_default();
                let reason = it.get("reason").and_then(Value::as_str).unwrap_or_default();
                ProgressingCondition {
                    status: serde_json::from_value(status).unwrap_or(ConditionStatus::Unknown),
                    reason: ProgressReason::from_text(reason),
                    last_update: it.get("last_update").map(moment).unwrap_or_default(),
                }
            });
            let spec = DeploymentSpec {
                replicas,
                progress_deadline: deadline,
                ..DeploymentSpec::default()
            };
            let status = counts(&given["status"]);
            let now = moment(&given["now"]);
            let after = requeue_after(&spec, 0, &status, condition.as_ref(), now);
            json!({ "requeue_after_s": after.map(|it| it.0) })
        }
    })
}

fn told(kind: &str, given: &Value) -> Option<Value> {
    let name = given["name"].as_str().unwrap_or_default();
    let generation = given["generation"].as_i64().unwrap_or_default();
    let replicas = small(&given["replicas"]);
    let rolling = given["strategy"].as_str() == Some("RollingUpdate");
    let status = given["status"].clone();
    let answer = match kind {
        "status-deployment" => {
            let conditions = status["conditions"].as_array().cloned().unwrap_or_default();
            let reason = conditions
                .iter()
                .find(|it| it["type"] == "Progressing")
                .and_then(|it| it["reason"].as_str())
                .map(ProgressReason::from_text);
            let status: DeploymentStatus = serde_json::from_value(status).ok()?;
            let revision = given["revision_wanted"].as_i64().map(|wanted| RevisionAsked {
                wanted,
                running: given["revision_running"].as_i64().unwrap_or_default(),
            });
            deployment_rollout(name, generation, replicas, &status, reason, revision)
        }
        "status-daemonset" => {
            let status: DaemonSetStatus = serde_json::from_value(status).ok()?;
            daemon_set_rollout(name, generation, rolling, &status)
        }
        _ => {
            let status: StatefulSetStatus = serde_json::from_value(status).ok()?;
            let partition = given["partition"].as_i64().and_then(|it| i32::try_from(it).ok());
            stateful_set_rollout(generation, replicas, rolling, partition, &status)
        }
    };
    Some(drawn(answer))
}

fn drawn(answer: Result<RolloutStatus, RolloutStatusError>) -> Value {
    match answer {
        Ok(told) => json!({ "message": told.message, "done": told.done }),
        Err(error) => json!({ "error": error.to_string(), "done": error.done() }),
    }
}
