use std::fmt;
use std::str::FromStr;

/// A moment in time, as RFC 3339 (section 5.6) writes it. The text is kept; order and equality are those of the instant.
///
/// ```
/// use tidegate_image_update::Moment;
///
/// let noon: Moment = "2026-03-01T12:00:00Z".parse()?;
/// let same: Moment = "2026-03-01T14:00:00+02:00".parse()?;
/// assert_eq!(noon, same);
/// assert_eq!(same.to_string(), "2026-03-01T14:00:00+02:00");
/// assert!("2026-02-29T12:00:00Z".parse::<Moment>().is_err());
/// # Ok::<(), tidegate_image_update::MomentError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Moment {
    text: String,
    /// Seconds since 1970, and nanoseconds.
    instant: (i64, u32),
}

/// A text is no date and time of RFC 3339.
///
/// ```
/// use tidegate_image_update::Moment;
///
/// let error = "yesterday".parse::<Moment>().unwrap_err();
/// assert_eq!(error.0, "yesterday");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no date and time such as 2026-03-01T12:00:00Z")]
pub struct MomentError(pub String);

impl Moment {
    /// Returns the text as it was given.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    // date-time = 4DIGIT "-" 2DIGIT "-" 2DIGIT ("T" / "t" / " ") 2DIGIT ":" 2DIGIT ":" 2DIGIT ["." 1*DIGIT] offset
    // offset    = "Z" / "z" / ("+" / "-") 2DIGIT ":" 2DIGIT                                  RFC 3339, section 5.6
    fn from_str(text: &str) -> Result<Self, MomentError> {
        let instant = instant(text).ok_or_else(|| MomentError(text.to_owned()))?;
        Ok(Self { text: text.to_owned(), instant })
    }
}

fn instant(text: &str) -> Option<(i64, u32)> {
    let (date, rest) = text.split_at_checked(10)?;
    let time = rest.strip_prefix(['T', 't', ' '])?;
    let (clock, rest) = time.split_at_checked(8)?;
    let [year, month, day] = numbers(date, '-', [4, 2, 2])?;
    let [hour, minute, second] = numbers(clock, ':', [2, 2, 2])?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    };
    // 60 is a leap second.
    if !(1..=days).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (nanos, offset) = match rest.strip_prefix('.') {
        None => (0, rest),
        Some(fraction) => {
            let digits = fraction.find(|it: char| !it.is_ascii_digit())?;
            let (fraction, offset) = fraction.split_at(digits);
            let nine: String = fraction.chars().chain("000000000".chars()).take(9).collect();
            (if digits == 0 { return None } else { nine.parse().ok()? }, offset)
        }
    };
    let east = match offset {
        "Z" | "z" => 0,
        _ => {
            let sign = match offset.as_bytes().first()? {
                b'+' => 1,
                b'-' => -1,
                _ => return None,
            };
            let [hours, minutes] = numbers(offset.get(1..)?, ':', [2, 2])?;
            if hours > 23 || minutes > 59 {
                return None;
            }
            sign * (hours * 3600 + minutes * 60)
        }
    };
    let days = days_since_epoch(year, month, day);
    Some((days * 86_400 + hour * 3600 + minute * 60 + second - east, nanos))
}

fn numbers<const N: usize>(text: &str, between: char, widths: [usize; N]) -> Option<[i64; N]> {
    let mut parts = text.split(between);
    let mut numbers = [0; N];
    for (number, width) in numbers.iter_mut().zip(widths) {
        let part = parts.next()?;
        if part.len() != width || !part.bytes().all(|it| it.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

/// Days from 1970-01-01 to a date of the Gregorian calendar.
const fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    // Years begin in March here, so that a leap day comes last.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.instant == other.instant
    }
}

impl Eq for Moment {}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.instant.cmp(&other.instant)
    }
}

impl std::hash::Hash for Moment {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.instant.hash(state);
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Moment {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Moment {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
