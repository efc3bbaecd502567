//! The cluster of an environment, as far as it can be reached from here.

use std::path::PathBuf;

use tidegate_cluster::{Cluster, Moment};
use tidegate_reconcile::SyncOptions;

use crate::config::{Cluster as ClusterConfig, Environment};
use crate::error::Error;
use crate::world::World;

/// Returns the state file of an environment's simulated cluster; `None` for a real cluster.
pub(crate) fn state_file(world: &World, environment: &Environment) -> Option<PathBuf> {
    match &environment.cluster {
        ClusterConfig::Simulated(file) => Some(world.path(&file.value)),
        ClusterConfig::Context(_) => None,
    }
}

/// Reads the simulated cluster of an environment; a new one where there is no state file; `None` for a real cluster.
pub(crate) fn cluster(world: &World, environment: &Environment) -> Result<Option<Cluster>, Error> {
    let Some(file) = state_file(world, environment) else { return Ok(None) };
    if !file.exists() {
        return Ok(Some(Cluster::new(Moment(world.clock.seconds().saturating_mul(1000)))));
    }
    Cluster::load(&file).map(Some).map_err(|error| {
        Error::refused(
            "cluster-state",
            error.to_string(),
            "mend the file, or delete it to begin with an empty cluster",
        )
    })
}

/// Writes the state of a simulated cluster.
pub(crate) fn save(
    world: &World,
    environment: &Environment,
    cluster: &Cluster,
) -> Result<(), Error> {
    let Some(file) = state_file(world, environment) else { return Ok(()) };
    cluster.save(&file).map_err(|error| {
        Error::failed("cluster-state", error.to_string(), "run the same command again")
    })
}

/// Returns how the objects of an environment are compared with the cluster.
pub(crate) fn sync_options(world: &World, environment: &Environment) -> SyncOptions {
    let name = format!("{}-{}", world.config().application.value, environment.name.value);
    SyncOptions {
        namespace: name.clone(),
        manager: name,
        prune: true,
        prune_last: false,
        hooks: false,
    }
}
