use std::error::Error;
use std::fmt;
use std::net::Ipv4Addr;

use tidegate_source::Span;

use crate::digest;
use crate::error::ReferenceErrorKind;
use crate::tag::LATEST;

/// How much a registry client fills in.
///
/// ```
/// use tidegate_image_ref::{ClientErrorKind, ClientReference, Validation};
///
/// let own = Validation::Weak { default_registry: "registry.example", default_tag: "stable" };
/// assert_eq!(ClientReference::parse("tomoda/backend", own)?.name(), "registry.example/tomoda/backend:stable");
///
/// let error = ClientReference::parse("registry.example/backend", Validation::Strict).unwrap_err();
/// assert_eq!(error.kind(), ClientErrorKind::TagMissing);
/// # Ok::<(), tidegate_image_ref::ClientError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Validation<'a> {
    /// A missing registry and a missing tag are filled in.
    Weak {
        /// The registry to fill in, [`Registry::DEFAULT`] as a rule.
        default_registry: &'a str,
        /// The tag to fill in, `latest` as a rule.
        default_tag: &'a str,
    },
    /// The registry, the whole repository and the tag or digest must be written.
    Strict,
}

impl Validation<'static> {
    /// What clients do unless told otherwise: `index.docker.io` and `latest` are filled in.
    ///
    /// ```
    /// use tidegate_image_ref::{ClientReference, Validation};
    ///
    /// let filled_in = ClientReference::parse("tomoda/backend", Validation::WEAK)?;
    /// assert_eq!(filled_in.name(), "index.docker.io/tomoda/backend:latest");
    /// # Ok::<(), tidegate_image_ref::ClientError>(())
    /// ```
    pub const WEAK: Self = Self::Weak { default_registry: Registry::DEFAULT, default_tag: LATEST };
}

/// The registry of an image, as registry clients name it.
///
/// ```
/// use tidegate_image_ref::{Registry, Scheme, Validation};
///
/// let registry = Registry::parse("localhost:5000", Validation::Strict)?;
/// assert_eq!(registry.scheme(), Scheme::Http);
/// assert_eq!(Registry::parse("docker.io", Validation::WEAK)?.as_str(), "index.docker.io");
/// assert!(Registry::parse("white space", Validation::WEAK).is_err());
/// # Ok::<(), tidegate_image_ref::ClientError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Registry(String);

/// The scheme under which a registry is asked.
///
/// ```
/// use tidegate_image_ref::{Registry, Validation};
///
/// let scheme = Registry::parse("localhost:5000", Validation::WEAK)?.scheme();
/// assert_eq!(format!("{scheme}://localhost:5000/v2/"), "http://localhost:5000/v2/");
/// # Ok::<(), tidegate_image_ref::ClientError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// Plain, for this machine and for private networks.
    Http,
    /// Encrypted.
    Https,
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http => "http",
            Self::Https => "https",
        })
    }
}

impl Registry {
    /// The registry of Docker Hub, as its clients name it.
    ///
    /// ```
    /// use tidegate_image_ref::{ClientReference, Registry, Validation};
    ///
    /// let redis = ClientReference::parse("redis", Validation::WEAK)?;
    /// assert_eq!(redis.registry().as_str(), Registry::DEFAULT);
    /// # Ok::<(), tidegate_image_ref::ClientError>(())
    /// ```
    pub const DEFAULT: &str = "index.docker.io";

