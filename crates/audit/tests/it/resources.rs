use tidegate_audit::Code;

use crate::fixture::{check, check_codes, healthy_but};

const REQUESTS: &str = "          requests: {cpu: 100m, memory: 64Mi}\n";
const LIMITS: &str = "          limits: {memory: 128Mi}\n";

#[test]
fn missing_requests_are_named() {
    check(
        &healthy_but(&[(REQUESTS, ""), (LIMITS, ""), ("        resources:\n", "")]),
        &[
            "no-requests 12:15 container `web` of Deployment `web` requests neither CPU nor memory: a node may be full and still take it",
            "help: state resources.requests.cpu and resources.requests.memory, from what it uses",
            "no-memory-limit 12:15 container `web` of Deployment `web` has no memory limit: what it leaks is taken from its neighbours on the node",
            "help: state resources.limits.memory",
        ],
    );
    check(
        &healthy_but(&[("cpu: 100m, ", "")]),
        &[
            "no-requests 17:11 container `web` of Deployment `web` requests no CPU: a node may be full and still take it",
            "help: state resources.requests.cpu, from what it uses",
        ],
    );
    check(
        &healthy_but(&[(", memory: 64Mi", ""), ("memory: 128Mi", "")]),
        &[
            "no-requests 17:11 container `web` of Deployment `web` requests no memory: a node may be full and still take it",
            "help: state resources.requests.memory, from what it uses",
            "no-memory-limit 17:11 container `web` of Deployment `web` has no memory limit: what it leaks is taken from its neighbours on the node",
            "help: state resources.limits.memory",
        ],
    );
}

#[test]
fn a_limit_is_a_request_and_others_may_fill_it_in() {
    // The API server takes a missing request from the limit.
    check(&healthy_but(&[(", memory: 64Mi", "")]), &[]);
    // A limit range of the namespace gives defaults; one of another namespace does not.
    let bare = healthy_but(&[(REQUESTS, ""), (LIMITS, ""), ("        resources:\n", "")]);
    let range = "---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: all}\nspec:\n  limits:\n  - type: Container\n    default: {cpu: 1, memory: 1Gi}\n";
    check(&format!("{bare}{range}"), &[]);
    let elsewhere = range.replace("name: all", "name: all, namespace: other");
    check_codes(&format!("{bare}{elsewhere}"), &[Code::NoRequests, Code::NoMemoryLimit]);
    // The pod itself may say it.
    let pod = "      resources: {limits: {cpu: 1, memory: 1Gi}}\n      containers:\n";
    check(&bare.replace("      containers:\n", pod), &[]);
}

#[test]
fn a_request_stays_below_its_limit() {
    check(
        &healthy_but(&[("64Mi", "256Mi")]),
        &[
            "request-above-limit 17:41 container `web` of Deployment `web` requests 256Mi of memory, and its limit is 128Mi",
            "at 18:28 the limit",
            "help: raise the limit, or request less",
        ],
    );
    check(&healthy_but(&[("64Mi", "0.125Gi")]), &[]);
}

#[test]
fn amounts_that_cannot_be_meant_are_told() {
    check(
        &healthy_but(&[("64Mi", "64m")]),
        &[
            "implausible-amount 17:41 the request of memory of container `web` of Deployment `web` is 64m: not even a whole number of bytes",
            "help: `m` means a thousandth; write `M` for a million bytes, `Mi` for 1024 times 1024",
        ],
    );
    check(
        &healthy_but(&[("64Mi", "64")]),
        &[
            "implausible-amount 17:41 the request of memory of container `web` of Deployment `web` is 64: 64 bytes",
            "help: write a suffix: `Mi` for 1024 times 1024 bytes, `Gi` for 1024 times as much",
        ],
    );
    check(
        &healthy_but(&[("100m", "100")]),
        &[
            "implausible-amount 17:27 the request of cpu of container `web` of Deployment `web` is 100: that many cores",
            "help: write `m` behind it for thousandths of a core",
        ],
    );
    check(
        &healthy_but(&[("100m", "0.5m")]),
        &[
            "implausible-amount 17:27 the request of cpu of container `web` of Deployment `web` is 0.5m: less than a thousandth of a core",
            "help: amounts of CPU are rounded up to a thousandth; write `1m` or more",
        ],
    );
    check(&healthy_but(&[("100m", "99")]), &[]);
    check(&healthy_but(&[("64Mi", "1Mi")]), &[]);
    check(&healthy_but(&[("100m", "1m")]), &[]);
}

#[test]
fn nothing_and_less_than_nothing_are_told() {
    check(
        &healthy_but(&[("100m", "0")]),
        &[
            "zero-amount 17:27 the request of cpu of container `web` of Deployment `web` is 0, which reserves nothing",
        ],
    );
    check(
        &healthy_but(&[("64Mi", "-64Mi")]),
        &[
            "negative-amount 17:41 the request of memory of container `web` of Deployment `web` is -64Mi: below nothing",
        ],
    );
    check(
        &healthy_but(&[(", memory: 64Mi", ""), ("128Mi", "0")]),
        &[
            "zero-amount 18:28 the limit of memory of container `web` of Deployment `web` is 0, which is no limit",
        ],
    );
}

#[test]
fn what_is_no_amount_is_told_once() {
    // Of a Deployment the proof reads the amounts.
    let wrong = healthy_but(&[("64Mi", "64mb")]);
    check(&wrong, &[]);
    let job = "\
apiVersion: batch/v1
kind: CronJob
metadata: {name: daily}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers:
          - {name: daily, image: 'daily:1', resources: {limits: {cpu: 1, memory: 64mb}}}
";
    check(
        job,
        &[
            "invalid-quantity 11:85 `64mb` is no amount: quantity is not a number with a suffix",
            "help: write a number and a suffix, such as 250m, 2, 512Mi or 1e3",
        ],
    );
}
