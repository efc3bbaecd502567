//! When a container that has just started will be seen ready, or be killed: its probes' workers, run ahead.
//!
//! What a container answers is a function of time, so the whole run is known at its start, and a pod that is ready
//! needs no ticks any more. Times are counted from the container's start.

use tidegate_workload::{
    ContainerState, PodPhase, PodView, ProbeAnswer, ProbeKind, ProbeState, ProbeWorker,
    RestartPolicy, Seconds,
};

use super::shape::{Asked, Probes};
use crate::clock::Span;

/// What a container says to its probes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Answers {
    /// From when on it answers at all.
    pub(super) alive_from: Span,
    /// Whether its readiness probe then succeeds.
    pub(super) ready: bool,
}

/// What comes of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    /// When readiness is noticed; `None` for never.
    pub(super) ready: Option<Span>,
    /// When a liveness or startup probe gives up; `None` for never.
    pub(super) killed: Option<Span>,
}

/// The most questions that are asked of a container before it counts as one that never answers.
const PATIENCE: i64 = 100_000;

pub(super) fn outcome(probes: &Probes, answers: Answers) -> Outcome {
    let alive = |second: i64| Span::seconds(second) >= answers.alive_from;
    let mut started = 0;
    if let Some(probe) = &probes.startup {
        let first = delay(probe);
        match ask(ProbeKind::Startup, probe, first, alive) {
            Answered::Succeeded(second) => started = second,
            Answered::Failed(second) => {
                return Outcome { ready: None, killed: Some(Span::seconds(second)) };
            }
            Answered::Neither => return Outcome { ready: None, killed: None },
        }
    }
    // Liveness is asked at once: the soonest that it can fail.
    let killed = probes.liveness.as_ref().and_then(|probe| {
        let first = delay(probe).max(started);
        match ask(ProbeKind::Liveness, probe, first, alive) {
            Answered::Failed(second) => Some(second),
            Answered::Succeeded(_) | Answered::Neither => None,
        }
    });
    // Readiness is asked one second short of a period late: the last tick came just before it could be asked.
    let ready = match &probes.readiness {
        None => Some(started),
        Some(probe) => {
            let first =
                delay(probe).max(started) + i64::from(probe.probe.period_seconds.max(1)) - 1;
            match ask(ProbeKind::Readiness, probe, first, |it| answers.ready && alive(it)) {
                Answered::Succeeded(second) => Some(second),
                Answered::Failed(_) | Answered::Neither => None,
            }
        }
    };
    Outcome {
        ready: ready.filter(|it| killed.is_none_or(|killed| *it < killed)).map(Span::seconds),
        killed: killed.map(Span::seconds),
    }
}

enum Answered {
    Succeeded(i64),
    Failed(i64),
    Neither,
}

fn delay(asked: &Asked) -> i64 {
    i64::from(asked.probe.initial_delay_seconds.max(0))
}

/// Runs one worker with its first question at `first`, until what it holds true can change no more.
fn ask(kind: ProbeKind, asked: &Asked, first: i64, answers: impl Fn(i64) -> bool) -> Answered {
    if asked.unreachable {
        return Answered::Neither;
    }
    let probe = &asked.probe;
    let mut worker = ProbeWorker::new(kind, probe);
    let pod = PodView {
        phase: Some(PodPhase::Running),
        container: Some((
            1,
            ContainerState::Running { since: Seconds(0), started: kind != ProbeKind::Startup },
        )),
        deleting: false,
        restart_policy: RestartPolicy::Always,
    };
    let period = i64::from(probe.defaulted().period_seconds.max(1));
    let threshold = i64::from(probe.defaulted().success_threshold.max(1));
    let mut in_a_row = 0;
    for nth in 0..PATIENCE {
        let second = first + nth * period;
        let success = answers(second);
        let answer = if success { ProbeAnswer::Success } else { ProbeAnswer::Failure };
        worker.tick(Seconds(second), &pod, answer);
        in_a_row = if success { in_a_row + 1 } else { 0 };
        if worker.on_hold() {
            return Answered::Failed(second);
        }
        // A container that answers goes on doing so.
        if in_a_row >= threshold && worker.state() == Some(ProbeState::Success) {
            return Answered::Succeeded(second);
        }
    }
    Answered::Neither
}

#[cfg(test)]
mod tests {
    use tidegate_workload::Probe;

    use super::*;

    fn probe(delay: i32, period: i32) -> Asked {
        patient(delay, period, 3)
    }

    fn patient(delay: i32, period: i32, failures: i32) -> Asked {
        let probe = Probe {
            initial_delay_seconds: delay,
            period_seconds: period,
            failure_threshold: failures,
            ..Probe::default()
        };
        Asked { probe: probe.defaulted(), unreachable: false }
    }

    #[track_caller]
    fn check(probes: &Probes, alive_from: i64, expected: (Option<i64>, Option<i64>)) {
        let answers = Answers { alive_from: Span::seconds(alive_from), ready: true };
        let found = outcome(probes, answers);
        let seconds = |it: Option<Span>| it.map(|it| it.0 / 1000);
        assert_eq!((seconds(found.ready), seconds(found.killed)), expected);
    }

    #[test]
    fn readiness_is_noticed_a_period_late() {
        check(&Probes::default(), 5, (Some(0), None));
        check(&Probes { readiness: Some(probe(10, 10)), ..Probes::default() }, 2, (Some(19), None));
        check(&Probes { readiness: Some(probe(0, 1)), ..Probes::default() }, 2, (Some(2), None));
        check(&Probes { readiness: Some(probe(0, 10)), ..Probes::default() }, 25, (Some(29), None));
    }

    #[test]
    fn liveness_kills_what_does_not_answer_in_time() {
        let both =
            Probes { readiness: Some(probe(10, 10)), liveness: Some(probe(15, 30)), startup: None };
        check(&both, 75, (Some(79), None));
        check(&both, 76, (None, Some(75)));
    }

    #[test]
    fn probe_of_an_undeclared_port_counts_for_nothing() {
        let unreachable = || Some(Asked { unreachable: true, ..probe(0, 1) });
        check(&Probes { readiness: unreachable(), ..Probes::default() }, 0, (None, None));
        check(&Probes { liveness: unreachable(), ..Probes::default() }, 99, (Some(0), None));
        check(&Probes { startup: unreachable(), ..Probes::default() }, 0, (None, None));
    }

    #[test]
    fn startup_holds_the_others_back() {
        let all = Probes {
            readiness: Some(probe(0, 5)),
            liveness: Some(probe(0, 1)),
            startup: Some(patient(0, 10, 4)),
        };
        check(&all, 25, (Some(34), None));
        check(&all, 31, (None, Some(30)));
    }
}
