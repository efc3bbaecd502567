mod marks;

use tidegate_object::{Map, Node, Number, Text, Value};
use tidegate_source::{Diagnostic, Label, Mark};

pub(crate) use self::marks::{Marks, is_mark, touches_marks};
use crate::identity::{DEFAULT_NAMESPACE, Gvk, Id, NO_NAMESPACE};
use crate::provenance::Provenance;
use crate::schema::Schema;
use crate::shared::Shared;

/// What begins the names of annotations in which a build keeps what it knows about an object.
pub(crate) const INTERNAL_DOMAIN: &str = "internal.config.kubernetes.io/";

/// What a generated object does when an object of the same identity is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Behavior {
    /// Nothing was said: as [`Behavior::Create`].
    #[default]
    Unspecified,
    /// The object is new; another of the same identity is an error.
    Create,
    /// It takes the other's place, and keeps its labels and annotations.
    Replace,
    /// Its data are laid over the other's.
    Merge,
}

/// An object on its way through a build: its tree, and everything that is remembered about it but not printed.
///
/// An object is found by every name, namespace and kind that it has had, so each change of one of them first
/// [remembers](Resource::remember_id) the identity before it.
#[derive(Clone, Debug)]
pub(crate) struct Resource {
    root: Node,
    history: Vec<Previous>,
    prefixes: Vec<Text>,
    suffixes: Vec<Text>,
    /// Whether objects of the kind are in a namespace; `None` where that is not known.
    is_namespaced: Option<bool>,
    /// Whether the name gets a hash of the content at the end.
    pub(crate) needs_hash: bool,
    /// What to do with an object of the same identity.
    pub(crate) behavior: Option<Behavior>,
    /// Where the object comes from and what changed it, where that is to be printed.
    pub(crate) origin: Option<Box<Provenance>>,
    /// As a patch: it may change the name of what it patches.
    pub(crate) allow_name_change: bool,
    /// As a patch: it may change the kind of what it patches.
    pub(crate) allow_kind_change: bool,
    /// The variables whose value is a field of this object.
    pub(crate) variables: Vec<Text>,
    /// Where it was written: the whole object, or the entry of a kustomization that generated it.
    pub(crate) mark: Mark,
    pub(crate) styles: Styles,
    /// Labels that are one value in several places.
    pub(crate) shared: Vec<Shared>,
}

/// Whether the texts of an object have the styles that they were written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Styles {
    AsWritten,
    /// The object went through JSON.
    Gone,
}

#[derive(Clone, Debug)]
struct Previous {
    name: Text,
    namespace: Text,
    kind: Text,
}

impl Resource {
    /// Wraps a tree.
    #[must_use]
    pub(crate) fn new(root: Node) -> Self {
        let mark = root.mark;
        let mut resource = Self {
            root,
            history: Vec::new(),
            prefixes: Vec::new(),
            suffixes: Vec::new(),
            is_namespaced: None,
            needs_hash: false,
            behavior: None,
            origin: None,
            allow_name_change: false,
            allow_kind_change: false,
            variables: Vec::new(),
            mark,
            styles: Styles::AsWritten,
            shared: Vec::new(),
        };
        resource.refresh_scope(&Schema::builtin());
        resource
    }

    /// Wraps the tree of a document, which may be the output of a build that left its own annotations in:
    /// identities, prefixes and suffixes that the object had, and whether its name is to get a hash.
    ///
    /// Source: `api/internal/utils/annotations.go` and `makeResIds.go` of Kustomize.
    ///
    /// # Errors
    ///
    /// `previous-identities` where the lists of names, namespaces and kinds are not of one length.
    pub(crate) fn recalled(root: Node) -> Result<Self, Diagnostic> {
        let mut resource = Self::new(root);
        let annotations = resource.root.at(&["metadata", "annotations"]).and_then(Node::as_map);
        let Some(annotations) = annotations else { return Ok(resource) };
        if !annotations.entries().iter().any(|it| it.key.starts_with(INTERNAL_DOMAIN)) {
            return Ok(resource);
        }
        let list = |name: &str| -> Option<Vec<Text>> {
            let node = annotations.get(format!("{INTERNAL_DOMAIN}{name}").as_str())?;
            Some(scalar_text(node).split(',').map(Text::from).collect())
        };
        let history = marks::previous(annotations)?;
        let prefixes = list("prefixes").unwrap_or_default();
        let suffixes = list("suffixes").unwrap_or_default();
        let needs_hash =
            list("needsHashSuffix").is_some_and(|it| it == [Text::literal(marks::ENABLED)]);
        resource.history = history;
        resource.prefixes = prefixes;
        resource.suffixes = suffixes;
        resource.needs_hash = needs_hash;
        Ok(resource)
    }

    /// Returns the tree.
    #[must_use]
    pub(crate) const fn root(&self) -> &Node {
        &self.root
    }

    /// Returns the tree, to change it. Who changes `apiVersion` or `kind` calls [`Resource::refresh_scope`] afterwards.
    pub(crate) const fn root_mut(&mut self) -> &mut Node {
        &mut self.root
    }

