use tidegate_repository::{EntryKind, FileChange, GitErrorKind, LogQuery, TreeEntry};

use crate::place::{DATE, Place};

fn placed() -> Place {
    Place::with(&[
        ("base/a.yaml", b"a: 1\n"),
        ("base/ü/ß.yaml", b"b: 1\n"),
        ("overlay/k.yaml", b"k: 1\n"),
        ("VERSION", b"1\n"),
    ])
}

#[test]
fn tree_is_read_without_a_checkout() {
    let place = placed();
    let copy = place.copy("copy");
    let head = copy.tip("main").expect("the name is valid").expect("it is there");
    let tree = copy.tree(&head).expect("it is here");
    let read = |path: &str| {
        tree.read(path)
            .expect("it reads")
            .map(|bytes| String::from_utf8(bytes).expect("it is text"))
    };
    assert_eq!(read("base/a.yaml").as_deref(), Some("a: 1\n"));
    assert_eq!(read("./overlay/../base/ü/ß.yaml").as_deref(), Some("b: 1\n"));
    for path in [
        "base",
        "",
        ".",
        "nothing",
        "base/a.yaml/x",
        "../VERSION",
        "overlay/../../VERSION",
        "/VERSION",
    ] {
        assert_eq!(read(path), None, "{path}");
    }
    let entry = |name: &str, kind| TreeEntry { name: name.to_owned(), kind };
    assert_eq!(
        tree.list("base").expect("it reads"),
        Some(vec![entry("a.yaml", EntryKind::File), entry("ü", EntryKind::Folder)])
    );
    assert_eq!(tree.list("base/a.yaml").expect("it reads"), None);
    assert!(tree.is_dir("base/ü").expect("it reads") && tree.is_dir("").expect("it reads"));
    assert!(!tree.is_dir("VERSION").expect("it reads"));
    assert_eq!(
        tree.files("").expect("it reads"),
        ["VERSION", "base/a.yaml", "base/ü/ß.yaml", "overlay/k.yaml"]
    );
    assert_eq!(tree.files("base/").expect("it reads"), ["base/a.yaml", "base/ü/ß.yaml"]);
}

#[test]
fn links_lead_through_the_tree_and_never_out_of_it() {
    let place = placed();
    let copy = place.copy("copy");
    let head = copy.tip("main").expect("the name is valid").expect("it is there");
    let link = |path: &str, target: &str| FileChange {
        path: path.to_owned(),
        bytes: Some(target.into()),
        kind: Some(EntryKind::Link),
    };
    let changes = [
        link("overlay/base", "../base"),
        link("overlay/a", "base/a.yaml"),
        link("out", "../../etc/passwd"),
        link("root", "/etc/passwd"),
        link("ring", "ring2"),
        link("ring2", "ring"),
        link("deep", "deep/x"),
    ];
    let commit = copy.commit_files(Some(&head), &changes, "links", None, DATE).expect("it commits");
    let tree = copy.tree(&commit).expect("it is here");
    let read = |path: &str| tree.read(path).expect("it reads");
    assert_eq!(read("overlay/base/a.yaml").as_deref(), Some(&b"a: 1\n"[..]));
    assert_eq!(read("overlay/a").as_deref(), Some(&b"a: 1\n"[..]));
    for path in ["out", "root", "ring", "deep", "deep/y"] {
        assert_eq!(read(path), None, "{path}");
    }
}

#[test]
fn tags_are_told_from_each_other() {
    let place = placed();
    let work = place.clone("work");
    let head = work.commit("HEAD").expect("there is a commit");
    for name in ["v1.0.0", "v1.1.0", "app/v2"] {
        work.create_tag(name, &head, "a tag", DATE).expect("it can be made");
    }
    let next = work.commit_edits(&[("VERSION", b"2\n")], "next", DATE).expect("it commits");
    work.create_tag("v2.0.0", &next, "a tag", DATE).expect("it can be made");
    let names = |tags: Vec<tidegate_repository::Tag>| {
        tags.into_iter().map(|it| it.name).collect::<Vec<_>>()
    };
    assert_eq!(names(work.tags("v*").expect("it reads")), ["v1.0.0", "v1.1.0", "v2.0.0"]);
    assert_eq!(names(work.tags("**").expect("it reads")), ["app/v2", "v1.0.0", "v1.1.0", "v2.0.0"]);
    assert_eq!(names(work.tags_reachable(&head, "v*").expect("it reads")), ["v1.0.0", "v1.1.0"]);
    assert_eq!(names(work.tags_at(&next).expect("it reads")), ["v2.0.0"]);
    let tag = work.tag("v2.0.0").expect("the name is valid").expect("it is there");
    assert!(tag.is_annotated());
    assert_eq!(tag.commit, next);
    assert_eq!(work.tag("v2").expect("the name is valid"), None);
    assert_eq!(
        work.create_tag("v2.0.0", &next, "again", DATE).expect_err("it exists").kind(),
        GitErrorKind::Failed
    );
}

