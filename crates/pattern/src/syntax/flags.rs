use super::cursor::Cursor;
use crate::error::{PatternError, PatternErrorKind};

/// What `(?` begins.
pub(super) enum Opening {
    /// `(?P<name>` or `(?<name>`.
    Named(String),
    /// `(?flags:`; the flags may be empty.
    Group(String),
    /// `(?flags)`; the flags may be empty.
    Flags(String),
}

/// Reads what begins with `(?`.
pub(super) fn opening(cursor: &mut Cursor<'_>) -> Result<Opening, PatternError> {
    let start = cursor.at();
    for prefix in ["(?P<", "(?<"] {
        if cursor.rest().len() > prefix.len() && cursor.eat(prefix) {
            let invalid = PatternErrorKind::InvalidNamedCapture;
            let Some((name, _)) = cursor.rest().split_once('>') else {
                return Err(cursor.error_to_end(invalid, start));
            };
            cursor.advance(name.len() + 1);
            if name.is_empty() || !name.bytes().all(|it| it == b'_' || it.is_ascii_alphanumeric()) {
                return Err(cursor.error(invalid, start));
            }
            return Ok(Opening::Named(name.to_owned()));
        }
    }
    cursor.advance(2);
    flagset(cursor).ok_or_else(|| cursor.error(PatternErrorKind::InvalidPerlOp, start))
}

fn flagset(cursor: &mut Cursor<'_>) -> Option<Opening> {
    let (mut on, mut off) = (String::new(), String::new());
    let mut negative = false;
    loop {
        match cursor.bump()? {
            flag @ ('i' | 'm' | 's' | 'U') => {
                let (here, there) =
                    if negative { (&mut off, &mut on) } else { (&mut on, &mut off) };
                there.retain(|it| it != flag);
                if !here.contains(flag) {
                    here.push(flag);
                }
            }
            '-' if !negative => negative = true,
            end @ (':' | ')') => {
                if negative && off.is_empty() {
                    return None;
                }
                let flags = if negative { format!("{on}-{off}") } else { on };
                return Some(if end == ':' {
                    Opening::Group(flags)
                } else {
                    Opening::Flags(flags)
                });
            }
            _ => return None,
        }
    }
}
