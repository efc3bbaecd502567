//! A cluster: the simulated one, on a virtual clock.
//!
//! ```
//! use tidegate_cluster::{ApplyOptions, Cluster, Moment, RolloutOutcome, Span};
//! use tidegate_object::Object;
//! use tidegate_reconcile::json;
//!
//! let web = |image: &str| {
//!     json::parse(&format!(
//!         r#"{{"apiVersion":"apps/v1","kind":"Deployment","metadata":{{"name":"web"}},"spec":{{
//!         "selector":{{"matchLabels":{{"app":"web"}}}},
//!         "template":{{"metadata":{{"labels":{{"app":"web"}}}},"spec":{{"containers":[
//!         {{"name":"web","image":"{image}","readinessProbe":{{"tcpSocket":{{"port":80}}}}}}]}}}}}}}}"#
//!     ))
//!     .map(Object::new)
//! };
//! let options = ApplyOptions {
//!     namespace: "prod".to_owned(),
//!     manager: "shop".to_owned(),
//!     create_namespaces: true,
//! };
//! let mut cluster = Cluster::new(Moment(0));
//! for image in ["web:1.0.0", "web:1.1.0"] {
//!     cluster.apply(&[web(image)?], &options)?;
//!     let settled = cluster.run_until_settled(Span::seconds(3600));
//!     assert!(settled.succeeded());
//! }
//! let rollout = &cluster.rollouts()[1];
//! assert_eq!((rollout.revision, rollout.outcome), (2, RolloutOutcome::Complete));
//! assert_eq!(cluster.summary("prod", "web").map(|it| it.available), Some(1));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Model
//!
//! A [`Cluster`] is plain data: the objects as the API server keeps them, the sets and pods of each Deployment, the
//! nodes, and a clock. [`Cluster::apply`] works as server-side apply does and refuses what the API server would;
//! [`Cluster::sync`] carries out a plan of `tidegate-reconcile` wave by wave. Nothing else happens until the clock is
//! moved, by [`Cluster::advance`] or [`Cluster::run_until_settled`]: from one thing that is due to the next, the
//! kubelets start, probe, restart and stop containers, and the controllers act on what they see. The Deployment
//! controller is the step function of `tidegate-workload`, the same that proofs of rollouts use; probes are its probe
//! workers, budgets its budgets. What no manifest says, such as how long an image is pulled, is in [`Assumptions`].
//!
//! A [`Fault`] lets the next image of a Deployment misbehave. A [`Timeline`] tells what the pods did, as data and as a
//! drawing for a terminal; a [`DeploymentSummary`] tells where a Deployment stands; [`Rollout`]s are the journal.
//! [`Cluster::load`] and [`Cluster::save`] keep the whole in one JSON file, which is either the old or the new one at
//! every moment. The same calls on the same state give the same state, names included.
//!
//! # Scope
//!
//! Of the workloads only Deployments run. The controllers of other kinds (StatefulSet, DaemonSet, Job, single Pods,
//! Ingress, volumes) are assumed to succeed at once, so that their health is what it is on a good day. There are no
//! quotas, resources or affinities when pods are scheduled, no network, and no autoscaler. Sidecars count as init
//! containers that end. Two managers that apply the same field do not conflict: the last one wins. Two programs must
//! not write one state file at the same time. This crate knows neither git nor registries.
//!
//! # Conformance
//!
//! Controllers, probes and evictions follow Kubernetes as `tidegate-workload` does, defaults and field ownership
//! Kubernetes 1.33 as `tidegate-reconcile` does, syncs Argo CD. Restarts and image pulls are put off by 10 s, doubling
//! to 300 s, from the beginning again after ten minutes of running. The hash in the names of sets is not Kubernetes'.
//! Where the kubelet is free, the moment is the worst: readiness is asked one second short of a period late, liveness
//! at once.
#![allow(clippy::disallowed_methods, reason = "a door: it reads and writes the state file")]

mod apply;
mod clock;
mod controller;
mod drain;
mod fault;
mod kubelet;
mod names;
mod objects;
mod rollout;
mod run;
mod state;
mod store;
mod summary;
mod sync;
mod timeline;

pub use apply::{Applied, ApplyError, ApplyOptions};
pub use clock::{Moment, Span};
pub use drain::{BlockedPod, Drain};
pub use fault::{Fault, FaultError, ImageFault};
pub use kubelet::{Container, ContainerState};
pub use rollout::{Rollout, RolloutAction, RolloutOutcome, RolloutStep, UndoError, Undone};
pub use run::Settled;
pub use state::{Assumptions, Cluster, Endpoints, Event, Node, Pod, ReplicaSet, Serving};
pub use store::StoreError;
pub use summary::{DeploymentSummary, ImageSummary};
pub use sync::{SyncOutcome, SyncWave};
pub use timeline::{Charset, Drawing, Timeline, TimelinePod};
