mod cargo;
mod hyphen;
mod lexer;
mod mismatch;
mod term;

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use semver::Version;
use tidegate_source::Span;

pub use self::cargo::{CargoReading, cargo_reading, is_cargo_requirement};
pub use self::hyphen::rewrite_hyphen_ranges;
pub use self::mismatch::{Mismatch, MismatchKind};
pub use self::term::{Operator, Term};
use crate::loose::LooseVersion;

/// A constraint on versions, in the language of Masterminds/semver.
///
/// ```text
/// constraint = group *( "||" group )
/// group      = term *( ( 1*WSP / *WSP "," *WSP ) term )     ; all terms must match
/// term       = [ operator ] *WSP operand
/// operator   = "=" / "!=" / ">" / "<" / ">=" / "=>" / "<=" / "=<" / "~" / "~>" / "^"
/// operand    = [ "v" ] part [ "." part [ "." part ] ] [ "-" pre ] [ "+" build ]
/// part       = 1*DIGIT / "x" / "X" / "*"
/// ```
///
/// Before that, `A - B` is rewritten to `>= A, <= B`. A bare operand with all its parts means `=`; with fewer, or
/// with `x`, it means `~`.
///
/// A pre-release matches only in a group where some term has a pre-release itself, or when asked for with
/// [`Prereleases::Included`].
///
/// This is not the language of Cargo, see [`cargo_reading`].
///
/// ```
/// use semver::Version;
/// use tidegate_tag_policy::Constraint;
///
/// let constraint: Constraint = ">=1.2 <2 || 3.x".parse()?;
/// assert!(constraint.matches(&Version::new(1, 9, 0)));
/// assert!(constraint.matches(&Version::new(3, 0, 1)));
/// assert!(!constraint.matches(&Version::new(2, 0, 0)));
///
/// let reasons = constraint.mismatches(&Version::new(2, 0, 0));
/// assert_eq!(reasons[0].to_string(), "\"2.0.0\" is greater than or equal to \"2\"");
/// assert!(">= stable".parse::<Constraint>().is_err());
/// # Ok::<(), tidegate_tag_policy::ConstraintError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    groups: Vec<Group>,
}

/// Terms that must all match.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Group {
    terms: Vec<Term>,
    /// Whether a term has a pre-release, which lets them in.
    has_prerelease: bool,
}

/// Whether pre-releases are considered where no term names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Prereleases {
    /// Only where a term of the group has a pre-release.
    WhereNamed,
    /// Always.
    Included,
}

impl Constraint {
    /// Returns the constraint `*`: every release and no pre-release.
    #[must_use]
    pub fn any() -> Self {
        Self { groups: vec![Group { terms: vec![Term::any()], has_prerelease: false }] }
    }

    /// Reads a constraint.
    ///
    /// # Errors
    ///
    /// Returns a [`ConstraintError`]; the empty text is one.
    pub fn parse(text: &str) -> Result<Self, ConstraintError> {
        let rewritten = rewrite_hyphen_ranges(text);
        let mut start = 0;
        let mut groups = Vec::new();
        for segment in rewritten.split("||") {
            let terms = lexer::terms(segment).map_err(|error| {
                // Places are those of the text only where nothing was rewritten.
                if rewritten == text { error.shifted(start) } else { error.over(text.len()) }
            })?;
            let has_prerelease = terms.iter().any(Term::has_prerelease);
            groups.push(Group { terms, has_prerelease });
            start += segment.len() + 2;
        }
        Ok(Self { groups })
    }

    /// Returns whether a version matches, with pre-releases where they are named.
    #[must_use]
    pub fn matches(&self, version: &Version) -> bool {
        self.matches_loose(&version.into(), Prereleases::WhereNamed)
    }

    /// Returns whether a version in its loose form matches.
    #[must_use]
    pub fn matches_loose(&self, version: &LooseVersion<'_>, prereleases: Prereleases) -> bool {
        self.groups.iter().any(|group| {
            let included = group.includes(prereleases);
            group.terms.iter().all(|term| term.check(version, included).is_ok())
        })
    }

