use tidegate_cluster::{Fault, Span};
use tidegate_reconcile::HealthStatus;

use crate::{HOUR, PROBED, apply, deployment, running};

#[test]
fn summary_follows_a_rollout() {
    let mut cluster = running("", PROBED);
    let digest = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    apply(&mut cluster, deployment(&format!("web:2@{digest}"), "", PROBED));
    cluster.advance(Span::seconds(5));
    let summary = cluster.summary("prod", "web").expect("it is there");
    assert_eq!(summary.images[0].digest.as_deref(), Some(digest));
    assert_eq!(summary.running_images, [format!("web:2@{digest}"), "web:1".to_owned()]);
    assert_eq!((summary.revision, summary.replicas, summary.available), (2, 1, 1));
    assert_eq!(summary.health.status, HealthStatus::Progressing);
    assert_eq!(
        summary.rollout,
        "Waiting for deployment \"web\" rollout to finish: 1 old replicas are pending termination..."
    );
    cluster.run_until_settled(HOUR);
    let summary = &cluster.summaries()[0];
    assert!(summary.finished);
    assert_eq!(summary.rollout, "deployment \"web\" successfully rolled out");
    assert_eq!(summary.health.status, HealthStatus::Healthy);
    assert_eq!(cluster.application_health("shop"), HealthStatus::Healthy);
}

#[test]
fn missed_deadline_is_degraded() {
    let mut cluster = running("", PROBED);
    cluster.inject("prod", "web", Fault::ImagePull);
    apply(&mut cluster, deployment("web:2", "", PROBED));
    cluster.run_until_settled(HOUR);
    let summary = cluster.summary("prod", "web").expect("it is there");
    assert!(!summary.finished);
    assert_eq!(summary.rollout, "error: deployment \"web\" exceeded its progress deadline");
    assert_eq!(summary.health.status, HealthStatus::Degraded);
    assert_eq!(cluster.application_health("shop"), HealthStatus::Degraded);
    assert_eq!(cluster.application_health("nobody"), HealthStatus::Healthy);
}
