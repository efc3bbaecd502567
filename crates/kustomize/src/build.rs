use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

use tidegate_object::{Map, Node, Object, Text, Value};
use tidegate_source::{Diagnostic, Label, Mark, Sources};

use crate::accumulate::{Accumulator, Engine, Failed};
use crate::back_references;
use crate::config::Of;
use crate::files::{FileError, Files};
use crate::kustomization::Kustomization;
use crate::lint::Watch;
use crate::loader::{LoadRestriction, Root};
use crate::origins::{self, FieldOrigin, Roles};
use crate::parallel::in_parallel_with;
use crate::path;
use crate::print;
use crate::provenance::{ORIGIN, Origin, TRANSFORMATIONS};
use crate::resource::Resource;
use crate::resources::Resources;
use crate::tabs;
use crate::text::{become_text, written_text};
use crate::transform::{add_hashes, sort};
use crate::vars;

/// The order in which objects are printed, unless the kustomization says.
///
/// ```
/// use tidegate_kustomize::{Memory, Options, Order, build};
///
/// let files = Memory::from_iter([
///     ("kustomization.yaml", "resources: [all.yaml]\n"),
///     ("all.yaml", "{apiVersion: v1, kind: Pod, metadata: {name: hub}}\n---\n{apiVersion: v1, kind: Namespace, metadata: {name: tomoda}}\n"),
/// ]);
/// let first = |order| {
///     let options = Options { order, ..Options::default() };
///     build(&files, ".", &options).map(|it| it.objects()[0].object.kind().to_owned())
/// };
/// assert_eq!((&*first(Order::Legacy)?, &*first(Order::AsLoaded)?), ("Namespace", "Pod"));
/// # Ok::<(), tidegate_kustomize::Failure>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Namespaces and definitions first, webhooks last, each kind by name.
    #[default]
    Legacy,
    /// As they were loaded.
    AsLoaded,
}

/// How to build.
///
/// ```
/// use tidegate_kustomize::{Memory, Options, build};
///
/// let files = Memory::from_iter([("kustomization.yaml", "configMapGenerator: [{name: hub}]\n")]);
/// let options = Options { managed_by_label: true, ..Options::default() };
/// let built = build(&files, ".", &options)?;
/// assert!(built.objects()[0].object.label("app.kubernetes.io/managed-by").is_some());
/// # Ok::<(), tidegate_kustomize::Failure>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which files a kustomization may name.
    pub load_restriction: LoadRestriction,
    /// The order of the objects.
    pub order: Order,
    /// Whether every object gets the label `app.kubernetes.io/managed-by`.
    pub managed_by_label: bool,
}

/// What was built.
///
/// ```
/// use tidegate_kustomize::{Memory, Options, build};
///
/// let files = Memory::from_iter([
///     ("kustomization.yaml", "resources: [app.yaml]\nimages: [{name: hub, newTag: 1.4.0}]\n"),
///     ("app.yaml", "apiVersion: v1\nkind: Pod\nmetadata: {name: hub}\nspec:\n  containers: [{name: hub, image: hub}]\n"),
/// ]);
/// let built = build(&files, ".", &Options::default())?;
/// let pod = &built.objects()[0].object;
/// let containers = pod.at(&["spec", "containers"]).and_then(|it| it.as_list()).expect("a list");
/// let image = containers[0].get("image").expect("it is written");
/// assert_eq!(image.as_str(), Some("hub:1.4.0"));
/// // The value points to the line that set it.
/// assert_eq!(built.sources.place(image.mark).map(|it| it.to_string()).as_deref(), Some("kustomization.yaml:2:10"));
/// # Ok::<(), tidegate_kustomize::Failure>(())
/// ```
#[derive(Clone, Debug)]
pub struct Build {
    objects: Vec<Built>,
    roles: Arc<Mutex<Roles>>,
    /// The texts that were read.
    pub sources: Sources,
    /// What is worth a look, though it stops nothing.
    pub warnings: Vec<Diagnostic>,
}

