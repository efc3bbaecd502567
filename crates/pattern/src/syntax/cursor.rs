use crate::error::{PatternError, PatternErrorKind};

/// A place in the pattern.
pub(super) struct Cursor<'p> {
    pattern: &'p str,
    at: usize,
}

impl<'p> Cursor<'p> {
    pub(super) fn new(pattern: &'p str) -> Self {
        Self { pattern, at: 0 }
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn rest(&self) -> &'p str {
        &self.pattern[self.at..]
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    pub(super) fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// Goes on by some bytes, which the caller has looked at.
    pub(super) fn advance(&mut self, bytes: usize) {
        self.at += bytes;
    }

    pub(super) fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    /// An error about the text from `start` to here.
    pub(super) fn error(&self, kind: PatternErrorKind, start: usize) -> PatternError {
        PatternError::new(kind, start, self.at)
    }

    /// An error about the text from `start` to the end.
    pub(super) fn error_to_end(&self, kind: PatternErrorKind, start: usize) -> PatternError {
        PatternError::new(kind, start, self.pattern.len())
    }
}
