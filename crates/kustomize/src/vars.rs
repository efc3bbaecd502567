//! Variables: `$(NAME)` in the fields that `varReference` names, replaced by the value of a field of an object.

use std::collections::BTreeMap;

use tidegate_object::{Node, Number, Text, Value};
use tidegate_source::{Diagnostic, Label, Sources, nearest};

use crate::fieldspec::{Create, FieldSpecs};
use crate::identity::{Gvk, Id};
use crate::kustomization::Var;
use crate::resource::Styles;
use crate::resources::Resources;
use crate::text::{text_of, unfolded, written_text};
use crate::transform::in_object;

/// The variables of a build, by name.
pub(crate) type Vars = BTreeMap<Text, Var>;

/// Adds the variables of a kustomization and notes at each object which of them it gives the value of.
pub(crate) fn collect(
    vars: &mut Vars,
    incoming: &[Var],
    resources: &mut Resources,
) -> Result<(), Vec<Diagnostic>> {
    let mut mistakes = Vec::new();
    for var in incoming {
        let gvk = Gvk { group: &var.group, version: &var.version, kind: &var.kind };
        let id =
            Id { gvk, name: &var.object_name, namespace: &var.namespace, cluster_scoped: false };
        let anywhere = var.namespace.is_empty();
        let places = resources.named(id.name, |resource| {
            !resource.is_empty()
                && resource.ids().any(|one| {
                    if anywhere { one.name == id.name && one.gvk == gvk } else { one.same(&id) }
                })
        });
        match places.as_slice() {
            [] => {}
            [at] => resources.content_mut(*at).variables.push(var.name.text.clone()),
            several => {
                let message =
                    format!("the variable `{}` may mean {} objects", &*var.name, several.len());
                let mut mistake = Diagnostic::error("ambiguous-variable", message)
                    .at(Label::new(var.place(), "this name is not enough"));
                for at in several.iter().take(2) {
                    mistake = mistake.at(Label::new(resources.get(*at).place(), "may be meant"));
                }
                mistakes.push(mistake.help("name the `namespace` of the object, too"));
            }
        }
        mistakes.extend(add(vars, var).err());
    }
    if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
}

/// Adds a variable; one of the same name is a mistake.
pub(crate) fn add(vars: &mut Vars, var: &Var) -> Result<(), Diagnostic> {
    if let Some(present) = vars.get(&var.name.text) {
        let message = format!("the variable `{}` is defined twice", &*var.name);
        return Err(Diagnostic::error("duplicate-variable", message)
            .at(Label::new(var.name.mark, "a second time here"))
            .at(Label::new(present.name.mark, "first here"))
            .help("rename one of the two"));
    }
    vars.insert(var.name.text.clone(), var.clone());
    Ok(())
}

