//! Selection of objects by regular expressions over their identities and by their labels and annotations.

use tidegate_pattern::{Regex, is_literal};
use tidegate_source::{Diagnostic, Label, Mark, Span};

use crate::decode::Written;
use crate::identity::{Gvk, Id};
use crate::kustomization::Selector;
use crate::label_selector::LabelSelector;
use crate::resource::Resource;
use crate::resources::Resources;

/// A selector made ready.
pub(crate) struct Matcher {
    group: Part,
    version: Part,
    kind: Part,
    name: Part,
    namespace: Part,
    labels: Result<LabelSelector, Diagnostic>,
    annotations: Result<LabelSelector, Diagnostic>,
}

/// How one part of an identity is compared: the whole of it.
enum Part {
    Any,
    Literal(tidegate_object::Text),
    Pattern(Box<Regex>),
}

impl Part {
    fn new(written: &Written) -> Result<Self, Diagnostic> {
        if written.is_empty() {
            return Ok(Self::Any);
        }
        if is_literal(written).is_some() {
            return Ok(Self::Literal(written.text.clone()));
        }
        Regex::new(written).map(|pattern| Self::Pattern(Box::new(pattern))).map_err(|error| {
            let mistake = Diagnostic::error(
                "invalid-pattern",
                format!("`{}` is not a regular expression: {error}", &**written),
            )
            .at(Label::new(written.mark, ""));
            match error.help() {
                Some(help) => mistake.help(help),
                None => mistake,
            }
        })
    }

    fn matches(&self, text: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Literal(literal) => *literal == *text,
            Self::Pattern(pattern) => pattern.full_match(text),
        }
    }
}

impl Matcher {
    /// Compiles what is a pattern and keeps what is a plain name.
    pub(crate) fn new(selector: &Selector) -> Result<Self, Diagnostic> {
        Ok(Self {
            group: Part::new(&selector.group)?,
            version: Part::new(&selector.version)?,
            kind: Part::new(&selector.kind)?,
            name: Part::new(&selector.name)?,
            namespace: Part::new(&selector.namespace)?,
            labels: label_selector(&selector.labels),
            annotations: label_selector(&selector.annotations),
        })
    }

    /// Returns the places, in order, of the objects that may be selected by a name that they have or had.
    pub(crate) fn candidates(&self, resources: &Resources) -> Vec<usize> {
        match &self.name {
            Part::Literal(name) => resources.named(name, |_| true),
            _ => (0..resources.len()).collect(),
        }
    }

    /// Returns the places of the objects that are selected: namespace and name by the first or today's identity, kind by
    /// today's.
    ///
    /// A mistake in a selector of labels only comes out when an object is asked for its labels.
    pub(crate) fn select(&self, resources: &Resources) -> Result<Vec<usize>, Diagnostic> {
        let by_identity = |resource: &Resource| self.matches_identity(resource);
        let places = match &self.name {
            Part::Literal(name) => resources.named(name, by_identity),
            _ => (0..resources.len()).filter(|at| by_identity(resources.get(*at))).collect(),
        };
        let mut selected = Vec::with_capacity(places.len());
        for at in places {
            let root = resources.get(at).root();
            let map = |name| root.at(&["metadata", name]).and_then(|node| node.as_map());
            let labels = self.labels.as_ref().map_err(Clone::clone)?;
            if !labels.matches(map("labels")) {
                continue;
            }
            let annotations = self.annotations.as_ref().map_err(Clone::clone)?;
            if annotations.matches(map("annotations")) {
                selected.push(at);
            }
        }
        Ok(selected)
    }

    fn matches_identity(&self, resource: &Resource) -> bool {
        let (now, first) = (resource.id(), resource.original_id());
        (self.namespace.matches(first.effective_namespace())
            || self.namespace.matches(now.effective_namespace()))
            && (self.name.matches(first.name) || self.name.matches(now.name))
            && self.matches_gvk(&now.gvk)
    }

    /// Returns whether one identity is selected, its namespace as it is written.
    pub(crate) fn matches_id(&self, id: &Id<'_>) -> bool {
        self.matches_gvk(&id.gvk)
            && self.name.matches(id.name)
            && self.namespace.matches(id.namespace)
    }

    /// Returns whether the labels and annotations of an object are selected.
    pub(crate) fn matches_labels(&self, resource: &Resource) -> Result<bool, Diagnostic> {
        let map = |name| resource.root().at(&["metadata", name]).and_then(|node| node.as_map());
        let annotations = self.annotations.as_ref().map_err(Clone::clone)?;
        let labels = self.labels.as_ref().map_err(Clone::clone)?;
        Ok(annotations.matches(map("annotations")) && labels.matches(map("labels")))
    }

    fn matches_gvk(&self, gvk: &Gvk<'_>) -> bool {
        self.group.matches(gvk.group)
            && self.version.matches(gvk.version)
            && self.kind.matches(gvk.kind)
    }
}

fn label_selector(written: &Written) -> Result<LabelSelector, Diagnostic> {
    LabelSelector::parse(written).map_err(|error| {
        // The place inside the text is known exactly where the text stands in the file as it is.
        let Mark { source, span } = written.mark;
        let inner = error.span.shifted(span.start);
        let exact = span.len() as usize == written.len();
        let span = if exact { Span::new(inner.start, inner.end.min(span.end)) } else { span };
        Diagnostic::error("invalid-selector", format!("`{}` is not a selector", &**written))
            .at(Label::new(Mark::new(source, span), error.message))
    })
}
