//! What is remembered about an object, laid out as Kustomize keeps it: in annotations beside the object's own.
//!
//! Hardly anything can tell the difference. What changes annotations as a whole can, or what names one of these, so for
//! as long as that runs, they are laid out.

use tidegate_object::{Map, Node, Text, Value};
use tidegate_source::Diagnostic;

use super::{Behavior, INTERNAL_DOMAIN, Previous, Resource, scalar_text, uneven};
use crate::provenance::{ORIGIN, Origin, Provenance, TRANSFORMATIONS};

const NAMES: &str = "previousNames";
const NAMESPACES: &str = "previousNamespaces";
const KINDS: &str = "previousKinds";
const PREFIXES: &str = "prefixes";
const SUFFIXES: &str = "suffixes";
const NEEDS_HASH: &str = "needsHashSuffix";
const BEHAVIOR: &str = "generatorBehavior";

/// What the annotation of a mark says that is on.
pub(super) const ENABLED: &str = "enabled";

/// Returns whether an annotation of this name is such a mark.
pub(crate) fn is_mark(key: &str) -> bool {
    key.starts_with(INTERNAL_DOMAIN) || key == ORIGIN || key == TRANSFORMATIONS
}

/// Returns whether changes to an object, in its form, may touch what is remembered about it.
pub(crate) fn touches_marks(changes: &Node) -> bool {
    let Some(metadata) = changes.get("metadata") else { return false };
    let Some(metadata) = metadata.as_map() else { return true };
    if metadata.contains_key("$patch") {
        return true;
    }
    let Some(annotations) = metadata.get("annotations") else { return false };
    let Some(annotations) = annotations.as_map() else { return true };
    annotations.entries().iter().any(|it| &*it.key == "$patch" || is_mark(&it.key))
}

/// The marks that were laid out, with their texts.
pub(crate) struct Marks(Vec<(Text, Text)>);

impl Marks {
    fn text(&self, key: &str) -> Option<&Text> {
        self.0.iter().find(|(it, _)| **it == *key).map(|(_, text)| text)
    }
}

impl Resource {
    /// Writes what is remembered into the annotations.
    pub(crate) fn lay_out_marks(&mut self) -> Marks {
        let marks = Marks(self.marks());
        let Some(metadata) = self.root.at_mut(&["metadata"]).and_then(Node::as_map_mut) else {
            return Marks(Vec::new());
        };
        if !marks.0.is_empty() && metadata.get("annotations").is_none_or(Node::is_null) {
            metadata.insert(Text::literal("annotations"), Node::from(Map::new()));
        }
        if let Some(map) = metadata.get_mut("annotations").and_then(Node::as_map_mut) {
            for (key, text) in &marks.0 {
                map.insert(key.clone(), Node::from(text.clone()));
            }
        }
        marks
    }

    fn marks(&self) -> Vec<(Text, Text)> {
        let mut marks = Vec::new();
        let mut add = |name: &str, text: String| {
            marks.push((Text::from(format!("{INTERNAL_DOMAIN}{name}")), Text::from(text)));
        };
        if !self.history.is_empty() {
            let list = |of: fn(&Previous) -> &Text| listed(self.history.iter().map(of));
            add(NAMES, list(|it| &it.name));
            add(NAMESPACES, list(|it| &it.namespace));
            add(KINDS, list(|it| &it.kind));
        }
        for (name, list) in [(PREFIXES, &self.prefixes), (SUFFIXES, &self.suffixes)] {
            if !list.is_empty() {
                add(name, listed(list.iter()));
            }
        }
        if self.needs_hash {
            add(NEEDS_HASH, ENABLED.to_owned());
        }
        if let Some(behavior) = self.behavior {
            add(BEHAVIOR, behavior.name().to_owned());
        }
        if let Some(provenance) = &self.origin {
            marks.push((Text::literal(ORIGIN), Text::from(provenance.origin.text())));
            if !provenance.transformations.is_empty() {
                let text = Origin::list(&provenance.transformations);
                marks.push((Text::literal(TRANSFORMATIONS), Text::from(text)));
            }
        }
        marks
    }

