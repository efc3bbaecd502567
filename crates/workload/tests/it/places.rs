//! Rollouts of `StatefulSet` and `DaemonSet`, found out a second, slow way: every order of events, second by second.
//!
//! The controllers here are of their own: they look at every place, an ordinal or a node, and share no code with the prover.

use std::collections::HashMap;

use serde_json::json;
use tidegate_object::Object;
use tidegate_workload::{Assumptions, Budget, Context, Finish, Interval, OldPods, Workload, prove};

use tidegate_workload::{Event, IntOrPercent, Seconds};

use crate::agreement::Dice;
use crate::fixture::{budget, deployment_json, node, quota};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Ordered,
    Parallel,
    Nodes { surge: i32, unavailable: i32 },
}

#[derive(Clone, Copy, Debug)]
struct Setting {
    kind: Kind,
    partition: usize,
    min_ready: i32,
    ready: (i32, i32),
    ends: i32,
    /// Pods that have to stay healthy.
    keeps: Option<i32>,
    room: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Pod {
    None,
    Broken,
    Ending(i32),
    Young(i32),
    Ready(i32),
    Serves,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Place {
    old: Pod,
    new: Pod,
}

impl Place {
    fn pods(self) -> [Pod; 2] {
        [self.old, self.new]
    }

    fn is_empty(self) -> bool {
        self.pods() == [Pod::None; 2]
    }

    fn serves(self) -> bool {
        self.pods().contains(&Pod::Serves)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct State {
    places: Vec<Place>,
    evictions: u32,
}

impl State {
    fn count(&self, wanted: impl Fn(Pod) -> bool) -> i32 {
        let pods = self.places.iter().flat_map(|it| it.pods());
        i32::try_from(pods.filter(|it| wanted(*it)).count()).expect("small numbers")
    }
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    may_stall: bool,
    least: i32,
    most: i32,
    longest: i32,
}

struct Explorer {
    setting: Setting,
    /// Whether a state may stall, and the most seconds to completion.
    known: HashMap<State, (bool, i32)>,
    least: i32,
    most: i32,
}

fn explore(setting: Setting, start: State) -> Seen {
    let mut explorer = Explorer { setting, known: HashMap::new(), least: i32::MAX, most: 0 };
    explorer.note(&start);
    let (mut may_stall, mut longest) = (false, 0);
    for state in explorer.disturbed(start) {
        let (stalls, left) = explorer.outcome(state);
        may_stall |= stalls;
        longest = longest.max(left);
    }
    Seen { may_stall, least: explorer.least, most: explorer.most, longest }
}

impl Explorer {
    fn note(&mut self, state: &State) {
        self.least = self.least.min(state.count(|it| it == Pod::Serves));
        self.most = self.most.max(state.count(|it| !matches!(it, Pod::None | Pod::Ending(_))));
    }

    fn is_complete(&self, state: &State) -> bool {
        state.places.iter().enumerate().all(|(at, place)| {
            if at < self.setting.partition {
                return place.old == Pod::Serves;
            }
            place.new == Pod::Serves && matches!(place.old, Pod::None | Pod::Ending(_))
        })
    }

    /// The state, and what evictions make of it before and after the controller has acted.
    fn disturbed(&mut self, state: State) -> Vec<State> {
        let (mut all, mut open) = (Vec::new(), vec![state]);
        while let Some(state) = open.pop() {
            open.extend(self.evicted(&state));
            let mut acted = state.clone();
            if self.act(&mut acted) {
                self.note(&acted);
                open.push(acted);
            } else if !all.contains(&state) {
                all.push(state);
            }
        }
        all
    }

    fn evicted(&mut self, state: &State) -> Vec<State> {
        if state.evictions == 0 || self.is_complete(state) {
            return Vec::new();
        }
        let is_ready = |it: Pod| matches!(it, Pod::Ready(_) | Pod::Serves);
        let allowed = self.setting.keeps.is_none_or(|keeps| state.count(is_ready) > keeps);
        let mut all = Vec::new();
        for at in 0..state.places.len() {
            for old in [true, false] {
                let mut next = state.clone();
                let place = &mut next.places[at];
                let pod = if old { &mut place.old } else { &mut place.new };
                if matches!(pod, Pod::None | Pod::Ending(_)) || (is_ready(*pod) && !allowed) {
                    continue;
                }
                *pod = Pod::None;
                next.evictions -= 1;
                self.note(&next);
                all.push(next);
            }
        }
        all
    }

    fn ending(&self) -> Pod {
        if self.setting.ends == 0 { Pod::None } else { Pod::Ending(0) }
    }

    fn has_room(&self, state: &State) -> bool {
        let present = state.count(|it| it != Pod::None);
        self.setting.room.is_none_or(|room| usize::try_from(present).expect("a count") < room)
    }

    /// What the controller does in one look; returns whether it did anything.
    fn act(&self, state: &mut State) -> bool {
        match self.setting.kind {
            Kind::Ordered => self.act_on_ordinals(state, true),
            Kind::Parallel => self.act_on_ordinals(state, false),
            Kind::Nodes { surge, unavailable } => self.act_on_nodes(state, surge, unavailable),
        }
    }

    fn act_on_ordinals(&self, state: &mut State, ordered: bool) -> bool {
        let mut created = false;
        for at in 0..state.places.len() {
            let place = state.places[at];
            if place.is_empty() {
                if !self.has_room(state) {
                    return created;
                }
                let young = Pod::Young(0);
                if at < self.setting.partition {
                    state.places[at].old = young;
                } else {
                    state.places[at].new = young;
                }
                created = true;
            }
            if ordered && !state.places[at].serves() {
                return created;
            }
        }
        for place in state.places.iter_mut().skip(self.setting.partition).rev() {
            if !matches!(place.old, Pod::None | Pod::Ending(_)) {
                place.old = self.ending();
                return true;
            }
            if !place.serves() {
                break;
            }
        }
        created
    }

    fn act_on_nodes(&self, state: &mut State, surge: i32, unavailable: i32) -> bool {
        let before = state.clone();
        for at in 0..state.places.len() {
            if state.places[at].is_empty() && self.has_room(state) {
                state.places[at].new = Pod::Young(0);
            }
        }
        if *state != before {
            return true;
        }
        let is_old = |it: &Place| !matches!(it.old, Pod::None | Pod::Ending(_));
        if surge > 0 {
            let mut surged = 0;
            for place in &mut state.places {
                if is_old(place) && place.new == Pod::Serves {
                    place.old = self.ending();
                } else if is_old(place) && place.new != Pod::None {
                    surged += 1;
                }
            }
            for at in 0..state.places.len() {
                let place = state.places[at];
                let candidate = is_old(&place) && place.new == Pod::None;
                let free = place.old != Pod::Serves || surged < surge;
                if candidate && free && self.has_room(state) {
                    surged += i32::from(place.old == Pod::Serves);
                    state.places[at].new = Pod::Young(0);
                }
            }
            return *state != before;
        }
        for place in &mut state.places {
            if is_old(place) && place.old != Pod::Serves {
                place.old = self.ending();
            }
        }
        for at in 0..state.places.len() {
            let missing = state.places.iter().filter(|it| !it.serves()).count();
            if state.places[at].old == Pod::Serves
                && i32::try_from(missing).expect("a count") < unavailable
            {
                state.places[at].old = self.ending();
            }
        }
        *state != before
    }

    fn outcome(&mut self, state: State) -> (bool, i32) {
        if self.is_complete(&state) {
            return (false, 0);
        }
        if let Some(known) = self.known.get(&state) {
            return *known;
        }
        let moving = |it: Pod| matches!(it, Pod::Young(_) | Pod::Ready(_) | Pod::Ending(_));
        let result = if state.count(moving) == 0 {
            (true, 0)
        } else {
            let (mut may_stall, mut longest) = (false, 0);
            for next in self.grown(&state) {
                self.note(&next);
                for settled in self.disturbed(next) {
                    let (stalls, left) = self.outcome(settled);
                    may_stall |= stalls;
                    longest = longest.max(left + 1);
                }
            }
            (may_stall, longest)
        };
        self.known.insert(state, result);
        result
    }

    /// Every state that one second makes of the pods.
    fn grown(&self, state: &State) -> Vec<State> {
        let mut all = vec![State { places: Vec::new(), ..state.clone() }];
        for place in &state.places {
            let mut next = Vec::new();
            for begun in &all {
                for old in self.later(place.old) {
                    for new in self.later(place.new) {
                        let mut begun = begun.clone();
                        begun.places.push(Place { old, new });
                        next.push(begun);
                    }
                }
            }
            all = next;
        }
        if matches!(self.setting.kind, Kind::Nodes { .. }) {
            // Nodes are alike.
            for state in &mut all {
                state.places.sort_unstable();
            }
            all.sort_by(|left, right| left.places.cmp(&right.places));
            all.dedup();
        }
        all
    }

    fn later(&self, pod: Pod) -> Vec<Pod> {
        let ready = if self.setting.min_ready == 0 { Pod::Serves } else { Pod::Ready(0) };
        let (least, most) = self.setting.ready;
        match pod {
            Pod::Young(age) if age + 1 >= most => vec![ready],
            Pod::Young(age) if age + 1 >= least => vec![Pod::Young(age + 1), ready],
            Pod::Young(age) => vec![Pod::Young(age + 1)],
            Pod::Ready(age) if age + 1 >= self.setting.min_ready => vec![Pod::Serves],
            Pod::Ready(age) => vec![Pod::Ready(age + 1)],
            Pod::Ending(age) if age + 1 >= self.setting.ends => vec![Pod::None],
            Pod::Ending(age) => vec![Pod::Ending(age + 1), Pod::None],
            still => vec![still],
        }
    }
}

/// Every order of the old pods over the places.
fn arrangements(places: usize, pods: usize, serving: usize) -> Vec<Vec<Place>> {
    if places == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    let mut put = |old: Pod, pods: usize, serving: usize| {
        for mut rest in arrangements(places - 1, pods, serving) {
            rest.push(Place { old, new: Pod::None });
            all.push(rest);
        }
    };
    if serving > 0 {
        put(Pod::Serves, pods - 1, serving - 1);
    }
    if pods > serving {
        put(Pod::Broken, pods - 1, serving);
    }
    if places > pods {
        put(Pod::None, pods, serving);
    }
    all
}

fn count(n: usize) -> i32 {
    i32::try_from(n).expect("small numbers")
}

/// The workload and its context, as manifests say them.
fn written(setting: Setting, places: usize) -> Workload {
    let mut json = deployment_json(
        &json!({
            "minReadySeconds": setting.min_ready,
            "template": { "spec": { "terminationGracePeriodSeconds": setting.ends } },
        }),
        &json!({}),
    );
    let (kind, strategy) = match setting.kind {
        Kind::Nodes { surge, unavailable } => {
            ("DaemonSet", json!({ "maxSurge": surge, "maxUnavailable": unavailable }))
        }
        _ => ("StatefulSet", json!({ "partition": setting.partition })),
    };
    json["kind"] = json!(kind);
    json["spec"]["updateStrategy"] = json!({ "rollingUpdate": strategy });
    if setting.kind == Kind::Parallel {
        json["spec"]["podManagementPolicy"] = json!("Parallel");
    }
    let mut workload =
        Workload::from_object(&Object::new(node(&json))).expect("the fixture is valid");
    workload.replicas.value = count(places);
    // Without a probe a pod is ready when it runs.
    workload.pod.containers[0].readiness = None;
    workload
}

fn check(number: u64) {
    let mut dice = Dice(number ^ 0x5EED);
    let kind = match dice.from(1, 4) {
        1 => Kind::Ordered,
        2 => Kind::Parallel,
        3 => Kind::Nodes { surge: dice.from(1, 3), unavailable: 0 },
        _ => Kind::Nodes { surge: 0, unavailable: dice.from(1, 3) },
    };
    let whole = dice.once_in(2);
    let most = if whole { 6 } else { 4 };
    let places = usize::try_from(dice.from(1, most)).expect("small numbers");
    let nodes = matches!(kind, Kind::Nodes { .. });
    let partition =
        if whole && !nodes && dice.once_in(3) { dice.from(0, count(places) - 1) } else { 0 };
    let (pods, serving) = if whole {
        (places, places)
    } else {
        let pods = dice.from(0, count(places));
        (
            usize::try_from(pods).expect("a count"),
            usize::try_from(dice.from(0, pods)).expect("a count"),
        )
    };
    let ready = dice.from(1, 2);
    let room = dice
        .once_in(5)
        .then(|| usize::try_from(count(places) + dice.from(-1, 3)).expect("a count"));
    let setting = Setting {
        kind,
        partition: usize::try_from(partition).expect("a count"),
        min_ready: dice.from(0, 2),
        ready: (ready, ready + dice.from(0, 1)),
        ends: if room.is_some() { 0 } else { dice.from(0, 2) },
        keeps: dice.once_in(2).then(|| dice.from(0, count(places))),
        room,
    };
    let evictions = u32::try_from(dice.from(0, 1)).expect("small numbers");
    let mut seen: Option<Seen> = None;
    for places in arrangements(places, pods, serving) {
        let one = explore(setting, State { places, evictions });
        let before = seen.get_or_insert(one);
        before.may_stall |= one.may_stall;
        before.least = before.least.min(one.least);
        before.most = before.most.max(one.most);
        before.longest = before.longest.max(one.longest);
    }
    let seen = seen.expect("an arrangement");
    let keeps: Vec<Budget> = setting
        .keeps
        .map(|it| budget("keeps", &json!({ "minAvailable": it })))
        .into_iter()
        .collect();
    let context = Context {
        assumptions: Assumptions {
            starts: Some(Interval::new(i64::from(setting.ready.0), i64::from(setting.ready.1))),
            answers: Some(Interval::new(0, 0)),
            evictions,
            ..Assumptions::default()
        },
        quotas: room.map(|pods| quota(&json!({ "pods": pods.to_string() }))).into_iter().collect(),
        old: OldPods::Some { pods: count(pods), available: count(serving) },
        ..Context::default()
    };
    let proof = prove(&written(setting, places), &keeps, &context);
    let case = || {
        format!(
            "workload {number}: {places} places, {pods} pods, {serving} serving, {evictions} evictions, {setting:?}\nseen: {seen:?}\nproof: {proof:#?}"
        )
    };
    assert_eq!(matches!(proof.finishes, Finish::Not(_)), seen.may_stall, "finishes? {}", case());
    if let Finish::Always { longest } = proof.finishes {
        // Where nodes begin unlike, and where new pods are ready all at once, the order of few seconds decides what a
        // budget lets through: never too high.
        let together =
            setting.ready.0 == setting.ready.1 && matches!(kind, Kind::Nodes { surge: 1.., .. });
        let unlike = nodes && (!whole || together);
        let least = proof.availability.least;
        let agrees = if unlike { least <= seen.least } else { least == seen.least };
        assert!(agrees, "least, {}", case());
        // The prover counts what is wanted, admitted or not.
        if room.is_none() {
            assert_eq!(proof.availability.most, seen.most, "most, {}", case());
        }
        if evictions == 0 {
            assert_eq!(longest.0, i64::from(seen.longest), "longest, {}", case());
        }
    }
}

#[test]
fn prover_agrees_with_the_explorer_of_places() {
    let count = std::env::var("TIDEGATE_EXPLORE").ok().and_then(|it| it.parse().ok());
    for number in 0..count.unwrap_or(500) {
        check(number);
    }
}

/// A `StatefulSet` of five whose pods are ready within 10 s, serve after 5 more and end within 20 s.
fn numbered(strategy: &serde_json::Value) -> Workload {
    let mut json = deployment_json(
        &json!({
            "minReadySeconds": 5,
            "replicas": 5,
            "template": { "spec": { "terminationGracePeriodSeconds": 20 } },
        }),
        &json!({}),
    );
    json["kind"] = json!("StatefulSet");
    json["spec"]["updateStrategy"] = strategy.clone();
    let mut workload =
        Workload::from_object(&Object::new(node(&json))).expect("the fixture is valid");
    workload.pod.containers[0].readiness = None;
    workload
}

fn within_10_s() -> Context {
    let assumptions = Assumptions {
        starts: Some(Interval::new(1, 10)),
        answers: Some(Interval::new(0, 0)),
        ..Assumptions::default()
    };
    Context { assumptions, ..Context::default() }
}

#[test]
fn a_stateful_set_takes_its_pods_one_after_the_other() {
    let context = within_10_s();
    let all = prove(&numbered(&json!({})), &[], &context);
    assert_eq!(all.finishes, Finish::Always { longest: Seconds(5 * 35) });
    assert_eq!(all.availability.least_undisturbed, 4);
    assert!(all.timeline.completes());
    let text = all.timeline.to_string();
    assert!(text.contains("●●●●|   1 old pod is told to end"), "{text}");
    assert!(text.contains("1 more round like the last"), "{text}");
    let behind = numbered(&json!({ "rollingUpdate": { "partition": 3 } }));
    assert_eq!(prove(&behind, &[], &context).finishes, Finish::Always { longest: Seconds(70) });
    for strategy in [json!({ "type": "OnDelete" }), json!({ "rollingUpdate": { "partition": 5 } })]
    {
        let waits = prove(&numbered(&strategy), &[], &context);
        assert_eq!(waits.finishes, Finish::Waits);
        assert_eq!((waits.availability.least_undisturbed, waits.timeline.moments.len()), (5, 0));
    }
    assert_eq!(prove(&numbered(&json!({})), &[], &Context::default()).finishes, Finish::NoDeadline);
}

#[test]
fn a_broken_pod_stops_a_stateful_set_for_good() {
    let mut broken = numbered(&json!({}));
    let port = json!({ "readinessProbe": { "httpGet": { "path": "/", "port": "nobody" } } });
    let probed = crate::fixture::deployment(&json!({}), &port);
    broken.pod.containers[0].readiness.clone_from(&probed.pod.containers[0].readiness);
    let proof = prove(&broken, &[], &within_10_s());
    let Finish::Not(found) = &proof.finishes else { panic!("{:?}", proof.finishes) };
    assert_eq!(found.timeline.moments.last().map(|it| it.event), Some(Event::Stalled));
    let codes: Vec<&str> = proof.findings.iter().map(|it| &*it.code).collect();
    assert_eq!(codes, ["probe-port-unknown", "waits-for-broken-pod"]);
    let old = OldPods::Some { pods: 5, available: 4 };
    let waits = prove(&numbered(&json!({})), &[], &Context { old, ..within_10_s() });
    assert_eq!(waits.findings[0].code, "waits-for-broken-pod");
    assert!(!waits.holds());
}

#[test]
fn nodes_take_their_turns_as_many_at_a_time_as_may_be_missing() {
    let setting = |kind| Setting {
        kind,
        partition: 0,
        min_ready: 5,
        ready: (1, 10),
        ends: 20,
        keeps: None,
        room: None,
    };
    let of = |kind, nodes| prove(&written(setting(kind), nodes), &[], &within_10_s());
    let roomy = of(Kind::Nodes { surge: 0, unavailable: 3 }, 10);
    assert_eq!(roomy.finishes, Finish::Always { longest: Seconds(4 * 35) });
    assert_eq!(roomy.availability.least_undisturbed, 7);
    let beside = of(Kind::Nodes { surge: 3, unavailable: 0 }, 10);
    assert_eq!(beside.finishes, Finish::Always { longest: Seconds(4 * 15) });
    assert_eq!((beside.availability.least_undisturbed, beside.availability.most), (10, 13));
    let many = of(Kind::Nodes { surge: 1, unavailable: 0 }, 1000);
    assert_eq!(many.finishes, Finish::Always { longest: Seconds(1000 * 15) });
    assert!(many.timeline.moments.len() < 50);
    // A percentage is rounded up, and where nothing may be missing one pod is.
    let mut percent = written(setting(Kind::Nodes { surge: 0, unavailable: 0 }), 5);
    percent.rolling.max_unavailable.value = IntOrPercent::Percent(25);
    assert_eq!(prove(&percent, &[], &within_10_s()).availability.least_undisturbed, 3);
}
