use std::fmt;

/// The annotation in which a Deployment's controller numbers the template of a `ReplicaSet`.
///
/// Source: kubernetes `pkg/controller/deployment/util/deployment_util.go`, `RevisionAnnotation`.
///
/// ```
/// use tidegate_rollback::{REVISION_ANNOTATION, ReplicaSetRevision};
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
///
/// let set = object("{kind: ReplicaSet, metadata: {name: hub-7d9f, annotations: {deployment.kubernetes.io/revision: '3'}}}");
/// let revision = ReplicaSetRevision::new(set.name(), set.annotation(REVISION_ANNOTATION));
/// assert_eq!(revision.revision(), Some(3));
/// ```
pub const REVISION_ANNOTATION: &str = "deployment.kubernetes.io/revision";

/// A `ReplicaSet` as far as choosing a revision looks at it: its name and its revision annotation, as written.
///
/// ```
/// use tidegate_rollback::{ReplicaSetRevision, select_replica_set};
///
/// let sets = [
///     ReplicaSetRevision { name: "hub-7d9f", annotation: Some("3") },
///     ReplicaSetRevision { name: "hub-86c5", annotation: Some("4") },
/// ];
/// assert_eq!(select_replica_set("hub", &sets, 4)?.name, "hub-86c5");
/// # Ok::<(), tidegate_rollback::SelectError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ReplicaSetRevision<'a> {
    /// Name of the set.
    pub name: &'a str,
    /// Value of [`REVISION_ANNOTATION`]; `None` where the set has no such annotation.
    pub annotation: Option<&'a str>,
}

impl<'a> ReplicaSetRevision<'a> {
    /// Creates one from a name and an annotation.
    ///
    /// ```
    /// use tidegate_rollback::ReplicaSetRevision;
    ///
    /// assert_eq!(ReplicaSetRevision::new("hub-7d9f", Some("3")).revision(), Some(3));
    /// ```
    #[must_use]
    pub const fn new(name: &'a str, annotation: Option<&'a str>) -> Self {
        Self { name, annotation }
    }

    /// Returns the revision: 0 where the annotation is missing, `None` where it is no whole number of 64 bits.
    ///
    /// Source: kubectl `pkg/util/deployment/deployment.go`, `Revision`.
    ///
    /// ```
    /// use tidegate_rollback::ReplicaSetRevision;
    ///
    /// let revision = |annotation| ReplicaSetRevision::new("hub-7d9f", annotation).revision();
    /// assert_eq!((revision(Some("3")), revision(None), revision(Some("three"))), (Some(3), Some(0), None));
    /// ```
    #[must_use]
    pub fn revision(&self) -> Option<i64> {
        self.annotation.map_or(Some(0), |text| text.parse().ok())
    }
}

/// The `ReplicaSet` that `kubectl rollout undo` goes back to.
///
/// ```
/// use tidegate_rollback::{ReplicaSetRevision, Selected, select_replica_set};
///
/// let sets = [ReplicaSetRevision::new("hub-7d9f", Some("3")), ReplicaSetRevision::new("hub-86c5", Some("4"))];
/// assert_eq!(select_replica_set("hub", &sets, 0)?, Selected { name: "hub-7d9f", revision: 3 });
/// # Ok::<(), tidegate_rollback::SelectError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Selected<'a> {
    /// Name of the set.
    pub name: &'a str,
    /// Its revision.
    pub revision: i64,
}

/// Why no revision was chosen. `Display` is kubectl's own message.
///
/// ```
/// use tidegate_rollback::{ReplicaSetRevision, SelectError, select_replica_set};
///
/// let only = [ReplicaSetRevision::new("hub-7d9f", Some("3"))];
/// let error = select_replica_set("hub", &only, 0).unwrap_err();
/// assert_eq!(error, SelectError::NoHistory("hub".into()));
/// assert_eq!(error.to_string(), "no rollout history found for deployment \"hub\"");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SelectError {
    /// No set has the revision asked for, or the number is negative.
    NotFound(i64),
    /// There is no revision before the latest one; the name is the Deployment's.
    NoHistory(String),
    /// There is no revision before the latest one of a `StatefulSet` or `DaemonSet`.
    NoLastRevision,
}

impl fmt::Display for SelectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(revision) => {
                write!(f, "unable to find specified revision {revision} in history")
            }
            Self::NoHistory(name) => write!(f, "no rollout history found for deployment {name:?}"),
            Self::NoLastRevision => f.write_str("no last revision to roll back to"),
        }
    }
}

