//! `edit`: one change of a kustomization file, in place; every other byte stays.

use std::path::{Path, PathBuf};

use similar::TextDiff;
use tidegate_kustomize::edit::{
    EditError, add_resource, parse_image_argument, remove_resource, set_images, set_namespace,
    set_replicas,
};
use tidegate_kustomize::{FILE_NAMES, Files, Folder};
use tidegate_pipeline::{Complaint, Error};
use tidegate_source::{Diagnostic, Label, Mark, Sources, Span, nearest};

use crate::arguments::{Add, Common, Edit, EditCommand, Format, Remove, Set};
use crate::screen::Screen;
use crate::{files, print_bytes, print_json};

pub(crate) fn run(common: &Common, edit: &Edit, screen: &mut Screen) -> Result<u8, Error> {
    let file = edit.file.clone().map_or_else(find, Ok)?;
    let name = file.display().to_string();
    let text = read(&file)?;
    if let EditCommand::Add(Add::Resource { paths }) = &edit.command {
        let folder = file.parent().filter(|it| *it != "").unwrap_or(Path::new("."));
        paths.iter().try_for_each(|path| is_there(folder, path))?;
    }
    let after = edited(&name, &text, &edit.command)?;
    let changes = after != text;
    if changes && !edit.dry_run {
        files::write(&file, after.as_bytes()).map_err(|error| {
            Error::failed("write", format!("{name} can't be written: {error}"), "")
        })?;
    }
    let diff = || {
        let diff = TextDiff::from_lines(&text, &after);
        diff.unified_diff().header(&name, &name).to_string()
    };
    match common.format {
        Format::Json => {
            print_json(&serde_json::json!({ "file": name, "changed": changes, "diff": diff() }))?;
        }
        _ if !changes => screen.say(&format!("nothing to do: {name} says so already")),
        _ if edit.dry_run => print_bytes(diff().as_bytes())?,
        _ => {}
    }
    Ok(if !changes && common.exit_code { 4 } else { 0 })
}

/// Finds the kustomization of this folder.
fn find() -> Result<PathBuf, Error> {
    let names = FILE_NAMES.iter().map(PathBuf::from);
    let mut present = names.filter(|name| name.is_file());
    match (present.next(), present.next()) {
        (Some(file), None) => Ok(file),
        (Some(first), Some(second)) => Err(Error::refused(
            "two-kustomizations",
            format!("this folder holds both {} and {}", first.display(), second.display()),
            "keep one of them, or name one with --file",
        )),
        (None, _) => Err(Error::misuse(
            "no-kustomization",
            "this folder holds no kustomization.yaml",
            "name the file with --file",
        )),
    }
}

fn read(file: &Path) -> Result<String, Error> {
    let name = file.display();
    let bytes = std::fs::read(file).map_err(|error| {
        let help = "name a kustomization file with --file";
        Error::misuse("file-unreadable", format!("{name} can't be read: {error}"), help)
    })?;
    String::from_utf8(bytes).map_err(|error| {
        Error::refused("not-utf8", format!("{name} is not UTF-8: {error}"), "save it as UTF-8")
    })
}

fn edited(file: &str, text: &str, command: &EditCommand) -> Result<String, Error> {
    let refused = |error: &EditError| {
        let mut sources = Sources::new();
        let source = sources.add(file, text);
        Error::Refused(Complaint::new(error.to_diagnostic(source), sources))
    };
    let one_by_one = |items: &[String], apply: Apply| {
        items.iter().try_fold(text.to_owned(), |text, item| Ok(apply(&text, item)?.text))
    };
    let edited = match command {
        EditCommand::Set(Set::Image { images }) => {
            for image in images {
                parse_image_argument(image).map_err(|error| wrong_argument(image, &error))?;
            }
            let images: Vec<&str> = images.iter().map(String::as_str).collect();
            set_images(text, &images).map(|it| it.text)
        }
        EditCommand::Set(Set::Namespace { namespace }) => {
            set_namespace(text, namespace).map(|it| it.text)
        }
        EditCommand::Set(Set::Replicas { replicas }) => {
            let counts = replicas.iter().map(|it| count(it)).collect::<Result<Vec<_>, _>>()?;
            counts.into_iter().try_fold(text.to_owned(), |text, (name, count)| {
                Ok(set_replicas(&text, name, count)?.text)
            })
        }
        EditCommand::Add(Add::Resource { paths }) => one_by_one(paths, add_resource),
        EditCommand::Remove(Remove::Resource { paths }) => one_by_one(paths, remove_resource),
    };
    edited.map_err(|error| refused(&error))
}

type Apply = fn(&str, &str) -> Result<tidegate_kustomize::edit::Edited, EditError>;

/// Refuses a path that leads nowhere from the kustomization's folder, unless it names a place on the network.
fn is_there(folder: &Path, path: &str) -> Result<(), Error> {
    let remote = path.contains("://") || path.contains('@') || path.starts_with("github.com/");
    let wanted = folder.join(path);
    if remote || wanted.exists() {
        return Ok(());
    }
    let mut sources = Sources::new();
    let source = sources.add("argument", path);
    let whole = Mark::new(source, Span::from_range(0..path.len()));
    let mistake =
        Diagnostic::error("file-not-found", format!("there is no file or folder `{path}`"))
            .at(Label::new(whole, "named here"));
    let name = wanted.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let beside = wanted.parent().unwrap_or(folder).to_string_lossy();
    let names = Folder::new().names(&beside);
    let help = match nearest(&name, names.iter().map(String::as_str)) {
        Some(similar) => {
            let similar = Path::new(path).with_file_name(similar);
            format!("there is a `{}`", similar.display())
        }
        None => "paths are seen from the folder of the kustomization".to_owned(),
    };
    Err(Error::Misuse(Complaint::new(mistake.help(help), sources)))
}

/// Reads `NAME=COUNT`.
fn count(argument: &str) -> Result<(&str, u32), Error> {
    let parts = argument.split_once('=').filter(|(name, _)| !name.is_empty());
    let Some((name, number)) = parts else {
        let whole = Span::from_range(0..argument.len());
        return Err(misuse(argument, whole, "it names no workload and no count"));
    };
    let at = Span::from_range(name.len() + 1..argument.len());
    let number = number.parse().map_err(|_| misuse(argument, at, "this is no count of pods"))?;
    Ok((name, number))
}

fn misuse(argument: &str, span: Span, what: &'static str) -> Error {
    let mut sources = Sources::new();
    let source = sources.add("argument", argument);
    let mistake = Diagnostic::error("argument", format!("`{argument}` is not `NAME=COUNT`"))
        .at(Label::new(Mark::new(source, span), what))
        .help("write the name of a workload and how many pods it shall have: `web=3`");
    Error::Misuse(Complaint::new(mistake, sources))
}

fn wrong_argument(argument: &str, error: &EditError) -> Error {
    let mut sources = Sources::new();
    let source = sources.add("argument", argument);
    Error::Misuse(Complaint::new(error.to_diagnostic(source), sources))
}
