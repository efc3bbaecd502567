use std::fmt;

/// An operating system, an architecture and perhaps a variant of it: `linux/arm64`, `linux/arm/v7`.
///
/// ```
/// use tidegate_tag_policy::Platform;
///
/// let wanted = [Platform::parse("linux/arm64")];
/// assert!(Platform::parse("linux/arm64/v8").accepted_by(&wanted));
/// assert!(!Platform::parse("linux/amd64").accepted_by(&wanted));
/// assert!(Platform::parse("linux/amd64").accepted_by(&[]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Platform {
    os: String,
    architecture: String,
    variant: String,
}

impl Platform {
    /// Reads a platform; blanks around it do not count.
    ///
    /// A text without a slash is an operating system that no image has, so that it accepts nothing.
    ///
    /// Source: Argo CD Image Updater, `ParsePlatform`.
    ///
    /// ```
    /// use tidegate_tag_policy::Platform;
    ///
    /// let pi = Platform::parse("linux/arm/v7");
    /// assert!(pi.accepted_by(&[Platform::parse("linux/arm")]));
    /// assert!(!pi.accepted_by(&[Platform::parse("linux/arm64")]));
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut parts = text.trim().splitn(3, '/').map(str::to_owned);
        let mut next = || parts.next().unwrap_or_default();
        Self { os: next(), architecture: next(), variant: next() }
    }

    /// Returns whether an image for this platform will do where some platforms are wanted.
    ///
    /// None wanted accepts all. A wanted platform without a variant accepts any variant.
    ///
    /// Source: Argo CD Image Updater, `ManifestOptions.WantsPlatform`.
    ///
    /// ```
    /// use tidegate_tag_policy::Platform;
    ///
    /// let wanted = [Platform::parse("linux/amd64"), Platform::parse("linux/arm/v7")];
    /// assert!(Platform::parse("linux/amd64/v3").accepted_by(&wanted));
    /// assert!(!Platform::parse("linux/arm/v6").accepted_by(&wanted));
    /// // Nothing wanted means that every platform will do.
    /// assert!(Platform::parse("windows/amd64").accepted_by(&[]));
    /// ```
    #[must_use]
    pub fn accepted_by(&self, wanted: &[Self]) -> bool {
        let same = |it: &Self| it.os == self.os && it.architecture == self.architecture;
        wanted.is_empty()
            || wanted
                .iter()
                .any(|it| same(it) && (it.variant.is_empty() || it.variant == self.variant))
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.os)?;
        for part in [&self.architecture, &self.variant] {
            if !part.is_empty() {
                write!(f, "/{part}")?;
            }
        }
        Ok(())
    }
}
