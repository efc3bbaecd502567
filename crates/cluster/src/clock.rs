//! The virtual clock: milliseconds since 1970, moved by nobody but the caller.

use std::fmt;
use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};
use tidegate_workload::Seconds;

/// A moment on the cluster's clock: milliseconds since 1970-01-01T00:00:00Z.
///
/// ```
/// use tidegate_cluster::{Moment, Span};
///
/// let start = Moment::from_rfc3339("2026-01-01T00:00:00Z").expect("a date");
/// assert_eq!((start + Span::seconds(61)).to_string(), "2026-01-01T00:01:01Z");
/// assert_eq!(start + Span::seconds(2) - start, Span::seconds(2));
/// ```
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Moment(pub i64);

/// A length of time in milliseconds.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Span(pub i64);

impl Moment {
    /// Reads a moment as Kubernetes writes it (RFC 3339); `None` for any other text. A fraction of a second is
    /// rounded up.
    #[must_use]
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        Seconds::from_rfc3339(text).map(Self::from)
    }

    /// Returns the whole seconds since 1970, rounded down: what conditions and the controller count in.
    #[must_use]
    pub const fn seconds(self) -> Seconds {
        Seconds(self.0.div_euclid(1000))
    }
}

impl From<Seconds> for Moment {
    fn from(seconds: Seconds) -> Self {
        Self(seconds.0.saturating_mul(1000))
    }
}

impl Span {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// Creates a span of whole seconds.
    #[must_use]
    pub const fn seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }
}

impl From<Seconds> for Span {
    fn from(seconds: Seconds) -> Self {
        Self::seconds(seconds.0)
    }
}

impl Add<Span> for Moment {
    type Output = Self;

    fn add(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl Sub for Moment {
    type Output = Span;

    fn sub(self, other: Self) -> Span {
        Span(self.0.saturating_sub(other.0))
    }
}

impl Add for Span {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

/// RFC 3339 in UTC, whole seconds, as Kubernetes prints moments.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.seconds().0;
        let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        // Days are counted from 1 March of year 0, so that a leap day is the last of its year.
        let days = days + 719_468;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// `12 s`, `1.5 s`, `9 min 40 s`.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rest = self.0.unsigned_abs() % 1000;
        if rest == 0 || self.0.unsigned_abs() >= 60_000 {
            return Seconds(self.0.div_euclid(1000)).fmt(f);
        }
        let sign = if self.0 < 0 { "-" } else { "" };
        let text = format!("{rest:03}");
        write!(f, "{sign}{}.{} s", self.0.unsigned_abs() / 1000, text.trim_end_matches('0'))
    }
}
