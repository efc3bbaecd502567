use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use crate::captures::Captures;
use crate::error::{PatternError, PatternErrorKind};
use crate::syntax;

/// A regular expression in Go's syntax.
///
/// Matching takes time linear in the text, whatever the pattern. Compiling takes tens of microseconds: where
/// many patterns are plain text, ask [`is_literal`] first.
///
/// ```
/// use tidegate_pattern::Regex;
///
/// let pattern = Regex::new(r"\d+")?;
/// assert!(pattern.is_match("build-17"));
/// assert!(!pattern.full_match("build-17"));
/// assert!(pattern.full_match("17"));
/// // Digits are ASCII in Go.
/// assert!(!pattern.is_match("١٧"));
/// assert!(Regex::new(r"(?=x)").is_err());
/// # Ok::<(), tidegate_pattern::PatternError>(())
/// ```
#[derive(Clone)]
pub struct Regex {
    pattern: String,
    translated: String,
    names: Vec<Option<String>>,
    search: regex::Regex,
    full: OnceLock<regex::Regex>,
}

/// The program for the pattern between anchors is a little larger than the one that was admitted.
const SIZE_LIMIT: usize = 10 << 20;

impl Regex {
    /// The greatest length of a pattern in bytes.
    ///
    /// ```
    /// use tidegate_pattern::{PatternErrorKind, Regex};
    ///
    /// let long = "a".repeat(Regex::MAX_PATTERN_LEN + 1);
    /// assert_eq!(Regex::new(&long).unwrap_err().kind(), PatternErrorKind::TooLarge);
    /// ```
    pub const MAX_PATTERN_LEN: usize = 64 << 10;

    /// How deep groups may nest.
    ///
    /// ```
    /// use tidegate_pattern::{PatternErrorKind, Regex};
    ///
    /// let deep = |n: usize| format!("{}a{}", "(".repeat(n), ")".repeat(n));
    /// assert!(Regex::new(&deep(Regex::MAX_DEPTH)).is_ok());
    /// let error = Regex::new(&deep(Regex::MAX_DEPTH + 1)).unwrap_err();
    /// assert_eq!(error.kind(), PatternErrorKind::NestingDepth);
    /// ```
    pub const MAX_DEPTH: usize = 100;

    /// Compiles a pattern, as Go's `regexp.Compile` reads it.
    ///
    /// ```
    /// use tidegate_pattern::Regex;
    ///
    /// assert!(Regex::new(r"^v(?P<version>\d+\.\d+)$").is_ok());
    /// let error = Regex::new(r"v\y").unwrap_err();
    /// assert_eq!(error.span().range(), 1..3);
    /// ```
    ///
    /// # Errors
    ///
    /// Returns a [`PatternError`] with Go's reason and the place, or one of the limits of this crate.
    pub fn new(pattern: &str) -> Result<Self, PatternError> {
        let whole = |kind| PatternError::new(kind, 0, pattern.len());
        if pattern.len() > Self::MAX_PATTERN_LEN {
            return Err(whole(PatternErrorKind::TooLarge));
        }
        let translation = syntax::translate(pattern, Self::MAX_DEPTH)?;
        let search = compile(&translation.text, SIZE_LIMIT)
            .map_err(|_| whole(PatternErrorKind::TooLarge))?;
        Ok(Self {
            pattern: pattern.to_owned(),
            translated: translation.text,
            names: translation.names,
            search,
            full: OnceLock::new(),
        })
    }

