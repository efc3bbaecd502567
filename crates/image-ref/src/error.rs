use std::error::Error;
use std::fmt;

use tidegate_source::Span;

/// Why a text is no reference, name, tag or digest, and where.
///
/// ```
/// use tidegate_image_ref::{Reference, ReferenceErrorKind};
///
/// let error = Reference::parse("ghcr.io/org/App:1.4").unwrap_err();
/// assert_eq!(error.kind(), ReferenceErrorKind::NameContainsUppercase);
/// assert_eq!(error.span().of("ghcr.io/org/App:1.4"), "A");
/// assert_eq!(error.to_string(), "the name of an image is written in lower case");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferenceError {
    kind: ReferenceErrorKind,
    span: Span,
}

/// The kinds of mistake in a reference.
///
/// ```
/// use tidegate_image_ref::{Reference, ReferenceErrorKind};
///
/// let kind = |text| Reference::parse(text).map_err(|error| error.kind());
/// assert_eq!(kind("tomoda//backend"), Err(ReferenceErrorKind::PathComponentEmpty));
/// assert_eq!(kind("backend@sha256:3f3f"), Err(ReferenceErrorKind::DigestMalformed));
/// assert_eq!(kind("backend:-1"), Err(ReferenceErrorKind::TagForbidden('-')));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReferenceErrorKind {
    /// The text is empty.
    NameEmpty,
    /// Nothing stands before the tag, the digest or the first slash.
    NameMissing,
    /// This character can't stand in a name.
    NameForbidden(char),
    /// `.`, `_`, `__` or a run of `-` does not stand between two letters or digits.
    SeparatorMisplaced,
    /// Nothing stands between two slashes, or behind the last.
    PathComponentEmpty,
    /// The part before the first slash has a port or brackets, but is no domain.
    DomainInvalid,
    /// The text would be a reference in lower case.
    NameContainsUppercase,
    /// The path is longer than [`Reference::MAX_PATH_LEN`](crate::Reference::MAX_PATH_LEN) bytes.
    NameTooLong,
    /// Nothing stands behind the colon.
    TagEmpty,
    /// The tag is longer than [`Tag::MAX_LEN`](crate::Tag::MAX_LEN) bytes.
    TagTooLong,
    /// This character can't stand in a tag, or not as the first.
    TagForbidden(char),
    /// The digest is not `algorithm:hex` with at least 32 hexadecimal digits.
    DigestMalformed,
    /// The digest has the wrong number of hexadecimal digits for its algorithm.
    DigestInvalidLength,
    /// The algorithm of the digest is not registered; `sha256` is.
    DigestUnsupported,
    /// The digest has digits in upper case, or an algorithm in upper case.
    DigestInvalidFormat,
    /// The name is not fully qualified.
    NameNotCanonical,
    /// The text is 64 hexadecimal digits: the identifier of an image, which is no name.
    BareIdentifier,
    /// A tag or a digest stands where only a name may.
    NotNameOnly,
}

impl ReferenceErrorKind {
    /// Returns the reason in the words of distribution/reference: the name of its error in snake case.
    ///
    /// All mistakes of form are one reason there, `invalid_format`.
    ///
    /// ```
    /// use tidegate_image_ref::ReferenceErrorKind;
    ///
    /// assert_eq!(ReferenceErrorKind::TagForbidden('+').reason(), "invalid_format");
    /// assert_eq!(ReferenceErrorKind::NameTooLong.reason(), "name_too_long");
    /// ```
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::NameEmpty => "name_empty",
            Self::NameContainsUppercase => "name_contains_uppercase",
            Self::NameTooLong => "name_too_long",
            Self::DigestInvalidLength => "digest_invalid_length",
            Self::DigestUnsupported => "digest_unsupported",
            Self::DigestInvalidFormat => "digest_invalid_format",
            Self::NameNotCanonical => "name_not_canonical",
            Self::BareIdentifier => "bare_identifier",
            _ => "invalid_format",
        }
    }
}

impl ReferenceError {
    pub(crate) fn new(kind: ReferenceErrorKind, span: Span) -> Self {
        Self { kind, span }
    }

    pub(crate) fn at(kind: ReferenceErrorKind, start: usize, len: usize) -> Self {
        Self::new(kind, Span::from_range(start..start + len))
    }

    /// The same mistake in a text that has `bytes` more before it.
    pub(crate) fn shifted(mut self, bytes: usize) -> Self {
        self.span = self.span.shifted(u32::try_from(bytes).unwrap_or(u32::MAX));
        self
    }

    /// Returns what is wrong.
    #[must_use]
    pub fn kind(&self) -> ReferenceErrorKind {
        self.kind
    }

    /// Returns the range of bytes in the given text that is at fault.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns what to do about it, where that is known.
    ///
    /// ```
    /// use tidegate_image_ref::Reference;
    ///
    /// let error = Reference::parse("tomoda/backend:1.4.0+linux").unwrap_err();
    /// assert!(error.help().expect("advice").starts_with("a tag can't hold build metadata"));
    /// ```
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        use ReferenceErrorKind as Kind;
        Some(match self.kind {
            Kind::NameForbidden(_) | Kind::SeparatorMisplaced => {
                "a name has lower-case letters and digits, with `.`, `_`, `__` or dashes between them"
            }
            Kind::TagForbidden('+') => {
                "a tag can't hold build metadata; leave out `+` and what follows, or write `-`"
            }
            Kind::TagForbidden(_) => {
                "a tag has letters, digits, `_`, `.` and `-`, and begins with a letter, a digit or `_`"
            }
            Kind::TagEmpty => "leave out the colon, or write a tag behind it",
            Kind::DigestMalformed | Kind::DigestInvalidLength | Kind::DigestUnsupported => {
                "a digest is written `sha256:` with 64 hexadecimal digits"
            }
            Kind::DigestInvalidFormat => "write the digest in lower case",
            Kind::NameContainsUppercase => {
                "write the name in lower case; only tags may have capitals"
            }
            Kind::NameNotCanonical => {
                "write the registry and the whole path, as in `docker.io/library/nginx`"
            }
            Kind::BareIdentifier => "write `sha256:` before it, or name the image",
            Kind::NotNameOnly => "leave out the tag and the digest",
            _ => return None,
        })
    }
}

impl fmt::Display for ReferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl fmt::Display for ReferenceErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NameForbidden(c) => {
                return write!(f, "{c:?} can't stand in the name of an image");
            }
            Self::TagForbidden(c) => return write!(f, "{c:?} can't stand here in an image tag"),
            Self::NameEmpty => "the image reference is empty",
            Self::NameMissing => "the image reference has no name",
            Self::SeparatorMisplaced => {
                "a separator stands at the edge of a name or beside another"
            }
            Self::PathComponentEmpty => "a part of the image name is empty",
            Self::DomainInvalid => "this is no domain of a registry",
            Self::NameContainsUppercase => "the name of an image is written in lower case",
            Self::NameTooLong => "the path of the image name exceeds 255 bytes",
            Self::TagEmpty => "the image tag is empty",
            Self::TagTooLong => "the image tag exceeds 128 bytes",
            Self::DigestMalformed => "the digest is malformed",
            Self::DigestInvalidLength => "the digest has the wrong length",
            Self::DigestUnsupported => "the algorithm of the digest is not supported",
            Self::DigestInvalidFormat => "the digest is not in lower case",
            Self::NameNotCanonical => "the image name is not fully qualified",
            Self::BareIdentifier => "64 hexadecimal digits are an identifier, not a name",
            Self::NotNameOnly => "only a name may stand here",
        })
    }
}

impl Error for ReferenceError {}
