//! Ten ways in which rollouts and drains go wrong: each is found, explained and mended.

use serde_json::{Value, json};
use tidegate_workload::{
    Budget, Context, Drain, DrainBlock, Finish, Mend, Proof, Rule, Seconds, Workload, prove,
};

use crate::fixture::{assuming, budget, codes, deployment, quota};

/// Checks the rule, the message and the mend of a rollout that does not finish, and that the mended one does.
#[track_caller]
fn stops(
    workload: &Workload,
    context: &Context,
    rule: Rule,
    message: &str,
    mend: &[(&str, &str, &str)],
    mended: (&Workload, &Context),
) -> Proof {
    let proof = prove(workload, &[], context);
    let Finish::Not(found) = &proof.finishes else { panic!("it finishes: {proof:#?}") };
    assert_eq!(found.rule, rule);
    assert_eq!(proof.findings[0].message, message);
    let changes = |mend: &Mend| -> Vec<(String, String, String)> {
        let texts = |it: &tidegate_workload::FieldChange| {
            (it.field.clone(), it.from.clone(), it.to.clone())
        };
        mend.changes.iter().map(texts).collect()
    };
    let wanted: Vec<(String, String, String)> = mend
        .iter()
        .map(|(field, from, to)| ((*field).to_owned(), (*from).to_owned(), (*to).to_owned()))
        .collect();
    assert_eq!(found.mend.as_ref().map(changes).unwrap_or_default(), wanted);
    assert!(!proof.holds());
    let again = prove(mended.0, &[], mended.1);
    assert!(again.holds() && matches!(again.finishes, Finish::Always { .. }), "{again:#?}");
    proof
}

fn finding<'p>(proof: &'p Proof, code: &str) -> &'p tidegate_source::Diagnostic {
    proof.findings.iter().find(|it| it.code == code).expect("the finding is reported")
}

fn drain(workload: &Workload, budgets: &[Budget]) -> Drain {
    prove(workload, budgets, &assuming((1, 10))).drain
}

fn limited(pods: i32) -> Context {
    Context { quotas: vec![quota(&json!({ "pods": pods.to_string() }))], ..assuming((1, 10)) }
}

#[test]
fn a_quota_without_room_for_the_surge() {
    let web = deployment(&json!({ "replicas": 3 }), &json!({}));
    let strategy = json!({ "rollingUpdate": { "maxUnavailable": 1 } });
    let mended = deployment(&json!({ "replicas": 3, "strategy": strategy }), &json!({}));
    let proof = stops(
        &web,
        &limited(3),
        Rule::Quota,
        "the rollout of `web` cannot begin: quota `team` has room for 3 pods by pods, the old ones fill it, and none \
         of them may go before a new one serves",
        &[("spec.strategy.rollingUpdate.maxUnavailable", "25%", "1")],
        (&mended, &limited(3)),
    );
    let Finish::Not(found) = &proof.finishes else { unreachable!("checked by stops") };
    assert_eq!((found.round, found.timeline.end()), (0, Seconds(601)));
    // A singleton must not lose its only pod: then the quota has to grow.
    let one = deployment(&json!({ "replicas": 1 }), &json!({}));
    let context = Context { singleton: true, ..limited(1) };
    let Finish::Not(found) = prove(&one, &[], &context).finishes else {
        panic!("the only pod may not go")
    };
    let mend = found.mend.expect("there is a mend");
    assert_eq!(mend.changes[0].field, "ResourceQuota/team: spec.hard.pods");
    assert_eq!((mend.changes[0].from.as_str(), mend.changes[0].to.as_str()), ("1", "2"));
}

fn slow_start(failures: i32) -> Workload {
    let liveness = json!({
        "httpGet": { "path": "/health", "port": 8080 },
        "initialDelaySeconds": 15,
        "periodSeconds": 10,
        "failureThreshold": failures,
    });
    deployment(&json!({}), &json!({ "livenessProbe": liveness }))
}

#[test]
fn a_liveness_probe_during_a_slow_start() {
    let context = assuming((10, 60));
    let proof = stops(
        &slow_start(3),
        &context,
        Rule::Killed,
        "container `main` of `web` may take 1 min to answer, and its liveness probe kills it when it has not answered \
         after 35 s",
        &[("containers[main].livenessProbe.failureThreshold", "3", "6")],
        (&slow_start(6), &context),
    );
    let Finish::Not(found) = &proof.finishes else { unreachable!("checked by stops") };
    assert!(
        found.timeline.to_string().contains("36 s  ●|○  1 new pod is killed before it answers")
    );
}

#[test]
fn a_quarter_of_two_pods_is_rounded_down_to_none() {
    let web = deployment(&json!({ "replicas": 2 }), &json!({}));
    let mended = deployment(
        &json!({ "replicas": 2, "strategy": { "rollingUpdate": { "maxUnavailable": 1 } } }),
        &json!({}),
    );
    let proof = stops(
        &web,
        &limited(2),
        Rule::Quota,
        "the rollout of `web` cannot begin: quota `team` has room for 2 pods by pods, the old ones fill it, and none \
         of them may go before a new one serves",
        &[("spec.strategy.rollingUpdate.maxUnavailable", "25%", "1")],
        (&mended, &limited(2)),
    );
    assert_eq!(
        finding(&proof, "rounds-to-zero").message,
        "25% of 2 pods is rounded down to 0: no pod of `web` may be missing, and a rollout needs room for 3 pods"
    );
    // Half of two is one: nothing is rounded away.
    let half =
        json!({ "replicas": 2, "strategy": { "rollingUpdate": { "maxUnavailable": "50%" } } });
    assert!(
        !codes(&deployment(&half, &json!({})), &[], &assuming((1, 10)))
            .contains(&"rounds-to-zero".into())
    );
}

