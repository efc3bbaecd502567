use std::fmt;

/// A tag and why it was chosen or not.
///
/// ```
/// use tidegate_tag_policy::{Explained, Reason};
///
/// let explained = Explained { tag: "1.4.0".into(), reason: Reason::NotReleased };
/// assert_eq!(explained.to_string(), "1.4.0: has no tag in git");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Explained {
    /// The tag.
    pub tag: String,
    /// Why it was chosen or not.
    pub reason: Reason,
}

/// Why a tag was chosen or not.
///
/// ```
/// use tidegate_tag_policy::{Downgrade, IgnoreTags, Reason, Select, Situation, TagInfo, TagList, TagPolicy, decide};
///
/// let nothing = Situation { current: None, held: &[], released: None, downgrade: Downgrade::Refused };
/// let mut policy = TagPolicy::new(Select::Semver("~1.4".parse()?));
/// policy.ignore = IgnoreTags::new(["*-debug"]);
/// let tags = TagList::complete(["1.4.0-debug"].map(TagInfo::named).to_vec());
/// let reason = decide(&policy, &nothing, &tags)?.reasons.remove(0).reason;
/// assert_eq!(reason, Reason::Ignored { glob: "*-debug".into() });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", tag = "kind"))]
#[non_exhaustive]
pub enum Reason {
    /// It is the newest that fits.
    Chosen {
        /// The constraint, where versions are compared.
        constraint: Option<String>,
    },
    /// It runs already, and nothing newer fits.
    Current,
    /// It runs already, but the registry has another image under it.
    Moved {
        /// The digest that runs.
        from: String,
        /// The digest that the tag names now.
        to: String,
    },
    /// It fits, but another one is newer.
    Older {
        /// The chosen tag.
        than: String,
    },
    /// The allowed tags leave it out.
    NotAllowed,
    /// It is ignored.
    Ignored {
        /// The glob that matches it.
        glob: String,
    },
    /// The filter's pattern does not match.
    Unmatched {
        /// The pattern.
        pattern: String,
    },
    /// It can't be read as a version.
    NotAVersion,
    /// It can't be read as a number.
    NotANumber {
        /// What was read, which the filter may have taken from the tag.
        item: String,
    },
    /// Another tag is followed.
    OtherTag {
        /// The tag that is followed.
        wanted: String,
    },
    /// It is a pre-release, and the constraint does not ask for these.
    Prerelease {
        /// The constraint.
        constraint: String,
    },
    /// The constraint leaves it out.
    OutsideConstraint {
        /// The constraint.
        constraint: String,
        /// The first reason.
        why: String,
    },
    /// It must not be deployed.
    Held {
        /// Since when.
        since: Option<String>,
        /// The reason that was given.
        why: String,
    },
    /// The version has no tag in git.
    NotReleased,
    /// It is lower than what is deployed.
    LowerThanCurrent {
        /// What is deployed.
        current: String,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chosen { constraint: Some(constraint) } => {
                write!(f, "chosen, the newest that fits `{constraint}`")
            }
            Self::Chosen { constraint: None } => f.write_str("chosen, the newest"),
            Self::Current => f.write_str("deployed already, and nothing newer fits"),
            Self::Moved { from, to } => write!(
                f,
                "deployed already, but the registry now has another image under this tag \
                 ({from} is deployed, {to} is there)"
            ),
            Self::Older { than } => write!(f, "older than {than}"),
            Self::NotAllowed => f.write_str("not among the allowed tags"),
            Self::Ignored { glob } => write!(f, "ignored by `{glob}`"),
            Self::Unmatched { pattern } => write!(f, "the filter `{pattern}` does not match"),
            Self::NotAVersion => f.write_str("not a version"),
            Self::NotANumber { item } => write!(f, "`{item}` is not a number"),
            Self::OtherTag { wanted } => write!(f, "only the tag {wanted} is followed"),
            Self::Prerelease { constraint } => {
                write!(f, "a pre-release, and the constraint `{constraint}` takes none")
            }
            Self::OutsideConstraint { constraint, why } => {
                write!(f, "outside the constraint `{constraint}`: {why}")
            }
            Self::Held { since: Some(since), why } => write!(f, "held since {since}: {why}"),
            Self::Held { since: None, why } => write!(f, "held: {why}"),
            Self::NotReleased => f.write_str("has no tag in git"),
            Self::LowerThanCurrent { current } => {
                write!(f, "lower than {current}, which is deployed")
            }
        }
    }
}

impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.tag, self.reason)
    }
}
