//! Probes: what is asked of a container, and what its answers mean.

mod run;
mod validate;
mod window;
mod worker;

use std::fmt;

use crate::int_or_percent::IntOrString;
use crate::seconds::Seconds;

pub use run::{ProbeAnswer, ProbeRun, ProbeState};
pub use validate::{ProbeContainer, ProbeError};
pub use window::{ProbeWindow, killed_before_answering, ready_window};
pub use worker::{ContainerState, PodPhase, PodView, ProbeTick, ProbeWorker, RestartPolicy};

/// What a probe is for.
///
/// ```
/// use tidegate_workload::{Probe, ProbeKind, ProbeRun, ProbeState};
///
/// // Until it is asked, a container is taken to live, and not to be ready.
/// let state = |kind| ProbeRun::new(kind, &Probe::default()).state();
/// assert_eq!(state(ProbeKind::Liveness), ProbeState::Success);
/// assert_eq!(state(ProbeKind::Readiness), ProbeState::Failure);
/// assert_eq!(state(ProbeKind::Startup), ProbeState::Unknown);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum ProbeKind {
    /// Whether the container gets traffic.
    Readiness,
    /// Whether the container lives; if not, it is restarted.
    Liveness,
    /// Whether the container has started; until then the other two rest, and if it never does, it is restarted.
    Startup,
}

impl ProbeKind {
    /// Returns the name of the container's field.
    ///
    /// ```
    /// use tidegate_workload::ProbeKind;
    ///
    /// assert_eq!(ProbeKind::Readiness.field(), "readinessProbe");
    /// ```
    #[must_use]
    pub const fn field(self) -> &'static str {
        match self {
            Self::Readiness => "readinessProbe",
            Self::Liveness => "livenessProbe",
            Self::Startup => "startupProbe",
        }
    }
}

/// `readiness`, `liveness`, `startup`.
impl fmt::Display for ProbeKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Readiness => "readiness",
            Self::Liveness => "liveness",
            Self::Startup => "startup",
        })
    }
}

/// An HTTP request that has to be answered with a status from 200 to 399.
///
/// ```
/// use tidegate_workload::{Handlers, HttpGet, Probe, ProbeContainer, ProbeKind};
///
/// let http_get = Some(HttpGet { path: "/health".into(), port: "http".into(), scheme: String::new() });
/// let handlers = Handlers { http_get, ..Handlers::default() };
/// let probe = Probe { handlers, ..Probe::default() }.defaulted();
/// assert_eq!(probe.validate(ProbeKind::Readiness, ProbeContainer::Main), []);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct HttpGet {
    /// Path; empty where none is written.
    pub path: String,
    /// Port, by number or by the name that the container gives it.
    pub port: IntOrString,
    /// `HTTP` or `HTTPS`; empty where none is written.
    pub scheme: String,
}

impl HttpGet {
    /// Returns the same request with path `/` and scheme `HTTP` where none is written.
    ///
    /// Source: Kubernetes `pkg/apis/core/v1/defaults.go`, `SetDefaults_HTTPGetAction`.
    ///
    /// ```
    /// use tidegate_workload::HttpGet;
    ///
    /// let request = HttpGet { path: String::new(), port: 8080.into(), scheme: String::new() }.defaulted();
    /// assert_eq!((&*request.path, &*request.scheme), ("/", "HTTP"));
    /// ```
    #[must_use]
    pub fn defaulted(&self) -> Self {
        let or = |text: &str, default: &str| {
            if text.is_empty() { default.to_owned() } else { text.to_owned() }
        };
        Self {
            path: or(&self.path, "/"),
            port: self.port.clone(),
            scheme: or(&self.scheme, "HTTP"),
        }
    }
}

