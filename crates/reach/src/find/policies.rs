//! Policies by themselves: whom they choose, whom they mean, which ports they name.

use std::collections::BTreeMap;

use tidegate_source::{Diagnostic, Label};

use super::near::Chooser;
use super::{Find, remark, softened, told};
use crate::policy::{Direction, Peer, Policy, PolicyPeer, PolicyPort, Rule};
use crate::port::{PortRef, Protocol};
use crate::verdict::Verdict;

/// Where names are asked for; the second is the port of the pods in `OpenShift`.
const DNS: [u16; 2] = [53, 5353];

impl Find<'_> {
    pub(super) fn policies(&mut self) {
        for policy in &self.network.policies {
            self.refused(policy);
            self.chooses(policy);
            for direction in [Direction::Ingress, Direction::Egress] {
                for rule in policy.rules(direction).unwrap_or_default() {
                    self.peers(policy, rule);
                    self.rule_ports(policy, rule, direction);
                }
            }
        }
        self.dns();
    }

    fn refused(&mut self, policy: &Policy) {
        for (mark, message, help) in &policy.mistakes {
            let message = format!("the API server refuses {}: {message}", called(policy));
            self.push(
                Diagnostic::error("policy-malformed", message)
                    .at(Label::new(*mark, ""))
                    .help(*help),
            );
        }
        for (direction, mark) in &policy.ignored {
            let (own, key) = match direction {
                Direction::Ingress => ("Ingress", "ingress"),
                Direction::Egress => ("Egress", "egress"),
            };
            let message = format!(
                "rules under `{key}` of {} have no effect: its types leave {own} out",
                called(policy)
            );
            let finding =
                Diagnostic::warning("policy-rules-ignored", message).at(Label::new(*mark, ""));
            self.push(finding.help(format!("add {own} to policyTypes, or remove the rules")));
        }
    }

    fn chooses(&mut self, policy: &Policy) {
        if !policy.pods.is_empty() || policy.selector.is_empty() {
            return;
        }
        let namespace = &policy.identity.namespace;
        let message =
            format!("{} chooses no pod: none has the labels {}", called(policy), policy.selector);
        let finding = Diagnostic::warning("policy-selects-nothing", message);
        let (mark, marks) = (policy.selector_mark, &policy.selector_marks);
        let chooser = Chooser { namespace, selector: &policy.selector, mark, marks };
        let finding = self.with_near_miss(finding, chooser);
        let name = &policy.identity.name;
        let why = self.pods_elsewhere(namespace, name, &policy.selector, None);
        self.push(softened(finding, why));
    }

    fn peers(&mut self, policy: &Policy, rule: &Rule) {
        let namespace = &policy.identity.namespace;
        for peer in rule.peers.iter().flatten() {
            let PolicyPeer::Pods { namespaces: None, pods, mark } = peer else { continue };
            let chosen = self.index.chosen(namespace, pods);
            if pods.is_empty()
                || !chosen.is_empty()
                || self.pods_elsewhere(namespace, "", pods, None).is_some()
            {
                continue;
            }
            let message = format!(
                "a rule of {} is for pods with {pods}, and no pod of its namespace has them",
                called(policy)
            );
            let finding = remark("policy-peer-selects-nothing", message).at(Label::new(*mark, ""));
            self.push(
                finding.help("for pods of other namespaces write a namespaceSelector beside it"),
            );
        }
    }

    /// The pods whose ports a rule names: those that the policy chooses, or those that it lets them talk to.
    fn talked_to(&self, policy: &Policy, rule: &Rule, direction: Direction) -> Vec<usize> {
        if direction == Direction::Ingress {
            return policy.pods.clone();
        }
        let mut all = Vec::new();
        for peer in rule.peers.iter().flatten() {
            let PolicyPeer::Pods { namespaces: None, pods, .. } = peer else { return Vec::new() };
            if pods.is_empty() {
                return Vec::new();
            }
            let chosen = self.index.chosen(&policy.identity.namespace, pods);
            all.extend(chosen.into_iter().map(|(at, _)| at));
        }
        all
    }

    fn rule_ports(&mut self, policy: &Policy, rule: &Rule, direction: Direction) {
        let Some(ports) = &rule.ports else { return };
        let talked_to = self.talked_to(policy, rule, direction);
        let is_custom = |at: &usize| self.network.pods[*at].is_custom();
        if talked_to.is_empty() || talked_to.iter().any(is_custom) {
            return;
        }
        for port in ports {
            match &port.port {
                Some(PortRef::Number(number)) if port.end.is_none() => {
                    self.rule_number(policy, rule, port, *number, &talked_to);
                }
                Some(PortRef::Name(name)) => self.rule_name(policy, port, name, &talked_to),
                _ => {}
            }
        }
    }

    /// A number that is the Service's, where the pods listen on another one.
    ///
    /// Source: Kubernetes documentation, *Network Policies*, *Targeting a range of ports*, and the API's
    /// `NetworkPolicyPort.port`: the port is that of the pod; a Service's is translated before.
    fn rule_number(
        &mut self,
        policy: &Policy,
        rule: &Rule,
        port: &PolicyPort,
        number: u16,
        talked_to: &[usize],
    ) {
        let network = self.network;
        let mut meant = None;
        for at in talked_to {
            let pods = &network.pods[*at];
            let declares =
                |it: &crate::ContainerPort| it.number == number && it.protocol == port.protocol;
            let services = &self.services_of[*at];
            if pods.ports.iter().any(declares) || (services.is_empty() && pods.ports.is_empty()) {
                return;
            }
            for service in services.iter().map(|it| &network.services[*it]) {
                for it in service.ports.iter().filter(|it| it.protocol == port.protocol) {
                    let Some(target) = pods.find_port(&it.target, it.protocol) else { continue };
                    if target == number {
                        return;
                    }
                    if it.number == number {
                        meant.get_or_insert((service, it, *at, target));
                    }
                }
            }
        }
        let Some((service, service_port, at, target)) = meant else { return };
        let covers = |it: &PolicyPort| {
            it.protocol == port.protocol
                && match &it.port {
                    None => true,
                    Some(PortRef::Number(first)) => {
                        (*first..=it.end.unwrap_or(*first)).contains(&target)
                    }
                    Some(named) => network.pods[at].find_port(named, it.protocol) == Some(target),
                }
        };
        if rule.ports.iter().flatten().any(covers) {
            return;
        }
        let message = format!(
            "a rule of {} opens port {number}, which is the port of {}: pods of {} listen on {target}",
            called(policy),
            service.called(),
            network.pods[at].called()
        );
        let finding =
            Diagnostic::warning("policy-service-port", message).at(Label::new(port.mark, ""));
        let finding = finding.at(Label::new(service_port.target_mark, "translated here"));
        self.push(finding.help(format!("write port {target}: policies see the port of the pod")));
    }

    fn rule_name(&mut self, policy: &Policy, port: &PolicyPort, name: &str, talked_to: &[usize]) {
        let pods = || talked_to.iter().map(|at| &self.network.pods[*at]);
        let named = PortRef::Name(name.to_owned());
        if pods().any(|it| it.find_port(&named, port.protocol).is_some()) {
            return;
        }
        let message = format!(
            "a rule of {} opens port `{name}`, which no container of {} declares for {}: it opens nothing",
            called(policy),
            told::pods(pods()),
            port.protocol
        );
        let mut finding =
            Diagnostic::warning("policy-port-unknown", message).at(Label::new(port.mark, ""));
        let services = talked_to.iter().flat_map(|at| &self.services_of[*at]);
        let services = services.map(|at| &self.network.services[*at]);
        let by_service = services.flat_map(|it| &it.ports);
        let by_service = by_service
            .filter(|it| it.protocol == port.protocol)
            .find(|it| it.name == name && it.target != named);
        let other = pods().flat_map(|it| &it.ports).find(|it| it.name == name);
        if let Some(it) = other {
            finding = finding.at(Label::new(it.mark, "declared here"));
            finding = finding.help(format!("write `protocol: {}`", it.protocol));
        } else if let Some(it) = by_service {
            finding = finding.at(Label::new(it.mark, "a port of the Service has this name"));
            finding =
                finding.help(format!("write the pods' port, {}: policies see that one", it.target));
        } else if let Some(number) = named.quoted_number() {
            finding = finding.help(format!("a number in quotes is a name: write {number}"));
        } else {
            finding = finding.help("declare the port in the container, or write its number");
        }
        self.push(finding);
    }

    /// Pods that may talk to others but not ask for their addresses.
    fn dns(&mut self) {
        let mut same: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for (at, pods) in self.network.pods.iter().enumerate() {
            let policies = self.policies_of(at, Direction::Egress);
            let talks = |policy: &usize| {
                let rules = self.network.policies[*policy].egress.iter().flatten();
                let mut peers = rules.map(|it| it.peers.as_ref());
                peers.any(|it| {
                    it.is_none_or(|it| it.iter().any(|it| matches!(it, PolicyPeer::Pods { .. })))
                })
            };
            let asks = |port: u16| {
                self.one_way(Direction::Egress, at, Peer::Anyone, port, Protocol::Udp)
                    != Verdict::Denied
            };
            if !pods.host_network && policies.iter().any(talks) && !DNS.into_iter().any(asks) {
                same.entry(policies).or_default().push(at);
            }
        }
        for (policies, pods) in same {
            let message = format!(
                "pods of {} may talk to others, but not ask for their names: no policy opens port 53 of UDP",
                told::pods(pods.iter().map(|at| &self.network.pods[*at]))
            );
            let marks = policies.iter().map(|at| self.network.policies[*at].selector_mark);
            let finding = remark("policy-cuts-dns", message);
            let mut finding = super::at_all(finding, marks, "this policy chooses the pods");
            let by_tcp = |at: &usize| {
                self.one_way(Direction::Egress, *at, Peer::Anyone, DNS[0], Protocol::Tcp)
                    != Verdict::Denied
            };
            if pods.iter().any(by_tcp) {
                finding =
                    finding.note("port 53 is open for TCP, the protocol of a port without one");
            }
            self.push(finding.help("open port 53 for UDP and TCP to the pods that answer names"));
        }
    }
}

fn called(policy: &Policy) -> String {
    format!("NetworkPolicy `{}`", policy.identity.name)
}
