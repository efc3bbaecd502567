//! Integration tests of the crate's public API.
#![allow(clippy::disallowed_methods, reason = "tests may be told how much to do")]

mod agreement;
mod explorer;
mod fixture;
mod kubelet;
mod laws;
mod limits;
mod places;
mod reading;
mod remarks;
mod stories;
mod tomoda;
