use serde_json::{Map, Value, json};
use tidegate_object::Object;
use tidegate_reconcile::{
    GroupKind, HealthStatus, HookDeletePolicy, HookType, KIND_ORDER, Member, OrderKey, Phase,
    PruneWave, Tree, application_health, hook_delete_policies, hook_types, is_hook, is_skipped,
    phases, prune_waves, resource_health, sync_order, wave,
};

pub(super) fn answer(kind: &str, given: &Value) -> Option<Value> {
    Some(match kind {
        "resource-health" => {
            let health = resource_health(&read(given["object"].as_str()?)?);
            json!({
                "status": health.as_ref().map(|it| it.status.as_str()),
                "message": health.as_ref().map(|it| it.message.as_str()),
            })
        }
        "health-order" => json!({ "best_to_worst": HealthStatus::ALL.map(HealthStatus::as_str) }),
        "application-health" => {
            let members = given["resources"].as_array()?.iter().map(member);
            json!({ "status": application_health(members).as_str() })
        }
        "sync-kind-order" => {
            json!({ "order": KIND_ORDER.as_slice(), "unlisted_kinds": "after all of these" })
        }
        "sync-order" => {
            let mut tasks = tasks(given)?;
            let order = sync_order(&mut tasks);
            json!({ "sorted": order.into_iter().map(|at| drawn(&tasks[at])).collect::<Vec<_>>() })
        }
        "sync-order-dependencies" => {
            let mut sorted = tasks(given)?;
            let order = sync_order(&mut sorted);
            let before = tasks(given)?;
            let moved: Map<String, Value> = sorted
                .iter()
                .zip(before)
                .filter(|(after, before)| (after.phase, after.wave) != (before.phase, before.wave))
                .map(|(it, _)| {
                    (it.name.clone(), json!({ "phase": it.phase.as_str(), "wave": it.wave }))
                })
                .collect();
            json!({
                "sorted_names": order.into_iter().map(|at| sorted[at].name.as_str()).collect::<Vec<_>>(),
                "moved": moved,
            })
        }
        "hook" => {
            let notes = annotations(given)?;
            json!({
                "is_hook": is_hook(Some(&notes)),
                "skip": is_skipped(Some(&notes)),
                "types_unordered": hook_types(Some(&notes)).into_iter().map(HookType::as_str).collect::<Vec<_>>(),
            })
        }
        "phases" => json!({
            "phases_unordered": phases(Some(&annotations(given)?)).into_iter().map(Phase::as_str).collect::<Vec<_>>(),
        }),
        "wave" => json!({ "wave": wave(Some(&annotations(given)?)) }),
        "hook-delete-policy" => {
            let policies = hook_delete_policies(Some(&annotations(given)?));
            json!({ "policies": policies.into_iter().map(HookDeletePolicy::as_str).collect::<Vec<_>>() })
        }
        "prune-waves" => {
            let tasks = given["prune_tasks"].as_array()?;
            let all = given["prune_last_option"].as_bool().unwrap_or(false);
            let prunes: Vec<PruneWave> = tasks
                .iter()
                .map(|it| PruneWave {
                    wave: number(&it["wave"]),
                    last: all || flag(&it["prune_last"]),
                })
                .collect();
            let applied: Vec<i64> =
                given["waves_of_applied_sync_tasks"].as_array()?.iter().map(number).collect();
            let names = tasks.iter().map(|it| text(&it["name"]));
            let waves = prune_waves(&prunes, &applied).into_iter().map(Value::from);
            json!({ "effective_waves": names.zip(waves).collect::<Map<_, _>>() })
        }
        _ => return None,
    })
}

fn read(text: &str) -> Option<Object> {
    tidegate_yaml::from_str::<Tree>(text).ok().map(|it| Object::new(it.0))
}

fn member(it: &Value) -> Member {
    Member {
        live: flag(&it["live"]),
        health: it["health"].as_str().and_then(HealthStatus::from_word),
        hook: flag(&it["hook"]),
        ignore_health: flag(&it["ignore_health"]),
        child_application: flag(&it["child_app"]),
    }
}

fn tasks(given: &Value) -> Option<Vec<OrderKey>> {
    given["tasks"].as_array()?.iter().map(task).collect()
}

fn task(it: &Value) -> Option<OrderKey> {
    let version = text(&it["apiVersion"]);
    let defines = it["defines"].as_object().map(|it| GroupKind {
        group: text(it.get("group").unwrap_or(&Value::Null)),
        kind: text(it.get("kind").unwrap_or(&Value::Null)),
    });
    Some(OrderKey {
        phase: Phase::from_word(it["phase"].as_str()?)?,
        wave: number(&it["wave"]),
        of: GroupKind {
            group: version.split_once('/').map_or("", |(group, _)| group).to_owned(),
            kind: text(&it["kind"]),
        },
        namespace: text(&it["namespace"]),
        name: text(&it["name"]),
        defines,
        prunes: false,
    })
}

fn drawn(key: &OrderKey) -> Value {
    json!({ "phase": key.phase.as_str(), "wave": key.wave, "kind": key.of.kind, "name": key.name })
}

fn annotations(given: &Value) -> Option<tidegate_object::Map> {
    let node = tidegate_reconcile::json::parse(&given["annotations"].to_string()).ok()?;
    node.as_map().cloned()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value) -> i64 {
    value.as_i64().unwrap_or(0)
}

fn flag(value: &Value) -> bool {
    value.as_bool().unwrap_or(false)
}
