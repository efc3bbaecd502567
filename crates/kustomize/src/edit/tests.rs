use proptest::prelude::*;
use tidegate_yaml::Stream;
use tidegate_yaml::edit::New;

use super::*;

#[track_caller]
fn edited(result: Result<Edited, EditError>, expected: &str) {
    assert_eq!(result.unwrap().text, expected);
}

#[track_caller]
fn refused(result: Result<Edited, EditError>, kind: EditErrorKind, text: &str, place: &str) {
    let error = result.unwrap_err();
    assert_eq!((error.kind(), error.span().of(text)), (kind, place), "{error}");
}

fn tag(name: &str, tag: &str) -> ImageEdit {
    ImageEdit { new_tag: Change::Set(tag.into()), ..ImageEdit::new(name) }
}

#[test]
fn an_entry_is_changed_in_place() {
    let text = "# top\nimages:\n  - name: a # one\n    newTag: \"1\" # keep\n  - newTag: 'x'\n    name: b\n\nnamespace: n\n";
    edited(set_image(text, &tag("a", "2")), &text.replace("\"1\"", "\"2\""));
    edited(set_image(text, &tag("b", "y")), &text.replace("'x'", "'y'"));
    edited(set_image(text, &tag("b", "x")), text);
    let digest = ImageEdit {
        new_tag: Change::Remove,
        digest: Change::Set("sha256:0".into()),
        ..ImageEdit::new("b")
    };
    let with_digest =
        text.replace("  - newTag: 'x'\n    name: b\n", "  - name: b\n    digest: sha256:0\n");
    edited(set_image(text, &digest), &with_digest);
}

#[test]
fn a_number_that_stands_for_a_tag_is_put_in_quotes() {
    edited(
        set_image("images:\n- name: a\n  newTag: 1\n", &tag("a", "1")),
        "images:\n- name: a\n  newTag: \"1\"\n",
    );
    edited(
        set_image("images:\n- name: a\n", &tag("a", "1e3")),
        "images:\n- name: a\n  newTag: \"1e3\"\n",
    );
}

#[test]
fn a_missing_entry_is_put_in_order() {
    let text = "images:\n- name: b\n- name: d\n";
    edited(
        set_image(text, &tag("a", "v")),
        "images:\n- name: a\n  newTag: v\n- name: b\n- name: d\n",
    );
    edited(
        set_image(text, &tag("c", "v")),
        "images:\n- name: b\n- name: c\n  newTag: v\n- name: d\n",
    );
    edited(
        set_image(text, &tag("e", "v")),
        "images:\n- name: b\n- name: d\n- name: e\n  newTag: v\n",
    );
    edited(
        set_image("namespace: n\n", &tag("a", "v")),
        "namespace: n\nimages:\n- name: a\n  newTag: v\n",
    );
    edited(set_image("images: []\n", &tag("a", "v")), "images:\n- name: a\n  newTag: v\n");
    edited(set_image("images:\n", &tag("a", "v")), "images:\n- name: a\n  newTag: v\n");
    edited(set_image("", &tag("a", "v")), "images:\n- name: a\n  newTag: v\n");
    edited(
        set_image("# only this", &tag("a", "v")),
        "# only this\nimages:\n- name: a\n  newTag: v\n",
    );
    edited(set_image("# x\r\n", &tag("a", "v")), "# x\r\nimages:\r\n- name: a\r\n  newTag: v\r\n");
}

#[test]
fn names_of_fields_are_found_in_any_case() {
    edited(
        set_image("Images:\n- Name: a\n  NEWTAG: v\n", &tag("a", "w")),
        "Images:\n- Name: a\n  NEWTAG: w\n",
    );
}

#[test]
fn entries_are_removed() {
    let text = "images:\n# first\n- name: a\n- name: b\nnamespace: n\n";
    edited(remove_image(text, "b"), "images:\n# first\n- name: a\nnamespace: n\n");
    edited(remove_image(text, "c"), text);
    edited(remove_image("images:\n- name: a\nnamespace: n\n", "a"), "namespace: n\n");
}

