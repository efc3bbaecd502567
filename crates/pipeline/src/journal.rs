use std::io::Write as _;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::plan::{Bindings, Plan};

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Index of the step in the plan.
    pub step: usize,
    /// When it was recorded, RFC 3339.
    pub at: String,
    /// Whether the step had been true before it was done.
    pub found_done: bool,
}

/// A run: its plan, and how far it came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// When it began, RFC 3339.
    pub began: String,
    /// What it set out to do.
    pub plan: Plan,
    /// The steps that are done.
    pub records: Vec<Record>,
    /// What they bound.
    pub bound: Bindings,
    /// Whether it came to its end.
    pub finished: bool,
}

/// The journal of a clone: what was planned and done from here.
///
/// It lies in the repository's git folder, so that it is never committed, and holds no credential. It helps people
/// and makes a resumed run tell what it found; the outside (remotes, registry, cluster) outranks it, so that losing
/// it loses nothing.
#[derive(Clone, Debug)]
pub struct Journal {
    path: PathBuf,
    runs: Vec<Run>,
}

/// Older runs are dropped from the journal.
const MOST_RUNS: usize = 50;

/// Why the journal could not be kept.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the journal {path}: {source}", path = path.display())]
pub struct JournalError {
    path: PathBuf,
    source: std::io::Error,
}

impl Journal {
    /// Opens the journal below a git folder. A journal that is missing or can't be read is an empty one.
    #[must_use]
    pub fn open(git_dir: &Path) -> Self {
        let path = git_dir.join("tidegate").join("journal.json");
        let runs = std::fs::read(&path).ok().and_then(|text| serde_json::from_slice(&text).ok());
        Self { path, runs: runs.unwrap_or_default() }
    }

    /// Returns the runs, oldest first.
    #[must_use]
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Begins a run, or takes up the last one when that has the same plan and did not finish.
    ///
    /// # Errors
    ///
    /// When the file can't be written.
    pub fn begin(&mut self, plan: &Plan, now: &str) -> Result<(), JournalError> {
        let resumed = self.runs.last().is_some_and(|run| !run.finished && run.plan == *plan);
        if !resumed {
            self.runs.push(Run {
                began: now.to_owned(),
                plan: plan.clone(),
                records: Vec::new(),
                bound: Bindings::new(),
                finished: false,
            });
            let surplus = self.runs.len().saturating_sub(MOST_RUNS);
            self.runs.drain(..surplus);
        }
        self.save()
    }

    /// Records that a step of the current run is done.
    ///
    /// # Errors
    ///
    /// When the file can't be written.
    pub fn record(&mut self, record: Record, bound: &Bindings) -> Result<(), JournalError> {
        if let Some(run) = self.runs.last_mut() {
            run.records.retain(|it| it.step != record.step);
            run.records.push(record);
            run.bound.clone_from(bound);
        }
        self.save()
    }

    /// Records that the current run has come to its end.
    ///
    /// # Errors
    ///
    /// When the file can't be written.
    pub fn finish(&mut self) -> Result<(), JournalError> {
        if let Some(run) = self.runs.last_mut() {
            run.finished = true;
        }
        self.save()
    }

    fn save(&self) -> Result<(), JournalError> {
        let fail = |source| JournalError { path: self.path.clone(), source };
        let text = serde_json::to_vec_pretty(&self.runs).map_err(|it| fail(it.into()))?;
        write_atomically(&self.path, &text).map_err(fail)
    }
}

/// Writes a file beside its place and renames it there, so that readers see the old bytes or the new ones.
pub(crate) fn write_atomically(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
