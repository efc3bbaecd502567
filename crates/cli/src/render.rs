//! `render`: the same flags and bytes as `kustomize build`. Its command line is read by hand, because it starts often
//! and has to start fast.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use tidegate_kustomize::{Build, Folder, LoadRestriction, Options, Order, Session};
use tidegate_source::{Colour, Diagnostic, Sources, render};

const USAGE: &str = "\
Builds Kustomize overlays: the same flags and bytes as `kustomize build`

Usage: tidegate render [FLAGS] [DIR]

  -o, --output PATH              writes to this file instead of standard output; to a file for each object where it is
                                 a folder that is there
      --load-restrictor NAME     LoadRestrictionsRootOnly (the default) or LoadRestrictionsNone
      --reorder NAME             legacy (the default) or none
      --enable-managedby-label   adds the label app.kubernetes.io/managed-by to every object
      --each LIST                builds the folders that a file lists, one a line, sharing what they load
      --format text|json         how mistakes are reported on standard error, and origins on standard output
      --origins                  prints for each field where it comes from: file, line, column and what set it
  -h, --help                     prints this
";

/// What the command line asks for.
#[derive(Default)]
struct Arguments {
    folders: Vec<String>,
    each: Option<String>,
    output: Option<String>,
    json: bool,
    origins: bool,
    options: Options,
}

