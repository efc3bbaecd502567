use super::DeploymentState;

/// What a Deployment with the strategy `Recreate` does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recreation {
    /// The old sets still want pods: they are scaled to nothing.
    EndOld,
    /// Old pods still run, or are being deleted.
    Wait,
    /// The new set is created at full size, or brought to it.
    StartNew,
    /// Nothing is left to do.
    Rest,
}

/// Source: Kubernetes `pkg/controller/deployment/recreate.go`, `rolloutRecreate`.
pub(super) fn next(state: &DeploymentState) -> Recreation {
    if !state.active_old_sets().is_empty() {
        return Recreation::EndOld;
    }
    if state.old_sets().iter().any(|at| state.sets[*at].running > 0) {
        return Recreation::Wait;
    }
    match state.new_set() {
        Some(at) if state.sets[at].replicas == state.spec.replicas => Recreation::Rest,
        _ => Recreation::StartNew,
    }
}
