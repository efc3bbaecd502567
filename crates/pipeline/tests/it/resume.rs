//! A release that is cut off anywhere is finished by running it again, and leaves what an undisturbed one leaves.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use tidegate_pipeline::{
    Cut, Error, ExecuteOptions, Outcome, Places, ReleaseRequest, Station, World, execute,
    plan_release, sandbox,
};

pub(crate) fn laid_out() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    sandbox::lay_out(&folder.path().join("box"), &mut |_| {}).expect("a sandbox");
    folder
}

pub(crate) fn world(folder: &Path) -> World {
    World::open(&Places {
        config: sandbox::config(&folder.join("box")),
        named: String::new(),
        sandbox: true,
        now: 0,
        read_only: false,
        faults: Vec::new(),
        git_variables: Vec::new(),
    })
    .expect("the sandbox opens")
}

pub(crate) fn release(folder: &Path, cut: Option<Cut>) -> Result<Outcome, Error> {
    let world = world(folder);
    let request = ReleaseRequest {
        what: "minor".to_owned(),
        group: None,
        environment: None,
        until: Station::Rollout,
        allow_downgrade: false,
        allow: Vec::new(),
        reason: None,
    };
    let plan = plan_release(&world, &request)?;
    execute(&world, &plan, &ExecuteOptions { cut, ..ExecuteOptions::default() }, &mut |_| {})
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let done =
        Command::new("git").arg("-C").arg(folder).args(arguments).output().expect("git starts");
    assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("text")
}

/// Everything that a release leaves: the refs of both remotes and of the clone, the layouts, the cluster's state, the
/// work tree. What stays beside the journal is for people and does not count.
fn left(folder: &Path) -> (Vec<String>, BTreeMap<PathBuf, Vec<u8>>) {
    let root = folder.join("box");
    let refs = ["app.git", "devops.git", "app"].map(|it| git(&root.join(it), &["for-each-ref"]));
    let status = git(&root.join("app"), &["status", "--porcelain"]);
    let mut files = BTreeMap::new();
    let mut pending =
        vec![root.join("registry"), root.join("app/backend"), root.join("app/frontend")];
    while let Some(next) = pending.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                pending.push(path);
            } else {
                let name = path.strip_prefix(&root).expect("inside").to_path_buf();
                files.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    files.insert(
        "cluster.json".into(),
        std::fs::read(root.join("cluster.json")).expect("the state"),
    );
    (refs.into_iter().chain([status]).collect(), files)
}

#[test]
fn a_release_that_is_cut_off_anywhere_is_finished_by_running_it_again() {
    let undisturbed = laid_out();
    let steps = release(undisturbed.path(), None).expect("a release").results.len();
    assert_eq!(steps, 4);
    let expected = left(undisturbed.path());
    for step in 0..steps {
        for cut in [Cut::BeforeRecord(step), Cut::AfterRecord(step)] {
            let folder = laid_out();
            let error = release(folder.path(), Some(cut)).expect_err("the run is cut off");
            assert!(matches!(error, Error::Interrupted), "{cut:?}: {error}");
            // When the last step is recorded there is nothing left to finish.
            if step + 1 < steps {
                let outcome =
                    release(folder.path(), None).unwrap_or_else(|error| panic!("{cut:?}: {error}"));
                assert!(
                    outcome.results[..=step].iter().all(|it| it.found_done),
                    "{cut:?}: {outcome:?}"
                );
            }
            let found = left(folder.path());
            assert_eq!(found.0, expected.0, "{cut:?}");
            let differ: Vec<_> = found
                .1
                .iter()
                .filter(|(path, bytes)| expected.1.get(*path) != Some(bytes))
                .collect();
            assert!(
                differ.is_empty() && found.1.len() == expected.1.len(),
                "{cut:?}: {:?}",
                differ.iter().map(|it| it.0).collect::<Vec<_>>()
            );
        }
    }
}

#[test]
fn losing_the_journal_loses_nothing() {
    let undisturbed = laid_out();
    release(undisturbed.path(), None).expect("a release");
    let folder = laid_out();
    release(folder.path(), Some(Cut::AfterRecord(1))).expect_err("the run is cut off");
    std::fs::remove_dir_all(folder.path().join("box/app/.git/tidegate"))
        .expect("the journal is there");
    release(folder.path(), None).expect("the release is finished");
    assert_eq!(left(folder.path()).0, left(undisturbed.path()).0);
}

#[test]
fn the_journal_holds_the_plan_that_was_carried_out() {
    let folder = laid_out();
    let outcome = release(folder.path(), None).expect("a release");
    let journal = tidegate_pipeline::Journal::open(&folder.path().join("box/app/.git"));
    let run = journal.runs().last().expect("a run");
    assert!(run.finished);
    assert_eq!(run.plan, outcome.plan);
    assert_eq!(run.bound, outcome.bound);
}
