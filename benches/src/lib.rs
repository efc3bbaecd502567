//! Inputs of the benches.

pub mod proof;
mod quantity;

use std::fmt::Write as _;

pub use quantity::QUANTITIES;

/// Returns `count` Deployments as people write them, in one stream.
#[must_use]
#[expect(clippy::missing_panics_doc, reason = "a String takes whatever is written to it")]
pub fn manifests(count: usize) -> String {
    let mut text = String::new();
    for nth in 0..count {
        let separator = if nth == 0 { "" } else { "---\n" };
        let written = write!(
            text,
            "{separator}apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-{nth}
  namespace: team-{team}
  labels:
    app.kubernetes.io/name: app-{nth}
    app.kubernetes.io/part-of: \"suite\"
  annotations:
    note: 'a longer note: with a colon'
spec:
  replicas: {replicas}
  selector:
    matchLabels:
      app: app-{nth}
  template:
    metadata:
      labels:
        app: app-{nth}
    spec:
      # the one container
      containers:
      - name: main
        image: registry.example.com/team/app-{nth}:1.{team}.{replicas}
        args: [\"--port\", \"8080\"]
        ports:
        - containerPort: 8080
          name: http
        env:
        - name: MODE
          value: production
        - name: SECRET
          valueFrom:
            secretKeyRef:
              name: app-{nth}
              key: token
        resources:
          requests:
            cpu: 100m
            memory: 64Mi
          limits:
            memory: 128Mi
        readinessProbe:
          httpGet:
            path: /healthz
            port: http
          initialDelaySeconds: 5
",
            team = nth % 17,
            replicas = nth % 5 + 1,
        );
        assert!(written.is_ok(), "a string takes what is written to it");
    }
    text
}
