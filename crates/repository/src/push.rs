use std::fmt;

use crate::credential::masked;
use crate::error::GitError;
use crate::name::{ObjectId, check_remote};
use crate::program::{Git, Kind, Output};

/// Why a push changed nothing on the remote.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PushError {
    /// Somebody else was faster: a ref is no longer where it was expected. Fetch, apply the intent to what is there
    /// now, and push again.
    Moved(Vec<Rejection>),
    /// The far side does not want it: a protected branch, a hook. Pushing again will not help.
    Refused {
        /// The refs and the reason for each.
        rejections: Vec<Rejection>,
        /// What the far side said, line by line.
        said: Vec<String>,
    },
    /// The push did not get so far that the far side answered, or its answer was lost: ask the remote before trying
    /// again.
    Git(GitError),
}

/// A ref that was not updated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejection {
    /// Full name of the ref on the remote.
    pub reference: String,
    /// The reason in git's words.
    pub reason: String,
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.reference, self.reason)
    }
}

impl fmt::Display for PushError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, rejections) = match self {
            Self::Moved(rejections) => ("the remote has moved on", rejections),
            Self::Refused { rejections, .. } => ("the remote refused the push", rejections),
            Self::Git(error) => return error.fmt(f),
        };
        let listed: Vec<String> = rejections.iter().map(ToString::to_string).collect();
        write!(f, "{what}: {}", listed.join("; "))?;
        if let Self::Refused { said, .. } = self {
            for line in said {
                write!(f, "\nremote: {line}")?;
            }
        }
        Ok(())
    }
}

impl std::error::Error for PushError {}

impl From<GitError> for PushError {
    fn from(error: GitError) -> Self {
        Self::Git(error)
    }
}

/// One ref of a push: where it is expected, and where it shall be.
pub(crate) struct Update<'u> {
    pub(crate) reference: String,
    pub(crate) expected: Option<&'u ObjectId>,
    pub(crate) new: &'u ObjectId,
}

/// Updates refs of a remote, all or none, each only if it is still where it was expected.
pub(crate) fn push(git: &Git, remote: &str, updates: &[Update<'_>]) -> Result<(), PushError> {
    check_remote(remote)?;
    let doing = format!("pushing to `{remote}`");
    let run = git.run(
        &doing,
        &[
            "push",
            "--porcelain",
            "--atomic",
            "--no-follow-tags",
            "--recurse-submodules=no",
            "--no-progress",
        ],
    );
    let lease = |update: &Update<'_>| {
        let expected = update.expected.map_or("", ObjectId::as_str);
        format!("--force-with-lease={}:{expected}", update.reference)
    };
    let run = run.args(updates.iter().map(lease)).arg("--").arg(remote);
    let run = run.args(updates.iter().map(|update| format!("{}:{}", update.new, update.reference)));
    let output = run.limit(Kind::Hooks).output()?;
    if output.success { Ok(()) } else { Err(classify(&output, doing)) }
}

/// Answers by which git on either side says that a ref was not where it should be, or is being moved right now.
const RACES: [&str; 5] = [
    "failed to update ref",
    "failed to lock",
    "cannot lock ref",
    "incorrect old value provided",
    "reference already exists",
];

// Porcelain line: <flag> TAB <from>:<to> TAB [rejected] (<reason>), or [remote rejected] (<reason>)
fn classify(output: &Output, doing: String) -> PushError {
    let mut rejected = Vec::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let ["!", refs, summary] = fields[..] else { continue };
        let reference = refs.rsplit_once(':').map_or(refs, |(_, to)| to).to_owned();
        let bracket = summary.split_once('(').and_then(|(_, reason)| reason.strip_suffix(')'));
        let reason = masked(bracket.unwrap_or(summary)).into_owned();
        rejected.push((Rejection { reference, reason }, summary.starts_with("[rejected]")));
    }
    // The other refs of an atomic push fail with the one that has a reason of its own. When all fail as one, the
    // reason stands in what the far side said.
    let follows = |(rejection, _): &(Rejection, bool)| {
        ["atomic ", "transaction "].iter().any(|word| rejection.reason.starts_with(word))
    };
    let as_one = rejected.iter().all(follows);
    if !as_one {
        rejected.retain(|rejection| !follows(rejection));
    }
    let is_race = |text: &str| RACES.iter().any(|race| text.contains(race));
    let (moved, refused): (Vec<_>, Vec<_>) = rejected
        .into_iter()
        .partition(|(it, here)| *here || is_race(&it.reason) || as_one && is_race(&output.stderr));
    let reasons =
        |list: Vec<(Rejection, bool)>| list.into_iter().map(|(it, _)| it).collect::<Vec<_>>();
    if !refused.is_empty() {
        let said = output.stderr.lines().filter_map(|line| line.strip_prefix("remote: "));
        let said =
            said.map(|line| masked(line.trim_end()).into_owned()).filter(|line| !line.is_empty());
        return PushError::Refused { rejections: reasons(refused), said: said.collect() };
    }
    if moved.is_empty() {
        PushError::Git(output.error(doing))
    } else {
        PushError::Moved(reasons(moved))
    }
}

#[cfg(test)]
mod tests {
    use super::{PushError, classify};
    use crate::program::Output;

    fn classified(stdout: &str, stderr: &str) -> PushError {
        let output = Output {
            success: false,
            code: Some(1),
            stdout: stdout.as_bytes().to_vec(),
            stderr: stderr.to_owned(),
        };
        classify(&output, "pushing".to_owned())
    }

    /// The two ways in which git 2.47 answers when another push is faster by a moment.
    #[test]
    fn races_inside_the_far_side_are_races() {
        let lock =
            "remote: error: cannot lock ref 'refs/heads/main': is at a but expected b        \n";
        let one = "!\ta:refs/heads/main\t[remote rejected] (failed to update ref)\n";
        assert!(matches!(classified(one, lock), PushError::Moved(_)));
        let all = "!\ta:refs/heads/main\t[remote rejected] (atomic transaction failed)\n\
            !\tb:refs/tags/v1\t[remote rejected] (atomic transaction failed)\n";
        match classified(all, lock) {
            PushError::Moved(rejections) => assert_eq!(rejections.len(), 2),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn protected_branch_is_no_race() {
        let stdout = "!\ta:refs/heads/main\t[remote rejected] (protected branch hook declined)\n\
            !\tb:refs/tags/v1\t[remote rejected] (atomic push failure)\n";
        let stderr = "remote: error: GH006: Protected branch update failed for refs/heads/main.        \n\
            remote: \nerror: failed to push some refs to 'https://me:secret@git.example/a'\n";
        match classified(stdout, stderr) {
            PushError::Refused { rejections, said } => {
                assert_eq!(rejections[0].reason, "protected branch hook declined");
                assert_eq!(rejections.len(), 1);
                assert_eq!(
                    said,
                    ["error: GH006: Protected branch update failed for refs/heads/main."]
                );
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn lost_connection_is_neither() {
        let stderr = "fatal: the remote end hung up unexpectedly\n";
        assert!(matches!(classified("", stderr), PushError::Git(_)));
    }
}
