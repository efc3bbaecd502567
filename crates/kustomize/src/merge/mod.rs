//! Strategic merge: a patch in the form of the object that it changes.
//!
//! The rules are those of Kustomize's own merge, which differs from the one of the Kubernetes API server:
//!
//! - `null` in a patch deletes the field; `$patch: delete`, `replace` or `merge` in a mapping says what happens to it.
//! - A list merges by the keys that the [`Schema`] names, and is replaced where it names none. Elements of the
//!   patch come first. Where a list has several keys that are in use, only new elements do.
//! - `$patch: replace` at the root of a patch changes nothing either.
//! - `$patch: replace` in an element of a merged list changes nothing. As an element of its own it replaces the list.
//! - `$setElementOrder`, `$deleteFromPrimitiveList` and `$retainKeys` are not directives: they are fields like others.
//! - A number or truth value of the patch becomes a string where the object has a string in quotes.
//! - Elements of a merged list that have the same key become one, anywhere in an object that is patched, and a
//!   key with nothing behind it (`field:`) disappears from it, where `field: null` stays.

mod directive;
mod irregular;
mod list;
#[cfg(test)]
mod tests;

use tidegate_object::{Map, Node, Text, Value};
use tidegate_source::{Diagnostic, Label, Mark, Sources};
use tidegate_yaml::Timestamp;

use self::directive::Directive;
use crate::schema::{Schema, Type};
use crate::text::{raw_text, text_of, written_text};

/// How deep a patched object may nest.
const MAX_DEPTH: u32 = 400;

/// What a strategic merge patch did to an object.
///
/// ```
/// use tidegate_kustomize::{Merged, Schema, strategic_merge};
/// use tidegate_source::Sources;
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let mut all = objects("{kind: Pod, metadata: {name: hub}}\n---\n{$patch: delete}");
/// let patch = all.remove(1).root;
/// let merged = strategic_merge(&mut all[0].root, patch, &Schema::builtin(), &Sources::new())?;
/// assert_eq!(merged, Merged::Deleted);
/// # Ok::<(), Box<tidegate_source::Diagnostic>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Merged {
    /// The object is there, changed or not.
    Kept,
    /// The patch said `$patch: delete`: nothing is left of it.
    Deleted,
}

/// Merges a strategic merge patch into an object.
///
/// Nodes that the patch set keep the marks of the patch's text.
///
/// ```
/// use tidegate_kustomize::{Merged, Schema, strategic_merge};
/// use tidegate_object::{Map, Node};
/// use tidegate_source::Sources;
///
/// let object = |fields: [(&'static str, Node); 2]| Node::from(Map::from_iter(fields));
/// let mut target = object([("a", 1.into()), ("b", 2.into())]);
/// let patch = object([("b", Node::default()), ("c", 3.into())]);
/// assert_eq!(strategic_merge(&mut target, patch, &Schema::builtin(), &Sources::new())?, Merged::Kept);
/// assert_eq!(target, object([("a", 1.into()), ("c", 3.into())]));
/// # Ok::<(), Box<tidegate_source::Diagnostic>>(())
/// ```
///
/// # Errors
///
/// - `patch-type`: the patch has a mapping, a list or a plain value where the object has another of them.
/// - `patch-directive`: `$patch` says something else than `delete`, `replace` or `merge`.
/// - `too-deep`: object or patch nest deeper than 400 levels.
/// - `irregular-list`: a list of more than 4,096 elements to merge, some of which lack a key or repeat one.
///
/// The object may be changed in part then.
pub fn strategic_merge(
    target: &mut Node,
    mut patch: Node,
    schema: &Schema,
    sources: &Sources,
) -> Result<Merged, Box<Diagnostic>> {
    let mut walk = Walk { schema, sources, depth: 0 };
    Ok(match walk.both(target, &mut patch, None)? {
        Outcome::Target => Merged::Kept,
        // Kustomize drops what takes the place of an object as a whole, and goes on with the object.
        Outcome::Patch if target.as_map().is_some() => Merged::Kept,
        Outcome::Patch => {
            *target = patch;
            Merged::Kept
        }
        Outcome::Cleared => Merged::Deleted,
    })
}

