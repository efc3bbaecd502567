//! Tests of the public surface.

mod constraint;
mod decide;
mod flux;
mod laws;
mod updater;
mod versions;
