use proptest::prelude::*;
use tidegate_pattern::Regex;

use super::*;
use crate::fieldspec::{FieldSpec, FieldSpecs, Specs};
use crate::testing::{text, tree};

fn entry(name: &str, new_name: &str, new_tag: &str, digest: &str, tag_suffix: &str) -> ImageEntry {
    ImageEntry {
        name: name.into(),
        new_name: new_name.into(),
        new_tag: new_tag.into(),
        digest: digest.into(),
        tag_suffix: tag_suffix.into(),
        mark: Mark::NONE,
    }
}

#[test]
fn texts_are_taken_apart() {
    for (image, name, tag, digest) in [
        ("web", "web", "", ""),
        ("web:1", "web", "1", ""),
        ("web@sha256:a", "web", "", "sha256:a"),
        ("web:1@sha256:a", "web", "1", "sha256:a"),
        ("host:80/web", "host:80/web", "", ""),
        ("host:80/a/web:1@b", "host:80/a/web", "1", "b"),
        ("host:80", "host", "80", ""),
        ("/web:1", "/web", "1", ""),
        ("web@a:b:c", "web", "", "a:b:c"),
        ("", "", "", ""),
    ] {
        assert_eq!(split_image(image), ImageParts { name, tag, digest }, "{image}");
    }
}

#[test]
fn each_part_of_an_entry_has_its_effect() {
    for (image, entry, expected) in [
        ("a:1", entry("a", "b", "", "", ""), "b:1"),
        ("a:1@s:x", entry("a", "b", "", "", ""), "b:1@s:x"),
        ("a:1@s:x", entry("a", "", "2", "", ""), "a:2"),
        ("a:1@s:x", entry("a", "", "", "s:y", ""), "a@s:y"),
        ("a:1", entry("a", "b", "2", "s:y", "-z"), "b:2@s:y"),
        ("a:1@s:x", entry("a", "", "", "", "-z"), "a:1-z"),
        ("a", entry("a", "", "", "", "-z"), "a:-z"),
        ("a:", entry("a", "", "", "", ""), "a"),
    ] {
        assert_eq!(entry.applied(image), expected, "{image}");
    }
}

#[test]
fn names_are_anchored_patterns() {
    for (name, image, reads_as_pattern, reads_literally) in [
        ("a", "a:1", true, true),
        ("a", "a@sha256:x", true, true),
        ("a", "a@multihash+base58:x", true, true),
        ("a", "a@sha256", false, false),
        ("a", "a:1:2", false, false),
        ("a", "b/a", false, false),
        ("a", "ab", false, false),
        ("a:1", "a:1:2", true, true),
        ("a.b/c", "a.b/c", true, true),
        ("a.b/c", "a-b/c:1", true, false),
        ("a.b/c", "a/b/c:1", true, false),
        ("a.b/c", "aöb/c", true, false),
        ("a.*", "abc/d:1", true, false),
        ("a|b", "b", true, false),
        ("a|b", "ax", true, false),
        ("[", "[", false, true),
        ("a{}", "a{}", true, true),
    ] {
        let matches = |reading| ImagePattern::new(name, reading).matches(image);
        assert_eq!(matches(Reading::Pattern), reads_as_pattern, "{name} as a pattern on {image}");
        assert_eq!(matches(Reading::Literal), reads_literally, "{name} literally on {image}");
    }
}

#[test]
fn entries_apply_in_order_to_what_the_one_before_made() {
    let images = |entries: &[ImageEntry]| Images::new(entries.iter().cloned(), Reading::Pattern);
    let chain =
        [entry("a", "b", "", "", ""), entry("b", "c", "", "", ""), entry("a", "d", "", "", "")];
    assert_eq!(images(&chain).applied("a:1").as_deref(), Some("c:1"));
    assert_eq!(images(&chain).applied("b:1").as_deref(), Some("c:1"));
    let mixed = [entry("x.*", "b", "", "", ""), entry("xa", "c", "", "", "")];
    assert_eq!(images(&mixed).applied("xa:1").as_deref(), Some("b:1"));
    assert_eq!(images(&mixed).applied("y"), None);
}

#[track_caller]
fn transformed(entry: ImageEntry, before: &str, after: &str) {
    let mut object = tree(before);
    let images = Images::new([entry], Reading::Pattern);
    images.transform(&mut object, FieldSpecs::builtin(Specs::Images)).unwrap();
    assert_eq!(text(&object), after);
}

