use std::fmt;

/// A field that is a whole number or a text: a port number or name, an amount or a percentage.
///
/// Source: `k8s.io/apimachinery/pkg/util/intstr`.
///
/// ```
/// use tidegate_workload::IntOrString;
///
/// let ports = ["8080", "http"].map(IntOrString::from_text);
/// assert_eq!(ports, [IntOrString::Int(8080), "http".into()]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(untagged))]
pub enum IntOrString {
    /// A whole number.
    Int(i32),
    /// A text.
    String(String),
}

impl IntOrString {
    /// Reads a text from a command line: a number of 32 bits becomes a number, anything else stays text.
    ///
    /// ```
    /// use tidegate_workload::IntOrString;
    ///
    /// assert_eq!(IntOrString::from_text("8080"), IntOrString::Int(8080));
    /// assert_eq!(IntOrString::from_text("http"), IntOrString::String("http".to_owned()));
    /// ```
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        text.parse().map_or_else(|_| Self::String(text.to_owned()), Self::Int)
    }
}

impl From<i32> for IntOrString {
    fn from(number: i32) -> Self {
        Self::Int(number)
    }
}

impl From<&str> for IntOrString {
    /// Keeps the text as it is, a number in quotes too.
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl fmt::Display for IntOrString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => number.fmt(f),
            Self::String(text) => f.write_str(text),
        }
    }
}

/// An amount of pods, or a percentage of some number of pods.
///
/// ```
/// use tidegate_workload::{IntOrPercent, IntOrString, Rounding};
///
/// let quarter = IntOrPercent::try_from(&IntOrString::from("25%"))?;
/// assert_eq!(quarter.scaled(1, Rounding::Up), 1);
/// assert_eq!(quarter.scaled(1, Rounding::Down), 0);
/// assert!(IntOrPercent::try_from(&IntOrString::from("25.5%")).is_err());
/// # Ok::<(), tidegate_workload::IntOrPercentError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(into = "IntOrString"))]
pub enum IntOrPercent {
    /// An amount.
    Int(i32),
    /// Hundredths of the total.
    Percent(i64),
}

/// What becomes of the fraction of a pod.
///
/// ```
/// use tidegate_workload::{IntOrPercent, Rounding};
///
/// let third = IntOrPercent::Percent(33);
/// assert_eq!((third.scaled(10, Rounding::Up), third.scaled(10, Rounding::Down)), (4, 3));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// It counts as a whole pod.
    Up,
    /// It does not count.
    Down,
}

impl IntOrPercent {
    /// Returns the amount, or the percentage of `total`.
    ///
    /// An amount stays as it is, whatever the total.
    ///
    /// Source: `k8s.io/apimachinery/pkg/util/intstr`, `GetScaledValueFromIntOrPercent`.
    ///
    /// ```
    /// use tidegate_workload::{IntOrPercent, Rounding};
    ///
    /// assert_eq!(IntOrPercent::Percent(25).scaled(2, Rounding::Up), 1);
    /// // A number stays what it is, also beyond the total.
    /// assert_eq!(IntOrPercent::Int(5).scaled(2, Rounding::Down), 5);
    /// ```
    #[must_use]
    pub fn scaled(self, total: i32, rounding: Rounding) -> i32 {
        match self {
            Self::Int(number) => number,
            Self::Percent(hundredths) => {
                let product = i128::from(hundredths) * i128::from(total);
                let scaled = match rounding {
                    Rounding::Down => product.div_euclid(100),
                    Rounding::Up => -(-product).div_euclid(100),
                };
                i32::try_from(scaled).unwrap_or(if scaled < 0 { i32::MIN } else { i32::MAX })
            }
        }
    }

    /// Returns the number as written and whether it is a percentage.
    ///
    /// ```
    /// use tidegate_workload::IntOrPercent;
    ///
    /// assert_eq!(IntOrPercent::Percent(25).number(), (25, true));
    /// assert_eq!(IntOrPercent::Int(2).number(), (2, false));
    /// ```
    #[must_use]
    pub fn number(self) -> (i64, bool) {
        match self {
            Self::Int(number) => (i64::from(number), false),
            Self::Percent(hundredths) => (hundredths, true),
        }
    }
}

/// A text that is no percentage.
///
/// ```
/// use tidegate_workload::{IntOrPercent, IntOrString};
///
/// let error = IntOrPercent::try_from(&IntOrString::from("a few")).unwrap_err();
/// assert!(error.to_string().contains("a few"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntOrPercentError {
    text: String,
}

impl fmt::Display for IntOrPercentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is neither a number nor a percentage", self.text)
    }
}

impl std::error::Error for IntOrPercentError {}

impl TryFrom<&IntOrString> for IntOrPercent {
    type Error = IntOrPercentError;

    /// Takes a number, or a whole number and one `%`.
    // percentage = [ "+" / "-" ] 1*DIGIT "%"
    fn try_from(value: &IntOrString) -> Result<Self, IntOrPercentError> {
        match value {
            IntOrString::Int(number) => Ok(Self::Int(*number)),
            IntOrString::String(text) => text
                .strip_suffix('%')
                .and_then(|digits| digits.parse().ok())
                .map(Self::Percent)
                .ok_or_else(|| IntOrPercentError { text: text.clone() }),
        }
    }
}

impl From<IntOrPercent> for IntOrString {
    fn from(value: IntOrPercent) -> Self {
        match value {
            IntOrPercent::Int(number) => Self::Int(number),
            IntOrPercent::Percent(_) => Self::String(value.to_string()),
        }
    }
}

impl fmt::Display for IntOrPercent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(number) => number.fmt(f),
            Self::Percent(hundredths) => write!(f, "{hundredths}%"),
        }
    }
}
