//! `replacements`: the value of one field, written to others.

mod decode;
mod explain;
mod inside;
mod restyle;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use tidegate_object::{Map, Node, Reading, Text, Value, from_yaml};
use tidegate_source::{Diagnostic, Label, Mark, SourceId, Sources};
use tidegate_yaml::{Kind, Stream, Style};

pub(crate) use self::decode::{ReplacementEntry, read_entries, read_file};
pub(crate) use self::inside::structured;
use crate::decode::Written;
use crate::fieldpath::{self, FieldPath, Found, Make};
use crate::identity::{Gvk, Id};
use crate::kustomization::Selector;
use crate::provenance::Provenance;
use crate::resource::{Marks, Resource, is_mark};
use crate::resources::Resources;
use crate::selector::Matcher;
use crate::text::written_text;
use crate::transform::{Context, in_object};

/// The field that is meant where none is named.
const DEFAULT_PATH: &str = "metadata.name";

/// One replacement.
#[derive(Clone, Debug, Default)]
pub(crate) struct Replacement {
    pub(crate) mark: Mark,
    pub(crate) source: Option<Source>,
    /// A value that is given as it stands.
    pub(crate) value: Option<Written>,
    /// `None` where no targets are written.
    pub(crate) targets: Option<Vec<Target>>,
}

/// Where the value comes from.
#[derive(Clone, Debug, Default)]
pub(crate) struct Source {
    pub(crate) mark: Mark,
    /// Exact parts of an identity; an empty one matches any.
    pub(crate) selector: Selector,
    pub(crate) path: Written,
    pub(crate) options: FieldOptions,
}

/// Where the value goes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Target {
    pub(crate) mark: Mark,
    pub(crate) select: Option<Selector>,
    pub(crate) reject: Vec<Selector>,
    pub(crate) paths: Vec<Written>,
    pub(crate) options: FieldOptions,
}

/// How a field is read or written.
#[derive(Clone, Debug, Default)]
pub(crate) struct FieldOptions {
    pub(crate) delimiter: Text,
    pub(crate) index: i64,
    pub(crate) create: bool,
}

/// Carries out replacements, each on what the one before left.
#[inline(never)]
pub(crate) fn apply_all(
    resources: &mut Resources,
    replacements: &[Replacement],
    context: &Context<'_>,
) -> Result<(), Vec<Diagnostic>> {
    for replacement in replacements {
        let marks = replacement.meets_marks().then(|| lay_out_marks(resources));
        let applied = replacement.apply(resources, context.sources);
        applied
            .and_then(|()| marks.map_or(Ok(()), |marks| take_up_marks(resources, &marks)))
            .map_err(|it| vec![it])?;
    }
    if replacements.iter().any(Replacement::may_rename) {
        for resource in resources.list_mut() {
            resource.refresh_scope(context.schema);
        }
    }
    Ok(())
}

/// Writes what is remembered about each object where a replacement may read and write it.
fn lay_out_marks(resources: &mut Resources) -> Vec<Marks> {
    resources.contents_mut().iter_mut().map(Resource::lay_out_marks).collect()
}

fn take_up_marks(resources: &mut Resources, marks: &[Marks]) -> Result<(), Diagnostic> {
    let origins = resources.iter().filter_map(|it| it.origin.as_deref().cloned());
    let origins: Vec<Provenance> = origins.collect();
    resources.list_mut().iter_mut().zip(marks).try_for_each(|(resource, marks)| {
        let taken = resource.take_up_marks(marks, &origins);
        taken.map_err(|mistake| in_object(mistake, resource))
    })
}

impl Replacement {
    fn apply(&self, resources: &mut Resources, sources: &Sources) -> Result<(), Diagnostic> {
        let targets = match &self.targets {
            Some(targets) if self.source.is_some() || self.value.is_some() => targets,
            _ => {
                let message = "a replacement needs a source and at least one target";
                return Err(self
                    .mistake(message)
                    .help("write `source` or `sourceValue`, and `targets`"));
            }
        };
        let mut value = match (&self.source, &self.value) {
            (Some(_), Some(value)) => {
                let message = "`source` and `sourceValue` exclude each other";
                return Err(self.mistake(message).at(Label::new(value.mark, "the value")));
            }
            (Some(source), None) => source.value(resources, sources)?,
            (None, value) => value.as_ref().map_or_else(New::default, |it| New {
                node: Node::from(it),
                text: it.text.clone(),
                whole: None,
            }),
        };
        targets.iter().try_for_each(|target| target.write(resources, &mut value, sources))
    }

