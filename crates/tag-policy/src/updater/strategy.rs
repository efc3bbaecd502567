use std::fmt;

/// How the Image Updater chooses among tags.
///
/// ```
/// use tidegate_tag_policy::UpdateStrategy;
///
/// assert_eq!(UpdateStrategy::named("latest"), UpdateStrategy::NewestBuild);
/// assert_eq!(UpdateStrategy::named("whatever"), UpdateStrategy::Semver);
/// assert!(UpdateStrategy::Digest.needs_constraint());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UpdateStrategy {
    /// The greatest version that matches the constraint.
    Semver,
    /// The tag whose image was created last.
    NewestBuild,
    /// The greatest text.
    Alphabetical,
    /// The digest behind one tag.
    Digest,
}

impl UpdateStrategy {
    /// Reads a name in any case, also the old names `latest` and `name`; what is unknown means
    /// [`Semver`](Self::Semver), as in the Image Updater.
    ///
    /// ```
    /// use tidegate_tag_policy::UpdateStrategy;
    ///
    /// assert_eq!(UpdateStrategy::named("Newest-Build"), UpdateStrategy::NewestBuild);
    /// assert_eq!(UpdateStrategy::named("name"), UpdateStrategy::Alphabetical);
    /// ```
    #[must_use]
    pub fn named(text: &str) -> Self {
        match text.to_lowercase().as_str() {
            "latest" | "newest-build" => Self::NewestBuild,
            "name" | "alphabetical" => Self::Alphabetical,
            "digest" => Self::Digest,
            _ => Self::Semver,
        }
    }

    /// Returns the name.
    ///
    /// ```
    /// use tidegate_tag_policy::UpdateStrategy;
    ///
    /// // The old name is not written any more.
    /// assert_eq!(UpdateStrategy::named("latest").as_str(), "newest-build");
    /// ```
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Semver => "semver",
            Self::NewestBuild => "newest-build",
            Self::Alphabetical => "alphabetical",
            Self::Digest => "digest",
        }
    }

    /// Returns whether what was learnt about a tag stays true.
    ///
    /// ```
    /// use tidegate_tag_policy::UpdateStrategy;
    ///
    /// assert!(UpdateStrategy::Semver.tags_are_cacheable());
    /// assert!(!UpdateStrategy::Digest.tags_are_cacheable());
    /// ```
    #[must_use]
    pub fn tags_are_cacheable(self) -> bool {
        self != Self::Digest
    }

    /// Returns whether the creation times are needed.
    ///
    /// ```
    /// use tidegate_tag_policy::UpdateStrategy;
    ///
    /// assert!(UpdateStrategy::NewestBuild.needs_image_metadata());
    /// assert!(!UpdateStrategy::Alphabetical.needs_image_metadata());
    /// ```
    #[must_use]
    pub fn needs_image_metadata(self) -> bool {
        self == Self::NewestBuild
    }

    /// Returns whether there must be a constraint.
    ///
    /// ```
    /// use tidegate_tag_policy::UpdateStrategy;
    ///
    /// assert!(UpdateStrategy::Digest.needs_constraint());
    /// assert!(!UpdateStrategy::Semver.needs_constraint());
    /// ```
    #[must_use]
    pub fn needs_constraint(self) -> bool {
        self == Self::Digest
    }

    /// Returns whether the constraint is the one tag that is looked at.
    ///
    /// ```
    /// use tidegate_tag_policy::UpdateStrategy;
    ///
    /// // `tomoda/backend:stable` follows the digest behind `stable` alone.
    /// assert!(UpdateStrategy::Digest.wants_only_the_constraint_tag());
    /// ```
    #[must_use]
    pub fn wants_only_the_constraint_tag(self) -> bool {
        self == Self::Digest
    }
}

impl fmt::Display for UpdateStrategy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
