//! Edits that change the bytes they were asked to change, and no others.
//!
//! ```
//! use tidegate_yaml::{Stream, edit};
//!
//! let text = "images: # what runs\n- name: web   # ours\n  newTag: '1.0'\n";
//! let stream = Stream::parse(text)?;
//! let root = stream.root().ok_or("no document")?;
//! let image = edit::find(root, &["images".into(), 0.into()])?;
//! let edits = edit::set_entry(image, "newTag", &"1.10".into())?
//!     .and(edit::set_entry(image, "digest", &"sha256:00".into())?)?;
//! assert_eq!(
//!     edits.apply(text),
//!     "images: # what runs\n- name: web   # ours\n  newTag: '1.10'\n  digest: sha256:00\n",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! An edit is data: replacements of spans of the one text that the nodes came from. Each operation looks at the text,
//! changes nothing, and returns [`Edits`]; those of several operations on the same text are put together with
//! [`Edits::and`]. Before it answers, an operation reads the text as it would become and compares: what was asked for
//! is there and everything else means what it meant. What does not pass is an [`EditError`], not an edit.

mod error;
mod layout;
mod mapping;
mod new;
mod path;
mod render;
mod scalar;
mod sequence;
mod verify;

use tidegate_source::Span;

pub use self::error::{EditError, EditErrorKind};
pub use self::mapping::{Place, insert_entry, remove_entry, set_entry};
pub use self::new::New;
pub use self::path::{Step, find};
pub use self::scalar::set;
pub use self::sequence::{insert_item, push_item, remove_item};

/// One replacement: the bytes of a span by a text.
///
/// ```
/// use tidegate_source::Span;
/// use tidegate_yaml::{Stream, edit};
///
/// let stream = Stream::parse("newTag: 1.9.2\n")?;
/// let image = stream.root().ok_or("no document")?;
/// let edits = edit::set_entry(image, "newTag", &"1.10.0".into())?;
/// assert_eq!(edits.as_slice(), [edit::Edit { span: Span::new(8, 13), text: "1.10.0".into() }]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes of the text that go; empty for an insertion.
    pub span: Span,
    /// The text that comes.
    pub text: String,
}

/// Replacements in one text: sorted, and no two of the same byte.
///
/// ```
/// use tidegate_yaml::Stream;
/// use tidegate_yaml::edit::{self, EditErrorKind, Edits};
///
/// let text = "a: 1\nb: 2\n";
/// let stream = Stream::parse(text)?;
/// let root = stream.root().ok_or("no document")?;
/// let mut edits = Edits::new();
/// for key in ["b", "a"] {
///     edits = edits.and(edit::set_entry(root, key, &0.into())?)?;
/// }
/// assert_eq!(edits.apply(text), "a: 0\nb: 0\n");
///
/// let other = edit::set_entry(root, "a", &5.into())?;
/// assert_eq!(edits.and(other).unwrap_err().kind(), EditErrorKind::Overlap);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    list: Vec<Edit>,
}

impl Edits {
    /// Creates no replacement at all.
    #[must_use]
    pub const fn new() -> Self {
        Self { list: Vec::new() }
    }

    pub(crate) fn one(span: Span, text: impl Into<String>) -> Self {
        Self { list: vec![Edit { span, text: text.into() }] }
    }

    /// Puts the replacements of two operations on the same text together. Insertions at one place stand in the order
    /// in which they were put together.
    ///
    /// # Errors
    ///
    /// [`EditErrorKind::Overlap`] when both replace the same byte; two equal replacements are one.
    pub fn and(mut self, other: Self) -> Result<Self, EditError> {
        for edit in other.list {
            let overlaps =
                |it: &&Edit| it.span.start < edit.span.end && edit.span.start < it.span.end;
            match self.list.iter().find(overlaps) {
                Some(it) if *it == edit => continue,
                Some(it) => {
                    return Err(EditError::new(EditErrorKind::Overlap, edit.span).since(it.span));
                }
                None => {}
            }
            let key = (edit.span.start, edit.span.end);
            let at = self.list.partition_point(|it| (it.span.start, it.span.end) <= key);
            self.list.insert(at, edit);
        }
        Ok(self)
    }

    /// Returns the text with the replacements carried out. On another text than the edits were made for, replacements whose
    /// spans do not fit it are left out.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + self.list.len() * 32);
        let mut from = 0;
        for edit in &self.list {
            let range = edit.span.range();
            let Some(before) = text.get(from..range.start) else { continue };
            if !text.is_char_boundary(range.end) {
                continue;
            }
            out.push_str(before);
            out.push_str(&edit.text);
            from = range.end;
        }
        out.push_str(text.get(from..).unwrap_or_default());
        out
    }

    /// Returns the replacements in the order of the text.
    #[must_use]
    pub fn as_slice(&self) -> &[Edit] {
        &self.list
    }

    /// Returns whether nothing is replaced.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
