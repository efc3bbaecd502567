//! Writing scalars: folding, escapes, block scalars.

use std::borrow::Cow;

use crate::lanes;

use super::analysis::{Form, Seen, form, form_of, is_multiline, is_printable};
use super::{EmitError, Emitter, INDENT, SIMPLE_KEY, WIDTH, indentation};

/// The longest key, in characters of its JSON text, that go-yaml reads back.
const MAX_KEY: usize = 1024;

impl Emitter<'_> {
    /// Writes a key and its colon.
    #[inline]
    pub(super) fn write_key(&mut self, key: &str, indent: usize) {
        let seen = Seen::of(key);
        if seen.odd() && key.contains('\u{85}') {
            self.fail(EmitError::KeyLineBreak);
        }
        let key = if seen.odd() { self.through_json(key) } else { Cow::Borrowed(key) };
        if key.len() <= SIMPLE_KEY && !(seen.may_break() && is_multiline(&key)) {
            match form_of(&key, true, seen) {
                Form::Plain => self.out.push_str(&key),
                Form::Single => self.single(&key, None),
                Form::Double | Form::Literal => self.double(&key, None),
            }
            self.out.push(':');
            return;
        }
        if key.len() * 6 > MAX_KEY && json_width(&key) > MAX_KEY {
            self.fail(EmitError::KeyTooLong);
        }
        self.out.push_str("? ");
        let broken = self.write_form(&key, form(&key, false), indent + INDENT);
        if !broken {
            self.newline();
        }
        indentation(self.out, indent);
        self.out.push(':');
        self.inline = true;
    }

    /// Writes a string; returns whether it ended its line itself.
    #[inline]
    pub(super) fn write_string(&mut self, text: &str, indent: usize) -> bool {
        let seen = Seen::of(text);
        if seen.odd() {
            let text = self.through_json(text);
            return self.write_form(&text, form(&text, false), indent);
        }
        self.write_form(text, form_of(text, false, seen), indent)
    }

    #[inline]
    fn write_form(&mut self, text: &str, form: Form, indent: usize) -> bool {
        match form {
            Form::Plain => self.plain(text, indent),
            Form::Single => self.single(text, Some(indent)),
            Form::Double => self.double(text, Some(indent)),
            Form::Literal => return self.literal(text, indent),
        }
        false
    }

    /// What a string becomes on its way through the JSON text that go-yaml v2 reads back: U+0085 is a line break
    /// there, and is folded; some characters can't be read at all.
    fn through_json<'s>(&mut self, text: &'s str) -> Cow<'s, str> {
        let refused = text.chars().find(
            |c| matches!(c, '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}'),
        );
        if let Some(c) = refused {
            self.fail(EmitError::ControlCharacter(c));
        }
        if text.contains('\u{85}') {
            Cow::Owned(fold_next_lines(text))
        } else {
            Cow::Borrowed(text)
        }
    }

    /// The column of the cursor, in characters.
    fn column(&self) -> usize {
        self.out[self.line..].chars().count()
    }

    /// Returns whether the text may reach beyond the width, so that it may be folded.
    #[inline]
    pub(super) fn may_fold(&self, text: &str) -> bool {
        self.out.len() - self.line + text.len() > WIDTH
    }

    fn fold(&mut self, indent: usize) {
        self.newline();
        indentation(self.out, indent);
    }

    #[inline]
    pub(super) fn plain(&mut self, text: &str, indent: usize) {
        if !self.may_fold(text) {
            self.out.push_str(text);
            return;
        }
        let mut column = self.column();
        let bytes = text.as_bytes();
        let mut after_space = false;
        let mut from = 0;
        for (at, byte) in bytes.iter().enumerate() {
            if *byte == b' ' {
                if !after_space && column > WIDTH && bytes.get(at + 1) != Some(&b' ') {
                    self.out.push_str(&text[from..at]);
                    self.fold(indent);
                    column = indent;
                    from = at + 1;
                } else {
                    column += 1;
                }
                after_space = true;
            } else {
                column += usize::from(byte & 0xC0 != 0x80);
                after_space = false;
            }
        }
        self.out.push_str(&text[from..]);
    }

    /// Writes a text between quotes where nothing in it has to be escaped or folded; returns whether that was so.
    #[inline]
    fn quoted_as_it_stands(&mut self, quote: char, text: &str) -> bool {
        let needs_care =
            |byte: u8| !matches!(byte, b' '..=b'~') || matches!(byte, b'"' | b'\'' | b'\\');
        if self.may_fold(text) || text.bytes().any(needs_care) {
            return false;
        }
        self.out.push(quote);
        self.out.push_str(text);
        self.out.push(quote);
        true
    }

    /// `indent` is where folded lines go on; a key is not folded.
    fn single(&mut self, text: &str, indent: Option<usize>) {
        if self.quoted_as_it_stands('\'', text) {
            return;
        }
        let mut column = self.column() + 1;
        self.out.push('\'');
        let bytes = text.as_bytes();
        let indent_or_zero = indent.unwrap_or(0);
        let may_fold = indent.is_some();
        let (mut after_space, mut after_break) = (false, false);
        for (at, c) in text.char_indices() {
            match c {
                ' ' => {
                    if may_fold
                        && !after_space
                        && column > WIDTH
                        && at > 0
                        && at + 1 < bytes.len()
                        && bytes[at + 1] != b' '
                    {
                        self.fold(indent_or_zero);
                        column = indent_or_zero;
                    } else {
                        self.out.push(' ');
                        column += 1;
                    }
                    after_space = true;
                    continue;
                }
                '\u{2028}' | '\u{2029}' => {
                    self.out.push(c);
                    self.line = self.out.len();
                    column = 0;
                    after_break = true;
                    continue;
                }
                _ => {}
            }
            if std::mem::take(&mut after_break) {
                indentation(self.out, indent_or_zero.saturating_sub(column));
                column = column.max(indent_or_zero);
            }
            if c == '\'' {
                self.out.push('\'');
                column += 1;
            }
            self.out.push(c);
            column += 1;
            after_space = false;
        }
        self.out.push('\'');
    }

    pub(super) fn double(&mut self, text: &str, indent: Option<usize>) {
        if self.quoted_as_it_stands('"', text) {
            return;
        }
        let mut column = self.column() + 1;
        self.out.push('"');
        let bytes = text.as_bytes();
        // go-yaml looks for a byte-order mark at the start of the value, at each character of it.
        let escape_all = text.starts_with('\u{FEFF}');
        let mut after_space = false;
        for (at, c) in text.char_indices() {
            let is_break = matches!(c, '\n' | '\u{2028}' | '\u{2029}');
            if escape_all || !is_printable(c) || is_break || c == '"' || c == '\\' {
                column += self.escape(c);
                after_space = false;
                continue;
            }
            match indent {
                Some(indent)
                    if c == ' '
                        && !after_space
                        && column > WIDTH
                        && at > 0
                        && at + 1 < bytes.len() =>
                {
                    self.fold(indent);
                    column = indent;
                    if bytes[at + 1] == b' ' {
                        self.out.push('\\');
                        column += 1;
                    }
                }
                _ => {
                    self.out.push(c);
                    column += 1;
                }
            }
            after_space = c == ' ';
        }
        self.out.push('"');
    }

    /// Writes an escape sequence; returns its width.
    fn escape(&mut self, c: char) -> usize {
        let before = self.out.len();
        let letter = match c {
            '\0' => '0',
            '\u{7}' => 'a',
            '\u{8}' => 'b',
            '\t' => 't',
            '\n' => 'n',
            '\u{b}' => 'v',
            '\u{c}' => 'f',
            '\r' => 'r',
            '\u{1b}' => 'e',
            '"' => '"',
            '\\' => '\\',
            '\u{85}' => 'N',
            '\u{A0}' => '_',
            '\u{2028}' => 'L',
            '\u{2029}' => 'P',
            _ => {
                let code = u32::from(c);
                let digits = match code {
                    0..=0xFF => format!("\\x{code:02X}"),
                    0x100..=0xFFFF => format!("\\u{code:04X}"),
                    _ => format!("\\U{code:08X}"),
                };
                self.out.push_str(&digits);
                return digits.len();
            }
        };
        self.out.push('\\');
        self.out.push(letter);
        self.out.len() - before
    }

    /// Writes the lines of a block scalar that are divided by `\n` alone; returns whether the last one is ended.
    fn lines(&mut self, text: &str, indent: usize) -> bool {
        for line in lanes::lines(text) {
            if line != "\n" {
                indentation(self.out, indent);
            }
            self.out.push_str(line);
            if line.ends_with('\n') {
                self.line = self.out.len();
            }
        }
        text.ends_with('\n')
    }

    /// `|`, the indentation where the text begins with a blank or a break, `-` or `+` by its end, and the lines.
    fn literal(&mut self, text: &str, indent: usize) -> bool {
        let is_break = |c: char| matches!(c, '\n' | '\u{2028}' | '\u{2029}');
        self.out.push('|');
        if text.starts_with(|c| c == ' ' || is_break(c)) {
            self.out.push('2');
        }
        let mut backwards = text.chars().rev();
        match (backwards.next().is_some_and(is_break), backwards.next()) {
            (false, _) => self.out.push('-'),
            (true, None) => self.out.push('+'),
            (true, Some(c)) if is_break(c) => self.out.push('+'),
            (true, Some(_)) => {}
        }
        self.newline();
        if text.is_ascii() {
            return self.lines(text, indent);
        }
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(is_break).unwrap_or(rest.len());
            if end > 0 {
                indentation(self.out, indent);
                self.out.push_str(&rest[..end]);
            }
            let Some(c) = rest[end..].chars().next() else { return false };
            self.out.push(c);
            self.line = self.out.len();
            rest = &rest[end + c.len_utf8()..];
        }
        true
    }
}

/// The number of characters of a string in Go's JSON, quotes included.
fn json_width(text: &str) -> usize {
    let width = |c| match c {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        '\0'..=' ' | '<' | '>' | '&' | '\u{2028}' | '\u{2029}' if c != ' ' => 6,
        _ => 1,
    };
    2 + text.chars().map(width).sum::<usize>()
}

/// Folds U+0085 as a line break of a double-quoted scalar: with the blanks around it, one is a space, of more the
/// first is dropped and the others are `\n`.
fn fold_next_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let gap = rest.find([' ', '\u{85}']).unwrap_or(rest.len());
        out.push_str(&rest[..gap]);
        rest = &rest[gap..];
        let behind = rest.trim_start_matches([' ', '\u{85}']);
        let gap = &rest[..rest.len() - behind.len()];
        match gap.matches('\u{85}').count() {
            0 => out.push_str(gap),
            1 => out.push(' '),
            n => out.extend(std::iter::repeat_n('\n', n - 1)),
        }
        rest = behind;
    }
    out
}
