use tidegate_object::{Map, Node, Text, Value};
use tidegate_source::{Diagnostic, nearest};

use super::{index, unescaped};

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
pub(super) fn find<'n>(root: &'n mut Node, pointer: &str) -> Result<Place<'n>, Box<Diagnostic>> {
    let mut steps = pointer.split('/').skip(1).map(unescaped);
    let Some(mut step) = steps.next() else {
        let message = format!("the pointer `{pointer}` has no step: it begins with a `/`");
        return Err(Diagnostic::error("json-patch-path", message).into());
    };
    let mut node = root;
    for next in steps {
        node = match &mut node.value {
            Value::Map(fields) => {
                if fields.get(&step).is_none_or(Node::is_null) {
                    return Err(missing(&step, fields).into());
                }
                fields.get_mut(&step).expect("the field was just found")
            }
            Value::List(items) => {
                let at = index(&step, items.len())?;
                &mut items[at]
            }
            other => return Err(not_a_container(&step, other).into()),
        };
        step = next;
    }
    match &mut node.value {
        Value::Map(fields) => Ok(Place::Field(fields, step)),
        Value::List(items) => Ok(Place::Item(items, step)),
        other => Err(not_a_container(&step, other).into()),
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
