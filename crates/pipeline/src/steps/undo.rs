//! `rollout undo` on the simulated cluster: a last resort that git does not know of.

use tidegate_cluster::{Span, Undone};

use crate::action::UndoAction;
use crate::error::Error;
use crate::event::{Event, Observer};
use crate::live;
use crate::steps::rollout::{namespace, refuse_real};
use crate::world::World;

use super::Done;

/// Takes the Deployments back, and watches.
pub(crate) fn act(
    world: &World,
    action: &UndoAction,
    observer: &mut Observer<'_>,
) -> Result<Done, Error> {
    let environment = world.environment(Some(&action.environment))?;
    refuse_real(world, environment)?;
    let Some(mut cluster) = live::cluster(world, environment)? else { return Ok(Done::default()) };
    let tip = world.devops_tip()?;
    let namespace = namespace(&super::rollout::desired(world, environment, &tip)?);
    for (name, revision) in &action.deployments {
        let undone = cluster.rollout_undo(&namespace, name, *revision).map_err(|error| {
            Error::refused(
                "undo",
                error.to_string(),
                "use `--by override`: it needs no old revision",
            )
        })?;
        let text = match undone {
            Undone::Restored { revision } => {
                format!("{name} is at the template of revision {revision} again")
            }
            Undone::Skipped { revision } => {
                format!("{name} has the template of revision {revision} already")
            }
        };
        observer(Event::Detail(&text));
    }
    let settled = cluster.run_until_settled(Span::seconds(24 * 3600));
    live::save(world, environment, &cluster)?;
    if !settled.succeeded() {
        return Err(Error::failed(
            "rollout-failed",
            "the undone rollout did not finish",
            "look at `status`",
        ));
    }
    Ok(Done {
        detail: "the cluster has drifted from git".to_owned(),
        summary: vec![
            "git still names the newer version: make a rollback by override as soon as you can"
                .to_owned(),
        ],
        ..Done::default()
    })
}