/// Where the result of merging two nodes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// In the target's node, which was changed in place.
    Target,
    /// In the patch's node; the target's is as it was.
    Patch,
    /// Nowhere.
    Cleared,
}

/// The walk over a target and its patch.
struct Walk<'a> {
    schema: &'a Schema,
    sources: &'a Sources,
    depth: u32,
}

/// Returns whether a text has the form of a time with a date in front, as dates are read.
fn is_time(text: &str) -> bool {
    matches!(text.as_bytes(), [_, _, _, _, b'-', _, _, b'-', _, _, b'T', _, ..])
}

impl<'a> Walk<'a> {
    /// Merges a node with the patch's node of the same place.
    fn both(
        &mut self,
        target: &mut Node,
        patch: &mut Node,
        ty: Option<Type<'a>>,
    ) -> Result<Outcome, Box<Diagnostic>> {
        let ty = self.typed(ty, &[target, patch]);
        if self.is_null(target) {
            let kept = self.is_null(patch) || self.added(patch, ty)?;
            return Ok(if kept { Outcome::Patch } else { Outcome::Cleared });
        }
        if self.is_null(patch) {
            return Ok(Outcome::Cleared);
        }
        let place = target.mark;
        self.descend(target, |walk, target| match (&mut target.value, &mut patch.value) {
            (Value::Map(fields), Value::Map(changes)) => {
                match directive::of_map(changes, patch.mark)? {
                    Directive::Delete => return Ok(Outcome::Cleared),
                    Directive::Replace => {
                        walk.fields_itself(changes, ty)?;
                        return Ok(Outcome::Patch);
                    }
                    Directive::Merge => {}
                }
                walk.fields(fields, changes, ty)?;
                Ok(Outcome::Target)
            }
            (Value::List(items), Value::List(changes)) => {
                let Some(keys) = ty.and_then(Type::merge_keys) else { return Ok(Outcome::Patch) };
                let of_items = ty.and_then(Type::items);
                match directive::of_list(changes, patch.mark)? {
                    Directive::Delete => return Ok(Outcome::Cleared),
                    Directive::Replace => {
                        walk.list_itself(changes, &keys, of_items)?;
                        return Ok(Outcome::Patch);
                    }
                    Directive::Merge => {}
                }
                walk.list(items, std::mem::take(changes), &keys, of_items)?;
                Ok(Outcome::Target)
            }
            (Value::Map(_) | Value::List(_), _) | (_, Value::Map(_) | Value::List(_)) => {
                Err(conflict(target, patch).into())
            }
            (Value::String(_), Value::Number(_) | Value::Bool(_)) if walk.is_quoted(place) => {
                patch.value = Value::String(written_text(patch, walk.sources));
                Ok(Outcome::Patch)
            }
            (Value::String(_), Value::String(text)) if is_time(text) && walk.is_quoted(place) => {
                // A plain date was read as a time; in quotes it is what was written.
                let written = walk.sources.snippet(patch.mark);
                if let Some(written) = written.filter(|it| Timestamp::parse(it).is_some()) {
                    *text = Text::from(written);
                }
                Ok(Outcome::Patch)
            }
            _ => Ok(Outcome::Patch),
        })
    }

    /// Goes over a node that the patch does not mention; returns whether it stays.
    fn alone(&mut self, target: &mut Node, ty: Option<Type<'a>>) -> Result<bool, Box<Diagnostic>> {
        let ty = self.typed(ty, &[target]);
        self.descend(target, |walk, target| match &mut target.value {
            Value::Null => Ok(!raw_text(target, walk.sources).is_empty()),
            Value::String(_) => Ok(!walk.is_null(target)),
            Value::Map(fields) => {
                walk.each_field(fields, ty, Walk::alone)?;
                Ok(true)
            }
            Value::List(items) => {
                if let Some(keys) = ty.and_then(Type::merge_keys) {
                    walk.list_alone(items, &keys, ty.and_then(Type::items))?;
                }
                Ok(true)
            }
            _ => Ok(true),
        })
    }