/// How a container is asked. A valid probe has exactly one of them.
///
/// ```
/// use tidegate_workload::{Handlers, Probe, ProbeContainer, ProbeKind};
///
/// let rule = |handlers| {
///     let probe = Probe { handlers, ..Probe::default() }.defaulted();
///     probe.validate(ProbeKind::Readiness, ProbeContainer::Main).first().map(|it| it.rule)
/// };
/// assert_eq!(rule(Handlers { exec: Some(vec!["healthy".into()]), ..Handlers::default() }), None);
/// // There is one handler, and not more.
/// assert!(rule(Handlers::default()).is_some());
/// assert!(rule(Handlers { tcp_socket: Some(80.into()), grpc: Some(81), ..Handlers::default() }).is_some());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Handlers {
    /// A command inside the container that has to end with 0.
    pub exec: Option<Vec<String>>,
    /// An HTTP request.
    pub http_get: Option<HttpGet>,
    /// A TCP connection that has to open.
    pub tcp_socket: Option<IntOrString>,
    /// A call of the gRPC health service on this port.
    pub grpc: Option<i32>,
}

/// A probe. Numbers are those of the manifest; 0 counts as not set until [`Probe::defaulted`] has filled it in.
///
/// ```
/// use tidegate_workload::Probe;
///
/// let probe = Probe { period_seconds: 5, ..Probe::default() }.defaulted();
/// assert_eq!((probe.period_seconds, probe.timeout_seconds, probe.failure_threshold), (5, 1, 3));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Probe {
    /// How the container is asked.
    pub handlers: Handlers,
    /// Seconds after the container's start before it is asked.
    pub initial_delay_seconds: i32,
    /// Seconds after which no answer is a failure; 1 by default.
    pub timeout_seconds: i32,
    /// Seconds from one question to the next; 10 by default.
    pub period_seconds: i32,
    /// Successes in a row that make a success; 1 by default.
    pub success_threshold: i32,
    /// Failures in a row that make a failure; 3 by default.
    pub failure_threshold: i32,
    /// Seconds that a container killed by this probe has to stop, instead of the pod's.
    pub termination_grace_period_seconds: Option<i64>,
}

impl Probe {
    /// Returns the same probe with what is not set filled in.
    ///
    /// Source: Kubernetes `pkg/apis/core/v1/defaults.go`, `SetDefaults_Probe`.
    ///
    /// ```
    /// use tidegate_workload::Probe;
    ///
    /// let probe = Probe { period_seconds: 5, ..Probe::default() }.defaulted();
    /// assert_eq!((probe.period_seconds, probe.timeout_seconds, probe.failure_threshold), (5, 1, 3));
    /// ```
    #[must_use]
    pub fn defaulted(&self) -> Self {
        let or = |number: i32, default: i32| if number == 0 { default } else { number };
        let mut handlers = self.handlers.clone();
        handlers.http_get = handlers.http_get.map(|it| it.defaulted());
        Self {
            handlers,
            initial_delay_seconds: self.initial_delay_seconds,
            timeout_seconds: or(self.timeout_seconds, 1),
            period_seconds: or(self.period_seconds, 10),
            success_threshold: or(self.success_threshold, 1),
            failure_threshold: or(self.failure_threshold, 3),
            termination_grace_period_seconds: self.termination_grace_period_seconds,
        }
    }

    /// Returns the longest time that may pass from a container's last good moment until its failure is seen:
    /// `failureThreshold` periods and one timeout.
    ///
    /// ```
    /// use tidegate_workload::{Probe, Seconds};
    ///
    /// // Three questions, 5 s apart, the last of them with 2 s to answer.
    /// let probe = Probe { period_seconds: 5, timeout_seconds: 2, ..Probe::default() };
    /// assert_eq!(probe.seen_failing_within(), Seconds(17));
    /// ```
    #[must_use]
    pub fn seen_failing_within(&self) -> Seconds {
        let probe = self.defaulted();
        let seconds = |number: i32| Seconds(i64::from(number));
        seconds(probe.period_seconds) * i64::from(probe.failure_threshold)
            + seconds(probe.timeout_seconds)
    }
}
