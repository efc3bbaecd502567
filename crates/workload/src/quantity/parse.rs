use std::borrow::Cow;
use std::str::FromStr;

use super::amount::{Amount, NANOS, Natural};
use super::error::{QuantityError, QuantityErrorKind};
use super::{Format, Quantity};

/// A quantity's text taken apart, before the suffix is understood.
///
/// ```
/// use tidegate_workload::Quantity;
///
/// let parts = Quantity::split("-01.50Mi")?;
/// assert_eq!((parts.positive, parts.value, parts.suffix), (false, "-01.50", "Mi"));
/// assert_eq!((parts.integer, parts.fraction), ("1", "50"));
/// # Ok::<(), tidegate_workload::QuantityError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuantityParts<'t> {
    /// Whether there is no minus sign.
    pub positive: bool,
    /// Sign, digits and point, as written.
    pub value: &'t str,
    /// Digits before the point without leading zeros; `0` where none are left.
    pub integer: &'t str,
    /// Digits behind the point, as written.
    pub fraction: &'t str,
    /// What follows the number.
    pub suffix: &'t str,
}

/// What a suffix stands for.
#[derive(Clone, Copy)]
enum Unit {
    /// Ten to this power.
    Ten(i32, Format),
    /// Two to this power.
    Two(u32),
}

/// The most digits that the short way of reading takes, so that they fit 64 bits.
const SHORT: usize = 18;

