//! `cargo xtask conformance vectors DIR` and `conformance edits DIR…`: run what a folder holds and print what passed.

mod edits;
mod vectors;

use std::path::Path;
use std::process::ExitCode;

pub(crate) fn run(arguments: &[&str]) -> anyhow::Result<ExitCode> {
    match arguments {
        ["vectors", folder] => vectors::run(Path::new(folder)),
        ["edits", folders @ ..] if !folders.is_empty() => edits::run(folders),
        _ => anyhow::bail!("usage: cargo xtask conformance vectors DIR | edits DIR…"),
    }
}
