use std::collections::VecDeque;

use tidegate_source::Span;

use crate::chars::{at, break_len, is_blank, is_blankz, is_break, is_breakz, is_document_mark};
use crate::error::{Error, ErrorKind};
use crate::lanes::{behind_spaces, may_break};
use crate::tape::Style;

/// The deepest nesting that go-yaml reads, in levels, of indentation and of brackets each: `max_indents` and
/// `max_flow_level` of its `scannerc.go`.
///
/// ```
/// use tidegate_yaml::{ErrorKind, MAX_DEPTH, Stream};
///
/// let nested = |levels| "[".repeat(levels) + &"]".repeat(levels);
/// assert!(Stream::parse(&nested(MAX_DEPTH)).is_ok());
/// let errors = Stream::parse(&nested(MAX_DEPTH + 1)).map(|_| ()).unwrap_err();
/// assert_eq!(errors.first().kind(), ErrorKind::TooDeep);
/// ```
pub const MAX_DEPTH: usize = 10_000;

/// Few texts are nested more deeply than this: the stacks of a parser begin with room for so many levels.
pub(super) const USUAL_DEPTH: usize = 16;

/// Tokens that wait for their turn, mostly.
const USUAL_TOKENS: usize = 8;

/// The longest text from the start of a key to its `:`, in characters.
const MAX_KEY: usize = 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    StreamEnd,
    Directive,
    DocumentStart,
    DocumentEnd,
    BlockSequenceStart,
    BlockMappingStart,
    BlockEnd,
    FlowSequenceStart,
    FlowSequenceEnd,
    FlowMappingStart,
    FlowMappingEnd,
    BlockEntry,
    FlowEntry,
    Key,
    Value,
    Alias,
    Anchor,
    Tag,
    Scalar,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) style: Style,
    pub(super) flags: u8,
    pub(super) start: u32,
    pub(super) end: u32,
    /// Of a block scalar: the column of its lines.
    pub(super) column: u32,
    /// One more than the flow level at which this token may turn out to begin a key; 0 when it may not.
    key_level: u32,
}

impl Token {
    pub(super) const fn span(self) -> Span {
        Span::new(self.start, self.end)
    }
}

/// A token that becomes a key when a `:` follows on its line.
#[derive(Clone, Copy, Debug, Default)]
struct SimpleKey {
    possible: bool,
    /// Nothing but a key may stand here.
    required: bool,
    token: usize,
    at: usize,
    line: usize,
}

