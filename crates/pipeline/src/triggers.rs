//! Which builds a push starts: by Cloud Build's trigger definitions, or by the configuration's components alone.

use std::sync::Arc;

use tidegate_build_trigger::{
    Facts, GitRef, Outcome, Push, RepositoryName, Trigger, Verdict, verdicts,
};
use tidegate_image_ref::Reference;
use tidegate_repository::{ObjectId, TreeReader};
use tidegate_source::{Diagnostic, SourceId, Sources};

use crate::action::Build;
use crate::config::{Component, Environment, Group, Policy};
use crate::error::{Complaint, Error};
use crate::images;
use crate::overlay::is_yaml;
use crate::plan::Remark;
use crate::world::{World, failed_in_git};

/// Stands for a commit that is not made yet.
const NO_COMMIT: &str = "0000000000000000000000000000000000000000";

/// What a push starts, as far as an environment is concerned.
#[derive(Debug, Default)]
pub(crate) struct Started {
    /// The builds that start at once.
    pub(crate) builds: Vec<Build>,
    /// The builds that wait for an approval.
    pub(crate) waiting: Vec<Build>,
    /// Why others do not start.
    pub(crate) remarks: Vec<Remark>,
}

/// Returns what the push of a release tag builds for an environment. Without a commit the tag is still to be made.
pub(crate) fn tag_builds(
    world: &World,
    environment: &Environment,
    group: &Group,
    tag: &str,
    commit: Option<&ObjectId>,
) -> Result<Started, Error> {
    let mut started = push(world, environment, GitRef::Tag(tag.to_owned()), commit, None)?;
    let mine = |build: &Build| {
        let component =
            world.config().components.iter().find(|it| it.name.value == build.component);
        component.is_some_and(|it| it.group.value == group.name.value)
    };
    started.builds.retain(mine);
    started.waiting.retain(mine);
    for build in &started.waiting {
        let text = format!("the build of {} for {tag} waits for an approval", build.component);
        started.remarks.push(Remark::new("waits-for-approval", text));
    }
    Ok(started)
}

/// Returns what a push of a branch builds for an environment.
pub(crate) fn branch_builds(
    world: &World,
    environment: &Environment,
    branch: &str,
    commit: &ObjectId,
    changed: Option<Vec<String>>,
) -> Result<Started, Error> {
    push(world, environment, GitRef::Branch(branch.to_owned()), Some(commit), changed)
}

/// Returns the hash of the settings that a build of a component bakes in for an environment; `None` where that can't
/// be told from here.
pub(crate) fn settings(
    world: &World,
    environment: &Environment,
    component: &Component,
    tag: &str,
) -> Result<Option<String>, Error> {
    if !environment.baked.is_empty() {
        let settings =
            environment.baked.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        return Ok(Some(tidegate_registry::settings_hash(settings).to_string()));
    }
    let git_ref = match environment.policy {
        Policy::Semver(_) => GitRef::Tag(tag.to_owned()),
        Policy::Digest(_) => GitRef::Branch(world.config().repository.main().to_owned()),
    };
    let started = push(world, environment, git_ref, None, None)?;
    let build = started
        .builds
        .iter()
        .chain(&started.waiting)
        .find(|it| it.component == component.name.value);
    Ok(build.map(images::settings_of).filter(|it| !it.is_empty()))
}

fn push(
    world: &World,
    environment: &Environment,
    git_ref: GitRef,
    commit: Option<&ObjectId>,
    changed: Option<Vec<String>>,
) -> Result<Started, Error> {
    let Some(folder) = &world.config().builds.triggers else {
        return Ok(expected(world, environment, &git_ref));
    };
    let at = match commit {
        Some(commit) => commit.clone(),
        None => world.app.commit("HEAD").map_err(|it| failed_in_git(&it))?,
    };
    let tree = world.app.tree(&at).map_err(|it| failed_in_git(&it))?;
    let mut sources = Sources::new();
    let triggers = definitions(&tree, &folder.value, &mut sources)?;
    let repository = RepositoryName {
        owner: None,
        name: world
            .config()
            .repository
            .name
            .clone()
            .unwrap_or_else(|| world.config().application.value.clone()),
    };
    let push = Push {
        git_ref,
        commit: commit.map_or(NO_COMMIT, ObjectId::as_str).to_owned(),
        message: String::new(),
        changed_files: changed,
        repository: Some(repository),
    };
    let mut read = |path: &str| -> Option<(SourceId, Arc<str>)> {
        let text: Arc<str> = String::from_utf8(tree.read(path).ok()??).ok()?.into();
        Some((sources.add(path, Arc::clone(&text)), text))
    };
    let verdicts = verdicts(&push, &triggers, &Facts::default(), &mut read);
    let mut started = Started::default();
    for Verdict { trigger, outcome } in verdicts {
        match outcome {
            Outcome::Nothing(_) => {}
            Outcome::Refused(diagnostics) => {
                return Err(Error::Refused(Complaint { diagnostics, sources }));
            }
            Outcome::Build(build) => {
                let waits = build.needs_approval;
                let builds = of_trigger(world, environment, &trigger, &build, commit).map_err(
                    |diagnostic| Error::Refused(Complaint::new(*diagnostic, sources.clone())),
                )?;
                if waits { started.waiting.extend(builds) } else { started.builds.extend(builds) }
            }
        }
    }
    Ok(started)
}

