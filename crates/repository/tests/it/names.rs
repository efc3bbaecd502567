use tidegate_repository::{FileChange, GitErrorKind, ObjectId, PushError, Repository, remote_refs};

use crate::place::{DATE, Place};

#[test]
fn names_that_look_like_options_or_break_gits_rules_are_refused() {
    let place = Place::new();
    let copy = place.copy("copy");
    let names = [
        "",
        "-x",
        "--upload-pack=touch /tmp/x",
        "a b",
        "a..b",
        "a~1",
        "a^",
        "a:b",
        "a?",
        "a*",
        "a[",
        "a\\b",
        "/a",
        "a/",
        "a//b",
        ".a",
        "a/.b",
        "a.lock",
        "a.lock/b",
        "a.",
        "@",
        "a@{1}",
        "HEAD",
        "a\nb",
        "a\u{7f}",
    ];
    for name in names {
        assert_eq!(copy.tip(name).expect_err(name).kind(), GitErrorKind::InvalidName, "{name:?}");
        assert_eq!(copy.tag(name).expect_err(name).kind(), GitErrorKind::InvalidName, "{name:?}");
        let head = copy.tip("main").expect("the name is valid").expect("it is there");
        let pushed = copy.push(name, None, &head);
        assert!(
            matches!(pushed, Err(PushError::Git(error)) if error.kind() == GitErrorKind::InvalidName),
            "{name:?}"
        );
    }
    for name in [
        "main",
        "release/1.2",
        "ünï/cödé",
        "a@b",
        "a-b",
        "v1.2.3+build",
        "a.b",
        "$(id)",
        "a;b",
        "a'b",
        "a\"b",
    ] {
        assert_eq!(
            copy.tip(name).expect("the name is valid").is_some(),
            name == "main",
            "{name:?}"
        );
    }
}

#[test]
fn revisions_and_remotes_that_look_like_options_are_refused() {
    let place = Place::new();
    let copy = place.copy("copy");
    for revision in ["", "--all", "-1", "main..HEAD", "HEAD\n"] {
        assert_eq!(copy.resolve(revision).expect_err(revision).kind(), GitErrorKind::InvalidName);
    }
    for remote in ["", "--upload-pack=true", "-o", "a\0b"] {
        assert_eq!(
            remote_refs(remote, &place.environment).expect_err(remote).kind(),
            GitErrorKind::InvalidName
        );
        assert_eq!(copy.remote_refs(remote).expect_err(remote).kind(), GitErrorKind::InvalidName);
    }
    assert_eq!(
        copy.tags("--sort=x").expect_err("it is an option").kind(),
        GitErrorKind::InvalidName
    );
}

#[test]
fn paths_that_leave_the_repository_are_refused() {
    let place = Place::new();
    let copy = place.copy("copy");
    let base = copy.tip("main").expect("the name is valid");
    for path in [
        "",
        "/etc/passwd",
        "../x",
        "a/../../x",
        "a//b",
        "./a",
        "a/",
        ".git/config",
        "a/.GIT/hooks/x",
        "a\0b",
    ] {
        let change = FileChange::set(path, "x");
        let error = copy.commit_files(base.as_ref(), &[change], "x", None, DATE).expect_err(path);
        assert_eq!(error.kind(), GitErrorKind::InvalidPath, "{path:?}");
    }
    let tree = place.clone("work");
    let error =
        tree.commit_edits(&[("../out", b"x")], "x", DATE).expect_err("it leaves the work tree");
    assert_eq!(error.kind(), GitErrorKind::InvalidPath);
    assert!(!place.path("out").exists());
}

#[test]
fn option_like_paths_are_files() {
    let place = Place::new();
    let tree = place.clone("work");
    let edits: [(&str, &[u8]); 4] = [("--all", b"1"), ("-m", b"2"), (":(top)x", b"3"), ("*", b"4")];
    let before = tree.commit("HEAD").expect("there is a commit");
    let commit = tree.commit_edits(&edits, "--amend", DATE).expect("they are names like others");
    let changed = tree.changed_files(Some(&before), &commit).expect("both are here");
    assert_eq!(changed, ["*", "--all", "-m", ":(top)x"]);
    assert_eq!(tree.describe(&commit).expect("it is here").message, "--amend");
}

#[test]
fn object_ids_are_whole() {
    for text in [
        "",
        "HEAD",
        "abc",
        "0123456789ABCDEF0123456789abcdef01234567",
        "-123456789abcdef0123456789abcdef01234567",
    ] {
        assert!(text.parse::<ObjectId>().is_err(), "{text}");
    }
}

#[test]
fn repositories_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Repository>();
    shared::<tidegate_repository::TreeReader>();
    shared::<tidegate_repository::GitError>();
    shared::<PushError>();
}

#[test]
fn a_folder_without_repository_says_so() {
    let place = Place::new();
    let folder = place.path("plain");
    std::fs::create_dir(&folder).expect("it can be made");
    let error = Repository::open(&folder, &place.environment).expect_err("there is none");
    assert_eq!(error.kind(), GitErrorKind::NotARepository);
    let error = Repository::open(&place.path("missing"), &place.environment)
        .expect_err("there is no folder");
    assert_eq!(error.kind(), GitErrorKind::NotARepository);
    let error = tidegate_repository::WorkTree::open(&place.remote(), &place.environment)
        .expect_err("it is bare");
    assert_eq!(error.reason(), "this repository has no work tree");
}
