use std::error::Error;
use std::fmt;

use tidegate_pattern::{PatternError, Regex, filepath_match};

/// Which tags may be chosen at all.
///
/// Source: Argo CD Image Updater, `allow-tags` (`ParseMatch`).
///
/// ```
/// use tidegate_tag_policy::AllowTags;
///
/// let allow = AllowTags::parse(r"regexp:^v\d")?;
/// assert!(allow.allows("v1.4.0"));
/// assert!(!allow.allows("nightly"));
///
/// // The updater lets nothing pass where it does not understand the expression; the reason is told.
/// assert!(AllowTags::parse("glob:v*").is_err());
/// assert!(!AllowTags::lenient("glob:v*").allows("v1.4.0"));
/// # Ok::<(), tidegate_tag_policy::AllowTagsError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AllowTags {
    /// Every tag.
    #[default]
    All,
    /// No tag, because the expression was not understood.
    Nothing {
        /// The expression.
        expression: String,
    },
    /// Tags in which the pattern matches somewhere.
    Matching(Regex),
}

impl AllowTags {
    /// Reads an expression: nothing or `any` for all tags, or `regexp:` (in any case) with a pattern that is not
    /// anchored.
    ///
    /// ```
    /// use tidegate_tag_policy::{AllowTags, AllowTagsError};
    ///
    /// assert_eq!(AllowTags::parse("any")?, AllowTags::All);
    /// assert!(AllowTags::parse(r"regexp:-prod$")?.allows("1.4.0-prod"));
    /// assert_eq!(AllowTags::parse("1.*"), Err(AllowTagsError::Unknown));
    /// # Ok::<(), tidegate_tag_policy::AllowTagsError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`AllowTagsError`] for anything else.
    pub fn parse(expression: &str) -> Result<Self, AllowTagsError> {
        if expression.is_empty() || expression.eq_ignore_ascii_case("any") {
            return Ok(Self::All);
        }
        match expression.split_once(':') {
            Some((word, pattern)) if word.eq_ignore_ascii_case("regexp") => {
                Regex::new(pattern).map(Self::Matching).map_err(AllowTagsError::Pattern)
            }
            _ => Err(AllowTagsError::Unknown),
        }
    }

    /// Reads an expression as the Image Updater does: what it does not understand allows nothing.
    ///
    /// ```
    /// use tidegate_tag_policy::AllowTags;
    ///
    /// assert_eq!(AllowTags::lenient("1.*"), AllowTags::Nothing { expression: "1.*".into() });
    /// assert_eq!(AllowTags::lenient(""), AllowTags::All);
    /// ```
    #[must_use]
    pub fn lenient(expression: &str) -> Self {
        Self::parse(expression)
            .unwrap_or_else(|_| Self::Nothing { expression: expression.to_owned() })
    }

    /// Returns whether a tag may be chosen.
    ///
    /// ```
    /// use tidegate_tag_policy::AllowTags;
    ///
    /// // The pattern may match anywhere, so that anchors matter.
    /// assert!(AllowTags::parse("regexp:main")?.allows("not-main-1732"));
    /// assert!(!AllowTags::parse("regexp:^main")?.allows("not-main-1732"));
    /// # Ok::<(), tidegate_tag_policy::AllowTagsError>(())
    /// ```
    #[must_use]
    pub fn allows(&self, tag: &str) -> bool {
        match self {
            Self::All => true,
            Self::Nothing { .. } => false,
            Self::Matching(pattern) => pattern.is_match(tag),
        }
    }
}

/// Why an expression for allowed tags was not understood.
///
/// ```
/// use tidegate_tag_policy::{AllowTags, AllowTagsError};
///
/// assert!(matches!(AllowTags::parse("regexp:main-("), Err(AllowTagsError::Pattern(_))));
/// let error = AllowTags::parse("main").unwrap_err();
/// assert_eq!(error.to_string(), "allowed tags are `any` or `regexp:` with a pattern");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AllowTagsError {
    /// It is neither `any` nor `regexp:PATTERN`.
    Unknown,
    /// The pattern is no regular expression; places are counted in the pattern.
    Pattern(PatternError),
}

impl fmt::Display for AllowTagsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("allowed tags are `any` or `regexp:` with a pattern"),
            Self::Pattern(_) => {
                f.write_str("the pattern for allowed tags is no regular expression")
            }
        }
    }
}

impl Error for AllowTagsError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Unknown => None,
            Self::Pattern(error) => Some(error),
        }
    }
}

/// Tags that are never chosen: globs as Go's `filepath.Match` reads them.
///
/// A malformed glob matches nothing, as in the Image Updater; [`malformed`](Self::malformed) tells which these are.
///
/// ```
/// use tidegate_tag_policy::IgnoreTags;
///
/// let ignore = IgnoreTags::new(["*-debug", "["]);
/// assert_eq!(ignore.ignored_by("1.4.0-debug"), Some("*-debug"));
/// assert_eq!(ignore.ignored_by("1.4.0"), None);
/// assert_eq!(ignore.malformed().collect::<Vec<_>>(), ["["]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IgnoreTags {
    globs: Vec<String>,
}

impl IgnoreTags {
    /// Takes globs.
    ///
    /// ```
    /// use tidegate_tag_policy::IgnoreTags;
    ///
    /// let ignore = IgnoreTags::new("*-rc*, nightly".split(", "));
    /// assert!(ignore.ignored_by("1.4.0-rc.1").is_some() && ignore.ignored_by("1.4.0").is_none());
    /// ```
    #[must_use]
    pub fn new<'g>(globs: impl IntoIterator<Item = &'g str>) -> Self {
        Self { globs: globs.into_iter().map(str::to_owned).collect() }
    }

    /// Returns the first glob that matches a tag.
    ///
    /// ```
    /// use tidegate_tag_policy::IgnoreTags;
    ///
    /// assert_eq!(IgnoreTags::new(["dev", "1.?.0"]).ignored_by("1.4.0"), Some("1.?.0"));
    /// ```
    #[must_use]
    pub fn ignored_by(&self, tag: &str) -> Option<&str> {
        self.globs.iter().map(String::as_str).find(|glob| filepath_match(glob, tag) == Ok(true))
    }

    /// Returns the globs that are malformed, and so match nothing.
    ///
    /// ```
    /// use tidegate_tag_policy::IgnoreTags;
    ///
    /// let ignore = IgnoreTags::new(["*-rc*", "[0-9"]);
    /// assert_eq!(ignore.malformed().collect::<Vec<_>>(), ["[0-9"]);
    /// assert_eq!(ignore.ignored_by("7"), None);
    /// ```
    pub fn malformed(&self) -> impl Iterator<Item = &str> {
        self.globs.iter().map(String::as_str).filter(|glob| filepath_match(glob, "").is_err())
    }
}
