//! The state file.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::state::{Cluster, FORMAT};

/// Why a state file could not be read or written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The file cannot be read.
    #[error("cannot read the cluster's state {}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file is not a cluster's state.
    #[error("{}:{line}:{column}: not a cluster's state: {message}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// The file was written by another version of this crate.
    #[error("{}: the state has the format {found:?}, this program reads {FORMAT:?}", path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// The format that it has.
        found: String,
    },
    /// The file cannot be written; the old one is as it was.
    #[error("cannot write the cluster's state {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl Cluster {
    /// Reads a state file.
    ///
    /// # Errors
    ///
    /// The file cannot be read, is not a cluster's state, or has another format.
    pub fn load(path: &Path) -> Result<Self, StoreError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| StoreError::Read { path: path.to_owned(), source })?;
        let malformed = |error: &serde_json::Error| {
            let message = error.to_string();
            let end = message.rfind(" at line ").unwrap_or(message.len());
            StoreError::Malformed {
                path: path.to_owned(),
                line: error.line(),
                column: error.column(),
                message: message[..end].to_owned(),
            }
        };
        let cluster: serde_json::Value =
            serde_json::from_str(&text).map_err(|it| malformed(&it))?;
        let found = cluster["format"].as_str().unwrap_or_default();
        if found != FORMAT {
            return Err(StoreError::Format { path: path.to_owned(), found: found.to_owned() });
        }
        serde_json::from_str(&text).map_err(|it| malformed(&it))
    }

    /// Writes the state file: beside the old one first, and then in its place, so that whoever stops the program at
    /// whatever moment leaves either the old state or the new one. Folders on the way are created.
    ///
    /// # Errors
    ///
    /// The file cannot be written. The old one is then as it was.
    pub fn save(&self, path: &Path) -> Result<(), StoreError> {
        self.write(path).map_err(|source| StoreError::Write { path: path.to_owned(), source })
    }

    fn write(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = folder.unwrap_or_else(|| Path::new("."));
        std::fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix(".cluster-").tempfile_in(folder)?;
        serde_json::to_writer_pretty(io::BufWriter::new(&mut file), self)?;
        file.write_all(b"\n")?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    }
}
