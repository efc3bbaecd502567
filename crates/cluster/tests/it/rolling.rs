use tidegate_cluster::{Assumptions, Cluster, RolloutAction, RolloutOutcome, Span, Undone};

use crate::{HOUR, PROBED, apply, deployment, running, serving};

#[test]
fn first_rollout_serves_after_its_probes() {
    let cluster = running("", PROBED);
    let rollout = &cluster.rollouts()[0];
    assert_eq!((rollout.revision, rollout.outcome), (1, RolloutOutcome::Complete));
    // 1 s until scheduled, 3 s for the image, asked after 10 s and noticed up to a period later.
    assert_eq!(rollout.finished.map(|it| it - rollout.started), Some(Span::seconds(1 + 3 + 19)));
    assert_eq!(serving(&cluster).len(), 1);
}

#[test]
fn old_pod_serves_until_the_new_one_is_ready() {
    let mut cluster = running("", PROBED);
    apply(&mut cluster, deployment("web:2", "", PROBED));
    cluster.advance(Span::seconds(22));
    assert_eq!(cluster.pods().len(), 2);
    assert_eq!(cluster.pods()[0].images(), ["web:1"]);
    assert_eq!(serving(&cluster), [cluster.pods()[0].name.clone()]);
    let settled = cluster.run_until_settled(HOUR);
    assert!(settled.succeeded(), "{settled:?}");
    let images: Vec<Vec<&str>> = cluster.pods().iter().map(|it| it.images()).collect();
    assert_eq!(images, [["web:2"]]);
    assert_eq!(serving(&cluster).len(), 1);
    assert_eq!(cluster.rollouts()[1].revision, 2);
}

/// Returns how many new and old pods are wanted after each change of either.
fn sizes(cluster: &mut Cluster) -> Vec<(i32, i32)> {
    let mut sizes = Vec::new();
    for _ in 0..10_000 {
        let newest = cluster.replica_sets().iter().map(|it| it.revision).max().unwrap_or(0);
        let sum = |new: bool| {
            let sets = cluster.replica_sets().iter().filter(|it| (it.revision == newest) == new);
            sets.map(|it| it.replicas).sum::<i32>()
        };
        let size = (sum(true), sum(false));
        if sizes.last() != Some(&size) {
            sizes.push(size);
        }
        if cluster.run_until_settled(Span::ZERO).succeeded() {
            break;
        }
        cluster.advance(Span::seconds(1));
    }
    sizes
}

