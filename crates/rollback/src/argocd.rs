use std::fmt;

/// How many entries of an Application's history are kept when `spec.revisionHistoryLimit` is not set.
///
/// Source: argo-cd `pkg/apis/application/v1alpha1`, `RevisionHistoryLimit`.
///
/// ```
/// use tidegate_rollback::{DEFAULT_REVISION_HISTORY_LIMIT, argocd_history_ids};
///
/// let full: Vec<i64> = (0..10).collect();
/// let after = argocd_history_ids(&full, DEFAULT_REVISION_HISTORY_LIMIT);
/// // The first sync can't be gone back to any more.
/// assert_eq!((after.len(), after[0]), (10, 1));
/// ```
pub const DEFAULT_REVISION_HISTORY_LIMIT: usize = 10;

/// An entry of `status.history` of an Argo CD Application.
///
/// ```
/// use tidegate_rollback::{HistoryEntry, RollbackRequest, argocd_rollback};
///
/// let entry = |id, revision: &str| HistoryEntry { id, revision: revision.into() };
/// let history = [entry(6, "f00d"), entry(7, "c0ffee")];
/// let request = RollbackRequest { id: 6, prune: false, dry_run: false };
/// assert_eq!(argocd_rollback(false, false, &history, request)?.revision, "f00d");
/// # Ok::<(), tidegate_rollback::RollbackRefusal>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct HistoryEntry {
    /// Its id; ids grow by one.
    pub id: i64,
    /// The git revision that was synced.
    pub revision: String,
}

/// What a rollback request asks of Argo CD.
///
/// ```
/// use tidegate_rollback::{HistoryEntry, RollbackRequest, argocd_rollback};
///
/// let history = [HistoryEntry { id: 7, revision: "c0ffee".into() }];
/// let request = RollbackRequest { id: 7, prune: true, dry_run: false };
/// assert!(argocd_rollback(false, false, &history, request)?.prune);
/// # Ok::<(), tidegate_rollback::RollbackRefusal>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RollbackRequest {
    /// Id of the history entry to go back to.
    pub id: i64,
    /// Whether resources that the entry does not have are deleted.
    pub prune: bool,
    /// Whether nothing is changed.
    pub dry_run: bool,
}

/// How the objects are written to the cluster.
///
/// ```
/// use tidegate_rollback::{HistoryEntry, RollbackRequest, SyncStrategy, argocd_rollback};
///
/// let history = [HistoryEntry { id: 7, revision: "c0ffee".into() }];
/// let request = RollbackRequest { id: 7, prune: false, dry_run: false };
/// // A migration that hangs on a hook does not run in a rollback.
/// assert_eq!(argocd_rollback(false, false, &history, request)?.strategy, SyncStrategy::Apply);
/// # Ok::<(), tidegate_rollback::RollbackRefusal>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SyncStrategy {
    /// `kubectl apply`; hooks do not run.
    Apply,
    /// With hooks: what a sync does when nothing else is said.
    Hook,
}

/// The sync that a granted rollback becomes. Git is not touched, so the Application is `OutOfSync` afterwards.
///
/// ```
/// use tidegate_rollback::{HistoryEntry, RollbackRequest, RollbackSync, SyncStrategy, argocd_rollback};
///
/// let history = [HistoryEntry { id: 7, revision: "c0ffee".into() }];
/// let request = RollbackRequest { id: 7, prune: false, dry_run: true };
/// let expected = RollbackSync {
///     revision: "c0ffee".into(),
///     prune: false,
///     dry_run: true,
///     strategy: SyncStrategy::Apply,
/// };
/// assert_eq!(argocd_rollback(false, false, &history, request), Ok(expected));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RollbackSync {
    /// The git revision that is applied.
    pub revision: String,
    /// Whether resources are deleted that this revision does not have.
    pub prune: bool,
    /// Whether nothing is changed.
    pub dry_run: bool,
    /// Always [`SyncStrategy::Apply`]: hooks do not run in a rollback.
    pub strategy: SyncStrategy,
}

/// Why Argo CD refuses a rollback. `Display` is its message, without the name of the Application.
///
/// ```
/// use tidegate_rollback::{HistoryEntry, RollbackRefusal, RollbackRequest, argocd_rollback};
///
/// let history = [HistoryEntry { id: 7, revision: "c0ffee".into() }];
/// let request = RollbackRequest { id: 2, prune: false, dry_run: false };
/// let refusal = argocd_rollback(false, false, &history, request).unwrap_err();
/// assert_eq!(refusal, RollbackRefusal::UnknownId(2));
/// assert_eq!(refusal.to_string(), "application does not have deployment with id 2");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RollbackRefusal {
    /// The Application is being deleted.
    Deleting,
    /// Automated sync is on; it would undo the rollback.
    AutoSync,
    /// The history has no entry with this id (any more).
    UnknownId(i64),
}

