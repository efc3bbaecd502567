use tidegate_yaml::edit::{self, New};
use tidegate_yaml::{Kind, Node};

use super::argument::parse_image_argument;
use super::error::{EditError, EditErrorKind};
use super::list::{self, Entry};
use super::{Draft, Edited, Step, field};

/// What becomes of one part of an `images:` entry.
///
/// ```
/// use tidegate_kustomize::edit::{Change, ImageEdit, set_image};
///
/// let text = "images:\n- name: hub\n  newTag: 1.3.0\n  digest: sha256:aa\n";
/// let edit = ImageEdit {
///     new_tag: Change::Set("1.4.0".into()),
///     digest: Change::Remove,
///     ..ImageEdit::new("hub")
/// };
/// assert_eq!(set_image(text, &edit)?.text, "images:\n- name: hub\n  newTag: 1.4.0\n");
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Change {
    /// It stays as it is, there or not.
    #[default]
    Keep,
    /// It is set.
    Set(String),
    /// It is taken out.
    Remove,
}

/// What becomes of an `images:` entry.
///
/// ```
/// use tidegate_kustomize::edit::{Change, ImageEdit, set_image};
///
/// let new_name = Change::Set("registry.example/tomoda/hub".into());
/// let edit = ImageEdit { new_name, new_tag: Change::Set("1.4.0".into()), ..ImageEdit::new("hub") };
/// let edited = set_image("namespace: tomoda\n", &edit)?;
/// assert!(edited.text.ends_with("images:\n- name: hub\n  newName: registry.example/tomoda/hub\n  newTag: 1.4.0\n"));
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageEdit {
    /// The name of the entry, exactly as it is written there.
    pub name: String,
    /// `newName`.
    pub new_name: Change,
    /// `newTag`.
    pub new_tag: Change,
    /// `digest`, with its algorithm.
    pub digest: Change,
    /// `tagSuffix`.
    pub tag_suffix: Change,
}