    /// Reads a registry: the authority of a URL, without user information.
    ///
    /// `docker.io` becomes `index.docker.io`.
    ///
    /// ```
    /// use tidegate_image_ref::{ClientErrorKind, Registry, Validation};
    ///
    /// assert_eq!(Registry::parse("", Validation::WEAK)?.as_str(), "index.docker.io");
    /// let error = Registry::parse("", Validation::Strict).unwrap_err();
    /// assert_eq!(error.kind(), ClientErrorKind::RegistryMissing);
    /// let error = Registry::parse("ci@registry.example", Validation::WEAK).unwrap_err();
    /// assert_eq!(error.kind(), ClientErrorKind::RegistryInvalid);
    /// # Ok::<(), tidegate_image_ref::ClientError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ClientErrorKind::RegistryInvalid`]; and [`ClientErrorKind::RegistryMissing`] for the empty text under
    /// [`Validation::Strict`].
    pub fn parse(text: &str, validation: Validation<'_>) -> Result<Self, ClientError> {
        let name = match (text, validation) {
            ("", Validation::Strict) => {
                return Err(ClientError::new(ClientErrorKind::RegistryMissing, 0, 0));
            }
            ("", Validation::Weak { default_registry, .. }) => default_registry,
            (text, _) if is_authority(text) => text,
            (text, _) => {
                return Err(ClientError::new(ClientErrorKind::RegistryInvalid, 0, text.len()));
            }
        };
        Ok(Self(if name == "docker.io" { Self::DEFAULT } else { name }.to_owned()))
    }

    /// Returns the name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether it is an IPv4 address of a private network (RFC 1918), with or without a port.
    ///
    /// ```
    /// use tidegate_image_ref::{Registry, Validation};
    ///
    /// assert!(Registry::parse("10.0.4.7:5000", Validation::WEAK)?.is_private());
    /// assert!(!Registry::parse("registry.example", Validation::WEAK)?.is_private());
    /// # Ok::<(), tidegate_image_ref::ClientError>(())
    /// ```
    #[must_use]
    pub fn is_private(&self) -> bool {
        let host = self.0.split_once(':').map_or(&*self.0, |it| it.0);
        host.parse().is_ok_and(|it: Ipv4Addr| it.is_private())
    }

    /// Returns the scheme: plain for private addresses, `localhost` with a port, names below `.localhost`,
    /// `127.0.0.1` and `::1`.
    ///
    /// Source: go-containerregistry `pkg/name/registry.go`, `Scheme`.
    ///
    /// ```
    /// use tidegate_image_ref::{Registry, Scheme, Validation};
    ///
    /// assert_eq!(Registry::parse("kind-registry.localhost", Validation::WEAK)?.scheme(), Scheme::Http);
    /// assert_eq!(Registry::parse("registry.example:5000", Validation::WEAK)?.scheme(), Scheme::Https);
    /// # Ok::<(), tidegate_image_ref::ClientError>(())
    /// ```
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        let name = &*self.0;
        let without_port = match name.rsplit_once(':') {
            Some((host, port)) if is_port(port) => host,
            _ => name,
        };
        let local = self.is_private()
            || name.starts_with("localhost:")
            || without_port.ends_with(".localhost")
            || without_port == "127.0.0.1"
            || without_port == "[::1]"
            || name == "::1";
        if local { Scheme::Http } else { Scheme::Https }
    }
}

