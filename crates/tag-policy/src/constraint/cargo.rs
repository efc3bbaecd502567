use semver::{Version, VersionReq};

use super::{Constraint, Prereleases};
use crate::loose::LooseVersion;

/// What Cargo would make of a constraint, beside what it means here.
///
/// ```
/// use tidegate_tag_policy::{CargoReading, Prereleases, cargo_reading};
///
/// // `^1.4` allows the same versions in both; a pre-release is read, and taken by neither.
/// let reading = cargo_reading("^1.4", "1.5.0-rc.1", Prereleases::WhereNamed);
/// let agreed = CargoReading { parses: true, version_parses: true, matches: Some(false), differs: false };
/// assert_eq!(reading, agreed);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CargoReading {
    /// Whether Cargo reads the constraint as a requirement.
    pub parses: bool,
    /// Whether Cargo reads the version.
    pub version_parses: bool,
    /// Whether the version matches for Cargo; `None` where one of the two is not read.
    pub matches: Option<bool>,
    /// Whether the answer here is another one, `None` being the answer of a constraint that is none.
    pub differs: bool,
}

/// Reads a constraint as Cargo would, to warn of a text that means something else there.
///
/// This is the one place where [`VersionReq`] is used: its bare `1.2.3` is `^1.2.3`, it has no `||`, no `!=` and no
/// ranges with a dash, and it treats pre-releases by another rule.
///
/// ```
/// use tidegate_tag_policy::{Prereleases, cargo_reading};
///
/// let reading = cargo_reading("1.2.3", "1.4.0", Prereleases::WhereNamed);
/// assert_eq!(reading.matches, Some(true));
/// assert!(reading.differs);
/// assert!(!cargo_reading("1 || 2", "1.4.0", Prereleases::WhereNamed).parses);
/// ```
#[must_use]
pub fn cargo_reading(constraint: &str, version: &str, prereleases: Prereleases) -> CargoReading {
    let requirement = VersionReq::parse(constraint).ok();
    let strict = Version::parse(version).ok();
    let matches =
        requirement.as_ref().zip(strict.as_ref()).map(|(it, version)| it.matches(version));
    let here = Constraint::parse(constraint)
        .ok()
        .zip(LooseVersion::parse(version).ok())
        .map(|(it, version)| it.matches_loose(&version, prereleases));
    CargoReading {
        parses: requirement.is_some(),
        version_parses: strict.is_some(),
        matches,
        differs: matches != here,
    }
}

/// Returns whether Cargo reads a constraint as a requirement.
///
/// ```
/// use tidegate_tag_policy::is_cargo_requirement;
///
/// assert!(is_cargo_requirement("~1.2, <1.2.9"));
/// assert!(!is_cargo_requirement("~1.2 <1.2.9"));
/// ```
#[must_use]
pub fn is_cargo_requirement(constraint: &str) -> bool {
    VersionReq::parse(constraint).is_ok()
}
