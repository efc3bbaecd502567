use super::*;
use crate::testing::{text, tree};

#[track_caller]
fn set(path: &str, creates: bool, create: Create, before: &str, after: &str) {
    let mut spec = FieldSpec::new(path);
    spec.create = creates;
    let mut node = tree(before);
    spec.visit(&mut node, create, &mut |it| {
        it.value = tidegate_object::Value::String("X".into());
        Ok(())
    })
    .unwrap();
    assert_eq!(text(&node), after);
}

#[test]
fn a_path_is_followed_through_mappings_and_lists() {
    set("a/b", false, Create::Never, "{a: {b: 1}}", "{a: {b: X}}");
    set("/a/b", false, Create::Never, "{a: {b: 1}}", "{a: {b: X}}");
    set(
        "a/b",
        false,
        Create::Never,
        "{a: [{b: 1}, {c: 1}, [{b: 2}]]}",
        "{a: [{b: X}, {c: 1}, [{b: X}]]}",
    );
    set("a[]/b", false, Create::Never, "{a: [{b: 1}, null]}", "{a: [{b: X}, null]}");
    set("a/x.y\\/z", false, Create::Never, "{a: {x.y/z: 1}}", "{a: {x.y/z: X}}");
    set("a", false, Create::Never, "{a: [1, 2]}", "{a: X}");
}

#[test]
fn a_step_that_names_a_place_is_met_at_mappings_only() {
    set("a/*", false, Create::Never, "{a: []}", "{a: []}");
    set("a/*", false, Create::Never, "{b: {c: 1}}", "{b: {c: 1}}");
    set("a/1x", false, Create::Never, "{a: {1x: 1}}", "{a: {1x: X}}");
    set("a/ b ", false, Create::Never, "{a: {b: 1}}", "{a: {b: X}}");
    let long = "9".repeat(20);
    set(&format!("a/{long}"), false, Create::Never, "{a: {}}", "{a: {}}");
}

#[test]
fn what_is_missing_is_made_only_when_both_say_so() {
    set("a/b", true, Create::Scalar, "{}", "{a: {b: X}}");
    set("a/b", true, Create::Scalar, "{a: null}", "{a: {b: X}}");
    set("a/b", true, Create::Never, "{}", "{}");
    set("a/b", false, Create::Scalar, "{}", "{}");
    set("a/b", false, Create::Scalar, "{a: null}", "{a: null}");
    set("a[]/b", true, Create::Scalar, "{}", "{}");
}

#[test]
fn a_null_where_a_list_is_known_becomes_an_empty_list() {
    set("a[]/b", false, Create::Never, "{a: null}", "{a: []}");
}

#[test]
fn a_plain_value_on_the_way_is_an_error() {
    let refuse = |path: &str, node: &str| {
        let spec = FieldSpec::new(path);
        spec.visit(&mut tree(node), Create::Never, &mut |_| Ok(())).unwrap_err().message
    };
    let message = "the field path `a/b/c` goes through `a.b`, which is a number";
    assert_eq!(refuse("a/b/c", "{a: {b: 1}}"), message);
    assert_eq!(refuse("", "{a: 1}"), "the path `` has a step without a name");
    for step in ["*", "-", "0", "+7", "-7", "[a=b]", " * "] {
        let message = format!("the step `{}` of a field path names no field", step.trim());
        assert_eq!(refuse(&format!("a/{step}"), "{a: {b: 1}}"), message);
    }
}

#[test]
fn specs_of_a_kind_come_in_order_with_those_of_every_kind() {
    let spec = |path: &str, kind: &str, group: &str| FieldSpec {
        kind: kind.into(),
        group: group.into(),
        ..FieldSpec::new(path)
    };
    let all: FieldSpecs = [
        spec("1", "Pod", ""),
        spec("2", "", ""),
        spec("3", "Job", ""),
        spec("4", "", "batch"),
        spec("5", "Pod", "batch"),
        spec("6", "", ""),
    ]
    .into_iter()
    .collect();
    let paths = |gvk| all.matching(gvk).map(FieldSpec::path).collect::<String>();
    assert_eq!(paths(Gvk::new("v1", "Pod")), "126");
    assert_eq!(paths(Gvk::new("batch/v1", "Job")), "2346");
    assert_eq!(paths(Gvk::new("batch/v1", "Pod")), "12456");
    assert_eq!(paths(Gvk::new("v1", "")), "26");
}

#[test]
fn merging_keeps_one_spec_for_a_path() {
    let mut all = FieldSpecs::default();
    let mut of_pods = FieldSpec::new("a/b");
    of_pods.kind = "Pod".into();
    all.push(of_pods.clone());
    assert_eq!(all.merge(of_pods.clone()), Ok(()));
    assert_eq!(all.merge(FieldSpec::new("a/b")), Ok(()));
    assert_eq!(all.as_slice().len(), 1);
    let mut of_jobs = of_pods.clone();
    of_jobs.kind = "Job".into();
    assert_eq!(all.merge(of_jobs), Ok(()));
    assert_eq!(all.as_slice().len(), 2);
    let creating = FieldSpec { create: true, ..of_pods.clone() };
    assert_eq!(all.merge(creating), Err(Box::new(of_pods)));
}

#[test]
fn builtin_specs_are_read_whole() {
    let count = |of| FieldSpecs::builtin(of).as_slice().len();
    assert_eq!(count(Specs::Images), 6);
    assert_eq!(count(Specs::CommonLabels), 32);
    assert_eq!(count(Specs::VarReference), 72);
    let replicas = &FieldSpecs::builtin(Specs::Replicas).as_slice()[0];
    assert_eq!(replicas.to_string(), "Deployment.[noVer].[noGrp]:true:spec/replicas");
    let references = NameReference::builtin();
    assert_eq!(references.len(), 16);
    assert_eq!(references[0].gvk().kind, "StorageClass");
    assert!(references.iter().all(|it| !it.referrers.as_slice().is_empty()));
}

#[test]
fn specs_are_read_from_configurations() {
    let spec = FieldSpec::read(&tree("{path: a/b, kind: Pod, create: true}")).unwrap();
    assert_eq!(spec.to_string(), "Pod.[noVer].[noGrp]:true:a/b");
    let refuse = |text: &str| FieldSpec::read(&tree(text)).unwrap_err().message;
    assert_eq!(refuse("[a]"), "a field spec is a mapping, not a list");
    assert_eq!(refuse("{paht: a}"), "unknown field `paht` of a field spec");
    assert_eq!(refuse("{path: 1}"), "`path` of a field spec is a string, not a number");
    assert_eq!(refuse("{create: 1}"), "`create` of a field spec is `true` or `false`");
}

#[test]
fn builtin_specs_are_in_the_order_in_which_they_count() {
    let sorted = |specs: &FieldSpecs| {
        specs.as_slice().is_sorted_by(|a, b| a.gvk().legacy_order(&b.gvk()).is_le())
    };
    let transformers = [
        Specs::NamePrefix,
        Specs::NameSuffix,
        Specs::Namespace,
        Specs::CommonLabels,
        Specs::TemplateLabels,
        Specs::VolumeClaimTemplateLabels,
        Specs::CommonAnnotations,
        Specs::Images,
        Specs::Replicas,
        Specs::VarReference,
    ];
    for of in transformers {
        assert!(sorted(FieldSpecs::builtin(of)), "{of:?}");
    }
    let references = NameReference::builtin();
    assert!(references.is_sorted_by(|a, b| a.gvk().legacy_order(&b.gvk()).is_le()));
}
