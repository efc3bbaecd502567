//! The commands of this workspace, for those who work on it.
//!
//! Everything that `tidegate` does is also here; `bench`, `ci`, `codegen`, `conformance`, `link-order` and
//! `tidy` are for contributors.
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

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["bench", rest @ ..] => ci::bench(rest),
        ["ci"] => ci::run(),
        ["codegen", rest @ ..] => codegen::run(rest),
        ["conformance", rest @ ..] => conformance::run(rest),
        ["link-order", rest @ ..] => link_order::run(rest),
        ["tidy"] => tidy::run(),
        _ => Ok(tidegate::run(std::env::args_os())),
    };
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::from(2)
    })
}
