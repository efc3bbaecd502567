#![cfg_attr(
    not(unix),
    expect(
        clippy::disallowed_methods,
        reason = "an overlay's files are read one by one as they are named; this module is the only one here that reads a disk"
    )
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
///
/// ```
/// use std::path::Path;
/// use tidegate_kustomize::{FileError, Files, Folder};
///
/// let folder = Folder::new();
/// assert_eq!(folder.folder("no/such/folder"), Err(FileError::NotFound));
/// assert!(Folder::within(Path::new("no/such/folder")).is_err());
/// ```
#[derive(Clone, Debug)]
pub struct Folder {
    jail: Option<String>,
    limit: u64,
}

impl Folder {
    /// Creates a view of the whole disk.
    ///
    /// ```
    /// use tidegate_kustomize::{FileError, Files, Folder};
    ///
    /// assert_eq!(Folder::new().read("/no/such/file", None), Err(FileError::NotFound));
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self { jail: None, limit: LIMIT }
    }

    /// Creates a view that ends at a folder: nothing outside it is read, whatever path or link leads there.
    ///
    /// ```
    /// use std::path::Path;
    /// use tidegate_kustomize::{FileError, Files, Folder};
    ///
    /// // A crate's sources, seen from its root.
    /// let sources = Folder::within(Path::new("src"))?;
    /// assert!(sources.folder("src").is_ok());
    /// assert!(matches!(sources.folder("tests"), Err(FileError::Outside { .. })));
    /// # Ok::<(), tidegate_kustomize::FileError>(())
    /// ```
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
    ///
    /// ```
    /// use tidegate_kustomize::{FileError, Files, Folder};
    ///
    /// let folder = Folder::new().with_limit(16);
    /// let path = format!("{}/Cargo.toml", folder.folder(".")?);
    /// assert_eq!(folder.read(&path, None), Err(FileError::TooLarge { limit: 16 }));
    /// # Ok::<(), tidegate_kustomize::FileError>(())
    /// ```
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
        let mut target = None;
        let mut file = match open_no_link(path)? {
            Opened::File(file) => file,
            Opened::Link => {
                let real = fs::canonicalize(path).map_err(|error| mistake(&error))?;
                let real =
                    real.to_str().ok_or_else(|| FileError::Unreadable(NOT_UTF8.to_owned()))?;
                match open_no_link(target.insert(real.to_owned()))? {
                    Opened::File(file) => file,
                    Opened::Link => return Err(FileError::Unreadable(CHANGED.to_owned())),
                }
            }
        };
        let real = target.as_deref().unwrap_or(path);
        // What was opened is what is looked at: it can't become something else in between.
        let about = file.metadata().map_err(|error| mistake(&error))?;
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
        // One byte more than there should be, so that one read tells that the file has ended.
        let expected = usize::try_from(about.len()).unwrap_or(0);
        let mut content = Vec::with_capacity(expected + 1);
        let n_read = read_once(&mut file, &mut content).map_err(|error| mistake(&error))?;
        if n_read != expected {
            // It grew or shrank since: the limit holds for what is read.
            let rest = (self.limit + 1).saturating_sub(n_read as u64);
            file.take(rest).read_to_end(&mut content).map_err(|error| mistake(&error))?;
        }
        if content.len() as u64 > self.limit { Err(too_large) } else { Ok(content) }
    }

    fn names(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect()
    }
}

enum Opened {
    File(fs::File),
    /// The last part of the path is a link; nothing was opened.
    Link,
}

/// Opens a file whose last part is followed nowhere. What waits for a partner, such as a pipe, is not waited for.
#[cfg(unix)]
fn open_no_link(path: &str) -> Result<Opened, FileError> {
    use rustix::fs::{Mode, OFlags};
    use rustix::io::Errno;

    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NOFOLLOW | OFlags::NONBLOCK;
    match rustix::fs::open(path, flags, Mode::empty()) {
        Ok(file) => Ok(Opened::File(file.into())),
        // What the systems say of a link that is not to be followed.
        Err(Errno::LOOP | Errno::MLINK) if is_link(path) => Ok(Opened::Link),
        Err(errno) => Err(mistake(&errno.into())),
    }
}

#[cfg(not(unix))]
fn open_no_link(path: &str) -> Result<Opened, FileError> {
    if is_link(path) {
        return Ok(Opened::Link);
    }
    let about = fs::metadata(path).map_err(|error| mistake(&error))?;
    if about.is_dir() {
        return Err(FileError::NotAFile);
    }
    fs::File::open(path).map(Opened::File).map_err(|error| mistake(&error))
}

/// Reads into the room that a vector has left, by one call; returns how many bytes were read.
#[cfg(unix)]
fn read_once(file: &mut fs::File, content: &mut Vec<u8>) -> io::Result<usize> {
    let read = || rustix::io::read(&*file, rustix::buffer::spare_capacity(content));
    Ok(rustix::io::retry_on_intr(read)?)
}

#[cfg(not(unix))]
fn read_once(file: &mut fs::File, content: &mut Vec<u8>) -> io::Result<usize> {
    content.resize(content.capacity(), 0);
    let n_read = file.read(content)?;
    content.truncate(n_read);
    Ok(n_read)
}

fn is_link(path: &str) -> bool {
    fs::symlink_metadata(path).is_ok_and(|about| about.is_symlink())
}

const CHANGED: &str = "it was replaced while it was read";

const NOT_UTF8: &str = "its path is not UTF-8";

fn mistake(error: &io::Error) -> FileError {
    match error.kind() {
        io::ErrorKind::NotFound => FileError::NotFound,
        io::ErrorKind::NotADirectory => FileError::NotAFolder,
        io::ErrorKind::IsADirectory => FileError::NotAFile,
        _ => FileError::Unreadable(error.to_string()),
    }
}
