use std::cmp::Ordering;

use crate::loose::{VersionError, VersionErrorKind, Zeros, identifiers};

/// A version exactly as Semantic Versioning 2.0.0 writes it, with numbers of any size.
///
/// ```text
/// version = number "." number "." number [ "-" pre ] [ "+" build ]   ; number: "0" / ( 1-9 *DIGIT )
/// ```
///
/// [`semver::Version`] reads the same texts as long as the numbers fit 64 bits. This type is for checking a text
/// and for comparing without that limit; it borrows the text.
///
/// ```
/// use std::cmp::Ordering;
/// use tidegate_tag_policy::StrictVersion;
///
/// let huge = StrictVersion::parse("99999999999999999999.0.0-rc.1")?;
/// assert_eq!((huge.major, huge.pre), ("99999999999999999999", "rc.1"));
/// assert_eq!(huge.cmp_precedence(&StrictVersion::parse("2.0.0")?), Ordering::Greater);
/// assert!(StrictVersion::parse("v1.0.0").is_err());
/// # Ok::<(), tidegate_tag_policy::VersionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StrictVersion<'t> {
    /// The first number.
    pub major: &'t str,
    /// The second number.
    pub minor: &'t str,
    /// The third number.
    pub patch: &'t str,
    /// The pre-release, without its dash.
    pub pre: &'t str,
    /// The build metadata, without its plus sign.
    pub build: &'t str,
}

impl<'t> StrictVersion<'t> {
    /// Reads a version.
    ///
    /// ```
    /// use tidegate_tag_policy::StrictVersion;
    ///
    /// // Numbers may be longer than any machine word.
    /// assert!(StrictVersion::parse("20261123120000000000000.0.0").is_ok());
    /// let error = StrictVersion::parse("1.4").unwrap_err();
    /// assert_eq!(error.span().range(), 3..3);
    /// ```
    ///
    /// # Errors
    ///
    /// Returns a [`VersionError`] with the place; never [`VersionErrorKind::NumberTooLarge`].
    pub fn parse(text: &'t str) -> Result<Self, VersionError> {
        let bytes = text.as_bytes();
        if bytes.is_empty() {
            return Err(VersionError::new(VersionErrorKind::Empty, 0, 0));
        }
        let mut at = 0;
        let mut numbers = [""; 3];
        for (index, number) in numbers.iter_mut().enumerate() {
            if index > 0 {
                if bytes.get(at) != Some(&b'.') {
                    return Err(VersionError::new(VersionErrorKind::Unexpected, at, text.len()));
                }
                at += 1;
            }
            let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
            *number = &text[at..at + digits];
            if digits == 0 {
                return Err(VersionError::new(VersionErrorKind::Unexpected, at, text.len()));
            }
            if digits > 1 && number.starts_with('0') {
                return Err(VersionError::new(VersionErrorKind::LeadingZero, at, at + digits));
            }
            at += digits;
        }
        let [major, minor, patch] = numbers;
        let mut version = Self { major, minor, patch, pre: "", build: "" };
        if bytes.get(at) == Some(&b'-') {
            let end = identifiers(bytes, at + 1, Zeros::Forbidden)?;
            version.pre = &text[at + 1..end];
            at = end;
        }
        if bytes.get(at) == Some(&b'+') {
            let end = identifiers(bytes, at + 1, Zeros::Allowed)?;
            version.build = &text[at + 1..end];
            at = end;
        }
        if at < bytes.len() {
            return Err(VersionError::new(VersionErrorKind::Unexpected, at, text.len()));
        }
        Ok(version)
    }

    /// Compares by precedence, as clause 11 of the specification says; build metadata does not count.
    ///
    /// ```
    /// use tidegate_tag_policy::StrictVersion;
    ///
    /// let version = StrictVersion::parse;
    /// assert!(version("1.10.0")?.cmp_precedence(&version("1.9.0")?).is_gt());
    /// assert!(version("1.4.0-rc.10")?.cmp_precedence(&version("1.4.0-rc.9")?).is_gt());
    /// assert!(version("1.4.0+a")?.cmp_precedence(&version("1.4.0+b")?).is_eq());
    /// # Ok::<(), tidegate_tag_policy::VersionError>(())
    /// ```
    #[must_use]
    pub fn cmp_precedence(&self, other: &StrictVersion<'_>) -> Ordering {
        numeric(self.major, other.major)
            .then_with(|| numeric(self.minor, other.minor))
            .then_with(|| numeric(self.patch, other.patch))
            .then_with(|| match (self.pre, other.pre) {
                ("", "") => Ordering::Equal,
                ("", _) => Ordering::Greater,
                (_, "") => Ordering::Less,
                (a, b) => prereleases(a, b),
            })
    }
}

/// Compares two numbers without leading zeros: the longer one is the greater.
fn numeric(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

fn prereleases(a: &str, b: &str) -> Ordering {
    let number = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
    let (mut a, mut b) = (a.split('.'), b.split('.'));
    loop {
        let order = match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(a), Some(b)) => match (number(a), number(b)) {
                (true, true) => numeric(a, b),
                (true, false) => Ordering::Less,
                (false, true) => Ordering::Greater,
                (false, false) => a.cmp(b),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

/// Returns whether a text is a pre-release by itself, without the dash.
///
/// ```
/// use tidegate_tag_policy::is_prerelease;
///
/// assert!(is_prerelease("rc.1"));
/// assert!(!is_prerelease("rc.01"));
/// ```
#[must_use]
pub fn is_prerelease(text: &str) -> bool {
    identifiers(text.as_bytes(), 0, Zeros::Forbidden) == Ok(text.len())
}

/// Returns whether a text is build metadata by itself, without the plus sign.
///
/// ```
/// use tidegate_tag_policy::is_build_metadata;
///
/// assert!(is_build_metadata("build.01"));
/// assert!(!is_build_metadata("build_1"));
/// ```
#[must_use]
pub fn is_build_metadata(text: &str) -> bool {
    identifiers(text.as_bytes(), 0, Zeros::Allowed) == Ok(text.len())
}
