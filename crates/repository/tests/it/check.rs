use tidegate_repository::{
    CheckError, Environment, FileChange, Limits, Refusal, RefusalKind, ReleasePolicy, WorkTree,
    clone,
};

use crate::place::{DATE, Place, git, hook};
use crate::release::POLICY;

#[track_caller]
fn refused(tree: &WorkTree, policy: &ReleasePolicy<'_>) -> Vec<Refusal> {
    match tree.check_release(policy) {
        Ok(state) => panic!("nothing stands against it: {state:?}"),
        Err(CheckError::Refused(refusals)) => refusals,
        Err(CheckError::Git(error)) => panic!("{error}"),
    }
}

/// One refusal, with its words.
#[track_caller]
fn one(tree: &WorkTree, kind: RefusalKind, reason: &str, mend: &str) {
    let refusals = refused(tree, &POLICY);
    assert_eq!(refusals, [Refusal { kind, reason: reason.to_owned(), mend: mend.to_owned() }]);
}

#[test]
fn other_branch_is_not_allowed() {
    let place = Place::new();
    let tree = place.clone("work");
    git(&tree, &["switch", "-q", "-c", "feature"]);
    git(&tree, &["push", "-q", "origin", "feature"]);
    let reason = "branch `feature` may not be released from; allowed: main, release/*";
    one(&tree, RefusalKind::BranchNotAllowed, reason, "git switch main");
    git(&tree, &["switch", "-q", "-c", "release/1.2"]);
    git(&tree, &["push", "-q", "origin", "release/1.2"]);
    assert_eq!(tree.check_release(&POLICY).expect("it is allowed").branch, "release/1.2");
    git(&tree, &["switch", "-q", "-c", "release/1/2"]);
    let kinds: Vec<_> = refused(&tree, &POLICY).into_iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [RefusalKind::BranchNotAllowed, RefusalKind::BranchNotOnRemote]);
}

#[test]
fn changes_that_are_not_committed_are_named() {
    let place = Place::new();
    let tree = place.clone("work");
    std::fs::write(tree.root().join("untracked"), "x").expect("it can be written");
    tree.check_release(&POLICY).expect("files that git does not track are not committed");
    std::fs::write(tree.root().join("VERSION"), "9\n").expect("it can be written");
    git(&tree, &["rm", "-q", "docs/read me.md"]);
    let reason = "changes are not committed: `VERSION`, `docs/read me.md`";
    one(&tree, RefusalKind::Dirty, reason, "commit them, or set them aside: git stash");
}

#[test]
fn check_changes_nothing() {
    let place = Place::new();
    let tree = place.clone("work");
    place.colleague("main", "x", b"x");
    std::fs::write(tree.root().join("VERSION"), "9\n").expect("it can be written");
    let before = place.snapshot();
    refused(&tree, &POLICY);
    assert_eq!(place.snapshot(), before);
}

#[test]
fn ahead_behind_and_diverged_are_counted() {
    let place = Place::new();
    let tree = place.clone("work");
    tree.commit_edits(&[("VERSION", b"2\n")], "mine", DATE).expect("it commits");
    let reason = "HEAD is 1 commit ahead of `main` on `origin`";
    one(&tree, RefusalKind::Ahead, reason, "git push origin main");
    place.colleague("main", "theirs", b"x");
    let reason =
        "HEAD and `main` on `origin` have diverged: each has commits that the other has not";
    one(&tree, RefusalKind::Diverged, reason, "git pull --rebase origin main");
    git(&tree, &["fetch", "-q"]);
    let reason = "HEAD and `main` on `origin` have diverged: 1 commits here, 1 there";
    one(&tree, RefusalKind::Diverged, reason, "git pull --rebase origin main");
    git(&tree, &["reset", "-q", "--hard", "HEAD~1"]);
    let reason = "HEAD is 1 commit behind `main` on `origin`";
    one(&tree, RefusalKind::Behind, reason, "git pull --ff-only origin main");
    let tip = place.colleague("main", "more", b"x");
    let reason = format!("HEAD is behind `main` on `origin`, which is at {}", tip.short());
    one(&tree, RefusalKind::Behind, &reason, "git pull --ff-only origin main");
    tree.pull("origin", "main").expect("it needs no merge");
    tree.check_release(&POLICY).expect("nothing stands against it");
}

