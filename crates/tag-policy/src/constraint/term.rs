use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use semver::Version;

use super::lexer::{self, Operand};
use super::{ConstraintError, MismatchKind};
use crate::loose::{LooseVersion, compare_prereleases};

/// One term of a constraint: an operator and an operand.
///
/// ```
/// use tidegate_tag_policy::Term;
///
/// let term: Term = "~> v1.2".parse()?;
/// assert_eq!(term.operand().to_string(), "1.2.0");
/// assert_eq!(term.to_string(), "~>v1.2");
/// assert!("~ stable".parse::<Term>().is_err());
/// # Ok::<(), tidegate_tag_policy::ConstraintError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    operator: Operator,
    written: String,
    operand: Version,
    known: Known,
}

/// How many parts of an operand are numbers; the others are missing or wildcards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    Nothing,
    Major,
    MajorMinor,
    All,
}

/// The operator of a term.
///
/// ```
/// use tidegate_tag_policy::{Constraint, Operator};
///
/// let constraint: Constraint = "=>1.4 ~>1.4.2 1.x".parse()?;
/// let operators: Vec<Operator> =
///     constraint.groups().flatten().map(|term| term.operator()).collect();
/// assert_eq!(operators, [Operator::EqualGreater, Operator::TildeGreater, Operator::None]);
/// # Ok::<(), tidegate_tag_policy::ConstraintError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// None: `=`, or `~` with wildcards.
    None,
    /// `=`, read like none.
    Equal,
    /// `!=`
    NotEqual,
    /// `>`
    Greater,
    /// `<`
    Less,
    /// `>=`
    GreaterEqual,
    /// `=>`, another spelling of `>=`.
    EqualGreater,
    /// `<=`
    LessEqual,
    /// `=<`, another spelling of `<=`.
    EqualLess,
    /// `~`
    Tilde,
    /// `~>`, another spelling of `~`.
    TildeGreater,
    /// `^`
    Caret,
}

/// The longer spellings come first.
const OPERATORS: [(&str, Operator); 11] = [
    ("!=", Operator::NotEqual),
    (">=", Operator::GreaterEqual),
    ("=>", Operator::EqualGreater),
    ("<=", Operator::LessEqual),
    ("=<", Operator::EqualLess),
    ("~>", Operator::TildeGreater),
    ("=", Operator::Equal),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("~", Operator::Tilde),
    ("^", Operator::Caret),
];

impl Operator {
    /// Reads the operator at the beginning of a text; returns its length.
    pub(super) fn read(text: &str) -> (Self, usize) {
        let found = OPERATORS.iter().find(|(spelling, _)| text.starts_with(spelling));
        found.map_or((Self::None, 0), |(spelling, operator)| (*operator, spelling.len()))
    }

    /// Returns the spelling.
    ///
    /// ```
    /// use tidegate_tag_policy::Operator;
    ///
    /// assert_eq!((Operator::NotEqual.as_str(), Operator::None.as_str()), ("!=", ""));
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        OPERATORS.iter().find(|it| it.1 == self).map_or("", |it| it.0)
    }
}

impl Term {
    /// The term `*`.
    pub(super) fn any() -> Self {
        Self {
            operator: Operator::None,
            written: "*".to_owned(),
            operand: Version::new(0, 0, 0),
            known: Known::Nothing,
        }
    }

    /// Completes an operand; `None` where it is no version.
    pub(super) fn new(operator: Operator, operand: &Operand<'_>) -> Option<Self> {
        let open = |part: &str| matches!(part, "" | "x" | "X" | "*");
        let [major, minor, patch] = operand.parts;
        let pre = operand.pre;
        let (completed, known) = if open(major) {
            (format!("0.0.0{pre}"), Known::Nothing)
        } else if open(minor) {
            (format!("{major}.0.0{pre}"), Known::Major)
        } else if open(patch) {
            (format!("{major}.{minor}.0{pre}"), Known::MajorMinor)
        } else {
            (operand.whole.to_owned(), Known::All)
        };
        let operand_version = LooseVersion::parse(&completed).ok()?.to_version();
        Some(Self { operator, written: operand.whole.to_owned(), operand: operand_version, known })
    }

    /// Returns the operator, as it is spelt.
    #[must_use]
    pub fn operator(&self) -> Operator {
        self.operator
    }

    /// Returns the operand with 0 for what is missing or a wildcard.
    #[must_use]
    pub fn operand(&self) -> &Version {
        &self.operand
    }

    /// Returns the operand as it is written.
    #[must_use]
    pub fn operand_as_written(&self) -> &str {
        &self.written
    }

    pub(super) fn has_prerelease(&self) -> bool {
        !self.operand.pre.is_empty()
    }

