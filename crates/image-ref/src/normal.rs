use std::fmt;

use crate::digest::{self, Digest};
use crate::error::{ReferenceError, ReferenceErrorKind};
use crate::grammar::{is_identifier, path_end};
use crate::reference::{ImageReference, Reference};
use crate::tag::Tag;

/// Docker Hub, where no domain is written.
const HUB: &str = "docker.io";
/// An older name of it.
const HUB_INDEX: &str = "index.docker.io";
/// The namespace of its official images.
const LIBRARY: &str = "library/";

impl ImageReference {
    /// Reads a reference as Docker means it: Docker Hub and `library/` are filled in.
    ///
    /// The first part is a domain when it is `localhost`, has a dot, a colon or a letter in upper case;
    /// otherwise the image is on Docker Hub. `index.docker.io` becomes `docker.io`.
    ///
    /// Source: distribution/reference `normalize.go`, `ParseNormalizedNamed` and `splitDockerDomain`.
    ///
    /// ```
    /// use tidegate_image_ref::{ImageReference, ReferenceErrorKind};
    ///
    /// let normal = |text| ImageReference::normalized(text).map(ImageReference::into_string);
    /// assert_eq!(normal("nginx:1.27")?, "docker.io/library/nginx:1.27");
    /// assert_eq!(normal("org/app")?, "docker.io/org/app");
    /// assert_eq!(normal("localhost/app")?, "localhost/app");
    /// let error = normal("org/App").unwrap_err();
    /// assert_eq!(error.kind(), ReferenceErrorKind::NameContainsUppercase);
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Reference::parse`], with spans in the given text; and [`ReferenceErrorKind::BareIdentifier`].
    pub fn normalized(text: &str) -> Result<Self, ReferenceError> {
        if is_identifier(text) {
            return Err(ReferenceError::at(ReferenceErrorKind::BareIdentifier, 0, text.len()));
        }
        let (domain, library, rest) = split_docker_domain(text);
        let before_rest = text.len() - rest.len();
        let remote = rest.split_once(':').map_or(rest, |it| it.0);
        if let Some((at, c)) = remote.char_indices().find(|(_, c)| c.is_uppercase()) {
            return Err(ReferenceError::at(
                ReferenceErrorKind::NameContainsUppercase,
                before_rest + at,
                c.len_utf8(),
            ));
        }
        let full = format!("{domain}/{library}{rest}");
        Self::parse(&full).map_err(|error| {
            // From the place in the longer text back to the place in the given one.
            let added = full.len() - rest.len();
            let back = |offset: u32| match (offset as usize).checked_sub(added) {
                Some(offset) => offset + before_rest,
                None => (offset as usize).min(before_rest),
            };
            let (start, end) = (back(error.span().start), back(error.span().end));
            ReferenceError::at(error.kind(), start, end.saturating_sub(start))
        })
    }

    /// Reads a reference as `docker run` and containerd do: normalised, with the tag `latest` where there is
    /// neither tag nor digest, and without the tag where there are both.
    ///
    /// Source: distribution/reference `normalize.go`, `ParseDockerRef`.
    ///
    /// ```
    /// use tidegate_image_ref::ImageReference;
    ///
    /// assert_eq!(ImageReference::docker_ref("nginx")?.as_str(), "docker.io/library/nginx:latest");
    /// let pinned = format!("org/app:1.4@sha256:{}", "3f".repeat(32));
    /// assert_eq!(ImageReference::docker_ref(&pinned)?.tag(), None);
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`normalized`](Self::normalized).
    pub fn docker_ref(text: &str) -> Result<Self, ReferenceError> {
        let normalized = Self::normalized(text)?;
        Ok(if normalized.digest().is_some() {
            normalized.without_tag()
        } else {
            normalized.with_default_tag()
        })
    }

    /// Returns what Docker means by this reference, as [`normalized`](Self::normalized) does.
    ///
    /// ```
    /// use tidegate_image_ref::ImageReference;
    ///
    /// let written = ImageReference::parse("tomoda/backend:1.4.0")?;
    /// assert_eq!(written.domain(), Some("tomoda"));
    /// // For Docker, `tomoda` is no host but a namespace of Docker Hub.
    /// assert_eq!(written.canonical()?.as_str(), "docker.io/tomoda/backend:1.4.0");
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A reference that fits the grammar may yet mean nothing: 64 hexadecimal digits, or a path that gets too
    /// long with `library/` before it.
    pub fn canonical(&self) -> Result<Self, ReferenceError> {
        self.as_ref().canonical()
    }

    /// Returns the shortest form that means the same: without `docker.io` and without `library/` there.
    ///
    /// ```
    /// use tidegate_image_ref::ImageReference;
    ///
    /// assert_eq!(ImageReference::normalized("docker.io/grafana/loki:3.1")?.familiar().as_str(), "grafana/loki:3.1");
    /// let own = ImageReference::normalized("registry.example/tomoda/backend:1.4.0")?;
    /// assert_eq!(own.familiar(), own);
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn familiar(&self) -> Self {
        self.as_ref().familiar()
    }

    /// Returns the reference with the tag `latest` where it has neither tag nor digest.
    ///
    /// ```
    /// use tidegate_image_ref::ImageReference;
    ///
    /// assert_eq!(ImageReference::parse("tomoda/backend")?.with_default_tag().as_str(), "tomoda/backend:latest");
    /// assert_eq!(ImageReference::parse("tomoda/backend:1.4.0")?.with_default_tag().tag(), Some("1.4.0"));
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn with_default_tag(&self) -> Self {
        if self.tag().is_none() && self.digest().is_none() {
            self.with_tag(&Tag::latest())
        } else {
            self.clone()
        }
    }
}

