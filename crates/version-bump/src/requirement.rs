use std::error::Error;
use std::fmt;

use semver::{Comparator, Op, Version, VersionReq};

/// Returns a dependency requirement of Cargo after a release, or `None` where it stays as it is.
///
/// Each comparator keeps its operator and as many parts as it had. A requirement is only changed, never loosened:
/// `^1.2` becomes `^1.3` for 1.3.5. Spaces are written as Cargo writes them.
///
/// Source: cargo-release, `upgrade_requirement`.
///
/// ```
/// use semver::Version;
/// use tidegate_version_bump::{RequirementErrorKind, upgrade_requirement};
///
/// let version = Version::new(2, 1, 0);
/// assert_eq!(upgrade_requirement("1", &version)?.as_deref(), Some("2"));
/// assert_eq!(upgrade_requirement("~1.4.2", &version)?.as_deref(), Some("~2.1.0"));
/// assert_eq!(upgrade_requirement("2", &version)?, None);
/// let error = upgrade_requirement(">=1", &version).unwrap_err();
/// assert_eq!(error.kind(), RequirementErrorKind::Unsupported);
/// # Ok::<(), tidegate_version_bump::RequirementError>(())
/// ```
///
/// # Errors
///
/// [`RequirementErrorKind::Invalid`] for what Cargo does not read, [`RequirementErrorKind::Unsupported`] for the
/// operators `<`, `<=`, `>` and `>=`, whose new bound is a decision.
pub fn upgrade_requirement(
    requirement: &str,
    version: &Version,
) -> Result<Option<String>, RequirementError> {
    let parsed = VersionReq::parse(requirement).map_err(|error| RequirementError {
        kind: RequirementErrorKind::Invalid,
        requirement: requirement.to_owned(),
        reason: error.to_string(),
    })?;
    if parsed.comparators.is_empty() {
        return Ok(None);
    }
    let comparators = parsed
        .comparators
        .into_iter()
        .map(|it| upgrade(it, version, requirement))
        .collect::<Result<_, _>>()?;
    let mut upgraded = VersionReq { comparators }.to_string();
    if !requirement.starts_with('^') && upgraded.starts_with('^') {
        upgraded.remove(0);
    }
    Ok((upgraded != requirement).then_some(upgraded))
}

fn upgrade(
    mut comparator: Comparator,
    version: &Version,
    requirement: &str,
) -> Result<Comparator, RequirementError> {
    let supported = matches!(comparator.op, Op::Exact | Op::Tilde | Op::Caret | Op::Wildcard);
    if !supported {
        return Err(RequirementError {
            kind: RequirementErrorKind::Unsupported,
            requirement: requirement.to_owned(),
            reason: comparator.to_string(),
        });
    }
    comparator.major = version.major;
    comparator.minor = comparator.minor.map(|_| version.minor);
    comparator.patch = comparator.patch.map(|_| version.patch);
    if comparator.op != Op::Wildcard {
        comparator.pre = version.pre.clone();
    }
    Ok(comparator)
}

/// Why a requirement is left alone.
///
/// ```
/// use tidegate_version_bump::upgrade_requirement;
///
/// let error = upgrade_requirement(">=1.2, <2", &semver::Version::new(2, 0, 0)).unwrap_err();
/// assert!(error.to_string().contains(">=1.2"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequirementError {
    kind: RequirementErrorKind,
    requirement: String,
    reason: String,
}

/// The reasons.
///
/// ```
/// use tidegate_version_bump::{RequirementErrorKind, upgrade_requirement};
///
/// let version = semver::Version::new(2, 0, 0);
/// let kind = |text| upgrade_requirement(text, &version).map_err(|error| error.kind());
/// assert_eq!(kind("latest"), Err(RequirementErrorKind::Invalid));
/// assert_eq!(kind("<2"), Err(RequirementErrorKind::Unsupported));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequirementErrorKind {
    /// The text is no requirement of Cargo.
    Invalid,
    /// A comparator is a bound: `<`, `<=`, `>` or `>=`.
    Unsupported,
}

impl RequirementError {
    /// Returns the reason.
    #[must_use]
    pub fn kind(&self) -> RequirementErrorKind {
        self.kind
    }
}

impl fmt::Display for RequirementError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, requirement, reason } = self;
        match kind {
            RequirementErrorKind::Invalid => write!(f, "`{requirement}`: {reason}"),
            RequirementErrorKind::Unsupported => {
                write!(
                    f,
                    "not supported: the bound `{reason}` in `{requirement}` has no next value"
                )
            }
        }
    }
}

impl Error for RequirementError {}
