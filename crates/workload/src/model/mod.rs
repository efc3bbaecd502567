//! Objects read into what the rules act on; each field remembers where it was written.

mod budget;
mod budget_index;
mod container;
mod field;
mod labels;
mod limits;
mod read;
mod volume;
mod workload;

pub use budget::Budget;
pub use budget_index::BudgetIndex;
pub use container::{Container, ContainerPort, MarkedProbe};
pub use field::Field;
pub use labels::{LabelSelector, LabelSelectorOperator, LabelSelectorRequirement};
pub use limits::{LimitItem, LimitRange, LimitedKind, Quota};
pub use volume::VolumeClaim;
pub use workload::{PodTemplate, Rolling, Workload, WorkloadKind};
