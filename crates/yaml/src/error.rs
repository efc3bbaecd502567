use std::borrow::Cow;
use std::fmt;

use tidegate_source::{Diagnostic, Label, Mark, SourceId, Span};

/// What is wrong with a text. The wording follows go-yaml's where go-yaml has one.
///
/// ```
/// use tidegate_yaml::{ErrorKind, Stream};
///
/// let kind = |text| Stream::parse(text).map(|_| ()).map_err(|errors| errors.first().kind());
/// assert_eq!(kind("image: @web\n"), Err(ErrorKind::UnexpectedCharacter));
/// assert_eq!(kind("%YAML 1.2\n---\na: 1\n"), Err(ErrorKind::IncompatibleVersion));
/// assert_eq!(kind("a: 1\na: 2\n"), Ok(()), "found by `Stream::duplicate_keys`");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text is longer than 4 GiB.
    TooLong,
    /// The bytes are not UTF-8.
    InvalidUtf8,
    /// A character that YAML does not allow, such as a control character.
    ControlCharacter,
    /// More levels than [`crate::MAX_DEPTH`].
    TooDeep,
    /// An indentation that belongs to no mapping and no sequence around it, or a line without a key.
    ExpectedKey,
    /// A block sequence goes on with something that is no `-`.
    ExpectedDash,
    /// A value was expected and something else stands there.
    ExpectedNode,
    /// A flow sequence is not continued or closed.
    ExpectedCommaOrBracket,
    /// A flow mapping is not continued or closed.
    ExpectedCommaOrBrace,
    /// Content behind the end of a document that is no new document.
    ExpectedDocumentStart,
    /// A line in a mapping that has no `:`.
    ExpectedColon,
    /// A `- ` where no sequence entry may stand.
    EntryNotAllowed,
    /// A `? ` where no key may stand.
    KeyNotAllowed,
    /// A `: ` where no value may stand.
    ValueNotAllowed,
    /// A character that starts nothing, such as `@`, `` ` `` or a tab used for indentation.
    UnexpectedCharacter,
    /// A tab where only spaces may indent.
    TabIndentation,
    /// A quoted scalar that does not end.
    UnclosedQuote,
    /// `---` or `...` inside a quoted scalar.
    DocumentMarkInQuotes,
    /// An unknown escape sequence in a double-quoted scalar.
    UnknownEscape,
    /// An escape sequence with digits that are not hexadecimal.
    InvalidHexEscape,
    /// An escape sequence for something that is no character.
    InvalidUnicodeEscape,
    /// An indentation indicator `0` of a block scalar.
    ZeroIndentation,
    /// Text behind the header of a block scalar or a directive.
    TextAfterHeader,
    /// An anchor or alias without a name, or with a character that no name may hold.
    InvalidAnchor,
    /// An alias to an anchor that was not written before it.
    UnknownAnchor,
    /// An alias inside the very value that it names.
    RecursiveAlias,
    /// A tag that is malformed.
    InvalidTag,
    /// A tag handle that no `%TAG` directive declares.
    UndefinedTagHandle,
    /// A malformed or unknown directive.
    InvalidDirective,
    /// A second directive of the same kind.
    DuplicateDirective,
    /// A `%YAML` version other than 1.1 (go-yaml's `parserc.go`).
    IncompatibleVersion,
    /// A key that stands twice in a mapping (YAML 1.2.2, section 3.2.1.1: keys are unique).
    DuplicateKey,
    /// A scalar that its tag can't hold, such as `!!int x`.
    TagMismatch,
    /// Aliases that unfold to more than a hundred nodes for each one that was written; only a deserializer finds it.
    ExcessiveAliasing,
    /// A merge key `<<` whose value is neither a mapping nor a list of mappings.
    InvalidMerge,
}

