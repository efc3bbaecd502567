use proptest::prelude::*;

use super::*;
use crate::testing::{text, tree};

/// Merges into the spec of a pod, whose lists have merge keys.
#[track_caller]
fn check(target: &str, patch: &str, expected: &str) {
    let pod = |spec: &str| tree(&format!("{{apiVersion: v1, kind: Pod, spec: {spec}}}"));
    let mut merged = pod(target);
    let outcome =
        strategic_merge(&mut merged, pod(patch), &Schema::builtin(), &Sources::new()).unwrap();
    assert_eq!(outcome, Merged::Kept);
    assert_eq!(text(merged.get("spec").unwrap()), expected);
}

#[track_caller]
fn refused(target: &str, patch: &str, code: &str, message: &str) {
    let error =
        strategic_merge(&mut tree(target), tree(patch), &Schema::builtin(), &Sources::new())
            .unwrap_err();
    assert_eq!((&*error.code, &*error.message), (code, message));
}

#[test]
fn plain_values_are_replaced_and_null_deletes() {
    check("{a: 1, b: 2, c: 3}", "{b: null, c: 4, d: 5}", "{a: 1, c: 4, d: 5}");
    check("{a: {b: 1}}", "{a: null}", "{}");
    check("{a: {b: 1}}", "{a: {b: null}}", "{a: {}}");
}

#[test]
fn nulls_of_an_added_part_are_dropped() {
    check("{}", "{a: {b: null, c: {d: null}}}", "{a: {c: {}}}");
    check("{a: null}", "{a: {b: null}}", "{a: {}}");
    check("{}", "{a: [{b: null}]}", "{a: [{b: null}]}");
}

#[test]
fn a_null_of_the_object_stays_only_when_it_was_written() {
    check("{a: null, b: , c: {d: }}", "{e: 1}", "{a: null, c: {}, e: 1}");
}

#[test]
fn lists_without_a_key_are_replaced() {
    check("{tolerations: [{key: a}]}", "{tolerations: [{key: b}]}", "{tolerations: [{key: b}]}");
    check("{unknown: [{name: a}]}", "{unknown: [{name: b}]}", "{unknown: [{name: b}]}");
}

#[test]
fn elements_of_the_patch_come_first() {
    check(
        "{containers: [{name: a, image: x}, {name: b, image: y}]}",
        "{containers: [{name: c}, {name: b, image: z}]}",
        "{containers: [{name: c}, {image: z, name: b}, {image: x, name: a}]}",
    );
}

#[test]
fn directives_act_on_mappings_lists_and_elements() {
    check("{a: {b: 1, c: 2}}", "{a: {$patch: replace, d: 3}}", "{a: {d: 3}}");
    check("{a: {b: 1}}", "{a: {$patch: delete}}", "{}");
    check("{a: {b: 1}}", "{a: {$patch: merge, c: 2}}", "{a: {b: 1, c: 2}}");
    check("{}", "{a: {$patch: delete}}", "{}");
    let containers = "{containers: [{name: a}, {name: b}]}";
    check(containers, "{containers: [{name: a, $patch: delete}]}", "{containers: [{name: b}]}");
    check(containers, "{containers: [{$patch: replace}, {name: c}]}", "{containers: [{name: c}]}");
    check(containers, "{containers: [{$patch: delete}]}", "{}");
}

#[test]
fn replacing_one_element_changes_nothing() {
    check(
        "{containers: [{name: a}, {name: b, image: y}]}",
        "{containers: [{name: b, $patch: replace, command: [x]}]}",
        "{containers: [{image: y, name: b}, {name: a}]}",
    );
}

#[test]
fn an_element_without_its_key_takes_the_others_with_it() {
    check(
        "{containers: [{name: a}, {image: x}, {name: b}]}",
        "{containers: [{name: a, image: y}]}",
        "{containers: [{image: x}]}",
    );
}

#[test]
fn elements_with_the_same_key_become_one_even_where_the_patch_is_elsewhere() {
    check(
        "{containers: [{name: a, env: [{name: X, value: 1}, {name: Y}, {name: X, value: 2}]}]}",
        "{nodeName: n}",
        "{containers: [{env: [{name: X, value: 2}, {name: Y}], name: a}], nodeName: n}",
    );
}

#[test]
fn several_keys_keep_the_order_of_the_target() {
    let ports = |ports: &str| format!("{{containers: [{{name: a, ports: [{ports}]}}]}}");
    let compare = |target, patch, expected: &str| {
        let expected = expected.replace("PORTS", "containers: [{name: a, ports: ");
        check(&ports(target), &ports(patch), &expected);
    };
    compare(
        "{containerPort: 1, protocol: TCP}, {containerPort: 2, protocol: TCP}",
        "{containerPort: 2, protocol: TCP, name: x}, {containerPort: 2, protocol: UDP}",
        "{PORTS[{containerPort: 2, protocol: UDP}, {containerPort: 1, protocol: TCP}, \
         {containerPort: 2, name: x, protocol: TCP}]}]}",
    );
    // With one key in use, the patch's elements come first.
    compare(
        "{containerPort: 1}, {containerPort: 2}",
        "{containerPort: 2, name: x}",
        "{PORTS[{containerPort: 2, name: x}, {containerPort: 1}]}]}",
    );
    // A protocol on one side only: nothing of the patch arrives.
    compare(
        "{containerPort: 80, protocol: TCP}, {containerPort: 81}",
        "{containerPort: 80, name: web}, {containerPort: 81, protocol: UDP, name: udp}",
        "{PORTS[{containerPort: 80, protocol: TCP}, {containerPort: 81}]}]}",
    );
}

