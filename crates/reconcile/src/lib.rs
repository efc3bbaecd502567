//! Desired against live: what differs, what a sync does about it and in which order, and how well the result does.
//!
//! ```
//! use tidegate_object::{Map, Node, Object};
//! use tidegate_reconcile::{Action, SyncOptions, applied, plan_sync};
//!
//! let map = |fields: Vec<(&'static str, Node)>| Node::from(Map::from_iter(fields));
//! let deployment = |replicas: i64| {
//!     Object::new(map(vec![
//!         ("apiVersion", "apps/v1".into()),
//!         ("kind", "Deployment".into()),
//!         ("metadata", map(vec![("name", "web".into()), ("namespace", "prod".into())])),
//!         ("spec", map(vec![("replicas", replicas.into())])),
//!     ]))
//! };
//! let options = SyncOptions {
//!     namespace: "prod".to_owned(),
//!     manager: "shop".to_owned(),
//!     prune: true,
//!     prune_last: false,
//!     hooks: true,
//! };
//! let live = applied(&deployment(1), None, None);
//! let plan = plan_sync(&[deployment(3)], &[live], &options);
//! assert_eq!(plan.tasks[0].action, Action::Update);
//! assert_eq!(plan.to_string(), "update Deployment/web in prod\n    ~ spec.replicas: 1 → 3\n");
//! ```
//!
//! # Model
//!
//! A manifest says what its author cares about; a live object holds that, the API server's defaults, and what other
//! controllers wrote. [`diff`] compares the two by what they mean and names each [`Change`] with its [`Effect`];
//! [`applied`] is its inverse and gives the object after the manifest was applied. [`plan_sync`] does this for all
//! objects of an application and orders the [`SyncTask`]s by [`Phase`], [`wave`], kind and name ([`sync_order`]), with
//! removals mirrored ([`prune_waves`]). [`resource_health`] judges a live object, [`application_health`] all of them.
//! [`compare_manifests`] sets two renders side by side.
//! Everything is plain data; `Display` draws it.
//!
//! # Scope
//!
//! Nothing is read from or sent to a cluster. Lists of custom resources are compared as one value, because their
//! schema is not known here. Validation of fields is the API server's. Health checks written in Lua are not run.
//!
//! # Conformance
//!
//! Health, hooks, phases, waves and the order of tasks follow Argo CD's `gitops-engine` (commit 37ee0097) and
//! `controller/health.go`; a field of the wrong type counts as missing there where Argo CD reports the health
//! `Unknown`. Defaults, list keys and immutable fields follow Kubernetes 1.33, field sets the `FieldsV1` form of
//! server-side apply. A field that two managers applied goes when one of them gives it up.
//!
//! # Features
//!
//! - `serde`: writes plans and differences; reads and writes [`Tree`]s.

mod application;
mod compare;
mod defaults;
mod diff;
mod fields;
mod health;
mod hook;
pub mod json;
mod merge;
mod order;
mod path;
mod plan;
mod read;
mod schema;
mod tree;

pub use application::{Member, application_health};
pub use compare::{ManifestDiff, ObjectChange, compare_manifests};
pub use defaults::with_defaults;
pub use diff::{Change, ChangeKind, Effect, ObjectDiff, diff, same_object};
pub use fields::FieldSet;
pub use health::{Health, HealthStatus, resource_health};
pub use hook::{HookDeletePolicy, HookType, hook_delete_policies, hook_types, is_hook, is_skipped};
pub use merge::applied;
pub use order::{
    GroupKind, KIND_ORDER, OrderKey, Phase, PruneWave, phases, prune_waves, sync_order, wave,
};
pub use path::{FieldPath, Step};
pub use plan::{Action, SyncOptions, SyncPlan, SyncStatus, SyncTask, is_cluster_scoped, plan_sync};
pub use tree::Tree;
