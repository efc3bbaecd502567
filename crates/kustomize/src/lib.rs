//! A Kustomize overlay: load, build, edit in place.

mod identity;
mod resource;
mod scope;

pub use identity::{Gvk, Id};
pub use resource::{Behavior, Resource};
