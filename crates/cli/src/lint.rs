//! `lint`: what a kustomization says in vain, twice or in an old way.

use std::path::Path;
use std::rc::Rc;

use tidegate_kustomize::{Folder, Lint, Options};
use tidegate_pipeline::{Complaint, Error};
use tidegate_source::Severity;

use crate::arguments::{self, Common};
use crate::files;
use crate::findings::Findings;
use crate::sarif::Subject;
use crate::screen::Screen;

pub(crate) fn run(
    common: &Common,
    arguments: &arguments::Lint,
    screen: &mut Screen,
) -> Result<u8, Error> {
    let subject = Subject { command: "lint", what: &arguments.folder };
    let mut lint = match of(&arguments.folder) {
        Ok(lint) => lint,
        Err(error) => {
            Findings::refused(error, common.format)?.print(common.format, subject)?;
            return Ok(3);
        }
    };
    if let Some(fix) = lint.fix.as_ref().filter(|_| arguments.fix) {
        files::write(Path::new(&fix.path), fix.text.as_bytes()).map_err(|error| {
            Error::failed("write", format!("{} can't be written: {error}", fix.path), "")
        })?;
        screen.say(&format!("rewritten in {}: {}", fix.path, fix.fields.join(", ")));
        lint = of(&arguments.folder)?;
    }
    let mut findings = Findings::default();
    findings.extend(lint.findings, &Rc::new(lint.sources), &[]);
    findings.sort();
    findings.print(common.format, subject)?;
    Ok(if findings.reach(Severity::Note) { 3 } else { 0 })
}

/// Looks over the kustomization of a folder.
pub(crate) fn of(folder: &str) -> Result<Lint, Error> {
    tidegate_kustomize::lint(&Folder::new(), folder, &Options::default()).map_err(|failure| {
        Error::Refused(Complaint { diagnostics: failure.mistakes, sources: failure.sources })
    })
}
