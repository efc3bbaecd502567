use tidegate_object::{Node, Value};
use tidegate_source::{Diagnostic, Label};

use super::{
    GeneratorArgs, GeneratorKind, GeneratorOptions, Kind, Kustomization, LabelEntry, LegacyOrder,
    PatchEntry, ReplicaEntry, Selector, SortOptions, Var,
};
use crate::config::decode_field_spec;
use crate::decode::{Decoder, Manner, Written};
use crate::images::ImageEntry;

const API_VERSION: &str = "kustomize.config.k8s.io/v1beta1";
const COMPONENT_API_VERSION: &str = "kustomize.config.k8s.io/v1alpha1";

/// The fields of a kustomization.
pub(crate) const FIELDS: [&str; 34] = [
    "apiVersion",
    "kind",
    "metadata",
    "openapi",
    "namePrefix",
    "nameSuffix",
    "namespace",
    "commonLabels",
    "labels",
    "commonAnnotations",
    "patchesStrategicMerge",
    "patchesJson6902",
    "patches",
    "images",
    "imageTags",
    "replacements",
    "replicas",
    "vars",
    "sortOptions",
    "resources",
    "components",
    "crds",
    "bases",
    "configMapGenerator",
    "secretGenerator",
    "helmGlobals",
    "helmCharts",
    "helmChartInflationGenerator",
    "generatorOptions",
    "configurations",
    "generators",
    "transformers",
    "validators",
    "buildMetadata",
];

/// The deprecated fields, and what took their place.
const DEPRECATED: [(&str, &str); 6] = [
    ("bases", "resources"),
    ("commonLabels", "labels"),
    ("imageTags", "images"),
    ("patchesJson6902", "patches"),
    ("patchesStrategicMerge", "patches"),
    ("vars", "replacements"),
];

impl Kustomization {
    /// Reads a document.
    ///
    /// Returns what could be read, and every mistake and warning.
    pub(crate) fn decode(node: &Node, file_name: &'static str) -> (Self, Vec<Diagnostic>) {
        let mut decoder = Decoder::new(Manner::Kustomization);
        let mut it = Self { mark: node.mark, file_name, ..Self::default() };
        let mut head = Head::default();
        decoder.structure(node, "a kustomization", &FIELDS, |decoder, name, node| {
            head.any |= says_something(name, node);
            match name {
                "kind" => head.kind = decoder.string(node),
                "apiVersion" => head.api_version = decoder.string(node),
                "bases" => head.bases = decoder.strings(node),
                "imageTags" => head.image_tags = decoder.list(node, image),
                _ => it.field(decoder, name, node),
            }
        });
        it.resources.append(&mut head.bases);
        it.images.append(&mut head.image_tags);
        it.note_fields(node, &mut decoder);
        if head.any || !decoder.is_clean() {
            it.check_head(&head, &mut decoder);
        } else {
            let empty = Diagnostic::error("empty-kustomization", "the kustomization is empty")
                .at(Label::new(node.mark, ""))
                .help("name at least one resource: `resources: [deployment.yaml]`");
            decoder.report(empty);
        }
        (it, decoder.finish())
    }

    fn field(&mut self, decoder: &mut Decoder, name: &'static str, node: &Node) {
        match name {
            "metadata" => decode_metadata(decoder, node),
            "openapi" => self.openapi = decoder.pairs(node),
            "namePrefix" => self.name_prefix = decoder.string(node),
            "nameSuffix" => self.name_suffix = decoder.string(node),
            "namespace" => self.namespace = decoder.string(node),
            "commonLabels" => self.common_labels = decoder.pairs(node),
            "labels" => self.labels = decoder.list(node, label),
            "commonAnnotations" => self.common_annotations = decoder.pairs(node),
            "patchesStrategicMerge" => self.patches_strategic_merge = decoder.strings(node),
            "patchesJson6902" => self.patches_json6902 = decoder.list(node, patch),
            "patches" => self.patches = decoder.list(node, patch),
            "images" => self.images = decoder.list(node, image),
            "replacements" => self.replacements = decoder.list(node, |_, node| node.clone()),
            "replicas" => self.replicas = decoder.list(node, replica),
            "vars" => self.vars = decoder.list(node, var),
            "sortOptions" => self.sort_options = SortOptions::decode(decoder, node),
            "resources" => self.resources = decoder.strings(node),
            "components" => self.components = decoder.strings(node),
            "crds" => self.crds = decoder.strings(node),
            "configMapGenerator" => {
                let kind = GeneratorKind::ConfigMap;
                self.config_map_generator =
                    decoder.list(node, |it, node| GeneratorArgs::decode(it, node, kind));
            }
            "secretGenerator" => {
                let kind = GeneratorKind::Secret;
                self.secret_generator =
                    decoder.list(node, |it, node| GeneratorArgs::decode(it, node, kind));
            }
            "helmCharts" | "helmChartInflationGenerator" => {
                self.helm_charts.extend(decoder.list(node, |_, node| node.mark));
            }
            "generatorOptions" => {
                self.generator_options = GeneratorOptions::decode(decoder, node);
            }
            "configurations" => self.configurations = decoder.strings(node),
            "generators" => self.generators = decoder.strings(node),
            "transformers" => self.transformers = decoder.strings(node),
            "validators" => self.validators = decoder.strings(node),
            "buildMetadata" => self.build_metadata = decoder.strings(node),
            _ => {}
        }
    }

