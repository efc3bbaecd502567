use std::collections::BTreeMap;

use serde_json::{Value, json};
use tidegate_object::{Map, Node, Number, Value as Field};
use tidegate_rollback::{
    AutoSync, AutoSyncState, Automated, DEFAULT_REVISION_HISTORY_LIMIT, History, HistoryEntry,
    PatchOperation, ReplicaSetRevision, RollbackRequest, SyncStatus, SyncStrategy,
    TemplateDifference, TemplateRevision, argocd_auto_sync, argocd_history_ids, argocd_rollback,
    select_controller_revision, select_replica_set, undo_annotations, undo_effect, undo_outcome,
    undo_patch,
};

pub(super) fn answer(kind: &str, given: &Value) -> Option<Value> {
    Some(match kind {
        "undo-select" => undo_select(given),
        "undo-select-statefulset" => {
            let revisions: Vec<i64> = list(&given["revisions"]).filter_map(Value::as_i64).collect();
            match select_controller_revision(&revisions, int(&given["to_revision"])) {
                Ok(revision) => json!({ "revision": revision }),
                Err(error) => json!({ "error": error.to_string() }),
            }
        }
        "undo-apply" => {
            let same = [
                &given["target_template_same"],
                &given["target_template_differs_only_in_hash_label"],
            ];
            let difference = match same.map(flag) {
                [true, _] => TemplateDifference::None,
                [false, true] => TemplateDifference::OnlyHashLabel,
                [false, false] => TemplateDifference::Different,
            };
            match undo_outcome(flag(&given["paused"]), difference, int(&given["to_revision"])) {
                Ok(undone) => json!({ "result": undone.to_string() }),
                Err(paused) => json!({ "error": paused.to_string() }),
            }
        }
        "undo-annotations" => {
            let deployment = texts(&given["deployment_annotations"]);
            let set = texts(&given["target_replica_set_annotations"]);
            json!({ "annotations": undo_annotations(&deployment, &set) })
        }
        "undo-patch" => {
            let [template, annotations] =
                undo_patch(&node(&given["template"]), &texts(&given["annotations"]));
            // The vectors do not repeat the template's value.
            let without_value = |it: &PatchOperation| json!({ "op": it.op, "path": it.path });
            let value = json_value(&annotations.value);
            let with_value =
                json!({ "op": annotations.op, "path": annotations.path, "value": value });
            json!({
                "patch_type": "json-patch",
                "operations": [without_value(&template), with_value],
            })
        }
        "undo-effect" => effect(given),
        "history" => history(given),
        "argocd-rollback" => rollback(given),
        "argocd-history" => {
            let ids: Vec<i64> = list(&given["history_ids"]).filter_map(Value::as_i64).collect();
            let limit = given["revision_history_limit"].as_u64();
            let limit = limit.map_or(Some(DEFAULT_REVISION_HISTORY_LIMIT), |it| it.try_into().ok());
            json!({ "history_ids": argocd_history_ids(&ids, limit?) })
        }
        "argocd-auto-sync" => auto_sync(given)?,
        _ => return None,
    })
}

fn undo_select(given: &Value) -> Value {
    let revisions: Vec<Option<String>> =
        list(&given["replica_sets"]).map(|set| annotation(&set["revision"])).collect();
    let sets: Vec<ReplicaSetRevision<'_>> = list(&given["replica_sets"])
        .zip(&revisions)
        .map(|(set, revision)| {
            ReplicaSetRevision::new(set["name"].as_str().unwrap_or_default(), revision.as_deref())
        })
        .collect();
    match select_replica_set("web", &sets, int(&given["to_revision"])) {
        Ok(it) => json!({ "replica_set": it.name, "revision": it.revision }),
        Err(error) => json!({ "error": error.to_string() }),
    }
}

fn effect(given: &Value) -> Value {
    let sets: Vec<TemplateRevision<Value>> = list(&given["replica_sets"])
        .map(|set| TemplateRevision {
            name: set["name"].as_str().unwrap_or_default().to_owned(),
            revision: int(&set["revision"]),
            template: set["template"].clone(),
            former: String::new(),
        })
        .collect();
    match undo_effect("web", &sets, int(&given["undo_to"])) {
        Ok(effect) => {
            let set = |it: &TemplateRevision<Value>| json!({ "name": it.name, "revision": it.revision, "template": it.template });
            json!({
                "replica_sets": effect.sets.iter().map(set).collect::<Vec<_>>(),
                "history_revisions": effect.history_revisions(),
                "reused_replica_set": effect.reused,
                "revision_history_annotation": effect.former_revisions(),
            })
        }
        Err(error) => json!({ "error": error.to_string() }),
    }
}

