use std::fmt;

/// What was pushed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum GitRef {
    /// A branch, without `refs/heads/`.
    Branch(String),
    /// A tag, without `refs/tags/`.
    Tag(String),
}

impl GitRef {
    /// Returns the name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Branch(name) | Self::Tag(name) => name,
        }
    }
}

impl fmt::Display for GitRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Branch(name) => write!(f, "branch `{name}`"),
            Self::Tag(name) => write!(f, "tag `{name}`"),
        }
    }
}

/// A push, as a code host reports it. A release is two of them: its branch and its tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Push {
    /// The branch or tag.
    pub git_ref: GitRef,
    /// The commit, in 40 hexadecimal digits.
    pub commit: String,
    /// Message of the commit; `[skip ci]` or `[ci skip]` in it keeps builds from starting.
    pub message: String,
    /// The files that the push changed. `None` where that cannot be said, as for a tag or a new branch: filters by
    /// file then hold nothing back.
    pub changed_files: Option<Vec<String>>,
    /// The repository, where it is known; triggers of other repositories do not start.
    pub repository: Option<RepositoryName>,
}

/// The name of a repository on its host.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RepositoryName {
    /// User or organisation; `None` where it is not known.
    pub owner: Option<String>,
    /// The name.
    pub name: String,
}
