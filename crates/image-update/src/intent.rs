use tidegate_kustomize::edit::{Change, EditError, ImageEdit, set_image};
use tidegate_source::{Diagnostic, SourceId};

use crate::elsewhere::{TellError, UpdaterConfig, ignore_tag};
use crate::hold::{Hold, HoldErrorKind, HoldErrors, HoldSelector, add_hold, lift_hold};
use crate::update::Pinned;

/// What is to be changed in one file, whatever its text is by then: when a push was rejected, the intent is applied to
/// the new text, and nothing is merged.
///
/// Intents for different images commute, and applying one twice is applying it once.
///
/// ```
/// use tidegate_image_update::{HoldSelector, Intent};
///
/// // What was decided on one text is applied to another, as after a push that was rejected.
/// let intent = Intent::LiftHold(HoldSelector { subject: None, version: Some("1.4.0".into()) });
/// let lifted_by_others = "apiVersion: tidegate/v1\nkind: Holds\nholds: []\n";
/// assert_eq!(intent.apply(lifted_by_others)?, lifted_by_others);
/// # Ok::<(), tidegate_image_update::IntentError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Intent {
    /// Pin an image in a kustomization. A tag or digest that is not given is taken out; so is `tagSuffix`.
    SetImage {
        /// The name of the `images:` entry.
        entry: String,
        /// What to pin; without a repository `newName` stays.
        to: Pinned,
    },
    /// Add a hold to a file of holds.
    AddHold(Hold),
    /// Lift holds. Where none is left to lift, nothing changes.
    LiftHold(HoldSelector),
    /// Tell another updater to leave a tag alone.
    IgnoreTag {
        /// Where it is configured.
        updater: UpdaterConfig,
        /// The tag.
        tag: String,
    },
}

/// Why an intent can't be applied to a text.
///
/// ```
/// use tidegate_image_update::{Intent, IntentError, Pinned};
///
/// let to = Pinned { tag: Some("1.4.0".into()), ..Pinned::default() };
/// let intent = Intent::SetImage { entry: "backend".into(), to };
/// assert!(matches!(intent.apply("images: ["), Err(IntentError::Image(_))));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum IntentError {
    /// The kustomization can't be edited so.
    #[error(transparent)]
    Image(#[from] EditError),
    /// The file of holds can't be read or edited.
    #[error(transparent)]
    Hold(#[from] HoldErrors),
    /// The other updater's configuration can't be edited.
    #[error(transparent)]
    Tell(#[from] TellError),
}

impl IntentError {
    /// Returns the mistakes as diagnostics of the file.
    ///
    /// ```
    /// use tidegate_image_update::{HoldSelector, Intent};
    ///
    /// let intent = Intent::LiftHold(HoldSelector { subject: None, version: None });
    /// let text = "apiVersion: tidegate/v2\nkind: Hold\nholds: []\n";
    /// let source = tidegate_source::Sources::new().add("holds.yaml", text);
    /// let told = intent.apply(text).unwrap_err().to_diagnostics(source);
    /// assert!(told.len() >= 2 && told.iter().all(|it| it.code == "hold-file"));
    /// ```
    #[must_use]
    pub fn to_diagnostics(&self, source: SourceId) -> Vec<Diagnostic> {
        match self {
            Self::Image(error) => vec![error.to_diagnostic(source)],
            Self::Hold(errors) => errors.iter().map(|it| it.to_diagnostic(source)).collect(),
            Self::Tell(error) => vec![error.to_diagnostic(source)],
        }
    }
}

impl Intent {
    /// Applies the intent to a text; every byte that it does not mean stays.
    ///
    /// # Errors
    ///
    /// [`IntentError`], and the text is not changed.
    ///
    /// # Examples
    ///
    /// ```
    /// use tidegate_image_update::{Intent, Pinned};
    ///
    /// let to = Pinned { repository: None, tag: Some("v2".to_owned()), digest: None };
    /// let intent = Intent::SetImage { entry: "web".to_owned(), to };
    /// let text = "images:\n- name: web   # ours\n  newTag: 'v1'\n";
    /// let once = intent.apply(text)?;
    /// assert_eq!(once, "images:\n- name: web   # ours\n  newTag: 'v2'\n");
    /// assert_eq!(intent.apply(&once)?, once);
    /// assert!(intent.apply("images: [").is_err());
    /// # Ok::<(), tidegate_image_update::IntentError>(())
    /// ```
    pub fn apply(&self, text: &str) -> Result<String, IntentError> {
        Ok(match self {
            Self::SetImage { entry, to } => {
                let set = |it: &Option<String>| it.clone().map_or(Change::Remove, Change::Set);
                let edit = ImageEdit {
                    name: entry.clone(),
                    new_name: to.repository.clone().map_or(Change::Keep, Change::Set),
                    new_tag: set(&to.tag),
                    digest: set(&to.digest),
                    tag_suffix: Change::Remove,
                };
                set_image(text, &edit)?.text
            }
            Self::AddHold(hold) => add_hold(text, hold)?,
            Self::LiftHold(selector) => match lift_hold(text, selector) {
                Err(errors) if errors.iter().all(is_not_held) => text.to_owned(),
                lifted => lifted?,
            },
            Self::IgnoreTag { updater, tag } => ignore_tag(text, updater, tag)?,
        })
    }
}

fn is_not_held(error: &crate::hold::HoldError) -> bool {
    matches!(error.kind(), HoldErrorKind::NotHeld(_))
}
