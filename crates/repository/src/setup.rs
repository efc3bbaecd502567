use std::path::Path;

use crate::environment::Environment;
use crate::error::{GitError, GitErrorKind};
use crate::name::{check_ref_name, check_remote};
use crate::program::{Git, Kind};
use crate::remote::absolute;
use crate::work_tree::WorkTree;

/// Clones a remote into a folder that is empty or does not exist, with all branches and tags.
///
/// # Errors
///
/// When the remote does not answer, or the folder is not empty.
pub fn clone(
    address: &str,
    folder: &Path,
    environment: &Environment,
) -> Result<WorkTree, GitError> {
    check_remote(address)?;
    let doing = format!("cloning `{address}`");
    std::fs::create_dir_all(folder).map_err(|error| GitError::io(&doing, &error))?;
    let git = Git::new(folder, environment);
    git.check_version()?;
    let run = git.run(doing, &["clone", "--quiet", "--no-hardlinks"]);
    let run = run.args(environment.is_isolated().then_some("--template="));
    run.arg("--").arg(absolute(address)?).arg(".").limit(Kind::Remote).done()?;
    WorkTree::open(folder, environment)
}

impl WorkTree {
    /// Sets a value in the configuration of this clone.
    ///
    /// # Errors
    ///
    /// [`GitErrorKind::InvalidName`] for a key that is none, or git's reason.
    pub fn set_config(&self, key: &str, value: &str) -> Result<(), GitError> {
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | ':');
        if key.starts_with('-') || !key.contains('.') || !key.chars().all(plain) {
            let rule = "a key of the configuration is `section.name` or `section.part.name`";
            return Err(GitError::new(GitErrorKind::InvalidName, format!("name {key:?}"), rule));
        }
        let run = self.git().run(format!("setting `{key}`"), &["config", "--local", "--"]);
        run.arg(key).arg(value).done()
    }

    /// Brings a branch of a remote into the branch that HEAD is on, if that needs no merge.
    ///
    /// # Errors
    ///
    /// [`GitErrorKind::InvalidName`]; or git's reason, such as diverged histories.
    pub fn pull(&self, remote: &str, branch: &str) -> Result<(), GitError> {
        check_remote(remote)?;
        check_ref_name(branch)?;
        let doing = format!("pulling `{branch}` from `{remote}`");
        let run = self
            .git()
            .run(&doing, &["fetch", "--quiet", "--tags", "--no-recurse-submodules", "--"]);
        run.arg(remote).arg(format!("refs/heads/{branch}")).limit(Kind::Remote).done()?;
        self.git()
            .run(doing, &["merge", "--quiet", "--ff-only", "FETCH_HEAD"])
            .limit(Kind::Hooks)
            .done()
    }
}
