//! The commands that change something: each makes a plan, shows it, and carries it out.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;

use tidegate_pipeline::{
    ApproveRequest, DeployRequest, Error, ExecuteOptions, HoldRequest, Outcome, Places, Plan,
    ReleaseRequest, RollbackRequest, RollbackWay, Station, UpdateRequest, World, execute,
    plan_approve, plan_deploy, plan_hold, plan_lift, plan_release, plan_rollback, plan_sync,
    plan_update, sandbox,
};

use crate::arguments::{
    Approve, Common, Deploy, Execution, Faults, Format, Hold, Release, Rollback, SANDBOX, Sync,
    Until, Update, Way,
};
use crate::screen::{Screen, plan_text};
use crate::{interrupted, now, print_bytes, print_json};

pub(crate) fn release(common: &Common, it: &Release, screen: &mut Screen) -> Result<u8, Error> {
    let until = it.until.map_or(Station::Rollout, |until| match until {
        Until::Tag => Station::Tag,
        Until::Image => Station::Image,
        Until::Override => Station::Override,
        Until::Rollout => Station::Rollout,
    });
    let request = ReleaseRequest {
        what: it.what.clone(),
        group: it.group.clone(),
        environment: it.environment.env.clone(),
        until,
        allow_downgrade: it.allow_downgrade,
        allow: it.allowance.allow.clone(),
        reason: it.allowance.reason.clone(),
    };
    let mut run = Run { common, execution: &it.execution, faults: &it.faults.fault, until, screen };
    run.once(|world| plan_release(world, &request))
}

pub(crate) fn deploy(common: &Common, it: &Deploy, screen: &mut Screen) -> Result<u8, Error> {
    let request =
        DeployRequest { environment: it.environment.env.clone(), commit: it.commit.clone() };
    let mut run = Run::whole(common, &it.execution, screen).with_faults(&it.faults);
    run.once(|world| plan_deploy(world, &request))
}

pub(crate) fn approve(common: &Common, it: &Approve, screen: &mut Screen) -> Result<u8, Error> {
    let request = ApproveRequest {
        environment: it.environment.env.clone(),
        build: it.build.clone(),
        allow: it.allowance.allow.clone(),
        reason: it.allowance.reason.clone(),
    };
    let mut run = Run::whole(common, &it.execution, screen).with_faults(&it.faults);
    run.once(|world| plan_approve(world, &request))
}

pub(crate) fn update(common: &Common, it: &Update, screen: &mut Screen) -> Result<u8, Error> {
    let request = UpdateRequest {
        environment: it.environment.env.clone(),
        to: it.to.clone(),
        allow_downgrade: it.allow_downgrade,
        allow: it.allowance.allow.clone(),
        reason: it.allowance.reason.clone(),
    };
    let mut run = Run::whole(common, &it.execution, screen);
    loop {
        let code = run.once(|world| plan_update(world, &request))?;
        if !it.watch {
            return Ok(code);
        }
        wait(Duration::from_secs(it.interval))?;
    }
}

pub(crate) fn sync(common: &Common, it: &Sync, screen: &mut Screen) -> Result<u8, Error> {
    let mut run = Run::whole(common, &it.execution, screen);
    run.once(|world| plan_sync(world, it.environment.env.as_deref()))
}

pub(crate) fn rollback(common: &Common, it: &Rollback, screen: &mut Screen) -> Result<u8, Error> {
    let request = RollbackRequest {
        environment: it.environment.env.clone(),
        group: it.group.clone(),
        to: it.to.clone(),
        by: match it.by {
            Way::Override => RollbackWay::Override,
            Way::Revert => RollbackWay::Revert,
            Way::Undo => RollbackWay::Undo,
        },
        allow: it.allow.clone(),
        reason: it.reason.clone(),
    };
    Run::whole(common, &it.execution, screen).once(|world| plan_rollback(world, &request))
}

