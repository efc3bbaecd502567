use tidegate_object::Text;
use tidegate_pattern::Regex;

/// How the name of an `images:` entry is read.
///
/// ```
/// use tidegate_kustomize::{ImageEntry, Images, Reading};
///
/// let entry = || ImageEntry { name: "tomoda/hub.web".into(), new_tag: "1.4.0".into(), ..ImageEntry::default() };
/// let applies = |reading| Images::new([entry()], reading).applied("tomoda/hub-web:1.3.0").is_some();
/// assert!(applies(Reading::Pattern) && !applies(Reading::Literal));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As Kustomize does: part of a regular expression of Go, in which a `.` stands for any character.
    Pattern,
    /// As it stands.
    Literal,
}

/// The name of an `images:` entry, ready to be compared with images.
///
/// It is for an image whose text is the name, an optional `:tag` and an optional `@algorithm:digest`.
///
/// ```
/// use tidegate_kustomize::{ImagePattern, Reading};
///
/// let pattern = ImagePattern::new("ghcr.io/web", Reading::Pattern);
/// assert!(pattern.matches("ghcr.io/web:v1"));
/// assert!(pattern.matches("ghcrXio/web"));
/// assert!(!pattern.matches("docker.io/ghcr.io/web"));
/// assert!(!ImagePattern::new("ghcr.io/web", Reading::Literal).matches("ghcrXio/web"));
/// ```
#[derive(Clone, Debug)]
pub struct ImagePattern(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Literal(Text),
    /// Characters that stand for themselves, and `.` for any but a line feed.
    Dotted(Text),
    Regex(Regex),
    /// No pattern that Go takes.
    Invalid,
}

impl ImagePattern {
    /// Reads the name of an entry. A regular expression is compiled only for names that need one.
    ///
    /// ```
    /// use tidegate_kustomize::{ImagePattern, Reading};
    ///
    /// // `*` belongs to the pattern: any number of `b`.
    /// assert!(ImagePattern::new("hub*", Reading::Pattern).matches("hubbb:1.4.0"));
    /// assert!(!ImagePattern::new("hub*", Reading::Literal).matches("hubbb:1.4.0"));
    /// ```
    #[must_use]
    pub fn new(name: &str, reading: Reading) -> Self {
        let special = |byte| br"\+*?()|[]{}^$".contains(&byte);
        Self(match reading {
            Reading::Pattern if name.bytes().any(special) => {
                // The name is put in as it stands, without a group around it: `a|b` ends the anchor's reach.
                let pattern = format!(
                    "^{name}(:[a-zA-Z0-9_.{{}}-]*)?\
                     (@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{{}}-]*)?$"
                );
                Regex::new(&pattern).map_or(Kind::Invalid, Kind::Regex)
            }
            Reading::Pattern if name.contains('.') => Kind::Dotted(name.into()),
            Reading::Pattern | Reading::Literal => Kind::Literal(name.into()),
        })
    }

    /// Returns whether the entry is for an image.
    ///
    /// ```
    /// use tidegate_kustomize::{ImagePattern, Reading};
    ///
    /// let hub = ImagePattern::new("tomoda/hub", Reading::Pattern);
    /// assert!(hub.matches("tomoda/hub:1.4.0@sha256:3f"));
    /// // The whole name has to fit, up to the tag.
    /// assert!(!hub.matches("registry.example/tomoda/hub") && !hub.matches("tomoda/hub-web"));
    /// ```
    #[must_use]
    pub fn matches(&self, image: &str) -> bool {
        match &self.0 {
            Kind::Literal(name) => image.strip_prefix(&**name).is_some_and(is_tag_and_digest),
            Kind::Dotted(name) => {
                let mut rest = image.chars();
                let begins = name.chars().all(|wanted| {
                    rest.next().is_some_and(|it| it == wanted || wanted == '.' && it != '\n')
                });
                begins && is_tag_and_digest(rest.as_str())
            }
            Kind::Regex(regex) => regex.is_match(image),
            Kind::Invalid => false,
        }
    }

    /// Returns whether the name is no regular expression that Go takes, and so matches nothing.
    ///
    /// ```
    /// use tidegate_kustomize::{ImagePattern, Reading};
    ///
    /// let broken = ImagePattern::new("tomoda/(hub", Reading::Pattern);
    /// assert!(broken.is_invalid() && !broken.matches("tomoda/(hub"));
    /// ```
    #[must_use]
    pub const fn is_invalid(&self) -> bool {
        matches!(self.0, Kind::Invalid)
    }

    /// Returns the part behind the last `/` of every image name that matches, where there is one such.
    pub(super) fn last_part(&self) -> Option<&str> {
        let (Kind::Literal(name) | Kind::Dotted(name)) = &self.0 else { return None };
        let last = name.rsplit_once('/').map_or(&**name, |(_, last)| last);
        let dots_count = matches!(self.0, Kind::Dotted(_)) && last.contains('.');
        (!dots_count).then_some(last)
    }
}

/// The names that an image text may consist of, with what is left being a tag, a digest or both.
pub(super) fn possible_names(image: &str) -> impl Iterator<Item = &str> {
    let without_digest =
        image.rfind('@').filter(|at| is_digest(&image[*at..])).map(|at| &image[..at]);
    let without_tag = |text: &'_ str| {
        let at = text.rfind(':')?;
        is_tag(&text[at..]).then_some(at)
    };
    let whole = without_tag(image).map(|at| &image[..at]);
    let inner = without_digest.and_then(|it| without_tag(it).map(|at| &it[..at]));
    [Some(image), without_digest, whole, inner].into_iter().flatten()
}

/// `(:[a-zA-Z0-9_.{}-]*)?(@ALGORITHM:[a-zA-Z0-9_.{}-]*)?` and the end.
fn is_tag_and_digest(text: &str) -> bool {
    let (tag, digest) = text.split_at(text.find('@').unwrap_or(text.len()));
    (tag.is_empty() || is_tag(tag)) && (digest.is_empty() || is_digest(digest))
}

fn is_tag(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|it| it.bytes().all(is_tag_byte))
}

/// `@[a-zA-Z0-9]+([.+_-][a-zA-Z0-9]+)*:[a-zA-Z0-9_.{}-]*` and the end.
fn is_digest(text: &str) -> bool {
    let Some((algorithm, hash)) = text.strip_prefix('@').and_then(|it| it.split_once(':')) else {
        return false;
    };
    let is_word = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric());
    algorithm.split(['.', '+', '_', '-']).all(is_word) && hash.bytes().all(is_tag_byte)
}

fn is_tag_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_.{}-".contains(&byte)
}
