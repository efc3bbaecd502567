//! What a scalar means: go-yaml's `resolve.go`.

use std::borrow::Cow;

use crate::timestamp::Timestamp;

/// What a scalar means.
///
/// ```
/// use tidegate_yaml::{Scalar, Stream};
///
/// let stream = Stream::parse("[yes, 0o10, 1e3, 2001-01-01, ~, !!binary aGk=]")?;
/// let items: Result<Vec<_>, _> = stream.root().into_iter().flat_map(|it| it.items()).map(|it| it.resolve()).collect();
/// let items: Vec<_> = items?.into_iter().flatten().collect();
/// assert_eq!(items[..3], [Scalar::String("yes".into()), Scalar::Int(8), Scalar::Float(1000.0)]);
/// assert_eq!(items[3].tag(), "!!timestamp");
/// assert_eq!(items[4..], [Scalar::Null, Scalar::Binary(b"hi".into())]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar<'s> {
    /// `null`, `~`, or nothing at all.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number that fits 64 bits.
    Int(i64),
    /// A whole number above the largest signed 64-bit number.
    Unsigned(u64),
    /// Any other number; infinite and not-a-number too.
    Float(f64),
    /// A date, with or without a time of day.
    Timestamp(Timestamp),
    /// The bytes of base64 text with the tag `!!binary`. Kustomize prints them as text.
    Binary(Vec<u8>),
    /// The merge key `<<`.
    Merge,
    /// A string.
    String(Cow<'s, str>),
}

impl Scalar<'_> {
    /// Returns the tag that go-yaml gives it, in its short form: `!!int` for `tag:yaml.org,2002:int`.
    #[must_use]
    pub const fn tag(&self) -> &'static str {
        match self {
            Self::Null => "!!null",
            Self::Bool(_) => "!!bool",
            Self::Int(_) | Self::Unsigned(_) => "!!int",
            Self::Float(_) => "!!float",
            Self::Timestamp(_) => "!!timestamp",
            Self::Binary(_) => "!!binary",
            Self::Merge => "!!merge",
            Self::String(_) => "!!str",
        }
    }
}

/// The booleans of YAML 1.1 that go-yaml v3 reads as strings and v2 as booleans.
const OLD_BOOLEANS: [(&str, bool); 16] = [
    ("y", true),
    ("Y", true),
    ("yes", true),
    ("Yes", true),
    ("YES", true),
    ("on", true),
    ("On", true),
    ("ON", true),
    ("n", false),
    ("N", false),
    ("no", false),
    ("No", false),
    ("NO", false),
    ("off", false),
    ("Off", false),
    ("OFF", false),
];

/// Which go-yaml reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Version {
    /// Of YAML 1.1: `yes` is true.
    V2,
    /// `yes` is a string.
    V3,
}

/// Reads a scalar as go-yaml v3 does, with the tag it was given.
pub(crate) fn resolve<'s>(
    text: Cow<'s, str>,
    plain: bool,
    tag: Option<&str>,
) -> Result<Scalar<'s>, String> {
    match tag {
        None | Some("!") if plain && text == "<<" => Ok(Scalar::Merge),
        None | Some("!") if plain => Ok(untagged(text, Version::V3, true)),
        Some("!!merge") => Ok(Scalar::Merge),
        Some("!!binary") => match base64(&text) {
            Some(bytes) => Ok(Scalar::Binary(bytes)),
            None => Err("!!binary value contains invalid base64 data".to_owned()),
        },
        Some(tag @ ("!!bool" | "!!int" | "!!float" | "!!null" | "!!timestamp")) => {
            let found = untagged(text.clone(), Version::V3, tag == "!!timestamp");
            match (tag, found) {
                #[expect(clippy::cast_precision_loss, reason = "as go-yaml's float64(v)")]
                ("!!float", Scalar::Int(number)) => Ok(Scalar::Float(number as f64)),
                (tag, found) if found.tag() == tag => Ok(found),
                (tag, found) => Err(format!("cannot decode {} `{text}` as a {tag}", found.tag())),
            }
        }
        _ => Ok(Scalar::String(text)),
    }
}

