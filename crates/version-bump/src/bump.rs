use std::error::Error;
use std::fmt;
use std::str::FromStr;

use semver::{BuildMetadata, Prerelease, Version};

/// Which part of a version a release raises.
///
/// ```
/// use tidegate_version_bump::Level;
///
/// assert_eq!("minor".parse(), Ok(Level::Minor));
/// assert!("middle".parse::<Level>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// `1.2.3` to `2.0.0`.
    Major,
    /// `1.2.3` to `1.3.0`.
    Minor,
    /// `1.2.3` to `1.2.4`; `1.2.3-rc.1` to `1.2.3`.
    Patch,
    /// `1.2.3-rc.1` to `1.2.3`; a release stays.
    Release,
    /// `1.2.3` to `1.2.4-alpha.1`, `1.2.4-alpha.1` to `1.2.4-alpha.2`.
    Alpha,
    /// The same with `beta`; also from `alpha`.
    Beta,
    /// The same with `rc`; also from `alpha` and `beta`.
    Rc,
}

impl Level {
    /// All levels, from the coarsest.
    ///
    /// ```
    /// use tidegate_version_bump::Level;
    ///
    /// let names = Level::ALL.map(Level::as_str);
    /// assert_eq!(names.join("|"), "major|minor|patch|release|rc|beta|alpha");
    /// ```
    pub const ALL: [Self; 7] =
        [Self::Major, Self::Minor, Self::Patch, Self::Release, Self::Rc, Self::Beta, Self::Alpha];

    /// Returns the name, as a person types it.
    ///
    /// ```
    /// use tidegate_version_bump::Level;
    ///
    /// for level in Level::ALL {
    ///     assert_eq!(level.as_str().parse(), Ok(level));
    /// }
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Major => "major",
            Self::Minor => "minor",
            Self::Patch => "patch",
            Self::Release => "release",
            Self::Alpha => "alpha",
            Self::Beta => "beta",
            Self::Rc => "rc",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Level {
    type Err = UnknownLevel;

    fn from_str(text: &str) -> Result<Self, UnknownLevel> {
        Self::ALL
            .into_iter()
            .find(|it| it.as_str() == text)
            .ok_or_else(|| UnknownLevel { given: text.to_owned() })
    }
}

/// A text that names no level.
///
/// ```
/// use tidegate_version_bump::Level;
///
/// let error = "medium".parse::<Level>().unwrap_err();
/// assert!(error.to_string().starts_with("`medium` is no level; there are major, minor, patch"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownLevel {
    given: String,
}

impl fmt::Display for UnknownLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no level; there are ", self.given)?;
        let names = Level::ALL.map(Level::as_str);
        f.write_str(&names.join(", "))
    }
}

impl Error for UnknownLevel {}

/// What became of a version.
///
/// ```
/// use tidegate_version_bump::{Bump, Level, bump};
///
/// let released = semver::Version::new(1, 4, 0);
/// // To release what is a release changes nothing.
/// let again = bump(&released, Level::Release, None)?;
/// assert_eq!(again, Bump { version: released, changed: false });
/// # Ok::<(), tidegate_version_bump::BumpError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Bump {
    /// The version afterwards.
    pub version: Version,
    /// Whether there is something to release: the version is another one.
    pub changed: bool,
}