impl RollbackRefusal {
    /// Returns the gRPC status code by its name.
    ///
    /// ```
    /// use tidegate_rollback::RollbackRefusal;
    ///
    /// // Names of gRPC status codes.
    /// assert_eq!(RollbackRefusal::AutoSync.code(), "FailedPrecondition");
    /// assert_eq!(RollbackRefusal::UnknownId(2).code(), "InvalidArgument");
    /// ```
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Deleting | Self::AutoSync => "FailedPrecondition",
            Self::UnknownId(_) => "InvalidArgument",
        }
    }
}

impl fmt::Display for RollbackRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Deleting => f.write_str("application is deleting"),
            Self::AutoSync => f.write_str("rollback cannot be initiated when auto-sync is enabled"),
            Self::UnknownId(id) => write!(f, "application does not have deployment with id {id}"),
        }
    }
}

impl std::error::Error for RollbackRefusal {}

/// Answers a rollback request as Argo CD's server does.
///
/// `automated` is whether automated sync is on: an `automated` block whose `enabled` is not false.
///
/// Source: argo-cd `server/application/application.go`, `Rollback`.
///
/// # Errors
///
/// In this order: [`RollbackRefusal::Deleting`], [`RollbackRefusal::AutoSync`], [`RollbackRefusal::UnknownId`].
///
/// # Examples
///
/// ```
/// use tidegate_rollback::{HistoryEntry, RollbackRefusal, RollbackRequest, argocd_rollback};
///
/// let history = [HistoryEntry { id: 3, revision: "f00d".to_owned() }];
/// let request = RollbackRequest { id: 3, prune: false, dry_run: false };
/// assert_eq!(argocd_rollback(false, false, &history, request)?.revision, "f00d");
/// assert_eq!(argocd_rollback(false, true, &history, request), Err(RollbackRefusal::AutoSync));
/// # Ok::<(), RollbackRefusal>(())
/// ```
pub fn argocd_rollback(
    deleting: bool,
    automated: bool,
    history: &[HistoryEntry],
    request: RollbackRequest,
) -> Result<RollbackSync, RollbackRefusal> {
    if deleting {
        return Err(RollbackRefusal::Deleting);
    }
    if automated {
        return Err(RollbackRefusal::AutoSync);
    }
    let entry = history
        .iter()
        .find(|entry| entry.id == request.id)
        .ok_or(RollbackRefusal::UnknownId(request.id))?;
    Ok(RollbackSync {
        revision: entry.revision.clone(),
        prune: request.prune,
        dry_run: request.dry_run,
        strategy: SyncStrategy::Apply,
    })
}

/// Returns the ids of an Application's history after one more successful full sync: the last id plus one is appended
/// (0 to an empty history) and the last `limit` stay. A rollback is such a sync; selective, dry-run and failed ones
/// add nothing.
///
/// Source: argo-cd `controller/state.go`, `persistRevisionHistory`.
///
/// ```
/// use tidegate_rollback::argocd_history_ids;
///
/// assert_eq!(argocd_history_ids(&[6, 7], 2), [7, 8]);
/// assert_eq!(argocd_history_ids(&[], 10), [0]);
/// ```
#[must_use]
pub fn argocd_history_ids(ids: &[i64], limit: usize) -> Vec<i64> {
    let next = ids.last().map_or(0, |last| last.saturating_add(1));
    let all: Vec<i64> = ids.iter().copied().chain([next]).collect();
    let first = all.len().saturating_sub(limit);
    all[first..].to_vec()
}

/// Whether an Application's live state is that of git.
///
/// ```
/// use tidegate_rollback::{AutoSync, AutoSyncState, Automated, Rest, SyncStatus, argocd_auto_sync};
///
/// let state = AutoSyncState {
///     automated: Some(Automated { prune: true, self_heal: true, allow_empty: false }),
///     operation_in_progress: false,
///     deleting: false,
///     sync_status: SyncStatus::Unknown,
///     already_attempted: false,
///     last_attempt_ok: true,
///     only_prune_needed: false,
///     all_resources_would_be_pruned: false,
///     self_heal_backoff_left_s: 0,
/// };
/// // What can't be compared is not synced.
/// assert_eq!(argocd_auto_sync(&state), AutoSync::Rest(Rest::NotOutOfSync));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum SyncStatus {
    /// It is.
    Synced,
    /// It is not.
    OutOfSync,
    /// It could not be compared.
    Unknown,
}

