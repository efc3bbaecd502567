//! A second, slow way to find out how rollouts can go: every order of events is tried, second by second.
//!
//! It shares no code with the prover: it has a controller of its own, for one old and one new set, and pods one by one.
//! Pods become ready at any second of an interval, and somebody evicts pods whenever a budget lets them.

use std::collections::HashMap;

/// What a rollout is made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    pub(crate) replicas: i32,
    pub(crate) surge: i32,
    pub(crate) unavailable: i32,
    pub(crate) recreate: bool,
    pub(crate) paused: bool,
    pub(crate) min_ready: i32,
    pub(crate) deadline: Option<i32>,
    /// Seconds from creation to ready, at least and at most.
    pub(crate) ready: (i32, i32),
    /// The most seconds that old pods take to end; only `Recreate` waits for them.
    pub(crate) ends: i32,
    pub(crate) evictions: u32,
    /// Pods that have to stay healthy, for each budget.
    pub(crate) budgets: [Option<i32>; 2],
    /// Pods that fit a quota.
    pub(crate) room: Option<i32>,
    pub(crate) old_pods: i32,
    pub(crate) old_available: i32,
}

/// Everything that was seen on any way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) may_fail: bool,
    /// The fewest seconds until it is known to have failed.
    pub(crate) soonest_failure: Option<i32>,
    pub(crate) least_available: i32,
    pub(crate) most_pods: i32,
    pub(crate) longest: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Pod {
    /// Never becomes ready.
    Broken,
    /// Not ready; created so many seconds ago.
    Young(i32),
    /// Ready, not available; for so many seconds.
    Ready(i32),
    Available,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct State {
    old_wanted: i32,
    new_wanted: i32,
    /// Sorted, so that states that differ in the names of pods only are one.
    old: Vec<Pod>,
    new: Vec<Pod>,
    /// Seconds since the old pods were told to end, while they are ending.
    ending: Option<i32>,
    /// Seconds since anything went forward.
    since: i32,
    evictions: u32,
}

pub(crate) struct Explorer {
    setting: Setting,
    /// The fewest seconds from a state to failure, where there is a way to it, and the most to completion.
    known: HashMap<State, (Option<i32>, i32)>,
    least: i32,
    most: i32,
}

fn available(pods: &[Pod]) -> i32 {
    count(pods, |it| it == Pod::Available)
}

fn count(pods: &[Pod], wanted: impl Fn(Pod) -> bool) -> i32 {
    i32::try_from(pods.iter().filter(|it| wanted(**it)).count()).expect("small numbers")
}

fn len(pods: &[Pod]) -> i32 {
    i32::try_from(pods.len()).expect("small numbers")
}

pub(crate) fn explore(setting: Setting) -> Seen {
    let mut explorer = Explorer { setting, known: HashMap::new(), least: i32::MAX, most: 0 };
    let mut old = vec![Pod::Broken; usize::try_from(setting.old_pods).expect("small numbers")];
    for pod in old.iter_mut().take(usize::try_from(setting.old_available).expect("small numbers")) {
        *pod = Pod::Available;
    }
    old.sort_unstable();
    let start = State {
        old_wanted: setting.old_pods,
        new_wanted: 0,
        old,
        new: Vec::new(),
        ending: None,
        since: 0,
        evictions: setting.evictions,
    };
    // The API server refuses a deadline that is not above minReadySeconds.
    let refused =
        setting.replicas > 0 && setting.deadline.is_some_and(|it| it <= setting.min_ready);
    explorer.note(&start);
    let (mut soonest_failure, mut longest) = (None, 0);
    for state in explorer.disturbed(start) {
        let (failure, left) = explorer.outcome(state);
        soonest_failure = sooner(soonest_failure, failure);
        longest = longest.max(left);
    }
    let (least_available, most_pods) = (explorer.least, explorer.most);
    let may_fail = refused || soonest_failure.is_some();
    Seen { may_fail, soonest_failure, least_available, most_pods, longest }
}

fn sooner(left: Option<i32>, right: Option<i32>) -> Option<i32> {
    left.into_iter().chain(right).min()
}

impl Explorer {
    fn note(&mut self, state: &State) {
        let serving = available(&state.old) + available(&state.new);
        self.least = self.least.min(serving);
        self.most = self.most.max(state.old_wanted + state.new_wanted);
    }

    fn complete(&self, state: &State) -> bool {
        let n = self.setting.replicas;
        !self.setting.paused
            && state.old_wanted == 0
            && state.old.is_empty()
            && available(&state.new) == n
            && len(&state.new) == n
    }

    /// The state and every state that evictions, one after the other, make of it; the controller acts in between.
    fn disturbed(&mut self, state: State) -> Vec<State> {
        let mut all = Vec::new();
        let mut open = vec![state];
        while let Some(state) = open.pop() {
            open.extend(self.evicted(&state));
            if state.ending == Some(0) {
                // Old pods may have ended at once.
                open.push(State { ending: None, ..state.clone() });
            }
            let acted = self.controlled(state.clone());
            if acted != state {
                open.push(acted);
            } else if !all.contains(&acted) {
                all.push(acted);
            }
        }
        all
    }

    /// Every state that one eviction makes.
    fn evicted(&mut self, state: &State) -> Vec<State> {
        if state.evictions == 0 || self.complete(state) {
            return Vec::new();
        }
        let is_ready = |it: Pod| matches!(it, Pod::Ready(_) | Pod::Available);
        let healthy = count(&state.old, is_ready) + count(&state.new, is_ready);
        let allowed = match self.setting.budgets {
            [None, None] => true,
            [Some(keeps), None] | [None, Some(keeps)] => healthy > keeps,
            [Some(_), Some(_)] => false,
        };
        let mut all = Vec::new();
        for of_old in [true, false] {
            let pods = if of_old { &state.old } else { &state.new };
            for at in 0..pods.len() {
                let twin = at > 0 && pods[at] == pods[at - 1];
                if twin || (is_ready(pods[at]) && !allowed) {
                    continue;
                }
                let mut next = state.clone();
                let pods = if of_old { &mut next.old } else { &mut next.new };
                pods[at] = Pod::Young(0);
                pods.sort_unstable();
                next.since = 0;
                next.evictions -= 1;
                self.note(&next);
                all.push(next);
            }
        }
        all
    }

    /// What the controllers make of a state before they rest.
    fn controlled(&mut self, mut state: State) -> State {
        while self.act(&mut state) {
            state.since = 0;
            state.old.sort_unstable();
            state.new.sort_unstable();
            self.note(&state);
        }
        state
    }

    fn act(&mut self, state: &mut State) -> bool {
        let Setting { replicas, surge, unavailable, recreate, paused, room, .. } = self.setting;
        let present = len(&state.old) + len(&state.new);
        if len(&state.new) < state.new_wanted && room.is_none_or(|room| present < room) {
            state.new.push(Pod::Young(0));
            return true;
        }
        if paused {
            return false;
        }
        if recreate {
            if state.old_wanted > 0 {
                state.old_wanted = 0;
                state.old.clear();
                state.ending = (self.setting.ends > 0).then_some(0);
                return true;
            }
            if state.ending.is_none() && state.new_wanted < replicas {
                state.new_wanted = replicas;
                return true;
            }
            return false;
        }
        let wanted = state.old_wanted + state.new_wanted;
        if state.new_wanted < replicas && wanted < replicas + surge {
            state.new_wanted += (replicas + surge - wanted).min(replicas - state.new_wanted);
            return true;
        }
        let floor = replicas - unavailable;
        let allowed = wanted - floor - (state.new_wanted - available(&state.new));
        if state.old_wanted == 0 || allowed <= 0 {
            return false;
        }
        let unhealthy = allowed.min(state.old_wanted - available(&state.old));
        let serving = available(&state.old) + available(&state.new);
        let spare = (serving - floor).clamp(0, state.old_wanted - unhealthy);
        if unhealthy + spare == 0 {
            return false;
        }
        state.old_wanted -= unhealthy + spare;
        // Sorted: pods that are not ready come first, those that are available last.
        state.old.drain(..usize::try_from(unhealthy + spare).expect("small numbers"));
        true
    }

    /// The fewest seconds from here to failure, and the most to completion.
    fn outcome(&mut self, state: State) -> (Option<i32>, i32) {
        if self.complete(&state) {
            return (None, 0);
        }
        if let Some(known) = self.known.get(&state) {
            return *known;
        }
        let result = self.later(&state);
        self.known.insert(state, result);
        result
    }

    fn later(&mut self, state: &State) -> (Option<i32>, i32) {
        let pods = || state.old.iter().chain(&state.new);
        let moving = pods().any(|it| matches!(it, Pod::Young(_) | Pod::Ready(_)));
        if !moving && state.ending.is_none() {
            // Nothing can happen any more but evictions, which bring nothing forward for good.
            // The deadline does not run while the Deployment is paused.
            let deadline = self.setting.deadline.filter(|_| !self.setting.paused);
            return (Some(deadline.map_or(0, |it| it + 1 - state.since)), 0);
        }
        let since = state.since + 1;
        if self.setting.deadline.is_some_and(|deadline| since > deadline) {
            return (Some(1), 0);
        }
        let (mut failure, mut longest) = (None, 0);
        let aged = State { since, ..state.clone() };
        for next in self.grown(&aged) {
            self.note(&next);
            for settled in self.disturbed(next) {
                let (later, left) = self.outcome(settled);
                failure = sooner(failure, later.map(|it| it + 1));
                longest = longest.max(left + 1);
            }
        }
        (failure, longest)
    }

    /// Every state that one second makes of the pods.
    fn grown(&self, state: &State) -> Vec<State> {
        let mut all = Vec::new();
        let endings: Vec<Option<i32>> = match state.ending {
            None => vec![None],
            Some(age) if age + 1 >= self.setting.ends => vec![None],
            Some(age) => vec![None, Some(age + 1)],
        };
        for old in self.grown_pods(&state.old) {
            for new in self.grown_pods(&state.new) {
                for ending in &endings {
                    let went = |before: &[Pod], after: &[Pod]| {
                        let ready = |it: Pod| matches!(it, Pod::Ready(_) | Pod::Available);
                        count(after, ready) > count(before, ready)
                            || available(after) > available(before)
                    };
                    let forward = went(&state.old, &old) || went(&state.new, &new);
                    let since = if forward { 0 } else { state.since };
                    let (old, new, ending) = (old.clone(), new.clone(), *ending);
                    all.push(State { old, new, ending, since, ..state.clone() });
                }
            }
        }
        all
    }

    fn grown_pods(&self, pods: &[Pod]) -> Vec<Vec<Pod>> {
        let min_ready = self.setting.min_ready;
        let ready = if min_ready == 0 { Pod::Available } else { Pod::Ready(0) };
        let mut all: Vec<Vec<Pod>> = vec![Vec::new()];
        for pod in pods {
            let choices = match *pod {
                Pod::Young(age) => {
                    let age = age + 1;
                    let (least, most) = self.setting.ready;
                    if age >= most {
                        vec![ready]
                    } else if age >= least {
                        vec![Pod::Young(age), ready]
                    } else {
                        vec![Pod::Young(age)]
                    }
                }
                Pod::Ready(age) if age + 1 >= min_ready => vec![Pod::Available],
                Pod::Ready(age) => vec![Pod::Ready(age + 1)],
                still => vec![still],
            };
            all = all
                .iter()
                .flat_map(|begun| {
                    choices.iter().map(|choice| begun.iter().copied().chain([*choice]).collect())
                })
                .collect();
            for pods in &mut all {
                pods.sort_unstable();
            }
            all.sort_unstable();
            all.dedup();
        }
        all
    }
}
