//! The flow as a library: what the program's tests can't reach.
#![allow(clippy::disallowed_methods, reason = "tests lay out sandboxes and read what was written")]

mod documents;
mod resume;
mod updater;