/// Runs `render` with the words behind it.
pub(crate) fn run(words: &[OsString]) -> ExitCode {
    let words = words.iter().map(|word| word.to_string_lossy().into_owned());
    match parse(words) {
        Ok(Some(arguments)) => build(arguments),
        Ok(None) => match crate::print_bytes(USAGE.as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Err(message) => {
            say(&format!("error: {message}\n\n{USAGE}"));
            ExitCode::from(2)
        }
    }
}

fn build(arguments: Arguments) -> ExitCode {
    let folders = match &arguments.each {
        None => arguments.folders,
        Some(list) => match std::fs::read_to_string(list) {
            Ok(text) => text
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect(),
            Err(error) => {
                say(&format!("error: cannot read the list {list}: {error}\n"));
                return ExitCode::from(2);
            }
        },
    };
    let apart = arguments.output.as_deref().map(Path::new).filter(|it| it.is_dir());
    let files = Folder::new();
    let mut session =
        arguments.each.is_some().then(|| Session::new(&files, arguments.options.clone()));
    let mut output = String::new();
    for (nth, folder) in folders.iter().enumerate() {
        let built = match &mut session {
            Some(session) => session.build(folder),
            None => tidegate_kustomize::build(&files, folder, &arguments.options),
        };
        let built = match built {
            Ok(built) => built,
            Err(failure) => {
                report(&failure.warnings, &failure.sources, arguments.json);
                report(&failure.mistakes, &failure.sources, arguments.json);
                return ExitCode::from(3);
            }
        };
        report(&built.warnings, &built.sources, arguments.json);
        let printed = match apart {
            _ if arguments.origins => {
                output.push_str(&origins(&built, arguments.json));
                continue;
            }
            Some(folder) => match write_apart(&built, folder) {
                Ok(Ok(())) => continue,
                Ok(Err(error)) => return unwritten(&error),
                Err(mistake) => Err(mistake),
            },
            None => built.to_yaml(),
        };
        match printed {
            Ok(yaml) => {
                if nth > 0 {
                    output.push_str("---\n");
                }
                if output.is_empty() {
                    output = yaml;
                } else {
                    output.push_str(&yaml);
                }
                if session.is_none() {
                    // The program ends here: taking the trees apart would be for nothing.
                    std::mem::forget(built);
                }
            }
            Err(mistake) => {
                report(&[*mistake], &built.sources, arguments.json);
                return ExitCode::from(3);
            }
        }
    }
    let written = match &arguments.output {
        Some(_) if apart.is_some() => Ok(()),
        Some(path) => crate::files::write(Path::new(path), output.as_bytes()),
        None => std::io::stdout().write_all(output.as_bytes()),
    };
    written.map_or_else(|error| unwritten(&error), |()| ExitCode::SUCCESS)
}

fn unwritten(error: &std::io::Error) -> ExitCode {
    say(&format!("error: cannot write the build: {error}\n"));
    ExitCode::from(1)
}

/// Writes a file for each object. What can't be printed is found before anything is written.
fn write_apart(built: &Build, folder: &Path) -> Result<std::io::Result<()>, Box<Diagnostic>> {
    let files = built.to_files()?;
    let mut files = files.iter();
    Ok(files
        .try_for_each(|file| crate::files::write(&folder.join(&file.name), file.text.as_bytes())))
}

/// Draws where each field comes from: a line for each below its object, or a JSON list.
fn origins(built: &Build, json: bool) -> String {
    let objects = built.objects();
    let name = |at: usize| objects.get(at).map(|it| it.object.identity().to_string());
    let origins = built.origins();
    if json {
        let fields = origins.iter().map(|it| {
            serde_json::json!({
                "object": name(it.object),
                "path": it.path,
                "place": it.place,
                "setter": it.setter,
            })
        });
        return format!("{:#}\n", serde_json::Value::Array(fields.collect()));
    }
    let mut last = None;
    origins.iter().fold(String::new(), |text, origin| {
        let begins = last.replace(origin.object) != Some(origin.object);
        let heading = name(origin.object).filter(|_| begins).map(|it| it + "\n");
        let place = origin.place.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
        let line = format!("  {}  {place}  {}\n", origin.path, origin.setter);
        text + &heading.unwrap_or_default() + &line
    })
}

fn report(diagnostics: &[Diagnostic], sources: &Sources, json: bool) {
    for diagnostic in diagnostics {
        if json {
            let report = diagnostic.report(sources);
            say(&format!("{}\n", serde_json::to_string(&report).unwrap_or_default()));
        } else {
            say(&format!("{}\n", render(diagnostic, sources, Colour::Never)));
        }
    }
}

/// Writes to standard error; where that is closed, the exit code still tells.
fn say(text: &str) {
    std::io::stderr().write_all(text.as_bytes()).unwrap_or_default();
}

fn parse(mut words: impl Iterator<Item = String>) -> Result<Option<Arguments>, String> {
    let mut arguments = Arguments::default();
    while let Some(word) = words.next() {
        let (flag, mut value) = match word.split_once('=') {
            Some((flag, value)) if flag.starts_with("--") => {
                (flag.to_owned(), Some(value.to_owned()))
            }
            _ => (word.clone(), None),
        };
        let mut needed =
            || value.take().or_else(|| words.next()).ok_or(format!("`{flag}` needs a value"));
        match flag.as_str() {
            "-h" | "--help" => return Ok(None),
            "-o" | "--output" => arguments.output = Some(needed()?),
            "--each" => arguments.each = Some(needed()?),
            "--format" => {
                arguments.json = match needed()?.as_str() {
                    "json" => true,
                    "text" => false,
                    other => return Err(format!("`{other}` is no format; known: text, json")),
                };
            }
            "--load-restrictor" | "--load_restrictor" => {
                arguments.options.load_restriction = match needed()?.as_str() {
                    "LoadRestrictionsNone" => LoadRestriction::None,
                    "LoadRestrictionsRootOnly" => LoadRestriction::RootOnly,
                    other => return Err(format!("`{other}` is no load restriction")),
                };
            }
            "--reorder" => {
                arguments.options.order = match needed()?.as_str() {
                    "none" => Order::AsLoaded,
                    "legacy" => Order::Legacy,
                    other => return Err(format!("`{other}` is no order; known: legacy, none")),
                };
            }
            "--origins" => arguments.origins = true,
            "--enable-managedby-label" => arguments.options.managed_by_label = true,
            // What these switch on stays off: a kustomization that needs it is refused with the reason.
            "--enable-helm"
            | "--enable-exec"
            | "--enable-alpha-plugins"
            | "--enable-star"
            | "--network"
            | "--as-current-user" => {}
            "-e" | "--env" | "--mount" | "--helm-command" | "--network-name" => {
                needed()?;
            }
            _ if flag.starts_with('-') && flag != "-" => {
                return Err(format!("unknown flag `{flag}`"));
            }
            _ => arguments.folders.push(word),
        }
    }
    match (arguments.folders.len(), &arguments.each) {
        (0, None) => arguments.folders.push(".".to_owned()),
        (0, Some(_)) | (1, None) => {}
        (_, Some(_)) => return Err("name a folder or --each, not both".to_owned()),
        (_, None) => return Err("name one folder; several are built with --each".to_owned()),
    }
    if arguments.origins && (arguments.output.is_some() || arguments.each.is_some()) {
        return Err("--origins goes to standard output, for one folder".to_owned());
    }
    Ok(Some(arguments))
}
