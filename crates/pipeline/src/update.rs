use semver::Version;

use crate::action::{Action, Build, ImageChange, OverrideAction, RolloutAction};
use crate::config::{Component, Environment, Group, OURSELVES, Policy};
use crate::error::Error;
use crate::holds::{self, Held};
use crate::images;
use crate::outrank;
use crate::overlay::{ImageEntry, Overlay};
use crate::plan::{Plan, Remark, Station, Step, Value};
use crate::policy::{self, Question};
use crate::proof;
use crate::release::template;
use crate::steps::{DEVOPS_COMMIT, digest_of};
use crate::world::World;

/// What an update is asked for.
#[derive(Clone, Debug)]
pub struct UpdateRequest {
    /// The environment.
    pub environment: Option<String>,
    /// The version to deploy, where the policy would choose another.
    pub to: Option<String>,
    /// Whether the version may go down.
    pub allow_downgrade: bool,
    /// Findings that are allowed.
    pub allow: Vec<String>,
    /// Why they are.
    pub reason: Option<String>,
}

/// Makes the plan of an update: at most one commit in the devops repository. Without a step there is nothing to do,
/// and the remarks say why, tag by tag.
///
/// # Errors
///
/// [`Error::Refused`] where the policy can't decide, the edited line is outranked, or the rollout could not finish.
pub fn plan_update(world: &World, request: &UpdateRequest) -> Result<Plan, Error> {
    let environment = world.environment(request.environment.as_deref())?;
    let mut plan =
        Plan::empty(world.heading(environment), format!("update --env {}", environment.name.value));
    let to = request.to.as_deref().map(parse_version).transpose()?;
    let deployment = Deployment {
        world,
        environment,
        target: Target::Registry { to },
        allow_downgrade: request.allow_downgrade,
        allow: &request.allow,
        reason: request.reason.as_deref(),
    };
    deployment_steps(&deployment, &mut plan)?;
    plan.steps.retain(|step| step.station == Station::Override);
    Ok(plan)
}

/// Reads a version that a user wrote, with or without a `v`.
pub(crate) fn parse_version(text: &str) -> Result<Version, Error> {
    text.strip_prefix('v').unwrap_or(text).parse().map_err(|error| {
        Error::misuse(
            "version",
            format!("`{text}` is no version: {error}"),
            "write a version such as 1.4.0",
        )
    })
}

/// What shall be deployed.
pub(crate) enum Target<'t> {
    /// A version whose images are still to be built.
    Coming {
        /// Its group.
        group: &'t Group,
        /// The version.
        version: Version,
    },
    /// Images of a branch that are still to be built.
    Built {
        /// The builds that push them.
        builds: &'t [Build],
    },
    /// What the policy chooses from the registry, or the version that is ordered.
    Registry {
        /// The version that is ordered.
        to: Option<Version>,
    },
}

/// A change of what runs in an environment.
pub(crate) struct Deployment<'d> {
    pub(crate) world: &'d World,
    pub(crate) environment: &'d Environment,
    pub(crate) target: Target<'d>,
    pub(crate) allow_downgrade: bool,
    pub(crate) allow: &'d [String],
    pub(crate) reason: Option<&'d str>,
}

/// Adds override and rollout to a plan, or remarks that say why there is nothing to do.
pub(crate) fn deployment_steps(deployment: &Deployment<'_>, plan: &mut Plan) -> Result<(), Error> {
    let Deployment { world, environment, .. } = deployment;
    let tip = world.devops_tip()?;
    let overlay = Overlay::read(world, environment, &tip)?;
    let changes = match &environment.policy {
        Policy::Semver(constraint) => versions(deployment, &overlay, &constraint.value, plan)?,
        Policy::Digest(tag) => digests(deployment, &overlay, &tag.value, plan)?,
    };
    if changes.is_empty() {
        return Ok(());
    }
    let title = title(&changes);
    let action = OverrideAction {
        environment: environment.name.value.clone(),
        file: overlay.file.clone(),
        branch: world.config().devops.branch.clone(),
        subject: format!(
            "{}: {} {title}",
            environment.name.value,
            world.config().application.value
        ),
        images: changes,
        reverts: Vec::new(),
        holds: Vec::new(),
        trailers: Vec::new(),
        downgrade: deployment.allow_downgrade,
        by: world.config().roles(environment).updater.clone(),
    };
    add_steps(deployment, &overlay, title, action, plan)
}

