use crate::normal::AnyReference;

/// Sorts references as distribution/reference does, the most exact first.
///
/// Each text is read as [`AnyReference::parse`] reads it, and comes back in its canonical form. The order is:
/// names with tag and digest, with a tag, with a digest, with neither; then digests without a name; then what
/// could not be read, as it was written. Among equals the text decides.
///
/// Source: distribution/reference `sort.go`, `Sort`.
///
/// ```
/// use tidegate_image_ref::sort;
///
/// assert_eq!(
///     sort(["nginx", "no image", "nginx:1"]),
///     ["docker.io/library/nginx:1", "docker.io/library/nginx", "no image"]
/// );
/// ```
#[must_use]
pub fn sort<'a>(references: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for text in references {
        match AnyReference::parse(text) {
            // The order of the variants and of references is the order wanted.
            Ok(reference) => known.push(reference),
            Err(_) => unknown.push(text.to_owned()),
        }
    }
    known.sort();
    unknown.sort();
    known.iter().map(ToString::to_string).chain(unknown).collect()
}
