use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use tidegate_source::{Diagnostic, Label, Mark, SourceId};

use crate::config::BuildConfig;
use crate::decide::Reason;
use crate::docker::{Argument, Effects, effects};
use crate::event::{GitRef, Push};
use crate::substitution::{CYCLE, Facts, Scope, Text};
use crate::trigger::{BuildTemplate, Trigger};
use crate::written::{Mistake, Written};

/// A build that a push starts.
///
/// ```
/// use tidegate_build_trigger::Facts;
/// # use std::sync::Arc;
/// # use tidegate_source::SourceId;
/// # let text: Arc<str> = "name: web\ngithub: {owner: tomoda, name: web, push: {branch: main}}\nfilename: cloudbuild.yaml\n".into();
/// # let triggers = tidegate_build_trigger::Trigger::parse(SourceId::NONE, &text).expect("it is well written");
/// # let push = tidegate_build_trigger::Push {
/// #     git_ref: tidegate_build_trigger::GitRef::Branch("main".into()),
/// #     commit: "0123456789abcdef0123456789abcdef01234567".into(),
/// #     message: "fix a typo".into(),
/// #     changed_files: None,
/// #     repository: None,
/// # };
/// # let config: Arc<str> = "steps:\n- name: docker\n  args: [build, --build-arg, 'EXPO_PUBLIC_API=https://api.example', -t, 'registry.example/tomoda/web:$SHORT_SHA', .]\nimages: ['registry.example/tomoda/web:$SHORT_SHA']\n".into();
/// # let mut read = |_: &str| Some((SourceId::NONE, Arc::clone(&config)));
///
/// // `cloudbuild.yaml` builds `registry.example/tomoda/web:$SHORT_SHA`.
/// let build = triggers[0].build(&push, &Facts::default(), &mut read).expect("nothing is wrong");
/// assert_eq!((&*build.trigger, build.config.as_deref()), ("web", Some("cloudbuild.yaml")));
/// assert!(!build.needs_approval && build.tags.is_empty());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Build {
    /// Name of the trigger.
    pub trigger: String,
    /// Whether it waits until somebody approves it.
    pub needs_approval: bool,
    /// Path of the build configuration; `None` when the trigger holds it.
    pub config: Option<String>,
    /// The images that it pushes, each once, in the order in which the configuration names them.
    pub images: Vec<ImageName>,
    /// What it hands to its programs: variables of steps and arguments of image builds.
    pub settings: Vec<Setting>,
    /// The user's substitutions, by name; `None` for a value that only the build will know.
    pub substitutions: BTreeMap<String, Option<String>>,
    /// The tags that the build is filed under.
    pub tags: Vec<String>,
}

/// An image that a build pushes.
///
/// ```
/// use tidegate_build_trigger::Facts;
/// # use std::sync::Arc;
/// # use tidegate_source::SourceId;
/// # let text: Arc<str> = "name: web\ngithub: {owner: tomoda, name: web, push: {branch: main}}\nfilename: cloudbuild.yaml\n".into();
/// # let triggers = tidegate_build_trigger::Trigger::parse(SourceId::NONE, &text).expect("it is well written");
/// # let push = tidegate_build_trigger::Push {
/// #     git_ref: tidegate_build_trigger::GitRef::Branch("main".into()),
/// #     commit: "0123456789abcdef0123456789abcdef01234567".into(),
/// #     message: "fix a typo".into(),
/// #     changed_files: None,
/// #     repository: None,
/// # };
/// # let config: Arc<str> = "steps:\n- name: docker\n  args: [build, --build-arg, 'EXPO_PUBLIC_API=https://api.example', -t, 'registry.example/tomoda/web:$SHORT_SHA', .]\nimages: ['registry.example/tomoda/web:$SHORT_SHA']\n".into();
/// # let mut read = |_: &str| Some((SourceId::NONE, Arc::clone(&config)));
///
/// let build = triggers[0].build(&push, &Facts::default(), &mut read).expect("nothing is wrong");
/// // The seven first digits of the commit, as the configuration asks for them.
/// assert!(build.images[0].reference.ends_with(":0123456"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageName {
    /// The reference, as the builder is given it.
    pub reference: String,
    /// Where it is written.
    pub mark: Mark,
}

