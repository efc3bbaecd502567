use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use tidegate_source::Span;

pub(super) const NAME: &str = "$tidegate::Spanned";
pub(super) const FIELDS: [&str; 3] = ["start", "end", "value"];

/// A value, and where it was written. Only this crate's deserializer can read one.
///
/// ```
/// use serde::Deserialize;
/// use tidegate_yaml::{Spanned, from_str};
///
/// #[derive(Deserialize)]
/// struct Config { image: Spanned<String> }
///
/// let text = "image: 'a:1' # here\n";
/// let config: Config = from_str(text)?;
/// assert_eq!((config.image.as_str(), config.image.span.of(text)), ("a:1", "'a:1'"));
/// # Ok::<(), tidegate_yaml::DeserializeError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Creates a value with a place.
    ///
    /// ```
    /// use tidegate_source::Span;
    /// use tidegate_yaml::Spanned;
    ///
    /// let path = Spanned::new("app/web", Span::new(6, 13));
    /// assert_eq!((path.len(), path.span.len()), (7, 7));
    /// ```
    #[must_use]
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_struct(NAME, &FIELDS, SpannedVisitor(PhantomData))
    }
}

struct SpannedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for SpannedVisitor<T> {
    type Value = Spanned<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value with its place, from tidegate-yaml")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut parts: A) -> Result<Spanned<T>, A::Error> {
        let misused = || A::Error::custom("a place can be kept by tidegate-yaml alone");
        let mut offsets = [0; 2];
        for (name, offset) in FIELDS.iter().zip(&mut offsets) {
            if parts.next_key::<&str>()? != Some(name) {
                return Err(misused());
            }
            *offset = parts.next_value()?;
        }
        if parts.next_key::<&str>()? != Some(FIELDS[2]) {
            return Err(misused());
        }
        let [start, end] = offsets;
        Ok(Spanned { value: parts.next_value()?, span: Span::new(start, end) })
    }
}