#[test]
fn what_is_not_safe_is_refused() {
    let twice = "images:\n- name: a\n- name: a\n";
    refused(set_image(twice, &tag("a", "v")), EditErrorKind::Ambiguous, twice, "name: a");
    let fields = "images: []\nImages: []\n";
    refused(set_image(fields, &tag("a", "v")), EditErrorKind::Ambiguous, fields, "Images");
    let alias = "x: &t v1\nimages:\n- name: a\n  newTag: *t\n";
    refused(set_image(alias, &tag("a", "v")), EditErrorKind::Unsafe, alias, "*t");
    let shared = "images:\n- &a {name: a, newTag: v}\nx: *a\n";
    refused(set_image(shared, &tag("a", "w")), EditErrorKind::Unsafe, shared, "&a");
    let scalar = "images: x\n";
    refused(set_image(scalar, &tag("a", "v")), EditErrorKind::WrongType, scalar, "x");
    let broken = "images: [\n";
    assert_eq!(set_image(broken, &tag("a", "v")).unwrap_err().kind(), EditErrorKind::Syntax);
    let list = "- a\n";
    refused(set_image(list, &tag("a", "v")), EditErrorKind::NotAKustomization, list, "- a");
    let two = "a: 1\n---\nb: 2\n";
    refused(set_image(two, &tag("a", "v")), EditErrorKind::NotAKustomization, two, "b: 2");
    let object = "kind: Deployment\nmetadata: {name: a}\n";
    refused(
        set_image(object, &tag("a", "v")),
        EditErrorKind::NotAKustomization,
        object,
        "Deployment",
    );
    let component = "kind: Component\n";
    assert!(set_namespace(component, "a").is_ok_and(|it| it.text.starts_with(component)));
}

#[test]
fn arguments_are_those_of_the_command() {
    use Change::{Keep, Remove, Set};
    let set = |text: &str| Set(text.to_owned());
    for (argument, name, new_name, new_tag, digest) in [
        ("a=b", "a", set("b"), Remove, Remove),
        ("a=b:1", "a", set("b"), set("1"), Remove),
        ("a=b@s:1", "a", set("b"), Remove, set("s:1")),
        ("a=h:5/b:1@s:1", "a", set("h:5/b"), set("1"), set("s:1")),
        ("a:1", "a", Remove, set("1"), Remove),
        ("a@s:1", "a", Remove, Remove, set("s:1")),
        ("a=*:1", "a", Keep, set("1"), Remove),
        ("a=b:*", "a", set("b"), Keep, Remove),
        ("a=b@*", "a", set("b"), Remove, Keep),
        ("a=*:*@*", "a", Keep, Keep, Keep),
        ("a=b=c", "a", set("b=c"), Remove, Remove),
        // Odd forms, read off `parse` in `setimage.go` and `Split` in `image.go`: what is empty is taken out.
        ("a=", "a", Remove, Remove, Remove),
        ("a=:1", "a", Remove, set("1"), Remove),
        ("a=@s:1", "a", Remove, Remove, set("s:1")),
        ("a=:1@s:2", "a", Remove, set("1"), set("s:2")),
        ("a=b:", "a", set("b"), Remove, Remove),
        ("a=b@", "a", set("b"), Remove, Remove),
        ("a=b:@s:1", "a", set("b"), Remove, set("s:1")),
        ("a=b:1@", "a", set("b"), set("1"), Remove),
        ("a=b:1:2", "a", set("b"), set("1:2"), Remove),
        ("a=b@s:1@t:2", "a", set("b"), Remove, set("s:1@t:2")),
        ("a:1=b:2", "a:1", set("b"), set("2"), Remove),
        ("a@s:1=b", "a@s:1", set("b"), Remove, Remove),
        ("*=b:1", "*", set("b"), set("1"), Remove),
        ("*=*", "*", Keep, Remove, Remove),
        ("=a:1", "a", Remove, set("1"), Remove),
        ("=a", "a", Remove, Remove, Remove),
        ("a:", "a", Remove, Remove, Remove),
        ("a@", "a", Remove, Remove, Remove),
        ("a:*", "a", Remove, Keep, Remove),
        (":1", "", Remove, set("1"), Remove),
        ("a=h:5/b", "a", set("h:5/b"), Remove, Remove),
        ("a=/b:1", "a", set("/b"), set("1"), Remove),
    ] {
        let edit = parse_image_argument(argument).unwrap();
        let tag_suffix = Remove;
        let name = name.to_owned();
        assert_eq!(edit, ImageEdit { name, new_name, new_tag, digest, tag_suffix }, "{argument}");
    }
    for argument in ["a", "", "h:5/a".split_at(3).1] {
        let error = parse_image_argument(argument).unwrap_err();
        assert_eq!(error.kind(), EditErrorKind::Argument, "{argument}");
    }
}

