//! The default field specs, as static values: a path is divided here, and nothing is read at run time.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Context as _;
use serde_json::{Map, Value};
use tidegate_kustomize::Gvk;

const IMPORTS: &str = "\
use super::builtin::{field, list, reference, spec};
use super::{FieldSpec, NameReference, Segment};

";

pub(super) fn table(facts: &Value) -> anyhow::Result<String> {
    let facts = facts.as_object().context("the field specs are not an object")?;
    let mut paths = Paths::default();
    let mut out = String::new();
    for (transformer, specs) in facts {
        let name = constant(transformer);
        let mut specs = objects(specs).with_context(|| format!("{transformer} is not a list"))?;
        specs.sort_by(|a, b| gvk(a).legacy_order(&gvk(b)));
        let mut references = Vec::new();
        for (nth, spec) in specs.iter().enumerate() {
            if let Some(referrers) = spec.get("fieldSpecs") {
                let referrers = objects(referrers).context("the referrers are not a list")?;
                specs_of(&mut out, &mut paths, &format!("REFERRERS_{nth}"), &referrers)?;
                let [kind, group, version] = ["kind", "group", "version"].map(|it| text(spec, it));
                references.push(format!(
                    "reference(\"{kind}\", \"{group}\", \"{version}\", &REFERRERS_{nth})"
                ));
            }
        }
        if references.is_empty() {
            specs_of(&mut out, &mut paths, &name, &specs)?;
        } else {
            array(&mut out, "pub(super) ", &name, "NameReference", &references)?;
        }
    }
    Ok(format!("{IMPORTS}{out}{}", paths.out))
}

/// Kustomize sorts its specs before it goes by them.
fn gvk(spec: &Map<String, Value>) -> Gvk<'_> {
    Gvk { group: text(spec, "group"), version: text(spec, "version"), kind: text(spec, "kind") }
}

fn objects(value: &Value) -> Option<Vec<&Map<String, Value>>> {
    value.as_array()?.iter().map(Value::as_object).collect()
}

fn specs_of(
    out: &mut String,
    paths: &mut Paths,
    name: &str,
    specs: &[&Map<String, Value>],
) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    for spec in specs {
        let path = text(spec, "path");
        let segments = paths.name(path)?;
        let [kind, group, version] = ["kind", "group", "version"].map(|it| text(spec, it));
        let create = spec.get("create").and_then(Value::as_bool).unwrap_or(false);
        rows.push(format!(
            "spec({path:?}, &{segments}, {kind:?}, {group:?}, {version:?}, {create})"
        ));
    }
    let visible = if name.starts_with("REFERRERS") { "" } else { "pub(super) " };
    array(out, visible, name, "FieldSpec", &rows)
}

/// The paths, each divided once.
#[derive(Default)]
struct Paths {
    names: BTreeMap<String, String>,
    out: String,
}

impl Paths {
    /// Returns the name of the array with the steps of a path.
    fn name(&mut self, path: &str) -> anyhow::Result<String> {
        if let Some(name) = self.names.get(path) {
            return Ok(name.clone());
        }
        let name = format!("PATH_{}", self.names.len());
        // A slash behind a backslash belongs to the name.
        let unescaped = path.trim_start_matches('/').replace("\\/", "\0");
        let steps: Vec<String> = unescaped
            .split('/')
            .map(|step| step.replace('\0', "/"))
            .map(|step| match step.strip_suffix("[]") {
                Some(step) => format!("list({step:?})"),
                None => format!("field({step:?})"),
            })
            .collect();
        let (count, steps) = (steps.len(), steps.join(", "));
        writeln!(self.out, "static {name}: [Segment; {count}] = [{steps}];")?;
        self.names.insert(path.to_owned(), name.clone());
        Ok(name)
    }
}

fn array(
    out: &mut String,
    visible: &str,
    name: &str,
    of: &str,
    rows: &[String],
) -> anyhow::Result<()> {
    writeln!(out, "{visible}static {name}: [{of}; {}] = [", rows.len())?;
    for row in rows {
        writeln!(out, "    {row},")?;
    }
    out.push_str("];\n\n");
    Ok(())
}

fn text<'a>(spec: &'a Map<String, Value>, field: &str) -> &'a str {
    spec.get(field).and_then(Value::as_str).unwrap_or("")
}

/// `nameReference` to `NAME_REFERENCE`.
fn constant(field: &str) -> String {
    let mut name = String::new();
    for letter in field.chars() {
        if letter.is_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_uppercase());
    }
    name
}
