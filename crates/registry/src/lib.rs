//! Image stores: the OCI image layout on disk; assembling an image.
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
pub use layout::{Layout, Pushed, Tagged};
pub use verify::{Finding, FindingKind, verify};
