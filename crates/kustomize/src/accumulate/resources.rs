use tidegate_object::{Node, Value};
use tidegate_source::{Diagnostic, Label};

use super::{Accumulator, Engine, Failed};
use crate::config::Config;
use crate::decode::Written;
use crate::files::FileError;
use crate::inline::Inline;
use crate::kustomization::Kustomization;
use crate::loader::{Content, ReadAhead, Root, is_url, not_fetched, not_utf8};
use crate::provenance::{Origin, Provenance};
use crate::resource::Resource;
use crate::resources::{Arriving, Resources};
use crate::schema::Beside;
use crate::text::text_of;

impl Engine<'_> {
    /// Adds the objects of files and of folders.
    pub(super) fn resources(
        &mut self,
        root: &Root,
        paths: &[Written],
        accumulator: &mut Accumulator,
    ) -> Result<(), Failed> {
        let keeps = self.loader.keeps();
        let make = |documents: Vec<Node>| {
            let kept = keeps.then(|| documents.clone());
            let objects = objects_of(documents).ok()?;
            Some((kept, objects.into_iter().map(Arriving::new).collect()))
        };
        let mut ahead = self.loader.read_ahead(root, paths, make).into_iter();
        // Most files hold one object, and a few are generated.
        accumulator.resources.reserve(paths.len() + paths.len() / 8);
        let mut outcome = Ok(());
        for written in paths {
            let added = match ahead.next().flatten() {
                Some(ReadAhead { loaded, made: Some((kept, objects)) }) => {
                    if let Some(documents) = kept {
                        self.loader.keep_documents(loaded.id, documents);
                    }
                    self.add_objects(objects, written, accumulator)
                }
                _ => self.resource(root, written, accumulator),
            };
            outcome = outcome.and(added);
        }
        outcome
    }

    /// Adds the components of a kustomization.
    #[inline(never)]
    pub(super) fn components(
        &mut self,
        root: &Root,
        paths: &[Written],
        accumulator: &mut Accumulator,
    ) -> Result<(), Failed> {
        for written in paths {
            if let Some(mistake) = remote(written) {
                self.report([mistake]);
                return Err(Failed);
            }
            self.base(root, written, true, accumulator)?;
            // What a component leaves is taken over as that of a base is: into nothing, one field spec after another.
            let mut config = Config::empty();
            let merged = config.merge(&accumulator.config);
            let label = Label::new(written.mark, "");
            self.settle(merged.map_err(|conflict| vec![conflict.explain(label)]))?;
            accumulator.config = config;
        }
        Ok(())
    }

    fn resource(
        &mut self,
        root: &Root,
        written: &Written,
        accumulator: &mut Accumulator,
    ) -> Result<(), Failed> {
        let read = if is_url(written) {
            Err(FileError::NotFound)
        } else {
            self.loader.read(root, written)
        };
        match read {
            Ok(Content::Text(loaded)) => {
                let read = self.loader.documents(&loaded);
                let documents = self.settle_in(written, read)?;
                let documents =
                    std::rc::Rc::try_unwrap(documents).unwrap_or_else(|it| (*it).clone());
                let objects = self.settle_in(written, objects_of(documents))?;
                let objects = objects.into_iter().map(Arriving::new).collect();
                self.add_objects(objects, written, accumulator)
            }
            Ok(Content::Binary(_)) => {
                self.report([not_utf8(written)]);
                Err(Failed)
            }
            Err(FileError::NotAFile) => self.base(root, written, false, accumulator),
            Err(error) => {
                if let Some(mistake) = remote(written) {
                    self.report([mistake]);
                    return Err(Failed);
                }
                match error {
                    // The words for a path that leads nowhere are those for a folder.
                    FileError::NotFound | FileError::NotAFolder => {
                        self.base(root, written, false, accumulator)
                    }
                    error => {
                        let mistake = self.loader.refusal(root, written, &error);
                        self.report([mistake]);
                        Err(Failed)
                    }
                }
            }
        }
    }

    /// Adds the objects of a file.
    fn add_objects(
        &mut self,
        mut objects: Vec<Arriving>,
        written: &Written,
        accumulator: &mut Accumulator,
    ) -> Result<(), Failed> {
        let origin = self.origin.as_ref().map(|folder| Origin::file(folder, written));
        self.receive(&mut objects, origin.as_ref());
        self.append(&mut accumulator.resources, objects, written)
    }

    /// Adds objects; one of an identity that is there already is a mistake.
    pub(super) fn append(
        &mut self,
        resources: &mut Resources,
        list: impl IntoIterator<Item = Arriving>,
        written: &Written,
    ) -> Result<(), Failed> {
        let mut mistakes = Vec::new();
        let mut again: Vec<Resource> = Vec::new();
        for arriving in list {
            let Err(refused) = resources.add(arriving) else { continue };
            let (resource, present) = *refused;
            if resources.get(present).mark == resource.mark {
                again.push(resource);
                continue;
            }
            let message = format!("two objects are {}", resource.id());
            let mistake = Diagnostic::error("duplicate-id", message)
                .at(Label::new(resource.place(), "this one"))
                .at(Label::new(resources.get(present).place(), "and this one"))
                .help("remove one of them, or give it another name or namespace");
            mistakes.push(mistake);
        }
        mistakes.extend(loaded_twice(&again, written));
        self.settle(if mistakes.is_empty() { Ok(()) } else { Err(mistakes) })
    }

    /// Notes of new objects what the schema says, and where they come from.
    fn receive(&mut self, objects: &mut [Arriving], origin: Option<&Origin>) {
        for Arriving { resource, .. } in objects {
            self.look_at(resource);
            if let Some(origin) = origin {
                let (origin, transformations) = (origin.clone(), Vec::new());
                resource.origin = Some(Box::new(Provenance { origin, transformations }));
            }
        }
    }

    /// Reads from the schema whether an object is in a namespace.
    fn look_at(&mut self, resource: &mut Resource) {
        if self.schema_is_set {
            resource.refresh_scope(&self.schema);
        } else if self.beside == Beside::Nothing && !resource.is_of_known_kind() {
            self.beside = Beside::BuiltinFirst;
        }
    }

    /// Returns the configurations of plugins: objects written in the list itself, and those of files and folders.
    #[inline(never)]
    pub(super) fn plugin_configs(
        &mut self,
        root: &Root,
        kustomization: &Kustomization,
        entries: &[Written],
    ) -> Result<Resources, Failed> {
        let mut configs = Accumulator::new();
        let mut paths = Vec::new();
        for entry in entries {
            let documents = Inline::new(entry).documents(&self.loader.sources);
            let inline = documents.and_then(objects_of);
            match inline {
                Ok(mut resources) => {
                    for resource in &mut resources {
                        let origin = self
                            .origin
                            .as_ref()
                            .map(|it| Origin::file(it, kustomization.file_name));
                        if let Some(origin) = origin {
                            let transformations = Vec::new();
                            let provenance = Provenance { origin, transformations };
                            resource.origin = Some(Box::new(provenance));
                        }
                    }
                    let arriving = resources.into_iter().map(Arriving::new);
                    self.append(&mut configs.resources, arriving, entry)?;
                }
                // What spans lines is no path: its own mistakes are what is of use.
                Err(mistakes) if entry.contains('\n') => {
                    self.report(mistakes);
                    return Err(Failed);
                }
                Err(_) => paths.push(entry.clone()),
            }
        }
        self.resources(root, &paths, &mut configs)?;
        Ok(configs.resources)
    }
}