/// Puts the values in. Returns warnings of variables that nothing uses.
pub(crate) fn resolve(
    vars: &Vars,
    specs: &FieldSpecs,
    resources: &mut Resources,
    sources: &Sources,
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let mut mistakes = Vec::new();
    let mut values: BTreeMap<Text, (Option<Node>, bool)> = BTreeMap::new();
    for (name, var) in vars {
        match value(var, resources, sources) {
            Ok(node) => drop(values.insert(name.clone(), (node, false))),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    if values.is_empty() || !mistakes.is_empty() {
        return if mistakes.is_empty() { Ok(Vec::new()) } else { Err(mistakes) };
    }
    for resource in resources.list_mut() {
        let (api_version, kind) = (Text::from(resource.api_version()), Text::from(resource.kind()));
        let gvk = Gvk::new(&api_version, &kind);
        let styles = (resource.styles == Styles::AsWritten).then_some(sources);
        let mut set = |node: &mut Node| set(node, &mut values, styles);
        if let Err(mistake) = specs.visit(resource.root_mut(), gvk, Create::Never, &mut set) {
            mistakes.push(in_object(*mistake, resource));
        }
        resource.settle_shared();
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let unused =
        values.iter().filter(|(_, (_, used))| !used).filter_map(|(name, _)| vars.get(name));
    let warning = |var: &Var| {
        let message = format!("the variable `{}` is used nowhere", &*var.name);
        Diagnostic::warning("unused-variable", message).at(Label::new(var.mark, ""))
    };
    Ok(unused.map(warning).collect())
}

/// Finds the value of a variable; `None` for one that can't be put into a string.
fn value(var: &Var, resources: &Resources, sources: &Sources) -> Result<Option<Node>, Diagnostic> {
    let Some(resource) = resources.iter().find(|it| it.variables.contains(&var.name.text)) else {
        let message = format!("the variable `{}` names no object that is known", &*var.name);
        let mistake = Diagnostic::error("no-match", message).at(Label::new(var.place(), ""));
        return Err(mistake.help(known_object(var, resources)));
    };
    let path = if var.field_path.is_empty() { "metadata.name" } else { &*var.field_path };
    match field(resource.root(), path) {
        Some(node) if matches!(node.value, Value::List(_) | Value::Map(_)) => Ok(None),
        // The characters that say `null` are put in, be there any or none.
        Some(node) if node.is_null() => {
            Ok(Some(Node::new(Value::String(written_text(node, sources)), node.mark)))
        }
        Some(node) => Ok(Some(node.clone())),
        None => {
            let message =
                format!("the field `{path}` of the variable `{}` does not exist", &*var.name);
            Err(Diagnostic::error("no-such-field", message)
                .at(Label::new(
                    if var.field_path.is_empty() { var.place() } else { var.field_path.mark },
                    "",
                ))
                .at(Label::new(resource.place(), "in this object")))
        }
    }
}

/// Says which object a variable may mean that names none.
fn known_object(var: &Var, resources: &Resources) -> String {
    let places = resources.named(&var.object_name, |it| !it.is_empty());
    if let Some(at) = places.first() {
        let other = resources.get(*at).id();
        return format!("there is a {other}: kind, apiVersion and namespace have to be the same");
    }
    let kin = || resources.iter().filter(|it| it.kind() == &*var.kind);
    let names = kin().flat_map(|it| [it.original_id().name, it.name()]);
    match nearest(&var.object_name, names).or_else(|| Some(kin().next()?.name())) {
        Some(name) => format!("there is a {} called `{name}`", &*var.kind),
        None => format!("there is no {} among the resources", &*var.kind),
    }
}

/// Looks up a path with `.` between its parts: `\.` is a `.` inside a part, `[key=value]` and `[n]` choose an item.
fn field<'n>(root: &'n Node, path: &str) -> Option<&'n Node> {
    let mut node = root;
    for part in field_parts(path) {
        node = match &node.value {
            Value::List(items) => {
                if let Some((key, value)) =
                    part.strip_prefix('[').and_then(|it| it.strip_suffix(']')?.split_once('='))
                {
                    items
                        .iter()
                        .find(|item| item.get(key).is_some_and(|it| text_of(it) == value))?
                } else if part == "-" {
                    items.last()?
                } else {
                    items.get(part.parse::<usize>().ok()?)?
                }
            }
            _ => node.get(&part)?,
        };
    }
    Some(node)
}

fn field_parts(path: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in path.strip_prefix('.').filter(|rest| !rest.is_empty()).unwrap_or(path).split('.') {
        match parts.last_mut() {
            Some(last) if last.ends_with('\\') => {
                last.pop();
                last.push('.');
                last.push_str(part);
            }
            // A part in brackets goes on to its closing bracket.
            Some(last) if last.starts_with('[') && !last.ends_with(']') => {
                last.push('.');
                last.push_str(part);
            }
            _ => parts.push(part.to_owned()),
        }
    }
    let mut result = Vec::with_capacity(parts.len());
    for part in parts {
        if part.starts_with('[') && !part.contains('=') && part.parse::<usize>().is_err() {
            let inner = part.trim_start_matches('[').trim_end_matches(']');
            result.push(inner.to_owned());
            continue;
        }
        // `ports[0]` is two parts.
        match part.strip_suffix(']').and_then(|it| it.rsplit_once('[')) {
            Some((name, index)) if index.parse::<usize>().is_ok() => {
                if !name.is_empty() {
                    result.push(name.to_owned());
                }
                result.push(index.to_owned());
            }
            _ => result.push(part),
        }
    }
    result.retain(|part| !part.is_empty());
    result
}

fn set(
    node: &mut Node,
    values: &mut BTreeMap<Text, (Option<Node>, bool)>,
    styles: Option<&Sources>,
) -> Result<(), Box<Diagnostic>> {
    // A text is set, and loses its style, also where it holds no variable.
    //
    // Source: `updateNodeValue` in kustomize's `api/filters/refvar/refvar.go`.
    let mut set_text = |node: &mut Node| {
        if let Value::String(text) = &node.value
            && let Some(text) = styles.and_then(|sources| unfolded(text, node, sources))
        {
            node.value = Value::String(text);
        }
        expand(node, values);
    };
    match &mut node.value {
        Value::String(_) => set_text(node),
        Value::Map(map) => {
            for entry in map.entries_mut() {
                if matches!(entry.node.value, Value::String(_)) {
                    set_text(&mut entry.node);
                }
            }
        }
        Value::List(items) => {
            for item in items {
                if !matches!(item.value, Value::String(_)) {
                    let message = format!("expected a string, found a {}", item.value.type_name());
                    let mistake = Diagnostic::error("field-type", message);
                    return Err(Box::new(mistake.at(Label::new(item.mark, ""))));
                }
                set_text(item);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    Ok(())
}

// text = *( "$(" NAME ")" / "$$" / any )
fn expand(node: &mut Node, values: &mut BTreeMap<Text, (Option<Node>, bool)>) {
    let Value::String(text) = &node.value else { return };
    if !text.contains('$') {
        return;
    }
    let text = text.clone();
    let mut out = String::with_capacity(text.len());
    let mut rest: &str = &text;
    while let Some(at) = rest.find('$') {
        let behind = &rest[at + 1..];
        out.push_str(&rest[..at]);
        let Some(next) = behind.chars().next() else {
            rest = &rest[at..];
            break;
        };
        rest = match (next, behind.find(')')) {
            ('$', _) => {
                out.push('$');
                &behind[1..]
            }
            ('(', Some(end)) => {
                let name = &behind[1..end];
                let value = values.get_mut(name);
                let known = value.and_then(|(value, used)| {
                    *used |= value.is_some();
                    value.as_ref()
                });
                match known {
                    Some(value) if text.len() == name.len() + 3 => {
                        *node = typed(value);
                        return;
                    }
                    Some(value) => out.push_str(&text_of(value)),
                    None => out.push_str(&rest[at..=at + 1 + end]),
                }
                &behind[end + 1..]
            }
            (next, _) => {
                out.push('$');
                out.push(next);
                &behind[next.len_utf8()..]
            }
        };
    }
    out.push_str(rest);
    node.value = Value::String(Text::from(out));
}

/// A value that fills a whole field keeps its type; a float gets its shortest text.
fn typed(value: &Node) -> Node {
    match &value.value {
        Value::Number(Number::Float(text)) => {
            let shortest =
                text.parse::<f64>().map_or_else(|_| text.to_string(), |it| it.to_string());
            Node::new(Value::Number(Number::Float(Text::from(shortest))), value.mark)
        }
        _ => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::tree;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut values: BTreeMap<Text, (Option<Node>, bool)> = BTreeMap::new();
        values.insert(Text::from("A"), (Some(Node::from("one")), false));
        values.insert(Text::from("N"), (Some(Node::from(2)), false));
        let mut node = Node::from(text);
        expand(&mut node, &mut values);
        assert_eq!(text_of(&node), expected);
    }

    #[test]
    fn references_in_text() {
        check("x-$(A)-$(N)", "x-one-2");
        check("$(A)", "one");
        check("$(B)$(A)", "$(B)one");
        check("$$(A)", "$(A)");
        check("$(A", "$(A");
        check("a$", "a$");
        check("$x$(N)", "$x2");
    }

    #[test]
    fn a_number_that_fills_the_field_stays_a_number() {
        let mut values = BTreeMap::from([(Text::from("N"), (Some(Node::from(2)), false))]);
        let mut node = Node::from("$(N)");
        expand(&mut node, &mut values);
        assert_eq!(node, Node::from(2));
    }

    #[test]
    fn paths_of_fields() {
        let root = tree("{spec: {ports: [{name: web, port: 80}, {name: a.b, port: 81}]}}");
        assert_eq!(field(&root, "spec.ports[1].port"), Some(&Node::from(81)));
        assert_eq!(field(&root, "spec.ports.[name=a.b].port"), Some(&Node::from(81)));
        assert_eq!(field(&root, "spec.ports.0.name"), Some(&Node::from("web")));
        assert_eq!(field(&root, "spec.none"), None);
    }
}