    /// Returns the pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.pattern
    }

    /// Returns whether the pattern matches anywhere in the text.
    ///
    /// ```
    /// use tidegate_pattern::Regex;
    ///
    /// let release = Regex::new(r"\d+\.\d+\.\d+")?;
    /// assert!(release.is_match("hub-1.4.0-rc.1") && !release.is_match("latest"));
    /// # Ok::<(), tidegate_pattern::PatternError>(())
    /// ```
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.search.is_match(text)
    }

    /// Returns whether the pattern matches the whole text, as `^(?:…)$` would.
    ///
    /// ```
    /// use tidegate_pattern::Regex;
    ///
    /// let release = Regex::new(r"\d+\.\d+\.\d+")?;
    /// assert!(release.full_match("1.4.0") && !release.full_match("1.4.0-rc.1"));
    /// # Ok::<(), tidegate_pattern::PatternError>(())
    /// ```
    #[must_use]
    pub fn full_match(&self, text: &str) -> bool {
        self.full().is_match(text)
    }

    /// Returns the range of the first match: the leftmost, and there the one that the pattern prefers.
    ///
    /// ```
    /// use tidegate_pattern::Regex;
    ///
    /// assert_eq!(Regex::new(r"\d+")?.find("main-1732"), Some(5..9));
    /// # Ok::<(), tidegate_pattern::PatternError>(())
    /// ```
    #[must_use]
    pub fn find(&self, text: &str) -> Option<Range<usize>> {
        self.search.find(text).map(|found| found.range())
    }

    /// Returns the range of the first match that begins at a byte offset or behind it.
    ///
    /// What stands before the offset is still seen by `^` and `\b`. `None` also where the offset is no boundary
    /// of a character.
    ///
    /// ```
    /// use tidegate_pattern::Regex;
    ///
    /// let number = Regex::new(r"\d+")?;
    /// let first = number.find("1.40").expect("a number");
    /// assert_eq!(number.find_at("1.40", first.end), Some(2..4));
    /// # Ok::<(), tidegate_pattern::PatternError>(())
    /// ```
    #[must_use]
    pub fn find_at(&self, text: &str, from: usize) -> Option<Range<usize>> {
        if !text.is_char_boundary(from) {
            return None;
        }
        self.search.find_at(text, from).map(|found| found.range())
    }

    /// Returns the first match with its groups.
    ///
    /// ```
    /// use tidegate_pattern::Regex;
    ///
    /// let pattern = Regex::new(r"(\d+)")?;
    /// // The first match, anywhere.
    /// assert_eq!(pattern.captures("main-12-3").and_then(|it| it.get(1)), Some("12"));
    /// # Ok::<(), tidegate_pattern::PatternError>(())
    /// ```
    #[must_use]
    pub fn captures<'t>(&'t self, text: &'t str) -> Option<Captures<'t>> {
        self.search.captures(text).map(|found| Captures::new(text, &self.names, found))
    }

    /// Returns the groups of a match of the whole text.
    ///
    /// ```
    /// use tidegate_pattern::Regex;
    ///
    /// let pattern = Regex::new(r"v(\d+)")?;
    /// assert!(pattern.full_captures("v1-rc").is_none());
    /// assert_eq!(pattern.full_captures("v1").and_then(|it| it.get(1)), Some("1"));
    /// # Ok::<(), tidegate_pattern::PatternError>(())
    /// ```
    #[must_use]
    pub fn full_captures<'t>(&'t self, text: &'t str) -> Option<Captures<'t>> {
        self.full().captures(text).map(|found| Captures::new(text, &self.names, found))
    }

    /// Returns the names of the groups, in order from group 1; `None` for a group without a name.
    ///
    /// ```
    /// use tidegate_pattern::Regex;
    ///
    /// let pattern = Regex::new("(a)(?P<b>b)")?;
    /// assert_eq!(pattern.group_names().collect::<Vec<_>>(), [None, Some("b")]);
    /// # Ok::<(), tidegate_pattern::PatternError>(())
    /// ```
    pub fn group_names(&self) -> impl ExactSizeIterator<Item = Option<&str>> {
        self.names.iter().map(Option::as_deref)
    }

    fn full(&self) -> &regex::Regex {
        self.full.get_or_init(|| {
            compile(&format!(r"\A(?:{})\z", self.translated), SIZE_LIMIT * 2)
                .expect("a pattern that compiles also compiles between anchors")
        })
    }
}

fn compile(translated: &str, size_limit: usize) -> Result<regex::Regex, regex::Error> {
    // Each group of the pattern may be wrapped once more, and holds an alternation of concatenations.
    let nest_limit = u32::try_from(Regex::MAX_DEPTH * 5).unwrap_or(u32::MAX);
    regex::RegexBuilder::new(translated).size_limit(size_limit).nest_limit(nest_limit).build()
}

impl fmt::Debug for Regex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Regex").field(&self.pattern).finish()
    }
}

impl fmt::Display for Regex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.pattern)
    }
}

/// Two expressions are equal when they were written alike.
impl PartialEq for Regex {
    fn eq(&self, other: &Self) -> bool {
        self.pattern == other.pattern
    }
}

impl Eq for Regex {}

/// Returns the text that a pattern stands for, when no character in it has a meaning of its own.
///
/// ```
/// use tidegate_pattern::is_literal;
///
/// assert_eq!(is_literal("library/nginx"), Some("library/nginx"));
/// assert_eq!(is_literal("gcr.io/nginx"), None);
/// ```
#[must_use]
pub fn is_literal(pattern: &str) -> Option<&str> {
    let special = |byte| br"\.+*?()|[]{}^$".contains(&byte);
    (!pattern.bytes().any(special)).then_some(pattern)
}