#[test]
fn several_arguments_are_carried_out_in_place() {
    let text = "images:\n- name: b # x\n  newName: c\n  tagSuffix: -y\n";
    edited(
        set_images(text, &["b=*:2", "a:1"]),
        "images:\n- name: a\n  newTag: \"1\"\n- name: b # x\n  newName: c\n  newTag: \"2\"\n",
    );
    assert_eq!(set_images(text, &[]).unwrap_err().to_string(), "no image specified");
}

#[test]
fn the_reference_form_is_sorted() {
    let text = "namespace: n\nimages:\n  - name: b # x\n    newTag: '1'\n  - digest: s:0\n    name: c\nnamePrefix: p-\n";
    assert_eq!(
        images_in_reference_form(text, &["b=*:*", "a:1"]).unwrap(),
        "namespace: n\nimages:\n- name: a\n  newTag: \"1\"\n- name: b\n  newTag: \"1\"\n- digest: s:0\n  name: c\nnamePrefix: p-\n",
    );
    let from_nothing = images_in_reference_form("namespace: n", &["a=b"]).unwrap();
    assert_eq!(from_nothing, "namespace: n\nimages:\n- name: a\n  newName: b\n");
}

#[test]
fn other_fields() {
    edited(
        set_replicas("replicas:\n- name: a\n  count: 1 # n\n", "a", 3),
        "replicas:\n- name: a\n  count: 3 # n\n",
    );
    edited(set_replicas("", "a", 3), "replicas:\n- name: a\n  count: 3\n");
    edited(remove_replicas("replicas:\n- name: a\n  count: 1\nx: 1\n", "a"), "x: 1\n");
    edited(set_namespace("namespace: a # x\n", "b"), "namespace: b # x\n");
    edited(set_namespace("x: 1\n", "b"), "x: 1\nnamespace: b\n");
    edited(set_namespace("# x\n", "1"), "# x\nnamespace: \"1\"\n");
    edited(remove_namespace("namespace: a # x\ny: 1\n"), "y: 1\n");
    edited(add_resource("resources:\n- a.yaml\n", "b.yaml"), "resources:\n- a.yaml\n- b.yaml\n");
    edited(add_resource("resources:\n- a.yaml\n", "a.yaml"), "resources:\n- a.yaml\n");
    edited(remove_resource("resources:\n- a.yaml\n- b.yaml\n", "a.yaml"), "resources:\n- b.yaml\n");
    let patch = PatchEdit {
        path: "p.yaml".into(),
        target: Some(Target { kind: "Pod".into(), ..Target::default() }),
        ..PatchEdit::default()
    };
    let text = "patches:\n- path: p.yaml\n  target:\n    kind: Pod\n";
    edited(add_patch("", &patch), text);
    edited(add_patch(text, &patch), text);
    edited(remove_patch(text, &patch), "{}\n");
    let neither = add_patch("", &PatchEdit::default());
    refused(neither, EditErrorKind::Argument, "", "");
    edited(
        set_scalar("a:\n- b: 1\n", &["a".into(), 0.into(), "c".into()], &"x".into()),
        "a:\n- b: 1\n  c: x\n",
    );
}

#[test]
fn the_change_is_named() {
    let change = |text: &str, edit: &ImageEdit| set_image(text, edit).unwrap().changed;
    let text = "images:\n- name: a\n  newTag: v1\n";
    assert_eq!(change(text, &tag("a", "v1")), None);
    assert_eq!(change(text, &tag("a", "v2")).map(|it| it.of(text)), Some("1"));
}

/// A kustomization with comments, styles and line ends of many kinds.
fn kustomization() -> impl Strategy<Value = String> {
    let entry = (
        prop::sample::select(vec!["a", "b", "c", "d"]),
        prop::sample::select(vec![
            "",
            "\n  newTag: v1",
            "\n  newTag: 'v1' # t",
            "\n  digest: \"s:0\"\n  newTag: v1",
        ]),
        prop::sample::select(vec!["", " # note", "\n  # inside", "\n  unknown: {x: 1}"]),
    );
    let head = prop::sample::select(vec!["", "# top\n", "\u{feff}", "namespace: n\n\n", "---\n"]);
    let tail = prop::sample::select(vec![
        "",
        "\n# end\n",
        "resources:\n- x\n",
        "namePrefix: &p q-\nnameSuffix: *p\n",
    ]);
    (head, prop::collection::vec(entry, 0..4), tail, any::<[bool; 2]>()).prop_map(
        |(head, entries, tail, [indented, dos])| {
            let mut text = head.to_owned();
            let mut seen = Vec::new();
            for (name, fields, note) in entries {
                if seen.contains(&name) {
                    continue;
                }
                if seen.is_empty() {
                    text.push_str("images: # list\n");
                }
                seen.push(name);
                let entry = format!("- name: {name}{note}{fields}\n");
                let indent = if indented { "  " } else { "" };
                for line in entry.lines() {
                    text = text + indent + line + "\n";
                }
            }
            text.push_str(tail);
            if dos { text.replace('\n', "\r\n") } else { text }
        },
    )
}

