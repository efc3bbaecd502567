use tidegate_source::Span;
use tidegate_yaml::{Kind, Node, Stream, Style};

use super::identifier::ImageEntry;
use crate::edit::{Context, Edits, line_break, line_end, line_start, scalar};

/// Why Image Updater's write-back to a kustomization can't be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum WriteBackError {
    /// The file does not exist.
    #[error("could not find kustomization")]
    Missing,
    /// The file is not YAML.
    #[error("{message}")]
    Yaml {
        /// The reader's message.
        message: String,
        /// Where.
        span: Span,
    },
    /// The file has no document, or several.
    #[error("target parameter file should contain a single YAML document")]
    Documents,
    /// What is written there can't be edited in place: an alias, a mapping in braces that must grow, an unusual layout.
    #[error("`images` is written in a way that can't be edited in place")]
    NotEditable {
        /// Where.
        span: Span,
    },
}

/// Writes images into the `images:` of a kustomization as Image Updater does: an entry of the same name is replaced
/// whole, in place, so that a `newName`, `newTag` or `digest` that is not given again is lost; others are appended.
/// Returns `None` when nothing would change: then there is no commit.
///
/// `text` is `None` where the file does not exist.
///
/// Order of keys, indentation, comments, blank lines and the document's start stay. Where Image Updater would also lay
/// out the rest of the file anew, by its YAML library, the rest stays as it is here.
///
/// Source: argocd-image-updater `pkg/argocd/git.go`, `imagesFilter` and `updateKustomizeFile`.
///
/// # Errors
///
/// See [`WriteBackError`]; the text is unchanged then.
///
/// # Examples
///
/// ```
/// use tidegate_image_update::{ImageEntry, write_back_images};
///
/// let text = "images:\n- newTag: v1 # deployed\n  name: web\n  newName: ghcr.io/acme/web\n";
/// let entry = ImageEntry::from_override("web:v2");
/// assert_eq!(
///     write_back_images(Some(text), &[entry])?.as_deref(),
///     Some("images:\n- newTag: v2 # deployed\n  name: web\n"),
/// );
/// # Ok::<(), tidegate_image_update::WriteBackError>(())
/// ```
pub fn write_back_images(
    text: Option<&str>,
    images: &[ImageEntry],
) -> Result<Option<String>, WriteBackError> {
    let original = text.ok_or(WriteBackError::Missing)?;
    let (outside, document) = original.split_at(outside_length(original));
    let mut text = document.to_owned();
    for entry in images {
        text = set_entry(&text, entry).map_err(|error| error.shifted(outside.len()))?;
    }
    Ok((text != document).then(|| outside.to_owned() + &text))
}

/// Returns the length of the comments, blank lines and directives that stand outside of the first document. Image
/// Updater keeps them from its reader of YAML, which takes no `%YAML 1.2`.
fn outside_length(text: &str) -> usize {
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() && !trimmed.starts_with(['#', '%']) {
            break;
        }
        length += line.len();
    }
    length
}

impl WriteBackError {
    fn shifted(self, by: usize) -> Self {
        let by = u32::try_from(by).unwrap_or(u32::MAX);
        match self {
            Self::Yaml { message, span } => Self::Yaml { message, span: span.shifted(by) },
            Self::NotEditable { span } => Self::NotEditable { span: span.shifted(by) },
            other => other,
        }
    }
}

