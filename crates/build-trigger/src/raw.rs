//! The documents as Cloud Build writes them: every field of its API by name, those that change nothing here unread.

use std::fmt;

use serde::Deserialize;
use serde::de::{IgnoredAny, MapAccess, Visitor};
use tidegate_yaml::Spanned;

type Text = Spanned<String>;

/// A mapping from text to text, in the order of the file.
#[derive(Debug, Default)]
pub(crate) struct Pairs(pub(crate) Vec<(Text, Text)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a mapping from names to texts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }

    fn visit_unit<E>(self) -> Result<Pairs, E> {
        Ok(Pairs::default())
    }
}

/// `BuildTrigger`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "read so that a misspelt name is noticed")]
#[expect(clippy::struct_field_names, reason = "the names are those of the API")]
pub(crate) struct Trigger {
    pub(crate) resource_name: Option<IgnoredAny>,
    pub(crate) id: Option<IgnoredAny>,
    pub(crate) create_time: Option<IgnoredAny>,
    pub(crate) event_type: Option<IgnoredAny>,
    pub(crate) include_build_logs: Option<IgnoredAny>,
    pub(crate) service_account: Option<IgnoredAny>,
    pub(crate) source_to_build: Option<IgnoredAny>,
    pub(crate) name: Text,
    pub(crate) description: Option<String>,
    #[serde(default)]
    pub(crate) tags: Vec<String>,
    pub(crate) github: Option<Spanned<Github>>,
    pub(crate) trigger_template: Option<Spanned<RepoSource>>,
    pub(crate) repository_event_config: Option<Spanned<RepositoryEvent>>,
    pub(crate) developer_connect_event_config: Option<Spanned<RepositoryEvent>>,
    pub(crate) bitbucket_server_trigger_config: Option<Spanned<RepositoryEvent>>,
    pub(crate) gitlab_enterprise_events_config: Option<Spanned<RepositoryEvent>>,
    pub(crate) pubsub_config: Option<Spanned<IgnoredAny>>,
    pub(crate) webhook_config: Option<Spanned<IgnoredAny>>,
    #[serde(default)]
    pub(crate) substitutions: Pairs,
    #[serde(default)]
    pub(crate) included_files: Vec<Text>,
    #[serde(default)]
    pub(crate) ignored_files: Vec<Text>,
    pub(crate) filter: Option<Text>,
    pub(crate) approval_config: Option<Approval>,
    #[serde(default)]
    pub(crate) disabled: bool,
    pub(crate) autodetect: Option<Spanned<bool>>,
    pub(crate) filename: Option<Text>,
    pub(crate) git_file_source: Option<Spanned<GitFile>>,
    pub(crate) build: Option<Build>,
}

/// `GitHubEventsConfig`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "read so that a misspelt name is noticed")]
pub(crate) struct Github {
    pub(crate) owner: Option<String>,
    pub(crate) name: Option<String>,
    pub(crate) installation_id: Option<IgnoredAny>,
    pub(crate) enterprise_config_resource_name: Option<IgnoredAny>,
    pub(crate) push: Option<Spanned<Push>>,
    pub(crate) pull_request: Option<IgnoredAny>,
}

/// `RepositoryEventConfig`, and its kin for other hosts.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "read so that a misspelt name is noticed")]
pub(crate) struct RepositoryEvent {
    pub(crate) repository: Option<String>,
    pub(crate) repository_type: Option<IgnoredAny>,
    pub(crate) git_repository_link: Option<String>,
    pub(crate) git_repository_link_type: Option<IgnoredAny>,
    pub(crate) repo_slug: Option<String>,
    pub(crate) project_key: Option<IgnoredAny>,
    pub(crate) project_namespace: Option<String>,
    pub(crate) bitbucket_server_config: Option<IgnoredAny>,
    pub(crate) bitbucket_server_config_resource: Option<IgnoredAny>,
    pub(crate) gitlab_config: Option<IgnoredAny>,
    pub(crate) gitlab_config_resource: Option<IgnoredAny>,
    pub(crate) push: Option<Spanned<Push>>,
    pub(crate) pull_request: Option<IgnoredAny>,
}

/// `PushFilter`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Push {
    pub(crate) branch: Option<Text>,
    pub(crate) tag: Option<Text>,
    #[serde(default)]
    pub(crate) invert_regex: bool,
}

/// `RepoSource`, as a trigger template.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "read so that a misspelt name is noticed")]
pub(crate) struct RepoSource {
    pub(crate) project_id: Option<IgnoredAny>,
    pub(crate) repo_name: Option<String>,
    pub(crate) dir: Option<IgnoredAny>,
    #[serde(default)]
    pub(crate) invert_regex: bool,
    pub(crate) substitutions: Option<IgnoredAny>,
    pub(crate) branch_name: Option<Text>,
    pub(crate) tag_name: Option<Text>,
    pub(crate) commit_sha: Option<Text>,
}

/// `ApprovalConfig`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Approval {
    #[serde(default)]
    pub(crate) approval_required: bool,
}

/// `GitFileSource`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "read so that a misspelt name is noticed")]
pub(crate) struct GitFile {
    pub(crate) path: Option<Text>,
    pub(crate) uri: Option<IgnoredAny>,
    pub(crate) repository: Option<IgnoredAny>,
    pub(crate) repo_type: Option<IgnoredAny>,
    pub(crate) revision: Option<IgnoredAny>,
    pub(crate) github_enterprise_config: Option<IgnoredAny>,
    pub(crate) bitbucket_server_config: Option<IgnoredAny>,
}

