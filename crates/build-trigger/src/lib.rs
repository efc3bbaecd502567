//! Which builds a git event starts: Cloud Build triggers, substitutions, approvals.

mod build;
mod config;
mod decide;
mod docker;
mod event;
mod raw;
mod substitution;
mod trigger;
mod written;

pub use build::{Build, ImageName, Outcome, ReadFile, Setting, Verdict, verdicts};
pub use config::BuildConfig;
pub use decide::Reason;
pub use event::{GitRef, Push, RepositoryName};
pub use substitution::Facts;
pub use trigger::Trigger;
