//! An image update: which image, from what to what, and why; holds; write-back edits.
//!
//! ```
//! use tidegate_image_update::{Hold, HoldFile, HoldSubject, Intent, Pinned};
//!
//! let overlay = "\
//! images:
//!   ## what production runs
//!   - name: backend
//!     newTag: v1.5.0
//! ";
//! // A rollback is an update like any other, and a hold beside it.
//! let to = Pinned { tag: Some("v1.4.0".to_owned()), ..Pinned::default() };
//! let pin = Intent::SetImage { entry: "backend".to_owned(), to };
//! assert_eq!(pin.apply(overlay)?, overlay.replace("v1.5.0", "v1.4.0"));
//!
//! let hold = Intent::AddHold(Hold {
//!     subject: HoldSubject::Component("backend".to_owned()),
//!     version: "1.5.0".to_owned(),
//!     reason: "loses messages".to_owned(),
//!     who: "Ada".to_owned(),
//!     when: "2026-03-01T12:00:00Z".parse()?,
//!     expires: None,
//! });
//! let holds = HoldFile::parse(&hold.apply("")?)?;
//! let now = "2026-03-02T12:00:00Z".parse()?;
//! assert!(holds.is_held("backend", None, "1.5.0", &now).hold().is_some());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Model
//!
//! [`plan_update`] asks a tag policy and says what to pin in an overlay, or that there is nothing to do and why, tag by
//! tag. What is to be changed in a file is an [`Intent`]: it is applied to whatever the text is by then, touches only
//! the bytes that it means, and a test says that intents for different images commute. A [`HoldFile`] lists the
//! versions that must not be deployed. [`find_elsewhere`] finds what outranks the edited line, and [`ignore_tag`] tells
//! another updater of a hold. [`commit_message`] and [`trailers`] write and read the commit's message.
//!
//! The other tools' own writing is modelled beside it: Argo CD Image Updater's write-back ([`write_back_images`],
//! [`merge_override_file`], [`branch_name`], [`write_back_message`], [`write_back_target`], and a whole
//! [`updater_round`]) and Flux's markers ([`set_flux_markers`]).
//!
//! # Scope
//!
//! No git, no HTTP, no clock: texts, tags and moments are arguments. Which tag is the newest is
//! `tidegate-tag-policy`'s to say; where the files lie is the caller's.
//!
//! # Conformance
//!
//! - Argo CD Image Updater as of de2cfec: write-back to a kustomization and to override files, without Helm values.
//!   The rest of an edited file keeps its bytes where the original lays it out anew by its YAML library, and values
//!   keep their quotes.
//! - Flux image-automation-controller as of 4e3c0e0: markers behind a value; markers in comments above are not read.
//! - Go `text/template` without templates that call others, widths of `printf`, and methods.
//! - RFC 3339 moments; trailers as `git interpret-trailers` reads a last paragraph of trailers alone.
//!
//! # Features
//!
//! - `serde`: updates, plans, intents, holds and findings as data.

mod baked;
mod elsewhere;
mod flux;
mod hold;
mod intent;
mod message;
mod round;
mod template;
mod update;
mod write_back;

pub use baked::{
    BakedError, BakedSettings, ENVIRONMENT_LABEL, SETTINGS_LABEL, SettingChange, changed_settings,
    check_baked,
};
pub use elsewhere::{
    Elsewhere, Outranks, OverlayImage, TellError, UpdaterConfig, find_elsewhere, ignore_tag,
};
pub use flux::{
    FluxMarker, FluxPolicy, SetterChange, SetterResult, flux_markers, set_flux_markers,
};
pub use hold::{
    Hold, HoldError, HoldErrorKind, HoldErrors, HoldFile, HoldSelector, HoldState, HoldSubject,
    Moment, MomentError, add_hold, lift_hold,
};
pub use intent::{Intent, IntentError};
pub use message::{ALLOW_TRAILER, Allowed, DEFAULT_MESSAGE, Trailer, commit_message, trailers};
pub use round::{UpdaterRound, updater_round};
pub use template::{Template, TemplateError, TemplateValue};
pub use update::{Pinned, PlanError, Planned, Update, UpdateRequest, pinned, plan_update};
pub use write_back::{
    BRANCH_LIMIT, BranchSetting, BranchSettingError, DEFAULT_COMMIT_MESSAGE, GitSource,
    ImageChange, ImageEntry, ImageTag, NoKustomization, Target, TargetError, WriteBackError,
    branch_name, checkout_branch, default_override_file, find_kustomization, has_document_start,
    merge_override_file, set_application_image, write_back_images, write_back_message,
    write_back_target,
};
