use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;

use tidegate_pattern::{PatternError, Regex};

use crate::constraint::{Constraint, ConstraintError, Prereleases};
use crate::decimal::go_float;
use crate::loose::LooseVersion;

/// Which of the sorted items Flux takes.
///
/// ```
/// use tidegate_tag_policy::{FluxOrder, FluxPolicy};
///
/// let months = ["2026-01", "2026-11"];
/// assert_eq!(FluxPolicy::Alphabetical(FluxOrder::Ascending).latest(months)?, "2026-11");
/// assert_eq!(FluxPolicy::Alphabetical(FluxOrder::Descending).latest(months)?, "2026-01");
/// # Ok::<(), tidegate_tag_policy::FluxError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FluxOrder {
    /// The greatest; `ASC`, and what stands where nothing is given.
    #[default]
    Ascending,
    /// The least; `DESC`.
    Descending,
}

/// How Flux's image reflector chooses an image.
///
/// Source: fluxcd/image-reflector-controller, `internal/policy`.
///
/// ```
/// use tidegate_tag_policy::{FluxOrder, FluxPolicy};
///
/// let newest = FluxPolicy::Numerical(FluxOrder::Ascending);
/// assert_eq!(newest.latest(["9", "10", "8"])?, "10");
/// assert!(newest.latest(["9", "latest"]).is_err());
/// # Ok::<(), tidegate_tag_policy::FluxError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FluxPolicy {
    /// The greatest version in a range. Versions are read loosely, but must have two dots, so that `1.4` does not
    /// count.
    Semver(Constraint),
    /// By text.
    Alphabetical(FluxOrder),
    /// By number; an item that is none is an error.
    Numerical(FluxOrder),
}

impl FluxOrder {
    /// Reads `ASC`, `DESC` or nothing.
    ///
    /// ```
    /// use tidegate_tag_policy::{FluxError, FluxOrder};
    ///
    /// assert_eq!(FluxOrder::parse("")?, FluxOrder::Ascending);
    /// assert_eq!(FluxOrder::parse("desc"), Err(FluxError::Order { given: "desc".into() }));
    /// # Ok::<(), tidegate_tag_policy::FluxError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`FluxError::Order`] for anything else, also in lower case.
    pub fn parse(text: &str) -> Result<Self, FluxError> {
        match text {
            "" | "ASC" => Ok(Self::Ascending),
            "DESC" => Ok(Self::Descending),
            _ => Err(FluxError::Order { given: text.to_owned() }),
        }
    }
}

impl FluxPolicy {
    /// Makes a policy from the fields of an `ImagePolicy`: its kind, and its range or order.
    ///
    /// ```
    /// use tidegate_tag_policy::{FluxError, FluxPolicy};
    ///
    /// let policy = FluxPolicy::parse("semver", ">=1.4.0 <2.0.0", "")?;
    /// assert_eq!(policy.latest(["1.3.0", "1.9.2", "2.0.0"])?, "1.9.2");
    /// assert!(matches!(FluxPolicy::parse("newest", "", ""), Err(FluxError::Kind { .. })));
    /// # Ok::<(), tidegate_tag_policy::FluxError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`FluxError::Kind`], [`FluxError::Range`] and [`FluxError::Order`].
    pub fn parse(kind: &str, range: &str, order: &str) -> Result<Self, FluxError> {
        Ok(match kind {
            "semver" => Self::Semver(Constraint::parse(range).map_err(FluxError::Range)?),
            "alphabetical" => Self::Alphabetical(FluxOrder::parse(order)?),
            "numerical" => Self::Numerical(FluxOrder::parse(order)?),
            _ => return Err(FluxError::Kind { given: kind.to_owned() }),
        })
    }

    /// Returns the item that the policy takes.
    ///
    /// Of equal versions the first of the list is taken, of equal numbers the last.
    ///
    /// ```
    /// use tidegate_tag_policy::{FluxError, FluxPolicy};
    ///
    /// let policy = FluxPolicy::parse("semver", "1.x", "")?;
    /// // `1.9` has one dot only, and does not count as a version.
    /// assert_eq!(policy.latest(["1.4.0", "1.9", "1.4.2"])?, "1.4.2");
    /// assert_eq!(policy.latest(["2.0.0"]), Err(FluxError::Nothing));
    /// # Ok::<(), tidegate_tag_policy::FluxError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`FluxError::Nothing`] for an empty list, or one without a version in the range;
    /// [`FluxError::NotANumber`].
    pub fn latest<'t>(
        &self,
        items: impl IntoIterator<Item = &'t str>,
    ) -> Result<&'t str, FluxError> {
        let mut items = items.into_iter();
        match self {
            Self::Semver(constraint) => {
                let mut latest: Option<(LooseVersion<'_>, &str)> = None;
                for item in items {
                    let Some(version) = dotted_version(item) else { continue };
                    let greater = latest.is_none_or(|it| version.cmp_precedence(&it.0).is_gt());
                    if greater && constraint.matches_loose(&version, Prereleases::WhereNamed) {
                        latest = Some((version, item));
                    }
                }
                latest.map(|it| it.1).ok_or(FluxError::Nothing)
            }
            Self::Alphabetical(FluxOrder::Ascending) => items.max().ok_or(FluxError::Nothing),
            Self::Alphabetical(FluxOrder::Descending) => items.min().ok_or(FluxError::Nothing),
            Self::Numerical(order) => {
                let number = |item: &'t str| {
                    go_float(item)
                        .map(|value| (value, item))
                        .ok_or_else(|| FluxError::NotANumber { item: item.to_owned() })
                };
                let first = number(items.next().ok_or(FluxError::Nothing)?)?;
                let latest = items.try_fold(first, |latest, item| {
                    let here = number(item)?;
                    let passed_over = match order {
                        FluxOrder::Ascending => here.0 < latest.0,
                        FluxOrder::Descending => here.0 > latest.0,
                    };
                    Ok(if passed_over { latest } else { here })
                })?;
                Ok(latest.1)
            }
        }
    }
}

