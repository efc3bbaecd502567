use std::fmt;

use semver::Version;
use tidegate_source::Span;
use tidegate_tag_policy::{
    DecideError, Downgrade, Explained, Held, Situation, TagInfo, TagList, TagPolicy, Verdict,
    decide,
};
use tidegate_yaml::{Kind, Node, Stream};

use crate::intent::Intent;

/// What an `images:` entry of an overlay pins.
///
/// ```
/// use tidegate_image_update::{Pinned, pinned};
///
/// let text = "images:\n- name: backend\n  newName: registry.example/tomoda/backend\n  newTag: 1.4.0\n";
/// let found: Pinned = pinned(text, "backend")?.expect("the entry is there");
/// assert_eq!(found.repository.as_deref(), Some("registry.example/tomoda/backend"));
/// assert_eq!((found.tag.as_deref(), found.digest), (Some("1.4.0"), None));
/// # Ok::<(), tidegate_image_update::PlanError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Pinned {
    /// `newName`: the repository, where it is not the entry's name.
    pub repository: Option<String>,
    /// `newTag`
    pub tag: Option<String>,
    /// `digest`
    pub digest: Option<String>,
}

impl fmt::Display for Pinned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        parts.extend(self.tag.clone());
        parts.extend(self.digest.as_ref().map(|it| format!("@{it}")));
        f.write_str(if parts.is_empty() { "nothing" } else { "" })?;
        f.write_str(&parts.concat())
    }
}

/// The overlay can't be read for what it pins.
///
/// ```
/// use tidegate_image_update::{PlanError, pinned};
///
/// let twice = "images:\n- name: backend\n  newTag: 1.3.0\n- name: backend\n  newTag: 1.4.0\n";
/// assert!(matches!(pinned(twice, "backend"), Err(PlanError::Ambiguous { name, .. }) if name == "backend"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The overlay is not YAML.
    #[error("{message}")]
    Yaml {
        /// The reader's message.
        message: String,
        /// Where.
        span: Span,
    },
    /// The entry stands twice.
    #[error("`images` has two entries named {name}")]
    Ambiguous {
        /// The name.
        name: String,
        /// Where the second stands.
        span: Span,
    },
    /// The policy can't decide.
    #[error(transparent)]
    Decide(#[from] DecideError),
}

/// Reads what a kustomization pins for an image; `None` where it has no entry of that name.
///
/// # Errors
///
/// [`PlanError::Yaml`] and [`PlanError::Ambiguous`].
///
/// # Examples
///
/// ```
/// use tidegate_image_update::pinned;
///
/// let text = "images:\n- name: web\n  newTag: v1.4.0\n";
/// assert_eq!(pinned(text, "web")?.and_then(|it| it.tag).as_deref(), Some("v1.4.0"));
/// assert_eq!(pinned(text, "api")?, None);
/// # Ok::<(), tidegate_image_update::PlanError>(())
/// ```
pub fn pinned(kustomization: &str, entry: &str) -> Result<Option<Pinned>, PlanError> {
    let stream = Stream::parse(kustomization).map_err(|errors| PlanError::Yaml {
        message: errors.first().to_string(),
        span: errors.first().span(),
    })?;
    let Some(list) = stream.root().and_then(|it| it.get("images")) else { return Ok(None) };
    let is_entry = |it: &Node<'_>| it.get("name").is_some_and(|name| name.as_str() == entry);
    let mut entries = list.items().filter(is_entry);
    let Some(item) = entries.next() else { return Ok(None) };
    if let Some(second) = entries.next() {
        let name = entry.to_owned();
        return Err(PlanError::Ambiguous { name, span: second.span() });
    }
    let field = |key: &str| {
        let value = item.get(key).filter(|it| it.target().kind() == Kind::Scalar)?;
        Some(value.as_str().into_owned()).filter(|it| !it.is_empty())
    };
    Ok(Some(Pinned { repository: field("newName"), tag: field("newTag"), digest: field("digest") }))
}

