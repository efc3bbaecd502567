mod key;
mod reason;

use std::cmp::Ordering;
use std::error::Error;
use std::fmt;

use semver::Version;

use self::key::Key;
pub use self::reason::{Explained, Reason};
use crate::constraint::{Constraint, MismatchKind, Prereleases};
use crate::filter::{AllowTags, IgnoreTags};
use crate::flux::{FluxFilter, FluxOrder};
use crate::loose::LooseVersion;
use crate::tag::TagInfo;

/// Which tag an environment follows.
///
/// ```
/// use tidegate_tag_policy::{FluxFilter, FluxOrder, IgnoreTags, Select, TagPolicy};
///
/// // Builds are named `main-6f2c1a-1732`; the number at the end counts up.
/// let policy = TagPolicy {
///     filter: Some(FluxFilter::new(r"^main-[a-f0-9]+-(?P<build>\d+)$", "$build")?),
///     ignore: IgnoreTags::new(["*-1700"]),
///     ..TagPolicy::new(Select::Numerical(FluxOrder::Ascending))
/// };
/// assert!(policy.allow.allows("main-6f2c1a-1732"));
/// # Ok::<(), tidegate_tag_policy::FluxError>(())
/// ```
#[derive(Clone, Debug)]
pub struct TagPolicy {
    /// By what the tags are compared.
    pub select: Select,
    /// What is compared, where it is not the whole tag; tags that it does not match are left out.
    pub filter: Option<FluxFilter>,
    /// Which tags may be chosen.
    pub allow: AllowTags,
    /// Which tags are never chosen.
    pub ignore: IgnoreTags,
}

impl TagPolicy {
    /// A policy without filters.
    ///
    /// ```
    /// use tidegate_tag_policy::{Select, TagPolicy};
    ///
    /// let policy = TagPolicy::new(Select::NewestBuild);
    /// assert!(policy.filter.is_none() && policy.allow.allows("nightly"));
    /// assert_eq!(policy.ignore.ignored_by("nightly"), None);
    /// ```
    #[must_use]
    pub fn new(select: Select) -> Self {
        Self { select, filter: None, allow: AllowTags::All, ignore: IgnoreTags::default() }
    }
}

/// By what tags are compared.
///
/// ```
/// use tidegate_tag_policy::{Downgrade, FluxOrder, Select, Situation, TagInfo, TagList, TagPolicy, decide};
///
/// let at = |name: &str, created| TagInfo { created: Some(created), ..TagInfo::named(name) };
/// let tags = TagList::complete(vec![at("9", 1_700_000_000), at("10", 1_600_000_000)]);
/// let nothing = Situation { current: None, held: &[], released: None, downgrade: Downgrade::Refused };
/// let chosen = |select| decide(&TagPolicy::new(select), &nothing, &tags).map(|it| it.chosen);
/// assert_eq!(chosen(Select::Numerical(FluxOrder::Ascending))?.expect("a tag").name, "10");
/// assert_eq!(chosen(Select::NewestBuild)?.expect("a tag").name, "9");
/// # Ok::<(), tidegate_tag_policy::DecideError>(())
/// ```
#[derive(Clone, Debug)]
pub enum Select {
    /// The greatest version that matches the constraint.
    Semver(Constraint),
    /// The tag whose image was created last.
    NewestBuild,
    /// By text.
    Alphabetical(FluxOrder),
    /// By number.
    Numerical(FluxOrder),
    /// One tag, whose digest is followed.
    Digest {
        /// The tag.
        tag: String,
    },
}

/// The tags of a repository.
///
/// ```
/// use tidegate_tag_policy::{TagInfo, TagList};
///
/// let tags = TagList::complete(["1.3.0", "1.4.0"].map(TagInfo::named).to_vec());
/// assert_eq!(tags.tags().len(), 2);
/// ```
#[derive(Clone, Debug)]
pub struct TagList {
    tags: Vec<TagInfo>,
    missing: Option<String>,
}

impl TagList {
    /// All tags that the registry has.
    ///
    /// ```
    /// use tidegate_tag_policy::TagList;
    ///
    /// // No tag at all is a complete answer, too.
    /// assert!(TagList::complete(Vec::new()).is_complete());
    /// ```
    #[must_use]
    pub fn complete(tags: Vec<TagInfo>) -> Self {
        Self { tags, missing: None }
    }

