//! Builds, from cases that are kept as files.
#![allow(clippy::disallowed_methods, reason = "tests read their own data")]

mod cases;
mod hostile;
mod library;
