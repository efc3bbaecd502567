use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use tidegate_yaml::Spanned;

/// The configuration of an application: `tidegate.yaml` at the root of its repository.
///
/// No field repeats what a manifest says: replicas, hosts and limits are read from the render. Paths in `registry`,
/// `devops.remote` and `cluster` are relative to the file; other paths are relative to their repository.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[schemars(title = "tidegate.yaml")]
pub struct Config {
    /// The format of this file: `tidegate/v1`.
    #[schemars(with = "String")]
    pub api_version: Spanned<String>,
    /// The name of the application.
    #[schemars(with = "String")]
    pub application: Spanned<String>,
    /// The application's own repository.
    #[serde(default)]
    pub repository: Repository,
    /// Components that are versioned and tagged together.
    pub groups: Vec<Group>,
    /// What is built and deployed.
    pub components: Vec<Component>,
    /// How images come to be.
    #[serde(default)]
    pub builds: Builds,
    /// Where images are kept.
    pub registry: Registry,
    /// The repository that says what runs.
    pub devops: Devops,
    /// Where the application runs.
    pub environments: Vec<Environment>,
    /// The environment that commands mean when `--env` is not given.
    #[schemars(with = "Option<String>")]
    #[serde(default)]
    pub default_environment: Option<Spanned<String>>,
    /// Who does each box; `tidegate` unless something else is named.
    #[serde(default)]
    pub roles: Roles,
}

/// The application's own repository.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Repository {
    /// The remote that releases are pushed to.
    pub remote: String,
    /// The branches that may be released from; `*` stands for any text. The first without one is the main branch.
    pub branches: Vec<String>,
    /// The name that Cloud Build knows the repository by (`$REPO_NAME`); the application's name unless given.
    pub name: Option<String>,
}

impl Default for Repository {
    fn default() -> Self {
        Self {
            remote: "origin".to_owned(),
            branches: vec!["main".to_owned(), "release/*".to_owned()],
            name: None,
        }
    }
}

impl Repository {
    /// Returns the main branch, whose commits are deployed to environments that follow a tag such as `latest`.
    #[must_use]
    pub fn main(&self) -> &str {
        self.branches.iter().find(|it| !it.contains('*')).map_or("main", String::as_str)
    }
}

/// Components that are versioned and tagged together.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Group {
    /// The name of the group.
    #[schemars(with = "String")]
    pub name: Spanned<String>,
    /// The template of its tags, with `{version}` once: `v{version}`.
    #[schemars(with = "String")]
    pub tag: Spanned<String>,
    /// The files that hold its version. They have to agree.
    #[schemars(with = "Vec<VersionFile>")]
    pub files: Vec<Spanned<VersionFile>>,
}

/// A file that holds a version: a path, or a path and a pattern.
///
/// Of a path alone the format follows from the name: `Cargo.toml`, `package.json`, anything else a plain file.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(untagged)]
pub enum VersionFile {
    /// A path.
    Path(String),
    /// A version inside any text file.
    Pattern {
        /// The path of the file.
        path: String,
        /// A regular expression (RE2 syntax) whose first group is the version.
        pattern: String,
    },
}

impl VersionFile {
    /// Returns the path.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Path(path) | Self::Pattern { path, .. } => path,
        }
    }

    /// Returns the pattern, where one is given.
    #[must_use]
    pub fn pattern(&self) -> Option<&str> {
        match self {
            Self::Path(_) => None,
            Self::Pattern { pattern, .. } => Some(pattern),
        }
    }
}

/// Reads a text as a path and a mapping as path and pattern, so that a mistake in the mapping is said as what it is.
impl<'de> Deserialize<'de> for VersionFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct WithPattern {
            path: String,
            pattern: String,
        }

        struct PathOrMapping;

        impl<'de> Visitor<'de> for PathOrMapping {
            type Value = VersionFile;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a path, or `path` and `pattern`")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<VersionFile, E> {
                Ok(VersionFile::Path(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<VersionFile, A::Error> {
                let WithPattern { path, pattern } =
                    WithPattern::deserialize(serde::de::value::MapAccessDeserializer::new(map))?;
                Ok(VersionFile::Pattern { path, pattern })
            }
        }

        deserializer.deserialize_any(PathOrMapping)
    }
}

