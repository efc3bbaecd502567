use super::{Probe, ProbeAnswer, ProbeKind, ProbeRun, ProbeState};
use crate::seconds::Seconds;

/// Where a pod stands in its life.
///
/// Source: `k8s.io/api/core/v1`, type `PodPhase`.
///
/// ```
/// use tidegate_workload::{EvictedPod, Eviction, PodPhase, evict};
///
/// // A pod that has ended, well or badly, may go.
/// for phase in [PodPhase::Succeeded, PodPhase::Failed, PodPhase::Pending] {
///     let pod = EvictedPod { phase, ready: false, deleting: false };
///     assert_eq!(evict(pod, &[]), Eviction::Granted { budget_used: false });
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum PodPhase {
    /// Not all containers have started yet.
    Pending,
    /// At least one container runs or restarts.
    Running,
    /// All containers have ended well.
    Succeeded,
    /// All containers have ended, at least one badly.
    Failed,
}

/// What becomes of a container that has ended.
///
/// Source: `k8s.io/api/core/v1`, type `RestartPolicy`.
///
/// ```
/// use tidegate_workload::{ContainerState, PodPhase, PodView, Probe, ProbeAnswer, ProbeKind, ProbeWorker, RestartPolicy, Seconds};
///
/// let goes_on = |restart_policy| {
///     let pod = PodView {
///         phase: Some(PodPhase::Running),
///         container: Some((1, ContainerState::Terminated)),
///         deleting: false,
///         restart_policy,
///     };
///     let mut worker = ProbeWorker::new(ProbeKind::Readiness, &Probe::default());
///     worker.tick(Seconds(60), &pod, ProbeAnswer::Failure).goes_on
/// };
/// assert!(goes_on(RestartPolicy::Always) && !goes_on(RestartPolicy::Never));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum RestartPolicy {
    /// It is started again.
    #[default]
    Always,
    /// It is started again unless it ended well.
    OnFailure,
    /// It stays ended.
    Never,
}

/// What a container does.
///
/// ```
/// use tidegate_workload::{ContainerState, PodPhase, PodView, Probe, ProbeAnswer, ProbeKind, ProbeWorker, RestartPolicy, Seconds};
///
/// let pod = PodView {
///     phase: Some(PodPhase::Pending),
///     container: Some((1, ContainerState::Waiting)),
///     deleting: false,
///     restart_policy: RestartPolicy::Always,
/// };
/// let mut worker = ProbeWorker::new(ProbeKind::Readiness, &Probe::default());
/// assert!(!worker.tick(Seconds(60), &pod, ProbeAnswer::Success).probed);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContainerState {
    /// It runs.
    Running {
        /// Since when.
        since: Seconds,
        /// Whether its startup probe has succeeded; true from the start when it has none.
        started: bool,
    },
    /// It waits to be started.
    Waiting,
    /// It has ended.
    Terminated,
}

/// What the kubelet knows of a pod and of one of its containers at a moment.
///
/// ```
/// use tidegate_workload::{PodView, Probe, ProbeAnswer, ProbeKind, ProbeWorker, RestartPolicy, Seconds};
///
/// // The kubelet has not heard of the pod yet: there is nothing to ask, and the worker waits.
/// let unknown =
///     PodView { phase: None, container: None, deleting: false, restart_policy: RestartPolicy::Always };
/// let mut worker = ProbeWorker::new(ProbeKind::Readiness, &Probe::default());
/// assert!(worker.tick(Seconds(0), &unknown, ProbeAnswer::Success).goes_on);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PodView {
    /// The pod's phase; `None` while the kubelet knows nothing of the pod.
    pub phase: Option<PodPhase>,
    /// The container, with a number that is another one after each restart; `None` while it is not in the status.
    pub container: Option<(u64, ContainerState)>,
    /// Whether the pod is being deleted.
    pub deleting: bool,
    /// The pod's restart policy.
    pub restart_policy: RestartPolicy,
}

/// What came of one tick of a worker.
///
/// ```
/// use tidegate_workload::{PodPhase, PodView, Probe, ProbeAnswer, ProbeKind, ProbeTick, ProbeWorker, RestartPolicy, Seconds};
///
/// let pod = PodView {
///     phase: Some(PodPhase::Succeeded),
///     container: None,
///     deleting: false,
///     restart_policy: RestartPolicy::Never,
/// };
/// let mut worker = ProbeWorker::new(ProbeKind::Liveness, &Probe::default());
/// let tick = worker.tick(Seconds(0), &pod, ProbeAnswer::Success);
/// assert_eq!(tick, ProbeTick { probed: false, goes_on: false });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ProbeTick {
    /// Whether the container was asked.
    pub probed: bool,
    /// Whether the worker lives on.
    pub goes_on: bool,
}

/// The kubelet's worker for one probe of one container. It ticks once a period; the time is an argument.
///
/// Source: Kubernetes `pkg/kubelet/prober/worker.go`, `doProbe`.
///
/// ```
/// use tidegate_workload::{
///     ContainerState, PodPhase, PodView, Probe, ProbeAnswer, ProbeKind, ProbeState, ProbeWorker, RestartPolicy,
///     Seconds,
/// };
///
/// let probe = Probe { initial_delay_seconds: 10, ..Probe::default() };
/// let mut worker = ProbeWorker::new(ProbeKind::Readiness, &probe);
/// let running = ContainerState::Running { since: Seconds(100), started: true };
/// let pod = PodView {
///     phase: Some(PodPhase::Running),
///     container: Some((1, running)),
///     deleting: false,
///     restart_policy: RestartPolicy::Always,
/// };
/// assert!(!worker.tick(Seconds(109), &pod, ProbeAnswer::Success).probed);
/// assert!(worker.tick(Seconds(110), &pod, ProbeAnswer::Success).probed);
/// assert_eq!(worker.state(), Some(ProbeState::Success));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbeWorker {
    kind: ProbeKind,
    probe: Probe,
    run: ProbeRun,
    container: Option<u64>,
}

