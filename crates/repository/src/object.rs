use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout};
use std::sync::{Mutex, PoisonError};

use crate::error::GitError;
use crate::name::ObjectId;
use crate::program::Git;

/// What a tree entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// A file.
    File,
    /// A file with its executable bit.
    Executable,
    /// A symbolic link; its bytes are the target.
    Link,
    /// A folder.
    Folder,
    /// A commit of another repository.
    Submodule,
}

impl EntryKind {
    /// The mode as a tree writes it; git also knows `100664` from its first days, which reads as a file.
    pub(crate) fn from_mode(mode: &str) -> Option<Self> {
        Some(match mode {
            "40000" => Self::Folder,
            "120000" => Self::Link,
            "160000" => Self::Submodule,
            "100755" => Self::Executable,
            _ if mode.starts_with("100") => Self::File,
            _ => return None,
        })
    }
}

/// An entry of a tree as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawEntry {
    pub(crate) mode: String,
    pub(crate) kind: EntryKind,
    pub(crate) name: Vec<u8>,
    pub(crate) id: ObjectId,
}

/// Reads objects through one `git cat-file --batch` process.
#[derive(Debug)]
pub(crate) struct ObjectReader {
    conversation: Mutex<Conversation>,
}

#[derive(Debug)]
struct Conversation {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
}

const DOING: &str = "reading an object";

impl ObjectReader {
    pub(crate) fn start(git: &Git) -> Result<Self, GitError> {
        let mut child = git.converse(DOING, &["cat-file", "--batch"])?;
        let (Some(stdin), Some(stdout)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(GitError::unreadable(DOING, "git was started without its streams"));
        };
        let conversation =
            Conversation { child, stdin: Some(stdin), stdout: BufReader::new(stdout) };
        Ok(Self { conversation: Mutex::new(conversation) })
    }

    /// Returns the type and the bytes of an object, or `None` when it does not exist.
    fn object(&self, id: &ObjectId) -> Result<Option<(String, Vec<u8>)>, GitError> {
        let mut conversation = self.conversation.lock().unwrap_or_else(PoisonError::into_inner);
        conversation.ask(id).map_err(|error| GitError::io(format!("reading object {id}"), &error))
    }

    /// Returns the bytes of a blob.
    pub(crate) fn blob(&self, id: &ObjectId) -> Result<Vec<u8>, GitError> {
        self.typed(id, "blob")
    }

    /// Returns the entries of a tree, in the tree's order.
    pub(crate) fn tree(&self, id: &ObjectId) -> Result<Vec<RawEntry>, GitError> {
        let bytes = self.typed(id, "tree")?;
        parse_tree(&bytes, id.as_str().len() / 2)
            .ok_or_else(|| GitError::unreadable(DOING, format!("tree {id} is damaged")))
    }

    fn typed(&self, id: &ObjectId, wanted: &str) -> Result<Vec<u8>, GitError> {
        match self.object(id)? {
            Some((found, bytes)) if found == wanted => Ok(bytes),
            Some((found, _)) => {
                Err(GitError::unreadable(DOING, format!("{id} is a {found}, not a {wanted}")))
            }
            None => Err(GitError::unreadable(DOING, format!("{wanted} {id} is missing"))
                .with_help("`git fsck` lists what the repository lacks")),
        }
    }
}

impl Conversation {
    // Answer: `<id> SP <type> SP <size> LF <bytes> LF`, or `<id> SP missing LF`.
    fn ask(&mut self, id: &ObjectId) -> std::io::Result<Option<(String, Vec<u8>)>> {
        use std::io::{Error, ErrorKind};
        let damaged = |what: &str| Error::new(ErrorKind::InvalidData, what.to_owned());
        let stdin = self.stdin.as_mut().ok_or_else(|| damaged("git has ended"))?;
        writeln!(stdin, "{id}")?;
        stdin.flush()?;
        let mut header = String::new();
        self.stdout.read_line(&mut header)?;
        let mut words = header.split_whitespace().skip(1);
        let (kind, size) = (words.next(), words.next());
        match (kind, size.map(str::parse::<usize>)) {
            (Some("missing"), None) => Ok(None),
            (Some(kind), Some(Ok(size))) => {
                let mut bytes = Vec::new();
                let wanted = u64::try_from(size).unwrap_or(u64::MAX).saturating_add(1);
                self.stdout.by_ref().take(wanted).read_to_end(&mut bytes)?;
                if bytes.len() != size + 1 {
                    return Err(damaged("git's answer was cut short"));
                }
                bytes.truncate(size);
                Ok(Some((kind.to_owned(), bytes)))
            }
            _ => Err(damaged("git gave no answer; the repository may be damaged")),
        }
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        // The end of its input ends git; without waiting it would stay in the process table.
        drop(self.stdin.take());
        drop(self.child.wait());
    }
}

// tree = *( mode SP name NUL id ), the id as raw bytes
fn parse_tree(mut bytes: &[u8], id_length: usize) -> Option<Vec<RawEntry>> {
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        let space = bytes.iter().position(|byte| *byte == b' ')?;
        let nul = space + bytes[space..].iter().position(|byte| *byte == 0)?;
        let mode = std::str::from_utf8(&bytes[..space]).ok()?.to_owned();
        let raw = bytes.get(nul + 1..nul + 1 + id_length)?;
        entries.push(RawEntry {
            kind: EntryKind::from_mode(&mode)?,
            mode,
            name: bytes[space + 1..nul].to_vec(),
            id: ObjectId::from_raw(raw),
        });
        bytes = &bytes[nul + 1 + id_length..];
    }
    Some(entries)
}
