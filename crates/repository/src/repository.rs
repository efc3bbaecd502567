use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::environment::Environment;
use crate::error::{GitError, GitErrorKind};
use crate::name::{ObjectId, check_glob, check_path, check_ref_name, check_revision};
use crate::object::ObjectReader;
use crate::program::Git;
use crate::tree::TreeReader;

/// What a repository holds: commits, tags, trees. Reading changes nothing.
#[derive(Debug)]
pub struct Repository {
    git: Git,
    git_dir: PathBuf,
    objects: OnceLock<Arc<ObjectReader>>,
}

/// A tag and what it points at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tag {
    /// Name without `refs/tags/`.
    pub name: String,
    /// The object that the tag names: the tag object of an annotated tag, else the commit itself.
    pub object: ObjectId,
    /// The commit behind it.
    pub commit: ObjectId,
}

impl Tag {
    /// Returns whether the tag has a tag object of its own.
    #[must_use]
    pub fn is_annotated(&self) -> bool {
        self.object != self.commit
    }
}

impl Repository {
    /// Opens the repository that a folder belongs to.
    ///
    /// # Errors
    ///
    /// [`GitErrorKind::NoProgram`], [`GitErrorKind::TooOld`], or [`GitErrorKind::NotARepository`].
    pub fn open(folder: &Path, environment: &Environment) -> Result<Self, GitError> {
        let git = Git::new(folder, environment);
        git.check_version()?;
        let doing = format!("opening `{}`", folder.display());
        let answer = git.run(&doing, &["rev-parse", "--absolute-git-dir"]).output()?;
        if !answer.success {
            let reason = answer.error("").reason().to_owned();
            return Err(GitError::new(GitErrorKind::NotARepository, doing, reason)
                .with_help("name a folder inside of a git repository"));
        }
        let git_dir = path_from(&answer.stdout);
        Ok(Self { git, git_dir, objects: OnceLock::new() })
    }

    pub(crate) fn git(&self) -> &Git {
        &self.git
    }

    /// Returns git's own folder, absolute; in a linked work tree the one of that work tree. A journal that belongs
    /// to the clone and to nobody else has its place here.
    #[must_use]
    pub fn git_dir(&self) -> &Path {
        &self.git_dir
    }

    /// Returns the commit that a revision means (`HEAD`, a branch, a tag, an abbreviated id), or `None` when it
    /// means none.
    ///
    /// # Errors
    ///
    /// [`GitErrorKind::InvalidName`] when it looks like an option or a range.
    pub fn resolve(&self, revision: &str) -> Result<Option<ObjectId>, GitError> {
        check_revision(revision)?;
        let doing = format!("resolving `{revision}`");
        let run = self.git.run(&doing, &["rev-parse", "--quiet", "--verify", "--end-of-options"]);
        let answer = run.arg(format!("{revision}^{{commit}}")).output()?;
        match (answer.success, answer.code) {
            (true, _) => String::from_utf8_lossy(&answer.stdout).trim().parse().map(Some),
            (false, Some(1)) => Ok(None),
            // An unknown name with `^{commit}` behind it is fatal to some versions of git.
            (false, Some(128))
                if answer.stderr.is_empty() || answer.stderr.contains("Needed a single") =>
            {
                Ok(None)
            }
            (false, _) => Err(answer.error(doing)),
        }
    }

    /// As [`Repository::resolve`], where a commit has to be there.
    ///
    /// # Errors
    ///
    /// [`GitErrorKind::NotFound`] when the revision means no commit.
    pub fn commit(&self, revision: &str) -> Result<ObjectId, GitError> {
        self.resolve(revision)?.ok_or_else(|| {
            let doing = format!("resolving `{revision}`");
            GitError::new(GitErrorKind::NotFound, doing, "no such commit in this repository")
        })
    }

    /// Returns the branch that HEAD is on, or `None` when HEAD is detached.
    ///
    /// # Errors
    ///
    /// When git fails.
    pub fn branch(&self) -> Result<Option<String>, GitError> {
        let doing = "reading HEAD";
        let answer = self.git.run(doing, &["symbolic-ref", "--quiet", "HEAD"]).output()?;
        if !answer.success {
            return if answer.code == Some(1) { Ok(None) } else { Err(answer.error(doing)) };
        }
        let name = String::from_utf8_lossy(&answer.stdout).trim_end().to_owned();
        Ok(Some(name.strip_prefix("refs/heads/").map_or(name.clone(), str::to_owned)))
    }

    /// Returns a tag of this repository, or `None` when there is none of that name.
    ///
    /// # Errors
    ///
    /// [`GitErrorKind::InvalidName`] for a name that no tag can have.
    pub fn tag(&self, name: &str) -> Result<Option<Tag>, GitError> {
        check_ref_name(name)?;
        let tags = self.list_tags(&format!("refs/tags/{name}"), None)?;
        Ok(tags.into_iter().find(|tag| tag.name == name))
    }

    /// Returns the tags of this repository whose name matches a glob, sorted by name. Tags of trees and blobs are
    /// left out. In the glob `*` and `?` match anything but `/`; `**` matches that too.
    ///
    /// # Errors
    ///
    /// [`GitErrorKind::InvalidName`] for a glob that looks like an option.
    pub fn tags(&self, glob: &str) -> Result<Vec<Tag>, GitError> {
        check_glob(glob)?;
        self.list_tags(&format!("refs/tags/{glob}"), None)
    }

