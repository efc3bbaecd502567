use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::GitError;
use crate::name::ObjectId;
use crate::object::{EntryKind, ObjectReader, RawEntry};

/// How many symbolic links one path may lead through.
const MAX_LINKS: usize = 40;

/// The files of a commit, read without a checkout.
///
/// Paths are relative to the root of the repository, with `/` between their parts; `.` and `..` are understood, and
/// so are symbolic links inside the tree. A path or link that leaves the tree leads nowhere, as does one into a
/// submodule. Folders and files are read when somebody asks, each once, through one git process.
#[derive(Debug)]
pub struct TreeReader {
    objects: Arc<ObjectReader>,
    root: ObjectId,
    trees: Mutex<HashMap<ObjectId, Arc<Vec<RawEntry>>>>,
}

/// An entry of a folder in a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TreeEntry {
    /// Name of the entry, without its folder.
    pub name: String,
    /// What it is.
    pub kind: EntryKind,
}

/// Where a path led.
pub(crate) enum Found {
    Folder(ObjectId),
    File(ObjectId),
}

impl TreeReader {
    pub(crate) fn new(objects: Arc<ObjectReader>, root: ObjectId) -> Self {
        Self { objects, root, trees: Mutex::default() }
    }

    /// Returns the bytes of a file, as they are stored; `None` where the path leads to no file.
    ///
    /// # Errors
    ///
    /// When the repository is damaged, or git ends early.
    pub fn read(&self, path: &str) -> Result<Option<Vec<u8>>, GitError> {
        match self.find(path)? {
            Some(Found::File(id)) => self.objects.blob(&id).map(Some),
            _ => Ok(None),
        }
    }

    /// Returns the entries of a folder, in the tree's order; `None` where the path leads to no folder. `""` and `.`
    /// are the root. Names that are not UTF-8 are left out.
    ///
    /// # Errors
    ///
    /// When the repository is damaged, or git ends early.
    pub fn list(&self, folder: &str) -> Result<Option<Vec<TreeEntry>>, GitError> {
        let Some(Found::Folder(id)) = self.find(folder)? else { return Ok(None) };
        let entries = self.tree(&id)?;
        let readable = entries.iter().filter_map(|entry| {
            let name = String::from_utf8(entry.name.clone()).ok()?;
            Some(TreeEntry { name, kind: entry.kind })
        });
        Ok(Some(readable.collect()))
    }

    /// Returns whether the path leads to a folder.
    ///
    /// # Errors
    ///
    /// When the repository is damaged, or git ends early.
    pub fn is_dir(&self, path: &str) -> Result<bool, GitError> {
        Ok(matches!(self.find(path)?, Some(Found::Folder(_))))
    }

    /// Returns the paths of all files below a folder, links and executables included, sorted as git sorts them.
    ///
    /// # Errors
    ///
    /// When the repository is damaged, or git ends early.
    pub fn files(&self, folder: &str) -> Result<Vec<String>, GitError> {
        let Some(Found::Folder(id)) = self.find(folder)? else { return Ok(Vec::new()) };
        let folder = folder.trim_end_matches('/');
        let prefix =
            if folder.is_empty() || folder == "." { String::new() } else { format!("{folder}/") };
        let mut files = Vec::new();
        let mut pending = vec![(prefix, id, 0_usize)];
        while let Some((prefix, id, from)) = pending.pop() {
            let entries = self.tree(&id)?;
            for (nth, entry) in entries.iter().enumerate().skip(from) {
                let Ok(name) = std::str::from_utf8(&entry.name) else { continue };
                let path = format!("{prefix}{name}");
                match entry.kind {
                    EntryKind::Folder => {
                        pending.push((prefix, id, nth + 1));
                        pending.push((format!("{path}/"), entry.id.clone(), 0));
                        break;
                    }
                    EntryKind::Submodule => {}
                    EntryKind::File | EntryKind::Executable | EntryKind::Link => files.push(path),
                }
            }
        }
        Ok(files)
    }

    pub(crate) fn root(&self) -> &ObjectId {
        &self.root
    }

    pub(crate) fn tree(&self, id: &ObjectId) -> Result<Arc<Vec<RawEntry>>, GitError> {
        let known = self.trees.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let entries = Arc::new(self.objects.tree(id)?);
        self.trees
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id.clone(), Arc::clone(&entries));
        Ok(entries)
    }

    pub(crate) fn find(&self, path: &str) -> Result<Option<Found>, GitError> {
        if path.starts_with('/') {
            return Ok(None);
        }
        let mut folders = vec![self.root.clone()];
        let mut pending: Vec<Vec<u8>> = parts(path.as_bytes());
        let mut links = 0;
        while let Some(part) = pending.pop() {
            match &*part {
                b"" | b"." => continue,
                b".." => {
                    folders.pop();
                    if folders.is_empty() {
                        return Ok(None);
                    }
                    continue;
                }
                _ => {}
            }
            let here = folders.last().expect("the root is only left by returning");
            let entries = self.tree(here)?;
            let Some(entry) = entries.iter().find(|entry| entry.name == part) else {
                return Ok(None);
            };
            match entry.kind {
                EntryKind::Folder => folders.push(entry.id.clone()),
                EntryKind::File | EntryKind::Executable if pending.is_empty() => {
                    return Ok(Some(Found::File(entry.id.clone())));
                }
                EntryKind::Link => {
                    links += 1;
                    let target = self.objects.blob(&entry.id)?;
                    if links > MAX_LINKS || target.starts_with(b"/") {
                        return Ok(None);
                    }
                    pending.extend(parts(&target));
                }
                EntryKind::File | EntryKind::Executable | EntryKind::Submodule => return Ok(None),
            }
        }
        Ok(folders.pop().map(Found::Folder))
    }
}

/// The parts of a path, last one first.
fn parts(path: &[u8]) -> Vec<Vec<u8>> {
    path.split(|byte| *byte == b'/').rev().map(<[u8]>::to_vec).collect()
}