/// Returns whether a text has a line `---` that begins its document, behind comments, blank lines and directives.
///
/// Source: argocd-image-updater `pkg/argocd/git.go`, `hasDocumentStartAt`.
///
/// ```
/// use tidegate_image_update::has_document_start;
///
/// assert!(has_document_start("# note\n--- # shop\na: b\n"));
/// assert!(!has_document_start("a: b\n---\n"));
/// assert!(!has_document_start(" ---\n"));
/// ```
#[must_use]
pub fn has_document_start(text: &str) -> bool {
    let line = text[outside_length(text)..].lines().next().unwrap_or_default();
    let rest = line.strip_prefix("---");
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

fn set_entry(text: &str, entry: &ImageEntry) -> Result<String, WriteBackError> {
    let stream = Stream::parse(text).map_err(|errors| {
        let first = errors.first();
        WriteBackError::Yaml { message: first.to_string(), span: first.span() }
    })?;
    let mut documents = stream.documents();
    let (Some(document), None) = (documents.next(), documents.next()) else {
        return Err(WriteBackError::Documents);
    };
    let root = document.root();
    let not_editable = |node: Node<'_>| WriteBackError::NotEditable { span: node.span() };
    let newline = line_break(text);
    let mut edits = Edits::default();
    match root.get("images") {
        None if root.kind() == Kind::Mapping && root.style() == Style::Flow => {
            if root.entries().next().is_some() {
                return Err(not_editable(root));
            }
            let block = format!("images:{newline}{}", block_entry(entry, "", newline));
            edits.replace(root.span(), block.trim_end_matches(['\r', '\n']));
        }
        None if root.kind() == Kind::Mapping => {
            let start = root.span().range().start;
            let indent = " ".repeat(start - line_start(text, start));
            let at = end_of_lines(text, root.span().range().end);
            let inner = if is_wide(text, root) { format!("{indent}  ") } else { indent.clone() };
            let lines = block_entry(entry, &inner, newline);
            edits.insert(at, lead(text, at, newline) + &format!("{indent}images:{newline}{lines}"));
        }
        None => return Err(not_editable(root)),
        Some(list) if list.is_null() => {
            let written = list.outer_span().range();
            let kept = text[..written.start].trim_end_matches([' ', '\t']).len();
            if !written.is_empty() {
                edits.replace(Span::from_range(kept..written.end), "");
            }
            let at = line_end(text, written.end);
            let inner = if is_wide(text, root) { "  " } else { "" };
            edits.insert(at, lead(text, at, newline) + &block_entry(entry, inner, newline));
        }
        Some(list) if list.kind() == Kind::Sequence => {
            let mut found = false;
            for item in list.items().filter(|it| is_entry_of(*it, &entry.name)) {
                found = true;
                replace_item(text, item, entry, &mut edits)?;
            }
            if !found {
                append(text, list, entry, &mut edits);
            }
        }
        Some(list) => return Err(not_editable(list)),
    }
    let edited = edits.apply(text);
    if says(&edited, entry) { Ok(edited) } else { Err(not_editable(root)) }
}

fn is_entry_of(item: Node<'_>, name: &str) -> bool {
    item.kind() == Kind::Mapping && item.get("name").is_some_and(|it| it.as_str() == name)
}

/// Replaces an entry: values that stay equal keep their bytes, other keys go, new ones follow.
fn replace_item(
    text: &str,
    item: Node<'_>,
    entry: &ImageEntry,
    edits: &mut Edits,
) -> Result<(), WriteBackError> {
    let fields = entry.fields();
    let wanted = |key: &str| fields.iter().find(|(it, _)| *it == key).map(|(_, value)| *value);
    let entries: Vec<(Node<'_>, Node<'_>)> = item.entries().collect();
    let missing: Vec<(&str, &str)> = fields
        .iter()
        .copied()
        .filter(|(key, _)| !entries.iter().any(|(it, _)| it.as_str() == *key))
        .collect();
    let not_editable = || WriteBackError::NotEditable { span: item.span() };
    for (_, value) in &entries {
        if value.anchor().is_some() {
            return Err(not_editable());
        }
    }
    if item.style() == Style::Flow {
        let kept = entries.iter().filter_map(|(key, value)| {
            let text_of = wanted(&key.as_str())?;
            let same = value.as_str() == text_of;
            let written = if same {
                value.outer_span().of(text).to_owned()
            } else {
                scalar(text_of, Context::Flow)
            };
            Some(format!("{}: {written}", key.span().of(text)))
        });
        let added =
            missing.iter().map(|(key, value)| format!("{key}: {}", scalar(value, Context::Flow)));
        let all: Vec<String> = kept.chain(added).collect();
        edits.replace(item.span(), format!("{{{}}}", all.join(", ")));
        return Ok(());
    }
    let newline = line_break(text);
    let (first, _) = entries.first().ok_or_else(not_editable)?;
    let column = first.span().range().start - line_start(text, first.span().range().start);
    let is_kept = |key: &Node<'_>| wanted(&key.as_str()).is_some();
    let first_kept = entries.iter().position(|(key, _)| is_kept(key)).ok_or_else(not_editable)?;
    if first_kept > 0 {
        // The dash stays; the first key that is kept moves up to it.
        let next = entries[first_kept].0.outer_span().range().start;
        edits.replace(Span::from_range(first.outer_span().range().start..next), "");
    }
    let mut last_kept = None;
    for (key, value) in &entries[first_kept..] {
        let written = value.outer_span();
        if let Some(new) = wanted(&key.as_str()) {
            if value.as_str() != new {
                let blank = if written.is_empty() { " " } else { "" };
                let end = if written.of(text).ends_with('\n') { newline } else { "" };
                edits.replace(written, format!("{blank}{}{end}", scalar(new, Context::Block)));
            }
            last_kept = Some(value);
        } else {
            let start = line_start(text, key.outer_span().range().start);
            edits.replace(Span::from_range(start..end_of_lines(text, written.range().end)), "");
        }
    }
    let at = end_of_lines(text, last_kept.ok_or_else(not_editable)?.outer_span().range().end);
    let indent = " ".repeat(column);
    let mut lines = if missing.is_empty() { String::new() } else { lead(text, at, newline) };
    for (key, value) in missing {
        lines += &format!("{indent}{key}: {}{newline}", scalar(value, Context::Block));
    }
    edits.insert(at, lines);
    Ok(())
}

fn append(text: &str, list: Node<'_>, entry: &ImageEntry, edits: &mut Edits) {
    let newline = line_break(text);
    if list.style() == Style::Flow {
        let fields: Vec<String> = entry
            .fields()
            .iter()
            .map(|(key, value)| format!("{key}: {}", scalar(value, Context::Flow)))
            .collect();
        let comma = if list.items().next().is_some() { ", " } else { "" };
        let close = list.span().range().end - 1;
        edits.insert(close, format!("{comma}{{{}}}", fields.join(", ")));
        return;
    }
    let span = list.span().range();
    let indent = &text[line_start(text, span.start)..span.start];
    let at = end_of_lines(text, span.end);
    edits.insert(at, lead(text, at, newline) + &block_entry(entry, indent, newline));
}

fn block_entry(entry: &ImageEntry, indent: &str, newline: &str) -> String {
    let mut lines = String::new();
    for (nth, (key, value)) in entry.fields().into_iter().enumerate() {
        let dash = if nth == 0 { "- " } else { "  " };
        lines += &format!("{indent}{dash}{key}: {}{newline}", scalar(value, Context::Block));
    }
    lines
}

/// Returns whether the first list below a key is indented deeper than its key.
fn is_wide(text: &str, root: Node<'_>) -> bool {
    let column = |node: Node<'_>| {
        let start = node.span().range().start;
        start - line_start(text, start)
    };
    let mut open: Vec<Node<'_>> = vec![root];
    // Innermost last, so that nodes come in the order of the text.
    while let Some(node) = open.pop() {
        let entries: Vec<(Node<'_>, Node<'_>)> =
            if node.kind() == Kind::Mapping { node.entries().collect() } else { Vec::new() };
        for (key, value) in &entries {
            if value.kind() == Kind::Sequence && value.style() == Style::Block {
                return column(*value) > column(*key);
            }
        }
        open.extend(entries.into_iter().rev().map(|(_, value)| value));
    }
    false
}

/// Returns whether a text's `images:` has the entry, and only its fields.
fn says(text: &str, entry: &ImageEntry) -> bool {
    let Ok(stream) = Stream::parse(text) else { return false };
    let Some(list) = stream.root().and_then(|root| root.get("images")) else { return false };
    let mut found = list.items().filter(|it| is_entry_of(*it, &entry.name)).peekable();
    found.peek().is_some()
        && found.all(|item| {
            let fields = entry.fields();
            item.entries().count() == fields.len()
                && fields
                    .iter()
                    .all(|(key, value)| item.get(key).is_some_and(|it| it.as_str() == *value))
        })
}

fn end_of_lines(text: &str, end: usize) -> usize {
    if text[..end].ends_with('\n') { end } else { line_end(text, end) }
}

fn lead(text: &str, at: usize, newline: &str) -> String {
    if at > 0 && !text[..at].ends_with('\n') { newline.to_owned() } else { String::new() }
}
