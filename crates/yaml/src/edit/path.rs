use tidegate_source::nearest;

use super::error::{EditError, EditErrorKind};
use crate::node::Node;
use crate::tape::Kind;

/// A step from a collection to a node in it.
///
/// ```
/// use tidegate_yaml::edit::Step;
///
/// let path: [Step<'_>; 3] = ["images".into(), 0.into(), "newTag".into()];
/// assert_eq!(path, [Step::Key("images"), Step::Index(0), Step::Key("newTag")]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'p> {
    /// The value of a key of a mapping.
    Key(&'p str),
    /// An item of a sequence, from 0.
    Index(usize),
}

impl<'p> From<&'p str> for Step<'p> {
    fn from(key: &'p str) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for Step<'_> {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// Finds the node at a path, for an edit: not through an alias or a merge key, and not below a key that stands twice.
///
/// # Errors
///
/// [`EditErrorKind::NotFound`], `NotAMapping` or `NotASequence` when the path does not lead anywhere; `Alias`, `Merged`
/// or `DuplicateKey` when it leads through something that can't be edited safely.
///
/// ```
/// use tidegate_yaml::edit::{self, EditErrorKind};
/// use tidegate_yaml::Stream;
///
/// let stream = Stream::parse("base: &b {tag: '1'}\nimages: [{name: web}, *b]\n")?;
/// let root = stream.root().ok_or("no document")?;
/// let name = edit::find(root, &["images".into(), 0.into(), "name".into()])?;
/// assert_eq!(name.as_str(), "web");
///
/// let error = edit::find(root, &["images".into(), 1.into(), "tag".into()]).unwrap_err();
/// assert_eq!((error.kind(), error.span().of(stream.text())), (EditErrorKind::Alias, "*b"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn find<'s>(root: Node<'s>, path: &[Step<'_>]) -> Result<Node<'s>, EditError> {
    path.iter().try_fold(root, |node, step| match step {
        Step::Key(key) => {
            let (_, value) = entry(node, key)?.ok_or_else(|| not_found(node, key))?;
            Ok(value)
        }
        Step::Index(index) => {
            as_sequence(node)?;
            node.item(*index).ok_or_else(|| {
                EditError::new(EditErrorKind::NotFound, node.span())
                    .detail(format!("item {index} of {}", node.items().count()))
            })
        }
    })
}

fn not_found(mapping: Node<'_>, key: &str) -> EditError {
    let keys: Vec<_> = mapping.entries().map(|(key, _)| key.as_str()).collect();
    let near = nearest(key, keys.iter().map(|it| &**it));
    let detail = match near {
        Some(near) => format!("`{key}`; did you mean `{near}`?"),
        None => format!("`{key}`"),
    };
    EditError::new(EditErrorKind::NotFound, mapping.span()).detail(detail)
}

pub(super) fn as_mapping(node: Node<'_>) -> Result<(), EditError> {
    match node.kind() {
        Kind::Mapping => Ok(()),
        Kind::Alias => Err(EditError::new(EditErrorKind::Alias, node.span())),
        _ => Err(EditError::new(EditErrorKind::NotAMapping, node.span())),
    }
}

pub(super) fn as_sequence(node: Node<'_>) -> Result<(), EditError> {
    match node.kind() {
        Kind::Sequence => Ok(()),
        Kind::Alias => Err(EditError::new(EditErrorKind::Alias, node.span())),
        _ => Err(EditError::new(EditErrorKind::NotASequence, node.span())),
    }
}

/// Returns the entry of a key that stands once in the mapping itself.
pub(super) fn entry<'s>(
    mapping: Node<'s>,
    key: &str,
) -> Result<Option<(Node<'s>, Node<'s>)>, EditError> {
    as_mapping(mapping)?;
    let is_key = |it: &(Node<'s>, Node<'s>)| {
        it.0.target().kind() == Kind::Scalar && it.0.as_str() == key && !it.0.is_merge_key()
    };
    let mut found = mapping.entries().filter(is_key);
    match (found.next(), found.next()) {
        (Some(first), Some(second)) => {
            Err(EditError::new(EditErrorKind::DuplicateKey, second.0.span())
                .since(first.0.span())
                .detail(format!("`{key}`")))
        }
        (Some((name, _)), None) if name.kind() == Kind::Alias => {
            Err(EditError::new(EditErrorKind::Alias, name.span()))
        }
        (found, _) => Ok(found),
    }
}

/// Returns an error when a merge key gives this key a value.
pub(super) fn refuse_merged(mapping: Node<'_>, key: &str) -> Result<(), EditError> {
    let merged = mapping.merged_entries().unwrap_or_default();
    match merged.iter().find(|(it, _)| it.as_str() == key) {
        Some((it, _)) => {
            let merge = mapping.entries().find(|(it, _)| it.is_merge_key());
            let span = merge.map_or(mapping.span(), |(key, _)| key.span());
            Err(EditError::new(EditErrorKind::Merged, span)
                .since(it.span())
                .detail(format!("`{key}`")))
        }
        None => Ok(()),
    }
}

/// Returns an error when the node, or one around it, is named by an alias.
pub(super) fn refuse_shared(node: Node<'_>) -> Result<(), EditError> {
    let tape = &node.stream().tape;
    let around = |slot: u32| slot <= node.index() && node.index() < tape.next(slot);
    let alias = tape.slots.iter().find(|it| it.kind == Kind::Alias && around(it.last));
    match alias {
        Some(alias) => {
            let anchored = node.at(alias.last);
            let span = anchored.anchor().map_or(node.span(), |(_, span)| span);
            Err(EditError::new(EditErrorKind::Shared, span).since(alias.span()))
        }
        None => Ok(()),
    }
}

/// Returns the collection that holds a node, and the key when that is a mapping's value.
pub(super) fn parent<'s>(node: Node<'s>) -> Option<(Node<'s>, Option<Node<'s>>)> {
    let tape = &node.stream().tape;
    let document = tape.documents.partition_point(|it| it.root <= node.index()).checked_sub(1)?;
    let mut at = node.at(tape.documents.get(document)?.root);
    let holds = |it: Node<'s>| it.index() <= node.index() && node.index() < tape.next(it.index());
    loop {
        if at.index() == node.index() {
            return None;
        }
        let (key, inner) = match at.kind() {
            Kind::Mapping => {
                let (key, value) =
                    at.entries().find(|(key, value)| holds(*key) || holds(*value))?;
                if holds(key) { (None, key) } else { (Some(key), value) }
            }
            Kind::Sequence => (None, at.items().find(|it| holds(*it))?),
            _ => return None,
        };
        if inner.index() == node.index() {
            return Some((at, key));
        }
        at = inner;
    }
}
