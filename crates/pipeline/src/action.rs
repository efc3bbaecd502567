use std::fmt;

use serde::{Deserialize, Serialize};

use crate::plan::Value;

/// What a step does, as data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Action {
    /// One commit and one annotated tag, pushed together.
    Tag(TagAction),
    /// Images built and pushed, or waited for.
    Images(ImagesAction),
    /// Builds that wait for an approval.
    Request(RequestAction),
    /// One commit in the devops repository.
    Override(OverrideAction),
    /// The overlay applied and its rollouts watched to their end.
    Rollout(RolloutAction),
    /// `rollout undo` of Deployments, past git.
    Undo(UndoAction),
}

/// Builds that start once somebody approves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RequestAction {
    /// The environment whose registry will receive the images.
    pub environment: String,
    /// The commit.
    pub commit: String,
    /// The builds.
    pub builds: Vec<Build>,
}

/// `rollout undo`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoAction {
    /// The environment.
    pub environment: String,
    /// The Deployments, each with the revision that it returns to.
    pub deployments: Vec<(String, i64)>,
}

/// The release commit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TagAction {
    /// The group of components.
    pub group: String,
    /// The version before.
    pub from: String,
    /// The version after.
    pub to: String,
    /// The tag.
    pub tag: String,
    /// The branch that is pushed.
    pub branch: String,
    /// The remote that it is pushed to.
    pub remote: String,
    /// The commit that the branch stands at before; empty when the release commit exists already.
    pub base: String,
    /// The files whose version changes.
    pub files: Vec<String>,
    /// The commit's message.
    pub message: String,
    /// The tag's message.
    pub tag_message: String,
}

/// A build: the images of one component.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Build {
    /// The component.
    pub component: String,
    /// The trigger that starts it; empty without trigger definitions.
    pub trigger: String,
    /// The name of the image.
    pub image: String,
    /// The image repository.
    pub repository: String,
    /// The tags that it pushes.
    pub tags: Vec<String>,
    /// Whether its tags move from build to build, as `latest` does.
    pub moving: bool,
    /// The settings that are baked into the image, sorted by name.
    pub baked: Vec<(String, String)>,
    /// Who builds: `tidegate`, or the name of the tool that is waited for.
    pub by: String,
}

/// Builds of one commit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImagesAction {
    /// The environment whose registry receives them.
    pub environment: String,
    /// The commit that is built.
    pub commit: Value,
    /// The version, for the images' labels; empty for a build of a branch.
    pub version: String,
    /// The builds.
    pub builds: Vec<Build>,
}

/// The change of one `images:` entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImageChange {
    /// The component.
    pub component: String,
    /// The `name:` of the entry.
    pub entry: String,
    /// The image repository that the entry leads to.
    pub repository: String,
    /// The tag before; empty where there was none.
    pub from_tag: String,
    /// The digest before; empty where there was none.
    pub from_digest: String,
    /// The tag after.
    pub to_tag: String,
    /// The digest after.
    pub to_digest: Value,
}

/// A hold that is written or lifted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "change")]
pub enum HoldChange {
    /// A hold is added.
    Add {
        /// The group whose version is held.
        group: String,
        /// The version.
        version: String,
        /// Why.
        reason: String,
        /// Who ordered it.
        who: String,
        /// When it should be looked at again, RFC 3339.
        expires: Option<String>,
    },
    /// The holds of a version are lifted.
    Lift {
        /// The group.
        group: String,
        /// The version.
        version: String,
    },
}

impl fmt::Display for HoldChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Add { group, version, reason, .. } => {
                write!(f, "holds {group} {version}: {reason}")
            }
            Self::Lift { group, version } => write!(f, "lifts the hold of {group} {version}"),
        }
    }
}

/// The commit in the devops repository.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OverrideAction {
    /// The environment.
    pub environment: String,
    /// The kustomization that is edited.
    pub file: String,
    /// The branch.
    pub branch: String,
    /// The entries that change.
    pub images: Vec<ImageChange>,
    /// Commits that are reverted.
    pub reverts: Vec<String>,
    /// The holds that are written or lifted in the same commit.
    pub holds: Vec<HoldChange>,
    /// Trailers of the commit, such as an allowed finding with its reason.
    pub trailers: Vec<String>,
    /// First line of the commit's message.
    pub subject: String,
    /// Whether a lower version is ordered.
    pub downgrade: bool,
    /// Who writes it: `tidegate`, or the name of the tool that is waited for.
    pub by: String,
}

/// The rollout.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RolloutAction {
    /// The environment.
    pub environment: String,
    /// The commit of the devops repository that is applied.
    pub revision: Value,
    /// The Deployments that are expected to roll.
    pub deployments: Vec<String>,
    /// Who applies: `tidegate`, or the name of the tool that is waited for.
    pub by: String,
}
