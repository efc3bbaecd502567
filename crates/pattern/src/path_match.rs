use crate::error::{PatternError, PatternErrorKind};

/// Returns whether a name matches a shell pattern, as Go's `path.Match` reads it.
///
/// ```text
/// pattern = *( "*" / "?" / class / "\" char / char )
/// class   = "[" [ "^" ] 1*( char [ "-" char ] ) "]"    ; "-", "]" and "\" only behind a backslash
/// ```
///
/// `*` matches any text and `?` any character, but neither matches `/`; a class may. The pattern must match
/// the whole name.
///
/// # Errors
///
/// Returns [`PatternErrorKind::BadGlob`] for a malformed pattern, also where the name was already known not to
/// match.
///
/// # Examples
///
/// ```
/// use tidegate_pattern::path_match;
///
/// assert!(path_match("v1.*", "v1.4.0")?);
/// assert!(!path_match("*", "feature/login")?);
/// assert!(path_match("[a-c]?", "b/")? == false);
/// assert!(path_match("[a-", "b").is_err());
/// # Ok::<(), tidegate_pattern::PatternError>(())
/// ```
pub fn path_match(pattern: &str, name: &str) -> Result<bool, PatternError> {
    let pattern = pattern.as_bytes();
    let mut name = name.as_bytes();
    let mut at = 0;
    while at < pattern.len() {
        let chunk = Chunk::scan(pattern, at);
        let last = chunk.end == pattern.len();
        if chunk.star && chunk.start == chunk.end {
            return Ok(!name.contains(&b'/'));
        }
        at = chunk.end;
        let mut rest = chunk.matches(pattern, name)?.filter(|it| it.is_empty() || !last);
        if rest.is_none() && chunk.star {
            // The star takes one byte after the other, up to a slash.
            for skipped in 1..=name.iter().take_while(|byte| **byte != b'/').count() {
                rest = chunk.matches(pattern, &name[skipped..])?;
                rest = rest.filter(|it| it.is_empty() || !last);
                if rest.is_some() {
                    break;
                }
            }
        }
        let Some(rest) = rest else {
            check_syntax(pattern, at)?;
            return Ok(false);
        };
        name = rest;
    }
    Ok(name.is_empty())
}

/// Returns whether a file name matches a shell pattern, as Go's `filepath.Match` reads it on Unix.
///
/// There the separator is `/` and a backslash escapes, so that the rules are those of [`path_match`].
///
/// ```
/// use tidegate_pattern::filepath_match;
///
/// assert!(filepath_match("1.4.*", "1.4.2")?);
/// assert!(!filepath_match("*", "hub/1.4.2")?);
/// assert!(filepath_match("[0-9", "7").is_err());
/// # Ok::<(), tidegate_pattern::PatternError>(())
/// ```
///
/// # Errors
///
/// Returns [`PatternErrorKind::BadGlob`] for a malformed pattern.
pub fn filepath_match(pattern: &str, name: &str) -> Result<bool, PatternError> {
    path_match(pattern, name)
}

/// Checks a pattern from a place to its end.
pub(crate) fn check_syntax(pattern: &[u8], from: usize) -> Result<(), PatternError> {
    let mut at = from;
    while at < pattern.len() {
        let chunk = Chunk::scan(pattern, at);
        chunk.matches(pattern, b"")?;
        at = chunk.end;
    }
    Ok(())
}

/// A piece of a pattern: perhaps stars, then everything up to the next star.
struct Chunk {
    star: bool,
    start: usize,
    end: usize,
}

impl Chunk {
    fn scan(pattern: &[u8], from: usize) -> Self {
        let start = from + pattern[from..].iter().take_while(|byte| **byte == b'*').count();
        let mut end = start;
        let mut in_class = false;
        while end < pattern.len() {
            match pattern[end] {
                b'\\' if end + 1 < pattern.len() => end += 1,
                b'[' => in_class = true,
                b']' => in_class = false,
                b'*' if !in_class => break,
                _ => {}
            }
            end += 1;
        }
        Self { star: start > from, start, end }
    }

    /// Matches the piece, without its star, at the beginning of a name, and returns what is left of the name.
    ///
    /// After a mismatch it goes on, to find malformed patterns.
    fn matches<'n>(
        &self,
        pattern: &[u8],
        mut name: &'n [u8],
    ) -> Result<Option<&'n [u8]>, PatternError> {
        let chunk = &pattern[..self.end];
        let mut at = self.start;
        let mut failed = false;
        while at < chunk.len() {
            failed |= name.is_empty();
            match chunk[at] {
                b'[' => {
                    let (c, width) = if failed { ('\0', 0) } else { decode(name) };
                    name = &name[width..];
                    let (holds, end) = class(chunk, at, c)?;
                    failed |= !holds;
                    at = end;
                }
                b'?' => {
                    if !failed {
                        failed = name[0] == b'/';
                        name = &name[decode(name).1..];
                    }
                    at += 1;
                }
                byte => {
                    let mut expected = byte;
                    if byte == b'\\' {
                        at += 1;
                        expected = *chunk.get(at).ok_or_else(|| bad(at - 1, at))?;
                    }
                    if !failed {
                        failed = name[0] != expected;
                        name = &name[1..];
                    }
                    at += 1;
                }
            }
        }
        Ok((!failed).then_some(name))
    }
}

/// Reads the class that begins at `start`; returns whether it holds the character, and where it ends.
fn class(chunk: &[u8], start: usize, c: char) -> Result<(bool, usize), PatternError> {
    let mut at = start + 1;
    let negated = chunk.get(at) == Some(&b'^');
    at += usize::from(negated);
    let mut found = false;
    let first = at;
    while at == first || chunk.get(at) != Some(&b']') {
        let low;
        (low, at) = class_character(chunk, start, at)?;
        let mut high = low;
        if chunk[at] == b'-' {
            (high, at) = class_character(chunk, start, at + 1)?;
        }
        found |= (low..=high).contains(&c);
    }
    Ok((found != negated, at + 1))
}

/// Reads a character of a class; there is always something behind it.
fn class_character(
    chunk: &[u8],
    class: usize,
    mut at: usize,
) -> Result<(char, usize), PatternError> {
    let malformed = || bad(class, chunk.len());
    match chunk.get(at) {
        None | Some(b'-' | b']') => return Err(malformed()),
        Some(b'\\') => at += 1,
        Some(_) => {}
    }
    let rest = chunk.get(at..).filter(|it| !it.is_empty()).ok_or_else(malformed)?;
    let (c, width) = decode(rest);
    if at + width >= chunk.len() {
        return Err(malformed());
    }
    Ok((c, at + width))
}

fn bad(start: usize, end: usize) -> PatternError {
    PatternError::new(PatternErrorKind::BadGlob, start, end)
}

/// Decodes the first character; a byte inside of a character counts as U+FFFD, as in Go.
fn decode(text: &[u8]) -> (char, usize) {
    let width = match text[0] {
        0..0x80 => return (char::from(text[0]), 1),
        0xc2..0xe0 => 2,
        0xe0..0xf0 => 3,
        0xf0..0xf5 => 4,
        _ => 1,
    };
    text.get(..width)
        .and_then(|bytes| str::from_utf8(bytes).ok())
        .and_then(|it| it.chars().next())
        .map_or((char::REPLACEMENT_CHARACTER, 1), |c| (c, width))
}
