use tidegate_object::{Map, Node, Text, Value};
use tidegate_source::{Diagnostic, Label, Sources};

use super::{Namespace, Subjects, in_object, in_style_of, wrong_type};
use crate::config::SharedSpecs;
use crate::decode::Written;
use crate::path::clean_path;
use crate::resources::Resources;
use crate::selector::Matcher;
use crate::text::text_of;

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
                    namespace.move_one(resource)
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
                    insert_part(&text_of(node), position - 1, &self.value)
                }
                _ => self.value.to_string(),
            };
            let value = in_style_of(node, Text::from(value), sources);
            *node = Node::new(value, self.value.mark);
            return Ok(());
        };
        match &mut node.value {
            Value::List(items) => {
                let item = name.parse::<usize>().ok().and_then(|at| items.get_mut(at));
                item.map_or(Ok(()), |item| self.add(item, rest, target, sources))
            }
            Value::Map(map) => {
                if !map.contains_key(name) {
                    let value = if rest.is_empty() {
                        Value::String(Text::literal(""))
                    } else {
                        Value::Map(Map::new())
                    };
                    map.insert(name.as_str(), Node::new(value, self.value.mark));
                }
                map.get_mut(name).map_or(Ok(()), |field| self.add(field, rest, target, sources))
            }
            Value::Null => Ok(()),
            _ => Err(wrong_type("a mapping", node)),
        }
    }
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
