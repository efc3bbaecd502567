//! Services: their pods, their addresses, what policies leave of them.

use std::collections::BTreeMap;

use tidegate_source::{Diagnostic, Label};

use super::near::Chooser;
use super::{Find, remark, softened, told};
use crate::policy::{Direction, Peer};
use crate::service::{Service, ServiceKind};
use crate::verdict::Verdict;

impl Find<'_> {
    pub(super) fn services(&mut self) {
        for (at, service) in self.network.services.iter().enumerate() {
            match &service.selector {
                None => self.without_selector(service),
                Some(_) if service.pods.is_empty() => self.without_pods(service),
                Some(_) => {
                    self.replicas(service);
                    self.cut(at, service);
                }
            }
        }
    }

    fn without_selector(&mut self, service: &Service) {
        if service.kind == ServiceKind::ExternalName || service.addresses {
            return;
        }
        let message = format!(
            "{} chooses no pods itself, and no addresses for it are among the objects",
            service.called()
        );
        let finding = remark("service-without-addresses", message).at(Label::new(service.mark, ""));
        let kind =
            if service.kind == ServiceKind::Headless { "a headless Service" } else { "a Service" };
        self.push(finding.help(format!(
            "give it a selector, or an EndpointSlice with the label `kubernetes.io/service-name: {}`, unless {kind} like \
             this one gets its addresses from a controller",
            service.identity.name
        )));
    }

    /// Source: Kubernetes `pkg/controller/endpointslice/endpointslice_controller.go`, `syncService`: pods of the
    /// Service's own namespace that its selector chooses.
    fn without_pods(&mut self, service: &Service) {
        let Some(selector) = &service.selector else { return };
        let namespace = &service.identity.namespace;
        let message =
            format!("{} chooses no pod: none has the labels {selector}", service.called());
        let finding = Diagnostic::warning("service-selects-nothing", message);
        let (mark, marks) = (service.selector_mark, &service.selector_marks);
        let finding = self.with_near_miss(finding, Chooser { namespace, selector, mark, marks });
        let name = &service.identity.name;
        let why = self.pods_elsewhere(namespace, name, selector, Some(service));
        self.push(softened(finding, why));
    }

    fn replicas(&mut self, service: &Service) {
        let pods = || service.pods.iter().map(|at| &self.network.pods[*at]);
        if pods().all(|it| it.replicas == Some(0)) {
            let names = told::pods(pods());
            let message = format!(
                "{} has no pod to send requests to: {} wants 0 replicas",
                service.called(),
                names
            );
            let finding = remark("service-selects-no-replicas", message);
            let finding = finding.at(Label::new(service.selector_mark, ""));
            let marks: Vec<_> = pods().map(|it| it.replicas_mark).collect();
            self.push(super::at_all(finding, marks, "0 replicas"));
        }
        let mut workloads = BTreeMap::new();
        for it in pods() {
            workloads.entry(it.called()).or_insert(it.mark);
        }
        if workloads.len() > 1 {
            let names: Vec<String> = workloads.keys().cloned().collect();
            let message =
                format!("{} sends requests to pods of {}", service.called(), told::and(&names));
            let finding = remark("service-spans-workloads", message);
            let finding = finding.at(Label::new(service.selector_mark, "chooses all of them"));
            let finding = super::at_all(finding, workloads.into_values(), "");
            let one = "if only one of them is meant, add a label to the selector that the others do not have";
            self.push(finding.help(one));
        }
    }

    /// Ports that policies close to everybody, as far as no route has told of them.
    fn cut(&mut self, at: usize, service: &Service) {
        let network = self.network;
        let (mut closed, mut open, mut some) = (Vec::new(), 0, Vec::new());
        for (index, port) in service.ports.iter().enumerate() {
            let ends: Vec<(usize, u16, Verdict)> = service
                .targets(port, &network.pods)
                .map(|(pods, number)| {
                    let verdict =
                        network.may_talk(Peer::Anyone, Peer::Pods(pods), number, port.protocol);
                    (pods, number, verdict)
                })
                .collect();
            let Some(best) = ends.iter().map(|(.., it)| *it).min() else { continue };
            match best {
                Verdict::Denied if self.cut.contains(&(at, index)) => {}
                Verdict::Denied => closed.push((port, ends[0].0, ends[0].1)),
                Verdict::Depends => {
                    open += 1;
                    some.push((index, ends[0].0, ends[0].1));
                }
                Verdict::Allowed => open += 1,
            }
        }
        if let Some((port, pods, number)) = closed.first() {
            let ports: Vec<String> = closed.iter().map(|(it, ..)| it.called()).collect();
            let (all, every) = (open == 0, if open == 0 { "every" } else { "a" });
            let message = format!(
                "policies close {every} port of {} to everybody: {}",
                service.called(),
                told::and(&ports)
            );
            let code = "service-cut";
            let finding =
                if all { Diagnostic::warning(code, message) } else { remark(code, message) };
            let finding = finding.at(Label::new(port.mark, ""));
            let finding = self.with_policies(finding, *pods, Direction::Ingress);
            let finding = self.with_service_port(finding, *pods, port.number, *number);
            self.push(softened(finding, self.other_policy()));
        }
        if service.kind.is_open()
            && let Some((index, pods, number)) = some.first()
        {
            let by = &service.ports[*index];
            let finding = self.route_depends(vec![by.mark], &service.called(), by, *pods, *number);
            self.push(finding);
        }
    }
}
