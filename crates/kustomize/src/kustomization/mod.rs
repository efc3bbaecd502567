//! A kustomization file as typed data, every text with its place.

mod decode;
mod generator;
mod selector;

pub(crate) use decode::{image, replica};
pub(crate) use generator::{GeneratorArgs, GeneratorKind, GeneratorOptions};
pub(crate) use selector::Selector;

use tidegate_object::Node;
use tidegate_source::Mark;

use crate::decode::{Pairs, Written};
use crate::images::ImageEntry;

/// The names under which a kustomization file is found, in the order in which they are looked for. A folder holds one.
///
/// ```
/// assert!(tidegate_kustomize::FILE_NAMES.contains(&"kustomization.yaml"));
/// ```
pub const FILE_NAMES: [&str; 3] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/// Whether a file adds to what refers to it, or is built for itself first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    #[default]
    Kustomization,
    Component,
}

/// A kustomization file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kustomization {
    pub(crate) kind: Kind,
    /// The whole document.
    pub(crate) mark: Mark,
    /// The name of the file without its folder.
    pub(crate) file_name: &'static str,
    /// The top-level fields in the order of the text: name as it is known, place of the key, place of the value.
    pub(crate) fields: Vec<(&'static str, Mark, Mark)>,

    pub(crate) resources: Vec<Written>,
    pub(crate) components: Vec<Written>,
    pub(crate) crds: Vec<Written>,
    pub(crate) configurations: Vec<Written>,
    pub(crate) generators: Vec<Written>,
    pub(crate) transformers: Vec<Written>,
    pub(crate) validators: Vec<Written>,

    pub(crate) config_map_generator: Vec<GeneratorArgs>,
    pub(crate) secret_generator: Vec<GeneratorArgs>,
    pub(crate) generator_options: Option<GeneratorOptions>,
    /// Where charts are asked for; nothing here runs them.
    pub(crate) helm_charts: Vec<Mark>,

    pub(crate) namespace: Written,
    pub(crate) name_prefix: Written,
    pub(crate) name_suffix: Written,
    pub(crate) labels: Vec<LabelEntry>,
    pub(crate) common_labels: Pairs,
    pub(crate) common_annotations: Pairs,
    pub(crate) images: Vec<ImageEntry>,
    pub(crate) replicas: Vec<ReplicaEntry>,
    pub(crate) patches: Vec<PatchEntry>,
    pub(crate) patches_strategic_merge: Vec<Written>,
    pub(crate) patches_json6902: Vec<PatchEntry>,
    pub(crate) replacements: Vec<Node>,
    pub(crate) vars: Vec<Var>,

    pub(crate) sort_options: Option<SortOptions>,
    pub(crate) build_metadata: Vec<Written>,
    pub(crate) openapi: Pairs,
}

/// An entry of `labels`.
#[derive(Clone, Debug, Default)]
pub(crate) struct LabelEntry {
    pub(crate) pairs: Pairs,
    pub(crate) include_selectors: bool,
    pub(crate) include_templates: bool,
    pub(crate) include_volume_claim_templates: bool,
    pub(crate) fields: Vec<crate::fieldspec::FieldSpec>,
}

/// An entry of `replicas`.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReplicaEntry {
    pub(crate) name: Written,
    pub(crate) count: i64,
    pub(crate) count_mark: Mark,
}

/// An entry of `patches` or `patchesJson6902`.
#[derive(Clone, Debug, Default)]
pub(crate) struct PatchEntry {
    pub(crate) mark: Mark,
    pub(crate) path: Written,
    pub(crate) patch: Written,
    /// The name of the field that holds `patch`.
    pub(crate) field: &'static str,
    pub(crate) target: Option<Selector>,
    pub(crate) allow_name_change: bool,
    pub(crate) allow_kind_change: bool,
}

/// An entry of `vars`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Var {
    pub(crate) name: Written,
    pub(crate) mark: Mark,
    pub(crate) group: Written,
    pub(crate) version: Written,
    pub(crate) kind: Written,
    pub(crate) object_name: Written,
    pub(crate) namespace: Written,
    pub(crate) field_path: Written,
}

impl Var {
    /// Returns where the object is named, or else where the variable is.
    pub(crate) fn place(&self) -> Mark {
        let places = [self.object_name.mark, self.kind.mark, self.name.mark];
        places.into_iter().find(|mark| mark.is_some()).unwrap_or(self.mark)
    }
}

/// The field `sortOptions`.
#[derive(Clone, Debug, Default)]
pub(crate) struct SortOptions {
    pub(crate) order: Written,
    pub(crate) legacy: Option<LegacyOrder>,
    pub(crate) mark: Mark,
}

/// The kinds that come first and last in legacy order.
#[derive(Clone, Debug, Default)]
pub(crate) struct LegacyOrder {
    pub(crate) first: Vec<Written>,
    pub(crate) last: Vec<Written>,
}
