//! Bytes, sixteen at a time: the next one of some kind is found with a few operations on all of them.

use std::ops::BitOr;

use wide::u8x16;

/// How many bytes are looked at together.
const WIDTH: usize = 16;

/// Sixteen bytes.
#[derive(Clone, Copy)]
pub(crate) struct Lanes(u8x16);

/// Which of the bytes were found: those whose highest bit is set.
#[derive(Clone, Copy)]
pub(crate) struct Found(u8x16);

impl Lanes {
    #[inline]
    fn of(bytes: &[u8; WIDTH]) -> Self {
        Self(u8x16::new(*bytes))
    }

    /// Finds a byte.
    #[inline]
    pub(crate) fn equal(self, byte: u8) -> Found {
        Found(self.0.simd_eq(u8x16::splat(byte)))
    }

    /// Finds bytes below a limit above 0.
    #[inline]
    pub(crate) fn below(self, limit: u8) -> Found {
        Found(self.0.min(u8x16::splat(limit - 1)).simd_eq(self.0))
    }

    /// Finds bytes outside of ASCII.
    #[inline]
    pub(crate) const fn not_ascii(self) -> Found {
        Found(self.0)
    }
}

impl BitOr for Found {
    type Output = Self;

    #[inline]
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl Found {
    /// Returns the place of the first byte that was found.
    #[inline]
    pub(crate) fn first(self) -> Option<usize> {
        let bits = self.0.to_bitmask();
        (bits != 0).then(|| bits.trailing_zeros() as usize)
    }

    /// Returns the place of the first byte that was not found.
    #[inline]
    pub(crate) fn first_other(self) -> Option<usize> {
        let bits = self.0.to_bitmask() ^ 0xFFFF;
        (bits != 0).then(|| bits.trailing_zeros() as usize)
    }
}

/// Returns the offset of the first byte that is found from `pos` on, the length of the text where there is none.
#[inline]
pub(crate) fn position(
    bytes: &[u8],
    mut pos: usize,
    finder: impl Fn(Lanes) -> Option<usize>,
) -> usize {
    while let Some(chunk) = bytes.get(pos..).and_then(<[u8]>::first_chunk) {
        if let Some(found) = finder(Lanes::of(chunk)) {
            return pos + found;
        }
        pos += WIDTH;
    }
    let found = finder(Lanes::of(&last_bytes(bytes, pos))).unwrap_or(WIDTH);
    bytes.len().min(pos + found)
}

/// Returns the bytes from an offset on that are fewer than all lanes, filled up.
#[inline(never)]
fn last_bytes(bytes: &[u8], pos: usize) -> [u8; WIDTH] {
    let mut last = [0; WIDTH];
    for (place, byte) in last.iter_mut().zip(bytes.get(pos..).unwrap_or_default()) {
        *place = *byte;
    }
    last
}

/// Returns the offset of the first byte from `pos` on that is no space.
#[inline]
pub(crate) fn behind_spaces(bytes: &[u8], pos: usize) -> usize {
    position(bytes, pos, |lanes| lanes.equal(b' ').first_other())
}

/// Returns the offset of the first byte from `pos` on that may begin a line break: control characters, and what begins
/// U+0085, U+2028 and U+2029.
#[inline]
pub(crate) fn may_break(bytes: &[u8], pos: usize) -> usize {
    position(bytes, pos, |lanes| {
        (lanes.below(b' ') | lanes.equal(0xC2) | lanes.equal(0xE2)).first()
    })
}

/// Divides a text behind each `\n`.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let found = position(rest.as_bytes(), 0, |lanes| lanes.equal(b'\n').first());
        let (line, behind) = rest.split_at_checked((found + 1).min(rest.len()))?;
        rest = behind;
        (!line.is_empty()).then_some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Texts in which each byte stands at each of forty places, between two others.
    fn each_byte_everywhere(check: impl Fn(&[u8])) {
        for byte in 0..=u8::MAX {
            for around in [b' ', b'a', b'~', 0x80, byte.wrapping_add(1), byte ^ 0x80] {
                for at in 0..40 {
                    let mut text = [around; 40];
                    text[at] = byte;
                    check(&text);
                }
            }
        }
    }

    #[test]
    fn the_first_byte_of_a_kind_is_found() {
        type Kind = fn(u8) -> bool;
        type Finder = fn(Lanes) -> Option<usize>;
        let kinds: [(Kind, Finder); 4] = [
            (|it| !(b'!'..0x80).contains(&it), |it| (it.below(b'!') | it.not_ascii()).first()),
            (|it| it < b'!', |it| it.below(b'!').first()),
            (|it| it == b':' || it == 0xC2, |it| (it.equal(b':') | it.equal(0xC2)).first()),
            (|it| it != b' ', |it| it.equal(b' ').first_other()),
        ];
        each_byte_everywhere(|text| {
            for (nth, (kind, finder)) in kinds.iter().enumerate() {
                for from in [0, 3, 24, 39, 40, 41] {
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
