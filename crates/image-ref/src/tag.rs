use std::fmt;
use std::str::FromStr;

use crate::error::{ReferenceError, ReferenceErrorKind};
use crate::grammar::is_tag;

/// The tag of an image reference.
///
/// Source: OCI distribution specification 1.1, *Pulling manifests*.
///
/// ```text
/// tag = ( A-Z / a-z / 0-9 / "_" ) *127( A-Z / a-z / 0-9 / "_" / "." / "-" )
/// ```
///
/// The OCI distribution specification and distribution/reference agree on it. Tags are ordered by their text,
/// which is not the order of versions.
///
/// ```
/// use tidegate_image_ref::{ReferenceErrorKind, Tag};
///
/// let tag: Tag = "v1.4.0-rc.1".parse()?;
/// assert_eq!(tag.as_str(), "v1.4.0-rc.1");
/// let error = "1.4.0+build".parse::<Tag>().unwrap_err();
/// assert_eq!(error.kind(), ReferenceErrorKind::TagForbidden('+'));
/// # Ok::<(), tidegate_image_ref::ReferenceError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag(String);

impl Tag {
    /// The greatest length in bytes.
    ///
    /// ```
    /// use tidegate_image_ref::Tag;
    ///
    /// assert!("1".repeat(Tag::MAX_LEN).parse::<Tag>().is_ok());
    /// assert!("1".repeat(Tag::MAX_LEN + 1).parse::<Tag>().is_err());
    /// ```
    pub const MAX_LEN: usize = 128;

    /// Returns the tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the tag `latest`, which stands where none is given.
    ///
    /// ```
    /// use tidegate_image_ref::Tag;
    ///
    /// assert_eq!(Tag::latest().as_str(), "latest");
    /// ```
    #[must_use]
    pub fn latest() -> Self {
        Self(LATEST.to_owned())
    }

    /// Takes a text that was checked.
    pub(crate) fn trusted(text: &str) -> Self {
        Self(text.to_owned())
    }
}

pub(crate) const LATEST: &str = "latest";

impl FromStr for Tag {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        check(text).map(|()| Self(text.to_owned()))
    }
}

/// Checks a tag against the grammar above.
pub(crate) fn check(text: &str) -> Result<(), ReferenceError> {
    use ReferenceErrorKind as Kind;
    if is_tag(text) {
        return Ok(());
    }
    let allowed = |at: usize, c: char| {
        c == '_' || c.is_ascii_alphanumeric() || (at > 0 && (c == '.' || c == '-'))
    };
    Err(match text.char_indices().find(|(at, c)| !allowed(*at, *c)) {
        Some((at, c)) => ReferenceError::at(Kind::TagForbidden(c), at, c.len_utf8()),
        None if text.is_empty() => ReferenceError::at(Kind::TagEmpty, 0, 0),
        None => ReferenceError::at(Kind::TagTooLong, 0, text.len()),
    })
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tag({})", self.0)
    }
}
