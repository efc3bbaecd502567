use std::fmt;

use tidegate_image_ref::ImageReference;

/// Tag and digest of an image, as Image Updater keeps them: not checked, either may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ImageTag {
    /// The tag; empty for none.
    pub name: String,
    /// The digest with its algorithm; empty for none.
    pub digest: String,
}

impl ImageTag {
    /// Creates one from a tag alone.
    #[must_use]
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), digest: String::new() }
    }

    /// Returns whether two are the same: by digest where either has one, by name otherwise.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        if self.digest.is_empty() && other.digest.is_empty() {
            self.name == other.name
        } else {
            self.digest == other.digest
        }
    }
}

/// The digest where there is one, the tag otherwise: what messages and branch names show.
impl fmt::Display for ImageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.digest.is_empty() { &self.name } else { &self.digest })
    }
}

/// An image as Image Updater and Argo CD write it: `[ALIAS=]IMAGE[:TAG][@DIGEST]`.
///
/// The registry is kept apart from the name, `docker.io` only where it was written, and `library/` only where it was
/// written. Text that is no reference (a digest of the wrong length, say) is still split; nothing is refused.
///
/// Source: argocd-image-updater `registry-scanner/pkg/image/image.go`, `NewFromIdentifier`.
///
/// # Examples
///
/// ```
/// use tidegate_image_update::ContainerImage;
///
/// let image = ContainerImage::parse("web=ghcr.io/acme/web:1.4");
/// assert_eq!((&*image.alias, &*image.registry, &*image.name), ("web", "ghcr.io", "acme/web"));
/// assert_eq!(image.tag.as_ref().map(|it| it.name.as_str()), Some("1.4"));
/// assert_eq!(image.to_string(), "web=ghcr.io/acme/web:1.4");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct ContainerImage {
    /// What stands before the first `=`; empty for none.
    pub alias: String,
    /// The registry; empty where none is written.
    pub registry: String,
    /// The name without the registry.
    pub name: String,
    /// Tag and digest; `None` where neither is written.
    pub tag: Option<ImageTag>,
}

impl ContainerImage {
    /// Splits an identifier.
    #[must_use]
    pub fn parse(identifier: &str) -> Self {
        let (alias, image) = identifier.split_once('=').unwrap_or(("", identifier));
        let Ok(reference) = ImageReference::normalized(image) else {
            return Self::split(alias, image);
        };
        let domain = reference.domain().unwrap_or_default();
        let docker_hub = domain == "docker.io";
        let path = reference.path();
        let name = match path.strip_prefix("library/") {
            Some(short) if docker_hub && !image.starts_with("library/") => short,
            _ => path,
        };
        let registry = if docker_hub && !image.starts_with("docker.io") { "" } else { domain };
        let tag = (reference.tag().is_some() || reference.digest().is_some()).then(|| ImageTag {
            name: reference.tag().unwrap_or_default().to_owned(),
            digest: reference.digest().unwrap_or_default().to_owned(),
        });
        Self { alias: alias.to_owned(), registry: registry.to_owned(), name: name.to_owned(), tag }
    }

    /// Splits what is no reference: a first part with a dot is a registry, `@` begins a digest, and `:` a tag.
    fn split(alias: &str, image: &str) -> Self {
        let (registry, rest) = match image.split_once('/') {
            Some((first, rest)) if first.contains('.') => (first, rest),
            _ => ("", image),
        };
        let (rest, digest) = rest.split_once('@').unwrap_or((rest, ""));
        let colon = if digest.is_empty() { rest.find(':') } else { rest.rfind(':') };
        let slash = if digest.is_empty() { None } else { rest.rfind('/') };
        let (name, tag) = match colon {
            Some(colon) if slash.is_none_or(|slash| colon > slash) => {
                (&rest[..colon], &rest[colon + 1..])
            }
            _ => (rest, ""),
        };
        let tagged = colon.is_some() || !digest.is_empty();
        Self {
            alias: alias.to_owned(),
            registry: registry.to_owned(),
            name: name.to_owned(),
            tag: tagged.then(|| ImageTag { name: tag.to_owned(), digest: digest.to_owned() }),
        }
    }

    /// Returns the name with the registry.
    #[must_use]
    pub fn full_name(&self) -> String {
        if self.registry.is_empty() || self.name.starts_with(&format!("{}/", self.registry)) {
            self.name.clone()
        } else {
            format!("{}/{}", self.registry, self.name)
        }
    }

    /// Returns the image with another tag.
    #[must_use]
    pub fn with_tag(&self, tag: ImageTag) -> Self {
        Self { tag: Some(tag), ..self.clone() }
    }

    /// Returns whether two have the same name in the same registry, no registry being `docker.io`.
    #[must_use]
    pub fn is_same_image(&self, other: &Self) -> bool {
        let registry = |it: &Self| {
            if it.registry.is_empty() { "docker.io".to_owned() } else { it.registry.clone() }
        };
        self.name == other.name && registry(self) == registry(other)
    }
}

impl fmt::Display for ContainerImage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.alias.is_empty() {
            write!(f, "{}=", self.alias)?;
        }
        f.write_str(&self.full_name())?;
        if let Some(tag) = &self.tag {
            if !tag.name.is_empty() {
                write!(f, ":{}", tag.name)?;
            }
            if !tag.digest.is_empty() {
                write!(f, "@{}", tag.digest)?;
            }
        }
        Ok(())
    }
}

/// An entry of a kustomization's `images:`, as Image Updater writes it whole.
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
        let image = ContainerImage::parse(text);
        let tag = image.tag.clone().unwrap_or_default();
        let full = match &*image.registry {
            "" => image.name.clone(),
            registry => format!("{registry}/{}", image.name),
        };
        let (name, new_name) =
            if image.alias.is_empty() { (full, String::new()) } else { (image.alias, full) };
        Self { name, new_name, new_tag: tag.name, digest: tag.digest }
    }

    /// Returns the keys with their values, in the order in which they are written; only those that are set.
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
