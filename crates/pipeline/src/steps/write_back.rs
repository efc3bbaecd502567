//! One commit in the devops repository, from a bare clone.

use tidegate_kustomize::edit::{self, Change, ImageEdit};
use tidegate_repository::{FileChange, ObjectId, PushError};
use tidegate_source::Sources;

use crate::action::{ImageChange, OverrideAction};
use crate::clock::rfc3339;
use crate::config::{Environment, OURSELVES};
use crate::error::{Complaint, Error};
use crate::event::{Event, Observer};
use crate::images;
use crate::overlay::Overlay;
use crate::plan::{Bindings, Value};
use crate::proof;
use crate::world::{World, failed_in_git};
use crate::{holds, message, outrank};

use super::{DEVOPS_COMMIT, Done};

/// How often a push is tried when others are faster.
const TRIES: usize = 5;

/// How long after its cause an override is committed, in seconds of virtual time.
const COMMIT_LAG: i64 = 20;

/// The step is true when the tip of the branch says what the plan wants.
pub(crate) fn detect(
    world: &World,
    action: &OverrideAction,
    bound: &Bindings,
) -> Result<Option<Done>, Error> {
    let environment = world.environment(Some(&action.environment))?;
    let tip = world.devops_tip()?;
    if !action.reverts.is_empty() {
        let devops = world.devops()?;
        for commit in &action.reverts {
            let commit = devops.commit(commit).map_err(|it| failed_in_git(&it))?;
            let changes = devops.revert_changes(&commit, &tip).map_err(|it| failed_in_git(&it))?;
            if !changes.is_empty() {
                return Ok(None);
            }
        }
    }
    if !action.images.is_empty() {
        let overlay = Overlay::read(world, environment, &tip)?;
        for change in &action.images {
            let Some(digest) = change.to_digest.resolve(bound) else { return Ok(None) };
            let entry = overlay.image(&change.repository)?;
            if entry.tag != change.to_tag || entry.digest != digest {
                return Ok(None);
            }
        }
    }
    if !action.holds.is_empty() {
        let held = holds::read(world, environment, &tip)?;
        if !holds::are_true(&held.path, &held.text, &action.holds)? {
            return Ok(None);
        }
    }
    Ok(Some(done(action, &tip)))
}

/// Applies the intent of the plan to the newest text, proves it, commits and pushes; again where others were faster.
pub(crate) fn act(
    world: &World,
    action: &OverrideAction,
    bound: &Bindings,
    observer: &mut Observer<'_>,
) -> Result<Done, Error> {
    if action.by != OURSELVES {
        return Err(Error::failed(
            "override-awaited",
            format!("{} has not written the override yet", action.by),
            "run the same command again when it has",
        ));
    }
    let environment = world.environment(Some(&action.environment))?;
    let devops = world.devops()?;
    for _ in 0..TRIES {
        let tip = world.devops_tip()?;
        let commit = commit(world, environment, action, bound, &tip, observer)?;
        if commit == tip {
            return Ok(done(action, &tip));
        }
        match devops.push(&action.branch, Some(&tip), &commit) {
            Ok(()) => {
                let mut done = done(action, &commit);
                done.summary = vec![format!("committed to {}: {}", action.branch, action.subject)];
                return Ok(done);
            }
            Err(PushError::Moved(_)) => {
                observer(Event::Detail(
                    "somebody else was faster: the edit is applied to the new text",
                ));
                devops.fetch().map_err(|it| failed_in_git(&it))?;
            }
            Err(error @ PushError::Git(_)) => {
                return Err(Error::failed(
                    "push",
                    error.to_string(),
                    "run the same command again to finish",
                ));
            }
            Err(error) => {
                return Err(Error::refused(
                    "push-refused",
                    error.to_string(),
                    "mend the reason and run the command again",
                ));
            }
        }
    }
    Err(Error::failed(
        "push-races",
        format!("others were faster {TRIES} times"),
        "run the same command again",
    ))
}

fn done(action: &OverrideAction, commit: &ObjectId) -> Done {
    Done {
        bound: Bindings::from([(DEVOPS_COMMIT.to_owned(), commit.as_str().to_owned())]),
        detail: format!("{} is at {}", action.branch, commit.short()),
        ..Done::default()
    }
}