/// Returns whether go-yaml v2, the reader of YAML 1.1, takes a plain scalar of this text for something else than a
/// string.
///
/// This is what decides whether a string is printed in quotes, and what kyaml calls `IsYaml1_1NonString`.
///
/// ```
/// use tidegate_yaml::is_yaml11_non_string;
///
/// for text in ["yes", "0x1F", "0o7", "08", "1_000", "2001-01-01", ".inf", "", "~"] {
///     assert!(is_yaml11_non_string(text), "{text}");
/// }
/// for text in ["12:30", "1.2.3", "nope", "0x"] {
///     assert!(!is_yaml11_non_string(text), "{text}");
/// }
/// ```
#[must_use]
pub fn is_yaml11_non_string(text: &str) -> bool {
    !matches!(untagged(Cow::Borrowed(text), Version::V2, true), Scalar::String(_))
}

/// Reads a plain scalar as go-yaml v2 (2.4.2, `resolve.go`), the reader of YAML 1.1, does: `yes`, `on`, `y` and their
/// opposites are booleans (yaml.org/type/bool).
///
/// ```
/// use tidegate_yaml::{Scalar, resolve_yaml11};
///
/// assert_eq!(resolve_yaml11("yes"), Scalar::Bool(true));
/// assert_eq!(resolve_yaml11("0x1F"), Scalar::Int(31));
/// assert_eq!(resolve_yaml11("18446744073709551615"), Scalar::Unsigned(u64::MAX));
/// assert_eq!(resolve_yaml11("1.2.3"), Scalar::String("1.2.3".into()));
/// ```
#[must_use]
pub fn resolve_yaml11(text: &str) -> Scalar<'_> {
    untagged(Cow::Borrowed(text), Version::V2, true)
}

fn untagged(text: Cow<'_, str>, version: Version, dates: bool) -> Scalar<'_> {
    let Some(first) = text.bytes().next() else { return Scalar::Null };
    if let Some(number) = small_number(text.as_bytes()) {
        return Scalar::Int(number);
    }
    let found = match first {
        b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'y' | b'Y' | b'o' | b'O' => {
            word(&text, version)
        }
        b'.' => special_float(&text).or_else(|| float(&text)).map(Scalar::Float),
        b'0'..=b'9' | b'+' | b'-' => special_float(&text)
            .map(Scalar::Float)
            .or_else(|| if dates { Timestamp::parse(&text).map(Scalar::Timestamp) } else { None })
            .or_else(|| number(&text, version)),
        _ => None,
    };
    found.unwrap_or(Scalar::String(text))
}

/// Reads digits alone that fit any number and begin with no zero: what most numbers of a manifest are.
fn small_number(digits: &[u8]) -> Option<i64> {
    if digits.len() > 18 || digits.len() > 1 && digits.first() == Some(&b'0') {
        return None;
    }
    digits.iter().try_fold(0, |number: i64, digit| {
        digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0'))
    })
}

fn word(text: &str, version: Version) -> Option<Scalar<'static>> {
    match text {
        "~" | "null" | "Null" | "NULL" => Some(Scalar::Null),
        "true" | "True" | "TRUE" => Some(Scalar::Bool(true)),
        "false" | "False" | "FALSE" => Some(Scalar::Bool(false)),
        _ if version == Version::V2 && text.len() <= 3 => OLD_BOOLEANS
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, value)| Scalar::Bool(*value)),
        _ => None,
    }
}

