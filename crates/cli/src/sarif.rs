//! Findings as SARIF 2.1.0, the form that code hosts read.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::{Value, json};
use tidegate_source::{Report, ReportLabel, Severity};

use crate::findings::Finding;

/// Makes a log with one run of this program.
pub(crate) fn log(findings: &[Finding]) -> Value {
    let reports: Vec<(Report, Option<&str>)> =
        findings.iter().map(|it| (it.report(), it.allowed.as_deref())).collect();
    let rules: BTreeSet<&str> = reports.iter().map(|(report, _)| report.code.as_str()).collect();
    let rules: Vec<&str> = rules.into_iter().collect();
    let results = reports.iter().map(|(report, allowed)| result(report, *allowed, &rules));
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "tidegate",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|id| json!({ "id": id })).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    })
}

fn result(report: &Report, allowed: Option<&str>, rules: &[&str]) -> Value {
    let level = match report.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let notes = report.notes.iter().map(|it| format!("\nnote: {it}"));
    let help = report.help.iter().map(|it| format!("\nhelp: {it}"));
    let text = notes.chain(help).fold(report.message.clone(), |text, line| text + &line);
    let mut result = json!({
        "ruleId": report.code,
        "level": level,
        "message": { "text": text },
    });
    if let Ok(index) = rules.binary_search(&report.code.as_str()) {
        result["ruleIndex"] = json!(index);
    }
    if let Some((first, others)) = report.labels.split_first() {
        result["locations"] = json!([location(first)]);
        if !others.is_empty() {
            result["relatedLocations"] = others.iter().map(location).collect();
        }
    }
    if let Some(reason) = allowed {
        result["suppressions"] = json!([{ "kind": "inSource", "justification": reason }]);
    }
    result
}

fn location(label: &ReportLabel) -> Value {
    let mut location = json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&label.place.file) },
            "region": {
                "startLine": label.place.line,
                "startColumn": label.place.column,
                "endLine": label.end_line,
                "endColumn": label.end_column,
            },
        },
    });
    if !label.text.is_empty() {
        location["message"] = json!({ "text": label.text });
    }
    location
}

/// Writes a path as a URI (RFC 3986, 3.3): the characters of a path segment and `/` stand for themselves.
fn uri(path: &str) -> String {
    let absolute = if path.starts_with('/') { "file://" } else { "" };
    path.bytes().fold(absolute.to_owned(), |mut uri, byte| {
        if byte.is_ascii_alphanumeric() || b"/-._~@!$&'()*+,;=".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            write!(uri, "%{byte:02X}").unwrap_or_default();
        }
        uri
    })
}
