//! Ordinary lines, read without making tokens: `key: value`, `- value`, `- key: value`, comments, and the ends of
//! blocks. Whatever is not ordinary is left to the scanner, which finds the text as if nothing had been tried; the
//! tape is the same either way, and a test holds the two against each other.

use super::scan::MAX_DEPTH;
use super::{Parser, Place, State};
use crate::chars::{at, is_break, is_document_mark};
use crate::eight::{behind_spaces, below, equal, may_break, not_ascii, position};
use crate::emit::has_ends_of_word;
use crate::error::Error;
use crate::tape::{Kind, Slot, Style, VERBATIM, WORD};

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
const fn key_stop(word: u64) -> u64 {
    not_ascii(word) | below(word, b'!') | equal(word, b':') | equal(word, 0x7F)
}

/// Finds what may end an ordinary value, or needs a look: control characters and all outside of ASCII, `:` and `#`.
#[inline]
const fn value_stop(word: u64) -> u64 {
    not_ascii(word) | below(word, b' ') | equal(word, b':') | equal(word, b'#') | equal(word, 0x7F)
}

/// Finds what may end a scalar between quotes, or needs a look.
#[inline]
const fn quoted_stop(word: u64, quote: u8) -> u64 {
    let breaks = below(word, b' ') | equal(word, 0xC2) | equal(word, 0xE2);
    breaks | equal(word, quote) | equal(word, b'\\')
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

fn quoted(bytes: &[u8], cursor: Cursor, quote: u8) -> Option<Line> {
    let start = cursor.pos;
    let mut pos = start + 1;
    loop {
        pos = position(bytes, pos, |word| quoted_stop(word, quote));
        match at(bytes, pos) {
            byte if byte == quote => break,
            b'\\' if quote == b'"' => return None,
            b'\n' | b'\r' | 0xC2 | 0xE2 | 0 => return None,
            _ => pos += 1,
        }
    }
    if quote == b'\'' && at(bytes, pos + 1) == b'\'' {
        return None;
    }
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
        let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
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
        self.begin(kind, Style::Block, 0, u32::try_from(start).unwrap_or(u32::MAX));
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

    /// Reads entries of the innermost block mapping, and of those that begin in it, as long as they are ordinary.
    /// Returns whether the rest is left to the states on the stack: the mapping ended, or a value began.
    pub(super) fn quick_pairs(&mut self) -> Result<bool, Error> {
        if !self.scanner.is_idle() {
            return Ok(false);
        }
        let bytes = self.scanner.bytes;
        while let Some((cursor, indent)) = self.quick_start() {
            if cursor.column() < indent {
                self.move_to(cursor);
                self.scanner.indent = self.scanner.indents.pop().unwrap_or(-1);
                self.close(None);
                return Ok(true);
            }
            if cursor.column() != indent {
                break;
            }
            let Some(colon) = key_colon(bytes, cursor.pos) else { break };
            let mut value = Cursor { pos: colon + 1, line: cursor.line };
            while at(bytes, value.pos) == b' ' {
                value.pos += 1;
            }
            match at(bytes, value.pos) {
                b'\n' => match self.quick_nested(cursor, colon, indent) {
                    Nested::Unknown => break,
                    Nested::Mapping => {}
                    Nested::Sequence => return Ok(true),
                },
                b'|' | b'>' | b'{' | b'[' | b'&' | b'*' | b'!' => {
                    self.push_key(cursor.pos, colon);
                    self.move_to(Cursor { pos: colon + 1, ..cursor });
                    self.scanner.simple_key_allowed = false;
                    self.states.push(State::BlockKey);
                    self.node(Place::BlockOrIndentless)?;
                    return Ok(true);
                }
                _ => {
                    let Some(line) = line_scalar(bytes, value, indent + 1) else { break };
                    self.push_key(cursor.pos, colon);
                    self.push_line(line.style, line.flags, line.start, line.end);
                    self.move_to(cursor);
                    self.scanner.simple_key_allowed = false;
                    self.move_to(line.rest);
                }
            }
        }
        Ok(false)
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
        if column >= indent && (is_deep || key_colon(bytes, next.pos).is_none()) {
            return Nested::Unknown;
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
        Nested::Mapping
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
            if key_colon(bytes, item.pos).is_some() {
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
    /// A mapping, or nothing: its next entry is read in the same way.
    Mapping,
    /// A sequence.
    Sequence,
}