    /// Returns the tags that are ancestors of a commit or the commit itself, and match a glob, sorted by name. `**`
    /// gives all of them; `*` those without a `/` in their name.
    ///
    /// # Errors
    ///
    /// [`GitErrorKind::InvalidName`] for a glob that looks like an option.
    pub fn tags_reachable(&self, commit: &ObjectId, glob: &str) -> Result<Vec<Tag>, GitError> {
        check_glob(glob)?;
        self.list_tags(&format!("refs/tags/{glob}"), Some(commit))
    }

    /// Returns the tags on a commit, sorted by name.
    ///
    /// # Errors
    ///
    /// When the commit is not in this repository.
    pub fn tags_at(&self, commit: &ObjectId) -> Result<Vec<Tag>, GitError> {
        self.read_tags("refs/tags/", Some(format!("--points-at={commit}")))
    }

    fn list_tags(&self, pattern: &str, merged: Option<&ObjectId>) -> Result<Vec<Tag>, GitError> {
        self.read_tags(pattern, merged.map(|commit| format!("--merged={commit}")))
    }

    fn read_tags(&self, pattern: &str, only: Option<String>) -> Result<Vec<Tag>, GitError> {
        let doing = "listing tags";
        let format =
            "--format=%(objectname) %(objecttype) %(*objectname) %(*objecttype) %(refname)";
        let run = self.git.run(doing, &["for-each-ref", format]);
        let text = run.args(only).arg("--").arg(pattern).text()?;
        let mut tags = Vec::new();
        for line in text.lines() {
            let fields: Vec<&str> = line.splitn(5, ' ').collect();
            let [object, kind, peeled, peeled_kind, name] = fields[..] else {
                return Err(GitError::unreadable(doing, format!("git answered `{line}`")));
            };
            let commit = match (kind, peeled_kind) {
                ("commit", _) => object.parse()?,
                (_, "commit") => peeled.parse()?,
                (_, "tag") => match self.resolve(object)? {
                    Some(commit) => commit,
                    None => continue,
                },
                _ => continue,
            };
            let name = name.strip_prefix("refs/tags/").unwrap_or(name).to_owned();
            tags.push(Tag { name, object: object.parse()?, commit });
        }
        Ok(tags)
    }

    /// Returns whether one commit is the other or leads to it.
    ///
    /// # Errors
    ///
    /// When one of them is not in this repository.
    pub fn is_ancestor(
        &self,
        ancestor: &ObjectId,
        descendant: &ObjectId,
    ) -> Result<bool, GitError> {
        let doing = format!("comparing {} with {}", ancestor.short(), descendant.short());
        let run = self.git.run(&doing, &["merge-base", "--is-ancestor"]);
        let answer = run.arg(ancestor.as_str()).arg(descendant.as_str()).output()?;
        match answer.code {
            Some(0) => Ok(true),
            Some(1) => Ok(false),
            _ => Err(answer.error(doing)),
        }
    }

    /// Returns whether this repository holds the commit.
    ///
    /// # Errors
    ///
    /// When git fails.
    pub fn has(&self, commit: &ObjectId) -> Result<bool, GitError> {
        self.resolve(commit.as_str()).map(|found| found.is_some())
    }

    /// Returns the paths that differ between two commits, sorted; with no first commit, all paths of the second.
    /// A renamed file counts under both names.
    ///
    /// # Errors
    ///
    /// When a commit is not in this repository. Paths that are not UTF-8 are given with replacement characters.
    pub fn changed_files(
        &self,
        from: Option<&ObjectId>,
        to: &ObjectId,
    ) -> Result<Vec<String>, GitError> {
        let doing = format!("listing the files that changed up to {}", to.short());
        let run = match from {
            Some(from) => {
                let run =
                    self.git.run(&doing, &["diff-tree", "-r", "-z", "--name-only", "--no-renames"]);
                run.arg(from.as_str()).arg(to.as_str())
            }
            None => self
                .git
                .run(&doing, &["ls-tree", "-r", "-z", "--name-only", "--full-tree"])
                .arg(to.as_str()),
        };
        let bytes = run.bytes()?;
        let paths = bytes.split(|byte| *byte == 0).filter(|path| !path.is_empty());
        Ok(paths.map(|path| String::from_utf8_lossy(path).into_owned()).collect())
    }

    /// Returns the bytes of a file at a commit, or `None` when there is none. Links inside the tree are followed.
    ///
    /// # Errors
    ///
    /// [`GitErrorKind::InvalidPath`]; or when the commit is not in this repository.
    pub fn file(&self, commit: &ObjectId, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        check_path(path)?;
        self.tree(commit)?.read(path)
    }

    /// Returns the files of a commit.
    ///
    /// # Errors
    ///
    /// When the commit is not in this repository.
    pub fn tree(&self, commit: &ObjectId) -> Result<TreeReader, GitError> {
        let doing = format!("reading the tree of {}", commit.short());
        let run = self.git.run(doing, &["rev-parse", "--verify", "--end-of-options"]);
        let root = run.arg(format!("{commit}^{{tree}}")).text()?.parse()?;
        Ok(TreeReader::new(self.objects()?, root))
    }

    pub(crate) fn objects(&self) -> Result<Arc<ObjectReader>, GitError> {
        if let Some(objects) = self.objects.get() {
            return Ok(Arc::clone(objects));
        }
        let started = Arc::new(ObjectReader::start(&self.git)?);
        Ok(Arc::clone(self.objects.get_or_init(|| started)))
    }
}

/// Reads a path from git's answer, byte for byte where the system allows it.
pub(crate) fn path_from(answer: &[u8]) -> PathBuf {
    let line = answer.strip_suffix(b"\n").unwrap_or(answer);
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        PathBuf::from(std::ffi::OsStr::from_bytes(line))
    }
    #[cfg(not(unix))]
    PathBuf::from(String::from_utf8_lossy(line).into_owned())
}
