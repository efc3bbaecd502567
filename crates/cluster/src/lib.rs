//! A cluster: the simulated one, on a virtual clock.
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