#[test]
fn a_deadline_shorter_than_min_ready_seconds() {
    let spec = |deadline: i32| {
        deployment(
            &json!({ "minReadySeconds": 120, "progressDeadlineSeconds": deadline }),
            &json!({}),
        )
    };
    let context = assuming((1, 10));
    let proof = stops(
        &spec(60),
        &context,
        Rule::MinReadyAfterDeadline,
        "a pod of `web` has to be ready for 2 min before it counts, and the rollout fails after 1 min without progress",
        &[("spec.progressDeadlineSeconds", "60", "121")],
        (&spec(121), &context),
    );
    let Finish::Not(found) = &proof.finishes else { unreachable!("checked by stops") };
    assert!(found.timeline.to_string().ends_with("the progress deadline is exceeded\n"));
}

#[test]
fn a_budget_equal_to_the_replicas() {
    let web = deployment(&json!({ "replicas": 3 }), &json!({}));
    let all = [budget("all", &json!({ "minAvailable": 3 }))];
    let proof = prove(&web, &all, &assuming((1, 10)));
    assert!(proof.holds());
    assert_eq!(proof.drain.blocked, Some(DrainBlock::KeepsAll));
    let found = finding(&proof, "budget-blocks-drain");
    assert_eq!(
        found.message,
        "budget `all` keeps as many pods as `web` has (3): a node with one of them cannot be drained"
    );
    let mended = drain(&web, &[budget("all", &json!({ "maxUnavailable": 1 }))]);
    assert_eq!((mended.blocked, mended.allowed_at_rest), (None, 1));
    let never = drain(&web, &[budget("never", &json!({ "maxUnavailable": "0%" }))]);
    assert_eq!(never.blocked, Some(DrainBlock::NeverAllows));
}

#[test]
fn a_budget_does_not_hold_up_recreate() {
    let strategy = json!({ "type": "Recreate" });
    let web = deployment(&json!({ "replicas": 2, "strategy": strategy }), &json!({}));
    let keep = [budget("keep", &json!({ "minAvailable": 1 }))];
    let proof = prove(&web, &keep, &assuming((1, 10)));
    assert_eq!((proof.availability.least, proof.availability.most), (0, 2));
    let found = finding(&proof, "recreate-gap");
    assert_eq!(found.message, "no pod of `web` serves during a rollout, for up to 56 s");
    assert_eq!(found.notes, ["a budget holds up evictions only: a rollout never asks it"]);
    let rolling = deployment(&json!({ "replicas": 2 }), &json!({}));
    let mended = prove(&rolling, &keep, &assuming((1, 10)));
    assert!(
        mended.availability.least >= 1
            && mended.findings.iter().all(|it| it.code != "recreate-gap")
    );
}

#[test]
fn a_paused_rollout() {
    let web = |paused: bool| deployment(&json!({ "paused": paused }), &json!({}));
    let context = assuming((1, 10));
    stops(
        &web(true),
        &context,
        Rule::Paused,
        "the rollout of `web` cannot begin: it is paused",
        &[("spec.paused", "true", "false")],
        (&web(false), &context),
    );
}

#[test]
fn a_probe_on_a_port_that_is_not_declared() {
    let web = |port: Value| {
        let probe = json!({ "httpGet": { "path": "/health", "port": port } });
        deployment(&json!({}), &json!({ "readinessProbe": probe }))
    };
    let context = assuming((1, 10));
    stops(
        &web(json!("web")),
        &context,
        Rule::ProbePort,
        "no pod of `web` becomes ready: the readiness probe of container `main` asks port `web`, which the container \
         does not declare",
        &[("containers[main].readinessProbe.port", "web", "8080")],
        (&web(json!(8080)), &context),
    );
    // A number need not be declared, and yet looks like a mistake.
    assert!(codes(&web(json!(9090)), &[], &context).contains(&"probe-port-undeclared".into()));
}

#[test]
fn an_image_that_cannot_be_pulled_for_a_while() {
    let web =
        |deadline: i32| deployment(&json!({ "progressDeadlineSeconds": deadline }), &json!({}));
    let mut context = assuming((1, 10));
    context.assumptions.pull_fails_for = Seconds(640);
    // Attempts after 0, 10, 30, 70, 150, 310, 610 and 910 s: the first that succeeds is the last of them.
    stops(
        &web(600),
        &context,
        Rule::ReadyAfterDeadline,
        "a pod of `web` may take 15 min 36 s to become ready, and the rollout fails after 10 min without progress",
        &[("spec.progressDeadlineSeconds", "600", "936")],
        (&web(936), &context),
    );
}

#[test]
fn two_budgets_over_one_pod() {
    let web = deployment(&json!({ "replicas": 3 }), &json!({}));
    let one = budget("one", &json!({ "maxUnavailable": 1 }));
    let two = budget("two", &json!({ "minAvailable": 1 }));
    let proof = prove(&web, &[one.clone(), two], &assuming((1, 10)));
    assert_eq!(proof.drain.blocked, Some(DrainBlock::ManyBudgets));
    assert_eq!(
        finding(&proof, "budgets-overlap").message,
        "no pod of `web` can be evicted: the budgets `one` and `two` all select it, and the eviction of a pod with more \
         than one budget is always refused"
    );
    assert_eq!(drain(&web, &[one]).blocked, None);
}
