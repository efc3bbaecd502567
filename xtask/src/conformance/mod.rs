//! `cargo xtask conformance vectors DIR`: runs the cases of a folder and prints what passed.

mod vectors;

use std::path::Path;
use std::process::ExitCode;

pub(crate) fn run(arguments: &[&str]) -> anyhow::Result<ExitCode> {
    match arguments {
        ["vectors", folder] => vectors::run(Path::new(folder)),
        _ => anyhow::bail!("usage: cargo xtask conformance vectors DIR"),
    }
}
