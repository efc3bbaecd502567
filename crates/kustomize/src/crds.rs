//! `crds`: `OpenAPI` definitions of custom resources, whose extensions say which fields hold labels, annotations and names.

use tidegate_object::{Map, Node, Text};

use crate::config::{Config, Conflict, Of};
use crate::fieldspec::{FieldSpec, NameReference};
use crate::text::text_of;

/// Returns the field specs that definitions ask for.
pub(crate) fn config(definitions: &Node) -> Result<Config, Conflict> {
    let mut config = Config::empty();
    let Some(map) = definitions.as_map() else { return Ok(config) };
    for (name, definition) in map.iter() {
        let Some(properties) = properties(definition) else { continue };
        if !["kind", "apiVersion", "metadata"].iter().all(|field| properties.contains_key(field)) {
            continue;
        }
        let kind = name.rsplit('.').next().unwrap_or(name);
        let mut walk = Walk { map, kind, config: &mut config, path: Vec::new(), seen: vec![name] };
        walk.definition(properties)?;
    }
    Ok(config)
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
    /// The definitions around, so that one which holds itself ends.
    seen: Vec<&'a str>,
}

impl<'a> Walk<'a> {
    fn definition(&mut self, properties: &'a Map) -> Result<(), Conflict> {
        for (name, property) in properties.iter() {
            self.path.push(name);
            self.property(property)?;
            self.path.pop();
        }
        Ok(())
    }

    fn property(&mut self, property: &'a Node) -> Result<(), Conflict> {
        let extension = |name: &str| property.get(name).map(text_of);
        for (name, of) in [
            ("x-kubernetes-annotation", Of::CommonAnnotations),
            ("x-kubernetes-label-selector", Of::CommonLabels),
            ("x-kubernetes-identity", Of::NamePrefix),
        ] {
            if extension(name).is_some() {
                let spec = self.spec("");
                self.config.add(of, spec)?;
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
            self.config.add_name_references(&[reference])?;
        }
        let Some(reference) = property.get("$ref").and_then(Node::as_str) else { return Ok(()) };
        if self.seen.contains(&reference) {
            return Ok(());
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