impl Quantity {
    /// Takes the text of a quantity apart.
    ///
    /// # Errors
    ///
    /// [`QuantityErrorKind::Form`] when the text is not made of a sign, digits, a point and a suffix. The suffix itself
    /// is not checked.
    ///
    /// ```
    /// use tidegate_workload::Quantity;
    ///
    /// let parts = Quantity::split("-01.50Gi")?;
    /// assert_eq!((parts.integer, parts.fraction, parts.suffix), ("1", "50", "Gi"));
    /// assert!(Quantity::split("1_000").is_err());
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    // quantity = [ "+" / "-" ] *DIGIT [ "." *DIGIT ] suffix, not empty
    // suffix   = *( one of "eEinumkKMGTP" ) [ "+" / "-" ] *DIGIT
    pub fn split(text: &str) -> Result<QuantityParts<'_>, QuantityError> {
        let bytes = text.as_bytes();
        let error = |at| QuantityError::new(QuantityErrorKind::Form, at, text.len());
        let run = |from: usize, wanted: fn(&u8) -> bool| {
            from + bytes[from..].iter().take_while(|it| wanted(it)).count()
        };
        if bytes.is_empty() {
            return Err(error(0));
        }
        let positive = bytes[0] != b'-';
        let sign = usize::from(matches!(bytes[0], b'+' | b'-'));
        let from = run(sign, |it| *it == b'0');
        if from == bytes.len() {
            return Ok(QuantityParts {
                positive,
                value: "0",
                integer: "0",
                fraction: "",
                suffix: "",
            });
        }
        let to = run(from, u8::is_ascii_digit);
        let integer = if from == to { "0" } else { &text[from..to] };
        let (fraction, end) = match bytes.get(to) {
            Some(b'.') => {
                let end = run(to + 1, u8::is_ascii_digit);
                (&text[to + 1..end], end)
            }
            _ => ("", to),
        };
        let mut at = run(end, |it| b"eEinumkKMGTP".contains(it));
        at += usize::from(matches!(bytes.get(at), Some(b'+' | b'-')));
        at = run(at, u8::is_ascii_digit);
        if at < bytes.len() {
            return Err(error(at));
        }
        Ok(QuantityParts { positive, value: &text[..end], integer, fraction, suffix: &text[end..] })
    }

    /// Returns what Kubernetes prints right after it has read this text: the text itself where its short way of
    /// reading takes it for canonical, and the canonical form otherwise.
    ///
    /// # Errors
    ///
    /// The same as those of reading.
    ///
    /// ```
    /// use tidegate_workload::Quantity;
    ///
    /// assert_eq!(Quantity::reprint("100.035k")?, "100.035k");
    /// assert_eq!(Quantity::reprint("0.5")?, "500m");
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    pub fn reprint(text: &str) -> Result<Cow<'_, str>, QuantityError> {
        let parts = Self::split(text)?;
        let quantity: Self = text.parse()?;
        let kept = text == "0"
            || match unit(parts.suffix) {
                Some(Unit::Two(exponent)) => {
                    is_short(&parts, Unit::Two(exponent))
                        && quantity.format == Format::BinarySI
                        && !last_digits(parts.integer, 3).is_multiple_of(8)
                }
                Some(Unit::Ten(exponent, format)) => {
                    let scale = exponent - count(parts.fraction.len());
                    let shifted = parts.integer.bytes().chain(parts.fraction.bytes());
                    let ends = shifted.rev().take_while(|it| *it == b'0').count();
                    is_short(&parts, Unit::Ten(exponent, format))
                        && scale % 3 == 0
                        && ends < 3
                        && !parts.integer.starts_with('0')
                }
                None => false,
            };
        Ok(if kept { Cow::Borrowed(text) } else { Cow::Owned(quantity.to_string()) })
    }

    /// Reads a quantity as JSON and YAML hold it: a string, whose outer spaces are dropped, or a bare number.
    ///
    /// # Errors
    ///
    /// The same as those of reading, with spans into the given text.
    ///
    /// ```
    /// use tidegate_workload::Quantity;
    ///
    /// assert_eq!(Quantity::from_json("\" 1Gi\"")?, Quantity::from_json("1073741824")?);
    /// assert!(Quantity::from_json("\"1 Gi\"").is_err());
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    pub fn from_json(json: &str) -> Result<Self, QuantityError> {
        let outer = json.trim();
        if outer == "null" {
            return Ok(Self::ZERO);
        }
        let inner = outer.strip_prefix('"').and_then(|it| it.strip_suffix('"')).unwrap_or(outer);
        let inner = inner.trim();
        let offset = json.find(inner).unwrap_or(0);
        inner.parse().map_err(|error: QuantityError| {
            let range = error.span().range();
            QuantityError::new(error.kind(), range.start + offset, range.end + offset)
        })
    }

    /// Creates a quantity from plain decimal digits, such as `-9.01`, or from a fraction `a/b` of whole numbers.
    /// What lies beyond nine decimals is rounded away from zero.
    ///
    /// # Errors
    ///
    /// [`QuantityErrorKind::Form`] when the text is neither, or its numbers do not fit 96 bits.
    ///
    /// ```
    /// use tidegate_workload::{Format, Quantity};
    ///
    /// assert_eq!(Quantity::from_number("1/1000", Format::DecimalSI)?.to_string(), "1m");
    /// assert!(Quantity::from_number("1/0", Format::DecimalSI).is_err());
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    pub fn from_number(text: &str, format: Format) -> Result<Self, QuantityError> {
        let Some((above, below)) = text.split_once('/') else {
            let parts = Self::split(text)?;
            if parts.suffix.is_empty() {
                return Ok(text.parse::<Self>()?.with_format(format));
            }
            return Err(QuantityError::new(QuantityErrorKind::Form, 0, text.len()));
        };
        let ratio = || {
            let above: i128 = above.parse().ok()?;
            let below: i128 = below.parse().ok().filter(|it| *it > 0)?;
            let nanos = above.checked_mul(NANOS)?;
            Some(nanos / below + i128::from(nanos % below != 0) * nanos.signum())
        };
        let nanos = ratio().ok_or(QuantityError::new(QuantityErrorKind::Form, 0, text.len()))?;
        Ok(Self { amount: Amount::Small(nanos), format })
    }
}

impl FromStr for Quantity {
    type Err = QuantityError;

    /// Reads a quantity; what lies beyond nine decimals is rounded away from zero.
    ///
    /// An amount with a binary suffix is at most 2^63 - 1 in size, and below 1 it becomes decimal.
    #[inline]
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        match usual(text.as_bytes()) {
            Some((size, format)) => Ok(Self { amount: Amount::Small(size), format }),
            None => unusual(text),
        }
    }
}

/// Reads any quantity, step by step as Kubernetes does.
#[cold]
pub(super) fn unusual(text: &str) -> Result<Quantity, QuantityError> {
    let parts = Quantity::split(text)?;
    let error = |kind, from, to| QuantityError::new(kind, from, to);
    let suffix = text.len() - parts.suffix.len();
    let unit = unit(parts.suffix).ok_or(error(QuantityErrorKind::Suffix, suffix, text.len()))?;
    if is_short(&parts, unit)
        && let Some(quantity) = short(&parts, unit)
    {
        return Ok(quantity);
    }
    if !parts.value.bytes().any(|it| it.is_ascii_digit()) {
        return Err(error(QuantityErrorKind::Numeric, 0, suffix));
    }
    long(&parts, unit).ok_or(error(QuantityErrorKind::TooLarge, 0, text.len()))
}

