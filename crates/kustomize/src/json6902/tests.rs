use super::*;
use crate::testing::{text, tree};

#[track_caller]
fn patched(patch: &str, before: &str, after: &str) {
    let mut object = tree(before);
    JsonPatch::read(tree(patch)).unwrap().apply(&mut object).unwrap();
    assert_eq!(text(&object), after);
}

#[track_caller]
fn refused(patch: &str, before: &str, code: &str, message: &str) {
    let applied = JsonPatch::read(tree(patch)).and_then(|it| it.apply(&mut tree(before)));
    let error = applied.unwrap_err();
    assert_eq!((&*error.code, &*error.message), (code, message));
}

#[test]
fn fields_are_added_replaced_and_removed() {
    patched("[{op: add, path: /a/b, value: 1}]", "{a: {}}", "{a: {b: 1}}");
    patched("[{op: add, path: /a/b, value: {c: 1}}]", "{a: {b: 2}}", "{a: {b: {c: 1}}}");
    patched("[{op: replace, path: /a, value: 1}]", "{a: 0}", "{a: 1}");
    patched("[{op: remove, path: /a}]", "{a: 0, b: 1}", "{b: 1}");
    patched("[{op: replace, path: '', value: {b: 1}}]", "{a: 0}", "{b: 1}");
}

#[test]
fn a_missing_field_can_be_replaced_and_copied() {
    patched("[{op: replace, path: /a, value: 1}]", "{}", "{a: 1}");
    patched("[{op: copy, from: /x, path: /a}]", "{}", "{a: null}");
    patched("[{op: add, path: /a}]", "{}", "{a: null}");
}

#[test]
fn elements_are_named_by_their_index() {
    patched("[{op: add, path: /a/0, value: x}]", "{a: [y]}", "{a: [x, y]}");
    patched("[{op: add, path: /a/1, value: x}]", "{a: [y]}", "{a: [y, x]}");
    patched("[{op: add, path: /a/-, value: x}]", "{a: [y]}", "{a: [y, x]}");
    patched("[{op: add, path: /a/-1, value: x}]", "{a: [y, z]}", "{a: [y, z, x]}");
    patched("[{op: add, path: /a/-2, value: x}]", "{a: [y, z]}", "{a: [y, x, z]}");
    patched("[{op: replace, path: /a/-1, value: x}]", "{a: [y, z]}", "{a: [y, x]}");
    patched("[{op: remove, path: /a/-2}]", "{a: [y, z]}", "{a: [z]}");
    patched("[{op: add, path: /a/0/b, value: 1}]", "{a: [{}]}", "{a: [{b: 1}]}");
}

#[test]
fn moving_and_copying() {
    patched("[{op: move, from: /a, path: /b}]", "{a: 1}", "{b: 1}");
    patched("[{op: move, from: /a/0, path: /a/-}]", "{a: [x, y]}", "{a: [y, x]}");
    patched("[{op: copy, from: /a/0, path: /b}]", "{a: [x]}", "{a: [x], b: x}");
}

#[test]
fn pointers_have_escapes() {
    patched("[{op: add, path: /a~1b~0c~01, value: 1}]", "{}", "{a/b~c~1: 1}");
    patched("[{op: add, path: /, value: 1}]", "{}", "{: 1}");
    patched("[{op: add, path: x/a, value: 1}]", "{}", "{a: 1}");
}

#[test]
fn tests_compare_as_json() {
    for (path, value) in [("/a", "1"), ("/a", "1.0"), ("/b", "[x, {c: null}]"), ("/none", "null")] {
        let patch = format!("[{{op: test, path: {path}, value: {value}}}]");
        patched(&patch, "{a: 1, b: [x, {c: null}]}", "{a: 1, b: [x, {c: null}]}");
    }
    patched("[{op: test, path: '', value: {a: 1}}]", "{a: 1}", "{a: 1}");
    let message = "the test of `/a` failed: expected `2`, found `1`";
    refused("[{op: test, path: /a, value: 2}]", "{a: 1}", "json-patch-test", message);
    let message = "the test of `/b` failed: expected `2`, found nothing";
    refused("[{op: test, path: /b, value: 2}]", "{a: 1}", "json-patch-test", message);
}