/// A value that a build hands to a program.
///
/// ```
/// use tidegate_build_trigger::Facts;
/// # use std::sync::Arc;
/// # use tidegate_source::SourceId;
/// # let text: Arc<str> = "name: web\ngithub: {owner: tomoda, name: web, push: {branch: main}}\nfilename: cloudbuild.yaml\n".into();
/// # let triggers = tidegate_build_trigger::Trigger::parse(SourceId::NONE, &text).expect("it is well written");
/// # let push = tidegate_build_trigger::Push {
/// #     git_ref: tidegate_build_trigger::GitRef::Branch("main".into()),
/// #     commit: "0123456789abcdef0123456789abcdef01234567".into(),
/// #     message: "fix a typo".into(),
/// #     changed_files: None,
/// #     repository: None,
/// # };
/// # let config: Arc<str> = "steps:\n- name: docker\n  args: [build, --build-arg, 'EXPO_PUBLIC_API=https://api.example', -t, 'registry.example/tomoda/web:$SHORT_SHA', .]\nimages: ['registry.example/tomoda/web:$SHORT_SHA']\n".into();
/// # let mut read = |_: &str| Some((SourceId::NONE, Arc::clone(&config)));
///
/// let build = triggers[0].build(&push, &Facts::default(), &mut read).expect("nothing is wrong");
/// let api = build.settings.iter().find(|it| it.name == "EXPO_PUBLIC_API").expect("it is handed over");
/// assert_eq!(api.value.as_deref(), Some("https://api.example"));
/// assert!(!api.for_all_steps);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The name.
    pub name: String,
    /// The value; `None` when only the build will know it.
    pub value: Option<String>,
    /// Whether it stands for all steps, so that a step's own value outranks it.
    pub for_all_steps: bool,
    /// Where it is written.
    pub mark: Mark,
}

/// What a trigger makes of a push.
///
/// ```
/// use tidegate_build_trigger::{Facts, Outcome, verdicts};
/// # use std::sync::Arc;
/// # use tidegate_source::SourceId;
/// # let text: Arc<str> = "name: web\ngithub: {owner: tomoda, name: web, push: {branch: main}}\nfilename: cloudbuild.yaml\n".into();
/// # let triggers = tidegate_build_trigger::Trigger::parse(SourceId::NONE, &text).expect("it is well written");
/// # let push = tidegate_build_trigger::Push {
/// #     git_ref: tidegate_build_trigger::GitRef::Branch("main".into()),
/// #     commit: "0123456789abcdef0123456789abcdef01234567".into(),
/// #     message: "fix a typo".into(),
/// #     changed_files: None,
/// #     repository: None,
/// # };
/// # let config: Arc<str> = "steps:\n- name: docker\n  args: [build, --build-arg, 'EXPO_PUBLIC_API=https://api.example', -t, 'registry.example/tomoda/web:$SHORT_SHA', .]\nimages: ['registry.example/tomoda/web:$SHORT_SHA']\n".into();
/// # let mut read = |_: &str| Some((SourceId::NONE, Arc::clone(&config)));
///
/// // The file that the trigger names is not in the repository.
/// let verdict = verdicts(&push, &triggers, &Facts::default(), &mut |_| None).remove(0);
/// assert!(matches!(verdict.outcome, Outcome::Refused(mistakes) if mistakes[0].code == "no-build-config"));
/// ```
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A build starts, or waits for its approval.
    Build(Box<Build>),
    /// Nothing starts, and why.
    Nothing(Reason),
    /// It cannot be said: something is wrong, or not understood.
    Refused(Vec<Diagnostic>),
}

