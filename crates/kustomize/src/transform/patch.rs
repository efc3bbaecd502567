use tidegate_object::{Map, Node, Text, Value};
use tidegate_source::{Diagnostic, Label, Sources, nearest};

use super::Context;
use crate::identity::Id;
use crate::json6902;
use crate::merge::{Merged, strategic_merge};
use crate::provenance::{ORIGIN, TRANSFORMATIONS};
use crate::resource::{INTERNAL_DOMAIN, Resource, Styles, touches_marks};
use crate::resources::Resources;
use crate::selector::Matcher;
use crate::text::{become_text, text_of};

/// A patch of any kind.
pub(crate) enum Patch {
    Merge(MergePatch),
    Json(JsonPatch),
    /// Nothing was written where a patch may stand.
    Nothing,
}

/// Strategic merge patches.
pub(crate) struct MergePatch {
    pub(crate) patches: Vec<Resource>,
    /// What the one patch is applied to; without it each patch names its object.
    pub(crate) target: Option<Matcher>,
    /// Whether labels and annotations of the patch become text before it is applied, as they do for a patch that is
    /// applied to a selection.
    pub(crate) as_selection: bool,
}

/// A patch of JSON 6902.
pub(crate) struct JsonPatch {
    pub(crate) operations: json6902::JsonPatch,
    pub(crate) target: Matcher,
    /// Whether the identity before the patch is remembered.
    pub(crate) remember: bool,
}

impl Patch {
    #[inline(never)]
    pub(crate) fn apply(
        &self,
        resources: &mut Resources,
        context: &Context<'_>,
    ) -> Result<(), Vec<Diagnostic>> {
        match self {
            Self::Merge(it) => it.apply(resources, context),
            Self::Json(it) => it.apply(resources, context),
            Self::Nothing => Ok(()),
        }
    }
}

impl MergePatch {
    fn apply(
        &self,
        resources: &mut Resources,
        context: &Context<'_>,
    ) -> Result<(), Vec<Diagnostic>> {
        let mut mistakes = Vec::new();
        for patch in &self.patches {
            let places = match &self.target {
                Some(target) => target.select(resources),
                None => the_one(resources, patch).map(|at| vec![at]),
            };
            let places = match places {
                Ok(places) => places,
                Err(mistake) => {
                    mistakes.push(mistake);
                    continue;
                }
            };
            for at in places {
                mistakes.extend(self.patch_one(resources, at, patch, context).err());
            }
            if self.as_selection {
                resources.drop_empty();
            }
        }
        let renames = self.patches.iter().any(Resource::may_change_identity);
        if renames && self.as_selection {
            mistakes.extend(resources.clash("duplicate-id", || "behind the patch".to_owned()));
        }
        if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
    }

    fn patch_one(
        &self,
        resources: &mut Resources,
        at: usize,
        patch: &Resource,
        context: &Context<'_>,
    ) -> Result<(), Diagnostic> {
        let mut changes = patch.root().clone();
        let changes_identity = patch.may_change_identity();
        let resource = if changes_identity {
            resources.list_mut().get_mut(at).expect("a place of the list")
        } else {
            resources.content_mut(at)
        };
        if self.as_selection {
            texts_only(&mut changes, &["labels", "annotations"], context.sources);
            let api_version = Node::from(resource.api_version());
            if let Some(map) = changes.as_map_mut() {
                map.insert(Text::literal("apiVersion"), api_version);
            }
        }
        if changes_identity {
            resource.remember_id();
            // What a patch may change is noted in its annotations, which are written anew for that.
            texts_only(&mut changes, &["annotations"], context.sources);
        }
        let marks = touches_marks(&changes).then(|| resource.lay_out_marks());
        let kept = |path: &[&str]| resource.root().at(path).cloned();
        let (api_version, kind) = (kept(&["apiVersion"]), kept(&["kind"]));
        let name = kept(&["metadata", "name"]);
        let namespace = kept(&["metadata", "namespace"]);
        let merged = strategic_merge(resource.root_mut(), changes, context.schema, context.sources)
            .map_err(|mistake| super::in_object(*mistake, resource))?;
        if merged == Merged::Deleted {
            *resource.root_mut() = Node::default();
        }
        if resource.is_empty() {
            resources.emptied();
            return Ok(());
        }
        if let Some(marks) = &marks {
            let taken = resource.take_up_marks(marks, &[]);
            taken.map_err(|mistake| super::in_object(mistake, resource))?;
        }
        let root =
            resource.root_mut().as_map_mut().expect("an object that is patched is a mapping");
        if !patch.allow_kind_change {
            restore(root, "kind", kind);
        }
        // An empty version is written without quotes, and is nothing when it is read again.
        if self.as_selection && root.get("apiVersion").and_then(Node::as_str) == Some("") {
            root.insert(Text::literal("apiVersion"), Node::default());
        }
        // The same value keeps the place where it was first written.
        if api_version.as_ref() == root.get("apiVersion") {
            restore(root, "apiVersion", api_version);
        }
        if root.get("metadata").is_none_or(|it| it.as_map().is_none()) {
            root.insert(Text::literal("metadata"), Node::from(Map::new()));
        }
        if let Some(metadata) = root.get_mut("metadata").and_then(Node::as_map_mut) {
            if !patch.allow_name_change {
                restore(metadata, "name", name);
            }
            restore(metadata, "namespace", namespace);
        }
        resource.settle_shared();
        resource.refresh_scope(context.schema);
        if marks.is_some() {
            // Among what changed may be the names that the object had.
            resources.renamed(at);
        }
        Ok(())
    }
}

