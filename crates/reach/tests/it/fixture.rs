//! Objects for tests, written as YAML, and findings as lines.

use tidegate_object::manifests;
use tidegate_reach::{Network, Probes, Scope};
use tidegate_source::{Diagnostic, Severity, Sources};

/// The network that a text of manifests describes.
#[track_caller]
pub(crate) fn network(text: &str) -> Network {
    let source = Sources::new().add("given.yaml", text);
    Network::of(&manifests(text.into(), source).expect("the fixture is YAML"))
}

/// What is found, a line each: `warning code 3:7 message`, with lines of the given text; `= note: …` and `= help: …` below.
#[track_caller]
pub(crate) fn found_in(text: &str, scope: Scope, probes: Probes) -> String {
    let mut sources = Sources::new();
    let source = sources.add("given.yaml", text);
    let objects = manifests(text.into(), source).expect("the fixture is YAML");
    let findings = Network::of(&objects).findings(scope, probes);
    findings.iter().map(|it| line(it, &sources)).collect()
}

fn line(finding: &Diagnostic, sources: &Sources) -> String {
    let severity = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let places = finding.labels.iter().filter_map(|it| sources.place(it.mark));
    let places: Vec<String> = places.map(|it| format!("{}:{}", it.line, it.column)).collect();
    let mut text =
        format!("{severity} {} {} {}\n", finding.code, places.join(" "), finding.message);
    for note in &finding.notes {
        text.extend(["= note: ", note, "\n"]);
    }
    for help in &finding.help {
        text.extend(["= help: ", help, "\n"]);
    }
    text
}

/// Holds what is found in a whole against what is expected.
#[track_caller]
pub(crate) fn check(text: &str, expected: &str) {
    let found = found_in(text, Scope::Whole, Probes::All);
    assert_eq!(found.trim_end(), expected.trim_end(), "found:\n{found}");
}

/// A Deployment whose one container declares a port named `http`.
pub(crate) fn deployment(name: &str, port: u16) -> String {
    format!(
        "apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}}}
spec:
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec: {{containers: [{{name: main, ports: [{{name: http, containerPort: {port}}}]}}]}}
---
"
    )
}

/// A Service in front of it.
pub(crate) fn service(name: &str, port: &str) -> String {
    format!(
        "apiVersion: v1
kind: Service
metadata: {{name: {name}}}
spec:
  selector: {{app: {name}}}
  ports: [{port}]
---
"
    )
}

/// An Ingress of one path.
pub(crate) fn ingress(name: &str, path: &str, service: &str, port: &str) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: {name}}}
spec:
  rules:
  - host: shop.example
    http: {{paths: [{{path: {path}, pathType: Prefix, backend: {{service: {{name: {service}, port: {{{port}}}}}}}}}]}}
---
"
    )
}
