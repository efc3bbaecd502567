use tidegate_tag_policy::{
    Application, ImageSpec, Outcome, RegistryAnswer, UpdateSettings, update_round,
};

use crate::write_back::{ImageEntry, WriteBackError, write_back_images};

/// What a round of Argo CD Image Updater did, and what it wrote.
///
/// ```
/// use tidegate_image_update::updater_round;
/// use tidegate_tag_policy::{Application, RegistryAnswer, UpdateSettings, UpdateStrategy};
///
/// let live_images = vec!["tomoda/backend:1.4.0".into()];
/// let application = Application { namespace: "argocd".into(), live_images, overrides: vec![] };
/// # let settings = UpdateSettings {
/// #     images: vec!["tomoda/backend:*".into()],
/// #     strategy: UpdateStrategy::Semver,
/// #     allow: Default::default(),
/// #     ignore: Default::default(),
/// #     kustomize_image_name: None,
/// #     force_update: false,
/// #     pull_secret: None,
/// # };
/// let round = updater_round(&application, &settings, |_| RegistryAnswer::Unavailable, "images: []\n")?;
/// assert_eq!((round.outcome.errors, round.text), (1, None));
/// # Ok::<(), tidegate_image_update::WriteBackError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdaterRound {
    /// What it counted.
    pub outcome: Outcome,
    /// The kustomization afterwards; `None` where it makes no commit.
    pub text: Option<String>,
}

/// Runs one round of Argo CD Image Updater with its write-back to a kustomization: a model of the other tool, so that
/// a test can show that a rollback with a hold stands when it looks next.
///
/// Where no image is updated it writes nothing, even if the file differs from what runs.
///
/// Source: argocd-image-updater `pkg/argocd/update.go`, `UpdateApplication`, and `git.go`, `writeKustomization`.
///
/// # Errors
///
/// Those of [`write_back_images`].
///
/// # Examples
///
/// ```
/// use tidegate_image_update::updater_round;
/// use tidegate_tag_policy::{
///     Application, IgnoreTags, RegistryAnswer, TagInfo, UpdateSettings, UpdateStrategy,
/// };
///
/// let application = Application {
///     namespace: "argocd".to_owned(),
///     live_images: vec!["acme/web:1.4.0".to_owned()],
///     overrides: Vec::new(),
/// };
/// let settings = UpdateSettings {
///     images: vec!["acme/web:*".to_owned()],
///     strategy: UpdateStrategy::Semver,
///     allow: Default::default(),
///     ignore: IgnoreTags::default(),
///     kustomize_image_name: None,
///     force_update: false,
///     pull_secret: None,
/// };
/// let text = "images:\n- name: acme/web\n  newTag: 1.4.0\n";
/// let tags = || RegistryAnswer::Tags(vec![TagInfo::named("1.4.0"), TagInfo::named("1.5.0")]);
/// let round = updater_round(&application, &settings, |_| tags(), text)?;
/// assert_eq!(round.text.as_deref(), Some("images:\n- name: acme/web\n  newTag: 1.5.0\n"));
/// # Ok::<(), tidegate_image_update::WriteBackError>(())
/// ```
pub fn updater_round(
    application: &Application,
    settings: &UpdateSettings,
    registry: impl Fn(&ImageSpec) -> RegistryAnswer,
    kustomization: &str,
) -> Result<UpdaterRound, WriteBackError> {
    let outcome = update_round(application, settings, registry);
    if outcome.updated == 0 {
        return Ok(UpdaterRound { outcome, text: None });
    }
    let images: Vec<ImageEntry> =
        outcome.overrides.iter().map(|it| ImageEntry::from_override(it)).collect();
    let text = write_back_images(Some(kustomization), &images)?;
    Ok(UpdaterRound { outcome, text })
}
