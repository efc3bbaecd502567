use std::collections::BTreeMap;

use crate::revision::{SelectError, select_nth};

/// The annotation in which a `ReplicaSet` that is used again keeps the revisions it had before.
///
/// ```
/// use tidegate_rollback::{KEPT_ANNOTATIONS, REVISION_HISTORY_ANNOTATION};
///
/// // It belongs to sets: undoing a rollout does not take it over into the Deployment.
/// assert!(KEPT_ANNOTATIONS.contains(&REVISION_HISTORY_ANNOTATION));
/// ```
pub const REVISION_HISTORY_ANNOTATION: &str = "deployment.kubernetes.io/revision-history";

/// The longest [`REVISION_HISTORY_ANNOTATION`] that the controller writes, in bytes; the oldest numbers go first.
///
/// Source: kubernetes `pkg/controller/deployment/sync.go`, `maxRevHistoryLengthInChars`.
///
/// ```
/// use tidegate_rollback::{REVISION_HISTORY_LIMIT, TemplateRevision, undo_effect};
///
/// let former: Vec<String> = (1000..1500).map(|it| it.to_string()).collect();
/// let set = |name: &str, revision, template, former: String| TemplateRevision {
///     name: name.into(),
///     revision,
///     template,
///     former,
/// };
/// let sets = [set("a", 1500, "red", former.join(",")), set("b", 1501, "blue", String::new())];
/// let effect = undo_effect("hub", &sets, 1500)?;
/// assert!(effect.former_revisions()["a"].len() <= REVISION_HISTORY_LIMIT);
/// # Ok::<(), tidegate_rollback::SelectError>(())
/// ```
pub const REVISION_HISTORY_LIMIT: usize = 2000;

/// A `ReplicaSet` of a Deployment: its revision and its pod template.
///
/// `T` stands for the template; two templates are the same when they compare equal, so leave the hash label out.
///
/// ```
/// use tidegate_rollback::{TemplateRevision, undo_effect};
///
/// let set = |name: &str, revision, image: &'static str| TemplateRevision {
///     name: name.into(),
///     revision,
///     template: image,
///     former: String::new(),
/// };
/// let sets = [set("hub-7d9f", 1, "tomoda/hub:1.3.0"), set("hub-86c5", 2, "tomoda/hub:1.4.0")];
/// let effect = undo_effect("hub", &sets, 1)?;
/// // The set of old is numbered anew.
/// assert_eq!((effect.sets[0].revision, effect.sets[0].template), (3, "tomoda/hub:1.3.0"));
/// # Ok::<(), tidegate_rollback::SelectError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TemplateRevision<T> {
    /// Name of the set.
    pub name: String,
    /// Revision of the set.
    pub revision: i64,
    /// Its pod template.
    pub template: T,
    /// The revisions it had before, as [`REVISION_HISTORY_ANNOTATION`] has them: joined by commas; empty for none.
    pub former: String,
}

/// What the `ReplicaSets` of a Deployment look like after a rollout was undone.
///
/// ```
/// use tidegate_rollback::{TemplateRevision, undo_effect};
///
/// let set = |name: &str, revision, template| TemplateRevision {
///     name: name.into(),
///     revision,
///     template,
///     former: String::new(),
/// };
/// let effect = undo_effect("hub", &[set("hub-7d9f", 1, "a"), set("hub-86c5", 2, "b")], 2)?;
/// // What is asked for is what runs.
/// assert_eq!((&*effect.reused, effect.changed), ("hub-86c5", false));
/// # Ok::<(), tidegate_rollback::SelectError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UndoEffect<T> {
    /// The sets, in the order given.
    pub sets: Vec<TemplateRevision<T>>,
    /// Name of the set that is current afterwards. It existed before: undoing never creates a set.
    pub reused: String,
    /// False when the template was the current one already, so that nothing changed.
    pub changed: bool,
}

