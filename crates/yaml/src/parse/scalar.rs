use tidegate_source::Span;

use super::scan::Scanner;
use crate::chars::{
    at, is_blank, is_blankz, is_break, is_breakz, is_document_mark, is_plain_inner, is_uri, is_word,
};
use crate::error::{Error, ErrorKind};
use crate::tape::{KEEP, STRIP, VERBATIM};

pub(super) struct BlockScalar {
    pub(super) end: usize,
    pub(super) flags: u8,
    pub(super) column: u32,
}

impl Scanner<'_> {
    /// Steps over a plain scalar; returns where its text ends and its flags.
    pub(super) fn scan_plain(&mut self) -> Result<(usize, u8), Error> {
        let bytes = self.bytes;
        let start = self.pos;
        let flow = self.flow_level() > 0;
        let indent = usize::try_from(self.indent + 1).unwrap_or(0);
        let mut end = start;
        let mut flags = VERBATIM;
        let mut after_break = false;
        loop {
            if self.pos == self.line && is_document_mark(bytes, self.pos) || self.here() == b'#' {
                break;
            }
            let word = self.pos;
            loop {
                let here = self.here();
                let goes_on = is_plain_inner(here, flow)
                    || here == b':' && !is_blankz(bytes, self.pos + 1)
                    || here >= 0x80 && !is_break(bytes, self.pos);
                if !goes_on {
                    break;
                }
                self.pos += 1;
            }
            if self.pos > word {
                end = self.pos;
                if after_break {
                    flags = 0;
                    after_break = false;
                }
            }
            if !is_blank(self.here()) && !is_break(bytes, self.pos) {
                break;
            }
            loop {
                if is_blank(self.here()) {
                    if after_break && self.here() == b'\t' && self.pos - self.line < indent {
                        let from = Span::from_range(start..end);
                        return Err(Error::new(ErrorKind::TabIndentation, self.span_here())
                            .since(from, "the text that would go on here"));
                    }
                    self.pos += 1;
                } else if self.newline() {
                    after_break = true;
                } else {
                    break;
                }
            }
            if !flow && self.pos - self.line < indent && self.line > start {
                break;
            }
        }
        if after_break {
            self.simple_key_allowed = true;
        }
        debug_assert!(end > start, "a plain scalar has a first character");
        Ok((end, flags))
    }

    pub(super) fn scan_single_quoted(&mut self) -> Result<u8, Error> {
        let bytes = self.bytes;
        let start = self.pos;
        let mut flags = VERBATIM;
        self.pos += 1;
        loop {
            match self.here() {
                b'\'' if at(bytes, self.pos + 1) == b'\'' => {
                    flags = 0;
                    self.pos += 2;
                }
                b'\'' => {
                    self.pos += 1;
                    return Ok(flags);
                }
                _ => self.step_in_quotes(start, &mut flags)?,
            }
        }
    }

    pub(super) fn scan_double_quoted(&mut self) -> Result<u8, Error> {
        let start = self.pos;
        let mut flags = VERBATIM;
        self.pos += 1;
        loop {
            match self.here() {
                b'"' => {
                    self.pos += 1;
                    return Ok(flags);
                }
                b'\\' => {
                    flags = 0;
                    self.scan_escape(start)?;
                }
                _ => self.step_in_quotes(start, &mut flags)?,
            }
        }
    }

    #[inline]
    fn step_in_quotes(&mut self, start: usize, flags: &mut u8) -> Result<(), Error> {
        if !is_breakz(self.bytes, self.pos) {
            self.pos += 1;
            return Ok(());
        }
        let opening = Span::from_range(start..start + 1);
        if !self.newline() {
            return Err(Error::new(ErrorKind::UnclosedQuote, opening));
        }
        *flags = 0;
        if is_document_mark(self.bytes, self.pos) {
            let mark = Span::from_range(self.pos..self.pos + 3);
            return Err(Error::new(ErrorKind::DocumentMarkInQuotes, mark)
                .since(opening, "the quote opens here"));
        }
        Ok(())
    }

    fn scan_escape(&mut self, start: usize) -> Result<(), Error> {
        let bytes = self.bytes;
        let from = self.pos;
        let opening = Span::from_range(start..start + 1);
        if is_break(bytes, from + 1) {
            self.pos += 1;
            let mut flags = 0;
            return self.step_in_quotes(start, &mut flags);
        }
        let digits = match at(bytes, from + 1) {
            b'0' | b'a' | b'b' | b't' | b'\t' | b'n' | b'v' | b'f' | b'r' | b'e' | b' ' | b'"'
            | b'\'' | b'\\' | b'N' | b'_' | b'L' | b'P' => 0,
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            _ => {
                self.pos += 1;
                let end = self.span_here().end;
                let span = Span { end, ..Span::from_range(from..from) };
                return Err(Error::new(ErrorKind::UnknownEscape, span)
                    .since(opening, "the quote opens here"));
            }
        };
        self.pos += 2;
        let mut code: u32 = 0;
        for _ in 0..digits {
            let Some(digit) = char::from(self.here()).to_digit(16) else {
                let span = Span { end: self.span_here().end, ..Span::from_range(from..from) };
                return Err(Error::new(ErrorKind::InvalidHexEscape, span));
            };
            code = code.wrapping_shl(4) | digit;
            self.pos += 1;
        }
        if digits > 0 && char::from_u32(code).is_none() {
            return Err(Error::new(ErrorKind::InvalidUnicodeEscape, self.span_from(from)));
        }
        Ok(())
    }

    /// `|` or `>`, then an indentation digit and `+` or `-` in either order.
    pub(super) fn scan_block_scalar(&mut self) -> Result<BlockScalar, Error> {
        let bytes = self.bytes;
        let start = self.pos;
        self.pos += 1;
        let mut flags = 0;
        let mut increment = 0;
        for _ in 0..2 {
            match self.here() {
                b'+' if flags == 0 => flags = KEEP,
                b'-' if flags == 0 => flags = STRIP,
                b'0' if increment == 0 => {
                    return Err(Error::new(ErrorKind::ZeroIndentation, self.span_here()));
                }
                digit @ b'1'..=b'9' if increment == 0 => increment = usize::from(digit - b'0'),
                _ => break,
            }
            self.pos += 1;
        }
        self.skip_blanks();
        if self.here() == b'#' {
            self.skip_to_break();
        }
        if !is_breakz(bytes, self.pos) {
            let header = Span::from_range(start..start + 1);
            let from = self.pos;
            self.skip_to_break();
            return Err(Error::new(ErrorKind::TextAfterHeader, self.span_from(from))
                .since(header, "the block scalar begins here"));
        }
        self.newline();
        let outer = usize::try_from(self.indent.max(0)).unwrap_or(0);
        let mut column = if increment > 0 { outer + increment } else { 0 };
        let mut end = self.block_scalar_breaks(&mut column, start)?;
        while self.pos - self.line == column && self.pos < bytes.len() {
            self.skip_to_break();
            self.newline();
            end = self.block_scalar_breaks(&mut column, start)?;
        }
        Ok(BlockScalar { end, flags, column: u32::try_from(column).unwrap_or(u32::MAX) })
    }

    /// Steps over indentation and empty lines, and finds the column of the text when it is 0. Returns the offset
    /// behind the last line break.
    fn block_scalar_breaks(&mut self, column: &mut usize, start: usize) -> Result<usize, Error> {
        let mut end = self.pos;
        let mut widest = 0;
        loop {
            while (*column == 0 || self.pos - self.line < *column) && self.here() == b' ' {
                self.pos += 1;
            }
            let width = self.pos - self.line;
            widest = widest.max(width);
            if (*column == 0 || width < *column) && self.here() == b'\t' {
                let header = Span::from_range(start..start + 1);
                return Err(Error::new(ErrorKind::TabIndentation, self.span_here())
                    .since(header, "the block scalar begins here"));
            }
            if !self.newline() {
                break;
            }
            end = self.pos;
        }
        if *column == 0 {
            let least = usize::try_from(self.indent + 1).unwrap_or(0).max(1);
            *column = widest.max(least);
        }
        Ok(end)
    }

    /// `&name` or `*name`
    pub(super) fn scan_name(&mut self) -> Result<(), Error> {
        let start = self.pos;
        self.pos += 1;
        while is_word(self.here()) {
            self.pos += 1;
        }
        let ends = is_blankz(self.bytes, self.pos)
            || matches!(self.here(), b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`');
        if self.pos == start + 1 || !ends {
            let end = self.span_here().end;
            let span = Span { end, ..self.span_from(start) };
            return Err(Error::new(ErrorKind::InvalidAnchor, span));
        }
        Ok(())
    }

    /// `!`, `!suffix`, `!!suffix`, `!handle!suffix` or `!<uri>`
    pub(super) fn scan_tag(&mut self) -> Result<(), Error> {
        let start = self.pos;
        let verbatim = at(self.bytes, start + 1) == b'<';
        self.pos += if verbatim { 2 } else { 1 };
        let body = self.pos;
        while is_uri(self.here()) {
            self.pos += 1;
        }
        let text = &self.bytes[body..self.pos];
        let escapes = (0..text.len())
            .filter(|it| text[*it] == b'%')
            .all(|it| at(text, it + 1).is_ascii_hexdigit() && at(text, it + 2).is_ascii_hexdigit());
        let word = text.iter().take_while(|byte| is_word(**byte)).count();
        let lonely_handle = !verbatim && at(text, word) == b'!' && text.len() == word + 1;
        let mut complete = escapes && !lonely_handle && !(verbatim && text.is_empty());
        if verbatim {
            complete &= self.here() == b'>';
            self.pos += usize::from(complete);
        }
        if !complete || !is_blankz(self.bytes, self.pos) {
            let end = self.span_here().end;
            let span = Span { end, ..self.span_from(start) };
            return Err(Error::new(ErrorKind::InvalidTag, span));
        }
        Ok(())
    }
}
