use tidegate_kustomize::FILE_NAMES;

/// What Image Updater writes to, as a path in the repository.
///
/// ```
/// use tidegate_image_update::{Target, write_back_target};
///
/// let target = write_back_target(None, "prod", "tomoda", "", "argocd")?;
/// assert_eq!(target, Target::File { path: "prod/.argocd-source-tomoda.yaml".into() });
/// # Ok::<(), tidegate_image_update::TargetError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// The `images:` of the kustomization in this folder; `.` is the root.
    Kustomization {
        /// The folder.
        directory: String,
    },
    /// This file: Helm values, or an override file that Argo CD merges into the source's parameters.
    File {
        /// Its path.
        path: String,
    },
}

/// A kustomization would be overwritten by parameters. `Display` begins with Image Updater's own words.
///
/// ```
/// use tidegate_image_update::{TargetError, write_back_target};
///
/// let error: TargetError = write_back_target(Some("prod/kustomization.yaml"), "prod", "tomoda", "", "argocd").unwrap_err();
/// assert_eq!(error.target, "prod/kustomization.yaml");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "git write-back target {target:?} looks like a standard kustomization file; write `kustomization:PATH`"
)]
pub struct TargetError {
    /// The setting.
    pub target: String,
}

/// No file of a kustomization's names lies in the folder. `Display` is Image Updater's own message.
///
/// ```
/// use tidegate_image_update::{NoKustomization, find_kustomization};
///
/// assert_eq!(find_kustomization("prod", &["values.yaml"]), Err(NoKustomization("prod".into())));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("could not find kustomization in {0}")]
pub struct NoKustomization(pub String);

/// Returns the path that the setting `writeBackTarget` means for an Application whose source lies at `source_path`.
///
/// `kustomization` and `helmvalues` are the source's own, with `:PATH` another one relative to it, with `:/PATH` one
/// relative to the repository; any other text is a file as it stands. Without a setting it is the override file of
/// [`default_override_file`].
///
/// Source: argocd-image-updater `pkg/argocd/update.go` (`parseKustomizeBase`, `parseTarget`) and `argocd.go`
/// (`newWBCFromSettings`).
///
/// # Errors
///
/// [`TargetError`] when the setting names a kustomization file itself.
///
/// # Examples
///
/// ```
/// use tidegate_image_update::{Target, write_back_target};
///
/// let target = |setting| write_back_target(Some(setting), "apps/shop", "shop", "", "argocd");
/// let directory = "apps/base".to_owned();
/// assert_eq!(target("kustomization:../base")?, Target::Kustomization { directory });
/// assert_eq!(target("helmvalues")?, Target::File { path: "apps/shop/values.yaml".to_owned() });
/// assert!(target("apps/shop/kustomization.yaml").is_err());
/// # Ok::<(), tidegate_image_update::TargetError>(())
/// ```
pub fn write_back_target(
    setting: Option<&str>,
    source_path: &str,
    app: &str,
    app_namespace: &str,
    controller_namespace: &str,
) -> Result<Target, TargetError> {
    let Some(setting) = setting else {
        let path = default_override_file(source_path, app, app_namespace, controller_namespace);
        return Ok(Target::File { path });
    };
    if let Some(rest) = setting.strip_prefix("kustomization") {
        return Ok(Target::Kustomization { directory: relative(rest, source_path, ".") });
    }
    if let Some(rest) = setting.strip_prefix("helmvalues") {
        return Ok(Target::File { path: relative(rest, source_path, "values.yaml") });
    }
    let name = setting.rsplit('/').next().unwrap_or(setting);
    if FILE_NAMES.contains(&name) {
        return Err(TargetError { target: setting.to_owned() });
    }
    Ok(Target::File { path: setting.to_owned() })
}

/// Reads what stands behind the prefix: nothing, or a delimiter and a path.
fn relative(rest: &str, source_path: &str, default: &str) -> String {
    let mut chars = rest.chars();
    if chars.next().is_none() {
        return join(source_path, default);
    }
    let path = chars.as_str();
    match path.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => join(source_path, path),
    }
}

/// Returns the path of the override file that is written when nothing else is set: `.argocd-source-APP.yaml` beside
/// the source, with the namespace before the name where it is not the controller's.
///
/// Source: argocd-image-updater `pkg/argocd/update.go`, `parseDefaultTarget`.
///
/// ```
/// use tidegate_image_update::default_override_file;
///
/// let file = default_override_file("apps/shop", "shop", "team-a", "argocd");
/// assert_eq!(file, "apps/shop/.argocd-source-team-a_shop.yaml");
/// ```
#[must_use]
pub fn default_override_file(
    source_path: &str,
    app: &str,
    app_namespace: &str,
    controller_namespace: &str,
) -> String {
    let own = app_namespace.is_empty()
        || app_namespace == controller_namespace
        || controller_namespace == "default";
    let name = if own {
        format!(".argocd-source-{app}.yaml")
    } else {
        format!(".argocd-source-{app_namespace}_{app}.yaml")
    };
    join(source_path, &name)
}

/// Returns the path of the kustomization file in a folder. `files` are the names in that folder, or paths in the
/// repository; a name without a folder counts as lying in it.
///
/// Source: argocd-image-updater `pkg/argocd/git.go`, `findKustomization`.
///
/// # Errors
///
/// [`NoKustomization`] when there is none.
///
/// # Examples
///
/// ```
/// use tidegate_image_update::find_kustomization;
///
/// let files = ["Kustomization", "kustomization.yml"];
/// assert_eq!(find_kustomization("apps/shop", &files)?, "apps/shop/kustomization.yml");
/// assert!(find_kustomization("apps", &["apps/shop/kustomization.yml"]).is_err());
/// # Ok::<(), tidegate_image_update::NoKustomization>(())
/// ```
pub fn find_kustomization(directory: &str, files: &[&str]) -> Result<String, NoKustomization> {
    let exists = |name: &&&str| {
        let path = join(directory, name);
        files.iter().any(|file| file == *name || join(file, ".") == path)
    };
    match FILE_NAMES.iter().find(exists) {
        Some(name) => Ok(join(directory, name)),
        None => Err(NoKustomization(directory.to_owned())),
    }
}

/// Joins two paths and cleans the result as Go's `filepath.Join` does: `.` and `..` are resolved in the text.
fn join(one: &str, other: &str) -> String {
    let parts = [one, other].into_iter().filter(|it| !it.is_empty());
    let path = parts.collect::<Vec<_>>().join("/");
    if path.is_empty() {
        return path;
    }
    let rooted = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if kept.last().is_some_and(|it| *it != "..") => {
                kept.pop();
            }
            ".." if rooted => {}
            part => kept.push(part),
        }
    }
    match (rooted, kept.is_empty()) {
        (true, _) => format!("/{}", kept.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => kept.join("/"),
    }
}