/// `spec.syncPolicy.automated` of an Argo CD Application.
///
/// ```
/// use tidegate_rollback::{Automated, Fact, Reconciler};
///
/// let automated = Automated { prune: true, self_heal: true, allow_empty: false };
/// let settings = Fact::new("syncPolicy.automated.selfHeal is true");
/// let argocd = Reconciler { name: "argocd".into(), automated: Some(automated), poll_s: 180, settings };
/// // Whatever is changed in the cluster alone is undone.
/// assert!(argocd.automated.is_some_and(|it| it.self_heal));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Automated {
    /// Whether resources that git does not have are deleted.
    pub prune: bool,
    /// Whether a change in the cluster is undone without a change in git.
    pub self_heal: bool,
    /// Whether a sync may delete everything.
    pub allow_empty: bool,
}

/// What the Application controller looks at before it starts a sync by itself.
///
/// ```
/// use tidegate_rollback::{AutoSync, AutoSyncState, Automated, SyncStatus, argocd_auto_sync};
///
/// // Somebody scaled a Deployment by hand a moment ago: self-healing waits 25 s more.
/// let state = AutoSyncState {
///     automated: Some(Automated { prune: false, self_heal: true, allow_empty: false }),
///     operation_in_progress: false,
///     deleting: false,
///     sync_status: SyncStatus::OutOfSync,
///     already_attempted: true,
///     last_attempt_ok: true,
///     only_prune_needed: false,
///     all_resources_would_be_pruned: false,
///     self_heal_backoff_left_s: 25,
/// };
/// assert_eq!(argocd_auto_sync(&state), AutoSync::RetryAfter(25));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each read from the cluster")]
pub struct AutoSyncState {
    /// Automated sync, where it is on.
    pub automated: Option<Automated>,
    /// An operation is running.
    pub operation_in_progress: bool,
    /// The Application is being deleted.
    pub deleting: bool,
    /// Whether live is as in git.
    pub sync_status: SyncStatus,
    /// The last sync was to the same revision and the same source.
    pub already_attempted: bool,
    /// That sync succeeded.
    pub last_attempt_ok: bool,
    /// All that is not in sync waits for pruning.
    pub only_prune_needed: bool,
    /// Every resource would be deleted.
    pub all_resources_would_be_pruned: bool,
    /// How long self-healing still backs off, in seconds; 0 when it may act.
    pub self_heal_backoff_left_s: u64,
}

/// What automated sync does.
///
/// ```
/// use tidegate_rollback::{AutoSync, AutoSyncState, Automated, SyncStatus, argocd_auto_sync};
///
/// let state = AutoSyncState {
///     automated: Some(Automated { prune: true, self_heal: true, allow_empty: false }),
///     operation_in_progress: false,
///     deleting: false,
///     sync_status: SyncStatus::OutOfSync,
///     already_attempted: true,
///     last_attempt_ok: true,
///     only_prune_needed: false,
///     all_resources_would_be_pruned: false,
///     self_heal_backoff_left_s: 0,
/// };
/// // Git has not changed, the cluster has: only what differs is applied.
/// let heal = AutoSync::Start { prune: true, only_out_of_sync_resources: true };
/// assert_eq!(argocd_auto_sync(&state), heal);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum AutoSync {
    /// It starts a sync.
    Start {
        /// Whether resources that git does not have are deleted.
        prune: bool,
        /// Self-healing applies only what is out of sync; a new revision is applied whole.
        only_out_of_sync_resources: bool,
    },
    /// It does nothing.
    Rest(Rest),
    /// It does nothing and says so in a condition of type `SyncError`.
    Refuse(SyncErrorReason),
    /// It looks again after so many seconds.
    RetryAfter(u64),
}

