use std::error::Error;
use std::fmt;

use super::strategy::UpdateStrategy;
use crate::constraint::{Constraint, ConstraintError, Prereleases};
use crate::filter::{AllowTags, IgnoreTags};
use crate::loose::LooseVersion;
use crate::tag::{TagInfo, by_time};

/// What the Image Updater is told about one image.
///
/// ```
/// use tidegate_tag_policy::{AllowTags, IgnoreTags, TagInfo, UpdateStrategy, UpdaterPolicy, pick};
///
/// let policy = UpdaterPolicy {
///     strategy: UpdateStrategy::Alphabetical,
///     constraint: None,
///     allow: AllowTags::parse("regexp:^2026")?,
///     ignore: IgnoreTags::new(["*-debug"]),
/// };
/// let tags = ["2026-11-22", "2026-11-23-debug", "nightly"].map(TagInfo::named);
/// assert_eq!(pick(&policy, &tags)?.map(|it| &*it.name), Some("2026-11-22"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct UpdaterPolicy {
    /// How to choose.
    pub strategy: UpdateStrategy,
    /// The text behind the colon of an image spec: a constraint, or the tag for
    /// [`UpdateStrategy::Digest`]. Nothing means any release.
    pub constraint: Option<String>,
    /// Which tags may be chosen.
    pub allow: AllowTags,
    /// Which tags are never chosen.
    pub ignore: IgnoreTags,
}

/// Chooses a tag as the Image Updater does; `None` where none fits.
///
/// The tags are filtered first: allowed, not ignored, and for [`UpdateStrategy::Digest`] only the tag of the
/// constraint. Of equal versions or times the greater text wins. Like the updater, this knows nothing of what is
/// deployed: see [`decide`](crate::decide) for a choice that never goes down and explains itself.
///
/// Source: `GetTags` and `GetNewestVersionFromTags` of the Image Updater.
///
/// ```
/// use tidegate_tag_policy::{TagInfo, UpdateStrategy, UpdaterPolicy, pick};
///
/// let tags = ["1.0", "v1.4.0", "2.0.0-rc.1", "latest"].map(TagInfo::named);
/// let policy = |constraint: &str| UpdaterPolicy {
///     strategy: UpdateStrategy::Semver,
///     constraint: Some(constraint.to_owned()),
///     allow: Default::default(),
///     ignore: Default::default(),
/// };
/// assert_eq!(pick(&policy("*"), &tags)?.map(|it| &*it.name), Some("v1.4.0"));
/// assert_eq!(pick(&policy("~3"), &tags)?, None);
/// assert!(pick(&policy("stable"), &tags).is_err());
/// # Ok::<(), tidegate_tag_policy::PickError>(())
/// ```
///
/// # Errors
///
/// [`PickError`] where there is no constraint for [`UpdateStrategy::Digest`], or one that can't be read for
/// [`UpdateStrategy::Semver`]. Without any tag that is a version, the constraint is not read.
pub fn pick<'t>(
    policy: &UpdaterPolicy,
    tags: &'t [TagInfo],
) -> Result<Option<&'t TagInfo>, PickError> {
    let wanted = policy.constraint.as_deref().unwrap_or_default();
    if policy.strategy.needs_constraint() && wanted.is_empty() {
        return Err(PickError::NoConstraint);
    }
    let mut candidates = tags
        .iter()
        .filter(|it| policy.allow.allows(&it.name) && policy.ignore.ignored_by(&it.name).is_none());
    Ok(match policy.strategy {
        UpdateStrategy::Semver => {
            let mut versions = candidates
                .filter_map(|it| LooseVersion::parse(&it.name).ok().map(|version| (version, it)))
                .peekable();
            if versions.peek().is_none() {
                return Ok(None);
            }
            let constraint = match wanted {
                "" => Constraint::any(),
                text => Constraint::parse(text).map_err(PickError::Constraint)?,
            };
            versions
                .filter(|it| constraint.matches_loose(&it.0, Prereleases::WhereNamed))
                .max_by(|a, b| a.0.cmp_tags(&b.0))
                .map(|it| it.1)
        }
        UpdateStrategy::NewestBuild => candidates.max_by(|a, b| by_time(a, b)),
        UpdateStrategy::Alphabetical => candidates.max_by(|a, b| a.name.cmp(&b.name)),
        UpdateStrategy::Digest => candidates.find(|it| it.name == wanted),
    })
}

/// Why no tag could be looked for.
///
/// ```
/// use tidegate_tag_policy::{AllowTags, IgnoreTags, PickError, TagInfo, UpdateStrategy, UpdaterPolicy, pick};
///
/// let (strategy, constraint) = (UpdateStrategy::Digest, None);
/// let policy = UpdaterPolicy { strategy, constraint, allow: AllowTags::All, ignore: IgnoreTags::default() };
/// assert_eq!(pick(&policy, &[TagInfo::named("stable")]), Err(PickError::NoConstraint));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PickError {
    /// The strategy `digest` needs the tag to follow.
    NoConstraint,
    /// The constraint can't be read.
    Constraint(ConstraintError),
}

impl fmt::Display for PickError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoConstraint => "the strategy `digest` needs a tag to follow",
            Self::Constraint(_) => "the constraint can't be read",
        })
    }
}

impl Error for PickError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NoConstraint => None,
            Self::Constraint(error) => Some(error),
        }
    }
}
