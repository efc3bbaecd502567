//! Findings as SARIF 2.1.0, the form that code hosts read.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::{Value, json};
use tidegate_kustomize::FILE_NAMES;
use tidegate_source::{Report, ReportLabel, Severity};

use crate::findings::Finding;
use crate::pages;

/// What was looked at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject<'a> {
    /// The command that looked.
    pub(crate) command: &'a str,
    /// The folder or file.
    pub(crate) what: &'a str,
}

impl Subject<'_> {
    /// Tells runs from one another: a code host takes one run of a tool for each identifier (SARIF 2.1.0, 3.17.3).
    fn id(self) -> String {
        let what = self.what.trim_start_matches("./").trim_matches('/');
        let what = if what == "." || what.is_empty() { String::new() } else { format!("{what}/") };
        format!("tidegate/{}/{what}", self.command)
    }

    /// The place of a finding that no text holds: the kustomization, or the file.
    fn location(self) -> Value {
        let folder = Path::new(self.what);
        let named = FILE_NAMES.iter().map(|it| folder.join(it)).find(|it| it.is_file());
        let file = named.map_or_else(|| self.what.to_owned(), |it| it.display().to_string());
        let file = file.strip_prefix("./").unwrap_or(&file);
        json!({ "physicalLocation": { "artifactLocation": { "uri": uri(file) }, "region": { "startLine": 1 } } })
    }
}

/// Makes a log with one run of this program.
pub(crate) fn log(findings: &[Finding], subject: Subject<'_>) -> Value {
    let reports: Vec<(Report, Option<&str>)> =
        findings.iter().map(|it| (it.report(), it.allowed.as_deref())).collect();
    let rules: BTreeSet<&str> = reports.iter().map(|(report, _)| report.code.as_str()).collect();
    let rules: Vec<&str> = rules.into_iter().collect();
    let results = reports.iter().map(|(report, allowed)| result(report, *allowed, &rules, subject));
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "tidegate",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|id| rule(id)).collect::<Vec<_>>(),
            }},
            "automationDetails": { "id": subject.id() },
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    })
}

/// A rule with what the documentation says of it.
fn rule(id: &str) -> Value {
    match pages::section(id) {
        Some(section) => json!({
            "id": id,
            "shortDescription": { "text": section.title },
            "help": { "text": section.text, "markdown": section.text },
        }),
        None => json!({ "id": id }),
    }
}

fn result(report: &Report, allowed: Option<&str>, rules: &[&str], subject: Subject<'_>) -> Value {
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
    } else {
        result["locations"] = json!([subject.location()]);
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
