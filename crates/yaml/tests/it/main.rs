//! What the crate reads, prints and edits.

mod read;
