use std::sync::OnceLock;

use tidegate_source::{Diagnostic, Label};

use super::{Engine, Failed, of_plugin};
use crate::config::{Config, Conflict, Of, SharedSpecs, merge_specs};
use crate::decode::Manner;
use crate::fieldspec::{FieldSpec, FieldSpecs};
use crate::images::{Images, Reading};
use crate::kustomization::{Kustomization, LabelEntry};
use crate::loader::Root;
use crate::plugin;
use crate::provenance::{Origin, Provenance};
use crate::resources::Resources;
use crate::schema::Beside;
use crate::transform::{Affix, Labels, Namespace, Replicas, Side, Subjects, Transformer};

/// A transformer, and what is noted at every object that it ran over.
pub(super) struct Step {
    transformer: Transformer,
    origin: Option<Origin>,
    /// How often it is noted: once for each entry that it stands for.
    times: usize,
}

impl Engine<'_> {
    /// Makes the transformers of a kustomization ready, in the order in which they run.
    #[inline(never)]
    pub(super) fn transformers(
        &mut self,
        root: &Root,
        kustomization: &Kustomization,
        config: &Config,
    ) -> Result<Vec<Step>, Failed> {
        let mut failed = false;
        let mut steps: Vec<Step> = Vec::new();
        let k = kustomization;
        macro_rules! add {
            ($name:literal, $made:expr) => {
                add!($name, $made, 1)
            };
            ($name:literal, $made:expr, $times:expr) => {{
                let made: Result<Transformer, Vec<Diagnostic>> = $made;
                match self.settle(made) {
                    Ok(transformer) => {
                        let origin = self.field_origin(k, $name);
                        steps.push(Step { transformer, origin, times: $times });
                    }
                    Err(Failed) => failed = true,
                }
            }};
        }
        if !k.patches_strategic_merge.is_empty() {
            let made = self.patches_strategic_merge(root, &k.patches_strategic_merge, k.mark);
            add!("PatchStrategicMergeTransformer", made);
        }
        let files = k.patches.iter().map(|entry| &entry.path).filter(|path| !path.is_empty());
        self.loader.keep_ahead(root, &files.cloned().collect::<Vec<_>>());
        for entry in &k.patches {
            add!("PatchTransformer", self.patch(root, entry));
        }
        if !k.namespace.is_empty() {
            let namespace = Namespace {
                name: k.namespace.clone(),
                specs: config.specs(Of::Namespace),
                unset_only: false,
                subjects: Subjects::DefaultOnly,
            };
            add!("NamespaceTransformer", Ok(Transformer::Namespace(namespace)));
        }
        if !k.name_prefix.is_empty() {
            let specs = config.specs(Of::NamePrefix);
            let affix = Affix { side: Side::Prefix, text: k.name_prefix.clone(), specs };
            add!("PrefixTransformer", Ok(Transformer::Affix(affix)));
        }
        if !k.name_suffix.is_empty() {
            let specs = config.specs(Of::NameSuffix);
            let affix = Affix { side: Side::Suffix, text: k.name_suffix.clone(), specs };
            add!("SuffixTransformer", Ok(Transformer::Affix(affix)));
        }
        for entry in &k.labels {
            add!("LabelTransformer", labels(entry, config).map(Transformer::Labels));
        }
        if !k.labels.is_empty() || !k.common_labels.is_empty() {
            let specs = config.specs(Of::CommonLabels);
            let labels = Labels { pairs: k.common_labels.clone(), specs };
            add!("LabelTransformer", Ok(Transformer::Labels(labels)));
        }
        if !k.common_annotations.is_empty() {
            let specs = config.specs(Of::CommonAnnotations);
            let pairs = k.common_annotations.clone();
            let annotations = Labels { pairs, specs };
            add!("AnnotationsTransformer", Ok(Transformer::Labels(annotations)));
        }
        for entry in &k.patches_json6902 {
            add!("PatchJson6902Transformer", self.patch_json6902(root, entry));
        }
        for entry in &k.replicas {
            let replicas = Replicas { entry: entry.clone(), specs: config.specs(Of::Replicas) };
            add!("ReplicaCountTransformer", Ok(Transformer::Replicas(replicas)));
        }
        if !k.images.is_empty() {
            let images = Images::new(k.images.iter().cloned(), Reading::Pattern);
            let specs = config.specs(Of::Images);
            let made = Ok(Transformer::Images { images, specs });
            add!("ImageTagTransformer", made, k.images.len());
        }
        if !k.replacements.is_empty() {
            let made = self.replacements(root, &k.replacements, Manner::Kustomization);
            add!("ReplacementTransformer", made);
        }
        let configs = self.plugin_configs(root, k, &k.transformers)?;
        for config in configs.iter() {
            let made = plugin::transformers(self, root, config);
            let Ok(made) = self.settle(made) else {
                failed = true;
                continue;
            };
            let n_made = made.len();
            for (nth, transformer) in made.into_iter().enumerate() {
                let origin = config.origin.as_ref().map(|it| of_plugin(config, it));
                let times = usize::from(nth + 1 == n_made);
                steps.push(Step { transformer, origin, times });
            }
        }
        if failed { Err(Failed) } else { Ok(steps) }
    }

    /// Runs transformers, each on what the one before left. One that fails does not keep the others from running.
    pub(super) fn transform(&mut self, steps: Vec<Step>, resources: &mut Resources) {
        for step in steps {
            if let Some(watch) = &mut self.watch {
                watch.before(&step.transformer, resources);
            }
            if !self.schema_is_set && step.transformer.reads_types() {
                self.beside = Beside::BuiltinBehind;
            }
            self.may_clash |= step.transformer.may_clash();
            let context = self.context();
            let outcome = step.transformer.apply(resources, &context);
            if let Err(found) = outcome {
                self.report(found);
            }
            if let Some(origin) = &step.origin {
                for _ in 0..step.times {
                    note(resources, origin);
                }
            }
            resources.drop_empty();
        }
    }
}