impl fmt::Display for Registry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_port(text: &str) -> bool {
    (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns whether Go's `url.Parse` takes the text as the whole authority and keeps it as it is.
///
/// ```text
/// authority = host [ ":" *DIGIT ]
/// host      = "[" … "]" / *( ALPHA / DIGIT / "-" / "." / "_" / "~" / sub-delims / ":" / "<" / ">" / DQUOTE / non-ASCII )
/// ```
fn is_authority(text: &str) -> bool {
    let allowed = |c: char| {
        !c.is_ascii() || c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:[]<>\"".contains(c)
    };
    let port = if text.starts_with('[') {
        text.rsplit_once(']').map(|it| it.1)
    } else {
        Some(text.rfind(':').map_or("", |at| &text[at..]))
    };
    let digits = |it: &str| it.bytes().all(|byte| byte.is_ascii_digit());
    text.chars().all(allowed)
        && port.is_some_and(|it| it.is_empty() || it.strip_prefix(':').is_some_and(digits))
}

/// An image reference as registry clients read it.
///
/// These clients (go-containerregistry and what is built on it: crane, ko, the Image Updater's registry scanner)
/// check characters but not their order, call Docker Hub `index.docker.io`, and let a digest win over a tag.
///
/// Source: go-containerregistry `pkg/name`.
///
/// ```
/// use tidegate_image_ref::{ClientReference, Identifier, Validation};
///
/// let reference = ClientReference::parse("nginx", Validation::WEAK)?;
/// assert_eq!(reference.name(), "index.docker.io/library/nginx:latest");
/// assert_eq!(reference.identifier(), &Identifier::Tag("latest".into()));
/// assert!(ClientReference::parse("nginx", Validation::Strict).is_err());
/// # Ok::<(), tidegate_image_ref::ClientError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientReference {
    registry: Registry,
    repository: String,
    identifier: Identifier,
}

/// What of a repository is meant.
///
/// ```
/// use tidegate_image_ref::{ClientReference, Identifier, Validation};
///
/// let digest = format!("sha256:{}", "3f".repeat(32));
/// let both = format!("tomoda/backend:1.4.0@{digest}");
/// // The digest wins.
/// let read = ClientReference::parse(&both, Validation::WEAK)?;
/// assert_eq!(read.identifier(), &Identifier::Digest(digest));
/// # Ok::<(), tidegate_image_ref::ClientError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Identifier {
    /// A tag.
    Tag(String),
    /// A digest with its algorithm.
    Digest(String),
}

impl ClientReference {
    /// Reads a reference.
    ///
    /// ```text
    /// reference  = [ registry "/" ] repository [ ":" tag ] [ "@sha256:" 64HEXDIG ]
    /// registry   = the first part, when it is "localhost" or has a dot or a colon
    /// repository = 1*255( a-z / 0-9 / "_" / "-" / "." / "/" )
    /// tag        = 1*128( A-Z / a-z / 0-9 / "_" / "-" / "." )
    /// ```
    ///
    /// ```
    /// use tidegate_image_ref::{ClientErrorKind, ClientReference, Validation};
    ///
    /// // The order of characters is not looked at, as it is by `Reference`.
    /// assert!(ClientReference::parse("tomoda/-backend-:1.4.0", Validation::WEAK).is_ok());
    /// let error = ClientReference::parse("tomoda/backend:1.4.0+linux", Validation::WEAK).unwrap_err();
    /// assert_eq!(error.kind(), ClientErrorKind::TagForbidden('+'));
    /// assert_eq!(error.span().range(), 20..21);
    /// ```
    ///
    /// # Errors
    ///
    /// Returns a [`ClientError`]; its span lies in the given text.
    pub fn parse(text: &str, validation: Validation<'_>) -> Result<Self, ClientError> {
        let Some((base, digest)) = text.split_once('@') else {
            let (repository, tag) = split_tag(text, validation)?;
            let tag = Identifier::Tag(tag.to_owned());
            return Self::in_repository(repository, tag, validation);
        };
        let digest_at = base.len() + 1;
        if let Some(second) = digest.find('@') {
            let at = digest_at + second;
            return Err(ClientError::new(ClientErrorKind::SecondDigest, at, at + 1));
        }
        digest::check(digest).map_err(|error| {
            let kind = match error.kind() {
                ReferenceErrorKind::DigestUnsupported => ClientErrorKind::DigestUnsupported,
                _ => ClientErrorKind::DigestInvalid,
            };
            let span = error.span().range();
            ClientError::new(kind, digest_at + span.start, digest_at + span.end)
        })?;
        // A tag before the digest is dropped, where it is one.
        let strict_tag = match validation {
            Validation::Strict if !has_tag(base) => None,
            _ => split_tag(base, validation).ok(),
        };
        let repository = strict_tag.map_or(base, |it| it.0);
        Self::in_repository(repository, Identifier::Digest(digest.to_owned()), validation)
    }

