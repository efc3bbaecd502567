//! Rollouts that replace pods place by place: of a `StatefulSet` by ordinal, of a `DaemonSet` by node.

use super::decide::{By, Facts, Turns};
use super::run::Behaviour;
use super::timeline::{Event, Moment, Timeline};
use crate::seconds::Seconds;

/// Places whose pods are replaced together.
#[derive(Clone, Copy, Debug)]
struct Group {
    pods: i32,
    /// When its next stage begins; `None` for never.
    at: Option<Seconds>,
    stage: Stage,
    /// Whether old pods end once the new ones are available.
    leaves: bool,
}

/// What a group waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The old pods end.
    Ending,
    /// The new pods become ready.
    Starting,
    /// The new pods have been ready for long enough.
    Settling,
    /// The old pods, which served until now, end.
    Leaving,
}

struct Run<'f> {
    facts: &'f Facts,
    turns: Turns,
    behaviour: Behaviour,
    now: Seconds,
    /// Old pods that are not ending, those of them that are available, and the ones that are still to be replaced.
    old: i32,
    old_available: i32,
    waiting: i32,
    /// Of those that are still to be replaced, the ones that do not serve.
    idle: i32,
    new: i32,
    new_available: i32,
    /// Places that have no pod yet.
    missing: i32,
    flying: Vec<Group>,
    killed: bool,
    timeline: Timeline,
    /// Whole rounds that were run, the first moment of the last, and the new pods then.
    rounds: i32,
    round: Option<(Seconds, i32)>,
}

/// Runs a rollout until it is complete or stalls. All new pods behave alike: the places wait for one another in a fixed
/// order, so that no pod that takes less time makes the rollout take more. Rounds that repeat are counted, not run.
///
/// Source: Kubernetes `pkg/controller/statefulset/stateful_set_control.go`, `updateStatefulSet`, and
/// `pkg/controller/daemon/update.go`, `rollingUpdate`.
pub(super) fn run(facts: &Facts, turns: Turns, behaviour: Behaviour) -> Timeline {
    let (old, available) = facts.old;
    let mut run = Run {
        facts,
        turns,
        behaviour,
        now: Seconds::ZERO,
        old,
        old_available: available,
        waiting: old.min(turns.replaced),
        idle: old - available,
        new: 0,
        new_available: 0,
        missing: facts.spec.replicas - old,
        flying: Vec::new(),
        killed: false,
        timeline: Timeline::default(),
        rounds: 0,
        round: None,
    };
    run.note(Event::Begins);
    if turns.waits_for_broken(facts.old) {
        run.note(Event::Stalled);
        return run.timeline;
    }
    while run.turn() {}
    run.timeline
}

