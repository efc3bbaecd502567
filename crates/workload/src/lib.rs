//! Pods to be run: quantities, probes, budgets, the controller's step and the proof of a rollout.

mod budget;
mod deployment;
mod int_or_percent;
mod model;
mod probe;
mod proof;
mod pull_policy;
mod qos;
mod quantity;
mod resources;
mod rollout_status;
mod seconds;
#[cfg(feature = "serde")]
mod serialize;

pub use budget::{
    BudgetEvent, BudgetPod, BudgetRule, BudgetStatus, Controllers, DELETION_TIMEOUT, EvictedPod,
    Eviction, EvictionRefusal, MatchingBudget, UnhealthyPodEvictionPolicy, after_disruptions,
    evict,
};
pub use deployment::{
    Change, ConditionStatus, DeploymentSpec, DeploymentState, DeploymentStatus, Fenceposts, OldSet,
    ProgressReason, ProgressingCondition, ReplicaSetState, ScaleReason, ScaledSet, Step, Strategy,
    clean_up_unhealthy, complete, max_unavailable, new_replicas, progressing, requeue_after,
    scale_down_available, scale_down_old, scale_proportionally, step, surplus_history, timed_out,
};
pub use int_or_percent::{IntOrPercent, IntOrPercentError, IntOrString, Rounding};
pub use model::{
    Budget, Container, ContainerPort, Field, LabelSelector, LabelSelectorOperator,
    LabelSelectorRequirement, LimitItem, LimitRange, LimitedKind, MarkedProbe, PodTemplate, Quota,
    Rolling, Workload, WorkloadKind,
};
pub use probe::{
    ContainerState, Handlers, HttpGet, PodPhase, PodView, Probe, ProbeAnswer, ProbeContainer,
    ProbeError, ProbeKind, ProbeRun, ProbeState, ProbeTick, ProbeWindow, ProbeWorker,
    RestartPolicy, killed_before_answering, ready_window,
};
pub use proof::{
    Assumptions, Availability, Bound, Context, Counterexample, Drain, DrainBlock, Event,
    FieldChange, Finding, Finish, Interval, Mend, Moment, OldPods, Proof, Rule, Timeline,
    idle_budgets, prove,
};
pub use pull_policy::PullPolicy;
pub use qos::QosClass;
pub use quantity::{Format, Quantity, QuantityError, QuantityErrorKind, QuantityParts};
pub use resources::{ResourceList, Resources};
pub use rollout_status::{
    DaemonSetStatus, RevisionAsked, RolloutStatus, RolloutStatusError, StatefulSetStatus,
    daemon_set_rollout, deployment_rollout, stateful_set_rollout,
};
pub use seconds::Seconds;
