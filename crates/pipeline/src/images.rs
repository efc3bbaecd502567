//! Images of the configuration's components: where they are kept, and how the embedded builder makes one.

use std::collections::BTreeMap;

use tidegate_image_ref::{Digest, Tag};
use tidegate_registry::{
    Contents, File, Image, LABEL_ENVIRONMENT, LABEL_REVISION, LABEL_SETTINGS, LABEL_SOURCE,
    LABEL_VERSION, Layout, LayoutError, LayoutErrorKind, Recipe, settings_hash,
};
use tidegate_repository::{EntryKind, ObjectId, TreeReader};

use crate::action::Build;
use crate::clock::from_rfc3339;
use crate::config::{Component, Environment};
use crate::error::Error;
use crate::fault::FaultKind;
use crate::world::{World, failed_in_git};

/// Label: how the image misbehaves; for the sandbox.
pub(crate) const LABEL_FAULT: &str = "dev.tidegate.sandbox.fault";

/// The platforms that an image is built for.
const PLATFORMS: [&str; 2] = ["linux/amd64", "linux/arm64"];

/// How long a build takes, in seconds of virtual time.
pub(crate) const BUILD_TAKES: i64 = 40;

/// How much longer a slow build takes.
const SLOW_BUILD_TAKES: i64 = 20 * 60;

/// What an image says of itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    /// The digest of the image.
    pub(crate) digest: String,
    /// The commit that it was built from; empty where it does not say.
    pub(crate) revision: String,
    /// The environment that its settings were baked for; empty where there are none.
    pub(crate) environment: String,
    /// The hash of its baked settings; empty where there are none.
    pub(crate) settings: String,
    /// How it misbehaves; empty for an image that does not.
    pub(crate) fault: String,
    /// When it was made, in seconds since 1970; 0 where it does not say.
    pub(crate) created: i64,
}

/// Returns the image repository of a component in an environment.
pub(crate) fn repository(environment: &Environment, image: &str) -> String {
    format!("{}/{image}", environment.images.value.trim_end_matches('/'))
}

/// Opens the layout of an image repository; `None` where nothing was ever pushed.
pub(crate) fn layout(world: &World, repository: &str) -> Result<Option<Layout>, Error> {
    match Layout::open(&world.layout_folder(repository)) {
        Ok(layout) => Ok(Some(layout)),
        Err(error) if error.kind() == LayoutErrorKind::NotALayout && !error.path().exists() => {
            Ok(None)
        }
        Err(error) => Err(unreadable(repository, &error)),
    }
}

/// Returns the tags of an image repository with their digests: the complete list.
pub(crate) fn tags(world: &World, repository: &str) -> Result<Vec<(String, String)>, Error> {
    let Some(layout) = layout(world, repository)? else { return Ok(Vec::new()) };
    let tags = layout.tags().map_err(|it| unreadable(repository, &it))?;
    Ok(tags.into_iter().map(|it| (it.tag.to_string(), it.digest.to_string())).collect())
}

/// Returns what the image behind a tag says of itself; `None` where the tag is not there.
pub(crate) fn about_tag(
    world: &World,
    repository: &str,
    tag: &str,
) -> Result<Option<About>, Error> {
    let Ok(tag) = tag.parse::<Tag>() else { return Ok(None) };
    let Some(layout) = layout(world, repository)? else { return Ok(None) };
    let digest = layout.resolve(&tag).map_err(|it| unreadable(repository, &it))?;
    digest.map(|digest| about(&layout, repository, &digest)).transpose()
}

/// Returns what the image of a digest says of itself; `None` where it is not there.
pub(crate) fn about_digest(
    world: &World,
    repository: &str,
    digest: &str,
) -> Result<Option<About>, Error> {
    let Ok(digest) = digest.parse::<Digest>() else { return Ok(None) };
    let Some(layout) = layout(world, repository)? else { return Ok(None) };
    if layout.has(&digest) { about(&layout, repository, &digest).map(Some) } else { Ok(None) }
}

fn about(layout: &Layout, repository: &str, digest: &Digest) -> Result<About, Error> {
    let platforms = layout.platforms(digest).map_err(|it| unreadable(repository, &it))?;
    let labels = layout.labels(digest).map_err(|it| unreadable(repository, &it))?;
    let label = |name: &str| labels.get(name).cloned().unwrap_or_default();
    Ok(About {
        digest: digest.to_string(),
        revision: label(LABEL_REVISION),
        environment: label(LABEL_ENVIRONMENT),
        settings: label(LABEL_SETTINGS),
        fault: label(LABEL_FAULT),
        created: platforms
            .iter()
            .filter_map(|it| it.created.as_deref().and_then(from_rfc3339))
            .max()
            .unwrap_or_default(),
    })
}

/// Refuses an image that was built from another commit than the one that its tag names, or for another environment.
pub(crate) fn check_revision(
    build: &str,
    component: &Component,
    about: &About,
    commit: &str,
) -> Result<(), Error> {
    if about.revision.is_empty() {
        if component.require_revision {
            return Err(Error::refused(
                "revision-missing",
                format!(
                    "{build} has no label {LABEL_REVISION}, and the configuration requires one"
                ),
                "build the image with the label, or drop `requireRevision`",
            ));
        }
        return Ok(());
    }
    if about.revision == commit {
        return Ok(());
    }
    Err(Error::refused(
        "revision-differs",
        format!("{build} was built from {}, and its tag is commit {commit}", about.revision),
        "find out who pushed it; build the tag's commit again under a new version",
    ))
}

