//! Patterns as Go reads them: RE2 syntax, `path.Match` and glob dialects.
//!
//! ```
//! use tidegate_pattern::{Glob, PatternErrorKind, Regex, path_match};
//!
//! let release = Regex::new(r"^v(?P<version>\d+\.\d+\.\d+)$")?;
//! let captures = release.captures("v1.4.0").expect("the tag has the form of a release");
//! assert_eq!(captures.name("version"), Some("1.4.0"));
//! assert_eq!(captures.expand("release-$version"), "release-1.4.0");
//!
//! assert!(path_match("release/*", "release/1.x")?);
//! assert!(!path_match("release/*", "release/1.x/fix")?);
//! assert!(Glob::new("backend/**")?.is_match("backend/src/main.rs"));
//!
//! // Rust's `regex` takes this one; Go does not, and so neither do we.
//! let error = Regex::new("a**").unwrap_err();
//! assert_eq!(error.kind(), PatternErrorKind::InvalidRepeatOp);
//! assert_eq!(error.span().of("a**"), "**");
//! # Ok::<(), tidegate_pattern::PatternError>(())
//! ```
//!
//! # Model
//!
//! The tools that are modelled in this workspace are written in Go, and a user's pattern means what Go says
//! it means. [`Regex`] reads Go's syntax, refuses what Go refuses, and writes the same pattern in the syntax
//! of the `regex` crate, which then does the matching in linear time. [`path_match`] and [`Glob`] are matched
//! directly, without a regular expression.
//!
//! # Scope
//!
//! Text is UTF-8; there is no matching of bytes. There is no replacing, no splitting and no iteration over
//! matches, because no caller needs one. Look-around and back-references do not exist in Go's syntax.
//!
//! # Conformance
//!
//! Go's `regexp/syntax` with the flags of `regexp.Compile`, and `path.Match`. Known differences:
//!
//! - The names in `\p{…}` are those of Go 1.24: exact, with their underscores. Go 1.25 also takes `\p{letter}`.
//!   What a class of characters holds follows the version of Unicode in the `regex` crate.
//! - A pattern is at most [`Regex::MAX_PATTERN_LEN`] bytes long, groups nest at most [`Regex::MAX_DEPTH`] deep, and the
//!   compiled program takes at most 10 MiB; beyond that [`PatternErrorKind::TooLarge`] or
//!   [`PatternErrorKind::NestingDepth`] is returned. Go has limits of the same kind, some of them higher.
//! - Where a repeated group can match the empty text, as in `(a|b*)*`, which text the group has captured last
//!   may differ from Go. Whether and where the whole pattern matches does not.

mod captures;
mod error;
mod glob;
mod path_match;
mod regex;
mod syntax;

pub use crate::captures::Captures;
pub use crate::error::{PatternError, PatternErrorKind};
pub use crate::glob::Glob;
pub use crate::path_match::{filepath_match, path_match};
pub use crate::regex::{Regex, is_literal};