/// `Build`, as a configuration file has it. Cloud Build takes names in both spellings, `waitFor` and `wait_for`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "read so that a misspelt name is noticed")]
pub(crate) struct Build {
    #[serde(default)]
    pub(crate) steps: Vec<Spanned<Step>>,
    #[serde(default)]
    pub(crate) images: Vec<Text>,
    #[serde(default)]
    pub(crate) substitutions: Pairs,
    #[serde(default)]
    pub(crate) tags: Vec<Text>,
    pub(crate) options: Option<Options>,
    pub(crate) artifacts: Option<Artifacts>,
    pub(crate) source: Option<IgnoredAny>,
    pub(crate) timeout: Option<IgnoredAny>,
    #[serde(alias = "queue_ttl")]
    pub(crate) queue_ttl: Option<IgnoredAny>,
    #[serde(alias = "logs_bucket")]
    pub(crate) logs_bucket: Option<IgnoredAny>,
    #[serde(alias = "service_account")]
    pub(crate) service_account: Option<IgnoredAny>,
    pub(crate) secrets: Option<IgnoredAny>,
    #[serde(alias = "available_secrets")]
    pub(crate) available_secrets: Option<IgnoredAny>,
    pub(crate) dependencies: Option<IgnoredAny>,
    #[serde(alias = "git_config")]
    pub(crate) git_config: Option<IgnoredAny>,
}

/// `BuildStep`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "read so that a misspelt name is noticed")]
pub(crate) struct Step {
    pub(crate) name: Text,
    pub(crate) id: Option<String>,
    pub(crate) entrypoint: Option<Text>,
    #[serde(default)]
    pub(crate) args: Vec<Text>,
    #[serde(default)]
    pub(crate) env: Vec<Text>,
    pub(crate) dir: Option<Text>,
    pub(crate) script: Option<Text>,
    #[serde(alias = "automap_substitutions")]
    pub(crate) automap_substitutions: Option<IgnoredAny>,
    #[serde(alias = "secret_env")]
    pub(crate) secret_env: Option<IgnoredAny>,
    #[serde(alias = "wait_for")]
    pub(crate) wait_for: Option<IgnoredAny>,
    pub(crate) volumes: Option<IgnoredAny>,
    pub(crate) timeout: Option<IgnoredAny>,
    #[serde(alias = "allow_failure")]
    pub(crate) allow_failure: Option<IgnoredAny>,
    #[serde(alias = "allow_exit_codes")]
    pub(crate) allow_exit_codes: Option<IgnoredAny>,
}

/// `BuildOptions`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "read so that a misspelt name is noticed")]
pub(crate) struct Options {
    #[serde(default)]
    pub(crate) env: Vec<Text>,
    #[serde(alias = "substitution_option")]
    pub(crate) substitution_option: Option<SubstitutionOption>,
    #[serde(alias = "dynamic_substitutions")]
    pub(crate) dynamic_substitutions: Option<bool>,
    #[serde(alias = "automap_substitutions")]
    pub(crate) automap_substitutions: Option<bool>,
    #[serde(alias = "source_provenance_hash")]
    pub(crate) source_provenance_hash: Option<IgnoredAny>,
    #[serde(alias = "requested_verify_option")]
    pub(crate) requested_verify_option: Option<IgnoredAny>,
    #[serde(alias = "machine_type")]
    pub(crate) machine_type: Option<IgnoredAny>,
    #[serde(alias = "disk_size_gb")]
    pub(crate) disk_size_gb: Option<IgnoredAny>,
    #[serde(alias = "log_streaming_option")]
    pub(crate) log_streaming_option: Option<IgnoredAny>,
    #[serde(alias = "worker_pool")]
    pub(crate) worker_pool: Option<IgnoredAny>,
    pub(crate) pool: Option<IgnoredAny>,
    pub(crate) logging: Option<IgnoredAny>,
    #[serde(alias = "secret_env")]
    pub(crate) secret_env: Option<IgnoredAny>,
    pub(crate) volumes: Option<IgnoredAny>,
    #[serde(alias = "default_logs_bucket_behavior")]
    pub(crate) default_logs_bucket_behavior: Option<IgnoredAny>,
    #[serde(alias = "enable_structured_logging")]
    pub(crate) enable_structured_logging: Option<IgnoredAny>,
    #[serde(alias = "pubsub_topic")]
    pub(crate) pubsub_topic: Option<IgnoredAny>,
}

/// `SubstitutionOption`: read so that a misspelt one is noticed. For builds of triggers Cloud Build always takes
/// `ALLOW_LOOSE`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum SubstitutionOption {
    MustMatch,
    AllowLoose,
}

/// `Artifacts`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[expect(dead_code, reason = "read so that a misspelt name is noticed")]
#[expect(clippy::struct_field_names, reason = "the names are those of the API")]
pub(crate) struct Artifacts {
    #[serde(default)]
    pub(crate) images: Vec<Text>,
    pub(crate) objects: Option<IgnoredAny>,
    #[serde(alias = "maven_artifacts")]
    pub(crate) maven_artifacts: Option<IgnoredAny>,
    #[serde(alias = "python_packages")]
    pub(crate) python_packages: Option<IgnoredAny>,
    #[serde(alias = "npm_packages")]
    pub(crate) npm_packages: Option<IgnoredAny>,
    #[serde(alias = "go_modules")]
    pub(crate) go_modules: Option<IgnoredAny>,
    #[serde(alias = "generic_artifacts")]
    pub(crate) generic_artifacts: Option<IgnoredAny>,
}
