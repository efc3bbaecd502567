//! A plan drawn as text: one line per task, what differs below it.

use std::fmt;

use super::{Action, SyncPlan, SyncTask};
use crate::diff::ObjectDiff;

/// Tasks without a change are counted, not listed.
impl fmt::Display for SyncPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut unchanged = 0;
        for task in &self.tasks {
            if task.action == Action::Unchanged {
                unchanged += 1;
            } else {
                write!(f, "{task}")?;
            }
        }
        match unchanged {
            0 => Ok(()),
            1 => f.write_str("1 object unchanged\n"),
            n => writeln!(f, "{n} objects unchanged"),
        }
    }
}

impl fmt::Display for SyncTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { action, identity, phase, wave, diff: ObjectDiff { changes }, .. } = self;
        write!(f, "{action:<6} {}/{}", identity.kind, identity.name)?;
        if !identity.namespace.is_empty() {
            write!(f, " in {}", identity.namespace)?;
        }
        match (phase, wave) {
            (super::Phase::Sync, 0) => writeln!(f)?,
            (phase, 0) => writeln!(f, " ({phase})")?,
            (phase, wave) => writeln!(f, " ({phase}, wave {wave})")?,
        }
        changes.iter().try_for_each(|change| writeln!(f, "    {change}"))
    }
}
