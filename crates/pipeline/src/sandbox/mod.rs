//! The sandbox: the tomoda example, with two remotes, a registry and a cluster, in one folder.

mod example;

use std::path::{Path, PathBuf};

use tidegate_cluster::{Cluster, Moment};
use tidegate_repository::{
    BareClone, CommitDate, Environment as Git, FileChange, GitError, Identity, Release, WorkTree,
    clone, init_bare,
};

use crate::action::Build;
use crate::clock::SANDBOX_BEGINS;
use crate::error::Error;
use crate::event::{Event, Observer};
use crate::execute::{ExecuteOptions, execute};
use crate::images;
use crate::overlay::Overlay;
use crate::plan::Value;
use crate::steps::write_back::edited;
use crate::sync::plan_sync;
use crate::triggers;
use crate::world::{Places, World, failed_in_git};
use crate::{live, release};

/// The version that the example's files name before its first release.
const BEFORE: &str = "1.2.2";

/// The version that runs when the sandbox is new.
const FIRST: &str = "1.2.3";

/// The tag of that version.
const FIRST_TAG: &str = "v1.2.3";

/// Returns git as the sandbox runs it: with an identity of its own, deaf to the user's configuration.
pub(crate) fn git() -> Git {
    Git::isolated(Identity::new("Tidegate Sandbox", "sandbox@tidegate.invalid"))
}

/// Returns the configuration file of a sandbox.
#[must_use]
pub fn config(folder: &Path) -> PathBuf {
    folder.join("app").join("tidegate.yaml")
}

/// Returns the virtual time of a sandbox: that of the cluster that has come furthest.
pub(crate) fn now(world: &World) -> Result<i64, Error> {
    let mut now = SANDBOX_BEGINS;
    for environment in &world.config().environments {
        let exists = live::state_file(world, environment).is_some_and(|file| file.exists());
        if exists && let Some(cluster) = live::cluster(world, environment)? {
            now = now.max(cluster.now().0.div_euclid(1000));
        }
    }
    Ok(now)
}

/// Lays the sandbox out where it is not there yet.
///
/// Everything is made in a folder beside it, which then takes its name: a sandbox is whole, or not there.
///
/// # Errors
///
/// [`Error::Refused`] for a folder that holds something else; [`Error::Failed`] when git or the disk fails.
pub fn lay_out(folder: &Path, observer: &mut Observer<'_>) -> Result<(), Error> {
    if config(folder).is_file() {
        return Ok(());
    }
    let io = |doing: &str, path: &Path, error: &std::io::Error| {
        Error::failed(
            "sandbox",
            format!("cannot {doing} {}: {error}", path.display()),
            "choose another with --sandbox=DIR",
        )
    };
    if folder.exists() {
        return Err(Error::refused(
            "sandbox",
            format!("{} is there and is no sandbox", folder.display()),
            "name another folder with --sandbox=DIR, or remove this one",
        ));
    }
    let parent = folder.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(|error| io("create", parent, &error))?;
    let building = tempfile::Builder::new()
        .prefix(".tidegate-sandbox-")
        .tempdir_in(parent)
        .map_err(|error| io("create a folder in", parent, &error))?;
    observer(Event::Detail(&format!("laying out the sandbox in {}", folder.display())));
    fill(building.path())?;
    let built = building.keep();
    std::fs::rename(&built, folder)
        .map_err(|error| io("rename the new sandbox to", folder, &error))?;
    Ok(())
}

/// Makes the two repositories, the first release, its images, and a cluster that runs it.
fn fill(folder: &Path) -> Result<(), Error> {
    let app = seed(folder, "app", &app_files(), "tomoda as it is")?;
    release_first(&app)?;
    let world = World::open(&places(folder))?;
    let digests = build_first(&world)?;
    drop(world);
    let files = devops_files();
    seed(folder, "devops", &files, "what runs, and where")?;
    pin_first(folder, &digests)?;
    let world = World::open(&Places { read_only: false, ..places(folder) })?;
    for environment in &world.config().environments {
        let cluster = Cluster::new(Moment(SANDBOX_BEGINS.saturating_mul(1000)));
        if live::state_file(&world, environment).is_some_and(|file| !file.exists()) {
            live::save(&world, environment, &cluster)?;
        }
        let plan = plan_sync(&world, Some(&environment.name.value))?;
        execute(&world, &plan, &ExecuteOptions::default(), &mut |_| {})?;
    }
    Ok(())
}

/// The places of a sandbox that is being laid out.
fn places(folder: &Path) -> Places {
    Places {
        config: config(folder),
        named: String::new(),
        sandbox: true,
        now: SANDBOX_BEGINS,
        read_only: true,
        faults: Vec::new(),
        git_variables: Vec::new(),
    }
}

fn app_files() -> Vec<FileChange> {
    let before = |path: &str, text: &str| {
        if path.ends_with("/VERSION") { text.replace(FIRST, BEFORE) } else { text.to_owned() }
    };
    example::APP.iter().map(|(path, text)| FileChange::set(*path, before(path, text))).collect()
}

fn devops_files() -> Vec<FileChange> {
    example::DEVOPS.iter().map(|(path, text)| FileChange::set(*path, *text)).collect()
}

