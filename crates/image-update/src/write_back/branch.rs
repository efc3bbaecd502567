use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::message::ImageChange;
use crate::template::{Template, TemplateError, TemplateValue};

/// A branch name is cut to this many bytes.
///
/// Source: argocd-image-updater `pkg/argocd/git.go`, `TemplateBranchName`.
///
/// ```
/// use tidegate_image_update::{BRANCH_LIMIT, branch_name};
///
/// let name = branch_name(&"a".repeat(300), "argocd", "tomoda", "", &[])?;
/// assert_eq!(name.len(), BRANCH_LIMIT);
/// # Ok::<(), tidegate_image_update::TemplateError>(())
/// ```
pub const BRANCH_LIMIT: usize = 255;

/// The branches of `gitConfig.branch`, `[BASE][:PUSH]`.
///
/// ```
/// use tidegate_image_update::BranchSetting;
///
/// // Nothing behind the colon, nothing before it: both are left to the Application.
/// let setting = BranchSetting::parse("")?;
/// assert_eq!((setting.checkout, setting.push), (None, None));
/// # Ok::<(), tidegate_image_update::BranchSettingError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct BranchSetting {
    /// The branch that is checked out; `None` leaves it to the Application's target revision.
    pub checkout: Option<String>,
    /// The template of the branch that is pushed; `None` pushes the one that was checked out.
    pub push: Option<String>,
}

/// The setting has more than one colon. `Display` is Image Updater's own message.
///
/// ```
/// use tidegate_image_update::BranchSetting;
///
/// let error = BranchSetting::parse("main:images:next").unwrap_err();
/// assert_eq!(error.0, "main:images:next");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("invalid format for git-branch: {0}")]
pub struct BranchSettingError(pub String);

impl BranchSetting {
    /// Reads the setting; blanks around it do not count.
    ///
    /// Source: argocd-image-updater `pkg/argocd/update.go`, `parseGitConfig`.
    ///
    /// # Errors
    ///
    /// [`BranchSettingError`] when there is more than one colon.
    ///
    /// # Examples
    ///
    /// ```
    /// use tidegate_image_update::BranchSetting;
    ///
    /// let setting = BranchSetting::parse("main:images-{{.SHA256}}")?;
    /// assert_eq!(setting.checkout.as_deref(), Some("main"));
    /// assert_eq!(setting.push.as_deref(), Some("images-{{.SHA256}}"));
    /// assert!(BranchSetting::parse("main:images:{{.SHA256}}").is_err());
    /// # Ok::<(), tidegate_image_update::BranchSettingError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, BranchSettingError> {
        let mut parts = text.trim().split(':');
        let mut next = || parts.next().filter(|it| !it.is_empty()).map(str::to_owned);
        let (checkout, push) = (next(), next());
        match parts.next() {
            None => Ok(Self { checkout, push }),
            Some(_) => Err(BranchSettingError(text.to_owned())),
        }
    }
}

/// A source of an Application, as far as choosing a branch looks at it.
///
/// ```
/// use tidegate_image_update::{GitSource, checkout_branch};
///
/// let source = GitSource {
///     repository: "https://git.example/tomoda/ops".into(),
///     target_revision: "main".into(),
///     helm: false,
///     kustomize: true,
/// };
/// assert_eq!(checkout_branch(&[source], None), Some("main"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct GitSource {
    /// `repoURL`
    pub repository: String,
    /// `targetRevision`; empty for none.
    pub target_revision: String,
    /// It has a `helm` block.
    pub helm: bool,
    /// It has a `kustomize` block.
    pub kustomize: bool,
}

