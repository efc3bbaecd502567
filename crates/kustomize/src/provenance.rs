//! Where objects come from and what changed them, in the form of the annotations that `buildMetadata` asks for.

use tidegate_yaml::Emitter;

use crate::path::clean_path;

/// The annotation with the origin of an object.
pub(crate) const ORIGIN: &str = "config.kubernetes.io/origin";

/// The annotation with the transformers that changed an object.
pub(crate) const TRANSFORMATIONS: &str = "alpha.config.kubernetes.io/transformations";

/// What is known about one object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Provenance {
    pub(crate) origin: Origin,
    pub(crate) transformations: Vec<Origin>,
}

/// A file, or a field or configuration that made or changed something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) path: String,
    pub(crate) configured_in: String,
    pub(crate) configured_by: Reference,
}

/// The configuration of a generator or transformer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reference {
    pub(crate) api_version: String,
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) namespace: String,
}

impl Origin {
    /// The origin of what a file holds.
    pub(crate) fn file(folder: &str, path: &str) -> Self {
        Self { path: join(folder, path), ..Self::default() }
    }

    /// The origin of what a field of a kustomization makes or changes.
    pub(crate) fn field(folder: &str, file_name: &str, kind: &str) -> Self {
        Self {
            configured_in: join(folder, file_name),
            configured_by: Reference {
                api_version: "builtin".to_owned(),
                kind: kind.to_owned(),
                ..Reference::default()
            },
            ..Self::default()
        }
    }

    /// Writes the annotation of an origin.
    pub(crate) fn text(&self) -> String {
        let mut out = String::new();
        let mut emitter = Emitter::new(&mut out);
        self.emit(&mut emitter);
        out
    }

    fn emit(&self, emitter: &mut Emitter<'_>) {
        emitter.begin_map();
        field(emitter, "path", &self.path);
        field(emitter, "configuredIn", &self.configured_in);
        if self.configured_by != Reference::default() {
            emitter.key("configuredBy");
            emitter.begin_map();
            field(emitter, "apiVersion", &self.configured_by.api_version);
            field(emitter, "kind", &self.configured_by.kind);
            field(emitter, "name", &self.configured_by.name);
            field(emitter, "namespace", &self.configured_by.namespace);
            emitter.end_map();
        }
        emitter.end_map();
    }

    /// Writes the annotation of transformations.
    pub(crate) fn list(origins: &[Self]) -> String {
        let mut out = String::new();
        let mut emitter = Emitter::new(&mut out);
        emitter.begin_list();
        for origin in origins {
            origin.emit(&mut emitter);
        }
        emitter.end_list();
        out
    }
}

fn field(emitter: &mut Emitter<'_>, key: &str, value: &str) {
    if !value.is_empty() {
        emitter.key(key);
        emitter.string(value);
    }
}

/// Joins two paths as they are written in an origin.
pub(crate) fn join(folder: &str, path: &str) -> String {
    if folder.is_empty() { clean_path(path) } else { clean_path(&format!("{folder}/{path}")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annotations_leave_out_what_is_empty() {
        assert_eq!(Origin::file("../base", "app.yaml").text(), "path: ../base/app.yaml\n");
        let field = Origin::field("", "kustomization.yaml", "ConfigMapGenerator");
        let text = "configuredIn: kustomization.yaml\nconfiguredBy:\n  apiVersion: builtin\n  kind: ConfigMapGenerator\n";
        assert_eq!(field.text(), text);
        assert_eq!(Origin::list(&[Origin::file("", "a")]), "- path: a\n");
    }
}
