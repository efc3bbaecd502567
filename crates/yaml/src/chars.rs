//! Classes of bytes and line breaks, as go-yaml's `yamlprivateh.go` draws them.

const BLANK: u8 = 1;
const BREAK: u8 = 2;
const WORD: u8 = 4;
const FLOW: u8 = 8;
/// First byte of U+0085, U+2028 and U+2029, which break lines too.
const LEAD: u8 = 16;
const COLON: u8 = 32;
const URI: u8 = 64;

static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    table[b' ' as usize] = BLANK;
    table[b'\t' as usize] = BLANK;
    table[b'\n' as usize] = BREAK;
    table[b'\r' as usize] = BREAK;
    table[0xC2] = LEAD;
    table[0xE2] = LEAD;
    let mut byte: u8 = 0;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' {
            table[byte as usize] = WORD | URI;
        }
        byte += 1;
    }
    let flow = b",?[]{}";
    let mut at = 0;
    while at < flow.len() {
        table[flow[at] as usize] = FLOW;
        at += 1;
    }
    table[b':' as usize] = COLON;
    let uri = b";/?:@&=+$,.!~*'()[]%";
    at = 0;
    while at < uri.len() {
        table[uri[at] as usize] |= URI;
        at += 1;
    }
    table
};

#[inline]
pub(crate) fn class(byte: u8) -> u8 {
    CLASS[byte as usize]
}

/// Returns whether the byte goes on with a plain scalar, whatever stands around it.
#[inline]
pub(crate) fn is_plain_inner(byte: u8, flow: bool) -> bool {
    let stop = BLANK | BREAK | LEAD | COLON | if flow { FLOW } else { 0 };
    class(byte) & stop == 0 && byte != 0
}

#[inline]
pub(crate) fn is_blank(byte: u8) -> bool {
    class(byte) & BLANK != 0
}

/// Letters, digits, `_` and `-`: what names of anchors and handles are made of.
#[inline]
pub(crate) fn is_word(byte: u8) -> bool {
    class(byte) & WORD != 0
}

#[inline]
pub(crate) fn is_uri(byte: u8) -> bool {
    class(byte) & URI != 0
}

/// Returns the byte at an offset, 0 behind the end; no text holds a 0 of its own.
#[inline]
pub(crate) fn at(bytes: &[u8], offset: usize) -> u8 {
    bytes.get(offset).copied().unwrap_or(0)
}

/// Returns the length of the line break at an offset, 0 where there is none.
#[inline]
pub(crate) fn break_len(bytes: &[u8], offset: usize) -> usize {
    match at(bytes, offset) {
        b'\n' => 1,
        b'\r' => 1 + usize::from(at(bytes, offset + 1) == b'\n'),
        0xC2 if at(bytes, offset + 1) == 0x85 => 2,
        0xE2 if at(bytes, offset + 1) == 0x80 && matches!(at(bytes, offset + 2), 0xA8 | 0xA9) => 3,
        _ => 0,
    }
}

#[inline]
pub(crate) fn is_break(bytes: &[u8], offset: usize) -> bool {
    let class = class(at(bytes, offset));
    class & BREAK != 0 || class & LEAD != 0 && break_len(bytes, offset) > 0
}

/// A line break or the end of the text.
#[inline]
pub(crate) fn is_breakz(bytes: &[u8], offset: usize) -> bool {
    offset >= bytes.len() || is_break(bytes, offset)
}

/// A blank, a line break or the end of the text.
#[inline]
pub(crate) fn is_blankz(bytes: &[u8], offset: usize) -> bool {
    is_blank(at(bytes, offset)) || is_breakz(bytes, offset)
}

/// `---` or `...` with a blank, a line break or the end behind it.
#[inline]
pub(crate) fn is_document_mark(bytes: &[u8], offset: usize) -> bool {
    let first = at(bytes, offset);
    (first == b'-' || first == b'.')
        && at(bytes, offset + 1) == first
        && at(bytes, offset + 2) == first
        && is_blankz(bytes, offset + 3)
}

/// Returns whether some byte is a control character that YAML does not allow, or begins a character that may be one.
fn is_suspicious(bytes: &[u8]) -> bool {
    const LANES: usize = 64;
    let (chunks, rest) = bytes.as_chunks::<LANES>();
    // A last chunk that is filled up is quicker than its bytes one by one.
    let mut last = [b' '; LANES];
    last[..rest.len()].copy_from_slice(rest);
    chunks.iter().any(holds_odd) || holds_odd(&last)
}

/// Kept free of branches and of a length, so that it is done for many bytes at once.
#[inline(never)]
#[expect(clippy::needless_bitwise_bool, reason = "branches would keep it from being vectorised")]
fn holds_odd(bytes: &[u8; 64]) -> bool {
    bytes.iter().fold(false, |found, byte| {
        let byte = *byte;
        let control = (byte < 0x20) & (byte != b'\n') & (byte != b'\r') & (byte != b'\t');
        found | control | (byte == 0x7F) | (byte == 0xC2) | (byte == 0xEF)
    })
}

/// Returns the offsets of characters that YAML does not allow at all.
///
/// c-printable without U+FFFE and U+FFFF: `#x9 | #xA | #xD | [#x20-#x7E] | #x85 | [#xA0-#xD7FF] | [#xE000-#xFFFD] |
/// [#x10000-#x10FFFF]`
pub(crate) fn forbidden(text: &str) -> impl Iterator<Item = (usize, char)> {
    const STEP: usize = 256;
    let bytes = text.as_bytes();
    bytes.chunks(STEP).enumerate().filter(|(_, chunk)| is_suspicious(chunk)).flat_map(
        move |(nth, chunk)| {
            (0..chunk.len()).filter_map(move |offset| {
                let offset = nth * STEP + offset;
                let c = match bytes[offset] {
                    byte @ (0..0x20 | 0x7F) if !matches!(byte, b'\t' | b'\n' | b'\r') => {
                        char::from(byte)
                    }
                    0xC2 | 0xEF => text.get(offset..)?.chars().next()?,
                    _ => return None,
                };
                let allowed = matches!(c, '\u{85}' | '\u{A0}'..='\u{FFFD}' | '\u{10000}'..);
                (!allowed).then_some((offset, c))
            })
        },
    )
}
