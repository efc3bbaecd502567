//! The commands of this workspace, for those who work on it.
//!
//! Everything that `tidegate` does is also here; the chores are for contributors.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a program: it reads files, starts programs and prints"
)]

mod ci;
mod codegen;
mod conformance;
mod link_order;
mod tidy;

use std::process::ExitCode;

const CHORES: &str = "\
Chores of this workspace, in docs/CONTRIBUTING.md: bench, ci, codegen, conformance, link-order, tidy";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["bench", rest @ ..] => ci::bench(rest),
        ["ci"] => ci::run(),
        ["tidy"] => tidy::run(),
        [chore @ ("ci" | "tidy"), ..] => Err(anyhow::anyhow!("`{chore}` takes no arguments")),
        ["codegen", rest @ ..] => codegen::run(rest),
        ["conformance", rest @ ..] => conformance::run(rest),
        ["link-order", rest @ ..] => link_order::run(rest),
        [] | ["-h" | "--help"] => {
            let code = tidegate::run(std::env::args_os());
            eprintln!("\n{CHORES}");
            Ok(code)
        }
        _ => Ok(tidegate::run(std::env::args_os())),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}
