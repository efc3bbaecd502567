//! Findings that inform, and the forms that a proof takes outside.

use serde_json::json;
use tidegate_object::Object;
use tidegate_source::{Diagnostic, Severity};
use tidegate_workload::{
    Budget, Context, DeploymentState, Interval, OldPods, Proof, Quantity, Timeline, VolumeClaim,
    Workload, idle_budgets, prove,
};

use crate::fixture::{assuming, budget, codes, deployment, deployment_json, node};

#[track_caller]
fn told(workload: &Workload, context: &Context, code: &str) -> Diagnostic {
    let proof = prove(workload, &[], context);
    let found = proof.findings.iter().find(|it| it.code == code);
    found.unwrap_or_else(|| panic!("{code} is not among {:?}", proof.findings)).clone()
}

#[test]
fn a_hook_that_outlasts_the_grace_period() {
    let hook = |command: serde_json::Value| {
        let container = json!({ "lifecycle": { "preStop": command } });
        deployment(&json!({ "replicas": 2 }), &container)
    };
    let sleeps = hook(json!({ "exec": { "command": ["sh", "-c", "sleep 45"] } }));
    let found = told(&sleeps, &assuming((1, 5)), "grace-too-short");
    assert_eq!(
        found.message,
        "the preStop hook of container `main` of `web` sleeps 45 s, and the pod is killed after 30 s: it never gets to \
         stop by itself"
    );
    assert_eq!(found.help, ["set terminationGracePeriodSeconds to 55 or more"]);
    let short = hook(json!({ "sleep": { "seconds": 5 } }));
    assert_eq!(codes(&short, &[], &assuming((1, 5))), ["rounds-to-zero"]);
}

#[test]
fn a_set_of_one_has_a_gap_by_its_nature_and_a_daemon_serves_its_node_alone() {
    let mut json = deployment_json(&json!({ "replicas": 1 }), &json!({}));
    json["kind"] = json!("StatefulSet");
    let set = Workload::from_object(&Object::new(node(&json))).expect("a StatefulSet");
    let found = told(&set, &assuming((1, 5)), "none-available");
    assert_eq!(found.severity, Severity::Note);
    assert_eq!(
        found.message,
        "at a moment of a rollout no pod of `web` may be available: a StatefulSet ends a pod before it makes its \
         successor"
    );
    json["kind"] = json!("DaemonSet");
    let daemon = Workload::from_object(&Object::new(node(&json))).expect("a DaemonSet");
    assert_eq!(codes(&daemon, &[], &assuming((1, 5))), Vec::<&str>::new());
}

#[test]
fn a_container_without_a_readiness_probe() {
    let mut web = deployment(&json!({ "replicas": 4 }), &json!({}));
    web.pod.containers[0].readiness = None;
    let found = told(&web, &assuming((1, 5)), "no-readiness-probe");
    assert_eq!(found.severity, Severity::Warning);
}

#[test]
fn a_budget_that_selects_nothing() {
    let web = deployment(&json!({}), &json!({}));
    let mut stray = budget("stray", &json!({ "minAvailable": 1 }));
    assert_eq!(
        idle_budgets(std::slice::from_ref(&web), std::slice::from_ref(&stray), |_| None),
        []
    );
    stray.identity.namespace = "dev".to_owned();
    let found = idle_budgets(std::slice::from_ref(&web), std::slice::from_ref(&stray), |_| None);
    assert_eq!(found[0].message, "budget `stray` selects no pod");
    assert_eq!(found[0].severity, Severity::Warning);
    let why = |it: &Budget| Some(format!("Cluster `{}` may run them", it.identity.name));
    let found = idle_budgets(std::slice::from_ref(&web), std::slice::from_ref(&stray), why);
    assert_eq!(found[0].severity, Severity::Note);
    assert_eq!(found[0].notes, ["Cluster `stray` may run them"]);
    // A budget of other pods does not count.
    assert_eq!(prove(&web, &[stray], &assuming((1, 5))).drain.blocked, None);
}

#[test]
fn a_singleton_may_be_recreated_or_doubled_and_never_multiplied() {
    let context = Context { singleton: true, ..assuming((1, 5)) };
    let many = deployment(&json!({ "replicas": 2 }), &json!({}));
    assert_eq!(told(&many, &context, "singleton-replicas").help, ["want one replica"]);
    let strategy = json!({ "type": "Recreate" });
    let one = deployment(&json!({ "strategy": strategy }), &json!({}));
    assert_eq!(codes(&one, &[], &context), ["recreate-gap"]);
    let proposals = prove(&one, &[budget("hub", &json!({ "minAvailable": 1 }))], &context);
    let help: Vec<&str> =
        proposals.findings.iter().flat_map(|it| &it.help).map(|it| &**it).collect();
    assert!(help.iter().all(|it| !it.contains("replicas")), "{help:?}");
}