    fn in_repository(
        text: &str,
        identifier: Identifier,
        validation: Validation<'_>,
    ) -> Result<Self, ClientError> {
        use ClientErrorKind as Kind;
        let (registry, repository) = match text.split_once('/') {
            Some((first, rest)) if first == "localhost" || first.contains(['.', ':']) => {
                (first, rest)
            }
            _ => ("", text),
        };
        let start = text.len() - repository.len();
        check_characters(repository, 255, Kind::RepositoryLength, Kind::RepositoryForbidden, |c| {
            c.is_ascii_lowercase() || c.is_ascii_digit() || "_-./".contains(c)
        })
        .map_err(|error| error.shifted(start))?;
        let registry = Registry::parse(registry, validation)?;
        let official = registry.as_str() == Registry::DEFAULT && !repository.contains('/');
        if official && validation == Validation::Strict {
            return Err(ClientError::new(Kind::NamespaceMissing, start, text.len()));
        }
        let namespace = if official { "library/" } else { "" };
        Ok(Self { registry, repository: format!("{namespace}{repository}"), identifier })
    }

    /// Returns the registry.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Returns the repository, with `library/` for the official images of Docker Hub.
    #[must_use]
    pub fn repository(&self) -> &str {
        &self.repository
    }

    /// Returns the digest, or else the tag.
    #[must_use]
    pub fn identifier(&self) -> &Identifier {
        &self.identifier
    }

    /// Returns the fully qualified name: registry, repository and identifier.
    ///
    /// ```
    /// use tidegate_image_ref::{ClientReference, Validation};
    ///
    /// let redis = ClientReference::parse("docker.io/redis:7", Validation::WEAK)?;
    /// assert_eq!(redis.name(), "index.docker.io/library/redis:7");
    /// # Ok::<(), tidegate_image_ref::ClientError>(())
    /// ```
    #[must_use]
    pub fn name(&self) -> String {
        let sign = match self.identifier {
            Identifier::Tag(_) => ':',
            Identifier::Digest(_) => '@',
        };
        format!("{}/{}{sign}{}", self.registry, self.repository, self.identifier.as_str())
    }

    /// Returns the scheme under which its registry is asked.
    ///
    /// ```
    /// use tidegate_image_ref::{ClientReference, Scheme, Validation};
    ///
    /// let local = ClientReference::parse("localhost:5000/backend:1.4.0", Validation::WEAK)?;
    /// assert_eq!(local.scheme(), Scheme::Http);
    /// # Ok::<(), tidegate_image_ref::ClientError>(())
    /// ```
    #[must_use]
    pub fn scheme(&self) -> Scheme {
        self.registry.scheme()
    }
}

impl Identifier {
    /// Returns the tag or the digest.
    ///
    /// ```
    /// use tidegate_image_ref::Identifier;
    ///
    /// assert_eq!(Identifier::Tag("1.4.0".to_owned()).as_str(), "1.4.0");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Tag(text) | Self::Digest(text) => text,
        }
    }
}

fn has_tag(text: &str) -> bool {
    text.rsplit_once(':').is_some_and(|(_, tag)| !tag.contains('/'))
}

/// Splits the tag off; what follows the last colon is one, unless it has a slash.
fn split_tag<'t>(
    text: &'t str,
    validation: Validation<'t>,
) -> Result<(&'t str, &'t str), ClientError> {
    use ClientErrorKind as Kind;
    let Some((base, tag)) = text.rsplit_once(':').filter(|it| !it.1.contains('/')) else {
        return match validation {
            Validation::Weak { default_tag, .. } => Ok((text, default_tag)),
            Validation::Strict => Err(ClientError::new(Kind::TagMissing, text.len(), text.len())),
        };
    };
    check_characters(tag, 128, Kind::TagLength, Kind::TagForbidden, |c| {
        c.is_ascii_alphanumeric() || "_-.".contains(c)
    })
    .map_err(|error| error.shifted(base.len() + 1))?;
    Ok((base, tag))
}

