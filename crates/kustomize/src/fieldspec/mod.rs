//! Field specs: which fields of which kinds a transformer looks at.

mod builtin;
#[rustfmt::skip]
mod table;
#[cfg(test)]
mod tests;
mod walk;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use tidegate_object::{Node, Text};
use tidegate_source::{Diagnostic, Label};

pub(crate) use self::builtin::NameReference;
pub use self::builtin::Specs;
pub(crate) use self::walk::Create;
use crate::identity::Gvk;

/// A path of fields below objects of one kind, or of every kind.
///
/// ```
/// use tidegate_kustomize::{FieldSpec, Gvk};
///
/// let mut spec = FieldSpec::new("metadata/annotations/example.com\\/owner");
/// spec.kind = "Service".into();
/// assert!(spec.selects(&Gvk::new("v1", "Service")));
/// assert!(!spec.selects(&Gvk::new("v1", "Pod")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// API group; empty for any.
    pub group: Text,
    /// API version within the group; empty for any.
    pub version: Text,
    /// Kind; empty for any.
    pub kind: Text,
    /// Whether the fields of the path are made where they are missing.
    pub create: bool,
    path: Text,
    segments: Cow<'static, [Segment]>,
}

/// One step of a path: a field, perhaps known to hold a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    name: Text,
    list: bool,
    /// Whether the name is read as a place in a list, which no mapping has: `0`, `-`, `[a=b]`, `*`.
    place: bool,
}

impl Segment {
    /// Returns the name of the field.
    #[must_use]
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Returns whether the path says that the field holds a list (`containers[]`).
    #[must_use]
    pub(crate) const fn is_list(&self) -> bool {
        self.list
    }

    /// Reads a step as it is written; spaces around the name do not count.
    fn read(text: &str) -> Self {
        let name = text.strip_suffix("[]");
        let list = name.is_some();
        let name = name.unwrap_or(text).trim();
        let digits = name.strip_prefix(['+', '-']).unwrap_or(name);
        let number = !digits.is_empty()
            && digits.bytes().all(|it| it.is_ascii_digit())
            && name.parse::<i64>().is_ok();
        let item = name.starts_with('[') && name.ends_with(']');
        Self { name: name.into(), list, place: number || item || matches!(name, "-" | "*") }
    }

    /// Returns whether the step names a place in a list.
    pub(crate) const fn is_place(&self) -> bool {
        self.place
    }

    /// The mistake of a step that names a place in a list, met at a mapping.
    #[cold]
    pub(crate) fn no_field(&self, mark: tidegate_source::Mark) -> Diagnostic {
        let message = format!("the step `{}` of a field path names no field", self.name);
        Diagnostic::error("field-path", message)
            .at(Label::new(mark, "a mapping"))
            .help("name a field; lists on the way are gone through without a step of their own")
    }
}

impl FieldSpec {
    /// Creates a spec for objects of every kind that creates nothing.
    ///
    /// The path is divided at `/`; one at its start is left out, `\/` is a slash in a name, and `[]` behind a name says
    /// that the field holds a list. Lists on the way are gone through with and without it.
    ///
    /// ```
    /// use tidegate_kustomize::FieldSpec;
    ///
    /// let spec = FieldSpec::new("spec/template/spec/image");
    /// // It is for objects of every kind, and makes nothing.
    /// assert!(spec.kind.is_empty() && !spec.create);
    /// ```
    #[must_use]
    pub fn new(path: impl Into<Text>) -> Self {
        let path = path.into();
        let segments = split_path(&path, '/').iter().map(|it| Segment::read(it)).collect();
        let any = const { Text::literal("") };
        Self { group: any.clone(), version: any.clone(), kind: any, create: false, path, segments }
    }

