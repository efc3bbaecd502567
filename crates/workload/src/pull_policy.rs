use std::fmt;

/// When the kubelet asks the registry for an image.
///
/// ```
/// use tidegate_workload::PullPolicy;
///
/// assert_eq!(PullPolicy::default_for("tomoda/hub:1.4.0"), PullPolicy::IfNotPresent);
/// assert_eq!(PullPolicy::default_for("tomoda/hub:latest"), PullPolicy::Always);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum PullPolicy {
    /// At every start of a container.
    Always,
    /// When the node does not have the image.
    IfNotPresent,
    /// Not at all.
    Never,
}

impl PullPolicy {
    /// Returns the policy that is set, when an object is created without one, for an image.
    ///
    /// The tag `latest`, or neither tag nor digest, means [`PullPolicy::Always`]; anything else
    /// [`PullPolicy::IfNotPresent`], a text that is no image reference too. A later change of the image does not
    /// change the policy.
    ///
    /// Source: Kubernetes `pkg/apis/core/v1/defaults.go`, `SetDefaults_Container`.
    ///
    /// ```
    /// use tidegate_workload::PullPolicy;
    ///
    /// assert_eq!(PullPolicy::default_for("registry.example:5000/hub"), PullPolicy::Always);
    /// assert_eq!(PullPolicy::default_for("hub:1.2.3"), PullPolicy::IfNotPresent);
    /// ```
    #[must_use]
    pub fn default_for(image: &str) -> Self {
        match tag(image) {
            Some("latest") => Self::Always,
            _ => Self::IfNotPresent,
        }
    }
}

/// The tag of an image reference, `latest` when it has neither tag nor digest; `None` for a digest alone and for a
/// text that is no reference.
// reference = [ domain "/" ] path [ ":" tag ] [ "@" digest ]; a tag holds no slash, a port is before one
fn tag(image: &str) -> Option<&str> {
    let (name, digest) = match image.split_once('@') {
        Some((name, digest)) => (name, Some(digest)),
        None => (image, None),
    };
    let last = name.rfind('/').map_or(0, |at| at + 1);
    let (path, tag) = match name[last..].rfind(':') {
        Some(at) => (&name[..last + at], Some(&name[last + at + 1..])),
        None => (name, None),
    };
    let sound = is_name(path) && tag.is_none_or(is_tag) && digest.is_none_or(is_digest);
    if !sound {
        return None;
    }
    tag.or(digest.is_none().then_some("latest"))
}

fn is_tag(tag: &str) -> bool {
    let bytes = tag.as_bytes();
    bytes.len() <= 128
        && bytes.first().is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'_')
        && bytes.iter().all(|it| it.is_ascii_alphanumeric() || b"_.-".contains(it))
}

// digest = ( "sha256:" 64HEX ) / ( "sha384:" 96HEX ) / ( "sha512:" 128HEX ), in lower case; no other is known
fn is_digest(digest: &str) -> bool {
    digest.split_once(':').is_some_and(|(algorithm, hex)| {
        let length = match algorithm {
            "sha256" => 64,
            "sha384" => 96,
            "sha512" => 128,
            _ => return false,
        };
        hex.len() == length && hex.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
    })
}

// component = alnum *( separator alnum ); separator = "." / "_" / "__" / 1*"-"
fn is_name(name: &str) -> bool {
    let is_component = |component: &str| {
        let bytes = component.as_bytes();
        let alnum = |it: &u8| it.is_ascii_lowercase() || it.is_ascii_digit();
        let apart = component.split(|it: char| it.is_ascii_lowercase() || it.is_ascii_digit());
        bytes.first().is_some_and(alnum)
            && bytes.last().is_some_and(alnum)
            && apart.into_iter().all(|it| {
                matches!(it, "" | "." | "_" | "__") || it.bytes().all(|byte| byte == b'-')
            })
    };
    let is_domain = |domain: &str| {
        let (host, port) = match domain.rfind(':') {
            Some(at) if !domain.ends_with(']') => (&domain[..at], Some(&domain[at + 1..])),
            _ => (domain, None),
        };
        let label = |it: &str| {
            !it.is_empty()
                && !it.starts_with('-')
                && !it.ends_with('-')
                && it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-')
        };
        let address = host.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
        let sound = match address {
            Some(address) => address.bytes().all(|it| it.is_ascii_hexdigit() || it == b':'),
            None => host.split('.').all(label),
        };
        sound && port.is_none_or(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
    };
    let names_host = |first: &str| {
        first.contains(['.', ':', '[']) || first == "localhost" || first.to_lowercase() != first
    };
    let path = match name.split_once('/') {
        Some((first, rest)) if names_host(first) => {
            if !is_domain(first) {
                return false;
            }
            rest
        }
        _ => name,
    };
    path.len() <= 255 && path.split('/').all(is_component)
}

impl fmt::Display for PullPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Always => "Always",
            Self::IfNotPresent => "IfNotPresent",
            Self::Never => "Never",
        })
    }
}
