//! Liveness and startup probes. Readiness is the rollout proof's subject, and ports are reachability's.

use tidegate_object::Node;
use tidegate_source::{Diagnostic, Label};
use tidegate_workload::{ProbeKind, Seconds};

use crate::code::Code;
use crate::pods::{Container, Pods, Role, present};

/// From here on a delay of liveness stands for a slow start, and a startup probe does it better.
const SLOW_START: i64 = 30;

pub(crate) fn look(pods: &Pods<'_>, found: &mut Vec<Diagnostic>) {
    if !pods.serve() {
        return;
    }
    for container in pods.containers().filter(|it| it.role != Role::Init) {
        let of = format!("container `{}` of {}", container.name(), pods.shown());
        let Some(liveness) = probe(container, ProbeKind::Liveness) else {
            if container.role == Role::Main {
                let message =
                    format!("{of} has no liveness probe: when it hangs, nothing restarts it");
                found.push(
                    Code::NoLivenessProbe.finding(message)
                        .at(Label::new(container.mark(), ""))
                        .help("add a livenessProbe, unless the process ends by itself when it can't go on"),
                );
            }
            continue;
        };
        found.extend(like_readiness(&of, container, liveness));
        let delay = number(liveness, "initialDelaySeconds", 0);
        if delay >= SLOW_START && probe(container, ProbeKind::Startup).is_none() {
            let delay = Seconds(delay);
            let message = format!(
                "the liveness probe of {of} waits {delay} at every start, however fast it was"
            );
            let mark = liveness.get("initialDelaySeconds").map_or(liveness.mark, |it| it.mark);
            found.push(
                Code::NoStartupProbe
                    .finding(message)
                    .at(Label::new(
                        mark,
                        "a container that hangs in its first moments is noticed later",
                    ))
                    .help("let a startupProbe wait for the start, and drop the delay"),
            );
        }
    }
}

/// Source: Kubernetes documentation, *Configure Liveness, Readiness and Startup Probes*: the endpoint may be the same, with
/// a higher `failureThreshold` for liveness, so that a pod is not ready for a while before it is killed.
fn like_readiness(of: &str, container: Container<'_>, liveness: &Node) -> Option<Diagnostic> {
    let readiness = probe(container, ProbeKind::Readiness)?;
    let asks = |probe: &Node| {
        ["httpGet", "tcpSocket", "exec", "grpc"].map(|handler| present(probe, handler).cloned())
    };
    let same = asks(liveness) == asks(readiness);
    let (killed, unready) = (gives_up_after(liveness), gives_up_after(readiness));
    if !same || killed > unready {
        return None;
    }
    let message = format!(
        "liveness and readiness of {of} ask the same: it is killed after {} without an answer, and would be taken out \
         of service after {} only",
        Seconds(killed),
        Seconds(unready)
    );
    let message = if killed == unready {
        format!(
            "liveness and readiness of {of} ask the same and give up together, after {}: a container that is only busy \
             is killed instead of being spared",
            Seconds(killed)
        )
    } else {
        message
    };
    let (period, threshold) = (period(liveness), number(readiness, "failureThreshold", 3).max(1));
    let wanted = (unready / period.max(1)).max(threshold) + threshold;
    Some(
        Code::LivenessLikeReadiness
            .finding(message)
            .at(Label::new(liveness.mark, ""))
            .at(Label::new(readiness.mark, "the readiness probe"))
            .help(format!("let liveness be more patient: failureThreshold: {wanted}")),
    )
}

fn probe(container: Container<'_>, kind: ProbeKind) -> Option<&Node> {
    present(container.node, kind.field())
}

/// What is 0 or not written takes the default.
fn number(probe: &Node, field: &str, default: i64) -> i64 {
    let written = probe.get(field).and_then(Node::as_i64).unwrap_or(0);
    if written == 0 { default } else { written }
}

fn period(probe: &Node) -> i64 {
    number(probe, "periodSeconds", 10)
}

fn gives_up_after(probe: &Node) -> i64 {
    period(probe).saturating_mul(number(probe, "failureThreshold", 3))
}
