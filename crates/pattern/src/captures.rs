use std::ops::Range;

/// What the groups of a pattern have matched.
///
/// Group 0 is the whole match. Two groups may have the same name; by name, the first of them that took part in
/// the match answers.
///
/// ```
/// use tidegate_pattern::Regex;
///
/// let pattern = Regex::new(r"(?P<name>[a-z]+)-(\d+)?")?;
/// let captures = pattern.captures("build-").expect("the number may be missing");
/// assert_eq!(captures.get(0), Some("build-"));
/// assert_eq!(captures.name("name"), Some("build"));
/// assert_eq!(captures.get(2), None);
/// # Ok::<(), tidegate_pattern::PatternError>(())
/// ```
#[derive(Debug)]
pub struct Captures<'t> {
    text: &'t str,
    names: &'t [Option<String>],
    found: regex::Captures<'t>,
}

impl<'t> Captures<'t> {
    pub(crate) fn new(
        text: &'t str,
        names: &'t [Option<String>],
        found: regex::Captures<'t>,
    ) -> Self {
        Self { text, names, found }
    }

    /// Returns the text of a group, or `None` where the group took no part or does not exist.
    ///
    /// ```
    /// use tidegate_pattern::Regex;
    ///
    /// let pattern = Regex::new(r"^(\w+)-(\d+)(-rc)?$")?;
    /// let captures = pattern.captures("hub-1732").expect("it matches");
    /// assert_eq!((captures.get(0), captures.get(2)), (Some("hub-1732"), Some("1732")));
    /// // The group took no part.
    /// assert_eq!(captures.get(3), None);
    /// # Ok::<(), tidegate_pattern::PatternError>(())
    /// ```
    #[must_use]
    pub fn get(&self, group: usize) -> Option<&'t str> {
        self.range(group).map(|range| &self.text[range])
    }

    /// Returns the range of bytes of a group in the text.
    ///
    /// ```
    /// use tidegate_pattern::Regex;
    ///
    /// let pattern = Regex::new(r"version=(\S+)")?;
    /// let captures = pattern.captures("ENV version=1.4.0").expect("it matches");
    /// assert_eq!(captures.range(1), Some(12..17));
    /// # Ok::<(), tidegate_pattern::PatternError>(())
    /// ```
    #[must_use]
    pub fn range(&self, group: usize) -> Option<Range<usize>> {
        self.found.get(group).map(|it| it.range())
    }

    /// Returns the text of the group with this name.
    ///
    /// ```
    /// use tidegate_pattern::Regex;
    ///
    /// let pattern = Regex::new(r"^(?P<branch>\w+)-(?P<build>\d+)$")?;
    /// let captures = pattern.captures("main-1732").expect("it matches");
    /// assert_eq!((captures.name("build"), captures.name("commit")), (Some("1732"), None));
    /// # Ok::<(), tidegate_pattern::PatternError>(())
    /// ```
    #[must_use]
    pub fn name(&self, name: &str) -> Option<&'t str> {
        self.name_range(name).map(|range| &self.text[range])
    }

    /// Returns the range of bytes of the group with this name.
    ///
    /// ```
    /// use tidegate_pattern::Regex;
    ///
    /// let pattern = Regex::new(r"(?P<version>\d+\.\d+\.\d+)")?;
    /// let captures = pattern.captures("hub 1.4.0").expect("it matches");
    /// assert_eq!(captures.name_range("version"), Some(4..9));
    /// # Ok::<(), tidegate_pattern::PatternError>(())
    /// ```
    #[must_use]
    pub fn name_range(&self, name: &str) -> Option<Range<usize>> {
        (1..)
            .zip(self.names)
            .filter(|(_, it)| it.as_deref() == Some(name))
            .find_map(|(group, _)| self.range(group))
    }

    /// Fills in a template, as Go's `Regexp.Expand` does.
    ///
    /// `$name` and `${name}` stand for a group by name or number; `$$` is a dollar sign. A name without braces
    /// takes as many letters, digits and `_` as follow. A group that took no part, or that does not exist, is
    /// empty. A `$` that begins nothing is left as it is.
    ///
    /// ```
    /// use tidegate_pattern::Regex;
    ///
    /// let pattern = Regex::new("v(?P<major>[0-9]+)[.]([0-9]+)")?;
    /// let captures = pattern.captures("v1.4").expect("it matches");
    /// assert_eq!(captures.expand("$major-${2}x $$5 $-"), "1-4x $5 $-");
    /// // Without braces the name goes as far as it can, and `2x` is no group.
    /// assert_eq!(captures.expand("<$2x>"), "<>");
    /// # Ok::<(), tidegate_pattern::PatternError>(())
    /// ```
    #[must_use]
    pub fn expand(&self, template: &str) -> String {
        let mut out = String::with_capacity(template.len());
        let mut rest = template;
        while let Some(at) = rest.find('$') {
            out.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix('$') {
                out.push('$');
                rest = after;
            } else if let Some((name, after)) = reference(rest) {
                out.push_str(self.by_reference(name).unwrap_or(""));
                rest = after;
            } else {
                out.push('$');
            }
        }
        out.push_str(rest);
        out
    }

    fn by_reference(&self, name: &str) -> Option<&'t str> {
        match number(name) {
            Some(group) => self.get(group),
            None => self.name(name),
        }
    }
}

/// Splits `name…` or `{name}…`, which stood behind a dollar sign.
///
/// Go takes letters and digits of any script here, though the name of a group has ASCII ones alone.
fn reference(text: &str) -> Option<(&str, &str)> {
    let (braced, body) = text.strip_prefix('{').map_or((false, text), |it| (true, it));
    let end = body.find(|c: char| !(c == '_' || c.is_alphanumeric())).unwrap_or(body.len());
    let (name, rest) = body.split_at(end);
    if name.is_empty() {
        return None;
    }
    if braced { Some((name, rest.strip_prefix('}')?)) } else { Some((name, rest)) }
}

/// Reads a group number: digits without a leading zero (but `0`), of at most nine digits, as in Go.
fn number(name: &str) -> Option<usize> {
    let digits = name.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || (name.len() > 1 && name.starts_with('0')) {
        return None;
    }
    name.parse().ok().filter(|it| *it < 1_000_000_000)
}
