use std::fmt;

use tidegate_source::Span;

/// Why a text is no quantity, and where.
///
/// ```
/// use tidegate_workload::Quantity;
///
/// let error = "128mi".parse::<Quantity>().unwrap_err();
/// assert_eq!(error.span().of("128mi"), "mi");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantityError {
    kind: QuantityErrorKind,
    span: Span,
}

/// The ways in which a text is no quantity.
///
/// ```
/// use tidegate_workload::{Quantity, QuantityErrorKind};
///
/// let kind = |text: &str| text.parse::<Quantity>().map_err(|error| error.kind());
/// assert_eq!(kind("lots"), Err(QuantityErrorKind::Form));
/// assert_eq!(kind("128mi"), Err(QuantityErrorKind::Suffix));
/// assert_eq!(kind("1e99999"), Err(QuantityErrorKind::TooLarge));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum QuantityErrorKind {
    /// The text is not a number with a suffix.
    Form,
    /// There is a suffix, and no digit before it to count.
    Numeric,
    /// The suffix is not one of those that Kubernetes knows.
    Suffix,
    /// The number has more than [`Quantity::MAX_DIGITS`](crate::Quantity::MAX_DIGITS) digits.
    TooLarge,
}

impl QuantityError {
    pub(super) fn new(kind: QuantityErrorKind, from: usize, to: usize) -> Self {
        Self { kind, span: Span::from_range(from..to) }
    }

    /// Returns what is wrong.
    #[must_use]
    pub const fn kind(&self) -> QuantityErrorKind {
        self.kind
    }

    /// Returns where in the text it is.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Returns what to do about it, in words.
    ///
    /// ```
    /// use tidegate_workload::Quantity;
    ///
    /// let error = "128mi".parse::<Quantity>().unwrap_err();
    /// assert!(error.help().starts_with("the suffixes are"));
    /// ```
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self.kind {
            QuantityErrorKind::Form | QuantityErrorKind::Numeric => {
                "write a number and a suffix, such as 250m, 2, 512Mi or 1e3"
            }
            QuantityErrorKind::Suffix => {
                "the suffixes are n u m k M G T P E, Ki Mi Gi Ti Pi Ei, and eN"
            }
            QuantityErrorKind::TooLarge => "write an amount that a cluster can have",
        }
    }
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            QuantityErrorKind::Form => "quantity is not a number with a suffix",
            QuantityErrorKind::Numeric => "quantity has no digits before its suffix",
            QuantityErrorKind::Suffix => "quantity has an unknown suffix",
            QuantityErrorKind::TooLarge => "quantity has more than 1000 digits",
        })
    }
}

impl std::error::Error for QuantityError {}
