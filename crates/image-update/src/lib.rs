//! An image update: which image, from what to what, and why; holds; write-back edits.

mod edit;
mod hold;
mod template;

pub use hold::{
    Hold, HoldError, HoldErrorKind, HoldErrors, HoldFile, HoldSelector, HoldState, HoldSubject,
    Moment, MomentError, add_hold, lift_hold,
};
pub use template::{Template, TemplateError, TemplateValue};