    /// Some of the tags, with the reason why not all; nothing is chosen from them.
    ///
    /// ```
    /// use tidegate_tag_policy::{DecideError, Downgrade, Select, Situation, TagInfo, TagList, TagPolicy, decide};
    ///
    /// let first_page = vec![TagInfo::named("1.3.0")];
    /// let tags = TagList::incomplete(first_page, "page 2: 503 Service Unavailable");
    /// let nothing = Situation { current: None, held: &[], released: None, downgrade: Downgrade::Refused };
    /// let error = decide(&TagPolicy::new(Select::NewestBuild), &nothing, &tags).unwrap_err();
    /// assert_eq!(error, DecideError::Incomplete { why: "page 2: 503 Service Unavailable".into() });
    /// ```
    #[must_use]
    pub fn incomplete(tags: Vec<TagInfo>, why: &str) -> Self {
        Self { tags, missing: Some(why.to_owned()) }
    }

    /// Returns the tags.
    #[must_use]
    pub fn tags(&self) -> &[TagInfo] {
        &self.tags
    }

    /// Returns whether these are all tags.
    ///
    /// ```
    /// use tidegate_tag_policy::TagList;
    ///
    /// assert!(!TagList::incomplete(Vec::new(), "timed out").is_complete());
    /// ```
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.missing.is_none()
    }
}

/// What is known beside the registry.
///
/// ```
/// use tidegate_tag_policy::{Downgrade, Select, Situation, TagInfo, TagList, TagPolicy, decide};
///
/// let running = TagInfo::named("1.3.0");
/// let released = [semver::Version::new(1, 4, 0)];
/// let situation = Situation {
///     current: Some(&running),
///     held: &[],
///     released: Some(&released),
///     downgrade: Downgrade::Refused,
/// };
/// let tags = TagList::complete(["1.4.0", "1.5.0"].map(TagInfo::named).to_vec());
/// let decision = decide(&TagPolicy::new(Select::Semver("*".parse()?)), &situation, &tags)?;
/// assert_eq!(decision.chosen.expect("a tag fits").name, "1.4.0");
/// assert_eq!(decision.reasons[0].to_string(), "1.5.0: has no tag in git");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Situation<'a> {
    /// What is deployed, with its digest where that is known.
    pub current: Option<&'a TagInfo>,
    /// What must not be deployed.
    pub held: &'a [Held],
    /// The versions that have a tag in git; `None` where that is not asked. Only for [`Select::Semver`].
    pub released: Option<&'a [Version]>,
    /// Whether a lower tag than the deployed one may be chosen.
    pub downgrade: Downgrade,
}

/// Whether a choice may go down.
///
/// ```
/// use tidegate_tag_policy::{Downgrade, Select, Situation, TagInfo, TagList, TagPolicy, Verdict, decide};
///
/// let running = TagInfo::named("1.5.0");
/// let tags = TagList::complete(["1.4.0", "1.5.0"].map(TagInfo::named).to_vec());
/// let policy = TagPolicy::new(Select::Semver("<1.5".parse()?));
/// let verdict = |downgrade| {
///     let situation = Situation { current: Some(&running), held: &[], released: None, downgrade };
///     decide(&policy, &situation, &tags).map(|it| it.verdict)
/// };
/// assert_eq!(verdict(Downgrade::Refused)?, Verdict::NothingFits);
/// assert_eq!(verdict(Downgrade::Allowed)?, Verdict::Update);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Downgrade {
    /// Never.
    Refused,
    /// Because somebody ordered it.
    Allowed,
}

/// A version that must not be deployed.
///
/// ```
/// use tidegate_tag_policy::{Downgrade, Held, Select, Situation, TagInfo, TagList, TagPolicy, decide};
///
/// let held = [Held { tag: "1.4.0".into(), since: None, why: "loses orders".into() }];
/// let situation = Situation { current: None, held: &held, released: None, downgrade: Downgrade::Refused };
/// let tags = TagList::complete(["v1.3.0", "v1.4.0"].map(TagInfo::named).to_vec());
/// let decision = decide(&TagPolicy::new(Select::Semver("*".parse()?)), &situation, &tags)?;
/// assert_eq!(decision.chosen.expect("a tag fits").name, "v1.3.0");
/// assert_eq!(decision.reasons[0].to_string(), "v1.4.0: held: loses orders");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Held {
    /// The tag or version; `1.4.0` also holds the tag `v1.4.0`.
    pub tag: String,
    /// Since when, as it is to be shown.
    pub since: Option<String>,
    /// The reason that was given.
    pub why: String,
}

