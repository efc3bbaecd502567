//! Runs language-neutral cases through the public API of the crates.
//!
//! A case has a kind, an input (`given`) and a result (`expect`). The adapters here only rename fields: none
//! branches on a value of `given`. An adapter answers with the fields that the crate computes; every field of
//! `expect` is then compared with the field of that name.

mod health;
mod image_reference;
mod intstr_and_rollout;
mod kustomize_images;
mod pdb;
mod probes;
mod qos;
mod quantity;
mod rollback;
mod semver;
mod simulated;
mod tag_policy;
mod version_bump;
mod write_back;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context as _;
use serde_json::Value;

/// What an adapter file offers.
struct Adapter {
    /// Answers a case of a kind with the fields that the crate computes; `None` for a kind that no crate has.
    answer: fn(kind: &str, given: &Value) -> Option<Value>,
    /// Compares one field, where equality of JSON values is not what the field means.
    same: fn(kind: &str, field: &str, expected: &Value, actual: &Value) -> bool,
}

fn adapter(file: &str) -> Option<Adapter> {
    let plain = |answer| Adapter { answer, same: |_, _, expected, actual| expected == actual };
    Some(match file {
        "health" => plain(health::answer),
        "image-reference" => {
            Adapter { answer: image_reference::answer, same: image_reference::same }
        }
        "intstr-and-rollout" => plain(intstr_and_rollout::answer),
        "pdb" => plain(pdb::answer),
        "probes" => Adapter { answer: probes::answer, same: probes::same },
        "qos" => plain(qos::answer),
        "quantity" => Adapter { answer: quantity::answer, same: quantity::same },
        "rollback" => plain(rollback::answer),
        "semver" => plain(semver::answer),
        "tag-policy" => plain(tag_policy::answer),
        "version-bump" => plain(version_bump::answer),
        "write-back" => Adapter { answer: write_back::answer, same: write_back::same },
        _ => return None,
    })
}

/// Fields that are remarks for people.
const REMARKS: [&str; 3] = ["note", "name", "about"];

pub(super) fn run(folder: &Path) -> anyhow::Result<ExitCode> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {}", folder.display()))?
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|it| it == "json"))
        .collect();
    files.sort();
    anyhow::ensure!(!files.is_empty(), "no *.json file in {}", folder.display());
    let (mut passed, mut failed) = (0, 0);
    for file in files {
        let stem = file.file_stem().and_then(|it| it.to_str()).unwrap_or_default();
        let text = std::fs::read_to_string(&file)?;
        let cases: Value =
            serde_json::from_str(&text).with_context(|| file.display().to_string())?;
        let cases =
            cases["cases"].as_array().with_context(|| format!("{}: no `cases`", file.display()))?;
        let adapter = adapter(stem);
        let mut kinds: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
        let mut failures = Vec::new();
        for case in cases {
            let kind = case["kind"].as_str().unwrap_or_default();
            let count = kinds.entry(kind).or_default();
            match adapter
                .as_ref()
                .map_or(Err("no adapter for this file".to_owned()), |it| check(it, case))
            {
                Ok(()) => count.0 += 1,
                Err(why) => {
                    count.1 += 1;
                    failures.push(format!("    {}: {why}", case["id"].as_str().unwrap_or("?")));
                }
            }
        }
        let (good, bad) = kinds.values().fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
        println!("{stem}: {good} of {}", good + bad);
        for (kind, (good, bad)) in kinds {
            println!("  {kind}: {good} of {}", good + bad);
        }
        for failure in failures {
            println!("{failure}");
        }
        passed += good;
        failed += bad;
    }
    println!("{passed} passed, {failed} failed");
    Ok(if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(3) })
}

fn check(adapter: &Adapter, case: &Value) -> Result<(), String> {
    let kind = case["kind"].as_str().unwrap_or_default();
    let answer = (adapter.answer)(kind, &case["given"]).ok_or("no crate has this kind")?;
    let expect = case["expect"].as_object().ok_or("`expect` is not an object")?;
    for (field, expected) in expect {
        // A text beside `error` is the message; elsewhere these fields may be results.
        if REMARKS.contains(&field.as_str()) && answer.get(field).is_none() {
            continue;
        }
        let actual = answer.get(field).unwrap_or(&Value::Null);
        let same = match (field.as_str(), expected) {
            ("error", Value::Bool(true)) => !actual.is_null() && *actual != Value::Bool(false),
            ("error", Value::String(beginning)) => {
                actual.as_str().is_some_and(|it| it.starts_with(beginning.as_str()))
            }
            (field, Value::Array(wanted)) if field.contains("unordered") => {
                actual.as_array().is_some_and(|it| sorted(it) == sorted(wanted))
            }
            _ => (adapter.same)(kind, field, expected, actual),
        };
        if !same {
            return Err(format!("{field}: expected {expected}, is {actual}"));
        }
    }
    Ok(())
}

fn sorted(items: &[Value]) -> Vec<String> {
    let mut texts: Vec<String> = items.iter().map(ToString::to_string).collect();
    texts.sort();
    texts
}
