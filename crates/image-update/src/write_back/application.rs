use tidegate_tag_policy::{ImageSpec, find_override};

use super::identifier::is_same_image;

/// Sets an image in the list of an Application's `spec.source.kustomize.images`, as Image Updater does: entries of the
/// same name are replaced, where both have an alias only those of the same alias; otherwise the image is appended.
///
/// `alias` is the name of the kustomization's entry that the image stands for, where one is configured.
///
/// Source: argocd-image-updater `pkg/argocd/argocd.go`, `SetKustomizeImage`; argo-cd `KustomizeImage.Match`.
///
/// # Examples
///
/// ```
/// use tidegate_image_update::set_application_image;
///
/// let images = ["acme/web:1.3".to_owned()];
/// assert_eq!(set_application_image(&images, "acme/web:1.4", None), ["acme/web:1.4"]);
/// assert_eq!(
///     set_application_image(&images, "acme/api:2", Some("api")),
///     ["acme/web:1.3", "api=acme/api:2"],
/// );
/// ```
#[must_use]
pub fn set_application_image(images: &[String], new: &str, alias: Option<&str>) -> Vec<String> {
    let alias = alias.filter(|it| !it.is_empty());
    let entry = match alias {
        Some(alias) if !new.starts_with(&format!("{alias}=")) => format!("{alias}={new}"),
        _ => new.to_owned(),
    };
    let wanted = ImageSpec::parse(&entry);
    let mut images = images.to_vec();
    for image in &mut images {
        let present = ImageSpec::parse(image);
        let named = match (alias, &present.alias) {
            (Some(alias), Some(present)) => present == alias,
            _ => true,
        };
        if named && present.name == wanted.name {
            *image = wanted.to_string();
        }
    }
    match find_override(images.iter().map(String::as_str), &entry) {
        Some(nth) => images[nth] = entry,
        None => images.push(entry),
    }
    images
}

/// Merges images into the list of an override file (`.argocd-source-APP.yaml`): an entry of the same name and registry
/// is replaced where its tag differs or it has none; others are appended.
///
/// Source: argocd-image-updater `pkg/argocd/update.go`, `mergeKustomizeOverride`.
///
/// ```
/// use tidegate_image_update::merge_override_file;
///
/// let file = ["docker.io/acme/web:1.3".to_owned(), "acme/api:2".to_owned()];
/// let merged = merge_override_file(&file, &["acme/web:1.4".to_owned()]);
/// assert_eq!(merged, ["acme/web:1.4", "acme/api:2"]);
/// ```
#[must_use]
pub fn merge_override_file(file: &[String], new: &[String]) -> Vec<String> {
    let mut merged = file.to_vec();
    for image in new {
        let wanted = ImageSpec::parse(image);
        let present = merged
            .iter_mut()
            .map(|it| (ImageSpec::parse(it), it))
            .find(|(it, _)| is_same_image(it, &wanted));
        let Some((present, text)) = present else {
            merged.push(image.clone());
            continue;
        };
        let untagged = |it: &ImageSpec| it.tag.is_none() && it.digest.is_none();
        let differ = if present.digest.is_none() && wanted.digest.is_none() {
            present.tag != wanted.tag
        } else {
            present.digest != wanted.digest
        };
        let replace = untagged(&present) || (!untagged(&wanted) && differ);
        if replace {
            text.clone_from(image);
        }
    }
    merged
}
