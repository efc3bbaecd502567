use tidegate_yaml::Stream;
use tidegate_yaml::edit::{self, EditErrorKind, Edits, New, Place, Step};

/// Runs an operation on the node at a path.
#[track_caller]
fn run(
    text: &str,
    path: &[Step<'_>],
    operation: impl FnOnce(tidegate_yaml::Node<'_>) -> Result<Edits, edit::EditError>,
) -> Result<String, EditErrorKind> {
    let stream = Stream::parse(text).expect("valid YAML");
    let root = stream.root().expect("a document");
    let edits = edit::find(root, path).and_then(operation).map_err(|error| error.kind())?;
    Ok(edits.apply(text))
}

#[track_caller]
fn set(text: &str, path: &[Step<'_>], value: impl Into<New>, expected: &str) {
    let value = value.into();
    let once = run(text, path, |it| edit::set(it, &value));
    assert_eq!(once.as_deref(), Ok(expected));
    assert_eq!(
        run(expected, path, |it| edit::set(it, &value)).as_deref(),
        Ok(expected),
        "twice is once"
    );
}

#[test]
fn a_scalar_keeps_its_quotes_and_what_stands_around_it() {
    let a: &[Step<'_>] = &["a".into()];
    for (text, value, expected) in [
        ("a: b\n", "c", "a: c\n"),
        ("a: 'b'\n", "c", "a: 'c'\n"),
        ("a: 'b'\n", "it's", "a: 'it''s'\n"),
        ("a: 'b'\n", "tab\t", "a: \"tab\\t\"\n"),
        ("a: \"b\"   # note\n", "c \\ \"d\"", "a: \"c \\\\ \\\"d\\\"\"   # note\n"),
        ("a: b\n", "1.10", "a: \"1.10\"\n"),
        ("a: b\n", "yes", "a: \"yes\"\n"),
        ("a: b\n", "c: d", "a: 'c: d'\n"),
        ("a: b\n", "", "a: \"\"\n"),
        ("a:\n", "c", "a: c\n"),
        ("a:   # note\n", "c", "a: c   # note\n"),
        ("a: &x b\nz: 1\n", "c", "a: &x c\nz: 1\n"),
        ("a: !!str 5\n", "6", "a: !!str \"6\"\n"),
        ("\u{feff}a:\tb\t\r\nz: 1", "c", "\u{feff}a:\tc\t\r\nz: 1"),
        ("a: b", "c", "a: c"),
        ("{a: b, z: [1]}\n", "c, d", "{a: 'c, d', z: [1]}\n"),
        ("{a: , z: 1}\n", "c", "{a: c , z: 1}\n"),
        ("a: one\n  two\nz: 1\n", "c", "a: c\nz: 1\n"),
        ("a: |\n  one\n  two\nz: 1\n", "c\n", "a: |\n  c\nz: 1\n"),
        ("a: | # note\n  one\nz: 1\n", "c", "a: |- # note\n  c\nz: 1\n"),
        ("a: >-\n    one\n    two\n\nz: 1\n", "c", "a: >-\n    c\nz: 1\n"),
        ("a: |\n  one\nz: 1\n", "c\n\n d\n\n", "a: |+\n  c\n\n   d\n\nz: 1\n"),
        ("a: |\n  one\nz: 1\n", "", "a: \"\"\nz: 1\n"),
        ("a: |-\n  one", "two", "a: |-\n  two"),
        ("a: b\n", "two\nlines", "a: \"two\\nlines\"\n"),
        ("? a\n: b\n", "c", "? a\n: c\n"),
    ] {
        set(text, a, value, expected);
    }
    set("a: 'x'\n", a, New::Plain("5".into()), "a: 5\n");
    set("a: |\n  x\nb: 1\n", a, true, "a: true\nb: 1\n");
    set("- x\n-\n- y\n", &[1.into()], "z", "- x\n- z\n- y\n");
}

#[test]
fn nothing_may_become_a_collection() {
    let list = || New::List(vec![New::Map(vec![("o".into(), "x".into()), ("m".into(), 1.into())])]);
    set("a: # note\nb: 1\n", &["a".into()], list(), "a: # note\n- o: x\n  m: 1\nb: 1\n");
    set("a: []\n", &["a".into()], list(), "a:\n- o: x\n  m: 1\n");
    set("c:\n  - 1\na: null", &["a".into()], list(), "c:\n  - 1\na:\n  - o: x\n    m: 1");
    assert_eq!(
        run("{a: }", &["a".into()], |it| edit::set(it, &list())),
        Err(EditErrorKind::FlowMustGrow)
    );
}

#[test]
fn an_entry_goes_where_it_is_asked_for() {
    let last = |text: &str, path: &[Step<'_>]| {
        run(text, path, |it| edit::set_entry(it, "k", &"v".into())).expect("can be edited")
    };
    for (text, expected) in [
        ("a: 1\n", "a: 1\nk: v\n"),
        ("a: 1", "a: 1\nk: v"),
        ("a: 1\r\n", "a: 1\r\nk: v\r\n"),
        ("a: 1 # note\n# below\n", "a: 1 # note\nk: v\n# below\n"),
        ("a: |\n  x\n\n# below\n", "a: |\n  x\nk: v\n\n# below\n"),
        ("a: |+\n  x\n\n", "a: |+\n  x\n\nk: v\n"),
        ("a:\n  b:\n  - 1\n", "a:\n  b:\n  - 1\nk: v\n"),
        ("a:\n", "a:\nk: v\n"),
        ("a: 1\nb: |\n  x", "a: 1\nk: v\nb: |\n  x"),
        ("a: {b: 1,\n  c: 2}\n", "a: {b: 1,\n  c: 2}\nk: v\n"),
        ("{a: 1}\n", "{a: 1, k: v}\n"),
        ("{a: 1,}\n", "{a: 1, k: v}\n"),
        ("{}\n", "{k: v}\n"),
        ("k: old\na: 1\n", "k: v\na: 1\n"),
        ("---\na: 1\n...\n", "---\na: 1\nk: v\n...\n"),
    ] {
        let once = last(text, &[]);
        assert_eq!(once, expected, "{text:?}");
        assert_eq!(last(&once, &[]), expected, "twice is once");
    }
    assert_eq!(last("- a: 1\n  b: 2\n- c\n", &[0.into()]), "- a: 1\n  b: 2\n  k: v\n- c\n");
    assert_eq!(last("- - a: 1\n", &[0.into(), 0.into()]), "- - a: 1\n    k: v\n");
    let at = |text: &str, place| {
        run(text, &[], |it| edit::insert_entry(it, place, "k", &"v".into())).expect("can be edited")
    };
    assert_eq!(at("a: 1\n# of b\nb: 2\n", Place::Before("b")), "a: 1\nk: v\n# of b\nb: 2\n");
    assert_eq!(at("a: 1 # note\nb: 2\n", Place::After("a")), "a: 1 # note\nk: v\nb: 2\n");
    assert_eq!(at("{a: 1, b: 2}", Place::Before("b")), "{a: 1, k: v, b: 2}");
    let inline = "- a: 1\n  b: 2\n";
    let edited =
        run(inline, &[0.into()], |it| edit::insert_entry(it, Place::Before("a"), "k", &"v".into()));
    assert_eq!(edited.as_deref(), Ok("- k: v\n  a: 1\n  b: 2\n"));
}

#[test]
fn an_entry_is_removed_with_what_belongs_to_it() {
    let remove = |text: &str, path: &[Step<'_>]| {
        run(text, path, |it| edit::remove_entry(it, "k")).expect("can be edited")
    };
    for (text, expected) in [
        ("a: 1\nk: v # note\nb: 2\n", "a: 1\nb: 2\n"),
        ("a: 1\n# of k\n# too\nk: v\nb: 2\n", "a: 1\nb: 2\n"),
        ("a: 1\n\n# far\n\nk: v\n", "a: 1\n\n# far\n\n"),
        ("a: 1\nk: v", "a: 1"),
        ("a: 1\r\nk:\r\n- x\r\n- y\r\nb: 2\r\n", "a: 1\r\nb: 2\r\n"),
        ("k: |\n  x\n\n  y\nb: 2\n", "b: 2\n"),
        ("{a: 1, k: v, b: 2}", "{a: 1, b: 2}"),
        ("{a: 1, k: v}", "{a: 1}"),
        ("{k: v}", "{}"),
        ("k: v\n", "{}\n"),
        ("a: 1\n", "a: 1\n"),
    ] {
        assert_eq!(remove(text, &[]), expected, "{text:?}");
    }
    let a: &[Step<'_>] = &["a".into()];
    assert_eq!(remove("a:\n  k: v\nb: 2\n", a), "a: {}\nb: 2\n");
    assert_eq!(remove("a: &x # note\n  k: v\n", a), "a: &x {} # note\n");
    assert_eq!(remove("- k: v\n  b: 2\n", &[0.into()]), "- b: 2\n");
    assert_eq!(remove("- k: v\n", &[0.into()]), "- {}\n");
}

#[test]
fn items_come_and_go() {
    let push = |text: &str, path: &[Step<'_>]| {
        run(text, path, |it| edit::push_item(it, &"new".into())).expect("can be edited")
    };
    let map =
        New::Map(vec![("name".into(), "x".into()), ("tags".into(), New::List(vec!["1".into()]))]);
    assert_eq!(push("- a\n", &[]), "- a\n- new\n");
    assert_eq!(push("a:\n-   b\nc: 1\n", &["a".into()]), "a:\n-   b\n-   new\nc: 1\n");
    assert_eq!(push("a: [b]\n", &["a".into()]), "a: [b, new]\n");
    assert_eq!(push("a: []", &["a".into()]), "a: [new]");
    assert_eq!(push("- - a\n- b\n", &[0.into()]), "- - a\n  - new\n- b\n");
    assert_eq!(push("a:\n  -\n    b: 1\n", &["a".into()]), "a:\n  -\n    b: 1\n  - new\n");
    let edited = run("a:\n  - b\n", &["a".into()], |it| edit::push_item(it, &map));
    assert_eq!(edited.as_deref(), Ok("a:\n  - b\n  - name: x\n    tags:\n      - \"1\"\n"));
    let insert = |text: &str, at| run(text, &[], |it| edit::insert_item(it, at, &"new".into()));
    assert_eq!(insert("- a\n# of b\n- b\n", 1).as_deref(), Ok("- a\n- new\n# of b\n- b\n"));
    assert_eq!(insert("[a, b]", 0).as_deref(), Ok("[new, a, b]"));
    assert_eq!(insert("[a]", 2), Err(EditErrorKind::NotFound));
    let remove = |text: &str, at| run(text, &[], |it| edit::remove_item(it, at));
    assert_eq!(remove("- a\n# of b\n- b # note\n- c\n", 1).as_deref(), Ok("- a\n- c\n"));
    assert_eq!(remove("- a\n- b", 1).as_deref(), Ok("- a"));
    assert_eq!(remove("- a\n", 0).as_deref(), Ok("[]\n"));
    assert_eq!(remove("[a, b]", 1).as_deref(), Ok("[a]"));
}

#[test]
fn what_is_not_safe_is_an_error() {
    let value = New::from("v");
    let set_at = |text: &str, path: &[Step<'_>]| run(text, path, |it| edit::set(it, &value));
    assert_eq!(set_at("a: &x 1\nb: *x\n", &["b".into()]), Err(EditErrorKind::Alias));
    assert_eq!(set_at("a: &x 1\nb: *x\n", &["a".into()]), Err(EditErrorKind::Shared));
    assert_eq!(
        set_at("a: &x {k: 1}\nb: *x\n", &["a".into(), "k".into()]),
        Err(EditErrorKind::Shared)
    );
    assert_eq!(set_at("a: 1\na: 2\n", &["a".into()]), Err(EditErrorKind::DuplicateKey));
    assert_eq!(set_at("a: {b: 1}\n", &["a".into()]), Err(EditErrorKind::NotAScalar));
    assert_eq!(set_at("a: !!int 5\n", &["a".into()]), Err(EditErrorKind::Tag));
    assert_eq!(set_at("a: 1\n", &["a".into(), "b".into()]), Err(EditErrorKind::NotAMapping));
    assert_eq!(set_at("a: 1\n", &[0.into()]), Err(EditErrorKind::NotASequence));
    assert_eq!(set_at("a: 1\n", &["b".into()]), Err(EditErrorKind::NotFound));
    let plain = New::Plain("no number".into());
    assert_eq!(
        run("a: 1\n", &["a".into()], |it| edit::set(it, &plain)),
        Err(EditErrorKind::InvalidValue)
    );
    let merged = "a: &x {k: 1}\nb:\n  <<: *x\n";
    let entry =
        |text: &str, value: &New| run(text, &["b".into()], |it| edit::set_entry(it, "k", value));
    assert_eq!(entry(merged, &value), Err(EditErrorKind::Merged));
    assert_eq!(
        entry("b: {a: 1}\n", &New::List(vec!["x".into()])),
        Err(EditErrorKind::FlowMustGrow)
    );
    let exists = run("k: 1\n", &[], |it| edit::insert_entry(it, Place::Last, "k", &value));
    assert_eq!(exists, Err(EditErrorKind::Exists));
}

#[test]
fn edits_of_one_text_are_put_together() {
    let text = "a: 1\nb: 2\n";
    let stream = Stream::parse(text).expect("valid YAML");
    let root = stream.root().expect("a document");
    let a = edit::set_entry(root, "a", &"x".into()).expect("can be edited");
    let b = edit::set_entry(root, "b", &"z".into()).expect("can be edited");
    let both = a.clone().and(b.clone()).expect("disjoint");
    assert_eq!(both, b.and(a.clone()).expect("disjoint"));
    assert_eq!(both.apply(text), "a: x\nb: z\n");
    let other = edit::set_entry(root, "a", &"z".into()).expect("can be edited");
    assert_eq!(a.clone().and(other).map_err(|error| error.kind()), Err(EditErrorKind::Overlap));
    assert_eq!(a.clone().and(a.clone()).as_ref(), Ok(&a));
}