fn restore(map: &mut Map, field: &'static str, value: Option<Node>) {
    match value {
        Some(node) => drop(map.insert(Text::literal(field), node)),
        None => drop(map.remove(field)),
    }
}

/// Turns the values of a patch's labels or annotations into text. Where there are none, also where `null` or something
/// else than a mapping stands in their place, the patch says nothing about them.
///
/// Source: `CopyMergeMetaDataFieldsFrom` in `api/resource/resource.go` of Kustomize; `setMapInMetadata` in kyaml.
fn texts_only(patch: &mut Node, fields: &[&str], sources: &Sources) {
    let Some(metadata) = patch.at_mut(&["metadata"]).and_then(Node::as_map_mut) else { return };
    for field in fields {
        match metadata.get_mut(field).map(|it| &mut it.value) {
            Some(Value::Map(map)) if !map.is_empty() => crate::text::texts_only(map, sources),
            Some(_) => drop(metadata.remove(field)),
            None => {}
        }
    }
}

/// Finds the one object that a patch names.
fn the_one(resources: &Resources, patch: &Resource) -> Result<usize, Diagnostic> {
    let id = patch.original_id();
    let places: Vec<usize> = resources
        .with_any_id(&id)
        .into_iter()
        .filter(|at| !resources.get(*at).is_empty())
        .collect();
    match places.as_slice() {
        [at] => Ok(*at),
        [] => Err(no_match(resources, patch, &id)),
        several => {
            let mut mistake = Diagnostic::error(
                "ambiguous-patch",
                format!("the patch names {} objects that are or were {id}", several.len()),
            )
            .at(Label::new(patch.place(), "this patch"));
            for at in several.iter().take(2) {
                mistake = mistake.at(Label::new(resources.get(*at).place(), "could be this one"));
            }
            Err(mistake.help("name the namespace, or give the patch a `target`"))
        }
    }
}

