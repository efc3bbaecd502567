//! What containers are told to call.

use tidegate_source::{Diagnostic, Label};

use super::{Find, softened, told};
use crate::call::Call;
use crate::policy::{Direction, Peer};
use crate::port::Protocol;
use crate::service::ServiceKind;
use crate::verdict::Verdict;

impl Find<'_> {
    pub(super) fn calls(&mut self) {
        for call in &self.network.calls {
            let service = &self.network.services[call.service];
            let has_ports =
                !matches!(service.kind, ServiceKind::Headless | ServiceKind::ExternalName);
            if has_ports && call.port.is_none() && !service.ports.is_empty() {
                self.wrong_port(call);
            } else if !call.ends.is_empty()
                && call.ends.iter().all(|it| it.verdict == Verdict::Denied)
            {
                self.cut_call(call);
            }
        }
    }

    fn told(&self, call: &Call) -> String {
        format!(
            "container `{}` of {} is told by {} to call {}",
            call.container,
            self.network.pods[call.from].called(),
            call.variable,
            call.address
        )
    }

    fn wrong_port(&mut self, call: &Call) {
        let service = &self.network.services[call.service];
        let message =
            format!("{}, and {} has no port {}", self.told(call), service.called(), call.number);
        let ports: Vec<u16> = service.ports.iter().map(|it| it.number).collect();
        let finding =
            Diagnostic::warning("call-port-unknown", message).at(Label::new(call.mark, ""));
        let finding = super::at_all(finding, service.ports.first().map(|it| it.mark), "its ports");
        self.push(finding.help(format!("it has {}", told::numbers(&ports))));
    }

    fn cut_call(&mut self, call: &Call) {
        let Some(end) = call.ends.first() else { return };
        let service = &self.network.services[call.service];
        let port = call.port.map(|at| &service.ports[at]);
        let protocol = port.map_or(Protocol::Tcp, |it| it.protocol);
        let (from, to) = (Peer::Pods(call.from), Peer::Pods(end.pods));
        let out = self.one_way(Direction::Egress, call.from, to, end.port, protocol);
        let into = self.one_way(Direction::Ingress, end.pods, from, end.port, protocol);
        let of = self.network.pods[end.pods].called();
        let message = format!(
            "{}, and policies do not let it talk to port {} of {of}",
            self.told(call),
            end.port
        );
        let mut finding = Diagnostic::warning("call-cut", message).at(Label::new(call.mark, ""));
        if out == Verdict::Denied {
            finding = self.with_policies(finding, call.from, Direction::Egress);
            finding =
                finding.help(format!("let egress of the caller reach port {} of {of}", end.port));
        }
        if into == Verdict::Denied {
            finding = self.with_policies(finding, end.pods, Direction::Ingress);
            let number = port.map_or(end.port, |it| it.number);
            finding = self.with_service_port(finding, end.pods, number, end.port);
        }
        self.push(softened(finding, self.other_policy()));
    }
}