/// One object of a build.
///
/// ```
/// use tidegate_kustomize::{Memory, Options, build};
///
/// let files = Memory::from_iter([("kustomization.yaml", "namePrefix: tomoda-\nconfigMapGenerator:\n- name: hub\n")]);
/// let built = build(&files, ".", &Options::default())?;
/// let generated = &built.objects()[0];
/// assert!(generated.object.name().starts_with("tomoda-hub-"));
/// assert_eq!(built.sources.place(generated.mark).map(|it| it.line), Some(3));
/// # Ok::<(), tidegate_kustomize::Failure>(())
/// ```
#[derive(Clone, Debug)]
pub struct Built {
    /// The object; its nodes carry the marks of the texts that last set them.
    pub object: Object,
    /// Where it was written: the document, or the entry of the generator that made it.
    pub mark: Mark,
}

/// Why nothing was built: every mistake that was found.
///
/// ```
/// use tidegate_kustomize::{Memory, Options, build};
///
/// let files = Memory::from_iter([("kustomization.yaml", "resources: [hub.yaml, web.yaml]\n")]);
/// let failure = build(&files, ".", &Options::default()).unwrap_err();
/// // Both files are missing, and both are told.
/// assert_eq!(failure.mistakes.len(), 2);
/// let report = failure.mistakes[0].report(&failure.sources);
/// assert!(report.labels[0].place.to_string().starts_with("kustomization.yaml:1:"));
/// ```
#[derive(Clone, Debug)]
pub struct Failure {
    /// At least one error, in the order in which they were found.
    pub mistakes: Vec<Diagnostic>,
    /// Warnings that were found before.
    pub warnings: Vec<Diagnostic>,
    /// The texts that were read.
    pub sources: Sources,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.mistakes.as_slice() {
            [] => f.write_str("nothing was built"),
            [only] => only.fmt(f),
            [first, others @ ..] => write!(f, "{first} (and {} more)", others.len()),
        }
    }
}

impl std::error::Error for Failure {}

impl Build {
    /// Returns the objects in the order in which they are printed.
    #[must_use]
    pub fn objects(&self) -> &[Built] {
        &self.objects
    }

    /// Returns the objects alone.
    ///
    /// ```
    /// use tidegate_kustomize::{Memory, Options, build};
    ///
    /// let files = Memory::from_iter([("kustomization.yaml", "secretGenerator: [{name: keys, literals: [A=b]}]\n")]);
    /// let objects = build(&files, ".", &Options::default())?.into_objects();
    /// assert_eq!(objects[0].kind(), "Secret");
    /// # Ok::<(), tidegate_kustomize::Failure>(())
    /// ```
    #[must_use]
    pub fn into_objects(self) -> Vec<Object> {
        self.objects.into_iter().map(|built| built.object).collect()
    }

    /// Returns where each field comes from, objects and fields in their order. Only what holds no other field is listed.
    ///
    /// ```
    /// use tidegate_kustomize::{Memory, Options, build};
    ///
    /// let files = Memory::from_iter([
    ///     ("kustomization.yaml", "resources: [app.yaml]\nnamespace: prod\n"),
    ///     ("app.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
    /// ]);
    /// let built = build(&files, ".", &Options::default())?;
    /// let origins = built.origins();
    /// let of = |path: &str| origins.iter().find(|it| it.path == path).expect("a field");
    /// let namespace = of("metadata.namespace");
    /// assert_eq!(namespace.setter, "NamespaceTransformer");
    /// assert_eq!(namespace.place.as_ref().map(ToString::to_string).as_deref(), Some("kustomization.yaml:2:12"));
    /// assert_eq!(of("metadata.name").setter, "resource");
    /// # Ok::<(), tidegate_kustomize::Failure>(())
    /// ```
    #[must_use]
    pub fn origins(&self) -> Vec<FieldOrigin> {
        let roles = self.roles.lock().unwrap_or_else(PoisonError::into_inner);
        origins::list(&self.objects, &self.sources, &roles)
    }

