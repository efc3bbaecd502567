use std::borrow::Cow;

use tidegate_source::{Diagnostic, Label, Mark, Severity};

use crate::code::Code;

/// Something that a proof found out, as data.
///
/// ```
/// use tidegate_workload::{Context, prove};
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let proof = prove(&hub("paused: true"), &[], &Context::default());
/// let paused = &proof.findings[0];
/// assert!(paused.refuses && !paused.help.is_empty());
/// assert!(tidegate_workload::CODES.contains(&paused.code));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Finding {
    /// A stable name in kebab case, one of [`CODES`](crate::CODES).
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// Whether it stops the rollout from being committed: the rollout cannot finish, or need not.
    pub refuses: bool,
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
    pub(super) fn new(code: Code, severity: Severity, message: String) -> Self {
        let refuses = severity == Severity::Error;
        let (labels, notes, help) = (Vec::new(), Vec::new(), Vec::new());
        Self { code: code.name(), severity, refuses, message, labels, notes, help }
    }

    pub(super) fn at(mut self, mark: Mark, text: impl Into<Cow<'static, str>>) -> Self {
        self.labels.push(Label::new(mark, text));
        self
    }

    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Returns the finding as a diagnostic: places can then be resolved and drawn.
    ///
    /// ```
    /// use tidegate_workload::{Context, prove};
    /// # fn hub(spec: &str) -> tidegate_workload::Workload {
    /// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
    /// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
    /// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
    /// # }
    ///
    /// let proof = prove(&hub("paused: true"), &[], &Context::default());
    /// let diagnostic = proof.findings[0].diagnostic();
    /// assert_eq!(diagnostic.code, proof.findings[0].code);
    /// assert_eq!(diagnostic.severity, tidegate_source::Severity::Error);
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
