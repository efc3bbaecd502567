use std::error::Error;
use std::fmt;

use tidegate_source::Span;

/// Why no version was found in a file, and where.
///
/// ```
/// use tidegate_version_bump::{VersionFile, VersionFileErrorKind};
///
/// let text = "[package]\nname = \"app\"\nversion.workspace = true\n";
/// let error = VersionFile::kind_for("Cargo.toml", None)?.read(text).unwrap_err();
/// assert_eq!(error.kind(), VersionFileErrorKind::Inherited);
/// assert_eq!(error.span().of(text), "true");
/// # Ok::<(), tidegate_version_bump::VersionFileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionFileError {
    kind: VersionFileErrorKind,
    span: Span,
    message: String,
}

/// The kinds of mistake in a version file.
///
/// ```
/// use tidegate_version_bump::{VersionFile, VersionFileErrorKind};
///
/// let kind = |path, text| {
///     let file = VersionFile::kind_for(path, None).map_err(|error| error.kind())?;
///     file.read(text).map_err(|error| error.kind())
/// };
/// assert_eq!(kind("VERSION", "1.4.0\n1.5.0\n"), Err(VersionFileErrorKind::MoreThanOneLine));
/// assert_eq!(kind("package.json", "{\"name\": \"web\"}"), Err(VersionFileErrorKind::Missing));
/// assert_eq!(kind("Cargo.toml", "[package]\nversion.workspace = true\n"), Err(VersionFileErrorKind::Inherited));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum VersionFileErrorKind {
    /// The file is empty or blank.
    Empty,
    /// A plain file has a second line.
    MoreThanOneLine,
    /// What stands there is no version by Semantic Versioning.
    NotAVersion,
    /// There is no field for the version.
    Missing,
    /// The field is no text in quotes on one line.
    NotAString,
    /// The field stands there twice.
    Twice,
    /// The package takes its version from the workspace.
    Inherited,
    /// The file is not well-formed.
    Malformed,
    /// The pattern of the file is no regular expression of Go.
    InvalidPattern,
    /// The pattern of the file has no group.
    PatternWithoutGroup,
    /// The pattern of the file matches nothing, or its group took no part.
    NoMatch,
    /// The pattern of the file matches at more than one place.
    MoreThanOneMatch,
}

impl VersionFileError {
    pub(super) fn new(kind: VersionFileErrorKind, span: Span, message: &str) -> Self {
        Self { kind, span, message: message.to_owned() }
    }

    pub(super) fn because(kind: VersionFileErrorKind, span: Span, message: String) -> Self {
        Self { kind, span, message }
    }

    pub(super) fn shifted(mut self, bytes: u32) -> Self {
        self.span = self.span.shifted(bytes);
        self
    }

    /// Returns what is wrong.
    #[must_use]
    pub fn kind(&self) -> VersionFileErrorKind {
        self.kind
    }

    /// Returns the range of bytes at fault: in the file, or in the pattern where that is wrong.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns what to do about it, where that is known.
    ///
    /// ```
    /// use tidegate_version_bump::VersionFile;
    ///
    /// let error = VersionFile::kind_for("VERSION", None)?.read(" \n").unwrap_err();
    /// assert_eq!(error.help(), Some("write a version, such as 0.1.0"));
    /// # Ok::<(), tidegate_version_bump::VersionFileError>(())
    /// ```
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        Some(match self.kind {
            VersionFileErrorKind::Empty => "write a version, such as 0.1.0",
            VersionFileErrorKind::MoreThanOneLine => {
                "keep the version alone in the file, or give a pattern that finds it"
            }
            VersionFileErrorKind::NotAVersion => {
                "a version has three numbers, such as 1.4.0 or 1.4.0-rc.1"
            }
            VersionFileErrorKind::Missing => "add the field `version`, or name another file",
            VersionFileErrorKind::Inherited => "name the Cargo.toml of the workspace instead",
            VersionFileErrorKind::PatternWithoutGroup => {
                "put parentheses around the version in the pattern, or name the group `version`"
            }
            VersionFileErrorKind::MoreThanOneMatch => "make the pattern more exact",
            VersionFileErrorKind::NotAString => "write the version in quotes, such as \"1.4.0\"",
            VersionFileErrorKind::Malformed => "mend the syntax there",
            VersionFileErrorKind::NoMatch => {
                "let the pattern match the line that holds the version"
            }
            _ => return None,
        })
    }
}

impl fmt::Display for VersionFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for VersionFileError {}
