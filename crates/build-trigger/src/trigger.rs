use std::collections::BTreeMap;
use std::sync::Arc;

use tidegate_pattern::{Glob, PatternError, Regex};
use tidegate_source::{Diagnostic, Label, Mark, SourceId};
use tidegate_yaml::{Spanned, Stream, from_node};

use crate::config::BuildConfig;
use crate::event::RepositoryName;
use crate::raw;
use crate::written::{File, Written};

/// When a build starts, and from what: a trigger as `gcloud builds triggers export` writes it.
///
/// ```
/// use tidegate_build_trigger::Trigger;
/// use tidegate_source::SourceId;
///
/// let text = "
/// name: hub-release
/// github: {owner: tomoda, name: hub, push: {tag: '^v[0-9]+'}}
/// filename: cloudbuild.yaml
/// approvalConfig: {approvalRequired: true}
/// ";
/// let triggers = Trigger::parse(SourceId::NONE, &text.into()).expect("it is well written");
/// assert_eq!(triggers[0].name, "hub-release");
/// assert!(triggers[0].needs_approval && !triggers[0].disabled);
/// ```
#[derive(Clone, Debug)]
pub struct Trigger {
    /// Its name, unique in its project.
    pub name: String,
    /// Where the name stands.
    pub mark: Mark,
    /// What people say about it.
    pub description: Option<String>,
    /// Whether a build waits until somebody approves it.
    pub needs_approval: bool,
    /// Whether it is switched off.
    pub disabled: bool,
    pub(crate) starts_on: StartsOn,
    pub(crate) repository: Option<RepositoryName>,
    pub(crate) included: Vec<Glob>,
    pub(crate) ignored: Vec<Glob>,
    pub(crate) filter: Option<Written>,
    pub(crate) substitutions: BTreeMap<String, Written>,
    pub(crate) template: BuildTemplate,
}

/// What a trigger waits for.
#[derive(Clone, Debug)]
pub(crate) enum StartsOn {
    Branch(NamePattern),
    Tag(NamePattern),
    PullRequest,
    Message,
    Webhook,
    Hand,
}

#[derive(Clone, Debug)]
pub(crate) struct NamePattern {
    pub(crate) regex: Regex,
    pub(crate) inverted: bool,
}

/// Where a trigger's build is described.
#[derive(Clone, Debug)]
pub(crate) enum BuildTemplate {
    File(Written),
    Inline(Box<BuildConfig>),
    NotUnderstood(Diagnostic),
}

impl Trigger {
    /// Reads the triggers of a file: one document each.
    ///
    /// ```
    /// use tidegate_build_trigger::Trigger;
    /// use tidegate_source::SourceId;
    ///
    /// let text = "name: hub\ngithub: {owner: tomoda, name: hub, push: {tag: '^v('}}\nfilename: cloudbuild.yaml\n";
    /// let mistakes = Trigger::parse(SourceId::NONE, &text.into()).unwrap_err();
    /// assert_eq!(mistakes.len(), 1);
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong, each with its place: mistakes in the YAML, unknown fields with the nearest known
    /// name, patterns that are none, no or several things that the trigger starts on.
    pub fn parse(source: SourceId, text: &Arc<str>) -> Result<Vec<Self>, Vec<Diagnostic>> {
        let file = File { source, text: Arc::clone(text) };
        let mut triggers = Vec::new();
        let mut mistakes = Vec::new();
        for raw in documents::<raw::Trigger>(&file)? {
            match Self::from_raw(&file, raw) {
                Ok(trigger) => triggers.push(trigger),
                Err(found) => mistakes.extend(found),
            }
        }
        if mistakes.is_empty() { Ok(triggers) } else { Err(mistakes) }
    }

    fn from_raw(file: &File, mut raw: raw::Trigger) -> Result<Self, Vec<Diagnostic>> {
        let mut mistakes = Vec::new();
        let mut starts = events(file, &mut raw, &mut mistakes);
        let name = Written::new(file, raw.name);
        check_name(&name, &mut mistakes);
        let included = globs(file, raw.included_files, &mut mistakes);
        let ignored = globs(file, raw.ignored_files, &mut mistakes);
        let substitutions = substitutions(file, raw.substitutions, &mut mistakes);
        let inline = raw.build.and_then(|build| match BuildConfig::from_raw(file, build) {
            Ok(config) => Some(config),
            Err(others) => {
                mistakes.extend(others);
                None
            }
        });
        let template = template(
            file,
            &name,
            raw.filename,
            inline,
            raw.git_file_source,
            raw.autodetect,
            &mut mistakes,
        );
        if starts.len() > 1 {
            let message = format!("trigger `{}` starts on several kinds of events", name.value);
            mistakes.push(Diagnostic::error("trigger-events", message).at(Label::new(name.mark, "")).help(
                "keep one of `github`, `triggerTemplate`, `repositoryEventConfig`, `pubsubConfig`, `webhookConfig`",
            ));
        }
        let (starts_on, repository) = starts.pop().unwrap_or((Some(StartsOn::Hand), None));
        match starts_on {
            Some(starts_on) if mistakes.is_empty() => Ok(Self {
                template: template.unwrap_or_else(|| nothing_to_build(&name)),
                name: name.value,
                mark: name.mark,
                description: raw.description,
                needs_approval: raw.approval_config.is_some_and(|it| it.approval_required),
                disabled: raw.disabled,
                starts_on,
                repository,
                included,
                ignored,
                filter: raw.filter.map(|filter| Written::new(file, filter)),
                substitutions,
            }),
            _ => Err(mistakes),
        }
    }
}