/// Reads a version in its loose form, but only where two dots are in it.
///
/// The dots may be those of a pre-release, as in `1.4-rc.1`.
fn dotted_version(text: &str) -> Option<LooseVersion<'_>> {
    LooseVersion::parse(text).ok().filter(|_| text.split('.').nth(2).is_some())
}

/// The filter that Flux applies to tags before a policy sees them.
///
/// Tags that the pattern does not match are left out. With a template, the policy sees what the template makes of
/// the groups. Where two tags give the same item, the later tag is kept.
///
/// ```
/// use tidegate_tag_policy::FluxFilter;
///
/// let filter = FluxFilter::new(r"^main-[a-f0-9]+-(?P<time>\d+)$", "$time")?;
/// let items = filter.apply(["main-0a1b-1700", "dev-0a1b-1800"]);
/// assert_eq!(items.get("1700").copied(), Some("main-0a1b-1700"));
/// assert_eq!(items.len(), 1);
/// assert!(FluxFilter::new("(", "").is_err());
/// # Ok::<(), tidegate_tag_policy::FluxError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FluxFilter {
    pattern: Regex,
    extract: String,
}

impl FluxFilter {
    /// Makes a filter from a pattern in Go's syntax and a template; an empty template keeps the tags.
    ///
    /// ```
    /// use tidegate_tag_policy::{FluxError, FluxFilter};
    ///
    /// let filter = FluxFilter::new(r"^main-(?P<build>\d+)$", "$build")?;
    /// assert_eq!(filter.item("main-1732").as_deref(), Some("1732"));
    /// assert!(matches!(FluxFilter::new("main-(", ""), Err(FluxError::Pattern(_))));
    /// # Ok::<(), tidegate_tag_policy::FluxError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`FluxError::Pattern`].
    pub fn new(pattern: &str, extract: &str) -> Result<Self, FluxError> {
        let pattern = Regex::new(pattern).map_err(FluxError::Pattern)?;
        Ok(Self { pattern, extract: extract.to_owned() })
    }

    /// Returns the items, each with the tag that it came from, ordered by item.
    ///
    /// ```
    /// use tidegate_tag_policy::FluxFilter;
    ///
    /// let filter = FluxFilter::new(r"^(?P<env>\w+)-(?P<build>\d+)$", "$build")?;
    /// let items = filter.apply(["main-12", "main-9", "latest"]);
    /// // The policy compares the keys; the values are the tags to deploy.
    /// assert_eq!(items.into_iter().collect::<Vec<_>>(), [("12".into(), "main-12"), ("9".into(), "main-9")]);
    /// # Ok::<(), tidegate_tag_policy::FluxError>(())
    /// ```
    #[must_use]
    pub fn apply<'t>(&self, tags: impl IntoIterator<Item = &'t str>) -> BTreeMap<String, &'t str> {
        tags.into_iter().filter_map(|tag| Some((self.item(tag)?, tag))).collect()
    }

    /// Returns what a policy sees of one tag.
    ///
    /// ```
    /// use tidegate_tag_policy::FluxFilter;
    ///
    /// assert_eq!(FluxFilter::new(r"-prod$", "")?.item("1.4.0-prod").as_deref(), Some("1.4.0-prod"));
    /// assert_eq!(FluxFilter::new(r"-prod$", "")?.item("1.4.0"), None);
    /// # Ok::<(), tidegate_tag_policy::FluxError>(())
    /// ```
    #[must_use]
    pub fn item(&self, tag: &str) -> Option<String> {
        let captures = self.pattern.captures(tag)?;
        Some(if self.extract.is_empty() { tag.to_owned() } else { captures.expand(&self.extract) })
    }

    /// Returns the pattern.
    #[must_use]
    pub fn pattern(&self) -> &str {
        self.pattern.as_str()
    }
}

/// Why Flux gives no image.
///
/// ```
/// use tidegate_tag_policy::{FluxError, FluxOrder, FluxPolicy};
///
/// let builds = FluxPolicy::Numerical(FluxOrder::Ascending);
/// assert_eq!(builds.latest(["1732", "latest"]), Err(FluxError::NotANumber { item: "latest".into() }));
/// assert_eq!(builds.latest([]), Err(FluxError::Nothing));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FluxError {
    /// There is no policy of this kind.
    Kind {
        /// What was given.
        given: String,
    },
    /// The range is no constraint.
    Range(ConstraintError),
    /// The order is neither `ASC` nor `DESC`.
    Order {
        /// What was given.
        given: String,
    },
    /// The pattern of the filter is no regular expression.
    Pattern(PatternError),
    /// An item is no number.
    NotANumber {
        /// The item.
        item: String,
    },
    /// There is no item that fits.
    Nothing,
}

impl fmt::Display for FluxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind { given } => {
                write!(f, "`{given}` is no policy; there are semver, alphabetical, numerical")
            }
            Self::Range(_) => f.write_str("the range is no constraint on versions"),
            Self::Order { given } => write!(f, "the order `{given}` is neither ASC nor DESC"),
            Self::Pattern(_) => f.write_str("the pattern of the filter is no regular expression"),
            Self::NotANumber { item } => write!(f, "`{item}` is no number"),
            Self::Nothing => f.write_str("no tag fits the policy"),
        }
    }
}

impl Error for FluxError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Range(error) => Some(error),
            Self::Pattern(error) => Some(error),
            _ => None,
        }
    }
}