impl Reference<'_> {
    /// Returns what Docker means by this reference, as [`ImageReference::normalized`] does.
    ///
    /// ```
    /// use tidegate_image_ref::{Reference, ReferenceErrorKind};
    ///
    /// assert_eq!(Reference::parse("redis:7")?.canonical()?.as_str(), "docker.io/library/redis:7");
    /// let identifier = "3f".repeat(32);
    /// let error = Reference::parse(&identifier)?.canonical().unwrap_err();
    /// assert_eq!(error.kind(), ReferenceErrorKind::BareIdentifier);
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`ImageReference::canonical`].
    pub fn canonical(&self) -> Result<ImageReference, ReferenceError> {
        ImageReference::normalized(self.as_str())
    }

    /// Returns the shortest form that means the same: without `docker.io` and without `library/` there.
    ///
    /// Only the domain `docker.io` itself is left out; ask for the [`canonical`](Self::canonical) form first
    /// where the text comes from a person.
    ///
    /// ```
    /// use tidegate_image_ref::Reference;
    ///
    /// let familiar = |text| Reference::parse(text).map(|it| it.familiar().into_string());
    /// assert_eq!(familiar("docker.io/library/nginx:1")?, "nginx:1");
    /// assert_eq!(familiar("docker.io/org/app")?, "org/app");
    /// assert_eq!(familiar("ghcr.io/org/app")?, "ghcr.io/org/app");
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn familiar(&self) -> ImageReference {
        ImageReference::assemble(self.familiar_name(), self.tag(), self.digest())
    }

    /// Returns the name of the [`familiar`](Self::familiar) form.
    ///
    /// ```
    /// use tidegate_image_ref::Reference;
    ///
    /// assert_eq!(Reference::parse("docker.io/library/redis:7")?.familiar_name(), "redis");
    /// assert_eq!(Reference::parse("registry.example/backend:1")?.familiar_name(), "registry.example/backend");
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn familiar_name(&self) -> &str {
        if self.domain() != Some(HUB) {
            return self.name();
        }
        match self.path().strip_prefix(LIBRARY) {
            Some(official) if !official.contains('/') => official,
            _ => self.path(),
        }
    }
}

/// A reference by name, or a digest alone.
///
/// ```
/// use tidegate_image_ref::AnyReference;
///
/// let identifier = "0a".repeat(32);
/// assert!(AnyReference::parse(&identifier)?.is_digest_only());
/// assert_eq!(AnyReference::parse("redis")?.to_string(), "docker.io/library/redis");
/// assert!(AnyReference::parse("Redis").is_err());
/// # Ok::<(), tidegate_image_ref::ReferenceError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AnyReference {
    /// A name, in its canonical form, perhaps with tag and digest.
    Named(ImageReference),
    /// A digest without a name.
    Digest(Digest),
}