/// What is to be done.
///
/// ```
/// use tidegate_tag_policy::{Downgrade, Select, Situation, TagInfo, TagList, TagPolicy, Verdict, decide};
///
/// // Somebody pushed another image under the tag that runs.
/// let with = |digest: &str| TagInfo { digest: Some(digest.into()), ..TagInfo::named("1.4.0") };
/// let (running, pushed) = (with("sha256:aa"), with("sha256:bb"));
/// let situation =
///     Situation { current: Some(&running), held: &[], released: None, downgrade: Downgrade::Refused };
/// let policy = TagPolicy::new(Select::Semver("~1.4".parse()?));
/// let decision = decide(&policy, &situation, &TagList::complete(vec![pushed]))?;
/// assert_eq!(decision.verdict, Verdict::Moved { from: "sha256:aa".into(), to: "sha256:bb".into() });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", tag = "kind"))]
pub enum Verdict {
    /// Deploy the chosen tag.
    Update,
    /// The chosen tag runs already.
    UpToDate,
    /// The chosen tag runs already, but the registry now has another image under it: a finding, not an update.
    Moved {
        /// The digest that runs.
        from: String,
        /// The digest that the tag names now.
        to: String,
    },
    /// No tag fits; what runs stays.
    NothingFits,
}

/// A choice that explains itself.
///
/// ```
/// use tidegate_tag_policy::{Decision, Downgrade, Select, Situation, TagInfo, TagList, TagPolicy, Verdict, decide};
///
/// let nothing = Situation { current: None, held: &[], released: None, downgrade: Downgrade::Refused };
/// let tags = TagList::complete(vec![TagInfo::named("latest")]);
/// let Decision { chosen, verdict, reasons } =
///     decide(&TagPolicy::new(Select::Semver("*".parse()?)), &nothing, &tags)?;
/// assert_eq!((chosen, verdict), (None, Verdict::NothingFits));
/// assert_eq!(reasons[0].to_string(), "latest: not a version");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Decision {
    /// The tag that the policy wants.
    pub chosen: Option<TagInfo>,
    /// What is to be done.
    pub verdict: Verdict,
    /// Every tag with the reason why it was chosen or not: the newest first, then what can't be compared, by text.
    pub reasons: Vec<Explained>,
}

/// Chooses a tag, and says of every tag why or why not.
///
/// The choice is made only from a complete list, is never lower than what is deployed unless that is ordered, and
/// is never a held version nor, where this is asked, a version without its tag in git. Of tags that compare equal,
/// the greater text wins.
///
/// ```
/// use tidegate_tag_policy::{
///     Downgrade, Held, Select, Situation, TagInfo, TagList, TagPolicy, Verdict, decide,
/// };
///
/// let tags = ["1.2.0", "1.3.0", "1.4.0", "1.5.0-rc.1", "latest"].map(TagInfo::named);
/// let current = TagInfo::named("1.2.0");
/// let held = [Held {
///     tag: "1.4.0".into(),
///     since: Some("2026-11-20".into()),
///     why: "crash loop in production".into(),
/// }];
/// let situation = Situation {
///     current: Some(&current),
///     held: &held,
///     released: None,
///     downgrade: Downgrade::Refused,
/// };
/// let policy = TagPolicy::new(Select::Semver("*".parse()?));
/// let decision = decide(&policy, &situation, &TagList::complete(tags.to_vec()))?;
///
/// assert_eq!(decision.verdict, Verdict::Update);
/// assert_eq!(
///     decision.reasons.iter().map(ToString::to_string).collect::<Vec<_>>(),
///     [
///         "1.5.0-rc.1: a pre-release, and the constraint `*` takes none",
///         "1.4.0: held since 2026-11-20: crash loop in production",
///         "1.3.0: chosen, the newest that fits `*`",
///         "1.2.0: older than 1.3.0",
///         "latest: not a version",
///     ]
/// );
///
/// let partial = TagList::incomplete(tags.to_vec(), "page 2 of the list failed");
/// assert!(decide(&policy, &situation, &partial).is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`DecideError::Incomplete`] for an incomplete list, [`DecideError::NoDigest`] where a digest is to be followed
/// that is not known.
pub fn decide(
    policy: &TagPolicy,
    situation: &Situation<'_>,
    candidates: &TagList,
) -> Result<Decision, DecideError> {
    if let Some(why) = &candidates.missing {
        return Err(DecideError::Incomplete { why: why.clone() });
    }
    let judge = Judge::new(policy, situation, candidates.tags());
    let items: Vec<_> = candidates.tags().iter().map(|tag| judge.item(tag)).collect();
    let mut judged: Vec<Judged<'_>> = candidates
        .tags()
        .iter()
        .zip(&items)
        .map(|(tag, item)| {
            let key = item.as_deref().and_then(|it| policy.select.key(it, tag));
            let ruled_out = judge.rule_out(tag, item.as_deref(), key.as_ref());
            Judged { tag, key, ruled_out }
        })
        .collect();
    judged.sort_by(Judged::newest_first);
    let best = judged.iter().find(|it| it.ruled_out.is_none()).map(|it| it.tag);
    if let (Select::Digest { tag }, Some(TagInfo { digest: None, .. })) = (&policy.select, best) {
        return Err(DecideError::NoDigest { tag: tag.clone() });
    }
    let verdict = best.map_or(Verdict::NothingFits, |it| judge.verdict(it));
    let fits = policy.select.constraint().map(ToString::to_string);
    let reasons = judged
        .into_iter()
        .map(|it| Explained {
            tag: it.tag.name.clone(),
            reason: match (it.ruled_out, best) {
                (Some(reason), _) => reason,
                (None, Some(best)) if best != it.tag => Reason::Older { than: best.name.clone() },
                (None, _) => match &verdict {
                    Verdict::Update | Verdict::NothingFits => {
                        Reason::Chosen { constraint: fits.clone() }
                    }
                    Verdict::UpToDate => Reason::Current,
                    Verdict::Moved { from, to } => {
                        Reason::Moved { from: from.clone(), to: to.clone() }
                    }
                },
            },
        })
        .collect();
    Ok(Decision { chosen: best.cloned(), verdict, reasons })
}

