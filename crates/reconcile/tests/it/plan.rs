use tidegate_object::{Node, Object};
use tidegate_reconcile::{Action, FieldSet, SyncOptions, SyncPlan, SyncStatus, applied, plan_sync};

use crate::object;

fn options() -> SyncOptions {
    SyncOptions {
        namespace: "prod".to_owned(),
        manager: "shop".to_owned(),
        prune: true,
        prune_last: false,
        hooks: true,
    }
}

fn settings(name: &str, annotations: &str) -> Object {
    object(&format!(
        r#"{{"apiVersion":"v1","kind":"ConfigMap","metadata":{{"name":"{name}","namespace":"prod","annotations":{{{annotations}}}}},"data":{{"a":"1"}}}}"#
    ))
}

/// The live form of a manifest that `shop` applied.
fn live(manifest: &Object) -> Object {
    let mut live = applied(manifest, None, None);
    let entry = object(&format!(
        r#"{{"manager":"shop","operation":"Apply","fieldsV1":{}}}"#,
        FieldSet::of(manifest)
    ));
    let metadata = live.root.at_mut(&["metadata"]).and_then(Node::as_map_mut).expect("a mapping");
    metadata.insert("managedFields", Node::from(vec![entry.root]));
    live
}

fn actions(plan: &SyncPlan) -> Vec<(&str, Action, i64)> {
    plan.tasks.iter().map(|it| (it.identity.name.as_str(), it.action, it.wave)).collect()
}

#[test]
fn objects_are_created_updated_left_and_pruned() {
    let (same, old) = (settings("same", ""), settings("old", ""));
    let mut changed = settings("changed", "");
    let before = live(&changed);
    if let Some(value) = changed.root.at_mut(&["data", "a"]) {
        *value = Node::from("2");
    }
    let foreign = settings("foreign", "");
    let there = [live(&same), before, live(&old), foreign];
    let plan = plan_sync(&[settings("new", ""), same, changed], &there, &options());
    assert_eq!(
        actions(&plan),
        [
            ("changed", Action::Update, 0),
            ("new", Action::Create, 0),
            ("old", Action::Prune, 0),
            ("same", Action::Unchanged, 0)
        ]
    );
    assert_eq!(plan.status, SyncStatus::OutOfSync);
    assert_eq!(
        plan.to_string(),
        "update ConfigMap/changed in prod\n    ~ data.a: 1 → 2\ncreate ConfigMap/new in prod\nprune  ConfigMap/old in prod\n1 object unchanged\n"
    );
}

#[test]
fn applied_application_is_synced() {
    let manifests = [settings("a", ""), settings("b", "")];
    let there: Vec<Object> = manifests.iter().map(live).collect();
    let plan = plan_sync(&manifests, &there, &options());
    assert_eq!(plan.status, SyncStatus::Synced);
    assert_eq!(plan.to_string(), "2 objects unchanged\n");
}

#[test]
fn pruning_mirrors_waves_and_obeys_options() {
    const WAVE: &str = r#""argocd.argoproj.io/sync-wave":"#;
    const OPTIONS: &str = r#""argocd.argoproj.io/sync-options":"#;
    let there = [
        live(&settings("first", &format!("{WAVE}\"1\""))),
        live(&settings("last", &format!("{WAVE}\"3\""))),
        live(&settings("kept", &format!("{OPTIONS}\"Prune=false\""))),
        live(&settings("end", &format!("{OPTIONS}\"PruneLast=true\""))),
    ];
    let plan = plan_sync(&[], &there, &options());
    assert_eq!(
        actions(&plan),
        [
            ("last", Action::Prune, 0),
            ("first", Action::Prune, 1),
            ("kept", Action::Keep, 3),
            ("end", Action::Prune, 4)
        ]
    );
    let plan = plan_sync(&[], &there, &SyncOptions { prune: false, ..options() });
    assert!(plan.tasks.iter().all(|it| it.action == Action::Keep));
    assert_eq!(plan.changing().count(), 0);
}

#[test]
fn hooks_run_and_do_not_count() {
    let hook = settings("hook", r#""argocd.argoproj.io/hook":"PreSync,PostSync""#);
    let skipped = settings("skipped", r#""argocd.argoproj.io/hook":"Skip""#);
    let plan = plan_sync(&[hook.clone(), skipped], &[], &options());
    assert_eq!(plan.status, SyncStatus::Synced);
    assert_eq!(
        plan.to_string(),
        "run    ConfigMap/hook in prod (PreSync)\nrun    ConfigMap/hook in prod (PostSync)\n"
    );
    assert_eq!(plan.waves().count(), 2);
    assert_eq!(plan_sync(&[hook], &[], &SyncOptions { hooks: false, ..options() }).tasks, []);
}

#[test]
fn namespace_is_filled_in_for_what_lives_in_one() {
    let bare = object(r#"{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"}}"#);
    let role = object(
        r#"{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"reader"}}"#,
    );
    let plan = plan_sync(&[bare, role], &[], &options());
    let named: Vec<String> = plan.tasks.iter().map(|it| it.identity.to_string()).collect();
    assert_eq!(named, ["ClusterRole.v1.rbac.authorization.k8s.io/reader", "Service.v1/web.prod"]);
}

#[test]
fn of_several_manifests_of_an_object_the_last_counts() {
    let plan = plan_sync(&[settings("a", ""), settings("a", r#""x":"y""#)], &[], &options());
    assert_eq!(plan.tasks.len(), 1);
    assert_eq!(plan.repeated.len(), 1);
    let wanted =
        plan.tasks[0].desired.as_ref().and_then(|it| it.annotation("x").map(str::to_owned));
    assert_eq!(wanted.as_deref(), Some("y"));
}

#[test]
fn plans_may_be_sent_between_threads() {
    fn check<T: Send + Sync>() {}
    check::<SyncPlan>();
    check::<tidegate_reconcile::ManifestDiff>();
}