    /// Prints the objects as one text of documents, byte for byte as `kustomize build` does.
    ///
    /// ```
    /// use tidegate_kustomize::{Memory, Options, build};
    ///
    /// let files = Memory::from_iter([("kustomization.yaml", "configMapGenerator:\n- {name: hub, literals: [MODE=fast]}\n")]);
    /// let text = build(&files, ".", &Options::default())?.to_yaml()?;
    /// assert!(text.starts_with("apiVersion: v1\ndata:\n  MODE: fast\nkind: ConfigMap\nmetadata:\n  name: hub-"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A value that the reference can't print either: a control character in a string, a key of more than a thousand
    /// characters.
    pub fn to_yaml(&self) -> Result<String, Box<Diagnostic>> {
        Ok(self.to_yaml_parts()?.concat())
    }

    /// Prints as [`Build::to_yaml`], in pieces that follow one another: a large text need not be put together.
    ///
    /// ```
    /// use tidegate_kustomize::{Memory, Options, build};
    ///
    /// let files = Memory::from_iter([("kustomization.yaml", "configMapGenerator:\n- {name: hub}\n- {name: web}\n")]);
    /// let built = build(&files, ".", &Options::default())?;
    /// assert_eq!(built.to_yaml_parts()?.concat(), built.to_yaml()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Build::to_yaml`].
    pub fn to_yaml_parts(&self) -> Result<Vec<String>, Box<Diagnostic>> {
        let roots: Vec<&Node> = self.objects.iter().map(|built| &built.object.root).collect();
        print::parts(&roots).map_err(|error| Box::new(self.unprintable(&error)))
    }

    /// Finds the object that can't be printed.
    pub(crate) fn unprintable(&self, error: &tidegate_yaml::EmitError) -> Diagnostic {
        let mistake = Diagnostic::error("unprintable", error.to_string());
        let object =
            self.objects.iter().find(|built| print::documents(&[&built.object.root]).is_err());
        match object {
            Some(built) => mistake
                .at(Label::new(built.mark, "in this object"))
                .note(format!("in {}", built.object.identity())),
            None => mistake,
        }
    }
}

/// Builds the kustomization of a folder.
///
/// ```
/// use tidegate_kustomize::{Memory, Options, build};
///
/// let files = Memory::from_iter([
///     ("base/kustomization.yaml", "resources: [app.yaml]\n"),
///     ("base/app.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
///     ("prod/kustomization.yaml", "resources: [../base]\nnamePrefix: prod-\n"),
/// ]);
/// let built = build(&files, "prod", &Options::default())?;
/// assert_eq!(built.to_yaml()?, "apiVersion: v1\nkind: Service\nmetadata:\n  name: prod-web\n");
///
/// let files = Memory::from_iter([("kustomization.yaml", "namePrefx: prod-\n")]);
/// let failure = build(&files, ".", &Options::default()).unwrap_err();
/// assert_eq!(failure.to_string(), "unknown field `namePrefx`");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Every mistake that was found, each with its place and, where one is known, its mend.
pub fn build(files: &dyn Files, folder: &str, options: &Options) -> Result<Build, Failure> {
    Session::one(files, options.clone()).build(folder)
}

/// Builds many overlays by as many threads as there are processors, and returns what `each` makes of them, in their
/// order. The overlays of a thread share what they load, as those of a [`Session`] do.
///
/// ```
/// use tidegate_kustomize::{Memory, Options, build_each};
///
/// let files = Memory::from_iter([
///     ("base/kustomization.yaml", "resources: [app.yaml]\n"),
///     ("base/app.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
///     ("dev/kustomization.yaml", "resources: [../base]\nnamePrefix: dev-\n"),
///     ("prod/kustomization.yaml", "resources: [../bsae]\nnamePrefix: prod-\n"),
/// ]);
/// let built = build_each(&files, &["dev", "prod"], &Options::default(), |built| match built {
///     Ok(built) => built.objects()[0].object.name().to_owned(),
///     Err(failure) => failure.to_string(),
/// });
/// assert_eq!(built, ["dev-web", "there is no file or folder `../bsae`"]);
/// ```
pub fn build_each<R: Send>(
    files: &dyn Files,
    folders: &[impl AsRef<str> + Sync],
    options: &Options,
    each: impl Fn(Result<Build, Failure>) -> R + Sync,
) -> Vec<R> {
    let session = || Session::new(files, options.clone());
    in_parallel_with(folders, FOLDERS, session, |session, folder| {
        each(session.build(folder.as_ref()))
    })
}

