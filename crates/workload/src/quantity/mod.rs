//! Resource quantities: exact numbers with the suffixes that Kubernetes writes.

mod amount;
mod error;
mod parse;
mod print;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::ops::{Add, Neg, Sub};

use amount::{Amount, NANOS};

pub use error::{QuantityError, QuantityErrorKind};
pub use parse::QuantityParts;

/// The family of suffixes that a quantity is written with.
///
/// ```
/// use tidegate_workload::{Format, Quantity};
///
/// let format = |text: &str| text.parse::<Quantity>().map(|it| it.format());
/// assert_eq!(format("128Mi"), Ok(Format::BinarySI));
/// assert_eq!(format("250m"), Ok(Format::DecimalSI));
/// assert_eq!(format("1e3"), Ok(Format::DecimalExponent));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Format {
    /// Powers of 1024: `Ki`, `Mi`, `Gi`, `Ti`, `Pi`, `Ei`.
    BinarySI,
    /// Powers of 1000: `n`, `u`, `m`, nothing, `k`, `M`, `G`, `T`, `P`, `E`.
    DecimalSI,
    /// A decimal exponent: `e3`, `E-3`.
    DecimalExponent,
}

/// An amount of a resource: CPU in cores, memory and storage in bytes, anything else in pieces.
///
/// Numbers are exact to nine decimals, as large as they need to be (up to [`Quantity::MAX_DIGITS`] digits). Two
/// quantities are equal when their numbers are: `1Gi` equals `1024Mi`, `0.5` equals `500m`, and yet `1Ki` and `1024`
/// print differently, since each keeps its [`Format`].
///
/// Source: `k8s.io/apimachinery/pkg/api/resource`, type `Quantity`.
///
/// ```
/// use tidegate_workload::{Quantity, QuantityErrorKind};
///
/// let limit: Quantity = "1.5Gi".parse()?;
/// let request: Quantity = "512Mi".parse()?;
/// assert_eq!(limit.to_string(), "1536Mi");
/// assert_eq!((&limit + &request).to_string(), "2Gi");
/// assert!(limit > request);
/// assert_eq!("100m".parse::<Quantity>()?.value(), Some(1));
///
/// let error = "1GiB".parse::<Quantity>().unwrap_err();
/// assert_eq!(error.kind(), QuantityErrorKind::Form);
/// # Ok::<(), tidegate_workload::QuantityError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Quantity {
    amount: Amount,
    format: Format,
}

impl Quantity {
    /// The most decimal digits that the whole part of a quantity may have.
    ///
    /// Kubernetes sets no bound, and an exponent such as `1e999999999` stalls it.
    ///
    /// ```
    /// use tidegate_workload::Quantity;
    ///
    /// assert!("9".repeat(Quantity::MAX_DIGITS).parse::<Quantity>().is_ok());
    /// assert!("9".repeat(Quantity::MAX_DIGITS + 1).parse::<Quantity>().is_err());
    /// ```
    pub const MAX_DIGITS: usize = 1000;

    /// Zero, in decimal form.
    ///
    /// ```
    /// use tidegate_workload::Quantity;
    ///
    /// let total = ["250m", "1", "50m"].iter().try_fold(Quantity::ZERO, |sum, it| Ok(&sum + &it.parse()?))?;
    /// assert_eq!(total.to_string(), "1300m");
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    pub const ZERO: Self = Self { amount: Amount::ZERO, format: Format::DecimalSI };

    /// Creates a quantity of `units` times ten to the power of `exponent`.
    ///
    /// What lies beyond nine decimals is rounded away from zero.
    ///
    /// ```
    /// use tidegate_workload::{Format, Quantity};
    ///
    /// assert_eq!(Quantity::from_scaled(250, -3, Format::DecimalSI).to_string(), "250m");
    /// assert_eq!(Quantity::from_scaled(3, 9, Format::DecimalSI).to_string(), "3G");
    /// ```
    #[must_use]
    pub fn from_scaled(units: i64, exponent: i8, format: Format) -> Self {
        let size = amount::Natural::from_u128(u128::from(units.unsigned_abs()));
        let shift = i32::from(exponent) + 9;
        let size = if shift >= 0 {
            size.times_ten_to(shift.unsigned_abs())
        } else {
            size.divided_by_ten_to(shift.unsigned_abs()).0
        };
        Self { amount: Amount::new(units < 0, size), format }
    }

