/// Reads a number as Go's `ParseFloat` does, but for hexadecimal ones.
///
/// ```text
/// float = [ sign ] ( "inf" / "infinity" / decimal ) / "nan"     ; in any case
/// decimal = digits and one optional dot, [ "e" [ sign ] digits ]; "_" between two digits
/// ```
///
/// A number too large for 64 bits is none.
pub(crate) fn go_float(text: &str) -> Option<f64> {
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|it| bytes.get(it)).is_some_and(u8::is_ascii_digit);
    let separators_fit = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'_')
        .all(|(at, _)| digit(at.checked_sub(1)) && digit(Some(at + 1)));
    if !separators_fit {
        return None;
    }
    let plain = text.replace('_', "");
    let unsigned = plain.trim_start_matches(['+', '-']);
    if unsigned.eq_ignore_ascii_case("nan") && unsigned.len() < plain.len() {
        return None;
    }
    let value: f64 = plain.parse().ok()?;
    let named = unsigned.starts_with(['i', 'I']);
    (value.is_finite() || value.is_nan() || named).then_some(value)
}
