//! Versions, levels and version files.
//!
//! ```
//! use tidegate_version_bump::{Level, TagTemplate, VersionFile, bump, check_tags};
//!
//! let text = "[package]\nname = \"app\"\nversion = \"1.3.0\" # kept\n";
//! let file = VersionFile::kind_for("Cargo.toml", None)?;
//! let current = file.read(text)?.version;
//!
//! let next = bump(&current, Level::Minor, None)?.version;
//! let template: TagTemplate = "v{version}".parse()?;
//! check_tags(&next, &template, ["v1.3.0"], ["v1.2.0", "v1.3.0"])?;
//! assert_eq!(template.format(&next), "v1.4.0");
//! assert_eq!(file.set(text, &next)?, text.replace("1.3.0", "1.4.0"));
//!
//! // A tag that is already there is named, with the way out.
//! let taken = check_tags(&current, &template, [], ["v1.3.0"]).unwrap_err();
//! assert_eq!(taken.conflicts()[0].tag, "v1.3.0");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Model
//!
//! A version is a [`semver::Version`]. A [`Level`] says which part of it is raised. A [`VersionFile`] knows where
//! in a text the version stands and replaces exactly these bytes. A [`TagTemplate`] turns versions into tags of
//! git and back, and [`check_tags`] holds a new version against the tags there are. Whether the commits since the
//! last release ask for a level is told by [`level_of_commits`].
//!
//! # Scope
//!
//! Text goes in and text comes out: the crate opens no file and asks no git. Which tags can be reached from a
//! commit is an argument.
//!
//! # Conformance
//!
//! - Semantic Versioning 2.0.0, as the `semver` crate reads it.
//! - Levels, explicit versions and requirements as cargo-release changes them (its `ops/version.rs`). Like there, a
//!   step to `alpha` from a pre-release of an unknown name, such as `dev`, is made though it sorts lower.
//! - Conventional Commits 1.0.0.
//! - TOML 1.1 for `Cargo.toml` and `Cargo.lock`. `package.json` and `package-lock.json` are read as YAML, of which
//!   JSON is a part; only an escaped pair of surrogates, as in `"\ud83d\ude00"`, is refused.

mod agree;
mod bump;
mod commits;
mod file;
mod requirement;
mod tags;
mod template;

pub use crate::agree::{Disagreement, FileVersion, agree};
pub use crate::bump::{
    Bump, BumpError, BumpErrorKind, Level, UnknownLevel, bump, set_version, with_metadata,
};
pub use crate::commits::{ConventionalCommit, level_of_commits};
pub use crate::file::{
    CargoManifest, Found, PackageVersion, VersionFile, VersionFileError, VersionFileErrorKind,
    set_cargo_lock, set_package_lock,
};
pub use crate::requirement::{RequirementError, RequirementErrorKind, upgrade_requirement};
pub use crate::tags::{TagConflict, TagConflictKind, TagConflicts, check_tags};
pub use crate::template::{TagTemplate, TagTemplateError, TagTemplateErrorKind};
