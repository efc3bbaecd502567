use std::cmp::Ordering;
use std::error::Error;
use std::fmt;

use semver::Version;

use crate::template::TagTemplate;

/// Checks a new version against the tags there are.
///
/// It must be greater than every version of the template whose tag can be reached from the commit to be released
/// (`reachable`), and equal to none of all the tags of the remote (`all`). So a hotfix 1.2.4 can be released from
/// `v1.2.3` while `v1.3.0` lies on another line. Tags that are not of the template are passed over. Build metadata
/// makes no difference.
///
/// ```
/// use semver::Version;
/// use tidegate_version_bump::{TagConflictKind, TagTemplate, check_tags};
///
/// let template = TagTemplate::default();
/// let all = ["v1.2.3", "v1.3.0", "nightly"];
/// assert!(check_tags(&Version::new(1, 2, 4), &template, ["v1.2.3"], all).is_ok());
///
/// let error = check_tags(&Version::new(1, 3, 0), &template, ["v1.2.3"], all).unwrap_err();
/// assert_eq!(error.conflicts()[0].kind, TagConflictKind::Exists);
/// assert_eq!(error.to_string(), "1.3.0 can't be released: the tag v1.3.0 exists");
/// ```
///
/// # Errors
///
/// Returns every tag that is in the way, the greatest first.
pub fn check_tags<'t>(
    version: &Version,
    template: &TagTemplate,
    reachable: impl IntoIterator<Item = &'t str>,
    all: impl IntoIterator<Item = &'t str>,
) -> Result<(), TagConflicts> {
    let mut conflicts: Vec<TagConflict> = Vec::new();
    let mut add = |tag: &str, kind, wanted: &[Ordering]| {
        if let Some(tagged) = template.parse(tag)
            && wanted.contains(&tagged.cmp_precedence(version))
        {
            conflicts.push(TagConflict { tag: tag.to_owned(), version: tagged, kind });
        }
    };
    for tag in all {
        add(tag, TagConflictKind::Exists, &[Ordering::Equal]);
    }
    for tag in reachable {
        add(tag, TagConflictKind::NotGreater, &[Ordering::Greater, Ordering::Equal]);
    }
    conflicts.sort_by(|a, b| b.version.cmp(&a.version).then_with(|| a.tag.cmp(&b.tag)));
    // A tag that exists and is reachable is said once.
    conflicts.dedup_by(|later, first| later.tag == first.tag);
    if conflicts.is_empty() {
        Ok(())
    } else {
        Err(TagConflicts { version: version.clone(), conflicts })
    }
}

/// A tag that is in the way of a new version.
///
/// ```
/// use tidegate_version_bump::{TagConflict, TagConflictKind, TagTemplate, check_tags};
///
/// let wanted = semver::Version::new(1, 3, 5);
/// let error = check_tags(&wanted, &TagTemplate::default(), ["v1.4.0"], ["v1.4.0"]).unwrap_err();
/// let version = semver::Version::new(1, 4, 0);
/// let kind = TagConflictKind::NotGreater;
/// assert_eq!(error.conflicts(), [TagConflict { tag: "v1.4.0".into(), version, kind }]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TagConflict {
    /// The tag.
    pub tag: String,
    /// Its version.
    pub version: Version,
    /// What is wrong with it.
    pub kind: TagConflictKind,
}

/// How a tag is in the way.
///
/// ```
/// use tidegate_version_bump::{TagConflictKind, TagTemplate, check_tags};
///
/// // A tag that is both in the way and reachable is told as one that exists.
/// let wanted = semver::Version::new(1, 4, 0);
/// let error = check_tags(&wanted, &TagTemplate::default(), ["v1.4.0"], ["v1.4.0"]).unwrap_err();
/// assert_eq!(error.conflicts()[0].kind, TagConflictKind::Exists);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TagConflictKind {
    /// It is the tag of the same version.
    Exists,
    /// It can be reached, and its version is not lower.
    NotGreater,
}

/// All tags that are in the way of a new version.
///
/// ```
/// use tidegate_version_bump::{TagTemplate, check_tags};
///
/// let wanted = semver::Version::new(1, 3, 0);
/// let tags = ["v1.3.0", "v1.4.0", "v2.0.0"];
/// let error = check_tags(&wanted, &TagTemplate::default(), tags, tags).unwrap_err();
/// let in_the_way: Vec<&str> = error.conflicts().iter().map(|it| &*it.tag).collect();
/// assert_eq!(in_the_way, ["v2.0.0", "v1.4.0", "v1.3.0"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagConflicts {
    version: Version,
    conflicts: Vec<TagConflict>,
}

impl TagConflicts {
    /// Returns the tags, the greatest version first.
    #[must_use]
    pub fn conflicts(&self) -> &[TagConflict] {
        &self.conflicts
    }

    /// Returns what to do about it.
    ///
    /// ```
    /// use semver::Version;
    /// use tidegate_version_bump::{TagTemplate, check_tags};
    ///
    /// let tags = ["v1.3.0"];
    /// let error = check_tags(&Version::new(1, 2, 9), &TagTemplate::default(), tags, tags).unwrap_err();
    /// assert_eq!(error.help(), "release a version above 1.3.0, or start from a commit before v1.3.0");
    /// ```
    #[must_use]
    pub fn help(&self) -> String {
        let greatest = &self.conflicts[0];
        match greatest.kind {
            TagConflictKind::Exists => format!(
                "choose another version, or take the tag {} as released already",
                greatest.tag
            ),
            TagConflictKind::NotGreater => format!(
                "release a version above {}, or start from a commit before {}",
                greatest.version, greatest.tag
            ),
        }
    }
}

impl fmt::Display for TagConflicts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} can't be released: ", self.version)?;
        for (index, conflict) in self.conflicts.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            match conflict.kind {
                TagConflictKind::Exists => write!(f, "the tag {} exists", conflict.tag)?,
                TagConflictKind::NotGreater => {
                    write!(f, "it is not above {}, which is part of the history", conflict.tag)?;
                }
            }
        }
        Ok(())
    }
}

impl Error for TagConflicts {}
