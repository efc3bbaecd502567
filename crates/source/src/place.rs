use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::span::{LineColumn, Span, column, count};

/// A file in a table of [`Sources`].
///
/// ```
/// use tidegate_source::{SourceId, Sources};
///
/// let mut sources = Sources::new();
/// let id: SourceId = sources.add("hub.yaml", "kind: Pod\n");
/// assert_eq!(sources.path(id), Some("hub.yaml"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(u32);

impl SourceId {
    /// No file: the place of something that no text holds, such as a default or a generated value.
    ///
    /// ```
    /// use tidegate_source::{SourceId, Sources};
    ///
    /// assert_eq!(Sources::new().text(SourceId::NONE), None);
    /// ```
    pub const NONE: Self = Self(u32::MAX);

    /// Returns whether this names a file.
    ///
    /// ```
    /// use tidegate_source::{SourceId, Sources};
    ///
    /// assert!(Sources::new().add("hub.yaml", "").is_some());
    /// assert!(!SourceId::NONE.is_some());
    /// ```
    #[must_use]
    pub const fn is_some(self) -> bool {
        self.0 != u32::MAX
    }
}

/// A span in one of many files. Twelve bytes, `Copy`: every node of a tree can carry one.
///
/// ```
/// use tidegate_source::{Mark, Sources, Span};
///
/// let mut sources = Sources::new();
/// let file = sources.add("hub.yaml", "image: hub\n");
/// let mark = Mark::new(file, Span::new(7, 10));
/// assert_eq!(sources.snippet(mark), Some("hub"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mark {
    /// The file.
    pub source: SourceId,
    /// The bytes in it.
    pub span: Span,
}

impl Mark {
    /// The mark of something that no text holds.
    ///
    /// ```
    /// use tidegate_source::Mark;
    ///
    /// // Of what no text has written, such as a default.
    /// assert!(!Mark::NONE.is_some());
    /// ```
    pub const NONE: Self = Self { source: SourceId::NONE, span: Span::new(0, 0) };

    /// Creates a mark.
    ///
    /// ```
    /// use tidegate_source::{Mark, SourceId, Span};
    ///
    /// assert_eq!(Mark::new(SourceId::NONE, Span::new(7, 10)).span.len(), 3);
    /// ```
    #[must_use]
    pub const fn new(source: SourceId, span: Span) -> Self {
        Self { source, span }
    }

    /// Returns whether this is a place in a file.
    ///
    /// ```
    /// use tidegate_source::{Mark, Sources, Span};
    ///
    /// let file = Sources::new().add("hub.yaml", "image: hub\n");
    /// assert!(Mark::new(file, Span::new(7, 10)).is_some());
    /// ```
    #[must_use]
    pub const fn is_some(self) -> bool {
        self.source.is_some()
    }
}

impl Default for Mark {
    fn default() -> Self {
        Self::NONE
    }
}

#[derive(Clone, Debug)]
struct File {
    path: Arc<str>,
    text: Arc<str>,
    /// Where each line starts; found out when the first place is asked for.
    lines: OnceLock<Arc<[u32]>>,
}

impl File {
    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let breaks = self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0).chain(breaks.map(|(at, _)| count(at + 1))).collect()
        })
    }

    /// The line and column of an offset, as [`line_column`](crate::line_column) finds them from the start of the text.
    fn line_column(&self, offset: u32) -> LineColumn {
        let offset = offset.min(count(self.text.len()));
        let lines = self.lines();
        let line = lines.partition_point(|start| *start <= offset).max(1);
        let start = lines.get(line - 1).copied().unwrap_or(0) as usize;
        LineColumn { line: count(line), column: column(&self.text, start, offset as usize) }
    }

    #[cfg(feature = "render")]
    /// The whole lines around a range, and one more on either side: their bytes, and the number of the first.
    fn lines_around(&self, range: std::ops::Range<usize>) -> (std::ops::Range<usize>, usize) {
        let lines = self.lines();
        let line =
            |offset: usize| lines.partition_point(|start| *start as usize <= offset).max(1) - 1;
        let first = line(range.start).saturating_sub(1);
        let start = lines.get(first).map_or(0, |it| *it as usize);
        let end = lines.get(line(range.end) + 2).map_or(self.text.len(), |it| *it as usize);
        (start..end, first + 1)
    }
}

/// The texts that a run has read, each with the path that people know it by.
///
/// Texts are shared, not copied, and so are all but the last few rows: cloning a table is cheap, however long it is.
///
/// ```
/// use tidegate_source::Sources;
///
/// let mut sources = Sources::new();
/// let (base, overlay) = (sources.add("base/hub.yaml", "a: 1\n"), sources.add("prod/hub.yaml", "a: 2\n"));
/// assert_eq!(sources.path(base), Some("base/hub.yaml"));
/// assert_eq!(sources.text(overlay).map(|it| &**it), Some("a: 2\n"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Sources {
    full: Vec<Arc<Vec<File>>>,
    last: Vec<File>,
}

/// Rows that are shared together.
const PAGE: usize = 64;

