//! Carrying out a plan of `reconcile`: wave after wave, each waited for.

use serde::Serialize;
use tidegate_object::{Identity, Object};
use tidegate_reconcile::{
    Action, HealthStatus, HookDeletePolicy, Phase, SyncPlan, SyncTask, resource_health,
};

use crate::apply::{ApplyError, ApplyOptions};
use crate::clock::{Moment, Span};
use crate::state::Cluster;

/// Argo CD's pause between two waves.
const WAVE_DELAY: Span = Span::seconds(2);

/// What a sync did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncOutcome {
    /// When it began.
    pub started: Moment,
    /// When it ended.
    pub finished: Moment,
    /// Whether every object that it applied became healthy in time.
    pub succeeded: bool,
    /// The waves that it ran, in order; after one that failed, only the hooks for failures.
    pub waves: Vec<SyncWave>,
}

/// What became of a wave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncWave {
    /// Its phase.
    pub phase: Phase,
    /// Its number.
    pub wave: i64,
    /// How long it took until everything rested.
    pub elapsed: Span,
    /// The worst health of its objects then.
    pub health: HealthStatus,
    /// Objects that were not healthy then, each with its reason.
    pub unhealthy: Vec<String>,
}

impl Cluster {
    /// Carries out a plan as Argo CD does: first everything is checked, then each wave is applied and waited for, at
    /// most for `max`. A wave that does not become healthy ends the sync: hooks for failures run, later waves do not.
    ///
    /// Unlike Argo CD, which returns at once where there is only one wave, the last wave is waited for too.
    ///
    /// # Errors
    ///
    /// The API server would refuse an object of the plan. Nothing is applied then.
    pub fn sync(
        &mut self,
        plan: &SyncPlan,
        options: &ApplyOptions,
        max: Span,
    ) -> Result<SyncOutcome, ApplyError> {
        let all: Vec<Object> = plan
            .tasks
            .iter()
            .filter(|it| is_applied(it))
            .filter_map(|it| it.desired.clone())
            .collect();
        self.check(&all, options)?;
        let started = self.clock;
        let mut waves = Vec::new();
        let mut succeeded = true;
        let (regular, on_failure): (Vec<&[SyncTask]>, Vec<&[SyncTask]>) =
            plan.waves().partition(|it| it.first().is_some_and(|it| it.phase != Phase::SyncFail));
        for (nth, tasks) in regular.iter().enumerate() {
            if nth > 0 {
                self.advance(WAVE_DELAY);
            }
            let wave = self.run_wave(tasks, options, max)?;
            succeeded = wave.unhealthy.is_empty();
            waves.push(wave);
            if !succeeded {
                break;
            }
        }
        if !succeeded {
            for tasks in on_failure {
                waves.push(self.run_wave(tasks, options, max)?);
            }
        }
        Ok(SyncOutcome { started, finished: self.clock, succeeded, waves })
    }

    fn run_wave(
        &mut self,
        tasks: &[SyncTask],
        options: &ApplyOptions,
        max: Span,
    ) -> Result<SyncWave, ApplyError> {
        for task in tasks.iter().filter(|it| it.action == Action::Prune) {
            self.delete(&task.identity);
        }
        let before_creation = |it: &&SyncTask| {
            it.hook_delete_policies.contains(&HookDeletePolicy::BeforeHookCreation)
        };
        for task in tasks.iter().filter(|it| it.action == Action::Run).filter(before_creation) {
            self.delete(&task.identity);
        }
        let applied = tasks.iter().filter(|it| is_applied(it));
        let applied: Vec<Object> = applied.filter_map(|it| it.desired.clone()).collect();
        self.apply(&applied, options)?;
        let elapsed = self.run_until_settled(max).elapsed;
        let (mut health, mut unhealthy) = (HealthStatus::Healthy, Vec::new());
        for task in tasks.iter().filter(|it| it.desired.is_some()) {
            let (status, why) = self.health_of(&task.identity);
            health = health.max(status);
            if !matches!(status, HealthStatus::Healthy | HealthStatus::Suspended) {
                unhealthy.push(format!("{}/{}: {why}", task.identity.kind, task.identity.name));
            }
            let done = if status == HealthStatus::Healthy {
                HookDeletePolicy::HookSucceeded
            } else {
                HookDeletePolicy::HookFailed
            };
            if task.hook_delete_policies.contains(&done) {
                self.delete(&task.identity);
            }
        }
        let (phase, wave) = tasks.first().map_or((Phase::Sync, 0), |it| (it.phase, it.wave));
        Ok(SyncWave { phase, wave, elapsed, health, unhealthy })
    }

    /// Returns an object's health and its reason; an object without a check is healthy once it is there.
    fn health_of(&self, identity: &Identity) -> (HealthStatus, String) {
        let Some(object) = self.object(identity) else {
            return (HealthStatus::Missing, "it is not there".to_owned());
        };
        match resource_health(object) {
            None => (HealthStatus::Healthy, String::new()),
            Some(health) => (health.status, health.message),
        }
    }
}

/// Returns whether a task writes its object.
const fn is_applied(task: &SyncTask) -> bool {
    matches!(task.action, Action::Create | Action::Update | Action::Run)
}