#[test]
fn detached_head_at_the_remote_branch_counts_as_on_it() {
    let place = Place::new();
    let tree = place.clone("work");
    git(&tree, &["checkout", "-q", "--detach"]);
    let state = tree.check_release(&POLICY).expect("it is at the tip");
    assert_eq!((state.branch.as_str(), state.detached), ("main", true));
    place.colleague("main", "x", b"x");
    let head = tree.commit("HEAD").expect("there is a commit");
    let reason = format!(
        "HEAD is detached at {}, where no allowed branch of remote `origin` is",
        head.short()
    );
    one(&tree, RefusalKind::Detached, &reason, "git switch main");
}

#[test]
fn shallow_and_tagless_clones_are_refused() {
    let place = Place::new();
    let tree = place.clone("work");
    let head = tree.commit("HEAD").expect("there is a commit");
    tree.create_tag("v1.2.3", &head, "1.2.3", DATE).expect("it can be made");
    tree.create_tag("other", &head, "not a version", DATE).expect("it can be made");
    git(&tree, &["push", "-q", "origin", "--tags"]);
    place.colleague("main", "x", b"x");
    let (url, folder) = (format!("file://{}", place.address()), place.path("shallow"));
    std::fs::create_dir(&folder).expect("it can be made");
    git(&tree, &["clone", "-q", "--depth=1", &url, folder.to_str().expect("the name is plain")]);
    let shallow = WorkTree::open(&folder, &place.environment).expect("it opens");
    let found: Vec<_> =
        refused(&shallow, &POLICY).into_iter().map(|it| (it.kind, it.mend)).collect();
    let expected = [
        (RefusalKind::Shallow, "git fetch --unshallow --tags".to_owned()),
        (RefusalKind::MissingTags, "git fetch origin --tags".to_owned()),
    ];
    assert_eq!(found, expected);
    let tagless = place.clone("tagless");
    git(&tagless, &["tag", "-d", "v1.2.3", "other"]);
    let reason = "tags of remote `origin` are not here: `v1.2.3`";
    one(&tagless, RefusalKind::MissingTags, reason, "git fetch origin --tags");
    git(&tagless, &["tag", "v1.2.3"]);
    let reason = "tags differ from those of remote `origin`: `v1.2.3`";
    one(
        &tagless,
        RefusalKind::TagDiffers,
        reason,
        "git fetch origin --tags --force takes the remote's",
    );
}

#[test]
fn existing_tag_is_refused_wherever_it_is() {
    let place = Place::new();
    let tree = place.clone("work");
    let head = tree.commit("HEAD").expect("there is a commit");
    tree.create_tag("v1.3.0", &head, "1.3.0", DATE).expect("it can be made");
    let reason = "tag `v1.3.0` exists in this clone, and not on the remote";
    let mend = "git tag -d v1.3.0 if it was never meant to be, or choose another version";
    one(&tree, RefusalKind::TagExists, reason, mend);
    git(&tree, &["push", "-q", "origin", "v1.3.0"]);
    let reason = format!("tag `v1.3.0` exists on remote `origin`, at {}", head.short());
    one(
        &tree,
        RefusalKind::TagExists,
        &reason,
        "choose a greater version; a tag that was published stays",
    );
}

#[test]
fn what_is_under_way_is_named() {
    let place = Place::new();
    let tree = place.clone("work");
    git(&tree, &["switch", "-q", "-c", "side"]);
    tree.commit_edits(&[("VERSION", b"side\n")], "side", DATE).expect("it commits");
    git(&tree, &["switch", "-q", "main"]);
    tree.commit_edits(&[("VERSION", b"main\n")], "main", DATE).expect("it commits");
    let under_way = |command: &[&str], abort: &[&str], reason: &str| {
        crate::place::try_git(&tree, command);
        let found = refused(&tree, &POLICY);
        let found =
            found.iter().find(|it| it.kind == RefusalKind::InProgress).expect("it is noticed");
        assert_eq!(found.reason, reason);
        git(&tree, abort);
    };
    under_way(&["merge", "side"], &["merge", "--abort"], "a merge is under way");
    under_way(&["rebase", "side"], &["rebase", "--abort"], "a rebase is under way");
    under_way(&["cherry-pick", "side"], &["cherry-pick", "--abort"], "a cherry-pick is under way");
    under_way(&["revert", "side"], &["revert", "--abort"], "a revert is under way");
    under_way(&["bisect", "start"], &["bisect", "reset"], "a bisection is under way");
}

