use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// An exact number of thousand-millionths, as large as it needs to be.
///
/// Invariant: `Large` only where 128 bits do not hold the number, so equal numbers have equal forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Amount {
    Small(i128),
    Large { negative: bool, size: Natural },
}

/// Thousand-millionths in a whole one.
pub(super) const NANOS: i128 = 1_000_000_000;

impl Amount {
    pub(super) const ZERO: Self = Self::Small(0);

    pub(super) fn new(negative: bool, size: Natural) -> Self {
        match size.to_i128() {
            Some(small) => Self::Small(if negative { -small } else { small }),
            None => Self::Large { negative, size },
        }
    }

    pub(super) fn is_negative(&self) -> bool {
        match self {
            Self::Small(small) => *small < 0,
            Self::Large { negative, .. } => *negative,
        }
    }

    /// The size without the sign, in limbs.
    pub(super) fn size(&self) -> Natural {
        match self {
            Self::Small(small) => Natural::from_u128(small.unsigned_abs()),
            Self::Large { size, .. } => size.clone(),
        }
    }

    pub(super) fn negate(&self) -> Self {
        match self {
            Self::Small(small) if *small != i128::MIN => Self::Small(-small),
            _ => Self::new(!self.is_negative(), self.size()),
        }
    }

    pub(super) fn add(&self, other: &Self) -> Self {
        if let (Self::Small(left), Self::Small(right)) = (self, other)
            && let Some(sum) = left.checked_add(*right)
        {
            return Self::Small(sum);
        }
        let (left, right) = (self.size(), other.size());
        if self.is_negative() == other.is_negative() {
            return Self::new(self.is_negative(), left.add(&right));
        }
        match left.cmp(&right) {
            Ordering::Less => Self::new(other.is_negative(), right.minus(&left)),
            _ => Self::new(self.is_negative(), left.minus(&right)),
        }
    }

    pub(super) fn multiply(&self, by: i64) -> Self {
        if let Self::Small(small) = self
            && let Some(product) = small.checked_mul(i128::from(by))
        {
            return Self::Small(product);
        }
        let mut size = Natural::ZERO;
        let factor = by.unsigned_abs();
        // The factor in digits of base 10^9, the most significant one first.
        let base = u64::from(BASE);
        for digit in [factor / base / base, factor / base % base, factor % base] {
            size = size.times(BASE);
            #[expect(clippy::cast_possible_truncation, reason = "a remainder below the base")]
            let part = self.size().times(digit as u32);
            size = size.add(&part);
        }
        Self::new(self.is_negative() != (by < 0), size)
    }
}

impl Hash for Amount {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Small(small) => small.hash(state),
            Self::Large { negative, size } => (negative, &size.limbs).hash(state),
        }
    }
}

impl Ord for Amount {
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Self::Small(left), Self::Small(right)) = (self, other) {
            return left.cmp(right);
        }
        match (self.is_negative(), other.is_negative()) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.size().cmp(&other.size()),
            (true, true) => other.size().cmp(&self.size()),
        }
    }
}

impl PartialOrd for Amount {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Limbs hold nine decimal digits, so that printing and powers of ten are cheap.
const BASE: u32 = 1_000_000_000;

/// A natural number: limbs of base 10^9, the least first, the last not zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Natural {
    limbs: Vec<u32>,
}

impl Natural {
    pub(super) const ZERO: Self = Self { limbs: Vec::new() };

    fn trimmed(mut limbs: Vec<u32>) -> Self {
        while limbs.last() == Some(&0) {
            limbs.pop();
        }
        Self { limbs }
    }

    pub(super) fn from_u128(mut number: u128) -> Self {
        let mut limbs = Vec::new();
        while number > 0 {
            #[expect(clippy::cast_possible_truncation, reason = "a remainder below the base")]
            limbs.push((number % u128::from(BASE)) as u32);
            number /= u128::from(BASE);
        }
        Self { limbs }
    }

    /// Reads decimal digits; the caller has checked that there is nothing else.
    pub(super) fn from_digits(digits: impl Iterator<Item = u8>) -> Self {
        let digits: Vec<u8> = digits.collect();
        let limb = |chunk: &[u8]| chunk.iter().fold(0, |acc, it| acc * 10 + u32::from(it - b'0'));
        Self::trimmed(digits.rchunks(9).map(limb).collect())
    }

    pub(super) fn to_i128(&self) -> Option<i128> {
        self.limbs.iter().rev().try_fold(0_i128, |acc, limb| {
            acc.checked_mul(i128::from(BASE))?.checked_add(i128::from(*limb))
        })
    }

    pub(super) fn is_zero(&self) -> bool {
        self.limbs.is_empty()
    }

    /// The number of decimal digits; 0 for zero.
    pub(super) fn n_digits(&self) -> usize {
        self.limbs.last().map_or(0, |last| (self.limbs.len() - 1) * 9 + last.ilog10() as usize + 1)
    }

