use std::borrow::Cow;
use std::fmt;

use crate::place::{Mark, Place, Sources};

/// How much a diagnostic weighs.
///
/// ```
/// use tidegate_source::{Diagnostic, Severity};
///
/// let found = [Diagnostic::warning("no-requests", "hub requests nothing"), Diagnostic::error("image", "hub has none")];
/// assert_eq!(found.iter().map(|it| it.severity).max(), Some(Severity::Error));
/// assert!(Severity::Note < Severity::Warning);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Works today, and should be changed.
    Warning,
    /// Stops the operation.
    Error,
}

/// A place that takes part in a diagnostic, and what it has to do with it. The first label of a diagnostic is the
/// place of the mistake.
///
/// ```
/// use tidegate_source::{Diagnostic, Label, Mark};
///
/// let found = Diagnostic::error("two-rules", "both are written")
///     .at(Label::new(Mark::NONE, "the one"))
///     .at(Label::new(Mark::NONE, "and the other"));
/// assert_eq!(found.labels[1].text, "and the other");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub mark: Mark,
    /// What is there; may be empty.
    pub text: Cow<'static, str>,
}

impl Label {
    /// Creates a label.
    ///
    /// ```
    /// use tidegate_source::{Label, Mark};
    ///
    /// assert_eq!(Label::new(Mark::NONE, "here").text, "here");
    /// ```
    #[must_use]
    pub fn new(mark: Mark, text: impl Into<Cow<'static, str>>) -> Self {
        Self { mark, text: text.into() }
    }
}

/// Something to tell the user about what they wrote: what, where, why, and what to do.
///
/// Messages are lower case without a final stop and name the thing and the limit.
///
/// ```
/// use tidegate_source::{Diagnostic, Severity};
///
/// let found = Diagnostic::warning("image-mutable-tag", "`hub:latest` may be another image tomorrow")
///     .note("the tag is `latest`")
///     .help("pin a version");
/// assert_eq!((found.severity, &*found.code), (Severity::Warning, "image-mutable-tag"));
/// ```
///
/// As data it is without its places, which mean nothing without their texts: [`Diagnostic::report`] has both.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Diagnostic {
    /// How much it weighs.
    pub severity: Severity,
    /// A stable name in kebab case, for programs and for suppression: `unknown-field`.
    pub code: Cow<'static, str>,
    /// What is wrong.
    pub message: Cow<'static, str>,
    /// Where; the first is the place of the mistake. Empty when no text holds it.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub labels: Vec<Label>,
    /// How it came to this: the resource, the field path, the chain of files that led there, outermost last.
    pub notes: Vec<Cow<'static, str>>,
    /// What to do, where that is known.
    pub help: Vec<Cow<'static, str>>,
}