impl ProbeWorker {
    /// Creates a worker that has seen no container yet. What is not set in the probe takes its default.
    ///
    /// ```
    /// use tidegate_workload::{Probe, ProbeKind, ProbeWorker};
    ///
    /// let worker = ProbeWorker::new(ProbeKind::Liveness, &Probe::default());
    /// // No container has been seen yet.
    /// assert_eq!(worker.state(), None);
    /// ```
    #[must_use]
    pub fn new(kind: ProbeKind, probe: &Probe) -> Self {
        let probe = probe.defaulted();
        Self { kind, run: ProbeRun::new(kind, &probe), probe, container: None }
    }

    /// Returns what is held to be true of the container; `None` while there is none.
    ///
    /// ```
    /// use tidegate_workload::{ContainerState, PodPhase, PodView, Probe, ProbeAnswer, ProbeKind, ProbeState, ProbeWorker, RestartPolicy, Seconds};
    ///
    /// let mut worker = ProbeWorker::new(ProbeKind::Readiness, &Probe::default());
    /// let pod = PodView {
    ///     phase: Some(PodPhase::Running),
    ///     container: Some((1, ContainerState::Running { since: Seconds(0), started: true })),
    ///     deleting: false,
    ///     restart_policy: RestartPolicy::Always,
    /// };
    /// worker.tick(Seconds(0), &pod, ProbeAnswer::Failure);
    /// assert_eq!(worker.state(), Some(ProbeState::Failure));
    /// ```
    #[must_use]
    pub fn state(&self) -> Option<ProbeState> {
        self.container.map(|_| self.run.state())
    }

    /// Returns whether the container failed and waits for its restart.
    ///
    /// ```
    /// use tidegate_workload::{ContainerState, PodPhase, PodView, Probe, ProbeAnswer, ProbeKind, ProbeWorker, RestartPolicy, Seconds};
    ///
    /// let once = Probe { failure_threshold: 1, ..Probe::default() };
    /// let mut worker = ProbeWorker::new(ProbeKind::Liveness, &once);
    /// let pod = PodView {
    ///     phase: Some(PodPhase::Running),
    ///     container: Some((1, ContainerState::Running { since: Seconds(0), started: true })),
    ///     deleting: false,
    ///     restart_policy: RestartPolicy::Always,
    /// };
    /// worker.tick(Seconds(0), &pod, ProbeAnswer::Failure);
    /// // The container is killed; until there is another, nobody asks.
    /// assert!(worker.on_hold());
    /// assert!(!worker.tick(Seconds(10), &pod, ProbeAnswer::Success).probed);
    /// ```
    #[must_use]
    pub const fn on_hold(&self) -> bool {
        self.run.on_hold()
    }

    /// Looks at the pod as of `now` and asks the container if it is time. `answer` is what the container would say; it is not
    /// looked at when nothing is asked.
    ///
    /// ```
    /// use tidegate_workload::{ContainerState, PodPhase, PodView, Probe, ProbeAnswer, ProbeKind, ProbeWorker, RestartPolicy, Seconds};
    ///
    /// let mut worker = ProbeWorker::new(ProbeKind::Liveness, &Probe::default());
    /// let starting = PodView {
    ///     phase: Some(PodPhase::Running),
    ///     container: Some((1, ContainerState::Running { since: Seconds(0), started: false })),
    ///     deleting: false,
    ///     restart_policy: RestartPolicy::Always,
    /// };
    /// // Liveness rests until the startup probe has succeeded.
    /// let tick = worker.tick(Seconds(60), &starting, ProbeAnswer::Failure);
    /// assert!(!tick.probed && tick.goes_on);
    /// ```
    pub fn tick(&mut self, now: Seconds, pod: &PodView, answer: ProbeAnswer) -> ProbeTick {
        let idle = |goes_on| ProbeTick { probed: false, goes_on };
        let Some(phase) = pod.phase else { return idle(true) };
        if matches!(phase, PodPhase::Failed | PodPhase::Succeeded) {
            return idle(false);
        }
        let Some((id, state)) = pod.container else { return idle(true) };
        if self.container != Some(id) {
            self.container = Some(id);
            self.run.renew();
        }
        if self.run.on_hold() {
            return idle(true);
        }
        let ContainerState::Running { since, started } = state else {
            self.run.set(ProbeState::Failure);
            let ended = state == ContainerState::Terminated;
            return idle(!ended || pod.restart_policy != RestartPolicy::Never);
        };
        if pod.deleting && self.kind != ProbeKind::Readiness {
            self.run.set(ProbeState::Success);
            return idle(false);
        }
        let delay = Seconds(i64::from(self.probe.initial_delay_seconds));
        if now - since < delay || started == (self.kind == ProbeKind::Startup) {
            return idle(true);
        }
        self.run.record(answer);
        ProbeTick { probed: true, goes_on: true }
    }
}