    /// Goes over a node of the patch that has no counterpart; returns whether it is added.
    fn added(&mut self, patch: &mut Node, ty: Option<Type<'a>>) -> Result<bool, Box<Diagnostic>> {
        let ty = self.typed(ty, &[patch]);
        self.descend(patch, |walk, patch| match &mut patch.value {
            Value::Map(fields) => {
                // A directive that is not known stays as a field here.
                if let Ok(Directive::Delete) = directive::of_map(fields, patch.mark) {
                    return Ok(false);
                }
                walk.fields_itself(fields, ty)?;
                Ok(true)
            }
            Value::List(items) => {
                if let Some(keys) = ty.and_then(Type::merge_keys) {
                    walk.list_itself(items, &keys, ty.and_then(Type::items))?;
                }
                Ok(true)
            }
            _ => Ok(true),
        })
    }

    /// Merges a node of an added part with itself: directives and nulls in it take effect; returns whether it stays.
    fn itself(&mut self, node: &mut Node, ty: Option<Type<'a>>) -> Result<bool, Box<Diagnostic>> {
        let ty = self.typed(ty, &[node]);
        self.descend(node, |walk, node| match &mut node.value {
            Value::Null => Ok(false),
            Value::String(_) => Ok(!walk.is_null(node)),
            Value::Map(fields) => {
                if directive::of_map(fields, node.mark)? == Directive::Delete {
                    return Ok(false);
                }
                walk.fields_itself(fields, ty)?;
                Ok(true)
            }
            Value::List(items) => {
                let Some(keys) = ty.and_then(Type::merge_keys) else { return Ok(true) };
                if directive::of_list(items, node.mark)? == Directive::Delete {
                    return Ok(false);
                }
                walk.list_itself(items, &keys, ty.and_then(Type::items))?;
                Ok(true)
            }
            _ => Ok(true),
        })
    }

    fn fields(
        &mut self,
        target: &mut Map,
        patch: &mut Map,
        ty: Option<Type<'a>>,
    ) -> Result<(), Box<Diagnostic>> {
        let mut changes = Changes::new(patch);
        let mut failed = Ok(());
        target.entries_mut().retain_mut(|entry| {
            if failed.is_err() {
                return true;
            }
            let of_field = |key: &str| ty.and_then(|it| it.field(key));
            let kept = match changes.take(&entry.key) {
                None if self.is_plain(&entry.node) => return true,
                None => self.alone(&mut entry.node, of_field(&entry.key)),
                Some(change) => {
                    let of_field = of_field(&entry.key);
                    self.both(&mut entry.node, change, of_field).map(|it| match it {
                        Outcome::Target => true,
                        Outcome::Patch => {
                            entry.node = std::mem::take(change);
                            !self.is_null(&entry.node)
                        }
                        Outcome::Cleared => false,
                    })
                }
            };
            kept.unwrap_or_else(|error| {
                failed = Err(error);
                true
            })
        });
        failed?;
        for mut entry in changes.rest() {
            let of_field = ty.and_then(|it| it.field(&entry.key));
            if !self.is_null(&entry.node) && self.added(&mut entry.node, of_field)? {
                target.push(entry);
            }
        }
        Ok(())
    }

    fn fields_itself(
        &mut self,
        fields: &mut Map,
        ty: Option<Type<'a>>,
    ) -> Result<(), Box<Diagnostic>> {
        self.each_field(fields, ty, Walk::itself)
    }

