use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

use super::{Direction, Policy, PolicyPeer, PolicyPort, Rule};
use crate::pods::Pods;
use crate::port::{PortRef, Protocol};
use crate::selector::Label;
use crate::verdict::{Match, Verdict};

/// The label that every namespace has: its name.
///
/// Source: Kubernetes `staging/src/k8s.io/api/core/v1/types.go`, `LabelMetadataName`.
const NAME: &str = "kubernetes.io/metadata.name";

/// One end of a connection.
///
/// ```
/// use tidegate_reach::{Network, Peer, Protocol, Verdict};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let network = Network::of(&objects(
///     "{apiVersion: v1, kind: Pod, metadata: {name: web, namespace: tomoda}, spec: {containers: [{name: web}]}}
/// ---
/// {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: web, namespace: tomoda},
///   spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}}",
/// ));
/// let from = |peer| network.may_talk(peer, Peer::Pods(0), 80, Protocol::Tcp);
/// assert_eq!(from(Peer::Address([10, 0, 4, 7].into())), Verdict::Allowed);
/// assert_eq!(from(Peer::Address([192, 0, 2, 1].into())), Verdict::Denied);
/// assert_eq!(from(Peer::Anyone), Verdict::Depends);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Peer {
    /// Pods of the network: an index of [`Network::pods`](crate::Network::pods).
    Pods(usize),
    /// An address outside of the cluster.
    Address(IpAddr),
    /// Nobody in particular: [`Verdict::Allowed`] then means that everybody is let through, [`Verdict::Denied`] nobody,
    /// and [`Verdict::Depends`] somebody.
    Anyone,
}

/// What is known of the labels of namespaces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Namespaces {
    known: HashMap<String, BTreeMap<String, String>>,
}

impl Namespaces {
    pub(crate) fn insert(&mut self, name: &str, labels: BTreeMap<String, String>) {
        self.known.insert(name.to_owned(), labels);
    }

    fn label<'l>(&'l self, namespace: &'l str, key: &str) -> Label<'l> {
        if key == NAME {
            return if namespace.is_empty() { Label::Present } else { Label::Is(namespace) };
        }
        match self.known.get(namespace) {
            Some(labels) => labels.get(key).map_or(Label::Absent, |it| Label::Is(it)),
            None => Label::Open,
        }
    }
}

/// A question to the policies of one set of pods.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    pub(crate) direction: Direction,
    /// The pods whose policies are asked.
    pub(crate) own: usize,
    /// Who is at the other end.
    pub(crate) other: Peer,
    pub(crate) port: u16,
    pub(crate) protocol: Protocol,
}

/// Everything that policies are decided by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Answer<'n> {
    pub(crate) pods: &'n [Pods],
    pub(crate) policies: &'n [Policy],
    /// Of each set of pods, the policies that choose it, and whether they certainly do.
    pub(crate) of: &'n [Vec<(usize, Match)>],
    pub(crate) namespaces: &'n Namespaces,
}

