use tidegate_audit::Code;

use crate::fixture::{HEALTHY, check, check_codes, healthy_but};

const LIVENESS: &str = "        livenessProbe: {httpGet: {path: /live, port: 80}}\n";

#[test]
fn nothing_is_found_in_what_is_healthy() {
    check(HEALTHY, &[]);
}

#[test]
fn a_container_without_liveness_is_noted() {
    check(
        &healthy_but(&[(LIVENESS, "")]),
        &[
            "no-liveness-probe 12:15 container `web` of Deployment `web` has no liveness probe: when it hangs, nothing restarts it",
            "help: add a livenessProbe, unless the process ends by itself when it can't go on",
        ],
    );
}

#[test]
fn what_ends_by_itself_needs_no_probe() {
    let job = "\
apiVersion: batch/v1
kind: Job
metadata: {name: once}
spec:
  template:
    spec:
      restartPolicy: Never
      containers:
      - {name: once, image: 'once:1', resources: {limits: {cpu: 1, memory: 1Gi}}}
";
    check(job, &[]);
    let pod = job.replace("batch/v1", "v1").replace("kind: Job", "kind: Pod");
    let pod = pod.replace("  template:\n    spec:\n", "");
    check(&pod, &[]);
    check_codes(&pod.replace("Never", "Always"), &[Code::NoLivenessProbe]);
}

#[test]
fn a_long_delay_wants_a_startup_probe() {
    let delayed =
        "        livenessProbe: {httpGet: {path: /live, port: 80}, initialDelaySeconds: 120}\n";
    let text = healthy_but(&[(LIVENESS, delayed)]);
    check(
        &text,
        &[
            "no-startup-probe 14:80 the liveness probe of container `web` of Deployment `web` waits 2 min at every start, however fast it was",
            "help: let a startupProbe wait for the start, and drop the delay",
        ],
    );
    let started =
        format!("{delayed}        startupProbe: {{httpGet: {{path: /live, port: 80}}}}\n");
    check(&text.replace(delayed, &started), &[]);
    check(&text.replace("120", "29"), &[]);
}

#[test]
fn liveness_has_to_be_more_patient_than_readiness() {
    let same = healthy_but(&[("path: /live", "path: /ready")]);
    check(
        &same,
        &[
            "liveness-like-readiness 14:24 liveness and readiness of container `web` of Deployment `web` ask the same and give up together, after 30 s: a container that is only busy is killed instead of being spared",
            "at 15:25 the readiness probe",
            "help: let liveness be more patient: failureThreshold: 6",
        ],
    );
    let sooner = same.replacen("port: 80}", "port: 80}, periodSeconds: 5", 1);
    check(
        &sooner,
        &[
            "liveness-like-readiness 14:24 liveness and readiness of container `web` of Deployment `web` ask the same: it is killed after 15 s without an answer, and would be taken out of service after 30 s only",
            "at 15:25 the readiness probe",
            "help: let liveness be more patient: failureThreshold: 9",
        ],
    );
    // The mend mends it, and other ways to be patient count as well.
    check(&same.replacen("port: 80}", "port: 80}, failureThreshold: 6", 1), &[]);
    check(&sooner.replacen("periodSeconds: 5", "periodSeconds: 5, failureThreshold: 9", 1), &[]);
    check(&same.replacen("port: 80}", "port: 80}, periodSeconds: 11", 1), &[]);
}
