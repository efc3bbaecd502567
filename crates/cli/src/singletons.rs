//! Which workloads may have one pod only: named on the command line, or singletons of the configuration.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tidegate_object::{Identity, Object};
use tidegate_pipeline::{Complaint, Config, Error, sandbox};

use crate::arguments::{Check, Common};

/// Returns the singletons among objects.
pub(crate) fn of(
    common: &Common,
    check: &Check,
    objects: &[Object],
) -> Result<BTreeSet<Identity>, Error> {
    let named = objects.iter().filter(|it| check.singleton.iter().any(|name| name == it.name()));
    let mut singletons: BTreeSet<Identity> = named.map(Object::identity).collect();
    if let Some(file) = config(common, &check.what) {
        let shown = file.display().to_string();
        let text = std::fs::read_to_string(&file).map_err(|error| {
            let message = format!("cannot read the configuration {shown}: {error}");
            Error::misuse("config-unreadable", message, "name another one with --config")
        })?;
        let config = Config::parse(&shown, &text).map_err(|it| {
            Error::Misuse(Complaint { diagnostics: it.diagnostics, sources: it.sources })
        })?;
        singletons.extend(config.singletons(objects));
    }
    Ok(singletons)
}

/// Finds the configuration: the one that is named, that of the sandbox, or that of the checkout that a folder lies in.
fn config(common: &Common, what: &str) -> Option<PathBuf> {
    if let Some(file) = &common.config {
        return Some(file.clone());
    }
    if let Some(folder) = &common.sandbox {
        return Some(sandbox::config(folder)).filter(|it| it.is_file());
    }
    let what = if what == "-" { "." } else { what };
    let here = std::fs::canonicalize(Path::new(what)).ok()?;
    // A checkout ends where its git folder is.
    let mut inside = true;
    let folders = here
        .ancestors()
        .take_while(|folder| std::mem::replace(&mut inside, !folder.join(".git").exists()));
    folders.map(|it| it.join("tidegate.yaml")).find(|it| it.is_file())
}