#[test]
fn missing_identity_is_refused() {
    let place = Place::new();
    place.clone("work");
    let environment = Environment::user()
        .with_variable("HOME", place.path("empty-home"))
        .with_variable("XDG_CONFIG_HOME", place.path("empty-home"))
        .with_variable("GIT_CONFIG_GLOBAL", "/dev/null")
        .with_variable("GIT_CONFIG_NOSYSTEM", "1");
    let tree = WorkTree::open(&place.path("work"), &environment).expect("it opens");
    let mend = "git config user.name NAME; git config user.email ADDRESS";
    one(&tree, RefusalKind::NoIdentity, "git has no name and address to commit with", mend);
    tree.set_config("user.name", "Somebody").expect("it can be set");
    tree.set_config("user.email", "somebody@example.org").expect("it can be set");
    tree.check_release(&POLICY).expect("nothing stands against it");
}

#[test]
fn remote_that_does_not_answer_is_refused() {
    let place = Place::new();
    let tree = place.clone("work");
    let policy = ReleasePolicy { remote: "upstream", ..POLICY };
    let expected = Refusal {
        kind: RefusalKind::RemoteUnreachable,
        reason: "no remote `upstream` is configured".to_owned(),
        mend: "git remote add upstream URL".to_owned(),
    };
    assert_eq!(refused(&tree, &policy), [expected]);
    git(&tree, &["remote", "set-url", "origin", "https://me:s3cret@127.0.0.1:1/a.git"]);
    let refusals = refused(&tree, &POLICY);
    assert_eq!(refusals[0].kind, RefusalKind::RemoteUnreachable);
    assert_eq!(refusals[0].mend, "git ls-remote origin must work first");
    assert!(!refusals[0].reason.contains("s3cret"), "{}", refusals[0].reason);
}

#[test]
fn repository_without_commits_is_refused() {
    let place = Place::new();
    let empty = place.path("empty.git");
    tidegate_repository::init_bare(&empty, &place.environment, "main").expect("it can be made");
    let tree =
        clone(empty.to_str().expect("the name is plain"), &place.path("work"), &place.environment);
    let tree = tree.expect("an empty remote can be cloned");
    one(
        &tree,
        RefusalKind::NoCommits,
        "the repository has no commit yet",
        "commit something first",
    );
}

#[test]
fn several_reasons_are_told_at_once() {
    let place = Place::new();
    let tree = place.clone("work");
    tree.commit_edits(&[("VERSION", b"2\n")], "mine", DATE).expect("it commits");
    git(&tree, &["tag", "v1.3.0"]);
    std::fs::write(tree.root().join("VERSION"), "9\n").expect("it can be written");
    let kinds: Vec<_> = refused(&tree, &POLICY).into_iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [RefusalKind::Dirty, RefusalKind::Ahead, RefusalKind::TagExists]);
    let error = tree.check_release(&POLICY).expect_err("three reasons");
    assert_eq!(error.to_string().lines().filter(|line| line.starts_with("help: ")).count(), 3);
}

#[test]
fn git_that_takes_too_long_is_stopped() {
    let place = Place::new();
    hook(&place.remote(), "pre-receive", "exec sleep 5");
    let limits = Limits { hooks: std::time::Duration::from_millis(300), ..Limits::default() };
    let environment = place.environment.clone().with_limits(limits);
    let copy = place.copy("copy");
    let slow =
        tidegate_repository::BareClone::open(&place.path("copy"), &place.address(), &environment);
    let slow = slow.expect("it opens");
    let head = copy.tip("main").expect("the name is valid").expect("it is there");
    let next = copy
        .commit_files(Some(&head), &[FileChange::set("x", "x")], "x", None, DATE)
        .expect("it commits");
    let error = slow.push("main", Some(&head), &next).expect_err("the far side sleeps");
    assert_eq!(
        error.to_string(),
        format!("pushing to `{}`: git did not end within 0.3 s", place.address())
    );
}
