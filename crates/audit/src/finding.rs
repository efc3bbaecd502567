use std::borrow::Cow;

use tidegate_source::{Diagnostic, Label, Mark, Severity};

use crate::code::Code;

/// Something that was found in manifests, as data.
///
/// ```
/// use tidegate_audit::{Context, audit};
/// use tidegate_object::manifests;
/// use tidegate_source::Sources;
///
/// let mut sources = Sources::new();
/// let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {terminationGracePeriodSeconds: 0}\n";
/// let source = sources.add("pod.yaml", text);
/// let objects = manifests(text.into(), source).expect("no mistake");
/// let found = audit(&objects, &Context::default());
/// let report = found[0].diagnostic().report(&sources);
/// assert_eq!(report.code, "grace-zero");
/// assert_eq!(report.labels[0].place.to_string(), "pod.yaml:4:39");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Finding {
    /// What it is about; its weight, too.
    pub code: Code,
    /// What was found, in one sentence.
    pub message: String,
    /// The fields that cause it, the first before all; each where it was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub labels: Vec<Label>,
    /// How it comes to this.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Vec<String>,
}

impl Finding {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        let (labels, notes, help) = (Vec::new(), Vec::new(), Vec::new());
        Self { code, message: message.into(), labels, notes, help }
    }

    pub(crate) fn at(mut self, mark: Mark, text: impl Into<Cow<'static, str>>) -> Self {
        self.labels.push(Label::new(mark, text));
        self
    }

    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Returns how much it weighs: an error is refused by every cluster, a warning should be mended, a note should be
    /// known.
    ///
    /// ```
    /// use tidegate_audit::{Context, audit};
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let found = audit(
    ///     &objects("{apiVersion: v1, kind: Pod, metadata: {name: hub}, spec: {terminationGracePeriodSeconds: 0}}"),
    ///     &Context::default(),
    /// );
    /// assert_eq!(found[0].severity(), found[0].code.severity());
    /// ```
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }

    /// Returns the finding as a diagnostic: places can then be resolved and drawn.
    ///
    /// ```
    /// use tidegate_audit::{Context, audit};
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let found = audit(
    ///     &objects("{apiVersion: v1, kind: Pod, metadata: {name: hub}, spec: {terminationGracePeriodSeconds: 0}}"),
    ///     &Context::default(),
    /// );
    /// let diagnostic = found[0].diagnostic();
    /// assert_eq!((&*diagnostic.code, diagnostic.labels.len()), ("grace-zero", found[0].labels.len()));
    /// ```
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::new(self.severity(), self.code.name(), self.message.clone()).with(
            &self.labels,
            &self.notes,
            &self.help,
        )
    }
}
