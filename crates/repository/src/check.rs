use std::fmt;

use crate::error::GitError;
use crate::glob;
use crate::name::{ObjectId, check_glob, check_ref_name, check_remote};
use crate::remote::RemoteRefs;
use crate::work_tree::WorkTree;

/// From where and onto what a release may be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleasePolicy<'p> {
    /// Globs of the branches that may be released from: `main`, `release/*`. `*` does not match `/`, `**` does.
    pub branches: &'p [&'p str],
    /// The remote, by its name or address.
    pub remote: &'p str,
    /// Globs of the tags that must all be here, because a version is chosen by them: `v*`.
    pub tags: &'p [&'p str],
    /// The tag that the release will create, where it is known already.
    pub tag: Option<&'p str>,
}

/// A work tree that a release can be made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The branch that is released from. With a detached HEAD, the branch of the remote that is at HEAD.
    pub branch: String,
    /// Whether HEAD is on no branch of this machine.
    pub detached: bool,
    /// The commit at HEAD, which is the tip of the branch on the remote.
    pub head: ObjectId,
    /// What the remote has.
    pub remote: RemoteRefs,
}

/// A reason not to release, and the mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The kind, for programs.
    pub kind: RefusalKind,
    /// What is the case.
    pub reason: String,
    /// What to do: a command, or a sentence where no command does it.
    pub mend: String,
}

/// The kinds of [`Refusal`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RefusalKind {
    /// HEAD has no commit yet.
    NoCommits,
    /// The branch is not among those that may be released from.
    BranchNotAllowed,
    /// HEAD is detached, and no allowed branch of the remote is there.
    Detached,
    /// A merge, rebase, cherry-pick, revert, patch series or bisection is under way.
    InProgress,
    /// Tracked files have changes that are not committed.
    Dirty,
    /// No name and address for commits are configured.
    NoIdentity,
    /// The history was cut off when the repository was cloned.
    Shallow,
    /// The remote is not configured, or does not answer.
    RemoteUnreachable,
    /// The remote has no such branch.
    BranchNotOnRemote,
    /// HEAD has commits that the remote does not have.
    Ahead,
    /// The remote has commits that HEAD does not have.
    Behind,
    /// Both sides have commits that the other does not have.
    Diverged,
    /// The remote has tags that are not here.
    MissingTags,
    /// A tag is not the same here and on the remote.
    TagDiffers,
    /// The tag to be created exists already.
    TagExists,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\nhelp: {}", self.reason, self.mend)
    }
}

