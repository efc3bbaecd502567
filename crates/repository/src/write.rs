use std::collections::BTreeMap;

use crate::environment::{CommitDate, Identity};
use crate::error::{GitError, GitErrorKind};
use crate::name::{ObjectId, check_path};
use crate::object::{EntryKind, RawEntry};
use crate::program::Kind;
use crate::repository::Repository;

/// New bytes for one path, or its removal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// Path from the root of the repository.
    pub path: String,
    /// The new bytes; `None` removes the file.
    pub bytes: Option<Vec<u8>>,
    /// What the entry shall be. `None` keeps what it is; a new one becomes a plain file.
    pub kind: Option<EntryKind>,
}

impl FileChange {
    /// New bytes for a file that exists or not.
    #[must_use]
    pub fn set(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: Some(bytes.into()), kind: None }
    }

    /// The removal of a file. Removing what is not there is no change.
    #[must_use]
    pub fn remove(path: impl Into<String>) -> Self {
        Self { path: path.into(), bytes: None, kind: None }
    }
}

/// The folders on the way to the changed paths, by path; `""` is the root.
type Folders = BTreeMap<String, Vec<RawEntry>>;

impl Repository {
    /// Makes one commit that changes some files, without a work tree or an index: only the trees on the way to the
    /// changed paths are written, every other entry stays as it is. No ref is moved. With no base it is a first commit.
    ///
    /// The author given is the committer too; without one git's identity is taken. The commit is signed when git is
    /// configured to sign commits. Removals are applied before new bytes. When nothing changes no commit is made, and the base is returned.
    ///
    /// # Errors
    ///
    /// [`GitErrorKind::InvalidPath`]; [`GitErrorKind::NotAFile`] where a folder, link or submodule is in the way; or
    /// git's reason, such as no identity.
    pub fn commit_files(
        &self,
        base: Option<&ObjectId>,
        changes: &[FileChange],
        message: &str,
        author: Option<&Identity>,
        date: CommitDate,
    ) -> Result<ObjectId, GitError> {
        let tree = self.write_tree(base, changes)?;
        if let Some(base) = base
            && *self.tree(base)?.root() == tree
        {
            return Ok(base.clone());
        }
        let run = self.git().run("committing", &["commit-tree", "-F", "-"]);
        let run = run.args(self.signs_commits()?.then_some("--gpg-sign"));
        let run = run.args(base.iter().flat_map(|base| ["-p", base.as_str()])).arg(tree.as_str());
        let mut run = run.dated(date, author).input(message).limit(Kind::Hooks);
        if let Some(author) = author {
            run = run
                .variable("GIT_COMMITTER_NAME", &author.name)
                .variable("GIT_COMMITTER_EMAIL", &author.email);
        }
        run.text()?.parse()
    }

    fn signs_commits(&self) -> Result<bool, GitError> {
        let run = self.git().run(
            "reading the configuration",
            &["config", "--type=bool", "--get", "commit.gpgSign"],
        );
        Ok(run.output()?.stdout == b"true\n")
    }

    fn write_tree(
        &self,
        base: Option<&ObjectId>,
        changes: &[FileChange],
    ) -> Result<ObjectId, GitError> {
        let mut folders = Folders::new();
        let root = match base {
            Some(base) => self.objects()?.tree(self.tree(base)?.root())?,
            None => Vec::new(),
        };
        folders.insert(String::new(), root);
        // Removals first, so that a file can take the place of a folder that empties, and the other way round.
        let (removed, set): (Vec<_>, Vec<_>) =
            changes.iter().partition(|change| change.bytes.is_none());
        for change in removed.into_iter().chain(set) {
            self.apply(&mut folders, change)?;
        }
        // Deepest first, so that a folder's id is known when the one above it is written.
        let mut order: Vec<String> = folders.keys().cloned().collect();
        order.sort_by_key(|path| {
            std::cmp::Reverse(if path.is_empty() { 0 } else { 1 + path.matches('/').count() })
        });
        for path in order {
            let entries = folders.remove(&path).unwrap_or_default();
            if path.is_empty() {
                return self.write_folder(&entries);
            }
            let (above, name) = split(&path);
            let written =
                if entries.is_empty() { None } else { Some(self.write_folder(&entries)?) };
            let above = folders.entry(above.to_owned()).or_default();
            match written {
                Some(id) => put(above, name, "40000", EntryKind::Folder, id),
                None => above.retain(|entry| entry.name != name.as_bytes()),
            }
        }
        Err(GitError::unreadable("writing a tree", "the root is always among the folders"))
    }

