//! Inputs of the benches.

mod overlay;
pub mod proof;
mod quantity;

pub use overlay::write_overlay;
pub use quantity::QUANTITIES;

/// Returns `count` Deployments as people write them, in one stream.
#[must_use]
pub fn manifests(count: usize) -> String {
    (0..count).map(manifest).collect::<Vec<_>>().join("---\n")
}

/// Returns one of many Deployments.
fn manifest(nth: usize) -> String {
    format!(
        "apiVersion: apps/v1
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
    )
}
