//! The message of a commit in the devops repository: what, from what, to what, and what was allowed.

use crate::action::{ImageChange, OverrideAction};
use crate::plan::Bindings;
use crate::steps::images::short;
use crate::world::World;

/// Writes the message of an override.
pub(crate) fn commit_message(_world: &World, action: &OverrideAction, bound: &Bindings) -> String {
    let mut lines: Vec<String> = action.images.iter().map(|change| line(change, bound)).collect();
    lines.extend(action.holds.iter().map(ToString::to_string));
    let paragraphs = [vec![action.subject.clone()], lines, action.trailers.clone()];
    let paragraphs = paragraphs.into_iter().filter(|lines| !lines.is_empty());
    let paragraphs: Vec<String> = paragraphs.map(|lines| lines.join("\n") + "\n").collect();
    paragraphs.join("\n")
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