impl Run<'_> {
    fn note(&mut self, event: Event) {
        let available = self.old_available + self.new_available;
        let (at, old, new) = (self.now, self.old, self.new);
        self.timeline.moments.push(Moment { at, event, old, new, available });
    }

    /// Lets the controller act, then time pass until something happens; returns whether it goes on.
    fn turn(&mut self) -> bool {
        if !self.act() {
            self.note(Event::Stalled);
            return false;
        }
        if self.busy() == 0 && self.waiting == 0 && self.missing == 0 {
            self.note(Event::Complete);
            while self.next() {}
            return false;
        }
        if !self.next() {
            self.note(Event::Stalled);
            return false;
        }
        true
    }

    /// Places at which a new pod is on its way.
    fn busy(&self) -> i32 {
        self.flying.iter().filter(|it| it.stage != Stage::Leaving).map(|it| it.pods).sum()
    }

    /// Begins what may begin; returns whether nothing was refused.
    fn act(&mut self) -> bool {
        match self.turns.by {
            By::Ordinal { ordered } => {
                if self.busy() > 0 {
                    return true;
                }
                if self.missing > 0 {
                    let pods = if ordered { 1 } else { self.missing };
                    self.missing -= pods;
                    return self.create(pods, false);
                }
                self.skip_rounds();
                if self.waiting > 0 {
                    self.end(1, i32::from(self.old_available == 0));
                }
                true
            }
            By::Node { surge } => {
                let missing = std::mem::take(&mut self.missing);
                if missing > 0 && !self.create(missing, false) {
                    return false;
                }
                self.skip_rounds();
                if surge { self.add_beside() } else { self.make_room() }
            }
        }
    }

    /// Ends old pods on nodes: those that do not serve at once, others as long as not too many are missing.
    fn make_room(&mut self) -> bool {
        let idle = std::mem::take(&mut self.idle);
        if idle > 0 {
            self.end(idle, idle);
        }
        let missing = self.facts.spec.replicas - self.old_available - self.new_available;
        let pods = (self.turns.width - missing).min(self.waiting);
        if pods > 0 {
            self.end(pods, 0);
        }
        true
    }

    /// Creates new pods beside old ones: beside those that do not serve at once, beside others within the surge.
    fn add_beside(&mut self) -> bool {
        let idle = self.idle;
        let surged = self.flying.iter().filter(|it| it.leaves && it.stage != Stage::Leaving);
        let free = self.turns.width - surged.map(|it| it.pods).sum::<i32>();
        let pods = idle + free.clamp(0, self.waiting - idle);
        let leaving = self.flying.iter().filter(|it| it.stage == Stage::Leaving);
        let held: i32 = leaving.map(|it| it.pods).sum();
        let present = self.old + self.new + held;
        let places = self.facts.capacity.pods().saturating_sub(present).max(0);
        let fit = pods.min(places);
        if fit == 0 && pods > 0 && self.flying.is_empty() {
            return self.create(pods, true);
        }
        self.waiting -= fit;
        self.idle -= fit.min(idle);
        fit == 0 || self.create(fit, true)
    }

    /// Tells old pods to end, of which so many do not serve.
    fn end(&mut self, pods: i32, idle: i32) {
        self.waiting -= pods;
        self.old -= pods;
        self.old_available -= pods - idle;
        self.note(Event::Ending(pods));
        let at = Some(self.now + self.behaviour.ends.max(self.behaviour.replaced));
        self.flying.push(Group { pods, at, stage: Stage::Ending, leaves: false });
    }

    /// Creates new pods, as far as the quota has places; returns whether it has them all.
    fn create(&mut self, pods: i32, leaves: bool) -> bool {
        let present = self.old + self.new;
        let places = self.facts.capacity.pods().saturating_sub(present).clamp(0, pods);
        if places > 0 {
            self.new += places;
            self.note(Event::Created(places));
            let at = self.behaviour.ready.map(|it| self.now + it);
            self.flying.push(Group { pods: places, at, stage: Stage::Starting, leaves });
        }
        if places < pods {
            self.note(Event::Refused(pods - places));
        }
        places == pods
    }

    /// Goes to the next moment at which something happens; returns whether there is one.
    fn next(&mut self) -> bool {
        if let Some(killed) = self.behaviour.killed
            && !self.killed
            && let Some(group) = self.flying.iter().find(|it| it.stage == Stage::Starting)
        {
            let pods = group.pods;
            (self.killed, self.now) = (true, self.now + killed);
            self.note(Event::Killed(pods));
            return true;
        }
        let Some(at) = self.flying.iter().filter_map(|it| it.at).min() else { return false };
        self.now = self.now.max(at);
        for mut group in std::mem::take(&mut self.flying) {
            if group.at.is_none_or(|at| at > self.now) {
                self.flying.push(group);
                continue;
            }
            let pods = group.pods;
            match group.stage {
                Stage::Ending => {
                    self.note(Event::Ended(pods));
                    if !self.create(pods, false) {
                        // What was refused comes no more.
                        self.flying.push(Group { at: None, stage: Stage::Starting, ..group });
                    }
                }
                Stage::Starting => {
                    self.note(Event::Ready(pods));
                    group.stage = Stage::Settling;
                    group.at = Some(self.now + self.facts.spec.min_ready);
                    self.flying.push(group);
                }
                Stage::Settling => self.settle(group),
                Stage::Leaving => self.note(Event::Ended(pods)),
            }
        }
        true
    }

    fn settle(&mut self, mut group: Group) {
        self.new_available += group.pods;
        self.note(Event::Available(group.pods));
        if group.leaves {
            self.old -= group.pods;
            self.old_available = self.old_available.min(self.old);
            self.note(Event::Ending(group.pods));
            group.stage = Stage::Leaving;
            group.at = Some(self.now + self.behaviour.ends.max(self.behaviour.replaced));
            self.flying.push(group);
        }
    }

    /// When two rounds went alike and more than two are left, all but the last two are skipped.
    fn skip_rounds(&mut self) {
        if self.busy() > 0 {
            return;
        }
        let last = self.round.replace((self.now, self.new));
        let Some((began, before)) = last else { return };
        let pods = self.new - before;
        let alike = pods == self.turns.width && self.old == self.old_available;
        self.rounds = if alike { self.rounds + 1 } else { 0 };
        let times = self.waiting / self.turns.width.max(1) - 2;
        if self.rounds < 2 || times < 1 {
            return;
        }
        let (moved, later) = (times * pods, (self.now - began) * i64::from(times));
        self.now = self.now + later;
        self.old -= moved;
        self.old_available -= moved;
        self.waiting -= moved;
        self.new += moved;
        self.new_available += moved;
        for group in &mut self.flying {
            group.at = group.at.map(|it| it + later);
        }
        (self.round, self.rounds) = (None, 0);
        self.note(Event::Repeats(times));
    }
}
