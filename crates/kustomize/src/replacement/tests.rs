use super::*;
use crate::schema::Schema;
use crate::testing::{text, tree};

/// Carries out replacements on objects of the kind `X`, named `s`, `t` and `u`, with the given data.
fn replace(replacement: &str, data: [&str; 3]) -> Result<Vec<String>, String> {
    let object = |(name, data): (&str, &str)| {
        let object =
            format!("{{apiVersion: g/v1, kind: X, metadata: {{name: {name}}}, data: {data}}}");
        Resource::new(tree(&object))
    };
    let objects = ["s", "t", "u"].into_iter().zip(data).map(object);
    let mut resources = Resources::new();
    objects.for_each(|it| resources.push(it));
    let replacement = read_file(&tree(replacement)).map_err(|it| it[0].message.to_string())?;
    let (sources, schema) = (Sources::new(), Schema::builtin());
    let context = Context { sources: &sources, schema: &schema };
    apply_all(&mut resources, &replacement, &context).map_err(|it| it[0].message.to_string())?;
    Ok(resources.iter().map(|it| it.root().get("data").map_or(String::new(), text)).collect())
}

#[track_caller]
fn check(source: &str, target: &str, data: [&str; 2], expected: &str) {
    let replacement = format!(
        "{{source: {{name: s, fieldPath: data.{source}}}, targets: [{{select: {{name: t}}, {target}}}]}}"
    );
    let result = replace(&replacement, [data[0], data[1], "{}"]);
    assert_eq!(result.as_ref().map(|it| it[1].as_str()), Ok(expected));
}

#[track_caller]
fn refused(replacement: &str, data: [&str; 3], message: &str) {
    assert_eq!(replace(replacement, data), Err(message.to_owned()));
}

#[test]
fn a_plain_value_takes_the_type_of_its_target() {
    check("a", "fieldPaths: [data.b]", ["{a: x}", "{b: y}"], "{b: x}");
    check("a", "fieldPaths: [data.b]", ["{a: '8080'}", "{b: 1}"], "{b: 8080}");
    check("a", "fieldPaths: [data.b]", ["{a: 8080}", "{b: y}"], "{b: '8080'}");
    check("a", "fieldPaths: [data.b]", ["{a: true}", "{b: false}"], "{b: true}");
    check("a", "fieldPaths: [data.b], options: {create: true}", ["{a: '8080'}", "{}"], "{b: 8080}");
    check(
        "a",
        "fieldPaths: [data.b], options: {create: true}",
        ["{a: 'a: b'}", "{}"],
        "{b: 'a: b'}",
    );
}

#[test]
fn a_structure_takes_the_place_of_a_structure() {
    check("a", "fieldPaths: [data.b]", ["{a: {x: 1}}", "{b: [y]}"], "{b: {x: 1}}");
    check(
        "a",
        "fieldPaths: [data.b.c], options: {create: true}",
        ["{a: [x]}", "{}"],
        "{b: {c: [x]}}",
    );
    check("a", "fieldPaths: [data.b]", ["{a: {x: 1}}", "{b: null}"], "{b: null}");
    check("a", "fieldPaths: [data.b]", ["{a: {x: 1}}", "{b: y}"], "{b: ''}");
}

#[test]
fn a_delimiter_names_a_part() {
    let write = |index: i64, present: &str, expected: &str| {
        let target = format!("fieldPaths: [data.b], options: {{delimiter: '/', index: {index}}}");
        let present = format!("{{b: {present}}}");
        check("a", &target, ["{a: X}", &present], &format!("{{b: {expected}}}"));
    };
    write(0, "p/q", "X/q");
    write(1, "p/q", "p/X");
    write(2, "p/q", "p/q/X");
    write(9, "p/q", "p/q/X");
    write(-1, "p/q", "X/p/q");
    let replacement = "{source: {name: s, fieldPath: data.a, options: {delimiter: '-', index: 1}}, \
                        targets: [{select: {name: t}, fieldPaths: [data.b]}]}";
    let read = replace(replacement, ["{a: x-y-z}", "{b: q}", "{}"]);
    assert_eq!(read.unwrap()[1], "{b: y}");
    let message = "the index 1 is out of bounds: `x` has 1 parts";
    refused(replacement, ["{a: x}", "{b: q}", "{}"], message);
}