    /// Returns the family of suffixes.
    ///
    /// ```
    /// use tidegate_workload::{Format, Quantity};
    ///
    /// // Zero has no suffix, but a family all the same.
    /// assert_eq!("0Mi".parse::<Quantity>()?.format(), Format::BinarySI);
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// Returns the same number, to be written in another format.
    ///
    /// ```
    /// use tidegate_workload::{Format, Quantity};
    ///
    /// let memory: Quantity = "1024".parse()?;
    /// assert_eq!(memory.with_format(Format::BinarySI).to_string(), "1Ki");
    /// assert_eq!(memory.with_format(Format::BinarySI), memory);
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    #[must_use]
    pub fn with_format(&self, format: Format) -> Self {
        Self { amount: self.amount.clone(), format }
    }

    /// Returns whether the number is zero.
    ///
    /// ```
    /// use tidegate_workload::Quantity;
    ///
    /// assert!("0Mi".parse::<Quantity>()?.is_zero());
    /// assert!(!"1n".parse::<Quantity>()?.is_zero());
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    #[must_use]
    pub fn is_zero(&self) -> bool {
        matches!(self.amount, Amount::Small(0))
    }

    /// Returns -1 below zero, 0 for zero and 1 above.
    ///
    /// ```
    /// use tidegate_workload::Quantity;
    ///
    /// let signs = ["-250m", "0", "2"].map(|it| it.parse::<Quantity>().map(|it| it.signum()));
    /// assert_eq!(signs, [Ok(-1), Ok(0), Ok(1)]);
    /// ```
    #[must_use]
    pub fn signum(&self) -> i8 {
        match self.amount.cmp(&Amount::ZERO) {
            Ordering::Less => -1,
            Ordering::Equal => 0,
            Ordering::Greater => 1,
        }
    }

    /// Returns the number in whole units, rounded away from zero; `None` where it does not fit 64 bits.
    ///
    /// ```
    /// use tidegate_workload::{Format, Quantity};
    ///
    /// assert_eq!("128Mi".parse::<Quantity>()?.value(), Some(134_217_728));
    /// // A quarter of a core is counted as a whole one.
    /// assert_eq!("250m".parse::<Quantity>()?.value(), Some(1));
    /// let most = Quantity::from_scaled(i64::MAX, 0, Format::DecimalSI);
    /// assert_eq!((&most + &most).value(), None);
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    #[must_use]
    pub fn value(&self) -> Option<i64> {
        self.scaled_value(0)
    }

    /// Returns the number in thousandths, rounded away from zero; `None` where it does not fit 64 bits.
    ///
    /// ```
    /// use tidegate_workload::Quantity;
    ///
    /// assert_eq!("1.5".parse::<Quantity>()?.milli_value(), Some(1500));
    /// assert_eq!("100u".parse::<Quantity>()?.milli_value(), Some(1));
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    #[must_use]
    pub fn milli_value(&self) -> Option<i64> {
        self.scaled_value(-3)
    }

    /// Returns the number in units of ten to the power of `exponent`, rounded away from zero; `None` where it does
    /// not fit 64 bits.
    ///
    /// ```
    /// use tidegate_workload::Quantity;
    ///
    /// let quantity: Quantity = "1500m".parse()?;
    /// assert_eq!(quantity.scaled_value(-3), Some(1500));
    /// assert_eq!(quantity.scaled_value(0), Some(2));
    /// assert_eq!("9E".parse::<Quantity>()?.scaled_value(-9), None);
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    #[must_use]
    pub fn scaled_value(&self, exponent: i8) -> Option<i64> {
        let shift = i32::from(exponent) + 9;
        if let (Amount::Small(nanos), 0..=27) = (&self.amount, shift) {
            let unit = 10_i128.pow(shift.unsigned_abs());
            let away = i128::from(nanos % unit != 0) * nanos.signum();
            return i64::try_from(nanos / unit + away).ok();
        }
        let size = if shift >= 0 {
            self.amount.size().divided_by_ten_to(shift.unsigned_abs()).0
        } else {
            self.amount.size().times_ten_to(shift.unsigned_abs())
        };
        let size = size.to_i128()?;
        i64::try_from(if self.amount.is_negative() { -size } else { size }).ok()
    }

