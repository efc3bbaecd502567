//! What a kustomization says in vain, twice or in an old way.

mod fix;
mod images;
#[cfg(test)]
mod tests;
mod unused;

use tidegate_source::{Diagnostic, Label, Mark, Sources};
use tidegate_yaml::Stream;

pub use self::fix::Fix;
use crate::build::{Failure, Options, Session};
use crate::fieldspec::FieldSpecs;
use crate::files::Files;
use crate::images::Images;
use crate::resources::Resources;
use crate::transform::{Patch, Transformer};

/// What was found in a kustomization that builds.
///
/// ```
/// use tidegate_kustomize::{Memory, Options, lint};
///
/// let files = Memory::from_iter([
///     ("kustomization.yaml", "images: [{name: hub, newTag: 1.4.0}]\nconfigMapGenerator: [{name: settings}]\n"),
/// ]);
/// let found = lint(&files, ".", &Options::default())?;
/// // No object runs the image `hub`.
/// assert_eq!(found.findings.len(), 1);
/// assert!(found.fix.is_none());
/// # Ok::<(), tidegate_kustomize::Failure>(())
/// ```
#[derive(Clone, Debug)]
pub struct Lint {
    /// Warnings and notes, with the codes that [`lint`] lists.
    pub findings: Vec<Diagnostic>,
    /// The texts that were read.
    pub sources: Sources,
    /// The kustomization file with its deprecated fields rewritten; `None` where nothing can be rewritten without
    /// changing the build.
    pub fix: Option<Fix>,
}

/// Builds the kustomization of a folder and looks for what has no effect or is written in an old way, there and in the
/// kustomizations that it is made of. An entry or a patch of a Component is not in vain: what it is for is among the
/// objects of those who include it.
///
/// | code | finding |
/// | --- | --- |
/// | `image-unused` | an `images:` entry is for no image |
/// | `image-shadowed` | an earlier entry changes every image that an entry is for, so that it is for none |
/// | `image-duplicate` | two entries have the same name |
/// | `image-ambiguous` | two entries are for the same image |
/// | `image-pattern` | an entry is for an image that its name, read literally, does not name, or its name is no pattern |
/// | `patch-unused` | a patch is for no object |
/// | `file-unused` | a YAML file in the folder is not read |
/// | `deprecated-field` | a field that another one has replaced |
///
/// ```
/// use tidegate_kustomize::{Memory, Options, lint};
///
/// let files = Memory::from_iter([
///     ("kustomization.yaml", "bases: [base]\nimages:\n- name: wep\n  newTag: v2\n"),
///     ("base/kustomization.yaml", "resources: [app.yaml]\n"),
///     ("base/app.yaml", "kind: Pod\napiVersion: v1\nmetadata: {name: web}\nspec: {containers: [{image: web}]}\n"),
/// ]);
/// let lint = lint(&files, ".", &Options::default())?;
/// let codes: Vec<&str> = lint.findings.iter().map(|it| &*it.code).collect();
/// assert_eq!(codes, ["deprecated-field", "image-unused"]);
/// let fix = lint.fix.expect("`bases` can be renamed");
/// assert_eq!(fix.text, "resources: [base]\nimages:\n- name: wep\n  newTag: v2\n");
/// # Ok::<(), tidegate_kustomize::Failure>(())
/// ```
///
/// # Errors
///
/// The mistakes of a kustomization that does not build.
pub fn lint(files: &dyn Files, folder: &str, options: &Options) -> Result<Lint, Failure> {
    let mut session = Session::watched(files, options.clone());
    let built = session.build(folder)?;
    let mut findings = built.warnings.clone();
    findings.append(&mut session.take_watch().findings);
    if is_component(files, folder) {
        findings.retain(|it| !["image-unused", "patch-unused"].contains(&&*it.code));
    }
    findings.extend(unused::files(files, folder, &session.files_read()));
    let fix = fix::fix(files, folder, options, &built);
    let mut seen = Vec::new();
    findings.retain(|it| {
        let is_new = !seen.contains(it);
        if is_new {
            seen.push(it.clone());
        }
        is_new
    });
    Ok(Lint { findings, sources: built.sources, fix })
}

fn is_component(files: &dyn Files, folder: &str) -> bool {
    let Some((_, text)) = fix::kustomization(files, folder) else { return false };
    let Ok(stream) = Stream::parse(&text) else { return false };
    let kind = stream.root().and_then(|it| it.get("kind"));
    kind.is_some_and(|it| it.as_str() == "Component")
}

/// Looks at each transformer just before it runs.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    findings: Vec<Diagnostic>,
}

impl Watch {
    pub(crate) fn before(&mut self, transformer: &Transformer, resources: &Resources) {
        match transformer {
            Transformer::Images { images, specs } => self.images(images, specs, resources),
            Transformer::Patch(patch) => self.patch(patch, resources),
            _ => {}
        }
    }

    fn images(&mut self, images: &Images, specs: &FieldSpecs, resources: &Resources) {
        let mut texts: Vec<String> = Vec::new();
        for resource in resources.iter() {
            // What can't be read as an image is reported by the transformer itself.
            let mut of_resource = images.images_in(resource.root(), specs).unwrap_or_default();
            texts.append(&mut of_resource);
        }
        texts.sort();
        texts.dedup();
        self.findings.extend(images::findings(images.entries(), &texts));
    }

    fn patch(&mut self, patch: &Patch, resources: &Resources) {
        let (target, mark) = match patch {
            Patch::Merge(patch) => {
                let mark = patch.patches.first().map_or(Mark::NONE, |it| it.mark);
                (patch.target.as_ref(), mark)
            }
            Patch::Json(patch) => (Some(&patch.target), patch.operations.mark()),
            Patch::Nothing => return,
        };
        let selects_nothing =
            target.is_some_and(|it| it.select(resources).is_ok_and(|places| places.is_empty()));
        if selects_nothing {
            let names = resources.iter().take(3).map(|it| it.id().to_string()).collect::<Vec<_>>();
            let mut finding = Diagnostic::warning("patch-unused", "the patch is for no object")
                .at(Label::new(mark, "its `target` selects nothing"));
            if !names.is_empty() {
                finding = finding.note(format!("objects there are: {}", names.join(", ")));
            }
            self.findings.push(finding.help("correct the `target`, or remove the patch"));
        }
    }
}
