//! Tests of the public surface.

mod glob;
mod go_syntax;
mod laws;
mod template;