#[test]
fn a_gap_is_meant_where_an_overlap_would_never_start() {
    let spec = json!({
        "strategy": { "type": "Recreate" },
        "template": { "spec": {
            "volumes": [{ "name": "data", "persistentVolumeClaim": { "claimName": "data" } }],
        } },
    });
    let claim = |mode: &str| {
        let json = json!({
            "apiVersion": "v1",
            "kind": "PersistentVolumeClaim",
            "metadata": { "name": "data" },
            "spec": { "accessModes": [mode] },
        });
        VolumeClaim::from_object(&Object::new(node(&json))).expect("a claim")
    };
    let web = deployment(&spec, &json!({}));
    let told_with = |claims: Vec<VolumeClaim>| {
        let context = Context { claims, ..assuming((1, 5)) };
        let found = told(&web, &context, "recreate-gap");
        (found.severity, found.notes.len())
    };
    assert_eq!(told_with(vec![claim("ReadWriteOnce")]), (Severity::Note, 1));
    assert_eq!(told_with(Vec::new()), (Severity::Note, 1));
    assert_eq!(told_with(vec![claim("ReadWriteMany")]), (Severity::Warning, 0));
    let singleton = Context { singleton: true, ..assuming((1, 5)) };
    let one = deployment(&json!({ "strategy": { "type": "Recreate" } }), &json!({}));
    assert_eq!(told(&one, &singleton, "recreate-gap").severity, Severity::Note);
}

#[test]
fn a_drain_waits_for_a_rollout_that_uses_the_budget_up() {
    let strategy = json!({ "rollingUpdate": { "maxSurge": 0, "maxUnavailable": 1 } });
    let web = deployment(&json!({ "replicas": 3, "strategy": strategy }), &json!({}));
    let keep = [budget("keep", &json!({ "minAvailable": 2 }))];
    let proof = prove(&web, &keep, &assuming((1, 5)));
    assert_eq!((proof.drain.allowed_at_rest, proof.drain.allowed_during_rollout), (1, 0));
    let found = proof.findings.iter().find(|it| it.code == "drain-waits-for-rollout");
    assert_eq!(
        found.expect("it is reported").message,
        "a node with a pod of `web` cannot always be drained while a rollout goes on, for up to 1 min 3 s"
    );
}

#[test]
fn bounds_are_exact_where_half_is_assumed() {
    let web = deployment(&json!({ "replicas": 4 }), &json!({}));
    let mut context = assuming((1, 5));
    context.assumptions.starts = None;
    assert_eq!(
        told(&web, &context, "finishes-if").message,
        "the rollout of `web` finishes if the containers of every pod run within 9 min 44 s of its creation"
    );
    context.assumptions.starts = Some(Interval::new(0, 584));
    assert!(prove(&web, &[], &context).holds());
    context.assumptions.starts = Some(Interval::new(0, 585));
    assert!(!prove(&web, &[], &context).holds());
}

#[test]
fn a_first_rollout_has_nothing_to_keep_available() {
    let web = deployment(&json!({ "replicas": 4 }), &json!({}));
    let context = Context { old: OldPods::None, ..assuming((1, 5)) };
    let proof = prove(&web, &[], &context);
    assert_eq!((proof.availability.least, proof.availability.most), (0, 4));
    assert!(proof.findings.is_empty());
}

#[test]
fn timelines_are_drawn_as_svg() {
    let web = deployment(&json!({ "replicas": 4 }), &json!({}));
    let svg = prove(&web, &[], &assuming((1, 5))).timeline.to_svg();
    assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n"));
    for title in ["old pods", "new pods", "available pods"] {
        assert_eq!(svg.matches(&format!("<title>{title}</title>")).count(), 1);
    }
    assert!(!svg.contains("NaN") && !svg.contains("inf"));
    // Nothing but the timeline decides.
    assert_eq!(svg, prove(&web, &[], &assuming((1, 5))).timeline.to_svg());
}

#[test]
fn a_thousand_rounds_are_one_line() {
    let strategy = json!({ "rollingUpdate": { "maxSurge": 1, "maxUnavailable": 0 } });
    let web = deployment(&json!({ "replicas": 1000, "strategy": strategy }), &json!({}));
    let timeline = prove(&web, &[], &assuming((1, 5))).timeline;
    let text = timeline.to_string();
    assert!(text.contains("995 more rounds like the last"), "{text}");
    assert!(timeline.moments.len() < 50, "{text}");
}

#[cfg(feature = "serde")]
#[test]
fn proofs_are_data() {
    let web = deployment(&json!({ "paused": true }), &json!({}));
    let json = serde_json::to_value(prove(&web, &[], &assuming((1, 5)))).expect("it is data");
    assert_eq!(json["workload"], "Deployment.v1.apps/web.prod");
    assert_eq!(json["finishes"]["not"]["rule"], "paused");
    assert_eq!(
        json["finishes"]["not"]["mend"],
        json!([{ "field": "spec.paused", "from": "true", "to": "false" }])
    );
    assert_eq!(json["findings"][0]["code"], "rollout-paused");
    assert_eq!(json["findings"][0]["severity"], "error");
    assert_eq!(
        json["finishes"]["not"]["timeline"][1],
        json!({ "at": 0, "event": "stalled", "old": 1, "new": 0, "available": 1 })
    );
}

#[test]
fn values_go_between_threads() {
    fn check<T: Send + Sync + 'static>() {}
    check::<Quantity>();
    check::<Workload>();
    check::<Proof>();
    check::<Timeline>();
    check::<DeploymentState>();
}
