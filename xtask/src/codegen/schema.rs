//! The schema of Kubernetes as a graph of types, equal types written once.
//!
//! What strategic merge and scope look-ups need is kept: the fields of each type, the type of each field, of the
//! items of each list and of the values of each map, and how a list merges. Types that cannot be told apart by
//! following fields are one type.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use anyhow::Context as _;
use serde_json::{Map, Value};

/// A type of the schema while it is collected; other types are named by their index.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Type {
    Scalar,
    Untyped,
    Object(BTreeMap<String, usize>),
    List {
        items: Option<usize>,
        merge: Option<Vec<String>>,
    },
    Map(usize),
    /// Another name of a type.
    Same(usize),
}

#[derive(Default)]
struct Graph {
    types: Vec<Type>,
    definitions: HashMap<String, usize>,
}

/// Returns the table of types, and that of the names of definitions.
pub(super) fn tables(facts: &Value) -> anyhow::Result<(String, String)> {
    let definitions = facts["definitions"].as_object().context("no `definitions`")?;
    let mut graph = Graph::default();
    for name in definitions.keys() {
        graph.definitions.insert(name.clone(), graph.types.len());
        graph.types.push(Type::Scalar);
    }
    for (name, schema) in definitions {
        let schema = schema.as_object().context("a definition is not an object")?;
        let at = graph.add(schema)?;
        graph.types[graph.definitions[name]] = Type::Same(at);
    }
    let (classes, of) = graph.minimised();
    let mut resources = BTreeSet::new();
    for resource in list(facts, "resources")? {
        // A resource that is known by its scope alone has no type.
        let Some(definition) = resource["definition"].as_str() else { continue };
        let definition = graph.definitions[definition];
        resources.insert((text(resource, "kind")?, text(resource, "apiVersion")?, of[definition]));
    }
    let mut scopes = BTreeSet::new();
    for entry in list(facts, "namespaceScope")?.iter().chain(list(facts, "resources")?) {
        if let Some(namespaced) = entry.get("namespaced").and_then(Value::as_bool) {
            scopes.insert((text(entry, "kind")?, text(entry, "apiVersion")?, namespaced));
        }
    }
    let named: BTreeMap<&str, usize> =
        graph.definitions.iter().map(|(name, at)| (name.as_str(), of[*at])).collect();
    Ok((render(&classes, &resources, &scopes)?, render_definitions(&named)?))
}

impl Graph {
    /// Adds the type that a schema describes and returns its index.
    fn add(&mut self, schema: &Map<String, Value>) -> anyhow::Result<usize> {
        let object = |value: &Value| -> anyhow::Result<Map<String, Value>> {
            value.as_object().cloned().context("a schema is not an object")
        };
        if let Some(name) = schema.get("ref").and_then(Value::as_str) {
            return self.definitions.get(name).copied().with_context(|| format!("no type {name}"));
        }
        let new = if schema.get("type").and_then(Value::as_str) == Some("array") {
            let items = match schema.get("items") {
                Some(items) => Some(self.add(&object(items)?)?),
                None => None,
            };
            Type::List { items, merge: merge_keys(schema) }
        } else if let Some(fields) = schema.get("properties").and_then(Value::as_object) {
            let mut types = BTreeMap::new();
            for (name, field) in fields {
                types.insert(name.clone(), self.add(&object(field)?)?);
            }
            Type::Object(types)
        } else if let Some(values @ Value::Object(_)) = schema.get("additionalProperties") {
            Type::Map(self.add(&object(values)?)?)
        } else if schema.get("type").is_none_or(|it| it == "object") {
            Type::Untyped
        } else {
            Type::Scalar
        };
        self.types.push(new);
        Ok(self.types.len() - 1)
    }

