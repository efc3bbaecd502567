//! The Deployment controller as a pure function of what it sees.

mod fenceposts;
mod history;
mod progress;
mod proportional;
mod recreate;
mod rolling;
mod state;
mod step;

pub use fenceposts::{Fenceposts, Strategy, max_unavailable};
pub use history::surplus_history;
pub use progress::{
    ConditionStatus, DeploymentStatus, ProgressReason, ProgressingCondition, complete, progressing,
    requeue_after, timed_out,
};
pub use proportional::{ScaledSet, scale_proportionally};
pub use rolling::{OldSet, clean_up_unhealthy, new_replicas, scale_down_available, scale_down_old};
pub use state::{DeploymentSpec, DeploymentState, ReplicaSetState};
pub use step::{Change, ScaleReason, Step, step};
