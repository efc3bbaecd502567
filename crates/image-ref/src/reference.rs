use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::digest::{self, Digest};
use crate::error::{ReferenceError, ReferenceErrorKind};
use crate::grammar::{Layout, check_digest_form, match_name, scan, scan_exactly};
use crate::tag::{self, Tag};

/// An image reference, borrowed from the text that it was read from.
///
/// Parsing allocates nothing. The text is kept as it was written; what it *means* to Docker is asked for with
/// [`canonical`](Self::canonical) and [`familiar`](Self::familiar).
///
/// Two references are equal when they were written alike. They are ordered as distribution/reference sorts
/// them: with tag and digest first, then with a tag, with a digest, with neither; among these by text.
///
/// ```
/// use tidegate_image_ref::{Reference, ReferenceErrorKind};
///
/// let reference = Reference::parse("registry.example.com:5000/team/app:1.4.0")?;
/// assert_eq!(reference.domain(), Some("registry.example.com:5000"));
/// assert_eq!(reference.path(), "team/app");
/// assert_eq!(reference.tag(), Some("1.4.0"));
/// assert_eq!(reference.digest(), None);
///
/// let error = Reference::parse("app:1.4.0+linux").unwrap_err();
/// assert_eq!(error.kind(), ReferenceErrorKind::TagForbidden('+'));
/// assert_eq!(error.span().range(), 9..10);
/// # Ok::<(), tidegate_image_ref::ReferenceError>(())
/// ```
#[derive(Clone, Copy)]
pub struct Reference<'a> {
    text: &'a str,
    layout: Layout,
}

/// An image reference that owns its text.
///
/// It has all that [`Reference`] has, and the two are compared by the same rules.
///
/// ```
/// use tidegate_image_ref::{ImageReference, Tag};
///
/// let written: ImageReference = "nginx:1.27".parse()?;
/// assert_eq!(written.to_string(), "nginx:1.27");
/// assert_eq!(written.with_tag(&"1.28".parse()?).to_string(), "nginx:1.28");
/// assert_eq!(written.canonical()?.to_string(), "docker.io/library/nginx:1.27");
/// assert!("Nginx:1.27".parse::<ImageReference>().is_err());
/// # Ok::<(), tidegate_image_ref::ReferenceError>(())
/// ```
#[derive(Clone)]
pub struct ImageReference {
    text: String,
    layout: Layout,
}

impl<'a> Reference<'a> {
    /// The greatest length of the path in bytes; the domain is not counted.
    ///
    /// Source: distribution/reference, `RepositoryNameTotalLengthMax`.
    ///
    /// ```
    /// use tidegate_image_ref::{Reference, ReferenceErrorKind};
    ///
    /// let path = "a".repeat(Reference::MAX_PATH_LEN);
    /// assert!(Reference::parse(&format!("registry.example/{path}")).is_ok());
    /// let error = Reference::parse(&format!("registry.example/{path}a")).unwrap_err();
    /// assert_eq!(error.kind(), ReferenceErrorKind::NameTooLong);
    /// ```
    pub const MAX_PATH_LEN: usize = 255;

    /// Reads a reference by the grammar, without filling anything in.
    ///
    /// The first part is the domain whenever it fits the grammar of domains and another part follows: `a/b` has
    /// the domain `a`. Docker reads that differently, see [`ImageReference::normalized`].
    ///
    /// ```
    /// use tidegate_image_ref::{Reference, ReferenceErrorKind};
    ///
    /// let backend = Reference::parse("tomoda/backend:1.4.0")?;
    /// assert_eq!((backend.domain(), backend.path()), (Some("tomoda"), "backend"));
    ///
    /// let error = Reference::parse("registry.example/Tomoda/backend").unwrap_err();
    /// assert_eq!(error.kind(), ReferenceErrorKind::NameContainsUppercase);
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns a [`ReferenceError`] of every kind but `NameNotCanonical`, `BareIdentifier` and `NotNameOnly`. Where
    /// several things are wrong, the first in the text is named.
    pub fn parse(text: &'a str) -> Result<Self, ReferenceError> {
        let layout = scan(text)?;
        if layout.name_end - layout.path > Self::MAX_PATH_LEN {
            return Err(ReferenceError::at(
                ReferenceErrorKind::NameTooLong,
                layout.path,
                layout.name_end - layout.path,
            ));
        }
        if layout.tag_end < text.len() {
            let start = layout.tag_end + 1;
            digest::check(&text[start..]).map_err(|error| error.shifted(start))?;
        }
        Ok(Self { text, layout })
    }

