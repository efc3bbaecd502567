use tidegate_source::Span;

use super::Edits;
use super::error::{EditError, EditErrorKind};
use super::layout::{
    behind_break, column, content_end, entry_start, is_first_in_line, line_break, line_end,
    line_start, lines_end, list_offset, with_comments_above,
};
use super::new::New;
use super::path::{entry, parent, refuse_merged, refuse_shared};
use super::render::{Layout, check, scalar, value_of_key};
use super::scalar::set;
use super::verify::{Change, verified};
use crate::emit::one_line;
use crate::node::Node;
use crate::tape::{Kind, Style};

/// Where a new entry goes.
///
/// ```
/// use tidegate_yaml::edit::{self, Place};
/// use tidegate_yaml::Stream;
///
/// let text = "name: web\ndigest: sha256:00\n";
/// let stream = Stream::parse(text)?;
/// let image = stream.root().ok_or("no document")?;
/// let at = |place| edit::insert_entry(image, place, "newTag", &"1.10".into());
/// assert_eq!(at(Place::Last)?.apply(text), "name: web\ndigest: sha256:00\nnewTag: \"1.10\"\n");
/// assert_eq!(at(Place::Before("digest"))?.apply(text), "name: web\nnewTag: \"1.10\"\ndigest: sha256:00\n");
/// assert_eq!(at(Place::After("name"))?.apply(text), "name: web\nnewTag: \"1.10\"\ndigest: sha256:00\n");
/// assert_eq!(at(Place::After("tag")).unwrap_err().kind(), edit::EditErrorKind::NotFound);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place<'p> {
    /// Behind the last entry. Where that would lengthen a block scalar which ends the text without a line break: before
    /// the last entry.
    Last,
    /// Before the entry of this key, and above the comments that belong to it.
    Before(&'p str),
    /// Behind the entry of this key.
    After(&'p str),
}

/// Sets the value of a key, and adds the entry at the end of the mapping when there is none.
///
/// # Errors
///
/// Those of [`set`](super::set) and [`insert_entry`].
///
/// ```
/// use tidegate_yaml::{Stream, edit};
///
/// let text = "spec:\n    paused: false # for now\n";
/// let stream = Stream::parse(text)?;
/// let spec = stream.root().and_then(|it| it.get("spec")).ok_or("no spec")?;
/// let edits = edit::set_entry(spec, "paused", &true.into())?.and(edit::set_entry(spec, "replicas", &3.into())?)?;
/// assert_eq!(edits.apply(text), "spec:\n    paused: true # for now\n    replicas: 3\n");
/// assert!(edit::set_entry(spec, "paused", &false.into())?.is_empty(), "as it is");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn set_entry(mapping: Node<'_>, key: &str, value: &New) -> Result<Edits, EditError> {
    match entry(mapping, key)? {
        Some((_, present)) => set(present, value),
        None => insert_entry(mapping, Place::Last, key, value),
    }
}

/// Adds an entry to a mapping, with the indentation and the line ends that are there.
///
/// # Errors
///
/// [`EditErrorKind::Exists`] and `Merged` when the key has a value; `NotFound` when the key to go by is not there;
/// `FlowMustGrow` for a collection in a mapping in braces; `Alias`, `Shared`, `NotAMapping`, `DuplicateKey`,
/// `InvalidValue`, `Layout`.
///
/// ```
/// use tidegate_yaml::edit::{self, EditErrorKind, New, Place};
/// use tidegate_yaml::Stream;
///
/// let text = "labels: {app: web}\r\n";
/// let stream = Stream::parse(text)?;
/// let labels = stream.root().and_then(|it| it.get("labels")).ok_or("no labels")?;
/// let edits = edit::insert_entry(labels, Place::Last, "on", &"yes".into())?;
/// assert_eq!(edits.apply(text), "labels: {app: web, \"on\": \"yes\"}\r\n");
///
/// let error = |key, value: New| edit::insert_entry(labels, Place::Last, key, &value).map_err(|it| it.kind());
/// assert_eq!(error("app", "hub".into()), Err(EditErrorKind::Exists));
/// assert_eq!(error("tiers", New::List(vec!["front".into()])), Err(EditErrorKind::FlowMustGrow));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn insert_entry(
    mapping: Node<'_>,
    place: Place<'_>,
    key: &str,
    value: &New,
) -> Result<Edits, EditError> {
    check(value)?;
    if let Some((present, _)) = entry(mapping, key)? {
        return Err(
            EditError::new(EditErrorKind::Exists, present.span()).detail(format!("`{key}`"))
        );
    }
    refuse_merged(mapping, key)?;
    refuse_shared(mapping)?;
    let neighbour = match place {
        Place::Last => None,
        Place::Before(name) | Place::After(name) => {
            Some(entry(mapping, name)?.ok_or_else(|| {
                EditError::new(EditErrorKind::NotFound, mapping.span()).detail(format!("`{name}`"))
            })?)
        }
    };
    let before = match (place, neighbour) {
        (Place::Before(_), Some(neighbour)) => Some(neighbour),
        (Place::After(_), Some((name, _))) => {
            mapping.entries().find(|(it, _)| it.index() > name.index())
        }
        _ => None,
    };
    let edits = if mapping.style() == Style::Flow {
        insert_in_flow(mapping, before, key, value)?
    } else {
        let after = match (place, neighbour) {
            (Place::After(_), Some(neighbour)) => Some(neighbour),
            (Place::Last, _) => mapping.entries().last(),
            _ => None,
        };
        insert_line(mapping, before, after, key, value)?
    };
    let at = before.map(|(it, _)| it.index());
    let change = Change {
        gone: at.unwrap_or(0)..at.unwrap_or(0),
        keys_and_values: vec![(Some(key), value)],
        at_end_of: if at.is_none() { Some(mapping.index()) } else { None },
        keeps_properties: false,
    };
    let result = verified(mapping, edits, &change, mapping.span());
    match (&result, place, mapping.entries().last()) {
        // Behind a block scalar at the end of a text without a last line break, a line break would become part of the
        // scalar. The order of entries means nothing, so the entry goes before it.
        (Err(_), Place::Last, Some((last, _))) if mapping.style() == Style::Block => {
            insert_entry(mapping, Place::Before(&last.as_str()), key, value).or(result)
        }
        _ => result,
    }
}

