//! The release commit and its tag.

use tidegate_repository::{ObjectId, PushError, Release, Released, Tag};

use crate::action::TagAction;
use crate::error::Error;
use crate::event::{Event, Observer};
use crate::plan::Bindings;
use crate::release::{Edit, version_edits};
use crate::world::{World, failed_in_git};

use super::{Done, commit_of};

fn done(action: &TagAction, commit: &ObjectId, summary: Vec<String>) -> Done {
    Done {
        bound: Bindings::from([(commit_of(&action.tag), commit.as_str().to_owned())]),
        detail: format!("{} is commit {} on {}", action.tag, commit.short(), action.remote),
        summary,
        stop: false,
    }
}

/// The step is true when the tag is on the remote.
pub(crate) fn detect(world: &World, action: &TagAction) -> Result<Option<Done>, Error> {
    let refs = world.app.remote_refs(&action.remote).map_err(|it| failed_in_git(&it))?;
    Ok(refs.tag(&action.tag).map(|tag| done(action, &tag.commit, Vec::new())))
}

/// Makes the commit and the tag, or takes up those that an earlier run has made, and pushes both.
pub(crate) fn act(
    world: &World,
    action: &TagAction,
    observer: &mut Observer<'_>,
) -> Result<Done, Error> {
    let left =
        world.app.unpushed(&action.remote, &action.branch).map_err(|it| failed_in_git(&it))?;
    let released = match left {
        Some(left) if left.commit.message.trim_end() == action.message.trim_end() => {
            observer(Event::Detail("an earlier run has made the commit; it is pushed now"));
            let found = left.tags.iter().find(|tag| tag.name == action.tag).cloned();
            let tag = match found {
                Some(tag) => tag,
                None => make_tag(world, action, &left.commit.id, left.commit.commit_date)?,
            };
            Released {
                branch: action.branch.clone(),
                before: left.before,
                commit: left.commit.id,
                tag,
            }
        }
        _ => make(world, action, observer)?,
    };
    world
        .app
        .push_release(&action.remote, &released)
        .map_err(|error| refused_push(action, &error))?;
    Ok(done(
        action,
        &released.commit,
        vec![format!("released {}: commit {}", action.tag, released.commit.short())],
    ))
}

fn make(world: &World, action: &TagAction, observer: &mut Observer<'_>) -> Result<Released, Error> {
    let head = world.app.commit("HEAD").map_err(|it| failed_in_git(&it))?;
    if head.as_str() != action.base {
        return Err(Error::refused(
            "moved",
            format!("HEAD is at {}, and the plan was made for {}", head.short(), action.base),
            "run the command again: it makes a new plan",
        ));
    }
    let edits = version_edits(world, &action.group, &action.to)?;
    for edit in &edits {
        observer(Event::Detail(&format!("{}: {} becomes {}", edit.path, edit.from, action.to)));
    }
    let bytes: Vec<(&str, &[u8])> =
        edits.iter().map(|Edit { path, text, .. }| (path.as_str(), text.as_bytes())).collect();
    let release = Release {
        branch: &action.branch,
        edits: &bytes,
        message: &action.message,
        tag: &action.tag,
        tag_message: &action.tag_message,
        date: world.commit_date(world.clock.seconds(), 0),
    };
    world.app.make_release(&release).map_err(|it| failed_in_git(&it))
}

fn make_tag(world: &World, action: &TagAction, commit: &ObjectId, date: i64) -> Result<Tag, Error> {
    world
        .app
        .create_tag(&action.tag, commit, &action.tag_message, world.commit_date(date, 0))
        .map_err(|it| failed_in_git(&it))
}

fn refused_push(action: &TagAction, error: &PushError) -> Error {
    let help = match error {
        PushError::Git(_) => "commit and tag are kept here; run the same command again to finish",
        _ => "commit and tag were taken away again; mend the reason and run the command again",
    };
    let message = format!("{} was not accepted by {}: {error}", action.tag, action.remote);
    match error {
        PushError::Git(_) => Error::failed("push", message, help),
        _ => Error::refused("push-refused", message, help),
    }
}