    fn apply(&self, folders: &mut Folders, change: &FileChange) -> Result<(), GitError> {
        check_path(&change.path)?;
        let refuse = |path: &str, what: &str| {
            Err(GitError::new(
                GitErrorKind::NotAFile,
                format!("path `{}`", change.path),
                format!("`{path}` {what}"),
            ))
        };
        let (folder, name) = split(&change.path);
        for (end, _) in change.path.match_indices('/') {
            let path = &change.path[..end];
            if folders.contains_key(path) {
                continue;
            }
            let (above, part) = split(path);
            let found = folders[above].iter().find(|entry| entry.name == part.as_bytes());
            let entries = match found {
                Some(entry) if entry.kind == EntryKind::Folder => {
                    self.objects()?.tree(&entry.id)?
                }
                Some(_) => return refuse(path, "is no folder"),
                None if change.bytes.is_none() => return Ok(()),
                None => Vec::new(),
            };
            folders.insert(path.to_owned(), entries);
        }
        if folders.get(&change.path).is_some_and(|entries| !entries.is_empty()) {
            return refuse(&change.path, "is a folder");
        }
        let emptied = folders.remove(&change.path).is_some();
        let entries = folders.entry(folder.to_owned()).or_default();
        if emptied {
            entries.retain(|entry| entry.name != name.as_bytes());
        }
        let old = entries.iter().find(|entry| entry.name == name.as_bytes());
        match old.map(|entry| entry.kind) {
            Some(EntryKind::Folder) => return refuse(&change.path, "is a folder"),
            Some(EntryKind::Submodule) => return refuse(&change.path, "is a submodule"),
            Some(EntryKind::Link) if change.kind.is_none() && change.bytes.is_some() => {
                return refuse(&change.path, "is a symbolic link");
            }
            _ => {}
        }
        let Some(bytes) = &change.bytes else {
            entries.retain(|entry| entry.name != name.as_bytes());
            return Ok(());
        };
        let (kind, mode) = match (change.kind, old) {
            (None, Some(old)) => (old.kind, old.mode.clone()),
            (None | Some(EntryKind::File), _) => (EntryKind::File, "100644".to_owned()),
            (Some(EntryKind::Executable), _) => (EntryKind::Executable, "100755".to_owned()),
            (Some(EntryKind::Link), _) => (EntryKind::Link, "120000".to_owned()),
            (Some(EntryKind::Folder | EntryKind::Submodule), _) => {
                return refuse(&change.path, "can only become a file or a link");
            }
        };
        let run = self.git().run(
            format!("storing `{}`", change.path),
            &["hash-object", "-w", "--no-filters", "--stdin"],
        );
        let id = run.input(bytes.clone()).text()?.parse()?;
        put(entries, name, &mode, kind, id);
        Ok(())
    }

    fn write_folder(&self, entries: &[RawEntry]) -> Result<ObjectId, GitError> {
        let mut input = Vec::new();
        for entry in entries {
            let kind = match entry.kind {
                EntryKind::Folder => "tree",
                EntryKind::Submodule => "commit",
                EntryKind::File | EntryKind::Executable | EntryKind::Link => "blob",
            };
            input.extend_from_slice(format!("{} {kind} {}\t", entry.mode, entry.id).as_bytes());
            input.extend_from_slice(&entry.name);
            input.push(0);
        }
        self.git().run("writing a tree", &["mktree", "-z"]).input(input).text()?.parse()
    }
}

/// Sets an entry; `mktree` brings it to its place.
fn put(entries: &mut Vec<RawEntry>, name: &str, mode: &str, kind: EntryKind, id: ObjectId) {
    let entry = RawEntry { mode: mode.to_owned(), kind, name: name.as_bytes().to_vec(), id };
    match entries.iter_mut().find(|it| it.name == entry.name) {
        Some(old) => *old = entry,
        None => entries.push(entry),
    }
}

/// Splits a path into its folder (`""` for the root) and its name.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}
