use std::fmt;

use crate::loose::LooseVersion;

/// Why a version does not match a term of a constraint.
///
/// The text is that of Masterminds/semver's `Validate`.
///
/// ```
/// use tidegate_tag_policy::Constraint;
///
/// let constraint: Constraint = ">=1.4".parse()?;
/// let mismatches = constraint.mismatches(&semver::Version::new(1, 3, 9));
/// assert_eq!(mismatches[0].to_string(), "\"1.3.9\" is less than \"1.4\"");
/// assert_eq!(mismatches[0].operand(), "1.4");
/// # Ok::<(), tidegate_tag_policy::ConstraintError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mismatch {
    kind: MismatchKind,
    version: String,
    operand: String,
}

/// The ways not to match.
///
/// ```
/// use tidegate_tag_policy::{Constraint, MismatchKind};
///
/// let constraint: Constraint = "~1.4, !=1.4.2".parse()?;
/// let kinds = |version: &str| {
///     let mismatches = constraint.mismatches(&version.parse().expect("a version"));
///     mismatches.iter().map(|it| it.kind()).collect::<Vec<_>>()
/// };
/// assert_eq!(kinds("1.4.2"), [MismatchKind::Equal]);
/// assert_eq!(kinds("1.5.0"), [MismatchKind::OtherMajorOrMinor]);
/// assert_eq!(kinds("1.4.3-rc.1"), [MismatchKind::Prerelease]);
/// # Ok::<(), tidegate_tag_policy::ConstraintError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MismatchKind {
    /// It is a pre-release, and these are not considered.
    Prerelease,
    /// It is the version that is excluded.
    Equal,
    /// It is another version.
    NotEqual,
    /// It is lower.
    Less,
    /// It is not greater.
    LessOrEqual,
    /// It is greater.
    Greater,
    /// It is not lower.
    GreaterOrEqual,
    /// The first number is another one.
    OtherMajor,
    /// The first or the second number is another one.
    OtherMajorOrMinor,
    /// The second number is another one, behind a 0.
    OtherMinorBehindZero,
    /// The second number is not 0.
    OtherMinor,
    /// The third number is another one, behind two zeros.
    OtherPatchBehindZeros,
}

impl Mismatch {
    pub(super) fn new(kind: MismatchKind, version: &LooseVersion<'_>, operand: &str) -> Self {
        Self { kind, version: version.to_string(), operand: operand.to_owned() }
    }

    /// Returns the way in which the version does not match.
    #[must_use]
    pub fn kind(&self) -> MismatchKind {
        self.kind
    }

    /// Returns the operand of the term, as it is written.
    #[must_use]
    pub fn operand(&self) -> &str {
        &self.operand
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, version, operand } = self;
        let (relation, more) = match kind {
            MismatchKind::Prerelease => {
                return write!(
                    f,
                    "\"{version}\" is a prerelease version and the constraint is only looking for \
                     release versions"
                );
            }
            MismatchKind::Equal => ("is equal to", ""),
            MismatchKind::NotEqual => ("is not equal to", ""),
            MismatchKind::Less => ("is less than", ""),
            MismatchKind::LessOrEqual => ("is less than or equal to", ""),
            MismatchKind::Greater => ("is greater than", ""),
            MismatchKind::GreaterOrEqual => ("is greater than or equal to", ""),
            MismatchKind::OtherMajor => ("does not have same major version as", ""),
            MismatchKind::OtherMajorOrMinor => {
                ("does not have same major and minor version as", "")
            }
            MismatchKind::OtherMinorBehindZero => (
                "does not have same minor version as",
                ". Expected minor versions to match when constraint major version is 0",
            ),
            MismatchKind::OtherMinor => ("does not have same minor version as", ""),
            MismatchKind::OtherPatchBehindZeros => (
                "does not equal",
                ". Expect version and constraint to equal when major and minor versions are 0",
            ),
        };
        write!(f, "\"{version}\" {relation} \"{operand}\"{more}")
    }
}
