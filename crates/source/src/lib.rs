//! A place in a text: spans, lines and columns, diagnostics as data.
//!
//! ```
//! use tidegate_source::{Diagnostic, Label, Mark, Sources, Span};
//!
//! let mut sources = Sources::new();
//! let file = sources.add("overlays/prod/kustomization.yaml", "namePrefx: prod-\n");
//! let mistake = Diagnostic::error("unknown-field", "unknown field `namePrefx`")
//!     .at(Label::new(Mark::new(file, Span::new(0, 9)), "not a field of a kustomization"))
//!     .help("a field with a similar name exists: `namePrefix`");
//! let place = sources.place(mistake.labels[0].mark).expect("the file is known");
//! assert_eq!((place.line, place.column), (1, 1));
//! assert_eq!(place.to_string(), "overlays/prod/kustomization.yaml:1:1");
//! ```
//!
//! # Model
//!
//! A parser returns a [`Span`]: two byte offsets into the caller's text. Where many files take part, a span
//! becomes a [`Mark`] by naming its file in a table of [`Sources`]. Lines and columns are computed from the
//! table when somebody looks, never stored. A [`Diagnostic`] is data; drawing it (feature `render`) is one
//! reader of that data among several.
//!
//! # Scope
//!
//! This crate knows no format: not YAML, not TOML, not Kubernetes.
//!
//! # Features
//!
//! - `render`: draws a diagnostic as text with source lines and carets.
//! - `serde`: serialises diagnostics and places.

mod diagnostic;
mod nearest;
mod place;
#[cfg(feature = "render")]
mod render;
mod span;

pub use diagnostic::{Diagnostic, Label, Report, ReportLabel, Severity};
pub use nearest::nearest;
pub use place::{Mark, Place, SourceId, Sources};
#[cfg(feature = "render")]
pub use render::{Colour, render};
pub use span::{LineColumn, Span, line_column};
