//! Releases, write-backs and history over real repositories in temporary folders.
#![allow(clippy::disallowed_methods, reason = "tests lay out the repositories that they read")]

mod check;
mod hostile;
mod mask;
mod names;
mod place;
mod read;
mod release;
mod write_back;