/// A trigger and what it makes of a push.
///
/// ```
/// use tidegate_build_trigger::{Facts, Outcome, verdicts};
/// # use std::sync::Arc;
/// # use tidegate_source::SourceId;
/// # let text: Arc<str> = "name: web\ngithub: {owner: tomoda, name: web, push: {branch: main}}\nfilename: cloudbuild.yaml\n".into();
/// # let triggers = tidegate_build_trigger::Trigger::parse(SourceId::NONE, &text).expect("it is well written");
/// # let push = tidegate_build_trigger::Push {
/// #     git_ref: tidegate_build_trigger::GitRef::Branch("main".into()),
/// #     commit: "0123456789abcdef0123456789abcdef01234567".into(),
/// #     message: "fix a typo".into(),
/// #     changed_files: None,
/// #     repository: None,
/// # };
/// # let config: Arc<str> = "steps:\n- name: docker\n  args: [build, --build-arg, 'EXPO_PUBLIC_API=https://api.example', -t, 'registry.example/tomoda/web:$SHORT_SHA', .]\nimages: ['registry.example/tomoda/web:$SHORT_SHA']\n".into();
/// # let mut read = |_: &str| Some((SourceId::NONE, Arc::clone(&config)));
///
/// let verdict = verdicts(&push, &triggers, &Facts::default(), &mut read).remove(0);
/// assert_eq!(verdict.trigger, "web");
/// assert!(matches!(verdict.outcome, Outcome::Build(_)));
/// ```
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Name of the trigger.
    pub trigger: String,
    /// The outcome.
    pub outcome: Outcome,
}

/// Reads a file of the repository at the pushed commit.
///
/// ```
/// use std::sync::Arc;
/// use tidegate_build_trigger::ReadFile;
/// use tidegate_source::{SourceId, Sources};
///
/// let mut sources = Sources::new();
/// let mut read = |path: &str| {
///     let text: Arc<str> = "steps: [{name: docker}]\n".into();
///     (path == "cloudbuild.yaml").then(|| (sources.add(path, Arc::clone(&text)), text))
/// };
/// let read: &mut ReadFile<'_> = &mut read;
/// assert!(read("cloudbuild.yaml").is_some() && read("other.yaml").is_none());
/// ```
pub type ReadFile<'r> = dyn FnMut(&str) -> Option<(SourceId, Arc<str>)> + 'r;

/// Decides for each trigger what a push starts. `read` gives the build configurations that triggers name.
///
/// ```
/// use tidegate_build_trigger::{Facts, GitRef, Outcome, Push, verdicts};
/// # use std::sync::Arc;
/// # use tidegate_source::SourceId;
/// # let text: Arc<str> = "name: web\ngithub: {owner: tomoda, name: web, push: {branch: main}}\nfilename: cloudbuild.yaml\n".into();
/// # let triggers = tidegate_build_trigger::Trigger::parse(SourceId::NONE, &text).expect("it is well written");
/// # let push = tidegate_build_trigger::Push {
/// #     git_ref: tidegate_build_trigger::GitRef::Branch("main".into()),
/// #     commit: "0123456789abcdef0123456789abcdef01234567".into(),
/// #     message: "fix a typo".into(),
/// #     changed_files: None,
/// #     repository: None,
/// # };
/// # let config: Arc<str> = "steps:\n- name: docker\n  args: [build, --build-arg, 'EXPO_PUBLIC_API=https://api.example', -t, 'registry.example/tomoda/web:$SHORT_SHA', .]\nimages: ['registry.example/tomoda/web:$SHORT_SHA']\n".into();
/// # let mut read = |_: &str| Some((SourceId::NONE, Arc::clone(&config)));
///
/// // The trigger waits for the branch main.
/// let next = Push { git_ref: GitRef::Branch("next".into()), ..push.clone() };
/// let builds = |push: &Push, read: &mut tidegate_build_trigger::ReadFile<'_>| {
///     let all = verdicts(push, &triggers, &Facts::default(), read);
///     all.iter().filter(|it| matches!(it.outcome, Outcome::Build(_))).count()
/// };
/// assert_eq!((builds(&push, &mut read), builds(&next, &mut read)), (1, 0));
/// ```
pub fn verdicts(
    push: &Push,
    triggers: &[Trigger],
    facts: &Facts,
    read: &mut ReadFile<'_>,
) -> Vec<Verdict> {
    let verdict = |trigger: &Trigger| {
        let outcome = match trigger.decide(push) {
            Ok(Some(reason)) => Outcome::Nothing(reason),
            Ok(None) => match trigger.build(push, facts, read) {
                Ok(build) => Outcome::Build(Box::new(build)),
                Err(mistakes) => Outcome::Refused(mistakes),
            },
            Err(mistake) => Outcome::Refused(vec![*mistake]),
        };
        Verdict { trigger: trigger.name.clone(), outcome }
    };
    triggers.iter().map(verdict).collect()
}

