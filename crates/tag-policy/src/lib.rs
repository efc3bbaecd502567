//! Which tag is the newest, and why.
//!
//! ```
//! use tidegate_tag_policy::{
//!     Downgrade, Select, Situation, TagInfo, TagList, TagPolicy, decide,
//! };
//!
//! let tags = TagList::complete(["1.3.0", "1.4.0", "2.0.0", "nightly"].map(TagInfo::named).to_vec());
//! let current = TagInfo::named("1.3.0");
//! let situation = Situation {
//!     current: Some(&current),
//!     held: &[],
//!     released: None,
//!     downgrade: Downgrade::Refused,
//! };
//! let policy = TagPolicy::new(Select::Semver("~1".parse()?));
//! let decision = decide(&policy, &situation, &tags)?;
//! assert_eq!(decision.chosen.map(|it| it.name).as_deref(), Some("1.4.0"));
//! assert_eq!(
//!     decision.reasons[0].to_string(),
//!     "2.0.0: outside the constraint `~1`: \"2.0.0\" does not have same major version as \"1\""
//! );
//!
//! // Nothing is chosen from half a list.
//! assert!(decide(&policy, &situation, &TagList::incomplete(Vec::new(), "timed out")).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Model
//!
//! Versions come in two spellings, [`StrictVersion`] and [`LooseVersion`], and both become a
//! [`semver::Version`] where one is needed. A [`Constraint`] is the language that Kubernetes tools share, that of
//! Masterminds/semver. A [`TagPolicy`] compares tags by version, creation time, text or number, or follows one
//! digest; [`decide`] applies it to a registry's list and tells the reason for every tag. [`FluxPolicy`] and
//! [`FluxFilter`] are Flux's policies; [`pick`] and [`update_round`] are a model of the Argo CD Image Updater, to be
//! held against what this workspace does.
//!
//! # Scope
//!
//! The crate asks no registry and no git: lists, holds and releases are arguments. It looks at no signatures.
//!
//! # Conformance
//!
//! - Semantic Versioning 2.0.0.
//! - Masterminds/semver v3 as of 71f2b39: constraints, loose versions, the texts of its reasons.
//! - Argo CD Image Updater as of de2cfec, without its write-back.
//! - Flux image-reflector-controller as of debe2aa. Its policy `numerical` also reads hexadecimal floating-point
//!   numbers; here they are no numbers.
//!
//! # Features
//!
//! - `serde`: tags, holds and decisions as data.

mod constraint;
mod decide;
mod decimal;
mod filter;
mod flux;
mod loose;
mod platform;
mod strict;
mod tag;
mod updater;

pub use crate::constraint::{
    CargoReading, Constraint, ConstraintError, ConstraintErrorKind, Mismatch, MismatchKind,
    Operator, Prereleases, Term, cargo_reading, is_cargo_requirement, rewrite_hyphen_ranges,
};
pub use crate::decide::{
    DecideError, Decision, Downgrade, Explained, Held, Reason, Select, Situation, TagList,
    TagPolicy, Verdict, decide,
};
pub use crate::filter::{AllowTags, AllowTagsError, IgnoreTags};
pub use crate::flux::{FluxError, FluxFilter, FluxOrder, FluxPolicy};
pub use crate::loose::{LooseVersion, Part, VersionError, VersionErrorKind};
pub use crate::platform::Platform;
pub use crate::strict::{StrictVersion, is_build_metadata, is_prerelease};
pub use crate::tag::{TagInfo, TagOrder, sort_tags};
pub use crate::updater::{
    Application, ImageSpec, Outcome, PickError, RegistryAnswer, UpdateSettings, UpdateStrategy,
    UpdaterPolicy, digest_live_match, find_override, has_registry_prefix, override_matches, pick,
    short_name, update_round,
};