/// Returns the hash of the settings that a build bakes in; empty where it bakes none.
pub(crate) fn settings_of(build: &Build) -> String {
    if build.baked.is_empty() {
        return String::new();
    }
    settings_hash(build.baked.iter().map(|(name, value)| (name.as_str(), value.as_str())))
        .to_string()
}

/// Makes the image of a build from the files of a commit and puts it into its layout under its tags.
pub(crate) fn build(
    world: &World,
    build: &Build,
    component: &Component,
    commit: &ObjectId,
    environment: &str,
    version: &str,
) -> Result<String, Error> {
    let fault =
        world.faults.iter().find(|fault| fault.component == build.component).map(|it| it.kind);
    if fault == Some(FaultKind::BuildFails) {
        return Err(Error::failed(
            "build-failed",
            format!(
                "the build of {} at {} failed: step 1 of 1 ended with status 1",
                build.component,
                commit.short()
            ),
            "mend the build and run the command again; the tag stays, and nothing is deployed",
        ));
    }
    let described = world.app.describe(commit).map_err(|it| failed_in_git(&it))?;
    let slow = if fault == Some(FaultKind::BuildSlow) { SLOW_BUILD_TAKES } else { 0 };
    let contents = contents(world, component, commit)?;
    let mut labels = BTreeMap::from([
        (LABEL_REVISION.to_owned(), commit.as_str().to_owned()),
        (LABEL_SOURCE.to_owned(), source(world)),
    ]);
    if !version.is_empty() {
        labels.insert(LABEL_VERSION.to_owned(), version.to_owned());
    }
    if !build.baked.is_empty() {
        labels.insert(LABEL_ENVIRONMENT.to_owned(), environment.to_owned());
        labels.insert(LABEL_SETTINGS.to_owned(), settings_of(build));
    }
    if let Some(kind @ (FaultKind::NeverReady | FaultKind::Late | FaultKind::CrashLoop)) = fault {
        labels.insert(LABEL_FAULT.to_owned(), kind.to_string());
    }
    let recipe = Recipe {
        contents: &contents,
        target: "/app",
        labels,
        env: build.baked.iter().map(|(name, value)| format!("{name}={value}")).collect(),
        entrypoint: Vec::new(),
        ports: Vec::new(),
        user: String::new(),
        created: world.clock.after(described.commit_date, BUILD_TAKES + slow),
        platforms: &PLATFORMS,
    };
    let image = Image::assemble(&recipe).map_err(|it| unwritable(&build.repository, &it))?;
    let tags = build.tags.iter().map(|tag| {
        tag.parse::<Tag>().map_err(|error| {
            Error::refused("tag", format!("the build pushes the tag `{tag}`: {error}"), "")
        })
    });
    let tags = tags.collect::<Result<Vec<_>, _>>()?;
    let layout = Layout::create(&world.layout_folder(&build.repository))
        .map_err(|it| unwritable(&build.repository, &it))?;
    let pushed = layout.push(&image, &tags).map_err(|it| unwritable(&build.repository, &it))?;
    Ok(pushed.digest.to_string())
}

/// Returns the address of the sources, for the label.
fn source(world: &World) -> String {
    let application = &world.config().application.value;
    if world.sandbox {
        format!("https://git.example/{application}/{application}")
    } else {
        application.clone()
    }
}

/// Reads the folder that an image is made of, as it is at a commit.
fn contents(world: &World, component: &Component, commit: &ObjectId) -> Result<Contents, Error> {
    let folder = component.context.as_ref().map_or(&component.name.value, |it| &it.value);
    let tree = world.app.tree(commit).map_err(|it| failed_in_git(&it))?;
    let files = tree.files(folder).map_err(|it| failed_in_git(&it))?;
    if files.is_empty() {
        return Err(Error::refused(
            "no-context",
            format!(
                "component `{}` is built from `{folder}`, which holds no file at {}",
                component.name.value,
                commit.short()
            ),
            "correct `context` in tidegate.yaml, or commit the folder",
        ));
    }
    let mut contents = Contents::new();
    for path in files {
        let bytes = tree.read(&path).map_err(|it| failed_in_git(&it))?.unwrap_or_default();
        let executable = is_executable(&tree, &path)?;
        let inside = path.strip_prefix(&format!("{folder}/")).unwrap_or(&path);
        contents
            .insert(inside, File::Plain { bytes, executable })
            .map_err(|it| unwritable(&component.name.value, &it))?;
    }
    Ok(contents)
}

fn is_executable(tree: &TreeReader, path: &str) -> Result<bool, Error> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let entries = tree.list(folder).map_err(|it| failed_in_git(&it))?.unwrap_or_default();
    Ok(entries.iter().any(|entry| entry.name == name && entry.kind == EntryKind::Executable))
}

/// Refuses faults of components that there are not.
pub(crate) fn check_faults(world: &World) -> Result<(), Error> {
    let known: Vec<&str> =
        world.config().services().map(|(component, _)| component.name.value.as_str()).collect();
    match world.faults.iter().find(|fault| !known.contains(&fault.component.as_str())) {
        None => Ok(()),
        Some(fault) => Err(Error::misuse(
            "fault",
            format!("there is no component `{}` to make a fault in", fault.component),
            format!("known: {}", known.join(", ")),
        )),
    }
}

fn unreadable(repository: &str, error: &LayoutError) -> Error {
    Error::refused("registry", format!("the images of {repository} can't be read: {error}"), "")
}

fn unwritable(repository: &str, error: &LayoutError) -> Error {
    Error::failed("registry", format!("the image of {repository} can't be written: {error}"), "")
}
