use super::decide::Facts;
use super::timeline::{Event, Moment, Timeline};
use crate::deployment::{Change, DeploymentState, ReplicaSetState, step};
use crate::seconds::Seconds;

/// How new pods behave in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Behaviour {
    /// From creation to Ready; `None` for never.
    pub(super) ready: Option<Seconds>,
    /// From creation until a probe kills the container, where one does.
    pub(super) killed: Option<Seconds>,
    /// From the order to end until a pod has ended.
    pub(super) ends: Seconds,
    /// From the order to end until a new pod has taken the place in a quota: the attempts that follow included.
    pub(super) replaced: Seconds,
}

/// New pods that were created together.
#[derive(Clone, Copy, Debug)]
struct Batch {
    pods: i32,
    created: Seconds,
    ready: bool,
}

/// One run of the controller's step, with pods in batches.
struct Run<'f> {
    facts: &'f Facts,
    behaviour: Behaviour,
    state: DeploymentState,
    now: Seconds,
    flying: Vec<Batch>,
    /// Old pods that are ending, and when they have ended.
    ending: Vec<(i32, Seconds)>,
    /// Places in a quota that old pods hold, and until when nobody has taken them.
    held: Vec<(i32, Seconds)>,
    killed: bool,
    timeline: Timeline,
    /// Time, old pods and pods in flight when the last round began.
    round: Option<(Seconds, i32, i32)>,
    same_rounds: i32,
}

const OLD: usize = 0;

/// Runs a rollout with the controller's own step until it is complete, stalls or misses its deadline.
///
/// All new pods behave alike. Rounds that repeat are counted, not run, so that the time taken grows with the kinds of
/// rounds and not with the pods.
pub(super) fn run(facts: &Facts, behaviour: Behaviour) -> Timeline {
    let mut state = DeploymentState::new(facts.spec.clone(), "new");
    let (old, available) = facts.old;
    let mut set = ReplicaSetState::new("old", "old", Seconds(-1)).all_available(old);
    (set.ready, set.available) = (available, available);
    set.revision = 1;
    state.sets.push(set);
    (state.status.replicas, state.status.ready_replicas) = (old, available);
    state.status.available_replicas = available;
    let mut run = Run {
        facts,
        behaviour,
        state,
        now: Seconds::ZERO,
        flying: Vec::new(),
        ending: Vec::new(),
        held: Vec::new(),
        killed: false,
        timeline: Timeline::default(),
        round: None,
        same_rounds: 0,
    };
    run.note(Event::Begins);
    while run.turn() {}
    run.timeline
}

