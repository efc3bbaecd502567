use super::image_spec::{ImageSpec, digest_live_match};
use super::overrides::find_override;
use super::pick::{UpdaterPolicy, pick};
use super::strategy::UpdateStrategy;
use crate::filter::{AllowTags, IgnoreTags};
use crate::tag::TagInfo;

/// An application as the Image Updater sees it at the start of a round.
///
/// ```
/// use tidegate_tag_policy::{Application, RegistryAnswer, TagInfo, UpdateSettings, UpdateStrategy, update_round};
///
/// let mut application = Application {
///     namespace: "argocd".into(),
///     live_images: vec!["registry.example/tomoda/backend:1.3.0".into()],
///     overrides: vec!["registry.example/tomoda/worker:1.3.0".into()],
/// };
/// # let settings = UpdateSettings {
/// #     images: vec!["registry.example/tomoda/backend:~1".into()],
/// #     strategy: UpdateStrategy::Semver,
/// #     allow: Default::default(),
/// #     ignore: Default::default(),
/// #     kustomize_image_name: None,
/// #     force_update: false,
/// #     pull_secret: None,
/// # };
/// let registry = |_: &_| RegistryAnswer::Tags(vec![TagInfo::named("1.4.0")]);
/// application.overrides = update_round(&application, &settings, registry).overrides;
/// assert_eq!(application.overrides.len(), 2);
/// // What is overridden already is not updated again.
/// assert_eq!(update_round(&application, &settings, registry).overrides, application.overrides);
/// ```
#[derive(Clone, Debug)]
pub struct Application {
    /// Its namespace, which the secrets that it uses must have too.
    pub namespace: String,
    /// The images that run, as the application's status lists them.
    pub live_images: Vec<String>,
    /// The image overrides of its Kustomize source.
    pub overrides: Vec<String>,
}

/// What the Image Updater is told about the images of an application; here the same for all of them.
///
/// ```
/// use tidegate_tag_policy::{Application, RegistryAnswer, TagInfo, UpdateSettings, UpdateStrategy, update_round};
///
/// let settings = UpdateSettings {
///     images: vec!["hub=registry.example/tomoda/backend:~1.4".into()],
///     strategy: UpdateStrategy::Semver,
///     allow: Default::default(),
///     ignore: Default::default(),
///     kustomize_image_name: Some("backend".into()),
///     force_update: true,
///     pull_secret: None,
/// };
/// let idle = Application { namespace: "argocd".into(), live_images: vec![], overrides: vec![] };
/// let outcome = update_round(&idle, &settings, |_| RegistryAnswer::Tags(vec![TagInfo::named("1.4.2")]));
/// assert_eq!(outcome.overrides, ["backend=registry.example/tomoda/backend:1.4.2"]);
/// ```
#[derive(Clone, Debug)]
pub struct UpdateSettings {
    /// The images to keep up to date: `[alias=]image[:constraint]`.
    pub images: Vec<String>,
    /// How to choose.
    pub strategy: UpdateStrategy,
    /// Which tags may be chosen.
    pub allow: AllowTags,
    /// Which tags are never chosen.
    pub ignore: IgnoreTags,
    /// The name under which the image is overridden, where it is not its own.
    pub kustomize_image_name: Option<String>,
    /// Whether an image that does not run is updated too.
    pub force_update: bool,
    /// Where the credentials are: `pullsecret:NAMESPACE/NAME`, `secret:NAMESPACE/NAME#FIELD` and others.
    pub pull_secret: Option<String>,
}

/// What the registry answers for a repository.
///
/// ```
/// use tidegate_tag_policy::{Application, RegistryAnswer, UpdateSettings, UpdateStrategy, update_round};
///
/// # let settings = UpdateSettings {
/// #     images: vec!["tomoda/backend:~1".into()],
/// #     strategy: UpdateStrategy::Semver,
/// #     allow: Default::default(),
/// #     ignore: Default::default(),
/// #     kustomize_image_name: None,
/// #     force_update: false,
/// #     pull_secret: None,
/// # };
/// let live_images = vec!["tomoda/backend:1.3.0".into()];
/// let application = Application { namespace: "argocd".into(), live_images, overrides: vec![] };
/// let errors = |answer: fn() -> RegistryAnswer| update_round(&application, &settings, |_| answer()).errors;
/// assert_eq!(errors(|| RegistryAnswer::Unavailable), 1);
/// // To have no tag is no error.
/// assert_eq!(errors(|| RegistryAnswer::Tags(vec![])), 0);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegistryAnswer {
    /// All its tags.
    Tags(Vec<TagInfo>),
    /// It could not be asked.
    Unavailable,
}