    /// Reads a name without tag and digest, by the grammar.
    ///
    /// ```
    /// use tidegate_image_ref::{Reference, ReferenceErrorKind};
    ///
    /// assert_eq!(Reference::parse_name("quay.io/org/app")?.path(), "org/app");
    /// let error = Reference::parse_name("quay.io/org/app:1").unwrap_err();
    /// assert_eq!(error.kind(), ReferenceErrorKind::NotNameOnly);
    /// assert_eq!(error.span().range(), 15..17);
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse); [`ReferenceErrorKind::NotNameOnly`] where a tag or a digest follows.
    /// The empty text and upper case have the reason `invalid_format` here, as in distribution/reference.
    pub fn parse_name(text: &'a str) -> Result<Self, ReferenceError> {
        if text.is_empty() {
            return Err(ReferenceError::at(ReferenceErrorKind::NameMissing, 0, 0));
        }
        let layout = scan_exactly(text)?;
        if layout.name_end < text.len() {
            return Err(ReferenceError::at(
                ReferenceErrorKind::NotNameOnly,
                layout.name_end,
                text.len() - layout.name_end,
            ));
        }
        Self::parse(text)
    }

    /// Reads a reference that is already fully qualified: normalising it changes nothing.
    ///
    /// ```
    /// use tidegate_image_ref::{Reference, ReferenceErrorKind};
    ///
    /// assert!(Reference::parse_canonical("docker.io/library/nginx").is_ok());
    /// let error = Reference::parse_canonical("docker.io/nginx").unwrap_err();
    /// assert_eq!(error.kind(), ReferenceErrorKind::NameNotCanonical);
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`ImageReference::normalized`]; [`ReferenceErrorKind::NameNotCanonical`] where something would be filled
    /// in or replaced.
    pub fn parse_canonical(text: &'a str) -> Result<Self, ReferenceError> {
        let normalized = ImageReference::normalized(text)?;
        if normalized.text != text {
            let end = scan(text).map_or(text.len(), |it| it.name_end);
            return Err(ReferenceError::at(ReferenceErrorKind::NameNotCanonical, 0, end));
        }
        Ok(Self { text, layout: normalized.layout })
    }

    /// Returns the text as it was written.
    #[must_use]
    pub fn as_str(&self) -> &'a str {
        self.text
    }

    /// Returns the domain with its port, or `None` where none was written.
    ///
    /// ```
    /// use tidegate_image_ref::Reference;
    ///
    /// assert_eq!(Reference::parse("[2001:db8::1]:5000/backend")?.domain(), Some("[2001:db8::1]:5000"));
    /// assert_eq!(Reference::parse("backend:1.4.0")?.domain(), None);
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn domain(&self) -> Option<&'a str> {
        self.layout.parts(self.text).domain
    }

    /// Returns the name without the domain.
    ///
    /// ```
    /// use tidegate_image_ref::Reference;
    ///
    /// assert_eq!(Reference::parse("registry.example/tomoda/backend:1.4.0")?.path(), "tomoda/backend");
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn path(&self) -> &'a str {
        self.layout.parts(self.text).path
    }

    /// Returns the name as it was written: domain and path, without tag and digest.
    ///
    /// ```
    /// use tidegate_image_ref::Reference;
    ///
    /// let backend = Reference::parse("registry.example/tomoda/backend:1.4.0")?;
    /// assert_eq!(backend.name(), "registry.example/tomoda/backend");
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> &'a str {
        &self.text[..self.layout.name_end]
    }

    /// Returns the tag.
    ///
    /// ```
    /// use tidegate_image_ref::Reference;
    ///
    /// assert_eq!(Reference::parse("registry.example:5000/backend")?.tag(), None);
    /// assert_eq!(Reference::parse("registry.example:5000/backend:1.4.0")?.tag(), Some("1.4.0"));
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn tag(&self) -> Option<&'a str> {
        self.layout.parts(self.text).tag
    }

    /// Returns the digest with its algorithm.
    ///
    /// ```
    /// use tidegate_image_ref::Reference;
    ///
    /// let text = format!("backend:1.4.0@sha256:{}", "3f".repeat(32));
    /// assert_eq!(Reference::parse(&text)?.digest(), text.split('@').nth(1));
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn digest(&self) -> Option<&'a str> {
        self.layout.parts(self.text).digest
    }

    /// Returns the tag as a value of its own.
    ///
    /// ```
    /// use tidegate_image_ref::Reference;
    ///
    /// let running = Reference::parse("tomoda/backend:1.4.0")?.to_tag();
    /// assert_eq!(running, Some("1.4.0".parse()?));
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn to_tag(&self) -> Option<Tag> {
        self.tag().map(Tag::trusted)
    }

    /// Returns the digest as a value of its own.
    ///
    /// ```
    /// use tidegate_image_ref::{Digest, Reference};
    ///
    /// let digest = Digest::from_sha256([0x3f; 32]);
    /// let pinned = format!("tomoda/backend@{digest}");
    /// assert_eq!(Reference::parse(&pinned)?.to_digest(), Some(digest));
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn to_digest(&self) -> Option<Digest> {
        self.digest().map(Digest::trusted)
    }

    /// Returns the same reference with a text of its own.
    ///
    /// ```
    /// use tidegate_image_ref::{ImageReference, Reference};
    ///
    /// fn first(line: &str) -> Option<ImageReference> {
    ///     Some(Reference::parse(line.split_whitespace().next()?).ok()?.to_owned())
    /// }
    /// assert_eq!(first("tomoda/backend:1.4.0 running").expect("a reference").tag(), Some("1.4.0"));
    /// ```
    #[must_use]
    pub fn to_owned(&self) -> ImageReference {
        ImageReference { text: self.text.to_owned(), layout: self.layout }
    }

    /// Returns the reference with this tag; a digest stays.
    ///
    /// ```
    /// use tidegate_image_ref::Reference;
    ///
    /// let next = Reference::parse("registry.example/tomoda/backend:1.4.0")?.with_tag(&"1.5.0".parse()?);
    /// assert_eq!(next.as_str(), "registry.example/tomoda/backend:1.5.0");
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn with_tag(&self, tag: &Tag) -> ImageReference {
        ImageReference::assemble(self.name(), Some(tag.as_str()), self.digest())
    }

    /// Returns the reference with this digest; a tag stays.
    ///
    /// ```
    /// use tidegate_image_ref::{Digest, Reference};
    ///
    /// let pinned = Reference::parse("tomoda/backend:1.4.0")?.with_digest(&Digest::from_sha256([0x3f; 32]));
    /// assert!(pinned.as_str().starts_with("tomoda/backend:1.4.0@sha256:3f3f"));
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn with_digest(&self, digest: &Digest) -> ImageReference {
        ImageReference::assemble(self.name(), self.tag(), Some(digest.as_str()))
    }

    /// Returns the reference without a tag.
    ///
    /// ```
    /// use tidegate_image_ref::{Digest, Reference};
    ///
    /// let digest = Digest::from_sha256([0x3f; 32]);
    /// let pinned = Reference::parse("tomoda/backend:1.4.0")?.with_digest(&digest);
    /// assert_eq!(pinned.as_ref().without_tag().as_str(), format!("tomoda/backend@{digest}"));
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn without_tag(&self) -> ImageReference {
        ImageReference::assemble(self.name(), None, self.digest())
    }

    /// Returns the reference without a digest.
    ///
    /// ```
    /// use tidegate_image_ref::Reference;
    ///
    /// let text = format!("tomoda/backend:1.4.0@sha256:{}", "3f".repeat(32));
    /// assert_eq!(Reference::parse(&text)?.without_digest().as_str(), "tomoda/backend:1.4.0");
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn without_digest(&self) -> ImageReference {
        ImageReference::assemble(self.name(), self.tag(), None)
    }

    /// Returns the reference with another name; tag and digest stay.
    ///
    /// ```
    /// use tidegate_image_ref::Reference;
    ///
    /// let mirror = Reference::parse_name("mirror.example:5000/tomoda/backend")?;
    /// let moved = Reference::parse("registry.example/tomoda/backend:1.4.0")?.with_name(mirror);
    /// assert_eq!(moved.as_str(), "mirror.example:5000/tomoda/backend:1.4.0");
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn with_name(&self, name: Reference<'_>) -> ImageReference {
        ImageReference::assemble(name.name(), self.tag(), self.digest())
    }

    /// Which information it has, as distribution/reference ranks it; less is more.
    fn rank(&self) -> u8 {
        match (self.tag(), self.digest()) {
            (Some(_), Some(_)) => 1,
            (Some(_), None) => 2,
            (None, Some(_)) => 3,
            (None, None) => 4,
        }
    }
}

