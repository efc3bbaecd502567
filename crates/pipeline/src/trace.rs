use std::fmt;

use serde::Serialize;
use tidegate_image_ref::Reference;
use tidegate_repository::ObjectId;

use crate::clock::rfc3339;
use crate::config::{Component, Environment};
use crate::error::Error;
use crate::holds;
use crate::images::{self, About};
use crate::live;
use crate::overlay::Overlay;
use crate::release::template;
use crate::rollback::commits_of_image;
use crate::steps::images::short;
use crate::steps::rollout::duration;
use crate::triggers;
use crate::workloads;
use crate::world::{World, failed_in_git};

/// One link of the chain from a version to a rollout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What it is: `commit`, `tag`, `trigger`, `image`, `override`, `render`, `rollout`, `rollback`, `hold`.
    pub kind: String,
    /// Where: an environment, or empty.
    pub environment: String,
    /// What is the case.
    pub text: String,
}

/// The chain that something belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// What was asked for.
    pub subject: String,
    /// The links, from the commit to the rollout and back.
    pub links: Vec<Link>,
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.subject)?;
        for link in &self.links {
            let place = if link.environment.is_empty() {
                String::new()
            } else {
                format!(" [{}]", link.environment)
            };
            writeln!(f, "  {:<9}{place} {}", link.kind, link.text)?;
        }
        Ok(())
    }
}

/// Follows a version, commit, digest or image along the road.
///
/// # Errors
///
/// [`Error::Misuse`] for what is none of them, or is known nowhere.
pub fn trace(world: &World, what: &str, environment: Option<&str>) -> Result<Trace, Error> {
    let environments: Vec<&Environment> = match environment {
        Some(name) => vec![world.environment(Some(name))?],
        None => world.config().environments.iter().collect(),
    };
    let commit = find(world, what, &environments)?.ok_or_else(|| {
        Error::misuse(
            "unknown-subject",
            format!("`{what}` is no version, commit, digest or image that is known here"),
            "name a version such as 1.3.0, a commit, `sha256:…`, or an image with its tag",
        )
    })?;
    let mut trace = Trace { subject: what.to_owned(), links: Vec::new() };
    let described = world.app.describe(&commit).map_err(|it| failed_in_git(&it))?;
    trace.add(
        "commit",
        "",
        format!(
            "{} {} ({}, {})",
            commit.short(),
            described.subject,
            described.author.name,
            rfc3339(described.commit_date)
        ),
    );
    let refs = world
        .app
        .remote_refs(&world.config().repository.remote)
        .map_err(|it| failed_in_git(&it))?;
    let tags: Vec<String> =
        refs.tags.iter().filter(|it| it.commit == commit).map(|it| it.name.clone()).collect();
    for tag in &tags {
        trace.add("tag", "", format!("{tag} on {}", world.config().repository.remote));
    }
    for environment in environments {
        follow(world, environment, &commit, &tags, &mut trace)?;
    }
    Ok(trace)
}

impl Trace {
    fn add(&mut self, kind: &str, environment: &str, text: String) {
        self.links.push(Link { kind: kind.to_owned(), environment: environment.to_owned(), text });
    }
}

/// Finds the commit that a version, commit, digest or image leads to.
fn find(
    world: &World,
    what: &str,
    environments: &[&Environment],
) -> Result<Option<ObjectId>, Error> {
    for group in &world.config().groups {
        let template = template(group)?;
        let tag =
            what.strip_prefix('v').unwrap_or(what).parse().map(|version| template.format(&version));
        for name in [tag.ok(), template.parse(what).map(|_| what.to_owned())].into_iter().flatten()
        {
            if let Some(tag) = world.app.tag(&name).map_err(|it| failed_in_git(&it))? {
                return Ok(Some(tag.commit));
            }
        }
    }
    let (name, tag, digest) = match Reference::parse(what) {
        _ if what.starts_with("sha256:") => (None, None, Some(what)),
        Ok(reference) => (Some(reference.name()), reference.tag(), reference.digest()),
        Err(_) => (None, None, None),
    };
    for environment in environments {
        for (_, image) in world.config().services() {
            let repository = images::repository(environment, image);
            if name.is_some_and(|it| it != repository && it != image) {
                continue;
            }
            let about = match (digest, tag) {
                (Some(digest), _) => about_prefix(world, &repository, digest)?,
                (None, Some(tag)) => images::about_tag(world, &repository, tag)?,
                (None, None) => None,
            };
            if let Some(about) = about.filter(|it| !it.revision.is_empty()) {
                return world.app.resolve(&about.revision).map_err(|it| failed_in_git(&it));
            }
        }
    }
    let hexadecimal = what.len() >= 4 && what.chars().all(|c| c.is_ascii_hexdigit());
    if hexadecimal { world.app.resolve(what).map_err(|it| failed_in_git(&it)) } else { Ok(None) }
}

/// Returns what the image of a digest, or of the beginning of one, says of itself.
fn about_prefix(world: &World, repository: &str, digest: &str) -> Result<Option<About>, Error> {
    if let Some(about) = images::about_digest(world, repository, digest)? {
        return Ok(Some(about));
    }
    let tags = images::tags(world, repository)?;
    match tags.iter().find(|(_, it)| it.starts_with(digest) && digest.len() > "sha256:".len() + 5) {
        Some((_, digest)) => images::about_digest(world, repository, digest),
        None => Ok(None),
    }
}

