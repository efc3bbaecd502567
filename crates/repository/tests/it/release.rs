use tidegate_repository::{
    CheckError, GitErrorKind, PushError, RefusalKind, Release, ReleasePolicy, Released, WorkTree,
};

use crate::place::{DATE, Place, hook};

pub(crate) const POLICY: ReleasePolicy<'_> = ReleasePolicy {
    branches: &["main", "release/*"],
    remote: "origin",
    tags: &["v*"],
    tag: Some("v1.3.0"),
};

pub(crate) fn release() -> Release<'static> {
    Release {
        branch: "main",
        edits: &[("VERSION", b"1.3.0\n")],
        message: "Release 1.3.0\n",
        tag: "v1.3.0",
        tag_message: "Release 1.3.0\n",
        date: DATE,
    }
}

#[test]
fn release_puts_commit_and_annotated_tag_on_the_remote() {
    let place = Place::new();
    let tree = place.clone("work");
    let state = tree.check_release(&POLICY).expect("nothing stands against it");
    assert_eq!((state.branch.as_str(), state.detached), ("main", false));
    let released = tree.make_release(&release()).expect("it can be made");
    assert_eq!(released.before, state.head);
    tree.push_release("origin", &released).expect("the remote takes it");
    let refs = tree.remote_refs("origin").expect("the remote answers");
    assert_eq!(refs.branch("main"), Some(&released.commit));
    let tag = refs.tag("v1.3.0").expect("the tag is there");
    assert!(tag.is_annotated());
    assert_eq!(tag.commit, released.commit);
    assert_eq!(
        tree.changed_files(Some(&released.before), &released.commit).expect("both are here"),
        ["VERSION"]
    );
    assert_eq!(
        tree.file(&released.commit, "VERSION").expect("it reads").as_deref(),
        Some(&b"1.3.0\n"[..])
    );
}

#[test]
fn same_input_gives_the_same_commit() {
    let commits: Vec<_> = (0..2)
        .map(|_| {
            let place = Place::new();
            let released = place.clone("work").make_release(&release()).expect("it can be made");
            (released.commit, released.tag.object)
        })
        .collect();
    assert_eq!(commits[0], commits[1]);
}

fn refusals(tree: &WorkTree) -> Vec<RefusalKind> {
    match tree.check_release(&POLICY) {
        Ok(_) => Vec::new(),
        Err(CheckError::Refused(refusals)) => refusals.iter().map(|it| it.kind).collect(),
        Err(CheckError::Git(error)) => panic!("{error}"),
    }
}

