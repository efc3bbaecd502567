use std::error::Error;
use std::fmt;

use tidegate_source::Span;

/// Why a pattern was refused, and where.
///
/// The text is Go's own: `regexp.Compile` and `path.Match` say the same words.
///
/// ```
/// use tidegate_pattern::{PatternErrorKind, Regex};
///
/// let error = Regex::new("x[a-z").unwrap_err();
/// assert_eq!(error.kind(), PatternErrorKind::MissingBracket);
/// assert_eq!(error.span().range(), 1..5);
/// assert_eq!(error.to_string(), "missing closing ]");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternError {
    kind: PatternErrorKind,
    span: Span,
}

/// The kinds of mistake in a pattern.
///
/// ```
/// use tidegate_pattern::{PatternErrorKind, Regex};
///
/// let kind = |pattern| Regex::new(pattern).map(|_| ()).map_err(|error| error.kind());
/// assert_eq!(kind("v("), Err(PatternErrorKind::MissingParen));
/// assert_eq!(kind("*-rc"), Err(PatternErrorKind::MissingRepeatArgument));
/// assert_eq!(kind("(?=v)"), Err(PatternErrorKind::InvalidPerlOp));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PatternErrorKind {
    /// A class of characters is unknown, such as `[[:foo:]]` or `\p{Foo}`.
    InvalidCharRange,
    /// A backslash is followed by something that has no meaning, such as `\y`, or by a back-reference.
    InvalidEscape,
    /// The name of a group is empty or has other characters than letters, digits and `_`.
    InvalidNamedCapture,
    /// `(?` is followed by something unknown, such as `(?x)` or a look-ahead.
    InvalidPerlOp,
    /// A repetition stands directly behind another, as in `a**`.
    InvalidRepeatOp,
    /// A repetition count is above 1000, also when nested counts are multiplied, or its bounds are the wrong way round.
    InvalidRepeatSize,
    /// `[` without `]`.
    MissingBracket,
    /// `(` without `)`.
    MissingParen,
    /// A repetition with nothing before it, as in `*a`.
    MissingRepeatArgument,
    /// The pattern ends with a backslash.
    TrailingBackslash,
    /// `)` without `(`.
    UnexpectedParen,
    /// Groups are nested too deep.
    NestingDepth,
    /// The pattern, or the program made from it, is too large.
    TooLarge,
    /// A glob is malformed: an open or empty `[…]`, or a backslash at the end.
    BadGlob,
}

impl PatternError {
    pub(crate) fn new(kind: PatternErrorKind, start: usize, end: usize) -> Self {
        Self { kind, span: Span::from_range(start..end) }
    }

    /// Returns what is wrong.
    #[must_use]
    pub fn kind(&self) -> PatternErrorKind {
        self.kind
    }

    /// Returns the range of bytes in the pattern that is at fault.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns what to do about it, where that is known.
    ///
    /// ```
    /// use tidegate_pattern::Regex;
    ///
    /// let error = Regex::new("*-rc").unwrap_err();
    /// assert!(error.help().is_some_and(|it| it.contains("backslash")));
    /// ```
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        match self.kind {
            PatternErrorKind::InvalidRepeatOp | PatternErrorKind::MissingRepeatArgument => {
                Some("write a backslash before a repetition sign that is meant literally")
            }
            PatternErrorKind::InvalidPerlOp => {
                Some("look-around does not exist in this syntax; the flags are i, m, s and U")
            }
            PatternErrorKind::MissingBracket | PatternErrorKind::BadGlob => {
                Some("write `\\[` for a bracket that is meant literally")
            }
            PatternErrorKind::MissingParen | PatternErrorKind::UnexpectedParen => {
                Some("write a backslash before a parenthesis that is meant literally")
            }
            PatternErrorKind::TrailingBackslash => Some("write `\\\\` for a backslash"),
            PatternErrorKind::InvalidRepeatSize => Some("a count is at most 1000"),
            _ => None,
        }
    }
}

impl fmt::Display for PatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl fmt::Display for PatternErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InvalidCharRange => "invalid character class range",
            Self::InvalidEscape => "invalid escape sequence",
            Self::InvalidNamedCapture => "invalid named capture",
            Self::InvalidPerlOp => "invalid or unsupported Perl syntax",
            Self::InvalidRepeatOp => "invalid nested repetition operator",
            Self::InvalidRepeatSize => "invalid repeat count",
            Self::MissingBracket => "missing closing ]",
            Self::MissingParen => "missing closing )",
            Self::MissingRepeatArgument => "missing argument to repetition operator",
            Self::TrailingBackslash => "trailing backslash at end of expression",
            Self::UnexpectedParen => "unexpected )",
            Self::NestingDepth => "expression nests too deeply",
            Self::TooLarge => "expression too large",
            Self::BadGlob => "syntax error in pattern",
        })
    }
}

impl Error for PatternError {}
