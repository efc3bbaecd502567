use proptest::prelude::*;
use tidegate_repository::{
    BareClone, EntryKind, FileChange, GitErrorKind, Identity, ObjectId, PushError, init_bare,
};

use crate::place::{DATE, Place};

fn overlay() -> Place {
    Place::with(&[
        ("k8s/base/a.yaml", b"a: 1\n"),
        (
            "k8s/overlays/dev/kustomization.yaml",
            b"images:\n- name: a\n  newTag: 1\n- name: b\n  newTag: 1\n",
        ),
        ("k8s/overlays/prod/kustomization.yaml", b"images:\n- name: a\n  newTag: 1\n"),
        ("zeta", b"z\n"),
    ])
}

const DEV: &str = "k8s/overlays/dev/kustomization.yaml";

fn head(copy: &BareClone) -> ObjectId {
    copy.tip("main").expect("the name is valid").expect("it is there")
}

fn commit(copy: &BareClone, changes: &[FileChange]) -> ObjectId {
    copy.commit_files(Some(&head(copy)), changes, "change\n", None, DATE).expect("it commits")
}

#[test]
fn only_the_named_paths_change() {
    let place = overlay();
    let copy = place.copy("copy");
    let base = head(&copy);
    let next = commit(
        &copy,
        &[FileChange::set(DEV, "x"), FileChange::set("k8s/holds/prod.yaml", "holds: []\n")],
    );
    let changed = copy.changed_files(Some(&base), &next).expect("both are here");
    assert_eq!(changed, ["k8s/holds/prod.yaml", DEV]);
    assert_eq!(copy.describe(&next).expect("it is here").parents, [base]);
    copy.push("main", Some(&head(&copy)), &next).expect("it can be pushed");
    assert_eq!(head(&copy), next, "the copy knows what it pushed");
    assert_eq!(copy.ask().expect("it answers").branch("main"), Some(&next));
}

#[test]
fn same_change_gives_the_same_commit_and_none_gives_none() {
    let place = overlay();
    let copy = place.copy("copy");
    let change = [FileChange::set("x", "x")];
    assert_eq!(commit(&copy, &change), commit(&copy, &change));
    let same = [FileChange::set("zeta", "z\n"), FileChange::remove("nothing/here")];
    assert_eq!(commit(&copy, &same), head(&copy));
}

#[test]
fn author_is_committer_too() {
    let place = overlay();
    let copy = place.copy("copy");
    let author = Identity::new("Ünal <the> Updater", "bot@example.org");
    let next = copy.commit_files(
        Some(&head(&copy)),
        &[FileChange::set("x", "x")],
        "x",
        Some(&author),
        DATE,
    );
    let described = copy.describe(&next.expect("it commits")).expect("it is here");
    assert_eq!(
        (described.author.name.as_str(), described.author.email.as_str()),
        ("Ünal the Updater", "bot@example.org")
    );
}

#[test]
fn modes_and_kinds_are_kept() {
    let place = overlay();
    let copy = place.copy("copy");
    let with = |path: &str, kind| FileChange {
        path: path.to_owned(),
        bytes: Some(b"zeta".to_vec()),
        kind: Some(kind),
    };
    let first =
        commit(&copy, &[with("run.sh", EntryKind::Executable), with("link", EntryKind::Link)]);
    let second = copy
        .commit_files(Some(&first), &[FileChange::set("run.sh", "new")], "x", None, DATE)
        .expect("it commits");
    let entries = copy
        .tree(&second)
        .expect("it is here")
        .list("")
        .expect("it reads")
        .expect("it is a folder");
    let kind = |name: &str| entries.iter().find(|it| it.name == name).expect("it is there").kind;
    assert_eq!(
        (kind("run.sh"), kind("link"), kind("zeta")),
        (EntryKind::Executable, EntryKind::Link, EntryKind::File)
    );
    let refused = [
        (FileChange::set("link", "x"), "path `link`: `link` is a symbolic link"),
        (FileChange::set("k8s", "x"), "path `k8s`: `k8s` is a folder"),
        (FileChange::remove("k8s"), "path `k8s`: `k8s` is a folder"),
        (FileChange::set("zeta/x", "x"), "path `zeta/x`: `zeta` is no folder"),
        (FileChange::set("link/x", "x"), "path `link/x`: `link` is no folder"),
        (with("x", EntryKind::Folder), "path `x`: `x` can only become a file or a link"),
    ];
    for (change, message) in refused {
        let error =
            copy.commit_files(Some(&second), &[change], "x", None, DATE).expect_err(message);
        assert_eq!((error.kind(), error.to_string().as_str()), (GitErrorKind::NotAFile, message));
    }
}

