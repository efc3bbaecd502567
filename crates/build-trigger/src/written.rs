use std::sync::Arc;

use tidegate_source::{Diagnostic, Label, Mark, SourceId, Span};
use tidegate_yaml::Spanned;

/// A text that somebody wrote, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// The text, as YAML reads it.
    pub(crate) value: String,
    /// Where it stands, with its quotes.
    pub(crate) mark: Mark,
    /// How far behind the start of the mark the value begins, where it stands there byte for byte.
    verbatim: Option<u32>,
}

impl Written {
    /// Creates a text that stands in a file.
    pub(crate) fn new(file: &File, text: Spanned<String>) -> Self {
        let written = text.span.of(&file.text);
        let inner = written.get(1..written.len().saturating_sub(1));
        let verbatim = if written == text.value {
            Some(0)
        } else if inner == Some(text.value.as_str()) && written.starts_with(['"', '\'']) {
            Some(1)
        } else {
            None
        };
        Self { value: text.value, mark: Mark::new(file.source, text.span), verbatim }
    }

    /// Translates a place inside the value into its file: exact where the value stands there as it is, the whole
    /// text otherwise.
    pub(crate) fn place(&self, inner: Span) -> Mark {
        match self.verbatim {
            Some(offset) => {
                let start = self.mark.span.start.saturating_add(offset);
                Mark::new(self.mark.source, inner.shifted(start))
            }
            None => self.mark,
        }
    }
}

/// A file that is read.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) source: SourceId,
    pub(crate) text: Arc<str>,
}

/// A diagnostic on its way up; boxed, so that results stay small.
#[derive(Debug)]
pub(crate) struct Mistake(Box<Diagnostic>);

impl Mistake {
    pub(crate) fn new(code: &'static str, message: impl Into<String>, mark: Mark) -> Self {
        let diagnostic = Diagnostic::error(code, message.into());
        Self(Box::new(diagnostic.at(Label::new(mark, ""))))
    }

    /// Adds a line on what to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help.push(help.into().into());
        self
    }
}

impl From<Mistake> for Diagnostic {
    fn from(mistake: Mistake) -> Self {
        *mistake.0
    }
}
