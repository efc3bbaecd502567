//! Bytes, eight at a time: the next one of some kind is found with a few operations on a 64-bit word.
//!
//! A *finder* takes a word of eight bytes, the first one lowest, and sets the highest bit of each byte that is searched,
//! and no other bit.

/// The lowest bit of each byte.
const ONES: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte.
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Finds bytes outside of ASCII.
#[inline]
pub(crate) const fn not_ascii(word: u64) -> u64 {
    word & HIGHS
}

/// Finds bytes below a limit of at most 0x80.
#[inline]
pub(crate) const fn below(word: u64, limit: u8) -> u64 {
    // No byte borrows from the next, which has its highest bit.
    !((word | HIGHS) - (ONES * limit as u64)) & !word & HIGHS
}

/// Finds a byte.
#[inline]
pub(crate) const fn equal(word: u64, byte: u8) -> u64 {
    !other_than(word, byte) & HIGHS
}

/// Finds all bytes but one.
#[inline]
const fn other_than(word: u64, byte: u8) -> u64 {
    // Of what differs, all but the highest bit carry into that.
    let differs = word ^ (ONES * byte as u64);
    (((differs & !HIGHS) + !HIGHS) | differs) & HIGHS
}

/// Returns the offset of the first byte that is found from `pos` on, the length of the text where there is none.
#[inline]
pub(crate) fn position(bytes: &[u8], mut pos: usize, finder: impl Fn(u64) -> u64) -> usize {
    while let Some(chunk) = bytes.get(pos..).and_then(<[u8]>::first_chunk::<8>) {
        let found = finder(u64::from_le_bytes(*chunk));
        if found != 0 {
            return pos + (found.trailing_zeros() / 8) as usize;
        }
        pos += 8;
    }
    while let Some(byte) = bytes.get(pos) {
        if finder(u64::from(*byte)) & 0x80 != 0 {
            return pos;
        }
        pos += 1;
    }
    bytes.len()
}

/// Returns the offset of the first byte from `pos` on that is no space.
#[inline]
pub(crate) fn behind_spaces(bytes: &[u8], pos: usize) -> usize {
    position(bytes, pos, |word| other_than(word, b' '))
}

/// Returns the offset of the first byte from `pos` on that may begin a line break: control characters, and what begins
/// U+0085, U+2028 and U+2029.
#[inline]
pub(crate) fn may_break(bytes: &[u8], pos: usize) -> usize {
    position(bytes, pos, |word| below(word, b' ') | equal(word, 0xC2) | equal(word, 0xE2))
}

/// Divides a text behind each `\n`.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let found = position(rest.as_bytes(), 0, |word| equal(word, b'\n'));
        let (line, behind) = rest.split_at_checked((found + 1).min(rest.len()))?;
        rest = behind;
        (!line.is_empty()).then_some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts in which each byte stands at each of twenty places, between two others.
    fn each_byte_everywhere(check: impl Fn(&[u8])) {
        for byte in 0..=u8::MAX {
            for around in [b' ', b'a', b'~', 0x80, byte.wrapping_add(1), byte ^ 0x80] {
                for at in 0..20 {
                    let mut text = [around; 20];
                    text[at] = byte;
                    check(&text);
                }
            }
        }
    }

    #[test]
    fn the_first_byte_of_a_kind_is_found() {
        type Kind = fn(u8) -> bool;
        type Finder = fn(u64) -> u64;
        let kinds: [(Kind, Finder); 4] = [
            (|it| it >= 0x80, not_ascii),
            (|it| it < b'!', |it| below(it, b'!')),
            (|it| it == b':' || it == 0xC2, |it| equal(it, b':') | equal(it, 0xC2)),
            (|it| it != b' ', |it| other_than(it, b' ')),
        ];
        each_byte_everywhere(|text| {
            for (nth, (kind, finder)) in kinds.iter().enumerate() {
                for from in [0, 3, 20, 21] {
                    let expected = (from..text.len()).find(|at| kind(text[*at]));
                    let expected = expected.unwrap_or(text.len());
                    assert_eq!(position(text, from, finder), expected, "{nth} {from} {text:x?}");
                }
            }
        });
    }

    #[test]
    fn a_text_is_divided_behind_each_line_break() {
        for text in
            ["", "\n", "a", "a\nb", "\n\nlonger than a word\n\n", "no break but long enough"]
        {
            let expected: Vec<&str> = text.split_inclusive('\n').collect();
            assert_eq!(lines(text).collect::<Vec<_>>(), expected, "{text:?}");
        }
    }
}
