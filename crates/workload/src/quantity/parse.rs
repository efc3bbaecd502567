use std::borrow::Cow;
use std::str::FromStr;

use super::amount::{Amount, NANOS, Natural};
use super::error::{QuantityError, QuantityErrorKind};
use super::{Format, Quantity};

/// A quantity's text taken apart, before the suffix is understood.
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
        if let Some(quantity) = usual(text.as_bytes()) {
            return Ok(quantity);
        }
        unusual(text)
    }
}

/// Reads any quantity, step by step as Kubernetes does.
#[cold]
fn unusual(text: &str) -> Result<Quantity, QuantityError> {
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

/// Reads what nearly every manifest writes, in one pass: up to 18 digits, a point among them, and a suffix. `None` for
/// anything else, an error too: the long way then judges it.
#[inline]
fn usual(text: &[u8]) -> Option<Quantity> {
    let (negative, text) = match text {
        [b'-', text @ ..] => (true, text),
        text => (false, text),
    };
    let (mut number, mut at, mut fraction) = (0_u64, 0, 0);
    while let Some(digit) = text.get(at).map(|it| it.wrapping_sub(b'0')).filter(|it| *it < 10) {
        number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
        at += 1;
    }
    let mut n_digits = at;
    if text.get(at) == Some(&b'.') {
        at += 1;
        let from = at;
        while let Some(digit) = text.get(at).map(|it| it.wrapping_sub(b'0')).filter(|it| *it < 10) {
            number = number.wrapping_mul(10).wrapping_add(u64::from(digit));
            at += 1;
        }
        fraction = at - from;
        n_digits += fraction;
    }
    if n_digits == 0 || n_digits > SHORT || fraction == n_digits {
        return None;
    }
    let decimal = |exponent: usize| {
        let power = exponent.checked_sub(fraction)?;
        // Eighteen digits and ten to the 18th fit 128 bits, and so do nine digits and any of the powers.
        (power <= 18 || number < 1_000_000_000)
            .then(|| (i128::from(number) * TENS[power], Format::DecimalSI))
    };
    let binary = |exponent: u32| {
        let fits = fraction == 0 && number >> (63 - exponent) == 0;
        fits.then(|| (i128::from(number << exponent) * NANOS, Format::BinarySI))
    };
    let (size, format) = match &text[at..] {
        [] => decimal(9),
        b"m" => decimal(6),
        b"Mi" => binary(20),
        b"Gi" => binary(30),
        b"Ki" => binary(10),
        b"k" => decimal(12),
        b"M" => decimal(15),
        b"G" => decimal(18),
        b"T" => decimal(21),
        b"Ti" => binary(40),
        b"Pi" => binary(50),
        b"u" => decimal(3),
        b"n" => decimal(0),
        b"P" => decimal(24),
        b"E" => decimal(27),
        _ => None,
    }?;
    Some(Quantity { amount: Amount::Small(if negative { -size } else { size }), format })
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
