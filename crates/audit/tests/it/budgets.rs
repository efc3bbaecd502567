use std::collections::BTreeSet;

use tidegate_audit::{Code, Context};

use crate::fixture::{HEALTHY, check, check_codes, found_with, healthy_but};

const SCALER: &str = "\
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  minReplicas: 2
  maxReplicas: 9
  metrics:
  - type: Resource
    resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}
";

fn deployment() -> String {
    HEALTHY.split("---\n").next().unwrap_or_default().to_owned()
}

#[test]
fn two_replicas_want_a_budget() {
    check(
        &deployment(),
        &[
            "no-budget 6:13 no budget guards the pods of Deployment `web`: a drain may take all of them at once",
            "help: add a PodDisruptionBudget with maxUnavailable: 1",
        ],
    );
    let other = healthy_but(&[(
        "name: web\nspec:\n  maxUnavailable",
        "name: web\n  namespace: other\nspec:\n  maxUnavailable",
    )]);
    check_codes(&other, &[Code::NoBudget]);
    check_codes(&other.replace("namespace: other", "namespace: default"), &[]);
}

#[test]
fn a_budget_that_lets_all_go_is_told() {
    for (rule, place) in [
        ("maxUnavailable: 2", "25:19"),
        ("maxUnavailable: 100%", "25:19"),
        ("minAvailable: 0", "25:17"),
    ] {
        let at = format!(
            "budget-without-effect {place} budget `web` lets all pods of Deployment `web` go at once (2)"
        );
        check(
            &healthy_but(&[("maxUnavailable: 1", rule)]),
            &[&at, "at 6:13 ", "help: set maxUnavailable: 1, or fewer than there are"],
        );
    }
}

#[test]
fn pods_that_are_not_ready_are_to_be_evicted() {
    check(
        &healthy_but(&[("  unhealthyPodEvictionPolicy: AlwaysAllow\n", "")]),
        &[
            "budget-unhealthy-pods 25:3 budget `web` does not say what holds for pods that are not ready: while too few are, even those that crash can't be evicted",
            "help: set unhealthyPodEvictionPolicy: AlwaysAllow",
        ],
    );
}

#[test]
fn one_replica_is_noted_unless_one_is_meant() {
    let one = healthy_but(&[("replicas: 2", "replicas: 1")]);
    check(
        &one,
        &[
            "single-replica 6:13 Deployment `web` has one replica: while its pod is moved to another node or restarted, nothing serves",
            "help: want two replicas, or call it a singleton",
        ],
    );
    check_codes(&healthy_but(&[("  replicas: 2\n", "")]), &[Code::SingleReplica]);
    check(&one.replace("replicas: 1", "replicas: 1\n  strategy: {type: Recreate}"), &[]);
    let (objects, _) = crate::fixture::objects(&one);
    let singletons = BTreeSet::from([objects[0].identity()]);
    assert_eq!(found_with(&one, &Context { singletons }).0, []);
}

#[test]
fn an_autoscaler_says_alone_how_many_replicas_there_are() {
    check(
        &format!("{HEALTHY}{SCALER}"),
        &[
            "autoscaler-fights-replicas 6:13 Deployment `web` has 2 replicas by its manifest, and as many as autoscaler `web` wants: each apply sets them back",
            "at 33:65 the autoscaler",
            "help: take `replicas` out of the manifest",
        ],
    );
    let scaled = format!("{}{SCALER}", healthy_but(&[("  replicas: 2\n", "")]));
    check(&scaled, &[]);
    // The fewest replicas count.
    check(
        &scaled.replace("minReplicas: 2", "minReplicas: 1"),
        &[
            "single-replica 33:16 Deployment `web` has one replica: while its pod is moved to another node or restarted, nothing serves",
            "help: want two replicas, or call it a singleton",
        ],
    );
    let unguarded = format!("{}{SCALER}", deployment().replace("  replicas: 2\n", ""));
    check_codes(&unguarded, &[Code::NoBudget]);
    // What is scaled to nothing rests.
    let resting = format!("{}{SCALER}", healthy_but(&[("replicas: 2", "replicas: 0")]));
    check(&resting, &[]);
}

