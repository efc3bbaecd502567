use std::collections::BTreeMap;
use std::fmt;

use tidegate_source::Place;

use crate::argocd::{Automated, HistoryEntry};
use crate::configuration::ConfigurationNeed;
use crate::undo::TemplateDifference;

/// Something that was observed, and the line it was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Fact {
    /// What was observed, as a phrase: `syncPolicy.automated.selfHeal is true`.
    pub text: String,
    /// Where it was read, if in a text.
    pub place: Option<Place>,
}

impl Fact {
    /// Creates a fact that no text holds.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), place: None }
    }

    /// Creates a fact that was read at a place.
    #[must_use]
    pub fn read_at(text: impl Into<String>, place: Place) -> Self {
        Self { text: text.into(), place: Some(place) }
    }
}

impl fmt::Display for Fact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)?;
        self.place.as_ref().map_or(Ok(()), |place| write!(f, " ({place})"))
    }
}

/// The image of a component as an overlay pins it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Pin {
    /// The tag.
    pub tag: String,
    /// The digest that the tag resolved to, where one is pinned.
    pub digest: Option<String>,
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tag)?;
        self.digest.as_ref().map_or(Ok(()), |digest| write!(f, "@{digest}"))
    }
}

/// How a rollout ended.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum RolloutEnd {
    /// It finished.
    Finished,
    /// It did not: it missed its deadline, or was overtaken.
    Unfinished(Fact),
    /// Nobody recorded it.
    Unknown,
}

/// A version that was deployed to the environment: one entry of its history.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Deployed {
    /// The version.
    pub version: String,
    /// What the overlay pinned, by component.
    pub pins: BTreeMap<String, Pin>,
    /// The commit of the devops repository that brought it.
    pub commit: String,
    /// How its rollout ended.
    pub rollout: RolloutEnd,
    /// The hold on this version, where there is one; an expired hold still holds.
    pub held: Option<Fact>,
    /// Why an image of it can't be pulled any more, where that is so.
    pub image_gone: Option<Fact>,
}

/// Which version to go back to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Target {
    /// The last one whose rollout finished and that is not held.
    LastGood,
    /// This one.
    Version(String),
}

/// Who brings git to the cluster, and how it is set.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Reconciler {
    /// Its name: `argocd`, `tidegate`.
    pub name: String,
    /// Automated sync, where it is on.
    pub automated: Option<Automated>,
    /// At most so many seconds pass until it sees a new commit.
    pub poll_s: u64,
    /// Where its settings were read.
    pub settings: Fact,
}

/// How an updater learns of a hold.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum ObeysHold {
    /// It reads the hold itself.
    ByItself,
    /// The same commit tells it, by this edit: `ignore-tags gets 1.5.0`.
    ByEdit(String),
    /// It can't be told.
    No(Fact),
}

/// Something that writes newer versions into git by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Updater {
    /// Its name: `tidegate update`, `argocd-image-updater`, `flux`.
    pub name: String,
    /// It acts every so many seconds; `None` when only somebody's command starts it.
    pub interval_s: Option<u64>,
    /// How it learns of a hold.
    pub obeys: ObeysHold,
    /// The version that it would choose while nothing is held.
    pub would_choose: Option<String>,
    /// Where its settings were read.
    pub settings: Fact,
}

/// A commit of the devops repository since the version to go back to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CommitSince {
    /// Its id.
    pub id: String,
    /// The first line of its message.
    pub subject: String,
    /// Files that it changes beyond the pinned images of these components.
    pub other_paths: Vec<String>,
}

/// What `git revert` would meet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RevertFacts {
    /// The commits that it would take back, newest first: those that changed what the environment renders.
    pub commits: Vec<CommitSince>,
    /// Where it would conflict.
    pub conflicts: Vec<Fact>,
}

/// What Argo CD knows of the Application.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ArgoCdFacts {
    /// Its name.
    pub application: String,
    /// It is being deleted.
    pub deleting: bool,
    /// `status.history`, oldest first.
    pub history: Vec<HistoryEntry>,
}

/// A workload that `kubectl rollout undo` would take back.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UndoFacts {
    /// The workload: `Deployment/tomoda-backend`.
    pub workload: String,
    /// `spec.paused` is true.
    pub paused: bool,
    /// The revision whose template has the target's image, where the history still has one.
    pub revision: Option<i64>,
    /// How that template compares with the present one.
    pub difference: TemplateDifference,
    /// The `ConfigMaps` and `Secrets` that it uses.
    pub needs: Vec<ConfigurationNeed>,
}

/// All that a rollback is planned from: observed by the caller, plain values here.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Situation {
    /// The environment.
    pub environment: String,
    /// What goes back together.
    pub components: Vec<String>,
    /// The file whose `images:` pin the components.
    pub overlay: String,
    /// What was deployed, oldest first; the last entry is the present one.
    pub history: Vec<Deployed>,
    /// Which version to go back to.
    pub target: Target,
    /// Who brings git to the cluster.
    pub reconciler: Reconciler,
    /// Who writes newer versions into git.
    pub updaters: Vec<Updater>,
    /// Settings elsewhere that outrank the overlay's `images:`.
    pub outranked_by: Vec<Fact>,
    /// What `git revert` would meet.
    pub revert: RevertFacts,
    /// The Argo CD Application, where one deploys the environment.
    pub argocd: Option<ArgoCdFacts>,
    /// The workloads of the components.
    pub undo: Vec<UndoFacts>,
}