    /// Reads a spec from its form in a configuration: `path`, `kind`, `group`, `version`, `create`.
    ///
    /// ```
    /// use tidegate_kustomize::FieldSpec;
    /// # fn object(text: &str) -> tidegate_object::Object {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
    /// # }
    ///
    /// let spec = FieldSpec::read(&object("{kind: Rollout, path: spec/replicas, create: true}").root)?;
    /// assert!(spec.create && spec.kind == "Rollout");
    /// let error = FieldSpec::read(&object("{pth: spec/replicas}").root).unwrap_err();
    /// assert_eq!(error.code, "field-spec");
    /// # Ok::<(), Box<tidegate_source::Diagnostic>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `field-spec` where it is no mapping, has another field, or a field of the wrong type.
    pub fn read(node: &Node) -> Result<Self, Box<Diagnostic>> {
        let invalid = |node: &Node, message: String| {
            Box::new(Diagnostic::error("field-spec", message).at(Label::new(node.mark, "")))
        };
        let Some(fields) = node.as_map() else {
            let kind = node.value.type_name();
            return Err(invalid(node, format!("a field spec is a mapping, not a {kind}")));
        };
        let text = |name: &str| match fields.get(name) {
            None => Ok(Text::literal("")),
            Some(node) if node.is_null() => Ok(Text::literal("")),
            Some(node) => match &node.value {
                tidegate_object::Value::String(text) => Ok(text.clone()),
                other => {
                    let kind = other.type_name();
                    Err(invalid(
                        node,
                        format!("`{name}` of a field spec is a string, not a {kind}"),
                    ))
                }
            },
        };
        let known = ["path", "kind", "group", "version", "create"];
        if let Some(entry) = fields.entries().iter().find(|it| !known.contains(&&*it.key)) {
            return Err(Diagnostic::error(
                "field-spec",
                format!("unknown field `{}` of a field spec", entry.key),
            )
            .at(Label::new(entry.key_mark, ""))
            .help("the fields are `path`, `kind`, `group`, `version` and `create`")
            .into());
        }
        let create = match fields.get("create") {
            None => false,
            Some(node) if node.is_null() => false,
            Some(node) => node.as_bool().ok_or_else(|| {
                invalid(node, "`create` of a field spec is `true` or `false`".to_owned())
            })?,
        };
        Ok(Self {
            group: text("group")?,
            version: text("version")?,
            kind: text("kind")?,
            create,
            ..Self::new(text("path")?)
        })
    }

    /// Returns the path as it was written.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the steps of the path.
    #[must_use]
    pub(crate) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Returns group, version and kind; empty parts stand for any.
    ///
    /// ```
    /// use tidegate_kustomize::{FieldSpec, Gvk};
    ///
    /// let mut spec = FieldSpec::new("spec/replicas");
    /// spec.kind = "Deployment".into();
    /// assert_eq!(spec.gvk(), Gvk { group: "", version: "", kind: "Deployment" });
    /// ```
    #[must_use]
    pub fn gvk(&self) -> Gvk<'_> {
        Gvk { group: &self.group, version: &self.version, kind: &self.kind }
    }

    /// Returns whether a step of the path names a place in a list.
    pub(crate) fn names_a_place(&self) -> bool {
        self.segments.iter().any(|it| it.place)
    }

    /// Returns whether a step of the path has no name, which is refused where an object has a mapping there.
    pub(crate) fn has_unnamed_step(&self) -> bool {
        self.segments.iter().any(|it| it.name.is_empty())
    }

    /// Returns whether the spec is for objects of this kind.
    ///
    /// ```
    /// use tidegate_kustomize::{FieldSpec, Gvk};
    ///
    /// let mut spec = FieldSpec::new("spec/replicas");
    /// spec.kind = "Rollout".into();
    /// assert!(spec.selects(&Gvk::new("argoproj.io/v1alpha1", "Rollout")));
    /// assert!(!spec.selects(&Gvk::new("apps/v1", "Deployment")));
    /// ```
    #[must_use]
    pub fn selects(&self, gvk: &Gvk<'_>) -> bool {
        (self.kind.is_empty() || self.kind == *gvk.kind) && gvk.is_selected(&self.gvk())
    }
}

/// `Deployment.v1.apps:true:spec/replicas`, with fill-ins for what is empty.
impl fmt::Display for FieldSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.gvk(), self.create, self.path)
    }
}

/// Field specs in their order, found by kind.
///
/// ```
/// use tidegate_kustomize::{FieldSpec, FieldSpecs, Gvk};
///
/// let mut replicas = FieldSpec::new("spec/replicas");
/// replicas.kind = "Rollout".into();
/// let mut specs = FieldSpecs::default();
/// specs.push(replicas);
/// specs.push(FieldSpec::new("metadata/name"));
/// let paths = |kind| specs.matching(Gvk::new("v1", kind)).map(|it| it.path().to_string()).collect::<Vec<_>>();
/// assert_eq!(paths("Rollout"), ["spec/replicas", "metadata/name"]);
/// assert_eq!(paths("Pod"), ["metadata/name"]);
/// ```
#[derive(Clone, Debug)]
pub struct FieldSpecs {
    specs: Cow<'static, [FieldSpec]>,
    /// Where there are many: positions of the specs of each kind; those of every kind under `""`.
    by_kind: BTreeMap<Text, Vec<usize>>,
}

/// More specs than this are found by an index.
const FEW: usize = 128;

impl Default for FieldSpecs {
    fn default() -> Self {
        Self::literal(&[])
    }
}

