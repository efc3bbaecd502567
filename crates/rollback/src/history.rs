use std::collections::BTreeMap;
use std::fmt;

use crate::revision::ReplicaSetRevision;

/// The annotation that says why a revision came to be.
pub const CHANGE_CAUSE_ANNOTATION: &str = "kubernetes.io/change-cause";

/// The rollout history of a Deployment: its revisions, ascending, each with its change cause.
///
/// `Display` is what `kubectl rollout history` prints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    causes: BTreeMap<i64, Option<String>>,
}

/// The history has no such revision. `Display` is kubectl's own text.
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
    #[must_use]
    pub fn revisions(&self) -> impl ExactSizeIterator<Item = i64> {
        self.causes.keys().copied()
    }

    /// Returns the change cause of a revision, `None` where it has none.
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