impl Trigger {
    /// Works out the build that the trigger starts on a push, whether it would start on it or not.
    ///
    /// ```
    /// use tidegate_build_trigger::Facts;
    /// # use std::sync::Arc;
    /// # use tidegate_source::SourceId;
    /// # let text: Arc<str> = "name: web\ngithub: {owner: tomoda, name: web, push: {branch: main}}\nfilename: cloudbuild.yaml\n".into();
    /// # let triggers = tidegate_build_trigger::Trigger::parse(SourceId::NONE, &text).expect("it is well written");
    /// # let push = tidegate_build_trigger::Push {
    /// #     git_ref: tidegate_build_trigger::GitRef::Branch("main".into()),
    /// #     commit: "0123456789abcdef0123456789abcdef01234567".into(),
    /// #     message: "fix a typo".into(),
    /// #     changed_files: None,
    /// #     repository: None,
    /// # };
    /// # let config: Arc<str> = "steps:\n- name: docker\n  args: [build, --build-arg, 'EXPO_PUBLIC_API=https://api.example', -t, 'registry.example/tomoda/web:$SHORT_SHA', .]\nimages: ['registry.example/tomoda/web:$SHORT_SHA']\n".into();
    /// # let mut read = |_: &str| Some((SourceId::NONE, Arc::clone(&config)));
    ///
    /// // The trigger starts on the branch main, to which was pushed; `read` gives a configuration that builds an image.
    /// let build = triggers[0].build(&push, &Facts::default(), &mut read).expect("nothing is wrong");
    /// assert_eq!(build.images[0].reference, "registry.example/tomoda/web:0123456");
    /// // Without its configuration there is no build.
    /// assert!(triggers[0].build(&push, &Facts::default(), &mut |_| None).is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong or not understood, each with its place.
    pub fn build(
        &self,
        push: &Push,
        facts: &Facts,
        read: &mut ReadFile<'_>,
    ) -> Result<Build, Vec<Diagnostic>> {
        match &self.template {
            BuildTemplate::Inline(config) => self.build_from(config, None, push, facts),
            BuildTemplate::NotUnderstood(diagnostic) => Err(vec![diagnostic.clone()]),
            BuildTemplate::File(path) => {
                let Some((source, text)) = read(&path.value) else {
                    let message =
                        format!("build configuration `{}` is not in the repository", path.value);
                    let help = format!("add it, or change `filename` of trigger `{}`", self.name);
                    let diagnostic =
                        Diagnostic::error("no-build-config", message).at(Label::new(path.mark, ""));
                    return Err(vec![diagnostic.help(help)]);
                };
                let config = BuildConfig::parse(source, &text)?;
                self.build_from(&config, Some(&path.value), push, facts)
            }
        }
    }