/// What a round has done.
///
/// ```
/// use tidegate_tag_policy::{Application, RegistryAnswer, UpdateSettings, UpdateStrategy, update_round};
///
/// # let settings = UpdateSettings {
/// #     images: vec!["tomoda/worker:~1".into()],
/// #     strategy: UpdateStrategy::Semver,
/// #     allow: Default::default(),
/// #     ignore: Default::default(),
/// #     kustomize_image_name: None,
/// #     force_update: false,
/// #     pull_secret: None,
/// # };
/// let live_images = vec!["tomoda/backend:1.3.0".into()];
/// let application = Application { namespace: "argocd".into(), live_images, overrides: vec![] };
/// // The worker does not run.
/// let outcome = update_round(&application, &settings, |_| RegistryAnswer::Unavailable);
/// assert_eq!((outcome.considered, outcome.updated, outcome.skipped, outcome.errors), (0, 0, 1, 0));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Images that run, or are forced.
    pub considered: usize,
    /// Images that got another tag or digest.
    pub updated: usize,
    /// Images that do not run, or for which no tag fits.
    pub skipped: usize,
    /// Images whose registry, credentials or constraint failed.
    pub errors: usize,
    /// The image overrides afterwards.
    pub overrides: Vec<String>,
}

/// Runs one round of the Image Updater over an application, without its write-back.
///
/// This is the other tool's behaviour, kept so that what this workspace writes can be held against it: a rollback
/// must stand when an Image Updater looks at it next.
///
/// Source: Argo CD Image Updater, `UpdateApplication`.
///
/// ```
/// use tidegate_tag_policy::{
///     Application, RegistryAnswer, TagInfo, UpdateSettings, UpdateStrategy, update_round,
/// };
///
/// let application = Application {
///     namespace: "argocd".into(),
///     live_images: vec!["org/app:1.3.0".into()],
///     overrides: Vec::new(),
/// };
/// let settings = UpdateSettings {
///     images: vec!["org/app:~1".into()],
///     strategy: UpdateStrategy::Semver,
///     allow: Default::default(),
///     ignore: Default::default(),
///     kustomize_image_name: None,
///     force_update: false,
///     pull_secret: None,
/// };
/// let outcome = update_round(&application, &settings, |_| {
///     RegistryAnswer::Tags(vec![TagInfo::named("1.4.0")])
/// });
/// assert_eq!((outcome.considered, outcome.updated), (1, 1));
/// assert_eq!(outcome.overrides, ["org/app:1.4.0"]);
/// ```
#[must_use]
pub fn update_round(
    application: &Application,
    settings: &UpdateSettings,
    registry: impl Fn(&ImageSpec) -> RegistryAnswer,
) -> Outcome {
    let images: Vec<_> = settings.images.iter().map(|it| ImageSpec::parse(it)).collect();
    let round = Round {
        settings,
        kustomize: settings.kustomize_image_name.as_deref().map(ImageSpec::parse),
        live: live_images(application, settings, &images),
        foreign_secret: settings
            .pull_secret
            .as_deref()
            .is_some_and(|it| is_foreign_secret(it, &application.namespace)),
    };
    let mut outcome = Outcome { overrides: application.overrides.clone(), ..Outcome::default() };
    for image in &images {
        round.consider(image, &registry, &mut outcome);
    }
    outcome
}

struct Round<'s> {
    settings: &'s UpdateSettings,
    kustomize: Option<ImageSpec>,
    live: Vec<ImageSpec>,
    foreign_secret: bool,
}

