//! Ports that the kubelet asks.

use tidegate_source::{Diagnostic, Label};

use super::{Find, Pods, Probes, remark};
use crate::pods::{Asked, Container, Place};
use crate::port::PortRef;

impl Find<'_> {
    /// Source: Kubernetes `pkg/probe/util.go`, `ResolveContainerPort`, and `pkg/kubelet/lifecycle/handlers.go`,
    /// `runHTTPHandler`: a name is looked for in the container's own ports. A probe that can't be asked is thrown away
    /// (`pkg/kubelet/prober/worker.go`, `doProbe`).
    pub(super) fn probes(&mut self, which: Probes) {
        for pods in &self.network.pods {
            for container in pods.containers.iter().filter(|it| it.place != Place::Init) {
                for asked in &container.asked {
                    if which == Probes::All || !is_proved(pods, container, asked) {
                        self.asked(pods, container, asked);
                    }
                }
            }
        }
    }

    fn asked(&mut self, pods: &Pods, container: &Container, asked: &Asked) {
        let of = format!("container `{}` of {}", container.name, pods.called());
        let is_hook = matches!(asked.by, "postStart" | "preStop");
        let what = match asked.by {
            "readinessProbe" => "readiness probe",
            "livenessProbe" => "liveness probe",
            "startupProbe" => "startup probe",
            "postStart" => "postStart hook",
            _ => "preStop hook",
        };
        match &asked.port {
            PortRef::Name(name) if container.ports.iter().all(|(it, _)| it != name) => {
                let message = format!(
                    "the {what} of {of} asks port `{name}`, which the container does not declare: {}",
                    match asked.by {
                        "livenessProbe" => "it never fails, so nothing restarts the container",
                        "postStart" => "it fails, so the container is killed",
                        "preStop" => "it is passed over",
                        _ => "the container never becomes ready",
                    }
                );
                let code = if is_hook { "hook-port-unknown" } else { "probe-port-unknown" };
                let finding = Diagnostic::error(code, message).at(Label::new(asked.mark, ""));
                let elsewhere = pods.ports.iter().find(|it| it.name == *name);
                self.push(match elsewhere {
                    Some(it) => finding
                        .at(Label::new(it.mark, "declared by another container"))
                        .help(format!(
                            "write its number, {}: containers of a pod share their ports",
                            it.number
                        )),
                    None => finding.help("declare the port, or write its number"),
                });
            }
            PortRef::Number(number) if !is_hook => {
                // Containers of a pod share their ports.
                let declared = pods.ports.iter().any(|it| it.number == *number);
                if !declared && !container.ports.is_empty() {
                    let message = format!(
                        "the {what} of {of} asks port {number}, which no container declares"
                    );
                    let finding = remark("probe-port-undeclared", message);
                    self.push(
                        finding.at(Label::new(asked.mark, "")).at(Label::new(container.mark, "")),
                    );
                }
            }
            _ => {}
        }
    }
}

/// Whether the proof of a rollout reports this one itself: probes of the containers of the kinds that it proves, but for
/// names in a liveness probe.
fn is_proved(pods: &Pods, container: &Container, asked: &Asked) -> bool {
    let kind = matches!(pods.identity.kind.as_str(), "Deployment" | "StatefulSet" | "DaemonSet");
    let probe = match (&asked.port, asked.by) {
        (PortRef::Number(_), "readinessProbe" | "livenessProbe" | "startupProbe") => true,
        (PortRef::Name(_), by) => matches!(by, "readinessProbe" | "startupProbe"),
        _ => false,
    };
    kind && pods.identity.group == "apps" && container.place == Place::Main && probe
}