    /// Takes the marks out of the annotations again, and remembers what they say now. What they say of where an object
    /// comes from may have been that of one of `others`.
    ///
    /// # Errors
    ///
    /// `previous-identities` where the lists of names, namespaces and kinds are not of one length any more.
    pub(crate) fn take_up_marks(
        &mut self,
        before: &Marks,
        others: &[Provenance],
    ) -> Result<(), Diagnostic> {
        let nothing = Map::new();
        let annotations = self.root.at(&["metadata", "annotations"]).and_then(Node::as_map);
        let annotations = annotations.unwrap_or(&nothing);
        let text = |name: &str| annotations.get(format!("{INTERNAL_DOMAIN}{name}").as_str());
        let is_changed = |name: &str| {
            let known = before.text(&format!("{INTERNAL_DOMAIN}{name}"));
            text(name).map(scalar_text) != known.map(|it| &**it)
        };
        let list = |name: &str| {
            let written = text(name).map(scalar_text);
            written.map(|it| it.split(',').map(Text::from).collect()).unwrap_or_default()
        };
        let history = [NAMES, NAMESPACES, KINDS].into_iter().any(is_changed);
        let history = history.then(|| previous(annotations)).transpose()?;
        let prefixes: Option<Vec<Text>> = is_changed(PREFIXES).then(|| list(PREFIXES));
        let suffixes: Option<Vec<Text>> = is_changed(SUFFIXES).then(|| list(SUFFIXES));
        let needs_hash = text(NEEDS_HASH).is_some_and(|it| scalar_text(it) == ENABLED);
        let behavior = text(BEHAVIOR).map(|it| Behavior::of_name(scalar_text(it)));
        let written = |key| annotations.get(key).map(scalar_text);
        let origin = written(ORIGIN).and_then(|text| {
            let all = self.origin.as_deref().into_iter().chain(others);
            all.map(|it| &it.origin).find(|it| it.text() == text).cloned()
        });
        let transformations = written(TRANSFORMATIONS).and_then(|text| {
            let all = self.origin.as_deref().into_iter().chain(others);
            all.map(|it| &it.transformations).find(|it| Origin::list(it) == text).cloned()
        });
        self.history = history.unwrap_or_else(|| std::mem::take(&mut self.history));
        self.prefixes = prefixes.unwrap_or_else(|| std::mem::take(&mut self.prefixes));
        self.suffixes = suffixes.unwrap_or_else(|| std::mem::take(&mut self.suffixes));
        self.needs_hash = needs_hash;
        self.behavior = behavior;
        self.origin = origin.map(|origin| {
            let transformations = transformations.unwrap_or_default();
            Box::new(Provenance { origin, transformations })
        });
        self.erase_marks(!before.0.is_empty());
        Ok(())
    }

    /// Takes the marks out of the annotations again, whatever they say now.
    pub(crate) fn drop_marks(&mut self) {
        self.erase_marks(true);
    }

    /// `with_mapping` says whether a mapping of annotations that is then empty goes too: it was there for the marks alone.
    fn erase_marks(&mut self, with_mapping: bool) {
        if let Some(Value::Map(metadata)) = self.root.at_mut(&["metadata"]).map(|it| &mut it.value)
            && let Some(map) = metadata.get_mut("annotations").and_then(Node::as_map_mut)
        {
            map.entries_mut().retain(|it| !is_mark(&it.key));
            if map.is_empty() && with_mapping {
                metadata.remove("annotations");
            }
        }
    }
}

impl Behavior {
    const fn name(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::Create => "create",
            Self::Replace => "replace",
            Self::Merge => "merge",
        }
    }

    fn of_name(name: &str) -> Self {
        match name {
            "create" => Self::Create,
            "replace" => Self::Replace,
            "merge" => Self::Merge,
            _ => Self::Unspecified,
        }
    }
}

fn listed<'t>(texts: impl Iterator<Item = &'t Text>) -> String {
    let mut list = String::new();
    for (nth, text) in texts.enumerate() {
        if nth > 0 {
            list.push(',');
        }
        list.push_str(text);
    }
    list
}

/// Reads the identities that an object had before from its annotations.
pub(super) fn previous(annotations: &Map) -> Result<Vec<Previous>, Diagnostic> {
    let list = |name: &str| -> Option<Vec<Text>> {
        let node = annotations.get(format!("{INTERNAL_DOMAIN}{name}").as_str())?;
        Some(scalar_text(node).split(',').map(Text::from).collect())
    };
    let Some(names) = list(NAMES) else { return Ok(Vec::new()) };
    let or_empty = |name: &str| list(name).unwrap_or_else(|| vec![Text::default()]);
    let (namespaces, kinds) = (or_empty(NAMESPACES), or_empty(KINDS));
    if names.len() != namespaces.len() || names.len() != kinds.len() {
        return Err(uneven(annotations));
    }
    let parts = names.into_iter().zip(namespaces).zip(kinds);
    Ok(parts.map(|((name, namespace), kind)| Previous { name, namespace, kind }).collect())
}