impl Diagnostic {
    /// Creates an error.
    ///
    /// ```
    /// use tidegate_source::{Diagnostic, Severity};
    ///
    /// assert_eq!(Diagnostic::error("no-image", "hub has no image").severity, Severity::Error);
    /// ```
    #[must_use]
    pub fn error(
        code: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// Creates a warning.
    ///
    /// ```
    /// use tidegate_source::{Diagnostic, Severity};
    ///
    /// assert_eq!(Diagnostic::warning("no-requests", "hub requests nothing").severity, Severity::Warning);
    /// ```
    #[must_use]
    pub fn warning(
        code: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// Creates a diagnostic.
    ///
    /// ```
    /// use tidegate_source::{Diagnostic, Severity};
    ///
    /// let found = Diagnostic::new(Severity::Note, "replicas", format!("{} replicas are wanted", 3));
    /// assert_eq!(found.message, "3 replicas are wanted");
    /// ```
    #[must_use]
    pub fn new(
        severity: Severity,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            severity,
            code: code.into(),
            message: message.into(),
            labels: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Adds a place.
    ///
    /// ```
    /// use tidegate_source::{Diagnostic, Label, Mark, SourceId, Span};
    ///
    /// let mark = Mark::new(SourceId::NONE, Span::new(4, 9));
    /// let found = Diagnostic::error("no-image", "hub has no image").at(Label::new(mark, ""));
    /// assert_eq!(found.labels[0].mark, mark);
    /// ```
    #[must_use]
    pub fn at(mut self, label: Label) -> Self {
        self.labels.push(label);
        self
    }

    /// Adds a line on how it came to this.
    ///
    /// ```
    /// use tidegate_source::Diagnostic;
    ///
    /// let found = Diagnostic::error("two-rules", "one of the two has to go").note("Kubernetes refuses both");
    /// assert_eq!(found.notes, ["Kubernetes refuses both"]);
    /// ```
    #[must_use]
    pub fn note(mut self, note: impl Into<Cow<'static, str>>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Adds a line on what to do.
    ///
    /// ```
    /// use tidegate_source::Diagnostic;
    ///
    /// let found = Diagnostic::error("unknown-field", "unknown field `namePrefx`").help("write `namePrefix`");
    /// assert_eq!(found.help, ["write `namePrefix`"]);
    /// ```
    #[must_use]
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Resolves the marks to files, lines and columns: the form that is printed as JSON.
    ///
    /// ```
    /// use tidegate_source::{Diagnostic, Label, Mark, Sources, Span};
    ///
    /// let mut sources = Sources::new();
    /// let file = sources.add("kustomization.yaml", "namePrefx: tomoda-\n");
    /// let found = Diagnostic::error("unknown-field", "unknown field `namePrefx`")
    ///     .at(Label::new(Mark::new(file, Span::new(0, 9)), "not known"));
    /// assert_eq!(found.report(&sources).labels[0].place.to_string(), "kustomization.yaml:1:1");
    /// ```
    #[must_use]
    pub fn report(&self, sources: &Sources) -> Report {
        let label = |label: &Label| {
            let place = sources.place(label.mark)?;
            let end = Mark::new(
                label.mark.source,
                crate::Span::new(label.mark.span.end, label.mark.span.end),
            );
            let end = sources.place(end)?;
            Some(ReportLabel {
                place,
                end_line: end.line,
                end_column: end.column,
                text: label.text.to_string(),
            })
        };
        Report {
            severity: self.severity,
            code: self.code.to_string(),
            message: self.message.to_string(),
            labels: self.labels.iter().filter_map(label).collect(),
            notes: self.notes.iter().map(ToString::to_string).collect(),
            help: self.help.iter().map(ToString::to_string).collect(),
        }
    }
}

/// The message alone, without its place.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Diagnostic {}

/// A diagnostic with its places resolved: plain data, independent of the texts.
///
/// ```
/// use tidegate_source::{Diagnostic, Sources};
///
/// let report = Diagnostic::warning("image-unused", "no object runs `wep`").report(&Sources::new());
/// assert_eq!((&*report.code, &*report.message), ("image-unused", "no object runs `wep`"));
/// assert!(report.labels.is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Report {
    /// How much it weighs.
    pub severity: Severity,
    /// A stable name in kebab case.
    pub code: String,
    /// What is wrong.
    pub message: String,
    /// Where; the first is the place of the mistake.
    pub labels: Vec<ReportLabel>,
    /// How it came to this.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Vec<String>,
}

/// A label with its place resolved.
///
/// ```
/// use tidegate_source::{Diagnostic, Label, Mark, Sources, Span};
///
/// let mut sources = Sources::new();
/// let file = sources.add("hub.yaml", "kind: Pod\nspec: {}\n");
/// let found = Diagnostic::error("no-containers", "a pod has containers")
///     .at(Label::new(Mark::new(file, Span::new(16, 18)), "none"));
/// let label = found.report(&sources).labels.remove(0);
/// assert_eq!((&*label.text, label.place.line, label.place.column), ("none", 2, 7));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportLabel {
    /// Where it starts.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub place: Place,
    /// Line of the end, from 1.
    pub end_line: u32,
    /// Column behind the last character, from 1.
    pub end_column: u32,
    /// What is there; may be empty.
    pub text: String,
}
