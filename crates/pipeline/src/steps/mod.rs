//! The steps of a plan: each can tell whether it is already true outside, and make it so.

pub(crate) mod images;
pub(crate) mod request;
pub(crate) mod rollout;
pub(crate) mod tag;
pub(crate) mod undo;
pub(crate) mod write_back;

use crate::plan::Bindings;

/// What came of a step.
#[derive(Clone, Debug, Default)]
pub(crate) struct Done {
    /// The unknowns that it bound.
    pub(crate) bound: Bindings,
    /// One line on what came of it.
    pub(crate) detail: String,
    /// Lines for the end of the run.
    pub(crate) summary: Vec<String>,
    /// Whether the run ends here though the plan goes on: somebody else has to act first.
    pub(crate) stop: bool,
}

/// The name of the unknown commit of a tag.
pub(crate) fn commit_of(tag: &str) -> String {
    format!("commit of {tag}")
}

/// The name of the unknown digest of an image.
pub(crate) fn digest_of(image: &str, tag: &str) -> String {
    format!("digest of {image}:{tag}")
}

/// The name of the unknown commit of the devops repository.
pub(crate) const DEVOPS_COMMIT: &str = "devops commit";
