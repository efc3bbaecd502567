//! The grammar of references, and the scanner that follows it.
//!
//! ```text
//! reference        = name [ ":" tag ] [ "@" digest ]
//! name             = [ domain "/" ] path
//! domain           = host [ ":" 1*DIGIT ]
//! host             = domain-name / "[" 1*( HEXDIG / ":" ) "]"
//! domain-name      = domain-component *( "." domain-component )
//! domain-component = alnum [ *( alnum / "-" ) alnum ]         ; alnum: A-Z a-z 0-9
//! path             = path-component *( "/" path-component )
//! path-component   = 1*lower *( separator 1*lower )           ; lower: a-z 0-9
//! separator        = "." / "_" / "__" / 1*"-"
//! tag              = word *127( word / "." / "-" )            ; word: A-Z a-z 0-9 _
//! digest           = algorithm ":" 32*HEXDIG
//! algorithm        = algorithm-part *( ( "+" / "." / "-" / "_" ) algorithm-part )
//! algorithm-part   = ALPHA *( ALPHA / DIGIT )
//! identifier       = 64( DIGIT / "a"-"f" )
//! ```
//!
//! The first part of a name is the domain whenever it fits `domain` and another part follows.
//!
//! Source: distribution/reference, `reference.go` and `regexp.go`.

use tidegate_source::Span;

use crate::error::{ReferenceError, ReferenceErrorKind};

/// The parts of a text that fits the grammar.
///
/// Only the form has been looked at: a path may be too long, and a digest may have an algorithm that nobody knows.
///
/// ```
/// use tidegate_image_ref::match_reference;
///
/// let parts = match_reference("registry.example/tomoda/backend:1.4.0").expect("it fits");
/// assert_eq!(parts.domain, Some("registry.example"));
/// assert_eq!((parts.path, parts.tag, parts.digest), ("tomoda/backend", Some("1.4.0"), None));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Parts<'a> {
    name: &'a str,
    /// The domain with its port.
    pub domain: Option<&'a str>,
    /// The name without the domain.
    pub path: &'a str,
    /// The tag.
    pub tag: Option<&'a str>,
    /// The digest, with its algorithm.
    pub digest: Option<&'a str>,
}

impl<'a> Parts<'a> {
    /// Returns the name: domain and path.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.name
    }
}

/// Where the parts of a reference end; all offsets are bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Layout {
    /// Where the path begins; 0 without a domain.
    pub(crate) path: usize,
    /// Where the name ends.
    pub(crate) name_end: usize,
    /// Where the tag ends; the end of the name without a tag.
    pub(crate) tag_end: usize,
}

impl Layout {
    pub(crate) fn parts(self, text: &str) -> Parts<'_> {
        Parts {
            name: &text[..self.name_end],
            domain: (self.path > 0).then(|| &text[..self.path - 1]),
            path: &text[self.path..self.name_end],
            tag: (self.tag_end > self.name_end).then(|| &text[self.name_end + 1..self.tag_end]),
            digest: (self.tag_end < text.len()).then(|| &text[self.tag_end + 1..]),
        }
    }
}

/// Splits a reference by the grammar alone.
///
/// ```
/// use tidegate_image_ref::match_reference;
///
/// let parts = match_reference("localhost:5000/app:1.4").expect("a reference");
/// assert_eq!((parts.domain, parts.path, parts.tag), (Some("localhost:5000"), "app", Some("1.4")));
/// assert_eq!(match_reference("app:1.4~rc"), None);
/// ```
#[must_use]
pub fn match_reference(text: &str) -> Option<Parts<'_>> {
    scan(text).ok().map(|layout| layout.parts(text))
}

/// Splits a name, without tag and digest, by the grammar alone.
///
/// ```
/// use tidegate_image_ref::match_name;
///
/// let parts = match_name("ghcr.io/org/app").expect("a name");
/// assert_eq!((parts.domain, parts.path), (Some("ghcr.io"), "org/app"));
/// assert_eq!(match_name("ghcr.io/org/app:1"), None);
/// ```
#[must_use]
pub fn match_name(text: &str) -> Option<Parts<'_>> {
    match_reference(text).filter(|it| it.tag.is_none() && it.digest.is_none())
}

/// Returns whether a text fits `domain`, a host with or without a port.
///
/// Whether the port is below 65,536 and the address exists is not looked at.
///
/// ```
/// use tidegate_image_ref::is_domain;
///
/// assert!(is_domain("registry.example.com:5000"));
/// assert!(is_domain("[2001:db8::1]"));
/// assert!(!is_domain("registry_1"));
/// ```
#[must_use]
pub fn is_domain(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.first() == Some(&b'[') {
        return address_end(bytes).is_some_and(|end| is_optional_port(&bytes[end..]));
    }
    let end = bytes.iter().position(|byte| *byte == b':').unwrap_or(bytes.len());
    is_domain_name(&bytes[..end]) && is_optional_port(&bytes[end..])
}

