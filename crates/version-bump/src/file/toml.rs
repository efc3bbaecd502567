use std::borrow::Cow;
use std::collections::BTreeMap;

use tidegate_source::Span;
use toml_parser::decoder::Encoding;
use toml_parser::parser::{EventReceiver, parse_document};
use toml_parser::{ErrorSink, ParseError, Source};

use super::error::{VersionFileError, VersionFileErrorKind};

/// A step of a path in a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// A key of a table.
    Key(String),
    /// An element of an array, or a table of an array of tables.
    Index(usize),
}

/// A value that is no table and no array.
#[derive(Debug)]
pub(super) struct Leaf {
    pub(super) path: Vec<Step>,
    /// The bytes as written, with quotes.
    pub(super) outer: Span,
    /// The bytes between the quotes, where these are the value; `None` for other values.
    pub(super) text: Option<Span>,
    /// Whether it is a text in quotes.
    pub(super) is_string: bool,
}

impl Leaf {
    /// Returns whether the path consists of these keys.
    pub(super) fn is_at(&self, keys: &[&str]) -> bool {
        self.path.len() == keys.len()
            && self.path.iter().zip(keys).all(|(step, key)| *step == Step::Key((*key).to_owned()))
    }
}

/// Returns all leaves of a document, in its order.
pub(super) fn leaves(text: &str) -> Result<Vec<Leaf>, VersionFileError> {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut receiver = Receiver {
        source,
        text,
        leaves: Vec::new(),
        tables: BTreeMap::new(),
        table: Vec::new(),
        keys: Vec::new(),
        value: Vec::new(),
        open: Vec::new(),
        too_deep: 0,
    };
    let mut errors: Vec<ParseError> = Vec::new();
    parse_document(&tokens, &mut receiver, &mut errors);
    if let Some(error) = errors.first() {
        let at = error.unexpected().or_else(|| error.context());
        let span = at.map_or(0..text.len(), |it| it.start()..it.end());
        return Err(VersionFileError::because(
            VersionFileErrorKind::Malformed,
            Span::from_range(span),
            format!("the file is no TOML: {}", error.description()),
        ));
    }
    Ok(receiver.leaves)
}

/// An inline table or an array that is open.
enum Open {
    Table(Vec<Step>),
    Array(Vec<Step>, usize),
}

struct Receiver<'t> {
    source: Source<'t>,
    text: &'t str,
    leaves: Vec<Leaf>,
    /// How many tables each array of tables has so far.
    tables: BTreeMap<Vec<Step>, usize>,
    /// The path of the table that the last header opened.
    table: Vec<Step>,
    /// The keys read so far of a header or of a key before `=`.
    keys: Vec<Step>,
    /// The path of the value behind the last `=`.
    value: Vec<Step>,
    open: Vec<Open>,
    /// How many more are open beyond [`MAX_DEPTH`]; these are not entered.
    too_deep: usize,
}

/// How deep inline tables and arrays may nest.
const MAX_DEPTH: usize = 100;

impl Receiver<'_> {
    /// The path of the value that begins here.
    fn here(&self) -> Vec<Step> {
        match self.open.last() {
            Some(Open::Array(path, index)) => {
                let mut path = path.clone();
                path.push(Step::Index(*index));
                path
            }
            _ => self.value.clone(),
        }
    }
}

impl Receiver<'_> {
    /// Opens a table or an array; returns whether it may be entered.
    fn open(
        &mut self,
        span: toml_parser::Span,
        error: &mut dyn ErrorSink,
        open: fn(Vec<Step>) -> Open,
    ) -> bool {
        if self.open.len() == MAX_DEPTH {
            if self.too_deep == 0 {
                error.report_error(ParseError::new("nested too deep").with_unexpected(span));
            }
            self.too_deep += 1;
            return false;
        }
        self.open.push(open(self.here()));
        true
    }

    /// Cuts a path that is longer than any that is looked for, and says so.
    fn bound(path: &mut Vec<Step>, span: toml_parser::Span, error: &mut dyn ErrorSink) {
        if path.len() > MAX_DEPTH {
            error.report_error(ParseError::new("a key has too many parts").with_unexpected(span));
            path.truncate(MAX_DEPTH);
        }
    }

    fn close(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else {
            self.open.pop();
        }
    }
}

impl EventReceiver for Receiver<'_> {
    fn std_table_open(&mut self, _: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.keys.clear();
    }

    fn std_table_close(&mut self, span: toml_parser::Span, error: &mut dyn ErrorSink) {
        self.table = std::mem::take(&mut self.keys);
        Self::bound(&mut self.table, span, error);
    }

    fn array_table_open(&mut self, _: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.keys.clear();
    }

    fn array_table_close(&mut self, span: toml_parser::Span, error: &mut dyn ErrorSink) {
        self.table = std::mem::take(&mut self.keys);
        Self::bound(&mut self.table, span, error);
        let count = self.tables.entry(self.table.clone()).or_default();
        self.table.push(Step::Index(*count));
        *count += 1;
    }

    fn inline_table_open(&mut self, span: toml_parser::Span, error: &mut dyn ErrorSink) -> bool {
        self.open(span, error, Open::Table)
    }

    fn inline_table_close(&mut self, _: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.close();
    }

    fn array_open(&mut self, span: toml_parser::Span, error: &mut dyn ErrorSink) -> bool {
        self.open(span, error, |path| Open::Array(path, 0))
    }

    fn array_close(&mut self, _: toml_parser::Span, _: &mut dyn ErrorSink) {
        self.close();
    }

    fn value_sep(&mut self, _: toml_parser::Span, _: &mut dyn ErrorSink) {
        if let Some(Open::Array(_, index)) = self.open.last_mut() {
            *index += 1;
        }
    }

    fn simple_key(
        &mut self,
        span: toml_parser::Span,
        encoding: Option<Encoding>,
        error: &mut dyn ErrorSink,
    ) {
        let mut key = Cow::Borrowed("");
        if let Some(raw) = self.source.get(span) {
            toml_parser::Raw::new_unchecked(raw.as_str(), encoding, span)
                .decode_key(&mut key, error);
        }
        self.keys.push(Step::Key(key.into_owned()));
    }

    fn key_val_sep(&mut self, span: toml_parser::Span, error: &mut dyn ErrorSink) {
        let base = match self.open.last() {
            Some(Open::Table(path) | Open::Array(path, _)) => path,
            None => &self.table,
        };
        self.value = base.iter().cloned().chain(self.keys.drain(..)).collect();
        Self::bound(&mut self.value, span, error);
    }

    fn scalar(
        &mut self,
        span: toml_parser::Span,
        encoding: Option<Encoding>,
        _: &mut dyn ErrorSink,
    ) {
        let outer = Span::from_range(span.start()..span.end());
        let inner = Span::new(outer.start + 1, outer.end.saturating_sub(1));
        let text = match encoding {
            Some(Encoding::LiteralString) => Some(inner),
            Some(Encoding::BasicString) if !inner.of(self.text).contains('\\') => Some(inner),
            _ => None,
        };
        self.leaves.push(Leaf { path: self.here(), outer, text, is_string: encoding.is_some() });
    }
}
