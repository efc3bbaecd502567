use crate::bump::Level;

/// The first line of a commit message in the form of Conventional Commits, and whether it breaks something.
///
/// ```text
/// message = type [ "(" scope ")" ] [ "!" ] ": " description *( LF … )
/// footer  = ( "BREAKING CHANGE" / "BREAKING-CHANGE" ) ( ": " / " #" ) text    ; at the start of a line
/// ```
///
/// ```
/// use tidegate_version_bump::ConventionalCommit;
///
/// let commit = ConventionalCommit::parse("feat(api)!: drop version 1").expect("the form");
/// assert_eq!((commit.kind, commit.scope, commit.breaking), ("feat", Some("api"), true));
/// assert_eq!(commit.description, "drop version 1");
/// assert_eq!(ConventionalCommit::parse("Merge branch 'main'"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConventionalCommit<'m> {
    /// The type, such as `feat`, as written.
    pub kind: &'m str,
    /// The scope.
    pub scope: Option<&'m str>,
    /// Whether a `!` or a footer says that something breaks.
    pub breaking: bool,
    /// The text behind the colon.
    pub description: &'m str,
}

impl<'m> ConventionalCommit<'m> {
    /// Reads a commit message; `None` where it has not the form.
    ///
    /// ```
    /// use tidegate_version_bump::ConventionalCommit;
    ///
    /// let commit = ConventionalCommit::parse(
    ///     "fix: close idle connections\n\nBREAKING CHANGE: the option `keep` is gone",
    /// );
    /// assert!(commit.expect("the form").breaking);
    /// assert_eq!(ConventionalCommit::parse("fix the build"), None);
    /// ```
    #[must_use]
    pub fn parse(message: &'m str) -> Option<Self> {
        let (first, rest) = message.split_once('\n').unwrap_or((message, ""));
        let (head, description) = first.split_once(": ")?;
        let (head, marked) = head.strip_suffix('!').map_or((head, false), |it| (it, true));
        let (kind, scope) = match head.strip_suffix(')') {
            Some(head) => head.split_once('(').map(|(kind, scope)| (kind, Some(scope)))?,
            None => (head, None),
        };
        let word = |it: &str| !it.is_empty() && !it.contains([' ', '(', ')', '!', ':']);
        let fits = word(kind)
            && scope.is_none_or(|it| !it.is_empty() && !it.contains(['(', ')']))
            && !description.trim().is_empty();
        fits.then(|| Self {
            kind,
            scope,
            breaking: marked || rest.lines().any(is_breaking_footer),
            description: description.trim(),
        })
    }

    /// Returns the level that the commit asks for; none for types other than `feat` and `fix` that break nothing.
    ///
    /// Types are compared without regard to case, as the specification asks.
    ///
    /// Source: Conventional Commits 1.0.0, *Summary* (what the types mean to a version) and clause 15 (case).
    ///
    /// ```
    /// use tidegate_version_bump::{ConventionalCommit, Level};
    ///
    /// let level = |message| ConventionalCommit::parse(message).and_then(|it| it.level());
    /// assert_eq!(level("feat(hub): resume sessions"), Some(Level::Minor));
    /// assert_eq!(level("fix!: refuse empty names"), Some(Level::Major));
    /// assert_eq!(level("docs: mention the limit"), None);
    /// ```
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        if self.breaking {
            Some(Level::Major)
        } else if self.kind.eq_ignore_ascii_case("feat") {
            Some(Level::Minor)
        } else if self.kind.eq_ignore_ascii_case("fix") {
            Some(Level::Patch)
        } else {
            None
        }
    }
}

fn is_breaking_footer(line: &str) -> bool {
    ["BREAKING CHANGE", "BREAKING-CHANGE"].iter().any(|token| {
        line.strip_prefix(token).is_some_and(|it| it.starts_with(": ") || it.starts_with(" #"))
    })
}

/// Returns the highest level that commit messages ask for, or `None` where none asks for a release.
///
/// Messages without the form of Conventional Commits ask for nothing.
///
/// ```
/// use tidegate_version_bump::{Level, level_of_commits};
///
/// assert_eq!(level_of_commits(["fix: a leak", "feat: search", "docs: typo"]), Some(Level::Minor));
/// assert_eq!(level_of_commits(["chore: tidy", "Merge branch 'x'"]), None);
/// ```
#[must_use]
pub fn level_of_commits<'m>(messages: impl IntoIterator<Item = &'m str>) -> Option<Level> {
    let rank = |level: &Level| Level::ALL.iter().position(|it| it == level);
    messages
        .into_iter()
        .filter_map(|message| ConventionalCommit::parse(message)?.level())
        .min_by_key(rank)
}