/// Makes a bare remote with one commit, and its clone beside it.
fn seed(folder: &Path, name: &str, files: &[FileChange], message: &str) -> Result<PathBuf, Error> {
    let fail = |error: GitError| failed_in_git(&error);
    let git = git();
    let remote = folder.join(format!("{name}.git"));
    init_bare(&remote, &git, "main").map_err(fail)?;
    let scratch = tempfile::tempdir_in(folder).map_err(|error| {
        Error::failed("sandbox", format!("cannot create a temporary folder: {error}"), "")
    })?;
    let bare = BareClone::open(&scratch.path().join("seed"), &remote.to_string_lossy(), &git)
        .map_err(fail)?;
    let commit = bare
        .commit_files(None, files, message, None, CommitDate::At(SANDBOX_BEGINS))
        .map_err(fail)?;
    bare.push("main", None, &commit)
        .map_err(|error| Error::failed("sandbox", error.to_string(), ""))?;
    let target = folder.join(name);
    let repository = clone(&remote.to_string_lossy(), &target, &git).map_err(fail)?;
    // A relative address, so that the sandbox can be moved.
    repository.set_config("remote.origin.url", &format!("../{name}.git")).map_err(fail)?;
    Ok(target)
}

fn release_first(app: &Path) -> Result<(), Error> {
    let fail = |error: GitError| failed_in_git(&error);
    let tree = WorkTree::open(app, &git()).map_err(fail)?;
    let text = format!("{FIRST}\n");
    let edits: Vec<(&str, &[u8])> =
        vec![("backend/VERSION", text.as_bytes()), ("frontend/VERSION", text.as_bytes())];
    let released = tree
        .make_release(&Release {
            branch: "main",
            edits: &edits,
            message: &format!("release: tomoda {FIRST}"),
            tag: FIRST_TAG,
            tag_message: &format!("tomoda {FIRST}"),
            date: CommitDate::At(SANDBOX_BEGINS),
        })
        .map_err(fail)?;
    tree.push_release("origin", &released)
        .map_err(|error| Error::failed("sandbox", error.to_string(), ""))
}

/// A build of the first version, and the digest that came of it.
type Built = (String, Build, String);

/// Builds the images of the first release for production, and the same commit as `latest` for development.
fn build_first(world: &World) -> Result<Vec<Built>, Error> {
    let group = release::group(world, None)?;
    let commit = world.app.commit(FIRST_TAG).map_err(|it| failed_in_git(&it))?;
    let mut built = Vec::new();
    for environment in &world.config().environments {
        let name = &environment.name.value;
        let tagged =
            triggers::tag_builds(world, environment, group, FIRST_TAG, Some(&commit))?.builds;
        let builds = if tagged.is_empty() {
            let started = triggers::branch_builds(world, environment, "main", &commit, None)?;
            started.builds.into_iter().chain(started.waiting).collect()
        } else {
            tagged
        };
        let version = if builds.iter().any(|it| it.moving) { "" } else { FIRST };
        for build in builds {
            let component =
                world.config().components.iter().find(|it| it.name.value == build.component);
            let Some(component) = component else { continue };
            let digest = images::build(world, &build, component, &commit, name, version)?;
            built.push((name.clone(), build, digest));
        }
    }
    Ok(built)
}

/// Pins the digests of the first images in the overlays: part of the devops repository's first history.
fn pin_first(folder: &Path, built: &[Built]) -> Result<(), Error> {
    let fail = |error: GitError| failed_in_git(&error);
    let world = World::open(&places(folder))?;
    let tip = world.devops_tip()?;
    let mut files = Vec::new();
    for environment in &world.config().environments {
        let overlay = Overlay::read(&world, environment, &tip)?;
        let mut changes = Vec::new();
        for (_, build, digest) in
            built.iter().filter(|(name, _, _)| *name == environment.name.value)
        {
            let entry = overlay.image(&build.repository)?;
            let tag = build.tags.first().cloned().unwrap_or_default();
            changes.push(entry.into_change(&build.component, tag, Value::Known(digest.clone())));
        }
        let text = edited(&overlay, &changes, Some(&crate::plan::Bindings::new()))?;
        files.push(FileChange::set(overlay.file.clone(), text));
    }
    let devops = world.devops()?;
    let date = CommitDate::At(SANDBOX_BEGINS + images::BUILD_TAKES);
    let message = format!("tomoda {FIRST}");
    let commit = devops.commit_files(Some(&tip), &files, &message, None, date).map_err(fail)?;
    devops
        .push("main", Some(&tip), &commit)
        .map_err(|error| Error::failed("sandbox", error.to_string(), ""))?;
    WorkTree::open(&folder.join("devops"), &git())
        .map_err(fail)?
        .pull("origin", "main")
        .map_err(fail)
}

/// Brings the sandbox's clone of the devops repository to what its remote has, where nobody has changed it by hand:
/// so that people see in the folder what was committed.
pub(crate) fn show_devops(world: &World) {
    let folder = world.root.join("..").join("devops");
    if let Ok(tree) = WorkTree::open(&folder, &world.git) {
        // A clone that somebody has worked in is theirs: it stays as it is.
        tree.pull("origin", &world.config().devops.branch).unwrap_or_default();
    }
}