    fn build_from(
        &self,
        config: &BuildConfig,
        path: Option<&str>,
        push: &Push,
        facts: &Facts,
    ) -> Result<Build, Vec<Diagnostic>> {
        // The trigger's values outrank the configuration's.
        let user: BTreeMap<&str, &Written> = config
            .substitutions
            .iter()
            .chain(&self.substitutions)
            .map(|(name, value)| (name.as_str(), value))
            .collect();
        let mut scope = Scope::new(self.built_in(path, push, facts), user);
        let mut mistakes: Vec<Diagnostic> = Vec::new();
        let mut note = |mistake: Mistake| {
            let mistake = Diagnostic::from(mistake);
            // A ring is found again from each of its links.
            let known =
                |it: &Diagnostic| *it == mistake || it.code == mistake.code && it.code == CYCLE;
            if !mistakes.iter().any(known) {
                mistakes.push(mistake);
            }
        };
        let mut substitutions = BTreeMap::new();
        for (name, value) in scope.all() {
            match value {
                Ok(text) => drop(substitutions.insert(name, known(text))),
                Err(mistake) => note(mistake),
            }
        }
        // Every text is looked at, so that every mistake is found, also those of texts that name no image.
        for text in config.texts() {
            if let Err(mistake) = scope.text(text) {
                note(mistake);
            }
        }
        let work = Work::read(config, &mut scope).map_err(&mut note).ok();
        let Some(mut work) = work else { return Err(mistakes) };
        let images = work.images(&mut mistakes);
        if images.is_empty()
            && let Some((mark, what)) = work.unread
        {
            let message = format!("{what}, and which ones cannot be read from it");
            let diagnostic = Diagnostic::error("not-understood", message).at(Label::new(mark, ""));
            mistakes.push(diagnostic.help("list the images under `images`"));
        }
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        Ok(Build {
            trigger: self.name.clone(),
            needs_approval: self.needs_approval,
            config: path.map(str::to_owned),
            images,
            settings: work.settings,
            substitutions,
            tags: work.tags.into_iter().filter_map(known).collect(),
        })
    }

    fn built_in(
        &self,
        path: Option<&str>,
        push: &Push,
        facts: &Facts,
    ) -> BTreeMap<&'static str, String> {
        let repository = push.repository.as_ref().or(self.repository.as_ref());
        let owner = |it: &crate::event::RepositoryName| {
            let owner = it.owner.as_ref().or_else(|| self.repository.as_ref()?.owner.as_ref());
            owner.map(|owner| format!("{owner}/{}", it.name))
        };
        let (branch, tag) = match &push.git_ref {
            GitRef::Branch(name) => (name.as_str(), ""),
            GitRef::Tag(name) => ("", name.as_str()),
        };
        let short = push.commit.get(..7).unwrap_or(&push.commit);
        let account = match (&facts.project_id, &facts.service_account_email) {
            (Some(project), Some(email)) => {
                Some(format!("projects/{project}/serviceAccounts/{email}"))
            }
            _ => None,
        };
        [
            ("PROJECT_ID", facts.project_id.clone()),
            ("PROJECT_NUMBER", facts.project_number.clone()),
            ("LOCATION", facts.location.clone()),
            ("SERVICE_ACCOUNT_EMAIL", facts.service_account_email.clone()),
            ("SERVICE_ACCOUNT", account),
            ("TRIGGER_NAME", Some(self.name.clone())),
            ("TRIGGER_BUILD_CONFIG_PATH", Some(path.unwrap_or_default().to_owned())),
            ("COMMIT_SHA", Some(push.commit.clone())),
            ("REVISION_ID", Some(push.commit.clone())),
            ("SHORT_SHA", Some(short.to_owned())),
            ("REPO_NAME", repository.map(|it| it.name.clone())),
            ("REPO_FULL_NAME", repository.and_then(owner)),
            ("BRANCH_NAME", Some(branch.to_owned())),
            ("TAG_NAME", Some(tag.to_owned())),
            ("REF_NAME", Some(push.git_ref.name().to_owned())),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }
}

fn known(text: Text) -> Option<String> {
    match text {
        Text::Known(text) => Some(text),
        Text::Later(_) => None,
    }
}

