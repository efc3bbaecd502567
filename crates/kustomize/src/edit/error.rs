use std::borrow::Cow;
use std::fmt;

use tidegate_source::{Diagnostic, Label, Mark, SourceId, Span};

/// Why an edit was refused.
///
/// ```
/// use tidegate_kustomize::edit::{EditErrorKind, remove_image};
///
/// let kind = |text| remove_image(text, "hub").map_err(|error| error.kind());
/// assert_eq!(kind("images: ["), Err(EditErrorKind::Syntax));
/// assert_eq!(kind("images: hub\n"), Err(EditErrorKind::WrongType));
/// assert_eq!(kind("images:\n- name: hub\n- name: hub\n"), Err(EditErrorKind::Ambiguous));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EditErrorKind {
    /// The text is no YAML.
    Syntax,
    /// The text is YAML, but no kustomization: several documents, no mapping, or an object of another kind.
    NotAKustomization,
    /// A field holds something of the wrong type.
    WrongType,
    /// More than one place fits.
    Ambiguous,
    /// What should be changed or removed is not there.
    NotFound,
    /// The change would touch something else too: an alias, an anchor that is used, a merge key, a flow collection
    /// that must grow beyond its line.
    Unsafe,
    /// An argument is not in the form that is asked for.
    Argument,
}

/// Why an edit was refused, and the place in the text that is in the way.
///
/// ```
/// use tidegate_kustomize::edit::set_namespace;
///
/// let text = "namespace: [tomoda]\n";
/// let error = set_namespace(text, "prod").unwrap_err();
/// assert_eq!(error.span().of(text), "[tomoda]");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditError {
    kind: EditErrorKind,
    span: Span,
    message: Cow<'static, str>,
    other: Option<(Span, &'static str)>,
    help: Option<Cow<'static, str>>,
}

impl EditError {
    pub(super) fn new(
        kind: EditErrorKind,
        span: Span,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { kind, span, message: message.into(), other: None, help: None }
    }

    pub(super) fn and_at(mut self, span: Span, what: &'static str) -> Self {
        self.other = Some((span, what));
        self
    }

    pub(super) fn help_with(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Returns the kind, for programs.
    #[must_use]
    pub const fn kind(&self) -> EditErrorKind {
        self.kind
    }

    /// Returns the place in the text; for [`EditErrorKind::Argument`], the place in the argument.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Returns what to do about it, where that is known.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// Returns the error as a diagnostic of a file.
    ///
    /// ```
    /// use tidegate_kustomize::edit::set_replicas;
    ///
    /// let text = "replicas: 3\n";
    /// let mut sources = tidegate_source::Sources::new();
    /// let file = sources.add("kustomization.yaml", text);
    /// let report = set_replicas(text, "hub", 2).unwrap_err().to_diagnostic(file).report(&sources);
    /// assert_eq!(report.labels[0].place.to_string(), "kustomization.yaml:1:11");
    /// ```
    #[must_use]
    pub fn to_diagnostic(&self, source: SourceId) -> Diagnostic {
        let mut diagnostic = Diagnostic::error("edit", self.message.clone());
        diagnostic = diagnostic.at(Label::new(Mark::new(source, self.span), ""));
        if let Some((span, what)) = self.other {
            diagnostic = diagnostic.at(Label::new(Mark::new(source, span), what));
        }
        diagnostic.help.extend(self.help.clone());
        diagnostic
    }
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for EditError {}

impl From<tidegate_yaml::Errors> for EditError {
    fn from(errors: tidegate_yaml::Errors) -> Self {
        let first = errors.first();
        Self::new(EditErrorKind::Syntax, first.span(), first.to_string())
    }
}

impl From<tidegate_yaml::edit::EditError> for EditError {
    fn from(error: tidegate_yaml::edit::EditError) -> Self {
        use tidegate_yaml::edit::EditErrorKind as Yaml;
        let kind = match error.kind() {
            Yaml::NotFound => EditErrorKind::NotFound,
            Yaml::NotAScalar | Yaml::NotAMapping | Yaml::NotASequence => EditErrorKind::WrongType,
            Yaml::DuplicateKey | Yaml::Exists => EditErrorKind::Ambiguous,
            _ => EditErrorKind::Unsafe,
        };
        let mut converted = Self::new(kind, error.span(), error.to_string());
        if let Some(other) = error.other() {
            converted = converted.and_at(other, "here");
        }
        converted.help = error.help().map(Cow::Borrowed);
        converted
    }
}
