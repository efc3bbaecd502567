//! From text to tape: the productions of go-yaml v3's `parserc.go` over the tokens of [`scan`].

#[cfg(test)]
mod agreement;
mod directive;
mod fast;
mod scalar;
mod scan;

use std::collections::HashMap;

use tidegate_source::Span;

use self::directive::Directives;
pub use self::scan::MAX_DEPTH;
use self::scan::{Scanner, Token, TokenKind, USUAL_DEPTH};
use crate::chars::{forbidden, is_document_mark};
use crate::emit::is_word;
use crate::error::{Error, ErrorKind};
use crate::tape::{
    DIGIT_IN_FLOW, DocumentSlot, EMPTY_IN_FLOW, HAS_PROPERTIES, Kind, Properties, Slot, Style,
    Tape, VERBATIM, WORD,
};

/// More mistakes than this are not collected from one text.
const MAX_ERRORS: usize = 64;

/// Slots that are reserved ahead of reading, at most.
const MAX_RESERVE: usize = 1 << 20;

/// What is expected next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    BlockSequenceEntry,
    IndentlessEntry,
    BlockKey,
    BlockValue,
    FlowSequenceFirst,
    FlowSequenceNext,
    FlowPairKey,
    FlowPairValue,
    FlowPairEnd,
    FlowKeyFirst,
    FlowKeyNext,
    FlowValue,
    FlowNoValue,
}

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Block,
    BlockOrIndentless,
    Flow,
}

#[derive(Debug)]
pub(crate) struct Parser<'t> {
    text: &'t str,
    scanner: Scanner<'t>,
    tape: Tape,
    states: Vec<State>,
    /// Slots of the collections that are open.
    open: Vec<u32>,
    anchors: HashMap<&'t str, u32>,
    directives: Directives<'t>,
    /// Where the last key begins that was looked at before its turn, and its colon.
    ahead: (usize, usize),
}

/// Reads a whole stream; returns the documents that could be read, and every mistake.
pub(crate) fn parse(text: &str) -> (Tape, Vec<Error>) {
    parse_with(text, true)
}

/// As [`parse`]; `quick` reads ordinary lines without making tokens, with the same result.
pub(crate) fn parse_with(text: &str, quick: bool) -> (Tape, Vec<Error>) {
    if u32::try_from(text.len()).is_err() {
        return (Tape::default(), vec![Error::new(ErrorKind::TooLong, Span::default())]);
    }
    let errors: Vec<Error> = forbidden(text)
        .map(|(at, c)| {
            Error::new(ErrorKind::ControlCharacter, Span::from_range(at..at + c.len_utf8()))
                .detail(format!("U+{:04X}", u32::from(c)))
        })
        .take(MAX_ERRORS)
        .collect();
    if !errors.is_empty() {
        return (Tape::default(), errors);
    }
    let mut parser = Parser {
        text,
        scanner: Scanner::new(text),
        tape: Tape::default(),
        states: Vec::with_capacity(USUAL_DEPTH),
        open: Vec::with_capacity(USUAL_DEPTH),
        anchors: HashMap::new(),
        directives: Directives::default(),
        ahead: (0, 0),
    };
    parser.tape.slots.reserve((text.len() / 10).min(MAX_RESERVE));
    let errors = parser.stream(quick);
    (parser.tape, errors)
}

