//! What changes objects: the transformers that the fields of a kustomization stand for, and those that plugins name.
//!
//! Each has a function of its own in the program, too (`inline(never)`): a build runs a few of them, and what it does not run
//! should not lie among what it does, where the system would bring it into memory.

mod labels;
mod namespace;
mod patch;
mod prefix;
mod replicas;
mod value_add;

pub(crate) use labels::Labels;
pub(crate) use namespace::{Namespace, Subjects};
pub(crate) use patch::{JsonPatch, MergePatch, Patch};
pub(crate) use prefix::{Affix, Side};
pub(crate) use replicas::Replicas;
pub(crate) use value_add::{Target, ValueAdd, check_target};

use tidegate_object::{Node, Text, Value};
use tidegate_source::{Diagnostic, Label, Mark, Sources};

use crate::config::SharedSpecs;
use crate::fieldspec::{Create, FieldSpec};
use crate::hash::name_hash;
use crate::images::Images;
use crate::kustomization::SortOptions;
use crate::order;
use crate::parallel::change_each;
use crate::replacement::{self, Replacement};
use crate::resource::{Resource, spelled_out};
use crate::resources::Resources;
use crate::schema::Schema;
use crate::text::become_text;

/// What a transformer may look at besides the objects.
pub(crate) struct Context<'a> {
    pub(crate) sources: &'a Sources,
    pub(crate) schema: &'a Schema,
}

/// One transformer, ready to run.
pub(crate) enum Transformer {
    Namespace(Namespace),
    Affix(Affix),
    Labels(Labels),
    Images { images: Images, specs: SharedSpecs },
    Replicas(Replicas),
    Patch(Box<Patch>),
    Replacements(Vec<Replacement>),
    ValueAdd(ValueAdd),
    Hash,
}

impl Transformer {
    /// Returns whether the types of objects are looked up.
    pub(crate) fn reads_types(&self) -> bool {
        matches!(self, Self::Patch(patch) if matches!(**patch, Patch::Merge(_)))
    }

    /// Returns whether two objects may have one identity afterwards without that being an error at once.
    pub(crate) fn may_clash(&self) -> bool {
        match self {
            Self::Patch(patch) => match &**patch {
                Patch::Json(it) => it.operations.may_rename(),
                Patch::Merge(it) => it.patches.iter().any(Resource::may_change_identity),
                Patch::Nothing => false,
            },
            Self::Replacements(all) => all.iter().any(Replacement::may_rename),
            Self::ValueAdd(_) => true,
            _ => false,
        }
    }

    /// Changes the objects.
    pub(crate) fn apply(
        &self,
        resources: &mut Resources,
        context: &Context<'_>,
    ) -> Result<(), Vec<Diagnostic>> {
        match self {
            Self::Namespace(it) => it.apply(resources, context.sources),
            Self::Affix(it) => it.apply(resources, context.sources),
            Self::Labels(it) => it.apply(resources),
            Self::Images { images, specs } => set_images(resources, images, specs),
            Self::Replicas(it) => it.apply(resources, context.schema, context.sources),
            Self::Patch(it) => it.apply(resources, context),
            Self::Replacements(list) => replacement::apply_all(resources, list, context),
            Self::ValueAdd(it) => it.apply(resources, context.sources),
            Self::Hash => {
                add_hashes(resources);
                Ok(())
            }
        }
    }
}

#[inline(never)]
fn set_images(
    resources: &mut Resources,
    images: &Images,
    specs: &SharedSpecs,
) -> Result<(), Vec<Diagnostic>> {
    let mistakes = change_each(
        resources.contents_mut(),
        || (),
        |(), resource| {
            let changed = images.transform(resource.root_mut(), specs);
            changed.err().map(|mistake| in_object(*mistake, resource))
        },
    );
    if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
}

/// Ends the names of generated objects with a hash of their content.
#[inline(never)]
pub(crate) fn add_hashes(resources: &mut Resources) {
    let wanted = resources.iter().enumerate().filter(|(_, it)| it.needs_hash).map(|it| it.0);
    for at in wanted.collect::<Vec<_>>() {
        let resource = resources.content_mut(at);
        let hash = name_hash(resource.root());
        resource.remember_id();
        let name = format!("{}-{hash}", resource.name());
        set_name(resource, Text::from(name));
        resources.renamed(at);
    }
}