/// Reads the trigger definitions of a folder of a commit.
fn definitions(
    tree: &TreeReader,
    folder: &str,
    sources: &mut Sources,
) -> Result<Vec<Trigger>, Error> {
    let files = tree.files(folder).map_err(|it| failed_in_git(&it))?;
    let mut triggers = Vec::new();
    let mut mistakes: Vec<Diagnostic> = Vec::new();
    for path in files.iter().filter(|path| is_yaml(path)) {
        let bytes = tree.read(path).map_err(|it| failed_in_git(&it))?.unwrap_or_default();
        let text: Arc<str> = String::from_utf8_lossy(&bytes).into();
        let source = sources.add(path.as_str(), Arc::clone(&text));
        match Trigger::parse(source, &text) {
            Ok(found) => triggers.extend(found),
            Err(found) => mistakes.extend(found),
        }
    }
    if !mistakes.is_empty() {
        return Err(Error::Refused(Complaint { diagnostics: mistakes, sources: sources.clone() }));
    }
    if triggers.is_empty() {
        return Err(Error::refused(
            "no-triggers",
            format!("there is no trigger definition in {folder}"),
            "export them there (`gcloud builds triggers export`), or drop `builds.triggers`",
        ));
    }
    Ok(triggers)
}

/// Turns what a trigger builds into the builds of the environment's components: images of other repositories are
/// somebody else's.
fn of_trigger(
    world: &World,
    environment: &Environment,
    trigger: &str,
    build: &tidegate_build_trigger::Build,
    commit: Option<&ObjectId>,
) -> Result<Vec<Build>, Box<Diagnostic>> {
    let mut builds: Vec<Build> = Vec::new();
    for (component, image) in world.config().services() {
        let repository = images::repository(environment, image);
        let mut tags = Vec::new();
        for pushed in &build.images {
            if let Ok(reference) = Reference::parse(&pushed.reference)
                && reference.name() == repository
            {
                tags.push(reference.tag().unwrap_or("latest").to_owned());
            }
        }
        if tags.is_empty() {
            continue;
        }
        tags.sort();
        tags.dedup();
        let baked = match &component.baked {
            Some(prefix) => build.baked(prefix)?.into_iter().collect(),
            None => Vec::new(),
        };
        builds.push(Build {
            component: component.name.value.clone(),
            trigger: trigger.to_owned(),
            image: image.to_owned(),
            repository,
            moving: commit.is_none_or(|it| !tags.iter().any(|tag| tag.contains(it.short())))
                && matches!(environment.policy, Policy::Digest(_)),
            tags,
            baked,
            by: world.config().roles(environment).builder.clone(),
        });
    }
    Ok(builds)
}

/// The images that are expected where there are no trigger definitions: a release's tag for an environment that
/// follows versions, the tag that is followed for one that follows a tag.
fn expected(world: &World, environment: &Environment, git_ref: &GitRef) -> Started {
    let (tag, moving) = match (&environment.policy, git_ref) {
        (Policy::Semver(_), GitRef::Tag(tag)) => (tag.clone(), false),
        (Policy::Digest(tag), GitRef::Branch(_)) => (tag.value.clone(), true),
        _ => return Started::default(),
    };
    let build = |(component, image): (&Component, &str)| Build {
        component: component.name.value.clone(),
        trigger: String::new(),
        image: image.to_owned(),
        repository: images::repository(environment, image),
        tags: vec![tag.clone()],
        moving,
        baked: if component.baked.is_some() {
            environment.baked.iter().map(|(name, value)| (name.clone(), value.clone())).collect()
        } else {
            Vec::new()
        },
        by: world.config().roles(environment).builder.clone(),
    };
    Started { builds: world.config().services().map(build).collect(), ..Started::default() }
}