/// An update of one image in one overlay: from what, to what, and why.
///
/// ```
/// use tidegate_image_update::{Pinned, Update};
///
/// let pin = |tag: &str| Pinned { tag: Some(tag.into()), ..Pinned::default() };
/// let update = Update {
///     component: "backend".into(),
///     entry: "backend".into(),
///     from: pin("1.3.0"),
///     to: pin("1.4.0"),
///     why: "the newest that fits `~1`".into(),
/// };
/// assert!(update.to_string().contains("1.3.0") && update.to_string().contains("1.4.0"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Update {
    /// The component.
    pub component: String,
    /// The name of the `images:` entry.
    pub entry: String,
    /// What is pinned now.
    pub from: Pinned,
    /// What will be pinned. A digest that is not known yet is left out; see [`Update::with_digest`].
    pub to: Pinned,
    /// Why, as a phrase.
    pub why: String,
}

impl Update {
    /// Returns the update with the digest that its tag resolved to.
    ///
    /// ```
    /// use tidegate_image_update::{Pinned, Update};
    ///
    /// let update = Update {
    ///     component: "backend".into(),
    ///     entry: "backend".into(),
    ///     from: Pinned::default(),
    ///     to: Pinned { tag: Some("1.4.0".into()), ..Pinned::default() },
    ///     why: "the newest".into(),
    /// };
    /// let pinned = update.with_digest(format!("sha256:{}", "3f".repeat(32))).to;
    /// assert!(pinned.digest.is_some_and(|it| it.starts_with("sha256:3f3f")));
    /// ```
    #[must_use]
    pub fn with_digest(mut self, digest: impl Into<String>) -> Self {
        self.to.digest = Some(digest.into());
        self
    }

    /// Returns the edit of the overlay's kustomization.
    ///
    /// ```
    /// use tidegate_image_update::{Intent, Pinned, Update};
    ///
    /// let to = Pinned { tag: Some("1.4.0".into()), ..Pinned::default() };
    /// let update = Update {
    ///     component: "hub".into(),
    ///     entry: "backend".into(),
    ///     from: Pinned::default(),
    ///     to: to.clone(),
    ///     why: "the newest".into(),
    /// };
    /// assert_eq!(update.intent(), Intent::SetImage { entry: "backend".into(), to });
    /// ```
    #[must_use]
    pub fn intent(&self) -> Intent {
        Intent::SetImage { entry: self.entry.clone(), to: self.to.clone() }
    }
}

impl fmt::Display for Update {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} becomes {}: {}", self.component, self.from, self.to, self.why)
    }
}

/// What an update of one image is planned from.
///
/// ```
/// use tidegate_image_update::{Planned, UpdateRequest, plan_update};
/// use tidegate_tag_policy::{Downgrade, Held, Select, TagInfo, TagList, TagPolicy};
///
/// let held = [Held { tag: "1.4.0".into(), since: None, why: "loses orders".into() }];
/// let request = UpdateRequest {
///     component: "backend",
///     entry: "backend",
///     repository: Some("registry.example/tomoda/backend"),
///     kustomization: "images:\n- name: backend\n  newTag: 1.3.0\n",
///     policy: &TagPolicy::new(Select::Semver("~1.4 || ~1.3".parse()?)),
///     tags: &TagList::complete(["1.3.0", "1.4.0"].map(TagInfo::named).to_vec()),
///     held: &held,
///     released: None,
///     downgrade: Downgrade::Refused,
/// };
/// let Planned::Nothing { reasons, .. } = plan_update(&request)? else { panic!("it is held") };
/// assert_eq!(reasons[0].to_string(), "1.4.0: held: loses orders");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct UpdateRequest<'a> {
    /// The component.
    pub component: &'a str,
    /// The name of the `images:` entry.
    pub entry: &'a str,
    /// The repository that the environment takes its images from; `None` leaves `newName` as it is.
    pub repository: Option<&'a str>,
    /// The text of the overlay's kustomization.
    pub kustomization: &'a str,
    /// The policy.
    pub policy: &'a TagPolicy,
    /// The registry's tags, with digests where they are known.
    pub tags: &'a TagList,
    /// What is held for the component.
    pub held: &'a [Held],
    /// The versions that have a tag in git; `None` where that is not asked.
    pub released: Option<&'a [Version]>,
    /// Whether a lower version was ordered.
    pub downgrade: Downgrade,
}