/// Why automated sync has nothing to do.
///
/// ```
/// use tidegate_rollback::{AutoSync, AutoSyncState, Rest, SyncStatus, argocd_auto_sync};
///
/// let by_hand = AutoSyncState {
///     automated: None,
///     operation_in_progress: false,
///     deleting: false,
///     sync_status: SyncStatus::OutOfSync,
///     already_attempted: false,
///     last_attempt_ok: true,
///     only_prune_needed: false,
///     all_resources_would_be_pruned: false,
///     self_heal_backoff_left_s: 0,
/// };
/// assert_eq!(argocd_auto_sync(&by_hand), AutoSync::Rest(Rest::Off));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Rest {
    /// Automated sync is off.
    Off,
    /// An operation is running.
    Busy,
    /// The Application is being deleted.
    Deleting,
    /// The status is not `OutOfSync`.
    NotOutOfSync,
    /// Only pruning is needed, and pruning is off.
    OnlyPruning,
    /// This revision was synced already, and self-healing is off.
    AlreadySynced,
}

/// Why automated sync puts up a `SyncError` condition.
///
/// ```
/// use tidegate_rollback::{AutoSync, AutoSyncState, Automated, SyncErrorReason, SyncStatus, argocd_auto_sync};
///
/// let failed = AutoSyncState {
///     automated: Some(Automated { prune: true, self_heal: true, allow_empty: false }),
///     operation_in_progress: false,
///     deleting: false,
///     sync_status: SyncStatus::OutOfSync,
///     already_attempted: true,
///     last_attempt_ok: false,
///     only_prune_needed: false,
///     all_resources_would_be_pruned: false,
///     self_heal_backoff_left_s: 0,
/// };
/// assert_eq!(argocd_auto_sync(&failed), AutoSync::Refuse(SyncErrorReason::LastAttemptFailed));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum SyncErrorReason {
    /// The last sync of this revision failed; it is not tried again.
    LastAttemptFailed,
    /// The sync would delete every resource.
    WouldPruneEverything,
}

impl AutoSync {
    /// Returns the type of the condition that is put up.
    ///
    /// ```
    /// use tidegate_rollback::{AutoSync, Rest, SyncErrorReason};
    ///
    /// assert_eq!(AutoSync::Refuse(SyncErrorReason::WouldPruneEverything).condition(), Some("SyncError"));
    /// assert_eq!(AutoSync::Rest(Rest::Busy).condition(), None);
    /// ```
    #[must_use]
    pub const fn condition(self) -> Option<&'static str> {
        match self {
            Self::Refuse(_) => Some("SyncError"),
            _ => None,
        }
    }
}

/// Decides whether Argo CD starts a sync by itself.
///
/// Source: argo-cd `controller/appcontroller.go`, `autoSync`, in its order of questions.
///
/// ```
/// use tidegate_rollback::{AutoSync, AutoSyncState, Automated, Rest, SyncStatus, argocd_auto_sync};
///
/// let mut state = AutoSyncState {
///     automated: Some(Automated { prune: false, self_heal: false, allow_empty: false }),
///     operation_in_progress: false,
///     deleting: false,
///     sync_status: SyncStatus::OutOfSync,
///     already_attempted: false,
///     last_attempt_ok: true,
///     only_prune_needed: false,
///     all_resources_would_be_pruned: false,
///     self_heal_backoff_left_s: 0,
/// };
/// let start = AutoSync::Start { prune: false, only_out_of_sync_resources: false };
/// assert_eq!(argocd_auto_sync(&state), start);
/// state.already_attempted = true;
/// assert_eq!(argocd_auto_sync(&state), AutoSync::Rest(Rest::AlreadySynced));
/// ```
#[must_use]
pub const fn argocd_auto_sync(state: &AutoSyncState) -> AutoSync {
    let Some(automated) = state.automated else {
        return AutoSync::Rest(Rest::Off);
    };
    if state.operation_in_progress {
        return AutoSync::Rest(Rest::Busy);
    }
    if state.deleting {
        return AutoSync::Rest(Rest::Deleting);
    }
    if !matches!(state.sync_status, SyncStatus::OutOfSync) {
        return AutoSync::Rest(Rest::NotOutOfSync);
    }
    if !automated.prune && state.only_prune_needed {
        return AutoSync::Rest(Rest::OnlyPruning);
    }
    if state.already_attempted {
        if !state.last_attempt_ok {
            return AutoSync::Refuse(SyncErrorReason::LastAttemptFailed);
        }
        if !automated.self_heal {
            return AutoSync::Rest(Rest::AlreadySynced);
        }
        if state.self_heal_backoff_left_s > 0 {
            return AutoSync::RetryAfter(state.self_heal_backoff_left_s);
        }
    }
    if automated.prune && !automated.allow_empty && state.all_resources_would_be_pruned {
        return AutoSync::Refuse(SyncErrorReason::WouldPruneEverything);
    }
    AutoSync::Start { prune: automated.prune, only_out_of_sync_resources: state.already_attempted }
}