/// Returns the revision that Image Updater checks out when `gitConfig.branch` names none: with several sources that
/// of the source with the configured repository; otherwise that of the first source with a Helm or Kustomize block,
/// or of the first. Empty or `HEAD` means the remote's default branch.
///
/// Source: argocd-image-updater `pkg/argocd/git.go`, `getWriteBackBranch`, and `getApplicationSource`.
///
/// ```
/// use tidegate_image_update::{GitSource, checkout_branch};
///
/// let source = |repository: &str, revision: &str| GitSource {
///     repository: repository.to_owned(),
///     target_revision: revision.to_owned(),
///     helm: false,
///     kustomize: false,
/// };
/// let sources = [source("https://a.example/charts", "1.2"), source("https://a.example/ops", "main")];
/// assert_eq!(checkout_branch(&sources, Some("https://a.example/ops")), Some("main"));
/// assert_eq!(checkout_branch(&sources, None), Some("1.2"));
/// ```
#[must_use]
pub fn checkout_branch<'s>(
    sources: &'s [GitSource],
    git_repository: Option<&str>,
) -> Option<&'s str> {
    let named = |repository: &&str| !repository.is_empty() && sources.len() > 1;
    let configured = git_repository
        .filter(named)
        .and_then(|repository| sources.iter().find(|it| it.repository == repository));
    let rendered = || sources.iter().find(|it| it.helm || it.kustomize);
    let source = configured.or_else(rendered).or(sources.first());
    source.map(|it| it.target_revision.as_str())
}

/// Fills the template of a push branch: fields `.Images` (`.Name .Alias .OldTag .NewTag`), `.SHA256`, `.AppName`,
/// `.AppNamespace`, `.TargetKey`. The result is cut to [`BRANCH_LIMIT`] bytes, here never within a character.
///
/// Source: argocd-image-updater `pkg/argocd/git.go`, `TemplateBranchName`.
///
/// # Errors
///
/// Those of [`Template::parse`] and [`Template::render`]. Image Updater then writes nothing.
///
/// # Examples
///
/// ```
/// use tidegate_image_update::{ImageChange, ImageTag, branch_name};
/// use tidegate_tag_policy::ImageSpec;
///
/// let change = ImageChange {
///     image: ImageSpec::parse("ghcr.io/acme/web"),
///     old: ImageTag::named("1.3"),
///     new: ImageTag::named("1.4"),
///     labels: Default::default(),
/// };
/// let template = "{{.AppName}}{{range .Images}}-{{.Name}}-{{.NewTag}}{{end}}";
/// assert_eq!(branch_name(template, "prod", "shop", "", &[change])?, "shop-acme/web-1.4");
/// # Ok::<(), tidegate_image_update::TemplateError>(())
/// ```
pub fn branch_name(
    template: &str,
    app_namespace: &str,
    app: &str,
    target_key: &str,
    changes: &[ImageChange],
) -> Result<String, TemplateError> {
    let text = |it: &dyn std::fmt::Display| TemplateValue::Text(it.to_string());
    let mut hash = Sha256::new();
    let mut images = Vec::new();
    for change in changes {
        hash.update(format!("{}-{}-{},", change.image.name, change.old, change.new));
        images.push(TemplateValue::Record(vec![
            ("Name", text(&change.image.name)),
            ("Alias", text(&change.image.alias.as_deref().unwrap_or_default())),
            ("OldTag", text(&change.old)),
            ("NewTag", text(&change.new)),
        ]));
    }
    let mut hex = String::new();
    for byte in hash.finalize() {
        write!(hex, "{byte:02x}").expect("a string takes all that is written");
    }
    let data = TemplateValue::Record(vec![
        ("AppNamespace", text(&app_namespace)),
        ("AppName", text(&app)),
        ("TargetKey", text(&target_key)),
        ("Images", TemplateValue::List(images)),
        ("SHA256", TemplateValue::Text(hex)),
    ]);
    let mut name = Template::parse(template)?.render(&data)?;
    let cut = (0..=BRANCH_LIMIT.min(name.len())).rev().find(|at| name.is_char_boundary(*at));
    name.truncate(cut.unwrap_or(0));
    Ok(name)
}