    /// Returns the distinct types, and for each type of the graph the index of the one that stands for it.
    ///
    /// Partition refinement: types are split until the members of a class lead to the same classes.
    fn minimised(&self) -> (Vec<Type>, Vec<usize>) {
        let real = |mut at: usize| {
            while let Type::Same(next) = self.types[at] {
                at = next;
            }
            at
        };
        let mut class = vec![0; self.types.len()];
        let mut count = 0;
        loop {
            let signature = |at: usize| {
                let to = |at: usize| class[real(at)];
                match &self.types[real(at)] {
                    Type::Object(fields) => Type::Object(
                        fields.iter().map(|(name, at)| (name.clone(), to(*at))).collect(),
                    ),
                    Type::List { items, merge } => {
                        Type::List { items: items.map(to), merge: merge.clone() }
                    }
                    Type::Map(values) => Type::Map(to(*values)),
                    leaf => leaf.clone(),
                }
            };
            let signatures: Vec<Type> = (0..self.types.len()).map(signature).collect();
            let mut known = HashMap::new();
            let next: Vec<usize> = signatures
                .iter()
                .map(|it| {
                    let n = known.len();
                    *known.entry(it.clone()).or_insert(n)
                })
                .collect();
            if known.len() == count {
                return numbered(&signatures, &next);
            }
            (class, count) = (next, known.len());
        }
    }
}

/// Numbers the classes by kind of type: scalar, untyped, objects, lists, maps.
fn numbered(signatures: &[Type], class: &[usize]) -> (Vec<Type>, Vec<usize>) {
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, class) in class.iter().enumerate() {
        first.entry(*class).or_insert(at);
    }
    let mut order: Vec<usize> = first.values().copied().collect();
    order.sort_by_key(|at| match signatures[*at] {
        Type::Scalar => 0,
        Type::Untyped => 1,
        Type::Object(_) => 2,
        Type::List { .. } => 3,
        Type::Map(_) | Type::Same(_) => 4,
    });
    let number: HashMap<usize, usize> =
        order.iter().enumerate().map(|(n, at)| (class[*at], n)).collect();
    let of: Vec<usize> = class.iter().map(|it| number[it]).collect();
    // A signature names classes by the number of the last round; classes of two last rounds agree.
    let renumber = |it: &usize| number[it];
    let types = order
        .iter()
        .map(|at| match &signatures[*at] {
            Type::Object(fields) => {
                Type::Object(fields.iter().map(|(name, to)| (name.clone(), renumber(to))).collect())
            }
            Type::List { items, merge } => {
                Type::List { items: items.as_ref().map(renumber), merge: merge.clone() }
            }
            Type::Map(values) => Type::Map(renumber(values)),
            leaf => leaf.clone(),
        })
        .collect();
    (types, of)
}

/// The merge keys of a list with the patch strategy `merge`; no key where its items are plain values.
fn merge_keys(schema: &Map<String, Value>) -> Option<Vec<String>> {
    let strategy = schema.get("patchStrategy")?.as_str()?;
    strategy.split(',').any(|it| it == "merge").then(|| {
        let keys = schema.get("listMapKeys").and_then(Value::as_array);
        let keys = keys.map(|keys| keys.iter().filter_map(Value::as_str).collect::<Vec<_>>());
        let keys = keys.unwrap_or_else(|| {
            schema.get("patchMergeKey").and_then(Value::as_str).into_iter().collect()
        });
        keys.into_iter().map(str::to_owned).collect()
    })
}