    /// Returns the reasons why a version does not match, over all groups; none where it matches.
    #[must_use]
    pub fn mismatches(&self, version: &Version) -> Vec<Mismatch> {
        self.mismatches_loose(&version.into(), Prereleases::WhereNamed)
    }

    /// Returns the reasons for a version in its loose form.
    ///
    /// That it is a pre-release is said once.
    #[must_use]
    pub fn mismatches_loose(
        &self,
        version: &LooseVersion<'_>,
        prereleases: Prereleases,
    ) -> Vec<Mismatch> {
        let mut mismatches: Vec<Mismatch> = Vec::new();
        let mut said = false;
        for group in &self.groups {
            let included = group.includes(prereleases);
            let mut matched = true;
            for term in &group.terms {
                if let Err(kind) = term.check(version, included) {
                    matched = false;
                    if kind != MismatchKind::Prerelease || !said {
                        mismatches.push(Mismatch::new(kind, version, term.operand_as_written()));
                    }
                    said |= kind == MismatchKind::Prerelease;
                }
            }
            if matched {
                return Vec::new();
            }
        }
        mismatches
    }

    /// Returns the groups, of which one must match; in each, all terms must.
    #[must_use]
    pub fn groups(&self) -> impl ExactSizeIterator<Item = &[Term]> {
        self.groups.iter().map(|it| it.terms.as_slice())
    }
}

impl Group {
    fn includes(&self, prereleases: Prereleases) -> bool {
        self.has_prerelease || prereleases == Prereleases::Included
    }
}

impl FromStr for Constraint {
    type Err = ConstraintError;

    fn from_str(text: &str) -> Result<Self, ConstraintError> {
        Self::parse(text)
    }
}

/// Writes the terms with one space between them and ` || ` between groups.
impl fmt::Display for Constraint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, group) in self.groups.iter().enumerate() {
            if index > 0 {
                f.write_str(" || ")?;
            }
            for (index, term) in group.terms.iter().enumerate() {
                let space = if index > 0 { " " } else { "" };
                write!(f, "{space}{term}")?;
            }
        }
        Ok(())
    }
}

/// Why a text is no constraint, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConstraintError {
    kind: ConstraintErrorKind,
    span: Span,
}

/// The kinds of mistake in a constraint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ConstraintErrorKind {
    /// A group, or the whole constraint, is empty.
    Empty,
    /// This is neither an operator nor a version.
    Improper,
    /// The version of a term is none: a number too large, or a pre-release with a leading zero.
    Operand,
}

impl ConstraintError {
    pub(crate) fn new(kind: ConstraintErrorKind, start: usize, end: usize) -> Self {
        Self { kind, span: Span::from_range(start..end) }
    }

    fn shifted(mut self, bytes: usize) -> Self {
        self.span = self.span.shifted(u32::try_from(bytes).unwrap_or(u32::MAX));
        self
    }

    fn over(mut self, len: usize) -> Self {
        self.span = Span::from_range(0..len);
        self
    }

    /// Returns what is wrong.
    #[must_use]
    pub fn kind(&self) -> ConstraintErrorKind {
        self.kind
    }

    /// Returns the range of bytes at fault; the whole text where it has a range `A - B`.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns what to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self.kind {
            ConstraintErrorKind::Empty => "write `*` for any release",
            ConstraintErrorKind::Improper | ConstraintErrorKind::Operand => {
                "terms look like `>=1.2`, `~1.4.0`, `^1` or `1.x`, with spaces or commas between them"
            }
        }
    }
}

impl fmt::Display for ConstraintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            ConstraintErrorKind::Empty => "the constraint is empty",
            ConstraintErrorKind::Improper => "improper constraint",
            ConstraintErrorKind::Operand => "the version of the constraint is none",
        })
    }
}

impl Error for ConstraintError {}