impl Run<'_> {
    fn note(&mut self, event: Event) {
        let new = self.state.sets.get(1).map_or(0, |set| set.status_replicas);
        let available = self.state.sets.iter().map(|set| set.available).sum();
        let old = self.state.sets[OLD].replicas;
        self.timeline.moments.push(Moment { at: self.now, event, old, new, available });
    }

    /// Lets the controller act until it rests, then time pass until something happens; returns whether it goes on.
    fn turn(&mut self) -> bool {
        loop {
            let taken = step(&self.state, self.now);
            let idle = taken.is_idle(&self.state);
            self.state.apply(&taken, self.now);
            if taken.deadline_exceeded {
                self.note(Event::DeadlineExceeded);
                return false;
            }
            for change in &taken.changes {
                if let Change::Scale { set: OLD, replicas, .. } = change {
                    self.end_old(*replicas);
                }
            }
            let created = self.create_new();
            if taken.complete {
                self.note(Event::Complete);
                self.finish_ending();
                return false;
            }
            if idle && !created {
                break;
            }
        }
        self.skip_rounds();
        let Some(next) = self.next_event() else {
            let deadline = self.state.progressing.zip(self.facts.deadline());
            let Some((condition, deadline)) = deadline.filter(|_| !self.facts.spec.paused) else {
                self.note(Event::Stalled);
                return false;
            };
            self.now = (condition.last_update + deadline + Seconds(1)).max(self.now);
            return true;
        };
        let looks = step(&self.state, self.now).requeue_after.map(|it| self.now + it);
        // At the same moment the controller may look first: the worse of the two orders.
        match looks {
            Some(looks) if looks <= next => self.now = looks,
            _ => {
                self.now = next.max(self.now);
                self.happen();
            }
        }
        true
    }

    /// The old set has another size: pods that do not serve go first.
    fn end_old(&mut self, replicas: i32) {
        let set = &mut self.state.sets[OLD];
        let going = set.status_replicas - replicas;
        set.status_replicas = replicas;
        (set.ready, set.available) = (set.ready.min(replicas), set.available.min(replicas));
        if going > 0 {
            self.note(Event::Ending(going));
            self.ending.push((going, self.now + self.behaviour.ends));
            self.held.push((going, self.now + self.behaviour.replaced));
            if self.behaviour.ends == Seconds::ZERO {
                self.end_ended();
            }
        }
    }

    /// The new set's controller creates what is missing, as far as the quota has places.
    fn create_new(&mut self) -> bool {
        let Some(set) = self.state.sets.get(1) else { return false };
        let missing = set.replicas - set.status_replicas;
        let held = self.held.iter().filter(|(_, until)| *until > self.now);
        let held: i32 = held.map(|(pods, _)| pods).sum();
        let present = set.status_replicas + self.state.sets[OLD].status_replicas + held;
        let places = self.facts.capacity.pods().saturating_sub(present).max(0);
        let pods = missing.min(places);
        if pods > 0 {
            let set = &mut self.state.sets[1];
            set.status_replicas += pods;
            set.running += pods;
            self.note(Event::Created(pods));
            self.flying.push(Batch { pods, created: self.now, ready: false });
        }
        if pods < missing {
            let refused = Event::Refused(missing - pods);
            let known = self.timeline.moments.iter().rev().take_while(|it| it.at == self.now);
            if !known.into_iter().any(|it| it.event == refused) {
                self.note(refused);
            }
        }
        pods > 0
    }

    fn next_event(&self) -> Option<Seconds> {
        let ready = |batch: &Batch| Some(batch.created + self.behaviour.ready?);
        let of_batch = |batch: &Batch| {
            let available = ready(batch).map(|it| it + self.facts.spec.min_ready);
            let killed = self.behaviour.killed.filter(|_| !self.killed);
            let killed = killed.map(|it| batch.created + it);
            let next = if batch.ready { available } else { ready(batch) };
            [next, killed].into_iter().flatten().min()
        };
        let batches = self.flying.iter().filter_map(of_batch);
        let bounded = self.facts.capacity.pods() != i32::MAX;
        let held = self.held.iter().filter(|(_, until)| bounded && *until > self.now);
        batches.chain(self.ending.iter().chain(held).map(|(_, at)| *at)).min()
    }

    /// What is due now happens.
    fn happen(&mut self) {
        self.end_ended();
        let (now, min_ready) = (self.now, self.facts.spec.min_ready);
        if let Some(killed) = self.behaviour.killed
            && !self.killed
            && let Some(batch) = self.flying.first()
            && batch.created + killed <= now
        {
            self.killed = true;
            let pods = batch.pods;
            self.note(Event::Killed(pods));
        }
        let Some(ready) = self.behaviour.ready else { return };
        let mut flying = std::mem::take(&mut self.flying);
        flying.retain_mut(|batch| {
            let set = &mut self.state.sets[1];
            if !batch.ready && batch.created + ready <= now {
                batch.ready = true;
                set.ready += batch.pods;
                self.note(Event::Ready(batch.pods));
            }
            let available = batch.ready && batch.created + ready + min_ready <= now;
            if available {
                self.state.sets[1].available += batch.pods;
                self.note(Event::Available(batch.pods));
            }
            !available
        });
        self.flying = flying;
    }

    fn end_ended(&mut self) {
        let now = self.now;
        let ended: i32 =
            self.ending.iter().filter(|(_, at)| *at <= now).map(|(pods, _)| pods).sum();
        self.ending.retain(|(_, at)| *at > now);
        if ended > 0 {
            self.state.sets[OLD].running -= ended;
            self.note(Event::Ended(ended));
        }
    }

    /// Old pods end after the rollout is complete, too.
    fn finish_ending(&mut self) {
        while let Some(next) = self.ending.iter().map(|(_, at)| *at).min() {
            self.now = self.now.max(next);
            self.end_ended();
        }
    }

    /// When two rounds in a row took the same time and moved the same number of pods, the rounds that follow are the
    /// same until old pods run out: all but the last two of them are skipped.
    fn skip_rounds(&mut self) {
        let bounded = self.facts.capacity.pods() != i32::MAX;
        let [batch] = self.flying.as_slice() else { return };
        let broken = self.state.sets[OLD].available < self.state.sets[OLD].replicas;
        if bounded || broken || batch.created != self.now || self.facts.recreate() {
            return;
        }
        let (pods, old) = (batch.pods, self.state.sets[OLD].replicas);
        let last = self.round.replace((self.now, old, pods));
        let Some((began, old_before, pods_before)) = last else { return };
        let same = pods == pods_before && old_before - old == pods;
        self.same_rounds = if same { self.same_rounds + 1 } else { 0 };
        let left = old.min(self.facts.spec.replicas - self.state.sets[1].replicas);
        let times = left / pods.max(1) - 2;
        if self.same_rounds < 2 || times < 1 {
            return;
        }
        let (moved, later) = (times * pods, (self.now - began) * i64::from(times));
        shift(&mut self.state.sets[OLD], -moved);
        shift(&mut self.state.sets[1], moved);
        self.now = self.now + later;
        for batch in &mut self.flying {
            batch.created = batch.created + later;
        }
        for (_, at) in &mut self.ending {
            *at = *at + later;
        }
        let status = &mut self.state.status;
        status.updated_replicas += moved;
        if let Some(condition) = &mut self.state.progressing {
            condition.last_update = condition.last_update + later;
        }
        self.round = None;
        self.same_rounds = 0;
        self.note(Event::Repeats(times));
    }
}

/// Gives a set so many available pods more.
fn shift(set: &mut ReplicaSetState, pods: i32) {
    for count in [
        &mut set.replicas,
        &mut set.status_replicas,
        &mut set.ready,
        &mut set.available,
        &mut set.running,
    ] {
        *count += pods;
    }
}
