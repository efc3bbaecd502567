use tidegate_cluster::{Cluster, Fault, Span};
use tidegate_object::{Node, Object};
use tidegate_reconcile::{Phase, SyncOptions, SyncPlan, SyncStatus, plan_sync};

use crate::{HOUR, PROBED, START, deployment, object, options, service};

fn plan(cluster: &Cluster, manifests: &[Object]) -> SyncPlan {
    let live: Vec<Object> = cluster.objects().cloned().collect();
    let options = SyncOptions {
        namespace: "prod".to_owned(),
        manager: "shop".to_owned(),
        prune: true,
        prune_last: false,
        hooks: true,
    };
    plan_sync(manifests, &live, &options)
}

fn noted(kind: &str, name: &str, annotations: &str) -> Object {
    let version = if kind == "Job" { "batch/v1" } else { "v1" };
    object(&format!(
        r#"{{"apiVersion":"{version}","kind":"{kind}","metadata":{{"name":"{name}","annotations":{{{annotations}}}}}}}"#
    ))
}

fn application(image: &str) -> Vec<Object> {
    vec![
        service(),
        deployment(image, "", PROBED),
        noted(
            "Job",
            "migrate",
            r#""argocd.argoproj.io/hook":"PreSync","argocd.argoproj.io/hook-delete-policy":"HookSucceeded""#,
        ),
        noted("Job", "complain", r#""argocd.argoproj.io/hook":"SyncFail""#),
        noted("ConfigMap", "late", r#""argocd.argoproj.io/sync-wave":"5""#),
    ]
}

#[test]
fn synced_cluster_needs_nothing_more() {
    let mut cluster = Cluster::new(START);
    let manifests = application("web:1");
    let outcome = cluster.sync(&plan(&cluster, &manifests), &options(), HOUR).expect("accepted");
    assert!(outcome.succeeded, "{outcome:?}");
    let waves: Vec<(Phase, i64, Span)> =
        outcome.waves.iter().map(|it| (it.phase, it.wave, it.elapsed)).collect();
    assert_eq!(
        waves,
        [
            (Phase::PreSync, 0, Span::ZERO),
            (Phase::Sync, 0, Span::seconds(23)),
            (Phase::Sync, 5, Span::ZERO)
        ]
    );
    assert_eq!(outcome.finished - outcome.started, Span::seconds(23 + 2 + 2));
    let again = plan(&cluster, &manifests);
    assert_eq!(again.status, SyncStatus::Synced);
    assert_eq!(again.changing().count(), 0);
    assert!(cluster.objects().all(|it| it.kind() != "Job"), "the hook is gone");
}

#[test]
fn what_is_wanted_no_longer_is_pruned() {
    let mut cluster = Cluster::new(START);
    let mut manifests = application("web:1");
    cluster.sync(&plan(&cluster, &manifests), &options(), HOUR).expect("accepted");
    manifests.retain(|it| it.kind() != "ConfigMap");
    cluster.sync(&plan(&cluster, &manifests), &options(), HOUR).expect("accepted");
    assert!(cluster.objects().all(|it| it.kind() != "ConfigMap"));
    assert!(cluster.objects().any(|it| it.kind() == "Namespace"), "nobody applied it");
}

#[test]
fn wave_that_fails_ends_the_sync() {
    let mut cluster = Cluster::new(START);
    cluster.inject("prod", "web", Fault::NeverReady);
    let outcome =
        cluster.sync(&plan(&cluster, &application("web:1")), &options(), HOUR).expect("accepted");
    assert!(!outcome.succeeded);
    assert_eq!(
        outcome.waves[1].unhealthy,
        ["Deployment/web: Deployment \"web\" exceeded its progress deadline"]
    );
    assert_eq!(outcome.waves[2].phase, Phase::SyncFail);
    assert!(cluster.objects().all(|it| it.kind() != "ConfigMap"), "the later wave did not run");
    assert!(cluster.objects().any(|it| it.name() == "complain"));
}

#[test]
fn refused_object_of_a_late_wave_keeps_all_from_being_applied() {
    let mut cluster = Cluster::new(START);
    let mut manifests = application("web:1");
    if let Some(name) = manifests[4].root.at_mut(&["metadata", "name"]) {
        *name = Node::from("Not_A_Name");
    }
    let before = cluster.clone();
    let plan = plan(&cluster, &manifests);
    let error = cluster.sync(&plan, &options(), HOUR).expect_err("refused");
    assert_eq!(
        error.to_string(),
        "ConfigMap/Not_A_Name: the name \"Not_A_Name\" is not a valid name of an object"
    );
    assert_eq!(cluster, before);
}
