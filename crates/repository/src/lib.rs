//! Git repositories: release commits, tags, write-backs, history.
//!
//! ```no_run
//! use std::path::Path;
//! use tidegate_repository::{CommitDate, Environment, Release, ReleasePolicy, WorkTree};
//!
//! let tree = WorkTree::open(Path::new("."), &Environment::user())?;
//! let policy = ReleasePolicy { branches: &["main", "release/*"], remote: "origin", tags: &["v*"], tag: Some("v1.3.0") };
//! let state = tree.check_release(&policy)?;
//! let released = tree.make_release(&Release {
//!     branch: &state.branch,
//!     edits: &[("VERSION", b"1.3.0\n")],
//!     message: "Release 1.3.0",
//!     tag: "v1.3.0",
//!     tag_message: "Release 1.3.0",
//!     date: CommitDate::Now,
//! })?;
//! tree.push_release("origin", &released)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![allow(
    clippy::disallowed_methods,
    reason = "this crate is the door to git: it runs the program and writes the work tree"
)]

mod bare;
mod check;
mod credential;
mod environment;
mod error;
mod glob;
mod log;
mod name;
mod object;
mod program;
mod push;
mod release;
mod remote;
mod repository;
mod revert;
mod setup;
mod tree;
mod work_tree;
mod write;

pub use bare::{BareClone, init_bare};
pub use check::{CheckError, Refusal, RefusalKind, ReleasePolicy, State};
pub use credential::masked;
pub use environment::{CommitDate, Environment, Identity, Limits};
pub use error::{GitError, GitErrorKind};
pub use log::{Commit, LogQuery, Revision};
pub use name::ObjectId;
pub use object::EntryKind;
pub use push::{PushError, Rejection};
pub use release::{Release, Released, Unpushed};
pub use remote::{RemoteRefs, remote_refs};
pub use repository::{Repository, Tag};
pub use setup::clone;
pub use tree::{TreeEntry, TreeReader};
pub use work_tree::WorkTree;
pub use write::FileChange;
