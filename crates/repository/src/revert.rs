use std::io::Write;
use std::path::Path;

use crate::error::{GitError, GitErrorKind};
use crate::name::ObjectId;
use crate::object::EntryKind;
use crate::repository::Repository;
use crate::write::FileChange;

/// One line of a comparison of two trees.
struct Difference {
    path: String,
    before: Option<(EntryKind, ObjectId)>,
    after: Option<(EntryKind, ObjectId)>,
}

impl Repository {
    /// Computes the changes that take one commit back on top of another, as `git revert` would make them; commit them
    /// with [`Repository::commit_files`]. Nothing is written. Empty when the commit is taken back already.
    ///
    /// # Errors
    ///
    /// [`GitErrorKind::Unsupported`] for a merge, a first commit or a change of a submodule;
    /// [`GitErrorKind::Conflict`] when later commits changed the same lines, naming the file.
    pub fn revert_changes(
        &self,
        commit: &ObjectId,
        onto: &ObjectId,
    ) -> Result<Vec<FileChange>, GitError> {
        let doing = format!("taking commit {} back", commit.short());
        let parents = self.describe(commit)?.parents;
        let [parent] = &parents[..] else {
            let what = if parents.is_empty() { "it is the first commit" } else { "it is a merge" };
            return Err(GitError::new(GitErrorKind::Unsupported, doing, what));
        };
        let mut changes = Vec::new();
        for difference in self.differences(parent, commit, &doing)? {
            let kinds = [&difference.before, &difference.after];
            if kinds.into_iter().flatten().any(|(kind, _)| *kind == EntryKind::Submodule) {
                let reason = format!("`{}` is a submodule", difference.path);
                return Err(GitError::new(GitErrorKind::Unsupported, doing, reason));
            }
            changes.extend(self.take_back(onto, difference, &doing)?);
        }
        Ok(changes)
    }

    fn take_back(
        &self,
        onto: &ObjectId,
        difference: Difference,
        doing: &str,
    ) -> Result<Option<FileChange>, GitError> {
        let Difference { path, before, after } = difference;
        let objects = self.objects()?;
        let now = self.entry(onto, &path)?;
        if now == before {
            return Ok(None);
        }
        if now == after {
            let (kind, bytes) = match before {
                Some((kind, id)) => (Some(kind), Some(objects.blob(&id)?)),
                None => (None, None),
            };
            return Ok(Some(FileChange { path, bytes, kind }));
        }
        let conflict = |reason: &str| {
            GitError::new(GitErrorKind::Conflict, doing, format!("`{path}`: {reason}"))
        };
        let (Some((kind, now)), Some((_, before)), Some((_, after))) = (now, before, after) else {
            return Err(conflict("it was created or removed on one side only"));
        };
        if !matches!(kind, EntryKind::File | EntryKind::Executable) {
            return Err(conflict("only files can be merged"));
        }
        let ours = objects.blob(&now)?;
        match self.merge(&ours, &objects.blob(&after)?, &objects.blob(&before)?, doing)? {
            Some(bytes) if bytes == ours => Ok(None),
            Some(bytes) => Ok(Some(FileChange { path, bytes: Some(bytes), kind: None })),
            None => Err(conflict("later commits changed the same lines")),
        }
    }

    /// Merges two texts over a base, by lines; `None` on a conflict.
    fn merge(
        &self,
        ours: &[u8],
        base: &[u8],
        theirs: &[u8],
        doing: &str,
    ) -> Result<Option<Vec<u8>>, GitError> {
        let io = |error: std::io::Error| GitError::io(doing, &error);
        let store = |bytes: &[u8]| -> std::io::Result<tempfile::NamedTempFile> {
            let mut file = tempfile::NamedTempFile::new()?;
            file.write_all(bytes)?;
            Ok(file)
        };
        let (ours, base, theirs) =
            (store(ours).map_err(io)?, store(base).map_err(io)?, store(theirs).map_err(io)?);
        let paths: [&Path; 3] = [ours.path(), base.path(), theirs.path()];
        let output =
            self.git().run(doing, &["merge-file", "-p", "--quiet", "--"]).args(paths).output()?;
        match output.code {
            Some(0) => Ok(Some(output.stdout)),
            Some(1..=127) => Ok(None),
            _ => Err(output.error(doing)),
        }
    }

    /// Returns what is at a path of a commit, links not followed.
    fn entry(
        &self,
        commit: &ObjectId,
        path: &str,
    ) -> Result<Option<(EntryKind, ObjectId)>, GitError> {
        let tree = self.tree(commit)?;
        let mut folder = tree.root().clone();
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            let entries = tree.tree(&folder)?;
            let Some(entry) = entries.iter().find(|entry| entry.name == part.as_bytes()) else {
                return Ok(None);
            };
            if parts.peek().is_none() {
                return Ok(Some((entry.kind, entry.id.clone())));
            }
            if entry.kind != EntryKind::Folder {
                return Ok(None);
            }
            folder = entry.id.clone();
        }
        Ok(None)
    }

    // Raw format: `:<mode> <mode> <id> <id> <status>` NUL `<path>` NUL
    fn differences(
        &self,
        from: &ObjectId,
        to: &ObjectId,
        doing: &str,
    ) -> Result<Vec<Difference>, GitError> {
        let run = self
            .git()
            .run(doing, &["diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev"]);
        let bytes = run.arg(from.as_str()).arg(to.as_str()).bytes()?;
        let text = String::from_utf8(bytes).map_err(|_| {
            GitError::new(GitErrorKind::Unsupported, doing, "a changed path is not UTF-8")
        })?;
        let mut fields = text.split('\0');
        let mut differences = Vec::new();
        while let (Some(line), Some(path)) = (fields.next(), fields.next()) {
            let words: Vec<&str> = line.trim_start_matches(':').split(' ').collect();
            let [old_mode, new_mode, old, new, _] = words[..] else {
                return Err(GitError::unreadable(doing, format!("git answered `{line}`")));
            };
            let side = |mode: &str, id: &str| -> Result<Option<(EntryKind, ObjectId)>, GitError> {
                match EntryKind::from_mode(mode) {
                    Some(kind) => Ok(Some((kind, id.parse()?))),
                    None => Ok(None),
                }
            };
            differences.push(Difference {
                path: path.to_owned(),
                before: side(old_mode, old)?,
                after: side(new_mode, new)?,
            });
        }
        Ok(differences)
    }
}
