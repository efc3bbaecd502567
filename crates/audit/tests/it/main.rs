//! What is found in manifests, where, and in which words.

mod budgets;
mod fixture;
mod images;
mod laws;
mod names;
mod probes;
mod references;
mod resources;
mod versions;