    /// Goes over the fields of a mapping and keeps those for which `keep` says so.
    fn each_field(
        &mut self,
        fields: &mut Map,
        ty: Option<Type<'a>>,
        mut keep: impl FnMut(&mut Self, &mut Node, Option<Type<'a>>) -> Result<bool, Box<Diagnostic>>,
    ) -> Result<(), Box<Diagnostic>> {
        let mut failed = Ok(());
        fields.entries_mut().retain_mut(|entry| {
            if failed.is_err() || self.is_plain(&entry.node) {
                return true;
            }
            let of_field = ty.and_then(|it| it.field(&entry.key));
            keep(self, &mut entry.node, of_field).unwrap_or_else(|error| {
                failed = Err(error);
                true
            })
        });
        failed
    }

    /// Returns the type that is known from above; an object inside a part of unknown type says its own.
    fn typed(&self, ty: Option<Type<'a>>, nodes: &[&Node]) -> Option<Type<'a>> {
        ty.or_else(|| {
            nodes.iter().find_map(|node| {
                let fields = node.as_map()?;
                let api_version = text_of(fields.get("apiVersion")?);
                let kind = text_of(fields.get("kind")?);
                self.schema.resource(&api_version, &kind)
            })
        })
    }

    /// Returns whether a node is a plain value, which is there: without a counterpart it stays as it is.
    fn is_plain(&self, node: &Node) -> bool {
        match &node.value {
            Value::String(_) => !self.is_null(node),
            Value::Number(_) | Value::Bool(_) => true,
            _ => false,
        }
    }

    /// Returns whether a node is null here: also where nothing is written behind a key in a mapping on one line, which becomes
    /// an empty text when it is printed.
    fn is_null(&self, node: &Node) -> bool {
        match &node.value {
            Value::Null => true,
            Value::String(text) => {
                text.is_empty() && node.mark.span.is_empty() && self.is_nothing(node.mark)
            }
            _ => false,
        }
    }

    /// Returns whether an empty place is one behind a key in a mapping on one line. A text that was made may be empty, too,
    /// and stand for another place: that of a literal, `key=`.
    fn is_nothing(&self, place: Mark) -> bool {
        let text = self.sources.text(place.source);
        let sides = text.and_then(|it| it.split_at_checked(place.span.range().start));
        sides.is_some_and(|(before, behind)| {
            before.trim_end().ends_with(':') && behind.trim_start().starts_with([',', '}'])
        })
    }

    /// Returns whether what stands at a place was written in quotes or as a block.
    fn is_quoted(&self, place: Mark) -> bool {
        let text = self.sources.snippet(place).unwrap_or_default();
        text.starts_with(['\'', '"', '|', '>'])
    }

    fn descend<T>(
        &mut self,
        node: &mut Node,
        inside: impl FnOnce(&mut Self, &mut Node) -> Result<T, Box<Diagnostic>>,
    ) -> Result<T, Box<Diagnostic>> {
        if self.depth == MAX_DEPTH {
            return Err(Diagnostic::error(
                "too-deep",
                format!("a patched object nests deeper than {MAX_DEPTH} levels"),
            )
            .at(Label::new(node.mark, ""))
            .into());
        }
        self.depth += 1;
        let result = inside(self, node);
        self.depth -= 1;
        result
    }
}

/// The fields of a patch, taken by key, in linear time also where both sides have many.
struct Changes {
    entries: Vec<Option<tidegate_object::Entry>>,
    /// Positions by key, where there are many entries.
    index: Option<std::collections::HashMap<Text, usize>>,
    current: Node,
}

impl Changes {
    /// From how many entries on an index is worth its cost.
    const MANY: usize = 16;

    fn new(patch: &mut Map) -> Self {
        let entries: Vec<_> = std::mem::take(patch.entries_mut()).into_iter().map(Some).collect();
        let index = (entries.len() >= Self::MANY).then(|| {
            let keys = entries.iter().enumerate();
            keys.filter_map(|(at, it)| Some((it.as_ref()?.key.clone(), at))).collect()
        });
        Self { entries, index, current: Node::default() }
    }

    /// Takes the node of a key out.
    fn take(&mut self, key: &str) -> Option<&mut Node> {
        let at = match &self.index {
            Some(index) => *index.get(key)?,
            None => self
                .entries
                .iter()
                .position(|it| it.as_ref().is_some_and(|entry| entry.key == *key))?,
        };
        self.current = self.entries[at].take()?.node;
        Some(&mut self.current)
    }

    fn rest(self) -> impl Iterator<Item = tidegate_object::Entry> {
        self.entries.into_iter().flatten()
    }
}

fn conflict(target: &Node, patch: &Node) -> Diagnostic {
    let (wanted, given) = (target.value.type_name(), patch.value.type_name());
    Diagnostic::error(
        "patch-type",
        format!("the patch has a {given} where the object has a {wanted}"),
    )
    .at(Label::new(patch.mark, format!("a {given}")))
    .at(Label::new(target.mark, format!("a {wanted}")))
}
