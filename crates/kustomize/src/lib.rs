//! A Kustomize overlay: load, build, edit in place.

mod identity;
mod merge;
mod resource;
mod schema;
mod scope;
#[cfg(test)]
mod testing;

pub use identity::{Gvk, Id};
pub use merge::{Merged, strategic_merge};
pub use resource::{Behavior, Resource};
pub use schema::{Schema, Type};