    /// Returns whether a target is part of an identity.
    pub(crate) fn may_rename(&self) -> bool {
        let touched = |target: &Target| {
            target.paths.is_empty() || target.paths.iter().any(|it| renames(&FieldPath::parse(it)))
        };
        self.targets.iter().flatten().any(touched)
    }

    /// Returns whether the source or a target is or holds annotations, among which Kustomize keeps what it remembers.
    fn meets_marks(&self) -> bool {
        let sources = self.source.iter().map(|it| &it.path);
        let targets = self.targets.iter().flatten().flat_map(|it| &it.paths);
        let mut paths = sources.chain(targets).filter(|it| it.contains("metadata"));
        paths.any(|it| meets_marks(&FieldPath::parse(it)))
    }

    fn mistake(&self, message: &'static str) -> Diagnostic {
        Diagnostic::error("replacement", message).at(Label::new(self.mark, ""))
    }
}

/// A value on its way.
#[derive(Clone, Debug, Default)]
struct New {
    node: Node,
    /// A plain value as it was written; `""` for anything else.
    text: Text,
    /// Where it stands, if it is the whole of a field: what is written there is then the value for what comes after.
    whole: Option<(usize, FieldPath)>,
}

impl New {
    /// Reads the value anew behind a change of an object.
    fn follow(&mut self, resources: &Resources, changed: usize, sources: &Sources) {
        let Some((at, path)) = self.whole.as_ref().filter(|(at, _)| *at == changed) else { return };
        if let Ok(Some(node)) = fieldpath::lookup(resources.get(*at).root(), path.steps())
            && *node != self.node
        {
            self.text = written_text(node, sources);
            self.node = node.clone();
        }
    }
}

impl Source {
    fn value(&self, resources: &Resources, sources: &Sources) -> Result<New, Diagnostic> {
        let at = self.select(resources)?;
        let resource = resources.get(at);
        let path = if self.path.is_empty() { DEFAULT_PATH } else { &*self.path };
        let steps = FieldPath::parse(path);
        let found = fieldpath::lookup(resource.root(), steps.steps())
            .map_err(|it| self.mistake_at_path(it, resource))?;
        let is_empty = |node: &Node| match &node.value {
            Value::Null => true,
            Value::List(items) => items.is_empty(),
            Value::Map(fields) => fields.is_empty(),
            _ => false,
        };
        let Some(node) = found.filter(|it| !is_empty(it)) else {
            let message = format!("the field `{path}` of the source is missing or empty");
            let mistake = Diagnostic::error("replacement", message);
            return Err(self.mistake_at_path(mistake, resource));
        };
        let text = written_text(node, sources);
        if self.options.delimiter.is_empty() {
            return Ok(New { node: node.clone(), text, whole: Some((at, steps)) });
        }
        if matches!(node.value, Value::List(_) | Value::Map(_)) {
            let mistake = only_plain(node);
            return Err(self.mistake_at_path(mistake, resource));
        }
        let mut parts = text.split(&*self.options.delimiter);
        let nth = usize::try_from(self.options.index).ok();
        let Some(part) = nth.and_then(|it| parts.nth(it)) else {
            let message = format!(
                "the index {} is out of bounds: `{}` has {} parts",
                self.options.index,
                &*text,
                text.split(&*self.options.delimiter).count(),
            );
            return Err(self.mistake_at_path(Diagnostic::error("replacement", message), resource));
        };
        let part = Text::from(part);
        let node = Node::new(Value::String(part.clone()), node.mark);
        Ok(New { node, text: part, whole: None })
    }

    /// Finds the one object that has, or had, this identity.
    fn select(&self, resources: &Resources) -> Result<usize, Diagnostic> {
        let selector = &self.selector;
        let wanted = Id {
            gvk: Gvk { group: &selector.group, version: &selector.version, kind: &selector.kind },
            name: &selector.name,
            namespace: &selector.namespace,
            cluster_scoped: false,
        };
        let is_selected = |resource: &Resource| {
            resource.ids().any(|id| Id { cluster_scoped: false, ..id }.is_selected_by(&wanted))
        };
        let places = if wanted.name.is_empty() {
            (0..resources.len()).filter(|at| is_selected(resources.get(*at))).take(2).collect()
        } else {
            resources.named(wanted.name, is_selected)
        };
        match places.as_slice() {
            [at] => Ok(*at),
            [] => Err(self.nothing_selected(resources, &wanted)),
            [first, second, ..] => Err(Diagnostic::error(
                "replacement",
                format!("more than one object is selected by {wanted}"),
            )
            .at(Label::new(self.place(), "this source"))
            .at(Label::new(resources.get(*first).place(), "selected"))
            .at(Label::new(resources.get(*second).place(), "selected"))
            .help("say more of the object: `kind`, `name` and `namespace`")),
        }
    }