impl std::error::Error for SelectError {}

/// Chooses the `ReplicaSet` that `kubectl rollout undo deployment/NAME --to-revision=N` goes back to.
///
/// `to_revision` 0 asks for the one before the latest: of all sets whose revision is a number, the second highest,
/// where of equal numbers each counts for itself and the first in the list is the latest. Any other number asks for
/// that revision; the first set that has it is taken, also when it is the current one.
///
/// Source: kubectl `pkg/polymorphichelpers/rollback.go`, `deploymentRevision`.
///
/// # Errors
///
/// [`SelectError::NotFound`] when no set has the revision or it is negative; [`SelectError::NoHistory`] when there is
/// nothing before the latest.
///
/// # Examples
///
/// ```
/// use tidegate_rollback::{ReplicaSetRevision, SelectError, select_replica_set};
///
/// let sets = [
///     ReplicaSetRevision::new("web-9c", Some("3")),
///     ReplicaSetRevision::new("web-4f", Some("1")),
///     ReplicaSetRevision::new("web-7d", Some("2")),
/// ];
/// assert_eq!(select_replica_set("web", &sets, 0)?.name, "web-7d");
/// assert_eq!(select_replica_set("web", &sets, 1)?.name, "web-4f");
/// assert_eq!(select_replica_set("web", &sets, 8), Err(SelectError::NotFound(8)));
/// # Ok::<(), SelectError>(())
/// ```
pub fn select_replica_set<'a>(
    deployment: &str,
    sets: &[ReplicaSetRevision<'a>],
    to_revision: i64,
) -> Result<Selected<'a>, SelectError> {
    let (nth, revision) =
        select_nth(deployment, sets.iter().map(ReplicaSetRevision::revision), to_revision)?;
    Ok(Selected { name: sets[nth].name, revision })
}

/// Chooses among revisions, those that are no number included, and returns the place in the list beside the revision.
pub(crate) fn select_nth(
    deployment: &str,
    revisions: impl Iterator<Item = Option<i64>>,
    to_revision: i64,
) -> Result<(usize, i64), SelectError> {
    if to_revision < 0 {
        return Err(SelectError::NotFound(to_revision));
    }
    let mut numbered = revisions.enumerate().filter_map(|(nth, revision)| Some((nth, revision?)));
    if to_revision > 0 {
        let found = numbered.find(|(_, revision)| *revision == to_revision);
        return found.ok_or(SelectError::NotFound(to_revision));
    }
    // A revision below zero is written by nobody; such a set is never chosen.
    let number = |place: Option<(usize, i64)>| place.map_or(-1, |(_, revision)| revision);
    let mut latest = None;
    let mut previous = None;
    for place in numbered {
        if place.1 > number(latest) {
            previous = latest;
            latest = Some(place);
        } else if place.1 > number(previous) {
            previous = Some(place);
        }
    }
    previous.ok_or_else(|| SelectError::NoHistory(deployment.to_owned()))
}

/// Chooses the `ControllerRevision` that `kubectl rollout undo` goes back to, for a `StatefulSet` or a `DaemonSet`.
///
/// 0 asks for the second highest revision, any other number for that revision.
///
/// Source: kubectl `pkg/polymorphichelpers/rollback.go`, `findHistory` and its callers.
///
/// # Errors
///
/// [`SelectError::NoLastRevision`] when 0 is asked of fewer than two revisions; [`SelectError::NotFound`] when the
/// revision does not exist or is negative.
///
/// # Examples
///
/// ```
/// use tidegate_rollback::{SelectError, select_controller_revision};
///
/// assert_eq!(select_controller_revision(&[1, 3, 2], 0), Ok(2));
/// assert_eq!(select_controller_revision(&[4], 0), Err(SelectError::NoLastRevision));
/// ```
pub fn select_controller_revision(revisions: &[i64], to_revision: i64) -> Result<i64, SelectError> {
    if to_revision != 0 {
        let found = to_revision > 0 && revisions.contains(&to_revision);
        return if found { Ok(to_revision) } else { Err(SelectError::NotFound(to_revision)) };
    }
    let mut ascending = revisions.to_vec();
    ascending.sort_unstable();
    match ascending.as_slice() {
        [.., previous, _] => Ok(*previous),
        _ => Err(SelectError::NoLastRevision),
    }
}
