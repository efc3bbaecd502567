//! What became of each rollout, and the way back that `kubectl rollout undo` takes.

use serde::{Deserialize, Serialize};
use thiserror::Error;
use tidegate_object::{Map, Node};
use tidegate_workload::{Change, ScaleReason, Step};

use crate::clock::Moment;
use crate::controller::OWN;
use crate::names::{HASH_LABEL, template_key};
use crate::objects::set;
use crate::state::{Cluster, ReplicaSet, Stored};

/// How a rollout stands or ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RolloutOutcome {
    /// It goes on.
    Running,
    /// Every pod is new and available.
    Complete,
    /// It missed its progress deadline. The old pods stay; the controller goes on trying.
    Failed,
    /// Another template came before it had finished.
    Superseded,
}

/// One rollout of a Deployment: a pod template becoming the newest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rollout {
    /// Namespace.
    pub namespace: String,
    /// The Deployment.
    pub deployment: String,
    /// The revision that it made the newest.
    pub revision: i64,
    /// The images of its containers, in their order.
    pub images: Vec<String>,
    /// When it began.
    pub started: Moment,
    /// When it ended; `None` while it goes on.
    pub finished: Option<Moment>,
    /// How it ended.
    pub outcome: RolloutOutcome,
    /// Why, where there is something to say.
    pub reason: String,
    /// Each change of the number of pods that are wanted.
    pub steps: Vec<RolloutStep>,
}

/// What the controller does to the sizes of the sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RolloutAction {
    /// The new set grows.
    ScaleUpNew,
    /// The new set was larger than wanted.
    ScaleDownNew,
    /// Old sets shrink.
    ScaleDownOld,
    /// All sets change, since the Deployment was given another number of pods.
    Resize,
}

impl From<ScaleReason> for RolloutAction {
    fn from(reason: ScaleReason) -> Self {
        match reason {
            ScaleReason::ScaleUpNew => Self::ScaleUpNew,
            ScaleReason::ScaleDownNew => Self::ScaleDownNew,
            ScaleReason::ScaleDownOld => Self::ScaleDownOld,
            ScaleReason::Resize => Self::Resize,
        }
    }
}

/// One change of the number of pods that are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RolloutStep {
    /// When.
    pub at: Moment,
    /// What the controller did.
    pub action: RolloutAction,
    /// Pods that the new set wants afterwards.
    pub new: i32,
    /// Pods that all other sets want afterwards.
    pub old: i32,
}

/// What an undo did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undone {
    /// The template of this revision is the newest again.
    Restored {
        /// The number that the revision had.
        revision: i64,
    },
    /// Nothing: the template is that of this revision already.
    Skipped {
        /// The revision.
        revision: i64,
    },
}

/// Why an undo was refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum UndoError {
    /// There is no such Deployment.
    #[error("there is no Deployment {name:?} in the namespace {namespace:?}")]
    NoDeployment {
        /// Namespace.
        namespace: String,
        /// Name.
        name: String,
    },
    /// The Deployment is paused.
    #[error("the Deployment {name:?} is paused; resume it first")]
    Paused {
        /// Name.
        name: String,
    },
    /// No set has the revision, or there is only one.
    #[error("{}", match revision {
        0 => format!("no earlier revision of the Deployment {name:?} is kept"),
        revision => format!("revision {revision} of the Deployment {name:?} is not kept"),
    })]
    NoRevision {
        /// Name.
        name: String,
        /// The revision; 0 for the last one before the present.
        revision: i64,
    },
}

impl Cluster {
    /// Returns the rollouts, in the order in which they began.
    #[must_use]
    pub fn rollouts(&self) -> &[Rollout] {
        &self.rollouts
    }

    pub(crate) fn begin_rollout(
        &mut self,
        namespace: &str,
        deployment: &str,
        revision: i64,
        images: Vec<String>,
    ) {
        let started = self.clock;
        if let Some(last) = self.last_rollout(namespace, deployment)
            && last.outcome == RolloutOutcome::Running
        {
            (last.outcome, last.finished) = (RolloutOutcome::Superseded, Some(started));
            last.reason = format!("revision {revision} came before it had finished");
        }
        self.rollouts.push(Rollout {
            namespace: namespace.to_owned(),
            deployment: deployment.to_owned(),
            revision,
            images,
            started,
            finished: None,
            outcome: RolloutOutcome::Running,
            reason: String::new(),
            steps: Vec::new(),
        });
    }

