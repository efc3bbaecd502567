mod folder;
mod memory;

pub use folder::Folder;
pub use memory::Memory;

use thiserror::Error;

/// Where the files of an overlay come from: a disk, a map in memory, a git tree at a commit.
///
/// Paths are text with `/` between the parts, cleaned: no `.`, no empty parts. A place that has no links only has to
/// look paths up. Long lists of files are read by several threads.
///
/// ```
/// use tidegate_kustomize::{FileError, Files, Options, build};
///
/// /// A git tree, say: here one file, whatever the folder is called.
/// struct Tree(&'static str);
///
/// impl Files for Tree {
///     fn folder(&self, path: &str) -> Result<String, FileError> {
///         Ok(path.to_owned())
///     }
///
///     fn read(&self, path: &str, _within: Option<&str>) -> Result<Vec<u8>, FileError> {
///         if path.ends_with("kustomization.yaml") { Ok(self.0.into()) } else { Err(FileError::NotFound) }
///     }
///
///     fn names(&self, _folder: &str) -> Vec<String> {
///         vec!["kustomization.yaml".into()]
///     }
/// }
///
/// let tree = Tree("configMapGenerator: [{name: hub}]\n");
/// assert_eq!(build(&tree, "prod", &Options::default())?.objects().len(), 1);
/// # Ok::<(), tidegate_kustomize::Failure>(())
/// ```
pub trait Files: Sync {
    /// Returns the real path of a folder: absolute or relative as this place likes it, but always the same for the same
    /// folder, with every link followed. The paths that are asked for later begin with what is returned here.
    ///
    /// # Errors
    ///
    /// [`FileError::NotFound`] where there is nothing, [`FileError::NotAFolder`] where there is a file.
    fn folder(&self, path: &str) -> Result<String, FileError>;

    /// Reads a file whose folder part is a real path. The last part may be a link; where `within` is given, the file
    /// that it leads to has to lie in or below that folder.
    ///
    /// # Errors
    ///
    /// [`FileError::NotFound`]; [`FileError::NotAFile`] for a folder, wherever it is; [`FileError::Outside`] for a file that
    /// is, or a link that leads, out of `within`; [`FileError::TooLarge`], [`FileError::Unreadable`].
    fn read(&self, path: &str, within: Option<&str>) -> Result<Vec<u8>, FileError>;

    /// Returns the names in a folder in any order, for suggestions; nothing where that is not possible.
    fn names(&self, folder: &str) -> Vec<String>;
}

/// Why a file could not be read.
///
/// ```
/// use tidegate_kustomize::{FileError, Files, Memory};
///
/// let files = Memory::from_iter([("prod/kustomization.yaml", "")]);
/// assert_eq!(files.folder("staging"), Err(FileError::NotFound));
/// assert_eq!(files.folder("prod/kustomization.yaml"), Err(FileError::NotAFolder));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum FileError {
    /// There is no such file or folder.
    #[error("there is no such file or folder")]
    NotFound,
    /// A folder was asked for, and this is a file.
    #[error("it is not a folder")]
    NotAFolder,
    /// A file was asked for, and this is a folder or something that is neither.
    #[error("it is not a file")]
    NotAFile,
    /// The file lies outside the folder that it has to be in.
    #[error("it leads to `{real}`, outside `{within}`")]
    Outside {
        /// Where it really is.
        real: String,
        /// Where it has to be.
        within: String,
    },
    /// The file is larger than is read.
    #[error("it is larger than {limit} bytes")]
    TooLarge {
        /// The most that is read.
        limit: u64,
    },
    /// Reading failed for a reason of the place itself.
    #[error("{0}")]
    Unreadable(String),
}
