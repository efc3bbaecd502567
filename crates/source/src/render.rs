use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::place::{Mark, Sources};

/// Whether a drawing carries terminal colours.
///
/// ```
/// use tidegate_source::{Colour, Diagnostic, Sources, render};
///
/// let found = Diagnostic::warning("no-requests", "hub requests nothing");
/// let drawn = |colour| render(&found, &Sources::new(), colour);
/// assert!(drawn(Colour::Always).contains('\x1b') && !drawn(Colour::Never).contains('\x1b'));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// ANSI escape sequences.
    Always,
}

/// Draws a diagnostic the way compilers do: message, `file:line:column`, the source line, a caret, notes and help.
///
/// ```
/// use tidegate_source::{Colour, Diagnostic, Label, Mark, Sources, Span, render};
///
/// let mut sources = Sources::new();
/// let file = sources.add("kustomization.yaml", "namePrefx: tomoda-\n");
/// let found = Diagnostic::error("unknown-field", "unknown field `namePrefx`")
///     .at(Label::new(Mark::new(file, Span::new(0, 9)), "not known"));
/// let drawn = render(&found, &sources, Colour::Never);
/// assert!(drawn.contains("kustomization.yaml:1:1") && drawn.contains("^^^^^^^^^ not known"));
/// ```
#[must_use]
pub fn render(diagnostic: &Diagnostic, sources: &Sources, colour: Colour) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group =
        Group::with_title(level.primary_title(&*diagnostic.message).id(&*diagnostic.code));
    let mut drawn: Vec<crate::SourceId> = Vec::new();
    for label in &diagnostic.labels {
        let source = label.mark.source;
        if drawn.contains(&source) {
            continue;
        }
        let (Some(path), Some(text)) = (sources.path(source), sources.text(source)) else {
            continue;
        };
        drawn.push(source);
        let here =
            || diagnostic.labels.iter().enumerate().filter(|(_, it)| it.mark.source == source);
        // Only the lines that are drawn are looked at, however long the file.
        let ranges = || here().map(|(_, it)| inside(it.mark, text));
        let start = ranges().map(|it| it.start).min().unwrap_or(0);
        let end = ranges().map(|it| it.end).max().unwrap_or(start);
        let Some((lines, first)) = sources.lines_around(source, start..end) else { continue };
        let annotations = here().map(|(nth, it)| {
            let kind = if nth == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
            let range = inside(it.mark, text);
            let annotation = kind.span(range.start - lines.start..range.end - lines.start);
            if it.text.is_empty() { annotation } else { annotation.label(&*it.text) }
        });
        let excerpt = text.get(lines.clone()).unwrap_or("");
        let snippet = Snippet::source(excerpt).line_start(first).path(path);
        group = group.element(snippet.annotations(annotations));
    }
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(&**note));
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(&**help));
    }
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    renderer.render(&[group])
}

/// Moves a mark onto character boundaries of the text, at most to its end.
fn inside(mark: Mark, text: &str) -> std::ops::Range<usize> {
    let floor = |offset: u32| {
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    let start = floor(mark.span.start);
    start..floor(mark.span.end).max(start)
}
