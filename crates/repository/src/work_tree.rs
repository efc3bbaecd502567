use std::io::Write;
use std::ops::Deref;
use std::path::{Path, PathBuf};

use crate::environment::{CommitDate, Environment, Identity};
use crate::error::{GitError, GitErrorKind};
use crate::name::{ObjectId, check_path, check_ref_name};
use crate::program::Kind;
use crate::repository::{Repository, Tag, path_from};

/// A repository with its files checked out. Reads as a [`Repository`].
#[derive(Debug)]
pub struct WorkTree {
    repository: Repository,
    root: PathBuf,
}

impl Deref for WorkTree {
    type Target = Repository;

    fn deref(&self) -> &Repository {
        &self.repository
    }
}

/// A file's bytes before an edit, to put them back.
struct Saved {
    path: PathBuf,
    before: Option<Vec<u8>>,
}

impl WorkTree {
    /// Opens the work tree that a folder belongs to.
    ///
    /// # Errors
    ///
    /// As [`Repository::open`]; a bare repository is [`GitErrorKind::NotARepository`] too.
    pub fn open(folder: &Path, environment: &Environment) -> Result<Self, GitError> {
        let repository = Repository::open(folder, environment)?;
        let doing = format!("opening `{}`", folder.display());
        let answer = repository.git().run(&doing, &["rev-parse", "--show-toplevel"]).output()?;
        if !answer.success {
            let reason = "this repository has no work tree";
            return Err(GitError::new(GitErrorKind::NotARepository, doing, reason));
        }
        let root = path_from(&answer.stdout);
        // Pathspecs are relative to the folder git runs in.
        let repository = Repository::open(&root, environment)?;
        Ok(Self { repository, root })
    }

    /// Returns the top folder of the work tree, absolute.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the name and address that git commits with; `None` where it has none.
    ///
    /// # Errors
    ///
    /// When git can't be started.
    pub fn identity(&self) -> Result<Option<Identity>, GitError> {
        let run = self.git().run("reading the identity", &["-c", "user.useConfigOnly=true", "var"]);
        let output = run.arg("GIT_COMMITTER_IDENT").output()?;
        // NAME <ADDRESS> SECONDS ZONE                                                              git-var(1)
        let text = String::from_utf8_lossy(&output.stdout);
        let parts = text.rsplit_once('>').and_then(|(before, _)| before.split_once(" <"));
        Ok(parts.filter(|_| output.success).map(|(name, email)| Identity::new(name, email)))
    }

    /// Commits new bytes for some files, and nothing else, on top of HEAD; the user's hooks run and the commit is
    /// signed when git is configured to. Returns the commit.
    ///
    /// When git or a hook refuses, files and index are as they were.
    ///
    /// # Errors
    ///
    /// [`GitErrorKind::InvalidPath`], [`GitErrorKind::NotAFile`], [`GitErrorKind::Io`], or git's reason.
    pub fn commit_edits(
        &self,
        edits: &[(&str, &[u8])],
        message: &str,
        date: CommitDate,
    ) -> Result<ObjectId, GitError> {
        let before = self.commit("HEAD")?;
        let mut saved = Vec::new();
        let committed = self.write_all(edits, &mut saved).and_then(|()| {
            let paths = edits.iter().map(|(path, _)| path);
            self.git().run("staging the release", &["add", "--"]).args(paths.clone()).done()?;
            let run = self
                .git()
                .run("committing", &["commit", "--quiet", "--cleanup=whitespace", "-F", "-"]);
            let run = run.args(["--only", "--"]).args(paths).dated(date, None).input(message);
            run.limit(Kind::Hooks).done()
        });
        if let Err(error) = committed {
            return Err(self.put_back(edits, saved, error));
        }
        let commit = self.commit("HEAD")?;
        let parents = self.describe(&commit)?.parents;
        if parents != [before.clone()] {
            let reason = format!(
                "HEAD is at {commit}, which is not one commit after {before}: a hook moved it"
            );
            return Err(GitError::unreadable("committing", reason));
        }
        Ok(commit)
    }

    /// Creates an annotated tag, signed when git is configured to.
    ///
    /// # Errors
    ///
    /// [`GitErrorKind::InvalidName`], or git's reason: the tag exists, signing failed.
    pub fn create_tag(
        &self,
        name: &str,
        commit: &ObjectId,
        message: &str,
        date: CommitDate,
    ) -> Result<Tag, GitError> {
        check_ref_name(name)?;
        let doing = format!("creating tag `{name}`");
        let run = self.git().run(&doing, &["tag", "--annotate", "--cleanup=whitespace", "-F", "-"]);
        let run = run.arg("--").arg(name).arg(commit.as_str()).dated(date, None).input(message);
        run.limit(Kind::Hooks).done()?;
        self.tag(name)?.ok_or_else(|| GitError::unreadable(doing, "the tag is not there"))
    }

    fn write_all(&self, edits: &[(&str, &[u8])], saved: &mut Vec<Saved>) -> Result<(), GitError> {
        for (path, bytes) in edits {
            check_path(path)?;
            let target = self.root.join(path);
            let doing = format!("writing `{path}`");
            let before = self.current(path, &target)?;
            saved.push(Saved { path: target.clone(), before });
            replace(&target, bytes).map_err(|error| GitError::io(doing, &error))?;
        }
        Ok(())
    }

    /// Returns the bytes of a file of the work tree; refuses what is no plain file inside it.
    fn current(&self, path: &str, target: &Path) -> Result<Option<Vec<u8>>, GitError> {
        let refuse = |reason: &str| {
            Err(GitError::new(GitErrorKind::NotAFile, format!("path `{path}`"), reason))
        };
        let io = |error: std::io::Error| GitError::io(format!("reading `{path}`"), &error);
        let mut parent = target.parent();
        while let Some(folder) =
            parent.filter(|folder| folder.starts_with(&self.root) && *folder != self.root)
        {
            if folder.is_symlink() {
                return refuse("a folder on its way is a symbolic link");
            }
            parent = folder.parent();
        }
        match target.symlink_metadata() {
            Ok(metadata) if metadata.is_file() => std::fs::read(target).map(Some).map_err(io),
            Ok(_) => refuse("it is not a plain file"),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(io(error)),
        }
    }

    /// Puts files and index back as they were, and returns the reason for it, lengthened by what went wrong now.
    fn put_back(&self, edits: &[(&str, &[u8])], saved: Vec<Saved>, why: GitError) -> GitError {
        let mut failed = Vec::new();
        for Saved { path, before } in saved {
            let done = match before {
                Some(bytes) => replace(&path, &bytes),
                None if path.exists() => std::fs::remove_file(&path),
                None => Ok(()),
            };
            if let Err(error) = done {
                failed.push(format!("`{}` could not be put back: {error}", path.display()));
            }
        }
        let valid = edits.iter().map(|(path, _)| path).filter(|path| check_path(path).is_ok());
        let reset =
            self.git().run("restoring the index", &["reset", "--quiet", "--"]).args(valid).done();
        if let Err(error) = reset {
            failed.push(error.to_string());
        }
        if failed.is_empty() { why } else { why.with_help(failed.join("; ")) }
    }
}

/// Replaces a file: written beside it and renamed, its permissions kept. A new file is created in place.
fn replace(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = target.parent().unwrap_or(Path::new("."));
    let Ok(metadata) = std::fs::metadata(target) else {
        std::fs::create_dir_all(folder)?;
        return std::fs::write(target, bytes);
    };
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().set_permissions(metadata.permissions())?;
    beside.persist(target)?;
    Ok(())
}
