use std::fmt;

use tidegate_image_ref::ImageReference;

/// An image as the Image Updater is told about it: `[alias=]image[:constraint]`.
///
/// The first `=` ends the alias, wherever it stands, so that a constraint with `=` needs an alias before it. The
/// rest is read as Docker reads references. What does not fit that grammar, because of a constraint such as `~1.2`,
/// is split more simply: the first part is the registry when it has a dot, and what follows the first colon is the
/// constraint.
///
/// Source: Argo CD Image Updater, `NewFromIdentifier`.
///
/// ```
/// use tidegate_tag_policy::ImageSpec;
///
/// let spec = ImageSpec::parse("app=ghcr.io/org/app:~1.4");
/// assert_eq!(spec.alias.as_deref(), Some("app"));
/// assert_eq!(spec.registry.as_deref(), Some("ghcr.io"));
/// assert_eq!((&*spec.name, spec.tag.as_deref()), ("org/app", Some("~1.4")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ImageSpec {
    /// The name by which other settings speak of the image.
    pub alias: Option<String>,
    /// The registry, where one is written; Docker Hub only where it is written as `docker.io`.
    pub registry: Option<String>,
    /// The repository; `library/` of Docker Hub is left out unless it is written first.
    pub name: String,
    /// The tag of an image, or the constraint of a spec.
    pub tag: Option<String>,
    /// The digest.
    pub digest: Option<String>,
}

impl ImageSpec {
    /// Reads a spec; there is no text that is none.
    ///
    /// ```
    /// use tidegate_tag_policy::ImageSpec;
    ///
    /// // A constraint is no tag, and yet stands where one would.
    /// let spec = ImageSpec::parse("tomoda/backend:^1.4");
    /// assert_eq!((spec.registry, &*spec.name), (None, "tomoda/backend"));
    /// assert_eq!(spec.tag.as_deref(), Some("^1.4"));
    ///
    /// // What stands before the first `=` is the alias, also where a bound was meant.
    /// assert_eq!(ImageSpec::parse("tomoda/backend:>=1.4").alias.as_deref(), Some("tomoda/backend:>"));
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let (alias, image) = match text.split_once('=') {
            Some((alias, image)) => (alias, image),
            None => ("", text),
        };
        let mut spec = Self::by_reference(image).unwrap_or_else(|| Self::by_splitting(image));
        spec.alias = filled(alias);
        spec
    }

    fn by_reference(image: &str) -> Option<Self> {
        let reference = ImageReference::normalized(image).ok()?;
        let hub = reference.domain() == Some("docker.io");
        let registry = reference.domain().filter(|_| !hub || image.starts_with("docker.io"));
        let name = match reference.path().strip_prefix("library/") {
            Some(official) if hub && !image.starts_with("library/") => official,
            _ => reference.path(),
        };
        Some(Self {
            alias: None,
            registry: registry.map(str::to_owned),
            name: name.to_owned(),
            tag: reference.tag().map(str::to_owned),
            digest: reference.digest().map(str::to_owned),
        })
    }

    fn by_splitting(image: &str) -> Self {
        // The registry is looked for before a second `=`, the rest is not.
        let before_equals = image.split_once('=').map_or(image, |it| it.0);
        let registry = first_part_with_dot(before_equals);
        let image = first_part_with_dot(image).map_or(image, |it| &image[it.len() + 1..]);
        let (name, tag, digest) = match image.split_once('@') {
            Some((base, digest)) => match base.rsplit_once(':') {
                Some((name, tag)) if !tag.contains('/') => (name, tag, digest),
                _ => (base, "", digest),
            },
            None => match image.split_once(':') {
                Some((name, tag)) => (name, tag, ""),
                None => (image, "", ""),
            },
        };
        Self {
            alias: None,
            registry: registry.map(str::to_owned),
            name: name.to_owned(),
            tag: filled(tag),
            digest: filled(digest),
        }
    }

    /// Returns registry and name.
    ///
    /// ```
    /// use tidegate_tag_policy::ImageSpec;
    ///
    /// let spec = ImageSpec::parse("registry.example/tomoda/backend:1.4.0");
    /// assert_eq!(spec.full_name(), "registry.example/tomoda/backend");
    /// ```
    #[must_use]
    pub fn full_name(&self) -> String {
        match &self.registry {
            Some(registry) if !self.name_begins_with(registry) => {
                format!("{registry}/{}", self.name)
            }
            _ => self.name.clone(),
        }
    }

    fn name_begins_with(&self, registry: &str) -> bool {
        self.name.strip_prefix(registry).is_some_and(|it| it.starts_with('/'))
    }

    /// Returns registry, name, tag and digest, without the alias.
    ///
    /// ```
    /// use tidegate_tag_policy::ImageSpec;
    ///
    /// let spec = ImageSpec::parse("backend=registry.example/tomoda/backend:1.4.0");
    /// assert_eq!(spec.full_name_with_tag(), "registry.example/tomoda/backend:1.4.0");
    /// assert_eq!(spec.to_string(), "backend=registry.example/tomoda/backend:1.4.0");
    /// ```
    #[must_use]
    pub fn full_name_with_tag(&self) -> String {
        let mut text = self.full_name();
        for (sign, part) in [(':', &self.tag), ('@', &self.digest)] {
            if let Some(part) = part {
                text.push(sign);
                text.push_str(part);
            }
        }
        text
    }

    /// Returns whether two specs mean the same repository.
    ///
    /// ```
    /// use tidegate_tag_policy::ImageSpec;
    ///
    /// let live = ImageSpec::parse("registry.example/tomoda/backend:1.4.0");
    /// assert!(ImageSpec::parse("hub=registry.example/tomoda/backend:~1.5").is_same_repository(&live));
    /// assert!(!ImageSpec::parse("tomoda/backend").is_same_repository(&live));
    /// ```
    #[must_use]
    pub fn is_same_repository(&self, other: &Self) -> bool {
        self.name == other.name && self.registry == other.registry
    }
}