/// Returns whether a text is an identifier: 64 hexadecimal digits in lower case.
///
/// Programs show the identifier of an image in this form, so a name must not look like it.
///
/// ```
/// use tidegate_image_ref::is_identifier;
///
/// assert!(is_identifier(&"0a".repeat(32)));
/// assert!(!is_identifier("0a"));
/// ```
#[must_use]
pub fn is_identifier(text: &str) -> bool {
    text.len() == 64 && is_lower_hex(text.as_bytes())
}

const LOWER: u8 = 1;
const UPPER: u8 = 2;
const WORD: u8 = 4;
const TAG: u8 = 8;
const ENDS_PART: u8 = 16;

/// The classes of each byte.
static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0u8;
    loop {
        table[byte as usize] = match byte {
            b'a'..=b'z' | b'0'..=b'9' => LOWER | WORD | TAG,
            b'A'..=b'Z' => UPPER | WORD | TAG,
            b'_' => WORD | TAG,
            b'.' | b'-' => TAG,
            b'/' | b':' | b'@' => ENDS_PART,
            _ => 0,
        };
        if byte == u8::MAX {
            break table;
        }
        byte += 1;
    }
};

fn is(byte: u8, class: u8) -> bool {
    CLASS[usize::from(byte)] & class != 0
}

/// Looks at every byte, without an early way out: the compiler then looks at many at once.
pub(crate) fn is_lower_hex(bytes: &[u8]) -> bool {
    bytes
        .iter()
        .fold(true, |acc, byte| acc & (byte.is_ascii_digit() | (b'a'..=b'f').contains(byte)))
}

pub(crate) fn is_tag(text: &str) -> bool {
    let bytes = text.as_bytes();
    tag_end(bytes, 0) == bytes.len() && !bytes.is_empty() && bytes.len() <= 128
}

/// Returns where the characters of a tag end; the start where the first one can't begin a tag.
fn tag_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    if bytes.get(at).is_some_and(|byte| is(*byte, WORD)) {
        at += 1;
        while at < bytes.len() && is(bytes[at], TAG) {
            at += 1;
        }
    }
    at
}

pub(crate) fn scan(text: &str) -> Result<Layout, ReferenceError> {
    match scan_exactly(text) {
        Err(error) if text.chars().any(char::is_uppercase) => Err(uppercase(text, error)),
        result => result,
    }
}

/// Says that upper case is at fault, where nothing else is.
#[cold]
fn uppercase(text: &str, error: ReferenceError) -> ReferenceError {
    if scan_exactly(&text.to_lowercase()).is_err() {
        return error;
    }
    // The first letter in upper case that the domain does not excuse.
    let from = match text.split_once('/') {
        Some((first, _)) if is_domain(first) => first.len(),
        _ => 0,
    };
    let found = text[from..].char_indices().find(|(_, c)| c.is_uppercase());
    let (at, c) = found.unwrap_or((0, ' '));
    ReferenceError::at(ReferenceErrorKind::NameContainsUppercase, from + at, c.len_utf8())
}

/// As [`scan`], but upper case is a character like any other that can't stand in a name.
pub(crate) fn scan_exactly(text: &str) -> Result<Layout, ReferenceError> {
    let bytes = text.as_bytes();
    if bytes.is_empty() {
        return Err(ReferenceError::at(ReferenceErrorKind::NameEmpty, 0, 0));
    }
    let path = domain_end(text)?;
    let name_end = path_end(text, path)?;
    let mut at = name_end;
    if bytes.get(at) == Some(&b':') {
        let start = at + 1;
        at = tag_end(bytes, start);
        if at - start > 128 {
            return Err(ReferenceError::at(ReferenceErrorKind::TagTooLong, start, at - start));
        }
        if at == start || bytes.get(at).is_some_and(|byte| *byte != b'@') {
            return Err(tag_error(text, start, at));
        }
    }
    if at < bytes.len() {
        // The path and the tag stop at `@` or at the end.
        check_digest_form(&text[at + 1..]).map_err(|error| error.shifted(at + 1))?;
    }
    Ok(Layout { path, name_end, tag_end: at })
}

#[cold]
fn tag_error(text: &str, start: usize, at: usize) -> ReferenceError {
    match text[at..].chars().next() {
        None => ReferenceError::at(ReferenceErrorKind::TagEmpty, start - 1, 1),
        Some('@') if at == start => ReferenceError::at(ReferenceErrorKind::TagEmpty, start - 1, 1),
        Some(c) => ReferenceError::at(ReferenceErrorKind::TagForbidden(c), at, c.len_utf8()),
    }
}

