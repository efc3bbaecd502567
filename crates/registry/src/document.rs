use std::collections::BTreeMap;
use std::path::Path;

use oci_spec::image::{ImageIndex, ImageManifest, MediaType};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tidegate_image_ref::Digest;

use crate::error::{LayoutError, LayoutErrorKind};

/// A manifest or a list of manifests: what a tag can name.
pub(crate) enum Document {
    /// One image for one platform.
    Manifest(Box<ImageManifest>),
    /// Images for several platforms.
    Index(Box<ImageIndex>),
}

/// An image for one platform, as its configuration tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlatformImage {
    /// Digest of its manifest.
    pub manifest: Digest,
    /// The platform, as `os/architecture` or `os/architecture/variant`.
    pub platform: String,
    /// The labels, sorted.
    pub labels: BTreeMap<String, String>,
    /// Variables, as `NAME=value`.
    pub env: Vec<String>,
    /// When it was made, as RFC 3339 writes it.
    pub created: Option<String>,
}

/// Computes the digest of some bytes.
#[must_use]
pub fn digest_of(bytes: &[u8]) -> Digest {
    Digest::from_sha256(Sha256::digest(bytes).into())
}

/// Computes the hash by which two sets of baked settings are compared: the same settings, in whatever order, give
/// the same digest.
///
/// ```
/// use tidegate_registry::settings_hash;
///
/// let one = settings_hash([("EXPO_PUBLIC_API", "https://a.example"), ("EXPO_PUBLIC_ENV", "prod")]);
/// let same = settings_hash([("EXPO_PUBLIC_ENV", "prod"), ("EXPO_PUBLIC_API", "https://a.example")]);
/// assert_eq!(one, same);
/// assert_ne!(one, settings_hash([("EXPO_PUBLIC_ENV", "dev")]));
/// ```
#[must_use]
pub fn settings_hash<'s>(settings: impl IntoIterator<Item = (&'s str, &'s str)>) -> Digest {
    let sorted: BTreeMap<&str, &str> = settings.into_iter().collect();
    let mut hash = Sha256::new();
    for (name, value) in sorted {
        // Lengths keep apart what a separator could not.
        hash.update(format!("{}:{name}{}:{value}", name.len(), value.len()));
    }
    Digest::from_sha256(hash.finalize().into())
}

/// Writes a document as JSON with sorted keys, so that the same document always has the same digest. The maps of
/// `oci-spec` have no order of their own.
pub(crate) fn canonical(document: &impl Serialize) -> Vec<u8> {
    let value = serde_json::to_value(document).map(sorted);
    value
        .and_then(|value| serde_json::to_vec(&value))
        .expect("documents of oci-spec have text keys only")
}

/// Sorts the keys of a value, whatever order `serde_json` was built to keep.
fn sorted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let map: BTreeMap<String, Value> =
                map.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            Value::Object(map.into_iter().collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        scalar => scalar,
    }
}

/// Reads a document of which the type is known.
pub(crate) fn parse<T: DeserializeOwned>(
    bytes: &[u8],
    path: &Path,
    what: &str,
) -> Result<T, LayoutError> {
    serde_json::from_slice(bytes).map_err(|error| {
        LayoutError::new(LayoutErrorKind::BadDocument, path, format!("not {what}: {error}"))
    })
}

/// Docker's names for the two documents, which some tools still write.
const DOCKER_LIST: &str = "application/vnd.docker.distribution.manifest.list.v2+json";
const DOCKER_MANIFEST: &str = "application/vnd.docker.distribution.manifest.v2+json";

impl Document {
    /// Reads a manifest or an index; its media type decides which, else its fields.
    pub(crate) fn parse(bytes: &[u8], path: &Path) -> Result<Self, LayoutError> {
        let value: Value = parse(bytes, path, "JSON")?;
        let is_index = match value.get("mediaType").and_then(Value::as_str) {
            Some(media_type) if is_index(media_type) => true,
            Some(media_type) if is_manifest(media_type) => false,
            Some(media_type) => {
                let reason =
                    format!("media type `{media_type}` is neither a manifest nor an index");
                return Err(LayoutError::new(LayoutErrorKind::BadDocument, path, reason));
            }
            None => value.get("manifests").is_some(),
        };
        if is_index {
            parse(bytes, path, "an image index").map(|it| Self::Index(Box::new(it)))
        } else {
            parse(bytes, path, "an image manifest").map(|it| Self::Manifest(Box::new(it)))
        }
    }

    /// Returns the media type by which descriptors name this document.
    pub(crate) fn media_type(&self) -> MediaType {
        match self {
            Self::Manifest(it) => it.media_type().clone().unwrap_or(MediaType::ImageManifest),
            Self::Index(it) => it.media_type().clone().unwrap_or(MediaType::ImageIndex),
        }
    }
}

pub(crate) fn is_index(media_type: &str) -> bool {
    media_type == MediaType::ImageIndex.as_ref() || media_type == DOCKER_LIST
}

pub(crate) fn is_manifest(media_type: &str) -> bool {
    media_type == MediaType::ImageManifest.as_ref() || media_type == DOCKER_MANIFEST
}
