use std::collections::BTreeMap;

/// Label of an image: the environment that its settings were baked in for.
///
/// ```
/// use tidegate_image_update::ENVIRONMENT_LABEL;
///
/// // What a build of `tomoda/web` for prod is given.
/// assert_eq!(format!("--label={ENVIRONMENT_LABEL}=prod"), "--label=dev.tidegate.environment=prod");
/// ```
pub const ENVIRONMENT_LABEL: &str = "dev.tidegate.environment";
/// Label of an image: the hash of its baked settings.
///
/// ```
/// use std::collections::BTreeMap;
/// use tidegate_image_update::{BakedError, BakedSettings, ENVIRONMENT_LABEL, SETTINGS_LABEL, check_baked};
///
/// let label = |key: &str, value: &str| (key.to_owned(), value.to_owned());
/// let labels = BTreeMap::from([label(ENVIRONMENT_LABEL, "prod"), label(SETTINGS_LABEL, "5h2k9t")]);
/// let error = check_baked(&labels, BakedSettings { environment: "prod", settings: Some("7m4c8b") });
/// assert!(matches!(error, Err(BakedError::OtherSettings { actual, .. }) if actual == "5h2k9t"));
/// ```
pub const SETTINGS_LABEL: &str = "dev.tidegate.settings";

/// The settings that an environment expects an image to be baked with.
///
/// ```
/// use std::collections::BTreeMap;
/// use tidegate_image_update::{BakedSettings, ENVIRONMENT_LABEL, SETTINGS_LABEL, check_baked};
///
/// let labels = BTreeMap::from([
///     (ENVIRONMENT_LABEL.to_owned(), "prod".to_owned()),
///     (SETTINGS_LABEL.to_owned(), "5h2k9t".to_owned()),
/// ]);
/// let expected = BakedSettings { environment: "prod", settings: Some("5h2k9t") };
/// assert_eq!(check_baked(&labels, expected), Ok(()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BakedSettings<'a> {
    /// The environment.
    pub environment: &'a str,
    /// The hash of the settings, where it is to be compared.
    pub settings: Option<&'a str>,
}

/// An image is baked for something else. It can't be mended by a manifest: it has to be built again.
///
/// ```
/// use std::collections::BTreeMap;
/// use tidegate_image_update::{BakedError, BakedSettings, check_baked};
///
/// let error = check_baked(&BTreeMap::new(), BakedSettings { environment: "prod", settings: None });
/// assert_eq!(error, Err(BakedError::Unlabelled { label: "dev.tidegate.environment" }));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BakedError {
    /// The image does not say what it was baked for.
    #[error("the image has no label {label}: rebuild it with its settings recorded")]
    Unlabelled {
        /// The label.
        label: &'static str,
    },
    /// Another environment.
    #[error("the image was baked for {actual}, not for {expected}: rebuild it for {expected}")]
    OtherEnvironment {
        /// The environment that was expected.
        expected: String,
        /// The one in the label.
        actual: String,
    },
    /// The same environment with other values.
    #[error(
        "the image was baked with other settings ({actual}) than {environment} has now ({expected}): rebuild it"
    )]
    OtherSettings {
        /// The environment.
        environment: String,
        /// The hash that was expected.
        expected: String,
        /// The one in the label.
        actual: String,
    },
}

/// Checks that an image's labels say what an environment expects.
///
/// # Errors
///
/// See [`BakedError`].
///
/// # Examples
///
/// ```
/// use std::collections::BTreeMap;
/// use tidegate_image_update::{BakedSettings, ENVIRONMENT_LABEL, check_baked};
///
/// let labels = BTreeMap::from([(ENVIRONMENT_LABEL.to_owned(), "dev".to_owned())]);
/// let prod = BakedSettings { environment: "prod", settings: None };
/// let error = check_baked(&labels, prod).unwrap_err();
/// assert_eq!(error.to_string(), "the image was baked for dev, not for prod: rebuild it for prod");
/// ```
pub fn check_baked(
    labels: &BTreeMap<String, String>,
    expected: BakedSettings<'_>,
) -> Result<(), BakedError> {
    let label = |label| labels.get(label).ok_or(BakedError::Unlabelled { label });
    let actual = label(ENVIRONMENT_LABEL)?;
    if actual != expected.environment {
        return Err(BakedError::OtherEnvironment {
            expected: expected.environment.to_owned(),
            actual: actual.clone(),
        });
    }
    let Some(settings) = expected.settings else { return Ok(()) };
    let actual = label(SETTINGS_LABEL)?;
    if actual != settings {
        return Err(BakedError::OtherSettings {
            environment: expected.environment.to_owned(),
            expected: settings.to_owned(),
            actual: actual.clone(),
        });
    }
    Ok(())
}

/// A baked setting whose value changed: the image has to be built again.
///
/// ```
/// use std::collections::BTreeMap;
/// use tidegate_image_update::{SettingChange, changed_settings};
///
/// let settings = BTreeMap::from([("EXPO_PUBLIC_API".to_owned(), "https://api.example".to_owned())]);
/// let (name, to) = ("EXPO_PUBLIC_API".into(), Some("https://api.example".into()));
/// assert_eq!(changed_settings(&BTreeMap::new(), &settings), [SettingChange { name, from: None, to }]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SettingChange {
    /// Its name.
    pub name: String,
    /// The value that images have; `None` where it is new.
    pub from: Option<String>,
    /// The value that is wanted; `None` where it goes.
    pub to: Option<String>,
}

/// Lists the baked settings that differ, by name. Nothing that it lists can be brought about by a manifest.
///
/// ```
/// use std::collections::BTreeMap;
/// use tidegate_image_update::changed_settings;
///
/// let settings = |api: &str| BTreeMap::from([("EXPO_PUBLIC_API".to_owned(), api.to_owned())]);
/// let changes = changed_settings(&settings("https://a.example"), &settings("https://b.example"));
/// assert_eq!(changes[0].name, "EXPO_PUBLIC_API");
/// assert!(changed_settings(&settings("x"), &settings("x")).is_empty());
/// ```
#[must_use]
pub fn changed_settings(
    from: &BTreeMap<String, String>,
    to: &BTreeMap<String, String>,
) -> Vec<SettingChange> {
    let names: std::collections::BTreeSet<&String> = from.keys().chain(to.keys()).collect();
    let changes = names.into_iter().map(|name| SettingChange {
        name: name.clone(),
        from: from.get(name).cloned(),
        to: to.get(name).cloned(),
    });
    changes.filter(|it| it.from != it.to).collect()
}
