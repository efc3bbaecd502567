//! Generators and transformers that are configured by objects of their own: those that are built in.

use tidegate_object::Node;
use tidegate_source::{Diagnostic, Label, nearest};

use crate::accumulate::Engine;
use crate::config::SharedSpecs;
use crate::config::decode_field_spec;
use crate::decode::{Decoder, Manner, Pairs, Written};
use crate::fieldspec::FieldSpecs;
use crate::generate::{IamPolicy, generate};
use crate::images::{Images, Reading};
use crate::kustomization::{GeneratorArgs, GeneratorKind, PatchEntry, Selector, image, replica};
use crate::loader::Root;
use crate::path;
use crate::resource::Resource;
use crate::selector::Matcher;
use crate::text::listed;
use crate::transform::{
    Affix, Labels, Namespace, Replicas, Side, Subjects, Target, Transformer, ValueAdd, check_target,
};

const GENERATORS: [&str; 4] =
    ["ConfigMapGenerator", "SecretGenerator", "IAMPolicyGenerator", "HelmChartInflationGenerator"];

const TRANSFORMERS: [&str; 14] = [
    "AnnotationsTransformer",
    "HashTransformer",
    "ImageTagTransformer",
    "LabelTransformer",
    "NamespaceTransformer",
    "PatchJson6902Transformer",
    "PatchStrategicMergeTransformer",
    "PatchTransformer",
    "PrefixSuffixTransformer",
    "PrefixTransformer",
    "SuffixTransformer",
    "ReplacementTransformer",
    "ReplicaCountTransformer",
    "ValueAddTransformer",
];

/// Makes what a generator's configuration asks for.
pub(crate) fn generator(
    engine: &mut Engine<'_>,
    root: &Root,
    config: &Resource,
) -> Result<Resource, Vec<Diagnostic>> {
    check_kind(config, &GENERATORS, "generator").map_err(|it| vec![it])?;
    let mut decoder = Decoder::new(Manner::Plugin);
    let node = config.root();
    let kind = match config.kind() {
        "ConfigMapGenerator" => GeneratorKind::ConfigMap,
        "SecretGenerator" => GeneratorKind::Secret,
        "IAMPolicyGenerator" => {
            let policy = IamPolicy::decode(&mut decoder, node);
            check(decoder)?;
            return policy.generate().map_err(|it| vec![it]);
        }
        _ => return Err(vec![helm_is_off(Label::new(node.mark, ""))]),
    };
    let args = GeneratorArgs::decode_plugin(&mut decoder, node);
    check(decoder)?;
    generate(&mut engine.loader, root, &args, kind)
}

/// Explains that charts are not rendered.
pub(crate) fn helm_is_off(label: Label) -> Diagnostic {
    Diagnostic::error("helm", "Helm charts are not rendered here")
        .at(label)
        .help("render the chart with `helm template`, and name the file under `resources`")
}

