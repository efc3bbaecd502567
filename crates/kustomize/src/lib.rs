//! A Kustomize overlay: load, build, edit in place.

mod fieldspec;
mod identity;
mod images;
mod json6902;
mod merge;
mod resource;
mod schema;
mod scope;
#[cfg(test)]
mod testing;

pub use fieldspec::{Create, FieldSpec, FieldSpecs, NameReference, Segment, Specs};
pub use identity::{Gvk, Id};
pub use images::{ImageEntry, ImageParts, ImagePattern, Images, Reading, split_image};
pub use json6902::JsonPatch;
pub use merge::{Merged, strategic_merge};
pub use resource::{Behavior, Resource};
pub use schema::{Schema, Type};