fn render(
    types: &[Type],
    resources: &BTreeSet<(&str, &str, usize)>,
    scopes: &BTreeSet<(&str, &str, bool)>,
) -> anyhow::Result<String> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    let mut merges: BTreeSet<&[String]> = BTreeSet::new();
    for it in types {
        match it {
            Type::Object(fields) => names.extend(fields.keys().map(String::as_str)),
            Type::List { merge: Some(keys), .. } => {
                names.extend(keys.iter().map(String::as_str));
                merges.insert(keys);
            }
            _ => {}
        }
    }
    names.extend(resources.iter().flat_map(|it| [it.0, it.1]));
    names.extend(scopes.iter().flat_map(|it| [it.0, it.1]));
    let id: HashMap<&str, usize> = names.iter().enumerate().map(|(n, it)| (*it, n)).collect();
    let none = usize::from(u16::MAX);

    let mut name_ends = Vec::new();
    let mut end = 0;
    for name in &names {
        end += name.len();
        name_ends.push(end);
    }
    let (mut object_ends, mut fields, mut lists, mut maps) = (vec![], vec![], vec![], vec![]);
    for it in types {
        match it {
            Type::Object(all) => {
                fields.extend(all.iter().flat_map(|(name, to)| [id[name.as_str()], *to]));
                object_ends.push(fields.len() / 2);
            }
            Type::List { items, merge } => {
                let merge =
                    merge.as_deref().and_then(|keys| merges.iter().position(|it| *it == keys));
                lists.extend([items.unwrap_or(none), merge.unwrap_or(none)]);
            }
            Type::Map(values) => maps.push(*values),
            Type::Scalar | Type::Untyped | Type::Same(_) => {}
        }
    }
    let mut merge_keys = Vec::new();
    for keys in &merges {
        anyhow::ensure!(keys.len() <= 2, "a list with more than two merge keys: {keys:?}");
        merge_keys.extend((0..2).map(|n| keys.get(n).map_or(none, |key| id[key.as_str()])));
    }
    let flat_resources: Vec<usize> =
        resources.iter().flat_map(|it| [id[it.0], id[it.1], it.2]).collect();
    let flat_scopes: Vec<usize> =
        scopes.iter().flat_map(|it| [id[it.0], id[it.1], usize::from(it.2)]).collect();

    let mut out = String::new();
    writeln!(out, "/// Every name, sorted and joined without a separator.")?;
    joined(&mut out, "NAMES", names.iter().copied())?;
    for (name, about, numbers) in [
        ("NAME_ENDS", "Where each name ends in `NAMES`.", name_ends),
        ("OBJECT_ENDS", "Where the fields of each object end in `FIELDS`, in pairs.", object_ends),
        ("FIELDS", "Name and type of each field, sorted by name within an object.", fields),
        ("LISTS", "Type of the items, and which of `MERGE_KEYS` merges them.", lists),
        (
            "MERGE_KEYS",
            "Names of one or two merge keys; none for a list of plain values.",
            merge_keys,
        ),
        ("MAPS", "Type of the values of each map.", maps),
        ("RESOURCES", "Kind, API version and type, sorted.", flat_resources),
        ("SCOPES", "Kind, API version and 1 where it is namespaced, sorted.", flat_scopes),
    ] {
        array(&mut out, name, about, numbers)?;
    }
    Ok(out)
}

/// The names of the definitions, by which other schemas refer to them, and their types.
fn render_definitions(definitions: &BTreeMap<&str, usize>) -> anyhow::Result<String> {
    let mut out = String::new();
    writeln!(out, "/// The name of every definition, sorted and joined without a separator.")?;
    joined(&mut out, "DEFINITIONS", definitions.keys().copied())?;
    let ends = definitions.keys().scan(0, |end, name| {
        *end += name.len();
        Some(*end)
    });
    array(&mut out, "DEFINITION_ENDS", "Where each name ends in `DEFINITIONS`.", ends.collect())?;
    let types = definitions.values().copied().collect();
    array(&mut out, "DEFINITION_TYPES", "The type of each definition.", types)?;
    Ok(out)
}

/// Writes a table of numbers of 16 bits.
fn array(out: &mut String, name: &str, about: &str, numbers: Vec<usize>) -> anyhow::Result<()> {
    let count = numbers.len();
    let mut values = String::new();
    for number in numbers {
        write!(values, "{}, ", u16::try_from(number)?)?;
    }
    writeln!(out, "/// {about}\npub(super) static {name}: [u16; {count}] = [{values}];\n")?;
    Ok(())
}

/// Writes a text of names, one behind the other.
fn joined<'a>(
    out: &mut String,
    name: &str,
    names: impl Iterator<Item = &'a str>,
) -> anyhow::Result<()> {
    writeln!(out, "pub(super) static {name}: &str = \"\\")?;
    let mut line = String::new();
    for name in names {
        anyhow::ensure!(!name.contains(['"', '\\', ' ']), "a name to quote: {name}");
        if line.len() + name.len() > 95 {
            writeln!(out, "    {line}\\")?;
            line.clear();
        }
        line.push_str(name);
    }
    writeln!(out, "    {line}\";\n")?;
    Ok(())
}

fn list<'a>(facts: &'a Value, field: &str) -> anyhow::Result<&'a Vec<Value>> {
    facts[field].as_array().with_context(|| format!("`{field}` is not a list"))
}

fn text<'a>(entry: &'a Value, field: &str) -> anyhow::Result<&'a str> {
    entry[field].as_str().with_context(|| format!("`{field}` is not a text"))
}
