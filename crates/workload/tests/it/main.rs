//! Integration tests of the crate's public API.

mod fixture;
mod tomoda;
