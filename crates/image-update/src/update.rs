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
    #[must_use]
    pub fn with_digest(mut self, digest: impl Into<String>) -> Self {
        self.to.digest = Some(digest.into());
        self
    }

    /// Returns the edit of the overlay's kustomization.
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
