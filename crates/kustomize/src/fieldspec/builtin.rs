use std::sync::LazyLock;

use tidegate_object::Text;

use super::{FieldSpec, FieldSpecs, table};
use crate::identity::Gvk;

/// A transformer's default field specs.
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

impl Specs {
    /// How many there are.
    pub(crate) const ALL: usize = Self::VarReference as usize + 1;
}

impl FieldSpecs {
    /// Returns a transformer's default field specs, in Kustomize's own order. They are read at the first call.
    ///
    /// ```
    /// use tidegate_kustomize::{FieldSpecs, Specs};
    ///
    /// let images = FieldSpecs::builtin(Specs::Images);
    /// assert_eq!(images.as_slice()[0].path(), "spec/containers[]/image");
    /// ```
    #[must_use]
    pub fn builtin(of: Specs) -> &'static Self {
        macro_rules! lazy {
            ($table:ident) => {{
                static SPECS: LazyLock<FieldSpecs> =
                    LazyLock::new(|| rows(table::$table).collect());
                &SPECS
            }};
        }
        match of {
            Specs::NamePrefix => lazy!(NAME_PREFIX),
            Specs::NameSuffix => lazy!(NAME_SUFFIX),
            Specs::Namespace => lazy!(NAMESPACE),
            Specs::CommonLabels => lazy!(COMMON_LABELS),
            Specs::TemplateLabels => lazy!(TEMPLATE_LABELS),
            Specs::VolumeClaimTemplateLabels => lazy!(VOLUME_CLAIM_TEMPLATE_LABELS),
            Specs::CommonAnnotations => lazy!(COMMON_ANNOTATIONS),
            Specs::Images => lazy!(IMAGES),
            Specs::Replicas => lazy!(REPLICAS),
            Specs::VarReference => lazy!(VAR_REFERENCE),
        }
    }
}

/// A kind, and the fields of other objects that hold names of its objects.
#[derive(Clone, Debug)]
pub struct NameReference {
    /// API group of what is referred to; empty for any.
    pub group: Text,
    /// API version; empty for any.
    pub version: Text,
    /// Kind.
    pub kind: Text,
    /// The fields that refer to it.
    pub referrers: FieldSpecs,
}

impl NameReference {
    /// Returns the references that Kustomize knows, in its own order. They are read at the first call.
    #[must_use]
    pub fn builtin() -> &'static [Self] {
        static REFERENCES: LazyLock<Vec<NameReference>> = LazyLock::new(|| {
            let mut references: Vec<NameReference> = Vec::new();
            for spec in rows(table::NAME_REFERENCE) {
                match references.last_mut() {
                    Some(last) if spec.path() != ">" => last.referrers.push(spec),
                    _ => references.push(NameReference {
                        group: spec.group,
                        version: spec.version,
                        kind: spec.kind,
                        referrers: FieldSpecs::default(),
                    }),
                }
            }
            references
        });
        &REFERENCES
    }

    /// Returns group, version and kind of what is referred to; empty parts stand for any.
    #[must_use]
    pub fn gvk(&self) -> Gvk<'_> {
        Gvk { group: &self.group, version: &self.version, kind: &self.kind }
    }
}

/// Reads a table: path, kind, group, version and `create` on each line, `-` for what is not there.
fn rows(table: &'static str) -> impl Iterator<Item = FieldSpec> {
    table.lines().filter(|line| !line.is_empty()).map(|line| {
        let mut parts = line.split(' ').map(|it| if it == "-" { "" } else { it });
        let mut part = || Text::literal(parts.next().unwrap_or(""));
        let spec = FieldSpec::new(part());
        let (kind, group, version) = (part(), part(), part());
        FieldSpec { kind, group, version, create: !part().is_empty(), ..spec }
    })
}
