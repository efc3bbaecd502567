//! Image stores: the OCI image layout on disk; assembling an image.
//!
//! ```
//! use tidegate_registry::{Contents, File, Image, LABEL_VERSION, Layout, Recipe, verify};
//!
//! let mut contents = Contents::new();
//! contents.insert("server", File::Plain { bytes: b"#!/bin/sh\n".to_vec(), executable: true })?;
//! let image = Image::assemble(&Recipe {
//!     contents: &contents,
//!     target: "/app",
//!     labels: [(LABEL_VERSION.to_owned(), "1.3.0".to_owned())].into(),
//!     env: Vec::new(),
//!     entrypoint: vec!["/app/server".to_owned()],
//!     ports: vec!["8080/tcp".to_owned()],
//!     user: String::new(),
//!     created: 1_700_000_000,
//!     platforms: &["linux/amd64", "linux/arm64"],
//! })?;
//!
//! let folder = tempfile::tempdir()?;
//! let layout = Layout::create(&folder.path().join("tomoda-backend"))?;
//! layout.push(&image, &["v1.3.0".parse()?])?;
//! assert_eq!(layout.resolve(&"v1.3.0".parse()?)?.as_ref(), Some(image.digest()));
//! assert_eq!(layout.labels(image.digest())?[LABEL_VERSION], "1.3.0");
//! assert!(verify(layout.folder()).is_empty());
//! assert!(Layout::open(folder.path()).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Model
//!
//! A [`Layout`] is a folder that holds the images of one repository: blobs by digest, and `index.json`, whose entries
//! name tags. Reading verifies digest and size over the bytes that were read. [`Layout::push`] writes blobs first and
//! `index.json` last, each beside its place and renamed, under a lock: a reader sees the whole image or nothing of it.
//!
//! [`Image::assemble`] is a pure function from [`Contents`] and a [`Recipe`] to an [`Image`]: one uncompressed layer,
//! and for each platform a configuration and a manifest, and an index over them. The same recipe has the same digest on
//! every machine. [`verify`] checks a layout from its marker to the last blob, whoever wrote it.
//!
//! # Scope
//!
//! This crate knows neither Kubernetes nor git. It runs no build: what it packs is there already, the same for all
//! platforms. It deletes nothing; an image that loses its tag stays readable by digest. Layers are not unpacked.
//!
//! # Conformance
//!
//! OCI Image Format 1.1: image layout 1.0.0, index, manifest, configuration, and `org.opencontainers.image.ref.name` for
//! tags; skopeo 1.9.3 was seen to inspect and to copy what this crate writes, one platform and all. Digests are SHA-256
//! alone. Names in `index.json` that are no tag, such as the full references that some tools write, are not
//! listed. Docker's media types are read and never written. Layers hold files, folders and symbolic links; owner and
//! times are zero, modes are 0644, 0755 and 0777, long names are written as GNU tar writes them.
#![allow(
    clippy::disallowed_methods,
    reason = "this crate is the door to image stores: it reads and writes layouts"
)]

mod contents;
mod document;
mod error;
mod image;
mod layout;
mod verify;

pub use contents::{Contents, File};
pub use document::{PlatformImage, digest_of, settings_hash};
pub use error::{LayoutError, LayoutErrorKind};
pub use image::{
    Image, LABEL_ENVIRONMENT, LABEL_REVISION, LABEL_SETTINGS, LABEL_SOURCE, LABEL_VERSION, Recipe,
};
pub use layout::{Layout, Moved, Pushed, Tagged};
pub use verify::{Finding, FindingKind, verify};