impl Answer<'_> {
    /// Decides one direction of a connection.
    ///
    /// Pods that no policy chooses for the direction are open; of those that do, one rule of one policy is enough.
    /// Of a template whose pods a policy may choose or not, every case has to agree.
    ///
    /// Source: Kubernetes `staging/src/k8s.io/api/networking/v1/types.go`, `NetworkPolicySpec`.
    pub(crate) fn verdict(self, way: Way) -> Verdict {
        let mut certain: Option<Match> = None;
        let mut possible: Option<(Match, Match)> = None;
        for (at, chosen) in &self.of[way.own] {
            let policy = &self.policies[*at];
            let Some(rules) = policy.rules(way.direction) else { continue };
            let open = rules.iter().map(|it| self.rule(policy, it, way));
            let open = open.fold(Match::No, Match::or);
            if *chosen == Match::Yes {
                certain = Some(certain.unwrap_or(Match::No).or(open));
            } else {
                let (least, most) = possible.unwrap_or((open, open));
                possible = Some((least.and(open), most.or(open)));
            }
        }
        let open = match (certain, possible) {
            (None, None | Some((Match::Yes, _))) | (Some(Match::Yes), _) => Match::Yes,
            (Some(certain), None) => certain,
            (Some(Match::No), Some((_, Match::No))) => Match::No,
            (Some(_) | None, Some(_)) => Match::Maybe,
        };
        match open {
            Match::Yes => Verdict::Allowed,
            // What a policy does to pods in the network of their node is left to its implementation, and a pod may
            // always talk to its own node.
            Match::No if self.on_node(Peer::Pods(way.own)) || self.on_node(way.other) => {
                Verdict::Depends
            }
            Match::No => Verdict::Denied,
            Match::Maybe => Verdict::Depends,
        }
    }

    fn on_node(self, peer: Peer) -> bool {
        matches!(peer, Peer::Pods(at) if self.pods[at].host_network)
    }

    /// Whether a rule lets a connection through.
    pub(crate) fn rule(self, policy: &Policy, rule: &Rule, way: Way) -> Match {
        let port = self.ports(rule, way);
        if port == Match::No {
            return port;
        }
        let Some(peers) = &rule.peers else { return port };
        let peers = peers.iter().map(|it| self.peer(policy, it, way.other));
        port.and(peers.fold(Match::No, Match::or))
    }

    /// Whether a rule names the port of a connection.
    pub(crate) fn ports(self, rule: &Rule, way: Way) -> Match {
        let Some(ports) = &rule.ports else { return Match::Yes };
        ports.iter().map(|it| self.port(it, way)).fold(Match::No, Match::or)
    }

    fn port(self, port: &PolicyPort, way: Way) -> Match {
        if port.protocol != way.protocol {
            return Match::No;
        }
        let asked = match way.direction {
            Direction::Ingress => Peer::Pods(way.own),
            Direction::Egress => way.other,
        };
        match (&port.port, asked) {
            (None, _) => Match::Yes,
            (Some(PortRef::Number(first)), _) => {
                (*first..=port.end.unwrap_or(*first)).contains(&way.port).into()
            }
            (Some(PortRef::Name(name)), Peer::Pods(at)) => {
                let is = |it: &crate::port::ContainerPort| {
                    it.name == *name && it.protocol == way.protocol && it.number == way.port
                };
                self.pods[at].ports.iter().any(is).into()
            }
            (Some(PortRef::Name(_)), Peer::Address(_)) => Match::No,
            (Some(PortRef::Name(_)), Peer::Anyone) => Match::Maybe,
        }
    }

    fn peer(self, policy: &Policy, peer: &PolicyPeer, other: Peer) -> Match {
        let own = policy.identity.namespace.as_str();
        match (peer, other) {
            (PolicyPeer::Addresses(block), Peer::Address(address)) => {
                block.contains(address).into()
            }
            // The address of a pod is not known, and not every network shows it.
            (PolicyPeer::Addresses(_), _) => Match::Maybe,
            (PolicyPeer::Pods { .. }, Peer::Address(_)) => Match::No,
            (PolicyPeer::Pods { namespaces, pods, .. }, Peer::Anyone) => {
                let namespaces = namespaces.as_ref().map_or(Match::Maybe, |it| {
                    it.holds(|key| if key == NAME { Label::Present } else { Label::Open })
                });
                namespaces.and(pods.holds(|_| Label::Open)).and(Match::Maybe)
            }
            (PolicyPeer::Pods { namespaces, pods, .. }, Peer::Pods(at)) => {
                let talker = &self.pods[at];
                let theirs = talker.identity.namespace.as_str();
                let there = match namespaces {
                    Some(selector) => selector.holds(|key| self.namespaces.label(theirs, key)),
                    None if own == theirs => Match::Yes,
                    None if own.is_empty() || theirs.is_empty() => Match::Maybe,
                    None => Match::No,
                };
                let chosen = there.and(talker.chosen_by(pods));
                if talker.host_network { chosen.and(Match::Maybe) } else { chosen }
            }
        }
    }
}
