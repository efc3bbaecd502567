//! `images:` entries: which images they are for, and what becomes of those.

mod matcher;
#[cfg(test)]
mod tests;
mod transform;

use std::collections::HashMap;

use tidegate_object::Text;
use tidegate_source::Mark;

pub use self::matcher::{ImagePattern, Reading};

/// An image text taken apart as Kustomize does it, without asking whether the parts are valid.
///
/// ```
/// use tidegate_kustomize::{ImageParts, split_image};
///
/// let ImageParts { name, tag, digest } = split_image("registry.example:5000/tomoda/hub");
/// assert_eq!((name, tag, digest), ("registry.example:5000/tomoda/hub", "", ""));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageParts<'a> {
    /// Everything in front of tag and digest.
    pub name: &'a str,
    /// The tag; empty where there is none.
    pub tag: &'a str,
    /// The digest, with its algorithm; empty where there is none.
    pub digest: &'a str,
}

/// Takes an image text apart: a `:` or `@` counts behind the first `/` only, since a port may stand before it.
///
/// ```
/// use tidegate_kustomize::split_image;
///
/// let parts = split_image("localhost:5000/web:v1@sha256:abc");
/// assert_eq!((parts.name, parts.tag, parts.digest), ("localhost:5000/web", "v1", "sha256:abc"));
/// ```
#[must_use]
pub fn split_image(image: &str) -> ImageParts<'_> {
    let from = image.find('/').unwrap_or(0);
    let find = |mark| image[from..].find(mark).map(|at| from + at);
    let part = |from: usize, to: usize| image.get(from + 1..to).unwrap_or("");
    let end = image.len();
    let (name, tag, digest) = match (find(':'), find('@')) {
        (None, None) => (end, "", ""),
        (Some(tag), Some(digest)) if tag < digest => (tag, part(tag, digest), part(digest, end)),
        (_, Some(digest)) => (digest, "", part(digest, end)),
        (Some(tag), None) => (tag, part(tag, end), ""),
    };
    ImageParts { name: &image[..name], tag, digest }
}

/// One entry of `images:`. An empty part is one that is not given.
///
/// ```
/// use tidegate_kustomize::ImageEntry;
///
/// let suffix = ImageEntry { tag_suffix: "-alpine".into(), ..ImageEntry::default() };
/// assert_eq!(suffix.applied("redis:7"), "redis:7-alpine");
/// let mirrored = ImageEntry { new_name: "mirror.example/redis".into(), ..ImageEntry::default() };
/// assert_eq!(mirrored.applied("redis:7"), "mirror.example/redis:7");
/// ```
#[derive(Clone, Debug)]
pub struct ImageEntry {
    /// Which images the entry is for.
    pub name: Text,
    /// The name that replaces theirs.
    pub new_name: Text,
    /// The tag that replaces theirs.
    pub new_tag: Text,
    /// What is put behind their tag, where neither a tag nor a digest is given.
    pub tag_suffix: Text,
    /// The digest that replaces theirs.
    pub digest: Text,
    /// Where the entry was written.
    pub mark: Mark,
}

impl Default for ImageEntry {
    fn default() -> Self {
        let empty = const { Text::literal("") };
        Self {
            name: empty.clone(),
            new_name: empty.clone(),
            new_tag: empty.clone(),
            tag_suffix: empty.clone(),
            digest: empty,
            mark: Mark::NONE,
        }
    }
}

impl ImageEntry {
    /// Returns what becomes of an image that the entry is for.
    ///
    /// A new tag drops the old digest and a new digest the old tag, unless both are given; a suffix drops the digest.
    ///
    /// ```
    /// use tidegate_kustomize::ImageEntry;
    ///
    /// let entry = ImageEntry { new_tag: "v2".into(), ..ImageEntry::default() };
    /// assert_eq!(entry.applied("web:v1@sha256:abc"), "web:v2");
    /// ```
    #[must_use]
    pub fn applied(&self, image: &str) -> String {
        let old = split_image(image);
        let name = if self.new_name.is_empty() { old.name } else { &self.new_name };
        let (tag, suffix, digest) = if !self.new_tag.is_empty() || !self.digest.is_empty() {
            (&*self.new_tag, "", &*self.digest)
        } else if self.tag_suffix.is_empty() {
            (old.tag, "", old.digest)
        } else {
            (old.tag, &*self.tag_suffix, "")
        };
        let mut new = String::with_capacity(image.len() + 16);
        new.push_str(name);
        for (mark, part, suffix) in [(':', tag, suffix), ('@', digest, "")] {
            if !part.is_empty() || !suffix.is_empty() {
                new.push(mark);
                new.push_str(part);
                new.push_str(suffix);
            }
        }
        new
    }
}

