use tidegate_rollback::{
    AutoSync, AutoSyncState, Automated, HistoryEntry, Rest, RollbackRefusal, RollbackRequest,
    SyncErrorReason, SyncStatus, SyncStrategy, argocd_auto_sync, argocd_history_ids,
    argocd_rollback,
};

const ON: Automated = Automated { prune: true, self_heal: true, allow_empty: false };

const STATE: AutoSyncState = AutoSyncState {
    automated: Some(ON),
    operation_in_progress: false,
    deleting: false,
    sync_status: SyncStatus::OutOfSync,
    already_attempted: false,
    last_attempt_ok: true,
    only_prune_needed: false,
    all_resources_would_be_pruned: false,
    self_heal_backoff_left_s: 0,
};

#[track_caller]
fn check(state: AutoSyncState, expected: AutoSync) {
    assert_eq!(argocd_auto_sync(&state), expected);
}

#[test]
fn a_new_revision_is_applied_whole() {
    check(STATE, AutoSync::Start { prune: true, only_out_of_sync_resources: false });
}

#[test]
fn self_healing_applies_only_what_differs() {
    let state = AutoSyncState { already_attempted: true, ..STATE };
    check(state, AutoSync::Start { prune: true, only_out_of_sync_resources: true });
}

#[test]
fn a_running_operation_or_a_deletion_comes_first() {
    let busy = AutoSyncState { operation_in_progress: true, deleting: true, ..STATE };
    check(busy, AutoSync::Rest(Rest::Busy));
    check(AutoSyncState { deleting: true, ..STATE }, AutoSync::Rest(Rest::Deleting));
}

#[test]
fn unknown_is_not_out_of_sync() {
    let state = AutoSyncState { sync_status: SyncStatus::Unknown, ..STATE };
    check(state, AutoSync::Rest(Rest::NotOutOfSync));
}

#[test]
fn pruning_alone_waits_where_pruning_is_off_and_runs_where_it_is_on() {
    let off = Automated { prune: false, ..ON };
    let state = AutoSyncState { only_prune_needed: true, automated: Some(off), ..STATE };
    check(state, AutoSync::Rest(Rest::OnlyPruning));
    let state = AutoSyncState { automated: Some(ON), ..state };
    check(state, AutoSync::Start { prune: true, only_out_of_sync_resources: false });
}

#[test]
fn deleting_everything_needs_allow_empty() {
    let state = AutoSyncState { all_resources_would_be_pruned: true, ..STATE };
    check(state, AutoSync::Refuse(SyncErrorReason::WouldPruneEverything));
    assert_eq!(argocd_auto_sync(&state).condition(), Some("SyncError"));
    let allowed = Automated { allow_empty: true, ..ON };
    check(
        AutoSyncState { automated: Some(allowed), ..state },
        AutoSync::Start { prune: true, only_out_of_sync_resources: false },
    );
}

#[test]
fn a_failed_sync_is_not_tried_again_even_with_self_healing() {
    let state = AutoSyncState {
        already_attempted: true,
        last_attempt_ok: false,
        self_heal_backoff_left_s: 9,
        ..STATE
    };
    check(state, AutoSync::Refuse(SyncErrorReason::LastAttemptFailed));
}

#[test]
fn self_healing_backs_off() {
    let state = AutoSyncState { already_attempted: true, self_heal_backoff_left_s: 9, ..STATE };
    check(state, AutoSync::RetryAfter(9));
    // A new revision does not wait for it.
    let state = AutoSyncState { already_attempted: false, ..state };
    check(state, AutoSync::Start { prune: true, only_out_of_sync_resources: false });
}

#[test]
fn a_rollback_is_a_sync_without_hooks() {
    let history = [
        HistoryEntry { id: 11, revision: "one".to_owned() },
        HistoryEntry { id: 12, revision: "two".to_owned() },
    ];
    let request = RollbackRequest { id: 12, prune: true, dry_run: true };
    let sync = argocd_rollback(false, false, &history, request).unwrap();
    assert_eq!((&*sync.revision, sync.prune, sync.dry_run), ("two", true, true));
    assert_eq!(sync.strategy, SyncStrategy::Apply);
    let gone = RollbackRequest { id: 3, ..request };
    let refusal = argocd_rollback(false, false, &history, gone).unwrap_err();
    assert_eq!(refusal.code(), "InvalidArgument");
    assert_eq!(refusal.to_string(), "application does not have deployment with id 3");
}

#[test]
fn deletion_is_said_before_auto_sync() {
    let request = RollbackRequest { id: 1, prune: false, dry_run: false };
    let refusal = argocd_rollback(true, true, &[], request).unwrap_err();
    assert_eq!(refusal, RollbackRefusal::Deleting);
    assert_eq!(refusal.to_string(), "application is deleting");
    assert_eq!(refusal.code(), "FailedPrecondition");
}

#[test]
fn history_ids_grow_and_the_oldest_go() {
    assert_eq!(argocd_history_ids(&[1, 2, 9], 10), [1, 2, 9, 10]);
    assert_eq!(argocd_history_ids(&[1, 2, 9], 3), [2, 9, 10]);
    assert_eq!(argocd_history_ids(&[1, 2], 0), [0_i64; 0]);
}
