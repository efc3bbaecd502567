use serde::{Deserialize, Serialize};

use super::probing::{Answers, outcome};
use super::shape::{ContainerShape, PodShape};
use crate::clock::{Moment, Span};
use crate::fault::Fault;
use crate::state::Assumptions;

/// A container of a pod.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Container {
    /// Name.
    pub name: String,
    /// Image, as the pod template writes it.
    pub image: String,
    /// What it does.
    pub state: ContainerState,
    /// Whether it is ready.
    pub ready: bool,
    /// How often it was started again.
    pub restarts: u32,
    /// The exit code of its last run; `None` while it never ended.
    pub last_exit_code: Option<i32>,
    /// How many times in a row it was put off.
    back_off: u32,
}

/// What a container does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum ContainerState {
    /// It waits.
    Waiting {
        /// Why, in Kubernetes' spelling: `ContainerCreating`, `CrashLoopBackOff`, `ImagePullBackOff`.
        reason: String,
        /// Until when.
        until: Moment,
        /// Whether it then starts; otherwise its image is pulled once more, in vain.
        then_starts: bool,
    },
    /// It runs.
    Running {
        /// Since when.
        since: Moment,
        /// When its readiness is noticed; `None` for never in this run.
        ready_at: Option<Moment>,
        /// When it ends; `None` while nothing ends it.
        ends_at: Option<Moment>,
        /// The exit code with which it ends.
        exit_code: i32,
    },
}

/// A container that ran this long is put off from the beginning again.
const BACK_OFF_RESET: Span = Span::seconds(600);

/// Returns how long the `nth` attempt in a row is put off, from 1: 10 s, doubling to 300 s.
fn back_off(nth: u32) -> Span {
    let doubled = 10_i64.saturating_mul(1 << nth.saturating_sub(1).min(8));
    Span::seconds(doubled.min(300))
}

type Happened = Vec<(&'static str, String)>;

impl Container {
    pub(super) fn new(shape: &ContainerShape) -> Self {
        Self {
            name: shape.name.clone(),
            image: shape.image.clone(),
            state: ContainerState::Waiting {
                reason: "ContainerCreating".to_owned(),
                until: Moment::default(),
                then_starts: true,
            },
            ready: false,
            restarts: 0,
            last_exit_code: None,
            back_off: 0,
        }
    }

    pub(super) fn starts_at(&mut self, at: Moment) {
        self.wait("ContainerCreating", at, true);
    }

    pub(super) fn pull_fails_at(&mut self, at: Moment) {
        self.wait("ContainerCreating", at, false);
    }

    fn wait(&mut self, reason: &str, until: Moment, then_starts: bool) {
        self.ready = false;
        self.state = ContainerState::Waiting { reason: reason.to_owned(), until, then_starts };
    }

    /// Returns whether it runs.
    #[must_use]
    pub const fn runs(&self) -> bool {
        matches!(self.state, ContainerState::Running { .. })
    }

    /// Returns when the next thing happens to it that has not happened yet.
    pub(super) fn next_event(&self, now: Moment) -> Option<Moment> {
        match self.state {
            ContainerState::Waiting { until, .. } => Some(until),
            ContainerState::Running { ready_at, ends_at, .. } => {
                let ready_at = ready_at.filter(|at| !self.ready && *at > now);
                ready_at.into_iter().chain(ends_at).min()
            }
        }
    }

    /// Lets happen what is due: the end of a wait or of a run.
    pub(super) fn advance(
        &mut self,
        now: Moment,
        shape: &ContainerShape,
        fault: Option<Fault>,
        assumed: &Assumptions,
        pod: &PodShape,
    ) -> Happened {
        match self.state.clone() {
            ContainerState::Waiting { then_starts: true, .. } => {
                self.start(now, shape, fault, assumed, pod);
                vec![("Started", format!("Started container {}", self.name))]
            }
            ContainerState::Waiting { then_starts: false, .. } => {
                self.back_off += 1;
                self.wait("ImagePullBackOff", now + back_off(self.back_off), false);
                vec![
                    ("Failed", format!("Failed to pull image \"{}\"", self.image)),
                    ("BackOff", format!("Back-off pulling image \"{}\"", self.image)),
                ]
            }
            ContainerState::Running { since, exit_code, .. } => {
                self.last_exit_code = Some(exit_code);
                self.restarts += 1;
                if now - since >= BACK_OFF_RESET {
                    self.back_off = 0;
                }
                let ended = ("Exited", format!("Container {} ended with {exit_code}", self.name));
                // The first restart comes at once, each further one later.
                if self.back_off == 0 {
                    self.back_off = 1;
                    self.wait("ContainerCreating", now, true);
                    return vec![ended];
                }
                self.wait("CrashLoopBackOff", now + back_off(self.back_off), true);
                self.back_off += 1;
                let message = format!("Back-off restarting failed container {}", self.name);
                vec![ended, ("BackOff", message)]
            }
        }
    }

    /// Returns whether its readiness has changed and nobody has noticed.
    pub(super) fn is_stale(&self, now: Moment) -> bool {
        self.is_ready(now) != self.ready
    }

    /// Notices readiness where it is due; returns whether it did.
    pub(super) fn look(&mut self, now: Moment) -> bool {
        let changed = self.is_stale(now);
        self.ready = self.is_ready(now);
        changed
    }

    fn is_ready(&self, now: Moment) -> bool {
        match self.state {
            ContainerState::Running { ready_at, .. } => ready_at.is_some_and(|at| at <= now),
            ContainerState::Waiting { .. } => false,
        }
    }

    fn start(
        &mut self,
        now: Moment,
        shape: &ContainerShape,
        fault: Option<Fault>,
        assumed: &Assumptions,
        pod: &PodShape,
    ) {
        let late = match fault {
            Some(Fault::Late { by }) => by,
            _ => Span::ZERO,
        };
        let answers = Answers {
            alive_from: assumed.answers_after + late,
            ready: fault != Some(Fault::NeverReady),
        };
        let outcome = outcome(&shape.probes, answers);
        let mut exit_code = 137;
        let stops = (pod.stops_before + assumed.stops_after).min(pod.grace_period);
        let mut ends_at = outcome.killed.map(|it| now + it + stops);
        let mut ready_at = outcome.ready.map(|it| now + it);
        if fault == Some(Fault::CrashLoop) {
            exit_code = 1;
            ends_at = Some(now + assumed.crashes_after);
            ready_at = None;
        }
        self.ready = false;
        self.state = ContainerState::Running { since: now, ready_at, ends_at, exit_code };
    }
}