/// Explains that what a kustomization names was loaded before: once, however many objects it holds.
#[inline(never)]
fn loaded_twice(again: &[Resource], written: &Written) -> Option<Diagnostic> {
    let (first, others) = again.split_first()?;
    let message = format!("two objects are {}: they are loaded twice", first.id());
    let mistake = Diagnostic::error("duplicate-id", message)
        .at(Label::new(written.mark, "a second time by this entry"))
        .at(Label::new(first.place(), "this object"));
    let mistake = match others.len() {
        0 => mistake,
        1 => mistake.note("the same holds for 1 more object"),
        n => mistake.note(format!("the same holds for {n} more objects")),
    };
    Some(mistake.help("remove the entry, or name what both need in one place"))
}

/// Explains why nothing is fetched, for what names a place on the network.
fn remote(written: &Written) -> Option<Diagnostic> {
    let lower = written.to_ascii_lowercase();
    let schemes =
        ["http://", "https://", "ssh://", "file://", "git::", "github.com/", "github.com:"];
    let user = written.split_once('@').is_some_and(|(user, rest)| {
        user.bytes().next().is_some_and(|it| it.is_ascii_alphabetic())
            && user.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
            && rest.contains([':', '/'])
    });
    if !user && !schemes.iter().any(|scheme| lower.starts_with(scheme)) {
        return None;
    }
    Some(not_fetched(written))
}