    /// Notes where the fields stand, and warns of deprecated ones.
    fn note_fields(&mut self, node: &Node, decoder: &mut Decoder) {
        let Some(map) = node.as_map() else { return };
        for entry in map.entries() {
            let known = FIELDS.iter().find(|name| name.eq_ignore_ascii_case(&entry.key));
            let Some(name) = known else { continue };
            self.fields.push((name, entry.key_mark, entry.node.mark));
            let newer = DEPRECATED.iter().find(|(old, _)| old == name);
            if let Some((old, newer)) = newer
                && !entry.node.is_null()
            {
                let warning = Diagnostic::warning(
                    "deprecated-field",
                    format!("the field `{old}` is deprecated"),
                )
                .at(Label::new(entry.key_mark, ""))
                .help(format!("use `{newer}` instead"));
                decoder.report(warning);
            }
        }
    }

    fn check_head(&mut self, head: &Head, decoder: &mut Decoder) {
        self.kind = match &*head.kind {
            "" | "Kustomization" => Kind::Kustomization,
            "Component" => Kind::Component,
            _ => {
                let message = format!("`{}` is not the kind of a kustomization", &*head.kind);
                let mistake = Diagnostic::error("wrong-kind", message)
                    .at(Label::new(head.kind.mark, ""))
                    .help("write `kind: Kustomization` or `kind: Component`");
                decoder.report(mistake);
                Kind::Kustomization
            }
        };
        let required = match self.kind {
            Kind::Kustomization => API_VERSION,
            Kind::Component => COMPONENT_API_VERSION,
        };
        if !head.api_version.is_empty() && &*head.api_version != required {
            let message =
                format!("`{}` is not the apiVersion of a {:?}", &*head.api_version, self.kind);
            let mistake = Diagnostic::error("wrong-api-version", message)
                .at(Label::new(head.api_version.mark, ""))
                .help(format!("write `apiVersion: {required}`"));
            decoder.report(mistake);
        }
    }
}

/// What is read first and checked together.
#[derive(Default)]
struct Head {
    kind: Written,
    api_version: Written,
    bases: Vec<Written>,
    image_tags: Vec<ImageEntry>,
    any: bool,
}

/// Returns whether a field, as it is written, makes a kustomization more than an empty one.
fn says_something(name: &str, node: &Node) -> bool {
    match (name, &node.value) {
        ("kind" | "apiVersion", _) | (_, Value::Null) => false,
        ("bases" | "imageTags" | "helmChartInflationGenerator", Value::List(items)) => {
            !items.is_empty()
        }
        (_, Value::String(text)) => !text.is_empty(),
        _ => true,
    }
}

fn decode_metadata(decoder: &mut Decoder, node: &Node) {
    let known = ["name", "namespace", "labels", "annotations"];
    decoder.structure(node, "metadata", &known, |it, name, node| match name {
        "name" | "namespace" => drop(it.string(node)),
        _ => drop(it.pairs(node)),
    });
}

fn label(decoder: &mut Decoder, node: &Node) -> LabelEntry {
    let mut entry = LabelEntry::default();
    let known =
        ["pairs", "includeSelectors", "includeTemplates", "includeVolumeClaimTemplates", "fields"];
    decoder.structure(node, "an entry of `labels`", &known, |it, name, node| match name {
        "pairs" => entry.pairs = it.pairs(node),
        "includeSelectors" => entry.include_selectors = it.truth(node),
        "includeTemplates" => entry.include_templates = it.truth(node),
        "includeVolumeClaimTemplates" => entry.include_volume_claim_templates = it.truth(node),
        _ => entry.fields = it.list(node, decode_field_spec),
    });
    entry
}

