//! Builds: images assembled here, or waited for.

use tidegate_repository::ObjectId;

use crate::action::{Build, ImagesAction};
use crate::config::{Component, OURSELVES};
use crate::error::Error;
use crate::event::{Event, Observer};
use crate::images;
use crate::plan::Bindings;
use crate::world::{World, failed_in_git};

use super::{Done, digest_of};

/// The step is true when every image is in the registry under its tags, built from the right commit.
pub(crate) fn detect(
    world: &World,
    action: &ImagesAction,
    bound: &Bindings,
) -> Result<Option<Done>, Error> {
    let commit = commit(world, action, bound)?;
    let mut done = Done::default();
    for build in &action.builds {
        let Some(digest) = built(world, build, &commit)? else { return Ok(None) };
        bind(&mut done, build, &digest);
    }
    finish(&mut done, action);
    Ok(Some(done))
}

/// Builds what is missing. All images of the step are built, or the step fails: a group deploys together or not at all.
pub(crate) fn act(
    world: &World,
    action: &ImagesAction,
    bound: &Bindings,
    observer: &mut Observer<'_>,
) -> Result<Done, Error> {
    let commit = commit(world, action, bound)?;
    let mut done = Done::default();
    for build in &action.builds {
        let tags = build.tags.join(", ");
        let digest = match built(world, build, &commit)? {
            Some(digest) => digest,
            None if build.by == OURSELVES => {
                let component = component(world, build)?;
                images::build(
                    world,
                    build,
                    component,
                    &commit,
                    &action.environment,
                    &action.version,
                )?
            }
            None => {
                return Err(Error::failed(
                    "build-awaited",
                    format!(
                        "{}:{tags} is not in the registry yet; {} builds it",
                        build.repository, build.by
                    ),
                    "run the same command again when it is there",
                ));
            }
        };
        observer(Event::Detail(&format!("{}:{tags} is {}", build.repository, short(&digest))));
        bind(&mut done, build, &digest);
    }
    finish(&mut done, action);
    Ok(done)
}

fn commit(world: &World, action: &ImagesAction, bound: &Bindings) -> Result<ObjectId, Error> {
    let commit = action.commit.resolve(bound).unwrap_or_default();
    world.app.commit(commit).map_err(|it| failed_in_git(&it))
}

fn component<'w>(world: &'w World, build: &Build) -> Result<&'w Component, Error> {
    world.config().components.iter().find(|it| it.name.value == build.component).ok_or_else(|| {
        Error::refused(
            "moved",
            format!("component `{}` is gone from tidegate.yaml", build.component),
            "plan again",
        )
    })
}

/// Returns the digest that all tags of a build have in common, when the image is the build's.
fn built(world: &World, build: &Build, commit: &ObjectId) -> Result<Option<String>, Error> {
    let mut common: Option<String> = None;
    for tag in &build.tags {
        let Some(about) = images::about_tag(world, &build.repository, tag)? else {
            return Ok(None);
        };
        // A tag that moves, such as `latest`, may still be at an older build: then there is work to do.
        let older = build.moving && about.revision != commit.as_str();
        if older || common.as_ref().is_some_and(|digest| *digest != about.digest) {
            return Ok(None);
        }
        let name = format!("{}:{tag}", build.repository);
        images::check_revision(&name, component(world, build)?, &about, commit.as_str())?;
        common = Some(about.digest);
    }
    Ok(common)
}

fn bind(done: &mut Done, build: &Build, digest: &str) {
    for tag in &build.tags {
        done.bound.insert(digest_of(&build.image, tag), digest.to_owned());
    }
}

fn finish(done: &mut Done, action: &ImagesAction) {
    let names: Vec<&str> = action.builds.iter().map(|build| build.component.as_str()).collect();
    done.detail = format!("{} in the registry", names.join(" and "));
}

/// Shortens a digest for people.
pub(crate) fn short(digest: &str) -> &str {
    digest.get(..19).unwrap_or(digest)
}