/// Makes objects of documents: what holds nothing is passed over, lists are taken apart.
pub(crate) fn objects_of(documents: Vec<Node>) -> Result<Vec<Resource>, Vec<Diagnostic>> {
    let mut mistakes = Vec::new();
    let mut nodes = Vec::with_capacity(documents.len());
    let alone = documents.len() == 1;
    for document in documents {
        if alone && is_wrapped(&document) {
            nodes.extend(into_items(document).unwrap_or_default());
        } else {
            nodes.push(document);
        }
    }
    let mut queue: std::collections::VecDeque<Node> = nodes.into();
    let mut resources = Vec::with_capacity(queue.len());
    while let Some(node) = queue.pop_front() {
        if is_empty(&node) {
            continue;
        }
        if let Some(mistake) = check(&node) {
            mistakes.push(mistake);
            continue;
        }
        let is_list = node.get("kind").is_some_and(|it| text_of(it).ends_with("List"));
        let Some(items) = node.get("items").filter(|_| is_list) else {
            match Resource::recalled(node) {
                Ok(resource) => resources.push(resource),
                Err(mistake) => mistakes.push(mistake),
            }
            continue;
        };
        if !matches!(items.value, Value::List(_) | Value::Null) {
            let message = format!("expected a list, found a {}", items.value.type_name());
            let mistake = Diagnostic::error("wrong-type", message)
                .at(Label::new(items.mark, ""))
                .note("in the field `items`");
            mistakes.push(mistake);
            continue;
        }
        queue.extend(into_items(node).unwrap_or_default());
    }
    if mistakes.is_empty() { Ok(resources) } else { Err(mistakes) }
}

/// Returns whether a document that is alone in its file is a list around the objects.
fn is_wrapped(node: &Node) -> bool {
    let kind = node.get("kind").map(text_of).unwrap_or_default();
    (kind == "List" || kind == "ResourceList")
        && (node.get("items").is_some() || node.get("functionConfig").is_some())
}

fn into_items(node: Node) -> Option<Vec<Node>> {
    let Value::Map(mut map) = node.value else { return None };
    match map.remove("items")?.value {
        Value::List(items) => Some(items),
        _ => None,
    }
}

fn is_empty(node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Map(map) => map.is_empty(),
        Value::List(items) => items.is_empty(),
        _ => false,
    }
}

/// An object has a kind and a name; a list needs no name.
fn check(node: &Node) -> Option<Diagnostic> {
    let Some(map) = node.as_map() else {
        let message = format!("a {} is not an object", node.value.type_name());
        let mistake = Diagnostic::error("not-an-object", message).at(Label::new(node.mark, ""));
        return Some(mistake.help("an object has `apiVersion`, `kind` and `metadata`"));
    };
    let place = map.entries().first().map_or(node.mark, |entry| entry.key_mark);
    let kind = map.get("kind").map(text_of).unwrap_or_default();
    if kind.is_empty() {
        let mistake = Diagnostic::error("missing-kind", "the object has no `kind`")
            .at(Label::new(place, "this object"));
        let help = match tidegate_source::nearest("kind", map.iter().map(|(key, _)| key)) {
            Some(similar) if similar != "kind" => format!("rename `{similar}` to `kind`"),
            _ => "add `kind: KIND`".to_owned(),
        };
        return Some(mistake.help(help));
    }
    if kind.ends_with("List") {
        return None;
    }
    let name = node.at(&["metadata", "name"]).map(text_of).unwrap_or_default();
    if name.is_empty() {
        let message = format!("the {kind} has no `metadata.name`");
        let mistake =
            Diagnostic::error("missing-name", message).at(Label::new(place, "this object"));
        return Some(mistake.help("add `metadata: {name: NAME}`"));
    }
    None
}