#[test]
fn refused_push_takes_commit_and_tag_away() {
    let place = Place::new();
    let tree = place.clone("work");
    hook(
        &place.remote(),
        "pre-receive",
        "echo 'main is protected: open a pull request' >&2; exit 1",
    );
    let head = tree.commit("HEAD").expect("there is a commit");
    let released = tree.make_release(&release()).expect("it can be made");
    match tree.push_release("origin", &released) {
        Err(PushError::Refused { said, rejections }) => {
            assert_eq!(said, ["main is protected: open a pull request"]);
            assert_eq!(rejections[0].reason, "pre-receive hook declined");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(tree.commit("HEAD").expect("there is a commit"), head);
    assert_eq!(tree.tag("v1.3.0").expect("the name is valid"), None);
    assert_eq!(std::fs::read(tree.root().join("VERSION")).expect("it is there"), b"1.2.3\n");
    assert_eq!(refusals(&tree), []);
}

/// Everything that a release could have changed: refs, HEAD, index and files, but not objects and logs.
type Traces = (Option<String>, String, Vec<String>, Vec<Option<Vec<u8>>>);

fn traces(tree: &WorkTree) -> Traces {
    let head = tree.commit("HEAD").expect("there is a commit").to_string();
    let tags = tree.tags("**").expect("it reads").into_iter().map(|it| it.name).collect();
    let files = ["VERSION", "new/file"].map(|path| std::fs::read(tree.root().join(path)).ok());
    (tree.branch().expect("it reads"), head, tags, files.into())
}

#[test]
fn faster_colleague_makes_the_push_fail_and_the_release_vanish() {
    let place = Place::new();
    let tree = place.clone("work");
    let before = traces(&tree);
    let released = tree.make_release(&release()).expect("it can be made");
    place.colleague("main", "theirs", b"x");
    match tree.push_release("origin", &released) {
        Err(PushError::Moved(rejections)) => assert_eq!(rejections[0].reference, "refs/heads/main"),
        other => panic!("{other:?}"),
    }
    assert_eq!(traces(&tree), before);
    assert_eq!(tree.remote_refs("origin").expect("it answers").tags, []);
}

#[test]
fn faster_tag_makes_the_push_fail_as_a_whole() {
    let place = Place::new();
    let (tree, other) = (place.clone("work"), place.clone("other"));
    let released = tree.make_release(&release()).expect("it can be made");
    crate::place::git(&other, &["tag", "v1.3.0"]);
    crate::place::git(&other, &["push", "-q", "origin", "v1.3.0"]);
    let pushed = tree.push_release("origin", &released);
    assert!(matches!(pushed, Err(PushError::Moved(_))), "{pushed:?}");
    let refs = tree.remote_refs("origin").expect("it answers");
    assert_eq!(refs.branch("main"), Some(&released.before), "neither of the two is pushed");
}

#[test]
fn far_side_that_refuses_the_branch_alone_gets_no_tag() {
    let place = Place::new();
    let tree = place.clone("work");
    let before = traces(&tree);
    let script = "case $1 in refs/heads/*) echo \"$1 is protected\" >&2; exit 1;; esac";
    hook(&place.remote(), "update", script);
    let released = tree.make_release(&release()).expect("it can be made");
    let error = tree.push_release("origin", &released).expect_err("it is protected");
    let text = "the remote refused the push: refs/heads/main: hook declined\nremote: refs/heads/main is protected\n\
        remote: error: hook declined to update refs/heads/main";
    assert_eq!(error.to_string(), text);
    assert_eq!(traces(&tree), before);
    assert_eq!(tree.remote_refs("origin").expect("it answers").tags, []);
    assert_eq!(refusals(&tree), []);
}

#[test]
fn remote_that_is_gone_keeps_the_release_for_another_try() {
    let place = Place::new();
    let tree = place.clone("work");
    let released = tree.make_release(&release()).expect("it can be made");
    let (here, away) = (place.remote(), place.path("away"));
    std::fs::rename(&here, &away).expect("it can be moved");
    let pushed = tree.push_release("origin", &released);
    assert!(matches!(pushed, Err(PushError::Git(_))), "{pushed:?}");
    std::fs::rename(&away, &here).expect("it can be moved back");
    let found = tree.unpushed("origin", "main").expect("it answers").expect("it is still there");
    assert_eq!((&found.before, &found.commit.id), (&released.before, &released.commit));
    assert_eq!(found.tags, std::slice::from_ref(&released.tag));
    tree.push_release("origin", &released).expect("now it goes through");
    assert_eq!(tree.unpushed("origin", "main").expect("it answers"), None);
}

#[test]
fn release_that_was_stopped_before_its_tag_is_found() {
    let place = Place::new();
    let tree = place.clone("work");
    assert_eq!(tree.unpushed("origin", "main").expect("it answers"), None);
    let commit = tree.commit_edits(release().edits, "Release 1.3.0\n", DATE).expect("it commits");
    let found = tree.unpushed("origin", "main").expect("it answers").expect("one commit is ahead");
    assert_eq!((found.commit.id.clone(), found.tags.len()), (commit.clone(), 0));
    let tag = tree.create_tag("v1.3.0", &commit, "Release 1.3.0\n", DATE).expect("it can be made");
    let released = Released { branch: "main".to_owned(), before: found.before, commit, tag };
    tree.push_release("origin", &released).expect("it is finished");
    let again = Place::new();
    let undisturbed = again.clone("work").make_release(&release()).expect("it can be made");
    assert_eq!(undisturbed.commit, released.commit);
    assert_eq!(undisturbed.tag, released.tag);
}

#[test]
fn refused_commit_leaves_everything_as_it_was() {
    let place = Place::new();
    let tree = place.clone("work");
    let before = traces(&tree);
    hook(tree.git_dir(), "pre-commit", "echo 'no releases on a Friday' >&2; exit 1");
    let edits: [(&str, &[u8]); 2] = [("VERSION", b"1.3.0\n"), ("new/file", b"x")];
    let error =
        tree.make_release(&Release { edits: &edits, ..release() }).expect_err("the hook refuses");
    assert_eq!(error.to_string(), "committing: no releases on a Friday");
    assert_eq!(traces(&tree), before);
    std::fs::remove_file(tree.git_dir().join("hooks/pre-commit")).expect("it is there");
    assert_eq!(refusals(&tree), []);
}

#[test]
fn refused_tag_takes_the_commit_away() {
    let place = Place::new();
    let tree = place.clone("work");
    crate::place::git(&tree, &["tag", "v1.3.0"]);
    let before = traces(&tree);
    let error = tree.make_release(&release()).expect_err("the tag exists");
    assert_eq!(error.to_string(), "creating tag `v1.3.0`: tag 'v1.3.0' already exists");
    assert_eq!(traces(&tree), before);
}

#[test]
fn undoing_keeps_what_else_was_changed() {
    let place = Place::new();
    let tree = place.clone("work");
    let released = tree.make_release(&release()).expect("it can be made");
    let other = tree.root().join("docs/read me.md");
    std::fs::write(&other, "my draft\n").expect("it can be written");
    tree.undo_release(&released).expect("it can be undone");
    assert_eq!(std::fs::read(other).expect("it is there"), b"my draft\n");
    assert_eq!(std::fs::read(tree.root().join("VERSION")).expect("it is there"), b"1.2.3\n");
    let error = tree.undo_release(&released).expect_err("it is undone already");
    assert_eq!(error.kind(), GitErrorKind::Conflict);
}

#[test]
fn edits_that_change_nothing_are_no_commit() {
    let place = Place::new();
    let tree = place.clone("work");
    let before = traces(&tree);
    let error =
        tree.commit_edits(&[("VERSION", b"1.2.3\n")], "same", DATE).expect_err("nothing changes");
    assert_eq!(error.kind(), GitErrorKind::Failed);
    assert_eq!(traces(&tree), before);
}

#[test]
fn only_the_named_files_are_committed() {
    let place = Place::new();
    let tree = place.clone("work");
    std::fs::write(tree.root().join("docs/read me.md"), "staged\n").expect("it can be written");
    crate::place::git(&tree, &["add", "-A"]);
    let before = tree.commit("HEAD").expect("there is a commit");
    let commit = tree.commit_edits(release().edits, "x", DATE).expect("it commits");
    assert_eq!(tree.changed_files(Some(&before), &commit).expect("both are here"), ["VERSION"]);
}

#[cfg(unix)]
#[test]
fn modes_are_kept_and_links_are_not_followed() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = Place::new();
    let tree = place.clone("work");
    let version = tree.root().join("VERSION");
    std::fs::set_permissions(&version, std::fs::Permissions::from_mode(0o755)).expect("it is ours");
    tree.commit_edits(release().edits, "x", DATE).expect("it commits");
    assert_eq!(
        std::fs::metadata(&version).expect("it is there").permissions().mode() & 0o777,
        0o755
    );
    std::fs::create_dir(place.path("outside")).expect("it can be made");
    symlink(place.path("outside"), tree.root().join("out")).expect("it can be linked");
    symlink("VERSION", tree.root().join("link")).expect("it can be linked");
    for path in ["out/x", "link", "docs"] {
        let error =
            tree.commit_edits(&[(path, b"x")], "x", DATE).expect_err("it is no plain file inside");
        assert_eq!(error.kind(), GitErrorKind::NotAFile, "{path}");
    }
    assert_eq!(std::fs::read_dir(place.path("outside")).expect("it reads").count(), 0);
}

#[test]
fn linked_work_tree_has_a_place_of_its_own_for_a_journal() {
    let place = Place::new();
    let tree = place.clone("work");
    let linked = place.path("linked");
    crate::place::git(
        &tree,
        &["worktree", "add", "-q", linked.to_str().expect("the name is plain"), "-b", "x"],
    );
    let linked = WorkTree::open(&linked.join("docs"), &place.environment)
        .expect("it opens from a folder below");
    assert!(linked.git_dir().starts_with(tree.git_dir()) && linked.git_dir() != tree.git_dir());
    assert_eq!(linked.root(), place.path("linked"));
}

#[test]
fn release_from_a_detached_head_goes_to_the_branch() {
    let place = Place::new();
    let tree = place.clone("work");
    crate::place::git(&tree, &["checkout", "-q", "--detach"]);
    let state = tree.check_release(&POLICY).expect("it is at the tip");
    let released =
        tree.make_release(&Release { branch: &state.branch, ..release() }).expect("it can be made");
    tree.undo_release(&released).expect("it can be undone");
    assert_eq!(tree.commit("HEAD").expect("there is a commit"), state.head);
    let released =
        tree.make_release(&Release { branch: &state.branch, ..release() }).expect("it can be made");
    tree.push_release("origin", &released).expect("the remote takes it");
    assert_eq!(
        tree.remote_refs("origin").expect("it answers").branch("main"),
        Some(&released.commit)
    );
}