/// What a trigger starts on, and the repository it belongs to: once for each kind of event that is configured.
fn events(
    file: &File,
    raw: &mut raw::Trigger,
    mistakes: &mut Vec<Diagnostic>,
) -> Vec<(Option<StartsOn>, Option<RepositoryName>)> {
    let mut starts = Vec::new();
    if let Some(Spanned { value: github, span }) = raw.github.take() {
        let repository = github.name.map(|name| RepositoryName { owner: github.owner, name });
        starts.push((
            on_push(file, github.push, github.pull_request.is_some(), span, mistakes),
            repository,
        ));
    }
    if let Some(Spanned { value, span }) = raw.trigger_template.take() {
        let repository = value.repo_name.map(|name| RepositoryName { owner: None, name });
        let on =
            on_source(file, value.branch_name, value.tag_name, value.invert_regex, span, mistakes);
        starts.push((on, repository));
    }
    let others = [
        raw.repository_event_config.take(),
        raw.developer_connect_event_config.take(),
        raw.bitbucket_server_trigger_config.take(),
        raw.gitlab_enterprise_events_config.take(),
    ];
    for Spanned { value, span } in others.into_iter().flatten() {
        // A connection gives a repository a name of its own, so only the host's own slug can be compared.
        let repository = value.repo_slug.map(|name| RepositoryName { owner: None, name });
        starts.push((
            on_push(file, value.push, value.pull_request.is_some(), span, mistakes),
            repository,
        ));
    }
    starts.extend(raw.pubsub_config.take().map(|_| (Some(StartsOn::Message), None)));
    starts.extend(raw.webhook_config.take().map(|_| (Some(StartsOn::Webhook), None)));
    starts
}

/// Reads every document of a file.
pub(crate) fn documents<T: serde::de::DeserializeOwned>(
    file: &File,
) -> Result<Vec<T>, Vec<Diagnostic>> {
    let diagnostics = |errors: &tidegate_yaml::Errors| -> Vec<Diagnostic> {
        errors.iter().map(|error| error.to_diagnostic(file.source)).collect()
    };
    let stream = Stream::parse(&file.text).map_err(|errors| diagnostics(&errors))?;
    let mut mistakes: Vec<Diagnostic> =
        stream.duplicate_keys().iter().map(|error| error.to_diagnostic(file.source)).collect();
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let mut read = Vec::new();
    for document in stream.documents().filter(|document| !document.root().is_null()) {
        match from_node(document.root()) {
            Ok(value) => read.push(value),
            Err(error) => mistakes.push(error.to_diagnostic(file.source)),
        }
    }
    if mistakes.is_empty() && read.is_empty() {
        let mark = Mark::new(file.source, tidegate_source::Span::new(0, 0));
        mistakes.push(
            Diagnostic::error("empty-file", "nothing is written here").at(Label::new(mark, "")),
        );
    }
    if mistakes.is_empty() { Ok(read) } else { Err(mistakes) }
}

// A name has 1 to 64 letters, digits and dashes, and neither begins nor ends with a dash.
fn check_name(name: &Written, mistakes: &mut Vec<Diagnostic>) {
    let text = name.value.as_str();
    let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if plain && (1..=64).contains(&text.len()) && !text.starts_with('-') && !text.ends_with('-') {
        return;
    }
    let message = format!("trigger name `{text}` is not 1 to 64 letters, digits and inner dashes");
    mistakes.push(Diagnostic::error("trigger-name", message).at(Label::new(name.mark, "")));
}

fn globs(file: &File, written: Vec<Spanned<String>>, mistakes: &mut Vec<Diagnostic>) -> Vec<Glob> {
    let mut globs = Vec::new();
    for text in written {
        let text = Written::new(file, text);
        match Glob::new(&text.value) {
            Ok(glob) => globs.push(glob),
            Err(error) => mistakes.push(bad_pattern("bad-glob", &text, &error)),
        }
    }
    globs
}