pub(crate) fn image(decoder: &mut Decoder, node: &Node) -> ImageEntry {
    let mut entry = ImageEntry { mark: node.mark, ..ImageEntry::default() };
    let known = ["name", "newName", "tagSuffix", "newTag", "digest"];
    decoder.structure(node, "an entry of `images`", &known, |it, name, node| {
        let part = match name {
            "name" => &mut entry.name,
            "newName" => &mut entry.new_name,
            "tagSuffix" => &mut entry.tag_suffix,
            "newTag" => &mut entry.new_tag,
            _ => &mut entry.digest,
        };
        *part = it.string(node).text;
    });
    entry
}

pub(crate) fn replica(decoder: &mut Decoder, node: &Node) -> ReplicaEntry {
    let mut entry = ReplicaEntry::default();
    decoder.structure(node, "an entry of `replicas`", &["name", "count"], |it, name, node| {
        if name == "name" {
            entry.name = it.string(node);
        } else {
            (entry.count, entry.count_mark) = (it.integer(node), node.mark);
        }
    });
    entry
}

pub(crate) fn patch(decoder: &mut Decoder, node: &Node) -> PatchEntry {
    let mut entry = PatchEntry { mark: node.mark, field: "patch", ..PatchEntry::default() };
    let known = ["path", "patch", "target", "options"];
    decoder.structure(node, "a patch", &known, |it, name, node| match name {
        "path" => entry.path = it.string(node),
        "patch" => entry.patch = it.string(node),
        "target" => entry.target = Selector::decode(it, node),
        _ => {
            let known = ["allowNameChange", "allowKindChange"];
            it.structure(node, "the options of a patch", &known, |it, name, node| match name {
                "allowNameChange" => entry.allow_name_change = it.truth(node),
                _ => entry.allow_kind_change = it.truth(node),
            });
        }
    });
    entry
}

fn var(decoder: &mut Decoder, node: &Node) -> Var {
    let mut var = Var { mark: node.mark, ..Var::default() };
    decoder.structure(node, "a variable", &["name", "objref", "fieldref"], |it, name, node| {
        match name {
            "name" => var.name = it.string(node),
            "objref" => object_reference(it, node, &mut var),
            _ => it.structure(node, "`fieldref`", &["fieldPath"], |it, _, node| {
                var.field_path = it.string(node);
            }),
        }
    });
    var
}

fn object_reference(decoder: &mut Decoder, node: &Node, var: &mut Var) {
    let known = ["apiVersion", "group", "version", "kind", "name", "namespace"];
    let mut api_version = Written::default();
    decoder.structure(node, "`objref`", &known, |it, name, node| {
        let part = match name {
            "apiVersion" => &mut api_version,
            "group" => &mut var.group,
            "version" => &mut var.version,
            "kind" => &mut var.kind,
            "name" => &mut var.object_name,
            _ => &mut var.namespace,
        };
        *part = it.string(node);
    });
    let mark = api_version.mark;
    match api_version.split('/').collect::<Vec<_>>().as_slice() {
        [""] => {}
        [version] => var.version = Written { text: (*version).into(), mark },
        [group, version] => {
            var.group = Written { text: (*group).into(), mark };
            var.version = Written { text: (*version).into(), mark };
        }
        _ => {}
    }
}

impl SortOptions {
    /// Reads the options; `null` is none.
    pub(crate) fn decode(decoder: &mut Decoder, node: &Node) -> Option<Self> {
        if node.is_null() {
            return None;
        }
        let mut options = Self { mark: node.mark, ..Self::default() };
        let known = ["order", "legacySortOptions"];
        decoder.structure(node, "`sortOptions`", &known, |it, name, node| match name {
            "order" => options.order = it.string(node),
            _ if node.is_null() => options.legacy = None,
            _ => {
                let mut legacy = LegacyOrder::default();
                let known = ["orderFirst", "orderLast"];
                it.structure(node, "`legacySortOptions`", &known, |it, name, node| {
                    let list = it.strings(node);
                    let place =
                        if name == "orderFirst" { &mut legacy.first } else { &mut legacy.last };
                    *place = list;
                });
                options.legacy = Some(legacy);
            }
        });
        Some(options)
    }
}
