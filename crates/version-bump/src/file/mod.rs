mod cargo;
mod error;
mod json;
mod pattern;
mod plain;
mod toml;

use semver::Version;
use tidegate_pattern::Regex;
use tidegate_source::{LineColumn, Span, line_column};

pub use self::cargo::{CargoManifest, PackageVersion, set_cargo_lock};
pub use self::error::{VersionFileError, VersionFileErrorKind};
pub use self::json::set_package_lock;

/// A file that holds a version, by the rules of its kind.
///
/// | kind | what is read and written |
/// | --- | --- |
/// | `Cargo.toml` | `version` of `[package]`, or else of `[workspace.package]` |
/// | `package.json`, `*.json` | `version` of the object |
/// | with a pattern | the group `version` of the match, or else its first group |
/// | any other | the one line of the file that is not blank, perhaps with a `v` before the version |
///
/// Only the bytes of the version change: quotes, comments, line ends and a missing last line break stay.
///
/// ```
/// use semver::Version;
/// use tidegate_version_bump::VersionFile;
///
/// let file = VersionFile::kind_for("charts/app/Chart.yaml", Some("(?m)^appVersion: (.*)$"))?;
/// let text = "name: app\nappVersion: 1.3.0\n";
/// assert_eq!(file.read(text)?.version, Version::new(1, 3, 0));
/// assert_eq!(file.read(text)?.place.line, 2);
/// assert_eq!(file.set(text, &Version::new(1, 4, 0))?, "name: app\nappVersion: 1.4.0\n");
///
/// let error = VersionFile::kind_for("VERSION", None)?.read("1.4\n").unwrap_err();
/// assert_eq!(error.to_string(), "`1.4` is no version: unexpected end of input while parsing minor version number");
/// # Ok::<(), tidegate_version_bump::VersionFileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionFile {
    kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    CargoManifest,
    Json,
    Pattern(Regex),
}

/// A version in a text.
///
/// ```
/// use tidegate_version_bump::VersionFile;
///
/// let text = "\nv1.4.0\n";
/// let found = VersionFile::kind_for("VERSION", None)?.read(text)?;
/// assert_eq!(found.span.of(text), "1.4.0");
/// assert_eq!((found.place.line, found.place.column), (2, 2));
/// # Ok::<(), tidegate_version_bump::VersionFileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Found {
    /// The version.
    pub version: Version,
    /// The bytes of the version: without quotes and without a `v`.
    pub span: Span,
    /// The line and column of its first byte.
    pub place: LineColumn,
}

impl VersionFile {
    /// Returns the kind of a file: by the pattern where there is one, or else by the name of the file.
    ///
    /// ```
    /// use tidegate_version_bump::{VersionFile, VersionFileErrorKind};
    ///
    /// let pattern = "(?m)^ENV VERSION=(?P<version>.+)$";
    /// let file = VersionFile::kind_for("hub/Dockerfile", Some(pattern))?;
    /// assert_eq!(file.read("FROM scratch\nENV VERSION=1.4.0\n")?.version, semver::Version::new(1, 4, 0));
    ///
    /// let error = VersionFile::kind_for("hub/Dockerfile", Some("^ENV VERSION=.+$")).unwrap_err();
    /// assert_eq!(error.kind(), VersionFileErrorKind::PatternWithoutGroup);
    /// # Ok::<(), tidegate_version_bump::VersionFileError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`VersionFileErrorKind::InvalidPattern`] and [`VersionFileErrorKind::PatternWithoutGroup`], with spans in
    /// the pattern.
    pub fn kind_for(path: &str, pattern: Option<&str>) -> Result<Self, VersionFileError> {
        let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let kind = match pattern {
            Some(pattern) => Kind::Pattern(pattern::compile(pattern)?),
            None if name == "Cargo.toml" => Kind::CargoManifest,
            None if name.to_ascii_lowercase().ends_with(".json") => Kind::Json,
            None => Kind::Plain,
        };
        Ok(Self { kind })
    }

    /// Reads the version.
    ///
    /// ```
    /// use tidegate_version_bump::{VersionFile, VersionFileErrorKind};
    ///
    /// let file = VersionFile::kind_for("Cargo.toml", None)?;
    /// let root = "[workspace.package]\nversion = '1.4.0'\n";
    /// assert_eq!(file.read(root)?.version, semver::Version::new(1, 4, 0));
    /// let error = file.read("[package]\nversion = 1.4\n").unwrap_err();
    /// assert_eq!(error.kind(), VersionFileErrorKind::NotAString);
    /// # Ok::<(), tidegate_version_bump::VersionFileError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns a [`VersionFileError`] with the place in the text: nothing is found, more than one thing is found, or
    /// what is found is no version.
    pub fn read(&self, text: &str) -> Result<Found, VersionFileError> {
        let span = match &self.kind {
            Kind::Plain => plain::locate(text)?,
            Kind::CargoManifest => cargo::locate(text)?,
            Kind::Json => json::locate(text)?,
            Kind::Pattern(pattern) => pattern::locate(pattern, text)?,
        };
        found(text, span)
    }

    /// Returns the text with another version.
    ///
    /// Setting the version that is there returns the same bytes.
    ///
    /// ```
    /// use tidegate_version_bump::VersionFile;
    ///
    /// let file = VersionFile::kind_for("web/package.json", None)?;
    /// let text = "{\r\n  \"version\" : \"1.3.0\",\r\n  \"private\": true\r\n}";
    /// let set = file.set(text, &semver::Version::new(1, 4, 0))?;
    /// assert_eq!(set, text.replace("1.3.0", "1.4.0"));
    /// assert!(file.set("{}", &semver::Version::new(1, 4, 0)).is_err());
    /// # Ok::<(), tidegate_version_bump::VersionFileError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read): a file without a good version is not touched.
    pub fn set(&self, text: &str, version: &Version) -> Result<String, VersionFileError> {
        let found = self.read(text)?;
        Ok(replace(text, &[found.span], &version.to_string()))
    }

    /// Returns the name of the lock file that stands beside a file of this kind and repeats its version.
    ///
    /// ```
    /// use tidegate_version_bump::VersionFile;
    ///
    /// assert_eq!(VersionFile::kind_for("app/Cargo.toml", None)?.lock_file(), Some("Cargo.lock"));
    /// assert_eq!(VersionFile::kind_for("VERSION", None)?.lock_file(), None);
    /// # Ok::<(), tidegate_version_bump::VersionFileError>(())
    /// ```
    #[must_use]
    pub fn lock_file(&self) -> Option<&'static str> {
        match self.kind {
            Kind::CargoManifest => Some("Cargo.lock"),
            Kind::Json => Some("package-lock.json"),
            Kind::Plain | Kind::Pattern(_) => None,
        }
    }
}

/// Reads the version in a span.
fn found(text: &str, span: Span) -> Result<Found, VersionFileError> {
    let written = span.of(text);
    match Version::parse(written) {
        Ok(version) => Ok(Found { version, span, place: line_column(text, span.start) }),
        Err(error) => Err(VersionFileError::because(
            VersionFileErrorKind::NotAVersion,
            span,
            format!("`{written}` is no version: {error}"),
        )),
    }
}

/// Replaces spans, given in the order of the text, by one text.
fn replace(text: &str, spans: &[Span], by: &str) -> String {
    let mut out = String::with_capacity(text.len() + spans.len() * by.len());
    let mut rest = 0;
    for span in spans {
        out.push_str(&text[rest..span.start as usize]);
        out.push_str(by);
        rest = span.end as usize;
    }
    out.push_str(&text[rest..]);
    out
}
