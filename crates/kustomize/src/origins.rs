//! Where each field of what was built comes from: the text that last set it, and what read that text.

use std::collections::HashMap;

use tidegate_object::{Node, Value};
use tidegate_source::{Mark, Place, SourceId, Sources, Span};

use crate::build::Built;
use crate::kustomization::Kustomization;

/// One field of one object, and where its value comes from.
///
/// ```
/// use tidegate_kustomize::{Memory, Options, build};
///
/// let files = Memory::from_iter([("kustomization.yaml", "namespace: tomoda\nconfigMapGenerator: [{name: hub, literals: [A=b]}]\n")]);
/// let origins = build(&files, ".", &Options::default())?.origins();
/// let namespace = origins.iter().find(|it| it.path == "metadata.namespace").expect("it is set");
/// assert_eq!((namespace.object, &*namespace.setter), (0, "NamespaceTransformer"));
/// # Ok::<(), tidegate_kustomize::Failure>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldOrigin {
    /// Position of the object among those that were built.
    pub object: usize,
    /// Path of the field, as `spec.template.spec.containers[0].image`; a key that is no plain name stands in brackets
    /// and quotes.
    pub path: String,
    /// Where the text lies that last set the value; `None` for what no text set.
    pub place: Option<Place>,
    /// What set it: the name of a generator or transformer as `buildMetadata` prints it, `resource` for a field that is as
    /// the object was written, `default` for what no text set.
    pub setter: String,
}

/// What the texts of a build were read for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roles {
    files: HashMap<SourceId, String>,
    kustomizations: HashMap<SourceId, Vec<(Span, &'static str)>>,
}

impl Roles {
    /// Notes what a file was read for; the first reader counts.
    pub(crate) fn file(&mut self, source: SourceId, role: &str) {
        self.files.entry(source).or_insert_with(|| role.to_owned());
    }

    /// Notes where the fields of a kustomization stand.
    pub(crate) fn kustomization(&mut self, kustomization: &Kustomization) {
        let fields = kustomization.fields.iter();
        let spans = fields.map(|(name, key, value)| {
            (Span::new(key.span.start, value.span.end.max(key.span.end)), setter(name))
        });
        self.kustomizations.insert(kustomization.mark.source, spans.collect());
    }

    fn of(&self, mark: Mark) -> &str {
        if !mark.is_some() {
            return "default";
        }
        if let Some(fields) = self.kustomizations.get(&mark.source) {
            let inside = |span: &Span| {
                span.start <= mark.span.start && mark.span.start < span.end.max(span.start + 1)
            };
            return fields.iter().find(|(span, _)| inside(span)).map_or("kustomization", |it| it.1);
        }
        self.files.get(&mark.source).map_or("resource", String::as_str)
    }
}

/// Returns what a field of a kustomization stands for.
fn setter(field: &str) -> &'static str {
    match field {
        "namespace" => "NamespaceTransformer",
        "namePrefix" => "PrefixTransformer",
        "nameSuffix" => "SuffixTransformer",
        "labels" | "commonLabels" => "LabelTransformer",
        "commonAnnotations" => "AnnotationsTransformer",
        "images" | "imageTags" => "ImageTagTransformer",
        "replicas" => "ReplicaCountTransformer",
        "patches" => "PatchTransformer",
        "patchesStrategicMerge" => "PatchStrategicMergeTransformer",
        "patchesJson6902" => "PatchJson6902Transformer",
        "replacements" => "ReplacementTransformer",
        "configMapGenerator" | "generatorOptions" => "ConfigMapGenerator",
        "secretGenerator" => "SecretGenerator",
        "generators" => "generators",
        "transformers" => "transformers",
        "vars" => "vars",
        _ => "kustomization",
    }
}

/// Lists the fields of objects in the order in which they are held.
pub(crate) fn list(objects: &[Built], sources: &Sources, roles: &Roles) -> Vec<FieldOrigin> {
    let mut walk = Walk { sources, roles, object: 0, path: String::new(), found: Vec::new() };
    for (at, built) in objects.iter().enumerate() {
        walk.object = at;
        walk.node(&built.object.root);
    }
    walk.found
}

struct Walk<'a> {
    sources: &'a Sources,
    roles: &'a Roles,
    object: usize,
    path: String,
    found: Vec<FieldOrigin>,
}

impl Walk<'_> {
    fn node(&mut self, node: &Node) {
        let length = self.path.len();
        match &node.value {
            Value::Map(map) if !map.is_empty() => {
                for (key, node) in map.iter() {
                    push_key(&mut self.path, key);
                    self.node(node);
                    self.path.truncate(length);
                }
            }
            Value::List(items) if !items.is_empty() => {
                for (nth, item) in items.iter().enumerate() {
                    let index = format!("[{nth}]");
                    self.path.push_str(&index);
                    self.node(item);
                    self.path.truncate(length);
                }
            }
            _ => self.found.push(FieldOrigin {
                object: self.object,
                path: self.path.clone(),
                place: self.sources.place(node.mark),
                setter: self.roles.of(node.mark).to_owned(),
            }),
        }
    }
}

fn push_key(path: &mut String, key: &str) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
    if !key.is_empty() && key.bytes().all(plain) {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(key);
    } else {
        let quoted = format!("[\"{}\"]", key.replace('\\', "\\\\").replace('"', "\\\""));
        path.push_str(&quoted);
    }
}