/// Makes the transformers that a configuration asks for.
pub(crate) fn transformers(
    engine: &mut Engine<'_>,
    root: &Root,
    config: &Resource,
) -> Result<Vec<Transformer>, Vec<Diagnostic>> {
    check_kind(config, &TRANSFORMERS, "transformer").map_err(|it| vec![it])?;
    let node = config.root();
    let mut plugin = Plugin::decode(node)?;
    let specs = plugin.specs.clone();
    let missing_specs = || {
        let mistake = Diagnostic::error("missing-field", "the transformer needs `fieldSpecs`")
            .at(Label::new(node.mark, ""))
            .help("add `fieldSpecs: [{path: metadata/name}]`");
        vec![mistake]
    };
    let affix = |side, text: &Written| {
        Transformer::Affix(Affix { side, text: text.clone(), specs: specs.clone() })
    };
    Ok(match config.kind() {
        "AnnotationsTransformer" => {
            let pairs = std::mem::take(&mut plugin.annotations);
            vec![Transformer::Labels(Labels { pairs, specs })]
        }
        "LabelTransformer" => {
            let pairs = std::mem::take(&mut plugin.labels);
            vec![Transformer::Labels(Labels { pairs, specs })]
        }
        "HashTransformer" => vec![Transformer::Hash],
        "ImageTagTransformer" => {
            let images = Images::new(plugin.image.take(), Reading::Pattern);
            vec![Transformer::Images { images, specs }]
        }
        "NamespaceTransformer" => vec![Transformer::Namespace(plugin.namespace()?)],
        "PrefixSuffixTransformer" | "PrefixTransformer" | "SuffixTransformer"
            if !plugin.has_specs =>
        {
            return Err(missing_specs());
        }
        "PrefixSuffixTransformer" => {
            vec![affix(Side::Prefix, &plugin.prefix), affix(Side::Suffix, &plugin.suffix)]
        }
        "PrefixTransformer" => vec![affix(Side::Prefix, &plugin.prefix)],
        "SuffixTransformer" => vec![affix(Side::Suffix, &plugin.suffix)],
        "ReplicaCountTransformer" => {
            let entry = std::mem::take(&mut plugin.replica);
            vec![Transformer::Replicas(Replicas { entry, specs })]
        }
        "PatchTransformer" => vec![engine.patch(root, &plugin.patch)?],
        "PatchJson6902Transformer" => vec![engine.patch_json6902(root, &plugin.patch)?],
        "PatchStrategicMergeTransformer" => {
            if !plugin.patches.is_empty() {
                plugin.paths.push(plugin.patches.clone());
            }
            let kind = node.get("kind").map_or(node.mark, |it| it.mark);
            vec![engine.patches_strategic_merge(root, &plugin.paths, kind)?]
        }
        "ReplacementTransformer" => {
            vec![engine.replacements(root, &plugin.replacements, Manner::Plugin)?]
        }
        _ => vec![Transformer::ValueAdd(plugin.value_add(engine, root)?)],
    })
}

fn check(decoder: Decoder) -> Result<(), Vec<Diagnostic>> {
    let mistakes = decoder.finish();
    if mistakes.is_empty() { Ok(()) } else { Err(mistakes) }
}

/// A plugin is built in, of a kind that is known.
fn check_kind(config: &Resource, known: &[&str], what: &str) -> Result<(), Diagnostic> {
    let place = |field: &str| config.root().get(field).map_or(config.root().mark, |it| it.mark);
    if config.api_version() != "builtin" {
        return Err(Diagnostic::error(
            "external-plugin",
            format!(
                "the {what} `{}` is not built in, and no other programs are run",
                config.kind()
            ),
        )
        .at(Label::new(place("apiVersion"), "only `builtin` is"))
        .help("run the program beforehand, and name the file that it writes under `resources`"));
    }
    if known.contains(&config.kind()) {
        return Ok(());
    }
    let mistake = Diagnostic::error(
        "unknown-plugin",
        format!("there is no built-in {what} `{}`", config.kind()),
    )
    .at(Label::new(place("kind"), ""));
    Err(mistake.help(match nearest(config.kind(), known.iter().copied()) {
        _ if config.kind() == "SortOrderTransformer" => {
            "write the field `sortOptions` in the kustomization".to_owned()
        }
        Some(similar) => format!("there is a `{similar}`"),
        None => format!("known are {}", listed(known, "and")),
    }))
}

/// The fields that configurations of transformers have; each kind looks at its own.
#[derive(Default)]
struct Plugin {
    specs: SharedSpecs,
    has_specs: bool,
    labels: Pairs,
    annotations: Pairs,
    prefix: Written,
    suffix: Written,
    image: Option<crate::images::ImageEntry>,
    replica: crate::kustomization::ReplicaEntry,
    patch: PatchEntry,
    paths: Vec<Written>,
    patches: Written,
    replacements: Vec<Node>,
    metadata_namespace: Written,
    unset_only: bool,
    subjects: Written,
    value: Written,
    targets: Vec<TargetEntry>,
    target_file: Written,
}