/// Notes a transformer at every object; one without an origin is taken to have been made by it.
fn note(resources: &mut Resources, origin: &Origin) {
    for resource in resources.contents_mut() {
        resource.untie_annotations();
        match &mut resource.origin {
            Some(provenance) => provenance.transformations.push(origin.clone()),
            place @ None => {
                let (origin, transformations) = (origin.clone(), Vec::new());
                *place = Some(Box::new(Provenance { origin, transformations }));
            }
        }
    }
}

/// Makes an entry of `labels` ready.
fn labels(entry: &LabelEntry, config: &Config) -> Result<Labels, Vec<Diagnostic>> {
    let parts = [Of::Labels, Of::CommonLabels, Of::TemplateLabels, Of::VolumeClaimTemplateLabels];
    let specs = if entry.fields.is_empty() && parts.iter().all(|part| config.is_default(*part)) {
        // Most entries are of one of these few kinds.
        static DEFAULTS: [OnceLock<FieldSpecs>; 8] = [const { OnceLock::new() }; 8];
        let kind = usize::from(entry.include_selectors)
            | usize::from(entry.include_templates) << 1
            | usize::from(entry.include_volume_claim_templates) << 2;
        match DEFAULTS[kind].get() {
            Some(specs) => Ok(SharedSpecs::Default(specs)),
            None => label_specs(entry, config)
                .map(|made| SharedSpecs::Default(DEFAULTS[kind].get_or_init(|| made))),
        }
    } else {
        label_specs(entry, config).map(SharedSpecs::from)
    };
    let specs = specs.map_err(|conflict| {
        let mark = entry.pairs.first().map_or(tidegate_source::Mark::NONE, |(key, _)| key.mark);
        vec![conflict.explain(Label::new(mark, "in the entry of these labels"))]
    })?;
    Ok(Labels { pairs: entry.pairs.clone(), specs })
}

/// Puts together where the labels of an entry go.
fn label_specs(entry: &LabelEntry, config: &Config) -> Result<FieldSpecs, Conflict> {
    let mut specs: FieldSpecs = entry.fields.iter().cloned().collect();
    let mut add = |added: &FieldSpecs| merge_specs(&mut specs, added);
    add(&config.specs(Of::Labels))?;
    if entry.include_selectors {
        add(&config.specs(Of::CommonLabels))?;
        return Ok(specs);
    }
    if entry.include_templates {
        add(&config.specs(Of::TemplateLabels))?;
    }
    if entry.include_volume_claim_templates {
        add(&config.specs(Of::VolumeClaimTemplateLabels))?;
    }
    let mut metadata = FieldSpec::new(tidegate_object::Text::literal("metadata/labels"));
    metadata.create = true;
    add(&[metadata].into_iter().collect())?;
    Ok(specs)
}