#[test]
fn lists_of_plain_values_are_joined() {
    let mut target = tree("{apiVersion: v1, kind: Pod, metadata: {finalizers: [a, b]}}");
    let patch = tree("{apiVersion: v1, kind: Pod, metadata: {finalizers: [c, b]}}");
    assert_eq!(
        strategic_merge(&mut target, patch, &Schema::builtin(), &Sources::new()).unwrap(),
        Merged::Kept
    );
    assert_eq!(text(target.at(&["metadata", "finalizers"]).unwrap()), "[c, b, a]");
}

#[test]
fn directives_of_the_server_are_fields() {
    check(
        "{containers: [{name: a}]}",
        "{$setElementOrder/containers: [{name: b}], a: {$retainKeys: [x]}}",
        "{$setElementOrder/containers: [{name: b}], a: {$retainKeys: [x]}, containers: [{name: a}]}",
    );
}

#[test]
fn an_object_inside_an_unknown_kind_says_its_own_type() {
    let custom = |inner: &str| {
        let pod = format!("{{apiVersion: v1, kind: Pod, spec: {{containers: {inner}}}}}");
        tree(&format!("{{apiVersion: example.com/v1, kind: Bag, spec: {pod}}}"))
    };
    let mut target = custom("[{name: a}, {name: b}]");
    let outcome = strategic_merge(
        &mut target,
        custom("[{name: b, image: x}]"),
        &Schema::builtin(),
        &Sources::new(),
    );
    assert_eq!(outcome.unwrap(), Merged::Kept);
    let containers = target.at(&["spec", "spec", "containers"]).unwrap();
    assert_eq!(text(containers), "[{image: x, name: b}, {name: a}]");
}

#[test]
fn a_patch_can_delete_the_whole_object() {
    let mut target = tree("{kind: Pod, a: 1}");
    let patch = tree("{kind: Pod, $patch: delete}");
    assert_eq!(
        strategic_merge(&mut target, patch, &Schema::builtin(), &Sources::new()).unwrap(),
        Merged::Deleted
    );
}

#[test]
fn mistakes_are_refused() {
    refused(
        "{a: 1}",
        "{a: [1]}",
        "patch-type",
        "the patch has a list where the object has a number",
    );
    refused(
        "{a: {}}",
        "{a: x}",
        "patch-type",
        "the patch has a string where the object has a mapping",
    );
    refused(
        "{a: {b: 1}}",
        "{a: {$patch: keep}}",
        "patch-directive",
        "unknown patch directive `keep`",
    );
    let pod = |item: &str| format!("{{apiVersion: v1, kind: Pod, spec: {{volumes: [{item}]}}}}");
    refused(
        &pod("x"),
        &pod("{name: a}"),
        "patch-type",
        "a string in a list that is merged by keys",
    );
    let deep = |inner: &str| "{a: ".repeat(401) + inner + &"}".repeat(401);
    let message = "a patched object nests deeper than 400 levels";
    refused(&deep("1"), &deep("2"), "too-deep", message);
}

/// Lists of containers with distinct names, and what the patch says about each.
fn containers() -> impl Strategy<Value = Vec<Node>> {
    let fields =
        prop::sample::select(vec!["", ", a: 1", ", a: null", ", $patch: delete", ", b: {c: 2}"]);
    let named = (0_usize..8, fields);
    prop::collection::vec(named, 0..8).prop_map(|all| {
        let mut items: Vec<Node> = Vec::new();
        for (name, fields) in all {
            let node = tree(&format!("{{name: n{name}{fields}}}"));
            if items.iter().all(|it| it.get("name") != node.get("name")) {
                items.push(node);
            }
        }
        items
    })
}

proptest! {
    #[test]
    fn the_short_way_and_the_long_way_agree(target in containers(), patch in containers()) {
        let (schema, sources) = (Schema::builtin(), Sources::new());
        let mut walk = Walk { schema: &schema, sources: &sources, depth: 0 };
        let long = irregular::merge(&mut walk, target.clone(), Some(patch.clone()), &["name"], None);
        let mut short = target;
        walk.list(&mut short, patch, &["name"], None).unwrap();
        prop_assert_eq!(short, long.unwrap());
    }

    #[test]
    fn merging_twice_is_merging_once(target in containers(), patch in containers()) {
        let pod = |containers| {
            let mut pod = tree("{apiVersion: v1, kind: Pod, spec: {}}");
            let spec = pod.at_mut(&["spec"]).and_then(Node::as_map_mut).unwrap();
            spec.insert("containers", Node::from(containers));
            pod
        };
        let (schema, sources) = (Schema::builtin(), Sources::new());
        let mut once = pod(target);
        let _ = strategic_merge(&mut once, pod(patch.clone()), &schema, &sources).unwrap();
        let mut twice = once.clone();
        let _ = strategic_merge(&mut twice, pod(patch), &schema, &sources).unwrap();
        prop_assert_eq!(once, twice);
    }
}

#[test]
fn a_number_takes_the_quotes_of_the_string_that_it_replaces() {
    let mut sources = Sources::new();
    let mut read = |text: &str| {
        let text: std::sync::Arc<std::sync::Arc<str>> = std::sync::Arc::new(text.into());
        let id = sources.add("text", &**text);
        let stream = tidegate_yaml::Stream::parse(&text).unwrap();
        let root = stream.root().unwrap();
        tidegate_object::from_yaml(root, id, &text, tidegate_object::Reading::Resource).unwrap()
    };
    let mut target = read("{a: 'x', b: y, c: \"z\", d: 5}");
    let patch = read("{a: 0x10, b: 0x10, c: true, d: 6}");
    let outcome = strategic_merge(&mut target, patch, &Schema::builtin(), &sources);
    assert_eq!(outcome.unwrap(), Merged::Kept);
    assert_eq!(target, tree("{a: '0x10', b: 16, c: 'true', d: 6}"));
}
