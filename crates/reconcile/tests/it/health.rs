use tidegate_reconcile::{HealthStatus, Member, application_health, resource_health};

use crate::object;

#[track_caller]
fn check(of: &str, rest: &str, expected: Option<(HealthStatus, &str)>) {
    let (version, kind) = of.rsplit_once('/').expect("VERSION/KIND");
    let text = format!(r#"{{"apiVersion":"{version}","kind":"{kind}",{rest}}}"#);
    let health = resource_health(&object(&text));
    let found = health.as_ref().map(|it| (it.status, it.message.as_str()));
    assert_eq!(found, expected, "{text}");
}

use HealthStatus::{Degraded, Healthy, Progressing, Suspended, Unknown};

const NAME: &str = r#""metadata":{"name":"web","generation":2}"#;

fn deployment(status: &str) -> String {
    format!(r#"{NAME},"spec":{{"replicas":3}},"status":{{"observedGeneration":2,{status}}}"#)
}

#[test]
fn deployment_follows_its_controller() {
    let of = "apps/v1/Deployment";
    let done = r#""replicas":3,"updatedReplicas":3,"availableReplicas":3"#;
    check(of, &deployment(done), Some((Healthy, "")));
    check(
        of,
        &deployment(r#""replicas":3,"updatedReplicas":1,"availableReplicas":3"#),
        Some((
            Progressing,
            "Waiting for rollout to finish: 1 out of 3 new replicas have been updated...",
        )),
    );
    check(
        of,
        &deployment(r#""replicas":5,"updatedReplicas":3,"availableReplicas":3"#),
        Some((
            Progressing,
            "Waiting for rollout to finish: 2 old replicas are pending termination...",
        )),
    );
    check(
        of,
        &deployment(r#""replicas":3,"updatedReplicas":3,"availableReplicas":2"#),
        Some((
            Progressing,
            "Waiting for rollout to finish: 2 of 3 updated replicas are available...",
        )),
    );
    let late = r#""conditions":[{"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded"}]"#;
    check(
        of,
        &deployment(&format!("{done},{late}")),
        Some((Degraded, "Deployment \"web\" exceeded its progress deadline")),
    );
    check(
        of,
        &format!(r#"{NAME},"spec":{{"replicas":1}},"status":{{"observedGeneration":1}}"#),
        Some((
            Progressing,
            "Waiting for rollout to finish: observed deployment generation less than desired generation",
        )),
    );
    check(of, r#""spec":{"paused":true}"#, Some((Suspended, "Deployment is paused")));
    check(
        "apps/v2/Deployment",
        NAME,
        Some((Unknown, "unsupported Deployment GVK: apps/v2, Kind=Deployment")),
    );
}

#[test]
fn other_workloads_follow_theirs() {
    let set = |spec: &str, status: &str| {
        format!(r#"{NAME},"spec":{{{spec}}},"status":{{"observedGeneration":2,{status}}}"#)
    };
    check(
        "apps/v1/StatefulSet",
        &set(r#""replicas":2"#, r#""readyReplicas":1"#),
        Some((Progressing, "Waiting for 1 pods to be ready...")),
    );
    check(
        "apps/v1/StatefulSet",
        &set(r#""replicas":1,"updateStrategy":{"type":"OnDelete"}"#, r#""readyReplicas":1"#),
        Some((Healthy, "statefulset has 1 ready pods")),
    );
    check(
        "apps/v1/StatefulSet",
        &set(
            r#""replicas":1"#,
            r#""readyReplicas":1,"currentReplicas":1,"currentRevision":"a","updateRevision":"a""#,
        ),
        Some((Healthy, "statefulset rolling update complete 1 pods at revision a...")),
    );
    check(
        "apps/v1/DaemonSet",
        &set(
            r#""updateStrategy":{"type":"OnDelete"}"#,
            r#""desiredNumberScheduled":4,"updatedNumberScheduled":1"#,
        ),
        Some((Healthy, "daemon set 1 out of 4 new pods have been updated")),
    );
    check(
        "apps/v1/ReplicaSet",
        &set(r#""replicas":2"#, r#""availableReplicas":2"#),
        Some((Healthy, "")),
    );
}

#[test]
fn pod_is_judged_by_phase_and_restart_policy() {
    let pod = |policy: &str, status: &str| {
        format!(r#""spec":{{"restartPolicy":"{policy}"}},"status":{{{status}}}"#)
    };
    let waiting = r#""phase":"Pending","containerStatuses":[{"name":"c","state":{"waiting":{"reason":"CrashLoopBackOff","message":"back-off 10s"}}}]"#;
    check("v1/Pod", &pod("Always", waiting), Some((Degraded, "back-off 10s")));
    check("v1/Pod", &pod("Never", waiting), Some((Progressing, "")));
    let ready = r#""phase":"Running","conditions":[{"type":"Ready","status":"True"}]"#;
    check("v1/Pod", &pod("Always", ready), Some((Healthy, "")));
    check("v1/Pod", &pod("OnFailure", ready), Some((Progressing, "")));
    let lives_on =
        r#""metadata":{"annotations":{"argocd.argoproj.io/ignore-restart-policy":"true"}}"#;
    check("v1/Pod", &format!("{lives_on},{}", pod("OnFailure", ready)), Some((Healthy, "")));
    let restarted =
        r#""phase":"Running","containerStatuses":[{"lastState":{"terminated":{"exitCode":1}}}]"#;
    check("v1/Pod", &pod("Always", restarted), Some((Degraded, "")));
    let killed = r#""phase":"Failed","containerStatuses":[{"name":"c","state":{"terminated":{"reason":"OOMKilled","exitCode":137}}}]"#;
    check("v1/Pod", &pod("Never", killed), Some((Degraded, "OOMKilled")));
    let init = r#""phase":"Failed","initContainerStatuses":[{"name":"setup","state":{"terminated":{"exitCode":2}}}]"#;
    check(
        "v1/Pod",
        &pod("Never", init),
        Some((Degraded, "container \"setup\" failed with exit code 2")),
    );
}

#[test]
fn deletion_comes_before_every_check() {
    let deleted = r#""metadata":{"deletionTimestamp":"2026-01-01T00:00:00Z""#;
    check("v1/Service", &format!("{deleted}}}"), Some((Progressing, "Pending deletion")));
    let held = format!(r#"{deleted},"finalizers":["argocd.argoproj.io/hook-finalizer"]}}"#);
    check("v1/Service", &held, Some((Healthy, "")));
}

#[test]
fn autoscaler_of_version_one_keeps_its_conditions_as_text() {
    let noted = |json: &str| {
        let quoted = json.replace('"', "\\\"");
        format!(
            r#""metadata":{{"annotations":{{"autoscaling.alpha.kubernetes.io/conditions":"{quoted}"}}}}"#
        )
    };
    let of = "autoscaling/v1/HorizontalPodAutoscaler";
    check(
        of,
        &noted(r#"[{"type":"ScalingActive","reason":"InvalidSelector","message":"no selector"}]"#),
        Some((Degraded, "no selector")),
    );
    check(of, &noted("[]"), Some((Progressing, "Waiting to Autoscale")));
    check(
        of,
        &noted("[{]"),
        Some((
            Unknown,
            "failed to convert conditions annotation to typed: a key in double quotes is expected at byte 2",
        )),
    );
}

#[test]
fn kinds_without_a_check_have_no_health() {
    check("v1/ConfigMap", NAME, None);
    check("example.com/v1/Deployment", NAME, None);
}

#[test]
fn application_is_as_healthy_as_its_worst_member() {
    let live = |health| Member { live: true, health: Some(health), ..Member::default() };
    let cases: [(&[Member], HealthStatus); 6] = [
        (&[live(Healthy), live(Suspended), live(Progressing)], Progressing),
        (&[live(Unknown), live(Degraded)], Unknown),
        (&[Member { hook: true, ..live(Degraded) }, live(Healthy)], Healthy),
        (&[Member { ignore_health: true, ..live(Degraded) }], Healthy),
        (&[Member { child_application: true, ..live(Unknown) }, live(Suspended)], Suspended),
        (&[Member::missing(), Member::missing()], HealthStatus::Missing),
    ];
    for (members, expected) in cases {
        assert_eq!(application_health(members.iter().copied()), expected);
    }
}
