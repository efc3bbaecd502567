//! A Kustomize overlay: load, build, edit in place.

mod identity;
mod resource;
mod schema;
mod scope;

pub use identity::{Gvk, Id};
pub use resource::{Behavior, Resource};
pub use schema::{Schema, Type};
