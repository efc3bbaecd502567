//! Findings that an object allows: the annotation `tidegate.dev/allow: CODE (reason)`.

use std::collections::BTreeSet;

use tidegate_object::{Node, Object, Value};
use tidegate_source::{Diagnostic, Label, Mark, Sources, nearest};

use crate::pages;

const ANNOTATION: &str = "tidegate.dev/allow";

/// What one object allows.
pub(crate) struct Allowed {
    codes: Vec<(String, String)>,
    /// The places of everything that the object holds, as people write them: the same in every table of texts.
    places: BTreeSet<String>,
}

impl Allowed {
    /// Returns the reason why a finding is allowed.
    pub(crate) fn reason(&self, finding: &Diagnostic, sources: &Sources) -> Option<&str> {
        let (_, reason) = self.codes.iter().find(|(code, _)| *code == finding.code)?;
        let is_here = |mark: Mark| {
            sources.place(mark).is_some_and(|it| self.places.contains(&it.to_string()))
        };
        finding.labels.iter().any(|label| is_here(label.mark)).then_some(reason)
    }
}

/// Reads the annotations of objects. One that can't be read is a finding, and allows nothing.
pub(crate) fn read(objects: &[Object], sources: &Sources) -> (Vec<Allowed>, Vec<Diagnostic>) {
    let (mut all, mut mistakes) = (Vec::new(), Vec::new());
    for object in objects {
        let Some(annotation) = object.at(&["metadata", "annotations", ANNOTATION]) else {
            continue;
        };
        match annotation.as_str().and_then(codes) {
            Some(codes) => {
                mistakes
                    .extend(codes.iter().filter_map(|(code, _)| unknown(code, annotation.mark)));
                all.push(Allowed { codes, places: places(object, sources) });
            }
            None => mistakes.push(
                Diagnostic::warning(
                    "allow-without-reason",
                    format!("the annotation `{ANNOTATION}` names no finding with a reason"),
                )
                .at(Label::new(annotation.mark, ""))
                .help("write `CODE (reason)`, several of them one behind the other"),
            ),
        }
    }
    (all, mistakes)
}

/// Reports a code that nothing is found under.
fn unknown(code: &str, mark: Mark) -> Option<Diagnostic> {
    if pages::codes().any(|it| it == code) {
        return None;
    }
    let message =
        format!("the annotation `{ANNOTATION}` allows `{code}`, and there is no such finding");
    let mistake = Diagnostic::warning("allow-unknown", message).at(Label::new(mark, ""));
    Some(match nearest(code, pages::codes()) {
        Some(near) => mistake.help(format!("did you mean `{near}`?")),
        None => {
            mistake.help("write the code that stands in brackets behind the weight of a finding")
        }
    })
}

/// Reads `CODE (reason)`, as often as it stands there, with commas or line ends between.
fn codes(text: &str) -> Option<Vec<(String, String)>> {
    let mut codes = Vec::new();
    let between = |it: char| it.is_whitespace() || it == ',';
    let mut rest = text.trim_matches(between);
    while !rest.is_empty() {
        let (code, behind) = rest.split_once('(')?;
        let (reason, behind) = behind.split_once(')')?;
        let (code, reason) = (code.trim(), reason.trim());
        if code.is_empty() || code.contains(between) || reason.is_empty() {
            return None;
        }
        codes.push((code.to_owned(), reason.to_owned()));
        rest = behind.trim_start_matches(between);
    }
    (!codes.is_empty()).then_some(codes)
}

fn places(object: &Object, sources: &Sources) -> BTreeSet<String> {
    let mut places = BTreeSet::new();
    let mut pending: Vec<&Node> = vec![&object.root];
    while let Some(node) = pending.pop() {
        places.extend(sources.place(node.mark).map(|it| it.to_string()));
        match &node.value {
            Value::Map(map) => pending.extend(map.iter().map(|(_, node)| node)),
            Value::List(items) => pending.extend(items),
            _ => {}
        }
    }
    places
}