#[test]
fn empty_folders_vanish_and_files_can_take_their_place() {
    let place = overlay();
    let copy = place.copy("copy");
    let next = commit(
        &copy,
        &[FileChange::remove("k8s/base/a.yaml"), FileChange::set("k8s/base", "now a file")],
    );
    let files = copy.tree(&next).expect("it is here").files("k8s").expect("it reads");
    assert_eq!(files, ["k8s/base", DEV, "k8s/overlays/prod/kustomization.yaml"]);
    let back = [FileChange::remove("k8s/base"), FileChange::set("k8s/base/b.yaml", "b")];
    let back = copy.commit_files(Some(&next), &back, "x", None, DATE).expect("it commits");
    assert!(copy.tree(&back).expect("it is here").is_dir("k8s/base").expect("it reads"));
    let gone =
        copy.commit_files(Some(&back), &[FileChange::remove("k8s/base/b.yaml")], "x", None, DATE);
    let gone = gone.expect("it commits");
    assert!(!copy.tree(&gone).expect("it is here").is_dir("k8s/base").expect("it reads"));
}

#[test]
fn race_is_lost_noticed_and_won_by_applying_the_intent_again() {
    let place = overlay();
    let (one, two) = (place.copy("one"), place.copy("two"));
    let set = |copy: &BareClone, name: &str| {
        let base = head(copy);
        let text =
            String::from_utf8(copy.file(&base, DEV).expect("it reads").expect("it is there"))
                .expect("it is text");
        let edited = text.replace(&format!("{name}\n  newTag: 1"), &format!("{name}\n  newTag: 2"));
        (base, commit(copy, &[FileChange::set(DEV, edited)]))
    };
    let (base, mine) = set(&one, "a");
    let (other_base, theirs) = set(&two, "b");
    two.push("main", Some(&other_base), &theirs).expect("the second is faster");
    match one.push("main", Some(&base), &mine) {
        Err(PushError::Moved(rejections)) => {
            assert_eq!(
                (rejections[0].reference.as_str(), rejections[0].reason.as_str()),
                ("refs/heads/main", "stale info")
            );
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(head(&one), base, "a push that was lost moves nothing here");
    one.fetch().expect("it answers");
    let (base, mine) = set(&one, "a");
    one.push("main", Some(&base), &mine).expect("nobody is faster now");
    let text = one.file(&mine, DEV).expect("it reads").expect("it is there");
    assert_eq!(text, b"images:\n- name: a\n  newTag: 2\n- name: b\n  newTag: 2\n");
}

#[test]
fn pushers_at_the_same_time_lose_no_change() {
    let place = overlay();
    std::thread::scope(|scope| {
        for n in 0..3 {
            let place = &place;
            scope.spawn(move || {
                let copy = place.copy(&format!("pusher-{n}"));
                for _ in 0..20 {
                    let base = head(&copy);
                    let next = commit(&copy, &[FileChange::set(format!("by/{n}"), "x")]);
                    match copy.push("main", Some(&base), &next) {
                        Ok(()) => return,
                        Err(PushError::Moved(_)) => copy.fetch().expect("it answers"),
                        Err(other) => panic!("{other}"),
                    }
                }
                panic!("twenty tries were not enough");
            });
        }
    });
    let copy = place.copy("reader");
    assert_eq!(
        copy.tree(&head(&copy)).expect("it is here").files("by").expect("it reads").len(),
        3
    );
}

#[test]
fn processes_that_share_a_copy_wait_for_each_other() {
    let place = overlay();
    place.copy("shared");
    let tip = place.colleague("main", "x", b"x");
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| place.copy("shared"));
        }
    });
    assert_eq!(head(&place.copy("shared")), tip);
}