/// What is built and deployed: a service with an image, or something that this road does not deploy.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Component {
    /// The name of the component.
    #[schemars(with = "String")]
    pub name: Spanned<String>,
    /// The group that versions it.
    #[schemars(with = "String")]
    pub group: Spanned<String>,
    /// The name of its image below an environment's `images`.
    #[schemars(with = "Option<String>")]
    #[serde(default)]
    pub image: Option<Spanned<String>>,
    /// The folder that the embedded builder makes an image of.
    #[schemars(with = "Option<String>")]
    #[serde(default)]
    pub context: Option<Spanned<String>>,
    /// Whether two pods of it must not serve at once, except while one takes over from the other.
    #[serde(default)]
    pub singleton: bool,
    /// The prefix of the public settings that a build bakes into its image: `EXPO_PUBLIC_`.
    #[serde(default)]
    pub baked: Option<String>,
    /// Where it goes instead, for a component that this road does not deploy.
    #[schemars(with = "Option<String>")]
    #[serde(default)]
    pub elsewhere: Option<Spanned<String>>,
    /// Whether an image without a revision label is refused.
    #[serde(default)]
    pub require_revision: bool,
}

/// How images come to be.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Builds {
    /// The folder of the trigger definitions, as Cloud Build exports them. Without it each component's image is
    /// expected under the tag of the release, and under `latest` for a build of the main branch.
    #[schemars(with = "Option<String>")]
    pub triggers: Option<Spanned<String>>,
}

/// Where images are kept.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Registry {
    /// A folder of OCI image layouts, one for each image repository, at the path of the repository's name.
    #[schemars(with = "String")]
    pub layouts: Spanned<String>,
}

/// The repository that says what runs.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Devops {
    /// A URL, or a path relative to this file.
    #[schemars(with = "String")]
    pub remote: Spanned<String>,
    /// The branch that the reconciler follows.
    #[serde(default = "main_branch")]
    pub branch: String,
    /// The folder of the application, with its overlays below.
    #[schemars(with = "String")]
    pub path: Spanned<String>,
    /// The folder of the holds; it must lie outside what is rendered.
    #[serde(default = "holds_folder")]
    pub holds: String,
    /// A Go template of the messages of image commits, with `.Environment`, `.Action` (`deploy` or `rollback`) and
    /// `.Updates`, each with `.Component .OldTag .NewTag .OldDigest .NewDigest`.
    #[schemars(with = "Option<String>")]
    #[serde(default)]
    pub message: Option<Spanned<String>>,
}

fn main_branch() -> String {
    "main".to_owned()
}

fn holds_folder() -> String {
    "k8s/holds".to_owned()
}

/// Where the application runs.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Environment {
    /// The name of the environment.
    #[schemars(with = "String")]
    pub name: Spanned<String>,
    /// The folder of its overlay below `devops.path`.
    #[schemars(with = "String")]
    pub overlay: Spanned<String>,
    /// The image repositories' common prefix.
    #[schemars(with = "String")]
    pub images: Spanned<String>,
    /// Which tag is the newest.
    pub policy: Policy,
    /// The values that a component's baked settings have to have here, by name.
    #[serde(default)]
    pub baked: BTreeMap<String, String>,
    /// The Argo CD Application in the devops repository, where there is one.
    #[schemars(with = "Option<String>")]
    #[serde(default)]
    pub application: Option<Spanned<String>>,
    /// The cluster.
    pub cluster: Cluster,
    /// Who does each box here, where it differs from the top of the file.
    #[serde(default)]
    pub roles: Option<Roles>,
}

/// Which tag is the newest: exactly one of the fields.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub enum Policy {
    /// The greatest version that a constraint takes; `*` takes every release and no pre-release.
    Semver(#[schemars(with = "String")] Spanned<String>),
    /// The digest behind a tag.
    Digest(#[schemars(with = "String")] Spanned<String>),
}

/// The cluster: exactly one of the fields.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub enum Cluster {
    /// The state file of a simulated cluster, relative to this file.
    Simulated(#[schemars(with = "String")] Spanned<String>),
    /// The name of a context of the user's kubeconfig. It is never applied to from here.
    Context(#[schemars(with = "String")] Spanned<String>),
}

/// Who does each box.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase", default)]
pub struct Roles {
    /// Who builds images: `tidegate`, or a name such as `cloud-build`, which is then waited for.
    pub builder: String,
    /// Who edits overrides: `tidegate`, or a name such as `argocd-image-updater`.
    pub updater: String,
    /// Who applies: `tidegate`, or a name such as `argocd`.
    pub reconciler: String,
}

/// The name of ourselves among the roles.
pub const OURSELVES: &str = "tidegate";

impl Default for Roles {
    fn default() -> Self {
        let ourselves = || OURSELVES.to_owned();
        Self { builder: ourselves(), updater: ourselves(), reconciler: ourselves() }
    }
}
