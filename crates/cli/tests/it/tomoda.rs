//! What `check` finds in the overlays of the example, judged one by one.

use serde_json::Value;

use crate::harness::{Sandbox, run};

/// Checks an overlay in a clone of the devops repository: `weight code file:line`, in the order in which it is printed.
fn found(environment: &str) -> Vec<String> {
    let sandbox = Sandbox::new();
    sandbox.git("", &["clone", "--quiet", "devops.git", "clone"]);
    let overlay = format!("k8s/apps/tomoda/overlays/{environment}");
    let arguments = ["check", &overlay, "--config", "../app/tidegate.yaml", "--format", "json"];
    let ran = run(&sandbox.path("clone"), &arguments);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    let findings: Vec<Value> = serde_json::from_str(&ran.stdout).expect("JSON");
    let line = |finding: &Value| {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let place = &finding["labels"][0];
        let file = text(&place["file"]).replace("k8s/apps/tomoda/", "");
        format!(
            "{} {} {file}:{}",
            text(&finding["severity"]),
            text(&finding["code"]),
            place["line"]
        )
    };
    findings.iter().map(line).collect()
}

#[test]
fn production_is_judged() {
    assert_eq!(found("prod"), PROD);
}

#[test]
fn development_is_judged() {
    assert_eq!(found("dev"), DEV);
}

/// Two hubs during a rollout, `latest` in the base, and a budget that blocks every drain. The Secret of TLS is made
/// elsewhere, and so is the controller of Ingresses that a policy lets in.
const PROD: [&str; 14] = [
    "note finishes-if base/backend-deployment.yaml:9",
    "warning singleton-overlap base/backend-deployment.yaml:9",
    "note image-mutable-in-base base/backend-deployment.yaml:20",
    "note pull-always-pinned base/backend-deployment.yaml:21",
    "note finishes-if base/frontend-deployment.yaml:8",
    "note none-available base/frontend-deployment.yaml:8",
    "note single-replica base/frontend-deployment.yaml:8",
    "note image-mutable-in-base base/frontend-deployment.yaml:19",
    "note pull-always-pinned base/frontend-deployment.yaml:20",
    "note tls-secret-unknown base/ingress.yaml:11",
    "note route-depends base/ingress.yaml:20",
    "note route-depends base/ingress.yaml:35",
    "note budget-unhealthy-pods overlays/prod/pdb.yaml:6",
    "warning budget-blocks-drain overlays/prod/pdb.yaml:6",
];

/// The same hubs and base; nothing guards the pods here.
const DEV: [&str; 13] = [
    "note finishes-if base/backend-deployment.yaml:9",
    "note none-available base/backend-deployment.yaml:9",
    "warning singleton-overlap base/backend-deployment.yaml:9",
    "note image-mutable-in-base base/backend-deployment.yaml:20",
    "note pull-always-pinned base/backend-deployment.yaml:21",
    "note finishes-if base/frontend-deployment.yaml:8",
    "note none-available base/frontend-deployment.yaml:8",
    "note single-replica base/frontend-deployment.yaml:8",
    "note image-mutable-in-base base/frontend-deployment.yaml:19",
    "note pull-always-pinned base/frontend-deployment.yaml:20",
    "note tls-secret-unknown overlays/dev/host.yaml:8",
    "note route-depends overlays/dev/host.yaml:16",
    "note route-depends overlays/dev/host.yaml:24",
];
