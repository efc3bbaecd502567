use std::collections::BTreeMap;

use tidegate_tag_policy::ImageSpec;

use super::identifier::ImageTag;
use crate::template::{Template, TemplateValue};

/// Image Updater's own template of a commit message.
///
/// Source: argocd-image-updater, `DefaultGitCommitMessage`.
///
/// ```
/// use tidegate_image_update::{DEFAULT_COMMIT_MESSAGE, Template, write_back_message};
///
/// let message = write_back_message(&Template::parse(DEFAULT_COMMIT_MESSAGE)?, "tomoda", &[]);
/// assert_eq!(message.lines().next(), Some("build: automatic update of tomoda"));
/// # Ok::<(), tidegate_image_update::TemplateError>(())
/// ```
pub const DEFAULT_COMMIT_MESSAGE: &str = "build: automatic update of {{ .AppName }}

{{ range .AppChanges -}}
updates image {{ .Image }} tag '{{ .OldTag }}' to '{{ .NewTag }}'
{{ end -}}
";

/// One image that Image Updater changes.
///
/// ```
/// use tidegate_image_update::{DEFAULT_COMMIT_MESSAGE, ImageChange, ImageTag, Template, write_back_message};
/// use tidegate_tag_policy::ImageSpec;
///
/// let change = ImageChange {
///     image: ImageSpec::parse("registry.example/tomoda/backend"),
///     old: ImageTag::named("1.3.0"),
///     new: ImageTag::named("1.4.0"),
///     labels: Default::default(),
/// };
/// let message = write_back_message(&Template::parse(DEFAULT_COMMIT_MESSAGE)?, "tomoda", &[change]);
/// assert!(message.contains("updates image tomoda/backend tag '1.3.0' to '1.4.0'"));
/// # Ok::<(), tidegate_image_update::TemplateError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageChange {
    /// The image; its own tag does not matter.
    pub image: ImageSpec,
    /// What was live.
    pub old: ImageTag,
    /// What it becomes.
    pub new: ImageTag,
    /// The labels of the new image, where they were read.
    pub labels: BTreeMap<String, String>,
}

/// Fills the template of a commit message: fields `.AppName` and `.AppChanges` (`.Image .OldTag .NewTag .Labels`).
/// Where the template can't be filled, the message is `build: update of application APP`.
///
/// Source: argocd-image-updater `pkg/argocd/git.go`, `TemplateCommitMessage`.
///
/// ```
/// use tidegate_image_update::{ImageChange, ImageTag, Template, write_back_message};
/// use tidegate_tag_policy::ImageSpec;
///
/// let change = ImageChange {
///     image: ImageSpec::parse("ghcr.io/acme/web"),
///     old: ImageTag::named("1.3"),
///     new: ImageTag::named("1.4"),
///     labels: Default::default(),
/// };
/// let template = Template::parse("{{.AppName}}:{{range .AppChanges}} {{.Image}} {{.OldTag}} -> {{.NewTag}}{{end}}")?;
/// assert_eq!(write_back_message(&template, "shop", &[change]), "shop: acme/web 1.3 -> 1.4");
/// # Ok::<(), tidegate_image_update::TemplateError>(())
/// ```
#[must_use]
pub fn write_back_message(template: &Template, app: &str, changes: &[ImageChange]) -> String {
    let text = |it: &dyn std::fmt::Display| TemplateValue::Text(it.to_string());
    let changes = changes.iter().map(|change| {
        TemplateValue::Record(vec![
            ("Image", text(&change.image.name)),
            ("OldTag", text(&change.old)),
            ("NewTag", text(&change.new)),
            ("Labels", TemplateValue::Map(change.labels.clone())),
        ])
    });
    let data = TemplateValue::Record(vec![
        ("AppName", text(&app)),
        ("AppChanges", TemplateValue::List(changes.collect())),
    ]);
    template.render(&data).unwrap_or_else(|_| format!("build: update of application {app}"))
}
