use std::fmt;
use std::str::FromStr;

use crate::error::{ReferenceError, ReferenceErrorKind};
use crate::grammar::is_lower_hex;

/// The digest of a manifest: `sha256:` and 64 hexadecimal digits in lower case.
///
/// Digests are ordered by their text.
///
/// Source: OCI image specification 1.1, *Descriptors*, *Digests*.
///
/// ```
/// use tidegate_image_ref::{Digest, ReferenceErrorKind};
///
/// let digest: Digest = format!("sha256:{}", "0a".repeat(32)).parse()?;
/// assert_eq!(digest.sha256_hex(), "0a".repeat(32));
/// let error = "sha256:0a".parse::<Digest>().unwrap_err();
/// assert_eq!(error.kind(), ReferenceErrorKind::DigestInvalidLength);
/// # Ok::<(), tidegate_image_ref::ReferenceError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(String);

const SHA256: &str = "sha256:";

impl Digest {
    /// Makes a digest from the 32 bytes that SHA-256 gives.
    ///
    /// ```
    /// use tidegate_image_ref::Digest;
    ///
    /// assert!(Digest::from_sha256([0xab; 32]).as_str().starts_with("sha256:abab"));
    /// ```
    #[must_use]
    pub fn from_sha256(bytes: [u8; 32]) -> Self {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = String::with_capacity(SHA256.len() + 64);
        text.push_str(SHA256);
        for byte in bytes {
            text.push(char::from(DIGITS[usize::from(byte >> 4)]));
            text.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
        Self(text)
    }

    /// Returns the digest with its algorithm.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the 64 hexadecimal digits.
    ///
    /// ```
    /// use tidegate_image_ref::Digest;
    ///
    /// // The name that an OCI image layout gives the blob.
    /// let digest = Digest::from_sha256([0x3f; 32]);
    /// assert_eq!(format!("blobs/sha256/{}", digest.sha256_hex()), format!("blobs/sha256/{}", "3f".repeat(32)));
    /// ```
    #[must_use]
    pub fn sha256_hex(&self) -> &str {
        &self.0[SHA256.len()..]
    }

    /// Takes a text that was checked.
    pub(crate) fn trusted(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl FromStr for Digest {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        check(text).map(|()| Self(text.to_owned()))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({})", self.0)
    }
}

/// Checks a digest as go-digest does with SHA-256 registered alone.
///
/// ```text
/// digest    = algorithm ":" encoded
/// algorithm = part *( ( "." / "+" / "_" / "-" ) part )      ; part: 1*( a-z 0-9 )
/// encoded   = 1*( A-Z a-z 0-9 "=" "_" "-" )                 ; sha256: 64( 0-9 a-f )
/// ```
pub(crate) fn check(text: &str) -> Result<(), ReferenceError> {
    use ReferenceErrorKind as Kind;
    let wrong = |kind, start, end| Err(ReferenceError::at(kind, start, end - start));
    let Some((algorithm, encoded)) = text.split_once(':') else {
        return wrong(Kind::DigestMalformed, 0, text.len());
    };
    if algorithm.is_empty() || encoded.is_empty() {
        return wrong(Kind::DigestMalformed, 0, text.len());
    }
    let start = algorithm.len() + 1;
    if algorithm != "sha256" {
        let lower = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let parts_fit =
            algorithm.split(['.', '+', '_', '-']).all(|it| !it.is_empty() && it.bytes().all(lower));
        let encoded_fits =
            encoded.bytes().all(|it| it.is_ascii_alphanumeric() || b"=_-".contains(&it));
        let kind = if parts_fit && encoded_fits {
            Kind::DigestUnsupported
        } else {
            Kind::DigestInvalidFormat
        };
        return wrong(kind, 0, algorithm.len());
    }
    if encoded.len() != 64 {
        return wrong(Kind::DigestInvalidLength, start, text.len());
    }
    if !is_lower_hex(encoded.as_bytes()) {
        return wrong(Kind::DigestInvalidFormat, start, text.len());
    }
    Ok(())
}