impl Parser<'_> {
    /// `stream ::= implicit_document? explicit_document* STREAM-END`
    fn stream(&mut self, quick: bool) -> Vec<Error> {
        let mut errors = Vec::new();
        let mut implicit = true;
        loop {
            let before = (self.tape.slots.len(), self.tape.properties.len());
            match self.document(implicit, quick) {
                Ok(true) => implicit = false,
                Ok(false) => return errors,
                Err(error) => {
                    errors.push(error);
                    self.tape.slots.truncate(before.0);
                    self.tape.properties.truncate(before.1);
                    if errors.len() >= MAX_ERRORS || !self.resume() {
                        return errors;
                    }
                    implicit = false;
                }
            }
        }
    }

    /// Goes on behind a mistake, at the next line `---`.
    fn resume(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let from = self.scanner.pos.min(bytes.len());
        let next = self.text[floor(self.text, from)..]
            .match_indices("\n---")
            .map(|(at, _)| floor(self.text, from) + at + 1)
            .find(|at| is_document_mark(bytes, *at));
        self.states.clear();
        self.open.clear();
        if let Some(at) = next {
            self.scanner.restart(at);
        }
        next.is_some()
    }

    /// Reads one document; false at the end of the stream.
    fn document(&mut self, implicit: bool, quick: bool) -> Result<bool, Error> {
        let mut token = self.scanner.peek()?;
        while !implicit && token.kind == TokenKind::DocumentEnd {
            self.scanner.skip();
            token = self.scanner.peek()?;
        }
        if token.kind == TokenKind::StreamEnd {
            return Ok(false);
        }
        self.anchors.clear();
        self.directives.clear();
        let start = token.start;
        let begins = matches!(token.kind, TokenKind::Directive | TokenKind::DocumentStart);
        let explicit = begins || !implicit;
        if explicit {
            while token.kind == TokenKind::Directive {
                self.directives.read(self.text, token.span())?;
                self.scanner.skip();
                token = self.scanner.peek()?;
            }
            if token.kind != TokenKind::DocumentStart {
                return Err(Error::new(ErrorKind::ExpectedDocumentStart, self.line_at(token)));
            }
            self.scanner.skip();
            token = self.scanner.peek()?;
        }
        let root = self.here();
        match token.kind {
            TokenKind::Directive
            | TokenKind::DocumentStart
            | TokenKind::DocumentEnd
            | TokenKind::StreamEnd
                if explicit =>
            {
                self.empty(token.start);
            }
            _ => {
                self.node(Place::Block)?;
                while let Some(state) = self.states.pop() {
                    self.step(state, quick)?;
                }
            }
        }
        let token = self.scanner.peek()?;
        let mut end = self.tape.slots.last().map_or(start, |slot| slot.end);
        if token.kind == TokenKind::DocumentEnd {
            end = token.end;
            self.scanner.skip();
        }
        let root_end = self.tape.slots.get(root as usize).map_or(end, |slot| slot.end);
        let end = end.max(root_end);
        self.tape.documents.push(DocumentSlot { root, start, end, explicit });
        Ok(true)
    }

    fn step(&mut self, state: State, quick: bool) -> Result<(), Error> {
        match state {
            State::BlockSequenceEntry => self.block_entry(quick),
            State::IndentlessEntry => self.indentless_entry(quick),
            State::BlockKey => self.block_key(quick),
            State::BlockValue => self.block_value(),
            State::FlowSequenceFirst => self.flow_item(true),
            State::FlowSequenceNext => self.flow_item(false),
            State::FlowPairKey => self.flow_pair_key(),
            State::FlowPairValue => self.flow_pair_value(),
            State::FlowPairEnd => {
                self.close(None);
                Ok(())
            }
            State::FlowKeyFirst => self.flow_key(true),
            State::FlowKeyNext => self.flow_key(false),
            State::FlowValue => self.flow_value(),
            State::FlowNoValue => {
                let token = self.scanner.peek()?;
                self.empty(token.start);
                Ok(())
            }
        }
    }

    // --- the tape ---------------------------------------------------------------------------------------------

    fn here(&self) -> u32 {
        u32::try_from(self.tape.slots.len()).unwrap_or(u32::MAX)
    }

    #[inline]
    fn push(&mut self, slot: Slot) {
        self.tape.slots.push(slot);
    }

    /// Returns whether the innermost collection is in brackets or braces.
    fn in_flow(&self) -> bool {
        let around = self.open.last().and_then(|it| self.tape.slots.get(*it as usize));
        around.is_some_and(|it| it.style == Style::Flow)
    }

    fn empty(&mut self, at: u32) {
        let last = self.here();
        let in_flow = self.in_flow();
        self.push(Slot {
            kind: Kind::Scalar,
            style: Style::Plain,
            flags: if in_flow { VERBATIM | EMPTY_IN_FLOW } else { VERBATIM },
            start: at,
            end: at,
            last,
        });
    }

    fn begin(&mut self, kind: Kind, style: Style, flags: u8, start: u32) {
        let slot = self.here();
        self.open.push(slot);
        self.push(Slot { kind, style, flags, start, end: start, last: slot });
    }

    /// Ends the innermost collection: at its bracket, or with its last node.
    fn close(&mut self, end: Option<u32>) {
        let Some(slot) = self.open.pop() else { return };
        let last = self.here() - 1;
        let content_end = self.tape.slots.get(last as usize).map_or(0, |it| it.end);
        if let Some(it) = self.tape.slots.get_mut(slot as usize) {
            it.last = last;
            it.end = end.unwrap_or_else(|| it.end.max(content_end));
        }
        let end = self.tape.slots.get(slot as usize).map_or(0, |it| it.end);
        if let Some(parent) = self.open.last().and_then(|it| self.tape.slots.get_mut(*it as usize))
        {
            parent.end = parent.end.max(end);
        }
    }

    // --- nodes ------------------------------------------------------------------------------------------------

    fn node(&mut self, place: Place) -> Result<(), Error> {
        let mut token = self.scanner.peek()?;
        if token.kind == TokenKind::Alias {
            self.scanner.skip();
            return self.alias(token);
        }
        let mut anchor = None;
        let mut tag = None;
        let first = token;
        loop {
            match token.kind {
                TokenKind::Anchor if anchor.is_none() => anchor = Some(token.span()),
                TokenKind::Tag if tag.is_none() => tag = Some(token.span()),
                _ => break,
            }
            self.scanner.skip();
            token = self.scanner.peek()?;
        }
        let has_properties = anchor.is_some() || tag.is_some();
        let flags = if has_properties { HAS_PROPERTIES } else { 0 };
        if has_properties {
            self.properties(anchor, tag)?;
        }
        let block = place != Place::Flow;
        match token.kind {
            TokenKind::BlockEntry if place == Place::BlockOrIndentless => {
                self.begin(Kind::Sequence, Style::Block, flags, token.start);
                self.states.push(State::IndentlessEntry);
            }
            TokenKind::Scalar => {
                self.scanner.skip();
                self.scalar(token, flags);
            }
            TokenKind::FlowSequenceStart => {
                self.scanner.skip();
                self.begin(Kind::Sequence, Style::Flow, flags, token.start);
                self.states.push(State::FlowSequenceFirst);
            }
            TokenKind::FlowMappingStart => {
                self.scanner.skip();
                self.begin(Kind::Mapping, Style::Flow, flags, token.start);
                self.states.push(State::FlowKeyFirst);
            }
            TokenKind::BlockSequenceStart if block => {
                self.scanner.skip();
                self.begin(Kind::Sequence, Style::Block, flags, token.start);
                self.states.push(State::BlockSequenceEntry);
            }
            TokenKind::BlockMappingStart if block => {
                self.scanner.skip();
                self.begin(Kind::Mapping, Style::Block, flags, token.start);
                self.states.push(State::BlockKey);
            }
            _ if has_properties => {
                let end = tag.map_or(0, |it| it.end).max(anchor.map_or(0, |it| it.end));
                let last = self.here();
                self.push(Slot {
                    kind: Kind::Scalar,
                    style: Style::Plain,
                    flags: flags | VERBATIM,
                    start: end,
                    end,
                    last,
                });
            }
            _ => {
                let error = Error::new(ErrorKind::ExpectedNode, self.token_span(token));
                return Err(if first.start == token.start {
                    error
                } else {
                    error.since(first.span(), "the node begins here")
                });
            }
        }
        Ok(())
    }

    fn scalar(&mut self, token: Token, flags: u8) {
        let last = match token.style {
            Style::Literal | Style::Folded => token.column,
            _ => self.here(),
        };
        let plain = token.style == Style::Plain && token.flags & VERBATIM != 0;
        let word = plain && flags & HAS_PROPERTIES == 0 && is_word(token.span().of(self.text));
        let flags = match token.span().of(self.text).as_bytes() {
            _ if word => flags | WORD,
            [b'0'..=b'9', ..] if plain && self.in_flow() => flags | DIGIT_IN_FLOW,
            _ => flags,
        };
        self.push(Slot {
            kind: Kind::Scalar,
            style: token.style,
            flags: flags | token.flags,
            start: token.start,
            end: token.end,
            last,
        });
    }

    fn alias(&mut self, token: Token) -> Result<(), Error> {
        let name = Span::new(token.start + 1, token.end).of(self.text);
        let Some(target) = self.anchors.get(name).copied() else {
            return Err(
                Error::new(ErrorKind::UnknownAnchor, token.span()).detail(format!("`{name}`"))
            );
        };
        if self.open.binary_search(&target).is_ok() {
            return Err(
                Error::new(ErrorKind::RecursiveAlias, token.span()).detail(format!("`{name}`"))
            );
        }
        self.push(Slot {
            kind: Kind::Alias,
            style: Style::Plain,
            flags: 0,
            start: token.start,
            end: token.end,
            last: target,
        });
        Ok(())
    }

    fn properties(&mut self, anchor: Option<Span>, tag: Option<Span>) -> Result<(), Error> {
        let slot = self.here();
        let tag_name = match tag {
            Some(tag) => self.directives.tag(self.text, tag)?,
            None => "".into(),
        };
        if let Some(anchor) = anchor {
            let name = &self.text[anchor.start as usize + 1..anchor.end as usize];
            self.anchors.insert(name, slot);
        }
        self.tape.properties.push(Properties { slot, anchor, tag, tag_name });
        Ok(())
    }

    // --- block collections ------------------------------------------------------------------------------------

    /// `block_sequence ::= BLOCK-SEQUENCE-START (BLOCK-ENTRY block_node?)* BLOCK-END`
    fn block_entry(&mut self, quick: bool) -> Result<(), Error> {
        if quick && self.quick_entries(State::BlockSequenceEntry) {
            return Ok(());
        }
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::BlockEntry => {
                self.scanner.skip();
                self.states.push(State::BlockSequenceEntry);
                match self.scanner.peek()?.kind {
                    TokenKind::BlockEntry | TokenKind::BlockEnd => {
                        self.empty(token.end);
                        Ok(())
                    }
                    _ => self.node(Place::Block),
                }
            }
            TokenKind::BlockEnd => {
                self.scanner.skip();
                self.close(None);
                Ok(())
            }
            _ => Err(self.unexpected(ErrorKind::ExpectedDash, token, "the list begins here")),
        }
    }

    /// `indentless_sequence ::= (BLOCK-ENTRY block_node?)+`
    fn indentless_entry(&mut self, quick: bool) -> Result<(), Error> {
        if quick && self.quick_entries(State::IndentlessEntry) {
            return Ok(());
        }
        let token = self.scanner.peek()?;
        if token.kind != TokenKind::BlockEntry {
            self.close(None);
            return Ok(());
        }
        self.scanner.skip();
        self.states.push(State::IndentlessEntry);
        match self.scanner.peek()?.kind {
            TokenKind::BlockEntry | TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd => {
                self.empty(token.end);
                Ok(())
            }
            _ => self.node(Place::Block),
        }
    }

    /// `block_mapping ::= BLOCK-MAPPING_START ((KEY node?)? (VALUE node?)?)* BLOCK-END`
    fn block_key(&mut self, quick: bool) -> Result<(), Error> {
        if quick && self.quick_pairs()? {
            return Ok(());
        }
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::Key => {
                self.scanner.skip();
                self.states.push(State::BlockValue);
                match self.scanner.peek()?.kind {
                    TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd => {
                        self.empty(token.end);
                        Ok(())
                    }
                    _ => self.node(Place::BlockOrIndentless),
                }
            }
            TokenKind::BlockEnd => {
                self.scanner.skip();
                self.close(None);
                Ok(())
            }
            _ => Err(self.unexpected(ErrorKind::ExpectedKey, token, "the mapping begins here")),
        }
    }

    fn block_value(&mut self) -> Result<(), Error> {
        self.states.push(State::BlockKey);
        let token = self.scanner.peek()?;
        if token.kind != TokenKind::Value {
            self.empty(token.start);
            return Ok(());
        }
        self.scanner.skip();
        match self.scanner.peek()?.kind {
            TokenKind::Key | TokenKind::Value | TokenKind::BlockEnd => {
                self.empty(token.end);
                Ok(())
            }
            _ => self.node(Place::BlockOrIndentless),
        }
    }

    // --- flow collections -------------------------------------------------------------------------------------

    /// `flow_sequence ::= FLOW-SEQUENCE-START (entry FLOW-ENTRY)* entry? FLOW-SEQUENCE-END`
    fn flow_item(&mut self, first: bool) -> Result<(), Error> {
        let mut token = self.scanner.peek()?;
        if token.kind != TokenKind::FlowSequenceEnd && !first {
            if token.kind != TokenKind::FlowEntry {
                return Err(self.unexpected(
                    ErrorKind::ExpectedCommaOrBracket,
                    token,
                    "the list begins here",
                ));
            }
            self.scanner.skip();
            token = self.scanner.peek()?;
        }
        match token.kind {
            TokenKind::FlowSequenceEnd => {
                self.scanner.skip();
                self.close(Some(token.end));
                Ok(())
            }
            TokenKind::Key => {
                self.scanner.skip();
                self.states.push(State::FlowSequenceNext);
                self.begin(Kind::Mapping, Style::Flow, 0, token.start);
                self.states.push(State::FlowPairKey);
                Ok(())
            }
            _ => {
                self.states.push(State::FlowSequenceNext);
                self.node(Place::Flow)
            }
        }
    }

    fn flow_pair_key(&mut self) -> Result<(), Error> {
        self.states.push(State::FlowPairValue);
        let token = self.scanner.peek()?;
        match token.kind {
            TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowSequenceEnd => {
                // go-yaml steps over the token here, so that `[? : x]` is an error there too.
                self.scanner.skip();
                self.empty(token.start);
                Ok(())
            }
            _ => self.node(Place::Flow),
        }
    }

    fn flow_pair_value(&mut self) -> Result<(), Error> {
        self.states.push(State::FlowPairEnd);
        let mut token = self.scanner.peek()?;
        if token.kind == TokenKind::Value {
            let colon = token;
            self.scanner.skip();
            token = self.scanner.peek()?;
            if !matches!(token.kind, TokenKind::FlowEntry | TokenKind::FlowSequenceEnd) {
                return self.node(Place::Flow);
            }
            self.empty(colon.end);
            return Ok(());
        }
        self.empty(token.start);
        Ok(())
    }

    /// `flow_mapping ::= FLOW-MAPPING-START (entry FLOW-ENTRY)* entry? FLOW-MAPPING-END`
    fn flow_key(&mut self, first: bool) -> Result<(), Error> {
        let mut token = self.scanner.peek()?;
        if token.kind != TokenKind::FlowMappingEnd && !first {
            if token.kind != TokenKind::FlowEntry {
                return Err(self.unexpected(
                    ErrorKind::ExpectedCommaOrBrace,
                    token,
                    "the mapping begins here",
                ));
            }
            self.scanner.skip();
            token = self.scanner.peek()?;
        }
        match token.kind {
            TokenKind::FlowMappingEnd => {
                self.scanner.skip();
                self.close(Some(token.end));
                Ok(())
            }
            TokenKind::Key => {
                self.scanner.skip();
                self.states.push(State::FlowValue);
                token = self.scanner.peek()?;
                match token.kind {
                    TokenKind::Value | TokenKind::FlowEntry | TokenKind::FlowMappingEnd => {
                        self.empty(token.start);
                        Ok(())
                    }
                    _ => self.node(Place::Flow),
                }
            }
            _ => {
                self.states.push(State::FlowKeyNext);
                self.states.push(State::FlowNoValue);
                self.node(Place::Flow)
            }
        }
    }

    fn flow_value(&mut self) -> Result<(), Error> {
        self.states.push(State::FlowKeyNext);
        let token = self.scanner.peek()?;
        if token.kind == TokenKind::Value {
            self.scanner.skip();
            let next = self.scanner.peek()?;
            if !matches!(next.kind, TokenKind::FlowEntry | TokenKind::FlowMappingEnd) {
                return self.node(Place::Flow);
            }
            self.empty(token.end);
            return Ok(());
        }
        self.empty(token.start);
        Ok(())
    }

    // --- mistakes ---------------------------------------------------------------------------------------------

    fn unexpected(&self, kind: ErrorKind, token: Token, what: &'static str) -> Error {
        let error = Error::new(kind, self.token_span(token));
        match self.open.last().and_then(|it| self.tape.slots.get(*it as usize)) {
            Some(slot) => error.since(self.character_at(slot.start), what),
            None => error,
        }
    }

    /// The place of a token; one character where the token has no text of its own.
    fn token_span(&self, token: Token) -> Span {
        if !token.span().is_empty() {
            return token.span();
        }
        self.character_at(token.start)
    }

    /// The span of one character; empty where there is none, or none that shows.
    fn character_at(&self, start: u32) -> Span {
        let start = start as usize;
        let rest = self.text.get(start..).unwrap_or_default();
        let width = rest.chars().next().filter(|c| !c.is_whitespace()).map_or(0, char::len_utf8);
        Span::from_range(start..start + width)
    }

    /// From a token to the end of its line.
    fn line_at(&self, token: Token) -> Span {
        let rest = self.text.get(token.start as usize..).unwrap_or_default();
        let line = rest.split(['\n', '\r']).next().unwrap_or_default().trim_end();
        Span::from_range(token.start as usize..token.start as usize + line.len())
    }
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
