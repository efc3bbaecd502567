//! Ordinary lines, read without making tokens: `key: value`, `- value`, `- key: value`, comments, and the ends of
//! blocks. Whatever is not ordinary is left to the scanner, which finds the text as if nothing had been tried; the
//! tape is the same either way, and a test holds the two against each other.

use super::scan::MAX_DEPTH;
use super::{Parser, Place, State};
use crate::chars::{at, is_break, is_document_mark};
use crate::emit::has_ends_of_word;
use crate::error::Error;
use crate::lanes::{Lanes, behind_spaces, may_break, position};
use crate::tape::{DIGIT_IN_FLOW, Kind, Slot, Style, VERBATIM, WORD};

/// Whether a byte begins an ordinary plain scalar.
static FIRST: [bool; 256] = {
    let mut table = [false; 256];
    let mut letter: u8 = 0;
    while letter < 128 {
        table[letter as usize] = letter.is_ascii_alphanumeric();
        letter += 1;
    }
    let first = b"_/.$()+=;<^~\\";
    let mut nth = 0;
    while nth < first.len() {
        table[first[nth] as usize] = true;
        nth += 1;
    }
    table
};

/// Finds what may end an ordinary key, or needs a look: all but visible ASCII, and `:`.
#[inline]
fn key_stop(lanes: Lanes) -> Option<usize> {
    let odd = lanes.below(b'!') | lanes.not_ascii() | lanes.equal(0x7F);
    (odd | lanes.equal(b':')).first()
}

/// Finds what may end an ordinary value, or needs a look: control characters and all outside of ASCII, `:` and `#`.
#[inline]
fn value_stop(lanes: Lanes) -> Option<usize> {
    let odd = lanes.below(b' ') | lanes.not_ascii() | lanes.equal(0x7F);
    (odd | lanes.equal(b':') | lanes.equal(b'#')).first()
}

/// Finds what may end a scalar between quotes, or needs a look.
#[inline]
fn quoted_stop(lanes: Lanes, quote: u8) -> Option<usize> {
    let breaks = lanes.below(b' ') | lanes.equal(0xC2) | lanes.equal(0xE2);
    (breaks | lanes.equal(quote) | lanes.equal(b'\\')).first()
}

/// Keys are looked at directly up to this length; longer ones have a limit that the scanner knows.
const LONG_KEY: usize = 1000;

/// A place in the text, and where its line begins.
#[derive(Clone, Copy)]
struct Cursor {
    pos: usize,
    line: usize,
}

impl Cursor {
    const fn column(self) -> usize {
        self.pos - self.line
    }
}

/// Returns the next token's place: behind blanks, line breaks and comments. `None` where anything else stands between.
#[inline]
fn next_token(bytes: &[u8], mut cursor: Cursor) -> Option<Cursor> {
    loop {
        match at(bytes, cursor.pos) {
            b' ' => cursor.pos = behind_spaces(bytes, cursor.pos),
            b'\n' => {
                cursor.pos += 1;
                cursor.line = cursor.pos;
            }
            b'#' => {
                while !matches!(at(bytes, cursor.pos), b'\n' | b'\r' | 0xC2 | 0xE2 | 0) {
                    cursor.pos = may_break(bytes, cursor.pos + 1);
                }
                if at(bytes, cursor.pos) != b'\n' {
                    return None;
                }
            }
            _ => return Some(cursor),
        }
    }
}

/// Characters of ASCII that are neither blank nor control: what begins a token without a further look.
const fn is_visible(byte: u8) -> bool {
    byte > b' ' && byte < 0x7F
}

/// Returns the offset of the colon of an ordinary key.
#[inline]
fn key_colon(bytes: &[u8], start: usize) -> Option<usize> {
    let mut pos = start;
    if !FIRST[at(bytes, pos) as usize] {
        return None;
    }
    loop {
        pos = position(bytes, pos, key_stop);
        if at(bytes, pos) != b':' || pos - start > LONG_KEY {
            return None;
        }
        if matches!(at(bytes, pos + 1), b' ' | b'\n') {
            return Some(pos);
        }
        pos += 1;
    }
}