fn insert_line(
    mapping: Node<'_>,
    before: Option<(Node<'_>, Node<'_>)>,
    after: Option<(Node<'_>, Node<'_>)>,
    key: &str,
    value: &New,
) -> Result<Edits, EditError> {
    let text = mapping.stream().text();
    let first = mapping.entries().next().map_or(mapping, |(key, _)| key);
    let indent = column(text, entry_start(first));
    let start = mapping.span().start as usize;
    let layout = Layout { line_break: line_break(text, start), list_offset: list_offset(mapping) };
    let line = format!("{}:{}", one_line(key, false), value_of_key(value, indent, layout));
    let blanks = " ".repeat(indent);
    if let Some((_, last)) = after {
        let at = lines_end(last);
        let behind = block_tail(last, at);
        return Ok(Edits::one(
            Span::from_range(behind..behind),
            if behind > at {
                format!("{blanks}{line}{}", layout.line_break)
            } else {
                format!("{}{blanks}{line}", layout.line_break)
            },
        ));
    }
    let Some((name, _)) = before else {
        return Err(EditError::new(EditErrorKind::Layout, mapping.span()));
    };
    let at = entry_start(name);
    if is_first_in_line(text, at) {
        let at = with_comments_above(text, at, 0);
        return Ok(Edits::one(
            Span::from_range(at..at),
            format!("{blanks}{line}{}", layout.line_break),
        ));
    }
    Ok(Edits::one(Span::from_range(at..at), format!("{line}{}{blanks}", layout.line_break)))
}

/// Where to go on behind the lines of a node that end at `at`: behind the empty lines of a block scalar that keeps
/// them, and at `at` otherwise.
pub(super) fn block_tail(node: Node<'_>, at: usize) -> usize {
    let end = node.span().end as usize;
    let text = node.stream().text();
    let keeps = content_end(node) == at && end > at && text[at..end].trim().is_empty();
    let is_kept = keeps && text[..end].ends_with(['\n', '\r']) && behind_break(text, at) == end;
    if is_kept { end } else { at }
}

fn insert_in_flow(
    mapping: Node<'_>,
    before: Option<(Node<'_>, Node<'_>)>,
    key: &str,
    value: &New,
) -> Result<Edits, EditError> {
    let Some(value) = scalar(value, true) else {
        return Err(EditError::new(EditErrorKind::FlowMustGrow, mapping.span()));
    };
    let item = format!("{}: {value}", one_line(key, true));
    let last = mapping.entries().last().map(|(key, value)| flow_end(key, value));
    let before = before.map(|(key, _)| key.outer_span().start as usize);
    Ok(insert_flow_item(mapping, before, last, &item))
}

/// Where an entry of a flow mapping ends; its value may be nothing at all.
fn flow_end(key: Node<'_>, value: Node<'_>) -> usize {
    (key.span().end.max(value.span().end)) as usize
}

/// Adds an item to a flow collection: before one, or behind the last.
pub(super) fn insert_flow_item(
    collection: Node<'_>,
    before: Option<usize>,
    last: Option<usize>,
    item: &str,
) -> Edits {
    let text = collection.stream().text();
    let start = collection.span().start as usize + 1;
    match (before, last) {
        (Some(at), _) => Edits::one(Span::from_range(at..at), format!("{item}, ")),
        (None, None) => Edits::one(Span::from_range(start..start), item),
        (None, Some(last)) => {
            let rest = &text[last..collection.span().end as usize];
            let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
            if rest[blank..].starts_with(',') {
                let at = last + blank + 1;
                Edits::one(Span::from_range(at..at), format!(" {item}"))
            } else {
                Edits::one(Span::from_range(last..last), format!(", {item}"))
            }
        }
    }
}

