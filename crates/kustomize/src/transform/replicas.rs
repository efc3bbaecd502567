use tidegate_object::{Node, Number, Text, Value};
use tidegate_source::{Diagnostic, Label, Mark, Sources, nearest};

use super::{walk_spec, wrong_type};
use crate::config::SharedSpecs;
use crate::fieldspec::Create;
use crate::kustomization::ReplicaEntry;
use crate::resources::Resources;
use crate::schema::Schema;
use crate::text::listed;

/// Sets the number of replicas of the objects of a name.
pub(crate) struct Replicas {
    pub(crate) entry: ReplicaEntry,
    pub(crate) specs: SharedSpecs,
}

impl Replicas {
    #[inline(never)]
    pub(crate) fn apply(
        &self,
        resources: &mut Resources,
        schema: &Schema,
        sources: &Sources,
    ) -> Result<(), Vec<Diagnostic>> {
        let name = &*self.entry.name;
        let mut mistakes = Vec::new();
        let mut found = false;
        for spec in self.specs.as_slice() {
            let places = resources.named(name, |resource| {
                resource.ids().any(|id| id.name == name && spec.selects(&id.gvk))
            });
            found |= !places.is_empty();
            for at in places {
                let resource = resources.content_mut(at);
                let walked =
                    walk_spec(resource, spec, Create::Scalar, &mut |node| self.set(node, sources));
                mistakes.extend(walked.err());
                // A field spec may lead to a part of the identity.
                if is_of_identity(spec.path()) {
                    resource.refresh_scope(schema);
                    resources.renamed(at);
                }
            }
        }
        if !found {
            mistakes.push(self.no_match(resources));
        }
        if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
    }

    fn set(&self, node: &mut Node, sources: &Sources) -> Result<(), Box<Diagnostic>> {
        if matches!(node.value, Value::List(_) | Value::Map(_)) {
            return Err(wrong_type("a number", node));
        }
        let count = match &node.value {
            // The quotes that are there stay, and make a text of the number.
            //
            // Source: `FieldSetter` in kyaml's `yaml/fns.go`.
            Value::String(present) if is_quoted(present, node.mark, sources) => {
                Value::String(Text::from(self.entry.count.to_string()))
            }
            _ => Value::Number(Number::Int(self.entry.count)),
        };
        *node = Node::new(count, self.entry.count_mark);
        Ok(())
    }

    fn no_match(&self, resources: &Resources) -> Diagnostic {
        let mut mistake = Diagnostic::error(
            "no-match",
            format!("no object with replicas is called `{}`", &*self.entry.name),
        )
        .at(Label::new(self.entry.name.mark, ""));
        let scaled = resources.iter().filter(|it| self.specs.matching(it.gvk()).next().is_some());
        let names: Vec<&str> =
            scaled.flat_map(|resource| [resource.original_id().name, resource.name()]).collect();
        let other = resources.named(&self.entry.name, |_| true);
        if let Some(similar) = nearest(&self.entry.name, names.iter().copied()) {
            mistake = mistake.help(format!("there is a `{similar}`"));
        } else if let Some(at) = other.first() {
            let other = resources.get(*at);
            let text = format!("a {} has no replicas", other.kind());
            mistake = mistake.at(Label::new(other.place(), text));
        }
        match names.is_empty() {
            true => mistake.help("no object here has replicas: remove the entry"),
            false if mistake.help.is_empty() => {
                mistake.help(format!("there is {}", listed(&names_once(names), "and")))
            }
            false => mistake,
        }
    }
}

/// Returns whether a text stands in quotes; one that reads as a number does, wherever it comes from.
fn is_quoted(text: &str, mark: Mark, sources: &Sources) -> bool {
    let starts_so = |written: &str| written.starts_with(['"', '\'', '|', '>']);
    text.parse::<f64>().is_ok() || sources.snippet(mark).is_some_and(starts_so)
}

fn is_of_identity(path: &str) -> bool {
    let path = path.trim_start_matches('/');
    path.starts_with("metadata/") || path == "kind" || path == "apiVersion"
}

/// Puts a few of the names in a form for a message, each once.
fn names_once(mut names: Vec<&str>) -> Vec<&str> {
    names.dedup();
    names.truncate(5);
    names
}
