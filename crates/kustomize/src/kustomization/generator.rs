use tidegate_object::{Node, Text};
use tidegate_source::Mark;

use crate::decode::{Decoder, Pairs, Written};
use crate::resource::Behavior;

/// What a generator makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GeneratorKind {
    ConfigMap,
    Secret,
}

/// An entry of `configMapGenerator` or `secretGenerator`.
#[derive(Clone, Debug, Default)]
pub(crate) struct GeneratorArgs {
    pub(crate) mark: Mark,
    pub(crate) name: Written,
    pub(crate) namespace: Written,
    pub(crate) behavior: Written,
    pub(crate) literals: Vec<Written>,
    pub(crate) files: Vec<Written>,
    pub(crate) envs: Vec<Written>,
    pub(crate) options: Option<GeneratorOptions>,
    /// Type of a Secret.
    pub(crate) secret_type: Written,
}

/// The field `generatorOptions`, or the `options` of one generator.
#[derive(Clone, Debug, Default)]
pub(crate) struct GeneratorOptions {
    pub(crate) labels: Pairs,
    pub(crate) annotations: Pairs,
    pub(crate) disable_name_suffix_hash: bool,
    pub(crate) immutable: bool,
}

impl GeneratorArgs {
    /// Iterates over the files whose content becomes data.
    pub(crate) fn files_named(&self) -> impl Iterator<Item = Written> {
        let path = |source: &Written| {
            let path = source.split_once('=').map_or(&**source, |(_, path)| path);
            Written { text: Text::from(path), mark: source.mark }
        };
        self.envs.iter().cloned().chain(self.files.iter().map(path))
    }

    const FIELDS: [&'static str; 10] = [
        "name",
        "namespace",
        "behavior",
        "literals",
        "files",
        "envs",
        "env",
        "options",
        "type",
        "metadata",
    ];

    /// Reads an entry of a kustomization.
    pub(crate) fn decode(decoder: &mut Decoder, node: &Node, kind: GeneratorKind) -> Self {
        let known = match kind {
            GeneratorKind::ConfigMap => &Self::FIELDS[..8],
            GeneratorKind::Secret => &Self::FIELDS[..9],
        };
        let mut args = Self { mark: node.mark, ..Self::default() };
        let mut env = Written::default();
        decoder.structure(node, "a generator", known, |it, name, node| {
            args.field(it, name, node, &mut env);
        });
        if !env.is_empty() {
            args.envs.push(env);
        }
        args
    }

    /// Reads the configuration of a generator plugin, whose name and namespace may stand in its metadata. There, the
    /// old field `env` is not looked at.
    pub(crate) fn decode_plugin(decoder: &mut Decoder, node: &Node) -> Self {
        let mut args = Self { mark: node.mark, ..Self::default() };
        let (mut env, mut name, mut namespace) = <(Written, Written, Written)>::default();
        decoder.structure(node, "a generator", &Self::FIELDS, |it, field, node| match field {
            "metadata" => {
                it.structure(node, "metadata", &["name", "namespace"], |it, field, node| {
                    let part = if field == "name" { &mut name } else { &mut namespace };
                    *part = it.string(node);
                });
            }
            // The arguments stand inline in the configuration.
            _ => it.inline(|it| args.field(it, field, node, &mut env)),
        });
        if args.name.is_empty() {
            args.name = name;
        }
        if args.namespace.is_empty() {
            args.namespace = namespace;
        }
        args
    }

    fn field(&mut self, decoder: &mut Decoder, name: &str, node: &Node, env: &mut Written) {
        match name {
            "name" => self.name = decoder.string(node),
            "namespace" => self.namespace = decoder.string(node),
            "behavior" => self.behavior = decoder.string(node),
            "literals" => self.literals = decoder.strings(node),
            "files" => self.files = decoder.strings(node),
            "envs" => self.envs = decoder.strings(node),
            "env" => *env = decoder.string(node),
            "options" => self.options = GeneratorOptions::decode(decoder, node),
            _ => self.secret_type = decoder.string(node),
        }
    }

    /// Returns what to do with an object of the same identity; an unknown word counts as none.
    pub(crate) fn behavior(&self) -> Behavior {
        match &*self.behavior {
            "create" => Behavior::Create,
            "replace" => Behavior::Replace,
            "merge" => Behavior::Merge,
            _ => Behavior::Unspecified,
        }
    }
}

impl GeneratorOptions {
    const FIELDS: [&'static str; 4] =
        ["labels", "annotations", "disableNameSuffixHash", "immutable"];

    /// Reads options; `null` is none.
    pub(crate) fn decode(decoder: &mut Decoder, node: &Node) -> Option<Self> {
        if node.is_null() {
            return None;
        }
        let mut options = Self::default();
        decoder.structure(node, "generator options", &Self::FIELDS, |it, name, node| match name {
            "labels" => options.labels = it.pairs(node),
            "annotations" => options.annotations = it.pairs(node),
            "immutable" => options.immutable = it.truth(node),
            _ => options.disable_name_suffix_hash = it.truth(node),
        });
        Some(options)
    }

    /// Returns the options of one generator with those of all laid under them: a flag that is set for all is set.
    pub(crate) fn over(own: Option<&Self>, all: Option<&Self>) -> Option<Self> {
        let Some(all) = all else { return own.cloned() };
        let mut merged = own.cloned().unwrap_or_default();
        lay_under(&mut merged.labels, &all.labels);
        lay_under(&mut merged.annotations, &all.annotations);
        merged.disable_name_suffix_hash |= all.disable_name_suffix_hash;
        merged.immutable |= all.immutable;
        Some(merged)
    }
}

fn lay_under(own: &mut Pairs, all: &Pairs) {
    for (key, value) in all {
        if !own.iter().any(|(present, _)| present.text == key.text) {
            own.push((key.clone(), value.clone()));
        }
    }
    own.sort_by(|a, b| a.0.text.cmp(&b.0.text));
}
