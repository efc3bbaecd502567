use tidegate_source::Span;

use super::error::{VersionFileError, VersionFileErrorKind};

/// Finds the version in a file that holds nothing else.
///
/// ```text
/// file = [ BOM ] *blank-line *blank [ "v" ] version *blank *blank-line
/// ```
pub(super) fn locate(text: &str) -> Result<Span, VersionFileError> {
    let start = text.len() - text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']).len();
    let line = text[start..].split('\n').next().unwrap_or_default();
    let written = line.trim_end();
    if written.is_empty() {
        let whole = Span::from_range(0..text.len());
        return Err(VersionFileError::new(VersionFileErrorKind::Empty, whole, "the file is empty"));
    }
    let rest = &text[start + line.len()..];
    if !rest.trim().is_empty() {
        let second = text.len() - rest.trim_start().len();
        let end =
            second + rest.trim_start().split('\n').next().unwrap_or_default().trim_end().len();
        return Err(VersionFileError::new(
            VersionFileErrorKind::MoreThanOneLine,
            Span::from_range(second..end),
            "the file has more than the line with its version",
        ));
    }
    let end = start + written.len();
    let followed_by_digit = |it: &&str| it.starts_with(|c: char| c.is_ascii_digit());
    let version = written.strip_prefix('v').filter(followed_by_digit).unwrap_or(written);
    Ok(Span::from_range(end - version.len()..end))
}
