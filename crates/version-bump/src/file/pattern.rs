use tidegate_pattern::Regex;
use tidegate_source::Span;

use super::error::{VersionFileError, VersionFileErrorKind};

/// Compiles the pattern of a file, which must have a group.
pub(super) fn compile(pattern: &str) -> Result<Regex, VersionFileError> {
    let regex = Regex::new(pattern).map_err(|error| {
        VersionFileError::because(
            VersionFileErrorKind::InvalidPattern,
            error.span(),
            format!("the pattern is no regular expression: {error}"),
        )
    })?;
    if regex.group_names().len() == 0 {
        return Err(VersionFileError::new(
            VersionFileErrorKind::PatternWithoutGroup,
            Span::from_range(0..pattern.len()),
            "the pattern has no group for the version",
        ));
    }
    Ok(regex)
}

/// Finds the version: the group `version` of the only match, or else the first group.
pub(super) fn locate(pattern: &Regex, text: &str) -> Result<Span, VersionFileError> {
    let nothing = |message| {
        let whole = Span::from_range(0..text.len());
        VersionFileError::new(VersionFileErrorKind::NoMatch, whole, message)
    };
    let captures =
        pattern.captures(text).ok_or_else(|| nothing("the pattern matches nothing in the file"))?;
    let named = pattern.group_names().any(|it| it == Some("version"));
    let group = if named { captures.name_range("version") } else { captures.range(1) };
    let group =
        group.ok_or_else(|| nothing("the group of the pattern took no part in the match"))?;
    // A second match would make it unclear which is meant.
    let behind = captures.range(0).map_or(text.len(), |it| it.end.max(group.end));
    if let Some(second) = next_match(pattern, text, behind) {
        return Err(VersionFileError::new(
            VersionFileErrorKind::MoreThanOneMatch,
            second,
            "the pattern matches at more than one place",
        ));
    }
    Ok(Span::from_range(group))
}

/// Returns the first match that begins at an offset or behind it.
fn next_match(pattern: &Regex, text: &str, from: usize) -> Option<Span> {
    pattern.find_at(text, from).filter(|it| !it.is_empty()).map(Span::from_range)
}
