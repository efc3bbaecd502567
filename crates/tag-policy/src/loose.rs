use std::cmp::Ordering;
use std::error::Error;
use std::fmt;

use semver::{BuildMetadata, Prerelease, Version};
use tidegate_source::Span;

/// A version as people write it in tags: `v1.4`, `1.4.0-rc.1`, `01.4`.
///
/// ```text
/// loose = [ "v" ] number [ "." number [ "." number ] ] [ "-" pre ] [ "+" build ]
/// pre   = pre-id *( "." pre-id )       ; 1*( ALPHA / DIGIT / "-" ); no leading zero where all are digits
/// build = build-id *( "." build-id )   ; 1*( ALPHA / DIGIT / "-" )
/// ```
///
/// It is borrowed from the tag, and parsing allocates nothing. A missing minor or patch number is 0. Numbers must
/// fit 64 bits.
///
/// There is no `==`, since `v1.4` and `1.4.0` differ as tags but not as versions: use
/// [`cmp_precedence`](Self::cmp_precedence).
///
/// Source: Masterminds/semver v3, `NewVersion`.
///
/// ```
/// use std::cmp::Ordering;
/// use tidegate_tag_policy::LooseVersion;
///
/// let short = LooseVersion::parse("v1.4")?;
/// assert_eq!(short.to_string(), "1.4.0");
/// assert_eq!(short.cmp_precedence(&LooseVersion::parse("1.4.0-rc.1")?), Ordering::Greater);
/// assert!(LooseVersion::parse("nightly").is_err());
/// # Ok::<(), tidegate_tag_policy::VersionError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct LooseVersion<'t> {
    original: &'t str,
    /// The first number.
    pub major: u64,
    /// The second number.
    pub minor: u64,
    /// The third number.
    pub patch: u64,
    pre: &'t str,
    build: &'t str,
}

/// The part of a version that an increment raises.
///
/// ```
/// use tidegate_tag_policy::{LooseVersion, Part};
///
/// let running = LooseVersion::parse("1.4.0-rc.1")?;
/// assert_eq!(running.increment(Part::Patch), Some(semver::Version::new(1, 4, 0)));
/// assert_eq!(running.increment(Part::Minor), Some(semver::Version::new(1, 5, 0)));
/// # Ok::<(), tidegate_tag_policy::VersionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// The first number.
    Major,
    /// The second number.
    Minor,
    /// The third number; a pre-release becomes its release.
    Patch,
}

impl<'t> LooseVersion<'t> {
    /// Reads a version.
    ///
    /// ```
    /// use tidegate_tag_policy::{LooseVersion, VersionErrorKind};
    ///
    /// let tag = LooseVersion::parse("v1.4-rc.1")?;
    /// assert_eq!(tag.to_version().to_string(), "1.4.0-rc.1");
    /// let error = LooseVersion::parse("1.99999999999999999999").unwrap_err();
    /// assert_eq!(error.kind(), VersionErrorKind::NumberTooLarge);
    /// # Ok::<(), tidegate_tag_policy::VersionError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns a [`VersionError`] with the place of the first character that does not fit.
    pub fn parse(original: &'t str) -> Result<Self, VersionError> {
        let bytes = original.as_bytes();
        let mut at = usize::from(bytes.first() == Some(&b'v'));
        let mut numbers = [0; 3];
        for (index, number) in numbers.iter_mut().enumerate() {
            if index > 0 {
                if bytes.get(at) != Some(&b'.') {
                    break;
                }
                at += 1;
            }
            (*number, at) = decimal(bytes, at)?;
        }
        let [major, minor, patch] = numbers;
        let (mut pre, mut build) = ("", "");
        if bytes.get(at) == Some(&b'-') {
            let end = identifiers(bytes, at + 1, Zeros::Forbidden)?;
            pre = &original[at + 1..end];
            at = end;
        }
        if bytes.get(at) == Some(&b'+') {
            let end = identifiers(bytes, at + 1, Zeros::Allowed)?;
            build = &original[at + 1..end];
            at = end;
        }
        if at < bytes.len() {
            return Err(VersionError::new(VersionErrorKind::Unexpected, at, original.len()));
        }
        Ok(Self { original, major, minor, patch, pre, build })
    }