/// Adds the links of an environment: trigger, image, override, render, rollout, hold.
fn follow(
    world: &World,
    environment: &Environment,
    commit: &ObjectId,
    tags: &[String],
    trace: &mut Trace,
) -> Result<(), Error> {
    let name = &environment.name.value;
    let tip = world.devops_tip()?;
    let held = holds::read(world, environment, &tip)?;
    for (component, image) in world.config().services() {
        let repository = images::repository(environment, image);
        let mut seen: Vec<String> = Vec::new();
        for (tag, digest) in images::tags(world, &repository)? {
            let Some(about) = images::about_digest(world, &repository, &digest)? else { continue };
            if about.revision != commit.as_str() || seen.contains(&digest) {
                continue;
            }
            seen.push(digest.clone());
            if let Some(trigger) = trigger(world, environment, component, &tag, tags, commit)? {
                trace.add("trigger", name, format!("{trigger} builds {}", component.name.value));
            }
            trace.add("image", name, format!("{repository}:{tag} is {}", short(&digest)));
            deployment(world, environment, component, &tip, &repository, &digest, trace)?;
        }
    }
    for group in &world.config().groups {
        let template = template(group)?;
        for version in tags.iter().filter_map(|tag| template.parse(tag)) {
            if let Some((hold, _)) = held.of("", &group.name.value, &version.to_string()) {
                trace.add(
                    "hold",
                    name,
                    format!("{version}: {} ({})", hold.reason, held.place(hold)),
                );
            }
        }
    }
    Ok(())
}

/// Returns the trigger that built an image.
fn trigger(
    world: &World,
    environment: &Environment,
    component: &Component,
    image_tag: &str,
    tags: &[String],
    commit: &ObjectId,
) -> Result<Option<String>, Error> {
    let group = world.config().group(&component.group.value);
    let tag = tags.iter().find(|tag| *tag == image_tag);
    let started = if let (Some(group), Some(tag)) = (group, tag) {
        triggers::tag_builds(world, environment, group, tag, Some(commit))?
    } else {
        let branch = world.config().repository.main();
        triggers::branch_builds(world, environment, branch, commit, None)?
    };
    let mut builds = started.builds.into_iter().chain(started.waiting);
    Ok(builds
        .find(|it| it.component == component.name.value)
        .map(|it| it.trigger)
        .filter(|it| !it.is_empty()))
}

/// Adds the commits that deployed an image, what they changed in the render, and the rollouts.
fn deployment(
    world: &World,
    environment: &Environment,
    component: &Component,
    tip: &ObjectId,
    repository: &str,
    digest: &str,
    trace: &mut Trace,
) -> Result<(), Error> {
    let name = &environment.name.value;
    for commit in commits_of_image(world, environment, tip, repository, digest)?.into_iter().rev() {
        let changed = world
            .devops()?
            .changed_files(commit.parents.first(), &commit.id)
            .map_err(|it| failed_in_git(&it))?;
        // A commit that pins an image and holds a version takes that version back.
        let back = changed.contains(&holds::path(world, environment))
            || commit.subject.starts_with("Revert ");
        let overlay = Overlay::read(world, environment, &commit.id)?;
        let line = overlay
            .image(repository)
            .map_or(0, |entry| tidegate_source::line_column(&overlay.text, entry.span.start).line);
        let kind = if back { "rollback" } else { "override" };
        trace.add(
            kind,
            name,
            format!("{} {} ({}:{line})", commit.id.short(), commit.subject, overlay.file),
        );
        let after = rendered(world, environment, component, &commit.id)?;
        let before = match commit.parents.first() {
            Some(parent) => rendered(world, environment, component, parent).unwrap_or_default(),
            None => None,
        };
        if let Some((deployment, image)) = after {
            if let Some((_, before)) = before.filter(|(_, before)| *before != image) {
                trace.add("render", name, format!("- Deployment/{deployment} image: {before}"));
            }
            trace.add("render", name, format!("+ Deployment/{deployment} image: {image}"));
        }
    }
    let Some(cluster) = live::cluster(world, environment)? else { return Ok(()) };
    for rollout in
        cluster.rollouts().iter().filter(|it| it.images.iter().any(|image| image.ends_with(digest)))
    {
        let took = rollout.finished.map_or_else(String::new, |finished| {
            format!(" after {}", duration((finished.0 - rollout.started.0) / 1000))
        });
        let began = rfc3339(rollout.started.0.div_euclid(1000));
        let outcome = format!("{:?}", rollout.outcome).to_lowercase();
        trace.add(
            "rollout",
            name,
            format!(
                "{} revision {} began {began}: {outcome}{took}",
                rollout.deployment, rollout.revision
            ),
        );
    }
    Ok(())
}

/// Returns the Deployment of a component and its image, as an overlay renders them at a commit.
fn rendered(
    world: &World,
    environment: &Environment,
    component: &Component,
    commit: &ObjectId,
) -> Result<Option<(String, String)>, Error> {
    let objects = Overlay::read(world, environment, commit)?.build(world)?.into_objects();
    let running = workloads::of(world, environment, &objects);
    let mine = running.into_iter().find(|it| it.component == component.name.value);
    Ok(mine.map(|it| (it.deployment, it.image)))
}
