//! What the crate reads, prints and edits.
#![allow(clippy::disallowed_methods, reason = "the number of mutants is read from the environment")]

#[cfg(feature = "serde")]
mod de;
mod edits;
mod hostile;
mod laws;
mod parity;
mod read;
