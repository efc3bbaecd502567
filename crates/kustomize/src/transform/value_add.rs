use tidegate_object::{Map, Node, Text, Value};
use tidegate_source::{Diagnostic, Label, Sources};

use super::{Namespace, Subjects, in_object, in_style_of, wrong_type};
use crate::config::SharedSpecs;
use crate::decode::Written;
use crate::path::clean_path;
use crate::resources::Resources;
use crate::selector::Matcher;
use crate::text::{text_of, written_text};

/// Adds a value to fields, as a part of a path where a position is given.
pub(crate) struct ValueAdd {
    pub(crate) value: Written,
    pub(crate) targets: Vec<Target>,
}

/// Where `ValueAddTransformer` adds its value.
pub(crate) struct Target {
    pub(crate) matcher: Option<Matcher>,
    pub(crate) field_path: Written,
    pub(crate) file_path_position: i64,
}

impl ValueAdd {
    #[inline(never)]
    pub(crate) fn apply(
        &self,
        resources: &mut Resources,
        sources: &Sources,
    ) -> Result<(), Vec<Diagnostic>> {
        let mut mistakes = Vec::new();
        for target in &self.targets {
            let places = match &target.matcher {
                None => Ok((0..resources.len()).collect()),
                Some(matcher) => matcher.select(resources),
            };
            let places: Vec<usize> = match places {
                Ok(places) => places,
                Err(mistake) => {
                    mistakes.push(mistake);
                    continue;
                }
            };
            let list = resources.list_mut();
            for at in places {
                let Some(resource) = list.get_mut(at) else { continue };
                let outcome = if &*target.field_path == "metadata/namespace" {
                    let namespace = Namespace {
                        name: self.value.clone(),
                        specs: SharedSpecs::default(),
                        unset_only: false,
                        subjects: Subjects::DefaultOnly,
                    };
                    namespace.move_one(resource, sources)
                } else {
                    let parts = parts(&target.field_path);
                    self.add(resource.root_mut(), &parts, target, sources)
                        .map_err(|mistake| in_object(*mistake, resource))
                };
                resource.settle_shared();
                mistakes.extend(outcome.err());
            }
        }
        if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
    }

    fn add(
        &self,
        node: &mut Node,
        parts: &[String],
        target: &Target,
        sources: &Sources,
    ) -> Result<(), Box<Diagnostic>> {
        let Some((name, rest)) = parts.split_first() else {
            if matches!(node.value, Value::List(_) | Value::Map(_)) {
                return Err(wrong_type("a scalar", node));
            }
            let value = match usize::try_from(target.file_path_position) {
                Ok(position) if position > 0 => {
                    insert_part(&written_text(node, sources), position - 1, &self.value)
                }
                _ => self.value.to_string(),
            };
            let value = in_style_of(node, Text::from(value), sources);
            *node = Node::new(value, self.value.mark);
            return Ok(());
        };
        match &mut node.value {
            Value::List(_) => {
                let Some(at) = element(node, name) else {
                    return Err(wrong_type("a mapping", node));
                };
                let Some(items) = node.as_list_mut() else { return Ok(()) };
                if at == items.len()
                    && let Some((field, value)) = bracketed(name)
                {
                    items.push(made(field, value));
                }
                items.get_mut(at).map_or(Ok(()), |item| self.add(item, rest, target, sources))
            }
            Value::Map(map) => {
                if is_place(name) {
                    return Err(wrong_type("a list", node));
                }
                if !map.contains_key(name) {
                    // A scalar that is made takes the type that the value has when it is not quoted.
                    let made = match rest.first() {
                        None => Node::default(),
                        Some(next) if is_place(next) => Node::from(Vec::new()),
                        Some(_) => Node::new(Value::Map(Map::new()), self.value.mark),
                    };
                    map.insert(name.as_str(), made);
                }
                map.get_mut(name).map_or(Ok(()), |field| self.add(field, rest, target, sources))
            }
            Value::Null => Ok(()),
            _ => Err(wrong_type("a mapping", node)),
        }
    }
}

/// Returns which element of a list a step names: `2`, `-` for the last one, `[name=web]`, `[=web]`.
fn element(list: &Node, step: &str) -> Option<usize> {
    let items = list.as_list()?;
    if let Ok(at) = step.parse() {
        return Some(at);
    }
    if step == "-" {
        return Some(items.len().saturating_sub(1));
    }
    let (field, value) = bracketed(step)?;
    let says = |item: &Node| {
        let node = if field.is_empty() { Some(item) } else { item.get(field) };
        node.is_some_and(|it| text_of(it) == value)
    };
    Some(items.iter().position(says).unwrap_or(items.len()))
}

/// Returns the element that a step `[FIELD=VALUE]` finds.
fn made(field: &str, value: &str) -> Node {
    if field.is_empty() {
        return Node::default();
    }
    let mut map = Map::new();
    map.insert(field, Node::from(Text::from(value)));
    Node::from(map)
}

/// Returns whether a step names a place in a list, which no mapping has.
fn is_place(step: &str) -> bool {
    matches!(step, "-" | "*") || step.parse::<usize>().is_ok() || bracketed(step).is_some()
}

/// Takes a step `[FIELD=VALUE]` apart.
fn bracketed(step: &str) -> Option<(&str, &str)> {
    step.strip_prefix('[')?.strip_suffix(']')?.split_once('=')
}

/// Splits a path at `/`; a `\` before it keeps it in its part.
fn parts(path: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in path.split('/') {
        match parts.last_mut() {
            Some(last) if last.ends_with('\\') => {
                last.pop();
                last.push('/');
                last.push_str(part);
            }
            _ => parts.push(part.to_owned()),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Puts a part into a path of files; an absolute path stays one.
fn insert_part(path: &str, position: usize, part: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    parts.insert(position.min(parts.len()), part);
    let joined = parts.join("/");
    clean_path(&if rooted { format!("/{joined}") } else { joined })
}

/// A target that lacks its field.
pub(crate) fn check_target(target: &Target) -> Option<Diagnostic> {
    let mistake = if target.field_path.is_empty() {
        Diagnostic::error("missing-field", "a target needs a `fieldPath`")
    } else if target.file_path_position < 0 {
        Diagnostic::error("wrong-value", "`filePathPosition` can't be negative")
    } else {
        return None;
    };
    Some(mistake.at(Label::new(target.field_path.mark, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_file_paths() {
        assert_eq!(insert_part("", 0, "PEACH"), "PEACH");
        assert_eq!(insert_part("/", 0, "PEACH"), "/PEACH");
        assert_eq!(insert_part("/pie", 0, "PEACH"), "/PEACH/pie");
        assert_eq!(insert_part("a/nice/pie", 1, "PEACH"), "a/PEACH/nice/pie");
        assert_eq!(insert_part("/raw", 98, "PEACH"), "/raw/PEACH");
    }

    #[test]
    fn a_backslash_keeps_a_slash() {
        assert_eq!(parts("spec/resourceRef\\/external"), ["spec", "resourceRef/external"]);
    }
}