    /// Returns the text as it was written; nothing for a version that was not read from a text.
    #[must_use]
    pub fn original(&self) -> &'t str {
        self.original
    }

    /// Returns the pre-release, without its dash.
    #[must_use]
    pub fn pre(&self) -> &'t str {
        self.pre
    }

    /// Returns the build metadata, without its plus sign.
    #[must_use]
    pub fn build(&self) -> &'t str {
        self.build
    }

    /// Compares by precedence: the numbers, then the pre-release; build metadata does not count.
    ///
    /// The order is total on precedence classes. Numbers in a pre-release that do not fit 64 bits are compared as
    /// text, as Masterminds/semver does.
    ///
    /// ```
    /// use tidegate_tag_policy::LooseVersion;
    ///
    /// let (short, long) = (LooseVersion::parse("v1.4")?, LooseVersion::parse("1.4.0+linux")?);
    /// assert!(short.cmp_precedence(&long).is_eq());
    /// assert!(LooseVersion::parse("1.4.0-rc.1")?.cmp_precedence(&short).is_lt());
    /// # Ok::<(), tidegate_tag_policy::VersionError>(())
    /// ```
    #[must_use]
    pub fn cmp_precedence(&self, other: &LooseVersion<'_>) -> Ordering {
        let numbers = |it: &LooseVersion<'_>| (it.major, it.minor, it.patch);
        numbers(self).cmp(&numbers(other)).then_with(|| match (self.pre, other.pre) {
            ("", "") => Ordering::Equal,
            ("", _) => Ordering::Greater,
            (_, "") => Ordering::Less,
            (a, b) => compare_prereleases(a, b),
        })
    }

    /// Orders tags: by precedence, and among equals by their text, the greater last.
    ///
    /// ```
    /// use tidegate_tag_policy::LooseVersion;
    ///
    /// let (short, long) = (LooseVersion::parse("1.4")?, LooseVersion::parse("1.4.0")?);
    /// // The same version: the texts decide.
    /// assert!(short.cmp_tags(&long).is_lt());
    /// # Ok::<(), tidegate_tag_policy::VersionError>(())
    /// ```
    #[must_use]
    pub fn cmp_tags(&self, other: &LooseVersion<'_>) -> Ordering {
        self.cmp_precedence(other).then_with(|| self.original.cmp(other.original))
    }

    /// Returns whether there is a pre-release.
    ///
    /// ```
    /// use tidegate_tag_policy::LooseVersion;
    ///
    /// assert!(LooseVersion::parse("v1.4-rc.1")?.is_prerelease());
    /// assert!(!LooseVersion::parse("1.4.0+rc.1")?.is_prerelease());
    /// # Ok::<(), tidegate_tag_policy::VersionError>(())
    /// ```
    #[must_use]
    pub fn is_prerelease(&self) -> bool {
        !self.pre.is_empty()
    }

    /// Returns the version by Semantic Versioning, with all its parts.
    ///
    /// ```
    /// use tidegate_tag_policy::LooseVersion;
    ///
    /// assert_eq!(LooseVersion::parse("v1.4")?.to_version(), semver::Version::new(1, 4, 0));
    /// # Ok::<(), tidegate_tag_policy::VersionError>(())
    /// ```
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "the parser has checked the identifiers")]
    pub fn to_version(&self) -> Version {
        Version {
            major: self.major,
            minor: self.minor,
            patch: self.patch,
            pre: Prerelease::new(self.pre).expect("the identifiers were checked"),
            build: BuildMetadata::new(self.build).expect("the identifiers were checked"),
        }
    }

    /// Returns the next version, without pre-release and metadata; `None` where the number is the greatest.
    ///
    /// Source: Masterminds/semver `version.go`, `IncPatch`, `IncMinor`, `IncMajor`.
    ///
    /// ```
    /// use tidegate_tag_policy::{LooseVersion, Part};
    ///
    /// let version = LooseVersion::parse("v1.2.4-beta")?;
    /// let next = version.increment(Part::Patch).expect("there is a next one");
    /// assert_eq!(next.to_string(), "1.2.4");
    /// assert_eq!(version.written_like(&next), "v1.2.4");
    /// # Ok::<(), tidegate_tag_policy::VersionError>(())
    /// ```
    #[must_use]
    pub fn increment(&self, part: Part) -> Option<Version> {
        Some(match part {
            Part::Major => Version::new(self.major.checked_add(1)?, 0, 0),
            Part::Minor => Version::new(self.major, self.minor.checked_add(1)?, 0),
            Part::Patch if self.is_prerelease() => Version::new(self.major, self.minor, self.patch),
            Part::Patch => Version::new(self.major, self.minor, self.patch.checked_add(1)?),
        })
    }

    /// Writes another version as this one is written: with a `v` where it has one.
    ///
    /// ```
    /// use tidegate_tag_policy::LooseVersion;
    ///
    /// let running = LooseVersion::parse("v1.4.0")?;
    /// assert_eq!(running.written_like(&semver::Version::new(1, 5, 0)), "v1.5.0");
    /// # Ok::<(), tidegate_tag_policy::VersionError>(())
    /// ```
    #[must_use]
    pub fn written_like(&self, version: &Version) -> String {
        format!("{}{version}", if self.original.starts_with('v') { "v" } else { "" })
    }
}

impl<'v> From<&'v Version> for LooseVersion<'v> {
    fn from(version: &'v Version) -> Self {
        Self {
            original: "",
            major: version.major,
            minor: version.minor,
            patch: version.patch,
            pre: version.pre.as_str(),
            build: version.build.as_str(),
        }
    }
}