#[test]
fn history_cannot_be_rewritten_by_a_push() {
    let place = overlay();
    let copy = place.copy("copy");
    let tip = place.colleague("main", "x", b"x");
    copy.fetch().expect("it answers");
    let other = copy
        .commit_files(None, &[FileChange::set("x", "x")], "unrelated", None, DATE)
        .expect("it commits");
    let error = copy.push("main", Some(&tip), &other).expect_err("it does not build on the tip");
    assert!(
        matches!(&error, PushError::Git(error) if error.kind() == GitErrorKind::Conflict),
        "{error}"
    );
    assert_eq!(copy.ask().expect("it answers").branch("main"), Some(&tip));
}

#[test]
fn revert_takes_a_commit_back_and_keeps_later_ones() {
    let place = overlay();
    let copy = place.copy("copy");
    let text = "images:\n- name: a\n  newTag: 2\n- name: b\n  newTag: 1\n";
    place.colleague("main", DEV, text.as_bytes());
    let bad = place.colleague(
        "main",
        "k8s/overlays/prod/kustomization.yaml",
        b"images:\n- name: a\n  newTag: 2\n",
    );
    place.colleague("main", "later", b"x");
    copy.fetch().expect("it answers");
    let onto = head(&copy);
    let changes = copy.revert_changes(&bad, &onto).expect("it can be taken back");
    assert_eq!(changes.len(), 1);
    let reverted =
        copy.commit_files(Some(&onto), &changes, "Revert", None, DATE).expect("it commits");
    let read = |commit: &ObjectId, path: &str| copy.file(commit, path).expect("it reads");
    let prod = "k8s/overlays/prod/kustomization.yaml";
    assert_eq!(read(&reverted, prod).as_deref(), Some(&b"images:\n- name: a\n  newTag: 1\n"[..]));
    assert_eq!(
        (read(&reverted, DEV).as_deref(), read(&reverted, "later").as_deref()),
        (Some(text.as_bytes()), Some(&b"x"[..]))
    );
    assert_eq!(copy.revert_changes(&bad, &reverted).expect("it is taken back already"), []);
}

#[test]
fn revert_merges_lines_and_refuses_conflicts() {
    let lines = |changed: &[(usize, &str)]| {
        let mut lines: Vec<String> = (0..12).map(|n| format!("line {n}")).collect();
        for (at, text) in changed {
            lines[*at] = (*text).to_owned();
        }
        lines.join("\n") + "\n"
    };
    let place = Place::with(&[("f", lines(&[]).as_bytes())]);
    let copy = place.copy("copy");
    let bad = place.colleague("main", "f", lines(&[(1, "bad")]).as_bytes());
    place.colleague("main", "f", lines(&[(1, "bad"), (10, "good")]).as_bytes());
    copy.fetch().expect("it answers");
    let changes = copy.revert_changes(&bad, &head(&copy)).expect("the lines are far apart");
    assert_eq!(changes[0].bytes.as_deref(), Some(lines(&[(10, "good")]).as_bytes()));
    place.colleague("main", "f", lines(&[(10, "good")]).as_bytes());
    copy.fetch().expect("it answers");
    assert_eq!(copy.revert_changes(&bad, &head(&copy)).expect("it is taken back by hand"), []);
    place.colleague("main", "f", lines(&[(1, "worse"), (10, "good")]).as_bytes());
    copy.fetch().expect("it answers");
    let error =
        copy.revert_changes(&bad, &head(&copy)).expect_err("the same line was changed again");
    assert_eq!(error.kind(), GitErrorKind::Conflict);
    assert_eq!(error.reason(), "`f`: later commits changed the same lines");
}