impl ErrorKind {
    pub(crate) const fn code(self) -> &'static str {
        self.texts().0
    }

    const fn message(self) -> &'static str {
        self.texts().1
    }

    const fn help(self) -> Option<&'static str> {
        let help = self.texts().2;
        if help.is_empty() { None } else { Some(help) }
    }

    /// Code, message, help.
    #[expect(clippy::too_many_lines, reason = "a table")]
    const fn texts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::TooLong => ("yaml-too-long", "text exceeds 4 GiB", ""),
            Self::InvalidUtf8 => ("yaml-invalid-utf8", "invalid UTF-8", "save the file as UTF-8"),
            Self::ControlCharacter => (
                "yaml-control-character",
                "control characters are not allowed",
                "write it as an escape sequence inside double quotes",
            ),
            Self::TooDeep => ("yaml-too-deep", "exceeded max depth of 10000", ""),
            Self::ExpectedKey => (
                "yaml-expected-key",
                "did not find expected key",
                "check the indentation: the keys of one mapping start in the same column",
            ),
            Self::ExpectedDash => (
                "yaml-expected-dash",
                "did not find expected '-' indicator",
                "check the indentation: the dashes of one list stand in the same column",
            ),
            Self::ExpectedNode => (
                "yaml-expected-node",
                "did not find expected node content",
                "write a value there, or quote the text if it begins with a special character",
            ),
            Self::ExpectedCommaOrBracket => (
                "yaml-expected-comma",
                "did not find expected ',' or ']'",
                "close the list with `]`, or put a comma between its items",
            ),
            Self::ExpectedCommaOrBrace => (
                "yaml-expected-comma",
                "did not find expected ',' or '}'",
                "close the mapping with `}`, or put a comma between its entries",
            ),
            Self::ExpectedDocumentStart => (
                "yaml-expected-document-start",
                "did not find expected <document start>",
                "begin a further document with a line `---`",
            ),
            Self::ExpectedColon => (
                "yaml-expected-colon",
                "could not find expected ':'",
                "write `key: value`, with a space behind the colon, on one line",
            ),
            Self::EntryNotAllowed => (
                "yaml-entry-not-allowed",
                "block sequence entries are not allowed in this context",
                "begin the list on a line of its own",
            ),
            Self::KeyNotAllowed => {
                ("yaml-key-not-allowed", "mapping keys are not allowed in this context", "")
            }
            Self::ValueNotAllowed => (
                "yaml-value-not-allowed",
                "mapping values are not allowed in this context",
                "put text that holds `: ` in quotes, or begin the mapping on a line of its own",
            ),
            Self::UnexpectedCharacter => (
                "yaml-unexpected-character",
                "found character that cannot start any token",
                "indent with spaces, and put a value that starts with this character in quotes",
            ),
            Self::TabIndentation => (
                "yaml-tab-indentation",
                "found a tab character that violates indentation",
                "indent with spaces",
            ),
            Self::UnclosedQuote => {
                ("yaml-unclosed-quote", "found unexpected end of stream", "close the quote")
            }
            Self::DocumentMarkInQuotes => (
                "yaml-document-mark-in-quotes",
                "found unexpected document indicator",
                "close the quote, or indent the line",
            ),
            Self::UnknownEscape => (
                "yaml-unknown-escape",
                "found unknown escape character",
                "write a backslash as `\\\\`, or use single quotes",
            ),
            Self::InvalidHexEscape => {
                ("yaml-invalid-escape", "did not find expected hexdecimal number", "")
            }
            Self::InvalidUnicodeEscape => (
                "yaml-invalid-escape",
                "found invalid Unicode character escape code",
                "write a character beyond U+FFFF as `\\U` with eight digits",
            ),
            Self::ZeroIndentation => {
                ("yaml-zero-indentation", "found an indentation indicator equal to 0", "")
            }
            Self::TextAfterHeader => (
                "yaml-text-after-header",
                "did not find expected comment or line break",
                "begin the text on the next line",
            ),
            Self::InvalidAnchor => (
                "yaml-invalid-anchor",
                "did not find expected alphabetic or numeric character",
                "put a value that starts with `*` or `&` in quotes",
            ),
            Self::UnknownAnchor => (
                "yaml-unknown-anchor",
                "unknown anchor",
                "put a value that starts with `*` in quotes",
            ),
            Self::RecursiveAlias => ("yaml-recursive-alias", "anchor value contains itself", ""),
            Self::InvalidTag => (
                "yaml-invalid-tag",
                "did not find expected tag",
                "put a value that starts with `!` in quotes",
            ),
            Self::UndefinedTagHandle => {
                ("yaml-undefined-tag-handle", "found undefined tag handle", "")
            }
            Self::InvalidDirective => (
                "yaml-invalid-directive",
                "found a malformed or unknown directive",
                "put a value that starts with `%` in quotes",
            ),
            Self::DuplicateDirective => {
                ("yaml-duplicate-directive", "found duplicate directive", "")
            }
            Self::IncompatibleVersion => (
                "yaml-incompatible-version",
                "found incompatible YAML document",
                "write `%YAML 1.1`, or leave the directive out",
            ),
            Self::DuplicateKey => {
                ("yaml-duplicate-key", "mapping key already defined", "remove one of the two")
            }
            Self::TagMismatch => ("yaml-tag-mismatch", "value does not fit its tag", ""),
            Self::ExcessiveAliasing => {
                ("yaml-excessive-aliasing", "document contains excessive aliasing", "")
            }
            Self::InvalidMerge => (
                "yaml-invalid-merge",
                "map merge requires map or sequence of maps as the value",
                "",
            ),
        }
    }
}

