//! What `kubectl rollout status` says.

mod daemon_set;
mod deployment;
mod stateful_set;

use std::fmt;

pub use daemon_set::{DaemonSetStatus, daemon_set_rollout};
pub use deployment::{RevisionAsked, deployment_rollout};
pub use stateful_set::{StatefulSetStatus, stateful_set_rollout};

/// Where a rollout stands.
///
/// ```
/// use tidegate_workload::{DeploymentStatus, RolloutStatus, deployment_rollout};
///
/// let status = DeploymentStatus {
///     observed_generation: 1,
///     replicas: 2,
///     updated_replicas: 2,
///     available_replicas: 2,
///     ..DeploymentStatus::default()
/// };
/// let RolloutStatus { message, done } = deployment_rollout("hub", 1, 2, &status, None, None)?;
/// assert_eq!((&*message, done), ("deployment \"hub\" successfully rolled out\n", true));
/// # Ok::<(), tidegate_workload::RolloutStatusError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct RolloutStatus {
    /// The text that `kubectl` prints, with its line end.
    pub message: String,
    /// Whether there is nothing left to wait for.
    pub done: bool,
}

/// Why a rollout has failed, or why there is no telling.
///
/// ```
/// use tidegate_workload::{DeploymentStatus, ProgressReason, RolloutStatusError, deployment_rollout};
///
/// let status = DeploymentStatus { observed_generation: 1, ..DeploymentStatus::default() };
/// let reason = Some(ProgressReason::ProgressDeadlineExceeded);
/// let error = deployment_rollout("hub", 1, 2, &status, reason, None).unwrap_err();
/// assert_eq!(error, RolloutStatusError::DeadlineExceeded { name: "hub".into() });
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RolloutStatusError {
    /// Another revision runs than the one that was asked for.
    OtherRevision {
        /// The revision asked for.
        wanted: i64,
        /// The revision that runs.
        running: i64,
    },
    /// Nothing went forward for longer than the deadline.
    DeadlineExceeded {
        /// Name of the Deployment.
        name: String,
    },
    /// The update strategy replaces no pods by itself.
    NotRolling,
}

impl RolloutStatusError {
    /// Returns whether `kubectl` waits no longer: it ends its loop, and still reports the error.
    ///
    /// ```
    /// use tidegate_workload::RolloutStatusError;
    ///
    /// // There is nothing to wait for where nothing is replaced.
    /// assert!(RolloutStatusError::NotRolling.done());
    /// assert!(!RolloutStatusError::DeadlineExceeded { name: "hub".into() }.done());
    /// ```
    #[must_use]
    pub const fn done(&self) -> bool {
        matches!(self, Self::NotRolling)
    }
}

impl fmt::Display for RolloutStatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherRevision { wanted, running } => write!(
                f,
                "desired revision ({wanted}) is different from the running revision ({running})"
            ),
            Self::DeadlineExceeded { name } => {
                write!(f, "deployment {name:?} exceeded its progress deadline")
            }
            Self::NotRolling => {
                f.write_str("rollout status is only available for RollingUpdate strategy type")
            }
        }
    }
}

impl std::error::Error for RolloutStatusError {}

impl RolloutStatus {
    fn waiting(message: String) -> Self {
        Self { message, done: false }
    }

    fn done(message: String) -> Self {
        Self { message, done: true }
    }
}
