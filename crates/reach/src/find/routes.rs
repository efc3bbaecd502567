//! Ingresses, routes of the Gateway API, webhooks.

use std::collections::BTreeMap;

use tidegate_source::{Diagnostic, Label, Mark, Severity, nearest};

use super::{Find, at_all, remark, softened, told};
use crate::policy::{Direction, Peer, Way};
use crate::port::PortRef;
use crate::route::{Backend, Route, ServiceRef};
use crate::service::{Service, ServiceKind, ServicePort};
use crate::verdict::{Match, Verdict};

impl Find<'_> {
    pub(super) fn routes(&mut self) {
        let network = self.network;
        // Several paths of one object lead to one Service: told once, with all their places.
        let mut same: BTreeMap<(usize, String), Vec<&Route>> = BTreeMap::new();
        let mut first: BTreeMap<String, usize> = BTreeMap::new();
        for (at, route) in network.routes.iter().enumerate() {
            let Backend::Service(named) = &route.backend else {
                if let Backend::Malformed(why) = route.backend {
                    let message = format!("a backend of {} leads nowhere: {why}", route.called());
                    self.push(
                        Diagnostic::error("backend-malformed", message)
                            .at(Label::new(route.mark, "")),
                    );
                }
                continue;
            };
            let port = named.port.as_ref().map(ToString::to_string).unwrap_or_default();
            let key = format!("{}\n{}\n{}\n{port}", route.from, named.namespace, named.name);
            let order = *first.entry(key.clone()).or_insert(at);
            same.entry((order, key)).or_default().push(route);
        }
        for routes in same.into_values() {
            let Some(Backend::Service(named)) = routes.first().map(|it| &it.backend) else {
                continue;
            };
            match routes[0].service {
                None => self.unknown_backend(&routes, named),
                Some(at) => self.known_backend(&routes, named, at),
            }
        }
    }

    fn unknown_backend(&mut self, routes: &[&Route], named: &ServiceRef) {
        let route = routes[0];
        let message = format!(
            "{} leads to Service `{}`, which is not there",
            route.called(),
            told_name(named, &route.from.namespace)
        );
        let finding = Diagnostic::warning("backend-unknown", message);
        let mut finding = at_all(finding, marks(routes, |it| it.mark), "");
        let here = self.services_in.get(named.namespace.as_str());
        if let Some(near) = here.and_then(|it| nearest(&named.name, it.iter().copied())) {
            finding = finding.help(format!("a Service with a similar name exists: `{near}`"));
        }
        let elsewhere = self.network.services.iter().find(|it| it.identity.name == named.name);
        let is_port = |it: &ServicePort| named.port.as_ref().is_none_or(|port| it.is(port));
        let evidence = elsewhere.is_some() || self.is_meant(route, is_port);
        let mut why = self.service_elsewhere(&named.namespace, &named.name, evidence);
        if let Some(other) = elsewhere {
            let namespace = &other.identity.namespace;
            finding =
                finding.at(Label::new(other.mark, "a Service of this name, in another namespace"));
            finding = finding.help(if namespace.is_empty() || named.namespace.is_empty() {
                why = Some(
                    "one of them has no namespace written, and may be put into the other's"
                        .to_owned(),
                );
                "write the namespace of both".to_owned()
            } else {
                format!("put both into one namespace: that one is in `{namespace}`")
            });
        }
        self.push(softened(finding, why));
    }

    fn known_backend(&mut self, routes: &[&Route], named: &ServiceRef, at: usize) {
        let network = self.network;
        let (route, service) = (routes[0], &network.services[at]);
        let crosses = service.identity.namespace != route.from.namespace
            && route.from.kind.ends_with("Route");
        let granted = || {
            let namespace = &service.identity.namespace;
            network
                .references
                .grants
                .iter()
                .any(|it| it.lets(&route.from, namespace, &service.identity.name))
        };
        if crosses && !granted() {
            let message = format!(
                "{} leads to Service `{}` of another namespace, and no ReferenceGrant there lets it",
                route.called(),
                service.identity.name
            );
            let finding = Diagnostic::warning("backend-needs-grant", message);
            let finding = at_all(finding, marks(routes, |it| it.mark), "");
            self.push(finding.help(format!(
                "add a ReferenceGrant to namespace `{}`, from {} of `{}` to Services",
                service.identity.namespace, route.from.kind, route.from.namespace
            )));
        }
        if route.is_open() && service.publish_not_ready {
            let message = format!(
                "{} leads to {}, which hands out pods that are not ready",
                route.called(),
                service.called()
            );
            let finding = remark("route-before-ready", message);
            let finding = at_all(finding, marks(routes, |it| it.mark), "");
            let finding =
                finding.at(Label::new(service.publish_mark, "published before they are ready"));
            self.push(finding.help("route to a second Service that waits until they are"));
        }
        match (route.port, &named.port) {
            (Some(port), _) => self.ends(routes, at, port),
            (None, Some(port)) if service.kind != ServiceKind::ExternalName => {
                self.unknown_port(routes, service, port);
            }
            _ => {}
        }
    }

    fn unknown_port(&mut self, routes: &[&Route], service: &Service, port: &PortRef) {
        let route = routes[0];
        let message = format!(
            "{} asks {} for port `{port}`, which it does not have",
            route.called(),
            service.called()
        );
        let finding = Diagnostic::error("backend-port-unknown", message);
        let mut finding = at_all(finding, marks(routes, |it| it.port_mark), "");
        if let Some(first) = service.ports.first() {
            finding = finding.at(Label::new(first.mark, "its ports"));
        }
        // Some controllers take the pod's port for the Service's.
        let by_target = service.ports.iter().find(|it| it.target == *port);
        if let Some(meant) = by_target {
            finding.severity = Severity::Warning;
            finding = finding
                .note(format!("`{port}` is the pods' port, which some controllers take as well"))
                .help(format!("name the Service's port: {}", port_help(meant.number, &meant.name)));
        } else if let Some(number) =
            port.quoted_number().filter(|it| service.port(&PortRef::Number(*it)).is_some())
        {
            finding =
                finding.help(format!("a number in quotes is a name: write `number: {number}`"));
        } else {
            let ports: Vec<String> =
                service.ports.iter().map(|it| port_help(it.number, &it.name)).collect();
            if !ports.is_empty() {
                finding = finding.help(format!("it has {}", told::and(&ports)));
            }
        }
        self.push(finding);
    }

    /// What policies say to whoever serves a route.
    fn ends(&mut self, routes: &[&Route], service: usize, port: usize) {
        let route = routes[0];
        let verdicts = || route.ends.iter().map(|it| it.verdict);
        let (Some(end), Some(best)) = (route.ends.first(), verdicts().min()) else { return };
        let at = marks(routes, |it| it.mark);
        let by = &self.network.services[service].ports[port];
        match best {
            Verdict::Denied => {
                let finding = self.route_cut(at, &route.called(), by, end.pods, end.port);
                self.cut.insert((service, port));
                self.push(finding);
            }
            Verdict::Depends if route.is_open() => {
                let finding = self.route_depends(at, &route.called(), by, end.pods, end.port);
                self.push(finding);
            }
            Verdict::Allowed | Verdict::Depends => {}
        }
    }

    /// A way by a port of a Service to a port of pods that policies close.
    fn route_cut(
        &self,
        at: Vec<Mark>,
        called: &str,
        by: &ServicePort,
        pods: usize,
        number: u16,
    ) -> Diagnostic {
        let message = format!(
            "{called} leads to port {number} of {}, which policies close to everybody",
            self.network.pods[pods].called()
        );
        let finding = at_all(Diagnostic::warning("route-cut", message), at, "");
        let finding = self.with_policies(finding, pods, Direction::Ingress);
        let finding = self.with_service_port(finding, pods, by.number, number);
        softened(finding, self.other_policy())
    }

    /// Says what to write where a rule names the Service's port, and what to add where none does.
    pub(super) fn with_service_port(
        &self,
        finding: Diagnostic,
        pods: usize,
        number: u16,
        target: u16,
    ) -> Diagnostic {
        let names_it = |at: &usize| {
            let rules = self.network.policies[*at].rules(Direction::Ingress).unwrap_or_default();
            rules.iter().flat_map(|it| it.ports.iter().flatten()).find(|it| {
                number != target && it.port == Some(PortRef::Number(number)) && it.end.is_none()
            })
        };
        match self.policies_of(pods, Direction::Ingress).iter().find_map(names_it) {
            Some(port) => finding
                .at(Label::new(port.mark, "this is the Service's port"))
                .help(format!("name the pods' port, {target}: policies see that one")),
            None => finding.help(format!("let a rule open port {target} to those who need it")),
        }
    }

    /// A way by a port of a Service to a port of pods that policies open to some.
    pub(super) fn route_depends(
        &self,
        at: Vec<Mark>,
        called: &str,
        by: &ServicePort,
        pods: usize,
        number: u16,
    ) -> Diagnostic {
        let (direction, other) = (Direction::Ingress, Peer::Anyone);
        let way = Way { direction, own: pods, other, port: number, protocol: by.protocol };
        let answer = self.network.answer();
        let (mut through, mut policies) = (Vec::new(), Vec::new());
        for at in self.policies_of(pods, Direction::Ingress) {
            let policy = &self.network.policies[at];
            let rules = policy.ingress.iter().flatten();
            for rule in rules.filter(|it| answer.rule(policy, it, way) != Match::No) {
                through.extend(told::peers(policy, rule));
                policies.push(policy.selector_mark);
            }
        }
        through.dedup();
        let message = format!(
            "{called} gets through to port {number} of {} only from some places",
            self.network.pods[pods].called()
        );
        let finding = at_all(remark("route-depends", message), at, "");
        let finding = at_all(finding, policies, "this policy chooses the pods");
        let finding = if through.is_empty() {
            finding.note(
                "what policies do to pods in the network of their node is left to the network",
            )
        } else {
            finding.note(format!("policies let through {}", told::and(&through)))
        };
        finding.help("make sure that whoever serves it is among them")
    }
}

fn marks(routes: &[&Route], of: impl Fn(&ServiceRef) -> Mark) -> Vec<Mark> {
    let named = routes.iter().filter_map(|it| match &it.backend {
        Backend::Service(named) => Some(of(named)),
        _ => None,
    });
    named.collect()
}

/// A name, with its namespace where that is another than `own`.
fn told_name(named: &ServiceRef, own: &str) -> String {
    if named.namespace == own {
        named.name.clone()
    } else {
        format!("{}.{}", named.name, named.namespace)
    }
}

fn port_help(number: u16, name: &str) -> String {
    if name.is_empty() { number.to_string() } else { format!("{number} (`{name}`)") }
}
