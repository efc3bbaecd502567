use std::collections::BTreeMap;

use tidegate_image_ref::ImageReference;
use tidegate_image_update::Template;
use tidegate_source::{Diagnostic, Label, Mark, SourceId, nearest};
use tidegate_tag_policy::Constraint;
use tidegate_version_bump::TagTemplate;
use tidegate_yaml::Spanned;

use super::model::{Config, Policy};

/// The format that this program reads.
const API_VERSION: &str = "tidegate/v1";

/// Returns everything that is wrong with a configuration whose fields are known and of the right kind.
pub(super) fn check(config: &Config, source: SourceId) -> Vec<Diagnostic> {
    let mut check = Check { source, found: Vec::new() };
    check.format(config);
    check.groups(config);
    check.components(config);
    check.places(config);
    check.environments(config);
    check.found
}

struct Check {
    source: SourceId,
    found: Vec<Diagnostic>,
}

impl Check {
    fn say(
        &mut self,
        at: &Spanned<String>,
        code: &'static str,
        message: String,
        label: String,
        help: String,
    ) {
        let mark = Mark::new(self.source, at.span);
        let mut diagnostic = Diagnostic::error(code, message).at(Label::new(mark, label));
        if !help.is_empty() {
            diagnostic = diagnostic.help(help);
        }
        self.found.push(diagnostic);
    }

    fn format(&mut self, config: &Config) {
        if config.api_version.value != API_VERSION {
            self.say(
                &config.api_version,
                "config-version",
                format!(
                    "`apiVersion` is `{}`, which this program does not read",
                    config.api_version.value
                ),
                String::new(),
                format!("write `apiVersion: {API_VERSION}`"),
            );
        }
        if let Some(wrong) = config.application.value.chars().find(|c| !name_character(*c)) {
            self.say(
                &config.application,
                "config-name",
                format!("`application` holds {wrong:?}; it becomes part of file names"),
                String::new(),
                "use lower-case letters, digits and `-`".to_owned(),
            );
        }
    }

    fn groups(&mut self, config: &Config) {
        self.unique("group", config.groups.iter().map(|group| &group.name));
        if config.groups.is_empty() {
            self.say(
                &config.application,
                "config-groups",
                "`groups` is empty: there is no version to release".to_owned(),
                String::new(),
                "name a group with a tag template and its version files".to_owned(),
            );
        }
        for group in &config.groups {
            if let Err(error) = group.tag.value.parse::<TagTemplate>() {
                self.say(
                    &group.tag,
                    "config-tag-template",
                    format!(
                        "the tag template of group `{}` is not usable: {error}",
                        group.name.value
                    ),
                    String::new(),
                    "write a template with `{version}` once, such as `v{version}`".to_owned(),
                );
            }
            if group.files.is_empty() {
                self.say(
                    &group.name,
                    "config-files",
                    format!("group `{}` has no version files", group.name.value),
                    String::new(),
                    "list at least one file below `files`, such as `VERSION`".to_owned(),
                );
            }
            for file in &group.files {
                let at = Spanned::new(file.value.path().to_owned(), file.span);
                self.relative("version file", &at);
                if let Some(pattern) = file.value.pattern()
                    && let Err(error) = tidegate_pattern::Regex::new(pattern)
                {
                    self.say(
                        &at,
                        "config-pattern",
                        format!("the pattern for {} is no regular expression: {error}", at.value),
                        String::new(),
                        "use RE2 syntax, with one group around the version".to_owned(),
                    );
                }
            }
        }
        let mut templates: BTreeMap<&str, &str> = BTreeMap::new();
        for group in &config.groups {
            if let Some(other) = templates.insert(&group.tag.value, &group.name.value) {
                self.say(
                    &group.tag,
                    "config-tag-template",
                    format!(
                        "groups `{other}` and `{}` share the tag template `{}`",
                        group.name.value, group.tag.value
                    ),
                    String::new(),
                    format!("give each its own, such as `{}/v{{version}}`", group.name.value),
                );
            }
        }
    }

    fn components(&mut self, config: &Config) {
        self.unique("component", config.components.iter().map(|component| &component.name));
        for component in &config.components {
            let name = &component.name.value;
            self.known(
                "group",
                &component.group,
                config.groups.iter().map(|group| group.name.value.as_str()),
            );
            match (&component.image, &component.elsewhere) {
                (None, None) => self.say(
                    &component.name,
                    "config-component",
                    format!("component `{name}` has neither `image` nor `elsewhere`"),
                    String::new(),
                    "say which image it is deployed as, or where it goes instead".to_owned(),
                ),
                (Some(image), Some(_)) => self.say(
                    image,
                    "config-component",
                    format!("component `{name}` has both `image` and `elsewhere`"),
                    String::new(),
                    "keep one: `elsewhere` is for what this road does not deploy".to_owned(),
                ),
                _ => {}
            }
            if let Some(image) = &component.image
                && !image_path(&image.value)
            {
                self.say(
                    image,
                    "config-image",
                    format!(
                        "`{}` is not a name for an image below an environment's `images`",
                        image.value
                    ),
                    String::new(),
                    "write the last part of the repository's name, without tag or digest"
                        .to_owned(),
                );
            }
            if let Some(context) = &component.context {
                self.relative("context", context);
            }
        }
    }

