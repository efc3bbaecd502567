use super::{RolloutStatus, RolloutStatusError};

/// The counts in a DaemonSet's status.
///
/// ```
/// use tidegate_workload::{DaemonSetStatus, daemon_set_rollout};
///
/// let status = DaemonSetStatus {
///     observed_generation: 2,
///     desired_number_scheduled: 3,
///     updated_number_scheduled: 1,
///     number_available: 3,
/// };
/// let told = daemon_set_rollout("agent", 2, true, &status)?;
/// assert!(told.message.contains("1 out of 3 new pods have been updated"));
/// # Ok::<(), tidegate_workload::RolloutStatusError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase", default))]
pub struct DaemonSetStatus {
    /// Generation that the controller has seen.
    pub observed_generation: i64,
    /// Nodes that should run the pod.
    pub desired_number_scheduled: i32,
    /// Nodes that run the new pod.
    pub updated_number_scheduled: i32,
    /// Nodes whose pod is available.
    pub number_available: i32,
}

/// Returns what `kubectl rollout status daemonset` says. `rolling` is whether the update strategy is `RollingUpdate`.
///
/// Source: `k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go`.
///
/// ```
/// use tidegate_workload::{DaemonSetStatus, RolloutStatusError, daemon_set_rollout};
///
/// let status = DaemonSetStatus {
///     observed_generation: 2,
///     desired_number_scheduled: 3,
///     updated_number_scheduled: 3,
///     number_available: 3,
/// };
/// let told = daemon_set_rollout("agent", 2, true, &status);
/// assert!(told.is_ok_and(|it| it.done));
/// let refused = daemon_set_rollout("agent", 2, false, &status);
/// assert_eq!(refused, Err(RolloutStatusError::NotRolling));
/// ```
///
/// # Errors
///
/// [`RolloutStatusError::NotRolling`] for any other strategy.
pub fn daemon_set_rollout(
    name: &str,
    generation: i64,
    rolling: bool,
    status: &DaemonSetStatus,
) -> Result<RolloutStatus, RolloutStatusError> {
    if !rolling {
        return Err(RolloutStatusError::NotRolling);
    }
    if generation > status.observed_generation {
        return Ok(RolloutStatus::waiting(
            "Waiting for daemon set spec update to be observed...\n".to_owned(),
        ));
    }
    let desired = status.desired_number_scheduled;
    let unfinished = |what: String| {
        Ok(RolloutStatus::waiting(format!(
            "Waiting for daemon set {name:?} rollout to finish: {what}...\n"
        )))
    };
    if status.updated_number_scheduled < desired {
        let updated = status.updated_number_scheduled;
        return unfinished(format!("{updated} out of {desired} new pods have been updated"));
    }
    if status.number_available < desired {
        let available = status.number_available;
        return unfinished(format!("{available} of {desired} updated pods are available"));
    }
    Ok(RolloutStatus::done(format!("daemon set {name:?} successfully rolled out\n")))
}
