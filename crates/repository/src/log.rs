use crate::environment::Identity;
use crate::error::GitError;
use crate::name::{ObjectId, check_path};
use crate::repository::Repository;

/// A commit as the log tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its id.
    pub id: ObjectId,
    /// Its parents; two or more make a merge, none makes a first commit.
    pub parents: Vec<ObjectId>,
    /// Who wrote it.
    pub author: Identity,
    /// When it was written, in seconds since 1970-01-01 UTC.
    pub author_date: i64,
    /// When it was committed, in seconds since 1970-01-01 UTC.
    pub commit_date: i64,
    /// The first paragraph of the message, on one line.
    pub subject: String,
    /// The whole message.
    pub message: String,
    /// The trailers (`Key: value` lines that end the message), in their order.
    pub trailers: Vec<(String, String)>,
}

impl Commit {
    /// Returns the values of a trailer; keys are compared without regard to case.
    pub fn trailer<'c>(&'c self, key: &'c str) -> impl Iterator<Item = &'c str> {
        let matching = self.trailers.iter().filter(move |(it, _)| it.eq_ignore_ascii_case(key));
        matching.map(|(_, value)| value.as_str())
    }
}

/// What of the history is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogQuery<'q> {
    /// Commits up to this one, newest first.
    pub to: &'q ObjectId,
    /// But not those that lead to this one.
    pub from: Option<&'q ObjectId>,
    /// Only those that changed one of these paths; empty for all.
    pub paths: &'q [&'q str],
    /// Only the line of first parents: what the branch itself received, a merge as one change.
    pub first_parent: bool,
    /// At most this many.
    pub limit: Option<usize>,
}

const FORMAT: &str = "--format=tformat:%H%x00%P%x00%an%x00%ae%x00%at%x00%ct%x00%s%x00%B%x00%(trailers:only=true,unfold=true)%x00";
const FIELDS: usize = 9;

/// A change of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The commit that made it.
    pub commit: Commit,
    /// The bytes before it, compared with the first parent; `None` when the file was not there.
    pub before: Option<Vec<u8>>,
    /// The bytes after it; `None` when the file was removed.
    pub after: Option<Vec<u8>>,
}

impl Repository {
    /// Returns commits, newest first.
    ///
    /// # Errors
    ///
    /// [`crate::GitErrorKind::InvalidPath`]; or when a commit is not in this repository.
    pub fn log(&self, query: &LogQuery<'_>) -> Result<Vec<Commit>, GitError> {
        for path in query.paths {
            check_path(path)?;
        }
        let doing = "reading the history";
        let run = self.git().run(
            doing,
            &[
                "-c",
                "trailer.separators=:",
                "log",
                "--no-show-signature",
                "--no-color",
                "--no-mailmap",
                "-s",
                FORMAT,
            ],
        );
        let run = run.args(query.first_parent.then_some("--first-parent"));
        let run = run.args(query.limit.map(|limit| format!("--max-count={limit}")));
        let run = run.arg(query.to.as_str()).args(query.from.map(|from| format!("^{from}")));
        let bytes = run.arg("--").args(query.paths).bytes()?;
        let text = String::from_utf8_lossy(&bytes);
        let fields: Vec<&str> = text.split('\0').collect();
        fields.chunks_exact(FIELDS).map(|record| commit(record, doing)).collect()
    }

    /// Returns one commit.
    ///
    /// # Errors
    ///
    /// When it is not in this repository.
    pub fn describe(&self, commit: &ObjectId) -> Result<Commit, GitError> {
        let query =
            LogQuery { to: commit, from: None, paths: &[], first_parent: false, limit: Some(1) };
        let first = self.log(&query)?.into_iter().next();
        first.ok_or_else(|| {
            GitError::unreadable("reading the history", format!("git tells nothing of {commit}"))
        })
    }

    /// Returns the changes of one file along the line of first parents, newest first, each with the bytes before and
    /// after it.
    ///
    /// # Errors
    ///
    /// [`crate::GitErrorKind::InvalidPath`]; or when the commit is not in this repository.
    pub fn history(
        &self,
        to: &ObjectId,
        path: &str,
        limit: Option<usize>,
    ) -> Result<Vec<Revision>, GitError> {
        let query = LogQuery { to, from: None, paths: &[path], first_parent: true, limit };
        let commits = self.log(&query)?;
        let revision = |commit: Commit| {
            let before = match commit.parents.first() {
                Some(parent) => self.file(parent, path)?,
                None => None,
            };
            let after = self.file(&commit.id, path)?;
            Ok(Revision { commit, before, after })
        };
        commits.into_iter().map(revision).collect()
    }
}

fn commit(record: &[&str], doing: &str) -> Result<Commit, GitError> {
    let seconds = |text: &str| {
        text.parse::<i64>().map_err(|_| GitError::unreadable(doing, format!("`{text}` is no date")))
    };
    let parents = record[1].split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let trailers = record[8].lines().filter_map(|line| line.split_once(':'));
    Ok(Commit {
        // Behind each record git ends a line.
        id: record[0].trim_start_matches('\n').parse()?,
        parents,
        author: Identity::new(record[2], record[3]),
        author_date: seconds(record[4])?,
        commit_date: seconds(record[5])?,
        subject: record[6].to_owned(),
        message: record[7].trim_end_matches('\n').to_owned(),
        trailers: trailers
            .map(|(key, value)| (key.trim().to_owned(), value.trim().to_owned()))
            .collect(),
    })
}
