use std::fmt;

/// A date with or without a time of day, as go-yaml reads one.
///
/// Prints as JSON has it (RFC 3339, fraction without trailing zeros), which is what kustomize turns an unquoted date
/// into.
///
/// ```
/// use tidegate_yaml::{Scalar, Stream};
///
/// let stream = Stream::parse("day: 2001-2-3\n")?;
/// let day = stream.root().and_then(|it| it.get("day")).ok_or("no entry")?;
/// let Some(Scalar::Timestamp(day)) = day.resolve()? else { return Err("no date".into()) };
/// assert_eq!(day.to_string(), "2001-02-03T00:00:00Z");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timestamp {
    year: u16,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    nanosecond: u32,
    /// Minutes east of UTC.
    offset: i16,
}

impl Timestamp {
    /// Reads the formats of go-yaml (`allowedTimestampFormats` in its `resolve.go`): `2006-1-2`, `2006-1-2 15:4:5.9`, and `2006-1-2T15:4:5.9Z07:00` with `T` or `t`.
    ///
    /// ```
    /// use tidegate_yaml::Timestamp;
    ///
    /// let text = |it: &str| Timestamp::parse(it).map(|it| it.to_string());
    /// assert_eq!(text("2001-2-3").as_deref(), Some("2001-02-03T00:00:00Z"));
    /// assert_eq!(text("2001-02-03t4:5:6.70+02:00").as_deref(), Some("2001-02-03T04:05:06.7+02:00"));
    /// assert_eq!(text("2001-02-30"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let mut rest = text.get(4..).filter(|_| digits == 4)?.strip_prefix('-')?;
        let year = text.get(..4)?.parse().ok()?;
        let month = field(&mut rest)?;
        rest = rest.strip_prefix('-')?;
        let day = field(&mut rest)?;
        if !(1..=12).contains(&month) || day == 0 || day > days(year, month) {
            return None;
        }
        let mut it = Self { year, month, day, ..Self::default() };
        if rest.is_empty() {
            return Some(it);
        }
        let zoned = rest.starts_with(['T', 't']);
        rest = if zoned { &rest[1..] } else { rest.strip_prefix(' ')?.trim_start_matches(' ') };
        it.hour = field(&mut rest).filter(|it| *it < 24)?;
        rest = rest.strip_prefix(':')?;
        it.minute = field(&mut rest).filter(|it| *it < 60)?;
        rest = rest.strip_prefix(':')?;
        it.second = field(&mut rest).filter(|it| *it < 60)?;
        if let Some(fraction) = rest.strip_prefix(['.', ',']) {
            let n = fraction.bytes().take_while(u8::is_ascii_digit).count();
            if n == 0 {
                return None;
            }
            it.nanosecond = format!("{:0<9}", &fraction[..n.min(9)]).parse().ok()?;
            rest = &fraction[n..];
        }
        if zoned && rest != "Z" {
            it.offset = offset(rest)?;
            rest = "";
        } else if zoned {
            rest = "";
        }
        rest.is_empty().then_some(it)
    }
}

impl Default for Timestamp {
    fn default() -> Self {
        Self { year: 1, month: 1, day: 1, hour: 0, minute: 0, second: 0, nanosecond: 0, offset: 0 }
    }
}

/// One or two digits.
fn field(rest: &mut &str) -> Option<u8> {
    let n = rest.bytes().take(2).take_while(u8::is_ascii_digit).count();
    let (digits, behind) = rest.split_at(n);
    *rest = behind;
    digits.parse().ok()
}

/// `+hh:mm` or `-hh:mm`
fn offset(text: &str) -> Option<i16> {
    let bytes = text.as_bytes();
    if bytes.len() != 6 || bytes[3] != b':' || !matches!(bytes[0], b'+' | b'-') {
        return None;
    }
    let two = |at: usize| -> Option<i16> {
        let digits = text.get(at..at + 2)?;
        digits.bytes().all(|it| it.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    let (hours, minutes) = (two(1)?, two(4)?);
    let east = hours * 60 + minutes;
    (hours <= 24 && minutes <= 60).then_some(if bytes[0] == b'-' { -east } else { east })
}

fn days(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}T", self.year, self.month, self.day)?;
        write!(f, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)?;
        if self.nanosecond > 0 {
            write!(f, ".{}", format!("{:09}", self.nanosecond).trim_end_matches('0'))?;
        }
        if self.offset == 0 {
            return f.write_str("Z");
        }
        let sign = if self.offset < 0 { '-' } else { '+' };
        let east = self.offset.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", east / 60, east % 60)
    }
}