#[test]
fn targets_are_selected_by_patterns_and_rejected() {
    let with = |select: &str| {
        let replacement =
            format!("{{sourceValue: X, targets: [{{{select}, fieldPaths: [data.b]}}]}}");
        replace(&replacement, ["{b: 1s}", "{b: 1t}", "{b: 1u}"]).map(|it| it.join(" "))
    };
    assert_eq!(with("select: {kind: X}"), Ok("{b: X} {b: X} {b: X}".into()));
    assert_eq!(with("select: {name: '[tu]'}"), Ok("{b: 1s} {b: X} {b: X}".into()));
    assert_eq!(with("select: {name: t}"), Ok("{b: 1s} {b: X} {b: 1u}".into()));
    assert_eq!(
        with("select: {group: g}, reject: [{name: 's|u'}]"),
        Ok("{b: 1s} {b: X} {b: 1u}".into())
    );
    assert_eq!(with("select: {name: none}"), Ok("{b: 1s} {b: 1t} {b: 1u}".into()));
    assert!(with("select: {name: '('}").is_err());
}

#[test]
fn fields_inside_json_and_yaml_are_written() {
    let inside = |text: &str, path: &str, expected: &str| {
        let mut data = Node::from(Map::from_iter([("f", Node::from(text))]));
        let steps = FieldPath::parse(path);
        let value = New { node: Node::from("X"), text: "X".into(), whole: None };
        let (options, sources) = (FieldOptions::default(), Sources::new());
        let mut set = |found: Found<'_>| set(found, &value, &options, &sources);
        let done = inside::write(&mut data, steps.steps(), Make::Nothing, &mut set);
        assert_eq!(done.map(|()| data.get("f").and_then(Node::as_str).unwrap()), Some(expected));
    };
    inside("{\"b\":1,\"a\":{\"c\":\"y\"}}", "f.a.c", "{\"a\":{\"c\":\"X\"},\"b\":1}");
    inside(
        "{\n  \"a\": [{\"n\": \"p\", \"v\": \"q\"}]\n}",
        "f.a.[n=p].v",
        "{\n  \"a\": [\n    {\n      \"n\": \"p\",\n      \"v\": \"X\"\n    }\n  ]\n}",
    );
    inside("# c\na:\n    - b: \"y\"   # d\n", "f.a.0.b", "# c\na:\n- b: \"X\" # d");
}

#[test]
fn mistakes_say_what_is_wrong() {
    let none = ["{}", "{}", "{}"];
    let target = "targets: [{select: {name: t}, fieldPaths: [data.b]}]";
    refused("{targets: []}", none, "a replacement needs a source and at least one target");
    refused("{sourceValue: x}", none, "a replacement needs a source and at least one target");
    refused(
        &format!("{{source: {{name: s}}, sourceValue: x, {target}}}"),
        none,
        "`source` and `sourceValue` exclude each other",
    );
    refused(
        &format!("{{source: {{name: z}}, {target}}}"),
        none,
        "nothing is selected by [noKind].[noVer].[noGrp]/z.[noNs]",
    );
    refused(
        &format!("{{source: {{kind: X}}, {target}}}"),
        none,
        "more than one object is selected by X.[noVer].[noGrp]/[noName].[noNs]",
    );
    refused(
        &format!("{{source: {{name: s, fieldPath: data.z}}, {target}}}"),
        none,
        "the field `data.z` of the source is missing or empty",
    );
    refused(
        &format!("{{source: {{name: s}}, {target}}}"),
        none,
        "unable to find the field in the target",
    );
    refused("{sourceValue: x, targets: [{fieldPaths: [a]}]}", none, "a target needs `select`");
    refused(
        &format!("{{sourceValue: x, {target}}}"),
        ["{}", "{b: 1}", "{}"],
        "the field holds a number, and the value `x` is a string",
    );
}
