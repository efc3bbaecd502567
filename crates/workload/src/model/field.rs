use tidegate_source::Mark;

/// The value of a field and where it was written; a default has the place of the block that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field<T> {
    /// The value, the default where none is written.
    pub value: T,
    /// Where it was written, or the block where it is missing.
    pub mark: Mark,
    /// Whether it was written at all.
    pub written: bool,
}

impl<T> Field<T> {
    /// Creates a field that was written.
    #[must_use]
    pub const fn written(value: T, mark: Mark) -> Self {
        Self { value, mark, written: true }
    }

    /// Creates a field that was not written, in the block at `mark`.
    #[must_use]
    pub const fn default_in(value: T, mark: Mark) -> Self {
        Self { value, mark, written: false }
    }

    /// Changes the value and keeps the place.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Field<U> {
        Field { value: change(self.value), mark: self.mark, written: self.written }
    }
}
