//! Integration tests of the crate's public API.
#![allow(clippy::disallowed_methods, reason = "tests may be told how much to do")]

mod agreement;
mod fixture;
mod generated;
mod oracle;
mod pages;
mod policies;
mod references;
mod routes;
mod services;
