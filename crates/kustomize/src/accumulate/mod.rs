//! Gathering the objects of a kustomization: its own, those of its bases and components, and what its generators make.
//!
//! Fields that few kustomizations have are looked at by functions that stay functions (`inline(never)`), as in
//! [`transform`](crate::transform).

mod directory;
mod patches;
mod resources;
mod transformers;

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tidegate_object::{Node, Text, Value};
use tidegate_source::{Diagnostic, Label, Mark, Severity, Sources, Span};

use crate::back_references::Plans;
use crate::build::Options;
use crate::config::Config;
use crate::crds;
use crate::decode::Written;
use crate::files::Files;
use crate::generate::generate;
use crate::kustomization::{GeneratorArgs, GeneratorKind, GeneratorOptions, Kustomization};
use crate::lint::Watch;
use crate::loader::{Loader, Root, configuration_file, json_or_yaml};
use crate::origins::Roles;
use crate::plugin;
use crate::provenance::{Origin, Provenance};
use crate::resource::{Behavior, Resource, Styles};
use crate::resources::Resources;
use crate::schema::{Beside, Schema};
use crate::tabs;
use crate::text::{become_text, texts_only, unfolded};
use crate::vars::{self, Vars};

/// Mistakes were found and reported.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Failed;

/// What was gathered so far.
#[derive(Clone, Debug)]
pub(crate) struct Accumulator {
    pub(crate) resources: Resources,
    pub(crate) config: Config,
    pub(crate) vars: Vars,
}

impl Accumulator {
    pub(crate) fn new() -> Self {
        Self { resources: Resources::new(), config: Config::empty(), vars: Vars::new() }
    }
}

/// A kustomization that is being built, and how it was reached.
#[derive(Clone, Debug)]
struct Frame {
    root: Root,
    /// Where it was named; no place for the one that was asked for.
    named: Mark,
}

/// One build, or several that share what they load.
pub(crate) struct Engine<'f> {
    pub(crate) loader: Loader<'f>,
    pub(crate) options: Options,
    pub(crate) schema: Schema,
    schema_is_set: bool,
    /// What would stand beside a schema that is given from here on.
    beside: Beside,
    /// A transformer ran behind which two objects may have one identity.
    pub(crate) may_clash: bool,
    /// Where texts of generated objects stand that can't be printed.
    pub(crate) tabs: Vec<Mark>,
    pub(crate) mistakes: Vec<Diagnostic>,
    pub(crate) warnings: Vec<Diagnostic>,
    frames: Vec<Frame>,
    /// What the texts were read for.
    pub(crate) roles: Arc<Mutex<Roles>>,
    /// Folder in the words of an origin annotation; `None` where origins are not printed.
    origin: Option<String>,
    kustomizations: HashMap<Rc<str>, Rc<Kustomization>>,
    bases: HashMap<BaseKey, (Rc<Accumulator>, Beside)>,
    share: bool,
    /// Where names of other objects are looked for.
    pub(crate) plans: Plans,
    /// Looks at every transformer before it runs.
    pub(crate) watch: Option<Watch>,
}

/// What a base depends on: its folder, that in an origin annotation, and what would stand beside a schema before it.
/// What would afterwards is kept with the base.
type BaseKey = (Rc<str>, Option<String>, Beside);

impl<'f> Engine<'f> {
    pub(crate) fn new(files: &'f dyn Files, options: Options, share: bool) -> Self {
        Self {
            loader: Loader::new(files, options.load_restriction, share),
            options,
            schema: Schema::builtin(),
            schema_is_set: false,
            beside: Beside::Nothing,
            may_clash: false,
            tabs: Vec::new(),
            mistakes: Vec::new(),
            warnings: Vec::new(),
            frames: Vec::new(),
            roles: Arc::default(),
            origin: None,
            kustomizations: HashMap::new(),
            bases: HashMap::new(),
            share,
            plans: Plans::default(),
            watch: None,
        }
    }