/// Proves a change of an overlay and adds its two steps to a plan.
pub(crate) fn add_steps(
    deployment: &Deployment<'_>,
    overlay: &Overlay,
    title: String,
    mut action: OverrideAction,
    plan: &mut Plan,
) -> Result<(), Error> {
    let Deployment { world, environment, .. } = deployment;
    outrank::refuse(world, environment, &overlay.commit, &action)?;
    let text = crate::steps::write_back::edited(overlay, &action.images, None)?;
    let build = overlay.with_text(text).build(world)?;
    let proof = proof::prove(world, environment, &build)?;
    let (remarks, trailers) = proof.judge(deployment.allow, deployment.reason)?;
    plan.remarks.extend(remarks);
    action.trailers.extend(trailers);
    let reconciler = world.config().roles(environment).reconciler.clone();
    let name = environment.name.value.clone();
    plan.steps.push(override_step(overlay.commit.short(), title, action));
    plan.steps.push(rollout_step(
        &name,
        Value::unknown(DEVOPS_COMMIT),
        proof.deployments,
        reconciler,
    ));
    Ok(())
}

pub(crate) fn override_step(tip: &str, title: String, action: OverrideAction) -> Step {
    let mut does = Vec::new();
    for change in &action.images {
        let digest = match &change.to_digest {
            Value::Known(digest) => crate::steps::images::short(digest).to_owned(),
            unknown @ Value::Unknown { .. } => unknown.to_string(),
        };
        does.push(format!(
            "{}: {} becomes {}@{digest}",
            change.component,
            text_or(&change.from_tag, "no tag"),
            change.to_tag
        ));
    }
    does.extend(action.reverts.iter().map(|commit| format!("takes back commit {commit}")));
    does.extend(action.holds.iter().map(ToString::to_string));
    if action.by == OURSELVES {
        does.push(format!(
            "one commit `{}`, pushed to {} with a lease",
            action.subject, action.branch
        ));
    } else {
        does.push(format!("waits for {}, who writes it", action.by));
    }
    Step {
        station: Station::Override,
        title,
        expects: vec![format!(
            "{} of the devops repository is at {tip}, or its edit applies to what is there",
            action.branch
        )],
        does,
        undo: "a commit that names what was before: `rollback`".to_owned(),
        action: Action::Override(action),
    }
}

pub(crate) fn rollout_step(
    environment: &str,
    revision: Value,
    deployments: Vec<String>,
    by: String,
) -> Step {
    Step {
        station: Station::Rollout,
        title: deployments.join(" and "),
        expects: vec![format!("the overlay of {environment} renders at {revision}")],
        does: vec![
            "compares what git says with what lives, and applies the difference".to_owned(),
            "watches each rollout to its end".to_owned(),
        ],
        undo: "the same road with the version before: `rollback`".to_owned(),
        action: Action::Rollout(RolloutAction {
            environment: environment.to_owned(),
            revision,
            deployments,
            by,
        }),
    }
}

fn text_or<'t>(text: &'t str, otherwise: &'t str) -> &'t str {
    if text.is_empty() { otherwise } else { text }
}

/// One line on what changes: `v1.2.3 → v1.3.0`, by component where these differ.
fn title(changes: &[ImageChange]) -> String {
    let step = |change: &ImageChange| {
        if change.from_tag == change.to_tag {
            format!("{} → a new digest", text_or(&change.to_tag, "no tag"))
        } else {
            format!("{} → {}", text_or(&change.from_tag, "no tag"), change.to_tag)
        }
    };
    let first = changes.first().map(step).unwrap_or_default();
    if changes.iter().all(|change| step(change) == first) {
        return first;
    }
    let each: Vec<String> =
        changes.iter().map(|change| format!("{} {}", change.component, step(change))).collect();
    each.join(", ")
}

/// The changes under a version policy: all components of a group move to the same version, or none does.
fn versions(
    deployment: &Deployment<'_>,
    overlay: &Overlay,
    constraint: &str,
    plan: &mut Plan,
) -> Result<Vec<ImageChange>, Error> {
    let Deployment { world, environment, target, .. } = deployment;
    let held = holds::read(world, environment, &overlay.commit)?;
    let mut changes = Vec::new();
    for group in &world.config().groups {
        if let Target::Coming { group: only, .. } = target
            && only.name.value != group.name.value
        {
            continue;
        }
        let mut members = Vec::new();
        for (component, image) in world.config().services() {
            if component.group.value == group.name.value {
                let entry = overlay.image(&images::repository(environment, image))?;
                members.push(Member { component, image, entry });
            }
        }
        if !members.is_empty() {
            changes.extend(version(deployment, group, members, constraint, &held, plan)?);
        }
    }
    Ok(changes)
}

