use std::borrow::Borrow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::{Deref, Range};
use std::sync::Arc;

use tidegate_source::Span;

/// A string that is cheap to clone: a literal, a string of its own, or a part of a shared text.
///
/// Reads as `&str`; two texts are equal when their characters are.
///
/// ```
/// use std::sync::Arc;
/// use tidegate_object::Text;
///
/// let shared: Arc<Arc<str>> = Arc::new("kind: Service".into());
/// let kind = Text::part(&shared, 6..13).ok_or("the range fits")?;
/// assert_eq!((kind.as_str(), kind.len()), ("Service", 7));
/// assert_eq!(kind, Text::literal("Service"));
/// assert!(Text::part(&shared, 6..14).is_none());
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone)]
pub struct Text(Repr);

#[derive(Clone)]
enum Repr {
    Static(&'static str),
    Owned(Arc<str>),
    Part(Arc<Arc<str>>, u32, u32),
    /// A part that is a word of YAML.
    Word(Arc<Arc<str>>, u32, u32),
}

impl Text {
    /// Creates a text from a literal, without allocating.
    #[must_use]
    pub const fn literal(text: &'static str) -> Self {
        Self(Repr::Static(text))
    }

    /// Creates a text that is a part of a shared one, without copying it. The range is of bytes; `None` where it ends behind
    /// the text or beyond 4 GiB, or cuts a character.
    #[must_use]
    pub fn part(shared: &Arc<Arc<str>>, range: Range<usize>) -> Option<Self> {
        shared.get(range.clone())?;
        let start = u32::try_from(range.start).ok()?;
        Some(Self(Repr::Part(Arc::clone(shared), start, u32::try_from(range.end).ok()?)))
    }

    /// Creates a text that is a part of a shared one and [a word](tidegate_yaml::Node::word) in it. Who prints it need not
    /// look at its characters again.
    ///
    /// ```
    /// use std::sync::Arc;
    /// use tidegate_object::Text;
    ///
    /// let shared = Arc::new(Arc::from("kind: Service"));
    /// let word = Text::word_part(&shared, 6..13).expect("the range fits");
    /// assert_eq!((word.as_word(), Text::from("Service").as_word()), (Some("Service"), None));
    /// assert_eq!(word, "Service");
    /// ```
    #[must_use]
    pub fn word_part(shared: &Arc<Arc<str>>, range: Range<usize>) -> Option<Self> {
        match Self::part(shared, range)?.0 {
            Repr::Part(shared, start, end) => Some(Self(Repr::Word(shared, start, end))),
            other => Some(Self(other)),
        }
    }

    /// Creates a text that is a part of a shared one, known to fit, and perhaps a word in it.
    #[inline]
    pub(crate) fn of(shared: &Arc<Arc<str>>, span: Span, word: bool) -> Self {
        debug_assert!(shared.get(span.range()).is_some(), "the span is of this text");
        let shared = Arc::clone(shared);
        Self(if word {
            Repr::Word(shared, span.start, span.end)
        } else {
            Repr::Part(shared, span.start, span.end)
        })
    }

    /// Returns the same text with nothing shared: for another thread, which would count references to the same place.
    ///
    /// ```
    /// use tidegate_object::Text;
    ///
    /// assert_eq!(Text::from("web").apart(), Text::from("web"));
    /// ```
    #[must_use]
    pub fn apart(&self) -> Self {
        Self(match &self.0 {
            Repr::Static(text) => Repr::Static(text),
            Repr::Word(_, start, end) => {
                Repr::Word(Arc::new(Arc::from(self.as_str())), 0, end.saturating_sub(*start))
            }
            Repr::Owned(_) | Repr::Part(..) => Repr::Owned(self.as_str().into()),
        })
    }

    /// Returns the characters of a text that is known to be a word. `None` says nothing: no other text was looked at.
    #[must_use]
    #[inline]
    pub fn as_word(&self) -> Option<&str> {
        match &self.0 {
            Repr::Word(..) => Some(self.as_str()),
            _ => None,
        }
    }

    /// Returns the length in bytes, without going to the text that is shared.
    #[inline]
    pub(crate) fn width(&self) -> usize {
        match &self.0 {
            Repr::Static(text) => text.len(),
            Repr::Owned(text) => text.len(),
            Repr::Part(_, start, end) | Repr::Word(_, start, end) => {
                (*end as usize).saturating_sub(*start as usize)
            }
        }
    }

    /// Returns the characters.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Repr::Static(text) => text,
            Repr::Owned(text) => text,
            Repr::Part(shared, start, end) | Repr::Word(shared, start, end) => {
                shared.get(*start as usize..*end as usize).unwrap_or_default()
            }
        }
    }
}

/// The empty text.
impl Default for Text {
    fn default() -> Self {
        Self::literal("")
    }
}

impl Deref for Text {
    type Target = str;

    #[inline]
    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl Borrow<str> for Text {
    fn borrow(&self) -> &str {
        self
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        self
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(Repr::Owned(text.into()))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(Repr::Owned(text.into()))
    }
}

impl PartialEq for Text {
    #[inline]
    fn eq(&self, other: &Self) -> bool {
        self == other.as_str()
    }
}

impl Eq for Text {}

impl PartialEq<str> for Text {
    /// Most texts that are compared differ in their length, which is known without going to the shared text.
    #[inline]
    fn eq(&self, other: &str) -> bool {
        match &self.0 {
            Repr::Part(shared, start, end) | Repr::Word(shared, start, end) => {
                let range = *start as usize..*end as usize;
                range.len() == other.len() && shared.as_bytes().get(range) == Some(other.as_bytes())
            }
            Repr::Static(text) => *text == other,
            Repr::Owned(text) => **text == *other,
        }
    }
}

impl PartialEq<&str> for Text {
    #[inline]
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other)
    }
}

impl Hash for Text {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
