use std::borrow::Cow;

use tidegate_object::Text;

use super::{FieldSpec, FieldSpecs, Segment, table};
use crate::identity::Gvk;

/// A transformer's default field specs.
///
/// ```
/// use tidegate_kustomize::{FieldSpecs, Specs};
///
/// let replicas = FieldSpecs::builtin(Specs::Replicas);
/// assert!(replicas.as_slice().iter().any(|it| it.kind == "Deployment" && it.path() == "spec/replicas"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Specs {
    /// `namePrefix`.
    NamePrefix,
    /// `nameSuffix`.
    NameSuffix,
    /// `namespace`.
    Namespace,
    /// `commonLabels`, and `labels` with `includeSelectors`.
    CommonLabels,
    /// `labels` with `includeTemplates`.
    TemplateLabels,
    /// `labels` with `includeVolumeClaimTemplates`.
    VolumeClaimTemplateLabels,
    /// `commonAnnotations`.
    CommonAnnotations,
    /// `images`.
    Images,
    /// `replicas`.
    Replicas,
    /// Where a `$(VARIABLE)` is expanded.
    VarReference,
}

impl FieldSpecs {
    /// Returns a transformer's default field specs, in the order in which Kustomize goes by them.
    ///
    /// ```
    /// use tidegate_kustomize::{FieldSpecs, Specs};
    ///
    /// let images = FieldSpecs::builtin(Specs::Images);
    /// assert_eq!(images.as_slice()[0].path(), "spec/containers[]/image");
    /// ```
    #[must_use]
    pub fn builtin(of: Specs) -> &'static Self {
        macro_rules! all {
            ($table:ident) => {{
                static SPECS: FieldSpecs = FieldSpecs::literal(&table::$table);
                &SPECS
            }};
        }
        match of {
            Specs::NamePrefix => all!(NAME_PREFIX),
            Specs::NameSuffix => all!(NAME_SUFFIX),
            Specs::Namespace => all!(NAMESPACE),
            Specs::CommonLabels => all!(COMMON_LABELS),
            Specs::TemplateLabels => all!(TEMPLATE_LABELS),
            Specs::VolumeClaimTemplateLabels => all!(VOLUME_CLAIM_TEMPLATE_LABELS),
            Specs::CommonAnnotations => all!(COMMON_ANNOTATIONS),
            Specs::Images => all!(IMAGES),
            Specs::Replicas => all!(REPLICAS),
            Specs::VarReference => all!(VAR_REFERENCE),
        }
    }
}

/// A kind, and the fields of other objects that hold names of its objects.
#[derive(Clone, Debug)]
pub(crate) struct NameReference {
    /// API group of what is referred to; empty for any.
    pub group: Text,
    /// API version; empty for any.
    pub version: Text,
    /// Kind.
    pub kind: Text,
    /// The fields that refer to it.
    pub referrers: FieldSpecs,
}

impl FieldSpec {
    /// Returns the spec of every object's namespace, which is made where it is missing.
    pub(crate) fn metadata_namespace() -> &'static Self {
        static SEGMENTS: [Segment; 2] = [field("metadata"), field("namespace")];
        static SPEC: FieldSpec = spec("metadata/namespace", &SEGMENTS, "", "", "", true);
        &SPEC
    }
}

impl NameReference {
    /// Returns the references that Kustomize knows, in the order in which it follows them.
    #[must_use]
    pub(crate) fn builtin() -> &'static [Self] {
        &table::NAME_REFERENCE
    }

    /// Returns group, version and kind of what is referred to; empty parts stand for any.
    #[must_use]
    pub(crate) fn gvk(&self) -> Gvk<'_> {
        Gvk { group: &self.group, version: &self.version, kind: &self.kind }
    }
}

// What the tables are written with.

pub(super) const fn field(name: &'static str) -> Segment {
    Segment { name: Text::literal(name), list: false, place: false }
}

pub(super) const fn list(name: &'static str) -> Segment {
    Segment { name: Text::literal(name), list: true, place: false }
}

pub(super) const fn spec(
    path: &'static str,
    segments: &'static [Segment],
    kind: &'static str,
    group: &'static str,
    version: &'static str,
    create: bool,
) -> FieldSpec {
    FieldSpec {
        group: Text::literal(group),
        version: Text::literal(version),
        kind: Text::literal(kind),
        create,
        path: Text::literal(path),
        segments: Cow::Borrowed(segments),
    }
}

pub(super) const fn reference(
    kind: &'static str,
    group: &'static str,
    version: &'static str,
    referrers: &'static [FieldSpec],
) -> NameReference {
    NameReference {
        group: Text::literal(group),
        version: Text::literal(version),
        kind: Text::literal(kind),
        referrers: FieldSpecs::literal(referrers),
    }
}
