use std::convert::Infallible;
use std::fmt::{self, Write as _};

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
        match Usual::of(self) {
            Some(usual) => usual.print(|byte| f.write_char(char::from(byte))),
            None => self.unusual(f),
        }
    }
}

impl Quantity {
    /// Appends the canonical form, the same that `Display` prints, without the machinery of formatting.
    ///
    /// ```
    /// use tidegate_workload::Quantity;
    ///
    /// let mut text = String::from("memory=");
    /// "0.5Gi".parse::<Quantity>()?.push_to(&mut text);
    /// assert_eq!(text, "memory=512Mi");
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    #[inline]
    pub fn push_to(&self, text: &mut String) {
        let Some(usual) = Usual::of(self) else {
            text.push_str(&self.to_string());
            return;
        };
        let Ok(()) = usual.print(|byte| -> Result<(), Infallible> {
            text.push(char::from(byte));
            Ok(())
        });
    }

    /// Prints any quantity, with numbers of any length.
    #[cold]
    pub(super) fn unusual(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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

/// The canonical form of a number above zero that 64 bits hold: the same rule on a machine word.
pub(super) struct Usual {
    number: u64,
    /// Bytes of ASCII, and zeros behind them.
    suffix: Suffix,
}

type Suffix = [u8; 4];

/// The digits of every number of up to three of them.
static DIGITS: [[u8; 3]; 1000] = {
    let mut digits = [*b"000"; 1000];
    let mut at = 1;
    while at < digits.len() {
        let [hundreds, tens, ones] = digits[at - 1];
        digits[at] = match (tens, ones) {
            (b'9', b'9') => [hundreds + 1, b'0', b'0'],
            (_, b'9') => [hundreds, tens + 1, b'0'],
            _ => [hundreds, tens, ones + 1],
        };
        at += 1;
    }
    digits
};

/// The suffixes of powers of 1000, from thousand-millionths on.
const DECIMAL: [Suffix; 10] = [
    *b"n\0\0\0",
    *b"u\0\0\0",
    *b"m\0\0\0",
    [0; 4],
    *b"k\0\0\0",
    *b"M\0\0\0",
    *b"G\0\0\0",
    *b"T\0\0\0",
    *b"P\0\0\0",
    *b"E\0\0\0",
];

/// The same as decimal exponents.
const EXPONENT: [Suffix; 10] = [
    *b"e-9\0", *b"e-6\0", *b"e-3\0", [0; 4], *b"e3\0\0", *b"e6\0\0", *b"e9\0\0", *b"e12\0",
    *b"e15\0", *b"e18\0",
];

/// The suffixes of powers of 1024, from one on.
const BINARY: [Suffix; 7] =
    [[0; 4], *b"Ki\0\0", *b"Mi\0\0", *b"Gi\0\0", *b"Ti\0\0", *b"Pi\0\0", *b"Ei\0\0"];

impl Usual {
    #[inline]
    pub(super) fn of(quantity: &Quantity) -> Option<Self> {
        let Amount::Small(nanos @ 1..) = quantity.amount else { return None };
        let size = nanos.unsigned_abs();
        let (mut number, mut thousands) = match wholes(size) {
            Some(whole) if quantity.format == Format::BinarySI && whole >= 1024 => {
                let kilos = (whole.trailing_zeros() / 10).min(6);
                return Some(Self {
                    number: whole >> (10 * kilos),
                    suffix: BINARY[kilos as usize],
                });
            }
            Some(whole) => (whole, 3),
            None => (u64::try_from(size).ok()?, 0),
        };
        while number.is_multiple_of(1000) {
            (number, thousands) = (number / 1000, thousands + 1);
        }
        let suffixes =
            if quantity.format == Format::DecimalExponent { &EXPONENT } else { &DECIMAL };
        Some(Self { number, suffix: *suffixes.get(thousands)? })
    }

    /// Hands over the bytes of the text, in order.
    #[inline]
    fn print<E>(&self, mut put: impl FnMut(u8) -> Result<(), E>) -> Result<(), E> {
        let at = usize::try_from(self.number).unwrap_or(usize::MAX);
        if let Some([hundreds, tens, ones]) = DIGITS.get(at).copied() {
            if self.number >= 10 {
                if self.number >= 100 {
                    put(hundreds)?;
                }
                put(tens)?;
            }
            put(ones)?;
        } else {
            self.print_many(&mut put)?;
        }
        let [first, second, third, _] = self.suffix;
        if first != 0 {
            put(first)?;
            if second != 0 {
                put(second)?;
                if third != 0 {
                    put(third)?;
                }
            }
        }
        Ok(())
    }

    /// The same for the digits of a number of more than three.
    fn print_many<E>(&self, put: &mut impl FnMut(u8) -> Result<(), E>) -> Result<(), E> {
        let mut digits = [0_u8; 20];
        let (mut at, mut left) = (digits.len(), self.number);
        while left > 0 {
            at -= 1;
            digits[at] = b'0' + (left % 10) as u8;
            left /= 10;
        }
        digits[at..].iter().try_for_each(|digit| put(*digit))
    }
}

/// The whole ones in so many thousand-millionths, where nothing is left over and 64 bits hold them.
///
/// A number that five to the ninth divides is divided by it when it is multiplied by the inverse modulo 2^128; any other
/// number comes out larger than every quotient.
#[inline]
fn wholes(nanos: u128) -> Option<u64> {
    const FIVES: u128 = 5_u128.pow(9);
    const INVERSE: u128 = {
        // Each step doubles the bits that are right; three are to begin with.
        let mut inverse = FIVES;
        let mut bits = 3;
        while bits < u128::BITS {
            inverse = inverse.wrapping_mul(2_u128.wrapping_sub(FIVES.wrapping_mul(inverse)));
            bits *= 2;
        }
        assert!(FIVES.wrapping_mul(inverse) == 1, "an inverse");
        inverse
    };
    if nanos.trailing_zeros() < 9 {
        return None;
    }
    // What comes out below 2^64, times five to the ninth, fits 128 bits: then nothing was left over.
    u64::try_from((nanos >> 9).wrapping_mul(INVERSE)).ok()
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