    fn mistake_at_path(&self, mut mistake: Diagnostic, resource: &Resource) -> Diagnostic {
        let mark = if self.path.mark.is_some() {
            let stop = fieldpath::stop(resource.root(), &self.path);
            stop.map_or(self.path.mark, |it| self.path.part(it.step))
        } else {
            self.place()
        };
        mistake.labels.insert(0, Label::new(mark, "this source"));
        in_object(mistake, resource)
    }

    /// Returns where the object is named.
    fn place(&self) -> Mark {
        let places = [self.selector.name.mark, self.selector.kind.mark];
        places.into_iter().find(|mark| mark.is_some()).unwrap_or(self.mark)
    }
}

/// Makes a mapping of annotations that are `null`: unlike other fields, Kustomize adds to them, as it keeps its own there.
fn fill_annotations(resource: &mut Resource) {
    if let Some(node) = resource.root_mut().at_mut(&["metadata", "annotations"])
        && node.is_null()
    {
        node.value = Value::Map(Map::new());
    }
}

impl Target {
    fn write(
        &self,
        resources: &mut Resources,
        value: &mut New,
        sources: &Sources,
    ) -> Result<(), Diagnostic> {
        let Some(select) = &self.select else {
            return Err(Diagnostic::error("replacement", "a target needs `select`")
                .at(Label::new(self.mark, "")));
        };
        let select = Matcher::new(select)?;
        let reject: Vec<(Matcher, &Selector)> = self
            .reject
            .iter()
            .map(|it| Matcher::new(it).map(|matcher| (matcher, it)))
            .collect::<Result<_, _>>()?;
        let default = [Written { text: Text::literal(DEFAULT_PATH), mark: self.mark }];
        let paths = if self.paths.is_empty() { &default[..] } else { &self.paths };
        let paths: Vec<(&Written, FieldPath)> =
            paths.iter().map(|it| (it, FieldPath::parse(it))).collect();
        for at in select.candidates(resources) {
            if !is_target(resources.get(at), &select, &reject)? {
                continue;
            }
            for (written, path) in &paths {
                if self.options.create && written.starts_with("metadata.annotations.") {
                    fill_annotations(resources.content_mut(at));
                }
                let result = self.write_to(resources, at, value, path, sources);
                resources.content_mut(at).settle_shared();
                value.follow(resources, at, sources);
                result.map_err(|mut it| {
                    let resource = resources.get(at);
                    let stop = fieldpath::stop(resource.root(), written);
                    let mark = match &stop {
                        Some(stop) => written.part(stop.step.clone()),
                        None => written.mark,
                    };
                    if let Some(stop) = stop.filter(|_| it.labels.is_empty()) {
                        it = explain::missing_here(it, written, &stop);
                    }
                    it.labels.insert(0, Label::new(mark, "in this field path"));
                    in_object(it, resource)
                })?;
            }
        }
        Ok(())
    }

    fn write_to(
        &self,
        resources: &mut Resources,
        at: usize,
        value: &New,
        path: &FieldPath,
        sources: &Sources,
    ) -> Result<(), Diagnostic> {
        let resource = if renames(path) {
            resources.list_mut().get_mut(at).expect("a place of the list")
        } else {
            resources.content_mut(at)
        };
        let make = match &value.node.value {
            _ if !self.options.create => Make::Nothing,
            Value::Map(_) => Make::Map,
            Value::List(_) => Make::List,
            _ => Make::Scalar,
        };
        let mut set = |found: Found<'_>| set(found, value, &self.options, sources);
        if inside::write(resource.root_mut(), path.steps(), make, &mut set).is_some() {
            return Ok(());
        }
        let count = fieldpath::visit(resource.root_mut(), path.steps(), make, &mut set)?;
        if count == 0 {
            let or_create = if self.options.create { " or create" } else { "" };
            let message = format!("unable to find{or_create} the field in the target");
            let mut mistake = Diagnostic::error("replacement", message);
            if !self.options.create {
                mistake = mistake.help("with `options: {create: true}` the field is made");
            }
            return Err(mistake);
        }
        Ok(())
    }
}

