use tidegate_cluster::{Charset, Drawing, Fault, Span};

use crate::{HOUR, PROBED, apply, deployment, running};

#[track_caller]
fn check(drawn: &str, expected: &str) {
    assert_eq!(drawn, expected.trim_start_matches('\n'), "\n{drawn}");
    assert!(drawn.lines().all(|it| it.chars().count() <= 80));
}

const UNICODE: Drawing = Drawing { width: 80, charset: Charset::Unicode };
const ASCII: Drawing = Drawing { width: 60, charset: Charset::Ascii };

#[test]
fn rollout_is_drawn_pod_by_pod() {
    let fields = r#""replicas":2,"#;
    let mut cluster = running(fields, PROBED);
    apply(&mut cluster, deployment("registry.example/shop/web:2", fields, PROBED));
    assert!(cluster.run_until_settled(HOUR).succeeded());
    cluster.advance(Span::seconds(5));
    let timeline = cluster.last_rollout_timeline("prod", "web").expect("there was a rollout");
    check(
        &timeline.draw(&UNICODE),
        "
web in prod
  revision 1  web:1
  revision 2  registry.example/shop/web:2

          0 s       10 s      20 s      30 s      40 s      50 s
          ├─────────┼─────────┼─────────┼─────────┼─────────┼──
r1 4qbwx  ███████████████████████░░
r1 tt462  ██████████████████████████████████████████████░░
r2 2l4bs  ····═══════════════════██████████████████████████████
r2 dq6gh                         ····═══════════════════███████
                         revision 2 complete after 46 s ▲

· created  ═ started  █ serving  ░ stopping
",
    );
}

#[test]
fn missed_deadline_is_marked() {
    let mut cluster = running("", PROBED);
    cluster.inject("prod", "web", Fault::CrashLoop);
    apply(&mut cluster, deployment("web:2", "", PROBED));
    assert!(!cluster.run_until_settled(HOUR).succeeded());
    let timeline = cluster.last_rollout_timeline("prod", "web").expect("there was a rollout");
    check(
        &timeline.draw(&ASCII),
        "
web in prod
  revision 1  web:1
  revision 2  web:2

          0 s       2:30      5:00      7:30      10:00
          +---------+---------+---------+---------+
r1 4qbwx  #########################################
r2 k7nrv  =========================================
                                7 restarts, CrashLoopBackOff
  revision 2 missed its deadline after 10 min 1 s ^

. created  = started  # serving  - stopping
",
    );
}

#[test]
fn no_line_is_wider_than_asked() {
    let mut cluster = running(r#""replicas":3,"#, PROBED);
    for (nth, pause) in [1, 90, 5000, 100_000, 40_000_000, 900_000_000].into_iter().enumerate() {
        let image = format!("registry.example/a/rather/long/path/to/an/image/web:{nth}.0.0-rc.1");
        apply(&mut cluster, deployment(&image, r#""replicas":3,"#, PROBED));
        cluster.advance(Span::seconds(pause));
        for width in [0, 60, 63, 80, 200] {
            for charset in [Charset::Unicode, Charset::Ascii] {
                let timeline = cluster.timeline("prod", "web", crate::START, cluster.now());
                let text = timeline.draw(&Drawing { width, charset });
                let widest = text.lines().map(|it| it.chars().count()).max();
                assert!(widest <= Some(width.max(60)), "{text}");
                assert!(charset == Charset::Unicode || text.is_ascii(), "{text}");
            }
        }
    }
}
