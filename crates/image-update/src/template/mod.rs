//! Go's `text/template`, as far as updaters' templates use it.

mod eval;
mod lex;
mod parse;

use tidegate_source::Span;

use parse::Node;

/// A value that a template reads.
///
/// ```
/// use tidegate_image_update::{Template, TemplateValue};
///
/// let labels = [("org.opencontainers.image.revision".to_owned(), "c0ffee".to_owned())];
/// let data = TemplateValue::Record(vec![
///     ("Tag", TemplateValue::Text("1.4.0".into())),
///     ("Labels", TemplateValue::Map(labels.into())),
/// ]);
/// let template = Template::parse(r#"{{ .Tag }} of {{ index .Labels "org.opencontainers.image.revision" }}"#)?;
/// assert_eq!(template.render(&data)?, "1.4.0 of c0ffee");
/// # Ok::<(), tidegate_image_update::TemplateError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum TemplateValue {
    /// A text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A truth value.
    Bool(bool),
    /// A list, for `range` and `index`.
    List(Vec<TemplateValue>),
    /// A map from texts to texts: a key that is not there reads as empty by `index`.
    Map(std::collections::BTreeMap<String, String>),
    /// Named fields; a field that is not there is an error.
    Record(Vec<(&'static str, TemplateValue)>),
    /// Nothing: what a missing key of a map gives when it is read as a field. Prints as `<no value>`.
    Nothing,
}

/// A parsed template.
///
/// Understood are text, comments, trim marks, fields, variables, `if`, `else if`, `range`, `with`, `break`,
/// `continue`, pipelines, and the functions `and or not eq ne lt le gt ge index len print printf println`. Templates
/// that define or call other templates are refused.
///
/// Source: Go `text/template`.
///
/// # Examples
///
/// ```
/// use tidegate_image_update::{Template, TemplateValue};
///
/// let template = Template::parse("{{ range .Tags -}} <{{ . }}> {{- end }}")?;
/// let tags = ["1.4", "1.5"].map(|it| TemplateValue::Text(it.to_owned()));
/// let data = TemplateValue::Record(vec![("Tags", TemplateValue::List(tags.into()))]);
/// assert_eq!(template.render(&data)?, "<1.4><1.5>");
/// assert!(Template::parse("{{ range .Tags }}").is_err());
/// # Ok::<(), tidegate_image_update::TemplateError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    body: Vec<Node>,
}

impl Template {
    /// Parses a template.
    ///
    /// ```
    /// use tidegate_image_update::Template;
    ///
    /// let error = Template::parse("deploy {{ .Tag | shout }}").unwrap_err();
    /// assert!(error.to_string().contains("shout"));
    /// ```
    ///
    /// # Errors
    ///
    /// A [`TemplateError`] with the place in the text: an action that is not closed or not understood, a block without
    /// `end`, an unknown function or variable, blocks nested deeper than 64.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        parse::parse(text).map(|body| Self { body })
    }

    /// Fills the template.
    ///
    /// ```
    /// use tidegate_image_update::{Template, TemplateValue};
    ///
    /// let template = Template::parse("{{ if .New }}{{ .New }}{{ else }}nothing{{ end }}")?;
    /// let tag = |text: &str| TemplateValue::Record(vec![("New", TemplateValue::Text(text.into()))]);
    /// assert_eq!(template.render(&tag("1.4.0"))?, "1.4.0");
    /// assert_eq!(template.render(&tag(""))?, "nothing");
    /// assert!(template.render(&TemplateValue::Record(vec![])).is_err());
    /// # Ok::<(), tidegate_image_update::TemplateError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A [`TemplateError`] where the data does not fit: a field that a record does not have, a range over what is no
    /// list, arguments of the wrong kind or number.
    pub fn render(&self, data: &TemplateValue) -> Result<String, TemplateError> {
        eval::render(&self.body, data)
    }
}

/// Why a template can't be parsed or filled, and where in its text.
///
/// ```
/// use tidegate_image_update::Template;
///
/// let text = "deploy {{ .Tag ";
/// let error = Template::parse(text).unwrap_err();
/// assert!(error.span().range().start >= 7);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TemplateError {
    message: String,
    span: Span,
}

impl TemplateError {
    pub(crate) fn new(message: impl Into<String>, span: Span) -> Self {
        Self { message: message.into(), span }
    }

    /// Returns the place in the template.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }
}