impl ImageEdit {
    /// Creates an edit that keeps everything.
    ///
    /// ```
    /// use tidegate_kustomize::edit::{Change, ImageEdit};
    ///
    /// // Nothing is changed yet.
    /// let edit = ImageEdit::new("hub");
    /// assert_eq!((edit.new_tag, edit.digest), (Change::Keep, Change::Keep));
    /// ```
    #[must_use]
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// The fields in the order in which a new entry has them.
    pub(super) fn changes(&self) -> [(&'static str, &Change); 4] {
        [
            ("newName", &self.new_name),
            ("newTag", &self.new_tag),
            ("digest", &self.digest),
            ("tagSuffix", &self.tag_suffix),
        ]
    }
}

/// Changes the `images:` entry of a name, or adds it.
///
/// A new entry stands before the first one with a greater name, and with it the field `images` where it is missing.
/// The entry is found by its name as text; whether that name is a pattern for others is not asked.
///
/// ```
/// use tidegate_kustomize::edit::{Change, EditErrorKind, ImageEdit, set_image};
///
/// let edit = ImageEdit { new_tag: Change::Set("1.1".into()), ..ImageEdit::new("web") };
/// let text = "images:\n- name: web\n  newTag: '1.0'\n";
/// assert_eq!(set_image(text, &edit)?.text, "images:\n- name: web\n  newTag: '1.1'\n");
///
/// let error = set_image("images: 7\n", &edit).unwrap_err();
/// assert_eq!(error.kind(), EditErrorKind::WrongType);
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
///
/// # Errors
///
/// - [`EditErrorKind::Ambiguous`]: the name stands in several entries, or a field stands twice.
/// - [`EditErrorKind::WrongType`]: `images` is no list, or the part to be set is no plain value.
/// - [`EditErrorKind::Unsafe`]: something else would change too.
/// - [`EditErrorKind::Syntax`] and [`EditErrorKind::NotAKustomization`] where the text can't be read.
pub fn set_image(text: &str, edit: &ImageEdit) -> Result<Edited, EditError> {
    let mut draft = Draft::new(text);
    if !is_present(&mut draft, &edit.name)? {
        let mut fields = vec![("name".to_owned(), New::from(edit.name.as_str()))];
        for (name, change) in edit.changes() {
            if let Change::Set(value) = change {
                fields.push((name.to_owned(), New::from(value.as_str())));
            }
        }
        list::insert(&mut draft, "images", &Entry { name: &edit.name, value: New::Map(fields) })?;
        return Ok(draft.finish());
    }
    // What is set comes before what is removed, so that an entry never is without the one and the other.
    let changes = edit.changes();
    let (set, other): (Vec<_>, Vec<_>) =
        changes.into_iter().partition(|(_, it)| matches!(it, Change::Set(_)));
    for (name, change) in set.into_iter().chain(other) {
        draft.change(|root| {
            let entry = root.map(|root| list::named(root, "images", &edit.name)).transpose()?;
            let Some((_, _, entry)) = entry.flatten() else {
                return Ok(Step::Edits(edit::Edits::new()));
            };
            change_field(entry, name, change)
        })?;
    }
    Ok(draft.finish())
}

/// Carries out `kustomize edit set image ARGUMENTS…` in place; see [`parse_image_argument`].
///
/// Of two arguments for one name the later counts.
///
/// ```
/// use tidegate_kustomize::edit::{EditErrorKind, set_images};
///
/// let text = "images:\n- name: web\n  newTag: '1.0'\n";
/// assert_eq!(set_images(text, &["web=web:1.1"])?.text.matches("'1.1'").count(), 1);
/// assert_eq!(set_images(text, &[]).unwrap_err().kind(), EditErrorKind::Argument);
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
///
/// # Errors
///
/// [`EditErrorKind::Argument`] where there is no argument or one can't be read, and as for [`set_image`].
pub fn set_images(text: &str, arguments: &[&str]) -> Result<Edited, EditError> {
    let mut edited = text.to_owned();
    for edit in arguments_by_name(arguments)? {
        edited = set_image(&edited, &edit)?.text;
    }
    Ok(Edited::new(text, edited))
}

/// Reads the arguments; of two for one name the later counts.
pub(super) fn arguments_by_name(arguments: &[&str]) -> Result<Vec<ImageEdit>, EditError> {
    if arguments.is_empty() {
        let nothing = tidegate_source::Span::new(0, 0);
        return Err(EditError::new(EditErrorKind::Argument, nothing, "no image specified"));
    }
    let mut edits: Vec<ImageEdit> = Vec::new();
    for argument in arguments {
        let edit = parse_image_argument(argument)?;
        edits.retain(|it| it.name != edit.name);
        edits.push(edit);
    }
    Ok(edits)
}

/// Removes the `images:` entry of a name, and with the last one the field.
///
/// ```
/// use tidegate_kustomize::edit::remove_image;
///
/// let text = "images:\n- name: api\n  newTag: '2.0'\n- name: web\n  newTag: '1.0'\n";
/// assert_eq!(remove_image(text, "web")?.text, "images:\n- name: api\n  newTag: '2.0'\n");
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
///
/// # Errors
///
/// [`EditErrorKind::Ambiguous`] where the name stands in several entries, and as for [`set_image`].
pub fn remove_image(text: &str, name: &str) -> Result<Edited, EditError> {
    let mut draft = Draft::new(text);
    list::remove(&mut draft, "images", |root| {
        Ok(list::named(root, "images", name)?.map(|(_, at, _)| at))
    })?;
    Ok(draft.finish())
}

fn is_present(draft: &mut Draft<'_>, name: &str) -> Result<bool, EditError> {
    let mut present = false;
    draft.change(|root| {
        let entry = root.map(|root| list::named(root, "images", name)).transpose()?;
        present = entry.flatten().is_some();
        Ok(edit::Edits::new().into())
    })?;
    Ok(present)
}

fn change_field(entry: Node<'_>, name: &str, change: &Change) -> Result<Step, EditError> {
    let present = field(entry, name)?;
    let nothing = || Ok(Step::Edits(edit::Edits::new()));
    match (change, present) {
        (Change::Keep, _) | (Change::Remove, None) => nothing(),
        (Change::Remove, Some((key, _))) => Ok(edit::remove_entry(entry, &key.as_str())?.into()),
        (Change::Set(value), None) => {
            Ok(edit::set_entry(entry, name, &New::from(value.as_str()))?.into())
        }
        (Change::Set(value), Some((_, present))) => {
            let is_same = present.kind() == Kind::Scalar && present.as_str() == value.as_str();
            let is_text = matches!(present.resolve(), Ok(Some(tidegate_yaml::Scalar::String(_))));
            if is_same && is_text {
                return nothing();
            }
            Ok(edit::set(present, &New::from(value.as_str()))?.into())
        }
    }
}