fn check_characters(
    text: &str,
    max: usize,
    length: ClientErrorKind,
    forbidden: fn(char) -> ClientErrorKind,
    allowed: fn(char) -> bool,
) -> Result<(), ClientError> {
    if !(1..=max).contains(&text.chars().count()) {
        return Err(ClientError::new(length, 0, text.len()));
    }
    match text.char_indices().find(|(_, c)| !allowed(*c)) {
        Some((at, c)) => Err(ClientError::new(forbidden(c), at, at + c.len_utf8())),
        None => Ok(()),
    }
}

/// Why a registry client refuses a text, and where.
///
/// ```
/// use tidegate_image_ref::{ClientReference, Validation};
///
/// let error = ClientReference::parse("tomoda/Backend:1.4.0", Validation::WEAK).unwrap_err();
/// assert_eq!(error.to_string(), "'B' can't stand in a repository");
/// assert_eq!(error.span().range(), 7..8);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientError {
    kind: ClientErrorKind,
    span: Span,
}

/// The reasons of registry clients.
///
/// ```
/// use tidegate_image_ref::{ClientErrorKind, ClientReference, Validation};
///
/// let kind = |text| ClientReference::parse(text, Validation::Strict).map_err(|error| error.kind());
/// assert_eq!(kind("redis:7"), Err(ClientErrorKind::RegistryMissing));
/// assert_eq!(kind("index.docker.io/redis:7"), Err(ClientErrorKind::NamespaceMissing));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ClientErrorKind {
    /// No registry is written, under strict validation.
    RegistryMissing,
    /// The registry is not the authority of a URL.
    RegistryInvalid,
    /// The repository is empty or longer than 255 characters.
    RepositoryLength,
    /// This character can't stand in a repository.
    RepositoryForbidden(char),
    /// An image of Docker Hub has no namespace, under strict validation.
    NamespaceMissing,
    /// No tag is written, under strict validation.
    TagMissing,
    /// The tag is empty or longer than 128 characters.
    TagLength,
    /// This character can't stand in a tag.
    TagForbidden(char),
    /// There is more than one `@`.
    SecondDigest,
    /// The digest is not one of SHA-256.
    DigestUnsupported,
    /// The digest is not 64 hexadecimal digits in lower case.
    DigestInvalid,
}

impl ClientError {
    fn new(kind: ClientErrorKind, start: usize, end: usize) -> Self {
        Self { kind, span: Span::from_range(start..end) }
    }

    fn shifted(mut self, bytes: usize) -> Self {
        self.span = self.span.shifted(u32::try_from(bytes).unwrap_or(u32::MAX));
        self
    }

    /// Returns what is wrong.
    #[must_use]
    pub fn kind(&self) -> ClientErrorKind {
        self.kind
    }

    /// Returns the range of bytes in the given text that is at fault; empty where something is missing.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            ClientErrorKind::RepositoryForbidden(c) => {
                return write!(f, "{c:?} can't stand in a repository");
            }
            ClientErrorKind::TagForbidden(c) => return write!(f, "{c:?} can't stand in a tag"),
            ClientErrorKind::RegistryMissing => "no registry is written",
            ClientErrorKind::RegistryInvalid => "the registry is no host with an optional port",
            ClientErrorKind::RepositoryLength => "a repository has 1 to 255 characters",
            ClientErrorKind::NamespaceMissing => "the repository of Docker Hub has no namespace",
            ClientErrorKind::TagMissing => "neither tag nor digest is written",
            ClientErrorKind::TagLength => "a tag has 1 to 128 characters",
            ClientErrorKind::SecondDigest => "there is more than one `@`",
            ClientErrorKind::DigestUnsupported => "the digest is not one of sha256",
            ClientErrorKind::DigestInvalid => {
                "the digest is not 64 hexadecimal digits in lower case"
            }
        })
    }
}

impl Error for ClientError {}
