//! Tests of the public surface.

mod bump;
mod commits;
mod files;
mod laws;
mod tags;