/// A tag with what was found out about it.
struct Judged<'t> {
    tag: &'t TagInfo,
    key: Option<Key<'t>>,
    ruled_out: Option<Reason>,
}

impl Judged<'_> {
    fn newest_first(a: &Self, b: &Self) -> Ordering {
        match (&a.key, &b.key) {
            (Some(left), Some(right)) => {
                right.compare(left).then_with(|| b.tag.name.cmp(&a.tag.name))
            }
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => a.tag.name.cmp(&b.tag.name),
        }
    }
}

/// What a tag is held against.
struct Judge<'a> {
    policy: &'a TagPolicy,
    situation: &'a Situation<'a>,
    /// What is deployed, as the policy compares it: the tag and its item.
    current: Option<(&'a TagInfo, String)>,
    /// The versions that have a tag in git, by precedence.
    released: Option<Vec<&'a Version>>,
}

impl<'a> Judge<'a> {
    fn new(policy: &'a TagPolicy, situation: &'a Situation<'a>, tags: &'a [TagInfo]) -> Self {
        let current = situation.current.and_then(|current| {
            // The registry knows when the deployed image was created.
            let listed = tags.iter().find(|it| it.name == current.name);
            let known = listed.filter(|_| current.created.is_none()).unwrap_or(current);
            let item = match &policy.filter {
                Some(filter) => filter.item(&current.name)?,
                None => current.name.clone(),
            };
            Some((known, item))
        });
        let released = situation.released.map(|versions| {
            let mut versions: Vec<_> = versions.iter().collect();
            versions.sort_by(|a, b| a.cmp_precedence(b));
            versions
        });
        Self { policy, situation, current, released }
    }

    /// Returns what the policy compares of a tag; `None` where its filter leaves it out.
    fn item(&self, tag: &TagInfo) -> Option<String> {
        match &self.policy.filter {
            Some(filter) => filter.item(&tag.name),
            None => Some(tag.name.clone()),
        }
    }

    fn rule_out(&self, tag: &TagInfo, item: Option<&str>, key: Option<&Key<'_>>) -> Option<Reason> {
        let policy = self.policy;
        if !policy.allow.allows(&tag.name) {
            return Some(Reason::NotAllowed);
        }
        if let Some(glob) = policy.ignore.ignored_by(&tag.name) {
            return Some(Reason::Ignored { glob: glob.to_owned() });
        }
        let Some(item) = item else {
            let pattern = policy.filter.as_ref().map(FluxFilter::pattern).unwrap_or_default();
            return Some(Reason::Unmatched { pattern: pattern.to_owned() });
        };
        let Some(key) = key else {
            return Some(match &policy.select {
                Select::Numerical(_) => Reason::NotANumber { item: item.to_owned() },
                Select::Digest { tag } => Reason::OtherTag { wanted: tag.clone() },
                _ => Reason::NotAVersion,
            });
        };
        if let (Select::Semver(constraint), Key::Version(version)) = (&policy.select, key)
            && let Some(reason) = outside(constraint, version)
        {
            return Some(reason);
        }
        if let Some(held) = self.situation.held.iter().find(|it| it.holds(&tag.name, key)) {
            return Some(Reason::Held { since: held.since.clone(), why: held.why.clone() });
        }
        if let (Some(released), Key::Version(version)) = (&self.released, key) {
            let version = version.to_version();
            if released.binary_search_by(|it| it.cmp_precedence(&version)).is_err() {
                return Some(Reason::NotReleased);
            }
        }
        let (current, current_item) = self.current.as_ref()?;
        let current_key = policy.select.key(current_item, current)?;
        let lower = key.compare(&current_key) == Ordering::Less
            && self.situation.downgrade == Downgrade::Refused;
        lower.then(|| Reason::LowerThanCurrent { current: current.name.clone() })
    }