/// Writes the spec in full, with its alias.
impl fmt::Display for ImageSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(alias) = &self.alias {
            write!(f, "{alias}=")?;
        }
        f.write_str(&self.full_name_with_tag())
    }
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn first_part_with_dot(image: &str) -> Option<&str> {
    image.split_once('/').map(|it| it.0).filter(|it| it.contains('.'))
}

/// Returns whether an image name begins with a registry for the Image Updater: a first part with a dot.
///
/// ```
/// use tidegate_tag_policy::has_registry_prefix;
///
/// assert!(has_registry_prefix("ghcr.io/org/app"));
/// assert!(!has_registry_prefix("localhost:5000/app"));
/// ```
#[must_use]
pub fn has_registry_prefix(image: &str) -> bool {
    first_part_with_dot(image).is_some()
}

/// Returns an image name without its registry.
///
/// ```
/// use tidegate_tag_policy::short_name;
///
/// assert_eq!(short_name("ghcr.io/org/app"), "org/app");
/// assert_eq!(short_name("org/app"), "org/app");
/// ```
#[must_use]
pub fn short_name(image: &str) -> &str {
    first_part_with_dot(image).map_or(image, |registry| &image[registry.len() + 1..])
}

/// Returns which of the live images belongs to a configured one under the strategy `digest`.
///
/// Several containers may run the same image. Of those with the same name, this is the first with the same tag that
/// is not at the latest digest; else the first with the same tag; else the first that is not at the latest digest.
///
/// Source: Argo CD Image Updater, `MatchForDigestUpdate`.
///
/// ```
/// use tidegate_tag_policy::{ImageSpec, digest_live_match};
///
/// let digest = |digit: &str| format!("sha256:{}", digit.repeat(64));
/// let live = [format!("app:dev@{}", digest("1")), format!("app:dev@{}", digest("2"))];
/// let live = live.map(|it| ImageSpec::parse(&it));
/// let configured = ImageSpec::parse("app:dev");
/// assert_eq!(digest_live_match(&configured, &live, Some(&digest("1"))), Some(1));
/// assert_eq!(digest_live_match(&ImageSpec::parse("other"), &live, None), None);
/// ```
#[must_use]
pub fn digest_live_match(
    configured: &ImageSpec,
    live: &[ImageSpec],
    latest_digest: Option<&str>,
) -> Option<usize> {
    let same_name = || live.iter().enumerate().filter(|(_, it)| configured.is_same_repository(it));
    let stale = |it: &ImageSpec| it.digest.is_some() && it.digest.as_deref() != latest_digest;
    let same_tag = |it: &ImageSpec| configured.tag.is_some() && it.tag == configured.tag;
    let first = |wanted: &dyn Fn(&ImageSpec) -> bool| {
        same_name().find(|(_, it)| wanted(it)).map(|(index, _)| index)
    };
    first(&|it| same_tag(it) && stale(it)).or_else(|| first(&same_tag)).or_else(|| first(&stale))
}
