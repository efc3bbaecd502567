//! `render`: the same flags and bytes as `kustomize build`. Its command line is read by hand, because it starts often
//! and has to start fast.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

use tidegate_kustomize::{Build, Folder, LoadRestriction, Options, Order, SeparateFile};
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

impl Arguments {
    /// Returns the folder that gets a file for each object: one that is there already.
    fn folder_to_fill(&self) -> Option<&Path> {
        self.output.as_deref().map(Path::new).filter(|it| it.is_dir() && !self.origins)
    }
}

/// Runs `render` with the words behind it.
pub(crate) fn run(words: &[OsString]) -> ExitCode {
    let words = words.iter().map(|word| word.to_string_lossy().into_owned());
    match parse(words) {
        Ok(Some(arguments)) => build(&arguments),
        Ok(None) => match crate::print_bytes(USAGE.as_bytes()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        },
        Err(message) => {
            say(&format!("error: {message}\n\nFor more information, try '--help'.\n"));
            ExitCode::from(2)
        }
    }
}

fn build(arguments: &Arguments) -> ExitCode {
    let files = Folder::new();
    if let Some(list) = &arguments.each {
        return match std::fs::read_to_string(list) {
            Ok(text) => {
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                each(&files, &lines.collect::<Vec<_>>(), arguments)
            }
            Err(error) => {
                say(&format!("error: cannot read the list {list}: {error}\n"));
                ExitCode::from(2)
            }
        };
    }
    let folder = arguments.folders.first().map_or(".", String::as_str);
    let built = match tidegate_kustomize::build(&files, folder, &arguments.options) {
        Ok(built) => built,
        Err(failure) => {
            say(&reports(&failure.warnings, &failure.sources, arguments.json));
            say(&reports(&failure.mistakes, &failure.sources, arguments.json));
            return ExitCode::from(3);
        }
    };
    say(&reports(&built.warnings, &built.sources, arguments.json));
    if let Some(folder) = arguments.folder_to_fill() {
        return match write_apart(&built, folder) {
            Ok(Ok(())) => ExitCode::SUCCESS,
            Ok(Err(error)) => unwritten(arguments, &error),
            Err(mistake) => unprintable(&built, *mistake, arguments.json),
        };
    }
    let printed = if arguments.origins {
        Ok(vec![origins(&built, arguments.json)])
    } else {
        built.to_yaml_parts()
    };
    let code = match printed {
        Ok(parts) => write(&parts, arguments),
        Err(mistake) => unprintable(&built, *mistake, arguments.json),
    };
    // The program ends here: taking the trees apart would be for nothing.
    std::mem::forget(built);
    code
}

/// Builds the folders of a list. Nothing is written unless all of them can be built.
fn each(files: &Folder, folders: &[&str], arguments: &Arguments) -> ExitCode {
    let (json, apart) = (arguments.json, arguments.folder_to_fill().is_some());
    let outcomes = tidegate_kustomize::build_each(files, folders, &arguments.options, |built| {
        let built = match built {
            Ok(built) => built,
            Err(failure) => {
                let warnings = reports(&failure.warnings, &failure.sources, json);
                let mistakes = reports(&failure.mistakes, &failure.sources, json);
                return (warnings, Err(mistakes));
            }
        };
        let printed = if apart {
            built.to_files()
        } else {
            let whole = |text| vec![SeparateFile { name: String::new(), text }];
            built.to_yaml().map(whole)
        };
        let printed = printed.map_err(|mistake| reports(&[*mistake], &built.sources, json));
        (reports(&built.warnings, &built.sources, json), printed)
    });
    let mut printed = Vec::with_capacity(outcomes.len());
    for (warnings, outcome) in outcomes {
        say(&warnings);
        match outcome {
            Ok(files) => printed.push(files),
            Err(mistakes) => {
                say(&mistakes);
                return ExitCode::from(3);
            }
        }
    }
    if let Some(folder) = arguments.folder_to_fill() {
        return match printed.iter().try_for_each(|files| fill(folder, files)) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => unwritten(arguments, &error),
        };
    }
    let texts: Vec<&str> = printed.iter().flatten().map(|it| it.text.as_str()).collect();
    write(&[texts.join("---\n")], arguments)
}

/// Writes what was printed to where it was asked for.
fn write(parts: &[String], arguments: &Arguments) -> ExitCode {
    let written = match &arguments.output {
        Some(path) => crate::files::write(Path::new(path), parts.concat().as_bytes()),
        None => parts.iter().try_for_each(|it| std::io::stdout().write_all(it.as_bytes())),
    };
    written.map_or_else(|error| unwritten(arguments, &error), |()| ExitCode::SUCCESS)
}

fn unprintable(built: &Build, mistake: Diagnostic, json: bool) -> ExitCode {
    say(&reports(&[mistake], &built.sources, json));
    ExitCode::from(3)
}

/// Tells what could not be written, where the arguments have put it.
fn unwritten(arguments: &Arguments, error: &std::io::Error) -> ExitCode {
    let place = arguments.output.as_deref().unwrap_or("standard output");
    say(&format!("error: cannot write the build to {place}: {error}\n"));
    ExitCode::from(1)
}

/// Writes a file for each object. What can't be printed is found before anything is written.
fn write_apart(built: &Build, folder: &Path) -> Result<std::io::Result<()>, Box<Diagnostic>> {
    Ok(fill(folder, &built.to_files()?))
}

fn fill(folder: &Path, files: &[SeparateFile]) -> std::io::Result<()> {
    let mut files = files.iter();
    files.try_for_each(|file| crate::files::write(&folder.join(&file.name), file.text.as_bytes()))
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

/// Draws diagnostics, or writes them as a line of JSON each.
fn reports(diagnostics: &[Diagnostic], sources: &Sources, json: bool) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        if json {
            let report = diagnostic.report(sources);
            text.push_str(&serde_json::to_string(&report).unwrap_or_default());
        } else {
            text.push_str(&render(diagnostic, sources, Colour::Never));
        }
        text.push('\n');
    }
    text
}

/// Writes to standard error; where that is closed, the exit code still tells.
fn say(text: &str) {
    if text.is_empty() {
        return;
    }
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
                    other => {
                        let known = "LoadRestrictionsRootOnly, LoadRestrictionsNone";
                        return Err(format!("`{other}` is no load restriction; known: {known}"));
                    }
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
