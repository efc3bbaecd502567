//! Overlays rendered at commits, to be compared.

use std::path::Path;

use tidegate_kustomize::{Build, Options};
use tidegate_repository::{Environment, GitErrorKind, ObjectId, Repository, WorkTree};

use crate::error::{Complaint, Error};
use crate::overlay::{CommitFiles, folder};
use crate::world::{World, failed_in_git, refused_by_git};

/// An overlay at a commit.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The commit.
    pub commit: ObjectId,
    /// What was built; places name files from the root of the repository.
    pub build: Build,
}

/// Renders the overlay of an environment at a revision of the devops repository; at the tip of the branch that the
/// reconciler follows unless one is given.
///
/// # Errors
///
/// [`Error::Misuse`] for an unknown environment or revision, [`Error::Refused`] for an overlay that does not build.
pub fn rendered(
    world: &World,
    environment: Option<&str>,
    revision: Option<&str>,
) -> Result<Rendered, Error> {
    let environment = world.environment(environment)?;
    let commit = match revision {
        Some(revision) => {
            // A branch of the remote is meant before a tag or a commit.
            let branch = format!("refs/remotes/origin/{revision}");
            let devops = world.devops()?;
            match devops.resolve(&branch).ok().flatten() {
                Some(tip) => tip,
                None => commit(devops, revision)?,
            }
        }
        None => world.devops_tip()?,
    };
    at(world.devops()?, commit, &folder(world, environment))
}

/// Renders the overlay of a folder as it is at a revision of the repository that the folder lies in.
///
/// # Errors
///
/// [`Error::Misuse`] where the folder lies in no repository or for an unknown revision, [`Error::Refused`] for an
/// overlay that does not build at it.
pub fn rendered_folder(folder: &Path, revision: &str) -> Result<Rendered, Error> {
    let tree = WorkTree::open(folder, &Environment::user()).map_err(|it| refused_by_git(&it))?;
    let real = |path: &Path| {
        std::fs::canonicalize(path).map_err(|error| {
            let message = format!("{} can't be read: {error}", path.display());
            Error::misuse("folder", message, "")
        })
    };
    let (root, real) = (real(tree.root())?, real(folder)?);
    let inside = real.strip_prefix(&root).ok().and_then(Path::to_str).ok_or_else(|| {
        let message = format!("{} is not a path that git can hold", folder.display());
        Error::misuse("folder", message, "")
    })?;
    let commit = commit(&tree, revision)?;
    at(&tree, commit, if inside.is_empty() { "." } else { inside })
}

fn commit(repository: &Repository, revision: &str) -> Result<ObjectId, Error> {
    repository.commit(revision).map_err(|error| match error.kind() {
        GitErrorKind::NotFound | GitErrorKind::InvalidName => Error::misuse(
            "revision",
            format!("`{revision}` is no commit of this repository"),
            "name a branch, a tag or a commit",
        ),
        _ => failed_in_git(&error),
    })
}

fn at(repository: &Repository, commit: ObjectId, folder: &str) -> Result<Rendered, Error> {
    let files = CommitFiles::unchanged(repository, &commit)?;
    let build = tidegate_kustomize::build(&files, folder, &Options::default()).map_err(|it| {
        Error::Refused(Complaint { diagnostics: it.mistakes, sources: it.sources })
    })?;
    Ok(Rendered { commit, build })
}
