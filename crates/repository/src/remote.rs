use std::path::Path;

use crate::environment::Environment;
use crate::error::GitError;
use crate::name::{ObjectId, check_remote};
use crate::program::{Git, Kind};
use crate::repository::{Repository, Tag};

/// The branches and tags that a remote has right now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteRefs {
    /// The branch that the remote's HEAD is on.
    pub head: Option<String>,
    /// The branches and their tips, sorted by name.
    pub branches: Vec<(String, ObjectId)>,
    /// The tags, sorted by name. The commit of a tag is peeled by the remote.
    pub tags: Vec<Tag>,
}

impl RemoteRefs {
    /// Returns the tip of a branch.
    #[must_use]
    pub fn branch(&self, name: &str) -> Option<&ObjectId> {
        self.branches.iter().find(|(it, _)| it == name).map(|(_, tip)| tip)
    }

    /// Returns a tag.
    #[must_use]
    pub fn tag(&self, name: &str) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.name == name)
    }
}

/// Asks a remote that needs no local repository, by its URL or an absolute path.
///
/// # Errors
///
/// When the remote does not answer, or refuses.
pub fn remote_refs(address: &str, environment: &Environment) -> Result<RemoteRefs, GitError> {
    check_remote(address)?;
    // A folder outside any repository, so that no repository's configuration takes part.
    let git = Git::new(&std::env::temp_dir(), environment);
    git.check_version()?;
    list(&git, &absolute(address)?)
}

impl Repository {
    /// Asks a remote, by its configured name or its address, for its branches and tags.
    ///
    /// # Errors
    ///
    /// [`crate::GitErrorKind::InvalidName`]; or when the remote does not answer, or refuses.
    pub fn remote_refs(&self, remote: &str) -> Result<RemoteRefs, GitError> {
        check_remote(remote)?;
        list(self.git(), remote)
    }
}

/// Makes a path absolute that is given relative to the process; a URL stays.
pub(crate) fn absolute(address: &str) -> Result<String, GitError> {
    let path = Path::new(address);
    if address.contains("://") || path.is_absolute() || !path.exists() {
        return Ok(address.to_owned());
    }
    let absolute = std::path::absolute(path)
        .map_err(|error| GitError::io(format!("finding `{address}`"), &error))?;
    Ok(absolute.to_string_lossy().into_owned())
}

fn list(git: &Git, remote: &str) -> Result<RemoteRefs, GitError> {
    let doing = format!("asking remote `{remote}` for its branches and tags");
    let bytes = git
        .run(&doing, &["ls-remote", "--symref", "--"])
        .arg(remote)
        .limit(Kind::Remote)
        .bytes()?;
    let text = String::from_utf8_lossy(&bytes);
    let mut refs = RemoteRefs { head: None, branches: Vec::new(), tags: Vec::new() };
    for line in text.lines() {
        let Some((id, name)) = line.split_once('\t') else {
            return Err(GitError::unreadable(doing, format!("git answered `{line}`")));
        };
        if let Some(target) = id.strip_prefix("ref: ") {
            if name == "HEAD" {
                refs.head = target.strip_prefix("refs/heads/").map(str::to_owned);
            }
        } else if let Some(branch) = name.strip_prefix("refs/heads/") {
            refs.branches.push((branch.to_owned(), id.parse()?));
        } else if let Some(tag) = name.strip_prefix("refs/tags/") {
            let id: ObjectId = id.parse()?;
            // A peeled line follows the line of its tag.
            match (tag.strip_suffix("^{}"), refs.tags.last_mut()) {
                (Some(peeled), Some(last)) if last.name == peeled => last.commit = id,
                (Some(_), _) => {
                    return Err(GitError::unreadable(doing, format!("git answered `{line}`")));
                }
                (None, _) => {
                    refs.tags.push(Tag { name: tag.to_owned(), object: id.clone(), commit: id });
                }
            }
        }
    }
    Ok(refs)
}
