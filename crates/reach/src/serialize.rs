//! How types of other crates are serialised.

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde asks for")]
pub(crate) fn severity<S: serde::Serializer>(
    severity: &tidegate_source::Severity,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serde::Serialize::serialize(severity, serializer)
}

pub(crate) fn identity<S: serde::Serializer>(
    identity: &tidegate_object::Identity,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_str(identity)
}