#[test]
fn log_tells_trailers_and_paths() {
    let place = placed();
    let work = place.clone("work");
    let first = work.commit("HEAD").expect("there is a commit");
    let message = "Hold 1.2\n\nBecause: of a reason.\n\nHold: backend 1.2\nReviewed-by: Ünal <u@example.org>\n";
    let second = work.commit_edits(&[("VERSION", b"2\n")], message, DATE).expect("it commits");
    let third =
        work.commit_edits(&[("base/a.yaml", b"a: 2\n")], "third", DATE).expect("it commits");
    let query =
        LogQuery { to: &third, from: Some(&first), paths: &[], first_parent: false, limit: None };
    let ids: Vec<_> = work.log(&query).expect("it reads").into_iter().map(|it| it.id).collect();
    assert_eq!(ids, [third.clone(), second.clone()]);
    let query = LogQuery { from: None, paths: &["VERSION"], limit: Some(1), ..query };
    let found = work.log(&query).expect("it reads").pop().expect("one commit changed it");
    assert_eq!((found.id, found.parents), (second, vec![first.clone()]));
    assert_eq!((found.subject.as_str(), found.author.name.as_str()), ("Hold 1.2", "Tester"));
    assert_eq!((found.author_date, found.commit_date), (1_700_000_000, 1_700_000_000));
    assert_eq!(found.message, message.trim_end());
    let trailer = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    let expected = [trailer("Hold", "backend 1.2"), trailer("Reviewed-by", "Ünal <u@example.org>")];
    assert_eq!(found.trailers, expected);
    assert_eq!(work.describe(&third).expect("it is here").trailer("hold").next(), None);
    let hold = work.log(&query).expect("it reads").pop().expect("one commit changed it");
    assert_eq!(hold.trailer("HOLD").collect::<Vec<_>>(), ["backend 1.2"]);
    assert_eq!(
        work.changed_files(Some(&first), &third).expect("both are here"),
        ["VERSION", "base/a.yaml"]
    );
    assert_eq!(work.changed_files(None, &first).expect("it is here").len(), 4);
}

#[test]
fn history_of_a_file_has_the_bytes_on_both_sides() {
    let place = placed();
    let copy = place.copy("copy");
    place.colleague("main", "VERSION", b"2\n");
    place.colleague("main", "other", b"x\n");
    place.colleague("main", "VERSION", b"3\n");
    copy.fetch().expect("the remote answers");
    let head = copy.tip("main").expect("the name is valid").expect("it is there");
    let history = copy.history(&head, "VERSION", None).expect("it reads");
    let sides: Vec<_> =
        history.iter().map(|it| (it.before.as_deref(), it.after.as_deref())).collect();
    let text = |text: &'static str| Some(text.as_bytes());
    assert_eq!(
        sides,
        [(text("2\n"), text("3\n")), (text("1\n"), text("2\n")), (None, text("1\n"))]
    );
    assert_eq!(copy.history(&head, "VERSION", Some(1)).expect("it reads").len(), 1);
    assert_eq!(copy.history(&head, "never", None).expect("it reads"), []);
}

#[test]
fn revisions_resolve_or_are_missing() {
    let place = placed();
    let work = place.clone("work");
    let head = work.commit("HEAD").expect("there is a commit");
    for revision in
        ["HEAD", "main", "refs/heads/main", head.as_str(), head.short(), "HEAD~0", "HEAD^{commit}"]
    {
        assert_eq!(
            work.resolve(revision).expect("it is valid").as_ref(),
            Some(&head),
            "{revision}"
        );
    }
    for revision in [
        "nothing",
        "HEAD~9",
        "0123456789abcdef0123456789abcdef01234567",
        "refs/tags/x",
        "HEAD:VERSION",
    ] {
        assert_eq!(work.resolve(revision).expect("it is valid"), None, "{revision}");
    }
    let error = work.commit("nothing").expect_err("there is none");
    assert_eq!(error.to_string(), "resolving `nothing`: no such commit in this repository");
    assert_eq!(work.branch().expect("it reads").as_deref(), Some("main"));
}