#[test]
fn an_autoscaler_needs_a_range_a_target_and_requests() {
    let scaled = format!("{}{SCALER}", healthy_but(&[("  replicas: 2\n", "")]));
    check(
        &scaled.replace("maxReplicas: 9", "maxReplicas: 1"),
        &["autoscaler-range 33:16 autoscaler `web` wants at least 2 replicas and at most 1"],
    );
    check(
        &scaled.replace("Deployment, name: web", "Deployment, name: wep"),
        &[
            "single-replica 4:9 Deployment `web` has one replica: while its pod is moved to another node or restarted, nothing serves",
            "help: want two replicas, or call it a singleton",
            "autoscaler-without-target 32:65 autoscaler `web` is for Deployment `wep`, which is not among these manifests",
            "help: there is a Deployment `web`",
        ],
    );
    check(
        &scaled.replace("cpu: 100m, ", ""),
        &[
            "no-requests 16:11 container `web` of Deployment `web` requests no CPU: a node may be full and still take it",
            "help: state resources.requests.cpu, from what it uses",
            "autoscaler-without-request 37:15 autoscaler `web` measures the share of the cpu that is requested, and container `web` of Deployment `web` requests none: it never scales",
            "at 11:15 no request",
            "help: state resources.requests.cpu in every container",
        ],
    );
    let older = scaled.replace("autoscaling/v2", "autoscaling/v1").replace(
        "  metrics:\n  - type: Resource\n    resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}\n",
        "  targetCPUUtilizationPercentage: 80\n",
    );
    check(&older, &[]);
    check_codes(
        &older.replace("cpu: 100m, ", ""),
        &[Code::NoRequests, Code::AutoscalerWithoutRequest],
    );
}

#[test]
fn pods_that_keep_the_old_template_are_noted() {
    let set = |strategy: &str| {
        healthy_but(&[
            ("kind: Deployment", "kind: StatefulSet"),
            ("replicas: 2", &format!("replicas: 2\n  updateStrategy: {strategy}")),
        ])
    };
    check(
        &set("{type: OnDelete}"),
        &[
            "update-on-delete 7:26 pods of StatefulSet `web` keep the old template until somebody deletes them",
        ],
    );
    check(
        &set("{rollingUpdate: {partition: 1}}"),
        &[
            "update-partition 7:47 pods of StatefulSet `web` below the ordinal 1 keep the old template",
            "help: set it to 0 when the new template has proved itself",
        ],
    );
    check(&set("{rollingUpdate: {partition: 0}}"), &[]);
}

#[test]
fn recreate_takes_no_fields_of_a_rolling_update() {
    check(
        &healthy_but(&[(
            "replicas: 2",
            "replicas: 2\n  strategy: {type: Recreate, rollingUpdate: {maxSurge: 1}}",
        )]),
        &[
            "recreate-with-rolling-fields 7:45 Deployment `web` says Recreate, and how a rolling update goes",
            "help: remove rollingUpdate; a patch does so with `rollingUpdate: null`",
        ],
    );
}

#[test]
fn pods_are_given_time_to_stop_and_are_restarted() {
    let pods = |field: &str| {
        healthy_but(&[("      containers:\n", &format!("      {field}\n      containers:\n"))])
    };
    check(
        &pods("terminationGracePeriodSeconds: 0"),
        &[
            "grace-zero 11:38 pods of Deployment `web` get no time to stop: what they do is cut off",
            "help: drop the field: 30 s is the default",
        ],
    );
    check(
        &pods("restartPolicy: Never"),
        &[
            "restart-policy-refused 11:22 Deployment `web` does not take the restart policy `Never`",
            "help: drop the field: its pods are always restarted",
        ],
    );
    check(
        &pods("serviceAccount: default"),
        &[
            "deprecated-service-account 11:23 Deployment `web` names its service account by `serviceAccount`, which is deprecated",
            "help: name it by serviceAccountName",
        ],
    );
    let job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec: {template: {spec: {containers: []}}}\n";
    check(
        job,
        &[
            "restart-policy-refused 4:25 Job `once` has no restart policy, and pods by default have one that it does not take",
            "help: write restartPolicy: OnFailure, or Never",
        ],
    );
}