#[derive(Default)]
struct TargetEntry {
    selector: Option<Selector>,
    field_path: Written,
    file_path_position: i64,
}

impl Plugin {
    fn decode(node: &Node) -> Result<Self, Vec<Diagnostic>> {
        const FIELDS: [&str; 22] = [
            "fieldSpecs",
            "labels",
            "annotations",
            "prefix",
            "suffix",
            "imageTag",
            "replica",
            "path",
            "patch",
            "target",
            "options",
            "jsonOp",
            "paths",
            "patches",
            "replacements",
            "metadata",
            "unsetOnly",
            "setRoleBindingSubjects",
            "value",
            "targets",
            "targetFilePath",
            "kind",
        ];
        let kind = node.get("kind").and_then(Node::as_str).unwrap_or_default();
        let fields: &[&str] = match kind {
            "AnnotationsTransformer" => &["annotations", "fieldSpecs"],
            "LabelTransformer" => &["labels", "fieldSpecs"],
            "ImageTagTransformer" => &["imageTag", "fieldSpecs"],
            "NamespaceTransformer" => {
                &["metadata", "fieldSpecs", "unsetOnly", "setRoleBindingSubjects"]
            }
            "PatchJson6902Transformer" => &["target", "path", "jsonOp"],
            "PatchStrategicMergeTransformer" => &["paths", "patches"],
            "PatchTransformer" => &["path", "patch", "target", "options"],
            "PrefixSuffixTransformer" | "PrefixTransformer" | "SuffixTransformer" => {
                &["prefix", "suffix", "fieldSpecs"]
            }
            "ReplacementTransformer" => &["replacements"],
            "ReplicaCountTransformer" => &["replica", "fieldSpecs"],
            "ValueAddTransformer" => &["value", "targets", "targetFilePath"],
            _ => &[],
        };
        let known: Vec<&'static str> =
            FIELDS.into_iter().filter(|field| fields.contains(field)).collect();
        let mut plugin = Self::default();
        let manner = match kind {
            "PrefixTransformer" | "SuffixTransformer" => Manner::AffixPlugin,
            _ => Manner::Plugin,
        };
        let mut decoder = Decoder::new(manner);
        plugin.patch.mark = node.get("kind").map_or(node.mark, |it| it.mark);
        plugin.patch.field = if kind == "PatchJson6902Transformer" { "jsonOp" } else { "patch" };
        decoder.structure(node, "a plugin", &known, |it, name, node| plugin.field(it, name, node));
        check(decoder)?;
        Ok(plugin)
    }

    fn field(&mut self, it: &mut Decoder, name: &str, node: &Node) {
        match name {
            "fieldSpecs" => {
                self.has_specs = !node.is_null();
                let list = it.list(node, decode_field_spec);
                self.specs = list.into_iter().collect::<FieldSpecs>().into();
            }
            "labels" => self.labels = it.pairs(node),
            "annotations" => self.annotations = it.pairs(node),
            "prefix" => self.prefix = it.string(node),
            "suffix" => self.suffix = it.string(node),
            "imageTag" => self.image = Some(image(it, node)),
            "replica" => self.replica = replica(it, node),
            "path" => self.patch.path = it.string(node),
            "patch" | "jsonOp" => self.patch.patch = it.string(node),
            "target" => self.patch.target = Selector::decode(it, node),
            "options" => {
                let flags = patch_options(it, node);
                (self.patch.allow_name_change, self.patch.allow_kind_change) = flags;
            }
            "paths" => self.paths = it.strings(node),
            "patches" => self.patches = it.string(node),
            "replacements" => self.replacements = it.list(node, |_, node| node.clone()),
            "metadata" => it.structure(node, "metadata", &["namespace"], |it, _, node| {
                self.metadata_namespace = it.string(node);
            }),
            "unsetOnly" => self.unset_only = it.truth(node),
            "setRoleBindingSubjects" => self.subjects = it.string(node),
            "value" => self.value = it.string(node),
            "targets" => self.targets = it.list(node, target),
            _ => self.target_file = it.string(node),
        }
    }