#[test]
fn containers_are_found_anywhere() {
    let v2 = || entry("a", "", "v2", "", "");
    transformed(
        v2(),
        "{kind: Foo, x: [{y: {initContainers: [{image: a, name: n}]}}]}",
        "{kind: Foo, x: [{y: {initContainers: [{image: 'a:v2', name: n}]}}]}",
    );
    transformed(v2(), "{kind: Foo, containers: {image: a}}", "{containers: {image: a}, kind: Foo}");
    transformed(v2(), "{kind: Foo, x: [{image: a}]}", "{kind: Foo, x: [{image: a}]}");
    transformed(v2(), "{spec: {containers: null}}", "{spec: {containers: []}}");
    transformed(
        v2(),
        "{kind: Pod, spec: {volumes: [{image: {reference: a}}, {name: x}]}}",
        "{kind: Pod, spec: {volumes: [{image: {reference: 'a:v2'}}, {name: x}]}}",
    );
    let definition = "{kind: CustomResourceDefinition, spec: {containers: [{image: a}]}}";
    transformed(v2(), definition, definition);
}

#[test]
fn a_suffix_is_added_once_for_each_way_to_find_the_image() {
    let suffix = || entry("a", "", "", "", "-x");
    transformed(
        suffix(),
        "{spec: {containers: [{image: 'a:1'}]}}",
        "{spec: {containers: [{image: 'a:1-x-x'}]}}",
    );
    transformed(
        suffix(),
        "{other: {containers: [{image: 'a:1'}]}}",
        "{other: {containers: [{image: 'a:1-x'}]}}",
    );
}

#[test]
fn specs_of_other_kinds_do_not_count() {
    let mut spec = FieldSpec::new("spec/image");
    spec.kind = "Foo".into();
    let specs: FieldSpecs = [spec].into_iter().collect();
    let images = Images::new([entry("a", "b", "", "", "")], Reading::Pattern);
    for (before, after) in [
        ("{kind: Foo, spec: {image: a}}", "{kind: Foo, spec: {image: b}}"),
        ("{kind: Bar, spec: {image: a}}", "{kind: Bar, spec: {image: a}}"),
    ] {
        let mut object = tree(before);
        images.transform_fields(&mut object, &specs).unwrap();
        assert_eq!(text(&object), after);
    }
}

#[test]
fn what_is_no_image_is_refused() {
    let images = Images::new([entry("a", "b", "", "", "")], Reading::Pattern);
    let refuse = |object: &str| {
        let specs = FieldSpecs::builtin(Specs::Images);
        images.transform(&mut tree(object), specs).unwrap_err().message
    };
    assert_eq!(refuse("{x: {containers: [a]}}"), "a container: expected a mapping, found a string");
    assert_eq!(
        refuse("{x: {containers: [{image: [a]}]}}"),
        "an image: expected a string, found a list"
    );
    assert_eq!(
        refuse("{spec: 1}"),
        "a field path goes on here: expected a mapping, found a number"
    );
}

/// What Kustomize writes, for every kind of name.
fn by_regex(name: &str, image: &str) -> bool {
    let pattern = format!(
        "^{name}(:[a-zA-Z0-9_.{{}}-]*)?(@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{{}}-]*)?$"
    );
    Regex::new(&pattern).is_ok_and(|it| it.is_match(image))
}

proptest! {
    #[test]
    fn the_short_ways_agree_with_the_regular_expression(
        name in "[ab./:]{0,5}", image in "[ab./:@-]{0,8}",
    ) {
        let pattern = ImagePattern::new(&name, Reading::Pattern);
        prop_assert_eq!(pattern.matches(&image), by_regex(&name, &image));
    }

    #[test]
    fn the_index_finds_what_trying_every_entry_finds(
        names in prop::collection::vec("[ab./]{0,4}|a\\*|[ab]", 0..6),
        image in "[ab./:@]{0,6}",
    ) {
        let entries = names.iter().map(|it| entry(it, "", "t", "", ""));
        let images = Images::new(entries, Reading::Pattern);
        for from in 0..=names.len() {
            let tried = (from..names.len()).find(|it| images.patterns[*it].matches(&image));
            prop_assert_eq!(images.first_match(&image, from), tried);
        }
    }

    #[test]
    fn joining_the_parts_gives_the_image(image in "[a-z/]{1,5}(:[a-z0-9]{1,3})?(@[a-z]:[a-z]{1,3})?") {
        let parts = split_image(&image);
        let mut joined = parts.name.to_owned();
        for (mark, part) in [(":", parts.tag), ("@", parts.digest)] {
            if !part.is_empty() {
                joined = joined + mark + part;
            }
        }
        prop_assert_eq!(joined, image);
    }
}
