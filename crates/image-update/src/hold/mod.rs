//! Holds: versions that must not be deployed to an environment.

mod edit;
mod file;
mod moment;

pub use file::{Hold, HoldError, HoldErrorKind, HoldErrors, HoldFile, HoldState, HoldSubject};
pub use moment::{Moment, MomentError};

pub use edit::{HoldSelector, add_hold, lift_hold};
