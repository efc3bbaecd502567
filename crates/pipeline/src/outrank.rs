//! What elsewhere in the devops repository outranks the line that an update edits, or writes to it as well.

use tidegate_repository::{FileChange, ObjectId};
use tidegate_rollback::{Fact, Updater};

use crate::action::{HoldChange, OverrideAction};
use crate::config::Environment;
use crate::error::Error;
use crate::world::World;

pub(crate) fn refuse(_w: &World, _e: &Environment, _c: &ObjectId, _a: &OverrideAction) -> Result<(), Error> {
    Ok(())
}
pub(crate) fn facts(_w: &World, _e: &Environment, _c: &ObjectId) -> Result<Vec<Fact>, Error> {
    Ok(Vec::new())
}
pub(crate) fn updaters(_w: &World, _e: &Environment, _c: &ObjectId, _v: Option<&str>) -> Result<Vec<Updater>, Error> {
    Ok(Vec::new())
}
pub(crate) fn tell_updaters(_w: &World, _e: &Environment, _c: &ObjectId, _h: &[HoldChange]) -> Result<Vec<FileChange>, Error> {
    Ok(Vec::new())
}
