use std::fmt;

use super::amount::{Amount, NANOS, Natural};
use super::{Format, Quantity};

impl Quantity {
    /// Returns the number in plain decimal digits, exactly and without trailing zeros.
    ///
    /// ```
    /// use tidegate_workload::Quantity;
    ///
    /// assert_eq!("-1500m".parse::<Quantity>()?.to_decimal(), "-1.5");
    /// assert_eq!("1Ki".parse::<Quantity>()?.to_decimal(), "1024");
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    #[must_use]
    pub fn to_decimal(&self) -> String {
        let size = self.amount.size();
        let zeros = size.trailing_zeros().min(9);
        let digits = size.divided_by_ten_to(zeros).0.to_digits();
        let decimals = if size.is_zero() { 0 } else { 9 - zeros as usize };
        let padded = format!("{digits:0>width$}", width = decimals + 1);
        let (whole, fraction) = padded.split_at(padded.len() - decimals);
        let sign = if self.amount.is_negative() { "-" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{fraction}")
    }
}

/// The canonical form: a whole number with the largest suffix that leaves it whole.
///
/// A binary amount that is not whole, or lies between -1024 and 1024, is written in decimal form. Above the largest
/// decimal suffix an exponent is written instead.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_zero() {
            return f.write_str("0");
        }
        if let Amount::Small(nanos) = self.amount {
            let size = nanos.unsigned_abs();
            if let Ok(size) = u64::try_from(size) {
                let whole = size.is_multiple_of(WHOLE);
                let (number, exponent) = if whole { (size / WHOLE, 0) } else { (size, -9) };
                return usual(f, nanos < 0, number, exponent, self.format);
            }
            let whole = size / u128::from(WHOLE);
            if let Ok(number) = u64::try_from(whole)
                && whole * u128::from(WHOLE) == size
            {
                return usual(f, nanos < 0, number, 0, self.format);
            }
        }
        let sign = if self.amount.is_negative() { "-" } else { "" };
        let size = self.amount.size();
        if self.format == Format::BinarySI
            && let Some((number, suffix)) = binary(&self.amount)
        {
            return write!(f, "{sign}{number}{suffix}");
        }
        let zeros = i32::try_from(size.trailing_zeros()).unwrap_or(i32::MAX);
        let exponent = (zeros - 9).div_euclid(3) * 3;
        let digits = size.divided_by_ten_to((exponent + 9).unsigned_abs()).0.to_digits();
        match decimal_suffix(exponent) {
            Some(suffix) if self.format != Format::DecimalExponent => {
                write!(f, "{sign}{digits}{suffix}")
            }
            _ if exponent == 0 => write!(f, "{sign}{digits}"),
            _ => write!(f, "{sign}{digits}e{exponent}"),
        }
    }
}

/// Thousand-millionths in a whole one.
const WHOLE: u64 = 1_000_000_000;

/// Prints what 64 bits hold, `number` times ten to the power of `exponent`: the same rule on a machine word, into a
/// buffer of its own. The exponent is 0 or, for a number that is not whole, -9.
fn usual(
    f: &mut fmt::Formatter<'_>,
    negative: bool,
    mut number: u64,
    mut exponent: i32,
    format: Format,
) -> fmt::Result {
    let mut suffix = "";
    if format == Format::BinarySI && exponent == 0 && number >= 1024 {
        for larger in ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"] {
            if !number.is_multiple_of(1024) {
                break;
            }
            (number, suffix) = (number / 1024, larger);
        }
    } else {
        while number.is_multiple_of(1000) {
            (number, exponent) = (number / 1000, exponent + 3);
        }
        if format == Format::DecimalExponent && exponent != 0 {
            let sign = if negative { "-" } else { "" };
            return write!(f, "{sign}{number}e{exponent}");
        }
        suffix = decimal_suffix(exponent).unwrap_or("");
    }
    // A sign, twenty digits and a suffix of two bytes.
    let mut buffer = [0_u8; 24];
    let mut at = buffer.len() - suffix.len();
    buffer[at..].copy_from_slice(suffix.as_bytes());
    loop {
        at -= 1;
        buffer[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    if negative {
        at -= 1;
        buffer[at] = b'-';
    }
    f.write_str(std::str::from_utf8(&buffer[at..]).map_err(|_| fmt::Error)?)
}

/// The number and the suffix of a whole amount of at least 1024.
fn binary(amount: &Amount) -> Option<(String, &'static str)> {
    let (mut whole, exact) = amount.size().divided_by_ten_to(9);
    if !exact || whole < Natural::from_u128(1024) {
        return None;
    }
    let mut suffix = "";
    for larger in ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"] {
        let (quotient, rest) = whole.divided(1024);
        if rest != 0 {
            break;
        }
        (whole, suffix) = (quotient, larger);
    }
    Some((whole.to_digits(), suffix))
}

const fn decimal_suffix(exponent: i32) -> Option<&'static str> {
    Some(match exponent {
        -9 => "n",
        -6 => "u",
        -3 => "m",
        0 => "",
        3 => "k",
        6 => "M",
        9 => "G",
        12 => "T",
        15 => "P",
        18 => "E",
        _ => return None,
    })
}

const _: () = assert!(NANOS == 10_i128.pow(9), "nine decimals");
