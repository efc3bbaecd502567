use proptest::prelude::*;
use tidegate_object::{Map, Node, Object};
use tidegate_reconcile::{FieldSet, applied, diff, json, with_defaults};

fn map(fields: Vec<(&'static str, Option<Node>)>) -> Node {
    Node::from(fields.into_iter().filter_map(|(key, node)| Some((key, node?))).collect::<Map>())
}

fn labels() -> impl Strategy<Value = Node> {
    proptest::collection::btree_map("[ab]", "[xy]?", 0..3).prop_map(|pairs| {
        Node::from(pairs.into_iter().map(|(key, it)| (key, Node::from(it))).collect::<Map>())
    })
}

fn probe() -> impl Strategy<Value = Node> {
    (0_i64..3, any::<bool>()).prop_map(|(period, http)| {
        let handler = map(vec![("port", Some(Node::from(80)))]);
        let handler = if http { ("httpGet", Some(handler)) } else { ("tcpSocket", Some(handler)) };
        map(vec![handler, ("periodSeconds", Some(Node::from(period)))])
    })
}

fn resources() -> impl Strategy<Value = Node> {
    let amount = prop_oneof![Just("1"), Just("1000m"), Just("0"), Just("1Ki"), Just("1024")];
    let amounts = proptest::collection::btree_map("cpu|memory", amount, 0..2).prop_map(|pairs| {
        Node::from(pairs.into_iter().map(|(key, it)| (key, Node::from(it))).collect::<Map>())
    });
    (proptest::option::of(amounts.clone()), proptest::option::of(amounts))
        .prop_map(|(limits, requests)| map(vec![("limits", limits), ("requests", requests)]))
}

fn named(key: &'static str, items: &[(u8, Node)]) -> Node {
    let mut seen = Vec::new();
    let mut list = Vec::new();
    for (name, node) in items {
        if !seen.contains(name) {
            seen.push(*name);
            let mut fields = node.as_map().cloned().unwrap_or_default();
            fields.insert(key, Node::from(format!("n{name}")));
            list.push(Node::from(fields));
        }
    }
    Node::from(list)
}

fn container() -> impl Strategy<Value = Node> {
    let variable = prop_oneof![
        Just(map(vec![])),
        Just(map(vec![("value", Some(Node::from("")))])),
        Just(map(vec![("value", Some(Node::from("1")))]))
    ];
    let env =
        proptest::collection::vec((0_u8..3, variable), 0..3).prop_map(|it| named("name", &it));
    let args = proptest::collection::vec("[ab]", 0..3)
        .prop_map(|it| Node::from(it.into_iter().map(Node::from).collect::<Vec<_>>()));
    let image = prop_oneof![Just("web"), Just("web:1.0.0"), Just("web:latest")];
    let ports = proptest::collection::btree_set(80_i64..83, 0..3).prop_map(|it| {
        let port = |it| map(vec![("containerPort", Some(Node::from(it)))]);
        Node::from(it.into_iter().map(port).collect::<Vec<_>>())
    });
    let option = proptest::option::of::<BoxedStrategy<Node>>;
    (
        image,
        option(env.boxed()),
        option(args.boxed()),
        option(ports.boxed()),
        option(probe().boxed()),
        option(resources().boxed()),
    )
        .prop_map(|(image, env, args, ports, probe, resources)| {
            map(vec![
                ("image", Some(Node::from(image))),
                ("env", env),
                ("args", args),
                ("ports", ports),
                ("livenessProbe", probe),
                ("resources", resources),
            ])
        })
}

fn volume() -> impl Strategy<Value = Node> {
    prop_oneof![
        Just(map(vec![])),
        Just(map(vec![("emptyDir", Some(map(vec![])))])),
        Just(map(vec![("configMap", Some(map(vec![("name", Some(Node::from("c")))])))])),
    ]
}

prop_compose! {
    fn deployment()(
        replicas in proptest::option::of(0_i64..3),
        recreate in proptest::option::of(any::<bool>()),
        min_ready in proptest::option::of(0_i64..2),
        notes in proptest::option::of(labels()),
        labels in proptest::option::of(labels()),
        containers in proptest::collection::vec((0_u8..3, container()), 0..3),
        volumes in proptest::option::of(proptest::collection::vec((0_u8..3, volume()), 0..3)),
        host in proptest::option::of(any::<bool>()),
    ) -> Object {
        let strategy = recreate.map(|it| {
            let name = if it { "Recreate" } else { "RollingUpdate" };
            map(vec![("type", Some(Node::from(name)))])
        });
        let pod = map(vec![
            ("containers", Some(named("name", &containers))),
            ("volumes", volumes.map(|it| named("name", &it))),
            ("hostNetwork", host.map(Node::from)),
        ]);
        let template = map(vec![("metadata", Some(map(vec![("labels", labels)]))), ("spec", Some(pod))]);
        Object::new(map(vec![
            ("apiVersion", Some(Node::from("apps/v1"))),
            ("kind", Some(Node::from("Deployment"))),
            ("metadata", Some(map(vec![("name", Some(Node::from("web"))), ("annotations", notes)]))),
            ("spec", Some(map(vec![
                ("replicas", replicas.map(Node::from)),
                ("strategy", strategy),
                ("minReadySeconds", min_ready.map(Node::from)),
                ("template", Some(template)),
            ]))),
        ]))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn applied_manifest_equals_its_live_form(manifest in deployment()) {
        let live = applied(&manifest, None, None);
        let rest = diff(&manifest, &live, Some(&FieldSet::of(&manifest)));
        prop_assert!(rest.is_empty(), "{rest}");
        let rest = diff(&manifest, &with_defaults(&manifest), None);
        prop_assert!(rest.is_empty(), "{rest}");
    }

    #[test]
    fn applying_removes_every_difference(old in deployment(), new in deployment()) {
        let owned = FieldSet::of(&old);
        let live = applied(&new, Some(&applied(&old, None, None)), Some(&owned));
        let rest = diff(&new, &live, Some(&owned));
        prop_assert!(rest.is_empty(), "{rest}\n{}", json::print(&live.root));
    }

    #[test]
    fn applying_twice_is_applying_once(old in deployment(), new in deployment()) {
        let owned = FieldSet::of(&old);
        let once = applied(&new, Some(&applied(&old, None, None)), Some(&owned));
        let twice = applied(&new, Some(&once), Some(&FieldSet::of(&new)));
        prop_assert_eq!(once, twice);
    }

    #[test]
    fn no_difference_means_no_change(old in deployment(), new in deployment()) {
        let owned = FieldSet::of(&old);
        let live = applied(&old, None, None);
        if diff(&new, &live, Some(&owned)).is_empty() {
            prop_assert_eq!(applied(&new, Some(&live), Some(&owned)), live);
        }
    }

    #[test]
    fn field_sets_survive_being_written(manifest in deployment()) {
        let set = FieldSet::of(&manifest);
        let read = json::parse(&set.to_string()).map(|it| FieldSet::from_node(&it));
        prop_assert_eq!(read, Ok(set));
    }

    #[test]
    fn json_survives_being_printed(manifest in deployment()) {
        prop_assert_eq!(json::parse(&json::print(&manifest.root)), Ok(manifest.root));
    }

    #[test]
    fn json_never_panics(text in "[\\[\\]{}\",:0-9eE.+\\\\untrue \u{e9}-]{0,24}") {
        if let Ok(node) = json::parse(&text) {
            prop_assert_eq!(json::parse(&json::print(&node)), Ok(node));
        }
    }
}
