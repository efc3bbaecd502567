use tidegate_object::{Map, Node, Value};
use tidegate_source::{Diagnostic, Label, Mark};

use super::{FieldSpec, FieldSpecs, Segment};
use crate::decode::unusable_key;
use crate::identity::Gvk;

/// What is made at the end of a path that does not exist, where the spec says `create`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Create {
    /// Nothing is made, whatever the spec says.
    Never,
    /// A null, to be set to a plain value.
    Scalar,
    /// An empty mapping.
    Map,
}

impl FieldSpec {
    /// Calls `set` on every node that the path leads to; what does not exist is made first or passed over.
    ///
    /// Lists on the way are gone through element by element. A null on the way ends it, unless it is made into what
    /// belongs there.
    ///
    /// # Errors
    ///
    /// - `field-type`: a plain value stands where the path goes on.
    /// - `yaml-key-type`: a field is to be made whose name YAML takes for no string.
    /// - `field-path`: a step of the path has no name, or names a place in a list (`*`, `0`, `-`, `[a=b]`) where a
    ///   mapping stands.
    /// - Whatever `set` returns.
    pub(crate) fn visit(
        &self,
        root: &mut Node,
        create: Create,
        set: &mut dyn FnMut(&mut Node) -> Result<(), Box<Diagnostic>>,
    ) -> Result<(), Box<Diagnostic>> {
        let create = if self.create { create } else { Create::Never };
        let walk = Walk { spec: self, create };
        walk.visit(root, &self.segments, set)
    }
}

impl FieldSpecs {
    /// Visits the nodes of every spec for objects of this kind, in order.
    ///
    /// # Errors
    ///
    /// As for [`FieldSpec::visit`].
    pub(crate) fn visit(
        &self,
        root: &mut Node,
        gvk: Gvk<'_>,
        create: Create,
        set: &mut dyn FnMut(&mut Node) -> Result<(), Box<Diagnostic>>,
    ) -> Result<(), Box<Diagnostic>> {
        self.matching(gvk).try_for_each(|spec| spec.visit(root, create, set))
    }
}

struct Walk<'a> {
    spec: &'a FieldSpec,
    create: Create,
}

impl Walk<'_> {
    /// Recursion ends with the path, which is as deep as it was written, or with the nesting of lists in the text.
    fn visit(
        &self,
        node: &mut Node,
        path: &[Segment],
        set: &mut dyn FnMut(&mut Node) -> Result<(), Box<Diagnostic>>,
    ) -> Result<(), Box<Diagnostic>> {
        let Some((segment, rest)) = path.split_first() else { return set(node) };
        match &mut node.value {
            Value::Null => Ok(()),
            Value::List(items) => items.iter_mut().try_for_each(|item| self.visit(item, path, set)),
            Value::Map(_) if segment.place => Err(segment.no_field(node.mark).into()),
            Value::Map(fields) => match self.field(fields, segment, rest.is_empty())? {
                Some(field) => self.visit(field, rest, set),
                None => Ok(()),
            },
            _ => Err(self.not_passable(node, path).into()),
        }
    }

    fn field<'n>(
        &self,
        fields: &'n mut Map,
        segment: &Segment,
        last: bool,
    ) -> Result<Option<&'n mut Node>, Box<Diagnostic>> {
        if segment.name.is_empty() {
            return Err(Diagnostic::error(
                "field-path",
                format!("the path `{}` has a step without a name", self.spec.path),
            )
            .into());
        }
        let made = match self.create {
            _ if segment.list => Some(Value::List(Vec::new())),
            Create::Never => None,
            Create::Scalar if last => Some(Value::Null),
            Create::Scalar | Create::Map => Some(Value::Map(Map::new())),
        };
        if !segment.list && self.create != Create::Never && !fields.contains_key(&segment.name) {
            if let Some(mistake) = unusable_key(&segment.name, Mark::NONE) {
                return Err(Diagnostic { labels: Vec::new(), ..mistake }.into());
            }
            fields.insert(segment.name.clone(), Node::default());
        }
        let mut field = fields.get_mut(&segment.name);
        if let (Some(field @ Node { value: Value::Null, .. }), Some(made)) = (&mut field, made) {
            field.value = made;
        }
        Ok(field)
    }

    fn not_passable(&self, node: &Node, rest: &[Segment]) -> Diagnostic {
        let kind = node.value.type_name();
        let done = &self.spec.segments[..self.spec.segments.len() - rest.len()];
        let names: Vec<&str> = done.iter().map(Segment::name).collect();
        let at =
            if names.is_empty() { "the object".into() } else { format!("`{}`", names.join(".")) };
        Diagnostic::error(
            "field-type",
            format!("the field path `{}` goes through {at}, which is a {kind}", self.spec.path),
        )
        .at(Label::new(node.mark, format!("a {kind}; a mapping or a list belongs here")))
    }
}
