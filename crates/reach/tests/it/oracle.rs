//! A second answer to who may talk to whom, small and slow: everything is tried out.
//!
//! Where a namespace is not among the objects, every label that it may have is tried; where nobody in particular talks,
//! everybody is.

use tidegate_reach::Verdict;

use crate::generated::{
    APPS, Asked, Cluster, ENVS, NAMESPACES, Peer, Policy, Port, Rule, TIERS, Workload,
};

/// Who talks, or is talked to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Other {
    Workload(usize),
    Address([u8; 4]),
    Anyone,
}

/// A pod as labels: those of the pod, the name and the label `env` of its namespace.
#[derive(Clone, Copy)]
struct Seen {
    namespace: &'static str,
    env: Option<&'static str>,
    app: Option<&'static str>,
    tier: Option<&'static str>,
}

/// How often something is so among the cases that were tried.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Often {
    Never,
    Sometimes,
    Always,
}

fn often(cases: impl Iterator<Item = bool>) -> Often {
    let cases: Vec<bool> = cases.collect();
    match (cases.iter().any(|it| *it), cases.iter().all(|it| *it)) {
        (false, _) => Often::Never,
        (true, true) => Often::Always,
        (true, false) => Often::Sometimes,
    }
}

fn fulfils(asked: &Asked, value: Option<&str>) -> bool {
    let named = value.is_some_and(|value| asked.values.contains(&value));
    match asked.operator {
        "In" => named,
        "NotIn" => !named,
        "Exists" => value.is_some(),
        _ => value.is_none(),
    }
}

fn chosen(asked: &[Asked], seen: Seen) -> bool {
    asked.iter().all(|it| {
        let value = match it.key {
            "app" => seen.app,
            "tier" => seen.tier,
            "env" => seen.env,
            _ => Some(seen.namespace),
        };
        fulfils(it, value)
    })
}

/// Every way in which a workload may be seen.
fn views(cluster: &Cluster, it: &Workload) -> Vec<Seen> {
    let at = NAMESPACES.iter().position(|name| *name == it.namespace).expect("a known namespace");
    let seen = |env| Seen { namespace: it.namespace, env, app: Some(it.app), tier: it.tier };
    match cluster.namespaces[at] {
        Some(env) => vec![seen(env)],
        None => [None, Some("other")].into_iter().chain(ENVS.map(Some)).map(seen).collect(),
    }
}

/// Every pod that there may be anywhere.
fn everybody() -> Vec<Seen> {
    let apps = [None, Some("other")].into_iter().chain(APPS.map(Some));
    let apps: Vec<_> = apps.collect();
    let tiers: Vec<_> = [None, Some("other")].into_iter().chain(TIERS.map(Some)).collect();
    let envs: Vec<_> = [None, Some("other")].into_iter().chain(ENVS.map(Some)).collect();
    let mut all = Vec::new();
    for namespace in NAMESPACES.into_iter().chain(["other"]) {
        for env in &envs {
            for app in &apps {
                for tier in &tiers {
                    all.push(Seen { namespace, env: *env, app: *app, tier: *tier });
                }
            }
        }
    }
    all
}

fn lets_peer(cluster: &Cluster, policy: &Policy, peer: &Peer, other: Other) -> Often {
    let sees = |seen: Seen| match peer {
        Peer::Own(pods) => seen.namespace == policy.namespace && chosen(pods, seen),
        Peer::There(there, pods) => {
            chosen(there, seen) && pods.as_ref().is_none_or(|it| chosen(it, seen))
        }
        Peer::Block(..) => false,
    };
    match (peer, other) {
        (Peer::Block(start, not), Other::Address(address)) => {
            let inside = address.starts_with(start);
            let out = not.is_some_and(|it| address[start.len()] == it);
            often([inside && !out].into_iter())
        }
        (Peer::Block(..), _) => Often::Sometimes,
        (_, Other::Address(_)) => Often::Never,
        (_, Other::Workload(at)) => {
            let it = &cluster.workloads[at];
            let how = often(views(cluster, it).into_iter().map(sees));
            // Who talks from a node is perhaps seen as the node.
            if it.on_node && how == Often::Always { Often::Sometimes } else { how }
        }
        (_, Other::Anyone) => {
            if everybody().into_iter().any(sees) {
                Often::Sometimes
            } else {
                Often::Never
            }
        }
    }
}

