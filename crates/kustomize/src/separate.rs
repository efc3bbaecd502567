//! The objects of a build as files of their own.

use std::collections::BTreeSet;

use tidegate_source::{Diagnostic, Label};

use crate::build::{Build, Built};
use crate::identity::{Gvk, Id};
use crate::print;
use crate::schema::Schema;

/// An object of a build as a file of its own.
///
/// ```
/// use tidegate_kustomize::{Memory, Options, build};
///
/// let files = Memory::from_iter([("kustomization.yaml", "namespace: tomoda\nconfigMapGenerator: [{name: hub, options: {disableNameSuffixHash: true}}]\n")]);
/// let separate = build(&files, ".", &Options::default())?.to_files()?;
/// assert!(separate[0].name.contains("hub") && separate[0].text.contains("kind: ConfigMap"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeparateFile {
    /// The name of the file, without a folder.
    pub name: String,
    /// What it holds.
    pub text: String,
}

impl Build {
    /// Prints each object as a file of its own, named as `kustomize build -o FOLDER` names it: group, version, kind and
    /// name in lower case; before them the namespace, where the objects are in several. Of two objects that get the
    /// same name the last one counts.
    ///
    /// ```
    /// use tidegate_kustomize::{Memory, Options, build};
    ///
    /// let files = Memory::from_iter([
    ///     ("kustomization.yaml", "resources: [app.yaml]\n"),
    ///     ("app.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: Web}\n"),
    /// ]);
    /// let built = build(&files, ".", &Options::default())?;
    /// assert_eq!(built.to_files()?[0].name, "apps_v1_deployment_web.yaml");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Build::to_yaml`], and `file-name` for an object whose name or kind would lead into another folder.
    // kustomize: kustomize/commands/build/writer.go, `writeIndividualFiles` and `fileName`.
    pub fn to_files(&self) -> Result<Vec<SeparateFile>, Box<Diagnostic>> {
        let schema = Schema::builtin();
        let namespaces: BTreeSet<&str> =
            self.objects().iter().filter_map(|built| namespace(built, &schema)).collect();
        let mut files: Vec<SeparateFile> = Vec::new();
        for built in self.objects() {
            let namespace = namespace(built, &schema).filter(|_| namespaces.len() > 1);
            let name = file_name(built, namespace)?;
            let root = &built.object.root;
            let text =
                print::documents(&[root]).map_err(|error| Box::new(self.unprintable(&error)))?;
            match files.iter_mut().find(|it| it.name == name) {
                Some(present) => present.text = text,
                None => files.push(SeparateFile { name, text }),
            }
        }
        Ok(files)
    }
}

/// Returns the namespace that an object is in; `None` for kinds that are in none.
fn namespace<'b>(built: &'b Built, schema: &Schema) -> Option<&'b str> {
    let object = &built.object;
    let gvk = Gvk::new(object.api_version(), object.kind());
    let cluster_scoped = schema.is_namespaced(object.api_version(), object.kind()) == Some(false);
    let id = Id { gvk, name: object.name(), namespace: object.namespace(), cluster_scoped };
    (!cluster_scoped).then(|| id.effective_namespace())
}

fn file_name(built: &Built, namespace: Option<&str>) -> Result<String, Box<Diagnostic>> {
    let object = &built.object;
    let Gvk { group, version, kind } = Gvk::new(object.api_version(), object.kind());
    let parts = [namespace.unwrap_or(""), group, version, kind];
    let parts = parts.into_iter().filter(|part| !part.is_empty()).chain([object.name()]);
    let name = parts.collect::<Vec<_>>().join("_").to_lowercase() + ".yaml";
    if name.contains(['/', '\\', '\0']) {
        let message = format!("`{}` is no name of a file", name.escape_debug());
        return Err(Box::new(
            Diagnostic::error("file-name", message)
                .at(Label::new(built.mark, "of this object"))
                .help("write everything to one file or to standard output"),
        ));
    }
    Ok(name)
}
