//! Floats as Go writes them.

/// Go's `strconv.FormatFloat(number, 'g', -1, 64)` with go-yaml's names for what is no number: the shortest digits that
/// read back, with an exponent below -4 and from 6 on.
pub(crate) fn format_float(number: f64) -> String {
    if number.is_nan() {
        return ".nan".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let scientific = format!("{number:e}");
    let (digits, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    if (-4..6).contains(&exponent) {
        return format!("{number}");
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}e{sign}{:02}", exponent.abs())
}

/// Go's `encoding/json` of a float: an exponent below 1e-6 and from 1e21 on, without a leading zero in it.
///
/// ```
/// use tidegate_yaml::json_float;
///
/// assert_eq!(json_float(1.0), "1");
/// assert_eq!(json_float(1e20), "100000000000000000000");
/// assert_eq!(json_float(1e21), "1e+21");
/// assert_eq!(json_float(1e-7), "1e-7");
/// ```
#[must_use]
pub fn json_float(number: f64) -> String {
    let size = number.abs();
    if size != 0.0 && !(1e-6..1e21).contains(&size) {
        let scientific = format!("{number:e}");
        return match scientific.split_once('e') {
            Some((digits, exponent)) if !exponent.starts_with('-') => {
                format!("{digits}e+{exponent}")
            }
            _ => scientific,
        };
    }
    format!("{number}")
}

#[cfg(test)]
mod tests {
    use super::format_float;

    #[test]
    fn floats_are_printed_as_go_prints_them() {
        assert_eq!(format_float(0.1), "0.1");
        assert_eq!(format_float(1_234_567.5), "1.2345675e+06");
        assert_eq!(format_float(1e-5), "1e-05");
        assert_eq!(format_float(f64::NEG_INFINITY), "-.inf");
    }
}