/// Folders that a thread takes at a time.
const FOLDERS: usize = 16;

/// Builds several overlays that share what they load: a file is read and a base is built once.
///
/// ```
/// use tidegate_kustomize::{Memory, Options, Session};
///
/// let files = Memory::from_iter([
///     ("base/kustomization.yaml", "resources: [app.yaml]\n"),
///     ("base/app.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
///     ("dev/kustomization.yaml", "resources: [../base]\nnamePrefix: dev-\n"),
///     ("prod/kustomization.yaml", "resources: [../base]\nnamePrefix: prod-\n"),
/// ]);
/// let mut session = Session::new(&files, Options::default());
/// for overlay in ["dev", "prod"] {
///     let built = session.build(overlay)?;
///     assert_eq!(built.objects()[0].object.name(), format!("{overlay}-web"));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Session<'f> {
    engine: Engine<'f>,
}

impl<'f> Session<'f> {
    /// Begins a session.
    ///
    /// ```
    /// use tidegate_kustomize::{Memory, Options, Session};
    ///
    /// let files = Memory::from_iter([("prod/kustomization.yaml", "namespace: tomoda\n")]);
    /// let mut session = Session::new(&files, Options::default());
    /// assert!(session.build("staging").is_err());
    /// ```
    #[must_use]
    pub fn new(files: &'f dyn Files, options: Options) -> Self {
        Self { engine: Engine::new(files, options, true) }
    }

    fn one(files: &'f dyn Files, options: Options) -> Self {
        Self { engine: Engine::new(files, options, false) }
    }

    /// Begins a session that looks at every transformer before it runs.
    pub(crate) fn watched(files: &'f dyn Files, options: Options) -> Self {
        let mut session = Self::one(files, options);
        session.engine.watch = Some(Watch::default());
        session
    }

    /// Returns what was seen.
    pub(crate) fn take_watch(&mut self) -> Watch {
        self.engine.watch.take().unwrap_or_default()
    }

    /// Returns the real paths of the files that were read.
    pub(crate) fn files_read(&self) -> BTreeSet<String> {
        self.engine.loader.files_read()
    }

    /// Builds the kustomization of a folder.
    ///
    /// ```
    /// use tidegate_kustomize::{Memory, Options, Session};
    ///
    /// let files = Memory::from_iter([
    ///     ("dev/kustomization.yaml", "namePrefx: dev-\n"),
    ///     ("prod/kustomization.yaml", "configMapGenerator: [{name: hub}]\n"),
    /// ]);
    /// let mut session = Session::new(&files, Options::default());
    /// // One overlay that can't be built does not keep the next from being built.
    /// assert_eq!(session.build("dev").unwrap_err().mistakes.len(), 1);
    /// assert_eq!(session.build("prod")?.objects().len(), 1);
    /// # Ok::<(), tidegate_kustomize::Failure>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`build`].
    pub fn build(&mut self, folder: &str) -> Result<Build, Failure> {
        let built = self.run(folder);
        let engine = &mut self.engine;
        let warnings = std::mem::take(&mut engine.warnings);
        let mistakes = std::mem::take(&mut engine.mistakes);
        let sources = engine.loader.take_sources();
        match built {
            Ok(objects) if mistakes.is_empty() => {
                let roles = Arc::clone(&engine.roles);
                Ok(Build { objects, roles, sources, warnings })
            }
            _ => Err(Failure { mistakes, warnings, sources }),
        }
    }

