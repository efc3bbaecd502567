use tidegate_source::Span;
use tidegate_yaml::edit::{self, EditError, New};
use tidegate_yaml::{EmitError, Emitter, Kind, Node, Stream};

use super::identifier::ImageEntry;

/// Why Image Updater's write-back to a kustomization can't be made.
///
/// ```
/// use tidegate_image_update::{ImageEntry, WriteBackError, write_back_images};
///
/// let entry = ImageEntry::from_override("backend:1.4.0");
/// assert_eq!(write_back_images(None, &[entry.clone()]), Err(WriteBackError::Missing));
/// let two = "images: []\n---\nimages: []\n";
/// assert_eq!(write_back_images(Some(two), &[entry]), Err(WriteBackError::Documents));
/// ```
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
    /// What is written there can't be edited in place: an alias, say, or a key that stands twice.
    #[error("`images` can't be edited in place: {message}")]
    NotEditable {
        /// What is in the way.
        message: String,
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
/// Order of keys, indentation, quotes, comments, blank lines and the document's start stay. Where Image Updater would also lay
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
            Self::NotEditable { message, span } => {
                Self::NotEditable { message, span: span.shifted(by) }
            }
            other => other,
        }
    }
}

impl From<EditError> for WriteBackError {
    fn from(error: EditError) -> Self {
        Self::NotEditable { message: error.to_string(), span: error.span() }
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
    let stream = read(text)?;
    let mut documents = stream.documents();
    let (Some(document), None) = (documents.next(), documents.next()) else {
        return Err(WriteBackError::Documents);
    };
    let root = document.root();
    let fields = entry.fields().into_iter().map(|(key, value)| (key.to_owned(), value.into()));
    let new = New::Map(fields.collect());
    let list = root.get("images").filter(|it| it.items().next().is_some());
    let Some(list) = list else {
        if root.kind() == Kind::Mapping && root.entries().next().is_none() {
            // `{}` becomes a mapping with one key.
            let span = root.span();
            let printed = first_entry(entry).map_err(|error| WriteBackError::NotEditable {
                message: error.to_string(),
                span,
            })?;
            let (before, after) = (&text[..span.range().start], &text[span.range().end..]);
            return Ok(format!("{before}{printed}{after}"));
        }
        return Ok(edit::set_entry(root, "images", &New::List(vec![new]))?.apply(text));
    };
    let places: Vec<usize> = list
        .items()
        .enumerate()
        .filter(|(_, item)| item.get("name").is_some_and(|it| it.as_str() == entry.name))
        .map(|(nth, _)| nth)
        .collect();
    if places.is_empty() {
        return Ok(edit::push_item(list, &new)?.apply(text));
    }
    places.into_iter().try_fold(text.to_owned(), |text, nth| replace_item(text, nth, entry))
}

/// The field `images` with one entry, as the only content of a file, without a line break at the end.
fn first_entry(entry: &ImageEntry) -> Result<String, EmitError> {
    let mut out = String::new();
    let mut emitter = Emitter::new(&mut out);
    emitter.begin_map();
    emitter.key("images");
    emitter.begin_list();
    emitter.begin_map();
    for (key, value) in entry.fields() {
        emitter.key(key);
        emitter.string(value);
    }
    emitter.end_map();
    emitter.end_list();
    emitter.end_map();
    emitter.finish()?;
    Ok(out.trim_end().to_owned())
}

/// Replaces an entry: a value that stays equal keeps its bytes, new keys follow, and what is not given goes.
fn replace_item(
    mut text: String,
    nth: usize,
    entry: &ImageEntry,
) -> Result<String, WriteBackError> {
    for (key, value) in entry.fields() {
        let stream = read(&text)?;
        text = edit::set_entry(item(&stream, nth)?, key, &value.into())?.apply(&text);
    }
    loop {
        let stream = read(&text)?;
        let item = item(&stream, nth)?;
        let keys = item.entries().map(|(key, _)| key.as_str());
        let wanted = |key: &str| entry.fields().iter().any(|(it, _)| *it == key);
        let Some(surplus) = keys.into_iter().find(|key| !wanted(key)) else {
            return Ok(text.clone());
        };
        let edited = edit::remove_entry(item, &surplus)?.apply(&text);
        drop(stream);
        text = edited;
    }
}

fn read(text: &str) -> Result<Stream<'_>, WriteBackError> {
    Stream::parse(text).map_err(|errors| {
        let first = errors.first();
        WriteBackError::Yaml { message: first.to_string(), span: first.span() }
    })
}

fn item<'s>(stream: &'s Stream<'_>, nth: usize) -> Result<Node<'s>, WriteBackError> {
    let root = stream.root().ok_or(WriteBackError::Documents)?;
    Ok(edit::find(root, &["images".into(), nth.into()])?)
}
