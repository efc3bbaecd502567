//! A Kustomize overlay: load, build, edit in place.
//!
//! ```
//! use tidegate_kustomize::{Folder, Memory, Options, build};
//!
//! // `Folder::new()` reads the disk; here are the same files in memory.
//! let files = Memory::from_iter([
//!     ("base/kustomization.yaml", "resources: [app.yaml]\n"),
//!     ("base/app.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{image: web:1}]}\n"),
//!     ("prod/kustomization.yaml", "resources: [../base]\nnamespace: prod\nimages: [{name: web, newTag: '2'}]\n"),
//! ]);
//! let built = build(&files, "prod", &Options::default())?;
//! let yaml = built.to_yaml()?;
//! assert!(yaml.contains("image: web:2\n") && yaml.contains("namespace: prod\n"));
//!
//! // Every value knows the text that set it.
//! let origin = built.origins().into_iter().find(|it| it.path.ends_with("image")).ok_or("no image")?;
//! assert_eq!(origin.setter, "ImageTagTransformer");
//!
//! // A mistake has a place and, where it is known, a mend.
//! let files = Memory::from_iter([("kustomization.yaml", "resorces: [app.yaml]\n")]);
//! let failure = build(&files, ".", &Options::default()).unwrap_err();
//! assert_eq!(failure.mistakes[0].help, ["a field with a similar name exists: `resources`"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Model
//!
//! A [`build`] reads what a kustomization names through [`Files`], gathers the objects of bases, components and
//! generators, and runs the transformers that its fields stand for, in Kustomize's order. An object on its way is a
//! `Resource`: a tree whose nodes carry the marks of the texts that set them, and the identities that it has had, by
//! which patches and references find it. At the end, once, come the hashes of names, references by name, variables
//! and the order. The trees are printed as they are. Several overlays share what they load in a [`Session`].
//!
//! A build looks for as many mistakes as it can: everything that is named is loaded, and if all of it could be,
//! every transformer runs.
//!
//! # Scope
//!
//! Nothing is fetched and no program is run: remote resources, Helm charts, exec and container plugins are refused with
//! what to do instead. The environment is not read.
//!
//! # Conformance
//!
//! What is printed is what `kustomize build` prints, byte for byte: v5.6.0, and the main branch where that differs. Known
//! differences:
//!
//! - Trees deeper than 400 levels, and aliases that unfold to more than 400,000 nodes, are refused.
//! - A key that stands twice in a mapping is refused when its file is read, also where a patch would have removed it.
//! - A plain value in `volumes`, as a `PodSecurityPolicy` has them, holds no image and is left alone by `images`; the
//!   main branch refuses it.
//! - Of a value that several patches set, whether it is text is told by the quotes of the last one; Kustomize goes by those of
//!   the first.
//! - Where nothing that a built-in reference may name was renamed or moved, the reference is not followed: something there that
//!   is no name, which Kustomize refuses, is printed.
//! - The hash of an object that is neither a ConfigMap nor a Secret, which only one of Kustomize's own annotations asks for,
//!   is another: there it takes in comments and line numbers.
//! - `app.kubernetes.io/managed-by` is always `kustomize-v5.6.0`.
//! - Warnings are data ([`Build::warnings`]); wording and order of errors are this crate's own.
//!
//! # Features
//!
//! - `serde`: places and diagnostics can be serialised.

mod accumulate;
mod back_references;
mod build;
mod config;
mod crds;
mod decode;
pub mod edit;
mod fieldpath;
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
mod lint;
mod loader;
mod merge;
mod open_api;
mod order;
mod origins;
mod parallel;
mod path;
mod pieces;
mod plugin;
mod print;
mod provenance;
mod replacement;
mod resource;
mod resources;
mod schema;
mod selector;
mod separate;
mod shared;
mod tabs;
#[cfg(test)]
mod testing;
mod text;
mod transform;
mod vars;

pub use build::{Build, Built, Failure, Options, Order, Session, build, build_each};
pub use fieldspec::{FieldSpec, FieldSpecs, Specs};
pub use files::{FileError, Files, Folder, Memory};
pub use identity::Gvk;
pub use images::{ImageEntry, ImageParts, ImagePattern, Images, Reading, split_image};
pub use json6902::JsonPatch;
pub use kustomization::FILE_NAMES;
pub use lint::{Fix, Lint, lint};
pub use loader::LoadRestriction;
pub use merge::{Merged, strategic_merge};
pub use origins::FieldOrigin;
pub use path::clean_path;
pub use schema::{Beside, Schema};
pub use separate::SeparateFile;
