//! `crds`: `OpenAPI` definitions of custom resources, whose extensions say which fields hold labels, annotations and names.

use tidegate_object::{Map, Node, Text};
use tidegate_source::{Diagnostic, Label};

use crate::config::{Config, Of};
use crate::fieldspec::{FieldSpec, NameReference};
use crate::open_api;
use crate::text::text_of;

/// Returns the field specs that definitions ask for.
///
/// # Errors
///
/// `invalid-schema` where a definition is not one, as a manifest of a custom resource definition is not, or holds
/// itself; `conflicting-field-spec`, with `label`, where two definitions differ about a field.
pub(crate) fn config(definitions: &Node, label: &Label) -> Result<Config, Box<Diagnostic>> {
    let mut config = Config::empty();
    let wanted = "a mapping of definitions";
    let Some(map) = open_api::fields(definitions, wanted)? else { return Ok(config) };
    map.iter().try_for_each(|(_, definition)| check(definition))?;
    for (name, definition) in map.iter() {
        let Some(properties) = properties(definition) else { continue };
        if !["kind", "apiVersion", "metadata"].iter().all(|field| properties.contains_key(field)) {
            continue;
        }
        let kind = name.rsplit('.').next().unwrap_or(name);
        let (config, path, seen) = (&mut config, Vec::new(), vec![name]);
        let mut walk = Walk { map, kind, config, path, seen, label };
        walk.definition(properties)?;
    }
    Ok(config)
}

/// Checks a definition: a schema, and the names of those that it refers to.
fn check(definition: &Node) -> Result<(), Box<Diagnostic>> {
    let fields = open_api::fields(definition, "a definition with a `schema`")?;
    for (name, field) in fields.into_iter().flat_map(Map::iter) {
        if name.eq_ignore_ascii_case("schema") {
            open_api::check_schema(field)?;
        } else if name.eq_ignore_ascii_case("dependencies") {
            open_api::check_texts(field)?;
        }
    }
    Ok(())
}

fn properties(definition: &Node) -> Option<&Map> {
    let schema = definition.as_map()?.iter().find(|(key, _)| key.eq_ignore_ascii_case("schema"))?.1;
    schema.get("properties")?.as_map()
}

struct Walk<'a> {
    map: &'a Map,
    kind: &'a str,
    config: &'a mut Config,
    path: Vec<&'a str>,
    /// The definitions around.
    seen: Vec<&'a str>,
    label: &'a Label,
}

impl<'a> Walk<'a> {
    fn definition(&mut self, properties: &'a Map) -> Result<(), Box<Diagnostic>> {
        for (name, property) in properties.iter() {
            self.path.push(name);
            self.property(property)?;
            self.path.pop();
        }
        Ok(())
    }

    fn property(&mut self, property: &'a Node) -> Result<(), Box<Diagnostic>> {
        let extension = |name: &str| property.get(name).map(text_of);
        for (name, of) in [
            ("x-kubernetes-annotation", Of::CommonAnnotations),
            ("x-kubernetes-label-selector", Of::CommonLabels),
            ("x-kubernetes-identity", Of::NamePrefix),
        ] {
            if extension(name).is_some() {
                let spec = self.spec("");
                self.config.add(of, spec).map_err(|it| it.explain(self.label.clone()))?;
            }
        }
        let version = extension("x-kubernetes-object-ref-api-version");
        let kind = extension("x-kubernetes-object-ref-kind");
        if let (Some(version), Some(kind)) = (version, kind) {
            let key = extension("x-kubernetes-object-ref-name-key").unwrap_or("name".into());
            let reference = NameReference {
                group: Text::default(),
                version: Text::from(&*version),
                kind: Text::from(&*kind),
                referrers: [self.spec(&key)].into_iter().collect(),
            };
            let added = self.config.add_name_references(&[reference]);
            added.map_err(|it| it.explain(self.label.clone()))?;
        }
        let Some(reference) = property.get("$ref").and_then(Node::as_str) else { return Ok(()) };
        if self.seen.contains(&reference) {
            let message = format!("the definition `{reference}` holds itself");
            let around = Label::new(property.mark, "here again");
            return Err(Diagnostic::error("invalid-schema", message).at(around).into());
        }
        if let Some(properties) = self.map.get(reference).and_then(properties) {
            self.seen.push(reference);
            self.definition(properties)?;
            self.seen.pop();
        }
        Ok(())
    }

    /// Returns the spec of the field that is looked at, or of one in it.
    fn spec(&self, inner: &str) -> FieldSpec {
        let mut path = self.path.join("/");
        if !inner.is_empty() {
            path.push('/');
            path.push_str(inner);
        }
        let mut spec = FieldSpec::new(path);
        spec.kind = Text::from(self.kind);
        spec
    }
}