/// Why [`WorkTree::check_release`] gave no state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckError {
    /// Everything that stands against a release, at least one.
    Refused(Vec<Refusal>),
    /// The check itself could not be made.
    Git(GitError),
}

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusals) => {
                let all: Vec<String> = refusals.iter().map(ToString::to_string).collect();
                f.write_str(&all.join("\n"))
            }
            Self::Git(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for CheckError {}

impl From<GitError> for CheckError {
    fn from(error: GitError) -> Self {
        Self::Git(error)
    }
}

/// How many files or tags a reason names before it counts the rest.
const NAMED: usize = 5;

struct Refusals(Vec<Refusal>);

impl Refusals {
    fn add(&mut self, kind: RefusalKind, reason: impl Into<String>, mend: impl Into<String>) {
        self.0.push(Refusal { kind, reason: reason.into(), mend: mend.into() });
    }
}

impl WorkTree {
    /// Returns the state that a release starts from, or everything that stands against one. Asks the remote, and
    /// changes nothing: neither files nor refs nor the index.
    ///
    /// Files that git does not track are not looked at, since a release does not commit them.
    ///
    /// # Errors
    ///
    /// [`CheckError::Refused`] with each reason and its mend; [`CheckError::Git`] when git itself failed, or a name
    /// in the policy is not valid.
    pub fn check_release(&self, policy: &ReleasePolicy<'_>) -> Result<State, CheckError> {
        check_remote(policy.remote)?;
        policy.tag.map_or(Ok(()), check_ref_name)?;
        policy.branches.iter().chain(policy.tags).try_for_each(|glob| check_glob(glob))?;
        let mut refusals = Refusals(Vec::new());
        let Some(head) = self.resolve("HEAD")? else {
            refusals.add(
                RefusalKind::NoCommits,
                "the repository has no commit yet",
                "commit something first",
            );
            return Err(CheckError::Refused(refusals.0));
        };
        self.check_work(&mut refusals)?;
        let on = self.branch()?;
        let allowed = |branch: &str| policy.branches.iter().any(|glob| glob::matches(glob, branch));
        if let Some(branch) = on.as_deref().filter(|branch| !allowed(branch)) {
            let reason = format!(
                "branch `{branch}` may not be released from; allowed: {}",
                policy.branches.join(", ")
            );
            let first = policy.branches.iter().find(|glob| !glob.contains(['*', '?', '[']));
            let mend = first.map_or("switch to an allowed branch".to_owned(), |it| {
                format!("git switch {}", word(it))
            });
            refusals.add(RefusalKind::BranchNotAllowed, reason, mend);
        }
        let Some(refs) = self.ask(policy.remote, &mut refusals)? else {
            return Err(CheckError::Refused(refusals.0));
        };
        let branch = match &on {
            Some(branch) => Some(branch.clone()),
            None => detached(&head, policy, &refs, &mut refusals),
        };
        if let Some(branch) = branch.as_deref().filter(|_| on.is_some()) {
            self.compare(branch, &head, policy, &refs, &mut refusals)?;
        }
        self.check_tags(policy, &refs, &mut refusals)?;
        match branch {
            Some(branch) if refusals.0.is_empty() => {
                Ok(State { branch, detached: on.is_none(), head, remote: refs })
            }
            _ => Err(CheckError::Refused(refusals.0)),
        }
    }

    /// What is the case on this machine alone.
    fn check_work(&self, refusals: &mut Refusals) -> Result<(), GitError> {
        for (file, what, mend) in UNDER_WAY {
            if self.git_dir().join(file).exists() {
                refusals.add(RefusalKind::InProgress, format!("a {what} is under way"), mend);
            }
        }
        let run = self.git().run(
            "looking for changes",
            &[
                "status",
                "--porcelain=v1",
                "-z",
                "--no-renames",
                "--untracked-files=no",
                "--ignore-submodules=none",
            ],
        );
        let status = run.bytes()?;
        let status = String::from_utf8_lossy(&status).into_owned();
        let dirty: Vec<&str> = status.split('\0').filter_map(|line| line.get(3..)).collect();
        if !dirty.is_empty() {
            let reason = format!("changes are not committed: {}", listed(&dirty));
            refusals.add(RefusalKind::Dirty, reason, "commit them, or set them aside: git stash");
        }
        let run = self.git().run("reading the identity", &["-c", "user.useConfigOnly=true", "var"]);
        if !run.arg("GIT_COMMITTER_IDENT").output()?.success {
            refusals.add(
                RefusalKind::NoIdentity,
                "git has no name and address to commit with",
                "git config user.name NAME; git config user.email ADDRESS",
            );
        }
        if self.git().run("asking for depth", &["rev-parse", "--is-shallow-repository"]).text()?
            == "true"
        {
            refusals.add(
                RefusalKind::Shallow,
                "the clone is shallow: its history is cut off, and tags may be behind the cut",
                "git fetch --unshallow --tags",
            );
        }
        Ok(())
    }

    fn ask(&self, remote: &str, refusals: &mut Refusals) -> Result<Option<RemoteRefs>, GitError> {
        let is_name = !remote.contains(['/', ':', '\\']);
        if is_name {
            let known = self
                .git()
                .run("reading the remotes", &["remote", "get-url", "--"])
                .arg(remote)
                .output()?;
            if !known.success {
                let mend = format!("git remote add {} URL", word(remote));
                let reason = format!("no remote `{remote}` is configured");
                refusals.add(RefusalKind::RemoteUnreachable, reason, mend);
                return Ok(None);
            }
        }
        match self.remote_refs(remote) {
            Ok(refs) => Ok(Some(refs)),
            Err(error) => {
                let mend = format!("git ls-remote {} must work first", word(remote));
                refusals.add(RefusalKind::RemoteUnreachable, error.to_string(), mend);
                Ok(None)
            }
        }
    }

    /// Compares HEAD with the branch of the remote.
    fn compare(
        &self,
        branch: &str,
        head: &ObjectId,
        policy: &ReleasePolicy<'_>,
        refs: &RemoteRefs,
        refusals: &mut Refusals,
    ) -> Result<(), GitError> {
        let (remote, name) = (word(policy.remote), word(branch));
        let Some(tip) = refs.branch(branch) else {
            let reason = format!("remote `{}` has no branch `{branch}`", policy.remote);
            let mend = format!("git push --set-upstream {remote} {name}");
            refusals.add(RefusalKind::BranchNotOnRemote, reason, mend);
            return Ok(());
        };
        if tip == head {
            return Ok(());
        }
        let pull = format!("git pull --ff-only {remote} {name}");
        let rebase = format!("git pull --rebase {remote} {name}");
        let on_remote = format!("`{branch}` on `{}`", policy.remote);
        if self.has(tip)? {
            if self.is_ancestor(tip, head)? {
                let n = self.count(tip, head)?;
                let reason = format!("HEAD is {} ahead of {on_remote}", commits(n));
                refusals.add(RefusalKind::Ahead, reason, format!("git push {remote} {name}"));
            } else if self.is_ancestor(head, tip)? {
                let n = self.count(head, tip)?;
                refusals.add(
                    RefusalKind::Behind,
                    format!("HEAD is {} behind {on_remote}", commits(n)),
                    pull,
                );
            } else {
                let (ahead, behind) = (self.count(tip, head)?, self.count(head, tip)?);
                let reason = format!(
                    "HEAD and {on_remote} have diverged: {ahead} commits here, {behind} there"
                );
                refusals.add(RefusalKind::Diverged, reason, rebase);
            }
            return Ok(());
        }
        // The tip is not here, so how far it is cannot be counted; what was fetched last tells which side moved.
        let last =
            self.resolve(&format!("refs/remotes/{}/{branch}", policy.remote)).unwrap_or(None);
        let only_here = match last {
            Some(last) => !self.is_ancestor(head, &last)?,
            None => false,
        };
        if only_here {
            let reason = format!(
                "HEAD and {on_remote} have diverged: each has commits that the other has not"
            );
            refusals.add(RefusalKind::Diverged, reason, rebase);
        } else {
            let reason = format!("HEAD is behind {on_remote}, which is at {}", tip.short());
            refusals.add(RefusalKind::Behind, reason, pull);
        }
        Ok(())
    }

    fn count(&self, from: &ObjectId, to: &ObjectId) -> Result<u32, GitError> {
        let doing = "counting commits";
        let run = self
            .git()
            .run(doing, &["rev-list", "--count"])
            .arg(format!("^{from}"))
            .arg(to.as_str());
        let text = run.text()?;
        text.parse().map_err(|_| GitError::unreadable(doing, format!("git answered `{text}`")))
    }

    fn check_tags(
        &self,
        policy: &ReleasePolicy<'_>,
        refs: &RemoteRefs,
        refusals: &mut Refusals,
    ) -> Result<(), GitError> {
        let local = self.tags("**")?;
        let wanted = |name: &str| policy.tags.iter().any(|glob| glob::matches(glob, name));
        let (mut missing, mut differ) = (Vec::new(), Vec::new());
        for tag in refs.tags.iter().filter(|tag| wanted(&tag.name)) {
            match local.iter().find(|it| it.name == tag.name) {
                None => missing.push(tag.name.as_str()),
                Some(here) if here.object != tag.object => differ.push(tag.name.as_str()),
                Some(_) => {}
            }
        }
        let remote = word(policy.remote);
        if !missing.is_empty() {
            let reason =
                format!("tags of remote `{}` are not here: {}", policy.remote, listed(&missing));
            refusals.add(RefusalKind::MissingTags, reason, format!("git fetch {remote} --tags"));
        }
        if !differ.is_empty() {
            let reason = format!(
                "tags differ from those of remote `{}`: {}",
                policy.remote,
                listed(&differ)
            );
            let mend = format!("git fetch {remote} --tags --force takes the remote's");
            refusals.add(RefusalKind::TagDiffers, reason, mend);
        }
        let Some(name) = policy.tag else { return Ok(()) };
        let here = local.iter().any(|tag| tag.name == name);
        let place = match (here, refs.tag(name)) {
            (_, Some(tag)) => format!("on remote `{}`, at {}", policy.remote, tag.commit.short()),
            (true, None) => "in this clone, and not on the remote".to_owned(),
            (false, None) => return Ok(()),
        };
        let mend = if place.starts_with("in") {
            format!(
                "git tag -d {} if it was never meant to be, or choose another version",
                word(name)
            )
        } else {
            "choose a greater version; a tag that was published stays".to_owned()
        };
        refusals.add(RefusalKind::TagExists, format!("tag `{name}` exists {place}"), mend);
        Ok(())
    }
}

/// Files of git's folder that tell what is under way, and how to leave it.
const UNDER_WAY: [(&str, &str, &str); 6] = [
    ("MERGE_HEAD", "merge", "git merge --continue, or --abort"),
    ("rebase-merge", "rebase", "git rebase --continue, or --abort"),
    ("rebase-apply", "rebase or patch series", "git rebase --continue, or git am --abort"),
    ("CHERRY_PICK_HEAD", "cherry-pick", "git cherry-pick --continue, or --abort"),
    ("REVERT_HEAD", "revert", "git revert --continue, or --abort"),
    ("BISECT_LOG", "bisection", "git bisect reset"),
];

/// The branch of the remote that a detached HEAD stands on.
fn detached(
    head: &ObjectId,
    policy: &ReleasePolicy<'_>,
    refs: &RemoteRefs,
    refusals: &mut Refusals,
) -> Option<String> {
    for glob in policy.branches {
        let here =
            refs.branches.iter().find(|(name, tip)| tip == head && glob::matches(glob, name));
        if let Some((name, _)) = here {
            return Some(name.clone());
        }
    }
    let reason = format!(
        "HEAD is detached at {}, where no allowed branch of remote `{}` is",
        head.short(),
        policy.remote
    );
    let first = policy.branches.iter().find(|glob| !glob.contains(['*', '?', '[']));
    let mend = first
        .map_or("check an allowed branch out".to_owned(), |it| format!("git switch {}", word(it)));
    refusals.add(RefusalKind::Detached, reason, mend);
    None
}

fn listed(names: &[&str]) -> String {
    let shown: Vec<String> = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect();
    let rest = names.len().saturating_sub(NAMED);
    let shown = shown.join(", ");
    if rest == 0 { shown } else { format!("{shown} and {rest} more") }
}

fn commits(n: u32) -> String {
    if n == 1 { "1 commit".to_owned() } else { format!("{n} commits") }
}

/// Writes a word so that a shell takes it as one.
fn word(text: &str) -> String {
    let plain = |c: char| {
        c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | ':' | '@' | '+' | ',' | '=')
    };
    let masked = crate::masked(text);
    if masked.chars().all(plain) {
        masked.into_owned()
    } else {
        format!("'{}'", masked.replace('\'', r"'\''"))
    }
}