/// Makes the commit on top of a tip.
fn commit(
    world: &World,
    environment: &Environment,
    action: &OverrideAction,
    bound: &Bindings,
    tip: &ObjectId,
    observer: &mut Observer<'_>,
) -> Result<ObjectId, Error> {
    let devops = world.devops()?;
    let date = date(world, action, bound)?;
    let mut base = tip.clone();
    for commit in &action.reverts {
        let commit = devops.commit(commit).map_err(|it| failed_in_git(&it))?;
        let changes = devops.revert_changes(&commit, &base).map_err(|it| failed_in_git(&it))?;
        let subject = devops.describe(&commit).map_err(|it| failed_in_git(&it))?.subject;
        let message = format!("Revert \"{subject}\"\n\nThis reverts commit {commit}.\n");
        base = devops
            .commit_files(Some(&base), &changes, &message, None, world.commit_date(date, 0))
            .map_err(|it| failed_in_git(&it))?;
    }
    let mut files = Vec::new();
    if !action.images.is_empty() {
        let overlay = Overlay::read(world, environment, &base)?;
        outrank::refuse(world, environment, &base, action)?;
        let text = edited(&overlay, &action.images, Some(bound))?;
        let edited = overlay.with_text(text);
        let build = edited.build(world)?;
        proof::prove(world, environment, &build)?.judge_again(&action.trailers)?;
        observer(Event::Detail(&format!(
            "{}: {} edited, and proved",
            edited.file,
            entries(action.images.len())
        )));
        files.push(FileChange::set(edited.file, edited.text));
    }
    if !action.holds.is_empty() {
        let held = holds::read(world, environment, &base)?;
        let text = holds::edited(&held.path, &held.text, &action.holds, &rfc3339(date))?;
        for hold in &action.holds {
            observer(Event::Detail(&format!("{}: {hold}", held.path)));
        }
        files.push(FileChange::set(held.path, text));
        files.extend(outrank::tell_updaters(world, environment, &base, &action.holds)?);
    }
    let message = message::commit_message(world, action, bound)?;
    devops
        .commit_files(Some(&base), &files, &message, None, world.commit_date(date, 0))
        .map_err(|it| failed_in_git(&it))
}

fn entries(n: usize) -> String {
    if n == 1 { "1 entry".to_owned() } else { format!("{n} entries") }
}

/// Returns when the commit is made: a while after the newest of its images, or now.
fn date(world: &World, action: &OverrideAction, bound: &Bindings) -> Result<i64, Error> {
    let mut cause = world.clock.seconds();
    for change in &action.images {
        let digest = change.to_digest.resolve(bound).unwrap_or_default();
        if let Some(about) = images::about_digest(world, &change.repository, digest)? {
            cause = cause.max(about.created);
        }
    }
    Ok(world.clock.after(cause, COMMIT_LAG))
}

/// Edits the `images:` entries of an overlay's text; every other byte stays. Without bindings a digest that is not
/// known yet is left as it was: for the proof before the tag.
pub(crate) fn edited(
    overlay: &Overlay,
    changes: &[ImageChange],
    bound: Option<&Bindings>,
) -> Result<String, Error> {
    let mut text = overlay.text.clone();
    for change in changes {
        let entry = overlay.image(&change.repository)?;
        let there = (entry.tag.as_str(), entry.digest.as_str());
        let before = (change.from_tag.as_str(), change.from_digest.as_str());
        let none = Bindings::new();
        let digest = change.to_digest.resolve(bound.unwrap_or(&none));
        if bound.is_some()
            && there != before
            && there != (change.to_tag.as_str(), digest.unwrap_or_default())
        {
            return Err(Error::refused(
                "moved",
                format!(
                    "{}: the entry of {} says {}@{} now, and the plan was made for {}@{}",
                    overlay.file, change.component, there.0, there.1, before.0, before.1
                ),
                "run the command again: it makes a new plan",
            ));
        }
        let digest = match (&change.to_digest, digest) {
            (_, Some(digest)) => Some(digest.to_owned()),
            (Value::Unknown { unknown }, None) if bound.is_some() => {
                return Err(Error::failed(
                    "unbound",
                    format!("the {unknown} is not known"),
                    "run the command again",
                ));
            }
            _ => None,
        };
        let image = ImageEdit {
            new_tag: Change::Set(change.to_tag.clone()),
            digest: match digest {
                None => Change::Keep,
                Some(digest) if digest.is_empty() => Change::Remove,
                Some(digest) => Change::Set(digest),
            },
            ..ImageEdit::new(entry.name.clone())
        };
        text = edit::set_image(&text, &image)
            .map_err(|error| {
                let mut sources = Sources::new();
                let source = sources.add(overlay.file.as_str(), text.as_str());
                Error::Refused(Complaint::new(error.to_diagnostic(source), sources))
            })?
            .text;
    }
    Ok(text)
}