/// Powers of ten that fit 128 bits beside nine digits.
const TENS: [i128; 28] = {
    let mut tens = [1; 28];
    let mut at = 1;
    while at < tens.len() {
        tens[at] = tens[at - 1] * 10;
        at += 1;
    }
    tens
};

/// What stands for no suffix in a table of them.
const NO_SUFFIX: u8 = u8::MAX;

/// The thousand-millionths in the unit of a suffix of one letter, as a power of ten.
const DECIMAL: [u8; 256] = suffixes(b"numkMGTPE", &[0, 3, 6, 12, 15, 18, 21, 24, 27]);

/// The unit of a letter before an `i`, as a power of two. Exbibytes are judged the long way: few of them fit 64 bits.
const BINARY: [u8; 256] = suffixes(b"KMGTP", &[10, 20, 30, 40, 50]);

const fn suffixes(letters: &[u8], exponents: &[u8]) -> [u8; 256] {
    let mut table = [NO_SUFFIX; 256];
    let mut at = 0;
    while at < letters.len() {
        table[letters[at] as usize] = exponents[at];
        at += 1;
    }
    table
}

/// Reads what nearly every manifest writes, in one pass: up to 18 digits, a point among them, and a suffix. `None` for
/// anything else, a sign or an error too: the long way then judges it.
#[expect(clippy::inline_always, reason = "a call costs a tenth of it")]
#[inline(always)]
pub(super) fn usual(text: &[u8]) -> Option<(i128, Format)> {
    let (number, n_digits, rest) = digits(0, text);
    let (number, fraction, rest) = match rest {
        [b'.', rest @ ..] => digits(number, rest),
        rest => (number, 0, rest),
    };
    if n_digits == 0 || n_digits + fraction > SHORT {
        return None;
    }
    match *rest {
        [] => Some((decimal(number, 9, fraction)?, Format::DecimalSI)),
        [suffix] => {
            let exponent = DECIMAL[usize::from(suffix)];
            if exponent == NO_SUFFIX {
                return None;
            }
            Some((decimal(number, exponent.into(), fraction)?, Format::DecimalSI))
        }
        [suffix, b'i'] => {
            let exponent = BINARY[usize::from(suffix)];
            if exponent == NO_SUFFIX {
                return None;
            }
            binary(number, exponent.into(), fraction)
        }
        [b'e' | b'E', digit @ b'0'..=b'9'] => {
            let exponent = 9 + usize::from(digit - b'0');
            Some((decimal(number, exponent, fraction)?, Format::DecimalExponent))
        }
        _ => None,
    }
}

/// Appends the digits at the start of `text` to `number`; also returns how many there are, and what follows. A number of
/// more than 19 digits is wrong; the caller counts them.
#[inline]
fn digits(mut number: u64, mut text: &[u8]) -> (u64, usize, &[u8]) {
    let length = text.len();
    while let [digit @ b'0'..=b'9', rest @ ..] = text {
        number = number.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
        text = rest;
    }
    (number, length - text.len(), text)
}

/// The thousand-millionths of a number whose last `fraction` digits stand behind the point, and whose unit is ten to the
/// power of `exponent` of them.
#[inline]
fn decimal(number: u64, exponent: usize, fraction: usize) -> Option<i128> {
    let power = exponent.checked_sub(fraction)?;
    // Eighteen digits and ten to the 18th fit 128 bits, and so do nine digits and any of the powers.
    (power <= 18 || number < 1_000_000_000).then(|| i128::from(number) * TENS[power])
}

/// The same for a unit of two to the power of `exponent`, at most 50, whole ones.
#[inline]
fn binary(number: u64, exponent: u32, fraction: usize) -> Option<(i128, Format)> {
    if fraction == 0 {
        let fits = number >> (63 - exponent) == 0;
        return fits.then(|| (i128::from(number << exponent) * NANOS, Format::BinarySI));
    }
    // Nine digits in units of 2^50 thousand-millionths, and ten to the eighth, fit 128 bits.
    let power = 9_usize.checked_sub(fraction)?;
    let small = i128::from(number) << exponent;
    let size = (0 < number && number < 1_000_000_000).then(|| small * TENS[power])?;
    let whole = size >= NANOS;
    let format = if whole { Format::BinarySI } else { Format::DecimalSI };
    (size <= i128::from(i64::MAX) * NANOS).then_some((size, format))
}

