//! The flow from a version to a finished rollout, and back: configuration, plan, execution, journal, sandbox.
//!
//! ```
//! use tidegate_pipeline::Config;
//!
//! let error = Config::parse("tidegate.yaml", "apiVersion: tidegate/v1\naplication: shop\n").unwrap_err();
//! let message = &error.diagnostics[0].message;
//! assert!(message.contains("aplication"), "{message}");
//! ```
//!
//! # Model
//!
//! A request and what was observed become a [`Plan`]: steps as data, each with what it expects to find, what it does
//! and how it is undone. `--dry-run` prints that plan, and [`execute`] consumes the same one. What can't be known yet,
//! such as the digest of an image that is not built, is a named unknown that a step binds. Each step first asks the
//! outside whether it is already true, so that a run that was stopped at any instant is finished by running it again.
//!
//! # Scope
//!
//! This crate knows no rule of versions, images, overlays or rollouts: it asks the crates below. It reads no clock:
//! the time is an argument, and in the sandbox it is that of the simulated cluster.
#![allow(
    clippy::disallowed_methods,
    reason = "the flow keeps its journal and its sandbox on disk, and reads the files of a work tree"
)]

mod action;
mod clock;
mod config;
mod deploy;
mod error;
mod event;
mod execute;
mod fault;
mod holds;
mod images;
mod journal;
mod live;
mod message;
mod outrank;
mod overlay;
mod pending;
mod plan;
mod policy;
mod proof;
mod release;
mod rendered;
mod rollback;
pub mod sandbox;
mod status;
mod steps;
mod sync;
mod trace;
mod triggers;
mod update;
mod workloads;
mod world;

pub use action::{
    Action, Build, HoldChange, ImageChange, ImagesAction, OverrideAction, RequestAction,
    RolloutAction, TagAction, UndoAction,
};
pub use clock::Clock;
pub use config::{
    Builds, Cluster, Component, Config, ConfigError, Devops, Environment, Group, OURSELVES, Policy,
    Registry, Repository, Roles, VersionFile, json_schema,
};
pub use deploy::{ApproveRequest, DeployRequest, plan_approve, plan_deploy};
pub use error::{Complaint, Error};
pub use event::{Event, Observer};
pub use execute::{Cut, ExecuteOptions, Outcome, StepResult, execute};
pub use fault::{Fault, FaultError, FaultKind};
pub use holds::{HoldList, HoldRequest, HoldRow, holds, plan_hold, plan_lift};
pub use journal::{Journal, JournalError, Record, Run};
pub use plan::{Bindings, Heading, Plan, Remark, Station, Step, Value};
pub use release::{ReleaseRequest, plan_release};
pub use rendered::{Rendered, rendered, rendered_folder};
pub use rollback::{RollbackRequest, RollbackWay, plan_rollback};
pub use status::{ComponentStatus, EnvironmentStatus, Status, status};
pub use steps::rollout::ROLLOUT_FAILED;
pub use sync::plan_sync;
pub use trace::{Link, Trace, trace};
pub use update::{UpdateRequest, plan_update};
pub use world::{Places, World};