    /// Reports mistakes and warnings, each with the way that led here.
    pub(crate) fn report(&mut self, found: impl IntoIterator<Item = Diagnostic>) {
        for mut diagnostic in found {
            let here = diagnostic.labels.first().map(|label| label.mark);
            for label in &mut diagnostic.labels {
                label.mark = first_line(label.mark, &self.loader.sources);
            }
            for frame in self.frames.iter().rev().filter(|frame| frame.named.is_some()) {
                if here == Some(frame.named) {
                    continue;
                }
                if let Some(place) = self.loader.sources.place(frame.named) {
                    diagnostic = diagnostic.note(format!("reached from {place}"));
                }
            }
            if diagnostic.severity == Severity::Error {
                self.mistakes.push(diagnostic);
            } else {
                self.warnings.push(diagnostic);
            }
        }
    }

    /// Reports what went wrong, if anything did.
    fn settle<T>(&mut self, outcome: Result<T, Vec<Diagnostic>>) -> Result<T, Failed> {
        outcome.map_err(|found| {
            self.report(found);
            Failed
        })
    }

    /// Reports what went wrong in a file that a kustomization names.
    fn settle_in<T>(
        &mut self,
        written: &Written,
        outcome: Result<T, Vec<Diagnostic>>,
    ) -> Result<T, Failed> {
        outcome.map_err(|found| {
            let place = self.loader.sources.place(written.mark);
            self.report(found.into_iter().map(|it| match &place {
                Some(place) => it.note(format!("reached from {place}")),
                None => it,
            }));
            Failed
        })
    }

    /// Builds the kustomization of a folder, without what is done once at the end.
    pub(crate) fn top(&mut self, root: &Root) -> Result<(Accumulator, Rc<Kustomization>), Failed> {
        self.frames = vec![Frame { root: root.clone(), named: Mark::NONE }];
        self.schema = Schema::builtin();
        self.schema_is_set = false;
        self.beside = Beside::Nothing;
        self.loader.expect_nothing();
        let kustomization = self.load(root)?;
        self.origin = (!kustomization.build_metadata.is_empty()).then(String::new);
        self.set_schema(root, &kustomization)?;
        let accumulator = self.accumulate(root, &kustomization, Accumulator::new())?;
        Ok((accumulator, kustomization))
    }

    /// Adds everything that a kustomization says to what was gathered before it (for a component) or to nothing.
    ///
    /// As much as possible is looked at before it gives up: all that can be loaded is, and if that went well, every
    /// transformer runs.
    fn accumulate(
        &mut self,
        root: &Root,
        kustomization: &Kustomization,
        accumulator: Accumulator,
    ) -> Result<Accumulator, Failed> {
        let n_mistakes = self.mistakes.len();
        let mut accumulator = accumulator;
        self.expect_files(root, kustomization);
        let failed = self.resources(root, &kustomization.resources, &mut accumulator).is_err();
        let configured = self.configure(root, kustomization, &mut accumulator);
        let generated = self.generate(root, kustomization, &mut accumulator);
        if failed || configured.is_err() || generated.is_err() {
            // Components and transformers build on what could not be had; what they name is looked at all the same.
            drop(self.transformers(root, kustomization, &accumulator.config));
            return Err(Failed);
        }
        self.components(root, &kustomization.components, &mut accumulator)?;
        let transformers = self.transformers(root, kustomization, &accumulator.config)?;
        self.transform(transformers, &mut accumulator.resources);
        if self.mistakes.len() > n_mistakes {
            return Err(Failed);
        }
        self.validate(root, kustomization, &mut accumulator)?;
        let collected =
            vars::collect(&mut accumulator.vars, &kustomization.vars, &mut accumulator.resources);
        self.settle(collected)?;
        Ok(accumulator)
    }

    /// Notes the files that are asked for once the resources are there.
    fn expect_files(&mut self, root: &Root, kustomization: &Kustomization) {
        for patch in kustomization.patches.iter().filter(|it| !it.path.is_empty()) {
            self.loader.expect(root, &patch.path, true);
        }
        let generators =
            kustomization.config_map_generator.iter().chain(&kustomization.secret_generator);
        for source in generators.flat_map(GeneratorArgs::files_named) {
            self.loader.expect(root, &source, false);
        }
    }

