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
///
/// ```
/// use tidegate_tag_policy::{Constraint, LooseVersion, Prereleases};
///
/// let candidate = LooseVersion::parse("1.5.0-rc.2").expect("a version");
/// // A term that names a pre-release asks for these, so both answers are the same.
/// let constraint: Constraint = ">=1.5.0-rc.1".parse()?;
/// for prereleases in [Prereleases::WhereNamed, Prereleases::Included] {
///     assert!(constraint.matches_loose(&candidate, prereleases));
/// }
/// # Ok::<(), tidegate_tag_policy::ConstraintError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Prereleases {
    /// Only where a term of the group has a pre-release.
    WhereNamed,
    /// Always.
    Included,
}

impl Constraint {
    /// Returns the constraint `*`: every release and no pre-release.
    ///
    /// ```
    /// use tidegate_tag_policy::Constraint;
    ///
    /// assert!(Constraint::any().matches(&semver::Version::new(0, 0, 1)));
    /// assert_eq!(Constraint::any().to_string(), "*");
    /// ```
    #[must_use]
    pub fn any() -> Self {
        Self { groups: vec![Group { terms: vec![Term::any()], has_prerelease: false }] }
    }

    /// Reads a constraint.
    ///
    /// ```
    /// use tidegate_tag_policy::{Constraint, ConstraintErrorKind};
    ///
    /// let constraint = Constraint::parse("1.2 - 1.4 || ^3")?;
    /// assert!(constraint.matches(&semver::Version::new(1, 3, 7)));
    /// assert!(constraint.matches(&semver::Version::new(3, 9, 0)));
    ///
    /// let error = Constraint::parse(">=1.4 and <2").unwrap_err();
    /// assert_eq!(error.kind(), ConstraintErrorKind::Improper);
    /// # Ok::<(), tidegate_tag_policy::ConstraintError>(())
    /// ```
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
    ///
    /// ```
    /// use tidegate_tag_policy::Constraint;
    ///
    /// let patches: Constraint = "~1.4.2".parse()?;
    /// assert!(patches.matches(&semver::Version::new(1, 4, 9)));
    /// assert!(!patches.matches(&semver::Version::new(1, 5, 0)));
    /// # Ok::<(), tidegate_tag_policy::ConstraintError>(())
    /// ```
    #[must_use]
    pub fn matches(&self, version: &Version) -> bool {
        self.matches_loose(&version.into(), Prereleases::WhereNamed)
    }

    /// Returns whether a version in its loose form matches.
    ///
    /// ```
    /// use tidegate_tag_policy::{Constraint, LooseVersion, Prereleases};
    ///
    /// let candidate = LooseVersion::parse("v1.5-rc.1").expect("a loose version");
    /// let any: Constraint = "1.x".parse()?;
    /// assert!(!any.matches_loose(&candidate, Prereleases::WhereNamed));
    /// assert!(any.matches_loose(&candidate, Prereleases::Included));
    /// # Ok::<(), tidegate_tag_policy::ConstraintError>(())
    /// ```
    #[must_use]
    pub fn matches_loose(&self, version: &LooseVersion<'_>, prereleases: Prereleases) -> bool {
        self.groups.iter().any(|group| {
            let included = group.includes(prereleases);
            group.terms.iter().all(|term| term.check(version, included).is_ok())
        })
    }

    /// Returns the reasons why a version does not match, over all groups; none where it matches.
    ///
    /// ```
    /// use tidegate_tag_policy::Constraint;
    ///
    /// // Every term that fails is told, also that of the other group.
    /// let constraint: Constraint = "<1.0 || >=2.0".parse()?;
    /// let said: Vec<String> =
    ///     constraint.mismatches(&semver::Version::new(1, 4, 0)).iter().map(ToString::to_string).collect();
    /// assert_eq!(said[0], r#""1.4.0" is greater than or equal to "1.0""#);
    /// assert_eq!(said[1], r#""1.4.0" is less than "2.0""#);
    /// # Ok::<(), tidegate_tag_policy::ConstraintError>(())
    /// ```
    #[must_use]
    pub fn mismatches(&self, version: &Version) -> Vec<Mismatch> {
        self.mismatches_loose(&version.into(), Prereleases::WhereNamed)
    }

    /// Returns the reasons for a version in its loose form.
    ///
    /// That it is a pre-release is said once.
    ///
    /// ```
    /// use tidegate_tag_policy::{Constraint, LooseVersion, Prereleases};
    ///
    /// let tag = LooseVersion::parse("v1.4").expect("a loose version");
    /// let constraint: Constraint = "1.5.x".parse()?;
    /// assert!(!constraint.mismatches_loose(&tag, Prereleases::WhereNamed).is_empty());
    /// let constraint: Constraint = "1.4.x".parse()?;
    /// assert!(constraint.mismatches_loose(&tag, Prereleases::WhereNamed).is_empty());
    /// # Ok::<(), tidegate_tag_policy::ConstraintError>(())
    /// ```
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
    ///
    /// ```
    /// use tidegate_tag_policy::{Constraint, Operator};
    ///
    /// let constraint: Constraint = ">=1.4 <2 || 3.x".parse()?;
    /// let sizes: Vec<usize> = constraint.groups().map(<[_]>::len).collect();
    /// assert_eq!(sizes, [2, 1]);
    /// let first = constraint.groups().next().expect("a group");
    /// assert_eq!(first[1].operator(), Operator::Less);
    /// # Ok::<(), tidegate_tag_policy::ConstraintError>(())
    /// ```
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
///
/// ```
/// use tidegate_tag_policy::Constraint;
///
/// let error = Constraint::parse(">=1.4 <two").unwrap_err();
/// assert_eq!(error.span().of(">=1.4 <two"), "<two");
/// assert!(error.help().starts_with("terms look like"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConstraintError {
    kind: ConstraintErrorKind,
    span: Span,
}

/// The kinds of mistake in a constraint.
///
/// ```
/// use tidegate_tag_policy::{Constraint, ConstraintErrorKind};
///
/// let kind = |text| Constraint::parse(text).map_err(|error| error.kind());
/// assert_eq!(kind("1.4 ||"), Err(ConstraintErrorKind::Empty));
/// assert_eq!(kind("stable"), Err(ConstraintErrorKind::Improper));
/// assert_eq!(kind("1.4.0-01"), Err(ConstraintErrorKind::Operand));
/// ```
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
    ///
    /// ```
    /// use tidegate_tag_policy::Constraint;
    ///
    /// assert_eq!(Constraint::parse("").unwrap_err().help(), "write `*` for any release");
    /// ```
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
