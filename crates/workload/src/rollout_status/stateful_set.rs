use super::{RolloutStatus, RolloutStatusError};

/// The counts and revisions in a StatefulSet's status.
///
/// ```
/// use tidegate_workload::{StatefulSetStatus, stateful_set_rollout};
///
/// let status = StatefulSetStatus {
///     observed_generation: 2,
///     replicas: 3,
///     ready_replicas: 3,
///     current_revision: "redis-6f".into(),
///     update_revision: "redis-7d".into(),
///     ..StatefulSetStatus::default()
/// };
/// // The revision that runs is not yet the one that is rolled out.
/// assert!(!stateful_set_rollout(2, 3, true, None, &status)?.done);
/// # Ok::<(), tidegate_workload::RolloutStatusError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase", default))]
pub struct StatefulSetStatus {
    /// Generation that the controller has seen; 0 for none.
    pub observed_generation: i64,
    /// Pods.
    pub replicas: i32,
    /// Pods that are ready.
    pub ready_replicas: i32,
    /// Pods of the current revision.
    pub current_replicas: i32,
    /// Pods of the revision that is being rolled out.
    pub updated_replicas: i32,
    /// The current revision.
    pub current_revision: String,
    /// The revision that is being rolled out.
    pub update_revision: String,
}

/// Returns what `kubectl rollout status statefulset` says. `rolling` is whether the update strategy is
/// `RollingUpdate`, and `partition` its ordinal from which pods are updated, where the strategy has such a block.
///
/// Source: `k8s.io/kubectl/pkg/polymorphichelpers/rollout_status.go`.
///
/// ```
/// use tidegate_workload::{StatefulSetStatus, stateful_set_rollout};
///
/// let status = StatefulSetStatus {
///     observed_generation: 2,
///     ready_replicas: 1,
///     ..StatefulSetStatus::default()
/// };
/// let told = stateful_set_rollout(2, 3, true, None, &status);
/// assert!(told.is_ok_and(|it| !it.done));
/// ```
///
/// # Errors
///
/// [`RolloutStatusError::NotRolling`] for any other strategy.
pub fn stateful_set_rollout(
    generation: i64,
    replicas: i32,
    rolling: bool,
    partition: Option<i32>,
    status: &StatefulSetStatus,
) -> Result<RolloutStatus, RolloutStatusError> {
    if !rolling {
        return Err(RolloutStatusError::NotRolling);
    }
    if status.observed_generation == 0 || generation > status.observed_generation {
        return Ok(RolloutStatus::waiting(
            "Waiting for statefulset spec update to be observed...\n".to_owned(),
        ));
    }
    if status.ready_replicas < replicas {
        let missing = replicas.saturating_sub(status.ready_replicas);
        return Ok(RolloutStatus::waiting(format!("Waiting for {missing} pods to be ready...\n")));
    }
    let updated = status.updated_replicas;
    if let Some(partition) = partition {
        let wanted = replicas.saturating_sub(partition);
        if updated < wanted {
            return Ok(RolloutStatus::waiting(format!(
                "Waiting for partitioned roll out to finish: {updated} out of {wanted} new pods have been \
                 updated...\n"
            )));
        }
        return Ok(RolloutStatus::done(format!(
            "partitioned roll out complete: {updated} new pods have been updated...\n"
        )));
    }
    if status.update_revision != status.current_revision {
        let revision = &status.update_revision;
        return Ok(RolloutStatus::waiting(format!(
            "waiting for statefulset rolling update to complete {updated} pods at revision {revision}...\n"
        )));
    }
    let (current, revision) = (status.current_replicas, &status.current_revision);
    Ok(RolloutStatus::done(format!(
        "statefulset rolling update complete {current} pods at revision {revision}...\n"
    )))
}
