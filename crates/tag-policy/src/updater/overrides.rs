/// Returns whether two image overrides of a Kustomize source name the same image.
///
/// An override is written `[name=]image[:tag][@digest]`. Both texts are cut at the first delimiter that the second
/// one has: `=`, else `:`, else `@`; what stands before is compared.
///
/// Source: Argo CD, `KustomizeImage.Match`.
///
/// ```
/// use tidegate_tag_policy::override_matches;
///
/// assert!(override_matches("app=org/app:1.3.0", "app=org/app:1.4.0"));
/// // The tag of the first is not cut off here, since the second is delimited by `=`.
/// assert!(!override_matches("app:1.3.0", "app=org/app:1.4.0"));
/// ```
#[must_use]
pub fn override_matches(a: &str, b: &str) -> bool {
    let delimiter = ['=', ':', '@'].into_iter().find(|it| b.contains(*it)).unwrap_or(':');
    let name = |text| str::split_once(text, delimiter).map_or(text, |it| it.0);
    name(a) == name(b)
}

/// Returns the index of the first override of a list that names the same image as another one.
///
/// ```
/// use tidegate_tag_policy::find_override;
///
/// let list = ["nginx:1.27", "org/app:1.3.0"];
/// assert_eq!(find_override(list, "org/app:1.4.0"), Some(1));
/// assert_eq!(find_override(list, "org"), None);
/// ```
#[must_use]
pub fn find_override<'l>(list: impl IntoIterator<Item = &'l str>, wanted: &str) -> Option<usize> {
    list.into_iter().position(|it| override_matches(it, wanted))
}