/// Removes the entry of a key, with the comment in its lines and the comment lines directly above it. A key that is
/// not there is no mistake: nothing changes. A mapping that loses its last entry becomes `{}`.
///
/// # Errors
///
/// [`EditErrorKind::Alias`], `Shared`, `NotAMapping`, `DuplicateKey`, `Layout`; `Merged` when a merge key would give
/// the key a value still.
///
/// ```
/// use tidegate_yaml::{Stream, edit};
///
/// let text = "name: web\n# pinned by hand\ndigest: sha256:00 # keep\n";
/// let stream = Stream::parse(text)?;
/// let image = stream.root().ok_or("no document")?;
/// assert_eq!(edit::remove_entry(image, "digest")?.apply(text), "name: web\n");
/// assert!(edit::remove_entry(image, "newTag")?.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn remove_entry(mapping: Node<'_>, key: &str) -> Result<Edits, EditError> {
    let Some((name, value)) = entry(mapping, key)? else {
        refuse_merged(mapping, key)?;
        return Ok(Edits::new());
    };
    refuse_shared(mapping)?;
    let entries: Vec<_> = mapping.entries().collect();
    let nth = entries.iter().position(|(it, _)| *it == name).unwrap_or(0);
    let next = entries.get(nth + 1);
    let text = mapping.stream().text();
    let edits = if mapping.style() == Style::Flow {
        let starts = |it: &Node<'_>| it.outer_span().start as usize;
        let range = match (nth.checked_sub(1).and_then(|it| entries.get(it)), next) {
            (_, Some((next, _))) => starts(&name)..starts(next),
            (Some((key, before)), None) => flow_end(*key, *before)..flow_end(name, value),
            (None, None) => starts(&name)..flow_end(name, value),
        };
        Edits::one(Span::from_range(range), "")
    } else if entries.len() == 1 {
        empty_out(mapping, "{}")?
    } else {
        let next = next.map(|(it, _)| entry_start(*it));
        let before = nth.checked_sub(1).and_then(|it| entries.get(it)).map(|it| it.1);
        remove_lines(text, entry_start(name), value, next, before)
    };
    let change = Change {
        gone: name.index()..mapping.stream().tape.next(value.index()),
        keys_and_values: Vec::new(),
        at_end_of: None,
        keeps_properties: false,
    };
    verified(mapping, edits, &change, name.span())
}

/// Removes the lines from `start`, with the comments above, to the end of `last`.
pub(super) fn remove_lines(
    text: &str,
    start: usize,
    last: Node<'_>,
    next: Option<usize>,
    before: Option<Node<'_>>,
) -> Edits {
    let end = lines_end(last).max(line_end(text, start));
    if !is_first_in_line(text, start) {
        // Behind a dash: what follows moves up, unless comments stand between.
        let to = match next {
            Some(next) if text[end..next].trim().is_empty() => next,
            _ => end,
        };
        return Edits::one(Span::from_range(start..to), "");
    }
    let floor = before.map_or(0, |it| behind_break(text, lines_end(it)));
    let from = with_comments_above(text, start, floor.min(line_start(text, start)));
    if end < text.len() {
        return Edits::one(Span::from_range(from..behind_break(text, end)), "");
    }
    // The last line has no line break: the one before it goes.
    let head = text[..from]
        .strip_suffix('\n')
        .map_or(from, |it| it.strip_suffix('\r').unwrap_or(it).len());
    Edits::one(Span::from_range(head..end), "")
}

/// Replaces a block collection by `{}` or `[]`.
pub(super) fn empty_out(collection: Node<'_>, empty: &str) -> Result<Edits, EditError> {
    let text = collection.stream().text();
    let start = collection.span().start as usize;
    let start = match collection.kind() {
        Kind::Mapping => collection.entries().next().map_or(start, |(key, _)| entry_start(key)),
        _ => start,
    };
    let end = lines_end(collection);
    if !is_first_in_line(text, start) || parent(collection).is_none() {
        return Ok(Edits::one(Span::from_range(start..end), empty));
    }
    let Some((_, Some(key))) = parent(collection) else {
        return Err(EditError::new(EditErrorKind::Layout, collection.span()));
    };
    let behind_key = key.span().end as usize;
    let Some(colon) = text[behind_key..start].find(':').map(|it| behind_key + it + 1) else {
        return Err(EditError::new(EditErrorKind::Layout, key.span()));
    };
    let outer = collection.outer_span().start as usize;
    let at = if outer < start {
        // Behind anchor and tag.
        let properties = [collection.anchor().map(|it| it.1), collection.tag().map(|it| it.1)];
        properties.iter().flatten().map(|it| it.end as usize).max().unwrap_or(colon)
    } else {
        colon
    };
    let from = with_comments_above(text, start, behind_break(text, line_end(text, at)));
    let lines = if end < text.len() {
        from..behind_break(text, end)
    } else {
        let head = text[..from]
            .strip_suffix('\n')
            .map_or(from, |it| it.strip_suffix('\r').unwrap_or(it).len());
        head..end
    };
    Edits::one(Span::from_range(at..at), format!(" {empty}"))
        .and(Edits::one(Span::from_range(lines), ""))
}
