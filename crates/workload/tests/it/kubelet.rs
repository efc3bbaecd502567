//! The times of a pod agree with the kubelet's workers, run tick by tick from every phase.
//!
//! Here a second has ten parts, so that a tick can fall just before the moment that it would have to see.

use serde_json::{Value, json};
use tidegate_workload::{
    Assumptions, ContainerState, Context, Finish, Interval, PodPhase, PodView, Probe, ProbeAnswer,
    ProbeKind, ProbeState, ProbeWorker, RestartPolicy, Rule, Seconds, prove,
};

use crate::agreement::Dice;
use crate::fixture::deployment;

const PARTS: i64 = 10;

/// A probe's worker, its phase and how long its good answers take.
struct Asked {
    worker: ProbeWorker,
    phase: i64,
    period: i64,
    latency: i64,
}

fn asked(kind: ProbeKind, probe: &Probe, phase: i64, latency: i64) -> Asked {
    let parts = i32::try_from(PARTS).expect("small numbers");
    let scaled =
        Probe { initial_delay_seconds: probe.initial_delay_seconds * parts, ..probe.clone() };
    let period = i64::from(probe.period_seconds) * PARTS;
    Asked { worker: ProbeWorker::new(kind, &scaled), phase, period, latency: latency * PARTS }
}

/// When the container is ready, or `None` when it is killed before.
fn one_way(probes: &mut [Option<Asked>; 3], answers: i64) -> Option<i64> {
    let has_startup = probes[0].is_some();
    let mut started = (!has_startup).then_some(0);
    let mut ready = None;
    for now in 0.. {
        let view = |started: Option<i64>| PodView {
            phase: Some(PodPhase::Running),
            container: Some((
                1,
                ContainerState::Running {
                    since: Seconds(0),
                    started: started.is_some_and(|it| it <= now),
                },
            )),
            deleting: false,
            restart_policy: RestartPolicy::Always,
        };
        for (at, probe) in probes.iter_mut().enumerate() {
            let Some(probe) = probe else { continue };
            if now < probe.phase || (now - probe.phase) % probe.period != 0 {
                continue;
            }
            let answer = if now >= answers { ProbeAnswer::Success } else { ProbeAnswer::Failure };
            probe.worker.tick(Seconds(now), &view(started), answer);
            match (at, probe.worker.state()) {
                (0 | 1, Some(ProbeState::Failure)) => return None,
                (0, Some(ProbeState::Success)) => {
                    started.get_or_insert(now + probe.latency);
                }
                (2, Some(ProbeState::Success)) => {
                    ready.get_or_insert(now + probe.latency);
                }
                _ => {}
            }
        }
        if probes[2].is_none() && started.is_some_and(|it| it <= now) {
            ready.get_or_insert(now);
        }
        if ready.is_some() {
            // A container that answers goes on answering.
            return ready;
        }
    }
    None
}

/// Every phase that can make a difference: on whole seconds, and just before them.
fn phases(period: i32) -> Vec<i64> {
    (0..=i64::from(period) * PARTS).filter(|it| matches!(it % PARTS, 0 | 8 | 9)).collect()
}

fn probe(dice: &mut Dice, kind: ProbeKind) -> Probe {
    Probe {
        initial_delay_seconds: dice.from(0, 2),
        period_seconds: dice.from(1, 2),
        timeout_seconds: dice.from(1, 2),
        failure_threshold: dice.from(1, 3),
        success_threshold: if kind == ProbeKind::Readiness { dice.from(1, 2) } else { 1 },
        ..Probe::default()
    }
}

fn written(probe: &Probe) -> Value {
    json!({
        "httpGet": { "path": "/health", "port": 8080 },
        "initialDelaySeconds": probe.initial_delay_seconds,
        "periodSeconds": probe.period_seconds,
        "timeoutSeconds": probe.timeout_seconds,
        "failureThreshold": probe.failure_threshold,
        "successThreshold": probe.success_threshold,
    })
}

fn check(number: u64) {
    let mut dice = Dice(number);
    let kinds = [ProbeKind::Startup, ProbeKind::Liveness, ProbeKind::Readiness];
    let probes = kinds.map(|kind| {
        let wanted = dice.once_in(if kind == ProbeKind::Readiness { 1 } else { 2 });
        wanted.then(|| probe(&mut dice, kind))
    });
    let answers = dice.from(0, 5);
    let answers = (i64::from(answers), i64::from(answers + dice.from(0, 2)));

    let (mut killed, mut soonest, mut latest) = (false, i64::MAX, 0);
    let choices = |probe: &Option<Probe>| match probe {
        None => vec![None],
        Some(probe) => {
            let latencies = [0, i64::from(probe.timeout_seconds)];
            let phases = phases(probe.period_seconds);
            let both = |phase| latencies.map(|latency| Some((phase, latency)));
            phases.into_iter().flat_map(both).collect()
        }
    };
    for answer in answers.0..=answers.1 {
        for startup in choices(&probes[0]) {
            for liveness in choices(&probes[1]) {
                for readiness in choices(&probes[2]) {
                    let one = |at: usize, choice: Option<(i64, i64)>| {
                        let (phase, latency) = choice?;
                        Some(asked(kinds[at], probes[at].as_ref()?, phase, latency))
                    };
                    let mut workers = [one(0, startup), one(1, liveness), one(2, readiness)];
                    match one_way(&mut workers, answer * PARTS) {
                        None => killed = true,
                        Some(ready) => {
                            (soonest, latest) = (soonest.min(ready), latest.max(ready));
                        }
                    }
                }
            }
        }
    }

    let mut container = json!({});
    for (kind, probe) in kinds.iter().zip(&probes) {
        if let Some(probe) = probe {
            container[kind.field()] = written(probe);
        }
    }
    let workload = deployment(&json!({}), &container);
    let assumptions = Assumptions {
        starts: Some(Interval::new(0, 0)),
        answers: Some(Interval::new(answers.0, answers.1)),
        ..Assumptions::default()
    };
    let proof = prove(&workload, &[], &Context { assumptions, ..Context::default() });
    let case = || format!("pod {number}: answers {answers:?}, {probes:#?}");
    if let Finish::Not(found) = &proof.finishes {
        assert_eq!(found.rule, Rule::Killed, "{}", case());
        assert!(killed, "nothing kills it, {}", case());
        return;
    }
    assert!(!killed, "something kills it, {}", case());
    let ready = proof.pod_ready.expect("everything is assumed");
    assert_eq!(ready.least.0 * PARTS, soonest, "soonest, {}", case());
    let whole = latest.div_euclid(PARTS) + i64::from(latest % PARTS != 0);
    assert_eq!(ready.most.0, whole, "latest, {}", case());
}

#[test]
fn times_of_pods_agree_with_the_workers() {
    let count = std::env::var("TIDEGATE_EXPLORE").ok().and_then(|it| it.parse::<u64>().ok());
    for number in 0..count.map_or(100, |it| it / 20) {
        check(number);
    }
}