fn bad_pattern(code: &'static str, text: &Written, error: &PatternError) -> Diagnostic {
    let message = format!("pattern `{}`: {error}", text.value);
    let diagnostic = Diagnostic::error(code, message).at(Label::new(text.place(error.span()), ""));
    match error.help() {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

/// Reads substitutions; their names are `_` and capital letters, digits or `_`.
pub(crate) fn substitutions(
    file: &File,
    pairs: raw::Pairs,
    mistakes: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Written> {
    let mut substitutions = BTreeMap::new();
    for (name, value) in pairs.0 {
        let rest = name.value.strip_prefix('_').unwrap_or_default();
        let fits = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
        if rest.is_empty() || !rest.bytes().all(fits) {
            let message = format!("`{}` is no name for a substitution", name.value);
            let label = Label::new(Mark::new(file.source, name.span), "");
            let better = format!(
                "_{}",
                name.value.trim_start_matches('_').to_ascii_uppercase().replace('-', "_")
            );
            mistakes.push(Diagnostic::error("substitution-name", message).at(label).help(format!(
                "a name is `_` and then capital letters, digits or `_`, such as `{better}`"
            )));
            continue;
        }
        substitutions.insert(name.value, Written::new(file, value));
    }
    substitutions
}

fn on_push(
    file: &File,
    push: Option<Spanned<raw::Push>>,
    pull_request: bool,
    span: tidegate_source::Span,
    mistakes: &mut Vec<Diagnostic>,
) -> Option<StartsOn> {
    match push {
        Some(push) => on_source(
            file,
            push.value.branch,
            push.value.tag,
            push.value.invert_regex,
            push.span,
            mistakes,
        ),
        None if pull_request => Some(StartsOn::PullRequest),
        None => {
            let message = "neither `push` nor `pullRequest` is given";
            let label = Label::new(Mark::new(file.source, span), "");
            mistakes.push(Diagnostic::error("trigger-events", message).at(label));
            None
        }
    }
}

fn on_source(
    file: &File,
    branch: Option<Spanned<String>>,
    tag: Option<Spanned<String>>,
    inverted: bool,
    span: tidegate_source::Span,
    mistakes: &mut Vec<Diagnostic>,
) -> Option<StartsOn> {
    let mut pattern = |text: Spanned<String>| {
        let text = Written::new(file, text);
        match Regex::new(&text.value) {
            Ok(regex) => Some(NamePattern { regex, inverted }),
            Err(error) => {
                mistakes.push(bad_pattern("bad-pattern", &text, &error));
                None
            }
        }
    };
    match (branch, tag) {
        (Some(branch), None) => pattern(branch).map(StartsOn::Branch),
        (None, Some(tag)) => pattern(tag).map(StartsOn::Tag),
        (both, _) => {
            let message = if both.is_some() {
                "a branch and a tag are given; a trigger starts on one of them"
            } else {
                "neither a branch nor a tag is given"
            };
            let label = Label::new(Mark::new(file.source, span), "");
            mistakes.push(Diagnostic::error("trigger-events", message).at(label));
            None
        }
    }
}

fn template(
    file: &File,
    name: &Written,
    filename: Option<Spanned<String>>,
    inline: Option<BuildConfig>,
    git_file: Option<Spanned<raw::GitFile>>,
    autodetect: Option<Spanned<bool>>,
    mistakes: &mut Vec<Diagnostic>,
) -> Option<BuildTemplate> {
    let mut found = Vec::new();
    found.extend(filename.map(|it| BuildTemplate::File(Written::new(file, it))));
    found.extend(inline.map(|config| BuildTemplate::Inline(Box::new(config))));
    if let Some(git_file) = git_file {
        let elsewhere = git_file.value.uri.is_some() || git_file.value.repository.is_some();
        match git_file.value.path {
            Some(path) if !elsewhere => found.push(BuildTemplate::File(Written::new(file, path))),
            _ => found.push(not_understood(
                "the build configuration lies in another repository, which is not read here",
                Mark::new(file.source, git_file.span),
            )),
        }
    }
    if let Some(autodetect) = autodetect.filter(|it| it.value) {
        let message = "`autodetect` chooses the build configuration while it runs, which is not understood here";
        found.push(not_understood(message, Mark::new(file.source, autodetect.span)));
    }
    if found.len() > 1 {
        let message = format!("trigger `{}` has several build configurations", name.value);
        mistakes.push(
            Diagnostic::error("trigger-build", message)
                .at(Label::new(name.mark, ""))
                .help("keep one of `filename`, `build`, `gitFileSource`, `autodetect`"),
        );
    }
    found.pop()
}

fn not_understood(message: &'static str, mark: Mark) -> BuildTemplate {
    let help = "name a file of this repository under `filename`";
    BuildTemplate::NotUnderstood(
        Diagnostic::error("not-understood", message).at(Label::new(mark, "")).help(help),
    )
}

fn nothing_to_build(name: &Written) -> BuildTemplate {
    let message = format!("trigger `{}` names no build configuration", name.value);
    let help = "add `filename: cloudbuild.yaml`, or `build` with the steps";
    let diagnostic = Diagnostic::error("trigger-build", message).at(Label::new(name.mark, ""));
    BuildTemplate::NotUnderstood(diagnostic.help(help))
}
