use crate::action::{Action, Build, ImagesAction, RequestAction};
use crate::config::{Environment, Policy};
use crate::error::Error;
use crate::images;
use crate::pending::{self, Pending};
use crate::plan::{Plan, Remark, Station, Step, Value};
use crate::triggers;
use crate::update::{Deployment, Target, deployment_steps};
use crate::world::{World, failed_in_git};

/// What a deployment of a branch is asked for.
#[derive(Clone, Debug)]
pub struct DeployRequest {
    /// The environment.
    pub environment: Option<String>,
    /// The commit; the tip of the remote's main branch unless given.
    pub commit: Option<String>,
}

/// What an approval is asked for.
#[derive(Clone, Debug)]
pub struct ApproveRequest {
    /// The environment; needed when builds of several wait.
    pub environment: Option<String>,
    /// The build; all that wait unless given.
    pub build: Option<String>,
    /// Findings that are allowed.
    pub allow: Vec<String>,
    /// Why they are.
    pub reason: Option<String>,
}

/// Makes the plan that asks for builds of a commit of the main branch.
///
/// # Errors
///
/// [`Error::Misuse`] for an environment that follows versions, or a commit that there is not.
pub fn plan_deploy(world: &World, request: &DeployRequest) -> Result<Plan, Error> {
    images::check_faults(world)?;
    let environment = world.environment(request.environment.as_deref())?;
    let name = &environment.name.value;
    if let Policy::Semver(_) = environment.policy {
        return Err(Error::misuse(
            "versioned-environment",
            format!("{name} follows versions, so a commit can't be deployed to it"),
            "release a version: tidegate release",
        ));
    }
    let remote = &world.config().repository.remote;
    let branch = world.config().repository.main();
    let commit = if let Some(commit) = &request.commit {
        world.app.commit(commit).map_err(|error| {
            let help = error.help().unwrap_or("name a commit of this repository");
            Error::misuse("commit", error.to_string(), help)
        })?
    } else {
        let refs = world.app.remote_refs(remote).map_err(|it| failed_in_git(&it))?;
        refs.branch(branch).cloned().ok_or_else(|| {
            Error::refused(
                "no-branch",
                format!("{remote} has no branch `{branch}`"),
                "push it, or name the main branch in `repository.branches` of tidegate.yaml",
            )
        })?
    };
    let started = triggers::branch_builds(world, environment, branch, &commit, None)?;
    let mut plan =
        Plan::empty(world.heading(environment), format!("deploy --env {name} {}", commit.short()));
    plan.remarks = started.remarks;
    if started.waiting.is_empty() && started.builds.is_empty() {
        plan.remarks.push(Remark::new(
            "no-build",
            format!("no trigger builds {} for {name}", commit.short()),
        ));
        return Ok(plan);
    }
    if !started.waiting.is_empty() {
        plan.steps.push(request_step(name, commit.as_str(), started.waiting));
    }
    if !started.builds.is_empty() {
        plan.steps.push(images_step(name, commit.as_str(), started.builds));
    }
    Ok(plan)
}

fn request_step(environment: &str, commit: &str, builds: Vec<Build>) -> Step {
    let names: Vec<&str> = builds.iter().map(|build| build.component.as_str()).collect();
    Step {
        station: Station::Image,
        title: format!("{} at {}", names.join(" and "), commit.get(..7).unwrap_or(commit)),
        expects: Vec::new(),
        does: builds
            .iter()
            .map(|it| format!("asks for an approval of {} (trigger {})", it.component, it.trigger))
            .collect(),
        undo: "a build that nobody approves never starts".to_owned(),
        action: Action::Request(RequestAction {
            environment: environment.to_owned(),
            commit: commit.to_owned(),
            builds,
        }),
    }
}

fn images_step(environment: &str, commit: &str, builds: Vec<Build>) -> Step {
    let names: Vec<&str> = builds.iter().map(|build| build.component.as_str()).collect();
    Step {
        station: Station::Image,
        title: format!("{} at {}", names.join(" and "), commit.get(..7).unwrap_or(commit)),
        expects: Vec::new(),
        does: builds.iter().map(|it| format!("{}:{}", it.repository, it.tags.join(", "))).collect(),
        undo: "images stay; nothing is deployed by being built".to_owned(),
        action: Action::Images(ImagesAction {
            environment: environment.to_owned(),
            commit: Value::Known(commit.to_owned()),
            version: String::new(),
            builds,
        }),
    }
}

/// Makes the plan of an approval: the builds that wait, then the override, then the rollout.
///
/// # Errors
///
/// [`Error::Misuse`] for a build that does not wait; [`Error::Refused`] where the rollout could not finish.
pub fn plan_approve(world: &World, request: &ApproveRequest) -> Result<Plan, Error> {
    images::check_faults(world)?;
    let waiting = pending::read(world);
    let environment = approved_environment(world, request, &waiting)?;
    let name = environment.name.value.as_str();
    let mine: Vec<&Pending> = waiting.iter().filter(|it| it.environment == name).collect();
    let chosen: Vec<&Pending> = match &request.build {
        None => mine.clone(),
        Some(id) => mine.iter().copied().filter(|it| it.id == *id).collect(),
    };
    let mut plan = Plan::empty(world.heading(environment), format!("approve --env {name}"));
    if chosen.is_empty() {
        if let Some(id) = &request.build {
            let known: Vec<&str> = mine.iter().map(|it| it.id.as_str()).collect();
            let help = if known.is_empty() {
                format!("ask for one: {}", world.command_line("deploy", name))
            } else {
                format!("waiting: {}", known.join(", "))
            };
            return Err(Error::misuse(
                "build",
                format!("no build `{id}` waits for an approval"),
                help,
            ));
        }
        plan.remarks.push(
            Remark::new("no-build", "no build waits for an approval")
                .help(format!("ask for one: {}", world.command_line("deploy", name))),
        );
        return Ok(plan);
    }
    let mut commits: Vec<&str> = chosen.iter().map(|it| it.commit.as_str()).collect();
    commits.dedup();
    for commit in commits {
        let builds: Vec<Build> =
            chosen.iter().filter(|it| it.commit == commit).map(|it| it.build.clone()).collect();
        plan.steps.push(images_step(name, commit, builds));
    }
    let builds: Vec<Build> = chosen.iter().map(|it| it.build.clone()).collect();
    let deployment = Deployment {
        world,
        environment,
        target: Target::Built { builds: &builds },
        allow_downgrade: false,
        allow: &request.allow,
        reason: request.reason.as_deref(),
    };
    deployment_steps(&deployment, &mut plan)?;
    Ok(plan)
}

fn approved_environment<'w>(
    world: &'w World,
    request: &ApproveRequest,
    waiting: &[Pending],
) -> Result<&'w Environment, Error> {
    let chosen = waiting.iter().filter(|it| request.build.as_ref().is_none_or(|id| *id == it.id));
    let mut names: Vec<&str> = chosen.map(|it| it.environment.as_str()).collect();
    names.dedup();
    match (&request.environment, names.as_slice()) {
        (None, [only]) => world.environment(Some(only)),
        (name, _) => world.environment(name.as_deref()),
    }
}