/// Sets the name, and keeps the mark of the text that named the object.
pub(crate) fn set_name(resource: &mut Resource, name: Text) {
    if let Some(node) = resource.root_mut().at_mut(&["metadata", "name"]) {
        node.value = Value::String(name);
    }
}

/// Puts objects in the order that options ask for; `None` is the legacy order.
#[inline(never)]
pub(crate) fn sort(
    resources: &mut Resources,
    options: Option<&SortOptions>,
) -> Result<(), Diagnostic> {
    let Some(options) = options else {
        order::legacy(resources.list_mut(), None);
        return Ok(());
    };
    let mark = if options.order.mark.is_some() { options.order.mark } else { options.mark };
    match &*options.order {
        "fifo" if options.legacy.is_some() => Err(Diagnostic::error(
            "sort-options",
            "`legacySortOptions` is set, but the order is not `legacy`",
        )
        .at(Label::new(mark, ""))
        .help("write `order: legacy`, or leave `legacySortOptions` out")),
        "fifo" => Ok(()),
        "legacy" => {
            let words = |list: &'_ [crate::decode::Written]| -> Vec<String> {
                list.iter().map(|it| it.to_string()).collect()
            };
            match &options.legacy {
                None => order::legacy(resources.list_mut(), None),
                Some(given) => {
                    let (first, last) = (words(&given.first), words(&given.last));
                    let first: Vec<&str> = first.iter().map(String::as_str).collect();
                    let last: Vec<&str> = last.iter().map(String::as_str).collect();
                    order::legacy(resources.list_mut(), Some((&first, &last)));
                }
            }
            Ok(())
        }
        _ => Err(Diagnostic::error("sort-options", "the order is neither `legacy` nor `fifo`")
            .at(Label::new(mark, ""))
            .help("write `order: legacy` or `order: fifo`")),
    }
}

/// Walks a field spec through an object, if the spec is meant for its kind.
fn walk_spec(
    resource: &mut Resource,
    spec: &FieldSpec,
    create: Create,
    set: &mut dyn FnMut(&mut Node) -> Result<(), Box<Diagnostic>>,
) -> Result<(), Diagnostic> {
    if !spec.selects(&resource.gvk()) {
        return Ok(());
    }
    spec.visit(resource.root_mut(), create, set).map_err(|mistake| {
        let path = spec.path();
        let mut mistake = mistake.note(format!("in the field `{path}`"));
        if mistake.help.is_empty() {
            mistake = mistake.help("change the field, or the field spec that names it");
        }
        in_object(mistake, resource)
    })
}

/// Adds which object a mistake is about, and its place where the mistake has none.
pub(crate) fn in_object(mistake: Diagnostic, resource: &Resource) -> Diagnostic {
    let placed = mistake.labels.first().is_some_and(|label| label.mark.is_some());
    let mistake = if placed { mistake } else { mistake.at(Label::new(resource.place(), "")) };
    mistake.note(format!("in the object {}", resource.id()))
}

/// A value of the wrong type.
#[expect(clippy::unnecessary_box_returns, reason = "what walks call back returns it boxed")]
fn wrong_type(expected: &str, node: &Node) -> Box<Diagnostic> {
    let found = node.value.type_name();
    let mistake = Diagnostic::error("field-type", format!("expected {expected}, found a {found}"));
    Box::new(mistake.at(Label::new(node.mark, format!("a {found}"))))
}

/// Returns what a text becomes that is written into a scalar in the style that is there: without quotes, `1` and `2`
/// make the number 12.
pub(crate) fn in_style_of(node: &Node, text: Text, sources: &Sources) -> Value {
    if !tidegate_yaml::is_yaml11_non_string(&text) {
        return Value::String(text);
    }
    let plain = match &node.value {
        Value::String(present) => {
            sources.snippet(node.mark).is_some_and(|written| *present == *written)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
        Value::List(_) | Value::Map(_) => false,
    };
    if !plain {
        return Value::String(text);
    }
    let mut value = replacement::natural(&text).value;
    spelled_out(&mut value);
    value
}

/// Writes text into a scalar; anything else is a mistake.
fn set_text(node: &mut Node, text: &Text, mark: Mark) -> Result<(), Box<Diagnostic>> {
    if matches!(node.value, Value::List(_) | Value::Map(_)) {
        return Err(wrong_type("a scalar", node));
    }
    node.mark = mark;
    become_text(node, text.clone());
    Ok(())
}