/// A configuration after substitution.
struct Work {
    listed: Vec<Argument>,
    effects: Vec<Effects>,
    settings: Vec<Setting>,
    tags: Vec<Text>,
    unread: Option<(Mark, &'static str)>,
}

impl Work {
    fn read(config: &BuildConfig, scope: &mut Scope<'_>) -> Result<Self, Mistake> {
        let mut argument = |written: &Written| -> Result<Argument, Mistake> {
            Ok(Argument { text: scope.text(written)?, mark: written.mark })
        };
        let listed = config.images.iter().map(&mut argument).collect::<Result<_, _>>()?;
        let mut work = Self {
            listed,
            effects: Vec::new(),
            settings: Vec::new(),
            tags: Vec::new(),
            unread: None,
        };
        for written in &config.env {
            work.settings.extend(setting(written, &argument(written)?, true));
        }
        for step in &config.steps {
            for written in &step.env {
                work.settings.extend(setting(written, &argument(written)?, false));
            }
            let name = known(argument(&step.name)?.text).unwrap_or_default();
            let arguments = step.args.iter().map(&mut argument).collect::<Result<Vec<_>, _>>()?;
            let found = effects(step, &name, &arguments);
            work.settings.extend(found.build_args.iter().filter_map(|it| of_argument(it, false)));
            work.unread = work.unread.or(found.unread);
            work.effects.push(found);
        }
        for written in &config.tags {
            work.tags.push(argument(written)?.text);
        }
        Ok(work)
    }

