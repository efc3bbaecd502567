use super::identifier::ContainerImage;

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
    let wanted = ContainerImage::parse(&entry);
    let mut images = images.to_vec();
    for image in &mut images {
        let present = ContainerImage::parse(image);
        let named = match alias {
            Some(alias) if !present.alias.is_empty() => present.alias == alias,
            _ => true,
        };
        if named && present.name == wanted.name {
            *image = wanted.to_string();
        }
    }
    let first = images.iter().position(|it| is_same_slot(it, &entry));
    match first {
        Some(nth) => images[nth] = entry,
        None => images.push(entry),
    }
    images
}

/// Argo CD's own comparison of two entries: equal up to the first delimiter of the second.
fn is_same_slot(one: &str, other: &str) -> bool {
    let delimiter = ['=', ':', '@'].into_iter().find(|it| other.contains(*it)).unwrap_or(':');
    let head = |text: &str| text.split(delimiter).next().map(str::to_owned);
    head(one) == head(other)
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
        let wanted = ContainerImage::parse(image);
        let present = merged
            .iter_mut()
            .map(|it| (ContainerImage::parse(it), it))
            .find(|(it, _)| it.is_same_image(&wanted));
        let Some((present, text)) = present else {
            merged.push(image.clone());
            continue;
        };
        let replace = match (&present.tag, &wanted.tag) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(old), Some(new)) => !old.is_same(new),
        };
        if replace {
            text.clone_from(image);
        }
    }
    merged
}
