use std::collections::BTreeSet;

use tidegate_object::{Map, Node};
use tidegate_rollback::{
    Availability, ConfigurationKind, ConfigurationName, configuration_needs, configuration_uses,
};

fn map<const N: usize>(entries: [(&str, Node); N]) -> Node {
    Node::from(Map::from_iter(entries))
}

fn named(name: &str) -> Node {
    map([("name", Node::from(name))])
}

fn template() -> Node {
    let key = |kind: &str, name: &str| map([("valueFrom", map([(kind, named(name))]))]);
    let optional = map([("name", Node::from("extra")), ("optional", Node::from(true))]);
    let container = map([
        ("env", Node::from(vec![key("configMapKeyRef", "flags"), key("secretKeyRef", "token")])),
        ("envFrom", Node::from(vec![map([("secretRef", optional)])])),
    ]);
    let setup = map([("envFrom", Node::from(vec![map([("configMapRef", named("flags"))])]))]);
    let projected = map([(
        "sources",
        Node::from(vec![map([("configMap", named("ca"))]), map([("secret", named("key"))])]),
    )]);
    let volumes = vec![
        map([("secret", map([("secretName", Node::from("tls-29b4c5dfgk"))]))]),
        map([("projected", projected)]),
        map([("emptyDir", map([]))]),
    ];
    map([(
        "spec",
        map([
            ("initContainers", Node::from(vec![setup])),
            ("containers", Node::from(vec![container])),
            ("volumes", Node::from(volumes)),
            ("imagePullSecrets", Node::from(vec![named("pull")])),
        ]),
    )])
}

#[test]
fn every_place_that_uses_configuration_is_found() {
    let found: Vec<String> = configuration_uses(&template())
        .iter()
        .map(|it| format!("{} {}{}", it.of, it.path, if it.optional { " optional" } else { "" }))
        .collect();
    assert_eq!(
        found,
        [
            "ConfigMap/flags spec.initContainers[0].envFrom[0].configMapRef",
            "Secret/extra spec.containers[0].envFrom[0].secretRef optional",
            "ConfigMap/flags spec.containers[0].env[0].valueFrom.configMapKeyRef",
            "Secret/token spec.containers[0].env[1].valueFrom.secretKeyRef",
            "Secret/tls-29b4c5dfgk spec.volumes[0].secret",
            "ConfigMap/ca spec.volumes[1].projected.sources[0].configMap",
            "Secret/key spec.volumes[1].projected.sources[1].secret",
            "Secret/pull spec.imagePullSecrets[0] optional",
        ]
    );
}

#[test]
fn pruning_decides_what_becomes_of_objects_that_git_lost() {
    let secret = |name: &str| ConfigurationName::new(ConfigurationKind::Secret, name);
    let in_git = BTreeSet::from([secret("token")]);
    let live = BTreeSet::from([secret("token"), secret("tls-29b4c5dfgk")]);
    let availability = |prune: bool, name: &str| {
        let needs = configuration_needs(&template(), &in_git, &live, prune);
        let need = needs.into_iter().find(|it| it.of.name == name).unwrap();
        (need.availability, need.is_missing())
    };
    assert_eq!(availability(true, "token"), (Availability::InGit, false));
    assert_eq!(availability(true, "tls-29b4c5dfgk"), (Availability::Pruned, true));
    assert_eq!(availability(false, "tls-29b4c5dfgk"), (Availability::LeftOver, false));
    assert_eq!(availability(false, "flags"), (Availability::Gone, true));
    assert_eq!(availability(false, "extra"), (Availability::Gone, false));
}

#[test]
fn a_name_used_twice_is_listed_once_and_needed_when_any_use_needs_it() {
    let optional = map([("name", Node::from("flags")), ("optional", Node::from(true))]);
    let sources = vec![map([("configMapRef", optional)]), map([("configMapRef", named("flags"))])];
    let container = map([("envFrom", Node::from(sources))]);
    let template = map([("spec", map([("containers", Node::from(vec![container]))]))]);
    let needs = configuration_needs(&template, &BTreeSet::new(), &BTreeSet::new(), true);
    assert_eq!(needs.len(), 1);
    assert!(needs[0].is_missing());
}

#[test]
fn a_hash_suffix_is_ten_letters_of_the_hash_alphabet() {
    let suffixed =
        |name: &str| ConfigurationName::new(ConfigurationKind::Secret, name).is_hash_suffixed();
    assert!(suffixed("web-env-24569kmthg"));
    assert!(!suffixed("web-env-2456789kmth"), "eleven letters");
    assert!(!suffixed("web-env-24567891mt"), "1 is written as h");
    assert!(!suffixed("24569kmthg"), "no dash");
}

#[test]
fn a_template_without_a_spec_uses_nothing() {
    assert!(configuration_uses(&Node::from("oddity")).is_empty());
}