    /// Returns the tree alone.
    #[must_use]
    pub(crate) fn into_root(self) -> Node {
        self.root
    }

    /// Looks up anew whether objects of this kind are in no namespace, and gives numbers of the identity a text.
    pub(crate) fn refresh_scope(&mut self, schema: &Schema) {
        spell_out(&mut self.root);
        self.is_namespaced = schema.is_namespaced(self.api_version(), self.kind());
    }

    /// Returns whether the schema knew the kind when it was last looked up.
    pub(crate) const fn is_of_known_kind(&self) -> bool {
        self.is_namespaced.is_some()
    }

    fn is_cluster_scoped(&self) -> bool {
        self.is_namespaced == Some(false)
    }

    /// Returns `apiVersion`, `""` where none is written.
    #[must_use]
    pub(crate) fn api_version(&self) -> &str {
        self.root.get("apiVersion").map_or("", scalar_text)
    }

    /// Returns the kind, `""` where none is written.
    #[must_use]
    pub(crate) fn kind(&self) -> &str {
        self.root.get("kind").map_or("", scalar_text)
    }

    /// Returns the name, `""` where none is written.
    #[must_use]
    pub(crate) fn name(&self) -> &str {
        self.root.at(&["metadata", "name"]).map_or("", scalar_text)
    }

    /// Returns the namespace, `""` where none is written.
    #[must_use]
    pub(crate) fn namespace(&self) -> &str {
        self.root.at(&["metadata", "namespace"]).map_or("", scalar_text)
    }

    /// Returns `apiVersion` and the kind as texts that outlive a change of the object.
    pub(crate) fn type_texts(&self) -> (Text, Text) {
        let text = |field: &str| self.root.get(field).map_or_else(Text::default, kept);
        (text("apiVersion"), text("kind"))
    }

    /// Returns group, version and kind.
    #[must_use]
    pub(crate) fn gvk(&self) -> Gvk<'_> {
        Gvk::new(self.api_version(), self.kind())
    }

    /// Returns the identity that the object has now.
    #[must_use]
    pub(crate) fn id(&self) -> Id<'_> {
        Id {
            gvk: self.gvk(),
            name: self.name(),
            namespace: self.namespace(),
            cluster_scoped: self.is_cluster_scoped(),
        }
    }

    /// Returns the identity that the object was loaded with.
    #[must_use]
    pub(crate) fn original_id(&self) -> Id<'_> {
        self.previous_ids().next().unwrap_or_else(|| self.id())
    }

    /// Iterates over the identities that the object had before, the oldest first. Group and version are today's.
    #[must_use]
    pub(crate) fn previous_ids(
        &self,
    ) -> impl DoubleEndedIterator<Item = Id<'_>> + ExactSizeIterator {
        let gvk = self.gvk();
        self.history.iter().map(move |previous| Id {
            gvk: Gvk { kind: &previous.kind, ..gvk },
            name: &previous.name,
            namespace: &previous.namespace,
            cluster_scoped: false,
        })
    }

    /// Iterates over every identity: today's, then the previous ones, the oldest first.
    pub(crate) fn ids(&self) -> impl Iterator<Item = Id<'_>> {
        std::iter::once(self.id()).chain(self.previous_ids())
    }

    /// Remembers today's identity as a previous one.
    pub(crate) fn remember_id(&mut self) {
        let metadata = self.root.get("metadata");
        let text = |field: &str| metadata.and_then(|it| it.get(field)).map(kept);
        let namespace = if self.is_cluster_scoped() {
            Text::literal(NO_NAMESPACE)
        } else {
            let written = text("namespace").filter(|it| !it.is_empty());
            written.unwrap_or(Text::literal(DEFAULT_NAMESPACE))
        };
        let previous = Previous {
            name: text("name").unwrap_or_default(),
            namespace,
            kind: self.root.get("kind").map(kept).unwrap_or_default(),
        };
        if self.history.is_empty() {
            // Most objects are moved or renamed once.
            self.history.reserve_exact(1);
        }
        self.history.push(previous);
    }

    /// Iterates over every name: today's, then the previous ones, the oldest first.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name()).chain(self.previous_names())
    }

    /// Iterates over the names that the object had before, the oldest first.
    pub(crate) fn previous_names(&self) -> impl Iterator<Item = &str> {
        self.history.iter().map(|it| &*it.name)
    }

    /// Returns whether the object is named otherwise than when its identity was last remembered.
    pub(crate) fn is_renamed(&self) -> bool {
        self.history.last().is_some_and(|last| last.name != *self.name())
    }

    /// Returns whether the object was ever named differently, moved or remembered.
    pub(crate) fn has_history(&self) -> bool {
        !self.history.is_empty()
    }

    /// Returns whether the previous names, namespaces and kinds do not have the same number of commas.
    pub(crate) fn has_uneven_history(&self) -> bool {
        let commas = |of: fn(&Previous) -> &Text| -> usize {
            let texts = self.history.iter().map(of);
            texts.map(|it| it.bytes().filter(|byte| *byte == b',').count()).sum()
        };
        let names = commas(|it| &it.name);
        names != commas(|it| &it.namespace) || names != commas(|it| &it.kind)
    }

    /// As a patch: returns whether it may change the name or kind of what it patches.
    pub(crate) fn may_change_identity(&self) -> bool {
        self.allow_name_change || self.allow_kind_change
    }

    /// Iterates over the names and kinds that the object had before, the oldest first.
    pub(crate) fn previous_names_and_kinds(&self) -> impl Iterator<Item = (&str, &str)> {
        self.history.iter().map(|previous| (&*previous.name, &*previous.kind))
    }

    /// Returns the namespace, as it counts, that the object was first in, if it was remembered.
    pub(crate) fn first_namespace(&self) -> Option<&str> {
        self.history.first().map(|previous| &*previous.namespace)
    }

    /// Returns whether anything is remembered about the object.
    pub(crate) fn is_annotated(&self) -> bool {
        !self.history.is_empty()
            || !self.prefixes.is_empty()
            || !self.suffixes.is_empty()
            || self.needs_hash
            || self.behavior.is_some()
            || self.origin.is_some()
    }

    /// Returns the name prefixes that the object got, in order.
    #[must_use]
    pub(crate) fn prefixes(&self) -> &[Text] {
        &self.prefixes
    }

    /// Returns the name suffixes that the object got, in order.
    #[must_use]
    pub(crate) fn suffixes(&self) -> &[Text] {
        &self.suffixes
    }

    pub(crate) fn push_prefix(&mut self, prefix: Text) {
        if !prefix.is_empty() {
            self.prefixes.push(prefix);
        }
    }

    pub(crate) fn push_suffix(&mut self, suffix: Text) {
        if !suffix.is_empty() {
            self.suffixes.push(suffix);
        }
    }

    /// Takes over what is remembered about another object, whose place this one takes.
    pub(crate) fn inherit(&mut self, other: &Self) {
        self.history.clone_from(&other.history);
        self.prefixes.clone_from(&other.prefixes);
        self.suffixes.clone_from(&other.suffixes);
        self.variables.clone_from(&other.variables);
        self.needs_hash = self.needs_hash && other.needs_hash;
        self.behavior = other.behavior;
    }

    /// Returns the place to show for the object: that of its name, or else of its kind, where that stands in the object's
    /// own text.
    pub(crate) fn place(&self) -> Mark {
        let own = |path: &[&str]| {
            let (all, mark) = (self.mark, self.root.at(path)?.mark);
            let inside = mark.span.start >= all.span.start && mark.span.end <= all.span.end;
            (mark.is_some() && mark.source == all.source && inside).then_some(mark)
        };
        own(&["metadata", "name"]).or_else(|| own(&["kind"])).unwrap_or(self.mark)
    }

    /// Returns whether nothing is left of the object.
    #[must_use]
    pub(crate) fn is_empty(&self) -> bool {
        match &self.root.value {
            Value::Null => true,
            Value::Map(map) => map.is_empty(),
            _ => false,
        }
    }
}