fn is_target(
    resource: &Resource,
    select: &Matcher,
    reject: &[(Matcher, &Selector)],
) -> Result<bool, Diagnostic> {
    if !select.matches_labels(resource)? {
        return Ok(false);
    }
    for (matcher, written) in reject {
        let has_labels = !written.labels.is_empty() || !written.annotations.is_empty();
        if has_labels && matcher.matches_labels(resource)? {
            return Ok(false);
        }
    }
    let has_identity = |it: &Selector| {
        [&it.group, &it.version, &it.kind, &it.name, &it.namespace].iter().any(|it| !it.is_empty())
    };
    let is_rejected = reject.iter().any(|(matcher, written)| {
        has_identity(written) && resource.ids().any(|id| matcher.matches_id(&id))
    });
    Ok(!is_rejected && resource.ids().any(|id| select.matches_id(&id)))
}

/// Returns whether a path may lead to a part of the identity.
fn renames(path: &FieldPath) -> bool {
    use fieldpath::Step;
    match path.steps() {
        [Step::Field(first), rest @ ..] => match &**first {
            "kind" | "apiVersion" => true,
            "metadata" => match rest {
                [Step::Field(second), ..] => matches!(&**second, "name" | "namespace"),
                _ => true,
            },
            _ => false,
        },
        _ => true,
    }
}

/// Returns whether a path leads to annotations as a whole, or to one in which Kustomize remembers something.
fn meets_marks(path: &FieldPath) -> bool {
    use fieldpath::Step;
    let is = |step: &Step, name: &str| matches!(step, Step::Field(it) if it.trim() == name);
    match path.steps() {
        [metadata] => is(metadata, "metadata"),
        [metadata, annotations, rest @ ..] => {
            let named = |it: &Step| matches!(it, Step::Field(name) if is_mark(name.trim()));
            is(metadata, "metadata")
                && is(annotations, "annotations")
                && rest.first().is_none_or(named)
        }
        [] => false,
    }
}

/// Writes the value to a field.
fn set(
    found: Found<'_>,
    value: &New,
    options: &FieldOptions,
    sources: &Sources,
) -> Result<(), Diagnostic> {
    let Found { node, is_new } = found;
    let is_plain = !matches!(node.value, Value::List(_) | Value::Map(_));
    let mut text = value.text.clone();
    if !options.delimiter.is_empty() {
        if !is_plain {
            return Err(only_plain(node));
        }
        let present = if is_new { Text::literal("") } else { written_text(node, sources) };
        let mut parts: Vec<&str> = present.split(&*options.delimiter).collect();
        match usize::try_from(options.index) {
            Err(_) => parts.insert(0, &value.text),
            Ok(at) => match parts.get_mut(at) {
                Some(part) => *part = &value.text,
                None => parts.push(&value.text),
            },
        }
        text = Text::from(parts.join(&options.delimiter));
    }
    if !is_plain {
        *node = value.node.clone();
        return Ok(());
    }
    let mark = value.node.mark;
    if is_new {
        *node = Node { mark, ..natural(&text) };
        return Ok(());
    }
    let new = match (&node.value, natural(&text).value) {
        (Value::String(_), _) => Value::String(text),
        (Value::Number(_), new @ Value::Number(_))
        | (Value::Bool(_), new @ Value::Bool(_))
        | (Value::Null, new @ Value::Null) => new,
        (present, new) => {
            let (wanted, given) = (present.type_name(), new.type_name());
            let message =
                format!("the field holds a {wanted}, and the value `{}` is a {given}", &*text);
            return Err(Diagnostic::error("replacement", message)
                .at(Label::new(node.mark, format!("a {wanted}")))
                .help("put the field's value in quotes to make it a string"));
        }
    };
    *node = Node::new(new, mark);
    Ok(())
}

fn only_plain(node: &Node) -> Diagnostic {
    let kind = node.value.type_name();
    Diagnostic::error(
        "replacement",
        format!("a `delimiter` divides plain values only, not a {kind}"),
    )
    .at(Label::new(node.mark, format!("a {kind}")))
}

/// Reads a text as YAML would read it without quotes.
pub(crate) fn natural(text: &str) -> Node {
    if text.is_empty() {
        return Node::default();
    }
    let read = || {
        let stream = Stream::parse(text).ok()?;
        let root = stream.root()?;
        let whole = root.kind() == Kind::Scalar
            && root.style() == Style::Plain
            && root.span().range() == (0..text.len());
        let shared: Arc<Arc<str>> = Arc::new(Arc::from(text));
        whole.then(|| from_yaml(root, SourceId::NONE, &shared, Reading::Resource).ok()).flatten()
    };
    let node = read().unwrap_or_else(|| Node::from(text));
    Node { mark: Mark::NONE, ..node }
}
