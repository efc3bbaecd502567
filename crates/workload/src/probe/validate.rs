use super::{Probe, ProbeKind};
use crate::int_or_percent::IntOrString;

/// The container that a probe stands in.
///
/// ```
/// use tidegate_workload::{Handlers, Probe, ProbeContainer, ProbeKind};
///
/// let handlers = Handlers { tcp_socket: Some(6379.into()), ..Handlers::default() };
/// let probe = Probe { handlers, ..Probe::default() }.defaulted();
/// let allowed = |container| probe.validate(ProbeKind::Readiness, container).is_empty();
/// assert!(allowed(ProbeContainer::Main) && allowed(ProbeContainer::Init { restarts: true }));
/// assert!(!allowed(ProbeContainer::Init { restarts: false }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProbeContainer {
    /// A container that runs as long as the pod.
    Main,
    /// An init container; `restarts` when its own restart policy is `Always`.
    Init {
        /// Whether it goes on beside the others, as a sidecar.
        restarts: bool,
    },
}

/// A rule that a probe breaks.
///
/// ```
/// use tidegate_workload::{Handlers, Probe, ProbeContainer, ProbeError, ProbeKind};
///
/// let handlers = Handlers { tcp_socket: Some(6379.into()), ..Handlers::default() };
/// let probe = Probe { handlers, period_seconds: -1, ..Probe::default() };
/// let errors = probe.validate(ProbeKind::Readiness, ProbeContainer::Main);
/// assert!(errors.iter().any(|it: &ProbeError| it.field == "periodSeconds"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ProbeError {
    /// The field below the probe, `""` for the probe itself.
    pub field: &'static str,
    /// The rule, in the words of the API server.
    pub rule: &'static str,
}

impl Probe {
    /// Returns every rule that the probe breaks. It is checked as it is: defaults must have been filled in before.
    ///
    /// Source: Kubernetes `pkg/apis/core/validation/validation.go`, `validateProbe` and its callers.
    ///
    /// ```
    /// use tidegate_workload::{Handlers, Probe, ProbeContainer, ProbeKind};
    ///
    /// let handlers = Handlers { tcp_socket: Some(6379.into()), ..Handlers::default() };
    /// let probe = Probe { handlers, ..Probe::default() }.defaulted();
    /// assert_eq!(probe.validate(ProbeKind::Liveness, ProbeContainer::Main), []);
    ///
    /// let twice = Probe { success_threshold: 2, ..probe };
    /// assert_eq!(twice.validate(ProbeKind::Liveness, ProbeContainer::Main)[0].rule, "must be 1");
    /// ```
    #[must_use]
    pub fn validate(&self, kind: ProbeKind, container: ProbeContainer) -> Vec<ProbeError> {
        if container == (ProbeContainer::Init { restarts: false }) {
            return vec![ProbeError { field: "", rule: "must not be set for init containers" }];
        }
        let mut errors = Vec::new();
        let mut broken = |field, rule| errors.push(ProbeError { field, rule });
        self.check_handlers(&mut broken);
        let counts = [
            ("initialDelaySeconds", self.initial_delay_seconds),
            ("timeoutSeconds", self.timeout_seconds),
            ("periodSeconds", self.period_seconds),
            ("successThreshold", self.success_threshold),
            ("failureThreshold", self.failure_threshold),
        ];
        for (field, count) in counts {
            if count < 0 {
                broken(field, "must be greater than or equal to 0");
            }
        }
        if kind != ProbeKind::Readiness && self.success_threshold != 1 {
            broken("successThreshold", "must be 1");
        }
        if let Some(grace) = self.termination_grace_period_seconds {
            if grace <= 0 {
                broken("terminationGracePeriodSeconds", "must be greater than 0");
            }
            if kind == ProbeKind::Readiness {
                broken("terminationGracePeriodSeconds", "must not be set for readinessProbes");
            }
        }
        errors
    }

    fn check_handlers(&self, broken: &mut impl FnMut(&'static str, &'static str)) {
        let mut seen = false;
        let mut first = |field, broken: &mut dyn FnMut(&'static str, &'static str)| {
            if std::mem::replace(&mut seen, true) {
                broken(field, "may not specify more than 1 handler type");
                return false;
            }
            true
        };
        let handlers = &self.handlers;
        if let Some(command) = &handlers.exec
            && first("exec", broken)
            && command.is_empty()
        {
            broken("exec.command", "required");
        }
        if let Some(request) = &handlers.http_get
            && first("httpGet", broken)
        {
            if request.path.is_empty() {
                broken("httpGet.path", "required");
            }
            check_port(&request.port, "httpGet.port", broken);
            if !matches!(request.scheme.as_str(), "" | "HTTP" | "HTTPS") {
                broken("httpGet.scheme", "supported values: HTTP, HTTPS");
            }
        }
        if let Some(port) = &handlers.tcp_socket
            && first("tcpSocket", broken)
        {
            check_port(port, "tcpSocket.port", broken);
        }
        if let Some(port) = handlers.grpc
            && first("grpc", broken)
        {
            check_port(&IntOrString::Int(port), "grpc.port", broken);
        }
        if !seen {
            broken("", "must specify a handler type");
        }
    }
}

/// A port number, or a port name as IANA allows them: at most 15 of `a-z0-9-`, a letter among them.
fn check_port(
    port: &IntOrString,
    field: &'static str,
    broken: &mut impl FnMut(&'static str, &'static str),
) {
    let name = match port {
        IntOrString::Int(number) => {
            if !(1..=65535).contains(number) {
                broken(field, "must be between 1 and 65535, inclusive");
            }
            return;
        }
        IntOrString::String(name) => name,
    };
    if name.len() > 15 {
        broken(field, "must be no more than 15 characters");
    }
    let allowed = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'-';
    if name.is_empty() || !name.bytes().all(allowed) {
        broken(field, "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
    }
    if !name.bytes().any(|it| it.is_ascii_lowercase()) {
        broken(field, "must contain at least one letter (a-z)");
    }
    if name.contains("--") {
        broken(field, "must not contain consecutive hyphens");
    }
    if name.starts_with('-') || name.ends_with('-') {
        broken(field, "must not begin or end with a hyphen");
    }
}
