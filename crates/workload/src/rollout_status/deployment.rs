use super::{RolloutStatus, RolloutStatusError};
use crate::deployment::{DeploymentStatus, ProgressReason};

/// A revision that a rollout has to be at.
///
/// ```
/// use tidegate_workload::{DeploymentStatus, RevisionAsked, RolloutStatusError, deployment_rollout};
///
/// let asked = RevisionAsked { wanted: 4, running: 5 };
/// let status = DeploymentStatus { observed_generation: 1, ..DeploymentStatus::default() };
/// let told = deployment_rollout("hub", 1, 2, &status, None, Some(asked));
/// assert_eq!(told, Err(RolloutStatusError::OtherRevision { wanted: 4, running: 5 }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RevisionAsked {
    /// The revision asked for.
    pub wanted: i64,
    /// The revision that runs.
    pub running: i64,
}

/// Returns what `kubectl rollout status deployment` says.
///
/// Source: `k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go`.
///
/// # Errors
///
/// [`RolloutStatusError::OtherRevision`] when another revision runs than the one asked for, and
/// [`RolloutStatusError::DeadlineExceeded`] when the condition says so.
///
/// ```
/// use tidegate_workload::{DeploymentStatus, deployment_rollout};
///
/// let status = DeploymentStatus { observed_generation: 1, ..DeploymentStatus::default() };
/// let told = deployment_rollout("web", 1, 2, &status, None, None)?;
/// assert_eq!(
///     told.message,
///     "Waiting for deployment \"web\" rollout to finish: 0 out of 2 new replicas have been updated...\n"
/// );
/// # Ok::<(), tidegate_workload::RolloutStatusError>(())
/// ```
pub fn deployment_rollout(
    name: &str,
    generation: i64,
    replicas: i32,
    status: &DeploymentStatus,
    progressing: Option<ProgressReason>,
    revision: Option<RevisionAsked>,
) -> Result<RolloutStatus, RolloutStatusError> {
    if let Some(RevisionAsked { wanted, running }) = revision
        && wanted > 0
        && wanted != running
    {
        return Err(RolloutStatusError::OtherRevision { wanted, running });
    }
    if generation > status.observed_generation {
        return Ok(RolloutStatus::waiting(
            "Waiting for deployment spec update to be observed...\n".to_owned(),
        ));
    }
    if progressing == Some(ProgressReason::ProgressDeadlineExceeded) {
        return Err(RolloutStatusError::DeadlineExceeded { name: name.to_owned() });
    }
    let updated = status.updated_replicas;
    let unfinished = |what: String| {
        Ok(RolloutStatus::waiting(format!(
            "Waiting for deployment {name:?} rollout to finish: {what}...\n"
        )))
    };
    if updated < replicas {
        return unfinished(format!("{updated} out of {replicas} new replicas have been updated"));
    }
    if status.replicas > updated {
        let old = status.replicas.saturating_sub(updated);
        return unfinished(format!("{old} old replicas are pending termination"));
    }
    if status.available_replicas < updated {
        let available = status.available_replicas;
        return unfinished(format!("{available} of {updated} updated replicas are available"));
    }
    Ok(RolloutStatus::done(format!("deployment {name:?} successfully rolled out\n")))
}
