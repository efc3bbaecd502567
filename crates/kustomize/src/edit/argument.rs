use tidegate_source::Span;

use super::error::{EditError, EditErrorKind};
use super::image::{Change, ImageEdit};
use crate::images::split_image;

/// Reads an argument of `kustomize edit set image`: `[NAME=]NEW[:TAG][@DIGEST]`.
///
/// The forms are `NAME=NEW`, `NAME=NEW:TAG`, `NAME=NEW@DIGEST`, `NAME=NEW:TAG@DIGEST`, `NAME:TAG`, `NAME@DIGEST` and
/// `NAME:TAG@DIGEST`. A `*` in the place of `NEW`, `TAG` or `DIGEST` keeps what the entry has; what is not given at
/// all is taken out of it, and so is a suffix of the tag.
///
/// ```
/// use tidegate_kustomize::edit::{Change, parse_image_argument};
///
/// let edit = parse_image_argument("web=*:v2")?;
/// assert_eq!(edit.name, "web");
/// assert_eq!(edit.new_name, Change::Keep);
/// assert_eq!(edit.new_tag, Change::Set("v2".into()));
/// assert_eq!(edit.digest, Change::Remove);
/// assert!(parse_image_argument("web").is_err());
/// # Ok::<(), tidegate_kustomize::edit::EditError>(())
/// ```
///
/// # Errors
///
/// [`EditErrorKind::Argument`] for a name alone, which would change nothing.
pub fn parse_image_argument(argument: &str) -> Result<ImageEdit, EditError> {
    let (key, image) = argument.split_once('=').unwrap_or(("", argument));
    let parts = split_image(image);
    if parts.name == argument {
        let whole = Span::from_range(0..argument.len());
        let message = format!("invalid format of image `{argument}`: it says nothing to be set");
        return Err(EditError::new(EditErrorKind::Argument, whole, message).help_with(
            "write `NAME=NEW[:TAG][@DIGEST]`, `NAME:TAG`, `NAME@DIGEST` or `NAME:TAG@DIGEST`",
        ));
    }
    let change = |part: &str| match part {
        "" => Change::Remove,
        "*" => Change::Keep,
        part => Change::Set(part.to_owned()),
    };
    let (name, new_name) =
        if key.is_empty() { (parts.name, Change::Remove) } else { (key, change(parts.name)) };
    Ok(ImageEdit {
        name: name.to_owned(),
        new_name,
        new_tag: change(parts.tag),
        digest: change(parts.digest),
        tag_suffix: Change::Remove,
    })
}
