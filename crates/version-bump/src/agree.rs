use std::error::Error;
use std::fmt;

use semver::Version;
use tidegate_source::LineColumn;

use crate::file::Found;

/// Returns the version that the files of a group have in common, or `None` for no files.
///
/// ```
/// use tidegate_version_bump::{VersionFile, agree};
///
/// let file = VersionFile::kind_for("VERSION", None)?;
/// let (backend, frontend) = (file.read("1.4.0\n")?, file.read("1.3.0\n")?);
/// assert!(agree([("backend/VERSION", &backend)]).is_ok());
/// let error = agree([("backend/VERSION", &backend), ("frontend/VERSION", &frontend)]).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "the version files do not agree: backend/VERSION:1 has 1.4.0, frontend/VERSION:1 has 1.3.0"
/// );
/// # Ok::<(), tidegate_version_bump::VersionFileError>(())
/// ```
///
/// # Errors
///
/// Returns all files with their versions where two of these differ, also in build metadata alone.
pub fn agree<'f>(
    files: impl IntoIterator<Item = (&'f str, &'f Found)>,
) -> Result<Option<Version>, Disagreement> {
    let files: Vec<_> = files
        .into_iter()
        .map(|(path, found)| FileVersion {
            path: path.to_owned(),
            place: found.place,
            version: found.version.clone(),
        })
        .collect();
    let first = files.first().map(|it| it.version.clone());
    if files.iter().all(|it| Some(&it.version) == first.as_ref()) {
        Ok(first)
    } else {
        Err(Disagreement { files })
    }
}

/// The version that one file has.
///
/// ```
/// use tidegate_version_bump::{VersionFile, agree};
///
/// let file = VersionFile::kind_for("Cargo.toml", None)?;
/// let old = file.read("[package]\nname = \"hub\"\nversion = \"1.3.0\"\n")?;
/// let new = file.read("[package]\nname = \"worker\"\nversion = \"1.4.0\"\n")?;
/// let error = agree([("hub/Cargo.toml", &old), ("worker/Cargo.toml", &new)]).unwrap_err();
/// let first = &error.files()[0];
/// assert_eq!((&*first.path, first.place.line, first.place.column), ("hub/Cargo.toml", 3, 12));
/// # Ok::<(), tidegate_version_bump::VersionFileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FileVersion {
    /// The path of the file, as given.
    pub path: String,
    /// Where the version stands.
    pub place: LineColumn,
    /// The version.
    pub version: Version,
}

/// Files of one group with different versions.
///
/// ```
/// use tidegate_version_bump::{VersionFile, agree};
///
/// let file = VersionFile::kind_for("VERSION", None)?;
/// let (backend, frontend) = (file.read("1.4.0+a")?, file.read("1.4.0+b")?);
/// // Versions that differ in build metadata differ.
/// let error = agree([("backend/VERSION", &backend), ("frontend/VERSION", &frontend)]).unwrap_err();
/// assert_eq!(error.files().len(), 2);
/// # Ok::<(), tidegate_version_bump::VersionFileError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    files: Vec<FileVersion>,
}

impl Disagreement {
    /// Returns all files of the group, in the order given.
    #[must_use]
    pub fn files(&self) -> &[FileVersion] {
        &self.files
    }

    /// Returns what to do about it: the file or files to mend, where one version is the greatest.
    ///
    /// ```
    /// use tidegate_version_bump::{VersionFile, agree};
    ///
    /// let file = VersionFile::kind_for("VERSION", None)?;
    /// let (backend, frontend) = (file.read("1.4.0")?, file.read("1.3.0")?);
    /// let error = agree([("backend/VERSION", &backend), ("frontend/VERSION", &frontend)]).unwrap_err();
    /// assert_eq!(error.help(), "write 1.4.0 into frontend/VERSION");
    /// # Ok::<(), tidegate_version_bump::VersionFileError>(())
    /// ```
    #[must_use]
    pub fn help(&self) -> String {
        let greatest = self.files.iter().map(|it| &it.version).max();
        let behind: Vec<&str> = self
            .files
            .iter()
            .filter(|it| Some(&it.version) != greatest)
            .map(|it| it.path.as_str())
            .collect();
        let greatest = greatest.map(ToString::to_string).unwrap_or_default();
        format!("write {greatest} into {}", behind.join(", "))
    }
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the version files do not agree: ")?;
        for (index, file) in self.files.iter().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            write!(f, "{comma}{}:{} has {}", file.path, file.place.line, file.version)?;
        }
        Ok(())
    }
}

impl Error for Disagreement {}