    fn run(&mut self, folder: &str) -> Result<Vec<Built>, Failed> {
        let engine = &mut self.engine;
        let folder = if folder.is_empty() { "." } else { folder };
        let real = engine.loader.folder(folder).map_err(|error| {
            let (code, message) = match error {
                FileError::NotFound => {
                    ("file-not-found", format!("the folder `{folder}` does not exist"))
                }
                FileError::NotAFolder => ("not-a-folder", format!("`{folder}` is not a folder")),
                error => {
                    ("file-unreadable", format!("the folder `{folder}` can't be read: {error}"))
                }
            };
            engine.report([Diagnostic::error(code, message)
                .help("name a folder that holds a `kustomization.yaml`")]);
            Failed
        })?;
        let display: Rc<str> = match path::clean_path(folder) {
            here if here == "." => "".into(),
            other => other.into(),
        };
        let (accumulator, kustomization) = engine.top(&Root { real, display })?;
        finish(engine, accumulator, &kustomization)
    }
}

/// Does what is done once, at the end: hashes, back-references, variables, order, annotations.
fn finish(
    engine: &mut Engine<'_>,
    accumulator: Accumulator,
    kustomization: &Kustomization,
) -> Result<Vec<Built>, Failed> {
    let Accumulator { mut resources, config, vars } = accumulator;
    add_hashes(&mut resources);
    let (sources, plans) = (&engine.loader.sources, &mut engine.plans);
    if let Err(found) = back_references::fix(&mut resources, &config, sources, plans) {
        engine.report(found);
    }
    if !vars.is_empty() {
        let specs = config.specs(Of::VarReference);
        match vars::resolve(&vars, &specs, &mut resources, &engine.loader.sources) {
            Ok(warnings) => engine.report(warnings),
            Err(found) => engine.report(found),
        }
    }
    if !engine.mistakes.is_empty() {
        return Err(Failed);
    }
    let nameless: Vec<Diagnostic> = resources.iter().filter_map(nameless).collect();
    if !nameless.is_empty() {
        engine.report(nameless);
        return Err(Failed);
    }
    drop_local(&mut resources);
    if !engine.tabs.is_empty() {
        let refused = resources.iter().filter_map(|it| tabs::refuse(it, &engine.tabs));
        let refused: Vec<Diagnostic> = refused.collect();
        if !refused.is_empty() {
            engine.report(refused);
            return Err(Failed);
        }
    }
    if engine.may_clash
        && let Some(mistake) =
            resources.clash("duplicate-id", || "behind all transformers".to_owned())
    {
        engine.report([mistake.help("give them different names")]);
        return Err(Failed);
    }
    let sorted = match (&kustomization.sort_options, engine.options.order) {
        (Some(options), _) => sort(&mut resources, Some(options)),
        (None, Order::Legacy) => sort(&mut resources, None),
        (None, Order::AsLoaded) => Ok(()),
    };
    if let Err(mistake) = sorted {
        engine.report([mistake]);
        return Err(Failed);
    }
    let asks = |what: &str| kustomization.build_metadata.iter().any(|it| &**it == what);
    let labelled = engine.options.managed_by_label || asks("managedByLabel");
    let (origins, transformations) = (asks("originAnnotations"), asks("transformerAnnotations"));
    let sources = &engine.loader.sources;
    let built = resources.into_list().into_iter().map(|resource| {
        let provenance = resource.origin.clone();
        let mark = resource.mark;
        let mut root = resource.into_root();
        if labelled {
            set_managed_by(&mut root);
        }
        let origin = provenance.as_ref().filter(|_| origins).map(|it| it.origin.text());
        let changes =
            provenance.as_ref().filter(|it| transformations && !it.transformations.is_empty());
        let changes = changes.map(|it| Origin::list(&it.transformations));
        settle_annotations(&mut root, sources, [(ORIGIN, origin), (TRANSFORMATIONS, changes)]);
        Built { object: Object::new(root), mark }
    });
    Ok(built.collect())
}

/// An object that has lost its kind or its name on the way.
fn nameless(resource: &Resource) -> Option<Diagnostic> {
    let missing = match resource.kind() {
        "" => "kind",
        kind if kind.ends_with("List") || !resource.name().is_empty() => return None,
        _ => "metadata.name",
    };
    if resource.is_empty() {
        return None;
    }
    let message = format!("behind all transformers, an object has no `{missing}`");
    let mistake =
        Diagnostic::error("nameless", message).at(Label::new(resource.mark, "this object"));
    Some(mistake.help("a patch has removed it: leave it as it is"))
}

