//! Ports of Services, and the ports of pods behind them.

use std::collections::HashMap;

use tidegate_source::{Diagnostic, Label, nearest};

use super::{Find, Pods, remark, softened, told};
use crate::port::{ContainerPort, PortRef, Protocol};
use crate::service::{Service, ServiceKind, ServicePort};

impl Find<'_> {
    pub(super) fn ports(&mut self) {
        let mut nodes: HashMap<(u16, Protocol), &Service> = HashMap::new();
        for service in &self.network.services {
            self.doubled(service);
            for port in &service.ports {
                self.node_port(service, port, &mut nodes);
                if !service.pods.is_empty() {
                    match &port.target {
                        PortRef::Name(name) => self.named(service, port, name),
                        PortRef::Number(number) => self.numbered(service, port, *number),
                    }
                }
            }
        }
    }

    /// Source: Kubernetes `pkg/apis/core/validation/validation.go`, `ValidateService` and `validateServicePort`.
    fn doubled(&mut self, service: &Service) {
        for (at, port) in service.ports.iter().enumerate() {
            let before = &service.ports[..at];
            if port.name.is_empty() && service.ports.len() > 1 {
                let message = format!(
                    "port {} of {} has no name beside others: the API server refuses it",
                    port.number,
                    service.called()
                );
                let finding = Diagnostic::error("service-port-unnamed", message)
                    .at(Label::new(port.mark, ""));
                self.push(finding.help("give every port a name of its own"));
            }
            let named = |it: &&ServicePort| !port.name.is_empty() && it.name == port.name;
            let numbered =
                |it: &&ServicePort| it.number == port.number && it.protocol == port.protocol;
            if let Some(first) = before.iter().find(named) {
                let message = format!(
                    "two ports of {} are called `{}`: the API server refuses it",
                    service.called(),
                    port.name
                );
                let finding = Diagnostic::error("service-port-twice", message);
                self.push(
                    finding
                        .at(Label::new(port.name_mark, ""))
                        .at(Label::new(first.name_mark, "the first")),
                );
            } else if let Some(first) = before.iter().find(numbered) {
                let message = format!(
                    "{} has port {}/{} twice: the API server refuses it",
                    service.called(),
                    port.number,
                    port.protocol
                );
                let finding = Diagnostic::error("service-port-twice", message);
                self.push(
                    finding.at(Label::new(port.mark, "")).at(Label::new(first.mark, "the first")),
                );
            }
        }
    }

    /// Source: Kubernetes `pkg/apis/core/validation/validation.go`, `ValidateService`; `pkg/registry/core/service/portallocator`.
    fn node_port<'n>(
        &mut self,
        service: &'n Service,
        port: &ServicePort,
        nodes: &mut HashMap<(u16, Protocol), &'n Service>,
    ) {
        let Some(number) = port.node_port else { return };
        if matches!(service.kind, ServiceKind::ClusterIp | ServiceKind::Headless) {
            let message = format!(
                "{} asks for node port {number}, which its type has not: the API server refuses it",
                service.called()
            );
            let finding = Diagnostic::error("node-port-refused", message)
                .at(Label::new(port.node_port_mark, ""));
            return self.push(finding.help("set `type: NodePort`, or leave `nodePort` out"));
        }
        let first = *nodes.entry((number, port.protocol)).or_insert(service);
        if first.identity != service.identity {
            let message = format!(
                "{} and {} both ask for node port {number}",
                first.called(),
                service.called()
            );
            let finding = Diagnostic::warning("node-port-twice", message)
                .at(Label::new(port.node_port_mark, ""));
            let finding = finding.at(Label::new(first.mark, "asked for here first"));
            self.push(finding.help("leave `nodePort` out to be given a free one"));
        }
    }

    /// Source: Kubernetes `staging/src/k8s.io/endpointslice/utils.go`, `FindPort`; pods without the port are left out of that port's addresses
    /// (`staging/src/k8s.io/endpointslice/utils.go`, `getEndpointPorts`).
    fn named(&mut self, service: &Service, port: &ServicePort, name: &str) {
        let pods = || service.pods.iter().map(|at| &self.network.pods[*at]);
        let lack = |it: &&Pods| it.find_port(&port.target, port.protocol).is_none();
        let lacking: Vec<&Pods> = pods().filter(lack).collect();
        let Some(first) = lacking.first() else { return };
        let called = told::pods(lacking.iter().copied());
        let why = lacking
            .iter()
            .find(|it| it.is_custom())
            .map(|it| format!("the controller of {} may add the port", it.called()));
        if lacking.len() < service.pods.len() {
            let message = format!(
                "pods of {} have no port `{name}`: {} passes them over for port {}",
                called,
                service.called(),
                port.called()
            );
            let finding = Diagnostic::warning("target-port-partial", message);
            let finding = finding
                .at(Label::new(port.target_mark, ""))
                .at(Label::new(first.mark, "no such port here"));
            // A pod that only does its work and ends, such as a test, is better passed over.
            let ends = |it: &&Pods| matches!(it.identity.kind.as_str(), "Pod" | "Job" | "CronJob");
            let passing = lacking.iter().all(ends).then(|| "these pods come to an end".to_owned());
            return self.push(softened(finding, why.or(passing)));
        }
        let other = pods().flat_map(|it| &it.ports).find(|it| it.name == name);
        if let Some(other) = other {
            let message = format!(
                "port `{name}` of {} is {} there and {} in {}: no request gets through",
                called,
                other.protocol,
                port.protocol,
                service.called()
            );
            let finding = Diagnostic::error("target-port-protocol", message);
            let finding = finding
                .at(Label::new(port.target_mark, ""))
                .at(Label::new(other.mark, "declared here"));
            return self
                .push(finding.help(format!("write `protocol: {}` in both", other.protocol)));
        }
        let message = format!(
            "no container of {} has a port `{name}`: port {} of {} leads nowhere",
            called,
            port.called(),
            service.called()
        );
        let mut finding =
            Diagnostic::error("target-port-unknown", message).at(Label::new(port.target_mark, ""));
        if service.kind == ServiceKind::Headless {
            finding.severity = tidegate_source::Severity::Warning;
            finding = finding.note("the names of the pods still lead to their addresses");
        }
        let declared = || pods().flat_map(|it| &it.ports);
        if let Some(number) = port.target.quoted_number() {
            finding =
                finding.help(format!("a number in quotes is a name: write `targetPort: {number}`"));
        } else if let Some(near) =
            nearest(name, declared().map(|it| it.name.as_str()).filter(|it| !it.is_empty()))
        {
            finding = finding.help(format!("a port with a similar name exists: `{near}`"));
        } else if let Some(it) = declared().next() {
            finding = finding.at(Label::new(it.mark, "declared here"));
            finding = finding.help(format!("name this port `{name}`, or write its number"));
        } else {
            finding = finding.help("declare the port in the container, or write its number");
        }
        self.push(softened(finding, why));
    }

    /// A number needs no declaration; one that differs from what is declared is often a slip.
    fn numbered(&mut self, service: &Service, port: &ServicePort, number: u16) {
        if service.kind == ServiceKind::Headless {
            return;
        }
        let pods = || service.pods.iter().map(|at| &self.network.pods[*at]);
        let is = |it: &&ContainerPort| it.number == number;
        let fits = |it: &Pods| {
            it.ports.is_empty()
                || it.ports.iter().any(|it| it.number == number && it.protocol == port.protocol)
        };
        if pods().any(fits) {
            return;
        }
        let who = told::pods(pods());
        let other = pods().flat_map(|it| &it.ports).find(is);
        if let Some(other) = other {
            let message = format!(
                "{} sends {} to port {number} of {who}, which declares it for {}",
                service.called(),
                port.protocol,
                other.protocol
            );
            let finding = remark("target-port-protocol", message);
            return self.push(
                finding
                    .at(Label::new(port.target_mark, ""))
                    .at(Label::new(other.mark, "declared here")),
            );
        }
        let declared: Vec<u16> = pods().flat_map(|it| &it.ports).map(|it| it.number).collect();
        let message = format!(
            "{} sends requests to port {number} of {who}, which declares {}",
            service.called(),
            told::numbers(&declared)
        );
        let finding =
            remark("target-port-undeclared", message).at(Label::new(port.target_mark, ""));
        let marks: Vec<_> = pods().flat_map(|it| &it.ports).map(|it| it.mark).take(1).collect();
        let finding = super::at_all(finding, marks, "declared here");
        self.push(finding.note("a port that is not declared can be listened on all the same"));
    }
}
