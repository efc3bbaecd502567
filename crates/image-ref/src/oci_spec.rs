//! Conversions to and from the reference of `oci-spec`, which is always fully qualified.

use oci_spec::distribution::Reference as OciReference;

use crate::error::ReferenceError;
use crate::reference::{ImageReference, Reference};

impl TryFrom<&OciReference> for ImageReference {
    type Error = ReferenceError;

    /// Reads what the other type holds, which is checked less strictly; spans lie in its text.
    fn try_from(other: &OciReference) -> Result<Self, ReferenceError> {
        let mut text = format!("{}/{}", other.registry(), other.repository());
        for (sign, part) in [(':', other.tag()), ('@', other.digest())] {
            if let Some(part) = part {
                text.push(sign);
                text.push_str(part);
            }
        }
        Self::normalized(&text)
    }
}

impl TryFrom<Reference<'_>> for OciReference {
    type Error = ReferenceError;

    /// Converts the canonical form, with the tag `latest` where there is neither tag nor digest.
    fn try_from(reference: Reference<'_>) -> Result<Self, ReferenceError> {
        let full = reference.canonical()?.with_default_tag();
        let registry = full.domain().unwrap_or_default().to_owned();
        let repository = full.path().to_owned();
        Ok(match (full.tag().map(str::to_owned), full.digest().map(str::to_owned)) {
            (Some(tag), Some(digest)) => {
                Self::with_tag_and_digest(registry, repository, tag, digest)
            }
            (None, Some(digest)) => Self::with_digest(registry, repository, digest),
            (tag, None) => Self::with_tag(registry, repository, tag.unwrap_or_default()),
        })
    }
}

impl TryFrom<&ImageReference> for OciReference {
    type Error = ReferenceError;

    fn try_from(reference: &ImageReference) -> Result<Self, ReferenceError> {
        reference.as_ref().try_into()
    }
}