impl AnyReference {
    /// Reads an identifier of 64 digits, a digest, or a reference as Docker means it.
    ///
    /// ```
    /// use tidegate_image_ref::AnyReference;
    ///
    /// let identifier = AnyReference::parse(&"3f".repeat(32))?;
    /// assert!(identifier.to_string().starts_with("sha256:3f3f"));
    /// assert_eq!(AnyReference::parse("redis:7")?.to_string(), "docker.io/library/redis:7");
    /// assert!(AnyReference::parse("Redis").is_err());
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`ImageReference::normalized`], for what is neither an identifier nor a digest.
    pub fn parse(text: &str) -> Result<Self, ReferenceError> {
        if is_identifier(text) {
            return Ok(Self::Digest(Digest::trusted(&format!("sha256:{text}"))));
        }
        if digest::check(text).is_ok() {
            return Ok(Self::Digest(Digest::trusted(text)));
        }
        ImageReference::normalized(text).map(Self::Named)
    }

    /// Returns whether there is no name.
    ///
    /// ```
    /// use tidegate_image_ref::AnyReference;
    ///
    /// let digest = format!("sha256:{}", "3f".repeat(32));
    /// assert!(AnyReference::parse(&digest)?.is_digest_only());
    /// assert!(!AnyReference::parse(&format!("redis@{digest}"))?.is_digest_only());
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn is_digest_only(&self) -> bool {
        matches!(self, Self::Digest(_))
    }

    /// Returns whether a pattern matches the familiar form, or else the familiar name.
    ///
    /// What a pattern is, the caller says: for `FamiliarMatch` of distribution/reference it is Go's
    /// `path.Match`. The second form is only tried where the first did not match.
    ///
    /// ```
    /// use tidegate_image_ref::AnyReference;
    /// use tidegate_pattern::path_match;
    ///
    /// let reference = AnyReference::parse("docker.io/library/nginx:1.27")?;
    /// assert!(reference.familiar_match(|familiar| path_match("nginx:1.*", familiar)).unwrap());
    /// assert!(reference.familiar_match(|familiar| path_match("ng*", familiar)).unwrap());
    /// assert!(reference.familiar_match(|familiar| path_match("ng[", familiar)).is_err());
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the error of the pattern.
    pub fn familiar_match<E>(&self, matches: impl Fn(&str) -> Result<bool, E>) -> Result<bool, E> {
        match self {
            Self::Digest(digest) => matches(digest.as_str()),
            Self::Named(name) => {
                Ok(matches(name.familiar().as_str())? || matches(name.as_ref().familiar_name())?)
            }
        }
    }
}

impl fmt::Display for AnyReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Named(name) => name.fmt(f),
            Self::Digest(digest) => digest.fmt(f),
        }
    }
}

/// Checks a repository name against the OCI distribution specification.
///
/// The specification knows no domain: a name is `path` of the grammar. It names no greatest length.
///
/// Source: OCI distribution specification 1.1, *Pulling manifests*.
///
/// ```
/// use tidegate_image_ref::{ReferenceErrorKind, check_oci_name};
///
/// assert!(check_oci_name("library/nginx").is_ok());
/// let error = check_oci_name("library//nginx").unwrap_err();
/// assert_eq!(error.kind(), ReferenceErrorKind::PathComponentEmpty);
/// ```
///
/// # Errors
///
/// Returns a [`ReferenceError`] about the first character that does not fit.
pub fn check_oci_name(name: &str) -> Result<(), ReferenceError> {
    if name.is_empty() {
        return Err(ReferenceError::at(ReferenceErrorKind::NameEmpty, 0, 0));
    }
    let end = path_end(name, 0)?;
    match name[end..].chars().next() {
        None => Ok(()),
        Some(c) => Err(ReferenceError::at(ReferenceErrorKind::NameForbidden(c), end, c.len_utf8())),
    }
}

/// Splits a text into the domain, the namespace to be filled in, and what else was written.
fn split_docker_domain(text: &str) -> (&str, &'static str, &str) {
    let Some((first, rest)) = text.split_once('/') else {
        return (HUB, LIBRARY, text);
    };
    let (domain, rest) = if first == HUB_INDEX {
        (HUB, rest)
    } else if first == "localhost"
        || first.contains(['.', ':'])
        || first.contains(char::is_uppercase)
    {
        (first, rest)
    } else {
        (HUB, text)
    };
    let library = if domain == HUB && !rest.contains('/') { LIBRARY } else { "" };
    (domain, library, rest)
}
