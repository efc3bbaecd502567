use std::fmt;

use tidegate_source::{Diagnostic, Label};

use crate::event::{GitRef, Push};
use crate::trigger::{NamePattern, StartsOn, Trigger};

/// Why a trigger does not start a build.
///
/// ```
/// use tidegate_build_trigger::{GitRef, Push, Reason, Trigger};
/// # let text: std::sync::Arc<str> = "name: hub\ngithub: {owner: tomoda, name: hub, push: {branch: main}}\nincludedFiles: ['hub/**']\nfilename: cloudbuild.yaml\n".into();
/// # let triggers = Trigger::parse(tidegate_source::SourceId::NONE, &text).expect("it is well written");
///
/// // The trigger has `includedFiles: ['hub/**']`.
/// let push = Push {
///     git_ref: GitRef::Branch("main".into()),
///     commit: "0123456789abcdef0123456789abcdef01234567".into(),
///     message: "fix a typo".into(),
///     changed_files: Some(vec!["README.md".into()]),
///     repository: None,
/// };
/// let reason = triggers[0].decide(&push).expect("it is understood");
/// assert_eq!(reason, Some(Reason::NoIncludedFile(vec!["hub/**".into()])));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It is switched off.
    Disabled,
    /// It belongs to another repository, which is named.
    OtherRepository(String),
    /// It waits for something else than a push of this kind.
    OtherEvent(&'static str),
    /// The name of the branch or tag does not match its pattern, or does and the pattern is inverted.
    Name {
        /// The pattern.
        pattern: String,
        /// Whether names that match are left out.
        inverted: bool,
    },
    /// The message of the commit says that no build shall start.
    SkippedByMessage,
    /// Every file that changed is among its `ignoredFiles`.
    OnlyIgnoredFiles,
    /// No file that changed is among its `includedFiles`.
    NoIncludedFile(Vec<String>),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disabled => f.write_str("it is disabled"),
            Self::OtherRepository(name) => write!(f, "it belongs to repository `{name}`"),
            Self::OtherEvent(what) => write!(f, "it starts on {what}"),
            Self::Name { pattern, inverted: false } => {
                write!(f, "the name does not match `{pattern}`")
            }
            Self::Name { pattern, inverted: true } => {
                write!(f, "the name matches `{pattern}`, and the pattern is inverted")
            }
            Self::SkippedByMessage => f.write_str("the commit message asks to skip it"),
            Self::OnlyIgnoredFiles => f.write_str("all changed files are among `ignoredFiles`"),
            Self::NoIncludedFile(globs) => {
                write!(f, "no changed file is among `includedFiles`: {}", globs.join(", "))
            }
        }
    }
}

/// Words in the message of a commit that keep builds from starting.
const SKIP: [&str; 2] = ["[skip ci]", "[ci skip]"];

impl Trigger {
    /// Decides whether a push starts the trigger: `None` when it does.
    ///
    /// ```
    /// use tidegate_build_trigger::{GitRef, Push, Reason, Trigger};
    /// # let text: std::sync::Arc<str> = "name: hub\ngithub: {owner: tomoda, name: hub, push: {branch: main}}\nfilename: cloudbuild.yaml\n".into();
    /// # let triggers = Trigger::parse(tidegate_source::SourceId::NONE, &text).expect("it is well written");
    ///
    /// // `triggers` holds one for the branch main.
    /// let mut push = Push {
    ///     git_ref: GitRef::Branch("main".into()),
    ///     commit: "0123456789abcdef0123456789abcdef01234567".into(),
    ///     message: "fix a typo".into(),
    ///     changed_files: None,
    ///     repository: None,
    /// };
    /// assert_eq!(triggers[0].decide(&push), Ok(None));
    /// push.git_ref = GitRef::Branch("next".into());
    /// assert!(matches!(triggers[0].decide(&push), Ok(Some(Reason::Name { .. }))));
    /// ```
    ///
    /// # Errors
    ///
    /// When that depends on something that is not understood: a `filter` in the Common Expression Language.
    pub fn decide(&self, push: &Push) -> Result<Option<Reason>, Box<Diagnostic>> {
        if self.disabled {
            return Ok(Some(Reason::Disabled));
        }
        if let (Some(wanted), Some(found)) = (&self.repository, &push.repository) {
            let owners_differ = match (&wanted.owner, &found.owner) {
                (Some(wanted), Some(found)) => !wanted.eq_ignore_ascii_case(found),
                _ => false,
            };
            if owners_differ || !wanted.name.eq_ignore_ascii_case(&found.name) {
                let owner =
                    wanted.owner.as_ref().map(|owner| format!("{owner}/")).unwrap_or_default();
                return Ok(Some(Reason::OtherRepository(format!("{owner}{}", wanted.name))));
            }
        }
        let matched = match (&self.starts_on, &push.git_ref) {
            (StartsOn::Branch(pattern), GitRef::Branch(name))
            | (StartsOn::Tag(pattern), GitRef::Tag(name)) => pattern.check(name),
            (StartsOn::Branch(_), GitRef::Tag(_)) => Some(Reason::OtherEvent("branches")),
            (StartsOn::Tag(_), GitRef::Branch(_)) => Some(Reason::OtherEvent("tags")),
            (StartsOn::PullRequest, _) => Some(Reason::OtherEvent("pull requests")),
            (StartsOn::Message, _) => Some(Reason::OtherEvent("Pub/Sub messages")),
            (StartsOn::Webhook, _) => Some(Reason::OtherEvent("a webhook")),
            (StartsOn::Hand, _) => Some(Reason::OtherEvent("a call by hand")),
        };
        if matched.is_some() {
            return Ok(matched);
        }
        if SKIP.iter().any(|word| push.message.contains(word)) {
            return Ok(Some(Reason::SkippedByMessage));
        }
        if let Some(reason) =
            push.changed_files.as_deref().and_then(|files| self.check_files(files))
        {
            return Ok(Some(reason));
        }
        match &self.filter {
            None => Ok(None),
            Some(filter) => {
                let message =
                    format!("trigger `{}` has a filter, which is not understood here", self.name);
                Err(Box::new(
                    Diagnostic::error("not-understood", message)
                        .at(Label::new(filter.mark, ""))
                        .help("filter by branch, tag or `includedFiles`, or list the expected images in the configuration"),
                ))
            }
        }
    }

    // Files that match `ignoredFiles` are left out first; of the rest one has to match `includedFiles`, if there are any.
    fn check_files(&self, files: &[String]) -> Option<Reason> {
        let left: Vec<&String> = files
            .iter()
            .filter(|file| !self.ignored.iter().any(|glob| glob.is_match(file)))
            .collect();
        if !self.ignored.is_empty() && left.is_empty() && !files.is_empty() {
            return Some(Reason::OnlyIgnoredFiles);
        }
        let included = left.iter().any(|file| self.included.iter().any(|glob| glob.is_match(file)));
        if self.included.is_empty() || included {
            return None;
        }
        Some(Reason::NoIncludedFile(
            self.included.iter().map(|glob| glob.as_str().to_owned()).collect(),
        ))
    }
}

impl NamePattern {
    fn check(&self, name: &str) -> Option<Reason> {
        if self.regex.is_match(name) != self.inverted {
            return None;
        }
        Some(Reason::Name { pattern: self.regex.as_str().to_owned(), inverted: self.inverted })
    }
}
