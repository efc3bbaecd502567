//! Rollouts through the simulated cluster, in which pods take no time.

use serde_json::{Value, json};
use tidegate_cluster::{ApplyOptions, Assumptions, Cluster, Moment};
use tidegate_object::Object;
use tidegate_reconcile::json::parse;

/// Rolls out one template after another and tells what the second did to the sizes of the sets.
pub(super) fn rolling_sequence(given: &Value) -> Option<Value> {
    let deployment = |image: &str, replicas: &Value| {
        let labels = json!({ "app": "web" });
        let manifest = json!({
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "metadata": { "name": "web" },
            "spec": {
                "replicas": replicas,
                "strategy": { "rollingUpdate": {
                    "maxSurge": given["max_surge"],
                    "maxUnavailable": given["max_unavailable"],
                } },
                "selector": { "matchLabels": labels },
                "template": {
                    "metadata": { "labels": labels },
                    "spec": { "containers": [{ "name": "web", "image": image }] },
                },
            },
        });
        parse(&manifest.to_string()).ok().map(Object::new)
    };
    let options = ApplyOptions {
        namespace: "web".to_owned(),
        manager: "conformance".to_owned(),
        create_namespaces: true,
    };
    let mut cluster = Cluster::new(Moment(0));
    cluster.assume(Assumptions::INSTANT);
    cluster.apply(&[deployment("web:1", &given["old_replicas"])?], &options).ok()?;
    cluster.apply(&[deployment("web:2", &given["replicas"])?], &options).ok()?;
    let steps: Vec<Value> = cluster
        .rollouts()
        .last()?
        .steps
        .iter()
        .map(|it| json!({ "new": it.new, "old": it.old, "action": it.action }))
        .collect();
    Some(json!({ "steps": steps }))
}
