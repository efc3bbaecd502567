use std::fmt;
use std::ops::{Add, Mul, Sub};

/// Whole seconds: a moment on the clock that the caller keeps, or a span between two moments.
///
/// Kubernetes' fields count whole seconds, and so do the times in conditions. Sums and products stop at the ends of
/// 64 bits instead of overflowing.
///
/// ```
/// use tidegate_workload::Seconds;
///
/// assert_eq!((Seconds(580)).to_string(), "9 min 40 s");
/// assert_eq!(Seconds(i64::MAX) + Seconds(1), Seconds(i64::MAX));
/// assert_eq!(Seconds::from_rfc3339("1970-01-01T00:01:00Z"), Some(Seconds(60)));
/// assert_eq!(Seconds::from_rfc3339("yesterday"), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct Seconds(pub i64);

impl Seconds {
    /// No time at all; also the start of a clock.
    ///
    /// ```
    /// use tidegate_workload::Seconds;
    ///
    /// assert_eq!((Seconds(3) - Seconds(5)).max(Seconds::ZERO), Seconds(0));
    /// ```
    pub const ZERO: Self = Self(0);

    /// Reads a moment as Kubernetes writes it (RFC 3339, section 5.6), in seconds since 1970 in UTC.
    ///
    /// A fraction of a second counts as a whole one, so that a span that ends at the moment is never too short.
    /// Returns `None` for any other text.
    ///
    /// ```
    /// use tidegate_workload::Seconds;
    ///
    /// let created = Seconds::from_rfc3339("2026-11-23T12:10:05+01:00").expect("a time");
    /// assert_eq!(Seconds::from_rfc3339("2026-11-23T11:10:35Z"), Some(created + Seconds(30)));
    /// assert_eq!(Seconds::from_rfc3339("yesterday"), None);
    /// ```
    #[must_use]
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        // date-time = 4DIGIT "-" 2DIGIT "-" 2DIGIT "T" 2DIGIT ":" 2DIGIT ":" 2DIGIT [ "." 1*DIGIT ] offset
        let number = |from: usize, to: usize| -> Option<i64> {
            let digits = text.get(from..to)?;
            digits.bytes().all(|it| it.is_ascii_digit()).then(|| digits.parse().ok())?
        };
        let separators = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')];
        let bytes = text.as_bytes();
        let separated = separators.iter().all(|(at, mark)| bytes.get(*at) == Some(mark));
        if !separated || !matches!(bytes.get(10), Some(b'T' | b't' | b' ')) {
            return None;
        }
        let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
        let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
        let in_range = (1..=12).contains(&month) && (1..=31).contains(&day);
        if !in_range || hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let rest = text.get(19..)?;
        let (fraction, offset) = match rest.strip_prefix('.') {
            Some(rest) => {
                let end = rest.find(|it: char| !it.is_ascii_digit())?;
                (&rest[..end], &rest[end..])
            }
            None => ("", rest),
        };
        let offset = match offset.as_bytes() {
            [b'Z' | b'z'] => 0,
            [sign @ (b'+' | b'-'), h1, h2, b':', m1, m2]
                if [h1, h2, m1, m2].iter().all(|it| it.is_ascii_digit()) =>
            {
                let digit = |it: &u8| i64::from(it - b'0');
                let hours = digit(h1) * 10 + digit(h2);
                let size = (hours * 60 + digit(m1) * 10 + digit(m2)) * 60;
                if *sign == b'+' { size } else { -size }
            }
            _ => return None,
        };
        let begun = i64::from(fraction.bytes().any(|it| it != b'0'));
        let days = days_since_1970(year, month, day);
        Some(Self(days * 86_400 + hour * 3600 + minute * 60 + second + begun - offset))
    }
}

/// Days from 1 January 1970 to a date of the proleptic Gregorian calendar: years are counted from March, so that
/// the leap day is the last of its year.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = if month <= 2 { month + 9 } else { month - 3 };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let before_month = (153 * month + 2) / 5;
    year * 365 + leap_days + before_month + day - 1 - 719_468
}

impl Add for Seconds {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Seconds {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Mul<i64> for Seconds {
    type Output = Self;

    fn mul(self, by: i64) -> Self {
        Self(self.0.saturating_mul(by))
    }
}

/// `45 s`, `9 min 40 s`, `2 h 5 min`.
impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.0.unsigned_abs();
        let parts = [(size / 3600, "h"), (size / 60 % 60, "min"), (size % 60, "s")];
        if self.0 < 0 {
            f.write_str("-")?;
        }
        let mut first = true;
        for (count, unit) in parts {
            if count > 0 || (size == 0 && unit == "s") {
                write!(f, "{}{count} {unit}", if first { "" } else { " " })?;
                first = false;
            }
        }
        Ok(())
    }
}
