#![expect(
    clippy::disallowed_methods,
    reason = "an overlay's files are read one by one as they are named; this module is the only one here that reads a disk"
)]

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use super::{FileError, Files};
use crate::path::is_within;

/// The most bytes of a file that are read, unless another limit is set.
const LIMIT: u64 = 64 << 20;

/// Files on a disk, links followed.
///
/// Relative paths are seen from the current folder.
#[derive(Clone, Debug)]
pub struct Folder {
    jail: Option<String>,
    limit: u64,
}

impl Folder {
    /// Creates a view of the whole disk.
    #[must_use]
    pub const fn new() -> Self {
        Self { jail: None, limit: LIMIT }
    }

    /// Creates a view that ends at a folder: nothing outside it is read, whatever path or link leads there.
    ///
    /// # Errors
    ///
    /// As [`Files::folder`], for the folder itself.
    pub fn within(folder: &Path) -> Result<Self, FileError> {
        let text = folder.to_str().ok_or_else(|| FileError::Unreadable(NOT_UTF8.to_owned()))?;
        let real = Self::new().folder(text)?;
        Ok(Self { jail: Some(real), limit: LIMIT })
    }

    /// Returns the same view with another limit for the size of a file, in bytes.
    #[must_use]
    pub fn with_limit(self, limit: u64) -> Self {
        Self { limit, ..self }
    }

    fn check_jail(&self, real: &str) -> Result<(), FileError> {
        match &self.jail {
            Some(jail) if !is_within(real, jail) => {
                Err(FileError::Outside { real: real.to_owned(), within: jail.clone() })
            }
            _ => Ok(()),
        }
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Files for Folder {
    fn folder(&self, path: &str) -> Result<String, FileError> {
        let real = fs::canonicalize(path).map_err(|error| mistake(&error))?;
        let text = real.to_str().ok_or_else(|| FileError::Unreadable(NOT_UTF8.to_owned()))?;
        if !fs::metadata(&real).map_err(|error| mistake(&error))?.is_dir() {
            return Err(FileError::NotAFolder);
        }
        self.check_jail(text)?;
        Ok(text.to_owned())
    }

    fn read(&self, path: &str, within: Option<&str>) -> Result<Vec<u8>, FileError> {
        let mut about = fs::symlink_metadata(path).map_err(|error| mistake(&error))?;
        let mut real = None;
        if about.is_symlink() {
            let target = fs::canonicalize(path).map_err(|error| mistake(&error))?;
            about = fs::metadata(&target).map_err(|error| mistake(&error))?;
            let text = target.to_str().ok_or_else(|| FileError::Unreadable(NOT_UTF8.to_owned()))?;
            real = Some(text.to_owned());
        }
        let real = real.as_deref().unwrap_or(path);
        if !about.is_file() {
            return Err(FileError::NotAFile);
        }
        if let Some(within) = within
            && !is_within(real, within)
        {
            return Err(FileError::Outside { real: real.to_owned(), within: within.to_owned() });
        }
        self.check_jail(real)?;
        let too_large = FileError::TooLarge { limit: self.limit };
        if about.len() > self.limit {
            return Err(too_large);
        }
        let mut content = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0) + 1);
        let file = fs::File::open(real).map_err(|error| mistake(&error))?;
        // The file may grow between the look and the read: the limit holds for what is read.
        file.take(self.limit + 1).read_to_end(&mut content).map_err(|error| mistake(&error))?;
        if content.len() as u64 > self.limit { Err(too_large) } else { Ok(content) }
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
    }
}

const NOT_UTF8: &str = "its path is not UTF-8";

fn mistake(error: &io::Error) -> FileError {
    match error.kind() {
        io::ErrorKind::NotFound => FileError::NotFound,
        io::ErrorKind::NotADirectory => FileError::NotAFolder,
        io::ErrorKind::IsADirectory => FileError::NotAFile,
        _ => FileError::Unreadable(error.to_string()),
    }
}
