//! Objects from where people keep them: an overlay that is built, a folder or a file of manifests, standard input.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tidegate_kustomize::{Build, FILE_NAMES, Folder, Options, build};
use tidegate_object::Object;
use tidegate_pipeline::{Complaint, Error};
use tidegate_source::{SourceId, Sources};

/// How a file of manifests ends.
const EXTENSIONS: [&str; 3] = ["yaml", "yml", "json"];

/// What to do where there is nothing to read.
const NAME_ONE: &str = "name an overlay, a file or a folder of YAML, or `-` for standard input";

/// What is called `stdin` in places.
const STDIN: &str = "stdin";

/// Objects, and the texts that they were read from.
#[derive(Default)]
pub(crate) struct Manifests {
    pub(crate) objects: Vec<Object>,
    /// Of an overlay: the documents as their files have them, each with the position of what became of it.
    pub(crate) written: Vec<(Object, usize)>,
    pub(crate) sources: Sources,
}

/// Returns whether a folder holds a kustomization.
pub(crate) fn is_overlay(folder: &Path) -> bool {
    FILE_NAMES.iter().any(|name| folder.join(name).is_file())
}

/// Reads the objects of an overlay, a folder, a file or, for `-`, standard input.
pub(crate) fn read(what: &str) -> Result<Manifests, Error> {
    let path = Path::new(what);
    if what == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(|it| unreadable(STDIN, &it))?;
        return parse([(STDIN.to_owned(), bytes)]);
    }
    if is_overlay(path) {
        let built = build(&Folder::new(), what, &Options::default()).map_err(|it| {
            Error::Refused(Complaint { diagnostics: it.mistakes, sources: it.sources })
        })?;
        let sources = built.sources.clone();
        let written = written(&built);
        return Ok(Manifests { objects: built.into_objects(), written, sources });
    }
    let Found { files, overlays } = if path.is_dir() {
        below(path)?
    } else {
        Found { files: vec![path.to_path_buf()], overlays: Vec::new() }
    };
    if files.is_empty() {
        let help = if overlays.is_empty() {
            NAME_ONE.to_owned()
        } else {
            format!("name one of its overlays: {}", overlays.join(", "))
        };
        let message = format!("{what} holds neither a kustomization nor manifests");
        return Err(Error::misuse("no-manifests", message, help));
    }
    let texts = files.into_iter().map(|file| {
        let name = file.display().to_string();
        let name = name.strip_prefix("./").map(str::to_owned).unwrap_or(name);
        let bytes = std::fs::read(&file).map_err(|error| unreadable(&name, &error))?;
        Ok((name, bytes))
    });
    parse(texts.collect::<Result<Vec<_>, Error>>()?)
}

/// Reads the files of an overlay's objects once more, without what was applied to them. What a generator made has none.
fn written(built: &Build) -> Vec<(Object, usize)> {
    let mut documents: BTreeMap<SourceId, Vec<Object>> = BTreeMap::new();
    let mut written = Vec::new();
    for (nth, object) in built.objects().iter().enumerate() {
        let source = object.mark.source;
        let documents = documents.entry(source).or_insert_with(|| {
            let text = built.sources.text(source).map(Arc::clone);
            text.and_then(|text| tidegate_object::manifests(text, source).ok()).unwrap_or_default()
        });
        let document = documents.iter().find(|it| it.mark() == object.mark);
        written.extend(document.map(|it| (it.clone(), nth)));
    }
    written
}

fn unreadable(name: &str, error: &std::io::Error) -> Error {
    Error::misuse("file-unreadable", format!("{name} can't be read: {error}"), NAME_ONE)
}

/// What stands below a folder.
#[derive(Default)]
struct Found {
    files: Vec<PathBuf>,
    overlays: Vec<String>,
}

/// Lists the manifests below a folder by name. Hidden folders and folders with a kustomization are left out: what stands
/// in the latter are parts, and patches.
fn below(folder: &Path) -> Result<Found, Error> {
    let mut found = Found::default();
    let mut pending = vec![folder.to_path_buf()];
    while let Some(folder) = pending.pop() {
        let shown = folder.display().to_string();
        for entry in std::fs::read_dir(&folder).map_err(|it| unreadable(&shown, &it))? {
            let entry = entry.map_err(|it| unreadable(&shown, &it))?;
            let path = entry.path();
            // A link to a folder is not followed, so that the walk ends.
            let kind = entry.file_type().map_err(|it| unreadable(&shown, &it))?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if kind.is_dir() {
                if is_overlay(&path) {
                    found.overlays.push(path.display().to_string());
                } else {
                    pending.push(path);
                }
            } else if path.is_file()
                && path.extension().is_some_and(|it| EXTENSIONS.iter().any(|known| it == *known))
            {
                found.files.push(path);
            }
        }
    }
    found.files.sort();
    found.overlays.sort();
    Ok(found)
}

/// Reads texts with any number of documents each; every mistake is reported.
fn parse(texts: impl IntoIterator<Item = (String, Vec<u8>)>) -> Result<Manifests, Error> {
    let mut manifests = Manifests::default();
    let mut mistakes = Vec::new();
    for (name, bytes) in texts {
        let text = String::from_utf8(bytes).map_err(|error| {
            Error::refused("not-utf8", format!("{name} is not UTF-8: {error}"), "save it as UTF-8")
        })?;
        let text: Arc<str> = text.into();
        let source = manifests.sources.add(name, Arc::clone(&text));
        match tidegate_object::manifests(text, source) {
            Ok(objects) => manifests.objects.extend(objects),
            Err(found) => mistakes.extend(found),
        }
    }
    if mistakes.is_empty() {
        return Ok(manifests);
    }
    Err(Error::Refused(Complaint { diagnostics: mistakes, sources: manifests.sources }))
}