/// Explains that the previous identities in annotations do not fit together.
fn uneven(annotations: &Map) -> Diagnostic {
    let message = "the previous names, namespaces and kinds of the object differ in number";
    let mut mistake = Diagnostic::error("previous-identities", message);
    for name in ["previousNames", "previousNamespaces", "previousKinds"] {
        if let Some(node) = annotations.get(format!("{INTERNAL_DOMAIN}{name}").as_str()) {
            let count = scalar_text(node).split(',').count();
            mistake = mistake.at(Label::new(node.mark, format!("{count} here")));
        }
    }
    mistake.help("remove these annotations: a build writes them for itself")
}

/// Returns the characters of a scalar that is part of an identity, to keep them.
fn kept(node: &Node) -> Text {
    match &node.value {
        Value::String(text) | Value::Number(Number::Float(text)) => text.clone(),
        _ => Text::from(scalar_text(node)),
    }
}

/// Returns the characters of a scalar that is part of an identity; `""` for lists, mappings and nothing.
fn scalar_text(node: &Node) -> &str {
    match &node.value {
        Value::String(text) | Value::Number(Number::Float(text)) => text,
        Value::Bool(it) => {
            if *it {
                "true"
            } else {
                "false"
            }
        }
        _ => "",
    }
}

/// Gives the numbers among the parts of an identity a text, which is what they are compared by.
fn spell_out(root: &mut Node) {
    for path in [&["kind"][..], &["metadata", "name"], &["metadata", "namespace"]] {
        if let Some(node) = root.at_mut(path) {
            spelled_out(&mut node.value);
        }
    }
}

/// Turns a whole number into its text, as which it is printed like before.
pub(crate) fn spelled_out(value: &mut Value) {
    if let Value::Number(Number::Int(number)) = value
        && number.unsigned_abs() < 1 << 53
    {
        *value = Value::Number(Number::Float(Text::from(number.to_string())));
    }
}