#[test]
fn revert_brings_removed_files_back_with_their_mode() {
    let place = overlay();
    let copy = place.copy("copy");
    let run = FileChange {
        path: "run".to_owned(),
        bytes: Some(b"#!".to_vec()),
        kind: Some(EntryKind::Executable),
    };
    let base = commit(&copy, &[run]);
    let removed = copy.commit_files(
        Some(&base),
        &[FileChange::remove("run"), FileChange::set("new", "x")],
        "x",
        None,
        DATE,
    );
    let removed = removed.expect("it commits");
    let changes = copy.revert_changes(&removed, &removed).expect("it can be taken back");
    let back =
        copy.commit_files(Some(&removed), &changes, "Revert", None, DATE).expect("it commits");
    assert_eq!(
        copy.changed_files(Some(&base), &back).expect("both are here"),
        Vec::<String>::new()
    );
    let first =
        copy.commit_files(None, &[FileChange::set("x", "x")], "x", None, DATE).expect("it commits");
    let error = copy.revert_changes(&first, &first).expect_err("nothing is before it");
    assert_eq!(
        (error.kind(), error.reason()),
        (GitErrorKind::Unsupported, "it is the first commit")
    );
}

#[test]
fn copy_belongs_to_one_remote_and_keeps_no_credential() {
    let place = overlay();
    let address = "https://me:s3cret@git.invalid/devops.git";
    let folder = place.path("cache");
    BareClone::open(&folder, address, &place.environment).expect("nothing is asked yet");
    BareClone::open(&folder, "https://me:n3wpass@git.invalid/devops.git", &place.environment)
        .expect("it is the same");
    let error = BareClone::open(&folder, "https://git.invalid/other.git", &place.environment)
        .expect_err("it is another");
    assert_eq!(error.reason(), "the folder holds a copy of `https://***@git.invalid/devops.git`");
    let stored = place.snapshot();
    assert!(stored.iter().all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("s3cret")));
}

#[test]
fn branches_that_the_remote_deleted_go_here_too() {
    let place = overlay();
    let copy = place.copy("copy");
    let base = head(&copy);
    copy.push("feature", None, &base).expect("it can be pushed");
    assert_eq!(copy.tip("feature").expect("the name is valid"), Some(base));
    let work = place.clone("work");
    crate::place::git(&work, &["push", "-q", "origin", ":feature"]);
    copy.fetch().expect("it answers");
    assert_eq!(copy.tip("feature").expect("the name is valid"), None);
}

#[test]
fn making_a_remote_twice_changes_nothing() {
    let place = overlay();
    let before = place.snapshot();
    init_bare(&place.remote(), &place.environment, "main").expect("it is there");
    assert_eq!(place.snapshot(), before);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn trees_agree_with_a_map_of_files(steps in proptest::collection::vec(("[abü]{1,2}(/[ab]{1,2}){0,2}", proptest::option::of("[xy]{0,3}")), 1..6)) {
        let place = Place::with(&[("a/b", b"1"), ("keep/me", b"2")]);
        let copy = place.copy("copy");
        let mut expected: std::collections::BTreeMap<String, Vec<u8>> =
            [("a/b".to_owned(), b"1".to_vec()), ("keep/me".to_owned(), b"2".to_vec())].into();
        let mut tip = head(&copy);
        for (path, bytes) in steps {
            let change = FileChange { path: path.clone(), bytes: bytes.clone().map(String::into_bytes), kind: None };
            let inside = |it: &String| it.starts_with(&format!("{path}/"));
            let through = path.match_indices('/').any(|(end, _)| expected.contains_key(&path[..end]));
            match copy.commit_files(Some(&tip), &[change], "x", None, DATE) {
                Ok(next) => {
                    prop_assert!(!expected.keys().any(inside) && !through || bytes.is_none());
                    match bytes {
                        Some(bytes) => drop(expected.insert(path, bytes.into_bytes())),
                        None => drop(expected.remove(&path)),
                    }
                    tip = next;
                }
                Err(error) => {
                    prop_assert_eq!(error.kind(), GitErrorKind::NotAFile);
                    prop_assert!(expected.keys().any(inside) || through);
                }
            }
        }
        let tree = copy.tree(&tip).expect("it is here");
        let mut found = std::collections::BTreeMap::new();
        for path in tree.files("").expect("it reads") {
            let bytes = tree.read(&path).expect("it reads").expect("it is a file");
            found.insert(path, bytes);
        }
        prop_assert_eq!(found, expected);
    }
}
