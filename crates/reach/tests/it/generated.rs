//! Small clusters by chance: a plain description of each, and the same as objects.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use serde_json::{Value, json};

pub(crate) const NAMESPACES: [&str; 3] = ["a", "b", "c"];
pub(crate) const APPS: [&str; 3] = ["p", "q", "r"];
pub(crate) const TIERS: [&str; 2] = ["s", "t"];
pub(crate) const ENVS: [&str; 2] = ["x", "y"];
pub(crate) const PORTS: [u16; 3] = [80, 81, 82];
pub(crate) const NAMES: [&str; 2] = ["http", "dns"];

/// The value of a label that need not be there.
pub(crate) type Label = Option<&'static str>;

#[derive(Clone, Debug)]
pub(crate) struct Cluster {
    /// Of each namespace, its label `env`; `None` where the namespace is not among the objects.
    pub(crate) namespaces: Vec<Option<Label>>,
    pub(crate) workloads: Vec<Workload>,
    pub(crate) policies: Vec<Policy>,
    pub(crate) services: Vec<Service>,
}

#[derive(Clone, Debug)]
pub(crate) struct Workload {
    pub(crate) namespace: &'static str,
    pub(crate) app: &'static str,
    pub(crate) tier: Option<&'static str>,
    pub(crate) on_node: bool,
    pub(crate) ports: Vec<(Option<&'static str>, u16, bool)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) key: &'static str,
    pub(crate) operator: &'static str,
    pub(crate) values: Vec<&'static str>,
}

#[derive(Clone, Debug)]
pub(crate) enum Peer {
    Own(Vec<Asked>),
    There(Vec<Asked>, Option<Vec<Asked>>),
    /// The first numbers of addresses, and those of the ones that are not meant.
    Block(Vec<u8>, Option<u8>),
}

#[derive(Clone, Debug)]
pub(crate) enum Port {
    All,
    Number(u16, Option<u16>),
    Name(&'static str),
}

#[derive(Clone, Debug)]
pub(crate) struct Rule {
    pub(crate) peers: Vec<Peer>,
    /// Each port, and whether it is of UDP.
    pub(crate) ports: Vec<(Port, bool)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Policy {
    pub(crate) namespace: &'static str,
    pub(crate) selector: Vec<Asked>,
    /// Which of ingress and egress is written among the types; neither for no types.
    pub(crate) types: (bool, bool),
    pub(crate) ingress: Vec<Rule>,
    pub(crate) egress: Vec<Rule>,
}

#[derive(Clone, Debug)]
pub(crate) struct Service {
    pub(crate) namespace: &'static str,
    pub(crate) app: &'static str,
    pub(crate) tier: Option<&'static str>,
    /// The number, the number or the name of the pods' port, and whether it is of UDP.
    pub(crate) ports: Vec<(u16, Result<u16, &'static str>, bool)>,
}

fn one<T: Copy + std::fmt::Debug + 'static>(from: &'static [T]) -> impl Strategy<Value = T> {
    prop::sample::select(from)
}

fn asked(key: &'static str, values: &'static [&'static str]) -> impl Strategy<Value = Asked> {
    const OPERATORS: &[&str] = &["In", "In", "In", "NotIn", "Exists", "DoesNotExist"];
    (one(OPERATORS), vec(one(values), 1..3)).prop_map(move |(operator, values)| {
        let values = if operator.ends_with("In") { values } else { Vec::new() };
        Asked { key, operator, values }
    })
}

fn of_pods() -> impl Strategy<Value = Vec<Asked>> {
    vec(prop_oneof![3 => asked("app", &APPS), 1 => asked("tier", &TIERS)], 0..3)
}

fn of_namespaces() -> impl Strategy<Value = Vec<Asked>> {
    const NAME: &str = "kubernetes.io/metadata.name";
    vec(prop_oneof![asked("env", &ENVS), asked(NAME, &NAMESPACES)], 0..3)
}

fn peer() -> impl Strategy<Value = Peer> {
    prop_oneof![
        2 => of_pods().prop_map(Peer::Own),
        2 => (of_namespaces(), of(of_pods())).prop_map(|(there, pods)| Peer::There(there, pods)),
        1 => (vec(1_u8..3, 0..3), of(1_u8..3)).prop_map(|(start, not)| Peer::Block(start, not)),
    ]
}

fn rule() -> impl Strategy<Value = Rule> {
    let port = prop_oneof![
        1 => Just(Port::All),
        3 => one(&PORTS).prop_map(|it| Port::Number(it, None)),
        1 => one(&PORTS).prop_map(|it| Port::Number(it, Some(it + 1))),
        1 => one(&NAMES).prop_map(Port::Name),
    ];
    let ports = vec((port, prop::bool::weighted(0.2)), 0..3);
    (vec(peer(), 0..3), ports).prop_map(|(peers, ports)| Rule { peers, ports })
}

fn policy() -> impl Strategy<Value = Policy> {
    let types = (any::<bool>(), any::<bool>());
    (one(&NAMESPACES), of_pods(), types, vec(rule(), 0..3), vec(rule(), 0..3)).prop_map(
        |(namespace, selector, types, ingress, egress)| Policy {
            namespace,
            selector,
            types,
            ingress,
            egress,
        },
    )
}

fn workload() -> impl Strategy<Value = Workload> {
    let ports = vec((of(one(&NAMES)), one(&PORTS), prop::bool::weighted(0.2)), 0..3);
    (one(&NAMESPACES), one(&APPS), of(one(&TIERS)), prop::bool::weighted(0.1), ports).prop_map(
        |(namespace, app, tier, on_node, ports)| Workload { namespace, app, tier, on_node, ports },
    )
}

fn service() -> impl Strategy<Value = Service> {
    let target = prop_oneof![one(&PORTS).prop_map(Ok), one(&NAMES).prop_map(Err)];
    let ports = vec((one(&PORTS), target, prop::bool::weighted(0.2)), 1..3);
    (one(&NAMESPACES), one(&APPS), of(one(&TIERS)), ports)
        .prop_map(|(namespace, app, tier, ports)| Service { namespace, app, tier, ports })
}

/// Clusters of up to five workloads, four policies and three Services in three namespaces.
pub(crate) fn cluster() -> impl Strategy<Value = Cluster> {
    (
        vec(of(of(one(&ENVS))), NAMESPACES.len()),
        vec(workload(), 1..6),
        vec(policy(), 0..5),
        vec(service(), 0..4),
    )
        .prop_map(|(namespaces, workloads, policies, services)| Cluster {
            namespaces,
            workloads,
            policies,
            services,
        })
}

fn protocol(udp: bool) -> &'static str {
    if udp { "UDP" } else { "TCP" }
}

fn selector(asked: &[Asked]) -> Value {
    let expression = |it: &Asked| match it.values.as_slice() {
        [] => json!({ "key": it.key, "operator": it.operator }),
        values => json!({ "key": it.key, "operator": it.operator, "values": values }),
    };
    match asked {
        // The short form, where it says the same.
        [it] if it.operator == "In" && it.values.len() == 1 => {
            json!({ "matchLabels": { it.key: it.values[0] } })
        }
        _ => json!({ "matchExpressions": asked.iter().map(expression).collect::<Vec<_>>() }),
    }
}

fn peer_json(peer: &Peer) -> Value {
    let address = |start: &[u8]| {
        let mut numbers = [0_u8; 4];
        numbers[..start.len()].copy_from_slice(start);
        let [a, b, c, d] = numbers;
        format!("{a}.{b}.{c}.{d}/{}", 8 * start.len())
    };
    match peer {
        Peer::Own(pods) => json!({ "podSelector": selector(pods) }),
        Peer::There(there, None) => json!({ "namespaceSelector": selector(there) }),
        Peer::There(there, Some(pods)) => {
            json!({ "namespaceSelector": selector(there), "podSelector": selector(pods) })
        }
        Peer::Block(start, None) => json!({ "ipBlock": { "cidr": address(start) } }),
        Peer::Block(start, Some(not)) => {
            let except = [start.as_slice(), &[*not]].concat();
            json!({ "ipBlock": { "cidr": address(start), "except": [address(&except)] } })
        }
    }
}

fn rules(rules: &[Rule], key: &str) -> Value {
    let port = |(port, udp): &(Port, bool)| {
        let protocol = protocol(*udp);
        match port {
            Port::All => json!({ "protocol": protocol }),
            Port::Number(it, None) if !udp => json!({ "port": it }),
            Port::Number(it, None) => json!({ "port": it, "protocol": protocol }),
            Port::Number(it, Some(end)) => {
                json!({ "port": it, "endPort": end, "protocol": protocol })
            }
            Port::Name(it) => json!({ "port": it, "protocol": protocol }),
        }
    };
    let rule = |it: &Rule| {
        let peers: Vec<Value> = it.peers.iter().map(peer_json).collect();
        json!({ key: peers, "ports": it.ports.iter().map(port).collect::<Vec<_>>() })
    };
    rules.iter().map(rule).collect()
}

impl Cluster {
    /// The cluster as a text of manifests: a list of objects as JSON, which is YAML.
    pub(crate) fn text(&self) -> String {
        let mut items = Vec::new();
        for (name, env) in NAMESPACES.iter().zip(&self.namespaces) {
            let labels = match env {
                None => continue,
                Some(None) => json!({}),
                Some(Some(env)) => json!({ "env": env }),
            };
            let metadata = json!({ "name": name, "labels": labels });
            items.push(json!({ "apiVersion": "v1", "kind": "Namespace", "metadata": metadata }));
        }
        for (at, it) in self.workloads.iter().enumerate() {
            let mut labels = json!({ "app": it.app });
            if let Some(tier) = it.tier {
                labels["tier"] = json!(tier);
            }
            let port = |(name, number, udp): &(Option<&str>, u16, bool)| {
                let mut port = json!({ "containerPort": number, "protocol": protocol(*udp) });
                if let Some(name) = name {
                    port["name"] = json!(name);
                }
                port
            };
            let ports: Vec<Value> = it.ports.iter().map(port).collect();
            items.push(json!({
                "apiVersion": "apps/v1",
                "kind": "Deployment",
                "metadata": { "name": format!("w{at}"), "namespace": it.namespace },
                "spec": { "template": {
                    "metadata": { "labels": labels },
                    "spec": { "hostNetwork": it.on_node, "containers": [{ "name": "main", "ports": ports }] },
                } },
            }));
        }
        for (at, it) in self.policies.iter().enumerate() {
            let mut spec = json!({
                "podSelector": selector(&it.selector),
                "ingress": rules(&it.ingress, "from"),
                "egress": rules(&it.egress, "to"),
            });
            let types: Vec<&str> = [("Ingress", it.types.0), ("Egress", it.types.1)]
                .iter()
                .filter_map(|(name, written)| written.then_some(*name))
                .collect();
            if !types.is_empty() {
                spec["policyTypes"] = json!(types);
            }
            items.push(json!({
                "apiVersion": "networking.k8s.io/v1",
                "kind": "NetworkPolicy",
                "metadata": { "name": format!("n{at}"), "namespace": it.namespace },
                "spec": spec,
            }));
        }
        for (at, it) in self.services.iter().enumerate() {
            let mut labels = json!({ "app": it.app });
            if let Some(tier) = it.tier {
                labels["tier"] = json!(tier);
            }
            let port = |(at, (number, target, udp)): (usize, &(u16, Result<u16, &str>, bool))| {
                let target = target.map_or_else(|name| json!(name), |number| json!(number));
                json!({ "name": format!("p{at}"), "port": number, "targetPort": target, "protocol": protocol(*udp) })
            };
            let ports: Vec<Value> = it.ports.iter().enumerate().map(port).collect();
            let metadata = json!({ "name": format!("s{at}"), "namespace": it.namespace });
            let spec = json!({ "selector": labels, "ports": ports });
            items.push(json!({ "apiVersion": "v1", "kind": "Service", "metadata": metadata, "spec": spec }));
            for (port, _) in it.ports.iter().enumerate() {
                let service =
                    json!({ "name": format!("s{at}"), "port": { "name": format!("p{port}") } });
                let path = json!({ "path": format!("/{at}/{port}"), "pathType": "Exact", "backend": { "service": service } });
                let metadata =
                    json!({ "name": format!("i{at}-{port}"), "namespace": it.namespace });
                let spec = json!({ "rules": [{ "http": { "paths": [path] } }] });
                items.push(json!({
                    "apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": metadata, "spec": spec,
                }));
            }
        }
        json!({ "apiVersion": "v1", "kind": "List", "items": items }).to_string()
    }
}
