//! Quotas and limit ranges that refuse pods.

use serde_json::json;
use tidegate_workload::{Context, Finish, Rule, Seconds, prove};

use crate::fixture::{assuming, deployment, limit_range, quota};

fn sized(cpu: &str, limit: &str) -> tidegate_workload::Workload {
    let resources = json!({ "requests": { "cpu": cpu }, "limits": { "cpu": limit } });
    deployment(&json!({ "replicas": 4 }), &json!({ "resources": resources }))
}

#[track_caller]
fn refused(context: &Context, workload: &tidegate_workload::Workload) -> (Rule, String) {
    let proof = prove(workload, &[], context);
    match proof.finishes {
        Finish::Not(found) => (found.rule, proof.findings[0].message.to_string()),
        other => panic!("it finishes: {other:?}"),
    }
}

#[test]
fn the_surge_counts_against_a_quota_of_cpu() {
    let with = |hard: &str| Context {
        quotas: vec![quota(&json!({ "requests.cpu": hard }))],
        ..assuming((1, 10))
    };
    // Four pods of 250m fill 1 CPU; a quarter of four may be missing, so the rollout needs no surge.
    let proof = prove(&sized("250m", "1"), &[], &with("1"));
    assert!(proof.holds());
    assert_eq!(proof.availability.room, Some(4));
    assert_eq!(
        proof.findings[0].message,
        "a rollout of `web` wants up to 5 pods at once, and quota `team` has room for 4 by requests.cpu"
    );
    assert_eq!(refused(&with("999m"), &sized("250m", "1")).0, Rule::Quota);
    // A place is free when an old pod has ended, after 30 s, and taken after as long again at the latest; four times so.
    let Finish::Always { longest } = proof.finishes else { panic!("it finishes") };
    let ready = proof.pod_ready.expect("everything is assumed").most;
    assert_eq!(longest, (ready + Seconds(60)) * 4);
}

#[test]
fn a_quota_wants_its_resource_to_be_stated() {
    let context =
        Context { quotas: vec![quota(&json!({ "limits.memory": "8Gi" }))], ..assuming((1, 10)) };
    assert_eq!(
        refused(&context, &sized("250m", "1")),
        (
            Rule::QuotaNeedsResource,
            "quota `team` bounds limits.memory, and the pods of `web` do not state it: every pod is refused"
                .to_owned()
        )
    );
    // A limit range that fills it in helps.
    let defaults = limit_range(&json!({ "type": "Container", "default": { "memory": "512Mi" } }));
    let context = Context { limit_ranges: vec![defaults], ..context };
    assert!(prove(&sized("250m", "1"), &[], &context).holds());
}

#[test]
fn a_limit_range_refuses_what_is_too_large_and_too_uneven() {
    let with = |limit: serde_json::Value| Context {
        limit_ranges: vec![limit_range(&limit)],
        ..assuming((1, 10))
    };
    let most = with(json!({ "type": "Container", "max": { "cpu": "500m" } }));
    assert_eq!(
        refused(&most, &sized("250m", "1")).1,
        "a limit range refuses the pods of `web`: a maximum of 500m cpu, and the limit is 1"
    );
    let ratio = with(json!({ "type": "Container", "maxLimitRequestRatio": { "cpu": "3" } }));
    assert_eq!(refused(&ratio, &sized("250m", "1")).0, Rule::LimitRange);
    assert!(prove(&sized("500m", "1"), &[], &ratio).holds());
}
