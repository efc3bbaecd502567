//! How a string may be written: go-yaml v2's `stringv` and `yaml_emitter_analyze_scalar`.

use crate::chars::break_len;
use crate::resolve::is_yaml11_non_string;

/// How a string is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    Single,
    Double,
    Literal,
}

const BREAK: u8 = 1;
/// Needs the whole analysis: control characters and everything outside of ASCII.
const ODD: u8 = 2;
const SPACE: u8 = 4;
/// `:` or `#`, which count beside blanks.
const MARK: u8 = 8;
/// Begins no plain scalar, wherever it is followed by.
const FIRST: u8 = 16;
/// May begin something that YAML 1.1 takes for a number, a boolean, null or a date.
const HINT: u8 = 32;
/// `-`, `?`, `:` and `.`, which count at the beginning.
const DASH: u8 = 64;

static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        if byte < 0x20 || byte >= 0x7F {
            table[byte] = ODD;
        }
        byte += 1;
    }
    table[b'\n' as usize] = BREAK;
    table[b' ' as usize] = SPACE | FIRST;
    table[b':' as usize] = MARK | DASH;
    table[b'#' as usize] = MARK;
    let first = b"#,[]{}&*!|>'\"%@`";
    let mut at = 0;
    while at < first.len() {
        table[first[at] as usize] |= FIRST;
        at += 1;
    }
    let hint = b"+-0123456789yYnNtTfFoO~.";
    at = 0;
    while at < hint.len() {
        table[hint[at] as usize] |= HINT;
        at += 1;
    }
    table[b'-' as usize] |= DASH;
    table[b'.' as usize] |= DASH;
    table[b'?' as usize] |= DASH;
    table
};

/// The classes of the characters of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen(u8);

impl Seen {
    #[inline]
    pub(super) fn of(text: &str) -> Self {
        Self(text.bytes().fold(0, |acc, byte| acc | CLASS[byte as usize]))
    }

    /// Whether there are characters that a JSON text or the emitter treats in a special way.
    #[inline]
    pub(super) const fn odd(self) -> bool {
        self.0 & ODD != 0
    }

    /// Whether there may be a line break.
    #[inline]
    pub(super) const fn may_break(self) -> bool {
        self.0 & (ODD | BREAK) != 0
    }
}

/// Returns how a string is written. Keys are written without line breaks.
pub(super) fn form(text: &str, key: bool) -> Form {
    form_of(text, key, Seen::of(text))
}

/// As [`form`], for a text that was looked at.
#[inline]
pub(super) fn form_of(text: &str, key: bool, Seen(seen): Seen) -> Form {
    let bytes = text.as_bytes();
    let Some(first) = bytes.first() else { return Form::Double };
    if seen & ODD != 0 {
        return analysed(text, key);
    }
    if seen & BREAK != 0 {
        let block = !key && bytes.last() != Some(&b' ') && !text.contains(" \n");
        return if block { Form::Literal } else { Form::Double };
    }
    let class = CLASS[*first as usize];
    let plain = class & FIRST == 0
        && bytes.last() != Some(&b' ')
        && (class & DASH == 0 || !is_indicator_like(bytes))
        && (seen & MARK == 0 || !has_mark(bytes));
    if class & HINT != 0 && (is_yaml11_non_string(text) || is_base_60(bytes)) {
        Form::Double
    } else if plain {
        Form::Plain
    } else {
        Form::Single
    }
}

/// Returns whether every reader takes a text for a string, and the emitter writes it as it stands: visible ASCII characters
/// and blanks, without a mark inside and with the [ends](has_ends_of_word) of a word.
pub(crate) fn is_word(text: &str) -> bool {
    let Seen(seen) = Seen::of(text);
    let bytes = text.as_bytes();
    seen & (BREAK | ODD) == 0 && (seen & MARK == 0 || !has_mark(bytes)) && has_ends_of_word(bytes)
}

/// Returns whether a text of ASCII characters begins and ends like a word: with what is no indicator, no blank, and neither
/// a number nor one of the words that YAML 1.1 or 1.2 has another meaning for.
#[inline]
pub(crate) fn has_ends_of_word(bytes: &[u8]) -> bool {
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else { return false };
    match first {
        b'y' | b'Y' | b'n' | b'N' | b't' | b'T' | b'f' | b'F' | b'o' | b'O' => {
            if is_reserved(bytes) {
                return false;
            }
        }
        b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'/' | b'$' | b'(' | b')' | b';' | b'^' | b'\\' => {}
        _ => return false,
    }
    !matches!(last, b' ' | b':')
}

/// Returns whether YAML 1.1 or 1.2 reads something else than a string from a word that begins with a letter: what
/// [`is_yaml11_non_string`] says of those.
#[inline]
const fn is_reserved(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        [b'y' | b'Y' | b'n' | b'N']
            | [b'n' | b'N', b'o']
            | b"NO"
            | [b'o' | b'O', b'n']
            | b"ON"
            | [b'y' | b'Y', b'e', b's']
            | b"YES"
            | [b'o' | b'O', b'f', b'f']
            | b"OFF"
            | [b'n' | b'N', b'u', b'l', b'l']
            | b"NULL"
            | [b't' | b'T', b'r', b'u', b'e']
            | b"TRUE"
            | [b'f' | b'F', b'a', b'l', b's', b'e']
            | b"FALSE"
    )
}

