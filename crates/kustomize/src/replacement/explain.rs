//! What there is where a replacement finds nothing.

use tidegate_pattern::is_literal;
use tidegate_source::{Diagnostic, Label, nearest};

use super::Source;
use crate::decode::Written;
use crate::fieldpath::Stop;
use crate::identity::Id;
use crate::resources::Resources;

impl Source {
    /// Explains that no object is the source, and which could be meant.
    pub(super) fn nothing_selected(&self, resources: &Resources, wanted: &Id<'_>) -> Diagnostic {
        let message = format!("nothing is selected by {wanted}");
        let mistake =
            Diagnostic::error("replacement", message).at(Label::new(self.place(), "this source"));
        let kin = || {
            resources.iter().filter(|it| wanted.gvk.kind.is_empty() || it.kind() == wanted.gvk.kind)
        };
        let names = kin().flat_map(|it| [it.original_id().name, it.name()]);
        let called = names.clone().any(|it| it == wanted.name);
        let similar = nearest(wanted.name, names).filter(|_| !called);
        let known = match similar {
            Some(name) => kin().find(|it| it.ids().any(|id| id.name == name)),
            None => resources.named(wanted.name, |_| true).first().map(|at| resources.get(*at)),
        };
        let known = known.or_else(|| kin().next());
        let mistake = match known {
            Some(known) => mistake.help(format!("there is a {}", known.id())),
            None => mistake.help(format!("there is no {} among the resources", wanted.gvk.kind)),
        };
        if is_literal(wanted.name).is_some() {
            return mistake;
        }
        mistake.help("the name of a source is taken as it is written, not as a regular expression")
    }
}

/// Adds what there is where a field path leads to nothing.
pub(super) fn missing_here(mut mistake: Diagnostic, path: &Written, stop: &Stop<'_>) -> Diagnostic {
    let missing = path.get(stop.step.clone()).unwrap_or_default();
    if stop.node.mark.is_some() {
        mistake = mistake.at(Label::new(stop.node.mark, format!("no `{missing}` in this")));
    }
    let fields = stop.node.as_map().into_iter().flat_map(|it| it.iter().map(|(key, _)| key));
    match nearest(missing, fields) {
        Some(similar) => {
            let help = format!("a field with a similar name exists: `{similar}`");
            mistake.help.insert(0, help.into());
            mistake
        }
        None => mistake,
    }
}