impl ImageReference {
    /// Reads a reference by the grammar, as [`Reference::parse`] does.
    ///
    /// ```
    /// use tidegate_image_ref::ImageReference;
    ///
    /// let read: Result<Vec<_>, _> = ["backend:1.4.0", "worker:1.4.0"].map(ImageReference::parse).into_iter().collect();
    /// assert_eq!(read?[1].path(), "worker");
    /// assert!(ImageReference::parse("backend:").is_err());
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Reference::parse`].
    pub fn parse(text: &str) -> Result<Self, ReferenceError> {
        Reference::parse(text).map(|it| it.to_owned())
    }

    /// Puts checked parts together; the name is that of another reference.
    pub(crate) fn assemble(name: &str, tag: Option<&str>, digest: Option<&str>) -> Self {
        let text = join(name, tag, digest);
        let path = match_name(name).and_then(|it| it.domain).map_or(0, |domain| domain.len() + 1);
        let name_end = name.len();
        let tag_end = name_end + tag.map_or(0, |it| it.len() + 1);
        Self { text, layout: Layout { path, name_end, tag_end } }
    }

    /// Returns the borrowed form.
    ///
    /// ```
    /// use tidegate_image_ref::{ImageReference, Reference};
    ///
    /// let owned = ImageReference::parse("tomoda/backend:1.4.0")?;
    /// assert_eq!(owned.as_ref(), Reference::parse("tomoda/backend:1.4.0")?);
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn as_ref(&self) -> Reference<'_> {
        Reference { text: &self.text, layout: self.layout }
    }

    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the text, giving the reference up.
    #[must_use]
    pub fn into_string(self) -> String {
        self.text
    }

    /// Returns the domain with its port, or `None` where none was written.
    ///
    /// ```
    /// use tidegate_image_ref::ImageReference;
    ///
    /// assert_eq!(ImageReference::normalized("nginx")?.domain(), Some("docker.io"));
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn domain(&self) -> Option<&str> {
        self.as_ref().domain()
    }

    /// Returns the name without the domain.
    ///
    /// ```
    /// use tidegate_image_ref::ImageReference;
    ///
    /// assert_eq!(ImageReference::normalized("nginx:1.27")?.path(), "library/nginx");
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn path(&self) -> &str {
        self.as_ref().path()
    }

    /// Returns the name as it was written: domain and path, without tag and digest.
    ///
    /// ```
    /// use tidegate_image_ref::ImageReference;
    ///
    /// assert_eq!(ImageReference::normalized("nginx:1.27")?.name(), "docker.io/library/nginx");
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> &str {
        self.as_ref().name()
    }

    /// Returns the tag.
    ///
    /// ```
    /// use tidegate_image_ref::ImageReference;
    ///
    /// // Normalising fills in a registry, and no tag.
    /// assert_eq!(ImageReference::normalized("nginx")?.tag(), None);
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn tag(&self) -> Option<&str> {
        self.as_ref().tag()
    }

    /// Returns the digest with its algorithm.
    ///
    /// ```
    /// use tidegate_image_ref::{Digest, ImageReference};
    ///
    /// let digest = Digest::from_sha256([0x3f; 32]);
    /// let pinned = ImageReference::parse("tomoda/backend")?.with_digest(&digest);
    /// assert_eq!(pinned.digest(), Some(digest.as_str()));
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn digest(&self) -> Option<&str> {
        self.as_ref().digest()
    }

    /// Returns the tag as a value of its own.
    ///
    /// ```
    /// use tidegate_image_ref::{ImageReference, Tag};
    ///
    /// let written = ImageReference::parse("tomoda/backend")?;
    /// assert_eq!(written.to_tag().unwrap_or_else(Tag::latest).as_str(), "latest");
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn to_tag(&self) -> Option<Tag> {
        self.as_ref().to_tag()
    }

    /// Returns the digest as a value of its own.
    ///
    /// ```
    /// use tidegate_image_ref::ImageReference;
    ///
    /// let pinned = ImageReference::parse(&format!("tomoda/backend@sha256:{}", "3f".repeat(32)))?;
    /// let digest = pinned.to_digest().expect("a digest is written");
    /// assert_eq!(digest.sha256_hex().len(), 64);
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn to_digest(&self) -> Option<Digest> {
        self.as_ref().to_digest()
    }

    /// Returns the reference with this tag; a digest stays.
    ///
    /// ```
    /// use tidegate_image_ref::ImageReference;
    ///
    /// let running = ImageReference::parse("tomoda/backend:1.4.0")?;
    /// let next = running.with_tag(&"1.5.0".parse()?);
    /// assert_eq!((running.tag(), next.tag()), (Some("1.4.0"), Some("1.5.0")));
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn with_tag(&self, tag: &Tag) -> Self {
        self.as_ref().with_tag(tag)
    }

    /// Returns the reference with this digest; a tag stays.
    ///
    /// ```
    /// use tidegate_image_ref::{Digest, ImageReference};
    ///
    /// let pushed = Digest::from_sha256([0x3f; 32]);
    /// let pinned = ImageReference::parse("tomoda/backend:1.4.0")?.with_digest(&pushed);
    /// assert_eq!((pinned.tag(), pinned.to_digest()), (Some("1.4.0"), Some(pushed)));
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn with_digest(&self, digest: &Digest) -> Self {
        self.as_ref().with_digest(digest)
    }

    /// Returns the reference without a tag.
    ///
    /// ```
    /// use tidegate_image_ref::ImageReference;
    ///
    /// assert_eq!(ImageReference::parse("tomoda/backend:1.4.0")?.without_tag().as_str(), "tomoda/backend");
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn without_tag(&self) -> Self {
        self.as_ref().without_tag()
    }

    /// Returns the reference without a digest.
    ///
    /// ```
    /// use tidegate_image_ref::{Digest, ImageReference};
    ///
    /// let written = ImageReference::parse("tomoda/backend:1.4.0")?;
    /// let pinned = written.with_digest(&Digest::from_sha256([0x3f; 32]));
    /// assert_eq!(pinned.without_digest(), written);
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn without_digest(&self) -> Self {
        self.as_ref().without_digest()
    }

    /// Returns the reference with another name; tag and digest stay.
    ///
    /// ```
    /// use tidegate_image_ref::{ImageReference, Reference};
    ///
    /// let released = ImageReference::parse("registry.example/tomoda/backend:1.4.0")?;
    /// let local = released.with_name(Reference::parse_name("localhost:5000/backend")?);
    /// assert_eq!(local.as_str(), "localhost:5000/backend:1.4.0");
    /// # Ok::<(), tidegate_image_ref::ReferenceError>(())
    /// ```
    #[must_use]
    pub fn with_name(&self, name: Reference<'_>) -> Self {
        self.as_ref().with_name(name)
    }
}