fn lets(
    cluster: &Cluster,
    policy: &Policy,
    rule: &Rule,
    other: Other,
    listener: Other,
    (port, udp): (u16, bool),
) -> Often {
    let names = |it: &(Port, bool)| {
        if it.1 != udp {
            return Often::Never;
        }
        match (&it.0, listener) {
            (Port::All, _) => Often::Always,
            (Port::Number(first, end), _) => {
                often([port >= *first && port <= end.unwrap_or(*first)].into_iter())
            }
            (Port::Name(name), Other::Workload(at)) => {
                let declared = &cluster.workloads[at].ports;
                often([declared.contains(&(Some(*name), port, udp))].into_iter())
            }
            (Port::Name(_), Other::Address(_)) => Often::Never,
            (Port::Name(_), Other::Anyone) => Often::Sometimes,
        }
    };
    let best = |all: Vec<Often>| {
        all.into_iter().fold(Often::Never, |best, it| if it > best { it } else { best })
    };
    let ports = match rule.ports.as_slice() {
        [] => Often::Always,
        ports => best(ports.iter().map(names).collect()),
    };
    let peers = match rule.peers.as_slice() {
        [] => Often::Always,
        peers => best(peers.iter().map(|it| lets_peer(cluster, policy, it, other)).collect()),
    };
    if ports < peers { ports } else { peers }
}

/// One direction: what the policies of `own` say of `other`.
fn one_way(cluster: &Cluster, own: usize, other: Other, into: bool, port: (u16, bool)) -> Verdict {
    let it = &cluster.workloads[own];
    let seen = views(cluster, it)[0];
    let mut closed = false;
    let mut open = Often::Never;
    for policy in &cluster.policies {
        let typed = policy.types.0 || policy.types.1;
        let takes_part = match (into, typed) {
            (true, true) => policy.types.0,
            (true, false) => true,
            (false, true) => policy.types.1,
            (false, false) => !policy.egress.is_empty(),
        };
        if policy.namespace != it.namespace || !chosen(&policy.selector, seen) || !takes_part {
            continue;
        }
        closed = true;
        let rules = if into { &policy.ingress } else { &policy.egress };
        let listener = if into { Other::Workload(own) } else { other };
        for rule in rules {
            let lets = lets(cluster, policy, rule, other, listener, port);
            if lets > open {
                open = lets;
            }
        }
    }
    let node = |it: Other| matches!(it, Other::Workload(at) if cluster.workloads[at].on_node);
    match open {
        _ if !closed => Verdict::Allowed,
        Often::Always => Verdict::Allowed,
        Often::Sometimes => Verdict::Depends,
        Often::Never if node(other) || node(Other::Workload(own)) => Verdict::Depends,
        Often::Never => Verdict::Denied,
    }
}

/// Whether `from` may talk to a port of `to`.
pub(crate) fn may_talk(cluster: &Cluster, from: Other, to: Other, port: (u16, bool)) -> Verdict {
    let out = match from {
        Other::Workload(own) => one_way(cluster, own, to, false, port),
        _ => Verdict::Allowed,
    };
    let into = match to {
        Other::Workload(own) => one_way(cluster, own, from, true, port),
        _ => Verdict::Allowed,
    };
    match (out, into) {
        (Verdict::Denied, _) | (_, Verdict::Denied) => Verdict::Denied,
        (Verdict::Depends, _) | (_, Verdict::Depends) => Verdict::Depends,
        _ => Verdict::Allowed,
    }
}

/// The workloads that a Service chooses.
pub(crate) fn behind(cluster: &Cluster, service: usize) -> Vec<usize> {
    let service = &cluster.services[service];
    let is_chosen = |it: &Workload| {
        it.namespace == service.namespace
            && it.app == service.app
            && (service.tier.is_none() || it.tier == service.tier)
    };
    (0..cluster.workloads.len()).filter(|at| is_chosen(&cluster.workloads[*at])).collect()
}

/// The ports of workloads behind a port of a Service.
pub(crate) fn ends(cluster: &Cluster, service: usize, port: usize) -> Vec<(usize, u16)> {
    let (_, target, udp) = cluster.services[service].ports[port];
    let mut ends = Vec::new();
    for at in behind(cluster, service) {
        match target {
            Ok(number) => ends.push((at, number)),
            Err(name) => {
                let declared = &cluster.workloads[at].ports;
                let named = declared.iter().find(|it| it.0 == Some(name) && it.2 == udp);
                ends.extend(named.map(|it| (at, it.1)));
            }
        }
    }
    ends
}