    /// Compares the chosen tag with what is deployed.
    fn verdict(&self, chosen: &TagInfo) -> Verdict {
        let Some(current) = self.situation.current else { return Verdict::Update };
        if current.name != chosen.name {
            return Verdict::Update;
        }
        match (&current.digest, &chosen.digest, &self.policy.select) {
            (Some(from), Some(to), _) if from == to => Verdict::UpToDate,
            (_, _, Select::Digest { .. }) => Verdict::Update,
            (Some(from), Some(to), _) => Verdict::Moved { from: from.clone(), to: to.clone() },
            _ => Verdict::UpToDate,
        }
    }
}

impl Held {
    /// Returns whether a tag is held: by its text, or as the same version.
    fn holds(&self, tag: &str, key: &Key<'_>) -> bool {
        let same_version = || match (key, LooseVersion::parse(&self.tag)) {
            (Key::Version(version), Ok(held)) => version.cmp_precedence(&held).is_eq(),
            _ => false,
        };
        self.tag == tag || same_version()
    }
}

fn outside(constraint: &Constraint, version: &LooseVersion<'_>) -> Option<Reason> {
    let mismatches = constraint.mismatches_loose(version, Prereleases::WhereNamed);
    let first = mismatches.first()?;
    let constraint = constraint.to_string();
    Some(if mismatches.iter().all(|it| it.kind() == MismatchKind::Prerelease) {
        Reason::Prerelease { constraint }
    } else {
        Reason::OutsideConstraint { constraint, why: first.to_string() }
    })
}

impl Constraint {
    /// Returns the newest of many tags that match, where only that is asked; `None` where none does.
    ///
    /// Tags that are no versions are passed over. Of equal versions the greater text wins. Nothing is allocated.
    ///
    /// ```
    /// use tidegate_tag_policy::Constraint;
    ///
    /// let constraint: Constraint = "^1".parse()?;
    /// assert_eq!(constraint.newest(["1.2.0", "v1.10.0", "2.0.0", "latest"]), Some("v1.10.0"));
    /// assert_eq!(constraint.newest(["latest"]), None);
    /// # Ok::<(), tidegate_tag_policy::ConstraintError>(())
    /// ```
    #[must_use]
    pub fn newest<'t>(&self, tags: impl IntoIterator<Item = &'t str>) -> Option<&'t str> {
        let mut newest: Option<LooseVersion<'t>> = None;
        for tag in tags {
            let Ok(version) = LooseVersion::parse(tag) else { continue };
            if newest.as_ref().is_none_or(|it| version.cmp_tags(it).is_gt())
                && self.matches_loose(&version, Prereleases::WhereNamed)
            {
                newest = Some(version);
            }
        }
        newest.map(|it| it.original())
    }
}

/// Why nothing was decided.
///
/// ```
/// use tidegate_tag_policy::{DecideError, Downgrade, Select, Situation, TagInfo, TagList, TagPolicy, decide};
///
/// let nothing = Situation { current: None, held: &[], released: None, downgrade: Downgrade::Refused };
/// let policy = TagPolicy::new(Select::Digest { tag: "stable".into() });
/// let tags = TagList::complete(vec![TagInfo::named("stable")]);
/// let error = decide(&policy, &nothing, &tags).unwrap_err();
/// assert_eq!(error, DecideError::NoDigest { tag: "stable".into() });
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecideError {
    /// The list of tags is not complete, so that the newest may be missing.
    Incomplete {
        /// What went wrong with the list.
        why: String,
    },
    /// A digest is to be followed, and the registry did not tell it.
    NoDigest {
        /// The tag.
        tag: String,
    },
}

impl fmt::Display for DecideError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incomplete { why } => {
                write!(f, "the list of tags is not complete, so that none is chosen: {why}")
            }
            Self::NoDigest { tag } => write!(f, "the digest of the tag {tag} is not known"),
        }
    }
}

impl Error for DecideError {}
