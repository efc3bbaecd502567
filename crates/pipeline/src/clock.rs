use jiff::Timestamp;

/// What time it is for a run.
///
/// In the sandbox it is the virtual time of the simulated cluster, so that the same commands give the same commits
/// on every machine. On real places it is the time that the program read when it started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Seconds since 1970, as the program read them.
    Real(i64),
    /// Seconds since 1970, as the simulated cluster counts them.
    Virtual(i64),
}

impl Clock {
    /// Returns the time in seconds since 1970.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        match self {
            Self::Real(seconds) | Self::Virtual(seconds) => seconds,
        }
    }

    /// Returns when something happens that takes `lag` seconds after `cause`.
    ///
    /// Virtual time follows from the cause alone, so that a run that was interrupted and resumed gives what an
    /// undisturbed one gives. Real time is what it is.
    #[must_use]
    pub const fn after(self, cause: i64, lag: i64) -> i64 {
        match self {
            Self::Real(seconds) => seconds,
            Self::Virtual(_) => cause.saturating_add(lag),
        }
    }
}

/// Writes a time as RFC 3339 in UTC, to the second.
#[must_use]
pub(crate) fn rfc3339(seconds: i64) -> String {
    Timestamp::from_second(seconds).map_or_else(|_| seconds.to_string(), |it| it.to_string())
}

/// Reads a time from RFC 3339.
#[must_use]
pub(crate) fn from_rfc3339(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_second)
}

/// When the sandbox begins: 5 January 2026, 09:00 UTC.
pub(crate) const SANDBOX_BEGINS: i64 = 1_767_603_600;
