//! Reads Go's syntax and writes the same expression in the syntax of the `regex` crate.
//!
//! The grammar is that of Go's `regexp/syntax` with the flags `Perl`:
//!
//! ```text
//! pattern     = branch *( "|" branch )
//! branch      = *( atom *repeat / flags )          ; a repeat directly behind a repeat is refused
//! repeat      = ( "*" / "+" / "?" / counted ) [ "?" ]
//! counted     = "{" int [ "," [ int ] ] "}"        ; anything else makes "{" a literal
//! atom        = "(" pattern ")" / "(?:" pattern ")" / "(?" flagset ":" pattern ")"
//!             / "(?P<" name ">" pattern ")" / "(?<" name ">" pattern ")"
//!             / "^" / "$" / "." / "\A" / "\z" / "\b" / "\B" / "\Q" literal "\E" / class / escape / char
//! flags       = "(?" flagset ")"
//! flagset     = *( "i" / "m" / "s" / "U" ) [ "-" 1*( "i" / "m" / "s" / "U" ) ]
//! ```

mod class;
mod cursor;
mod emit;
mod escape;
mod flags;
mod repeat;
mod unicode;

use crate::error::{PatternError, PatternErrorKind};
use cursor::Cursor;
use emit::Emitter;
use flags::Opening;

/// The same pattern for the `regex` crate.
pub(crate) struct Translation {
    /// The text; its groups have no names, since Go allows one name twice.
    pub(crate) text: String,
    /// The names of the groups from 1.
    pub(crate) names: Vec<Option<String>>,
}

pub(crate) fn translate(pattern: &str, max_depth: usize) -> Result<Translation, PatternError> {
    let mut cursor = Cursor::new(pattern);
    let mut out = Emitter::new(max_depth);
    let mut names = Vec::new();
    // Where the repetition that was just read begins: Go refuses another one directly behind it.
    let mut last_repeat: Option<usize> = None;
    while let Some(c) = cursor.peek() {
        let start = cursor.at();
        let mut this_repeat = None;
        match c {
            '(' if cursor.rest().starts_with("(?") => match flags::opening(&mut cursor)? {
                Opening::Named(name) => {
                    names.push(Some(name));
                    out.open("(").ok_or_else(|| too_deep(pattern))?;
                }
                Opening::Group(flags) => {
                    out.open(&format!("(?{flags}:")).ok_or_else(|| too_deep(pattern))?;
                }
                Opening::Flags(flags) => out.set_flags(&flags),
            },
            '(' => {
                cursor.bump();
                names.push(None);
                out.open("(").ok_or_else(|| too_deep(pattern))?;
            }
            ')' => {
                cursor.bump();
                // Go blames the whole expression; the parenthesis is more useful.
                out.close().ok_or_else(|| {
                    PatternError::new(PatternErrorKind::UnexpectedParen, start, start + 1)
                })?;
            }
            '|' => {
                cursor.bump();
                out.alternative();
            }
            '^' | '$' | '.' => {
                cursor.bump();
                out.atom(c.encode_utf8(&mut [0; 4]));
            }
            '[' => out.atom(&class::bracketed(&mut cursor)?),
            '*' | '+' | '?' => {
                cursor.bump();
                let operator = repeat::Operator::simple(c);
                repeat::apply(operator, start, last_repeat, &mut cursor, &mut out)?;
                this_repeat = Some(start);
            }
            '{' => {
                if let Some(operator) = repeat::counted(&mut cursor)? {
                    repeat::apply(operator, start, last_repeat, &mut cursor, &mut out)?;
                    this_repeat = Some(start);
                } else {
                    cursor.bump();
                    out.literal('{');
                }
            }
            '\\' => escaped(&mut cursor, &mut out)?,
            _ => {
                cursor.bump();
                out.literal(c);
            }
        }
        last_repeat = this_repeat;
    }
    let text = out
        .finish()
        .ok_or_else(|| PatternError::new(PatternErrorKind::MissingParen, 0, pattern.len()))?;
    Ok(Translation { text, names })
}

fn too_deep(pattern: &str) -> PatternError {
    PatternError::new(PatternErrorKind::NestingDepth, 0, pattern.len())
}

fn escaped(cursor: &mut Cursor<'_>, out: &mut Emitter) -> Result<(), PatternError> {
    let assertion = match cursor.rest().as_bytes().get(1) {
        Some(b'A') => r"\A",
        Some(b'z') => r"\z",
        // Words are ASCII in Go.
        Some(b'b') => r"(?-u:\b)",
        Some(b'B') => r"(?-u:\B)",
        Some(b'Q') => {
            cursor.advance(2);
            let body = cursor.rest();
            let (quoted, behind) = match body.find(r"\E") {
                Some(end) => (&body[..end], end + 2),
                None => (body, body.len()),
            };
            quoted.chars().for_each(|c| out.literal(c));
            cursor.advance(behind);
            return Ok(());
        }
        _ => {
            if let Some(set) = class::escape_class(cursor)? {
                out.atom(&set);
            } else {
                match escape::character(cursor)? {
                    Some(c) => out.literal(c),
                    // A surrogate: no UTF-8 text holds it.
                    None => out.atom(class::NOTHING),
                }
            }
            return Ok(());
        }
    };
    cursor.advance(2);
    out.atom(assertion);
    Ok(())
}
