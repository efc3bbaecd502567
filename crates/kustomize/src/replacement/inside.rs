//! Fields inside a text: a JSON or YAML document that is the value of a field.

use std::sync::Arc;

use tidegate_object::{Node, Reading, Value, from_yaml};
use tidegate_source::{Diagnostic, Mark, SourceId};
use tidegate_yaml::Stream;
use tidegate_yaml::edit::{self, New, Step as EditStep};

use super::restyle::restyled;
use crate::fieldpath::{self, Found, Make, Step};
use crate::go_json;
use crate::text::text_of;

/// Reads the first document that a plain value holds; `None` where its text is no YAML.
pub(crate) fn structured(node: &Node) -> Option<Node> {
    let text = text_of(node);
    let stream = Stream::parse(&text).ok()?;
    let shared: Arc<Arc<str>> = Arc::new(Arc::from(&*text));
    from_yaml(stream.root()?, SourceId::NONE, &shared, Reading::Resource).ok()
}

/// Writes to a field whose path leads through a plain value: the text of that value is read as a document, changed, and
/// written back as JSON or YAML. `None` where the path is none of that kind, or leads nowhere; nothing is changed then.
pub(super) fn write(
    root: &mut Node,
    steps: &[Step],
    make: Make,
    set: &mut dyn FnMut(Found<'_>) -> Result<(), Diagnostic>,
) -> Option<()> {
    let outer = (1..steps.len()).find(|count| {
        let found = fieldpath::lookup(root, &steps[..*count]).ok().flatten();
        found.is_some_and(|it| !matches!(it.value, Value::Map(_) | Value::List(_)))
    })?;
    let field = fieldpath::lookup(root, &steps[..outer]).ok().flatten()?;
    let Value::String(text) = &field.value else { return None };
    let before = structured(field)?;
    let mut after = before.clone();
    let count = fieldpath::visit(&mut after, &steps[outer..], make, set).ok()?;
    if count == 0 {
        return None;
    }
    let new = if text.trim_start().starts_with(['{', '[']) {
        let pretty = text.contains('\n') && text.contains("  ");
        if pretty { pretty_json(&after) } else { compact_json(&after) }
    } else {
        yaml(text, &before, &after)?
    };
    let value = Value::String(new.into());
    let mut done = false;
    let mut replace = |found: Found<'_>| {
        if !done {
            found.node.value = value.clone();
            done = true;
        }
        Ok(())
    };
    let place = exact(root, &steps[..outer])?;
    fieldpath::visit(root, &place, Make::Nothing, &mut replace).ok()?;
    Some(())
}

/// Turns a path that is looked up into one that names the same nodes by their positions.
fn exact(root: &Node, steps: &[Step]) -> Option<Vec<Step>> {
    let mut node = root;
    let mut exact = Vec::with_capacity(steps.len());
    for step in steps {
        let next = fieldpath::lookup(node, std::slice::from_ref(step)).ok().flatten()?;
        exact.push(match (&node.value, step) {
            (Value::List(items), _) => {
                let at = items.iter().position(|it| std::ptr::eq(it, next))?;
                Step::Index(at)
            }
            (_, Step::Field(name)) => Step::Field(name.trim().to_owned()),
            _ => return None,
        });
        node = next;
    }
    Some(exact)
}

fn compact_json(node: &Node) -> String {
    let mut out = String::new();
    go_json::write(&mut out, node);
    out
}

/// Writes JSON with two blanks for each level, as Go's `MarshalIndent` does.
fn pretty_json(node: &Node) -> String {
    let compact = compact_json(node);
    let mut out = String::with_capacity(compact.len() * 2);
    let (mut depth, mut quoted, mut escaped) = (0, false, false);
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    };
    let mut characters = compact.chars().peekable();
    while let Some(c) = characters.next() {
        if quoted {
            out.push(c);
            quoted = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
            continue;
        }
        match c {
            '{' | '[' => {
                out.push(c);
                if let Some(close) = characters.next_if(|it| matches!(it, '}' | ']')) {
                    out.push(close);
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth -= 1;
                line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            _ => {
                quoted = c == '"';
                out.push(c);
            }
        }
    }
    out
}

/// Writes the changes into the text, and the text in the layout that Kustomize gives it.
fn yaml(text: &str, before: &Node, after: &Node) -> Option<String> {
    let mut draft = text.to_owned();
    let mut changes = Vec::new();
    difference(before, after, &mut Vec::new(), &mut changes);
    for (path, new) in changes {
        let stream = Stream::parse(&draft).ok()?;
        let steps: Vec<EditStep<'_>> = path
            .iter()
            .map(|it| match it {
                At::Key(key) => EditStep::Key(key),
                At::Index(at) => EditStep::Index(*at),
            })
            .collect();
        let root = stream.root()?;
        let edits = match steps.split_last() {
            None => edit::set(root, &new),
            Some((EditStep::Key(key), above)) => {
                edit::find(root, above).and_then(|it| edit::set_entry(it, key, &new))
            }
            Some((EditStep::Index(at), above)) => {
                edit::find(root, above).and_then(|list| match list.item(*at) {
                    Some(item) => edit::set(item, &new),
                    None => edit::push_item(list, &new),
                })
            }
        };
        let next = edits.ok()?.apply(&draft);
        drop(stream);
        draft = next;
    }
    restyled(&draft)
}

/// A step to a node, owned.
#[derive(Clone, Debug)]
enum At {
    Key(String),
    Index(usize),
}

/// Collects what is different, from the outside in.
fn difference(before: &Node, after: &Node, path: &mut Vec<At>, out: &mut Vec<(Vec<At>, New)>) {
    match (&before.value, &after.value) {
        (Value::Map(old), Value::Map(new)) if !old.is_empty() => {
            for (key, node) in new.iter() {
                path.push(At::Key(key.to_owned()));
                match old.get(key) {
                    Some(old) => difference(old, node, path, out),
                    None => out.push((path.clone(), written(node))),
                }
                path.pop();
            }
        }
        (Value::List(old), Value::List(new)) if !old.is_empty() && old.len() <= new.len() => {
            for (at, node) in new.iter().enumerate() {
                path.push(At::Index(at));
                match old.get(at) {
                    Some(old) => difference(old, node, path, out),
                    None => out.push((path.clone(), written(node))),
                }
                path.pop();
            }
        }
        (old, new) if old == new => {}
        _ => out.push((path.clone(), written(after))),
    }
}

fn written(node: &Node) -> New {
    match &node.value {
        Value::String(text) => New::from(&**text),
        Value::List(items) => New::List(items.iter().map(written).collect()),
        Value::Map(fields) => {
            New::Map(fields.iter().map(|(key, node)| (key.to_owned(), written(node))).collect())
        }
        Value::Null => New::Plain("null".to_owned()),
        _ => New::Plain(text_of(&Node::new(node.value.clone(), Mark::NONE)).into_owned()),
    }
}
