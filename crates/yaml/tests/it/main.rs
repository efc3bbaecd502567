//! What the crate reads, prints and edits.

mod edits;
mod laws;
mod read;