impl Round<'_> {
    fn consider(
        &self,
        image: &ImageSpec,
        registry: &impl Fn(&ImageSpec) -> RegistryAnswer,
        outcome: &mut Outcome,
    ) {
        let Some(mut running) = find_live(&self.live, image, self.kustomize.as_ref()) else {
            outcome.skipped += 1;
            return;
        };
        outcome.considered += 1;
        if self.foreign_secret {
            outcome.errors += 1;
            return;
        }
        let policy = UpdaterPolicy {
            strategy: self.settings.strategy,
            constraint: image.tag.clone(),
            allow: self.settings.allow.clone(),
            ignore: self.settings.ignore.clone(),
        };
        let RegistryAnswer::Tags(tags) = registry(image) else {
            outcome.errors += 1;
            return;
        };
        let latest = match pick(&policy, &tags) {
            Err(_) => {
                outcome.errors += 1;
                return;
            }
            Ok(None) => {
                outcome.skipped += 1;
                return;
            }
            Ok(Some(latest)) => latest,
        };
        // Only these two strategies ask for digests; for the others a tag is its name.
        let with_digest =
            matches!(self.settings.strategy, UpdateStrategy::Digest | UpdateStrategy::NewestBuild);
        let latest = ImageSpec {
            alias: None,
            tag: Some(latest.name.clone()),
            digest: latest.digest.clone().filter(|_| with_digest),
            ..image.clone()
        };
        if self.settings.strategy == UpdateStrategy::Digest
            && let Some(index) = digest_live_match(image, &self.live, latest.digest.as_deref())
        {
            running = &self.live[index];
        }
        if self.needs_update(running, image, &latest) {
            if self
                .present_override(image, outcome)
                .is_some_and(|it| it == latest.full_name_with_tag())
            {
                return;
            }
            self.set_override(&latest, outcome);
            outcome.updated += 1;
        } else {
            // What is up to date is written too, so that the list of overrides is whole.
            let mut current = ImageSpec {
                alias: None,
                tag: running.tag.clone(),
                digest: running.digest.clone(),
                ..image.clone()
            };
            if self.settings.strategy == UpdateStrategy::Digest && current.tag.is_none() {
                current.tag.clone_from(&image.tag);
            }
            self.set_override(&current, outcome);
        }
    }

    fn needs_update(&self, running: &ImageSpec, image: &ImageSpec, latest: &ImageSpec) -> bool {
        let as_tag = |it: &ImageSpec| TagInfo {
            name: it.tag.clone().unwrap_or_default(),
            created: None,
            digest: it.digest.clone(),
        };
        let follows_digest = self.settings.strategy == UpdateStrategy::Digest;
        (follows_digest && (running.digest.is_none() || running.digest != latest.digest))
            || !as_tag(running).is_same_image(&as_tag(latest))
            || (self.kustomize.is_some() && !image.is_same_repository(running))
    }

    /// Returns whether an override is about an image: the same name, and under the same alias where both have one.
    fn is_about(&self, written: &ImageSpec, name: &str) -> bool {
        let alias = self.settings.kustomize_image_name.as_deref();
        written.name == name
            && (alias.is_none() || written.alias.is_none() || written.alias.as_deref() == alias)
    }

    fn present_override<'o>(&self, image: &ImageSpec, outcome: &'o Outcome) -> Option<&'o str> {
        let mut overrides = outcome.overrides.iter().map(String::as_str);
        overrides.find(|it| self.is_about(&ImageSpec::parse(it), &image.name))
    }

    fn set_override(&self, image: &ImageSpec, outcome: &mut Outcome) {
        let text = match &self.settings.kustomize_image_name {
            Some(name) => format!("{name}={}", image.full_name_with_tag()),
            None => image.full_name_with_tag(),
        };
        let wanted = ImageSpec::parse(&text);
        for written in &mut outcome.overrides {
            if self.is_about(&ImageSpec::parse(written), &wanted.name) {
                *written = wanted.to_string();
            }
        }
        match find_override(outcome.overrides.iter().map(String::as_str), &text) {
            Some(index) => outcome.overrides[index] = text,
            None => outcome.overrides.push(text),
        }
    }
}

/// Returns the images that run, and those that are to be treated as if they did.
fn live_images(
    application: &Application,
    settings: &UpdateSettings,
    images: &[ImageSpec],
) -> Vec<ImageSpec> {
    let kustomize = settings.kustomize_image_name.as_deref().map(ImageSpec::parse);
    let mut live: Vec<_> = application.live_images.iter().map(|it| ImageSpec::parse(it)).collect();
    for image in images.iter().filter(|_| settings.force_update) {
        if find_live(&live, image, kustomize.as_ref()).is_none() {
            live.push(ImageSpec { tag: None, digest: None, ..image.clone() });
        }
    }
    live
}

/// Finds the live image of a spec: the one that is overridden under another name, or else the image itself.
fn find_live<'l>(
    live: &'l [ImageSpec],
    image: &ImageSpec,
    kustomize: Option<&ImageSpec>,
) -> Option<&'l ImageSpec> {
    let find = |wanted: &ImageSpec| live.iter().find(|it| wanted.is_same_repository(it));
    kustomize.and_then(find).or_else(|| find(image))
}

/// Returns whether a secret lies in another namespace than the application.
fn is_foreign_secret(secret: &str, namespace: &str) -> bool {
    ["pullsecret:", "secret:"]
        .iter()
        .find_map(|prefix| secret.strip_prefix(prefix))
        .and_then(|it| it.split_once('/'))
        .is_some_and(|(owner, _)| owner != namespace)
}
