//! Manifests, and what is found in them.

use tidegate_audit::{Code, Context, audit};
use tidegate_object::{Object, manifests};
use tidegate_source::{Diagnostic, Sources};

/// A Deployment in which nothing is to be found; every text that stands here once can be replaced.
pub(crate) const HEALTHY: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: web:v1.2.3
        livenessProbe: {httpGet: {path: /live, port: 80}}
        readinessProbe: {httpGet: {path: /ready, port: 80}}
        resources:
          requests: {cpu: 100m, memory: 64Mi}
          limits: {memory: 128Mi}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: web
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: {matchLabels: {app: web}}
";

/// Replaces parts of the healthy manifests.
pub(crate) fn healthy_but(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(HEALTHY.to_owned(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "`{old}` stands there once");
        text.replace(old, new)
    })
}

pub(crate) fn objects(text: &str) -> (Vec<Object>, Sources) {
    let mut sources = Sources::new();
    let source = sources.add("m.yaml", text);
    let objects = manifests(text.into(), source).unwrap_or_else(|it| panic!("{it:?}"));
    (objects, sources)
}

pub(crate) fn found_with(text: &str, context: &Context) -> (Vec<Diagnostic>, Sources) {
    let (objects, sources) = objects(text);
    (audit(&objects, context), sources)
}

/// A finding as `code line:column message`, then its other places, notes and helps.
pub(crate) fn told(finding: &Diagnostic, sources: &Sources) -> Vec<String> {
    let place = |mark| {
        sources.place(mark).map_or("?".to_owned(), |it| format!("{}:{}", it.line, it.column))
    };
    let mut lines = vec![format!(
        "{} {} {}",
        finding.code,
        finding.labels.first().map_or("?".to_owned(), |it| place(it.mark)),
        finding.message
    )];
    let others = finding.labels.iter().skip(1);
    lines.extend(others.map(|it| format!("at {} {}", place(it.mark), it.text)));
    lines.extend(finding.notes.iter().map(|it| format!("note: {it}")));
    lines.extend(finding.help.iter().map(|it| format!("help: {it}")));
    lines
}

/// Checks everything that is found.
#[track_caller]
pub(crate) fn check(text: &str, expected: &[&str]) {
    let (found, sources) = found_with(text, &Context::default());
    let told: Vec<String> = found.iter().flat_map(|it| told(it, &sources)).collect();
    assert_eq!(told, expected, "{text}");
}

/// Checks the codes alone.
#[track_caller]
pub(crate) fn check_codes(text: &str, expected: &[Code]) {
    let (found, _) = found_with(text, &Context::default());
    let codes: Vec<&str> = found.iter().map(|it| &*it.code).collect();
    let expected: Vec<&str> = expected.iter().map(|it| it.name()).collect();
    assert_eq!(codes, expected, "{text}");
}
