//! Image references, as written and as meant.
//!
//! ```
//! use tidegate_image_ref::{ImageReference, Reference, ReferenceErrorKind};
//!
//! // Borrowed: nothing is allocated, and the text comes back byte for byte.
//! let written = Reference::parse("nginx:1.27")?;
//! assert_eq!((written.name(), written.tag()), ("nginx", Some("1.27")));
//!
//! // What Docker and Kubernetes mean by it.
//! let canonical = ImageReference::normalized("nginx:1.27")?;
//! assert_eq!(canonical.to_string(), "docker.io/library/nginx:1.27");
//! assert_eq!(canonical.familiar().to_string(), "nginx:1.27");
//!
//! // Pinned, as a deployment wants it.
//! let digest = format!("sha256:{}", "3f".repeat(32)).parse()?;
//! let pinned = written.with_digest(&digest);
//! assert!(pinned.to_string().starts_with("nginx:1.27@sha256:3f3f"));
//!
//! let error = Reference::parse("nginx:1.27 ").unwrap_err();
//! assert_eq!(error.kind(), ReferenceErrorKind::TagForbidden(' '));
//! assert_eq!(error.span().range(), 10..11);
//! # Ok::<(), tidegate_image_ref::ReferenceError>(())
//! ```
//!
//! # Model
//!
//! One text has three readings, and each has its own function. [`Reference::parse`] follows the grammar and
//! fills nothing in. [`ImageReference::normalized`] reads as Docker does: `nginx` is
//! `docker.io/library/nginx`. [`ClientReference::parse`] reads as registry clients built on
//! go-containerregistry do: the same image is `index.docker.io/library/nginx:latest`, and the characters are
//! checked less strictly. A [`Tag`] and a [`Digest`] are values that can't be malformed.
//!
//! # Scope
//!
//! The crate looks at texts alone. It asks no registry whether an image exists and reads no credentials; the
//! rules by which Kustomize splits an image are in the crate that builds overlays.
//!
//! # Conformance
//!
//! - distribution/reference of April 2026 (grammar, normal and familiar forms, order), with SHA-256 as the one
//!   registered digest algorithm, as in programs that link nothing else. The cause of a mistake of form is told
//!   more exactly; [`ReferenceErrorKind::reason`] gives the name that distribution/reference has for it.
//! - OCI distribution specification 1.1: [`check_oci_name`] and [`Tag`].
//! - go-containerregistry of August 2026: [`ClientReference`] and [`Registry`].
//!
//! # Features
//!
//! - `serde`: references, tags and digests as their text.
//! - `oci-spec`: conversions to and from `oci_spec::distribution::Reference`.

mod client;
mod digest;
mod error;
mod grammar;
mod normal;
#[cfg(feature = "oci-spec")]
mod oci_spec;
mod reference;
#[cfg(feature = "serde")]
mod serde;
mod sort;
mod tag;

pub use crate::client::{
    ClientError, ClientErrorKind, ClientReference, Identifier, Registry, Scheme, Validation,
};
pub use crate::digest::Digest;
pub use crate::error::{ReferenceError, ReferenceErrorKind};
pub use crate::grammar::{Parts, is_domain, is_identifier, match_name, match_reference};
pub use crate::normal::{AnyReference, check_oci_name};
pub use crate::reference::{ImageReference, Reference, compose};
pub use crate::sort::sort;
pub use crate::tag::Tag;
