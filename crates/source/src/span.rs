use std::ops::Range;

/// A range of bytes in a text, start included, end not.
///
/// ```
/// use tidegate_source::Span;
///
/// assert_eq!(Span::new(3, 6).of("a: bcd"), "bcd");
/// assert_eq!(Span::new(1, 3).shifted(10), Span::new(11, 13));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// Creates a span from two byte offsets.
    ///
    /// ```
    /// use tidegate_source::Span;
    ///
    /// assert_eq!(Span::new(7, 10).range(), 7..10);
    /// ```
    #[must_use]
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Creates a span from offsets as indexing gives them; offsets beyond 4 GiB are cut to 4 GiB.
    ///
    /// ```
    /// use tidegate_source::Span;
    ///
    /// let text = "image: hub";
    /// let at = text.find("hub").expect("it is there");
    /// assert_eq!(Span::from_range(at..text.len()), Span::new(7, 10));
    /// ```
    #[must_use]
    pub fn from_range(range: Range<usize>) -> Self {
        let cut = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: cut(range.start), end: cut(range.end) }
    }

    /// Returns the offsets in the form that indexing takes.
    ///
    /// ```
    /// use tidegate_source::Span;
    ///
    /// assert_eq!(&"image: hub"[Span::new(7, 10).range()], "hub");
    /// ```
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Returns the same range `offset` bytes further on: a span inside a value becomes one in its file.
    ///
    /// ```
    /// use tidegate_source::Span;
    ///
    /// // A tag within `hub:1.4.0`, and the same within the file, where the image begins at byte 7.
    /// assert_eq!(Span::new(4, 9).shifted(7), Span::new(11, 16));
    /// ```
    #[must_use]
    pub const fn shifted(self, offset: u32) -> Self {
        Self { start: self.start.saturating_add(offset), end: self.end.saturating_add(offset) }
    }

    /// Returns the number of bytes.
    ///
    /// ```
    /// use tidegate_source::Span;
    ///
    /// assert_eq!(Span::new(7, 10).len(), 3);
    /// ```
    #[must_use]
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Returns whether there is no byte in it.
    ///
    /// ```
    /// use tidegate_source::Span;
    ///
    /// // A place where something is missing.
    /// assert!(Span::new(7, 7).is_empty());
    /// ```
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Returns the text it covers, or `""` where it does not fit the text.
    ///
    /// ```
    /// use tidegate_source::Span;
    ///
    /// assert_eq!(Span::new(7, 10).of("image: hub"), "hub");
    /// // A span of another text has nothing of this one.
    /// assert_eq!(Span::new(70, 80).of("image: hub"), "");
    /// ```
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

/// A line and a column, both counted from 1; the column counts characters (Unicode scalar values).
///
/// ```
/// use tidegate_source::{LineColumn, line_column};
///
/// assert_eq!(line_column("image: hub\n", 7), LineColumn { line: 1, column: 8 });
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// Returns the line and column of a byte offset; an offset behind the end is the end.
///
/// A line ends with `\n`; a `\r` before it belongs to the line. A byte-order mark takes no column.
///
/// ```
/// use tidegate_source::{LineColumn, line_column};
///
/// assert_eq!(line_column("a: 1\nö: 2\n", 7), LineColumn { line: 2, column: 2 });
/// ```
#[must_use]
pub fn line_column(text: &str, offset: u32) -> LineColumn {
    let offset = floor(text, offset as usize);
    let before = &text[..offset];
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    LineColumn { line: count(line), column: column(text, start, offset) }
}

/// The column of an offset in a line that starts at `start`; an offset inside a character is where that begins.
pub(crate) fn column(text: &str, start: usize, offset: usize) -> u32 {
    let before = text.get(start..floor(text, offset)).unwrap_or("");
    count(before.chars().filter(|c| *c != '\u{feff}').count() + 1)
}

/// The last boundary of a character that does not lie behind an offset.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