/// A scalar on one line.
struct Line {
    style: Style,
    flags: u8,
    start: usize,
    end: usize,
    /// Where the scanner goes on.
    rest: Cursor,
}

/// Returns the scalar at the cursor when it ends in its line. `indent` is the column that a plain scalar's further
/// lines would have at least.
#[inline]
fn line_scalar(bytes: &[u8], cursor: Cursor, indent: usize) -> Option<Line> {
    let start = cursor.pos;
    let first = at(bytes, start);
    if first == b'"' || first == b'\'' {
        return quoted(bytes, cursor, first);
    }
    let dash = first == b'-' && !matches!(at(bytes, start + 1), b' ' | b'\t' | b'\n' | b'\r' | 0);
    if !FIRST[first as usize] && (!dash || at(bytes, start + 1) >= 0x80) {
        return None;
    }
    let mut pos = start + 1;
    let mut ascii = true;
    let comment = loop {
        pos = position(bytes, pos, value_stop);
        match at(bytes, pos) {
            b'\n' => break false,
            0 if pos >= bytes.len() => break false,
            b'#' if at(bytes, pos - 1) == b' ' => break true,
            b':' if matches!(
                at(bytes, pos + 1),
                b' ' | b'\t' | b'\n' | b'\r' | 0 | 0xC2 | 0xE2
            ) =>
            {
                return None;
            }
            b'#' | b':' => pos += 1,
            0x7F.. if !is_break(bytes, pos) => {
                pos += 1;
                ascii = false;
            }
            _ => return None,
        }
    };
    let mut end = pos;
    while at(bytes, end - 1) == b' ' {
        end -= 1;
    }
    let flags = if ascii { plain_flags(&bytes[start..end]) } else { VERBATIM };
    if comment {
        let rest = Cursor { pos, ..cursor };
        return Some(Line { style: Style::Plain, flags, start, end, rest });
    }
    // Whether the text goes on in a further line.
    let mut rest = Cursor { pos, ..cursor };
    loop {
        match at(bytes, rest.pos) {
            b' ' => rest.pos = behind_spaces(bytes, rest.pos),
            b'\n' => {
                rest.pos += 1;
                rest.line = rest.pos;
            }
            b'#' => break,
            0 if rest.pos >= bytes.len() => break,
            b'\t' | b'\r' | 0xC2 | 0xE2 => return None,
            _ if rest.column() >= indent => return None,
            _ => break,
        }
    }
    Some(Line { style: Style::Plain, flags, start, end, rest })
}

/// Returns the flags of a plain scalar of ASCII characters that holds no ` #` and no `: `.
#[inline]
fn plain_flags(bytes: &[u8]) -> u8 {
    if has_ends_of_word(bytes) { VERBATIM | WORD } else { VERBATIM }
}

/// Returns the offset of the quote that ends a scalar in quotes, if it ends in its line and is written as it is read.
#[inline]
fn closing_quote(bytes: &[u8], start: usize, quote: u8) -> Option<usize> {
    let mut pos = start + 1;
    loop {
        pos = position(bytes, pos, |lanes| quoted_stop(lanes, quote));
        match at(bytes, pos) {
            byte if byte == quote => break,
            b'\\' if quote == b'"' => return None,
            b'\n' | b'\r' | 0xC2 | 0xE2 | 0 => return None,
            _ => pos += 1,
        }
    }
    (quote == b'"' || at(bytes, pos + 1) != b'\'').then_some(pos)
}

fn quoted(bytes: &[u8], cursor: Cursor, quote: u8) -> Option<Line> {
    let start = cursor.pos;
    let mut pos = closing_quote(bytes, start, quote)?;
    let end = pos + 1;
    pos = end;
    while at(bytes, pos) == b' ' {
        pos += 1;
    }
    let ends = matches!(at(bytes, pos), b'\n' | b'#') || pos >= bytes.len();
    let style = if quote == b'"' { Style::DoubleQuoted } else { Style::SingleQuoted };
    let rest = Cursor { pos, ..cursor };
    ends.then_some(Line { style, flags: VERBATIM, start, end, rest })
}

/// Returns an offset as the tape has it; no text is longer.
#[inline]
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// A list in brackets of more items is left to the scanner.
const FEW_ITEMS: usize = 16;

