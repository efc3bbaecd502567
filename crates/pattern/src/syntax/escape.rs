use super::cursor::Cursor;
use crate::error::{PatternError, PatternErrorKind};

/// Reads an escape that stands for one character; `Ok(None)` for a surrogate, which is none.
///
/// ```text
/// escape = "\" punctuation                          ; ASCII, neither letter nor digit, "_" too
///        / "\" ( "1"-"7" ) octal [ octal ] / "\0" *2octal
///        / "\x" 2hex / "\x{" 1*hex "}"
///        / "\" ( "a" / "f" / "n" / "r" / "t" / "v" )
/// ```
pub(super) fn character(cursor: &mut Cursor<'_>) -> Result<Option<char>, PatternError> {
    let start = cursor.at();
    cursor.bump();
    let Some(c) = cursor.bump() else {
        return Err(cursor.error(PatternErrorKind::TrailingBackslash, start));
    };
    let value = match c {
        'a' => Some(0x07),
        'f' => Some(0x0c),
        'n' => Some(0x0a),
        'r' => Some(0x0d),
        't' => Some(0x09),
        'v' => Some(0x0b),
        'x' => hexadecimal(cursor),
        // One digit alone would be a back-reference.
        '1'..='7' if !cursor.peek().is_some_and(|it| it.is_digit(8)) => None,
        '0'..='7' => Some(octal(u32::from(c) - u32::from('0'), cursor)),
        _ if c.is_ascii() && !c.is_ascii_alphanumeric() => Some(u32::from(c)),
        _ => None,
    };
    match value {
        Some(value) => Ok(char::from_u32(value)),
        None => Err(cursor.error(PatternErrorKind::InvalidEscape, start)),
    }
}

fn octal(first: u32, cursor: &mut Cursor<'_>) -> u32 {
    let mut value = first;
    for _ in 0..2 {
        let Some(digit) = cursor.peek().and_then(|it| it.to_digit(8)) else { break };
        cursor.bump();
        value = value * 8 + digit;
    }
    value
}

fn hexadecimal(cursor: &mut Cursor<'_>) -> Option<u32> {
    if !cursor.eat("{") {
        let high = cursor.bump()?.to_digit(16)?;
        return Some(high * 16 + cursor.bump()?.to_digit(16)?);
    }
    let mut value = cursor.bump()?.to_digit(16)?;
    loop {
        let c = cursor.bump()?;
        if c == '}' {
            return Some(value);
        }
        value = value * 16 + c.to_digit(16)?;
        if value > u32::from(char::MAX) {
            return None;
        }
    }
}
