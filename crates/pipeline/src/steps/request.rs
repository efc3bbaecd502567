//! Builds that wait for an approval.

use crate::action::RequestAction;
use crate::error::Error;
use crate::pending::{self, Pending};
use crate::world::World;

use super::Done;

fn wanted(action: &RequestAction) -> Vec<Pending> {
    let of = |build: &crate::action::Build| Pending {
        id: pending::id(&build.component, &action.commit),
        environment: action.environment.clone(),
        commit: action.commit.clone(),
        build: build.clone(),
    };
    action.builds.iter().map(of).collect()
}

fn done(world: &World, wanted: &[Pending]) -> Done {
    let names: Vec<&str> = wanted.iter().map(|it| it.id.as_str()).collect();
    let environment = wanted.first().map(|it| it.environment.as_str()).unwrap_or_default();
    Done {
        detail: format!(
            "{} {} for an approval",
            names.join(" and "),
            if names.len() == 1 { "waits" } else { "wait" }
        ),
        summary: vec![format!("approve with: {}", world.command_line("approve", environment))],
        stop: true,
        ..Done::default()
    }
}

/// The step is true when the builds wait already.
pub(crate) fn detect(world: &World, action: &RequestAction) -> Option<Done> {
    let wanted = wanted(action);
    let there = pending::read(world);
    wanted.iter().all(|it| there.contains(it)).then(|| done(world, &wanted))
}

/// Puts the builds on the list; an older build of the same component for the same environment gives way.
pub(crate) fn act(world: &World, action: &RequestAction) -> Result<Done, Error> {
    let wanted = wanted(action);
    let mut list = pending::read(world);
    list.retain(|old| {
        !wanted.iter().any(|new| {
            new.environment == old.environment && new.build.component == old.build.component
        })
    });
    list.extend(wanted.iter().cloned());
    pending::write(world, &list)?;
    Ok(done(world, &wanted))
}