#[test]
fn rolling_update_moves_between_ceiling_and_floor() {
    let cases: [(&str, &[(i32, i32)]); 4] = [
        (r#""replicas":1,"#, &[(1, 1), (1, 0)]),
        (r#""replicas":3,"#, &[(1, 3), (2, 2), (3, 1), (3, 0)]),
        (
            r#""replicas":2,"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":1}},"#,
            &[(1, 1), (2, 0)],
        ),
        (
            r#""replicas":4,"strategy":{"rollingUpdate":{"maxSurge":"50%","maxUnavailable":0}},"#,
            // Two nodes have the image by then, the third pulls it: the last two new pods are not ready at once.
            &[(2, 4), (4, 2), (4, 1), (4, 0)],
        ),
    ];
    for (fields, expected) in cases {
        let mut cluster = running(fields, PROBED);
        apply(&mut cluster, deployment("web:2", fields, PROBED));
        assert_eq!(sizes(&mut cluster), expected, "{fields}");
    }
}

#[test]
fn recreate_leaves_a_gap() {
    let fields = r#""strategy":{"type":"Recreate"},"#;
    let mut cluster = running(fields, PROBED);
    apply(&mut cluster, deployment("web:2", fields, PROBED));
    assert!(serving(&cluster).is_empty());
    assert_eq!(cluster.pods().len(), 1, "the old pod is on its way out, no new one is there");
    let settled = cluster.run_until_settled(HOUR);
    assert!(settled.succeeded());
    assert_eq!(settled.elapsed, Span::seconds(2 + 1 + 3 + 19));
}

#[test]
fn min_ready_seconds_hold_the_old_pod() {
    let fields = r#""minReadySeconds":30,"#;
    let mut cluster = running(fields, PROBED);
    apply(&mut cluster, deployment("web:2", fields, PROBED));
    cluster.advance(Span::seconds(23));
    assert_eq!(serving(&cluster).len(), 2);
    cluster.advance(Span::seconds(29));
    assert_eq!(serving(&cluster).len(), 2);
    cluster.advance(Span::seconds(1));
    assert_eq!(serving(&cluster).len(), 1);
}

#[test]
fn scaling_starts_no_rollout() {
    let mut cluster = running("", PROBED);
    apply(&mut cluster, deployment("web:1", r#""replicas":3,"#, PROBED));
    assert!(cluster.run_until_settled(HOUR).succeeded());
    assert_eq!(serving(&cluster).len(), 3);
    assert_eq!(cluster.rollouts().len(), 1);
    apply(&mut cluster, deployment("web:1", r#""replicas":0,"#, PROBED));
    assert!(cluster.run_until_settled(HOUR).succeeded());
    assert!(cluster.pods().is_empty());
}

#[test]
fn paused_rollout_rests_until_it_goes_on() {
    let paused = r#""paused":true,"#;
    let mut cluster = running("", PROBED);
    apply(&mut cluster, deployment("web:2", paused, PROBED));
    assert!(cluster.run_until_settled(HOUR).succeeded());
    assert_eq!(cluster.pods()[0].images(), ["web:1"]);
    apply(&mut cluster, deployment("web:2", "", PROBED));
    assert!(cluster.run_until_settled(HOUR).succeeded());
    assert_eq!(cluster.pods()[0].images(), ["web:2"]);
}

#[test]
fn undo_takes_an_earlier_template_and_drifts() {
    let mut cluster = running("", PROBED);
    let second = deployment("web:2", "", PROBED);
    apply(&mut cluster, second.clone());
    cluster.run_until_settled(HOUR);
    assert_eq!(cluster.rollout_undo("prod", "web", 0), Ok(Undone::Restored { revision: 1 }));
    assert!(cluster.run_until_settled(HOUR).succeeded());
    assert_eq!(cluster.pods()[0].images(), ["web:1"]);
    let revisions: Vec<i64> = cluster.replica_sets().iter().map(|it| it.revision).collect();
    assert_eq!(revisions, [3, 2]);
    assert_eq!(cluster.replica_sets()[0].revision_history, [1]);
    assert_eq!(cluster.rollout_undo("prod", "web", 3), Ok(Undone::Skipped { revision: 3 }));
    // The manifest still says what it said: the next sync finds the difference.
    let live = cluster.deployment("prod", "web").expect("it is there");
    let drift = tidegate_reconcile::diff(&second, live, None).to_string();
    assert_eq!(
        drift,
        "~ spec.template.spec.containers[name=web].image: web:1 → web:2 (restarts pods)\n"
    );
}

#[test]
fn undo_says_why_not() {
    let mut cluster = running("", "");
    let refused = |cluster: &mut Cluster, name, revision| {
        cluster.rollout_undo("prod", name, revision).map_err(|it| it.to_string())
    };
    assert_eq!(
        refused(&mut cluster, "web", 0),
        Err("no earlier revision of the Deployment \"web\" is kept".to_owned())
    );
    assert_eq!(
        refused(&mut cluster, "web", 7),
        Err("revision 7 of the Deployment \"web\" is not kept".to_owned())
    );
    assert_eq!(
        refused(&mut cluster, "shop", 1),
        Err("there is no Deployment \"shop\" in the namespace \"prod\"".to_owned())
    );
    apply(&mut cluster, deployment("web:1", r#""paused":true,"#, ""));
    assert_eq!(
        refused(&mut cluster, "web", 0),
        Err("the Deployment \"web\" is paused; resume it first".to_owned())
    );
}

#[test]
fn history_is_kept_to_its_limit() {
    let fields = r#""revisionHistoryLimit":2,"#;
    let mut cluster = running(fields, "");
    for nth in 2..7 {
        apply(&mut cluster, deployment(&format!("web:{nth}"), fields, ""));
        assert!(cluster.run_until_settled(HOUR).succeeded());
    }
    let revisions: Vec<i64> = cluster.replica_sets().iter().map(|it| it.revision).collect();
    assert_eq!(revisions, [4, 5, 6]);
}

#[test]
fn newer_template_supersedes_an_unfinished_rollout() {
    let mut cluster = running("", PROBED);
    apply(&mut cluster, deployment("web:2", "", PROBED));
    cluster.advance(Span::seconds(5));
    apply(&mut cluster, deployment("web:3", "", PROBED));
    assert!(cluster.run_until_settled(HOUR).succeeded());
    let outcomes: Vec<RolloutOutcome> = cluster.rollouts().iter().map(|it| it.outcome).collect();
    assert_eq!(
        outcomes,
        [RolloutOutcome::Complete, RolloutOutcome::Superseded, RolloutOutcome::Complete]
    );
}

#[test]
fn steps_are_those_of_the_controller_when_pods_take_no_time() {
    use RolloutAction::{ScaleDownOld, ScaleUpNew};
    type Steps<'s> = &'s [(i32, i32, RolloutAction)];
    let cases: [(i32, &str, &str, Steps); 7] = [
        (1, "\"25%\"", "\"25%\"", &[(1, 1, ScaleUpNew), (1, 0, ScaleDownOld)]),
        (1, "0", "1", &[(0, 0, ScaleDownOld), (1, 0, ScaleUpNew)]),
        (
            3,
            "2",
            "0",
            &[(2, 3, ScaleUpNew), (2, 1, ScaleDownOld), (3, 1, ScaleUpNew), (3, 0, ScaleDownOld)],
        ),
        (3, "\"100%\"", "\"100%\"", &[(3, 3, ScaleUpNew), (3, 0, ScaleDownOld)]),
        (
            6,
            "\"25%\"",
            "\"34%\"",
            &[(2, 6, ScaleUpNew), (2, 2, ScaleDownOld), (6, 2, ScaleUpNew), (6, 0, ScaleDownOld)],
        ),
        (
            7,
            "0",
            "\"50%\"",
            &[
                (0, 4, ScaleDownOld),
                (3, 4, ScaleUpNew),
                (3, 1, ScaleDownOld),
                (6, 1, ScaleUpNew),
                (6, 0, ScaleDownOld),
                (7, 0, ScaleUpNew),
            ],
        ),
        (
            8,
            "3",
            "1",
            &[
                (3, 8, ScaleUpNew),
                (3, 4, ScaleDownOld),
                (7, 4, ScaleUpNew),
                (7, 0, ScaleDownOld),
                (8, 0, ScaleUpNew),
            ],
        ),
    ];
    for (replicas, surge, unavailable, expected) in cases {
        let fields = format!(
            r#""replicas":{replicas},"strategy":{{"rollingUpdate":{{"maxSurge":{surge},"maxUnavailable":{unavailable}}}}},"#
        );
        let mut cluster = Cluster::new(crate::START);
        cluster.assume(Assumptions::INSTANT);
        apply(&mut cluster, deployment("web:1", &fields, ""));
        apply(&mut cluster, deployment("web:2", &fields, ""));
        let steps: Vec<(i32, i32, RolloutAction)> =
            cluster.rollouts()[1].steps.iter().map(|it| (it.new, it.old, it.action)).collect();
        assert_eq!(steps, expected, "{fields}");
        assert_eq!(cluster.rollouts()[1].outcome, RolloutOutcome::Complete);
    }
}