    /// Reads `configurations` and `crds`.
    #[inline(never)]
    fn configure(
        &mut self,
        root: &Root,
        kustomization: &Kustomization,
        accumulator: &mut Accumulator,
    ) -> Result<(), Failed> {
        let mut failed = Ok(());
        let mut config = Config::default();
        let mut added = Config::empty();
        for path in &kustomization.configurations {
            let outcome = self.document(root, path).and_then(|node| {
                let read = Config::decode(&node)?;
                added.merge(&read).map_err(|it| vec![it.explain(Label::new(path.mark, ""))])
            });
            failed = failed.and(self.settle(outcome));
        }
        let first = kustomization.configurations.first();
        let mark = first.map_or(kustomization.mark, |path| path.mark);
        let explain =
            |conflict: crate::config::Conflict| vec![conflict.explain(Label::new(mark, ""))];
        let merged = config.merge(&added).and_then(|()| accumulator.config.merge(&config));
        failed = failed.and(self.settle(merged.map_err(explain)));
        for path in &kustomization.crds {
            let label = Label::new(path.mark, "");
            let outcome = self.definitions(root, path).and_then(|node| {
                let read = crds::config(&node, &label).map_err(|it| vec![*it])?;
                accumulator.config.merge(&read).map_err(|it| vec![it.explain(label)])
            });
            failed = failed.and(self.settle(outcome));
        }
        failed
    }

    /// Reads the first document of a file that a kustomization names as configuration.
    fn document(&mut self, root: &Root, path: &Written) -> Result<Node, Vec<Diagnostic>> {
        let loaded = self.loader.text(root, path).map_err(|it| vec![it])?;
        Ok(configuration_file(&loaded)?.unwrap_or_default())
    }

    /// Reads a file of definitions: JSON where it begins with `{`, else YAML, and not empty.
    fn definitions(&mut self, root: &Root, path: &Written) -> Result<Node, Vec<Diagnostic>> {
        let loaded = self.loader.text(root, path).map_err(|it| vec![it])?;
        if loaded.text.is_empty() {
            let mistake = Diagnostic::error("invalid-schema", "the file is empty");
            return Err(vec![mistake.at(Label::new(path.mark, "named here"))]);
        }
        Ok(json_or_yaml(&loaded)?.unwrap_or_default())
    }

    #[inline(never)]
    fn generate(
        &mut self,
        root: &Root,
        kustomization: &Kustomization,
        accumulator: &mut Accumulator,
    ) -> Result<(), Failed> {
        let mut failed = Ok(());
        let own = [
            (GeneratorKind::ConfigMap, "ConfigMapGenerator", &kustomization.config_map_generator),
            (GeneratorKind::Secret, "SecretGenerator", &kustomization.secret_generator),
        ];
        for (kind, name, list) in own {
            for args in list {
                let all = kustomization.generator_options.as_ref();
                let mut args = args.clone();
                args.options = GeneratorOptions::over(args.options.as_ref(), all);
                let made = generate(&mut self.loader, root, &args, kind);
                self.note_data(&made, name);
                let origin = self
                    .origin
                    .as_ref()
                    .map(|folder| Origin::field(folder, kustomization.file_name, name));
                failed = failed.and(self.add_generated(made, origin, &mut accumulator.resources));
            }
        }
        for mark in &kustomization.helm_charts {
            self.report([plugin::helm_is_off(Label::new(*mark, "asked for here"))]);
            failed = Err(Failed);
        }
        let configs = self.plugin_configs(root, kustomization, &kustomization.generators)?;
        for config in configs.iter() {
            let origin = config.origin.as_ref().map(|it| of_plugin(config, it));
            let made = plugin::generator(self, root, config);
            failed = failed.and(self.add_generated(made, origin, &mut accumulator.resources));
        }
        failed
    }

    #[inline(never)]
    fn validate(
        &mut self,
        root: &Root,
        kustomization: &Kustomization,
        accumulator: &mut Accumulator,
    ) -> Result<(), Failed> {
        let configs = self.plugin_configs(root, kustomization, &kustomization.validators)?;
        for config in configs.iter() {
            let made = plugin::transformers(self, root, config);
            for transformer in self.settle(made)? {
                let before = accumulator.resources.clone();
                let context = self.context();
                let outcome = transformer.apply(&mut accumulator.resources, &context);
                self.settle(outcome)?;
                let same = before.len() == accumulator.resources.len()
                    && before
                        .iter()
                        .zip(accumulator.resources.iter())
                        .all(|(a, b)| same_but_label(a, b));
                if !same {
                    let mistake = Diagnostic::error(
                        "validator-changes",
                        format!("the validator `{}` changes objects", config.name()),
                    )
                    .at(Label::new(config.mark, ""))
                    .help("name it under `transformers`");
                    self.report([mistake]);
                    return Err(Failed);
                }
            }
        }
        Ok(())
    }

