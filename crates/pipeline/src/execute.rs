use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use crate::action::Action;
use crate::clock::rfc3339;
use crate::error::Error;
use crate::event::{Event, Observer};
use crate::journal::{Journal, JournalError, Record};
use crate::pending;
use crate::plan::{Bindings, Plan, Station, Step};
use crate::steps::{self, Done};
use crate::world::World;

/// How far a plan is carried out.
#[derive(Clone, Debug)]
pub struct ExecuteOptions<'o> {
    /// The last station.
    pub until: Station,
    /// Set from outside when the user wants to stop: the step that runs comes to its end, and no other begins.
    pub interrupted: Option<&'o AtomicBool>,
    /// Where the run is cut off, as a power failure would; for those who want to see that it can be taken up.
    pub cut: Option<Cut>,
}

impl Default for ExecuteOptions<'_> {
    fn default() -> Self {
        Self { until: Station::Rollout, interrupted: None, cut: None }
    }
}

/// A place where a run is cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// After a step has acted, before that is recorded.
    BeforeRecord(usize),
    /// After a step is recorded.
    AfterRecord(usize),
}

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepResult {
    /// Its place on the road.
    pub station: Station,
    /// Whether it had been true before.
    pub found_done: bool,
    /// What came of it.
    pub detail: String,
}

/// What became of a plan.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// The plan.
    pub plan: Plan,
    /// Its steps, as far as they were carried out.
    pub results: Vec<StepResult>,
    /// What the steps bound.
    pub bound: Bindings,
    /// The whole in a line or a few, for people.
    pub summary: Vec<String>,
}

/// Carries out a plan.
///
/// Each step is detected first: what is already true outside is not done again, so that a run that was stopped at
/// any instant is finished by running it again.
///
/// # Errors
///
/// [`Error::Refused`] where the world has moved since the plan was made, [`Error::Failed`] where a step failed,
/// [`Error::Interrupted`].
pub fn execute(
    world: &World,
    plan: &Plan,
    options: &ExecuteOptions<'_>,
    observer: &mut Observer<'_>,
) -> Result<Outcome, Error> {
    observer(Event::Heading(&plan.heading));
    if let Some(comparison) = &plan.comparison {
        observer(Event::Drawing(&comparison.to_string()));
    }
    for remark in &plan.remarks {
        observer(Event::Remark(remark));
    }
    let mut outcome = Outcome {
        plan: plan.clone(),
        results: Vec::new(),
        bound: Bindings::new(),
        summary: Vec::new(),
    };
    if plan.steps.is_empty() {
        outcome.summary.push("nothing to do".to_owned());
        return Ok(outcome);
    }
    observer(Event::Plan(plan));
    let mut journal = Journal::open(world.app.git_dir());
    journal.begin(plan, &rfc3339(world.clock.seconds())).map_err(|it| unrecorded(&it))?;
    for (nth, step) in plan.steps.iter().enumerate() {
        if step.station > options.until {
            break;
        }
        if options.interrupted.is_some_and(|it| it.load(Ordering::SeqCst)) {
            return Err(Error::Interrupted);
        }
        observer(Event::Begins {
            step: nth,
            of: plan.steps.len(),
            station: step.station,
            title: &step.title,
        });
        let (found_done, done) = carry_out(world, step, &outcome.bound, observer)
            .map_err(|error| error.during(step.station))?;
        outcome.bound.extend(done.bound);
        if options.cut == Some(Cut::BeforeRecord(nth)) {
            return Err(Error::Interrupted);
        }
        let record = Record { step: nth, at: rfc3339(world.clock.seconds()), found_done };
        journal.record(record, &outcome.bound).map_err(|it| unrecorded(&it))?;
        observer(Event::Ends { station: step.station, found_done, detail: &done.detail });
        match &step.action {
            Action::Override(_) if world.sandbox => crate::sandbox::show_devops(world),
            Action::Images(action) => {
                let commit = action.commit.resolve(&outcome.bound).unwrap_or_default();
                pending::forget(world, &action.environment, commit, &action.builds)?;
            }
            _ => {}
        }
        outcome.summary.extend(done.summary);
        outcome.results.push(StepResult { station: step.station, found_done, detail: done.detail });
        if options.cut == Some(Cut::AfterRecord(nth)) {
            return Err(Error::Interrupted);
        }
        if done.stop {
            break;
        }
    }
    journal.finish().map_err(|it| unrecorded(&it))?;
    Ok(outcome)
}

fn carry_out(
    world: &World,
    step: &Step,
    bound: &Bindings,
    observer: &mut Observer<'_>,
) -> Result<(bool, Done), Error> {
    let found = detect(world, &step.action, bound)?;
    if let Some(done) = found {
        return Ok((true, done));
    }
    let done = match &step.action {
        Action::Tag(action) => steps::tag::act(world, action, observer)?,
        Action::Images(action) => steps::images::act(world, action, bound, observer)?,
        Action::Request(action) => steps::request::act(world, action)?,
        Action::Override(action) => steps::write_back::act(world, action, bound, observer)?,
        Action::Rollout(action) => steps::rollout::act(world, action, bound, observer)?,
        Action::Undo(action) => steps::undo::act(world, action, observer)?,
    };
    Ok((false, done))
}

/// Asks the outside whether a step is already true.
pub(crate) fn detect(
    world: &World,
    action: &Action,
    bound: &Bindings,
) -> Result<Option<Done>, Error> {
    match action {
        Action::Tag(action) => steps::tag::detect(world, action),
        Action::Images(action) => steps::images::detect(world, action, bound),
        Action::Request(action) => Ok(steps::request::detect(world, action)),
        Action::Override(action) => steps::write_back::detect(world, action, bound),
        Action::Rollout(action) => steps::rollout::detect(world, action, bound),
        // A later template may have come since: an undo is never found done.
        Action::Undo(_) => Ok(None),
    }
}

fn unrecorded(error: &JournalError) -> Error {
    Error::failed(
        "journal",
        error.to_string(),
        "what was done stays done; run the same command again",
    )
}
