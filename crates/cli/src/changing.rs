//! The commands that change something: each makes a plan, shows it, and carries it out.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tidegate_pipeline::{
    ApproveRequest, DeployRequest, Error, Event, ExecuteOptions, HoldRequest, Outcome, Places,
    Plan, ReleaseRequest, RollbackRequest, RollbackWay, Station, UpdateRequest, World, sandbox,
};

use crate::arguments::{Command, Common, Execution, Format, Hold, Until, Way};
use crate::screen::{Screen, plan_text};
use crate::{interrupted, now, print_bytes, print_json};

pub(crate) fn run(common: &Common, command: &Command, screen: &mut Screen) -> Result<u8, Error> {
    if let Command::Hold(Hold::List { environment }) = command {
        return crate::reading::holds(common, environment.env.as_deref(), screen);
    }
    let execution = execution(command);
    let watch = match command {
        Command::Update(update) if update.watch => Some(Duration::from_secs(update.interval)),
        _ => None,
    };
    loop {
        let world = open(common, execution, screen)?;
        let plan = plan(&world, command, execution)?;
        let code = carry_out(common, &world, &plan, execution, until(command), screen)?;
        let Some(interval) = watch else { return Ok(code) };
        drop(world);
        wait(interval)?;
    }
}

/// Waits in short naps, so that an interruption is noticed.
fn wait(interval: Duration) -> Result<(), Error> {
    let nap = Duration::from_millis(100);
    let mut left = interval;
    while !left.is_zero() {
        if interrupted().load(Ordering::SeqCst) {
            return Err(Error::Interrupted);
        }
        std::thread::sleep(nap.min(left));
        left = left.saturating_sub(nap);
    }
    Ok(())
}

/// Opens the places of a command. The sandbox is laid out when it is not there yet.
pub(crate) fn open(
    common: &Common,
    execution: Option<&Execution>,
    screen: &mut Screen,
) -> Result<World, Error> {
    let read_only = execution.is_none_or(|it| it.dry_run);
    let faults = execution.map(|it| it.fault.as_slice()).unwrap_or_default();
    let faults = faults.iter().map(|text| {
        text.parse().map_err(|error: tidegate_pipeline::FaultError| {
            Error::misuse("fault", error.to_string(), "")
        })
    });
    let faults = faults.collect::<Result<Vec<_>, _>>()?;
    let config = if let Some(folder) = &common.sandbox {
        sandbox::lay_out(folder, &mut |event| screen.draw(&event))?;
        sandbox::config(folder)
    } else {
        common.config.clone().map_or_else(find_config, Ok)?
    };
    World::open(&Places {
        config,
        sandbox: common.sandbox.is_some(),
        now: now(),
        read_only,
        faults,
        git_variables: Vec::new(),
    })
}

/// Looks for the configuration in this folder and those above it.
fn find_config() -> Result<PathBuf, Error> {
    let here = std::env::current_dir().map_err(|error| {
        Error::misuse("folder", format!("cannot tell the current folder: {error}"), "")
    })?;
    here.ancestors()
        .map(|folder| folder.join("tidegate.yaml"))
        .find(|file| file.is_file())
        .ok_or_else(|| {
            Error::misuse(
                "no-config",
                format!("there is no tidegate.yaml in {} or above it", here.display()),
                "name it with --config, or try the example with --sandbox",
            )
        })
}

fn execution(command: &Command) -> Option<&Execution> {
    match command {
        Command::Release(it) => Some(&it.execution),
        Command::Deploy(it) => Some(&it.execution),
        Command::Approve(it) => Some(&it.execution),
        Command::Update(it) => Some(&it.execution),
        Command::Sync(it) => Some(&it.execution),
        Command::Rollback(it) => Some(&it.execution),
        Command::Hold(Hold::Add { execution, .. } | Hold::Lift { execution, .. }) => {
            Some(execution)
        }
        _ => None,
    }
}

fn until(command: &Command) -> Station {
    match command {
        Command::Release(release) => match release.until {
            Some(Until::Tag) => Station::Tag,
            Some(Until::Image) => Station::Image,
            Some(Until::Override) => Station::Override,
            Some(Until::Rollout) | None => Station::Rollout,
        },
        _ => Station::Rollout,
    }
}

