use tidegate_object::{Identity, Node, Object};
use tidegate_source::Mark;

use super::{Cidr, Direction, IpBlock, Policy, PolicyPeer, PolicyPort, Rule};
use crate::port::{self, PortRef, Protocol};
use crate::read;
use crate::selector::Selector;

type Mistakes = Vec<(Mark, String, &'static str)>;

impl Policy {
    /// Whether an object is a policy of Kubernetes itself.
    pub(crate) fn is_policy(object: &Object) -> bool {
        matches!(object.group(), "networking.k8s.io" | "extensions")
            && object.kind() == "NetworkPolicy"
    }

    /// Reads a policy; which pods it chooses is found out later.
    pub(crate) fn read(object: &Object, namespace: &str) -> Self {
        let empty = Node::default();
        let spec = object.at(&["spec"]).unwrap_or(&empty);
        let mut mistakes = Vec::new();
        let types: Vec<&str> =
            read::list(spec, "policyTypes").iter().filter_map(Node::as_str).collect();
        let mut ignored = Vec::new();
        let mut of = |direction: Direction| {
            let (name, key, peers) = match direction {
                Direction::Ingress => ("Ingress", "ingress", "from"),
                Direction::Egress => ("Egress", "egress", "to"),
            };
            let written = read::list(spec, key);
            let meant = if types.is_empty() {
                direction == Direction::Ingress || !written.is_empty()
            } else {
                types.contains(&name)
            };
            if !meant && let Some(first) = written.first() {
                ignored.push((direction, first.mark));
            }
            meant.then(|| {
                written.iter().map(|it| rule(it, peers, &mut mistakes)).collect::<Vec<_>>()
            })
        };
        let (ingress, egress) = (of(Direction::Ingress), of(Direction::Egress));
        let selector = read::present(spec, "podSelector");
        let labels = selector.and_then(|it| it.get("matchLabels"));
        Self {
            identity: Identity { namespace: namespace.to_owned(), ..object.identity() },
            mark: object.at(&["metadata", "name"]).map_or(object.mark(), |it| it.mark),
            selector: selector.map(Selector::read).unwrap_or_default(),
            selector_mark: selector.map_or(spec.mark, |it| it.mark),
            selector_marks: labels.map(read::marks).unwrap_or_default(),
            ingress,
            egress,
            pods: Vec::new(),
            chosen: Vec::new(),
            ignored,
            mistakes,
        }
    }
}

fn rule(node: &Node, key: &str, mistakes: &mut Mistakes) -> Rule {
    let peers = read::list(node, key);
    let ports = read::list(node, "ports");
    Rule {
        peers: (!peers.is_empty())
            .then(|| peers.iter().filter_map(|it| peer(it, mistakes)).collect()),
        ports: (!ports.is_empty())
            .then(|| ports.iter().filter_map(|it| policy_port(it, mistakes)).collect()),
        mark: node.mark,
    }
}

/// Source: Kubernetes `pkg/apis/networking/validation/validation.go`, `ValidateNetworkPolicyPeer`, `ValidateIPBlock`.
fn peer(node: &Node, mistakes: &mut Mistakes) -> Option<PolicyPeer> {
    // An empty selector is there; `null` is not.
    let pods = read::present(node, "podSelector");
    let namespaces = read::present(node, "namespaceSelector");
    let Some(block) = read::present(node, "ipBlock") else {
        if pods.is_none() && namespaces.is_none() {
            mistakes.push((
                node.mark,
                "a peer names neither pods nor addresses".to_owned(),
                "leave the list of peers out to mean everybody",
            ));
            return None;
        }
        return Some(PolicyPeer::Pods {
            namespaces: namespaces.map(Selector::read),
            pods: pods.map(Selector::read).unwrap_or_default(),
            mark: node.mark,
        });
    };
    if pods.is_some() || namespaces.is_some() {
        mistakes.push((
            block.mark,
            "a peer names both pods and addresses".to_owned(),
            "write two peers, one behind the other",
        ));
        return None;
    }
    let mut range = |node: &Node| {
        let text = node.as_str().unwrap_or_default();
        let range = text.parse::<Cidr>();
        if let Err(error) = range {
            let message = format!("`{text}` is no range of addresses: {error}");
            mistakes.push((node.mark, message, "write a range such as 10.0.0.0/8"));
        }
        range.ok()
    };
    let cidr = range(block.get("cidr").unwrap_or(block))?;
    let excepted = read::list(block, "except");
    let mut except = Vec::new();
    for node in excepted {
        if let Some(it) = range(node) {
            except.push((node.mark, it));
        }
    }
    for (mark, _) in except.iter().filter(|(_, it)| !cidr.holds_strictly(*it)) {
        let message = format!("the exception does not lie in {cidr}, or is all of it");
        mistakes.push((*mark, message, "except a smaller range of the block"));
    }
    let except = except.into_iter().map(|(_, it)| it).collect();
    Some(PolicyPeer::Addresses(IpBlock { cidr, except }))
}

/// Source: Kubernetes `pkg/apis/networking/validation/validation.go`, `ValidateNetworkPolicyPort`.
fn policy_port(node: &Node, mistakes: &mut Mistakes) -> Option<PolicyPort> {
    let mut mistake = |mark: Mark, message: &str, help: &'static str| {
        mistakes.push((mark, message.to_owned(), help));
    };
    let Some(protocol) = Protocol::of(node) else {
        mistake(
            read::mark(node, "protocol"),
            "this protocol does not exist",
            "write TCP, UDP or SCTP",
        );
        return None;
    };
    let written = read::present(node, "port");
    let port = match written.map(PortRef::read) {
        Some(None) => {
            let mark = read::mark(node, "port");
            mistake(mark, "a port is a number from 1 to 65535, or a name", "write the pod's port");
            return None;
        }
        port => port.flatten(),
    };
    let last = read::present(node, "endPort");
    let end = last.and_then(port::number);
    if let Some(last) = last {
        let fits =
            matches!((&port, end), (Some(PortRef::Number(first)), Some(end)) if *first <= end);
        if !fits {
            let message = "`endPort` ends no range: `port` has to be a number that is not above it";
            mistake(last.mark, message, "write the first port of the range as a number");
            return None;
        }
    }
    let mark = written.map_or(node.mark, |it| it.mark);
    Some(PolicyPort { protocol, port, end, mark })
}
