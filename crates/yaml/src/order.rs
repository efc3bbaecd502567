use std::cmp::Ordering;

/// Compares two keys in the order in which go-yaml prints a mapping: letters behind everything else, and digits by
/// the number that they form.
///
/// The rule of go-yaml v2's `sorter.go`. It is no total order for every set of keys; what a sort makes of those
/// depends on the sort, and Go's and this crate's callers may differ there.
///
/// ```
/// use tidegate_yaml::natural_order;
///
/// let mut keys = ["a10", "b", "a2", "A", "a-1", "_"];
/// keys.sort_by(|a, b| natural_order(a, b));
/// assert_eq!(keys, ["_", "A", "a-1", "a2", "a10", "b"]);
/// ```
#[must_use]
pub fn natural_order(a: &str, b: &str) -> Ordering {
    // Most keys differ in their first letter.
    if let (Some(x), Some(y)) = (a.bytes().next(), b.bytes().next())
        && x != y
        && x.is_ascii_alphabetic()
        && y.is_ascii_alphabetic()
    {
        return x.cmp(&y);
    }
    let mut start = common_prefix(a.as_bytes(), b.as_bytes());
    if let (Some(x), Some(y)) = (a.as_bytes().get(start), b.as_bytes().get(start))
        && x.is_ascii_alphabetic()
        && y.is_ascii_alphabetic()
    {
        return x.cmp(y);
    }
    while !a.is_char_boundary(start) || !b.is_char_boundary(start) {
        start -= 1;
    }
    let (rest_a, rest_b) = (&a[start..], &b[start..]);
    let (Some(x), Some(y)) = (rest_a.chars().next(), rest_b.chars().next()) else {
        return rest_a.len().cmp(&rest_b.len());
    };
    match (is_letter(x), is_letter(y)) {
        (true, true) => return x.cmp(&y),
        (true, false) => return Ordering::Greater,
        (false, true) => return Ordering::Less,
        (false, false) => {}
    }
    // A zero inside a number counts: `10` and `1` differ by more than a leading zero would.
    let inside = (x == '0' || y == '0')
        && a[..start].chars().rev().take_while(|c| is_digit(*c)).any(|c| c != '0');
    let (number_a, digits_a) = number(rest_a, inside);
    let (number_b, digits_b) = number(rest_b, inside);
    number_a.cmp(&number_b).then(digits_a.cmp(&digits_b)).then(x.cmp(&y))
}

/// Returns how many bytes two texts have in common at their beginning.
fn common_prefix(a: &[u8], b: &[u8]) -> usize {
    let ((chunks_a, _), (chunks_b, _)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut common = 0;
    for (x, y) in chunks_a.iter().zip(chunks_b) {
        let differs = u64::from_le_bytes(*x) ^ u64::from_le_bytes(*y);
        if differs != 0 {
            return common + (differs.trailing_zeros() / 8) as usize;
        }
        common += 8;
    }
    let (rest_a, rest_b) =
        (a.get(common..).unwrap_or_default(), b.get(common..).unwrap_or_default());
    common + rest_a.iter().zip(rest_b).take_while(|(x, y)| x == y).count()
}

fn number(text: &str, inside: bool) -> (i64, usize) {
    let mut number = i64::from(inside);
    let mut digits = 0;
    for c in text.chars().take_while(|c| is_digit(*c)) {
        let digit = i64::from(u32::from(c)) - i64::from(u32::from('0'));
        number = number.wrapping_mul(10).wrapping_add(digit);
        digits += 1;
    }
    (number, digits)
}

/// Go's `unicode.IsLetter`: the categories L*. Rust's alphabetic characters hold a few marks and letter numbers
/// besides.
fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphabetic() } else { c.is_alphabetic() && !c.is_numeric() }
}

/// Go's `unicode.IsDigit`: the category Nd.
fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
        || !c.is_ascii() && c.is_numeric() && !c.is_alphabetic() && is_decimal_block(c)
}

/// Decimal digits come in runs of ten characters. Outside of ASCII no Kubernetes key holds any; the runs listed are
/// the ones of the Basic Multilingual Plane.
fn is_decimal_block(c: char) -> bool {
    const ZEROS: [u32; 36] = [
        0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
        0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
        0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0,
        0xFF10,
    ];
    ZEROS.iter().any(|zero| (*zero..zero + 10).contains(&u32::from(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_texts_have_in_common_is_counted_wherever_it_ends() {
        let text = "app.kubernetes.io/part-of/and-on";
        for common in 0..text.len() {
            for longer in [0, 1, 9] {
                let (a, b) =
                    (&text[..common], format!("{}{}", &text[..common], "#".repeat(longer)));
                assert_eq!(common_prefix(a.as_bytes(), b.as_bytes()), common);
                let a = format!("{a}!{text}");
                assert_eq!(common_prefix(a.as_bytes(), b.as_bytes()), common);
            }
        }
    }
}
