use std::fmt;

use crate::credential::masked;

/// Why a git operation did not happen.
///
/// Prints what was being done and the reason in git's own words, credentials masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GitError {
    kind: GitErrorKind,
    doing: String,
    reason: String,
    help: Option<String>,
}

/// The kinds of [`GitError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GitErrorKind {
    /// The `git` program could not be started.
    NoProgram,
    /// The `git` program is older than 2.30.
    TooOld,
    /// The folder is no git repository, or none with a work tree.
    NotARepository,
    /// A name breaks git's rules, or looks like an option: a branch, a tag, a remote, an object id.
    InvalidName,
    /// A path is absolute, leaves the repository, or lies in `.git`.
    InvalidPath,
    /// A revision, a remote or a path does not exist.
    NotFound,
    /// The path is a folder, a link or a submodule where a file is needed, or a file where a folder is.
    NotAFile,
    /// A change cannot be taken back because a later one touched the same lines.
    Conflict,
    /// The operation does not apply to this object: the revert of a merge or of the first commit.
    Unsupported,
    /// The time limit passed.
    TimedOut,
    /// A file could not be read or written.
    Io,
    /// git gave up for a reason of its own.
    Failed,
    /// git answered something that this crate cannot read: a damaged repository or a replaced program.
    Unreadable,
}

impl GitError {
    pub(crate) fn new(
        kind: GitErrorKind,
        doing: impl Into<String>,
        reason: impl AsRef<str>,
    ) -> Self {
        Self {
            kind,
            doing: masked(&doing.into()).into_owned(),
            reason: masked(reason.as_ref().trim_end()).into_owned(),
            help: None,
        }
    }

    pub(crate) fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(masked(&help.into()).into_owned());
        self
    }

    pub(crate) fn io(doing: impl Into<String>, error: &std::io::Error) -> Self {
        Self::new(GitErrorKind::Io, doing, error.to_string())
    }

    pub(crate) fn unreadable(doing: impl Into<String>, what: impl AsRef<str>) -> Self {
        Self::new(GitErrorKind::Unreadable, doing, what)
    }

    /// Returns the kind, for programs.
    #[must_use]
    pub fn kind(&self) -> GitErrorKind {
        self.kind
    }

    /// Returns the reason alone, without what was being done.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns what to do, where that is known.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for GitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.doing, self.reason)
    }
}

impl std::error::Error for GitError {}