/// Turns text into tokens by the rules of go-yaml v3's `scannerc.go`.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    pub(super) bytes: &'t [u8],
    pub(super) pos: usize,
    /// Offset of the first byte of the line at `pos`.
    pub(super) line: usize,
    /// Column of the innermost block collection; -1 outside of any.
    pub(super) indent: i32,
    pub(super) indents: Vec<i32>,
    pub(super) simple_key_allowed: bool,
    /// One for each flow level, and one for the block context.
    simple_keys: Vec<SimpleKey>,
    tokens: VecDeque<Token>,
    taken: usize,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            bytes: text.as_bytes(),
            pos: 0,
            line: 0,
            indent: -1,
            indents: Vec::with_capacity(USUAL_DEPTH),
            simple_key_allowed: true,
            simple_keys: vec![SimpleKey::default()],
            tokens: VecDeque::with_capacity(USUAL_TOKENS),
            taken: 0,
        }
    }

    /// Forgets everything but the text, and goes on at an offset that begins a line.
    pub(super) fn restart(&mut self, pos: usize) {
        self.pos = pos;
        self.line = pos;
        self.indent = -1;
        self.indents.clear();
        self.simple_key_allowed = true;
        self.simple_keys.clear();
        self.simple_keys.push(SimpleKey::default());
        self.tokens.clear();
    }

    /// Returns the next token without taking it.
    #[inline]
    pub(super) fn peek(&mut self) -> Result<Token, Error> {
        loop {
            if let Some(head) = self.tokens.front() {
                let head = *head;
                if head.key_level == 0 || !self.may_be_key(head.key_level as usize - 1)? {
                    return Ok(head);
                }
            }
            self.fetch()?;
        }
    }

    /// Takes the token that [`Self::peek`] showed.
    #[inline]
    pub(super) fn skip(&mut self) {
        if self.tokens.pop_front().is_some() {
            self.taken += 1;
        }
    }

    /// Returns whether no token waits and no key is pending: the state in which lines may be read directly.
    #[inline]
    pub(super) fn is_idle(&self) -> bool {
        self.tokens.is_empty() && self.simple_keys.len() == 1 && !self.simple_keys[0].possible
    }

    pub(super) fn flow_level(&self) -> usize {
        self.simple_keys.len() - 1
    }

    #[inline]
    pub(super) fn here(&self) -> u8 {
        at(self.bytes, self.pos)
    }

    /// Returns the column in characters.
    fn column(&self) -> i32 {
        let line = self.bytes.get(self.line..self.pos).unwrap_or_default();
        let width = line.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        i32::try_from(width).unwrap_or(i32::MAX)
    }

    pub(super) fn span_from(&self, start: usize) -> Span {
        Span::from_range(start..self.pos)
    }

    /// The span of the character at `pos`.
    pub(super) fn span_here(&self) -> Span {
        let width = match self.here() {
            _ if self.pos >= self.bytes.len() => 0,
            0xC0..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0.. => 4,
            _ => 1,
        };
        Span::from_range(self.pos..self.pos + width)
    }

    /// Steps over a line break; returns whether there was one.
    #[inline]
    pub(super) fn newline(&mut self) -> bool {
        let width = break_len(self.bytes, self.pos);
        if width > 0 {
            self.pos += width;
            self.line = self.pos;
        }
        width > 0
    }

    pub(super) fn skip_blanks(&mut self) {
        while is_blank(self.here()) {
            self.pos += 1;
        }
    }

    pub(super) fn skip_to_break(&mut self) {
        self.pos = may_break(self.bytes, self.pos);
        while !is_breakz(self.bytes, self.pos) {
            self.pos = may_break(self.bytes, self.pos + 1);
        }
    }

    fn push(&mut self, kind: TokenKind, start: usize, key: bool) {
        self.push_styled(kind, start, key, Style::Plain, 0, 0);
    }

    fn push_styled(
        &mut self,
        kind: TokenKind,
        start: usize,
        key: bool,
        style: Style,
        flags: u8,
        column: u32,
    ) {
        let Span { start, end } = self.span_from(start);
        let key_level = if key { u32::try_from(self.simple_keys.len()).unwrap_or(0) } else { 0 };
        self.tokens.push_back(Token { kind, style, flags, start, end, column, key_level });
    }

    fn insert(&mut self, at: usize, kind: TokenKind, offset: usize) {
        let Span { start, end } = Span::from_range(offset..offset);
        let token =
            Token { kind, style: Style::Plain, flags: 0, start, end, column: 0, key_level: 0 };
        self.tokens.insert(at.min(self.tokens.len()), token);
    }

    // --- keys without `?` -------------------------------------------------------------------------------------

    /// Returns whether the pending key of a level is the head token and may still be one.
    fn may_be_key(&mut self, level: usize) -> Result<bool, Error> {
        match self.simple_keys.get(level) {
            Some(key) if key.possible && key.token == self.taken => self.check_key(level),
            _ => Ok(false),
        }
    }

    /// A key lies on one line, and its `:` is at most 1,024 characters behind its start.
    fn check_key(&mut self, level: usize) -> Result<bool, Error> {
        let key = self.simple_keys[level];
        if !key.possible {
            return Ok(false);
        }
        let written = self.bytes.get(key.at..self.pos).unwrap_or_default();
        let is_short = written.len() <= MAX_KEY
            || written.iter().filter(|byte| **byte & 0xC0 != 0x80).count() <= MAX_KEY;
        if key.line == self.line && is_short {
            return Ok(true);
        }
        if key.required {
            return Err(self.no_colon(key));
        }
        self.simple_keys[level].possible = false;
        Ok(false)
    }

    fn no_colon(&self, key: SimpleKey) -> Error {
        let mut end = key.at;
        while !is_breakz(self.bytes, end) {
            end += 1;
        }
        while end > key.at && is_blank(self.bytes[end - 1]) {
            end -= 1;
        }
        Error::new(ErrorKind::ExpectedColon, Span::from_range(key.at..end))
    }

    /// Notes that a key may begin here; returns whether it may.
    fn save_key(&mut self) -> Result<bool, Error> {
        if !self.simple_key_allowed {
            return Ok(false);
        }
        self.drop_key()?;
        let required = self.flow_level() == 0 && self.indent == self.column();
        let token = self.taken + self.tokens.len();
        if let Some(last) = self.simple_keys.last_mut() {
            *last = SimpleKey { possible: true, required, token, at: self.pos, line: self.line };
        }
        Ok(true)
    }

    fn drop_key(&mut self) -> Result<(), Error> {
        match self.simple_keys.last_mut() {
            Some(key) if key.possible => {
                if key.required {
                    let key = *key;
                    return Err(self.no_colon(key));
                }
                key.possible = false;
                Ok(())
            }
            _ => Ok(()),
        }
    }

    // --- indentation ------------------------------------------------------------------------------------------

    fn roll(
        &mut self,
        column: i32,
        at: usize,
        kind: TokenKind,
        offset: usize,
    ) -> Result<(), Error> {
        if self.flow_level() > 0 || self.indent >= column {
            return Ok(());
        }
        self.indents.push(self.indent);
        self.indent = column;
        if self.indents.len() > MAX_DEPTH {
            return Err(Error::new(ErrorKind::TooDeep, self.span_here()));
        }
        self.insert(at, kind, offset);
        Ok(())
    }

    fn unroll(&mut self, column: i32) {
        while self.flow_level() == 0 && self.indent > column {
            self.push(TokenKind::BlockEnd, self.pos, false);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    // --- tokens -----------------------------------------------------------------------------------------------

    fn fetch(&mut self) -> Result<(), Error> {
        self.skip_to_token();
        if self.flow_level() == 0 && self.indent >= 0 {
            let column = self.column();
            self.unroll(column);
        }
        if self.pos >= self.bytes.len() {
            self.unroll_all();
            self.drop_key()?;
            self.simple_key_allowed = false;
            // The end is a line of its own: no key of any level goes on behind it.
            self.line = self.bytes.len() + 1;
            self.push(TokenKind::StreamEnd, self.pos, false);
            return Ok(());
        }
        let bytes = self.bytes;
        let start = self.pos;
        let here = self.here();
        if start == self.line {
            if here == b'%' {
                return self.fetch_directive();
            }
            if is_document_mark(bytes, start) {
                let kind =
                    if here == b'-' { TokenKind::DocumentStart } else { TokenKind::DocumentEnd };
                return self.fetch_document_mark(kind);
            }
        }
        let flow = self.flow_level() > 0;
        match here {
            b'[' => self.fetch_flow_start(TokenKind::FlowSequenceStart),
            b'{' => self.fetch_flow_start(TokenKind::FlowMappingStart),
            b']' => self.fetch_flow_end(TokenKind::FlowSequenceEnd),
            b'}' => self.fetch_flow_end(TokenKind::FlowMappingEnd),
            b',' => {
                self.drop_key()?;
                self.simple_key_allowed = true;
                self.pos += 1;
                self.push(TokenKind::FlowEntry, start, false);
                Ok(())
            }
            b'-' if is_blankz(bytes, start + 1) => self.fetch_entry(),
            b'?' if flow || is_blankz(bytes, start + 1) => self.fetch_key(),
            b':' if flow || is_blankz(bytes, start + 1) => self.fetch_value(),
            b'*' => self.fetch_name(TokenKind::Alias),
            b'&' => self.fetch_name(TokenKind::Anchor),
            b'!' => {
                let key = self.save_key()?;
                self.simple_key_allowed = false;
                self.scan_tag()?;
                self.push(TokenKind::Tag, start, key);
                Ok(())
            }
            b'|' | b'>' if !flow => {
                self.drop_key()?;
                self.simple_key_allowed = true;
                let found = self.scan_block_scalar()?;
                let style = if here == b'|' { Style::Literal } else { Style::Folded };
                let Span { start, end } = Span::from_range(start..found.end);
                self.tokens.push_back(Token {
                    kind: TokenKind::Scalar,
                    style,
                    flags: found.flags,
                    start,
                    end,
                    column: found.column,
                    key_level: 0,
                });
                Ok(())
            }
            b'\'' | b'"' => {
                let key = self.save_key()?;
                self.simple_key_allowed = false;
                let (style, flags) = if here == b'"' {
                    (Style::DoubleQuoted, self.scan_double_quoted()?)
                } else {
                    (Style::SingleQuoted, self.scan_single_quoted()?)
                };
                self.push_styled(TokenKind::Scalar, start, key, style, flags, 0);
                Ok(())
            }
            b'\t' | b'|' | b'>' | b'%' | b'@' | b'`' => {
                let kind = if here == b'\t' {
                    ErrorKind::TabIndentation
                } else {
                    ErrorKind::UnexpectedCharacter
                };
                Err(Error::new(kind, self.span_here()))
            }
            _ => self.fetch_plain(),
        }
    }

    /// Returns whether a byte order mark stands here: at the start of the text, or of a document behind its `---`. Anywhere
    /// else the character is one like any other.
    ///
    /// Source: `yaml_parser_determine_encoding` in go-yaml's `readerc.go`, for each document that kyaml cuts out. `is_bom` in
    /// `scannerc.go` looks at the start of the buffer, not at the place it is asked for.
    fn is_at_byte_order_mark(&self) -> bool {
        if !self.bytes[self.pos..].starts_with("\u{feff}".as_bytes()) {
            return false;
        }
        let Some((b'\n', before)) = self.bytes[..self.pos].split_last() else {
            return self.pos == 0;
        };
        // What is cut at is a line break with `---` behind it, so not the first line.
        let line = before.iter().rposition(|byte| *byte == b'\n');
        line.is_some_and(|line| before[line + 1..].starts_with(b"---"))
    }

    /// Steps over blanks, comments and line breaks. A tab is no blank where it would indent.
    pub(super) fn skip_to_token(&mut self) {
        loop {
            if self.pos == self.line && self.is_at_byte_order_mark() {
                self.pos += 3;
                self.line = self.pos;
            }
            let tabs = self.flow_level() > 0 || !self.simple_key_allowed;
            self.pos = behind_spaces(self.bytes, self.pos);
            while self.here() == b' ' || tabs && self.here() == b'\t' {
                self.pos += 1;
            }
            if self.here() == b'#' {
                self.skip_to_break();
            }
            if !is_break(self.bytes, self.pos) {
                return;
            }
            self.newline();
            if self.flow_level() == 0 {
                self.simple_key_allowed = true;
            }
        }
    }

    fn unroll_all(&mut self) {
        self.unroll(-1);
    }

    fn fetch_directive(&mut self) -> Result<(), Error> {
        self.unroll_all();
        self.drop_key()?;
        self.simple_key_allowed = false;
        let start = self.pos;
        self.skip_to_break();
        let mut end = self.pos;
        let line = &self.bytes[start..end];
        if let Some(comment) =
            (1..line.len()).find(|at| line[*at] == b'#' && is_blank(line[*at - 1]))
        {
            end = start + comment;
        }
        while is_blank(self.bytes[end - 1]) {
            end -= 1;
        }
        let rest = self.pos;
        self.pos = end;
        self.push(TokenKind::Directive, start, false);
        self.pos = rest;
        self.newline();
        Ok(())
    }

    fn fetch_document_mark(&mut self, kind: TokenKind) -> Result<(), Error> {
        self.unroll_all();
        self.drop_key()?;
        self.simple_key_allowed = false;
        self.pos += 3;
        self.push(kind, self.pos - 3, false);
        Ok(())
    }

    fn fetch_flow_start(&mut self, kind: TokenKind) -> Result<(), Error> {
        let key = self.save_key()?;
        self.pos += 1;
        self.push(kind, self.pos - 1, key);
        self.simple_keys.push(SimpleKey::default());
        if self.flow_level() > MAX_DEPTH {
            return Err(Error::new(ErrorKind::TooDeep, self.span_from(self.pos - 1)));
        }
        self.simple_key_allowed = true;
        Ok(())
    }

    fn fetch_flow_end(&mut self, kind: TokenKind) -> Result<(), Error> {
        self.drop_key()?;
        if self.flow_level() > 0 {
            self.simple_keys.pop();
        }
        self.simple_key_allowed = false;
        self.pos += 1;
        self.push(kind, self.pos - 1, false);
        Ok(())
    }

    fn fetch_entry(&mut self) -> Result<(), Error> {
        if self.flow_level() == 0 {
            if !self.simple_key_allowed {
                return Err(Error::new(ErrorKind::EntryNotAllowed, self.span_here()));
            }
            let column = self.column();
            self.roll(column, self.tokens.len(), TokenKind::BlockSequenceStart, self.pos)?;
        }
        self.drop_key()?;
        self.simple_key_allowed = true;
        self.pos += 1;
        self.push(TokenKind::BlockEntry, self.pos - 1, false);
        Ok(())
    }

    fn fetch_key(&mut self) -> Result<(), Error> {
        if self.flow_level() == 0 {
            if !self.simple_key_allowed {
                return Err(Error::new(ErrorKind::KeyNotAllowed, self.span_here()));
            }
            let column = self.column();
            self.roll(column, self.tokens.len(), TokenKind::BlockMappingStart, self.pos)?;
        }
        self.drop_key()?;
        self.simple_key_allowed = self.flow_level() == 0;
        self.pos += 1;
        self.push(TokenKind::Key, self.pos - 1, false);
        Ok(())
    }

    fn fetch_value(&mut self) -> Result<(), Error> {
        let level = self.simple_keys.len() - 1;
        if self.check_key(level)? {
            let key = self.simple_keys[level];
            let at = key.token.saturating_sub(self.taken);
            self.insert(at, TokenKind::Key, key.at);
            let column = {
                let line = &self.bytes[key.line..key.at];
                let width = line.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
                i32::try_from(width).unwrap_or(i32::MAX)
            };
            self.roll(column, at, TokenKind::BlockMappingStart, key.at)?;
            self.simple_keys[level].possible = false;
            self.simple_key_allowed = false;
        } else {
            if self.flow_level() == 0 {
                if !self.simple_key_allowed {
                    return Err(Error::new(ErrorKind::ValueNotAllowed, self.span_here()));
                }
                let column = self.column();
                self.roll(column, self.tokens.len(), TokenKind::BlockMappingStart, self.pos)?;
            }
            self.simple_key_allowed = self.flow_level() == 0;
        }
        self.pos += 1;
        self.push(TokenKind::Value, self.pos - 1, false);
        Ok(())
    }

    fn fetch_name(&mut self, kind: TokenKind) -> Result<(), Error> {
        let key = self.save_key()?;
        self.simple_key_allowed = false;
        let start = self.pos;
        self.scan_name()?;
        self.push(kind, start, key);
        Ok(())
    }

    fn fetch_plain(&mut self) -> Result<(), Error> {
        let key = self.save_key()?;
        self.simple_key_allowed = false;
        let start = self.pos;
        let (end, flags) = self.scan_plain()?;
        let Span { start, end } = Span::from_range(start..end);
        let key_level = if key { u32::try_from(self.simple_keys.len()).unwrap_or(0) } else { 0 };
        self.tokens.push_back(Token {
            kind: TokenKind::Scalar,
            style: Style::Plain,
            flags,
            start,
            end,
            column: 0,
            key_level,
        });
        Ok(())
    }
}