/// Explains what keeps a patch from meaning an object: the part of its identity that no object has.
fn no_match(resources: &Resources, patch: &Resource, id: &Id<'_>) -> Diagnostic {
    let mistake = Diagnostic::error("no-match", format!("no object is or was {id}"));
    let place = |path: &[&str]| patch.root().at(path).map(|node| node.mark);
    let kin = resources.iter().flat_map(Resource::ids).filter(|it| it.gvk.kind == id.gvk.kind);
    let names: Vec<&str> = kin.map(|it| it.name).filter(|it| *it != id.name).collect();
    let similar = nearest(id.name, names.iter().copied());
    let homonyms: Vec<(&Resource, Id<'_>)> = resources
        .named(id.name, |_| true)
        .into_iter()
        .flat_map(|at| resources.get(at).ids().map(move |known| (resources.get(at), known)))
        .filter(|(_, known)| known.name == id.name)
        .collect();
    let same_kind = homonyms.iter().find(|(_, known)| known.gvk.kind == id.gvk.kind);
    if let Some((other, known)) = same_kind.or(homonyms.first().filter(|_| similar.is_none())) {
        let (field, what): (&[&str], _) = if known.gvk.kind != id.gvk.kind {
            (&["kind"], "kind")
        } else if known.gvk != id.gvk {
            (&["apiVersion"], "apiVersion")
        } else {
            (&["metadata", "namespace"], "namespace")
        };
        let label = match place(field) {
            Some(mark) => Label::new(mark, format!("this {what} is not that of the object")),
            None => Label::new(patch.place(), format!("the patch says no {what}")),
        };
        return mistake.at(label).at(Label::new(other.place(), "the object of this name")).help(
            format!("there is a {known}: kind, apiVersion and namespace have to be the same"),
        );
    }
    let name = place(&["metadata", "name"]).unwrap_or(patch.mark);
    let mistake = mistake.at(Label::new(name, "the patch names it here"));
    mistake.help(match similar.or(names.first().copied()) {
        Some(name) => format!("there is a {} called `{name}`", id.gvk.kind),
        None => {
            format!("there is no {} at all: give the patch a `target`, or remove it", id.gvk.kind)
        }
    })
}

impl JsonPatch {
    fn apply(
        &self,
        resources: &mut Resources,
        context: &Context<'_>,
    ) -> Result<(), Vec<Diagnostic>> {
        let places = self.target.select(resources).map_err(|it| vec![it])?;
        if places.is_empty() {
            return Ok(());
        }
        let mut mistakes = Vec::new();
        let reads_marks = self.operations.reads_annotations(INTERNAL_DOMAIN.trim_end_matches('/'));
        for at in places {
            let resource = resources.content_mut(at);
            if self.remember {
                resource.remember_id();
            }
            // What a build remembers about an object are annotations to Kustomize, so there is always a mapping to add to.
            if resource.is_annotated() {
                let root = resource.root_mut();
                if let Some(Value::Map(metadata)) =
                    root.at_mut(&["metadata"]).map(|it| &mut it.value)
                    && metadata.get("annotations").is_none_or(Node::is_null)
                {
                    metadata.insert(Text::literal("annotations"), Node::from(Map::new()));
                }
            }
            if resource.origin.is_none() {
                refold_annotations(resource, context.sources);
            }
            if reads_marks {
                resource.lay_out_marks();
            } else {
                lay_out_provenance(resource);
            }
            let outcome = self.operations.apply(resource.root_mut());
            take_up_provenance(resource);
            if reads_marks {
                // Kustomize puts back what it remembered before, whatever the operations made of it.
                resource.drop_marks();
            }
            annotations_as_text(resource);
            resource.untie_all();
            resource.styles = Styles::Gone;
            if let Err(mistake) = outcome {
                mistakes.push(super::in_object(*mistake, resource));
            }
            resource.refresh_scope(context.schema);
            let empty = resource.is_empty();
            resources.renamed(at);
            if empty {
                resources.emptied();
            }
        }
        if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
    }
}

/// Prints and reads folded annotations once, as Kustomize does on the way to JSON.
fn refold_annotations(resource: &mut Resource, sources: &Sources) {
    let annotations = resource.root_mut().at_mut(&["metadata", "annotations"]);
    for entry in annotations.and_then(Node::as_map_mut).into_iter().flat_map(Map::entries_mut) {
        if let Value::String(text) = &entry.node.value
            && sources.snippet(entry.node.mark).is_some_and(|it| it.starts_with('>'))
        {
            entry.node.value = Value::String(Text::from(&*tidegate_yaml::refolded(text)));
        }
    }
}

/// Turns annotations into text, as Kustomize does when it puts its own among them again.
fn annotations_as_text(resource: &mut Resource) {
    let annotations = resource.root_mut().at_mut(&["metadata", "annotations"]);
    for entry in annotations.and_then(Node::as_map_mut).into_iter().flat_map(Map::entries_mut) {
        if !matches!(entry.node.value, Value::String(_)) {
            let text = match &entry.node.value {
                Value::Null => Text::literal("null"),
                _ => Text::from(text_of(&entry.node).into_owned()),
            };
            become_text(&mut entry.node, text);
        }
    }
}

/// Puts what is known about an object's origin where Kustomize keeps it, among the annotations: a list of operations may
/// replace these as a whole.
fn lay_out_provenance(resource: &mut Resource) {
    let Some(provenance) = resource.origin.as_deref() else { return };
    let changed = !provenance.transformations.is_empty();
    let annotations = resource.root_mut().at_mut(&["metadata", "annotations"]);
    let Some(map) = annotations.and_then(Node::as_map_mut) else { return };
    map.insert(Text::literal(ORIGIN), Node::from(Text::literal("")));
    if changed {
        map.insert(Text::literal(TRANSFORMATIONS), Node::from(Text::literal("")));
    }
}

/// Forgets what the operations took away.
fn take_up_provenance(resource: &mut Resource) {
    if resource.origin.is_none() {
        return;
    }
    let annotations = resource.root_mut().at_mut(&["metadata", "annotations"]);
    let map = annotations.and_then(Node::as_map_mut);
    let (origin, changes) = map.map_or((false, false), |map| {
        (map.remove(ORIGIN).is_some(), map.remove(TRANSFORMATIONS).is_some())
    });
    if !origin {
        resource.origin = None;
    } else if let Some(provenance) = resource.origin.as_deref_mut()
        && !changes
    {
        provenance.transformations.clear();
    }
}
