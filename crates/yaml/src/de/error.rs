use std::borrow::Cow;
use std::fmt;

use tidegate_source::{Diagnostic, Label, Mark, SourceId, Span, nearest};

/// Why a text is not the value that was asked for, and where.
///
/// ```
/// use std::collections::BTreeMap;
/// use tidegate_source::Sources;
/// use tidegate_yaml::from_str;
///
/// let text = "replicas:\n  web: 2\n  hub: two\n";
/// let error = from_str::<BTreeMap<String, BTreeMap<String, u8>>>(text).unwrap_err();
/// assert_eq!((error.code(), error.path()), ("invalid-type", "replicas.hub"));
/// assert_eq!((error.span().of(text), error.help()), ("two", None));
/// assert_eq!(error.to_string(), "invalid type: string \"two\", expected u8");
///
/// let source = Sources::new().add("scale.yaml", text);
/// assert_eq!(error.to_diagnostic(source).notes, ["at `replicas.hub`"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeserializeError {
    // Boxed: results stay small.
    inner: Box<Inner>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    code: &'static str,
    message: String,
    span: Option<Span>,
    /// Another place that takes part, and what it is.
    origin: Option<(Span, &'static str)>,
    path: String,
    help: Option<String>,
}

impl DeserializeError {
    pub(super) fn new(message: impl Into<String>, span: Span) -> Self {
        Self::with_code("invalid-value", message.into(), Some(span))
    }

    fn with_code(code: &'static str, message: String, span: Option<Span>) -> Self {
        let inner = Inner { code, message, span, origin: None, path: String::new(), help: None };
        Self { inner: Box::new(inner) }
    }

    /// Sets the place unless there is one.
    pub(super) fn or_at(mut self, span: Span) -> Self {
        self.inner.span.get_or_insert(span);
        self
    }

    pub(super) fn moved_to(mut self, span: Span) -> Self {
        self.inner.span = Some(span);
        self
    }

    pub(super) fn below_key(mut self, key: &str) -> Self {
        let simple = !key.is_empty()
            && key.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-' | b'$'));
        let key = if simple { key.to_owned() } else { format!("[{key:?}]") };
        let dot =
            if self.inner.path.is_empty() || self.inner.path.starts_with('[') { "" } else { "." };
        self.inner.path = format!("{key}{dot}{}", self.inner.path);
        self
    }

    pub(super) fn below_index(mut self, index: usize) -> Self {
        let dot =
            if self.inner.path.is_empty() || self.inner.path.starts_with('[') { "" } else { "." };
        self.inner.path = format!("[{index}]{dot}{}", self.inner.path);
        self
    }

    /// Returns the place of the value or key that does not fit.
    #[must_use]
    pub fn span(&self) -> Span {
        self.inner.span.unwrap_or_default()
    }

    /// Returns the path of the value, such as `steps[1].count`; empty for the root.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.inner.path
    }

    /// Returns what to do about it, where that is known.
    #[must_use]
    pub fn help(&self) -> Option<&str> {
        self.inner.help.as_deref()
    }

    /// Returns a stable name for programs: `unknown-field`, `unknown-variant`, `missing-field`, `invalid-type`,
    /// `invalid-value`, or the code of a mistake in the YAML itself.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.inner.code
    }

    /// Returns the error as a diagnostic of a file.
    #[must_use]
    pub fn to_diagnostic(&self, source: SourceId) -> Diagnostic {
        let mut diagnostic = Diagnostic::error(self.inner.code, self.inner.message.clone())
            .at(Label::new(Mark::new(source, self.span()), ""));
        if let Some((span, what)) = self.inner.origin {
            diagnostic = diagnostic.at(Label::new(Mark::new(source, span), what));
        }
        if !self.inner.path.is_empty() {
            diagnostic = diagnostic.note(Cow::Owned(format!("at `{}`", self.inner.path)));
        }
        match &self.inner.help {
            Some(help) => diagnostic.help(help.clone()),
            None => diagnostic,
        }
    }
}

impl From<crate::Error> for DeserializeError {
    fn from(error: crate::Error) -> Self {
        let mut it = Self::with_code(error.kind.code(), error.to_string(), Some(error.span));
        it.inner.origin = error.origin;
        it.inner.help = error.help().map(str::to_owned);
        it
    }
}

/// The message alone, without its place and path.
impl fmt::Display for DeserializeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.inner.message)
    }
}

impl std::error::Error for DeserializeError {}

impl serde::de::Error for DeserializeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::with_code("invalid-value", message.to_string(), None)
    }

    fn invalid_type(
        unexpected: serde::de::Unexpected<'_>,
        expected: &dyn serde::de::Expected,
    ) -> Self {
        let unexpected = match unexpected {
            serde::de::Unexpected::Unit => serde::de::Unexpected::Other("null"),
            other => other,
        };
        let message = format!("invalid type: {unexpected}, expected {expected}");
        Self::with_code("invalid-type", message, None)
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let message = format!("unknown field `{field}`, {}", expected_names(expected));
        let mut it = Self::with_code("unknown-field", message, None);
        it.inner.help = nearest(field, expected.iter().copied())
            .map(|name| format!("a field with a similar name exists: `{name}`"));
        it
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let message = format!("unknown variant `{variant}`, {}", expected_names(expected));
        let mut it = Self::with_code("unknown-variant", message, None);
        it.inner.help = nearest(variant, expected.iter().copied())
            .map(|name| format!("did you mean `{name}`?"));
        it
    }

    fn missing_field(field: &'static str) -> Self {
        Self::with_code("missing-field", format!("missing field `{field}`"), None)
    }
}

fn expected_names(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => "there are none".to_owned(),
        [one] => format!("expected {one}"),
        [one, other] => format!("expected {one} or {other}"),
        _ => format!("expected one of {}", quoted.join(", ")),
    }
}