    fn namespace(&mut self) -> Result<Namespace, Vec<Diagnostic>> {
        let subjects = match &*self.subjects {
            "" | "defaultOnly" => Subjects::DefaultOnly,
            "allServiceAccounts" => Subjects::AllServiceAccounts,
            "none" => Subjects::None,
            other => {
                let words = ["defaultOnly", "allServiceAccounts", "none"];
                let message = format!("`{other}` is no value of `setRoleBindingSubjects`");
                let mistake = Diagnostic::error("wrong-value", message)
                    .at(Label::new(self.subjects.mark, ""))
                    .help("write `defaultOnly`, `allServiceAccounts` or `none`");
                return Err(vec![match nearest(other, words) {
                    Some(similar) => mistake.help(format!("`{similar}` is similar")),
                    None => mistake,
                }]);
            }
        };
        Ok(Namespace {
            name: std::mem::take(&mut self.metadata_namespace),
            specs: self.specs.clone(),
            unset_only: self.unset_only,
            subjects,
        })
    }

    fn value_add(
        &mut self,
        engine: &mut Engine<'_>,
        root: &Root,
    ) -> Result<ValueAdd, Vec<Diagnostic>> {
        let mut value = std::mem::take(&mut self.value);
        value.text = value.trim().into();
        if value.is_empty() {
            value.text = path::split(&root.real).1.into();
        }
        let mut entries = std::mem::take(&mut self.targets);
        if !self.target_file.is_empty() {
            let loaded = engine.loader.text(root, &self.target_file).map_err(|it| vec![it])?;
            let node = crate::loader::configuration(&loaded)?.unwrap_or_default();
            let mut decoder = Decoder::new(Manner::Plugin);
            decoder.structure(&node, "targets", &["targets"], |it, _, node| {
                entries.extend(it.list(node, target));
            });
            check(decoder)?;
        }
        if entries.is_empty() {
            let mistake = Diagnostic::error("missing-field", "at least one target is needed")
                .at(Label::new(self.patch.mark, ""))
                .help("add `targets: [{fieldPath: …}]`");
            return Err(vec![mistake]);
        }
        let mut targets = Vec::with_capacity(entries.len());
        let mut mistakes = Vec::new();
        for entry in entries {
            let matcher = entry.selector.as_ref().map(Matcher::new).transpose();
            match matcher {
                Ok(matcher) => {
                    let target = Target {
                        matcher,
                        field_path: entry.field_path,
                        file_path_position: entry.file_path_position,
                    };
                    mistakes.extend(check_target(&target));
                    targets.push(target);
                }
                Err(mistake) => mistakes.push(mistake),
            }
        }
        if mistakes.is_empty() { Ok(ValueAdd { value, targets }) } else { Err(mistakes) }
    }
}

fn patch_options(decoder: &mut Decoder, node: &Node) -> (bool, bool) {
    let (mut name, mut kind) = (false, false);
    let known = ["allowNameChange", "allowKindChange"];
    decoder.structure(node, "the options of a patch", &known, |it, field, node| match field {
        "allowNameChange" => name = it.truth(node),
        _ => kind = it.truth(node),
    });
    (name, kind)
}

fn target(decoder: &mut Decoder, node: &Node) -> TargetEntry {
    let mut entry = TargetEntry::default();
    entry.field_path.mark = node.mark;
    let known = ["selector", "fieldPath", "filePathPosition"];
    decoder.structure(node, "a target", &known, |it, name, node| match name {
        "selector" => entry.selector = Selector::decode(it, node),
        "fieldPath" => entry.field_path = it.string(node),
        _ => entry.file_path_position = it.integer(node),
    });
    entry
}
