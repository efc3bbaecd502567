use super::{Probe, ProbeKind};

/// What one question to a container brought.
///
/// ```
/// use tidegate_workload::{Probe, ProbeAnswer, ProbeKind, ProbeRun, ProbeState};
///
/// let mut run = ProbeRun::new(ProbeKind::Liveness, &Probe { failure_threshold: 2, ..Probe::default() });
/// for answer in [ProbeAnswer::Failure, ProbeAnswer::Error, ProbeAnswer::Failure] {
///     run.record(answer);
/// }
/// // The question that could not be asked does not break the run of failures.
/// assert_eq!(run.state(), ProbeState::Failure);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum ProbeAnswer {
    /// A good answer.
    Success,
    /// A bad answer, or none in time.
    Failure,
    /// The question could not be asked: it does not count, and does not break a run.
    Error,
}

/// What is held to be true of a container.
///
/// ```
/// use tidegate_workload::{Probe, ProbeAnswer, ProbeKind, ProbeRun, ProbeState};
///
/// let probe = Probe { success_threshold: 2, ..Probe::default() };
/// let mut run = ProbeRun::new(ProbeKind::Readiness, &probe);
/// run.record(ProbeAnswer::Success);
/// assert_eq!(run.state(), ProbeState::Failure);
/// run.record(ProbeAnswer::Success);
/// assert_eq!(run.state(), ProbeState::Success);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum ProbeState {
    /// The probe holds.
    Success,
    /// The probe does not hold.
    Failure,
    /// Nothing is known yet.
    Unknown,
}

/// Turns answers into a state: a result counts when it has come often enough in a row.
///
/// Source: Kubernetes `pkg/kubelet/prober/worker.go`, `doProbe`.
///
/// ```
/// use tidegate_workload::{Probe, ProbeAnswer, ProbeKind, ProbeRun, ProbeState};
///
/// let mut run = ProbeRun::new(ProbeKind::Liveness, &Probe::default());
/// run.record(ProbeAnswer::Failure);
/// run.record(ProbeAnswer::Failure);
/// assert_eq!((run.state(), run.on_hold()), (ProbeState::Success, false));
/// run.record(ProbeAnswer::Failure);
/// assert_eq!((run.state(), run.on_hold()), (ProbeState::Failure, true));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ProbeRun {
    kind: ProbeKind,
    success_threshold: i32,
    failure_threshold: i32,
    state: ProbeState,
    last: Option<ProbeAnswer>,
    in_a_row: i32,
    on_hold: bool,
}

impl ProbeRun {
    /// Starts with the state that stands before the first answer: failure for readiness, success for liveness,
    /// unknown for startup. Thresholds that are not set take their defaults.
    ///
    /// ```
    /// use tidegate_workload::{Probe, ProbeKind, ProbeRun, ProbeState};
    ///
    /// let run = ProbeRun::new(ProbeKind::Startup, &Probe::default());
    /// assert_eq!((run.state(), run.on_hold()), (ProbeState::Unknown, false));
    /// ```
    #[must_use]
    pub fn new(kind: ProbeKind, probe: &Probe) -> Self {
        let probe = probe.defaulted();
        Self {
            kind,
            success_threshold: probe.success_threshold,
            failure_threshold: probe.failure_threshold,
            state: initial(kind),
            last: None,
            in_a_row: 0,
            on_hold: false,
        }
    }

    /// Takes an answer. While on hold nothing is taken.
    ///
    /// ```
    /// use tidegate_workload::{Probe, ProbeAnswer, ProbeKind, ProbeRun, ProbeState};
    ///
    /// let mut run = ProbeRun::new(ProbeKind::Readiness, &Probe::default());
    /// run.record(ProbeAnswer::Success);
    /// for _ in 0..2 {
    ///     run.record(ProbeAnswer::Failure);
    /// }
    /// // Twice is less than three times in a row.
    /// assert_eq!(run.state(), ProbeState::Success);
    /// ```
    pub fn record(&mut self, answer: ProbeAnswer) {
        if self.on_hold || answer == ProbeAnswer::Error {
            return;
        }
        self.in_a_row = if self.last == Some(answer) { self.in_a_row.saturating_add(1) } else { 1 };
        self.last = Some(answer);
        let (threshold, state) = match answer {
            ProbeAnswer::Success => (self.success_threshold, ProbeState::Success),
            ProbeAnswer::Failure | ProbeAnswer::Error => {
                (self.failure_threshold, ProbeState::Failure)
            }
        };
        if self.in_a_row < threshold {
            return;
        }
        self.state = state;
        if state == ProbeState::Failure && self.kind != ProbeKind::Readiness {
            self.on_hold = true;
            self.in_a_row = 0;
        }
    }

    /// Starts anew: there is another container.
    ///
    /// ```
    /// use tidegate_workload::{Probe, ProbeAnswer, ProbeKind, ProbeRun, ProbeState};
    ///
    /// let probe = Probe { failure_threshold: 1, ..Probe::default() };
    /// let mut run = ProbeRun::new(ProbeKind::Liveness, &probe);
    /// run.record(ProbeAnswer::Failure);
    /// assert!(run.on_hold());
    /// run.renew();
    /// assert_eq!((run.state(), run.on_hold()), (ProbeState::Success, false));
    /// ```
    pub fn renew(&mut self) {
        self.state = initial(self.kind);
        self.on_hold = false;
    }

    /// Sets the state without an answer: a container that does not run, a pod that is going.
    pub(super) fn set(&mut self, state: ProbeState) {
        self.state = state;
    }

    /// Returns what is held to be true.
    #[must_use]
    pub const fn state(&self) -> ProbeState {
        self.state
    }

    /// Returns whether the container failed and waits for its restart; nothing is asked until then.
    #[must_use]
    pub const fn on_hold(&self) -> bool {
        self.on_hold
    }
}

const fn initial(kind: ProbeKind) -> ProbeState {
    match kind {
        ProbeKind::Readiness => ProbeState::Failure,
        ProbeKind::Liveness => ProbeState::Success,
        ProbeKind::Startup => ProbeState::Unknown,
    }
}
