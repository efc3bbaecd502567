//! The prover agrees with the explorer on generated workloads.
//!
//! `TIDEGATE_EXPLORE=10000` sets how many; a failure names its number, with which it can be run again.

use serde_json::json;
use tidegate_workload::{
    Assumptions, Context, Fenceposts, Finish, IntOrPercent, Interval, OldPods, Strategy,
    max_unavailable, prove,
};

use crate::explorer::{Setting, explore};
use crate::fixture::{budget, deployment, quota};

/// A small generator of numbers that look random: splitmix64.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn from(&mut self, least: i32, most: i32) -> i32 {
        let span = u64::try_from(most - least + 1).expect("small numbers");
        least + i32::try_from(self.next() % span).expect("small numbers")
    }

    pub(crate) fn once_in(&mut self, n: i32) -> bool {
        self.from(1, n) == 1
    }

    fn amount(&mut self) -> IntOrPercent {
        if self.once_in(2) {
            IntOrPercent::Int(self.from(0, 3))
        } else {
            IntOrPercent::Percent(i64::from(self.from(0, 6) * 15))
        }
    }
}

#[expect(clippy::too_many_lines, reason = "one drawing of everything a rollout is made of")]
fn check(number: u64) {
    let mut dice = Dice(number);
    let replicas = if dice.once_in(20) { 0 } else { dice.from(1, 6) };
    let (max_surge, max_unavailable_field) = loop {
        let (surge, unavailable) = (dice.amount(), dice.amount());
        // Both 0 as written is refused by the API server.
        if surge.number().0 > 0 || unavailable.number().0 > 0 {
            break (surge, unavailable);
        }
    };
    let recreate = dice.once_in(7);
    let rolling = Strategy::RollingUpdate { max_surge, max_unavailable: max_unavailable_field };
    let strategy = if recreate { Strategy::Recreate } else { rolling };
    let ready = dice.from(1, 3);
    let ready = (ready, ready + dice.from(0, 2));
    let min_ready = dice.from(0, 2);
    let deadline = (!dice.once_in(6)).then(|| dice.from(1, 7));
    let room = dice.once_in(3).then(|| replicas + dice.from(-1, 4));
    let ends = if room.is_some() { 0 } else { dice.from(0, 3) };
    let evictions = u32::try_from(dice.from(0, 1)).expect("small numbers");
    let (old_pods, old_available) = match dice.from(1, 6) {
        1 => (0, 0),
        2 => {
            let pods = dice.from(0, replicas);
            (pods, dice.from(0, pods))
        }
        _ => (replicas, replicas),
    };
    let mut budgets = [None, None];
    let mut written = Vec::new();
    for (at, keeps) in budgets.iter_mut().enumerate() {
        if !dice.once_in(if at == 0 { 2 } else { 5 }) {
            continue;
        }
        let amount = dice.from(0, replicas + 1);
        let name = format!("budget-{at}");
        if dice.once_in(2) {
            *keeps = Some(amount);
            written.push(budget(&name, &json!({ "minAvailable": amount })));
        } else {
            *keeps = Some((replicas - amount).max(0));
            written.push(budget(&name, &json!({ "maxUnavailable": amount })));
        }
    }
    let paused = dice.once_in(25);
    let setting = Setting {
        replicas,
        surge: Fenceposts::of_strategy(strategy, replicas).surge,
        unavailable: max_unavailable(strategy, replicas),
        recreate,
        paused,
        min_ready,
        deadline,
        ready,
        ends,
        evictions,
        budgets,
        room,
        old_pods,
        old_available,
    };
    let kind = if recreate {
        json!({ "type": "Recreate" })
    } else {
        let text = |it: IntOrPercent| match it {
            IntOrPercent::Int(number) => json!(number),
            IntOrPercent::Percent(percent) => json!(format!("{percent}%")),
        };
        let fields = json!({
            "maxSurge": text(max_surge),
            "maxUnavailable": text(max_unavailable_field),
        });
        json!({ "type": "RollingUpdate", "rollingUpdate": fields })
    };
    let spec = json!({
        "replicas": replicas,
        "strategy": kind,
        "minReadySeconds": min_ready,
        "progressDeadlineSeconds": deadline.unwrap_or(i32::MAX),
        "paused": paused,
        "template": { "spec": { "terminationGracePeriodSeconds": ends } },
    });
    // Without a probe a pod is ready when it runs.
    let mut workload = deployment(&spec, &json!({}));
    workload.pod.containers[0].readiness = None;
    let context = Context {
        assumptions: Assumptions {
            starts: Some(Interval::new(i64::from(ready.0), i64::from(ready.1))),
            answers: Some(Interval::new(0, 0)),
            evictions,
            ..Assumptions::default()
        },
        quotas: room.map(|pods| quota(&json!({ "pods": pods.to_string() }))).into_iter().collect(),
        old: OldPods::Some { pods: old_pods, available: old_available },
        ..Context::default()
    };
    let proof = prove(&workload, &written, &context);
    let seen = explore(setting);
    let case = || format!("workload {number}: {setting:?}\nseen: {seen:?}\nproof: {proof:#?}");
    assert_eq!(matches!(proof.finishes, Finish::Not(_)), seen.may_fail, "finishes? {}", case());
    if let Finish::Not(found) = &proof.finishes
        && let Some(soonest) = seen.soonest_failure
    {
        let end = found.timeline.end().0;
        assert_eq!(end, i64::from(soonest), "shortest counterexample, {}", case());
    }
    if let Finish::Always { longest } = proof.finishes {
        assert_eq!(proof.availability.least, seen.least_available, "least, {}", case());
        assert_eq!(proof.availability.most, seen.most_pods, "most, {}", case());
        if evictions == 0 {
            assert_eq!(longest.0, i64::from(seen.longest), "longest, {}", case());
        }
    }
}

#[test]
fn prover_agrees_with_the_explorer() {
    let count = std::env::var("TIDEGATE_EXPLORE").ok().and_then(|it| it.parse().ok());
    for number in 0..count.unwrap_or(500) {
        check(number);
    }
}
