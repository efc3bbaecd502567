use std::fmt;

/// An answer about labels that may be known in part only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Match {
    No,
    Maybe,
    Yes,
}

impl From<bool> for Match {
    fn from(it: bool) -> Self {
        if it { Self::Yes } else { Self::No }
    }
}

impl Match {
    pub(crate) fn and(self, other: Self) -> Self {
        self.min(other)
    }

    pub(crate) fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// Whether it is so at all.
    pub(crate) fn possible(self) -> bool {
        self != Self::No
    }
}

/// Whether a connection gets through the policies.
///
/// `Allowed` and `Denied` hold in every cluster in which these objects live and no other policy does; `Depends` says
/// that some rule may let it through and none certainly does.
///
/// ```
/// use tidegate_reach::Verdict;
///
/// assert_eq!(Verdict::Allowed.and(Verdict::Depends), Verdict::Depends);
/// assert_eq!(Verdict::Denied.and(Verdict::Depends).to_string(), "denied");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Verdict {
    /// No policy stands in the way.
    Allowed,
    /// It depends on what the objects do not tell: labels of a namespace that is not among them, an address.
    Depends,
    /// Nothing lets it through.
    Denied,
}

impl Verdict {
    /// Returns the verdict on a connection that has to pass twice: out of one pod and into another.
    ///
    /// ```
    /// use tidegate_reach::Verdict;
    ///
    /// // Out of the one and into the other: both have to let it through.
    /// assert_eq!(Verdict::Allowed.and(Verdict::Allowed), Verdict::Allowed);
    /// assert_eq!(Verdict::Allowed.and(Verdict::Denied), Verdict::Denied);
    /// ```
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.max(other)
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Allowed => "allowed",
            Self::Depends => "depends",
            Self::Denied => "denied",
        })
    }
}
