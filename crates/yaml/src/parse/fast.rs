use super::Parser;

impl Parser<'_> {
    /// Reads `key: value` lines of the innermost block mapping as long as they are ordinary.
    pub(super) fn quick_pairs(&mut self) {}

    /// Reads `- value` lines of the innermost block sequence as long as they are ordinary.
    pub(super) fn quick_entries(&mut self) {}
}
