use std::error::Error;
use std::fmt;
use std::str::FromStr;

use semver::Version;
use tidegate_source::Span;

/// How the tags of a version group are named: a text with `{version}` once.
///
/// ```
/// use semver::Version;
/// use tidegate_version_bump::TagTemplate;
///
/// let template: TagTemplate = "frontend/v{version}".parse()?;
/// assert_eq!(template.format(&Version::new(1, 4, 0)), "frontend/v1.4.0");
/// assert_eq!(template.parse("frontend/v1.4.0"), Some(Version::new(1, 4, 0)));
/// assert_eq!(template.parse("v1.4.0"), None);
/// assert!("release".parse::<TagTemplate>().is_err());
/// # Ok::<(), tidegate_version_bump::TagTemplateError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TagTemplate {
    prefix: String,
    suffix: String,
}

const PLACEHOLDER: &str = "{version}";

impl TagTemplate {
    /// Returns the tag of a version.
    ///
    /// ```
    /// use tidegate_version_bump::TagTemplate;
    ///
    /// let tag = TagTemplate::default().format(&"1.4.0-rc.1".parse()?);
    /// assert_eq!(tag, "v1.4.0-rc.1");
    /// # Ok::<(), semver::Error>(())
    /// ```
    #[must_use]
    pub fn format(&self, version: &Version) -> String {
        format!("{}{version}{}", self.prefix, self.suffix)
    }

    /// Returns the version of a tag; `None` for a tag of another template.
    ///
    /// The version must be one by Semantic Versioning, so that `v{version}` does not take `v1.4`.
    ///
    /// ```
    /// use tidegate_version_bump::TagTemplate;
    ///
    /// let template = TagTemplate::default();
    /// assert_eq!(template.parse("v1.4.0"), Some(semver::Version::new(1, 4, 0)));
    /// assert_eq!(template.parse("v1.4"), None);
    /// ```
    #[must_use]
    pub fn parse(&self, tag: &str) -> Option<Version> {
        let version = tag.strip_prefix(&*self.prefix)?.strip_suffix(&*self.suffix)?;
        Version::parse(version).ok()
    }
}

/// `v{version}`.
impl Default for TagTemplate {
    fn default() -> Self {
        Self { prefix: "v".to_owned(), suffix: String::new() }
    }
}

impl fmt::Display for TagTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{PLACEHOLDER}{}", self.prefix, self.suffix)
    }
}

impl FromStr for TagTemplate {
    type Err = TagTemplateError;

    fn from_str(text: &str) -> Result<Self, TagTemplateError> {
        use TagTemplateErrorKind as Kind;
        let error =
            |kind, start, end| TagTemplateError { kind, span: Span::from_range(start..end) };
        let at = text.find(PLACEHOLDER).ok_or_else(|| error(Kind::NoVersion, 0, text.len()))?;
        let behind = at + PLACEHOLDER.len();
        let (prefix, suffix) = (&text[..at], &text[behind..]);
        if let Some(second) = suffix.find(PLACEHOLDER) {
            let start = behind + second;
            return Err(error(Kind::SecondVersion, start, start + PLACEHOLDER.len()));
        }
        // What `git check-ref-format` refuses in a tag.
        let forbidden = |c: char| c.is_control() || " ~^:?*[\\{}".contains(c);
        for (part, start) in [(prefix, 0), (suffix, behind)] {
            if let Some((offset, c)) = part.char_indices().find(|(_, c)| forbidden(*c)) {
                let start = start + offset;
                return Err(error(Kind::Forbidden(c), start, start + c.len_utf8()));
            }
            if let Some(offset) = part.find("..").or_else(|| part.find("//")) {
                return Err(error(Kind::NotATag, start + offset, start + offset + 2));
            }
        }
        let lock = |it: &str| it.strip_suffix(".lock").is_some();
        let bad_component = |it: &str| it.starts_with('.') || lock(it);
        let bad = prefix.starts_with(['-', '/'])
            || prefix.split('/').any(bad_component)
            || suffix.ends_with(['.', '/'])
            || suffix.split('/').any(lock)
            || suffix.split('/').skip(1).any(bad_component);
        if bad {
            return Err(error(Kind::NotATag, 0, text.len()));
        }
        Ok(Self { prefix: prefix.to_owned(), suffix: suffix.to_owned() })
    }
}

/// Why a text is no template for tags, and where.
///
/// ```
/// use tidegate_version_bump::TagTemplate;
///
/// let error = "hub v{version}".parse::<TagTemplate>().unwrap_err();
/// assert_eq!(error.span().range(), 3..4);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagTemplateError {
    kind: TagTemplateErrorKind,
    span: Span,
}

/// The kinds of mistake in a template.
///
/// ```
/// use tidegate_version_bump::{TagTemplate, TagTemplateErrorKind};
///
/// let kind = |text: &str| text.parse::<TagTemplate>().map_err(|error| error.kind());
/// assert_eq!(kind("stable"), Err(TagTemplateErrorKind::NoVersion));
/// assert_eq!(kind("hub:{version}"), Err(TagTemplateErrorKind::Forbidden(':')));
/// assert_eq!(kind("-{version}"), Err(TagTemplateErrorKind::NotATag));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TagTemplateErrorKind {
    /// There is no `{version}`.
    NoVersion,
    /// There is a second `{version}`.
    SecondVersion,
    /// This character can't stand in a tag of git.
    Forbidden(char),
    /// Git would refuse the tag: it begins with `-` or `.`, has `..` or `//`, or ends with `.`, `/` or `.lock`.
    NotATag,
}

impl TagTemplateError {
    /// Returns what is wrong.
    #[must_use]
    pub fn kind(&self) -> TagTemplateErrorKind {
        self.kind
    }

    /// Returns the range of bytes in the template that is at fault.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }
}

impl fmt::Display for TagTemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TagTemplateErrorKind::NoVersion => f.write_str("the tag template has no `{version}`"),
            TagTemplateErrorKind::SecondVersion => {
                f.write_str("the tag template has more than one `{version}`")
            }
            TagTemplateErrorKind::Forbidden(c) => write!(f, "{c:?} can't stand in a tag of git"),
            TagTemplateErrorKind::NotATag => f.write_str("git would refuse tags of this template"),
        }
    }
}

impl Error for TagTemplateError {}
