//! A Kustomize overlay: load, build, edit in place.

mod accumulate;
mod back_references;
mod build;
mod config;
mod crds;
mod decode;
pub mod edit;
mod fieldspec;
mod files;
mod generate;
mod go_json;
mod hash;
mod identity;
mod images;
mod inline;
mod json6902;
mod kustomization;
mod label_selector;
mod loader;
mod merge;
mod order;
mod path;
mod plugin;
mod print;
mod provenance;
mod resource;
mod resources;
mod schema;
mod selector;
#[cfg(test)]
mod testing;
mod text;
mod transform;
mod vars;

pub use build::{Build, Built, Failure, Options, Order, Session, build};
pub use decode::Written;
pub use fieldspec::{Create, FieldSpec, FieldSpecs, NameReference, Segment, Specs};
pub use files::{FileError, Files, Folder, Memory};
pub use identity::{Gvk, Id};
pub use images::{ImageEntry, ImageParts, ImagePattern, Images, Reading, split_image};
pub use json6902::JsonPatch;
pub use loader::LoadRestriction;
pub use merge::{Merged, strategic_merge};
pub use path::clean_path;
pub use resource::{Behavior, Resource};
pub use schema::{Schema, Type};
