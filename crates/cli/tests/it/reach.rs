//! Ways through the network, from an overlay to the place of each field.

use std::path::Path;

use crate::harness::run;

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

const WEB: &str = "apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: registry.example/web:v1.2.3
        ports: [{name: http, containerPort: 8080}]
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  ports:
  - name: http
    port: 80
    targetPort: http
  - name: admin
    port: 81
    targetPort: admin
---
apiVersion: v1
kind: Service
metadata:
  name: old
spec:
  selector: {app: web}
  ports:
  - port: 80
    targetPort: 8080
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  rules:
  - host: shop.example
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: web
            port: {number: 80}
";

const CLOSED: &str = "apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: closed
spec:
  podSelector:
    matchLabels: {app: web}
  policyTypes: [Ingress]
";

/// The findings about ways, a line each: weight and code, place, sentence.
fn ways(stdout: &str) -> Vec<String> {
    let mut ways = Vec::new();
    let mut lines = stdout.lines();
    while let Some(line) = lines.next() {
        let code = line.split_once('[').and_then(|(_, rest)| rest.split_once(']'));
        let Some((code, _)) = code.filter(|(code, _)| tidegate_reach::CODES.contains(code)) else {
            continue;
        };
        let place = lines.next().unwrap_or_default();
        let place = place.trim_start().trim_start_matches("--> ");
        assert!(!code.is_empty() && place.contains(".yaml:"), "{stdout}");
        ways.push(format!("{line} at {place}"));
    }
    ways
}

#[test]
fn a_broken_port_a_cut_route_and_a_selector_for_nothing_point_into_their_files() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    write(folder, "base/web.yaml", WEB);
    write(folder, "base/kustomization.yaml", "resources: [web.yaml]\n");
    write(folder, "prod/closed.yaml", CLOSED);
    let patch = "- op: replace\n  path: /spec/selector/app\n  value: wbe\n";
    write(folder, "prod/old.yaml", patch);
    let kustomization = "resources: [../base, closed.yaml]\npatches:\n- path: old.yaml\n  target: {kind: Service, name: old}\n";
    write(folder, "prod/kustomization.yaml", kustomization);
    let ran = run(folder, &["check", "prod"]);
    assert_eq!(ran.code, 3, "{}{}", ran.stdout, ran.stderr);
    let expected = [
        "error[target-port-unknown]: no container of Deployment `web` has a port `admin`: port admin (81) of Service `web` leads nowhere at base/web.yaml:27:17",
        "warning[route-cut]: Ingress `shop` leads to port 8080 of Deployment `web`, which policies close to everybody at base/web.yaml:52:19",
        "warning[service-selects-nothing]: Service `old` chooses no pod: none has the labels app=wbe at prod/old.yaml:3:10",
    ];
    assert_eq!(ways(&ran.stdout), expected, "{}", ran.stdout);
}

#[test]
fn a_label_that_a_patch_changed_is_pointed_at_before_the_selector_that_misses_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    write(folder, "base/web.yaml", WEB);
    write(folder, "base/kustomization.yaml", "resources: [web.yaml]\n");
    let patch = "- op: replace\n  path: /spec/selector/matchLabels/app\n  value: web2\n- op: replace\n  path: /spec/template/metadata/labels/app\n  value: web2\n";
    write(folder, "prod/web.yaml", patch);
    let kustomization = "resources: [../base]\npatches:\n- path: web.yaml\n  target: {kind: Deployment, name: web}\n";
    write(folder, "prod/kustomization.yaml", kustomization);
    let ran = run(folder, &["check", "prod", "--format", "json"]);
    assert_eq!(ran.code, 3, "{}{}", ran.stdout, ran.stderr);
    let found: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let missed: Vec<String> = found
        .as_array()
        .expect("a list")
        .iter()
        .filter(|it| it["code"] == "service-selects-nothing")
        .flat_map(|it| it["labels"].as_array().expect("a list"))
        .map(|it| format!("{}:{}:{} {}", it["file"], it["line"], it["column"], it["text"]))
        .collect();
    let label = r#""prod/web.yaml":6:10 "pods of Deployment `web` have this value""#;
    let selector = |line: u32| format!(r#""base/web.yaml":{line}:13 "web is asked for""#);
    assert_eq!(missed, [label, &selector(34), label, &selector(20)], "{}", ran.stdout);
}

#[test]
fn ways_are_followed_where_nothing_runs_pods() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let twice = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  ports:\n  - {name: http, port: 80}\n  - {name: http, port: 81}\n";
    write(folder.path(), "web.yaml", twice);
    let ran = run(folder.path(), &["check", "web.yaml"]);
    assert_eq!(ran.code, 3, "{}{}", ran.stdout, ran.stderr);
    assert!(ran.stdout.contains("error[service-port-twice]"), "{}", ran.stdout);
}

#[test]
fn the_proof_and_the_ways_report_no_port_of_a_probe_twice() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let probes = "        readinessProbe: {httpGet: {path: /, port: htpp}}\n        startupProbe: {httpGet: {path: /, port: 9000}}\n";
    let (deployment, _) = WEB.split_once("---\n").expect("several objects");
    write(folder, "web.yaml", &format!("{deployment}{probes}"));
    let ran = run(folder, &["check", "web.yaml"]);
    for code in ["[probe-port-unknown]", "[probe-port-undeclared]"] {
        assert_eq!(ran.stdout.matches(code).count(), 1, "{code}: {}", ran.stdout);
    }
}

#[test]
fn a_budget_for_pods_of_a_chart_is_a_note() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let (deployment, _) = WEB.split_once("---\n").expect("several objects");
    let budget = "---\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: redis}\nspec: {maxUnavailable: 1, selector: {matchLabels: {role: master}}}\n";
    let release =
        "---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: cache}\n";
    write(folder, "web.yaml", &format!("{deployment}{budget}"));
    // One file may be one of many; an overlay is whole.
    let ran = run(folder, &["check", "web.yaml"]);
    assert!(ran.stdout.contains("note[budget-selects-nothing]"), "{}", ran.stdout);
    assert!(ran.stdout.contains("its pods may be deployed apart"), "{}", ran.stdout);
    write(folder, "kustomization.yaml", "resources: [web.yaml]\n");
    let ran = run(folder, &["check", "."]);
    assert!(ran.stdout.contains("warning[budget-selects-nothing]"), "{}", ran.stdout);
    write(folder, "web.yaml", &format!("{deployment}{budget}{release}"));
    let ran = run(folder, &["check", "."]);
    assert!(ran.stdout.contains("note[budget-selects-nothing]"), "{}", ran.stdout);
    assert!(ran.stdout.contains("HelmRelease `cache` may bring such pods"), "{}", ran.stdout);
}