    /// Rounds away from zero to a number of decimals, which may be negative; also returns whether nothing was lost.
    ///
    /// ```
    /// use tidegate_workload::Quantity;
    ///
    /// let quantity: Quantity = "9.01".parse()?;
    /// assert_eq!(quantity.round_up(1), ("9.1".parse()?, false));
    /// assert_eq!(quantity.round_up(2), (quantity, true));
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    #[must_use]
    pub fn round_up(&self, decimals: i8) -> (Self, bool) {
        let Ok(dropped) = u32::try_from(9 - i32::from(decimals)) else {
            return (self.clone(), true);
        };
        let (size, exact) = self.amount.size().divided_by_ten_to(dropped);
        let amount = Amount::new(self.amount.is_negative(), size.times_ten_to(dropped));
        (Self { amount, format: self.format }, exact)
    }

    /// Multiplies by a whole number; also returns whether the product, without its decimal point, fits 64 bits.
    ///
    /// ```
    /// use tidegate_workload::Quantity;
    ///
    /// let request: Quantity = "250m".parse()?;
    /// assert_eq!(request.times(6), ("1500m".parse()?, true));
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    #[must_use]
    pub fn times(&self, by: i64) -> (Self, bool) {
        let product = Self { amount: self.amount.multiply(by), format: self.format };
        let size = product.amount.size();
        let point = size.trailing_zeros().min(9);
        let digits = size.divided_by_ten_to(point).0.to_i128();
        let signed = digits.map(|it| if product.amount.is_negative() { -it } else { it });
        let fits = signed.is_some_and(|it| i64::try_from(it).is_ok());
        (product, fits)
    }

    /// Returns the number as a float, within rounding.
    ///
    /// ```
    /// use tidegate_workload::Quantity;
    ///
    /// let (used, limit) = ("96Mi".parse::<Quantity>()?, "128Mi".parse::<Quantity>()?);
    /// assert!((used.to_f64() / limit.to_f64() - 0.75).abs() < 1e-9);
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "documented to round")]
        match &self.amount {
            Amount::Small(nanos) if nanos % NANOS == 0 => (nanos / NANOS) as f64,
            Amount::Small(nanos) => *nanos as f64 / NANOS as f64,
            Amount::Large { .. } => self.to_decimal().parse().unwrap_or(f64::INFINITY),
        }
    }
}

/// The sum keeps the format of the left side, or takes that of the right where the left is zero.
impl Add for &Quantity {
    type Output = Quantity;

    fn add(self, other: Self) -> Quantity {
        let format = if self.is_zero() { other.format } else { self.format };
        Quantity { amount: self.amount.add(&other.amount), format }
    }
}

/// The difference keeps the format of the left side, or takes that of the right where the left is zero.
impl Sub for &Quantity {
    type Output = Quantity;

    fn sub(self, other: Self) -> Quantity {
        let format = if self.is_zero() { other.format } else { self.format };
        Quantity { amount: self.amount.add(&other.amount.negate()), format }
    }
}

impl Neg for &Quantity {
    type Output = Quantity;

    fn neg(self) -> Quantity {
        Quantity { amount: self.amount.negate(), format: self.format }
    }
}

/// Equal when the numbers are; the format does not count.
impl PartialEq for Quantity {
    fn eq(&self, other: &Self) -> bool {
        self.amount == other.amount
    }
}

impl Eq for Quantity {}

impl Hash for Quantity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.amount.hash(state);
    }
}

/// The order of the numbers.
impl Ord for Quantity {
    fn cmp(&self, other: &Self) -> Ordering {
        self.amount.cmp(&other.amount)
    }
}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Quantity {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
