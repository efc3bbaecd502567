use std::cmp::Ordering;

use serde_json::{Value, json};
use tidegate_tag_policy::{
    Constraint, LooseVersion, Part, Prereleases, StrictVersion, Term, cargo_reading,
    is_build_metadata, is_cargo_requirement, is_prerelease, rewrite_hyphen_ranges,
};

pub(super) fn answer(kind: &str, given: &Value) -> Option<Value> {
    let text = |field: &str| given[field].as_str();
    let loose = |field: &str| LooseVersion::parse(text(field)?).ok();
    let strict = |field: &str| StrictVersion::parse(text(field)?).ok();
    Some(match kind {
        "strict-parse" => match StrictVersion::parse(text("version")?) {
            Ok(it) => json!({
                "valid": true, "major": it.major, "minor": it.minor, "patch": it.patch,
                "pre": it.pre, "build": it.build,
            }),
            Err(_) => json!({ "valid": false }),
        },
        "loose-parse" => match LooseVersion::parse(text("version")?) {
            Ok(it) => json!({
                "valid": true, "normalized": it.to_string(), "major": it.major,
                "minor": it.minor, "patch": it.patch, "pre": it.pre(), "build": it.build(),
            }),
            Err(_) => json!({ "valid": false }),
        },
        "precedence" => compared(strict("a")?.cmp_precedence(&strict("b")?)),
        "loose-compare" => compared(loose("a")?.cmp_precedence(&loose("b")?)),
        "increment" => {
            let version = loose("version")?;
            let next = version.increment(match text("part")? {
                "major" => Part::Major,
                "minor" => Part::Minor,
                "patch" => Part::Patch,
                _ => return None,
            })?;
            json!({
                "version": next.to_string(),
                "with_original_prefix": version.written_like(&next),
            })
        }
        "valid-prerelease" => json!({ "valid": is_prerelease(text("pre")?) }),
        "valid-build" => json!({ "valid": is_build_metadata(text("build")?) }),
        "constraint-parse" => {
            let constraint = text("constraint")?;
            let parsed = Constraint::parse(constraint).ok();
            json!({
                "valid": parsed.is_some(),
                "or_groups": parsed.as_ref().map(|it| it.groups().len()),
                "first_group_terms":
                    parsed.as_ref().and_then(|it| it.groups().next()).map(<[Term]>::len),
                "rust_req_parses": is_cargo_requirement(constraint),
            })
        }
        "constraint-term" => match text("term")?.parse::<Term>() {
            Ok(it) => json!({ "valid": true, "operand": it.operand().to_string() }),
            Err(_) => json!({ "valid": false }),
        },
        "constraint-hyphen-rewrite" => {
            json!({ "rewritten": rewrite_hyphen_ranges(text("constraint")?) })
        }
        "constraint-string" => {
            json!({ "string": Constraint::parse(text("constraint")?).ok()?.to_string() })
        }
        "check" => check(given, Prereleases::WhereNamed)?,
        "check-include-prerelease" => check(given, Prereleases::Included)?,
        _ => return None,
    })
}

fn compared(ordering: Ordering) -> Value {
    json!({ "compare": ordering as i8 })
}

fn check(given: &Value, prereleases: Prereleases) -> Option<Value> {
    let (constraint, version) = (given["constraint"].as_str()?, given["version"].as_str()?);
    let parsed = Constraint::parse(constraint).ok();
    let loose = LooseVersion::parse(version).ok();
    let both = parsed.as_ref().zip(loose.as_ref());
    let reasons = both.map(|(it, version)| it.mismatches_loose(version, prereleases));
    let cargo = cargo_reading(constraint, version, prereleases);
    Some(json!({
        "constraint_valid": parsed.is_some(),
        "matches": both.map(|(it, version)| it.matches_loose(version, prereleases)),
        "reasons": reasons.map(|it| it.iter().map(ToString::to_string).collect::<Vec<_>>()),
        "rust_req": {
            "parses": cargo.parses,
            "version_parses": cargo.version_parses,
            "matches": cargo.matches,
        },
        "differs": cargo.differs,
    }))
}
