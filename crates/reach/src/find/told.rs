//! How things are called in messages.

use crate::pods::Pods;
use crate::policy::{Policy, PolicyPeer, Rule};

/// `a`, `a and b`, `a, b and c`, `a, b, c and 4 more`.
pub(super) fn and(parts: &[String]) -> String {
    const SHOWN: usize = 3;
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [start @ .., last] if parts.len() <= SHOWN => format!("{} and {last}", start.join(", ")),
        _ => format!("{} and {} more", parts[..SHOWN].join(", "), parts.len() - SHOWN),
    }
}

/// The workloads of pods, each once.
pub(super) fn pods<'n>(all: impl Iterator<Item = &'n Pods>) -> String {
    let mut called: Vec<String> = Vec::new();
    for it in all.map(Pods::called) {
        if !called.contains(&it) {
            called.push(it);
        }
    }
    and(&called)
}

/// The peers of a rule in words.
pub(super) fn peers(policy: &Policy, rule: &Rule) -> Vec<String> {
    let namespace = policy.identity.namespace.as_str();
    let told = |peer: &PolicyPeer| match peer {
        PolicyPeer::Addresses(block) if block.except.is_empty() => {
            format!("addresses in {}", block.cidr)
        }
        PolicyPeer::Addresses(block) => {
            let except: Vec<String> = block.except.iter().map(ToString::to_string).collect();
            format!("addresses in {} but {}", block.cidr, and(&except))
        }
        PolicyPeer::Pods { namespaces, pods, .. } => {
            let who = if pods.is_empty() { "pods".to_owned() } else { format!("pods with {pods}") };
            match namespaces {
                None if namespace.is_empty() => format!("{who} of the same namespace"),
                None => format!("{who} of namespace `{namespace}`"),
                Some(all) if all.is_empty() => format!("{who} of every namespace"),
                Some(some) => format!("{who} of namespaces with {some}"),
            }
        }
    };
    rule.peers.iter().flatten().map(told).collect()
}

/// `port 80` or `port http`, for help.
pub(super) fn numbers(ports: &[u16]) -> String {
    let mut ports = ports.to_vec();
    ports.sort_unstable();
    ports.dedup();
    and(&ports.iter().map(u16::to_string).collect::<Vec<_>>())
}
