//! What `check` and `lint` have found, and the forms in which it is printed.

use std::io::IsTerminal as _;
use std::rc::Rc;

use serde::Serialize;
use tidegate_pipeline::Error;
use tidegate_source::{Colour, Diagnostic, Report, Severity, Sources, render};

use crate::allowed::Allowed;
use crate::arguments::Format;
use crate::sarif::Subject;
use crate::{print_bytes, print_json, sarif};

/// One finding, with the texts that it points into.
pub(crate) struct Finding {
    diagnostic: Diagnostic,
    sources: Rc<Sources>,
    /// Why it is allowed, where it is.
    pub(crate) allowed: Option<String>,
}

impl Finding {
    pub(crate) fn severity(&self) -> Severity {
        self.diagnostic.severity
    }

    pub(crate) fn report(&self) -> Report {
        self.diagnostic.report(&self.sources)
    }
}

/// Findings in the order in which they are printed, none of them twice.
#[derive(Default)]
pub(crate) struct Findings {
    all: Vec<Finding>,
}

#[derive(Serialize)]
struct Printed {
    #[serde(flatten)]
    report: Report,
    allowed: Option<String>,
}

impl Findings {
    /// Adds findings that point into the same texts.
    pub(crate) fn extend(
        &mut self,
        diagnostics: impl IntoIterator<Item = Diagnostic>,
        sources: &Rc<Sources>,
        allowed: &[Allowed],
    ) {
        for diagnostic in diagnostics {
            let reason = allowed.iter().find_map(|it| it.reason(&diagnostic, sources));
            let reason = reason.map(str::to_owned);
            self.all.push(Finding { diagnostic, sources: Rc::clone(sources), allowed: reason });
        }
    }

    /// Takes the mistakes that keep everything from being read as findings, for a code host: it shows what its file holds,
    /// and no other output. In other formats a refusal stays one.
    pub(crate) fn refused(error: Error, format: Format) -> Result<Self, Error> {
        match (error, format) {
            (Error::Refused(complaint), Format::Sarif) => {
                let mut findings = Self::default();
                findings.extend(complaint.diagnostics, &Rc::new(complaint.sources), &[]);
                findings.sort();
                Ok(findings)
            }
            (error, _) => Err(error),
        }
    }

    /// Sorts by place, what has none at the end, and drops what stands there twice.
    pub(crate) fn sort(&mut self) {
        let key = |finding: &Finding| {
            let report = finding.report();
            let place = report.labels.first().map(|it| it.place.clone());
            (place.is_none(), place, report.code, report.message)
        };
        self.all.sort_by_cached_key(key);
        self.all.dedup_by(|a, b| a.report() == b.report());
    }

    /// Returns whether a finding that is not allowed weighs as much as this.
    pub(crate) fn reach(&self, severity: Severity) -> bool {
        self.all.iter().any(|it| it.allowed.is_none() && it.severity() >= severity)
    }

    pub(crate) fn print(&self, format: Format, subject: Subject<'_>) -> Result<(), Error> {
        match format {
            Format::Json => {
                let all = self.all.iter();
                let all =
                    all.map(|it| Printed { report: it.report(), allowed: it.allowed.clone() });
                print_json(&all.collect::<Vec<_>>())
            }
            Format::Sarif => print_json(&sarif::log(&self.all, subject)),
            Format::Text | Format::Markdown => print_bytes(self.text().as_bytes()),
        }
    }

    fn text(&self) -> String {
        let stdout = std::io::stdout();
        let coloured = stdout.is_terminal()
            && !matches!(anstream::AutoStream::choice(&stdout), anstream::ColorChoice::Never);
        let colour = if coloured { Colour::Always } else { Colour::Never };
        let shown = self.all.iter().filter(|it| it.allowed.is_none());
        let text = shown.fold(String::new(), |text, it| {
            text + &render(&it.diagnostic, &it.sources, colour) + "\n\n"
        });
        text + &self.summary() + "\n"
    }

    fn summary(&self) -> String {
        let count = |severity: Severity| {
            self.all.iter().filter(|it| it.allowed.is_none() && it.severity() == severity).count()
        };
        let named = [
            (count(Severity::Error), "error", "errors"),
            (count(Severity::Warning), "warning", "warnings"),
            (count(Severity::Note), "note", "notes"),
            (self.all.iter().filter(|it| it.allowed.is_some()).count(), "allowed", "allowed"),
        ];
        let parts = named.iter().filter(|(count, ..)| *count > 0);
        let parts: Vec<String> = parts
            .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
            .collect();
        if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") }
    }
}
