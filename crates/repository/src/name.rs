use std::fmt;
use std::str::FromStr;

use crate::error::{GitError, GitErrorKind};

/// The name of an object: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits.
///
/// ```
/// use tidegate_repository::ObjectId;
///
/// let id: ObjectId = "4b825dc642cb6eb9a060e54bf8d69288fbee4904".parse()?;
/// assert_eq!(id.short(), "4b825dc");
/// assert!("HEAD".parse::<ObjectId>().is_err());
/// # Ok::<(), tidegate_repository::GitError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectId(String);

impl ObjectId {
    /// Returns the digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the first seven digits, as build services abbreviate a commit.
    #[must_use]
    pub fn short(&self) -> &str {
        &self.0[..7]
    }

    /// Reads the raw bytes that a tree object holds.
    pub(crate) fn from_raw(raw: &[u8]) -> Self {
        let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
        Self(raw.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect())
    }
}

impl FromStr for ObjectId {
    type Err = GitError;

    fn from_str(text: &str) -> Result<Self, GitError> {
        let digits = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if digits && matches!(text.len(), 40 | 64) {
            Ok(Self(text.to_owned()))
        } else {
            Err(invalid(text, "an object id has 40 or 64 lower-case hexadecimal digits"))
        }
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn invalid(name: &str, rule: &str) -> GitError {
    GitError::new(GitErrorKind::InvalidName, format!("name {name:?}"), rule)
}

/// Checks the name of a branch or a tag by the rules of `git check-ref-format`, and that it is no option.
pub(crate) fn check_ref_name(name: &str) -> Result<(), GitError> {
    if name.is_empty() {
        return Err(invalid(name, "the name of a branch or tag is not empty"));
    }
    if name.starts_with('-') {
        return Err(invalid(name, "the name of a branch or tag does not start with `-`"));
    }
    if name == "@" || name == "HEAD" {
        return Err(invalid(name, "this name means the current commit"));
    }
    for part in name.split('/') {
        if part.is_empty() {
            return Err(invalid(name, "no part between slashes is empty"));
        }
        if part.starts_with('.') || part.as_bytes().ends_with(b".lock") {
            return Err(invalid(name, "no part starts with `.` or ends with `.lock`"));
        }
    }
    if name.ends_with('.') || name.contains("..") || name.contains("@{") {
        return Err(invalid(name, "a name neither ends with `.` nor contains `..` or `@{`"));
    }
    let forbidden = |c: char| {
        c.is_ascii_control() || matches!(c, ' ' | '~' | '^' | ':' | '?' | '*' | '[' | '\\')
    };
    match name.chars().find(|c| forbidden(*c)) {
        Some(c) => Err(invalid(name, &format!("the character {c:?} is not allowed here"))),
        None => Ok(()),
    }
}

/// Checks the name of a configured remote, or the address of one.
pub(crate) fn check_remote(remote: &str) -> Result<(), GitError> {
    if remote.is_empty() || remote.starts_with('-') {
        return Err(invalid(
            remote,
            "a remote is a name or an address, and does not start with `-`",
        ));
    }
    match remote.chars().find(char::is_ascii_control) {
        Some(c) => Err(invalid(remote, &format!("the character {c:?} is not allowed in a remote"))),
        None => Ok(()),
    }
}

/// Checks a glob over branches or tags: a name in which `*`, `?` and `[…]` may stand.
pub(crate) fn check_glob(glob: &str) -> Result<(), GitError> {
    let forbidden = |c: char| c.is_ascii_control() || matches!(c, ' ' | '~' | '^' | ':');
    if glob.is_empty() || glob.starts_with('-') || glob.starts_with('/') || glob.contains("..") {
        return Err(invalid(
            glob,
            "a pattern of names does not start with `-` or `/`, nor contain `..`",
        ));
    }
    match glob.chars().find(|c| forbidden(*c)) {
        Some(c) => Err(invalid(glob, &format!("the character {c:?} is not allowed here"))),
        None => Ok(()),
    }
}

/// Checks a revision that a user wrote: anything that git resolves, but no option and no range.
pub(crate) fn check_revision(revision: &str) -> Result<(), GitError> {
    if revision.is_empty() || revision.starts_with('-') {
        return Err(invalid(revision, "a revision is not empty and does not start with `-`"));
    }
    if revision.contains("..") {
        return Err(invalid(revision, "one revision is needed, not a range"));
    }
    match revision.chars().find(char::is_ascii_control) {
        Some(c) => {
            Err(invalid(revision, &format!("the character {c:?} is not allowed in a revision")))
        }
        None => Ok(()),
    }
}

/// Checks a path inside a repository: relative, `/` between parts, no `.`, `..` or `.git` among them.
pub(crate) fn check_path(path: &str) -> Result<(), GitError> {
    let refuse =
        |rule: &str| Err(GitError::new(GitErrorKind::InvalidPath, format!("path {path:?}"), rule));
    if path.is_empty() || path.starts_with('/') || path.contains('\0') {
        return refuse("a path in a repository is relative to its root and not empty");
    }
    for part in path.split('/') {
        if part.is_empty() || part == "." || part == ".." {
            return refuse("no part of a path is empty, `.` or `..`");
        }
        if part.eq_ignore_ascii_case(".git") {
            return refuse("`.git` belongs to git");
        }
    }
    Ok(())
}
