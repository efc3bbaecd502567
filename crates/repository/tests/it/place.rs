use std::path::{Path, PathBuf};

use tidegate_repository::{
    BareClone, CommitDate, Environment, FileChange, Identity, ObjectId, WorkTree, clone, init_bare,
};

/// A remote with one commit on `main`, and folders beside it, all gone at the end of the test.
pub(crate) struct Place {
    folder: tempfile::TempDir,
    pub(crate) environment: Environment,
}

pub(crate) const DATE: CommitDate = CommitDate::At(1_700_000_000);

pub(crate) fn tester() -> Identity {
    Identity::new("Tester", "tester@example.org")
}

impl Place {
    pub(crate) fn new() -> Self {
        Self::with(&[("VERSION", b"1.2.3\n"), ("docs/read me.md", b"# Docs\n")])
    }

    pub(crate) fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let place = Self { folder, environment: Environment::isolated(tester()) };
        init_bare(&place.remote(), &place.environment, "main").expect("a remote can be made");
        let copy = place.copy("seed");
        let files: Vec<FileChange> =
            files.iter().map(|(path, bytes)| FileChange::set(*path, *bytes)).collect();
        let first = copy
            .commit_files(None, &files, "First\n", None, DATE)
            .expect("a first commit can be made");
        copy.push("main", None, &first).expect("the first commit can be pushed");
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn remote(&self) -> PathBuf {
        self.path("remote.git")
    }

    pub(crate) fn address(&self) -> String {
        self.remote().to_str().expect("temporary folders have plain names").to_owned()
    }

    pub(crate) fn copy(&self, name: &str) -> BareClone {
        let copy = BareClone::open(&self.path(name), &self.address(), &self.environment)
            .expect("it opens");
        copy.fetch().expect("the remote answers");
        copy
    }

    pub(crate) fn clone(&self, name: &str) -> WorkTree {
        clone(&self.address(), &self.path(name), &self.environment)
            .expect("the remote can be cloned")
    }

    /// Commits one file on the remote's branch, as a colleague would.
    pub(crate) fn colleague(&self, branch: &str, path: &str, bytes: &[u8]) -> ObjectId {
        let copy = self.copy("colleague");
        let base = copy.tip(branch).expect("the name is valid").expect("the branch is there");
        let change = FileChange::set(path, bytes);
        let commit = copy
            .commit_files(Some(&base), &[change], "Colleague\n", None, DATE)
            .expect("it commits");
        copy.push(branch, Some(&base), &commit).expect("it pushes");
        commit
    }

    /// All files below the place, with their bytes.
    pub(crate) fn snapshot(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        let mut pending = vec![self.folder.path().to_owned()];
        while let Some(folder) = pending.pop() {
            for entry in std::fs::read_dir(folder).expect("it reads") {
                let path = entry.expect("it reads").path();
                if path.is_dir() {
                    pending.push(path);
                } else {
                    let bytes = std::fs::read(&path).expect("it reads");
                    files.push((path, bytes));
                }
            }
        }
        files.sort();
        files
    }
}

/// Runs git in a work tree, as a user would at the prompt.
#[track_caller]
pub(crate) fn git(tree: &WorkTree, arguments: &[&str]) {
    assert!(try_git(tree, arguments), "git {arguments:?}");
}

pub(crate) fn try_git(tree: &WorkTree, arguments: &[&str]) -> bool {
    let mut command = std::process::Command::new("git");
    command.current_dir(tree.root()).args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null");
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_EDITOR", ":");
    for role in ["AUTHOR", "COMMITTER"] {
        command
            .env(format!("GIT_{role}_NAME"), "User")
            .env(format!("GIT_{role}_EMAIL"), "user@example.org");
    }
    command.output().expect("git can be started").status.success()
}

/// Puts a hook into a repository.
#[cfg(unix)]
pub(crate) fn hook(repository: &Path, name: &str, script: &str) {
    use std::os::unix::fs::PermissionsExt;
    let hooks = repository.join("hooks");
    std::fs::create_dir_all(&hooks).expect("the folder can be made");
    let hook = hooks.join(name);
    std::fs::write(&hook, format!("#!/bin/sh\n{script}\n")).expect("the hook can be written");
    std::fs::set_permissions(&hook, std::fs::Permissions::from_mode(0o755))
        .expect("it can be executable");
}
