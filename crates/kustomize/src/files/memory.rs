use std::collections::BTreeMap;

use super::{FileError, Files};
use crate::path::{clean_path, is_within};

/// Files in memory, by their path.
///
/// ```
/// use tidegate_kustomize::{FileError, Files, Memory};
///
/// let files = Memory::from_iter([("base/app.yaml", "kind: App")]);
/// assert_eq!(files.read("base/app.yaml", None)?, b"kind: App");
/// assert_eq!(files.folder("base")?, "base");
/// assert_eq!(files.folder("bass"), Err(FileError::NotFound));
/// # Ok::<(), FileError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    /// Creates an empty place.
    ///
    /// ```
    /// use tidegate_kustomize::{Memory, Options, build};
    ///
    /// let mut files = Memory::new();
    /// files.insert("prod/kustomization.yaml", "configMapGenerator: [{name: hub}]\n");
    /// assert!(build(&files, "prod", &Options::default()).is_ok());
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or replaces it.
    ///
    /// ```
    /// use tidegate_kustomize::{Files, Memory};
    ///
    /// let mut files = Memory::new();
    /// files.insert("prod/kustomization.yaml", "namespace: dev\n");
    /// files.insert("./prod//kustomization.yaml", "namespace: prod\n");
    /// // The paths are cleaned, so it is one file.
    /// let folder = files.folder("prod")?;
    /// assert_eq!(files.read(&format!("{folder}/kustomization.yaml"), None)?, b"namespace: prod\n");
    /// # Ok::<(), tidegate_kustomize::FileError>(())
    /// ```
    pub fn insert(&mut self, path: &str, content: impl Into<Vec<u8>>) {
        self.files.insert(clean_path(path), content.into());
    }

    fn is_folder(&self, path: &str) -> bool {
        if path == "." || path == "/" {
            return true;
        }
        let below = format!("{path}/");
        self.files.range(below.clone()..).next().is_some_and(|(file, _)| file.starts_with(&below))
    }
}

impl<P: AsRef<str>, C: Into<Vec<u8>>> FromIterator<(P, C)> for Memory {
    fn from_iter<T: IntoIterator<Item = (P, C)>>(files: T) -> Self {
        let mut memory = Self::new();
        for (path, content) in files {
            memory.insert(path.as_ref(), content);
        }
        memory
    }
}

impl Files for Memory {
    fn folder(&self, path: &str) -> Result<String, FileError> {
        let path = clean_path(path);
        if self.is_folder(&path) {
            Ok(path)
        } else if self.files.contains_key(&path) {
            Err(FileError::NotAFolder)
        } else {
            Err(FileError::NotFound)
        }
    }

    fn read(&self, path: &str, within: Option<&str>) -> Result<Vec<u8>, FileError> {
        let path = clean_path(path);
        let Some(content) = self.files.get(&path) else {
            return Err(if self.is_folder(&path) {
                FileError::NotAFile
            } else {
                FileError::NotFound
            });
        };
        match within {
            Some(within) if !is_within(&path, within) => {
                Err(FileError::Outside { real: path, within: within.to_owned() })
            }
            _ => Ok(content.clone()),
        }
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let folder = clean_path(folder);
        let below = if folder == "." {
            String::new()
        } else {
            format!("{}/", folder.trim_end_matches('/'))
        };
        let mut names: Vec<String> = self
            .files
            .keys()
            .filter_map(|path| path.strip_prefix(&below))
            .filter_map(|rest| rest.split('/').next())
            .map(str::to_owned)
            .collect();
        names.dedup();
        names
    }
}