fn image_edit() -> impl Strategy<Value = ImageEdit> {
    let change = || {
        prop_oneof![
            Just(Change::Keep),
            Just(Change::Remove),
            prop::sample::select(vec!["v1", "v2", "1.10", "x#y", "on"])
                .prop_map(|it| Change::Set(it.into())),
        ]
    };
    (prop::sample::select(vec!["a", "b", "c", "e"]), change(), change(), change()).prop_map(
        |(name, new_name, new_tag, digest)| ImageEdit {
            name: name.into(),
            new_name,
            new_tag,
            digest,
            tag_suffix: Change::Keep,
        },
    )
}

/// The value of a field of an entry, as the parser reads it.
fn value_in(text: &str, name: &str, part: &str) -> Option<String> {
    let stream = Stream::parse(text).unwrap();
    let images = stream.root()?.get("images")?;
    let entry = images.items().find(|it| it.get("name").is_some_and(|it| it.as_str() == name))?;
    Some(entry.get(part)?.as_str().into_owned())
}

proptest! {
    #[test]
    fn applying_twice_is_applying_once(text in kustomization(), edit in image_edit()) {
        let once = set_image(&text, &edit).unwrap().text;
        prop_assert_eq!(&set_image(&once, &edit).unwrap().text, &once);
    }

    #[test]
    fn the_text_reads_as_asked(text in kustomization(), edit in image_edit()) {
        let after = set_image(&text, &edit).unwrap().text;
        for (part, change) in edit.changes() {
            let value = value_in(&after, &edit.name, part);
            match change {
                Change::Keep => prop_assert_eq!(value, value_in(&text, &edit.name, part)),
                Change::Set(wanted) => prop_assert_eq!(value, Some(wanted.clone())),
                Change::Remove => prop_assert_eq!(value, None),
            }
        }
    }

    #[test]
    fn edits_of_different_entries_commute(
        text in kustomization(), first in image_edit(), mut second in image_edit(),
    ) {
        if first.name == second.name {
            second.name.push('z');
        }
        let both = |a: &ImageEdit, b: &ImageEdit| {
            set_image(&set_image(&text, a).unwrap().text, b).unwrap().text
        };
        prop_assert_eq!(both(&first, &second), both(&second, &first));
    }

    #[test]
    fn bytes_outside_the_edit_are_untouched(text in kustomization(), edit in image_edit()) {
        let result = set_image(&text, &edit).unwrap();
        let Some(changed) = result.changed else { return Ok(()) };
        let (before, behind) = (&text[..changed.start as usize], &text[changed.end as usize..]);
        prop_assert!(result.text.starts_with(before) && result.text.ends_with(behind));
        // Whole lines of the other entries are still there.
        let other = |text: &str| text.lines().filter(|it| it.contains("unknown")).count();
        prop_assert_eq!(other(&text), other(&result.text));
    }

    #[test]
    fn removing_what_was_added_restores_the_text(text in kustomization()) {
        let added = set_image(&text, &tag("zz", "v")).unwrap().text;
        let removed = remove_image(&added, "zz").unwrap().text;
        let line_end_added = format!("{}{}", text, if text.contains("\r\n") { "\r\n" } else { "\n" });
        prop_assert!(removed == text || removed == line_end_added || value_in(&text, "a", "name").is_none());
    }

    #[test]
    fn never_panics(text in "[a-z:\\- \n#'\"&*{}\\[\\],\u{e9}]{0,60}", name in "[a-z:\\-#' ]{0,5}") {
        let _ = set_image(&text, &tag(&name, "v"));
        let _ = set_namespace(&text, &name);
        let _ = set_scalar(&text, &["a".into()], &New::from(name.as_str()));
        let _ = images_in_reference_form(&text, &["a:v"]);
    }
}