fn unit(suffix: &str) -> Option<Unit> {
    let si = |exponent| Some(Unit::Ten(exponent, Format::DecimalSI));
    match suffix.as_bytes() {
        b"" => si(0),
        b"n" => si(-9),
        b"u" => si(-6),
        b"m" => si(-3),
        b"k" => si(3),
        b"M" => si(6),
        b"G" => si(9),
        b"T" => si(12),
        b"P" => si(15),
        b"E" => si(18),
        b"Ki" => Some(Unit::Two(10)),
        b"Mi" => Some(Unit::Two(20)),
        b"Gi" => Some(Unit::Two(30)),
        b"Ti" => Some(Unit::Two(40)),
        b"Pi" => Some(Unit::Two(50)),
        b"Ei" => Some(Unit::Two(60)),
        [b'e' | b'E', ..] => {
            let exponent: i64 = suffix[1..].parse().ok()?;
            let bound = i64::from(i32::MAX / 2);
            let exponent = i32::try_from(exponent.clamp(-bound, bound)).ok()?;
            Some(Unit::Ten(exponent, Format::DecimalExponent))
        }
        _ => None,
    }
}

/// Whether Kubernetes reads this amount the short way, in 64 bits, which is also when it may keep the text.
fn is_short(parts: &QuantityParts<'_>, unit: Unit) -> bool {
    let n_digits = parts.integer.len() + parts.fraction.len();
    match unit {
        Unit::Ten(exponent, _) => n_digits <= SHORT && exponent - count(parts.fraction.len()) >= -9,
        Unit::Two(exponent) => {
            let taken = parts.integer.len() + exponent as usize * 3 / 10 + 1;
            parts.fraction.is_empty() && taken <= 15
        }
    }
}

fn short(parts: &QuantityParts<'_>, unit: Unit) -> Option<Quantity> {
    let digits = parts.integer.bytes().chain(parts.fraction.bytes());
    let digits = digits.fold(0_u64, |acc, it| acc * 10 + u64::from(it - b'0'));
    let (size, format) = match unit {
        Unit::Ten(exponent, format) => {
            let shift = exponent - count(parts.fraction.len()) + 9;
            if digits == 0 {
                (0, format)
            } else {
                let power = 10_i128.checked_pow(u32::try_from(shift).ok()?)?;
                (i128::from(digits).checked_mul(power)?, format)
            }
        }
        Unit::Two(exponent) => {
            (i128::from(digits.checked_mul(1 << exponent)?) * NANOS, Format::BinarySI)
        }
    };
    Some(Quantity { amount: Amount::Small(if parts.positive { size } else { -size }), format })
}

/// Reads an amount of any length; `None` when it has too many digits.
fn long(parts: &QuantityParts<'_>, unit: Unit) -> Option<Quantity> {
    let size = Natural::from_digits(parts.integer.bytes().chain(parts.fraction.bytes()));
    if size.is_zero() {
        let format = match unit {
            Unit::Ten(_, format) => format,
            Unit::Two(_) => Format::BinarySI,
        };
        return Some(Quantity { amount: Amount::ZERO, format });
    }
    let (size, exponent) = match unit {
        Unit::Ten(exponent, _) => (size, exponent),
        Unit::Two(exponent) => {
            let half = 1 << (exponent / 2);
            (size.times(half).times(half), 0)
        }
    };
    let n_digits = count(size.n_digits()) - count(parts.fraction.len());
    if n_digits + exponent > count(Quantity::MAX_DIGITS) {
        return None;
    }
    let shift = exponent - count(parts.fraction.len()) + 9;
    let size = if shift >= 0 {
        size.times_ten_to(shift.unsigned_abs())
    } else {
        size.divided_by_ten_to(shift.unsigned_abs()).0
    };
    let amount = Amount::new(false, size);
    let (amount, format) = match unit {
        Unit::Ten(_, format) => (amount, format),
        Unit::Two(_) if amount < Amount::Small(NANOS) => (amount, Format::DecimalSI),
        Unit::Two(_) => (amount.min(Amount::Small(i128::from(i64::MAX) * NANOS)), Format::BinarySI),
    };
    let amount = if parts.positive { amount } else { amount.negate() };
    Some(Quantity { amount, format })
}

/// The number that the last digits of a run make.
fn last_digits(digits: &str, n: usize) -> u32 {
    let from = digits.len().saturating_sub(n);
    digits.bytes().skip(from).fold(0, |acc, it| acc * 10 + u32::from(it - b'0'))
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX / 4)
}
