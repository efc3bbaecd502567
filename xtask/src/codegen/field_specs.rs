//! The default field specs, as text with one spec a line: path, kind, group, version, create.

use std::fmt::Write as _;

use anyhow::Context as _;
use serde_json::{Map, Value};

pub(super) fn table(facts: &Value) -> anyhow::Result<String> {
    let facts = facts.as_object().context("the field specs are not an object")?;
    let mut out = String::new();
    for (transformer, specs) in facts {
        let specs = specs.as_array().with_context(|| format!("{transformer} is not a list"))?;
        let mut lines = String::new();
        for spec in specs {
            let spec = spec.as_object().context("a field spec is not an object")?;
            if let Some(referrers) = spec.get("fieldSpecs").and_then(Value::as_array) {
                line(&mut lines, ">", spec);
                for referrer in referrers {
                    let referrer = referrer.as_object().context("a referrer is not an object")?;
                    line(&mut lines, text(referrer, "path"), referrer);
                }
            } else {
                line(&mut lines, text(spec, "path"), spec);
            }
        }
        writeln!(out, "pub(super) const {}: &str = r\"\n{lines}\";\n", constant(transformer))?;
    }
    Ok(out)
}

/// `path kind group version create`, with `-` for what is not there.
fn line(out: &mut String, path: &str, spec: &Map<String, Value>) {
    let create = spec.get("create").and_then(Value::as_bool).unwrap_or(false);
    for field in [path, text(spec, "kind"), text(spec, "group"), text(spec, "version")] {
        out.push_str(if field.is_empty() { "-" } else { field });
        out.push(' ');
    }
    out.push_str(if create { "create\n" } else { "-\n" });
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
