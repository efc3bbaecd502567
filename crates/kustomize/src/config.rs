//! The field specs that the transformers of a kustomization go by: Kustomize's own, and what `configurations` and
//! `crds` add.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::Arc;

use tidegate_object::{Node, Text};
use tidegate_source::{Diagnostic, Label};

use crate::decode::{Decoder, Manner};
use crate::fieldspec::{FieldSpec, FieldSpecs, NameReference, Specs};

/// Field specs that are not copied for each transformer that goes by them.
#[derive(Clone, Debug)]
pub(crate) enum SharedSpecs {
    /// Made once in a program.
    Default(&'static FieldSpecs),
    Own(Arc<FieldSpecs>),
}

impl Deref for SharedSpecs {
    type Target = FieldSpecs;

    fn deref(&self) -> &FieldSpecs {
        match self {
            Self::Default(specs) => specs,
            Self::Own(specs) => specs,
        }
    }
}

impl Default for SharedSpecs {
    fn default() -> Self {
        Self::Own(Arc::default())
    }
}

impl From<FieldSpecs> for SharedSpecs {
    fn from(specs: FieldSpecs) -> Self {
        Self::Own(Arc::new(specs))
    }
}

/// The field specs of one transformer.
#[derive(Clone, Debug)]
enum Part {
    /// Kustomize's own, as long as nothing is added.
    Default(Specs),
    Own(Arc<FieldSpecs>),
}

impl Part {
    fn none() -> Self {
        Self::Own(Arc::default())
    }

    fn specs(&self) -> SharedSpecs {
        match self {
            Self::Default(of) => SharedSpecs::Default(FieldSpecs::builtin(*of)),
            Self::Own(specs) => SharedSpecs::Own(Arc::clone(specs)),
        }
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Own(specs) if specs.as_slice().is_empty())
    }

    fn merge(&mut self, other: &Self) -> Result<(), Conflict> {
        match (&*self, other) {
            (Self::Default(_), Self::Default(_)) => return Ok(()),
            (_, Self::Own(other)) if other.as_slice().is_empty() => return Ok(()),
            (Self::Own(own), Self::Default(_)) if own.as_slice().is_empty() => {
                *self = other.clone();
                return Ok(());
            }
            _ => {}
        }
        let mut specs = (*self.specs()).clone();
        merge_specs(&mut specs, &other.specs())?;
        *self = Self::Own(Arc::new(sorted(&specs)));
        Ok(())
    }
}

/// Sorts specs by kind. The order counts: of two specs of one path, the later goes where the earlier is for fewer
/// kinds.
fn sorted(specs: &FieldSpecs) -> FieldSpecs {
    let mut list = specs.as_slice().to_vec();
    list.sort_by(|a, b| a.gvk().legacy_order(&b.gvk()));
    list.into_iter().collect()
}

/// Two specs of one field of which only one creates it: the one that was there.
#[derive(Debug)]
pub(crate) struct Conflict(Box<FieldSpec>);

/// Adds specs, each only where no spec that is there covers it.
pub(crate) fn merge_specs(specs: &mut FieldSpecs, added: &FieldSpecs) -> Result<(), Conflict> {
    added.as_slice().iter().try_for_each(|spec| specs.merge(spec.clone()).map_err(Conflict))
}

/// The transformers whose field specs a configuration holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    NamePrefix,
    NameSuffix,
    Namespace,
    CommonLabels,
    Labels,
    TemplateLabels,
    VolumeClaimTemplateLabels,
    CommonAnnotations,
    VarReference,
    Images,
    Replicas,
}

impl Of {
    /// The fields of a configuration, in the order of the variants; behind them `nameReference`.
    const FIELDS: [&'static str; 12] = [
        "namePrefix",
        "nameSuffix",
        "namespace",
        "commonLabels",
        "labels",
        "templateLabels",
        "volumeClaimTemplateLabels",
        "commonAnnotations",
        "varReference",
        "images",
        "replicas",
        "nameReference",
    ];
}

/// The field specs of every transformer.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    parts: [Part; 11],
    /// `None` while it is the default.
    name_reference: Option<Arc<Vec<NameReference>>>,
}

impl Default for Config {
    fn default() -> Self {
        let parts = [
            Part::Default(Specs::NamePrefix),
            Part::Default(Specs::NameSuffix),
            Part::Default(Specs::Namespace),
            Part::Default(Specs::CommonLabels),
            Part::none(),
            Part::Default(Specs::TemplateLabels),
            Part::Default(Specs::VolumeClaimTemplateLabels),
            Part::Default(Specs::CommonAnnotations),
            Part::Default(Specs::VarReference),
            Part::Default(Specs::Images),
            Part::Default(Specs::Replicas),
        ];
        Self { parts, name_reference: None }
    }
}

impl Config {
    /// Creates a configuration without a single spec.
    pub(crate) fn empty() -> Self {
        Self { parts: std::array::from_fn(|_| Part::none()), name_reference: Some(Arc::default()) }
    }

    /// Returns the field specs of a transformer.
    pub(crate) fn specs(&self, of: Of) -> SharedSpecs {
        self.parts[of as usize].specs()
    }