fn special_float(text: &str) -> Option<f64> {
    match text {
        ".nan" | ".NaN" | ".NAN" => Some(f64::NAN),
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some(f64::INFINITY),
        "-.inf" | "-.Inf" | "-.INF" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

fn number(text: &str, version: Version) -> Option<Scalar<'static>> {
    let plain: Cow<'_, str> =
        if text.contains('_') { text.replace('_', "").into() } else { text.into() };
    if let Some(found) = integer(&plain, 0) {
        return Some(found);
    }
    if let Some(float) = float(&plain) {
        return Some(Scalar::Float(float));
    }
    let bases: &[(&str, u32)] =
        if version == Version::V3 { &[("0b", 2), ("0o", 8)] } else { &[("0b", 2)] };
    for (prefix, base) in bases {
        if let Some(digits) = plain.strip_prefix(prefix) {
            return integer(digits, *base);
        }
        if let Some(digits) = plain.strip_prefix('-').and_then(|it| it.strip_prefix(prefix)) {
            return integer(&format!("-{digits}"), *base).filter(|it| matches!(it, Scalar::Int(_)));
        }
    }
    None
}

/// Go's `strconv.ParseInt(text, base, 64)`, then `ParseUint`; base 0 reads `0x`, `0o`, `0b` and a leading `0`.
fn integer(text: &str, base: u32) -> Option<Scalar<'static>> {
    let (negative, signed, digits) = match text.as_bytes().first()? {
        b'-' => (true, true, &text[1..]),
        b'+' => (false, true, &text[1..]),
        _ => (false, false, text),
    };
    let (base, digits) = if base == 0 { base_of(digits) } else { (base, digits) };
    if digits.is_empty() || !digits.bytes().all(|it| char::from(it).is_digit(base)) {
        return None;
    }
    let magnitude = u64::from_str_radix(digits, base).ok()?;
    if negative {
        return 0i64.checked_sub_unsigned(magnitude).map(Scalar::Int);
    }
    match i64::try_from(magnitude) {
        Ok(number) => Some(Scalar::Int(number)),
        Err(_) if signed => None,
        Err(_) => Some(Scalar::Unsigned(magnitude)),
    }
}

fn base_of(digits: &str) -> (u32, &str) {
    let bytes = digits.as_bytes();
    if bytes.len() < 2 || bytes[0] != b'0' {
        return (10, digits);
    }
    match bytes[1] {
        b'x' | b'X' if bytes.len() > 2 => (16, &digits[2..]),
        b'o' | b'O' if bytes.len() > 2 => (8, &digits[2..]),
        b'b' | b'B' if bytes.len() > 2 => (2, &digits[2..]),
        _ => (8, &digits[1..]),
    }
}

/// `^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`
fn is_yaml_float(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    let whole = digits(rest);
    let mut rest = &rest[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let n = digits(fraction);
        if whole == 0 && n == 0 {
            return false;
        }
        rest = &fraction[n..];
    } else if whole == 0 {
        return false;
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        let n = digits(exponent);
        return n > 0 && n == exponent.len();
    }
    rest.is_empty()
}

/// Go's `strconv.ParseFloat(text, 64)` on what starts with a sign, a digit or a point: an error when it is out of
/// range. Text behind a point may hold anything Go reads: `.5e3`, and underscores never.
fn float(text: &str) -> Option<f64> {
    if !is_yaml_float(text) {
        return None;
    }
    text.parse().ok().filter(|it: &f64| it.is_finite())
}

/// Standard base64 with its padding; line breaks are skipped, as Go's decoder does.
fn base64(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text.bytes().filter(|it| !matches!(it, b'\r' | b'\n')).collect();
    if !digits.len().is_multiple_of(4) {
        return None;
    }
    let body = digits.strip_suffix(b"==").or_else(|| digits.strip_suffix(b"=")).unwrap_or(&digits);
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3 + 2);
    for group in body.chunks(4) {
        let mut bits = 0;
        for digit in group {
            let value = match digit {
                b'A'..=b'Z' => digit - b'A',
                b'a'..=b'z' => digit - b'a' + 26,
                b'0'..=b'9' => digit - b'0' + 52,
                b'+' => 62,
                b'/' => 63,
                _ => return None,
            };
            bits = bits << 6 | u32::from(value);
        }
        bits <<= 6 * (4 - group.len());
        bytes.extend(bits.to_be_bytes().get(1..group.len())?);
    }
    Some(bytes)
}
