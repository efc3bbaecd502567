use std::cmp::Ordering;

use crate::loose::LooseVersion;

/// What a registry tells about a tag.
///
/// ```
/// use tidegate_tag_policy::TagInfo;
///
/// let tag = TagInfo { digest: Some("sha256:0a".into()), ..TagInfo::named("1.4.0") };
/// // A digest on either side decides.
/// assert!(!tag.is_same_image(&TagInfo::named("1.4.0")));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TagInfo {
    /// The tag.
    pub name: String,
    /// When the image was created, in seconds since the start of 1970; what was not asked for counts as 0.
    pub created: Option<i64>,
    /// The digest that the tag names now.
    pub digest: Option<String>,
}

impl TagInfo {
    /// A tag of which only the name is known.
    ///
    /// ```
    /// use tidegate_tag_policy::TagInfo;
    ///
    /// let tag = TagInfo::named("1.4.0");
    /// assert_eq!((tag.created, tag.digest), (None, None));
    /// ```
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// Returns whether two tags name the same image: by digest where either has one, or else by name.
    ///
    /// ```
    /// use tidegate_tag_policy::TagInfo;
    ///
    /// let with = |name, digest: &str| TagInfo { digest: Some(digest.into()), ..TagInfo::named(name) };
    /// assert!(with("1.4.0", "sha256:aa").is_same_image(&with("stable", "sha256:aa")));
    /// assert!(TagInfo::named("1.4.0").is_same_image(&TagInfo::named("1.4.0")));
    /// ```
    #[must_use]
    pub fn is_same_image(&self, other: &Self) -> bool {
        if self.digest.is_some() || other.digest.is_some() {
            self.digest == other.digest
        } else {
            self.name == other.name
        }
    }

    pub(crate) fn time(&self) -> i64 {
        self.created.unwrap_or_default()
    }
}

/// An order of tags, the newest last.
///
/// ```
/// use tidegate_tag_policy::{TagInfo, TagOrder, sort_tags};
///
/// let tags = ["1.10.0", "1.9.0", "nightly"].map(TagInfo::named);
/// let names = |order| sort_tags(&tags, order).iter().map(|it| it.name.clone()).collect::<Vec<_>>();
/// assert_eq!(names(TagOrder::Name), ["1.10.0", "1.9.0", "nightly"]);
/// assert_eq!(names(TagOrder::Semver), ["1.9.0", "1.10.0"]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TagOrder {
    /// By text, byte by byte.
    Name,
    /// By precedence of the version, then by text; what is no version is left out.
    Semver,
    /// By creation time, then by text.
    Created,
}

/// Sorts tags, the oldest or lowest first.
///
/// ```
/// use tidegate_tag_policy::{TagInfo, TagOrder, sort_tags};
///
/// let tags = ["1.10", "1.9", "latest"].map(TagInfo::named);
/// let names = |order| sort_tags(&tags, order).iter().map(|it| &*it.name).collect::<Vec<_>>();
/// assert_eq!(names(TagOrder::Name), ["1.10", "1.9", "latest"]);
/// assert_eq!(names(TagOrder::Semver), ["1.9", "1.10"]);
/// ```
#[must_use]
pub fn sort_tags(tags: &[TagInfo], order: TagOrder) -> Vec<&TagInfo> {
    if order == TagOrder::Semver {
        let mut versions: Vec<_> = tags
            .iter()
            .filter_map(|it| LooseVersion::parse(&it.name).ok().map(|version| (version, it)))
            .collect();
        versions.sort_by(|a, b| a.0.cmp_tags(&b.0));
        return versions.into_iter().map(|it| it.1).collect();
    }
    let mut sorted: Vec<_> = tags.iter().collect();
    sorted.sort_by(|a, b| match order {
        TagOrder::Created => by_time(a, b),
        TagOrder::Name | TagOrder::Semver => a.name.cmp(&b.name),
    });
    sorted
}

/// Orders tags by creation time, then by text.
pub(crate) fn by_time(a: &TagInfo, b: &TagInfo) -> Ordering {
    a.time().cmp(&b.time()).then_with(|| a.name.cmp(&b.name))
}
