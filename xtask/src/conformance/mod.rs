//! `cargo xtask conformance vectors DIR`, `conformance edits DIR…` and `conformance fuzz DIR…`: run what a folder holds and
//! print what passed.

mod edits;
mod fuzz;
mod vectors;

use std::path::Path;
use std::process::ExitCode;

pub(crate) fn run(arguments: &[&str]) -> anyhow::Result<ExitCode> {
    match arguments {
        ["vectors", folder] => vectors::run(Path::new(folder)),
        ["edits", folders @ ..] if !folders.is_empty() => edits::run(folders),
        ["fuzz", rest @ ..] if !rest.is_empty() => fuzz::run(rest),
        _ => anyhow::bail!(
            "usage: cargo xtask conformance vectors DIR | edits DIR… | fuzz DIR… [--seed S] [--count N] [--from K] [--write FOLDER]"
        ),
    }
}
