use std::fmt;

use tidegate_tag_policy::ImageSpec;

/// Tag and digest of an image, as Image Updater keeps them: not checked, either may be empty.
///
/// ```
/// use tidegate_image_update::ImageTag;
///
/// let tag = ImageTag { name: "1.4.0".into(), digest: "sha256:3f".into() };
/// assert!(tag.to_string().contains("sha256:3f"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ImageTag {
    /// The tag; empty for none.
    pub name: String,
    /// The digest with its algorithm; empty for none.
    pub digest: String,
}

impl ImageTag {
    /// Creates one from a tag alone.
    ///
    /// ```
    /// use tidegate_image_update::ImageTag;
    ///
    /// assert_eq!(ImageTag::named("1.4.0").digest, "");
    /// ```
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), digest: String::new() }
    }
}

/// The digest where there is one, the tag otherwise: what messages and branch names show.
impl fmt::Display for ImageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.digest.is_empty() { &self.name } else { &self.digest })
    }
}

/// Returns whether two images have the same name in the same registry, no registry being `docker.io`.
///
/// Source: argocd-image-updater `pkg/argocd/update.go`, `sameImageNameAndRegistry`.
pub(crate) fn is_same_image(one: &ImageSpec, other: &ImageSpec) -> bool {
    let registry = |it: &ImageSpec| it.registry.clone().unwrap_or_else(|| "docker.io".to_owned());
    one.name == other.name && registry(one) == registry(other)
}

/// An entry of a kustomization's `images:`, as Image Updater writes it whole.
///
/// ```
/// use tidegate_image_update::{ImageEntry, write_back_images};
///
/// let entry = ImageEntry {
///     name: "backend".into(),
///     new_name: "registry.example/tomoda/backend".into(),
///     new_tag: "1.4.0".into(),
///     digest: String::new(),
/// };
/// let text = write_back_images(Some("images:\n- name: backend\n  newTag: 1.3.0\n"), &[entry])?;
/// assert!(text.is_some_and(|it| it.contains("newTag: 1.4.0") && it.contains("newName: registry.example")));
/// # Ok::<(), tidegate_image_update::WriteBackError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ImageEntry {
    /// `name`
    pub name: String,
    /// `newName`; empty for none.
    pub new_name: String,
    /// `newTag`; empty for none.
    pub new_tag: String,
    /// `digest`; empty for none.
    pub digest: String,
}

impl ImageEntry {
    /// Reads an override `[NAME=]IMAGE[:TAG][@DIGEST]`: with an alias the image becomes `newName`.
    ///
    /// Source: argocd-image-updater `pkg/argocd/git.go`, `parseImageOverride`.
    ///
    /// ```
    /// use tidegate_image_update::ImageEntry;
    ///
    /// let entry = ImageEntry::from_override("web=ghcr.io/acme/web:1.4");
    /// assert_eq!((&*entry.name, &*entry.new_name, &*entry.new_tag), ("web", "ghcr.io/acme/web", "1.4"));
    /// assert_eq!(ImageEntry::from_override("acme/web").new_name, "");
    /// ```
    #[must_use]
    pub fn from_override(text: &str) -> Self {
        let image = ImageSpec::parse(text);
        let full = match &image.registry {
            Some(registry) => format!("{registry}/{}", image.name),
            None => image.name.clone(),
        };
        let (name, new_name) = match image.alias {
            Some(alias) => (alias, full),
            None => (full, String::new()),
        };
        Self {
            name,
            new_name,
            new_tag: image.tag.unwrap_or_default(),
            digest: image.digest.unwrap_or_default(),
        }
    }

    /// Returns the keys with their values, in the order in which they are written; only those that are set.
    ///
    /// ```
    /// use tidegate_image_update::ImageEntry;
    ///
    /// let entry = ImageEntry::from_override("backend=registry.example/tomoda/backend:1.4.0");
    /// let fields = [("name", "backend"), ("newName", "registry.example/tomoda/backend"), ("newTag", "1.4.0")];
    /// assert_eq!(entry.fields(), fields);
    /// ```
    #[must_use]
    pub fn fields(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("name", &*self.name),
            ("newName", &*self.new_name),
            ("newTag", &*self.new_tag),
            ("digest", &*self.digest),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }
}
