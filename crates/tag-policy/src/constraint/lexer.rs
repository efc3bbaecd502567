use super::term::{Operator, Term};
use super::{ConstraintError, ConstraintErrorKind};

/// An operand as it is written, split into its parts.
pub(super) struct Operand<'t> {
    /// All of it.
    pub(super) whole: &'t str,
    /// The three parts; missing ones are empty.
    pub(super) parts: [&'t str; 3],
    /// The pre-release with its dash, or nothing.
    pub(super) pre: &'t str,
}

/// Reads the terms of a group.
pub(super) fn terms(text: &str) -> Result<Vec<Term>, ConstraintError> {
    let mut at = blank(text, 0);
    if at == text.len() {
        return Err(ConstraintError::new(ConstraintErrorKind::Empty, 0, text.len()));
    }
    let mut terms = Vec::new();
    loop {
        let start = at;
        let (term, end) = term(text, start)?;
        terms.push(term);
        at = blank(text, end);
        if at == text.len() {
            return Ok(terms);
        }
        if text[at..].starts_with(',') {
            at = blank(text, at + 1);
        } else if at == end {
            return Err(improper(text, start));
        }
    }
}

/// Reads the term that begins at an offset; returns where it ends.
pub(super) fn term(text: &str, start: usize) -> Result<(Term, usize), ConstraintError> {
    let (operator, len) = Operator::read(&text[start..]);
    let at = blank(text, start + len);
    let operand = operand(&text[at..]).ok_or_else(|| improper(text, start))?;
    let end = at + operand.whole.len();
    let term = Term::new(operator, &operand)
        .ok_or_else(|| ConstraintError::new(ConstraintErrorKind::Operand, at, end))?;
    Ok((term, end))
}

/// Blames the word at an offset.
pub(super) fn improper(text: &str, start: usize) -> ConstraintError {
    let word = text[start..].find([' ', ',']).filter(|it| *it > 0).unwrap_or(text.len() - start);
    ConstraintError::new(ConstraintErrorKind::Improper, start, start + word)
}

/// Returns where the blanks at an offset end.
pub(super) fn blank(text: &str, at: usize) -> usize {
    let is_blank = |byte: &&u8| matches!(**byte, b' ' | b'\t' | b'\n' | 0x0c | b'\r');
    at + text.as_bytes()[at..].iter().take_while(is_blank).count()
}

/// Reads as much of an operand as there is; `None` where none begins.
///
/// The parts are taken as runs of digits and wildcards here; whether they are numbers is asked later, since what
/// stands behind a wildcard does not matter.
pub(super) fn operand(text: &str) -> Option<Operand<'_>> {
    let bytes = text.as_bytes();
    let run = |from: usize| {
        let in_part = |byte: &&u8| byte.is_ascii_digit() || b"xX*|".contains(byte);
        from + bytes.get(from..).unwrap_or_default().iter().take_while(in_part).count()
    };
    let mut at = usize::from(bytes.first() == Some(&b'v'));
    let mut parts = [""; 3];
    for (index, part) in parts.iter_mut().enumerate() {
        let start = if index == 0 { at } else { at + 1 };
        let end = run(start);
        let dotted = index == 0 || bytes.get(at) == Some(&b'.');
        if !dotted || end <= start {
            break;
        }
        *part = &text[start..end];
        at = end;
    }
    if parts[0].is_empty() {
        return None;
    }
    let pre_start = at;
    at = identifiers(bytes, at, b'-');
    let pre = &text[pre_start..at];
    at = identifiers(bytes, at, b'+');
    Some(Operand { whole: &text[..at], parts, pre })
}

/// Returns where a sign and the identifiers behind it end; the start where they are not there.
fn identifiers(bytes: &[u8], start: usize, sign: u8) -> usize {
    let word = |from: usize| {
        let in_word = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
        from + bytes.get(from..).unwrap_or_default().iter().take_while(in_word).count()
    };
    if bytes.get(start) != Some(&sign) || word(start + 1) == start + 1 {
        return start;
    }
    let mut at = word(start + 1);
    while bytes.get(at) == Some(&b'.') && word(at + 1) > at + 1 {
        at = word(at + 1);
    }
    at
}
