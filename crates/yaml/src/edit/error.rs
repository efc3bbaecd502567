use std::borrow::Cow;
use std::fmt;

use tidegate_source::{Diagnostic, Label, Mark, SourceId, Span};

/// Why a text can't be edited as asked.
///
/// ```
/// use tidegate_yaml::edit::{self, EditErrorKind};
/// use tidegate_yaml::Stream;
///
/// let stream = Stream::parse("image: {name: web}\n")?;
/// let root = stream.root().ok_or("no document")?;
/// let kind = |path: &[edit::Step<'_>]| edit::find(root, path).map_err(|it| it.kind());
/// assert_eq!(kind(&["image".into(), "tag".into()]), Err(EditErrorKind::NotFound));
/// assert_eq!(kind(&["image".into(), 0.into()]), Err(EditErrorKind::NotASequence));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EditErrorKind {
    /// There is no such key or item.
    NotFound,
    /// A scalar was expected.
    NotAScalar,
    /// A mapping was expected.
    NotAMapping,
    /// A sequence was expected.
    NotASequence,
    /// The key is there already.
    Exists,
    /// The place is an alias: an edit would have to change what stands elsewhere.
    Alias,
    /// The place lies in a node that is used again by an alias: an edit would change the other place too.
    Shared,
    /// The value comes from a merge key `<<`.
    Merged,
    /// The key stands twice.
    DuplicateKey,
    /// A flow collection on one line can't take a block of lines.
    FlowMustGrow,
    /// The value does not fit the tag that the node has.
    Tag,
    /// A text given as a number, a truth value or `null` is none.
    InvalidValue,
    /// Two edits change the same bytes.
    Overlap,
    /// The text is laid out in a way that the edit would change more than was asked for.
    Layout,
}

impl EditErrorKind {
    const fn texts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::NotFound => ("edit-not-found", "there is no such value", ""),
            Self::NotAScalar => ("edit-not-a-scalar", "expected a single value", ""),
            Self::NotAMapping => ("edit-not-a-mapping", "expected a mapping", ""),
            Self::NotASequence => ("edit-not-a-list", "expected a list", ""),
            Self::Exists => ("edit-exists", "the key is there already", ""),
            Self::Alias => (
                "edit-alias",
                "an alias stands here, and editing it would change what it names",
                "write the value out in the place of the alias",
            ),
            Self::Shared => (
                "edit-shared",
                "the value is used again by an alias, and editing it would change both places",
                "write the value out in the place of the alias",
            ),
            Self::Merged => (
                "edit-merged",
                "the value comes from a merge key",
                "write the key itself into the mapping",
            ),
            Self::DuplicateKey => {
                ("edit-duplicate-key", "the key stands twice", "remove one of the two")
            }
            Self::FlowMustGrow => (
                "edit-flow-must-grow",
                "a collection written on one line would have to grow beyond it",
                "write the collection as a block, one entry a line",
            ),
            Self::Tag => {
                ("edit-tag", "the value does not fit the tag that stands here", "remove the tag")
            }
            Self::InvalidValue => ("edit-invalid-value", "not a plain value", ""),
            Self::Overlap => ("edit-overlap", "two edits change the same bytes", ""),
            Self::Layout => (
                "edit-layout",
                "the text around this place can't be edited without changing more than was asked for",
                "edit it by hand",
            ),
        }
    }
}

/// Why a text can't be edited as asked, and the place that is in the way.
///
/// ```
/// use tidegate_source::Sources;
/// use tidegate_yaml::{Stream, edit};
///
/// let text = "base: &tag \"1.0\"\nweb: *tag\n";
/// let stream = Stream::parse(text)?;
/// let base = stream.root().and_then(|it| it.get("base")).ok_or("no base")?;
/// let error = edit::set(base, &"1.1".into()).unwrap_err();
/// assert_eq!(error.kind(), edit::EditErrorKind::Shared);
/// assert_eq!(error.span().of(text), "&tag");
/// assert_eq!(error.other().map(|it| it.of(text)), Some("*tag"));
/// assert_eq!(error.help(), Some("write the value out in the place of the alias"));
///
/// let source = Sources::new().add("tags.yaml", text);
/// assert_eq!(error.to_diagnostic(source).code, "edit-shared");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditError {
    kind: EditErrorKind,
    span: Span,
    other: Option<Span>,
    detail: Option<Box<str>>,
}

impl EditError {
    pub(crate) const fn new(kind: EditErrorKind, span: Span) -> Self {
        Self { kind, span, other: None, detail: None }
    }

    pub(crate) const fn since(mut self, other: Span) -> Self {
        self.other = Some(other);
        self
    }

    pub(crate) fn detail(mut self, detail: impl Into<Box<str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Returns the kind, for programs.
    #[must_use]
    pub const fn kind(&self) -> EditErrorKind {
        self.kind
    }

    /// Returns the place that is in the way.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Returns the other place that takes part: the alias, the first of two keys.
    #[must_use]
    pub const fn other(&self) -> Option<Span> {
        self.other
    }

    /// Returns what to do about it, where that is known.
    #[must_use]
    pub fn help(&self) -> Option<&'static str> {
        Some(self.kind.texts().2).filter(|it| !it.is_empty())
    }

    /// Returns the error as a diagnostic of a file.
    #[must_use]
    pub fn to_diagnostic(&self, source: SourceId) -> Diagnostic {
        let mut diagnostic = Diagnostic::error(self.kind.texts().0, Cow::Owned(self.to_string()))
            .at(Label::new(Mark::new(source, self.span), ""));
        if let Some(other) = self.other {
            diagnostic = diagnostic.at(Label::new(Mark::new(source, other), "the other place"));
        }
        match self.help() {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.texts().1)?;
        match &self.detail {
            Some(detail) => write!(f, ": {detail}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for EditError {}
