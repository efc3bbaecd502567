//! A schema that a kustomization gives: an `OpenAPI` (Swagger 2) document, read as it stands.

use std::collections::BTreeMap;

use tidegate_object::{Map, Node, Value};
use tidegate_source::{Diagnostic, Label};

use super::{Beside, Repr, builtin};

const GROUP_VERSION_KIND: &str = "x-kubernetes-group-version-kind";

/// How many references lead to one type at most.
const MAX_REFERENCES: usize = 64;

/// An `OpenAPI` document, with an index of its resources.
#[derive(Debug)]
pub(super) struct Given {
    definitions: Map,
    /// API version and kind to the name of the definition.
    resources: BTreeMap<(String, String), String>,
    scopes: BTreeMap<(String, String), bool>,
}

impl Given {
    pub(super) fn read(document: &Node) -> Result<Self, Box<Diagnostic>> {
        if document.as_map().is_none() {
            return Err(invalid(document, "an OpenAPI document is a mapping").into());
        }
        let mut given =
            Self { definitions: Map::new(), resources: BTreeMap::new(), scopes: BTreeMap::new() };
        for (name, definition) in mapping(document, "definitions")?.into_iter().flat_map(Map::iter)
        {
            let kinds = definition.get(GROUP_VERSION_KIND).and_then(Node::as_list);
            for kind in kinds.unwrap_or_default() {
                given.resources.insert(group_version_kind(kind)?, name.to_owned());
            }
        }
        for (path, item) in mapping(document, "paths")?.into_iter().flat_map(Map::iter) {
            let Some(kind) = item.at(&["get", GROUP_VERSION_KIND]) else { continue };
            if kind.as_map().is_none() {
                continue;
            }
            let namespaced = path.contains("namespaces/{namespace}");
            let scope = given.scopes.entry(group_version_kind(kind)?).or_insert(false);
            *scope |= namespaced;
        }
        given.definitions = mapping(document, "definitions")?.cloned().unwrap_or_default();
        Ok(given)
    }

    pub(super) fn resource(&self, api_version: &str, kind: &str) -> Option<&Node> {
        let name = self.resources.get(&(api_version.to_owned(), kind.to_owned()))?;
        self.definitions.get(name)
    }

    pub(super) fn is_namespaced(&self, api_version: &str, kind: &str) -> Option<bool> {
        self.scopes.get(&(api_version.to_owned(), kind.to_owned())).copied()
    }

    /// Returns the schema of a field: the property of that name, else what `additionalProperties` says.
    pub(super) fn field<'a>(
        &'a self,
        schema: &'a Node,
        name: &str,
        beside: Beside,
    ) -> Option<Repr<'a>> {
        let property = schema.get("properties").and_then(|it| it.get(name));
        let values = schema.get("additionalProperties").filter(|it| it.as_map().is_some());
        self.resolved(property.or(values)?, beside)
    }

    pub(super) fn items<'a>(&'a self, schema: &'a Node, beside: Beside) -> Option<Repr<'a>> {
        let is_list = match &schema.get("type")?.value {
            Value::String(name) => *name == *"array",
            Value::List(names) => matches!(names.as_slice(), [it] if it.as_str() == Some("array")),
            _ => false,
        };
        if is_list { self.resolved(schema.get("items")?, beside) } else { None }
    }

    /// Follows `$ref: '#/definitions/NAME'`, and on through `/properties/FIELD`; nothing else may be referred to.
    fn resolved<'a>(&'a self, schema: &'a Node, beside: Beside) -> Option<Repr<'a>> {
        let mut schema = schema;
        for _ in 0..MAX_REFERENCES {
            let Some(reference) = schema.get("$ref").and_then(Node::as_str) else {
                return Some(Repr::Given(self, schema, beside));
            };
            let mut steps = reference.strip_prefix("#/definitions/")?.split('/').map(unescaped);
            let name = steps.next()?;
            let known = (beside != Beside::Nothing).then(|| builtin::definition(&name)).flatten();
            let found = self.definitions.get(&name);
            if let Some(known) = known.filter(|_| found.is_none() || beside == Beside::BuiltinFirst)
            {
                return builtin_property(known, steps).map(Repr::Builtin);
            }
            schema = found?;
            while let Some(step) = steps.next() {
                let field = steps.next().filter(|_| step == "properties")?;
                schema = schema.at(&["properties", &field])?;
            }
        }
        None
    }
}

/// Takes a step of a JSON pointer as it is meant (RFC 6901, section 4).
fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

fn builtin_property(mut at: u16, mut steps: impl Iterator<Item = String>) -> Option<u16> {
    while let Some(step) = steps.next() {
        let field = steps.next().filter(|_| step == "properties")?;
        at = builtin::field(at, &field)?;
    }
    Some(at)
}

pub(super) fn merge_keys(schema: &Node) -> Option<Vec<&str>> {
    let strategy = schema.get("x-kubernetes-patch-strategy")?.as_str()?;
    if !strategy.split(',').any(|it| it == "merge") {
        return None;
    }
    if let Some(keys) = schema.get("x-kubernetes-list-map-keys").and_then(Node::as_list) {
        return Some(keys.iter().filter_map(Node::as_str).collect());
    }
    Some(schema.get("x-kubernetes-patch-merge-key").and_then(Node::as_str).into_iter().collect())
}

fn mapping<'a>(document: &'a Node, field: &str) -> Result<Option<&'a Map>, Box<Diagnostic>> {
    match document.get(field) {
        None => Ok(None),
        Some(node) if node.is_null() => Ok(None),
        Some(node) => match node.as_map() {
            Some(map) => Ok(Some(map)),
            None => {
                Err(invalid(node, format!("`{field}` of an OpenAPI document is a mapping")).into())
            }
        },
    }
}

fn group_version_kind(node: &Node) -> Result<(String, String), Box<Diagnostic>> {
    let text = |field: &str| node.get(field).and_then(Node::as_str);
    let (Some(version), Some(kind)) = (text("version"), text("kind")) else {
        return Err(
            invalid(node, format!("`{GROUP_VERSION_KIND}` needs a version and a kind")).into()
        );
    };
    let api_version = match text("group") {
        Some(group) if !group.is_empty() => format!("{group}/{version}"),
        _ => version.to_owned(),
    };
    Ok((api_version, kind.to_owned()))
}

fn invalid(node: &Node, message: impl Into<std::borrow::Cow<'static, str>>) -> Diagnostic {
    Diagnostic::error("invalid-schema", message)
        .at(Label::new(node.mark, format!("this is a {}", node.value.type_name())))
}