    /// Notes what a step did to the sizes of the sets.
    pub(crate) fn note_step(&mut self, namespace: &str, deployment: &str, step: &Step) {
        let action = step.changes.iter().find_map(|change| match *change {
            Change::Scale { reason, .. } => Some(reason.into()),
            Change::CreateNew { replicas: 1.., .. } => Some(RolloutAction::ScaleUpNew),
            _ => None,
        });
        let Some(action) = action else { return };
        let sets = self.sets_of(namespace, deployment);
        let sets: Vec<&ReplicaSet> = sets.iter().map(|at| &self.replica_sets[*at]).collect();
        let newest = sets.iter().map(|it| it.revision).max();
        let wanted = |new: bool| {
            let sets = sets.iter().filter(|it| (Some(it.revision) == newest) == new);
            sets.fold(0_i32, |sum, set| sum.saturating_add(set.replicas))
        };
        let (at, new, old) = (self.clock, wanted(true), wanted(false));
        let Some(last) = self.last_rollout(namespace, deployment) else { return };
        if last.steps.last().is_none_or(|it| (it.new, it.old) != (new, old)) {
            last.steps.push(RolloutStep { at, action, new, old });
        }
    }

    /// Notes the end of a rollout, where a step brought it.
    pub(crate) fn note_rollout(&mut self, namespace: &str, deployment: &str, step: &Step) {
        let now = self.clock;
        let Some(last) = self.last_rollout(namespace, deployment) else { return };
        match (last.outcome, step.complete, step.deadline_exceeded) {
            (RolloutOutcome::Running, true, _) => {
                (last.outcome, last.finished) = (RolloutOutcome::Complete, Some(now));
            }
            (RolloutOutcome::Failed, true, _) => {
                (last.outcome, last.finished) = (RolloutOutcome::Complete, Some(now));
                "it finished after its progress deadline".clone_into(&mut last.reason);
            }
            (RolloutOutcome::Running, false, true) => {
                (last.outcome, last.finished) = (RolloutOutcome::Failed, Some(now));
                "no progress within the progress deadline".clone_into(&mut last.reason);
            }
            _ => {}
        }
    }

    fn last_rollout(&mut self, namespace: &str, deployment: &str) -> Option<&mut Rollout> {
        let of = |it: &&mut Rollout| it.namespace == namespace && it.deployment == deployment;
        self.rollouts.iter_mut().rev().find(of)
    }

    /// Makes the template of an earlier revision the newest again, as `kubectl rollout undo` does: the number of
    /// replicas stays, and whoever applies manifests is not asked, so that the cluster drifts from them.
    ///
    /// Revision 0 means the last one before the present.
    ///
    /// # Errors
    ///
    /// There is no such Deployment or revision, or the Deployment is paused. Nothing is changed.
    pub fn rollout_undo(
        &mut self,
        namespace: &str,
        name: &str,
        revision: i64,
    ) -> Result<Undone, UndoError> {
        let object = self.deployment(namespace, name).ok_or_else(|| UndoError::NoDeployment {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
        })?;
        if object.at(&["spec", "paused"]).and_then(Node::as_bool) == Some(true) {
            return Err(UndoError::Paused { name: name.to_owned() });
        }
        let mut sets = self.sets_of(namespace, name);
        sets.sort_by_key(|at| -self.replica_sets[*at].revision);
        let wanted = match revision {
            0 => sets.get(1),
            _ => sets.iter().find(|at| self.replica_sets[**at].revision == revision),
        };
        let no_revision = || UndoError::NoRevision { name: name.to_owned(), revision };
        let target = &self.replica_sets[*wanted.ok_or_else(no_revision)?];
        let revision = target.revision;
        let mut template = target.template.0.clone();
        if let Some(labels) = template.at_mut(&["metadata", "labels"]).and_then(Node::as_map_mut) {
            labels.remove(HASH_LABEL);
        }
        let present = object.at(&["spec", "template"]).cloned().unwrap_or_default();
        if template_key(&present) == template_key(&template) {
            return Ok(Undone::Skipped { revision });
        }
        let notes = object.at(&["metadata", "annotations"]).and_then(Node::as_map);
        let mut annotations: Map = notes
            .into_iter()
            .flat_map(Map::iter)
            .filter(|(key, _)| OWN.contains(key))
            .map(|(key, node)| (key, node.clone()))
            .collect();
        for (key, value) in &target.annotations {
            annotations.insert(key.as_str(), Node::from(value.as_str()));
        }
        let before = object.clone();
        let mut after = before.clone();
        set(&mut after.root, &["spec", "template"], template);
        set(&mut after.root, &["metadata", "annotations"], Node::from(annotations));
        self.touch(&mut after, &before);
        if let Some(at) = self.position(&before.identity()) {
            self.objects[at] = Stored(after);
        }
        let message = format!("Rolled back to revision {revision}");
        self.record(namespace, format!("Deployment/{name}"), "DeploymentRollback", message);
        self.run_controllers();
        Ok(Undone::Restored { revision })
    }
}
