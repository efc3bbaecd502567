//! Edits of a kustomization file that change what was asked for and no other byte.
//!
//! ```
//! use tidegate_kustomize::edit::{Change, ImageEdit, set_image};
//!
//! let text = "images: # what runs\n- name: web   # ours\n  newTag: '1.0'\n";
//! let edit = ImageEdit {
//!     new_tag: Change::Set("1.1".into()),
//!     digest: Change::Set("sha256:00".into()),
//!     ..ImageEdit::new("web")
//! };
//! let edited = set_image(text, &edit)?;
//! assert_eq!(
//!     edited.text,
//!     "images: # what runs\n- name: web   # ours\n  newTag: '1.1'\n  digest: sha256:00\n",
//! );
//! assert_eq!(set_image(&edited.text, &edit)?.text, edited.text);
//! # Ok::<(), tidegate_kustomize::edit::EditError>(())
//! ```
//!
//! Every operation takes the text of one file and returns the text as it should be. Comments, the order of fields,
//! indentation, quotes, line ends, a byte-order mark, anchors and unknown fields stay as they are. Doing the same
//! twice is doing it once, and edits of different `images:` entries give the same text in either order. What can't
//! be edited without changing something else is an [`EditError`].
//!
//! Names of fields are found in any case, as Kustomize finds them, and written as it writes them.

mod argument;
mod error;
mod fields;
mod image;
mod list;
mod reference_form;
#[cfg(test)]
mod tests;

use tidegate_source::Span;
use tidegate_yaml::edit::Edits;
use tidegate_yaml::{Kind, Node, Stream};

pub use self::argument::parse_image_argument;
pub use self::error::{EditError, EditErrorKind};
pub use self::fields::{
    PatchEdit, Target, add_patch, add_resource, remove_namespace, remove_patch, remove_replicas,
    remove_resource, set_namespace, set_replicas, set_scalar,
};
pub use self::image::{Change, ImageEdit, remove_image, set_image, set_images};
pub use self::reference_form::images_in_reference_form;

/// A text after an edit.
///
/// ```
/// use tidegate_kustomize::edit::set_namespace;
///
/// let text = "namespace: dev # ours\n";
/// let edited = set_namespace(text, "prod")?;
/// assert_eq!(edited.changed.map(|it| it.of(text)), Some("dev"));
/// assert_eq!(set_namespace(text, "dev")?.changed, None);
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edited {
    /// The whole text as it should be.
    pub text: String,
    /// The bytes of the old text that are different: one range, empty for an insertion; `None` where nothing changes.
    pub changed: Option<Span>,
}

impl Edited {
    fn new(before: &str, after: String) -> Self {
        let changed = (before != after).then(|| {
            let common = |pairs: &mut dyn Iterator<Item = (u8, u8)>| {
                pairs.take_while(|(a, b)| a == b).count()
            };
            let mut start = common(&mut before.bytes().zip(after.bytes()));
            while !before.is_char_boundary(start) {
                start -= 1;
            }
            let (old, new) = (&before[start..], &after[start..]);
            let mut same = common(&mut old.bytes().rev().zip(new.bytes().rev()));
            while !before.is_char_boundary(before.len() - same) {
                same -= 1;
            }
            Span::from_range(start..before.len() - same)
        });
        Self { text: after, changed }
    }
}

/// Carries out one change after the other, each on the text that the one before made.
struct Draft<'t> {
    before: &'t str,
    text: String,
}

impl<'t> Draft<'t> {
    fn new(text: &'t str) -> Self {
        Self { before: text, text: text.to_owned() }
    }

    /// Reads the text and changes it as `change` says; `None` stands for a document without content.
    fn change(
        &mut self,
        change: impl FnOnce(Option<Node<'_>>) -> Result<Step, EditError>,
    ) -> Result<(), EditError> {
        let stream = Stream::parse(&self.text)?;
        let step = change(mapping(&stream)?)?;
        let changed = match step {
            Step::Edits(edits) if edits.is_empty() => return Ok(()),
            Step::Edits(edits) => edits.apply(&self.text),
            Step::Text(text) => text,
        };
        drop(stream);
        self.text = changed;
        Ok(())
    }

    fn finish(self) -> Edited {
        Edited::new(self.before, self.text)
    }
}

/// What one change does to a text.
enum Step {
    Edits(Edits),
    /// The whole new text.
    Text(String),
}

impl From<Edits> for Step {
    fn from(edits: Edits) -> Self {
        Self::Edits(edits)
    }
}

/// Returns the fields of a kustomization, `None` where nothing is written at all.
fn mapping<'s>(stream: &'s Stream<'s>) -> Result<Option<Node<'s>>, EditError> {
    if stream.documents().len() > 1 {
        let second = stream.documents().nth(1).map_or(Span::new(0, 0), |it| it.root().span());
        return Err(EditError::new(
            EditErrorKind::NotAKustomization,
            second,
            "the file holds more than one document",
        ));
    }
    let Some(root) = stream.root() else { return Ok(None) };
    match root.kind() {
        Kind::Mapping => of_a_kustomization(root).map(Some),
        Kind::Scalar if root.is_null() && root.span().is_empty() => Ok(None),
        _ => Err(EditError::new(
            EditErrorKind::NotAKustomization,
            root.span(),
            "a kustomization is a mapping",
        )),
    }
}

/// Refuses the file of an object: an edit would give it fields that it does not have.
fn of_a_kustomization(root: Node<'_>) -> Result<Node<'_>, EditError> {
    let Some(kind) = root.get("kind") else { return Ok(root) };
    let name = kind.as_str();
    if ["", "Kustomization", "Component"].contains(&&*name) {
        return Ok(root);
    }
    let message = format!("`{name}` is not the kind of a kustomization");
    Err(EditError::new(EditErrorKind::NotAKustomization, kind.span(), message)
        .help_with("name a kustomization file"))
}

/// Finds a field by its name in any case; a field that stands there twice can't be edited.
fn field<'s>(mapping: Node<'s>, name: &str) -> Result<Option<(Node<'s>, Node<'s>)>, EditError> {
    let mut found = mapping.entries().filter(|(key, _)| key.as_str().eq_ignore_ascii_case(name));
    match (found.next(), found.next()) {
        (Some((first, _)), Some((second, _))) => Err(EditError::new(
            EditErrorKind::Ambiguous,
            second.span(),
            format!("the field `{name}` stands there twice"),
        )
        .and_at(first.span(), "first")),
        (found, _) => Ok(found),
    }
}

/// Adds a first field to a text that has none, behind its comments.
fn with_first_field(text: &str, field: &str) -> String {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = text.to_owned();
    if !out.is_empty() && out != "\u{feff}" && !out.ends_with('\n') {
        out.push_str(line_end);
    }
    out + &field.replace('\n', line_end)
}
