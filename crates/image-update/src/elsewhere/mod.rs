//! Settings elsewhere in a devops repository that outrank an overlay's `images:`, or change it behind our back.

mod find;
mod tell;

pub use find::{Elsewhere, Outranks, OverlayImage, UpdaterConfig, find_elsewhere};
pub use tell::{TellError, ignore_tag};

/// Prefix of Image Updater's annotations on an Application.
const ANNOTATION: &str = "argocd-image-updater.argoproj.io";
