use std::fmt;

/// What was pushed.
///
/// ```
/// use tidegate_build_trigger::GitRef;
///
/// // A branch and a tag of one name are two things.
/// assert_ne!(GitRef::Branch("1.4".into()), GitRef::Tag("1.4".into()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum GitRef {
    /// A branch, without `refs/heads/`.
    Branch(String),
    /// A tag, without `refs/tags/`.
    Tag(String),
}

impl GitRef {
    /// Returns the name.
    ///
    /// ```
    /// use tidegate_build_trigger::GitRef;
    ///
    /// assert_eq!(GitRef::Tag("v1.4.0".into()).name(), "v1.4.0");
    /// ```
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
///
/// ```
/// use tidegate_build_trigger::{GitRef, Push, Reason, Trigger};
/// # let text: std::sync::Arc<str> = "name: hub\ngithub: {owner: tomoda, name: hub, push: {branch: main}}\nfilename: cloudbuild.yaml\n".into();
/// # let triggers = Trigger::parse(tidegate_source::SourceId::NONE, &text).expect("it is well written");
///
/// // `triggers` holds one for the branch main.
/// let push = Push {
///     git_ref: GitRef::Branch("main".into()),
///     commit: "0123456789abcdef0123456789abcdef01234567".into(),
///     message: "fix a typo [skip ci]".into(),
///     changed_files: Some(vec!["README.md".into()]),
///     repository: None,
/// };
/// assert_eq!(triggers[0].decide(&push).expect("it is understood"), Some(Reason::SkippedByMessage));
/// ```
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
///
/// ```
/// use tidegate_build_trigger::{GitRef, Push, Reason, RepositoryName, Trigger};
/// # let text: std::sync::Arc<str> = "name: hub\ngithub: {owner: tomoda, name: hub, push: {branch: main}}\nfilename: cloudbuild.yaml\n".into();
/// # let triggers = Trigger::parse(tidegate_source::SourceId::NONE, &text).expect("it is well written");
///
/// let push = Push {
///     git_ref: GitRef::Branch("main".into()),
///     commit: "0123456789abcdef0123456789abcdef01234567".into(),
///     message: "fix a typo".into(),
///     changed_files: None,
///     repository: Some(RepositoryName { owner: Some("tomoda".into()), name: "web".into() }),
/// };
/// let reason = triggers[0].decide(&push).expect("it is understood");
/// assert_eq!(reason, Some(Reason::OtherRepository("tomoda/hub".into())));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RepositoryName {
    /// User or organisation; `None` where it is not known.
    pub owner: Option<String>,
    /// The name.
    pub name: String,
}