/// The annotation of objects that are used in a build and not printed.
const LOCAL: &str = "config.kubernetes.io/local-config";

fn drop_local(resources: &mut Resources) {
    let is_local = |resource: &Resource| {
        let annotation = resource.root().at(&["metadata", "annotations", LOCAL]);
        annotation.is_some_and(|it| crate::text::text_of(it) != "false")
    };
    if resources.iter().any(is_local) {
        resources.list_mut().retain(|resource| !is_local(resource));
    }
}

const MANAGED_BY: &str = "app.kubernetes.io/managed-by";

/// The version of Kustomize whose builds these are.
const MANAGER: &str = "kustomize-v5.6.0";

fn set_managed_by(root: &mut Node) {
    let Some(map) = root.as_map_mut() else { return };
    let metadata = child(map, "metadata");
    let labels = metadata.map(|metadata| child(metadata, "labels"));
    if let Some(Some(labels)) = labels {
        labels.insert(Text::literal(MANAGED_BY), Node::from(Text::literal(MANAGER)));
    }
}

/// Returns the mapping below a key; an empty one is made where there is nothing.
fn child<'m>(map: &'m mut Map, key: &'static str) -> Option<&'m mut Map> {
    if map.get(key).is_none_or(Node::is_null) {
        map.insert(Text::literal(key), Node::from(Map::new()));
    }
    map.get_mut(key)?.as_map_mut()
}

/// Annotations that Kustomize and its functions use among themselves; others of the same domain are printed.
///
/// Source: `BuildAnnotations` in `api/resource/resource.go` of Kustomize.
const INTERNAL: [&str; 21] = [
    "config.kubernetes.io/path",
    "config.kubernetes.io/index",
    "config.k8s.io/id",
    ORIGIN,
    TRANSFORMATIONS,
    "internal.config.kubernetes.io/path",
    "internal.config.kubernetes.io/index",
    "internal.config.kubernetes.io/id",
    "internal.config.kubernetes.io/seqindent",
    "internal.config.kubernetes.io/annotations-migration-resource-id",
    "internal.config.kubernetes.io/previousKinds",
    "internal.config.kubernetes.io/previousNames",
    "internal.config.kubernetes.io/previousNamespaces",
    "internal.config.kubernetes.io/prefixes",
    "internal.config.kubernetes.io/suffixes",
    "internal.config.kubernetes.io/allowNameChange",
    "internal.config.kubernetes.io/allowKindChange",
    "internal.config.kubernetes.io/refBy",
    "internal.config.kubernetes.io/generatorBehavior",
    "internal.config.kubernetes.io/needsHashSuffix",
    "internal.config.kubernetes.io/helm-generated",
];

/// Makes text of every annotation, takes away those that are not meant for the reader, and leaves no empty mapping.
fn settle_annotations(
    root: &mut Node,
    sources: &Sources,
    added: [(&'static str, Option<String>); 2],
) {
    let Some(map) = root.as_map_mut() else { return };
    let Some(Value::Map(metadata)) = map.get_mut("metadata").map(|it| &mut it.value) else {
        return;
    };
    let some_added = added.iter().any(|(_, text)| text.is_some());
    let Some(annotations) = metadata.get_mut("annotations") else {
        if some_added {
            metadata.insert(Text::literal("annotations"), Node::from(Map::new()));
            return settle_annotations(root, sources, added);
        }
        return;
    };
    if !matches!(annotations.value, Value::Map(_)) {
        annotations.value = Value::Map(Map::new());
    }
    let Value::Map(map) = &mut annotations.value else { return };
    map.entries_mut().retain(|entry| !INTERNAL.contains(&&*entry.key));
    for entry in map.entries_mut() {
        if !matches!(entry.node.value, Value::String(_)) {
            let text = written_text(&entry.node, sources);
            become_text(&mut entry.node, text);
        }
    }
    for (key, text) in added {
        if let Some(text) = text {
            map.insert(Text::literal(key), Node::from(text));
        }
    }
    if map.is_empty() {
        metadata.remove("annotations");
    }
}
