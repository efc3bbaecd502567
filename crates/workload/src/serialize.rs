//! How types of other crates are serialised.

#[expect(clippy::trivially_copy_pass_by_ref, reason = "not copied: a text")]
pub(crate) fn text<S: serde::Serializer>(
    text: &tidegate_object::Text,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(text.as_str())
}
