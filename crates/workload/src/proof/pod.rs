use tidegate_source::Mark;

use super::context::{Assumptions, Interval};
use crate::int_or_percent::IntOrString;
use crate::model::{Container, MarkedProbe, Workload};
use crate::probe::{ProbeKind, ProbeWindow, killed_before_answering, ready_window};
use crate::seconds::Seconds;

/// A probe that may kill a container which would have answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kill {
    pub(super) container: usize,
    pub(super) kind: ProbeKind,
    /// The latest answer that saves the container.
    pub(super) saved_by: Seconds,
}

/// A probe that can never succeed, since the port that it names is not declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Deaf {
    pub(super) container: usize,
    pub(super) kind: ProbeKind,
    pub(super) port: String,
    pub(super) mark: Mark,
}

/// What becomes of one new pod.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PodTimes {
    /// From creation to Ready; `None` where an assumption is missing.
    pub(super) ready: Option<Interval>,
    /// From creation until containers run, with the time that pulling costs; `None` where it is not assumed.
    pub(super) starts: Option<Interval>,
    /// From the containers' start to Ready; `None` where it is not assumed when they answer.
    pub(super) after_start: Option<Interval>,
    /// The first probe that may kill a container, under the assumptions.
    pub(super) kill: Option<Kill>,
    /// The first probe that never succeeds.
    pub(super) deaf: Option<Deaf>,
    /// The latest answer, from a container's start, that saves every container.
    pub(super) saved_by: Option<Kill>,
    /// The most from creation to Ready of a pod that starts and answers at once.
    pub(super) at_once: Seconds,
}

impl PodTimes {
    /// Works out the times of a pod: kubelet ticks may fall anywhere, answers anywhere within the assumption.
    pub(super) fn of(workload: &Workload, assumptions: &Assumptions) -> Self {
        let containers = &workload.pod.containers;
        let starts = assumptions.starts.map(|it| after_pulling(it, assumptions.pull_fails_for));
        let window = |answers: Interval| {
            let of = |it: &Container| container_ready(it, answers);
            containers.iter().map(of).reduce(|left, right| ProbeWindow {
                earliest: left.earliest.max(right.earliest),
                latest: left.latest.max(right.latest),
            })
        };
        let none = ProbeWindow { earliest: Seconds::ZERO, latest: Seconds::ZERO };
        let at_once = window(Interval::new(0, 0)).unwrap_or(none);
        let never = after_pulling(Interval::new(0, 0), assumptions.pull_fails_for);
        let after_start = assumptions.answers.map(|answers| {
            let window = window(answers).unwrap_or(none);
            Interval { least: window.earliest, most: window.latest }
        });
        let ready = starts.zip(after_start).map(|(starts, after)| Interval {
            least: starts.least + after.least,
            most: starts.most + after.most,
        });
        let saved_by = (0..containers.len())
            .filter_map(|at| killer(at, &containers[at]))
            .min_by_key(|it| it.saved_by);
        let kill = saved_by
            .clone()
            .filter(|it| assumptions.answers.is_some_and(|answers| answers.most > it.saved_by));
        Self {
            ready,
            starts,
            after_start,
            kill,
            deaf: (0..containers.len()).find_map(|at| deaf(at, &containers[at])),
            saved_by,
            at_once: starts.unwrap_or(never).most + at_once.latest,
        }
    }

    /// Whether a pod may never become ready.
    pub(super) fn may_never(&self) -> bool {
        self.kill.is_some() || self.deaf.is_some()
    }
}

/// The times that a pull adds: the first attempt after the registry is back starts the pod.
///
/// Source: Kubernetes `pkg/kubelet/kubelet.go`, `MaxContainerBackOff`: 10 s doubling to 300 s.
fn after_pulling(starts: Interval, fails_for: Seconds) -> Interval {
    let (mut attempt, mut wait) = (Seconds::ZERO, Seconds(10));
    while attempt < fails_for {
        if wait == Seconds(300) {
            let rounds = (fails_for - attempt).0.saturating_add(299) / 300;
            attempt = attempt + Seconds(300) * rounds;
            break;
        }
        attempt = attempt + wait;
        wait = (wait * 2).min(Seconds(300));
    }
    Interval { least: starts.least + attempt, most: starts.most + attempt }
}

/// From a container's start until it counts as ready.
fn container_ready(container: &Container, answers: Interval) -> ProbeWindow {
    let at_start = ProbeWindow { earliest: Seconds::ZERO, latest: Seconds::ZERO };
    let answers = ProbeWindow { earliest: answers.least, latest: answers.most };
    let probe = |probe: &Option<MarkedProbe>| probe.as_ref().map(|it| it.probe.clone());
    let started = match probe(&container.startup) {
        Some(startup) => ready_window(Some(&startup), answers, at_start),
        None => at_start,
    };
    ready_window(probe(&container.readiness).as_ref(), answers, started)
}

/// The probe that kills a container which answers late. After its startup probe has succeeded a container answers,
/// so liveness cannot kill it any more.
fn killer(at: usize, container: &Container) -> Option<Kill> {
    let probe = |kind| Some((kind, container.probe(kind)?));
    let (kind, probe) = probe(ProbeKind::Startup).or(probe(ProbeKind::Liveness))?;
    let saved_by = killed_before_answering(&probe.probe);
    Some(Kill { container: at, kind, saved_by })
}

/// A readiness or startup probe whose named port the container does not declare: the kubelet cannot even ask, and
/// throws the result away.
fn deaf(at: usize, container: &Container) -> Option<Deaf> {
    [ProbeKind::Startup, ProbeKind::Readiness].into_iter().find_map(|kind| {
        let (port, mark) = container.probe(kind)?.port()?;
        let IntOrString::String(port) = port else { return None };
        let declared = container.ports.iter().any(|it| it.name == port);
        (!declared).then_some(Deaf { container: at, kind, port, mark })
    })
}
