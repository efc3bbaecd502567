use std::fmt;

use crate::error::PatternError;
use crate::path_match::{check_syntax, path_match};

/// A glob over paths, as Cloud Build reads `includedFiles` and `ignoredFiles`.
///
/// It is [`path_match`] with one addition: a whole path segment `**` stands for any number of segments, also
/// none. Elsewhere two stars are as good as one.
///
/// ```
/// use tidegate_pattern::Glob;
///
/// let sources = Glob::new("backend/**/*.rs")?;
/// assert!(sources.is_match("backend/main.rs"));
/// assert!(sources.is_match("backend/src/http/mod.rs"));
/// assert!(!sources.is_match("frontend/backend/main.rs"));
/// assert!(!Glob::new("*.md")?.is_match("docs/README.md"));
/// assert!(Glob::new("docs/[").is_err());
/// # Ok::<(), tidegate_pattern::PatternError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Glob {
    pattern: String,
}

impl Glob {
    /// Reads a glob.
    ///
    /// ```
    /// use tidegate_pattern::{Glob, PatternErrorKind};
    ///
    /// assert!(Glob::new("apps/*/kustomization.yaml").is_ok());
    /// assert_eq!(Glob::new("apps/[").unwrap_err().kind(), PatternErrorKind::BadGlob);
    /// ```
    ///
    /// # Errors
    ///
    /// Returns [`PatternErrorKind::BadGlob`](crate::PatternErrorKind::BadGlob) with the place.
    pub fn new(pattern: &str) -> Result<Self, PatternError> {
        check_syntax(pattern.as_bytes(), 0)?;
        Ok(Self { pattern: pattern.to_owned() })
    }

    /// Returns the glob as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.pattern
    }

    /// Returns whether a path, its segments divided by `/`, matches as a whole.
    ///
    /// ```
    /// use tidegate_pattern::Glob;
    ///
    /// let sources = Glob::new("hub/**/*.rs")?;
    /// assert!(sources.is_match("hub/src/main.rs") && sources.is_match("hub/main.rs"));
    /// assert!(!sources.is_match("web/main.rs"));
    /// // One star ends at a slash.
    /// assert!(!Glob::new("hub/*.rs")?.is_match("hub/src/main.rs"));
    /// # Ok::<(), tidegate_pattern::PatternError>(())
    /// ```
    #[must_use]
    pub fn is_match(&self, path: &str) -> bool {
        if !self.pattern.split('/').any(|it| it == "**") {
            return one(&self.pattern, path);
        }
        let pattern: Vec<&str> = self.pattern.split('/').collect();
        let segments: Vec<&str> = path.split('/').collect();
        // The usual walk with one way back: after a mismatch the last `**` takes one segment more.
        let (mut p, mut s) = (0, 0);
        let mut way_back = None;
        loop {
            if pattern.get(p) == Some(&"**") {
                way_back = Some((p + 1, s));
                p += 1;
            } else if p == pattern.len() && s == segments.len() {
                return true;
            } else if p < pattern.len() && s < segments.len() && one(pattern[p], segments[s]) {
                p += 1;
                s += 1;
            } else {
                let Some((behind, from)) = way_back.filter(|it| it.1 < segments.len()) else {
                    return false;
                };
                way_back = Some((behind, from + 1));
                (p, s) = (behind, from + 1);
            }
        }
    }
}

/// Matches a pattern whose syntax was checked; a class that a `/` cuts in two matches nothing.
fn one(pattern: &str, name: &str) -> bool {
    path_match(pattern, name).unwrap_or(false)
}

impl fmt::Display for Glob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.pattern)
    }
}
