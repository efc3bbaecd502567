use semver::Version;
use tidegate_source::Span;
use tidegate_yaml::{Kind, Node, Stream, Style};

use super::error::{VersionFileError, VersionFileErrorKind};
use super::replace;

/// Finds `version` of the object.
pub(super) fn locate(text: &str) -> Result<Span, VersionFileError> {
    let (start, json) = trimmed(text);
    locate_in(json).map(|it| it.shifted(start)).map_err(|error| error.shifted(start))
}

/// Returns the object without the blanks around it, which YAML would be particular about, and where it begins.
fn trimmed(text: &str) -> (u32, &str) {
    let json = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let start = u32::try_from(text.len() - json.len()).unwrap_or(u32::MAX);
    (start, json.trim_end())
}

fn locate_in(text: &str) -> Result<Span, VersionFileError> {
    let stream = parse(text)?;
    let root = object(&stream)?;
    let mut versions = root.entries().filter(|(key, _)| key.as_str() == "version");
    let Some((_, version)) = versions.next() else {
        return Err(VersionFileError::new(
            VersionFileErrorKind::Missing,
            Span::new(root.span().start, root.span().start + 1),
            "the object has no field `version`",
        ));
    };
    if let Some((key, _)) = versions.next() {
        return Err(VersionFileError::new(
            VersionFileErrorKind::Twice,
            key.span(),
            "the version stands there twice",
        ));
    }
    string(version)
}

fn parse(text: &str) -> Result<Stream<'_>, VersionFileError> {
    Stream::parse(text).map_err(|errors| {
        let error = errors.first();
        VersionFileError::because(
            VersionFileErrorKind::Malformed,
            error.span(),
            format!("the file is no JSON: {error}"),
        )
    })
}

fn object<'s>(stream: &'s Stream<'s>) -> Result<Node<'s>, VersionFileError> {
    let root = stream.root().filter(|it| it.kind() == Kind::Mapping && it.style() == Style::Flow);
    root.ok_or_else(|| {
        let span = stream.root().map_or(Span::new(0, 0), Node::span);
        VersionFileError::new(VersionFileErrorKind::Malformed, span, "the file is no JSON object")
    })
}

fn string(node: Node<'_>) -> Result<Span, VersionFileError> {
    let quoted = node.verbatim().filter(|_| node.style() == Style::DoubleQuoted);
    quoted.ok_or_else(|| {
        VersionFileError::new(
            VersionFileErrorKind::NotAString,
            node.span(),
            "the version is no text in double quotes without escapes",
        )
    })
}

/// Returns a `package-lock.json` in which the package itself has another version: `version` of the object, and
/// that of the entry `""` under `packages`.
///
/// Source: npm's documentation, *package-lock.json*, `packages`.
///
/// ```
/// use semver::Version;
/// use tidegate_version_bump::set_package_lock;
///
/// let lock = r#"{"version": "1.3.0", "packages": {"": {"version": "1.3.0"}, "x": {"version": "1.3.0"}}}"#;
/// assert_eq!(
///     set_package_lock(lock, &Version::new(1, 4, 0))?,
///     r#"{"version": "1.4.0", "packages": {"": {"version": "1.4.0"}, "x": {"version": "1.3.0"}}}"#
/// );
/// assert!(set_package_lock("[]", &Version::new(1, 4, 0)).is_err());
/// # Ok::<(), tidegate_version_bump::VersionFileError>(())
/// ```
///
/// # Errors
///
/// [`VersionFileErrorKind::Malformed`] for what is no JSON object, [`VersionFileErrorKind::NotAString`] where a
/// version is no text.
pub fn set_package_lock(text: &str, version: &Version) -> Result<String, VersionFileError> {
    let (start, json) = trimmed(text);
    let spans = own_versions(json).map_err(|error| error.shifted(start))?;
    let spans: Vec<_> = spans.into_iter().map(|it| it.shifted(start)).collect();
    Ok(replace(text, &spans, &version.to_string()))
}

fn own_versions(text: &str) -> Result<Vec<Span>, VersionFileError> {
    let stream = parse(text)?;
    let root = object(&stream)?;
    let own = root.get("packages").and_then(|it| it.get(""));
    let mut spans = [Some(root), own]
        .into_iter()
        .flatten()
        .filter_map(|it| it.get("version"))
        .map(string)
        .collect::<Result<Vec<_>, _>>()?;
    spans.sort_unstable();
    Ok(spans)
}