/// `---`, `...`, or `-`, `?`, `:` with a blank or nothing behind it.
fn is_indicator_like(bytes: &[u8]) -> bool {
    bytes.starts_with(b"---")
        || bytes.starts_with(b"...")
        || bytes[0] != b'.' && matches!(bytes.get(1), None | Some(b' '))
}

/// `: `, `:` at the end, or ` #`.
fn has_mark(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().any(|(at, byte)| match byte {
        b':' => matches!(bytes.get(at + 1), None | Some(b' ')),
        b'#' => at == 0 || bytes[at - 1] == b' ',
        _ => false,
    })
}

/// `^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$`
fn is_base_60(bytes: &[u8]) -> bool {
    let rest = bytes.strip_prefix(b"-").or_else(|| bytes.strip_prefix(b"+")).unwrap_or(bytes);
    let mut groups = rest.split(|byte| *byte == b':');
    let head = groups.next().unwrap_or_default();
    let is_head = head.first().is_some_and(u8::is_ascii_digit)
        && head.iter().all(|byte| byte.is_ascii_digit() || *byte == b'_');
    if !is_head || rest.len() == head.len() {
        return false;
    }
    let sixtieth = |group: &[u8]| match group {
        [digit] => digit.is_ascii_digit(),
        [ten, digit] => (b'0'..=b'5').contains(ten) && digit.is_ascii_digit(),
        _ => false,
    };
    let mut groups = groups.peekable();
    while let Some(group) = groups.next() {
        if groups.peek().is_some() {
            if !sixtieth(group) {
                return false;
            }
            continue;
        }
        let mut parts = group.splitn(2, |byte| *byte == b'.');
        let whole = parts.next().unwrap_or_default();
        let fraction = parts.next().unwrap_or_default();
        return sixtieth(whole)
            && fraction.iter().all(|byte| byte.is_ascii_digit() || *byte == b'_');
    }
    false
}

/// Whether the text holds a line break of YAML 1.1 that the emitter sees: `\n`, `\r`, U+0085, U+2028, U+2029.
pub(super) fn is_multiline(text: &str) -> bool {
    let bytes = text.as_bytes();
    (0..bytes.len()).any(|at| break_len(bytes, at) > 0)
}

/// Characters that go-yaml writes as they are.
pub(super) fn is_printable(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{A0}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}')
        && c != '\u{FEFF}'
}

fn analysed(text: &str, key: bool) -> Form {
    let mut indicators = text.starts_with("---") || text.starts_with("...");
    let (mut breaks, mut special) = (false, false);
    let (mut outer_blank, mut trailing_space) = (false, false);
    let (mut break_space, mut space_break) = (false, false);
    let (mut after_space, mut after_break, mut after_blank) = (false, false, true);
    let mut chars = text.chars().peekable();
    let mut first = true;
    while let Some(c) = chars.next() {
        let last = chars.peek().is_none();
        let before_blank = matches!(chars.peek(), None | Some(' ' | '\t'));
        indicators |= match c {
            '#' => after_blank,
            ',' | '[' | ']' | '{' | '}' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@'
            | '`' => first,
            '?' | '-' => first && before_blank,
            ':' => before_blank,
            _ => false,
        };
        special |= !is_printable(c);
        let is_break = matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
        if c == ' ' {
            outer_blank |= first || last;
            trailing_space |= last;
            break_space |= after_break;
        } else if is_break {
            breaks = true;
            outer_blank |= first || last;
            space_break |= after_space;
        }
        (after_space, after_break) = (c == ' ', is_break);
        after_blank = is_break || matches!(c, ' ' | '\t');
        first = false;
    }
    let special = special || space_break;
    if text.contains('\n') {
        let block = !trailing_space && !special && !key;
        return if block { Form::Literal } else { Form::Double };
    }
    let hint = text.bytes().next().is_some_and(|byte| CLASS[byte as usize] & HINT != 0);
    if hint && (is_yaml11_non_string(text) || is_base_60(text.as_bytes())) || special {
        Form::Double
    } else if !(outer_blank || break_space || breaks || indicators) {
        Form::Plain
    } else if break_space {
        Form::Double
    } else {
        Form::Single
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_with_a_meaning_are_those_of_the_reader() {
        let letters = b"yesnoulftraYESNOULFTRA";
        let mut words: Vec<Vec<u8>> = vec![Vec::new()];
        let mut longer = words.clone();
        for _ in 0..4 {
            longer = longer
                .iter()
                .flat_map(|word| letters.iter().map(move |letter| [word, &[*letter][..]].concat()))
                .collect();
            words.extend(longer.iter().cloned());
        }
        let cases = 0..32_u8;
        words.extend(cases.map(|upper| {
            let turned = |(nth, letter): (usize, &u8)| {
                if upper >> nth & 1 == 1 { letter.to_ascii_uppercase() } else { *letter }
            };
            b"false".iter().enumerate().map(turned).collect()
        }));
        let mut n_reserved = 0;
        for word in words.iter().filter(|word| !word.is_empty()) {
            let text = std::str::from_utf8(word).expect("letters");
            assert_eq!(is_reserved(word), is_yaml11_non_string(text), "{text}");
            n_reserved += usize::from(is_reserved(word));
        }
        assert_eq!(
            n_reserved, 25,
            "16 old booleans, and three spellings of `null`, `true` and `false`"
        );
    }
}
