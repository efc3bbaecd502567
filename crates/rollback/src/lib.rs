//! From history to a rollback plan that explains itself.
//!
//! ```
//! use std::collections::BTreeMap;
//! use tidegate_rollback::{
//!     Automated, Deployed, Fact, Pin, Reconciler, RevertFacts, RolloutEnd, Situation, Target, Way, compare,
//! };
//!
//! let deployed = |version: &str, commit: &str, rollout| Deployed {
//!     version: version.to_owned(),
//!     pins: BTreeMap::from([(
//!         "backend".to_owned(),
//!         Pin { tag: format!("v{version}"), digest: None },
//!     )]),
//!     commit: commit.to_owned(),
//!     rollout,
//!     held: None,
//!     image_gone: None,
//! };
//! let late = RolloutEnd::Unfinished(Fact::new("missed its progress deadline"));
//! let plan = compare(&Situation {
//!     environment: "prod".to_owned(),
//!     components: vec!["backend".to_owned()],
//!     overlay: "overlays/prod/kustomization.yaml".to_owned(),
//!     history: vec![
//!         deployed("1.2.0", "c0ffee", RolloutEnd::Finished),
//!         deployed("1.3.0", "f00d", late.clone()),
//!         deployed("1.3.1", "beef", late),
//!     ],
//!     target: Target::LastGood,
//!     reconciler: Reconciler {
//!         name: "argocd".to_owned(),
//!         automated: Some(Automated { prune: true, self_heal: true, allow_empty: false }),
//!         poll_s: 180,
//!         settings: Fact::new("syncPolicy.automated.selfHeal is true"),
//!     },
//!     updaters: Vec::new(),
//!     outranked_by: Vec::new(),
//!     revert: RevertFacts::default(),
//!     argocd: None,
//!     undo: Vec::new(),
//! });
//! assert_eq!(plan.to.as_ref().map(|it| it.version.as_str()), Some("1.2.0"));
//! assert_eq!(plan.recommended, Some(Way::Override));
//! assert!(plan.to_string().contains("1.3.0 (f00d) its rollout did not finish"));
//! let undo = plan.way(Way::RolloutUndo).expect("all ways are compared");
//! assert!(undo.refused[0].text.contains("selfHeal"));
//! ```
//!
//! # Model
//!
//! A [`Situation`] is all that was observed, as plain values: what was deployed and how it ended, who reconciles, who
//! updates, and what each way to go back would meet. [`compare`] chooses the version, judges the four [`Way`]s and
//! recommends one. The [`RollbackPlan`] keeps the derivation: for each entry of the history why it was ruled out, for
//! each way by which [`Fact`] it is refused, what it changes, what stays behind and what automation does next.
//!
//! Below it stand the rules of the tools, each a function of its own: which revision `kubectl rollout undo` takes
//! ([`select_replica_set`], [`select_controller_revision`]), when it refuses or skips ([`undo_outcome`]), what it
//! writes ([`undo_patch`], [`undo_annotations`]) and what the controller makes of it ([`undo_effect`]); what
//! `kubectl rollout history` prints ([`History`]); when Argo CD grants a rollback ([`argocd_rollback`]), how it numbers
//! its history ([`argocd_history_ids`]) and when it would undo a rollback by a sync of its own ([`argocd_auto_sync`]);
//! and which generated `ConfigMaps` and `Secrets` a past revision still needs ([`configuration_needs`]).
//!
//! # Scope
//!
//! Reads no YAML and no git, asks no cluster and no registry: the caller observes. Plans nothing that touches an
//! application repository, a tag or an image.
//!
//! # Conformance
//!
//! kubectl `pkg/polymorphichelpers` (`rollback.go`, `history.go`), Kubernetes `pkg/controller/deployment` and Argo CD
//! 3 (`server/application`, `controller`). Known difference: pod templates are compared as they stand, where kubectl
//! compares quantities by value (`1000m` and `1` differ here).
//!
//! # Features
//!
//! - `serde`: situations and plans can be serialised.

mod argocd;
mod choose;
mod compare;
mod configuration;
mod effect;
mod history;
mod plan;
mod revision;
mod situation;
mod undo;

pub use argocd::{
    AutoSync, AutoSyncState, Automated, DEFAULT_REVISION_HISTORY_LIMIT, HistoryEntry, Rest,
    RollbackRefusal, RollbackRequest, RollbackSync, SyncErrorReason, SyncStatus, SyncStrategy,
    argocd_auto_sync, argocd_history_ids, argocd_rollback,
};
pub use compare::compare;
pub use configuration::{
    Availability, ConfigurationKind, ConfigurationName, ConfigurationNeed, ConfigurationUse,
    configuration_needs, configuration_uses,
};
pub use effect::{
    REVISION_HISTORY_ANNOTATION, REVISION_HISTORY_LIMIT, TemplateRevision, UndoEffect, undo_effect,
};
pub use history::{CHANGE_CAUSE_ANNOTATION, History, UnknownRevision};
pub use plan::{Act, Change, Considered, Reaction, RollbackPlan, RuledOut, Way, WayPlan, When};
pub use revision::{
    REVISION_ANNOTATION, ReplicaSetRevision, SelectError, Selected, select_controller_revision,
    select_replica_set,
};
pub use situation::{
    ArgoCdFacts, CommitSince, Deployed, Fact, ObeysHold, Pin, Reconciler, RevertFacts, RolloutEnd,
    Situation, Target, UndoFacts, Updater,
};
pub use undo::{
    KEPT_ANNOTATIONS, PatchOperation, Paused, TEMPLATE_HASH_LABEL, TemplateDifference, Undone,
    template_difference, undo_annotations, undo_outcome, undo_patch,
};