    /// Adds what a generator made.
    fn add_generated(
        &mut self,
        made: Result<Resource, Vec<Diagnostic>>,
        origin: Option<Origin>,
        resources: &mut Resources,
    ) -> Result<(), Failed> {
        let outcome = made.and_then(|resource| {
            self.tabs.extend(tabs::unreadable(&resource));
            absorb(resources, with_origin(resource, origin), &self.loader.sources)
        });
        self.settle(outcome)
    }

    /// Notes what the files were read for that a generated object holds.
    fn note_data(&mut self, made: &Result<Resource, Vec<Diagnostic>>, name: &str) {
        let Ok(resource) = made else { return };
        for field in ["data", "binaryData"] {
            let data = resource.root().get(field).and_then(Node::as_map);
            for (_, node) in data.into_iter().flat_map(tidegate_object::Map::iter) {
                if node.mark.is_some() && node.mark.source != resource.mark.source {
                    self.roles().file(node.mark.source, name);
                }
            }
        }
    }

    pub(crate) fn roles(&self) -> MutexGuard<'_, Roles> {
        self.roles.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn context(&self) -> crate::transform::Context<'_> {
        crate::transform::Context { sources: &self.loader.sources, schema: &self.schema }
    }

    /// Returns the origin of what a field of a kustomization changes.
    fn field_origin(&self, kustomization: &Kustomization, kind: &str) -> Option<Origin> {
        self.origin.as_ref().map(|folder| Origin::field(folder, kustomization.file_name, kind))
    }
}

/// Returns the part of a mark that is on its first line: where to look, also when a whole object is meant.
fn first_line(mark: Mark, sources: &Sources) -> Mark {
    let lines = sources.snippet(mark).and_then(|it| it.split_once('\n'));
    let Some((first, _)) = lines else { return mark };
    let start = mark.span.start as usize;
    Mark::new(mark.source, Span::from_range(start..start + first.trim_end().len()))
}

/// The label that says who validated an object: the one thing that a validator may set.
const VALIDATED_BY: &str = "validated-by";

fn same_but_label(before: &Resource, after: &Resource) -> bool {
    let mut after = after.root().clone();
    if let Some(labels) = after.at_mut(&["metadata", "labels"]).and_then(Node::as_map_mut)
        && labels.remove(VALIDATED_BY).is_some()
        && labels.is_empty()
        && let Some(metadata) = after.at_mut(&["metadata"]).and_then(Node::as_map_mut)
    {
        metadata.remove("labels");
    }
    *before.root() == after
}

/// Returns the origin of what a plugin makes or changes.
fn of_plugin(config: &Resource, provenance: &Provenance) -> Origin {
    Origin {
        configured_in: provenance.origin.path.clone(),
        configured_by: crate::provenance::Reference {
            api_version: config.api_version().to_owned(),
            kind: config.kind().to_owned(),
            name: config.name().to_owned(),
            namespace: config.namespace().to_owned(),
        },
        ..Origin::default()
    }
}

fn with_origin(mut resource: Resource, origin: Option<Origin>) -> Resource {
    if let Some(origin) = origin
        && resource.origin.is_none()
    {
        let transformations = Vec::new();
        resource.origin = Some(Box::new(Provenance { origin, transformations }));
    }
    resource
}