/// What is to be done about an image.
///
/// ```
/// use tidegate_image_update::{Planned, UpdateRequest, plan_update};
/// use tidegate_tag_policy::{Downgrade, Select, TagInfo, TagList, TagPolicy};
///
/// let pushed_again = TagInfo { digest: Some("sha256:bb".into()), ..TagInfo::named("1.4.0") };
/// let request = UpdateRequest {
///     component: "backend",
///     entry: "backend",
///     repository: None,
///     kustomization: "images:\n- name: backend\n  newTag: 1.4.0\n  digest: sha256:aa\n",
///     policy: &TagPolicy::new(Select::Semver("*".parse()?)),
///     tags: &TagList::complete(vec![pushed_again]),
///     held: &[],
///     released: None,
///     downgrade: Downgrade::Refused,
/// };
/// assert!(matches!(plan_update(&request)?, Planned::Moved { now, .. } if now == "sha256:bb"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase", tag = "plan"))]
pub enum Planned {
    /// Pin another image.
    Update {
        /// The update.
        update: Update,
        /// Every tag, with the reason why it was chosen or not.
        reasons: Vec<Explained>,
    },
    /// Nothing: what the policy wants is pinned, or nothing fits it.
    Nothing {
        /// What stays pinned.
        pinned: Pinned,
        /// Every tag, with the reason why it was not chosen.
        reasons: Vec<Explained>,
    },
    /// Nothing, and a finding: the pinned tag has another digest in the registry by now.
    Moved {
        /// The tag.
        tag: String,
        /// The digest that is pinned.
        pinned: String,
        /// The digest that the tag has now.
        now: String,
        /// Every tag, with the reason why it was not chosen.
        reasons: Vec<Explained>,
    },
}

/// Plans the update of one image in one overlay: asks the policy, and says what to pin, or that there is nothing to do
/// and why, tag by tag. A tag whose digest changed is a finding, never an update; a lower version is taken only when
/// that is ordered, a held one never.
///
/// # Errors
///
/// [`PlanError`]: the overlay can't be read, or the list of tags is not complete.
///
/// # Examples
///
/// ```
/// use tidegate_image_update::{Planned, UpdateRequest, plan_update};
/// use tidegate_tag_policy::{Downgrade, Select, TagInfo, TagList, TagPolicy};
///
/// let tags = TagList::complete(["v1.4.0", "v1.5.0"].map(TagInfo::named).to_vec());
/// let policy = TagPolicy::new(Select::Semver("*".parse()?));
/// let request = UpdateRequest {
///     component: "web",
///     entry: "web",
///     repository: None,
///     kustomization: "images:\n- name: web # ours\n  newTag: v1.4.0\n",
///     policy: &policy,
///     tags: &tags,
///     held: &[],
///     released: None,
///     downgrade: Downgrade::Refused,
/// };
/// let Planned::Update { update, .. } = plan_update(&request)? else { panic!("an update") };
/// let edited = update.with_digest("sha256:00").intent().apply(request.kustomization)?;
/// assert_eq!(edited, "images:\n- name: web # ours\n  newTag: v1.5.0\n  digest: sha256:00\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn plan_update(request: &UpdateRequest<'_>) -> Result<Planned, PlanError> {
    let from = pinned(request.kustomization, request.entry)?.unwrap_or_default();
    let current =
        from.tag.as_ref().map(|tag| TagInfo { digest: from.digest.clone(), ..TagInfo::named(tag) });
    let situation = Situation {
        current: current.as_ref(),
        held: request.held,
        released: request.released,
        downgrade: request.downgrade,
    };
    let decision = decide(request.policy, &situation, request.tags)?;
    let reasons = decision.reasons;
    Ok(match (decision.verdict, decision.chosen) {
        (Verdict::Moved { from: pinned, to: now }, Some(chosen)) => {
            Planned::Moved { tag: chosen.name, pinned, now, reasons }
        }
        (Verdict::Update, Some(chosen)) => {
            let reason = reasons.iter().find(|it| it.tag == chosen.name);
            let why = reason.map_or_else(String::new, |it| it.reason.to_string());
            let repository = request.repository.map(str::to_owned).or(from.repository.clone());
            let to = Pinned { repository, tag: Some(chosen.name), digest: chosen.digest };
            let component = request.component.to_owned();
            let update = Update { component, entry: request.entry.to_owned(), from, to, why };
            Planned::Update { update, reasons }
        }
        _ => Planned::Nothing { pinned: from, reasons },
    })
}