fn history(given: &Value) -> Value {
    let revisions: Vec<Option<String>> =
        list(&given["replica_sets"]).map(|set| annotation(&set["revision"])).collect();
    let sets = list(&given["replica_sets"]).zip(&revisions).map(|(set, revision)| {
        (ReplicaSetRevision::new("", revision.as_deref()), set["change_cause"].as_str())
    });
    let history = History::new(sets);
    let asked = int(&given["revision"]);
    let shown = history.change_cause(asked);
    json!({
        "output": history.to_string(),
        "revisions_in_order": history.revisions().collect::<Vec<_>>(),
        "shows": shown.ok().map(|cause| json!({ "revision": asked, "change_cause": cause })),
        "error": shown.err().map(|it| it.to_string()),
    })
}

fn rollback(given: &Value) -> Value {
    let entry = |it: &Value| HistoryEntry {
        id: int(&it["id"]),
        revision: it["revision"].as_str().unwrap_or_default().to_owned(),
    };
    let history: Vec<HistoryEntry> = list(&given["history"]).map(entry).collect();
    let request = RollbackRequest {
        id: int(&given["id"]),
        prune: flag(&given["prune"]),
        dry_run: flag(&given["dry_run"]),
    };
    match argocd_rollback(flag(&given["deleting"]), flag(&given["automated"]), &history, request) {
        Ok(sync) => json!({
            "sync_revision": sync.revision,
            "prune": sync.prune,
            "dry_run": sync.dry_run,
            "strategy": match sync.strategy {
                SyncStrategy::Apply => "apply",
                SyncStrategy::Hook => "hook",
            },
        }),
        Err(refusal) => json!({ "error": refusal.to_string(), "code": refusal.code() }),
    }
}

fn auto_sync(given: &Value) -> Option<Value> {
    let automated = flag(&given["automated"]).then(|| Automated {
        prune: flag(&given["prune"]),
        self_heal: flag(&given["self_heal"]),
        allow_empty: flag(&given["allow_empty"]),
    });
    let decision = argocd_auto_sync(&AutoSyncState {
        automated,
        operation_in_progress: flag(&given["operation_in_progress"]),
        deleting: flag(&given["deleting"]),
        sync_status: match given["sync_status"].as_str()? {
            "Synced" => SyncStatus::Synced,
            "OutOfSync" => SyncStatus::OutOfSync,
            "Unknown" => SyncStatus::Unknown,
            _ => return None,
        },
        already_attempted: flag(&given["already_attempted"]),
        last_attempt_ok: flag(&given["last_attempt_ok"]),
        only_prune_needed: flag(&given["only_prune_needed"]),
        all_resources_would_be_pruned: flag(&given["all_resources_would_be_pruned"]),
        self_heal_backoff_left_s: given["self_heal_backoff_left_s"].as_u64().unwrap_or_default(),
    });
    Some(match decision {
        AutoSync::Start { prune, only_out_of_sync_resources } => json!({
            "sync": true,
            "prune": prune,
            "only_out_of_sync_resources": only_out_of_sync_resources,
        }),
        AutoSync::RetryAfter(seconds) => json!({ "sync": false, "retry_after_s": seconds }),
        AutoSync::Rest(_) | AutoSync::Refuse(_) => {
            json!({ "sync": false, "condition": decision.condition() })
        }
    })
}

fn list(value: &Value) -> std::slice::Iter<'_, Value> {
    value.as_array().map(Vec::as_slice).unwrap_or_default().iter()
}

fn flag(value: &Value) -> bool {
    value.as_bool().unwrap_or_default()
}

fn int(value: &Value) -> i64 {
    value.as_i64().unwrap_or_default()
}

/// An annotation is a text, which the vectors write as a number where it is one.
fn annotation(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

fn texts(value: &Value) -> BTreeMap<String, String> {
    let entries = value.as_object().into_iter().flatten();
    entries.filter_map(|(key, it)| Some((key.clone(), it.as_str()?.to_owned()))).collect()
}

fn node(value: &Value) -> Node {
    match value {
        Value::Null => Node::default(),
        Value::Bool(it) => Node::from(*it),
        Value::Number(number) => number.as_i64().map_or_else(
            || {
                Node::new(
                    Field::Number(Number::Float(number.to_string().into())),
                    tidegate_source::Mark::NONE,
                )
            },
            Node::from,
        ),
        Value::String(text) => Node::from(text.as_str()),
        Value::Array(items) => Node::from(items.iter().map(node).collect::<Vec<_>>()),
        Value::Object(entries) => {
            Node::from(entries.iter().map(|(key, it)| (key.as_str(), node(it))).collect::<Map>())
        }
    }
}

fn json_value(node: &Node) -> Value {
    match &node.value {
        Field::Null => Value::Null,
        Field::Bool(it) => Value::Bool(*it),
        Field::Number(Number::Int(number)) => json!(number),
        Field::Number(Number::Unsigned(number)) => json!(number),
        Field::Number(Number::Float(text)) => text.parse().map_or(Value::Null, Value::Number),
        Field::String(text) => json!(text.as_str()),
        Field::List(items) => items.iter().map(json_value).collect(),
        Field::Map(map) => map.iter().map(|(key, it)| (key.to_owned(), json_value(it))).collect(),
    }
}