/// Returns the style of an ordinary scalar in brackets, and where it begins and ends.
fn flow_item(bytes: &[u8], start: usize) -> Option<(Style, usize, usize)> {
    let quote = at(bytes, start);
    let style = match quote {
        b'"' => Style::DoubleQuoted,
        b'\'' => Style::SingleQuoted,
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'/' => {
            let rest = bytes.get(start..)?;
            let ordinary =
                |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'.' | b'/' | b'-');
            let width = rest.iter().take_while(|it| ordinary(it)).count();
            return Some((Style::Plain, start, start + width));
        }
        _ => return None,
    };
    let end = closing_quote(bytes, start, quote)? + 1;
    Some((style, start, end))
}

impl Parser<'_> {
    fn cursor(&self) -> Cursor {
        Cursor { pos: self.scanner.pos, line: self.scanner.line }
    }

    /// Goes on at a place; a key may begin there when it lies in a further line.
    fn move_to(&mut self, cursor: Cursor) {
        if cursor.line != self.scanner.line {
            self.scanner.simple_key_allowed = true;
        }
        self.scanner.pos = cursor.pos;
        self.scanner.line = cursor.line;
    }

    #[inline]
    fn push_line(&mut self, style: Style, flags: u8, start: usize, end: usize) {
        let last = self.here();
        self.push(Slot {
            kind: Kind::Scalar,
            style,
            flags,
            start: offset(start),
            end: offset(end),
            last,
        });
    }

    #[inline]
    fn push_key(&mut self, start: usize, colon: usize) {
        let flags = plain_flags(&self.scanner.bytes[start..colon]);
        self.push_line(Style::Plain, flags, start, colon);
    }

    fn push_indent(&mut self, column: usize) {
        self.scanner.indents.push(self.scanner.indent);
        self.scanner.indent = i32::try_from(column).unwrap_or(i32::MAX);
    }

    fn begin_at(&mut self, kind: Kind, start: usize) {
        self.begin(kind, Style::Block, 0, offset(start));
    }

    /// Returns the next token's place when a line may be read directly there.
    #[inline]
    fn quick_start(&self) -> Option<(Cursor, usize)> {
        let bytes = self.scanner.bytes;
        let indent = usize::try_from(self.scanner.indent).ok()?;
        let cursor = next_token(bytes, self.cursor())?;
        let may_begin = cursor.line != self.scanner.line || self.scanner.simple_key_allowed;
        let is_mark = cursor.pos == cursor.line && is_document_mark(bytes, cursor.pos);
        (may_begin && is_visible(at(bytes, cursor.pos)) && !is_mark).then_some((cursor, indent))
    }

    /// Goes on behind a value that ended at `rest`; `line` is where its own line begins.
    #[inline]
    fn move_behind(&mut self, line: usize, rest: Cursor) {
        self.scanner.pos = rest.pos;
        self.scanner.line = rest.line;
        self.scanner.simple_key_allowed = rest.line != line;
    }

    /// Returns where the next token begins, if a line may be read directly there. Mostly that is where the last value ended.
    #[inline]
    fn quick_next(&self) -> Option<Cursor> {
        let (bytes, here) = (self.scanner.bytes, self.cursor());
        let first = at(bytes, here.pos);
        let is_mark = here.pos == here.line && matches!(first, b'-' | b'.');
        if self.scanner.simple_key_allowed && is_visible(first) && first != b'#' && !is_mark {
            return Some(here);
        }
        self.quick_start().map(|(cursor, _)| cursor)
    }

    /// Returns the offset of the colon of an ordinary key, which may have been found before.
    #[inline]
    fn colon_of(&self, key: Cursor) -> Option<usize> {
        match self.ahead {
            (start, colon) if start == key.pos && colon > start => Some(colon),
            _ => key_colon(self.scanner.bytes, key.pos),
        }
    }

    /// Reads entries of the innermost block mapping, of those that begin in it and of those around it, as long as they are
    /// ordinary. Returns whether the rest is left to the states on the stack: the mapping ended, or a value began.
    pub(super) fn quick_pairs(&mut self) -> Result<bool, Error> {
        if !self.scanner.is_idle() {
            return Ok(false);
        }
        let bytes = self.scanner.bytes;
        let mut next = self.quick_start();
        while let Some((key, indent)) = next {
            let column = key.column();
            if column < indent {
                self.scanner.indent = self.scanner.indents.pop().unwrap_or(-1);
                self.close(None);
                let around = usize::try_from(self.scanner.indent).ok();
                if let (Some(State::BlockKey), Some(indent)) = (self.states.last(), around) {
                    self.states.pop();
                    next = Some((key, indent));
                    continue;
                }
                self.move_to(key);
                return Ok(true);
            }
            let colon = if column == indent { self.colon_of(key) } else { None };
            let Some(colon) = colon else {
                self.move_to(key);
                return Ok(false);
            };
            let mut value = Cursor { pos: colon + 1, line: key.line };
            while at(bytes, value.pos) == b' ' {
                value.pos += 1;
            }
            match at(bytes, value.pos) {
                b'\n' => match self.quick_nested(key, colon, indent) {
                    Nested::Unknown => {
                        self.move_to(key);
                        return Ok(false);
                    }
                    Nested::Mapping(first) => {
                        let indent = usize::try_from(self.scanner.indent).ok();
                        next = indent.map(|indent| (first, indent));
                        continue;
                    }
                    Nested::Sequence => return Ok(true),
                },
                b'|' | b'>' | b'{' | b'[' | b'&' | b'*' | b'!' => {
                    if let Some(rest) = self.quick_flow(key, colon, value) {
                        self.move_behind(key.line, rest);
                        next = self.quick_next().map(|cursor| (cursor, indent));
                        continue;
                    }
                    self.push_key(key.pos, colon);
                    self.move_to(Cursor { pos: colon + 1, ..key });
                    self.scanner.simple_key_allowed = false;
                    self.states.push(State::BlockKey);
                    self.node(Place::BlockOrIndentless)?;
                    return Ok(true);
                }
                _ => {
                    let Some(line) = line_scalar(bytes, value, indent + 1) else {
                        self.move_to(key);
                        return Ok(false);
                    };
                    self.push_key(key.pos, colon);
                    self.push_line(line.style, line.flags, line.start, line.end);
                    self.move_behind(key.line, line.rest);
                }
            }
            next = self.quick_next().map(|cursor| (cursor, indent));
        }
        Ok(false)
    }

    /// Reads a key and a list of ordinary scalars in brackets, or empty brackets or braces, all in one line; returns where
    /// they end. `None` where there is anything else: nothing was read.
    fn quick_flow(&mut self, key: Cursor, colon: usize, value: Cursor) -> Option<Cursor> {
        let bytes = self.scanner.bytes;
        let (kind, closing) = match at(bytes, value.pos) {
            b'[' => (Kind::Sequence, b']'),
            b'{' => (Kind::Mapping, b'}'),
            _ => return None,
        };
        // Where each item ends is looked at first: what was put on the tape stays there.
        let mut items: [(Style, usize, usize); FEW_ITEMS] = [(Style::Plain, 0, 0); FEW_ITEMS];
        let mut n_items = 0;
        let mut pos = behind_spaces(bytes, value.pos + 1);
        if at(bytes, pos) != closing {
            if kind == Kind::Mapping {
                return None;
            }
            loop {
                let item = flow_item(bytes, pos)?;
                *items.get_mut(n_items)? = item;
                n_items += 1;
                pos = behind_spaces(bytes, item.2);
                match at(bytes, pos) {
                    b',' if at(bytes, pos + 1) == b' ' => pos = behind_spaces(bytes, pos + 1),
                    b']' => break,
                    _ => return None,
                }
            }
        }
        let end = pos + 1;
        pos = behind_spaces(bytes, end);
        let ends = match at(bytes, pos) {
            b'\n' => true,
            b'#' => pos > end,
            _ => false,
        };
        if !ends {
            return None;
        }
        self.push_key(key.pos, colon);
        self.begin(kind, Style::Flow, 0, offset(value.pos));
        for (style, start, end) in items.iter().take(n_items).copied() {
            let text = bytes.get(start..end).unwrap_or_default();
            let flags = match (style, text) {
                (Style::Plain, _) if has_ends_of_word(text) => VERBATIM | WORD,
                (Style::Plain, [b'0'..=b'9', ..]) => VERBATIM | DIGIT_IN_FLOW,
                _ => VERBATIM,
            };
            self.push_line(style, flags, start, end);
        }
        self.close(Some(offset(end)));
        Some(Cursor { pos, ..value })
    }

    /// Reads a key behind whose colon its line ends, and what begins in the lines below.
    fn quick_nested(&mut self, key: Cursor, colon: usize, indent: usize) -> Nested {
        let bytes = self.scanner.bytes;
        let Some(next) = next_token(bytes, Cursor { pos: colon + 1, ..key }) else {
            return Nested::Unknown;
        };
        let column = next.column();
        if !is_visible(at(bytes, next.pos)) || column == 0 && is_document_mark(bytes, next.pos) {
            return Nested::Unknown;
        }
        let is_dash = at(bytes, next.pos) == b'-' && at(bytes, next.pos + 1) == b' ';
        let is_deep = self.scanner.indents.len() + 1 >= MAX_DEPTH;
        if is_dash && column >= indent {
            if is_deep {
                return Nested::Unknown;
            }
            self.push_key(key.pos, colon);
            self.move_to(next);
            self.states.push(State::BlockKey);
            self.begin_at(Kind::Sequence, next.pos);
            if column == indent {
                self.states.push(State::IndentlessEntry);
            } else {
                self.push_indent(column);
                self.states.push(State::BlockSequenceEntry);
            }
            return Nested::Sequence;
        }
        if column >= indent {
            match key_colon(bytes, next.pos) {
                Some(colon) if !is_deep => self.ahead = (next.pos, colon),
                _ => return Nested::Unknown,
            }
        }
        self.push_key(key.pos, colon);
        self.move_to(next);
        if column > indent {
            self.states.push(State::BlockKey);
            self.push_indent(column);
            self.begin_at(Kind::Mapping, next.pos);
        } else {
            self.push_line(Style::Plain, VERBATIM, colon + 1, colon + 1);
        }
        Nested::Mapping(next)
    }

    /// Reads entries of the innermost block sequence as long as they are ordinary. `state` is the one that this is
    /// done for. Returns what [`Self::quick_pairs`] does.
    pub(super) fn quick_entries(&mut self, state: State) -> bool {
        if !self.scanner.is_idle() {
            return false;
        }
        let bytes = self.scanner.bytes;
        let is_indentless = state == State::IndentlessEntry;
        while let Some((cursor, indent)) = self.quick_start() {
            let is_dash = at(bytes, cursor.pos) == b'-' && at(bytes, cursor.pos + 1) == b' ';
            let ends = cursor.column() < indent
                || is_indentless && cursor.column() == indent && at(bytes, cursor.pos) != b'-';
            if ends {
                self.move_to(cursor);
                if !is_indentless {
                    self.scanner.indent = self.scanner.indents.pop().unwrap_or(-1);
                }
                self.close(None);
                return true;
            }
            if cursor.column() != indent || !is_dash {
                break;
            }
            let mut item = Cursor { pos: cursor.pos + 2, ..cursor };
            while at(bytes, item.pos) == b' ' {
                item.pos += 1;
            }
            if let Some(colon) = key_colon(bytes, item.pos) {
                self.ahead = (item.pos, colon);
                if self.scanner.indents.len() + 1 >= MAX_DEPTH {
                    break;
                }
                self.states.push(state);
                self.push_indent(item.column());
                self.begin_at(Kind::Mapping, item.pos);
                self.move_to(item);
                self.scanner.simple_key_allowed = true;
                self.states.push(State::BlockKey);
                return true;
            }
            let Some(line) = line_scalar(bytes, item, indent + 1) else { break };
            self.push_line(line.style, line.flags, line.start, line.end);
            self.move_to(cursor);
            self.scanner.simple_key_allowed = false;
            self.move_to(line.rest);
        }
        false
    }
}

/// What stands below a key.
enum Nested {
    /// Something for the scanner; nothing was read.
    Unknown,
    /// A mapping, or nothing: the next entry, which begins here, is read in the same way.
    Mapping(Cursor),
    /// A sequence.
    Sequence,
}