/// A component of a group, and the entry that says what runs of it.
struct Member<'w> {
    component: &'w Component,
    image: &'w str,
    entry: ImageEntry,
}

/// The changes of one group: to the version that the policy chooses.
fn version(
    deployment: &Deployment<'_>,
    group: &Group,
    members: Vec<Member<'_>>,
    constraint: &str,
    held: &Held,
    plan: &mut Plan,
) -> Result<Vec<ImageChange>, Error> {
    let Deployment { world, environment, target, .. } = deployment;
    let template = template(group)?;
    let (coming, ordered) = match target {
        Target::Coming { version, .. } => (Some(template.format(version)), None),
        Target::Registry { to } => (None, to.as_ref()),
        Target::Built { .. } => (None, None),
    };
    let repositories: Vec<(&str, &str)> = members
        .iter()
        .map(|it| (it.component.name.value.as_str(), it.entry.repository.as_str()))
        .collect();
    let deployed: Vec<(&str, &str, &str)> = members
        .iter()
        .map(|Member { component, entry, .. }| {
            (component.name.value.as_str(), entry.tag.as_str(), entry.digest.as_str())
        })
        .collect();
    let verdict = policy::decide(&Question {
        world,
        environment,
        group,
        constraint,
        repositories: &repositories,
        deployed: &deployed,
        coming: coming.as_deref(),
        ordered,
        held,
        allow_downgrade: deployment.allow_downgrade,
    })?;
    plan.remarks.extend(verdict.remarks);
    let Some(tag) = verdict.tag else { return Ok(Vec::new()) };
    let mut changes = Vec::new();
    for Member { component, image, entry } in members {
        let repository = &entry.repository;
        let digest = match (&coming, images::about_tag(world, repository, &tag)?) {
            (_, Some(about)) => {
                policy::check_image(
                    world,
                    environment,
                    group,
                    component,
                    repository,
                    &tag,
                    &about,
                )?;
                Value::Known(about.digest)
            }
            (Some(coming), None) if *coming == tag => Value::unknown(digest_of(image, &tag)),
            _ => continue,
        };
        let same = entry.tag == tag && digest == Value::Known(entry.digest.clone());
        if !same || coming.is_some() {
            changes.push(entry.into_change(&component.name.value, tag.clone(), digest));
        }
    }
    Ok(changes)
}

/// The changes under a policy that follows the digest behind a tag.
fn digests(
    deployment: &Deployment<'_>,
    overlay: &Overlay,
    tag: &str,
    plan: &mut Plan,
) -> Result<Vec<ImageChange>, Error> {
    let Deployment { world, environment, target, .. } = deployment;
    if let Target::Registry { to: Some(version) } = target {
        return Err(Error::misuse(
            "version",
            format!(
                "{} follows the digest behind `{tag}`, so there is no version {version} to order",
                environment.name.value
            ),
            "leave out --to",
        ));
    }
    let mut changes = Vec::new();
    for (component, image) in world.config().services() {
        let repository = images::repository(environment, image);
        let entry = overlay.image(&repository)?;
        let name = &component.name.value;
        if let Target::Built { builds } = target {
            // The digest is known once the build has run.
            if builds.iter().any(|build| {
                build.repository == repository && build.tags.iter().any(|it| it == tag)
            }) {
                let digest = Value::unknown(digest_of(image, tag));
                changes.push(entry.into_change(name, tag.to_owned(), digest));
            }
            continue;
        }
        let Some(about) = images::about_tag(world, &repository, tag)? else {
            plan.remarks.push(Remark::new(
                "no-image",
                format!("{name}: {repository} has no tag `{tag}` yet"),
            ));
            continue;
        };
        if entry.digest == about.digest && entry.tag == tag {
            let text =
                format!("{name}: `{tag}` is {} still", crate::steps::images::short(&about.digest));
            plan.remarks.push(Remark::new("up-to-date", text));
            continue;
        }
        policy::check_baked(world, environment, component, &repository, tag, &about)?;
        changes.push(entry.into_change(name, tag.to_owned(), Value::Known(about.digest)));
    }
    Ok(changes)
}