/// Why a text could not be read, and where.
///
/// ```
/// use tidegate_source::Sources;
/// use tidegate_yaml::{ErrorKind, Stream};
///
/// let text = "args: [--fast\nimage: web\n";
/// let errors = Stream::parse(text).unwrap_err();
/// let error = errors.first();
/// assert_eq!(error.kind(), ErrorKind::ExpectedCommaOrBracket);
/// assert_eq!((error.span().start, error.origin().map(|it| it.start)), (19, Some(6)));
/// assert_eq!(error.help(), Some("close the list with `]`, or put a comma between its items"));
///
/// let source = Sources::new().add("web.yaml", text);
/// assert_eq!(error.to_diagnostic(source).code, "yaml-expected-comma");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    pub(crate) kind: ErrorKind,
    pub(crate) span: Span,
    pub(crate) origin: Option<(Span, &'static str)>,
    pub(crate) detail: Option<Box<str>>,
}

impl Error {
    pub(crate) const fn new(kind: ErrorKind, span: Span) -> Self {
        Self { kind, span, origin: None, detail: None }
    }

    /// Adds the place where the construct began, and what it is.
    pub(crate) const fn since(mut self, span: Span, what: &'static str) -> Self {
        self.origin = Some((span, what));
        self
    }

    pub(crate) fn detail(mut self, detail: impl Into<Box<str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Returns the kind, for programs.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Returns the bytes of the text where the mistake stands.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Returns the other place that takes part: where the construct began, or where the key stood first.
    #[must_use]
    pub fn origin(&self) -> Option<Span> {
        self.origin.map(|(span, _)| span)
    }

    /// Returns what to do about it, where that is known.
    #[must_use]
    pub const fn help(&self) -> Option<&'static str> {
        self.kind.help()
    }

    /// Returns the error as a diagnostic of a file.
    #[must_use]
    pub fn to_diagnostic(&self, source: SourceId) -> Diagnostic {
        let mut diagnostic = Diagnostic::error(self.kind.code(), Cow::Owned(self.to_string()))
            .at(Label::new(Mark::new(source, self.span), ""));
        if let Some((span, what)) = self.origin {
            diagnostic = diagnostic.at(Label::new(Mark::new(source, span), what));
        }
        match self.help() {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.message())?;
        match &self.detail {
            Some(detail) => write!(f, ": {detail}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

/// Everything that is wrong with a text: at least one error, in the order of the text.
///
/// ```
/// use tidegate_yaml::Stream;
///
/// let errors = Stream::parse("a: b: c\n---\n- x\ny\n").unwrap_err();
/// assert_eq!(errors.iter().map(|it| it.span().start).collect::<Vec<_>>(), [4, 16]);
/// assert_eq!(errors.to_string(), "mapping values are not allowed in this context (and 1 more)");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errors(Vec<Error>);

impl Errors {
    /// Wraps errors; `None` when there are none.
    pub(crate) fn new(errors: Vec<Error>) -> Option<Self> {
        if errors.is_empty() { None } else { Some(Self(errors)) }
    }

    /// Returns the first error.
    #[must_use]
    pub fn first(&self) -> &Error {
        // There is at least one: `new` makes sure of it.
        &self.0[0]
    }

    /// Iterates over the errors in the order of the text.
    pub fn iter(&self) -> std::slice::Iter<'_, Error> {
        self.0.iter()
    }
}

impl From<Error> for Errors {
    fn from(error: Error) -> Self {
        Self(vec![error])
    }
}

impl<'e> IntoIterator for &'e Errors {
    type Item = &'e Error;
    type IntoIter = std::slice::Iter<'e, Error>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Errors {
    type Item = Error;
    type IntoIter = std::vec::IntoIter<Error>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// The first error's message, and how many more there are.
impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first().fmt(f)?;
        match self.0.len() {
            1 => Ok(()),
            n => write!(f, " (and {} more)", n - 1),
        }
    }
}

impl std::error::Error for Errors {}