#[test]
fn large_numbers_are_rounded_everywhere() {
    patched(
        "[]",
        "{a: 9007199254740993, b: [9007199254740992]}",
        "{a: 9.007199254740992e+15, b: [9.007199254740992e+15]}",
    );
    patched("[]", "{a: 9223372036854775807}", "{a: 9.223372036854776e+18}");
}

#[test]
fn numbers_get_the_text_of_floats() {
    patched("[]", "{a: 999999, b: 1000000, c: 0.00001}", "{a: 999999, b: 1e+06, c: 1e-05}");
    patched("[]", "{a: 1.50, b: 100000.0, c: -0.0001}", "{a: 1.5, b: 100000, c: -0.0001}");
}

#[test]
fn mistakes_say_what_is_wrong() {
    for (patch, code, message) in [
        ("{op: add}", "json-patch", "a JSON patch is a list, not a mapping"),
        ("[add]", "json-patch", "an operation of a JSON patch is a mapping, not a string"),
        ("[{op: ad, path: /a}]", "json-patch", "unknown operation `ad` of a JSON patch"),
        ("[{path: /a}]", "json-patch", "an operation of a JSON patch needs a name, `op`"),
        (
            "[{op: add}]",
            "json-patch",
            "an operation of a JSON patch cannot be read: `path` is missing",
        ),
        (
            "[{op: remove, path: 1}]",
            "json-patch",
            "an operation of a JSON patch cannot be read: `path` is a number, not a string",
        ),
        (
            "[{op: replace, path: '', value: 1}]",
            "json-patch",
            "an object can be replaced by a mapping only, not by a number",
        ),
        ("[{op: remove, path: /x}]", "json-patch-path", "there is no field `x` to be removed"),
        ("[{op: add, path: /x/y, value: 1}]", "json-patch-path", "there is no field `x`"),
        ("[{op: add, path: /n/y, value: 1}]", "json-patch-path", "there is no `y` in a number"),
        (
            "[{op: add, path: a, value: 1}]",
            "json-patch-path",
            "the pointer `a` has no step: it begins with a `/`",
        ),
        ("[{op: remove, path: /l/-}]", "json-patch-index", "`-` is not an index of a list"),
        (
            "[{op: remove, path: /l/1}]",
            "json-patch-index",
            "the index 1 is out of bounds: the list has 1 places",
        ),
        (
            "[{op: add, path: /l/-3, value: 1}]",
            "json-patch-index",
            "the index -3 is out of bounds: the list has 2 places",
        ),
    ] {
        refused(patch, "{n: 1, l: [x]}", code, message);
    }
}

#[test]
fn a_similar_field_is_offered() {
    let patch = JsonPatch::read(tree("[{op: remove, path: /spec/replica}]")).unwrap();
    let error = patch.apply(&mut tree("{spec: {replicas: 1}}")).unwrap_err();
    assert_eq!(error.help, ["a field with a similar name exists: `replicas`"]);
    assert_eq!(error.notes, ["in the pointer `/spec/replica`"]);
}

#[test]
fn copies_of_copies_have_an_end() {
    let mut patch = String::from("[{op: add, path: /a, value: [x, x]}");
    for _ in 0..40 {
        patch += ", {op: copy, from: /a, path: /a/-}";
    }
    patch += "]";
    let message = "a JSON patch copies more than 1048576 values";
    refused(&patch, "{}", "json-patch", message);
}

#[test]
fn whole_numbers_below_a_million_are_written_as_they_are() {
    for number in [0, 1, -1, 20, 999_999, -999_999] {
        let text = shortest(f64::from(number));
        assert_eq!(text, number.to_string());
    }
    assert_eq!((&*shortest(1e6), &*shortest(-1e6)), ("1e+06", "-1e+06"));
    let mut node = Node::from(1_000_000);
    through_json(&mut node);
    assert!(matches!(
        node.value,
        Value::Number(Number::Float(text)) if text == "1e+06"
    ));
}
