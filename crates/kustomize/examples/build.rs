//! Prints the build of a folder: `build DIR [-o FILE] [--load-restrictor …] [--reorder …]`.
#![expect(clippy::print_stderr, reason = "a program prints")]
#![expect(clippy::disallowed_methods, reason = "a program writes the file that it is asked for")]

use std::io::Write as _;
use std::process::ExitCode;

use tidegate_kustomize::{Folder, LoadRestriction, Options, Order, Session, build};
use tidegate_source::{Colour, Diagnostic, Sources, render};

/// What the command line asks for.
#[derive(Default)]
struct Arguments {
    folders: Vec<String>,
    output: Option<String>,
    options: Options,
}

fn main() -> ExitCode {
    let arguments = match parse(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::from(2);
        }
    };
    let files = Folder::new();
    let several = arguments.folders.len() > 1;
    let mut session = Session::new(&files, arguments.options.clone());
    let mut output = String::new();
    for folder in &arguments.folders {
        let built =
            if several { session.build(folder) } else { build(&files, folder, &arguments.options) };
        let built = match built {
            Ok(built) => built,
            Err(failure) => {
                report(&failure.warnings, &failure.sources);
                report(&failure.mistakes, &failure.sources);
                return ExitCode::from(3);
            }
        };
        report(&built.warnings, &built.sources);
        match built.to_yaml() {
            Ok(yaml) if output.is_empty() => output = yaml,
            Ok(yaml) => {
                output.push_str("---\n");
                output.push_str(&yaml);
            }
            Err(mistake) => {
                report(&[*mistake], &built.sources);
                return ExitCode::from(3);
            }
        }
        if !several {
            // The program ends here: taking the trees apart would be for nothing.
            std::mem::forget(built);
        }
    }
    let written = match &arguments.output {
        Some(path) => std::fs::write(path, &output),
        None => std::io::stdout().write_all(output.as_bytes()),
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn report(diagnostics: &[Diagnostic], sources: &Sources) {
    for diagnostic in diagnostics {
        eprintln!("{}", render(diagnostic, sources, Colour::Never));
    }
}

fn parse(words: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let mut arguments = Arguments::default();
    let mut words = words;
    while let Some(word) = words.next() {
        let (flag, mut value) = match word.split_once('=') {
            Some((flag, value)) if flag.starts_with("--") => {
                (flag.to_owned(), Some(value.to_owned()))
            }
            _ => (word.clone(), None),
        };
        let mut needed = |words: &mut dyn Iterator<Item = String>| {
            value.take().or_else(|| words.next()).ok_or(format!("`{flag}` needs a value"))
        };
        match flag.as_str() {
            "-o" | "--output" => arguments.output = Some(needed(&mut words)?),
            "--load-restrictor" | "--load_restrictor" => {
                arguments.options.load_restriction = match needed(&mut words)?.as_str() {
                    "LoadRestrictionsNone" => LoadRestriction::None,
                    "LoadRestrictionsRootOnly" => LoadRestriction::RootOnly,
                    other => return Err(format!("`{other}` is no load restriction")),
                };
            }
            "--reorder" => {
                arguments.options.order = match needed(&mut words)?.as_str() {
                    "none" => Order::AsLoaded,
                    "legacy" => Order::Legacy,
                    other => return Err(format!("`{other}` is no order")),
                };
            }
            "--enable-managedby-label" => arguments.options.managed_by_label = true,
            "--enable-helm"
            | "--enable-exec"
            | "--enable-alpha-plugins"
            | "--network"
            | "--as-current-user" => {}
            _ if flag.starts_with('-') => return Err(format!("unknown flag `{flag}`")),
            _ => arguments.folders.push(word),
        }
    }
    if arguments.folders.is_empty() {
        arguments.folders.push(".".to_owned());
    }
    Ok(arguments)
}