/// Raises a version by a level.
///
/// Metadata that is given replaces the old. Otherwise major, minor and the step from a release drop it; a step
/// from a pre-release keeps it.
///
/// Source: cargo-release, `BumpLevel::bump_version`.
///
/// ```
/// use semver::Version;
/// use tidegate_version_bump::{BumpErrorKind, Level, bump};
///
/// let beta = Version::new(1, 2, 3);
/// let beta = bump(&beta, Level::Beta, None)?.version;
/// assert_eq!(beta.to_string(), "1.2.4-beta.1");
/// assert_eq!(bump(&beta, Level::Rc, None)?.version.to_string(), "1.2.4-rc.1");
/// assert_eq!(bump(&beta, Level::Release, None)?.version.to_string(), "1.2.4");
///
/// let error = bump(&beta, Level::Alpha, None).unwrap_err();
/// assert_eq!(error.kind(), BumpErrorKind::EarlierPhase);
/// # Ok::<(), tidegate_version_bump::BumpError>(())
/// ```
///
/// # Errors
///
/// [`BumpErrorKind::EarlierPhase`], [`BumpErrorKind::UnsupportedScheme`] and [`BumpErrorKind::Overflow`].
pub fn bump(
    version: &Version,
    level: Level,
    metadata: Option<&BuildMetadata>,
) -> Result<Bump, BumpError> {
    let mut next = match level {
        Level::Major => Version::new(raised(version, version.major)?, 0, 0),
        Level::Minor => Version::new(version.major, raised(version, version.minor)?, 0),
        Level::Patch if version.pre.is_empty() => next_patch(version)?,
        Level::Patch | Level::Release => Version { pre: Prerelease::EMPTY, ..version.clone() },
        Level::Alpha => next_in_phase(version, Phase::Alpha)?,
        Level::Beta => next_in_phase(version, Phase::Beta)?,
        Level::Rc => next_in_phase(version, Phase::Rc)?,
    };
    if let Some(metadata) = metadata {
        next.build = metadata.clone();
    }
    let changed = next != *version;
    Ok(Bump { version: next, changed })
}

/// Makes a version the one that was asked for.
///
/// Build metadata does not make a version another one. Without new metadata the old is kept.
///
/// Source: cargo-release, `TargetVersion::bump` and the check against going down in its step `version`.
///
/// ```
/// use semver::Version;
/// use tidegate_version_bump::{BumpErrorKind, set_version};
///
/// let (one, two) = (Version::new(1, 0, 0), Version::new(2, 0, 0));
/// assert!(set_version(&one, &two, None)?.changed);
/// assert!(!set_version(&one, &one, None)?.changed);
/// assert_eq!(set_version(&two, &one, None).unwrap_err().kind(), BumpErrorKind::Downgrade);
/// # Ok::<(), tidegate_version_bump::BumpError>(())
/// ```
///
/// # Errors
///
/// [`BumpErrorKind::Downgrade`] where the wanted version is the lower one.
pub fn set_version(
    current: &Version,
    wanted: &Version,
    metadata: Option<&BuildMetadata>,
) -> Result<Bump, BumpError> {
    let mut next = wanted.clone();
    if next.build.is_empty() {
        next.build = metadata.unwrap_or(&current.build).clone();
    }
    match next.cmp_precedence(current) {
        std::cmp::Ordering::Less => Err(BumpError {
            kind: BumpErrorKind::Downgrade,
            version: current.clone(),
            step: wanted.to_string(),
        }),
        std::cmp::Ordering::Equal => Ok(Bump { version: current.clone(), changed: false }),
        std::cmp::Ordering::Greater => Ok(Bump { version: next, changed: true }),
    }
}

/// Returns the version with this build metadata in the place of its own.
///
/// ```
/// use semver::{BuildMetadata, Version};
/// use tidegate_version_bump::with_metadata;
///
/// let build = BuildMetadata::new("git.0a1b2c3")?;
/// assert_eq!(with_metadata(&Version::new(1, 0, 0), &build).to_string(), "1.0.0+git.0a1b2c3");
/// # Ok::<(), semver::Error>(())
/// ```
#[must_use]
pub fn with_metadata(version: &Version, metadata: &BuildMetadata) -> Version {
    Version { build: metadata.clone(), ..version.clone() }
}

/// The phases of a pre-release, in their order.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Phase {
    Alpha,
    Beta,
    Rc,
}

impl Phase {
    fn name(self) -> &'static str {
        match self {
            Self::Alpha => "alpha",
            Self::Beta => "beta",
            Self::Rc => "rc",
        }
    }

    fn named(name: &str) -> Option<Self> {
        [Self::Alpha, Self::Beta, Self::Rc].into_iter().find(|it| it.name() == name)
    }
}