    /// The images that are pushed: those that the configuration lists, and those that steps push.
    fn images(&mut self, mistakes: &mut Vec<Diagnostic>) -> Vec<ImageName> {
        let mut names: Vec<Argument> = std::mem::take(&mut self.listed);
        for effects in &self.effects {
            names.extend(effects.pushed.iter().cloned());
        }
        for repository in self.effects.iter().flat_map(|effects| &effects.pushed_with_all_tags) {
            let Text::Known(wanted) = &repository.text else {
                names.push(repository.clone());
                continue;
            };
            let built = self.effects.iter().flat_map(|effects| &effects.built);
            names.extend(
                built
                    .filter(|it| matches!(&it.text, Text::Known(it) if is_of(it, wanted)))
                    .cloned(),
            );
        }
        let mut seen = BTreeSet::new();
        let mut images = Vec::new();
        for name in names {
            match name.text {
                Text::Known(reference) => {
                    if let Some(mistake) = malformed(&reference, name.mark) {
                        mistakes.push(mistake);
                    } else if seen.insert(reference.clone()) {
                        images.push(ImageName { reference, mark: name.mark });
                    }
                }
                Text::Later(substitution) => mistakes.push(only_later(&substitution, name.mark)),
            }
        }
        images
    }
}

/// Whether an image belongs to a repository: `repository:tag`.
fn is_of(image: &str, repository: &str) -> bool {
    image == repository || image.strip_prefix(repository).is_some_and(|rest| rest.starts_with(':'))
}

fn malformed(reference: &str, mark: Mark) -> Option<Diagnostic> {
    let what = if reference.is_empty() {
        "is empty"
    } else if reference.ends_with(':') {
        "has an empty tag"
    } else if reference.contains(char::is_whitespace) {
        "has a blank in it"
    } else {
        return None;
    };
    let message = format!("image `{reference}` {what} after substitution");
    let help = "`$TAG_NAME` is empty on a push of a branch, `$BRANCH_NAME` on a push of a tag";
    Some(Diagnostic::error("bad-image", message).at(Label::new(mark, "")).help(help))
}

fn only_later(substitution: &str, mark: Mark) -> Diagnostic {
    let message = format!(
        "the name of this image holds `${substitution}`, which is not known before the build runs"
    );
    let help = match substitution {
        "BUILD_ID" => {
            "name images by `$TAG_NAME` or `$SHORT_SHA`, so that they can be found again".to_owned()
        }
        _ => format!("say what `{substitution}` is in the configuration of the pipeline"),
    };
    Diagnostic::error("later-substitution", message).at(Label::new(mark, "")).help(help)
}

/// A variable; its name is written before the `=`, so it is known even when its value is not.
fn setting(written: &Written, argument: &Argument, for_all_steps: bool) -> Option<Setting> {
    match argument.text {
        Text::Known(_) => of_argument(argument, for_all_steps),
        Text::Later(_) => {
            let (name, _) = written.value.split_once('=')?;
            Some(Setting { name: name.to_owned(), value: None, for_all_steps, mark: written.mark })
        }
    }
}

/// `NAME=value`; an argument without `=` takes its value from the builder's own environment.
fn of_argument(argument: &Argument, for_all_steps: bool) -> Option<Setting> {
    let Text::Known(text) = &argument.text else { return None };
    let (name, value) = text.split_once('=')?;
    Some(Setting {
        name: name.to_owned(),
        value: Some(value.to_owned()),
        for_all_steps,
        mark: argument.mark,
    })
}

impl Build {
    /// Returns the settings whose names begin with a prefix, such as `EXPO_PUBLIC_`: what a bundler bakes into what
    /// it builds. The value of a step outranks the one for all steps.
    ///
    /// ```
    /// use tidegate_build_trigger::Facts;
    /// # use std::sync::Arc;
    /// # use tidegate_source::SourceId;
    /// # let text: Arc<str> = "name: web\ngithub: {owner: tomoda, name: web, push: {branch: main}}\nfilename: cloudbuild.yaml\n".into();
    /// # let triggers = tidegate_build_trigger::Trigger::parse(SourceId::NONE, &text).expect("it is well written");
    /// # let push = tidegate_build_trigger::Push {
    /// #     git_ref: tidegate_build_trigger::GitRef::Branch("main".into()),
    /// #     commit: "0123456789abcdef0123456789abcdef01234567".into(),
    /// #     message: "fix a typo".into(),
    /// #     changed_files: None,
    /// #     repository: None,
    /// # };
    /// # let config: Arc<str> = "steps:\n- name: docker\n  args: [build, --build-arg, 'EXPO_PUBLIC_API=https://api.example', -t, 'registry.example/tomoda/web:$SHORT_SHA', .]\nimages: ['registry.example/tomoda/web:$SHORT_SHA']\n".into();
    /// # let mut read = |_: &str| Some((SourceId::NONE, Arc::clone(&config)));
    ///
    /// // The step hands `--build-arg EXPO_PUBLIC_API=https://api.example` to the build of the image.
    /// let build = triggers[0].build(&push, &Facts::default(), &mut read).expect("nothing is wrong");
    /// let baked = build.baked("EXPO_PUBLIC_").expect("every value is known");
    /// assert_eq!(baked["EXPO_PUBLIC_API"], "https://api.example");
    /// ```
    ///
    /// # Errors
    ///
    /// When two steps give one name different values, or a value is not known before the build runs.
    pub fn baked(&self, prefix: &str) -> Result<BTreeMap<String, String>, Box<Diagnostic>> {
        let mut chosen: BTreeMap<&str, &Setting> = BTreeMap::new();
        for setting in self.settings.iter().filter(|setting| setting.name.starts_with(prefix)) {
            match chosen.get(setting.name.as_str()) {
                Some(other)
                    if other.for_all_steps == setting.for_all_steps
                        && other.value != setting.value =>
                {
                    let message = format!("`{}` is set to two different values", setting.name);
                    return Err(Box::new(
                        Diagnostic::error("two-settings", message)
                            .at(Label::new(setting.mark, "here"))
                            .at(Label::new(other.mark, "and here"))
                            .help("give both steps the same value, or set it once under `options.env`"),
                    ));
                }
                Some(other) if !other.for_all_steps => {}
                _ => {
                    chosen.insert(&setting.name, setting);
                }
            }
        }
        let value = |(name, setting): (&str, &Setting)| {
            let value = setting.value.clone().ok_or_else(|| {
                let message = format!("the value of `{name}` is not known before the build runs");
                Box::new(
                    Diagnostic::error("later-substitution", message)
                        .at(Label::new(setting.mark, "")),
                )
            })?;
            Ok((name.to_owned(), value))
        };
        chosen.into_iter().map(value).collect()
    }
}
