use tidegate_cluster::{Cluster, ContainerState, Fault, RolloutOutcome, Span};

use crate::{HOUR, PROBED, apply, deployment, running, serving};

/// Rolls out an image with a fault until it has failed, and checks that the old pod served all the time.
#[track_caller]
fn failed(fault: Fault) -> Cluster {
    let mut cluster = running("", PROBED);
    let old = serving(&cluster).to_vec();
    cluster.inject("prod", "web", fault);
    apply(&mut cluster, deployment("web:2", "", PROBED));
    for _ in 0..590 {
        cluster.advance(Span::seconds(1));
        assert_eq!(serving(&cluster), old, "the old pod serves throughout");
    }
    let settled = cluster.run_until_settled(HOUR);
    assert_eq!(settled.failed, ["prod/web"]);
    assert_eq!(serving(&cluster), old);
    let rollout = &cluster.rollouts()[1];
    assert_eq!(rollout.outcome, RolloutOutcome::Failed);
    assert_eq!(rollout.reason, "no progress within the progress deadline");
    cluster
}

/// A later good image ends the story.
#[track_caller]
fn recovers(mut cluster: Cluster) {
    apply(&mut cluster, deployment("web:3", "", PROBED));
    let settled = cluster.run_until_settled(HOUR);
    assert!(settled.succeeded(), "{settled:?}");
    assert_eq!(cluster.pods().len(), 1);
    assert_eq!(cluster.pods()[0].images(), ["web:3"]);
}

#[test]
fn image_that_is_never_ready_misses_the_deadline() {
    let cluster = failed(Fault::NeverReady);
    let rollout = &cluster.rollouts()[1];
    let took = rollout.finished.map(|it| it - rollout.started);
    // The last progress is the pod's creation; the controller looks again one second after the deadline.
    assert_eq!(took, Some(Span::seconds(601)));
    let new = &cluster.pods()[1];
    assert!(new.started.is_some() && new.first_ready.is_none());
    recovers(cluster);
}

#[test]
fn image_that_cannot_be_pulled_is_put_off_longer_and_longer() {
    let cluster = failed(Fault::ImagePull);
    let state = &cluster.pods()[1].containers[0].state;
    assert!(
        matches!(state, ContainerState::Waiting { reason, .. } if reason == "ImagePullBackOff"),
        "{state:?}"
    );
    recovers(cluster);
}

#[test]
fn crash_loop_backs_off_from_ten_seconds_to_five_minutes() {
    let cluster = failed(Fault::CrashLoop);
    let starts: Vec<i64> = cluster
        .events()
        .iter()
        .filter(|it| it.reason == "Started" && it.at > cluster.rollouts()[1].started)
        .map(|it| it.at.0 / 1000)
        .collect();
    let gaps: Vec<i64> = starts.windows(2).map(|it| it[1] - it[0]).collect();
    // One second of life between the waits; the first restart comes at once.
    assert_eq!(gaps, [1, 11, 21, 41, 81, 161]);
    recovers(cluster);
}

#[test]
fn late_image_finishes_late() {
    let mut cluster = running("", PROBED);
    cluster.inject("prod", "web", Fault::Late { by: Span::seconds(90) });
    apply(&mut cluster, deployment("web:2", "", PROBED));
    let settled = cluster.run_until_settled(HOUR);
    assert!(settled.succeeded());
    // Answers from 92 s on; asked at 19 s and every 10 s then.
    assert_eq!(settled.elapsed, Span::seconds(1 + 3 + 99 + 2));
}

#[test]
fn late_image_is_killed_by_its_liveness_probe_again_and_again() {
    let probes = r#""readinessProbe":{"httpGet":{"port":80}},
        "livenessProbe":{"httpGet":{"port":80},"initialDelaySeconds":15,"periodSeconds":30},"#;
    let mut cluster = running("", probes);
    cluster.inject("prod", "web", Fault::Late { by: Span::seconds(90) });
    apply(&mut cluster, deployment("web:2", "", probes));
    let settled = cluster.run_until_settled(HOUR);
    assert_eq!(settled.failed, ["prod/web"]);
    assert!(cluster.pods()[1].containers[0].restarts >= 3);
    assert_eq!(cluster.pods()[1].containers[0].last_exit_code, Some(137));
}

#[test]
fn fault_belongs_to_its_image() {
    let mut cluster = running("", PROBED);
    cluster.inject("prod", "web", Fault::NeverReady);
    apply(&mut cluster, deployment("web:1", r#""replicas":2,"#, PROBED));
    assert!(cluster.run_until_settled(HOUR).succeeded(), "the same image comes back healthy");
    apply(&mut cluster, deployment("web:2", "", PROBED));
    assert!(!cluster.run_until_settled(HOUR).succeeded());
    assert_eq!(cluster.faults()[0].image.as_deref(), Some("web:2"));
    apply(&mut cluster, deployment("web:1", "", PROBED));
    assert!(cluster.run_until_settled(HOUR).succeeded());
    apply(&mut cluster, deployment("web:2", "", PROBED));
    assert!(!cluster.run_until_settled(HOUR).succeeded(), "it is as bad as before");
}

#[test]
fn fault_without_a_deadline_never_ends() {
    let fields = r#""progressDeadlineSeconds":2147483647,"#;
    let mut cluster = running(fields, PROBED);
    cluster.inject("prod", "web", Fault::NeverReady);
    apply(&mut cluster, deployment("web:2", fields, PROBED));
    let settled = cluster.run_until_settled(HOUR);
    assert_eq!((settled.failed.len(), settled.unfinished.len()), (0, 1));
}