/// Returns the next pre-release of a phase. A pre-release is `NAME` or `NAME.NUMBER`.
fn next_in_phase(version: &Version, phase: Phase) -> Result<Version, BumpError> {
    let (base, number) = if version.pre.is_empty() {
        (next_patch(version)?, 1)
    } else {
        let (name, number) = match version.pre.as_str().split_once('.') {
            None => (version.pre.as_str(), 0),
            Some((name, number)) => {
                let number = number.parse().map_err(|_| BumpError {
                    kind: BumpErrorKind::UnsupportedScheme,
                    version: version.clone(),
                    step: phase.name().to_owned(),
                })?;
                (name, number)
            }
        };
        let current = Phase::named(name);
        if current.is_some_and(|it| it > phase) {
            return Err(BumpError {
                kind: BumpErrorKind::EarlierPhase,
                version: version.clone(),
                step: phase.name().to_owned(),
            });
        }
        (version.clone(), if current == Some(phase) { raised(version, number)? } else { 1 })
    };
    let pre = Prerelease::new(&format!("{}.{number}", phase.name()))
        .expect("a name and a number are a pre-release");
    Ok(Version { pre, ..base })
}

fn next_patch(version: &Version) -> Result<Version, BumpError> {
    Ok(Version::new(version.major, version.minor, raised(version, version.patch)?))
}

fn raised(version: &Version, number: u64) -> Result<u64, BumpError> {
    number.checked_add(1).ok_or_else(|| BumpError {
        kind: BumpErrorKind::Overflow,
        version: version.clone(),
        step: number.to_string(),
    })
}

/// Why a version can't be raised.
///
/// ```
/// use tidegate_version_bump::{Level, bump};
///
/// let error = bump(&"1.4.0-nightly.2.1".parse()?, Level::Rc, None).unwrap_err();
/// assert_eq!(error.help(), Some("name the new version"));
/// # Ok::<(), semver::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BumpError {
    kind: BumpErrorKind,
    version: Version,
    step: String,
}

/// The reasons.
///
/// ```
/// use tidegate_version_bump::{BumpErrorKind, Level, bump};
///
/// let kind = |version: &str, level| {
///     let version = version.parse().expect("a version");
///     bump(&version, level, None).map(|it| it.version).map_err(|error| error.kind())
/// };
/// assert_eq!(kind("1.4.0-rc.1", Level::Beta), Err(BumpErrorKind::EarlierPhase));
/// assert_eq!(kind("1.4.0-nightly.2.1", Level::Rc), Err(BumpErrorKind::UnsupportedScheme));
/// assert_eq!(kind(&format!("{}.0.0", u64::MAX), Level::Major), Err(BumpErrorKind::Overflow));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BumpErrorKind {
    /// The pre-release is already in a later phase, as `rc` is after `beta`.
    EarlierPhase,
    /// The pre-release is neither `NAME` nor `NAME.NUMBER`.
    UnsupportedScheme,
    /// The wanted version is lower.
    Downgrade,
    /// The number is the greatest there is.
    Overflow,
}

impl BumpError {
    /// Returns the reason.
    #[must_use]
    pub fn kind(&self) -> BumpErrorKind {
        self.kind
    }

    /// Returns the version that was to be raised.
    #[must_use]
    pub fn version(&self) -> &Version {
        &self.version
    }

    /// Returns what to do about it, where that is known.
    ///
    /// ```
    /// use tidegate_version_bump::{Level, bump};
    ///
    /// let error = bump(&"1.4.0-rc.1".parse()?, Level::Beta, None).unwrap_err();
    /// assert_eq!(error.help(), Some("release the version, or raise the patch first, by naming it"));
    /// # Ok::<(), semver::Error>(())
    /// ```
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self.kind {
            BumpErrorKind::EarlierPhase => {
                Some("release the version, or raise the patch first, by naming it")
            }
            BumpErrorKind::UnsupportedScheme => Some("name the new version"),
            BumpErrorKind::Downgrade => Some("a version only goes up; write it by hand to go back"),
            BumpErrorKind::Overflow => None,
        }
    }
}

impl fmt::Display for BumpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, version, step } = self;
        match kind {
            BumpErrorKind::EarlierPhase => {
                write!(f, "would go back to an earlier pre-release phase: from {version} to {step}")
            }
            BumpErrorKind::UnsupportedScheme => write!(
                f,
                "unsupported pre-release scheme: `{}` in {version} has no number to raise",
                version.pre
            ),
            BumpErrorKind::Downgrade => write!(f, "cannot downgrade from {version} to {step}"),
            BumpErrorKind::Overflow => write!(f, "{step} in {version} can't be raised"),
        }
    }
}

impl Error for BumpError {}
