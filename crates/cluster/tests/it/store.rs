use tidegate_cluster::{Cluster, Fault, Span, StoreError};

use crate::{HOUR, PROBED, apply, deployment, running};

#[test]
fn state_survives_being_stored_at_every_moment() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("deep/cluster.json");
    let mut cluster = running(r#""replicas":2,"#, PROBED);
    let mut other = cluster.clone();
    cluster.inject("prod", "web", Fault::Late { by: Span::seconds(5) });
    other.inject("prod", "web", Fault::Late { by: Span::seconds(5) });
    apply(&mut cluster, deployment("web:2", r#""replicas":2,"#, PROBED));
    apply(&mut other, deployment("web:2", r#""replicas":2,"#, PROBED));
    for _ in 0..60 {
        cluster.advance(Span::seconds(1));
        cluster.save(&path).expect("it is written");
        cluster = Cluster::load(&path).expect("it is read");
        other.advance(Span::seconds(1));
        assert_eq!(cluster, other, "storing changes nothing");
    }
    assert!(cluster.run_until_settled(HOUR).succeeded());
}

#[test]
fn stopped_write_leaves_the_old_state() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cluster.json");
    let cluster = running("", PROBED);
    cluster.save(&path).expect("it is written");
    // What a program leaves that is killed while it writes: the beginning of a file beside the state.
    let text = std::fs::read_to_string(&path).expect("it is read");
    std::fs::write(folder.path().join(".cluster-abc"), &text[..text.len() / 2]).expect("written");
    assert_eq!(Cluster::load(&path).expect("it is whole"), cluster);
    // A write that fails: the place is taken by a folder.
    let taken = folder.path().join("taken");
    std::fs::create_dir_all(taken.join("inside")).expect("a folder");
    assert!(matches!(cluster.save(&taken), Err(StoreError::Write { .. })));
    let mut names: Vec<String> = std::fs::read_dir(folder.path())
        .expect("a folder")
        .map(|it| it.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, [".cluster-abc", "cluster.json", "taken"]);
}

#[test]
fn file_that_is_no_state_is_refused_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("cluster.json");
    let told = |text: &str| {
        std::fs::write(&path, text).expect("it is written");
        let error = Cluster::load(&path).expect_err("it is refused").to_string();
        error.replace(&folder.path().display().to_string(), "DIR")
    };
    assert_eq!(
        told("{\n  \"clock\": }"),
        "DIR/cluster.json:2:12: not a cluster's state: expected value"
    );
    assert_eq!(
        told("{\"format\": \"other/v9\"}"),
        "DIR/cluster.json: the state has the format \"other/v9\", this program reads \"tidegate/simulated-cluster/v1\""
    );
    assert_eq!(
        told("{\"format\": \"tidegate/simulated-cluster/v1\", \"clocks\": 1}"),
        "DIR/cluster.json:1:52: not a cluster's state: unknown field `clocks`, expected one of `format`, `clock`, `sequence`, `assumptions`, `nodes`, `objects`, `replicaSets`, `pods`, `endpoints`, `faults`, `rollouts`, `pastPods`, `events`"
    );
    std::fs::remove_file(&path).expect("it was there");
    assert!(matches!(Cluster::load(&path), Err(StoreError::Read { .. })));
}

#[test]
fn same_input_gives_the_same_state() {
    let run = || {
        let mut cluster = running(r#""replicas":3,"#, PROBED);
        cluster.inject("prod", "web", Fault::CrashLoop);
        apply(&mut cluster, deployment("web:2", r#""replicas":3,"#, PROBED));
        cluster.run_until_settled(HOUR);
        serde_json::to_string(&cluster).expect("it is data")
    };
    assert_eq!(run(), run());
}

#[test]
fn cluster_may_be_sent_between_threads() {
    fn check<T: Send + Sync>() {}
    check::<Cluster>();
    check::<StoreError>();
}
