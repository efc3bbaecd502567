//! Each file below `tests/data/ok` and `tests/data/err` is a case: files behind lines `-- PATH --`, then what comes out.
//!
//! A case builds `over` above a common `base`. What comes out of those in `ok` was recorded from `kubectl kustomize`
//! v5.6.0. `UPDATE_CASES=1 cargo test -p tidegate-kustomize` writes anew what those in `err` say.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use tidegate_kustomize::{Memory, Options, build};
use tidegate_source::{Colour, render};

fn data(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(folder)
}

struct Case {
    path: PathBuf,
    /// The text up to what is expected.
    input: String,
    files: Memory,
    expected: String,
}

fn cases(folder: &str) -> Vec<Case> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(data(folder))
        .expect("the cases are in the repository")
        .map(|entry| entry.expect("a readable folder").path())
        .collect();
    paths.sort();
    paths.into_iter().map(case).collect()
}

fn case(path: PathBuf) -> Case {
    let text = std::fs::read_to_string(&path).expect("a readable case");
    let (input, expected) = text.split_once("-- expected --\n").expect("something is expected");
    let mut files = Memory::new();
    for entry in std::fs::read_dir(data("base")).expect("the base is in the repository") {
        let entry = entry.expect("a readable folder").path();
        let name = entry.file_name().and_then(|name| name.to_str()).expect("a plain name");
        files.insert(&format!("base/{name}"), std::fs::read(&entry).expect("a readable file"));
    }
    let mut current: Option<(&str, String)> = None;
    for line in input.split_inclusive('\n') {
        let name = line.strip_prefix("-- ").and_then(|rest| rest.strip_suffix(" --\n"));
        match (name, &mut current) {
            (Some(name), _) => {
                let before = current.replace((name, String::new()));
                if let Some((name, content)) = before {
                    files.insert(name, content);
                }
            }
            (None, Some((_, content))) => content.push_str(line),
            (None, None) => {}
        }
    }
    if let Some((name, content)) = current {
        files.insert(name, content);
    }
    let (input, expected) = (input.to_owned(), expected.to_owned());
    Case { path, input, files, expected }
}

/// Builds a case; returns what is printed, or what is said.
fn outcome(files: &Memory) -> Result<String, String> {
    let said = |diagnostics: &[tidegate_source::Diagnostic], sources: &_| {
        let mut text = String::new();
        for diagnostic in diagnostics {
            writeln!(text, "{}", render(diagnostic, sources, Colour::Never)).expect("a string");
        }
        text
    };
    match build(files, "over", &Options::default()) {
        Ok(built) => built.to_yaml().map_err(|mistake| said(&[*mistake], &built.sources)),
        Err(failure) => Err(said(&failure.mistakes, &failure.sources)),
    }
}

#[test]
fn builds_print_what_the_reference_prints() {
    let cases = cases("ok");
    assert!(cases.len() >= 100, "only {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let printed = outcome(&case.files);
        if printed.as_deref() != Ok(&case.expected) {
            wrong.push(format!("{}:\n{}", case.path.display(), printed.unwrap_or_else(|it| it)));
        }
    }
    assert!(wrong.is_empty(), "{} cases differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn mistakes_are_explained() {
    let update = std::env::var_os("UPDATE_CASES").is_some();
    let cases = cases("err");
    assert!(cases.len() >= 80, "only {} cases", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let said = match outcome(&case.files) {
            Err(said) => said,
            Ok(printed) => {
                wrong.push(format!("{} builds:\n{printed}", case.path.display()));
                continue;
            }
        };
        if update {
            let text = format!("{}-- expected --\n{said}", case.input);
            std::fs::write(&case.path, text).expect("a case that can be written");
        } else if said != case.expected {
            wrong.push(format!("{}:\n{said}", case.path.display()));
        }
    }
    assert!(wrong.is_empty(), "{} cases differ:\n{}", wrong.len(), wrong.join("\n"));
}
