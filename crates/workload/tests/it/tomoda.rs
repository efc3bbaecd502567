//! The proof of a production like the example's: one hub that must not be doubled, guarded by a budget.

use serde_json::json;
use tidegate_workload::{Context, DrainBlock, Finish, Seconds, Workload, prove};

use crate::fixture::{assuming, budget, deployment};

fn backend() -> Workload {
    let get = json!({ "path": "/health", "port": 8080 });
    let container = json!({
        "livenessProbe": { "httpGet": get, "initialDelaySeconds": 15, "periodSeconds": 30 },
        "readinessProbe": { "httpGet": get, "initialDelaySeconds": 10, "periodSeconds": 10 },
        "resources": {
            "requests": { "memory": "64Mi", "cpu": "10m" },
            "limits": { "memory": "512Mi", "cpu": "500m" },
        },
    });
    deployment(&json!({ "replicas": 1 }), &container)
}

#[test]
fn finishes_and_always_has_one_pod_available() {
    let context = Context { singleton: true, ..assuming((1, 20)) };
    let budgets = [budget("hub", &json!({ "minAvailable": 1 }))];
    let proof = prove(&backend(), &budgets, &context);
    assert!(proof.holds());
    assert_eq!(proof.finishes, Finish::Always { longest: Seconds(36) });
    assert_eq!((proof.availability.least, proof.availability.most), (1, 2));
    assert_eq!(proof.drain.blocked, Some(DrainBlock::KeepsAll));
    let codes: Vec<&str> = proof.findings.iter().map(|it| &*it.code).collect();
    assert_eq!(codes, ["singleton-overlap", "budget-blocks-drain"]);
    assert_eq!(
        proof.findings[0].help,
        [
            "either accept the overlap, or set spec.strategy.type to Recreate: then no pod serves for up to 1 min 6 s"
        ]
    );
    assert_eq!(
        proof.findings[1].help,
        ["set maxUnavailable: 1 in the budget instead: then one pod at a time can be evicted"]
    );
    assert_eq!(
        proof.timeline.to_string().lines().collect::<Vec<_>>(),
        [
            "      0 s  ●|   the rollout begins",
            "      0 s  ●|○  1 new pod is created",
            "     36 s  ●|○  1 new pod is ready",
            "     36 s  ●|●  1 new pod is available",
            "     36 s  |●   1 old pod is told to end",
            "     36 s  |●   the rollout is complete",
            "1 min 6 s  |●   1 old pod has ended",
        ]
    );
}

#[test]
fn without_assumptions_the_bound_is_said() {
    let proof = prove(&backend(), &[], &Context::default());
    assert!(proof.holds());
    assert_eq!(
        proof.findings[0].message,
        "the rollout of `web` finishes if every pod is Ready within 10 min of its creation and every container \
         answers its probes within 1 min 15 s of its start"
    );
}
