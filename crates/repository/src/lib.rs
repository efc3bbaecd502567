//! Git repositories: release commits, tags, write-backs, history.
//!
//! ```
//! use tidegate_repository::{BareClone, CommitDate, Environment, FileChange, Identity, init_bare};
//!
//! let folder = tempfile::tempdir()?;
//! let remote = folder.path().join("devops.git");
//! let environment = Environment::isolated(Identity::new("Updater", "updater@example.org"));
//! init_bare(&remote, &environment, "main")?;
//!
//! let copy = BareClone::open(&folder.path().join("cache"), &remote.to_string_lossy(), &environment)?;
//! let change = FileChange::set("overlays/prod/kustomization.yaml", "resources: [../../base]\n");
//! let commit = copy.commit_files(None, &[change], "Add prod\n", None, CommitDate::At(0))?;
//! copy.push("main", None, &commit)?;
//!
//! let tree = copy.tree(&commit)?;
//! assert_eq!(tree.files("")?, ["overlays/prod/kustomization.yaml"]);
//! assert_eq!(tree.read("overlays/dev/kustomization.yaml")?, None);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Model
//!
//! A [`Repository`] is read: commits, tags, trees, the history of a path. Two kinds of it are written to.
//!
//! A [`WorkTree`] makes releases. [`WorkTree::check_release`] tells everything that stands against one, with the mend;
//! [`WorkTree::make_release`] makes the commit and the annotated tag on this machine; [`WorkTree::push_release`]
//! pushes both or none. Each step can be asked whether it has happened ([`WorkTree::unpushed`],
//! [`Repository::remote_refs`]), so that a run that was stopped is finished by another. A push that the far side refuses
//! leaves nothing behind.
//!
//! A [`BareClone`] writes back without a work tree: it is kept between runs, fetches what is new, writes the blobs and the
//! trees on the way to them, and one commit. The cost does not depend on how many files the repository has. A push that
//! lost a race is [`PushError::Moved`]: fetch, apply the intent to the new text, push again.
//!
//! An [`Environment`] says whose git it is: the user's, with hooks, signing and credential helpers; or one that is deaf
//! to the machine it runs on. Dates come from the caller where results have to be the same again.
//!
//! No value becomes an option of git: names, revisions and paths are checked first, and stand behind `--`. Every message
//! has passed [`masked`], which hides credentials in URLs.
//!
//! # Scope
//!
//! This crate knows neither Kubernetes nor registries, and nothing of what the files mean. It does not merge branches,
//! does not rewrite history, and does not ask for passwords. Of a release it commits the files it is given: those that git
//! does not track are nobody's business. The branch on the remote has the same name as the local one.
//!
//! # Conformance
//!
//! The `git` program, 2.30 or newer; tested with 2.47. Names are checked by the rules of `git check-ref-format`. Globs over
//! branches know `*`, `**` and `?`. In [`TreeReader`] names that are not UTF-8 are left out, since no manifest can name
//! them; write-backs keep them. A time limit ends git itself; what a hook of the far side started may outlive it.
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