    pub(super) fn add(&self, other: &Self) -> Self {
        let mut carry = 0;
        let mut limbs = Vec::with_capacity(self.limbs.len().max(other.limbs.len()) + 1);
        for at in 0..self.limbs.len().max(other.limbs.len()) {
            let limb = |it: &Self| it.limbs.get(at).copied().unwrap_or(0);
            let sum = limb(self) + limb(other) + carry;
            limbs.push(sum % BASE);
            carry = sum / BASE;
        }
        limbs.push(carry);
        Self::trimmed(limbs)
    }

    /// The difference; `other` is not greater.
    fn minus(&self, other: &Self) -> Self {
        let mut borrow = 0;
        let mut limbs = Vec::with_capacity(self.limbs.len());
        for (at, limb) in self.limbs.iter().enumerate() {
            let taken = other.limbs.get(at).copied().unwrap_or(0) + borrow;
            borrow = u32::from(*limb < taken);
            limbs.push(limb + borrow * BASE - taken);
        }
        Self::trimmed(limbs)
    }

    pub(super) fn times(&self, by: u32) -> Self {
        let mut carry = 0_u64;
        let mut limbs = Vec::with_capacity(self.limbs.len() + 1);
        for limb in &self.limbs {
            let product = u64::from(*limb) * u64::from(by) + carry;
            #[expect(clippy::cast_possible_truncation, reason = "a remainder below the base")]
            limbs.push((product % u64::from(BASE)) as u32);
            carry = product / u64::from(BASE);
        }
        #[expect(clippy::cast_possible_truncation, reason = "at most the other factor")]
        limbs.push(carry as u32);
        if limbs.last().is_some_and(|last| *last >= BASE) {
            let last = limbs.pop().unwrap_or(0);
            limbs.extend([last % BASE, last / BASE]);
        }
        Self::trimmed(limbs)
    }

    /// Quotient and remainder; `by` is not zero.
    pub(super) fn divided(&self, by: u32) -> (Self, u32) {
        let mut rest = 0_u64;
        let mut limbs = vec![0; self.limbs.len()];
        for (at, limb) in self.limbs.iter().enumerate().rev() {
            let number = rest * u64::from(BASE) + u64::from(*limb);
            #[expect(clippy::cast_possible_truncation, reason = "the rest is below the divisor")]
            {
                limbs[at] = (number / u64::from(by)) as u32;
            }
            rest = number % u64::from(by);
        }
        #[expect(clippy::cast_possible_truncation, reason = "a remainder below the divisor")]
        (Self::trimmed(limbs), rest as u32)
    }

    /// The number times ten to the power of `exponent`.
    pub(super) fn times_ten_to(&self, exponent: u32) -> Self {
        if self.is_zero() {
            return Self::ZERO;
        }
        let mut limbs = vec![0; exponent as usize / 9];
        limbs.extend_from_slice(&self.limbs);
        Self { limbs }.times(10_u32.pow(exponent % 9))
    }

    /// The number divided by ten to the power of `exponent`, rounded up, and whether nothing was lost.
    pub(super) fn divided_by_ten_to(&self, exponent: u32) -> (Self, bool) {
        let whole = (exponent as usize / 9).min(self.limbs.len());
        let (dropped, kept) = self.limbs.split_at(whole);
        if kept.is_empty() {
            return if self.is_zero() { (Self::ZERO, true) } else { (Self::from_u128(1), false) };
        }
        let (quotient, rest) = Self { limbs: kept.to_vec() }.divided(10_u32.pow(exponent % 9));
        let exact = rest == 0 && dropped.iter().all(|limb| *limb == 0);
        if exact { (quotient, true) } else { (quotient.add(&Self::from_u128(1)), false) }
    }

    /// How many times ten divides the number; 0 for zero.
    pub(super) fn trailing_zeros(&self) -> u32 {
        let Some(at) = self.limbs.iter().position(|limb| *limb != 0) else { return 0 };
        let mut limb = self.limbs[at];
        let mut count = 0;
        while limb.is_multiple_of(10) {
            limb /= 10;
            count += 1;
        }
        u32::try_from(at).unwrap_or(u32::MAX).saturating_mul(9).saturating_add(count)
    }

    pub(super) fn to_digits(&self) -> String {
        let Some((last, rest)) = self.limbs.split_last() else { return "0".to_owned() };
        let mut text = last.to_string();
        for limb in rest.iter().rev() {
            let digits = limb.to_string();
            text.extend(std::iter::repeat_n('0', 9 - digits.len()));
            text.push_str(&digits);
        }
        text
    }
}

impl Ord for Natural {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_length = self.limbs.len().cmp(&other.limbs.len());
        by_length.then_with(|| self.limbs.iter().rev().cmp(other.limbs.iter().rev()))
    }
}

impl PartialOrd for Natural {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