/// Writes a name, a tag and a digest as one text, where each has its form.
///
/// The form is all that is checked, so that the digest may have any algorithm and any length from 32 digits;
/// it is what `WithTag` and `WithDigest` of distribution/reference write.
///
/// ```
/// use tidegate_image_ref::{ReferenceErrorKind, compose};
///
/// assert_eq!(compose("ghcr.io/org/app", Some("1.4"), None)?, "ghcr.io/org/app:1.4");
/// let error = compose("ghcr.io/org/app", Some("1 4"), None).unwrap_err();
/// assert_eq!(error.kind(), ReferenceErrorKind::TagForbidden(' '));
/// # Ok::<(), tidegate_image_ref::ReferenceError>(())
/// ```
///
/// # Errors
///
/// Returns the error of the first part that has not its form; the span lies in that part.
pub fn compose(
    name: &str,
    tag: Option<&str>,
    digest: Option<&str>,
) -> Result<String, ReferenceError> {
    Reference::parse_name(name)?;
    tag.map_or(Ok(()), tag::check)?;
    digest.map_or(Ok(()), check_digest_form)?;
    Ok(join(name, tag, digest))
}

fn join(name: &str, tag: Option<&str>, digest: Option<&str>) -> String {
    let more = tag.map_or(0, |it| it.len() + 1) + digest.map_or(0, |it| it.len() + 1);
    let mut text = String::with_capacity(name.len() + more);
    text.push_str(name);
    for (sign, part) in [(':', tag), ('@', digest)] {
        if let Some(part) = part {
            text.push(sign);
            text.push_str(part);
        }
    }
    text
}

impl FromStr for ImageReference {
    type Err = ReferenceError;

    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        Self::parse(text)
    }
}

impl<'a> TryFrom<&'a str> for Reference<'a> {
    type Error = ReferenceError;

    fn try_from(text: &'a str) -> Result<Self, ReferenceError> {
        Self::parse(text)
    }
}

impl fmt::Display for Reference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}

impl fmt::Display for ImageReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Reference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reference({})", self.text)
    }
}

impl fmt::Debug for ImageReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ImageReference({})", self.text)
    }
}

impl PartialEq for Reference<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Reference<'_> {}

impl Hash for Reference<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl Ord for Reference<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank().cmp(&other.rank()).then_with(|| self.text.cmp(other.text))
    }
}

impl PartialOrd for Reference<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for ImageReference {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for ImageReference {}

impl Hash for ImageReference {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl Ord for ImageReference {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_ref().cmp(&other.as_ref())
    }
}

impl PartialOrd for ImageReference {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
