use std::fmt;

/// How many entries of an Application's history are kept when `spec.revisionHistoryLimit` is not set.
pub const DEFAULT_REVISION_HISTORY_LIMIT: usize = 10;

/// An entry of `status.history` of an Argo CD Application.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct HistoryEntry {
    /// Its id; ids grow by one.
    pub id: i64,
    /// The git revision that was synced.
    pub revision: String,
}

/// What a rollback request asks of Argo CD.
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SyncStrategy {
    /// `kubectl apply`; hooks do not run.
    Apply,
    /// With hooks: what a sync does when nothing else is said.
    Hook,
}

/// The sync that a granted rollback becomes. Git is not touched, so the Application is `OutOfSync` afterwards.
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
