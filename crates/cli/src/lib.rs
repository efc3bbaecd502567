//! The program: arguments in, plans drawn, exit codes out.
//!
//! ```no_run
//! // A repository's own `xtask` needs one line:
//! let code = tidegate::run(std::env::args_os());
//! # let _ = code;
//! ```
//!
//! # Model
//!
//! A command is read, a plan is made by `tidegate-pipeline`, drawn, and carried out. Data goes to standard output,
//! progress to standard error. Nothing here knows a rule of versions, images or rollouts.
//!
//! # Scope
//!
//! The library is thin on purpose: what it prints is for people, and its JSON is that of the pipeline's values.
#![allow(
    clippy::disallowed_methods,
    reason = "a program: it reads the clock, the environment and files"
)]

mod allowed;
mod arguments;
mod changing;
mod check;
mod diff;
mod edit;
mod files;
mod findings;
mod lint;
mod manifests;
mod pages;
mod reading;
mod render;
mod sarif;
mod screen;
mod singletons;

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{CommandFactory as _, Parser as _};
use serde::Serialize;

use arguments::{Arguments, Command, Format};
use screen::Screen;

/// Runs a command line, its first word the program's name, and returns the exit code.
///
/// 0 is done or nothing to do (4 for the latter with `--exit-code`), 1 failed half-way, 2 misuse, 3 refused or
/// findings, 130 interrupted.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let words: Vec<OsString> = arguments.into_iter().collect();
    if words.get(1).is_some_and(|word| word == "render") {
        return render::run(&words[2..]);
    }
    let arguments = match Arguments::try_parse_from(words) {
        Ok(arguments) => arguments,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            return if error.print().is_ok() { ExitCode::from(code) } else { ExitCode::from(1) };
        }
    };
    let mut screen = Screen::new();
    match dispatch(&arguments, &mut screen) {
        Ok(code) => code,
        Err(error) => {
            if let Some(complaint) = error.complaint() {
                screen.complain(complaint);
            }
            // A rollout that failed has come to its end: doing the same again would not help.
            if let tidegate_pipeline::Error::Failed { station: Some(station), complaint } = &error
                && complaint
                    .diagnostics
                    .iter()
                    .all(|it| it.code != tidegate_pipeline::ROLLOUT_FAILED)
            {
                screen.say(&format!(
                    "failed at the step `{station}`; run the same command again to finish"
                ));
            }
            if arguments.common.format == Format::Json
                && let Some(complaint) = error.complaint()
            {
                let reports: Vec<_> =
                    complaint.diagnostics.iter().map(|it| it.report(&complaint.sources)).collect();
                // The exit code tells of the failure; a closed standard output can't be told anything.
                print_json(&serde_json::json!({ "errors": reports })).unwrap_or_default();
            }
            ExitCode::from(error.exit_code())
        }
    }
}

/// The whole command line, for help texts and completions.
#[must_use]
pub fn command() -> clap::Command {
    Arguments::command()
}

fn dispatch(
    arguments: &Arguments,
    screen: &mut Screen,
) -> Result<ExitCode, tidegate_pipeline::Error> {
    // From the first moment on, so that an interruption never ends a step in its midst.
    interrupted();
    let common = &arguments.common;
    known_format(common.format, &arguments.command)?;
    let code = match &arguments.command {
        Command::Completions { shell } => {
            let mut out = Vec::new();
            clap_complete::generate(*shell, &mut command(), "tidegate", &mut out);
            print_bytes(&out).map(|()| 0)
        }
        Command::Schema => print_json(&tidegate_pipeline::json_schema()).map(|()| 0),
        Command::Render(render) => {
            let format: &[&str] =
                if common.format == Format::Json { &["--format", "json"] } else { &[] };
            let words = format.iter().map(OsString::from);
            let words = words.chain(render.arguments.iter().map(OsString::from));
            return Ok(render::run(&words.collect::<Vec<_>>()));
        }
        Command::Check(check) => check::run(common, check),
        Command::Diff(diff) => diff::run(common, diff, screen),
        Command::Lint(lint) => lint::run(common, lint, screen),
        Command::Edit(edit) => edit::run(common, edit, screen),
        Command::Status(status) => reading::status(common, status, screen),
        Command::Trace(trace) => reading::trace(common, trace, screen),
        Command::Release(it) => changing::release(common, it, screen),
        Command::Deploy(it) => changing::deploy(common, it, screen),
        Command::Approve(it) => changing::approve(common, it, screen),
        Command::Update(it) => changing::update(common, it, screen),
        Command::Sync(it) => changing::sync(common, it, screen),
        Command::Rollback(it) => changing::rollback(common, it, screen),
        Command::Hold(it) => changing::hold(common, it, screen),
    };
    code.map(ExitCode::from)
}

/// Refuses a format that a command doesn't write.
fn known_format(format: Format, command: &Command) -> Result<(), tidegate_pipeline::Error> {
    let (name, writers, known) = match format {
        Format::Text | Format::Json => return Ok(()),
        Format::Markdown => ("markdown", "diff", matches!(command, Command::Diff(_))),
        Format::Sarif => {
            ("sarif", "check and lint", matches!(command, Command::Check(_) | Command::Lint(_)))
        }
    };
    if known {
        return Ok(());
    }
    Err(tidegate_pipeline::Error::misuse(
        "format",
        format!("this command doesn't write the format `{name}`; {writers} can"),
        "choose --format text or --format json",
    ))
}

/// Returns the flag that an interruption sets. The first interruption lets the step that runs come to its end; the
/// second ends the program at once.
fn interrupted() -> &'static AtomicBool {
    static FLAG: AtomicBool = AtomicBool::new(false);
    static HANDLER: OnceLock<bool> = OnceLock::new();
    HANDLER.get_or_init(|| {
        ctrlc::set_handler(|| {
            if FLAG.swap(true, Ordering::SeqCst) {
                std::process::exit(130);
            }
        })
        .is_ok()
    });
    &FLAG
}

/// Returns the time in seconds since 1970.
fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |it| i64::try_from(it.as_secs()).unwrap_or(i64::MAX))
}

fn print_json(value: &impl Serialize) -> Result<(), tidegate_pipeline::Error> {
    let mut text =
        serde_json::to_vec_pretty(value).map_err(|error| unprintable(&error.to_string()))?;
    text.push(b'\n');
    print_bytes(&text)
}

fn print_bytes(bytes: &[u8]) -> Result<(), tidegate_pipeline::Error> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(unprintable(&error.to_string()))
        }
        _ => Ok(()),
    }
}

fn unprintable(reason: &str) -> tidegate_pipeline::Error {
    tidegate_pipeline::Error::failed(
        "output",
        format!("cannot write to standard output: {reason}"),
        "",
    )
}

/// The examples of the README.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