impl Sources {
    /// Creates an empty table.
    ///
    /// ```
    /// use tidegate_source::{SourceId, Sources};
    ///
    /// assert_eq!(Sources::new().path(SourceId::NONE), None);
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text and returns its name in the table. The same path may be added twice.
    ///
    /// ```
    /// use tidegate_source::Sources;
    ///
    /// let mut sources = Sources::new();
    /// // A file that is added twice is two sources.
    /// assert_ne!(sources.add("hub.yaml", ""), sources.add("hub.yaml", ""));
    /// ```
    pub fn add(&mut self, path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> SourceId {
        let id = self.upcoming(0);
        self.last.push(File { path: path.into(), text: text.into(), lines: OnceLock::new() });
        if self.last.len() == PAGE {
            self.full.push(Arc::new(std::mem::take(&mut self.last)));
        }
        id
    }

    /// Returns the name that a text will get when `before` others are added first: for texts that are read, and marked,
    /// by several threads.
    ///
    /// ```
    /// use tidegate_source::Sources;
    ///
    /// let mut sources = Sources::new();
    /// let second = sources.upcoming(1);
    /// sources.add("a.yaml", "a: 1\n");
    /// assert_eq!(sources.add("b.yaml", "b: 2\n"), second);
    /// ```
    #[must_use]
    pub fn upcoming(&self, before: usize) -> SourceId {
        SourceId(count(self.full.len() * PAGE + self.last.len() + before))
    }

    /// Returns the path of a file.
    ///
    /// ```
    /// use tidegate_source::Sources;
    ///
    /// let mut sources = Sources::new();
    /// let file = sources.add("overlays/prod/hub.yaml", "");
    /// assert_eq!(sources.path(file), Some("overlays/prod/hub.yaml"));
    /// ```
    #[must_use]
    pub fn path(&self, source: SourceId) -> Option<&str> {
        self.file(source).map(|file| &*file.path)
    }

    /// Returns the text of a file.
    ///
    /// ```
    /// use tidegate_source::Sources;
    ///
    /// let mut sources = Sources::new();
    /// let file = sources.add("hub.yaml", "kind: Pod\n");
    /// assert_eq!(sources.text(file).map(|it| it.len()), Some(10));
    /// ```
    #[must_use]
    pub fn text(&self, source: SourceId) -> Option<&Arc<str>> {
        self.file(source).map(|file| &file.text)
    }

    /// Returns the bytes that a mark covers.
    ///
    /// ```
    /// use tidegate_source::{Mark, Sources, Span};
    ///
    /// let mut sources = Sources::new();
    /// let file = sources.add("hub.yaml", "replicas: 3\n");
    /// assert_eq!(sources.snippet(Mark::new(file, Span::new(10, 11))), Some("3"));
    /// ```
    #[must_use]
    pub fn snippet(&self, mark: Mark) -> Option<&str> {
        self.file(mark.source).map(|file| mark.span.of(&file.text))
    }

    /// Computes where a mark lies, for people; `None` for a mark without a file.
    ///
    /// ```
    /// use tidegate_source::{Mark, Sources, Span};
    ///
    /// let mut sources = Sources::new();
    /// let file = sources.add("hub.yaml", "spec:\n  replicas: 3\n");
    /// let place = sources.place(Mark::new(file, Span::new(18, 19))).expect("it lies in the file");
    /// assert_eq!(place.to_string(), "hub.yaml:2:13");
    /// assert_eq!(sources.place(Mark::NONE), None);
    /// ```
    #[must_use]
    pub fn place(&self, mark: Mark) -> Option<Place> {
        let file = self.file(mark.source)?;
        let at = file.line_column(mark.span.start);
        Some(Place { file: file.path.to_string(), line: at.line, column: at.column })
    }

    #[cfg(feature = "render")]
    /// The lines around a range of bytes of a file: the range that they take, and the number of the first.
    pub(crate) fn lines_around(
        &self,
        source: SourceId,
        range: std::ops::Range<usize>,
    ) -> Option<(std::ops::Range<usize>, usize)> {
        self.file(source).map(|file| file.lines_around(range))
    }

    fn file(&self, source: SourceId) -> Option<&File> {
        let at = source.0 as usize;
        let page = match self.full.get(at / PAGE) {
            Some(page) => page,
            None if at / PAGE == self.full.len() => &self.last,
            None => return None,
        };
        page.get(at % PAGE)
    }
}

/// A place as people write it: `file:line:column`, line and column counted from 1, the column in characters.
///
/// ```
/// use tidegate_source::{Mark, Place, Sources, Span};
///
/// let mut sources = Sources::new();
/// let file = sources.add("hub.yaml", "image: hub\n");
/// let place: Place = sources.place(Mark::new(file, Span::new(7, 10))).expect("it lies in the file");
/// assert_eq!((place.line, place.column), (1, 8));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Place {
    /// Path of the file, as the user knows it.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::line_column;

    #[test]
    fn a_place_is_where_the_whole_text_says_it_is() {
        for text in ["", "\n", "a: 1\nö: 2\r\n\u{feff}b", "\n\n", "ü", "a\n"] {
            let mut sources = Sources::new();
            let source = sources.add("a.yaml", text);
            for offset in 0..10 {
                let place = sources.place(Mark::new(source, Span::new(offset, offset)));
                let place = place.map(|it| LineColumn { line: it.line, column: it.column });
                assert_eq!(place, Some(line_column(text, offset)), "{text:?} at {offset}");
            }
        }
    }
}
