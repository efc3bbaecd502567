use std::collections::BTreeSet;

use tidegate_source::{Diagnostic, Severity};

use crate::files::{FileError, Files};
use crate::kustomization::FILE_NAMES;
use crate::path;

/// How deep folders are searched.
const MAX_DEPTH: usize = 8;

/// Returns a note for every YAML file below a folder that was not read; folders with a kustomization of their own are
/// not searched.
pub(super) fn files(files: &dyn Files, folder: &str, used: &BTreeSet<String>) -> Vec<Diagnostic> {
    let folder = if folder.is_empty() { "." } else { folder };
    let Ok(real) = files.folder(folder) else { return Vec::new() };
    let mut unused = Vec::new();
    search(files, &real, "", used, 0, &mut unused);
    unused.sort();
    let finding = |name: String| {
        let message = format!("the file `{name}` is not used");
        Diagnostic::new(Severity::Note, "file-unused", message)
            .help("name it under `resources`, or remove it")
    };
    unused.into_iter().map(finding).collect()
}

fn search(
    files: &dyn Files,
    real: &str,
    shown: &str,
    used: &BTreeSet<String>,
    depth: usize,
    unused: &mut Vec<String>,
) {
    for name in files.names(real) {
        if name.starts_with('.') {
            continue;
        }
        let full = if real == "." { name.clone() } else { path::join(real, &name) };
        let shown = if shown.is_empty() { name.clone() } else { format!("{shown}/{name}") };
        match files.folder(&full) {
            Ok(folder) => {
                let names = files.names(&folder);
                let is_own = FILE_NAMES.iter().any(|it| names.iter().any(|name| name == it));
                if !is_own && depth < MAX_DEPTH && folder == full {
                    search(files, &folder, &shown, used, depth + 1, unused);
                }
            }
            Err(FileError::NotAFolder) => {
                let is_yaml = [".yaml", ".yml"].iter().any(|it| name.ends_with(it));
                if is_yaml && !used.contains(&full) {
                    unused.push(shown);
                }
            }
            Err(_) => {}
        }
    }
}
