//! The message of a commit in the devops repository: what, from what, to what, and what was allowed.

use tidegate_image_update::{Pinned, Template, Trailer, Update, commit_message as image_message};

use crate::action::{ImageChange, OverrideAction};
use crate::error::Error;
use crate::plan::Bindings;
use crate::steps::images::short;
use crate::world::World;

/// Writes the message of an override: by the configured template where images change, or else old and new of each.
pub(crate) fn commit_message(
    world: &World,
    action: &OverrideAction,
    bound: &Bindings,
) -> Result<String, Error> {
    if let Some(template) = &world.config().devops.message
        && !action.images.is_empty()
    {
        return by_template(&template.value, action, bound);
    }
    let mut lines: Vec<String> = action.images.iter().map(|change| line(change, bound)).collect();
    lines.extend(action.holds.iter().map(ToString::to_string));
    let paragraphs = [vec![action.subject.clone()], lines, action.trailers.clone()];
    let paragraphs = paragraphs.into_iter().filter(|lines| !lines.is_empty());
    let paragraphs: Vec<String> = paragraphs.map(|lines| lines.join("\n") + "\n").collect();
    Ok(paragraphs.join("\n"))
}

fn by_template(template: &str, action: &OverrideAction, bound: &Bindings) -> Result<String, Error> {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let updates: Vec<Update> = action
        .images
        .iter()
        .map(|change| Update {
            component: change.component.clone(),
            entry: change.entry.clone(),
            from: Pinned {
                tag: some(&change.from_tag),
                digest: some(&change.from_digest),
                ..Pinned::default()
            },
            to: Pinned {
                tag: some(&change.to_tag),
                digest: change.to_digest.resolve(bound).and_then(some),
                ..Pinned::default()
            },
            why: String::new(),
        })
        .collect();
    let trailers: Vec<Trailer> =
        action.trailers.iter().filter_map(|line| Trailer::from_line(line)).collect();
    let verb = if action.holds.is_empty() { "deploy" } else { "rollback" };
    let message = Template::parse(template).and_then(|template| {
        image_message(&template, &action.environment, verb, &updates, &trailers)
    });
    message.map_err(|error| {
        Error::refused(
            "config-message",
            format!("`devops.message` can't be filled: {error}"),
            "correct the template in tidegate.yaml",
        )
    })
}

fn line(change: &ImageChange, bound: &Bindings) -> String {
    let pin = |tag: &str, digest: &str| match (tag, digest) {
        ("", "") => "nothing".to_owned(),
        (tag, "") => tag.to_owned(),
        (tag, digest) => format!("{tag}@{}", short(digest)),
    };
    let digest = change.to_digest.resolve(bound).unwrap_or_default();
    format!(
        "{}: {} becomes {}",
        change.component,
        pin(&change.from_tag, &change.from_digest),
        pin(&change.to_tag, digest)
    )
}