fn plan(world: &World, command: &Command, execution: Option<&Execution>) -> Result<Plan, Error> {
    let allow = execution.map(|it| it.allow.clone()).unwrap_or_default();
    let reason = execution.and_then(|it| it.reason.clone());
    match command {
        Command::Release(it) => tidegate_pipeline::plan_release(
            world,
            &ReleaseRequest {
                what: it.what.clone(),
                group: it.group.clone(),
                environment: it.environment.env.clone(),
                until: until(command),
                allow_downgrade: it.allow_downgrade,
                allow,
                reason,
            },
        ),
        Command::Deploy(it) => tidegate_pipeline::plan_deploy(
            world,
            &DeployRequest { environment: it.environment.env.clone(), commit: it.commit.clone() },
        ),
        Command::Approve(it) => tidegate_pipeline::plan_approve(
            world,
            &ApproveRequest {
                environment: it.environment.env.clone(),
                build: it.build.clone(),
                allow,
                reason,
            },
        ),
        Command::Update(it) => tidegate_pipeline::plan_update(
            world,
            &UpdateRequest {
                environment: it.environment.env.clone(),
                to: it.to.clone(),
                allow_downgrade: it.allow_downgrade,
                allow,
                reason,
            },
        ),
        Command::Sync(it) => tidegate_pipeline::plan_sync(world, it.environment.env.as_deref()),
        Command::Rollback(it) => tidegate_pipeline::plan_rollback(
            world,
            &RollbackRequest {
                environment: it.environment.env.clone(),
                group: it.group.clone(),
                to: it.to.clone(),
                by: match it.by {
                    Way::Override => RollbackWay::Override,
                    Way::Revert => RollbackWay::Revert,
                    Way::Undo => RollbackWay::Undo,
                },
                allow,
                reason,
            },
        ),
        Command::Hold(Hold::Add { version, expires, environment, .. }) => {
            tidegate_pipeline::plan_hold(
                world,
                &HoldRequest {
                    environment: environment.env.clone(),
                    version: version.clone(),
                    reason,
                    expires: expires.clone(),
                },
            )
        }
        Command::Hold(Hold::Lift { version, environment, .. }) => {
            tidegate_pipeline::plan_lift(world, environment.env.as_deref(), version)
        }
        _ => Err(Error::misuse("command", "this command plans nothing", "")),
    }
}

fn carry_out(
    common: &Common,
    world: &World,
    plan: &Plan,
    execution: Option<&Execution>,
    until: Station,
    screen: &mut Screen,
) -> Result<u8, Error> {
    let nothing = plan.steps.is_empty();
    let dry_run = execution.is_some_and(|it| it.dry_run);
    if dry_run {
        match common.format {
            Format::Json => print_json(plan)?,
            _ => print_bytes(plan_text(plan).as_bytes())?,
        }
    } else {
        if common.sandbox.is_none() && !nothing && !execution.is_some_and(|it| it.yes) {
            confirm(plan, screen)?;
        }
        let options =
            ExecuteOptions { until, interrupted: Some(interrupted()), ..ExecuteOptions::default() };
        let outcome =
            tidegate_pipeline::execute(world, plan, &options, &mut |event: Event<'_>| {
                screen.draw(&event);
            })?;
        match common.format {
            Format::Json => print_json(&outcome)?,
            _ => print_bytes(outcome_text(&outcome).as_bytes())?,
        }
    }
    Ok(if nothing && common.exit_code { 4 } else { 0 })
}

/// Shows the plan and asks whether to go on.
fn confirm(plan: &Plan, screen: &mut Screen) -> Result<(), Error> {
    screen.say(&plan_text(plan));
    if !std::io::stdin().is_terminal() {
        return Err(Error::misuse(
            "confirmation",
            "this plan changes real places, and there is no terminal to ask at",
            "read the plan above, then run the command again with --yes",
        ));
    }
    screen.say("Carry it out? [y/N]");
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    if read.is_ok() && matches!(answer.trim(), "y" | "Y" | "yes") {
        Ok(())
    } else {
        Err(Error::refused("declined", "the plan was not carried out, and nothing was changed", ""))
    }
}

fn outcome_text(outcome: &Outcome) -> String {
    outcome.summary.iter().fold(String::new(), |text, line| text + line + "\n")
}
