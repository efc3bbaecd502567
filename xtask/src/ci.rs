//! `cargo xtask ci`: what has to hold for every commit, in the order in which a newcomer would notice.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use anyhow::Context as _;

/// The steps: the README's test command first.
const STEPS: [(&str, &[&str]); 5] = [
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
    let begun = Instant::now();
    for package in packages()? {
        eprintln!("ci: {package} alone");
        // One call each: in one call for all, what one of them asks for is there for every other.
        let arguments =
            ["check", "--quiet", "--locked", "--package", &package, "--no-default-features"];
        let status = Command::new(&cargo).args(arguments).status()?;
        if !status.success() {
            eprintln!("ci: {package} does not build alone: cargo {}", arguments.join(" "));
            return Ok(ExitCode::from(1));
        }
    }
    eprintln!("ci: each crate alone: {} s", begun.elapsed().as_secs());
    Ok(ExitCode::SUCCESS)
}

/// Returns the names of the packages below `crates`.
fn packages() -> anyhow::Result<Vec<String>> {
    let mut packages = Vec::new();
    for folder in std::fs::read_dir("crates")? {
        let name = folder?.file_name();
        packages.push(match name.to_string_lossy().as_ref() {
            "cli" => "tidegate".to_owned(),
            library => format!("tidegate-{library}"),
        });
    }
    packages.sort();
    Ok(packages)
}

/// `cargo xtask bench [FILTER…]`: runs the benches.
pub(crate) fn bench(filters: &[&str]) -> anyhow::Result<ExitCode> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = Command::new(&cargo);
    command.args(["bench", "--package", "tidegate-benches", "--locked", "--"]).args(filters);
    let status = command.status().with_context(|| format!("cannot start {cargo}"))?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}
