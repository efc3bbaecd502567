use tidegate_repository::{CheckError, PushError, RefusalKind, Release, ReleasePolicy, WorkTree};

use crate::place::{DATE, Place};

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
    place.hook(
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