impl<T> UndoEffect<T> {
    /// Returns the revisions that `kubectl rollout history` then lists, ascending, each once.
    ///
    /// ```
    /// use tidegate_rollback::{TemplateRevision, undo_effect};
    ///
    /// let set = |name: &str, revision, template| TemplateRevision {
    ///     name: name.into(),
    ///     revision,
    ///     template,
    ///     former: String::new(),
    /// };
    /// let sets = [set("hub-7d9f", 3, "a"), set("hub-86c5", 4, "b"), set("hub-5b7d", 5, "c")];
    /// assert_eq!(undo_effect("hub", &sets, 3)?.history_revisions(), [4, 5, 6]);
    /// # Ok::<(), tidegate_rollback::SelectError>(())
    /// ```
    #[must_use]
    pub fn history_revisions(&self) -> Vec<i64> {
        let mut revisions: Vec<i64> = self.sets.iter().map(|set| set.revision).collect();
        revisions.sort_unstable();
        revisions.dedup();
        revisions
    }

    /// Returns the [`REVISION_HISTORY_ANNOTATION`] of each set that has one, by name of the set.
    ///
    /// ```
    /// use tidegate_rollback::{TemplateRevision, undo_effect};
    ///
    /// let set = |name: &str, revision, template, former: &str| TemplateRevision {
    ///     name: name.into(),
    ///     revision,
    ///     template,
    ///     former: former.into(),
    /// };
    /// let sets = [set("hub-7d9f", 3, "a", "1"), set("hub-86c5", 4, "b", "")];
    /// assert_eq!(undo_effect("hub", &sets, 3)?.former_revisions()["hub-7d9f"], "1,3");
    /// # Ok::<(), tidegate_rollback::SelectError>(())
    /// ```
    #[must_use]
    pub fn former_revisions(&self) -> BTreeMap<&str, &str> {
        let sets = self.sets.iter().filter(|set| !set.former.is_empty());
        sets.map(|set| (set.name.as_str(), set.former.as_str())).collect()
    }
}

/// Computes what undoing a rollout does to the `ReplicaSets`: `kubectl` patches the template, and the controller
/// finds the set that has it already, gives it the highest revision plus one and keeps its former number in
/// [`REVISION_HISTORY_ANNOTATION`].
///
/// The set with the highest revision is the current one. Where several sets have the template, the first in the list
/// is used; list them oldest first, as the controller sorts them.
///
/// Source: kubernetes `pkg/controller/deployment/sync.go` (`getNewReplicaSet`) and `util/deployment_util.go`
/// (`SetNewReplicaSetAnnotations`).
///
/// # Errors
///
/// Those of [`select_replica_set`](crate::select_replica_set).
///
/// # Examples
///
/// ```
/// use tidegate_rollback::{TemplateRevision, undo_effect};
///
/// let set = |name: &str, revision, template| TemplateRevision {
///     name: name.to_owned(), revision, template, former: String::new(),
/// };
/// let effect = undo_effect("web", &[set("a", 1, "red"), set("b", 2, "blue")], 0)?;
/// assert_eq!((effect.reused.as_str(), effect.history_revisions()), ("a", vec![2, 3]));
/// assert_eq!(effect.former_revisions()["a"], "1");
/// # Ok::<(), tidegate_rollback::SelectError>(())
/// ```
pub fn undo_effect<T: Clone + PartialEq>(
    deployment: &str,
    sets: &[TemplateRevision<T>],
    to_revision: i64,
) -> Result<UndoEffect<T>, SelectError> {
    let revisions = sets.iter().map(|set| Some(set.revision));
    let (chosen, _) = select_nth(deployment, revisions, to_revision)?;
    let template = &sets[chosen].template;
    let reused = sets.iter().position(|set| set.template == *template).unwrap_or(chosen);
    let others = sets.iter().enumerate().filter(|(nth, _)| *nth != reused);
    let revision = others.map(|(_, set)| set.revision).max().unwrap_or(0).saturating_add(1);
    let mut sets = sets.to_vec();
    let set = &mut sets[reused];
    let changed = set.revision < revision;
    if changed {
        set.former = remembered(&set.former, set.revision);
        set.revision = revision;
    }
    Ok(UndoEffect { reused: set.name.clone(), sets, changed })
}

/// Adds a revision to those remembered, and forgets the oldest where the text would become too long.
fn remembered(former: &str, revision: i64) -> String {
    let revision = revision.to_string();
    let mut kept: Vec<&str> = former.split(',').filter(|it| !it.is_empty()).collect();
    kept.push(&revision);
    let mut length = kept.iter().map(|it| it.len() + 1).sum::<usize>() - 1;
    let mut start = 0;
    while length > REVISION_HISTORY_LIMIT && start + 1 < kept.len() {
        length -= kept[start].len() + 1;
        start += 1;
    }
    kept[start..].join(",")
}
