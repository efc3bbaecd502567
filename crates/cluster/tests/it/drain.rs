use tidegate_cluster::{Cluster, Span};
use tidegate_object::Object;
use tidegate_workload::{Eviction, EvictionRefusal};

use crate::{HOUR, PROBED, object, options, running, serving};

fn budget(rule: &str) -> Object {
    object(&format!(
        r#"{{"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{{"name":"web"}},
        "spec":{{{rule},"selector":{{"matchLabels":{{"app":"web"}}}}}}}}"#
    ))
}

fn guarded(replicas: i32, rule: &str) -> Cluster {
    let mut cluster = running(&format!(r#""replicas":{replicas},"#), PROBED);
    cluster.apply(&[budget(rule)], &options()).expect("a valid budget");
    cluster
}

fn node_of_first(cluster: &Cluster) -> String {
    cluster.pods()[0].node.clone().expect("it runs")
}

#[test]
fn budget_of_all_pods_blocks_every_drain() {
    let mut cluster = guarded(1, r#""minAvailable":1"#);
    let node = node_of_first(&cluster);
    let drain = cluster.drain(&node, HOUR).expect("there is such a node");
    assert_eq!(drain.evicted.len(), 0);
    assert_eq!(drain.blocked[0].budgets, ["web"]);
    assert_eq!(drain.blocked[0].refusal, Some(EvictionRefusal::NoDisruptionAllowed));
    assert_eq!(serving(&cluster).len(), 1);
}

#[test]
fn budget_that_lets_one_go_leaves_a_gap_with_one_replica() {
    let mut cluster = guarded(1, r#""maxUnavailable":1"#);
    let node = node_of_first(&cluster);
    let drain = cluster.drain(&node, HOUR).expect("there is such a node");
    assert_eq!((drain.evicted.len(), drain.blocked.len()), (1, 0));
    assert_eq!(serving(&cluster).len(), 0);
    assert!(cluster.run_until_settled(HOUR).succeeded());
    assert_ne!(node_of_first(&cluster), node);
}

#[test]
fn pods_go_one_after_the_other() {
    let mut cluster = guarded(6, r#""maxUnavailable":1"#);
    let node = node_of_first(&cluster);
    let drain = cluster.drain(&node, HOUR).expect("there is such a node");
    assert_eq!((drain.evicted.len(), drain.blocked.len()), (2, 0));
    // The second waits until the first has a ready successor elsewhere.
    assert!(drain.elapsed >= Span::seconds(20), "{drain:?}");
    assert!(cluster.pods().iter().all(|it| it.node.as_deref() != Some(node.as_str())));
}

#[test]
fn two_budgets_over_one_pod_refuse_for_ever() {
    let mut cluster = guarded(2, r#""maxUnavailable":1"#);
    let mut second = budget(r#""minAvailable":1"#);
    if let Some(name) = second.root.at_mut(&["metadata", "name"]) {
        *name = "second".into();
    }
    cluster.apply(&[second], &options()).expect("a valid budget");
    let pod = cluster.pods()[0].name.clone();
    let refused = Eviction::Refused(EvictionRefusal::ManyBudgets);
    assert_eq!(cluster.evict("prod", &pod), Some(refused));
    assert_eq!(cluster.evict("prod", "nobody"), None);
}

#[test]
fn budget_status_is_written() {
    let cluster = guarded(3, r#""minAvailable":"50%""#);
    let budget = cluster.objects().find(|it| it.kind() == "PodDisruptionBudget").expect("there");
    let count = |name: &str| budget.at(&["status", name]).and_then(tidegate_object::Node::as_i64);
    assert_eq!(
        ["expectedPods", "desiredHealthy", "currentHealthy", "disruptionsAllowed"].map(count),
        [Some(3), Some(2), Some(3), Some(1)]
    );
}
