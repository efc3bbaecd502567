use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use crate::error::{LayoutError, LayoutErrorKind};

/// The files that go into an image: what a layer is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contents {
    files: BTreeMap<String, File>,
}

/// One file of a [`Contents`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum File {
    /// A plain file.
    Plain {
        /// Its bytes.
        bytes: Vec<u8>,
        /// Whether it may be run.
        executable: bool,
    },
    /// A symbolic link and its target.
    Link(String),
}

impl Contents {
    /// Creates empty contents.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file at a path relative to the root of the image, or replaces it.
    ///
    /// # Errors
    ///
    /// [`LayoutErrorKind::Unpackable`] for a path that is absolute, empty, or has `.` or `..` in it, and for one
    /// that goes through another file.
    pub fn insert(&mut self, path: &str, file: File) -> Result<(), LayoutError> {
        let refuse = |reason: &str| {
            Err(LayoutError::new(LayoutErrorKind::Unpackable, Path::new(path), reason))
        };
        if path.contains('\0') || path.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return refuse("a path in an image is relative, without `.` and `..`");
        }
        let through = path.match_indices('/').any(|(end, _)| self.files.contains_key(&path[..end]));
        let below = format!("{path}/");
        let is_folder =
            self.files.range(below.clone()..).next().is_some_and(|(it, _)| it.starts_with(&below));
        if through || is_folder {
            return refuse("a path is a file or a folder, not both");
        }
        self.files.insert(path.to_owned(), file);
        Ok(())
    }

    /// Reads a folder of the disk. `.git` folders are left out; empty folders too.
    ///
    /// # Errors
    ///
    /// [`LayoutErrorKind::Unpackable`] for a socket, pipe or device and for a name that is not UTF-8;
    /// [`LayoutErrorKind::Io`].
    pub fn from_folder(folder: &Path) -> Result<Self, LayoutError> {
        let mut contents = Self::new();
        let mut pending = vec![(folder.to_owned(), String::new())];
        while let Some((folder, prefix)) = pending.pop() {
            let entries =
                std::fs::read_dir(&folder).map_err(|error| LayoutError::io(&folder, &error))?;
            for entry in entries {
                let entry = entry.map_err(|error| LayoutError::io(&folder, &error))?;
                let path = entry.path();
                let refuse =
                    |reason: &str| LayoutError::new(LayoutErrorKind::Unpackable, &path, reason);
                let io = |error: std::io::Error| LayoutError::io(&path, &error);
                let name =
                    entry.file_name().into_string().map_err(|_| refuse("the name is not UTF-8"))?;
                let place = format!("{prefix}{name}");
                let kind = entry.file_type().map_err(io)?;
                if kind.is_dir() {
                    if name != ".git" {
                        pending.push((path, format!("{place}/")));
                    }
                } else if kind.is_symlink() {
                    let target = std::fs::read_link(&path).map_err(io)?;
                    let target = target.into_os_string().into_string();
                    let target =
                        target.map_err(|_| refuse("the target of the link is not UTF-8"))?;
                    contents.insert(&place, File::Link(target))?;
                } else if kind.is_file() {
                    let executable = is_executable(&entry.metadata().map_err(io)?);
                    let bytes = std::fs::read(&path).map_err(io)?;
                    contents.insert(&place, File::Plain { bytes, executable })?;
                } else {
                    return Err(refuse("only files, folders and links can be packed"));
                }
            }
        }
        Ok(contents)
    }

    /// Returns the files, sorted by path.
    pub fn files(&self) -> impl Iterator<Item = (&str, &File)> {
        self.files.iter().map(|(path, file)| (path.as_str(), file))
    }

    /// Packs the files below a folder of the image as an uncompressed layer. Owner, times and order are fixed: the
    /// same files give the same bytes.
    pub(crate) fn layer(&self, below: &str) -> std::io::Result<Vec<u8>> {
        let mut tar = tar::Builder::new(Vec::new());
        tar.mode(tar::HeaderMode::Deterministic);
        let below = below.trim_matches('/');
        let prefix = if below.is_empty() { String::new() } else { format!("{below}/") };
        let mut folders = std::collections::BTreeSet::new();
        for (path, file) in &self.files {
            let path = format!("{prefix}{path}");
            for (end, _) in path.match_indices('/') {
                if folders.insert(path[..end].to_owned()) {
                    let mut header = header(tar::EntryType::Directory, 0o755, 0);
                    tar.append_data(&mut header, &path[..=end], std::io::empty())?;
                }
            }
            match file {
                File::Plain { bytes, executable } => {
                    let mode = if *executable { 0o755 } else { 0o644 };
                    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                    let mut header = header(tar::EntryType::Regular, mode, size);
                    tar.append_data(&mut header, &path, &**bytes)?;
                }
                File::Link(target) => {
                    let mut header = header(tar::EntryType::Symlink, 0o777, 0);
                    tar.append_link(&mut header, &path, target)?;
                }
            }
        }
        let mut bytes = tar.into_inner()?;
        bytes.flush()?;
        Ok(bytes)
    }
}

/// A header in which nothing depends on the machine or the moment.
fn header(kind: tar::EntryType, mode: u32, size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(kind);
    header.set_mode(mode);
    header.set_size(size);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(0);
    header
}

#[cfg(unix)]
fn is_executable(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.permissions().mode() & 0o111 != 0
}

#[cfg(not(unix))]
fn is_executable(_: &std::fs::Metadata) -> bool {
    false
}
