use std::fmt::Write as _;

use super::cursor::Cursor;
use super::{escape, unicode};
use crate::error::{PatternError, PatternErrorKind};

/// A class that matches no character.
pub(super) const NOTHING: &str = r"[^\x{0}-\x{10FFFF}]";

/// The bodies of the named classes in brackets; all are ASCII.
const POSIX: [(&str, &str); 14] = [
    ("alnum", "0-9A-Za-z"),
    ("alpha", "A-Za-z"),
    ("ascii", r"\x00-\x7F"),
    ("blank", r"\t\x20"),
    ("cntrl", r"\x00-\x1F\x7F"),
    ("digit", "0-9"),
    ("graph", r"\x21-\x7E"),
    ("lower", "a-z"),
    ("print", r"\x20-\x7E"),
    ("punct", r"\x21-\x2F\x3A-\x40\x5B-\x60\x7B-\x7E"),
    ("space", r"\t\n\x0B\x0C\r\x20"),
    ("upper", "A-Z"),
    ("word", "0-9A-Za-z_"),
    ("xdigit", "0-9A-Fa-f"),
];

/// Reads `[…]` and returns it for the `regex` crate.
///
/// ```text
/// class = "[" [ "^" ] 1*( "[:" [ "^" ] name ":]" / "\" perl / "\" unicode / range ) "]"
/// range = char [ "-" char ]          ; "]" is a character where it comes first, "-" anywhere
/// ```
pub(super) fn bracketed(cursor: &mut Cursor<'_>) -> Result<String, PatternError> {
    let start = cursor.at();
    cursor.bump();
    let mut out = String::from(if cursor.eat("^") { "[^" } else { "[" });
    let body = out.len();
    let mut first = true;
    while first || cursor.peek() != Some(']') {
        first = false;
        if let Some(set) = named(cursor)? {
            out.push_str(&set);
        } else if let Some(set) = escape_class(cursor)? {
            out.push_str(&set);
        } else {
            range(cursor, start, &mut out)?;
        }
    }
    cursor.bump();
    if out.len() == body {
        // Only surrogates were named.
        out.push_str(NOTHING);
    }
    out.push(']');
    Ok(out)
}

/// Reads `\d`, `\W`, `\pN`, `\p{Greek}` and the like; `None` when something else stands here.
pub(super) fn escape_class(cursor: &mut Cursor<'_>) -> Result<Option<String>, PatternError> {
    let set = match cursor.rest().as_bytes() {
        [b'\\', b'd', ..] => "[0-9]",
        [b'\\', b'D', ..] => "[^0-9]",
        [b'\\', b's', ..] => r"[\t\n\x0C\r\x20]",
        [b'\\', b'S', ..] => r"[^\t\n\x0C\r\x20]",
        [b'\\', b'w', ..] => "[0-9A-Za-z_]",
        [b'\\', b'W', ..] => "[^0-9A-Za-z_]",
        [b'\\', b'p' | b'P', ..] => return unicode_class(cursor).map(Some),
        _ => return Ok(None),
    };
    cursor.advance(2);
    Ok(Some(set.to_owned()))
}

/// Reads `\pN`, `\p{Name}`, `\p{^Name}` or one of these with `\P`.
fn unicode_class(cursor: &mut Cursor<'_>) -> Result<String, PatternError> {
    let start = cursor.at();
    let mut negative = cursor.rest().as_bytes().get(1) == Some(&b'P');
    cursor.advance(2);
    let unknown = PatternErrorKind::InvalidCharRange;
    let mut name = if cursor.eat("{") {
        let Some((name, _)) = cursor.rest().split_once('}') else {
            return Err(cursor.error_to_end(unknown, start));
        };
        cursor.advance(name.len() + 1);
        name
    } else {
        let rest = cursor.rest();
        cursor.bump();
        &rest[..rest.len() - cursor.rest().len()]
    };
    if let Some(positive) = name.strip_prefix('^') {
        negative = !negative;
        name = positive;
    }
    // UTF-8 has no surrogates, which are all of `Cs`.
    if name == "Any" || name == "Cs" {
        let everything = (name == "Any") != negative;
        return Ok(if everything { r"[\x{0}-\x{10FFFF}]" } else { NOTHING }.to_owned());
    }
    if !unicode::is_known(name) {
        return Err(cursor.error(unknown, start));
    }
    Ok(format!(r"\{}{{{name}}}", if negative { 'P' } else { 'p' }))
}

/// Reads `[:alpha:]` or `[:^alpha:]`; `None` when something else stands here.
fn named(cursor: &mut Cursor<'_>) -> Result<Option<String>, PatternError> {
    let start = cursor.at();
    let Some((name, _)) = cursor.rest().strip_prefix("[:").and_then(|it| it.split_once(":]"))
    else {
        return Ok(None);
    };
    cursor.advance(name.len() + 4);
    let (sign, name) = name.strip_prefix('^').map_or(("", name), |it| ("^", it));
    let Some((_, body)) = POSIX.iter().find(|it| it.0 == name) else {
        return Err(cursor.error(PatternErrorKind::InvalidCharRange, start));
    };
    Ok(Some(format!("[{sign}{body}]")))
}

fn range(cursor: &mut Cursor<'_>, class: usize, out: &mut String) -> Result<(), PatternError> {
    let start = cursor.at();
    let low = character(cursor, class)?;
    let rest = cursor.rest().as_bytes();
    let mut high = low;
    if let [b'-', next, ..] = rest
        && *next != b']'
    {
        cursor.bump();
        high = character(cursor, class)?;
    }
    if high < low {
        return Err(cursor.error(PatternErrorKind::InvalidCharRange, start));
    }
    // UTF-8 has no surrogates, so a range that ends in them ends before them.
    let low = if (0xd800..0xe000).contains(&low) { 0xe000 } else { low };
    let high = if (0xd800..0xe000).contains(&high) { 0xd7ff } else { high };
    if low <= high {
        write!(out, r"\x{{{low:X}}}-\x{{{high:X}}}").expect("a String takes all text");
    }
    Ok(())
}

/// Reads one character of a class.
fn character(cursor: &mut Cursor<'_>, class: usize) -> Result<u32, PatternError> {
    match cursor.peek() {
        None => Err(cursor.error_to_end(PatternErrorKind::MissingBracket, class)),
        Some('\\') => Ok(escape::character(cursor)?.map_or(0xd800, u32::from)),
        Some(c) => {
            cursor.bump();
            Ok(u32::from(c))
        }
    }
}