/// Returns where the path begins: behind the domain and its slash, or at 0.
fn domain_end(text: &str) -> Result<usize, ReferenceError> {
    let bytes = text.as_bytes();
    if bytes[0] == b'[' {
        let port = address_end(bytes);
        let end = port.map(|at| at + port_len(&bytes[at..]));
        return match end {
            Some(end) if bytes.get(end) == Some(&b'/') => Ok(end + 1),
            _ => Err(domain_error(text)),
        };
    }
    let Some(first) = bytes.iter().position(|byte| is(*byte, ENDS_PART)) else { return Ok(0) };
    match bytes[first] {
        b'/' if is_domain_name(&bytes[..first]) => Ok(first + 1),
        b':' => {
            let end = first + port_len(&bytes[first..]);
            if bytes.get(end) != Some(&b'/') || end == first {
                return Ok(0);
            }
            if is_domain_name(&bytes[..first]) { Ok(end + 1) } else { Err(domain_error(text)) }
        }
        _ => Ok(0),
    }
}

#[cold]
fn domain_error(text: &str) -> ReferenceError {
    let end = text.find('/').unwrap_or(text.len());
    ReferenceError::at(ReferenceErrorKind::DomainInvalid, 0, end)
}

/// Returns where `[…]` at the beginning ends, behind the bracket.
fn address_end(bytes: &[u8]) -> Option<usize> {
    let inside = bytes[1..].iter().take_while(|it| it.is_ascii_hexdigit() || **it == b':').count();
    (inside > 0 && bytes.get(inside + 1) == Some(&b']')).then_some(inside + 2)
}

/// Returns the length of `":" 1*DIGIT` at the beginning, or 0.
fn port_len(bytes: &[u8]) -> usize {
    let [b':', digits @ ..] = bytes else { return 0 };
    match digits.iter().take_while(|byte| byte.is_ascii_digit()).count() {
        0 => 0,
        n => n + 1,
    }
}

fn is_optional_port(bytes: &[u8]) -> bool {
    port_len(bytes) == bytes.len()
}

fn is_domain_name(bytes: &[u8]) -> bool {
    let mut before = b'.';
    for &byte in bytes {
        let fits = match byte {
            b'-' => before != b'.',
            b'.' => before != b'.' && before != b'-',
            _ => is(byte, LOWER | UPPER),
        };
        if !fits {
            return false;
        }
        before = byte;
    }
    before != b'.' && before != b'-'
}

/// Returns where the path that begins at `start` ends: before `:` or `@`, or at the end of the text.
pub(crate) fn path_end(text: &str, start: usize) -> Result<usize, ReferenceError> {
    let bytes = text.as_bytes();
    let mut at = start;
    loop {
        let part = at;
        while at < bytes.len() && is(bytes[at], LOWER) {
            at += 1;
        }
        if at == part {
            return Err(path_error(text, start, at));
        }
        match bytes.get(at) {
            None | Some(b':' | b'@') => return Ok(at),
            Some(b'/' | b'.') => at += 1,
            Some(b'_') => at += 1 + usize::from(bytes.get(at + 1) == Some(&b'_')),
            Some(b'-') => {
                while bytes.get(at) == Some(&b'-') {
                    at += 1;
                }
            }
            Some(_) => return Err(path_error(text, start, at)),
        }
    }
}

/// Says what is wrong with a path, where a letter or digit was expected at `at`.
#[cold]
fn path_error(text: &str, start: usize, at: usize) -> ReferenceError {
    use ReferenceErrorKind as Kind;
    let found = text[at..].chars().next();
    let before = text[start..at].chars().next_back();
    let separator = |c| matches!(c, '.' | '_' | '-');
    match (before, found) {
        (None, None | Some(':' | '@' | '/')) if start == 0 => {
            ReferenceError::at(Kind::NameMissing, 0, usize::from(found.is_some()))
        }
        (None | Some('/'), None | Some(':' | '@' | '/')) => {
            ReferenceError::at(Kind::PathComponentEmpty, at.saturating_sub(1), 1)
        }
        (_, Some(c)) if separator(c) => ReferenceError::at(Kind::SeparatorMisplaced, at, 1),
        (Some(c), None | Some(':' | '@' | '/')) if separator(c) => {
            ReferenceError::at(Kind::SeparatorMisplaced, at - 1, 1)
        }
        (_, Some(c)) => ReferenceError::at(Kind::NameForbidden(c), at, c.len_utf8()),
        (_, None) => ReferenceError::at(Kind::PathComponentEmpty, at, 0),
    }
}

/// Checks a digest against `digest` of the grammar.
pub(crate) fn check_digest_form(text: &str) -> Result<(), ReferenceError> {
    let bytes = text.as_bytes();
    if let Some(hex) = bytes.strip_prefix(b"sha256:")
        && hex.len() == 64
        && is_lower_hex(hex)
    {
        return Ok(());
    }
    let malformed = || {
        ReferenceError::new(ReferenceErrorKind::DigestMalformed, Span::from_range(0..text.len()))
    };
    let (algorithm, hex) = text.split_once(':').ok_or_else(malformed)?;
    let parts_fit = algorithm.split(['+', '.', '-', '_']).all(|part| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    let hex_fits = hex.len() >= 32 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    if parts_fit && hex_fits { Ok(()) } else { Err(malformed()) }
}
