use std::fmt;
use std::path::{Path, PathBuf};

/// Why an image store could not be read or written, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayoutError {
    kind: LayoutErrorKind,
    path: PathBuf,
    reason: String,
}

/// The kinds of [`LayoutError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LayoutErrorKind {
    /// The folder holds no OCI image layout.
    NotALayout,
    /// The layout is of a version that this crate does not know.
    UnknownVersion,
    /// A document is not JSON, or not of the shape that the specification gives it.
    BadDocument,
    /// The bytes of a blob do not have the digest or size that names them.
    Corrupt,
    /// A blob is not in the layout.
    MissingBlob,
    /// A tag names two different images.
    AmbiguousTag,
    /// A file of the folder to be packed is of a kind that an image cannot hold here.
    Unpackable,
    /// The operating system refused to read or write.
    Io,
}

impl LayoutError {
    pub(crate) fn new(kind: LayoutErrorKind, path: &Path, reason: impl Into<String>) -> Self {
        Self { kind, path: path.to_owned(), reason: reason.into() }
    }

    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Self {
        Self::new(LayoutErrorKind::Io, path, error.to_string())
    }

    /// Returns the kind, for programs.
    #[must_use]
    pub fn kind(&self) -> LayoutErrorKind {
        self.kind
    }

    /// Returns the file or folder that it is about.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.reason)
    }
}

impl std::error::Error for LayoutError {}
