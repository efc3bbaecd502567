use std::collections::BTreeMap;
use std::fmt;

use crate::revision::ReplicaSetRevision;

/// The annotation that says why a revision came to be.
///
/// Source: kubectl `pkg/polymorphichelpers/history.go`, `ChangeCauseAnnotation`.
///
/// ```
/// use tidegate_rollback::{CHANGE_CAUSE_ANNOTATION, History, ReplicaSetRevision};
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
///
/// let set = object("{kind: ReplicaSet, metadata: {name: hub-7d9f, annotations: {kubernetes.io/change-cause: release 1.3.0}}}");
/// let revision = ReplicaSetRevision::new(set.name(), Some("3"));
/// let history = History::new([(revision, set.annotation(CHANGE_CAUSE_ANNOTATION))]);
/// assert_eq!(history.change_cause(3), Ok(Some("release 1.3.0")));
/// ```
pub const CHANGE_CAUSE_ANNOTATION: &str = "kubernetes.io/change-cause";

/// The rollout history of a Deployment: its revisions, ascending, each with its change cause.
///
/// `Display` is what `kubectl rollout history` prints.
///
/// ```
/// use tidegate_rollback::{History, ReplicaSetRevision};
///
/// let history = History::new([(ReplicaSetRevision::new("hub-7d9f", Some("3")), Some("release 1.3.0"))]);
/// assert_eq!(history.revisions().collect::<Vec<_>>(), [3]);
/// assert_eq!(History::new([]).to_string(), "No rollout history found.");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    causes: BTreeMap<i64, Option<String>>,
}

/// The history has no such revision. `Display` is kubectl's own text.
///
/// ```
/// use tidegate_rollback::{History, UnknownRevision};
///
/// let error = History::new([]).change_cause(4).unwrap_err();
/// assert_eq!(error, UnknownRevision(4));
/// assert_eq!(error.to_string(), "unable to find the specified revision");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnknownRevision(pub i64);

impl fmt::Display for UnknownRevision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unable to find the specified revision")
    }
}

impl std::error::Error for UnknownRevision {}

impl History {
    /// Collects the history from `ReplicaSets`, each with its [`CHANGE_CAUSE_ANNOTATION`]. A set whose revision is no
    /// number is left out; of two sets with the same revision the later in the list counts; an empty cause is none.
    ///
    /// Source: kubectl `pkg/polymorphichelpers/history.go`, `DeploymentHistoryViewer.ViewHistory`.
    ///
    /// ```
    /// use tidegate_rollback::{History, ReplicaSetRevision};
    ///
    /// let history = History::new([
    ///     (ReplicaSetRevision::new("web-b", Some("2")), Some("release 1.4.0")),
    ///     (ReplicaSetRevision::new("web-a", Some("1")), None),
    /// ]);
    /// assert_eq!(
    ///     history.to_string(),
    ///     "REVISION  CHANGE-CAUSE\n1         <none>\n2         release 1.4.0\n",
    /// );
    /// assert!(history.change_cause(5).is_err());
    /// ```
    #[must_use]
    pub fn new<'a>(
        sets: impl IntoIterator<Item = (ReplicaSetRevision<'a>, Option<&'a str>)>,
    ) -> Self {
        let causes = sets.into_iter().filter_map(|(set, cause)| {
            Some((set.revision()?, cause.filter(|it| !it.is_empty()).map(str::to_owned)))
        });
        Self { causes: causes.collect() }
    }

    /// Returns the revisions, ascending.
    ///
    /// ```
    /// use tidegate_rollback::{History, ReplicaSetRevision};
    ///
    /// let set = |name, revision| (ReplicaSetRevision::new(name, Some(revision)), None);
    /// let history = History::new([set("hub-86c5", "10"), set("hub-7d9f", "9"), set("by-hand", "none")]);
    /// assert_eq!(history.revisions().collect::<Vec<_>>(), [9, 10]);
    /// ```
    #[must_use]
    pub fn revisions(&self) -> impl ExactSizeIterator<Item = i64> {
        self.causes.keys().copied()
    }

    /// Returns the change cause of a revision, `None` where it has none.
    ///
    /// ```
    /// use tidegate_rollback::{History, ReplicaSetRevision, UnknownRevision};
    ///
    /// let set = ReplicaSetRevision::new("hub-7d9f", Some("3"));
    /// let history = History::new([(set, Some("release 1.3.0"))]);
    /// assert_eq!(history.change_cause(3), Ok(Some("release 1.3.0")));
    /// assert_eq!(history.change_cause(4), Err(UnknownRevision(4)));
    /// ```
    ///
    /// # Errors
    ///
    /// [`UnknownRevision`] when the history has no such revision.
    pub fn change_cause(&self, revision: i64) -> Result<Option<&str>, UnknownRevision> {
        self.causes.get(&revision).map(Option::as_deref).ok_or(UnknownRevision(revision))
    }
}

impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.causes.is_empty() {
            return f.write_str("No rollout history found.");
        }
        let title = "REVISION";
        let widest = self.causes.keys().map(|it| it.to_string().len()).max().unwrap_or(0);
        let width = widest.max(title.len()) + 2;
        writeln!(f, "{title:width$}CHANGE-CAUSE")?;
        for (revision, cause) in &self.causes {
            writeln!(f, "{revision:<width$}{}", cause.as_deref().unwrap_or("<none>"))?;
        }
        Ok(())
    }
}