/// Adds a generated object: new, or in the place of one that has or had its identity, or merged with that.
#[inline(never)]
fn absorb(
    resources: &mut Resources,
    mut new: Resource,
    sources: &Sources,
) -> Result<(), Vec<Diagnostic>> {
    let places = resources.with_any_id(&new.id());
    let behavior = new.behavior.unwrap_or_default();
    let replaces = matches!(behavior, Behavior::Merge | Behavior::Replace);
    match places.as_slice() {
        [] if replaces => {
            let word = if behavior == Behavior::Merge { "merge" } else { "replace" };
            let message = format!("there is no {} to {word}", new.id());
            let mistake = Diagnostic::error("no-match", message)
                .at(Label::new(new.place(), "made here"))
                .help("write `behavior: create`, or name an object that a base has");
            Err(vec![mistake])
        }
        [] => {
            resources.push(new);
            Ok(())
        }
        [at] if replaces => {
            let old = resources.get(*at).clone();
            let origin = old.origin.clone();
            take_over(&mut new, &old, sources);
            if behavior == Behavior::Merge {
                merge_data(&mut new, &old, "data", sources);
                merge_data(&mut new, &old, "binaryData", sources);
                new.origin = origin.or(new.origin);
            } else if let (Some(provenance), Some(old)) = (&mut new.origin, origin) {
                // What changed the old one is among the annotations that are kept.
                provenance.transformations = old.transformations;
            }
            resources.list_mut()[*at] = new;
            Ok(())
        }
        [at] => {
            let old = resources.get(*at);
            let message = format!("there is a {} already", old.id());
            let mistake = Diagnostic::error("duplicate-id", message)
                .at(Label::new(new.place(), "made here"))
                .at(Label::new(old.place(), "already here"))
                .help("write `behavior: merge` or `behavior: replace`, or give it another name");
            Err(vec![mistake])
        }
        several => {
            let message = format!("{} objects are or were {}", several.len(), new.id());
            let mut mistake = Diagnostic::error("ambiguous-merge", message)
                .at(Label::new(new.place(), "made here"));
            for at in several.iter().take(2) {
                mistake = mistake.at(Label::new(resources.get(*at).place(), "may be meant"));
            }
            Err(vec![mistake])
        }
    }
}

/// Lays the metadata of a generated object over that of the one whose place it takes.
fn take_over(new: &mut Resource, old: &Resource, sources: &Sources) {
    for field in ["labels", "annotations"] {
        let below = old.root().at(&["metadata", field]).and_then(Node::as_map);
        let Some(below) = below else { continue };
        let Some(metadata) = new.root_mut().at_mut(&["metadata"]).and_then(Node::as_map_mut) else {
            continue;
        };
        let mut merged = below.clone();
        let above = metadata.get(field).and_then(Node::as_map);
        for entry in above.into_iter().flat_map(tidegate_object::Map::entries) {
            merged.insert(entry.key.clone(), entry.node.clone());
        }
        texts_only(&mut merged, sources);
        metadata.insert(Text::literal(field), Node::from(merged));
    }
    let names =
        ["name", "namespace"].map(|field| (field, old.root().at(&["metadata", field]).cloned()));
    if let Some(metadata) = new.root_mut().at_mut(&["metadata"]).and_then(Node::as_map_mut) {
        for (field, node) in names {
            match node {
                Some(node) => drop(metadata.insert(Text::literal(field), node)),
                None => drop(metadata.remove(field)),
            }
        }
    }
    new.inherit(old);
}

/// Lays the data of a generated object over those of the one that it is merged with.
fn merge_data(new: &mut Resource, old: &Resource, field: &'static str, sources: &Sources) {
    let Some(below) = old.root().get(field).and_then(Node::as_map) else { return };
    let mut merged = below.clone();
    let Some(root) = new.root_mut().as_map_mut() else { return };
    let above = root.get(field).and_then(Node::as_map);
    for entry in above.into_iter().flat_map(tidegate_object::Map::entries) {
        merged.insert(entry.key.clone(), entry.node.clone());
    }
    for entry in merged.entries_mut() {
        if entry.node.is_null() {
            // Unlike in labels, whatever is written for nothing is an empty text.
            become_text(&mut entry.node, Text::literal(""));
        }
        if old.styles == Styles::AsWritten
            && let Value::String(text) = &entry.node.value
            && let Some(read) = unfolded(text, &entry.node, sources)
        {
            entry.node.value = Value::String(read);
        }
    }
    texts_only(&mut merged, sources);
    if merged.is_empty() {
        root.remove(field);
    } else {
        root.insert(Text::literal(field), Node::from(merged));
    }
}
