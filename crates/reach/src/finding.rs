use std::borrow::Cow;

use tidegate_source::{Diagnostic, Label, Mark, Severity};

/// Something that was found out about a way through the network, as data.
///
/// An error cannot work, whatever else runs in the cluster; a warning cannot work unless something outside of the
/// objects makes up for it; a note is worth knowing.
///
/// ```
/// use tidegate_object::manifests;
/// use tidegate_reach::{Network, Probes, Scope};
/// use tidegate_source::{Severity, Sources};
///
/// let text = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports:\n  \
///             - {name: http, port: 80}\n  - {name: http, port: 81}\n";
/// let mut sources = Sources::new();
/// let source = sources.add("web.yaml", text);
/// let objects = manifests(text.into(), source).expect("no mistake");
/// let findings = Network::of(&objects).findings(Scope::Whole, Probes::All);
/// let twice = findings.iter().find(|it| it.code == "service-port-twice").expect("it is found");
/// assert_eq!(twice.severity, Severity::Error);
/// assert_eq!(twice.message, "two ports of Service `web` are called `http`: the API server refuses it");
/// assert_eq!(sources.place(twice.labels[0].mark).map(|it| it.line), Some(8));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Finding {
    /// A stable name in kebab case, one of [`CODES`](crate::CODES).
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
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
    pub(crate) fn new(code: &'static str, severity: Severity, message: String) -> Self {
        let (labels, notes, help) = (Vec::new(), Vec::new(), Vec::new());
        Self { code, severity, message, labels, notes, help }
    }

    pub(crate) fn error(code: &'static str, message: String) -> Self {
        Self::new(code, Severity::Error, message)
    }

    pub(crate) fn warning(code: &'static str, message: String) -> Self {
        Self::new(code, Severity::Warning, message)
    }

    pub(crate) fn remark(code: &'static str, message: String) -> Self {
        Self::new(code, Severity::Note, message)
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

    /// Makes the finding a note, and says why.
    pub(crate) fn softened(mut self, why: Option<impl Into<String>>) -> Self {
        if let Some(why) = why {
            self.severity = Severity::Note;
            self.notes.push(why.into());
        }
        self
    }

    /// Returns the finding as a diagnostic: places can then be resolved and drawn.
    ///
    /// ```
    /// use tidegate_object::manifests;
    /// use tidegate_reach::{Network, Probes, Scope};
    ///
    /// let text = "kind: Service\napiVersion: v1\nmetadata: {name: web}\nspec: {ports: [{port: 80}, {port: 81}]}\n";
    /// let source = tidegate_source::Sources::new().add("web.yaml", text);
    /// let network = Network::of(&manifests(text.into(), source).expect("no mistake"));
    /// let unnamed = network.findings(Scope::Whole, Probes::All)[1].diagnostic();
    /// assert_eq!(unnamed.code, "service-port-unnamed");
    /// assert_eq!(unnamed.help, ["give every port a name of its own"]);
    /// ```
    #[must_use]
    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::new(self.severity, self.code, self.message.clone()).with(
            &self.labels,
            &self.notes,
            &self.help,
        )
    }
}