/// The entries of `images:` of one kustomization, ready to be applied to many objects.
///
/// ```
/// use tidegate_kustomize::{ImageEntry, Images, Reading};
///
/// let entry = |name: &str, tag: &str| ImageEntry {
///     name: name.into(),
///     new_tag: tag.into(),
///     ..ImageEntry::default()
/// };
/// let images = Images::new([entry("web", "v2"), entry("ghcr.io/org/.*", "v3")], Reading::Pattern);
/// assert_eq!(images.applied("web:v1").as_deref(), Some("web:v2"));
/// assert_eq!(images.applied("ghcr.io/org/api").as_deref(), Some("ghcr.io/org/api:v3"));
/// assert_eq!(images.applied("docker.io/web:v1"), None);
/// ```
#[derive(Clone, Debug)]
pub struct Images {
    entries: Vec<ImageEntry>,
    patterns: Vec<ImagePattern>,
    /// Entries by the last part of the image names that they are for, in order.
    by_last_part: HashMap<Text, Vec<usize>>,
    /// Entries that say nothing certain about the last part, in order.
    others: Vec<usize>,
}

impl Images {
    /// Takes the entries in their order. A pattern that Go would refuse matches nothing.
    ///
    /// ```
    /// use tidegate_kustomize::{ImageEntry, Images, Reading};
    ///
    /// let entry = |name: &str, new: &str| ImageEntry { name: name.into(), new_name: new.into(), ..ImageEntry::default() };
    /// // Entries follow one another: the second finds what the first has made.
    /// let images = Images::new([entry("a", "b"), entry("b", "c")], Reading::Pattern);
    /// assert_eq!(images.applied("a:1").as_deref(), Some("c:1"));
    /// ```
    #[must_use]
    pub fn new(entries: impl IntoIterator<Item = ImageEntry>, reading: Reading) -> Self {
        let entries: Vec<ImageEntry> = entries.into_iter().collect();
        let mut by_last_part: HashMap<Text, Vec<usize>> = HashMap::new();
        let mut others = Vec::new();
        let mut patterns = Vec::with_capacity(entries.len());
        for (at, entry) in entries.iter().enumerate() {
            let pattern = ImagePattern::new(&entry.name, reading);
            match pattern.last_part() {
                Some(part) => by_last_part.entry(part.into()).or_default().push(at),
                None => others.push(at),
            }
            patterns.push(pattern);
        }
        Self { entries, patterns, by_last_part, others }
    }

    /// Returns the entries.
    #[must_use]
    pub fn entries(&self) -> &[ImageEntry] {
        &self.entries
    }

    /// Applies every entry to an image text, in order, each to what the one before made of it; `None` where no entry
    /// is for it.
    ///
    /// ```
    /// use tidegate_kustomize::{ImageEntry, Images, Reading};
    ///
    /// let hub = ImageEntry {
    ///     name: "hub".into(),
    ///     new_name: "registry.example/tomoda/hub".into(),
    ///     digest: "sha256:3f".into(),
    ///     ..ImageEntry::default()
    /// };
    /// let images = Images::new([hub], Reading::Pattern);
    /// assert_eq!(images.applied("hub:1.3.0").as_deref(), Some("registry.example/tomoda/hub@sha256:3f"));
    /// assert_eq!(images.applied("web:1.3.0"), None);
    /// ```
    #[must_use]
    pub fn applied(&self, image: &str) -> Option<String> {
        self.applied_times(image, 1).map(|(text, _)| text)
    }

    /// Applies every entry so many times before the next one, and returns the last entry that was for the image.
    fn applied_times(&self, image: &str, times: usize) -> Option<(String, usize)> {
        let mut result: Option<(String, usize)> = None;
        let mut next = 0;
        loop {
            let text = result.as_ref().map_or(image, |(text, _)| text);
            let Some(at) = self.first_match(text, next) else { return result };
            let mut new = self.entries[at].applied(text);
            for _ in 1..times {
                if self.patterns[at].matches(&new) {
                    new = self.entries[at].applied(&new);
                }
            }
            result = Some((new, at));
            next = at + 1;
        }
    }

    /// Finds the first entry from a position on that is for an image.
    fn first_match(&self, image: &str, from: usize) -> Option<usize> {
        let mut best: Option<usize> = None;
        let mut consider = |candidates: &[usize]| {
            let start = candidates.partition_point(|it| *it < from);
            let candidates = candidates[start..].iter().copied();
            let mut candidates = candidates.take_while(|it| best.is_none_or(|best| *it < best));
            if let Some(at) = candidates.find(|it| self.patterns[*it].matches(image)) {
                best = Some(at);
            }
        };
        for name in matcher::possible_names(image) {
            let last = name.rsplit_once('/').map_or(name, |(_, last)| last);
            consider(self.by_last_part.get(last).map_or(&[], Vec::as_slice));
        }
        consider(&self.others);
        best
    }
}