/// Writes the version with all its parts and without a `v`.
impl fmt::Display for LooseVersion<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)?;
        if !self.pre.is_empty() {
            write!(f, "-{}", self.pre)?;
        }
        if !self.build.is_empty() {
            write!(f, "+{}", self.build)?;
        }
        Ok(())
    }
}

/// Reads digits as a number.
fn decimal(bytes: &[u8], start: usize) -> Result<(u64, usize), VersionError> {
    let mut at = start;
    let mut value: u64 = 0;
    while let Some(digit) = bytes.get(at).map(|it| it.wrapping_sub(b'0')).filter(|it| *it < 10) {
        value = value.wrapping_mul(10).wrapping_add(u64::from(digit));
        at += 1;
    }
    if at == start {
        let kind =
            if bytes.is_empty() { VersionErrorKind::Empty } else { VersionErrorKind::Unexpected };
        return Err(VersionError::new(kind, at.min(bytes.len()), bytes.len()));
    }
    // Nineteen digits always fit; with more the number is read again, with care.
    if at - start > 19 {
        let digits = str::from_utf8(&bytes[start..at]).ok();
        value = digits
            .and_then(|it| it.parse().ok())
            .ok_or_else(|| VersionError::new(VersionErrorKind::NumberTooLarge, start, at))?;
    }
    Ok((value, at))
}

/// Whether an identifier of digits may have a leading zero.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Zeros {
    Allowed,
    Forbidden,
}

/// Returns where identifiers with dots between them end.
pub(crate) fn identifiers(bytes: &[u8], start: usize, zeros: Zeros) -> Result<usize, VersionError> {
    let mut at = start;
    loop {
        let first = at;
        let mut digits_only = true;
        while let Some(byte) = bytes.get(at).filter(|it| it.is_ascii_alphanumeric() || **it == b'-')
        {
            digits_only &= byte.is_ascii_digit();
            at += 1;
        }
        if at == first {
            return Err(VersionError::new(VersionErrorKind::Unexpected, at, bytes.len()));
        }
        if zeros == Zeros::Forbidden && digits_only && at - first > 1 && bytes[first] == b'0' {
            return Err(VersionError::new(VersionErrorKind::LeadingZero, first, at));
        }
        if bytes.get(at) != Some(&b'.') {
            return Ok(at);
        }
        at += 1;
    }
}

/// Compares two pre-releases, of which an empty one is the lowest.
pub(crate) fn compare_prereleases(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split('.'), b.split('.'));
    loop {
        let (left, right) = (a.next(), b.next());
        if left.is_none() && right.is_none() {
            return Ordering::Equal;
        }
        match compare_identifiers(left.unwrap_or(""), right.unwrap_or("")) {
            Ordering::Equal => {}
            order => return order,
        }
    }
}

/// Compares two identifiers: nothing, then numbers by value, then text.
fn compare_identifiers(a: &str, b: &str) -> Ordering {
    let rank = |it: &str| match it.parse::<u64>() {
        _ if it.is_empty() => (0, 0),
        Ok(number) => (1, number),
        Err(_) => (2, 0),
    };
    rank(a).cmp(&rank(b)).then_with(|| a.cmp(b))
}

/// Why a text is no version, and where.
///
/// ```
/// use tidegate_tag_policy::LooseVersion;
///
/// let error = LooseVersion::parse("1.4.x").unwrap_err();
/// assert_eq!(error.span().range(), 4..5);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionError {
    kind: VersionErrorKind,
    span: Span,
}

/// The kinds of mistake in a version.
///
/// ```
/// use tidegate_tag_policy::{StrictVersion, VersionErrorKind};
///
/// let kind = |text| StrictVersion::parse(text).map_err(|error| error.kind());
/// assert_eq!(kind(""), Err(VersionErrorKind::Empty));
/// assert_eq!(kind("1.04.0"), Err(VersionErrorKind::LeadingZero));
/// assert_eq!(kind("v1.4.0"), Err(VersionErrorKind::Unexpected));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VersionErrorKind {
    /// The text is empty.
    Empty,
    /// Something stands here that does not belong to a version, or the text ends too early.
    Unexpected,
    /// A number does not fit 64 bits.
    NumberTooLarge,
    /// A number has a leading zero where none may be.
    LeadingZero,
}

impl VersionError {
    pub(crate) fn new(kind: VersionErrorKind, start: usize, end: usize) -> Self {
        Self { kind, span: Span::from_range(start..end) }
    }

    /// Returns what is wrong.
    #[must_use]
    pub fn kind(&self) -> VersionErrorKind {
        self.kind
    }

    /// Returns the range of bytes at fault; empty at the end of a text that ends too early.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }
}

impl fmt::Display for VersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            VersionErrorKind::Empty => "the version is empty",
            VersionErrorKind::Unexpected if self.span.is_empty() => "the version ends too early",
            VersionErrorKind::Unexpected => "this does not belong to a version",
            VersionErrorKind::NumberTooLarge => "the number does not fit 64 bits",
            VersionErrorKind::LeadingZero => "the number has a leading zero",
        })
    }
}

impl Error for VersionError {}
