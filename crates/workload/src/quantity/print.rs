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
