//! Tests of the public surface.

mod client;
mod conversions;
mod grammar;
mod laws;
mod normal;
