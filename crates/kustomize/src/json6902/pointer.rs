use tidegate_object::{Map, Node, Text, Value};
use tidegate_source::{Diagnostic, nearest};

use super::{index, unescaped};
use crate::text::listed;

/// Where the last step of a pointer is taken.
pub(super) enum Place<'n> {
    Field(&'n mut Map, Text),
    Item(&'n mut Vec<Node>, Text),
}

impl<'n> Place<'n> {
    /// Returns what is there; a field may be missing, an element may not.
    pub(super) fn value(&self) -> Result<Option<&Node>, Box<Diagnostic>> {
        match self {
            Self::Field(fields, key) => Ok(fields.get(key)),
            Self::Item(items, key) => Ok(items.get(index(key, items.len())?)),
        }
    }

    pub(super) fn into_value(self) -> Result<Option<&'n Node>, Box<Diagnostic>> {
        match self {
            Self::Field(fields, key) => Ok(fields.get(&key)),
            Self::Item(items, key) => Ok(items.get(index(&key, items.len())?)),
        }
    }
}

/// Follows a pointer to its last step.
///
/// A mistake comes with the number of the step, counted from 0.
pub(super) fn find<'n>(
    root: &'n mut Node,
    pointer: &str,
) -> Result<Place<'n>, (usize, Box<Diagnostic>)> {
    let mut steps = pointer.split('/').skip(1).map(unescaped);
    let Some(mut step) = steps.next() else {
        let message = format!("the pointer `{pointer}` has no step: it begins with a `/`");
        return Err((0, Diagnostic::error("json-patch-path", message).into()));
    };
    let mut node = root;
    let mut nth = 0;
    for next in steps {
        node = match &mut node.value {
            Value::Map(fields) => {
                if fields.get(&step).is_none_or(Node::is_null) {
                    return Err((nth, missing(&step, fields).into()));
                }
                fields.get_mut(&step).expect("the field was just found")
            }
            Value::List(items) => {
                let at = index(&step, items.len()).map_err(|it| (nth, it))?;
                &mut items[at]
            }
            other => return Err((nth, not_a_container(&step, other).into())),
        };
        step = next;
        nth += 1;
    }
    match &mut node.value {
        Value::Map(fields) => Ok(Place::Field(fields, step)),
        Value::List(items) => Ok(Place::Item(items, step)),
        other => Err((nth, not_a_container(&step, other).into())),
    }
}

/// Says which fields there are, a few of them.
pub(super) fn fields_there<'k>(mut known: impl Iterator<Item = &'k str>) -> String {
    let few: Vec<String> = known.by_ref().take(5).map(|it| format!("`{it}`")).collect();
    let few: Vec<&str> = few.iter().map(String::as_str).collect();
    match few.as_slice() {
        [] => "there are no fields".to_owned(),
        _ if known.next().is_some() => format!("there are {}, …", few.join(", ")),
        _ => format!("there is {}", listed(&few, "and")),
    }
}

fn missing(step: &str, fields: &Map) -> Diagnostic {
    let error = Diagnostic::error("json-patch-path", format!("there is no field `{step}`"))
        .help("point at a field that is there, or create it first with an `add`");
    let known = fields.iter().map(|it| it.0);
    match nearest(step, known) {
        Some(near) => error.help(format!("a field with a similar name exists: `{near}`")),
        None => error,
    }
}

fn not_a_container(step: &str, value: &Value) -> Diagnostic {
    let kind = value.type_name();
    let message = format!("there is no `{step}` in a {kind}");
    Diagnostic::error("json-patch-path", message)
}