    /// Returns whether a transformer goes by Kustomize's own field specs alone.
    pub(crate) fn is_default(&self, of: Of) -> bool {
        let part = &self.parts[of as usize];
        matches!(part, Part::Default(_)) || of == Of::Labels && part.is_empty()
    }

    /// Returns whether there are other name references than the built-in ones.
    pub(crate) fn adds_name_references(&self) -> bool {
        self.name_reference.is_some()
    }

    /// Returns the name references in the order in which they are followed.
    pub(crate) fn name_reference(&self) -> Cow<'static, [NameReference]> {
        let Some(list) = &self.name_reference else {
            return Cow::Borrowed(NameReference::builtin());
        };
        let mut list = (**list).clone();
        list.sort_by(|a, b| a.gvk().legacy_order(&b.gvk()));
        Cow::Owned(list)
    }

    /// Adds the specs of another configuration.
    pub(crate) fn merge(&mut self, other: &Self) -> Result<(), Conflict> {
        for (part, added) in self.parts.iter_mut().zip(&other.parts) {
            part.merge(added)?;
        }
        match (&self.name_reference, &other.name_reference) {
            (None, None) => Ok(()),
            (Some(own), Some(other)) if Arc::ptr_eq(own, other) => Ok(()),
            (_, Some(other)) if other.is_empty() => Ok(()),
            (Some(own), None) if own.is_empty() => {
                self.name_reference = None;
                Ok(())
            }
            (_, Some(other)) => self.add_name_references(&Arc::clone(other)),
            (_, None) => self.add_name_references(NameReference::builtin()),
        }
    }

    /// Adds a spec for one transformer.
    pub(crate) fn add(&mut self, of: Of, spec: FieldSpec) -> Result<(), Conflict> {
        self.parts[of as usize].merge(&Part::Own(Arc::new([spec].into_iter().collect())))
    }

    /// Adds name references; those of a kind that is there are added to it.
    pub(crate) fn add_name_references(&mut self, added: &[NameReference]) -> Result<(), Conflict> {
        let mut list = match &self.name_reference {
            Some(list) => (**list).clone(),
            None => NameReference::builtin().to_vec(),
        };
        for reference in added {
            match list.iter_mut().find(|it| it.gvk() == reference.gvk()) {
                Some(present) => merge_specs(&mut present.referrers, &reference.referrers)?,
                None => list.push(reference.clone()),
            }
        }
        self.name_reference = Some(Arc::new(list));
        Ok(())
    }

    /// Reads a file of `configurations`.
    pub(crate) fn decode(node: &Node) -> Result<Self, Vec<Diagnostic>> {
        let mut config = Self::empty();
        let mut decoder = Decoder::new(Manner::Configuration);
        decoder.structure(node, "a transformer configuration", &Of::FIELDS, |it, name, node| {
            if name == "nameReference" {
                let list = it.list(node, decode_name_reference);
                config.name_reference = Some(Arc::new(list));
                return;
            }
            let specs: FieldSpecs = it.list(node, decode_field_spec).into_iter().collect();
            let at = Of::FIELDS.iter().position(|field| *field == name);
            if let Some(part) = at.and_then(|at| config.parts.get_mut(at)) {
                *part = Part::Own(Arc::new(sorted(&specs)));
            }
        });
        let mistakes = decoder.finish();
        if mistakes.is_empty() { Ok(config) } else { Err(mistakes) }
    }
}

impl Conflict {
    /// Explains the conflict where it came in.
    pub(crate) fn explain(&self, label: Label) -> Diagnostic {
        let path = self.0.path();
        Diagnostic::error(
            "conflicting-field-spec",
            format!("the field `{path}` is there already, with another `create`"),
        )
        .at(label)
        .help(format!("write `create: {}`, or leave the field out", self.0.create))
    }
}

/// Reads a field spec.
pub(crate) fn decode_field_spec(decoder: &mut Decoder, node: &Node) -> FieldSpec {
    let (mut group, mut version, mut kind, mut path) = <(Text, Text, Text, Text)>::default();
    let mut create = false;
    let known = ["group", "version", "kind", "path", "create"];
    decoder.structure(node, "a field spec", &known, |it, name, node| match name {
        "group" => group = it.inline_string(node).text,
        "version" => version = it.inline_string(node).text,
        "kind" => kind = it.inline_string(node).text,
        "path" => path = it.string(node).text,
        _ => create = it.truth(node),
    });
    let mut spec = FieldSpec::new(path);
    (spec.group, spec.version, spec.kind, spec.create) = (group, version, kind, create);
    spec
}

fn decode_name_reference(decoder: &mut Decoder, node: &Node) -> NameReference {
    let (mut group, mut version, mut kind) = <(Text, Text, Text)>::default();
    let mut referrers = FieldSpecs::default();
    let known = ["group", "version", "kind", "fieldSpecs"];
    decoder.structure(node, "a name reference", &known, |it, name, node| match name {
        "group" => group = it.inline_string(node).text,
        "version" => version = it.inline_string(node).text,
        "kind" => kind = it.inline_string(node).text,
        _ => {
            let list = it.list(node, decode_field_spec);
            referrers = list.into_iter().collect();
        }
    });
    NameReference { group, version, kind, referrers }
}
