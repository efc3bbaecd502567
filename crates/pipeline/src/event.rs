use crate::plan::{Heading, Plan, Remark, Station};

/// What happens while a command runs, in order: what a program draws.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event<'e> {
    /// What the run is about; comes first.
    Heading(&'e Heading),
    /// The plan, before its first step.
    Plan(&'e Plan),
    /// A step begins.
    Begins {
        /// Index of the step, from 0.
        step: usize,
        /// Number of steps.
        of: usize,
        /// Its place on the road.
        station: Station,
        /// One line for people.
        title: &'e str,
    },
    /// Something was done, or is the case, within a step.
    Detail(&'e str),
    /// A drawing of several lines, such as the timeline of a rollout.
    Drawing(&'e str),
    /// Something to know.
    Remark(&'e Remark),
    /// A step has ended.
    Ends {
        /// Its place on the road.
        station: Station,
        /// Whether it had been true before.
        found_done: bool,
        /// What came of it.
        detail: &'e str,
    },
}

/// Receives what happens.
pub type Observer<'o> = dyn FnMut(Event<'_>) + 'o;
