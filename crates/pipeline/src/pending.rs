//! Builds that wait for an approval: kept beside the journal. Losing them loses nothing: `deploy` asks again.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::action::Build;
use crate::error::Error;
use crate::journal::write_atomically;
use crate::world::World;

/// A build that starts once somebody approves it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Pending {
    /// Its name: the component and the commit, shortened.
    pub(crate) id: String,
    /// The environment whose registry will receive the image.
    pub(crate) environment: String,
    /// The commit that is built.
    pub(crate) commit: String,
    /// What is built.
    pub(crate) build: Build,
}

fn file(world: &World) -> PathBuf {
    world.app.git_dir().join("tidegate").join("builds.json")
}

/// Returns the builds that wait, in the order in which they were asked for.
pub(crate) fn read(world: &World) -> Vec<Pending> {
    let bytes = std::fs::read(file(world)).ok();
    bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// Replaces the list of the builds that wait.
pub(crate) fn write(world: &World, pending: &[Pending]) -> Result<(), Error> {
    let fail = |error: std::io::Error| {
        Error::failed(
            "builds",
            format!("cannot write {}: {error}", file(world).display()),
            "run the same command again",
        )
    };
    let bytes = serde_json::to_vec_pretty(pending).map_err(|error| fail(error.into()))?;
    write_atomically(&file(world), &bytes).map_err(fail)
}

/// Names a build.
pub(crate) fn id(component: &str, commit: &str) -> String {
    format!("{component}-{}", commit.get(..7).unwrap_or(commit))
}

/// Takes builds off the list that have run.
pub(crate) fn forget(
    world: &World,
    environment: &str,
    commit: &str,
    builds: &[Build],
) -> Result<(), Error> {
    let mut list = read(world);
    let before = list.len();
    list.retain(|it| {
        let ran = builds.iter().any(|build| build.component == it.build.component);
        !(ran && it.environment == environment && it.commit == commit)
    });
    if list.len() == before { Ok(()) } else { write(world, &list) }
}