    fn places(&mut self, config: &Config) {
        self.relative("devops.path", &config.devops.path);
        let remote = &config.devops.remote;
        if remote.value.starts_with('-') || remote.value.is_empty() {
            self.say(
                remote,
                "config-remote",
                format!("`{}` is not a remote that git can reach", remote.value),
                String::new(),
                "write a URL, or a path relative to this file".to_owned(),
            );
        }
        if let Some(message) = &config.devops.message
            && let Err(error) = Template::parse(&message.value)
        {
            self.say(
                message,
                "config-message",
                format!("`devops.message` is no template: {error}"),
                String::new(),
                "write a Go template, such as `{{ .Action }}: {{ .Environment }}`".to_owned(),
            );
        }
        let holds = config.devops.holds.trim_end_matches('/');
        for environment in &config.environments {
            let overlay = format!("{}/{}", config.devops.path.value, environment.overlay.value);
            if format!("{holds}/").starts_with(&format!("{}/", overlay.trim_end_matches('/'))) {
                self.say(
                    &environment.overlay,
                    "config-holds",
                    format!(
                        "`devops.holds` ({holds}) lies inside the overlay of `{}`",
                        environment.name.value
                    ),
                    String::new(),
                    "keep holds outside of what is rendered, such as `k8s/holds`".to_owned(),
                );
            }
        }
    }

    fn environments(&mut self, config: &Config) {
        self.unique("environment", config.environments.iter().map(|environment| &environment.name));
        self.unique("overlay", config.environments.iter().map(|environment| &environment.overlay));
        let names =
            || config.environments.iter().map(|environment| environment.name.value.as_str());
        if let Some(default) = &config.default_environment {
            self.known("environment", default, names());
        }
        for environment in &config.environments {
            self.relative("overlay", &environment.overlay);
            if let Some(application) = &environment.application {
                self.relative("application", application);
            }
            let images = &environment.images;
            match images.value.parse::<ImageReference>() {
                Ok(reference) if reference.tag().is_none() && reference.digest().is_none() => {}
                Ok(_) => self.say(
                    images,
                    "config-images",
                    format!("`images` of `{}` carries a tag or a digest", environment.name.value),
                    String::new(),
                    "write the repositories' common prefix alone; the policy chooses the tag"
                        .to_owned(),
                ),
                Err(error) => self.say(
                    images,
                    "config-images",
                    format!(
                        "`images` of `{}` is no image repository: {error}",
                        environment.name.value
                    ),
                    String::new(),
                    "write a prefix such as `asia-east1-docker.pkg.dev/PROJECT/REPOSITORY`"
                        .to_owned(),
                ),
            }
            match &environment.policy {
                Policy::Semver(constraint) => {
                    if let Err(error) = constraint.value.parse::<Constraint>() {
                        self.say(
                            constraint,
                            "config-policy",
                            format!(
                                "the version constraint of `{}` is not usable: {error}",
                                environment.name.value
                            ),
                            String::new(),
                            "write a constraint such as `*`, `^1.2` or `>= 1.2, < 2`".to_owned(),
                        );
                    }
                }
                Policy::Digest(tag) => {
                    if tag.value.parse::<tidegate_image_ref::Tag>().is_err() {
                        self.say(
                            tag,
                            "config-policy",
                            format!("`{}` is no tag, so there is no digest behind it", tag.value),
                            String::new(),
                            "write the tag whose digest is followed, such as `latest`".to_owned(),
                        );
                    }
                }
            }
        }
    }

    fn unique<'c>(&mut self, what: &str, names: impl Iterator<Item = &'c Spanned<String>>) {
        let mut seen: BTreeMap<&str, &Spanned<String>> = BTreeMap::new();
        for name in names {
            if let Some(first) = seen.insert(&name.value, name) {
                let first = Mark::new(self.source, first.span);
                self.found.push(
                    Diagnostic::error(
                        "config-duplicate",
                        format!("{what} `{}` stands twice", name.value),
                    )
                    .at(Label::new(Mark::new(self.source, name.span), "the second"))
                    .at(Label::new(first, "the first"))
                    .help(format!("give each {what} its own")),
                );
            }
        }
    }

    fn known<'c>(
        &mut self,
        what: &str,
        name: &Spanned<String>,
        known: impl Iterator<Item = &'c str>,
    ) {
        let known: Vec<&str> = known.collect();
        if !known.contains(&name.value.as_str()) {
            let help = nearest(&name.value, known.iter().copied()).map_or_else(
                || format!("known: {}", known.join(", ")),
                |near| format!("a {what} with a similar name exists: `{near}`"),
            );
            self.say(
                name,
                "config-unknown",
                format!("there is no {what} `{}`", name.value),
                String::new(),
                help,
            );
        }
    }

    fn relative(&mut self, what: &str, path: &Spanned<String>) {
        let text = &path.value;
        let outside = text.starts_with('/') || text.split('/').any(|part| part == "..");
        if outside || text.is_empty() || text.contains('\0') {
            self.say(
                path,
                "config-path",
                format!("{what} `{text}` does not lie inside its repository"),
                String::new(),
                "write a path below the repository's root, without `..`".to_owned(),
            );
        }
    }
}

fn name_character(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'
}

fn image_path(text: &str) -> bool {
    format!("registry.invalid/{text}")
        .parse::<ImageReference>()
        .is_ok_and(|it| it.tag().is_none() && it.digest().is_none() && !text.contains(':'))
}