impl FieldSpecs {
    const fn literal(specs: &'static [FieldSpec]) -> Self {
        Self { specs: Cow::Borrowed(specs), by_kind: BTreeMap::new() }
    }

    /// Returns all specs in order.
    #[must_use]
    pub fn as_slice(&self) -> &[FieldSpec] {
        &self.specs
    }

    /// Adds a spec at the end.
    ///
    /// ```
    /// use tidegate_kustomize::{FieldSpec, FieldSpecs};
    ///
    /// let mut specs = FieldSpecs::default();
    /// specs.push(FieldSpec::new("spec/image"));
    /// specs.push(FieldSpec::new("spec/image"));
    /// assert_eq!(specs.as_slice().len(), 2);
    /// ```
    pub fn push(&mut self, spec: FieldSpec) {
        let specs = self.specs.to_mut();
        specs.push(spec);
        if specs.len() <= FEW {
            return;
        }
        let first = if self.by_kind.is_empty() { 0 } else { specs.len() - 1 };
        for (at, spec) in specs.iter().enumerate().skip(first) {
            self.by_kind.entry(spec.kind.clone()).or_default().push(at);
        }
    }

    /// Adds a spec unless one for the same path is there that its group, version and kind cover.
    ///
    /// ```
    /// use tidegate_kustomize::{FieldSpec, FieldSpecs};
    ///
    /// let mut specs = FieldSpecs::default();
    /// let mut spec = FieldSpec::new("spec/image");
    /// assert!(specs.merge(spec.clone()).is_ok() && specs.merge(spec.clone()).is_ok());
    /// assert_eq!(specs.as_slice().len(), 1);
    /// // The one makes the field where it is missing, the other does not: which is right, nobody can say.
    /// spec.create = true;
    /// assert!(specs.merge(spec).is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the spec that is there when only one of the two creates the path.
    pub fn merge(&mut self, spec: FieldSpec) -> Result<(), Box<FieldSpec>> {
        let present =
            self.specs.iter().find(|it| it.path == spec.path && it.gvk().is_selected(&spec.gvk()));
        match present {
            None => self.push(spec),
            Some(present) if present.create != spec.create => {
                return Err(Box::new(present.clone()));
            }
            Some(_) => {}
        }
        Ok(())
    }

    /// Iterates over the specs for objects of a kind, in order.
    ///
    /// ```
    /// use tidegate_kustomize::{FieldSpecs, Gvk, Specs};
    ///
    /// let images = FieldSpecs::builtin(Specs::Images);
    /// assert!(images.matching(Gvk::new("v1", "Pod")).count() > 0);
    /// ```
    pub fn matching<'s>(&'s self, gvk: Gvk<'s>) -> impl Iterator<Item = &'s FieldSpec> {
        let positions = |kind: &str| self.by_kind.get(kind).map_or(&[][..], Vec::as_slice);
        let of_kind = if gvk.kind.is_empty() { &[][..] } else { positions(gvk.kind) };
        let (mut of_any, mut of_kind) = (positions(""), of_kind);
        let indexed = std::iter::from_fn(move || {
            let of = match (of_any.first(), of_kind.first()) {
                (Some(any), Some(kind)) if any < kind => &mut of_any,
                (_, Some(_)) => &mut of_kind,
                (_, None) => &mut of_any,
            };
            let (first, rest) = of.split_first()?;
            *of = rest;
            Some(&self.specs[*first])
        });
        let each: &[FieldSpec] = if self.by_kind.is_empty() { &self.specs } else { &[] };
        each.iter().chain(indexed).filter(move |it| {
            (it.kind.is_empty() || *it.kind == *gvk.kind)
                && (it.group.is_empty() || *it.group == *gvk.group)
                && (it.version.is_empty() || *it.version == *gvk.version)
        })
    }
}

impl FromIterator<FieldSpec> for FieldSpecs {
    fn from_iter<T: IntoIterator<Item = FieldSpec>>(specs: T) -> Self {
        let mut all = Self::default();
        for spec in specs {
            all.push(spec);
        }
        all
    }
}

/// Divides a path at a character; one at the start is left out, one behind a `\` belongs to the name.
pub(crate) fn split_path(path: &str, divider: char) -> Vec<String> {
    let path = path.strip_prefix(divider).unwrap_or(path);
    let mut parts: Vec<String> = Vec::new();
    for part in path.split(divider) {
        match parts.last_mut() {
            Some(last) if last.ends_with('\\') => {
                last.pop();
                last.push(divider);
                last.push_str(part);
            }
            _ => parts.push(part.to_owned()),
        }
    }
    parts
}