pub(crate) fn hold(common: &Common, it: &Hold, screen: &mut Screen) -> Result<u8, Error> {
    match it {
        Hold::List { environment } => {
            crate::reading::holds(common, environment.env.as_deref(), screen)
        }
        Hold::Add { version, reason, expires, environment, execution } => {
            let request = HoldRequest {
                environment: environment.env.clone(),
                version: version.clone(),
                reason: reason.clone(),
                expires: expires.clone(),
            };
            Run::whole(common, execution, screen).once(|world| plan_hold(world, &request))
        }
        Hold::Lift { version, environment, execution } => {
            let environment = environment.env.as_deref();
            Run::whole(common, execution, screen)
                .once(|world| plan_lift(world, environment, version))
        }
    }
}

/// How a command that changes something is run.
struct Run<'a> {
    common: &'a Common,
    execution: &'a Execution,
    faults: &'a [String],
    until: Station,
    screen: &'a mut Screen,
}

impl<'a> Run<'a> {
    /// The whole plan is carried out, and nothing goes wrong on purpose.
    const fn whole(common: &'a Common, execution: &'a Execution, screen: &'a mut Screen) -> Self {
        Self { common, execution, faults: &[], until: Station::Rollout, screen }
    }

    fn with_faults(self, faults: &'a Faults) -> Self {
        Self { faults: &faults.fault, ..self }
    }

    /// Opens the places, makes the plan, and shows it or carries it out.
    fn once(&mut self, plan: impl FnOnce(&World) -> Result<Plan, Error>) -> Result<u8, Error> {
        let world = open(self.common, self.execution.dry_run, self.faults, self.screen)?;
        let plan = plan(&world)?;
        self.carry_out(&world, &plan)
    }

    fn carry_out(&mut self, world: &World, plan: &Plan) -> Result<u8, Error> {
        let nothing = plan.steps.is_empty();
        if self.execution.dry_run {
            match self.common.format {
                Format::Json => print_json(plan)?,
                _ => print_bytes(plan_text(plan).as_bytes())?,
            }
        } else {
            if self.common.sandbox.is_none() && !nothing && !self.execution.yes {
                confirm(plan, self.screen)?;
            }
            let options = ExecuteOptions {
                until: self.until,
                interrupted: Some(interrupted()),
                ..ExecuteOptions::default()
            };
            let outcome = execute(world, plan, &options, &mut |event| self.screen.draw(&event))?;
            match self.common.format {
                Format::Json => print_json(&outcome)?,
                _ => print_bytes(outcome_text(&outcome).as_bytes())?,
            }
        }
        Ok(if nothing && self.common.exit_code { 4 } else { 0 })
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

/// Opens the places of a command that only reads.
pub(crate) fn open_to_read(common: &Common, screen: &mut Screen) -> Result<World, Error> {
    open(common, true, &[], screen)
}

/// Opens the places of a command. The sandbox is laid out when it is not there yet.
fn open(
    common: &Common,
    read_only: bool,
    faults: &[String],
    screen: &mut Screen,
) -> Result<World, Error> {
    let faults = faults.iter().map(|text| {
        text.parse().map_err(|error: tidegate_pipeline::FaultError| {
            Error::misuse("fault", error.to_string(), "")
        })
    });
    let faults = faults.collect::<Result<Vec<_>, _>>()?;
    let (config, named) = match (&common.sandbox, &common.config) {
        (Some(folder), _) => {
            sandbox::lay_out(folder, &mut |event| screen.draw(&event))?;
            let usual = folder == Path::new(SANDBOX);
            let named = if usual {
                "--sandbox".to_owned()
            } else {
                format!("--sandbox={}", folder.display())
            };
            (sandbox::config(folder), named)
        }
        (None, Some(file)) => (file.clone(), format!("--config {}", file.display())),
        (None, None) => (find_config()?, String::new()),
    };
    World::open(&Places {
        config,
        named,
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