    /// Checks a version, with or without pre-releases being considered.
    pub(super) fn check(
        &self,
        version: &LooseVersion<'_>,
        prereleases: bool,
    ) -> Result<(), MismatchKind> {
        if version.is_prerelease() && !prereleases {
            return Err(MismatchKind::Prerelease);
        }
        match self.operator {
            Operator::None | Operator::Equal if self.known == Known::All => {
                require(self.order(version) == Ordering::Equal, MismatchKind::NotEqual)
            }
            Operator::None | Operator::Equal | Operator::Tilde | Operator::TildeGreater => {
                self.check_tilde(version)
            }
            Operator::NotEqual => require(self.excludes_not(version), MismatchKind::Equal),
            Operator::Greater => self.check_greater(version),
            Operator::Less => {
                require(self.order(version) == Ordering::Less, MismatchKind::GreaterOrEqual)
            }
            Operator::GreaterEqual | Operator::EqualGreater => {
                require(self.order(version) != Ordering::Less, MismatchKind::Less)
            }
            Operator::LessEqual | Operator::EqualLess => self.check_less_equal(version),
            Operator::Caret => self.check_caret(version),
        }
    }

    /// Compares a version with the operand.
    fn order(&self, version: &LooseVersion<'_>) -> Ordering {
        version.cmp_precedence(&LooseVersion::from(&self.operand))
    }

    /// `!=`: another version, or outside of the range that a wildcard leaves open.
    fn excludes_not(&self, version: &LooseVersion<'_>) -> bool {
        let operand = &self.operand;
        let major = operand.major != version.major;
        let minor = major || operand.minor != version.minor;
        match self.known {
            Known::Major => major,
            Known::MajorMinor => {
                let pre = version.is_prerelease() || self.has_prerelease();
                minor
                    || (pre && compare_prereleases(version.pre(), &operand.pre) != Ordering::Equal)
            }
            // Without any number the operand is 0.0.0, and that alone is excluded.
            Known::Nothing | Known::All => self.order(version) != Ordering::Equal,
        }
    }

    /// `>`: above the whole range that a wildcard leaves open.
    fn check_greater(&self, version: &LooseVersion<'_>) -> Result<(), MismatchKind> {
        let operand = &self.operand;
        let greater = match (version.major.cmp(&operand.major), self.known) {
            (_, Known::All) | (Ordering::Equal, Known::Nothing) => {
                self.order(version) == Ordering::Greater
            }
            (Ordering::Greater, _) => true,
            (Ordering::Less, _) | (Ordering::Equal, Known::Major) => false,
            (Ordering::Equal, Known::MajorMinor) => version.minor > operand.minor,
        };
        require(greater, MismatchKind::LessOrEqual)
    }

    /// `<=`: up to the end of the range that a wildcard leaves open.
    fn check_less_equal(&self, version: &LooseVersion<'_>) -> Result<(), MismatchKind> {
        let operand = &self.operand;
        let greater = match self.known {
            Known::All => self.order(version) == Ordering::Greater,
            Known::Major => version.major > operand.major,
            Known::MajorMinor | Known::Nothing => {
                (version.major, version.minor) > (operand.major, operand.minor)
            }
        };
        require(!greater, MismatchKind::Greater)
    }

    /// `~`: at least the operand, and the same major and minor number as far as they are known.
    fn check_tilde(&self, version: &LooseVersion<'_>) -> Result<(), MismatchKind> {
        let operand = &self.operand;
        require(self.order(version) != Ordering::Less, MismatchKind::Less)?;
        let zero = (operand.major, operand.minor, operand.patch) == (0, 0, 0);
        // `~0.0.0` takes everything, as `~*` does.
        if zero && matches!(self.known, Known::All | Known::Nothing) {
            return Ok(());
        }
        require(version.major == operand.major, MismatchKind::OtherMajor)?;
        require(
            version.minor == operand.minor || self.known == Known::Major,
            MismatchKind::OtherMajorOrMinor,
        )
    }

    /// `^`: at least the operand, and the same first number that is not 0.
    fn check_caret(&self, version: &LooseVersion<'_>) -> Result<(), MismatchKind> {
        let operand = &self.operand;
        require(self.order(version) != Ordering::Less, MismatchKind::Less)?;
        if operand.major > 0 || self.known == Known::Major {
            return require(version.major == operand.major, MismatchKind::OtherMajor);
        }
        require(version.major == 0, MismatchKind::OtherMajor)?;
        if operand.minor > 0 || self.known == Known::MajorMinor {
            return require(version.minor == operand.minor, MismatchKind::OtherMinorBehindZero);
        }
        require(version.minor == 0, MismatchKind::OtherMinor)?;
        require(version.patch == operand.patch, MismatchKind::OtherPatchBehindZeros)
    }
}

fn require(holds: bool, mismatch: MismatchKind) -> Result<(), MismatchKind> {
    if holds { Ok(()) } else { Err(mismatch) }
}

impl FromStr for Term {
    type Err = ConstraintError;

    fn from_str(text: &str) -> Result<Self, ConstraintError> {
        let start = lexer::blank(text, 0);
        let (term, end) = lexer::term(text, start)?;
        if lexer::blank(text, end) < text.len() {
            return Err(lexer::improper(text, start));
        }
        Ok(term)
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.operator.as_str(), self.written)
    }
}
