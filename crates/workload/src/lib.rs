//! Pods to be run: quantities, probes, budgets, the controller's step and the proof of a rollout.
//!
//! ```
//! use tidegate_object::{Map, Node, Object};
//! use tidegate_workload::{Context, Finish, Interval, Seconds, Workload, prove};
//!
//! # fn map<const N: usize>(fields: [(&'static str, Node); N]) -> Node {
//! #     Node::from(fields.into_iter().collect::<Map>())
//! # }
//! let container = map([("name", "hub".into()), ("image", "hub:1.2.3".into())]);
//! let labels = map([("app", "hub".into())]);
//! let template = map([
//!     ("metadata", map([("labels", labels)])),
//!     ("spec", map([("containers", vec![container].into())])),
//! ]);
//! let deployment = map([
//!     ("apiVersion", "apps/v1".into()),
//!     ("kind", "Deployment".into()),
//!     ("metadata", map([("name", "hub".into())])),
//!     ("spec", map([("replicas", 4.into()), ("template", template)])),
//! ]);
//! let hub = Workload::from_object(&Object::new(deployment)).map_err(|all| all[0].clone())?;
//!
//! let mut context = Context::default();
//! context.assumptions.starts = Some(Interval::new(2, 20));
//! context.assumptions.answers = Some(Interval::new(0, 5));
//! let proof = prove(&hub, &[], &context);
//! // A quarter of four may be missing and a quarter more may come: two rounds, of two pods each.
//! assert_eq!(proof.finishes, Finish::Always { longest: Seconds(40) });
//! assert_eq!(proof.availability.least_undisturbed, 3);
//! # Ok::<(), tidegate_source::Diagnostic>(())
//! ```
//!
//! # Model
//!
//! The rules are values and functions of values, each with the place in Kubernetes' source that it follows: a
//! [`Quantity`] is an exact number, an [`IntOrPercent`] a number of pods, a [`ProbeRun`] turns answers into a state, a
//! [`BudgetStatus`] says what may be evicted, and [`step`] is the Deployment controller: it takes what the controller sees
//! and the time, and answers what it writes. Nothing reads a clock; times are [`Seconds`].
//!
//! On top of the rules stands the proof. A [`Workload`] is read from an object, and each of its fields remembers where it
//! was written. [`prove`] decides, for every way in which pods may start, answer, be asked by the kubelet and be evicted
//! within the [`Assumptions`], whether the rollout finishes before its deadline, how many pods serve at least, and
//! whether nodes can be drained. A *no* comes with a shortest counterexample and the smallest change that mends it;
//! where an assumption is missing the answer is a bound. The argument is short: every event of a new pod that counts as
//! progress starts the deadline anew, so only the longest wait between two such events matters, and the first pods of
//! the rollout can show it. The [`Timeline`]s are drawn from runs of [`step`], in which rounds that repeat are
//! counted and not run, so a thousand replicas take no longer than ten.
//!
//! A finding has a stable code; [`CODES`] lists them. An error refuses the rollout, and its code is that of a
//! [`Rule`](Rule::code); the others inform.
//!
//! # Scope
//!
//! No YAML text, no HTTP, no cluster: objects come in as values. Image references are not judged beyond what the pull
//! policy's default needs. The rollout of a StatefulSet takes one ordinal after the other, that of a DaemonSet as many nodes
//! at once as may be missing or surge; neither has a deadline to miss, so its answer is the longest that it takes, or what
//! stops it. A DaemonSet counts as many nodes as its [`Workload::replicas`] says.
//!
//! What the proof sets aside: controllers see every change at once, in their order; a pod once ready stays so
//! unless it is evicted; the containers of a pod start together, when its init containers have ended; nodes have room;
//! old pods ask for as much of a quota as new ones; and a replica set that was refused by a quota tries again within as
//! long as it had to wait for a place, and 1000 s at most. Readiness gates are taken to hold.
//!
//! # Conformance
//!
//! Kubernetes 1.33, as read in the files that each item names. Known differences: a quantity has at most
//! [`Quantity::MAX_DIGITS`] digits; an amount beyond the largest decimal suffix is printed with an exponent, as newer
//! releases do; [`step`] creates a new set and scales old ones in two steps where the controller may do both in one.
//!
//! # Features
//!
//! - `serde`: serialises proofs, findings and statuses; reads statuses and amounts.

mod budget;
mod code;
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

pub use budget::{
    BudgetEvent, BudgetPod, BudgetRule, BudgetStatus, Controllers, DELETION_TIMEOUT, EvictedPod,
    Eviction, EvictionRefusal, MatchingBudget, UnhealthyPodEvictionPolicy, after_disruptions,
    evict,
};
pub use code::CODES;
pub use deployment::{
    Change, ConditionStatus, DeploymentSpec, DeploymentState, DeploymentStatus, Fenceposts, OldSet,
    ProgressReason, ProgressingCondition, ReplicaSetState, ScaleReason, ScaledSet, Step, Strategy,
    clean_up_unhealthy, complete, max_unavailable, new_replicas, progressing, requeue_after,
    scale_down_available, scale_down_old, scale_proportionally, step, surplus_history, timed_out,
};
pub use int_or_percent::{IntOrPercent, IntOrPercentError, IntOrString, Rounding};
pub use model::{
    Budget, BudgetIndex, Container, ContainerPort, Field, LabelSelector, LabelSelectorOperator,
    LabelSelectorRequirement, LimitItem, LimitRange, LimitedKind, MarkedProbe, PodTemplate, Quota,
    Rolling, VolumeClaim, Workload, WorkloadKind,
};
pub use probe::{
    ContainerState, Handlers, HttpGet, PodPhase, PodView, Probe, ProbeAnswer, ProbeContainer,
    ProbeError, ProbeKind, ProbeRun, ProbeState, ProbeTick, ProbeWindow, ProbeWorker,
    RestartPolicy, killed_before_answering, ready_window,
};
pub use proof::{
    Assumptions, Availability, Bound, Context, Counterexample, Drain, DrainBlock, Event,
    FieldChange, Finish, Interval, Mend, Moment, OldPods, Proof, Rule, Timeline, idle_budgets,
    prove,
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
