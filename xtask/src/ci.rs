//! `cargo xtask ci`: what has to hold for every commit, in the order in which a newcomer would notice.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::Context as _;

/// The steps: the README's test command first.
const STEPS: [(&str, &[&str]); 6] = [
    ("tests", &["test", "--workspace", "--locked"]),
    ("format", &["fmt", "--all", "--check"]),
    (
        "lints",
        &[
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--locked",
            "--",
            "-D",
            "warnings",
        ],
    ),
    (
        "each crate alone",
        &[
            "check",
            "--locked",
            "-p",
            "tidegate-yaml",
            "-p",
            "tidegate-kustomize",
            "--no-default-features",
        ],
    ),
    ("documentation", &["doc", "--workspace", "--no-deps", "--all-features", "--locked"]),
    ("benches, once", &["bench", "--package", "tidegate-benches", "--locked", "--", "--test"]),
];

pub(crate) fn run() -> anyhow::Result<ExitCode> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let findings = crate::tidy::check(Path::new("."))?;
    anyhow::ensure!(findings.is_empty(), "the tree is not tidy:\n{}", findings.join("\n"));
    for (name, arguments) in STEPS {
        eprintln!("ci: {name}: cargo {}", arguments.join(" "));
        let begun = Instant::now();
        let status = Command::new(&cargo)
            .args(arguments)
            .env("RUSTDOCFLAGS", "-D warnings")
            .status()
            .with_context(|| format!("cannot start {cargo}"))?;
        if !status.success() {
            eprintln!("ci: {name} failed: cargo {}", arguments.join(" "));
            return Ok(ExitCode::from(1));
        }
        eprintln!("ci: {name}: {} s", begun.elapsed().as_secs());
    }
    Ok(ExitCode::SUCCESS)
}

/// `cargo xtask bench [FILTER…]`: runs the benches.
pub(crate) fn bench(filters: &[&str]) -> anyhow::Result<ExitCode> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = Command::new(&cargo);
    command.args(["bench", "--package", "tidegate-benches", "--locked", "--"]).args(filters);
    let status = command.status().with_context(|| format!("cannot start {cargo}"))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
