use std::ops::Deref;
use std::path::Path;
use std::time::Duration;

use crate::credential::masked;
use crate::environment::Environment;
use crate::error::{GitError, GitErrorKind};
use crate::name::{ObjectId, check_ref_name, check_remote};
use crate::program::{Git, Kind};
use crate::push::{PushError, Update, push};
use crate::remote::{RemoteRefs, absolute};
use crate::repository::Repository;

/// A copy of a remote without a work tree, kept between runs: what a write-back fetches into, commits in and pushes
/// from. Reads as a [`Repository`].
///
/// The address is used and not stored, so that a credential in it never reaches the disk.
#[derive(Debug)]
pub struct BareClone {
    repository: Repository,
    address: String,
}

impl Deref for BareClone {
    type Target = Repository;

    fn deref(&self) -> &Repository {
        &self.repository
    }
}

const KEY: &str = "tidegate.remote";

const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LAST_PAUSE: Duration = Duration::from_millis(1280);

/// Whether git gave up because another git holds a lock.
fn is_locked(error: &GitError) -> bool {
    error.kind() == GitErrorKind::Failed
        && ["cannot lock ref", ".lock': File exists", "failed to lock"]
            .iter()
            .any(|it| error.reason().contains(it))
}

impl BareClone {
    /// Opens the copy in a folder, creating it where there is none. Nothing is fetched yet.
    ///
    /// # Errors
    ///
    /// [`GitErrorKind::Conflict`] when the folder holds the copy of another remote; or git's reason.
    pub fn open(folder: &Path, address: &str, environment: &Environment) -> Result<Self, GitError> {
        check_remote(address)?;
        let address = absolute(address)?;
        let known_as = masked(&address).into_owned();
        let doing = format!("opening the copy of `{known_as}` in `{}`", folder.display());
        if !folder.join("HEAD").exists() {
            init_bare(folder, environment, "main")?;
        }
        let repository = Repository::open(folder, environment)?;
        let answer = repository.git().run(&doing, &["config", "--local", "--get", KEY]).output()?;
        let found = String::from_utf8_lossy(&answer.stdout).trim_end().to_owned();
        if !answer.success {
            let run = repository.git().run(&doing, &["config", "--local", KEY]);
            run.arg(&known_as).done()?;
        } else if found != known_as {
            let reason = format!("the folder holds a copy of `{found}`");
            return Err(GitError::new(GitErrorKind::Conflict, doing, reason)
                .with_help("name another folder, or delete this one: it is only a copy"));
        }
        Ok(Self { repository, address })
    }

    /// Brings all branches and tags; what the remote has deleted goes here too.
    ///
    /// # Errors
    ///
    /// When the remote does not answer, or refuses.
    pub fn fetch(&self) -> Result<(), GitError> {
        let mut pause = FIRST_PAUSE;
        loop {
            let fetched = self.fetch_once();
            match &fetched {
                // Another process fetches into the same copy; its locks are gone in a moment.
                Err(error) if is_locked(error) && pause <= LAST_PAUSE => std::thread::sleep(pause),
                _ => return fetched,
            }
            pause *= 2;
        }
    }

    fn fetch_once(&self) -> Result<(), GitError> {
        let doing = format!("fetching from `{}`", self.address);
        let options = [
            "fetch",
            "--quiet",
            "--prune",
            "--no-tags",
            "--no-write-fetch-head",
            "--no-recurse-submodules",
        ];
        let run = self.git().run(doing, &options).arg("--").arg(&self.address);
        let run = run.args(["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"]);
        run.limit(Kind::Remote).done()
    }

    /// Returns the tip of a branch as it was when last fetched or pushed.
    ///
    /// # Errors
    ///
    /// [`GitErrorKind::InvalidName`].
    pub fn tip(&self, branch: &str) -> Result<Option<ObjectId>, GitError> {
        check_ref_name(branch)?;
        self.resolve(&format!("refs/remotes/origin/{branch}"))
    }

    /// Asks the remote for its branches and tags, without fetching.
    ///
    /// # Errors
    ///
    /// When the remote does not answer, or refuses.
    pub fn ask(&self) -> Result<RemoteRefs, GitError> {
        self.repository.remote_refs(&self.address)
    }

    /// Moves a branch of the remote to a commit, only if it is still where it is expected; `None` expects that there
    /// is no such branch.
    ///
    /// # Errors
    ///
    /// [`PushError::Moved`] when somebody else was faster: fetch, apply the intent to the new text, push again.
    pub fn push(
        &self,
        branch: &str,
        expected: Option<&ObjectId>,
        new: &ObjectId,
    ) -> Result<(), PushError> {
        check_ref_name(branch)?;
        if let Some(expected) = expected
            && !self.is_ancestor(expected, new)?
        {
            let doing = format!("pushing {} to `{branch}`", new.short());
            let reason = format!("it does not build on {}", expected.short());
            return Err(GitError::new(GitErrorKind::Conflict, doing, reason).into());
        }
        let update = Update { reference: format!("refs/heads/{branch}"), expected, new };
        push(self.git(), &self.address, &[update])?;
        // Where another process has fetched meanwhile, the copy knows more than this push: what it knows stays.
        let run = self.git().run("noting the push", &["update-ref"]);
        let run = run.arg(format!("refs/remotes/origin/{branch}")).arg(new.as_str());
        run.args(expected.map(ObjectId::as_str)).output()?;
        Ok(())
    }
}

/// Creates a bare repository, as a remote has it. One that is there already stays as it is.
///
/// # Errors
///
/// [`GitErrorKind::InvalidName`] for the branch; [`GitErrorKind::Io`]; or git's reason.
pub fn init_bare(folder: &Path, environment: &Environment, branch: &str) -> Result<(), GitError> {
    check_ref_name(branch)?;
    let doing = format!("creating the repository `{}`", folder.display());
    std::fs::create_dir_all(folder).map_err(|error| GitError::io(&doing, &error))?;
    let git = Git::new(folder, environment);
    git.check_version()?;
    let run = git.run(doing, &["init", "--quiet", "--bare", "--template="]);
    run.arg(format!("--initial-branch={branch}")).arg(".").done()
}
