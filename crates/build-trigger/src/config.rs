use std::collections::BTreeMap;
use std::sync::Arc;

use tidegate_source::{Diagnostic, Label, SourceId};

use crate::raw;
use crate::trigger::{documents, substitutions};
use crate::written::{File, Written};

/// What a build does: a `cloudbuild.yaml`.
///
/// ```
/// use tidegate_build_trigger::BuildConfig;
/// use tidegate_source::SourceId;
///
/// let text = "steps: [{name: docker, args: [build, -t, 'registry.example/tomoda/hub:$TAG_NAME', .]}]\n";
/// assert!(BuildConfig::parse(SourceId::NONE, &text.into()).is_ok());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildConfig {
    pub(crate) steps: Vec<Step>,
    pub(crate) images: Vec<Written>,
    pub(crate) substitutions: BTreeMap<String, Written>,
    pub(crate) tags: Vec<Written>,
    pub(crate) env: Vec<Written>,
}

/// One step: a container that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) name: Written,
    pub(crate) entrypoint: Option<Written>,
    pub(crate) args: Vec<Written>,
    pub(crate) env: Vec<Written>,
    pub(crate) dir: Option<Written>,
    pub(crate) script: Option<Written>,
}

impl BuildConfig {
    /// Reads a build configuration. JSON is read too, since it is YAML.
    ///
    /// ```
    /// use tidegate_build_trigger::BuildConfig;
    /// use tidegate_source::SourceId;
    ///
    /// let mistakes = BuildConfig::parse(SourceId::NONE, &"images: [hub]\n".into()).unwrap_err();
    /// // A build without steps is none.
    /// assert!(!mistakes.is_empty());
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong, each with its place: mistakes in the YAML, unknown fields with the nearest known name,
    /// no steps, names that are none.
    pub fn parse(source: SourceId, text: &Arc<str>) -> Result<Self, Vec<Diagnostic>> {
        let file = File { source, text: Arc::clone(text) };
        let mut builds = documents::<raw::Build>(&file)?;
        let last = builds.pop();
        match last {
            Some(build) if builds.is_empty() => Self::from_raw(&file, build),
            _ => {
                let mark = tidegate_source::Mark::new(source, tidegate_source::Span::new(0, 0));
                let message = "a build configuration is one document, and here are several";
                Err(vec![Diagnostic::error("several-documents", message).at(Label::new(mark, ""))])
            }
        }
    }

    pub(crate) fn from_raw(file: &File, raw: raw::Build) -> Result<Self, Vec<Diagnostic>> {
        let mut mistakes = Vec::new();
        let substitutions = substitutions(file, raw.substitutions, &mut mistakes);
        let written = |texts: Vec<tidegate_yaml::Spanned<String>>| -> Vec<Written> {
            texts.into_iter().map(|text| Written::new(file, text)).collect()
        };
        let mut images = written(raw.images);
        images.extend(raw.artifacts.map(|it| written(it.images)).unwrap_or_default());
        let mut steps = Vec::new();
        for step in raw.steps {
            let raw::Step { name, entrypoint, args, env, dir, script, .. } = step.value;
            let one = |text: tidegate_yaml::Spanned<String>| Written::new(file, text);
            let step = Step {
                name: one(name),
                entrypoint: entrypoint.map(one),
                args: written(args),
                env: written(env),
                dir: dir.map(one),
                script: script.map(one),
            };
            if let Some(script) =
                step.script.as_ref().filter(|_| step.entrypoint.is_some() || !step.args.is_empty())
            {
                let message = "a step with `script` takes neither `args` nor `entrypoint`";
                mistakes.push(
                    Diagnostic::error("step-script", message).at(Label::new(script.mark, "")),
                );
            }
            steps.push(step);
        }
        if steps.is_empty() {
            let mark = tidegate_source::Mark::new(file.source, tidegate_source::Span::new(0, 0));
            let message = "a build needs at least one step";
            mistakes.push(Diagnostic::error("no-steps", message).at(Label::new(mark, "")));
        }
        let env = raw.options.map(|options| written(options.env)).unwrap_or_default();
        for pair in steps
            .iter()
            .flat_map(|step| &step.env)
            .chain(&env)
            .filter(|pair| !pair.value.contains('='))
        {
            let message = format!("variable `{}` is not of the form `NAME=value`", pair.value);
            mistakes.push(Diagnostic::error("bad-variable", message).at(Label::new(pair.mark, "")));
        }
        if !mistakes.is_empty() {
            return Err(mistakes);
        }
        Ok(Self { steps, images, substitutions, tags: written(raw.tags), env })
    }

    /// Returns every text that substitutions are put into.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &Written> {
        self.steps
            .iter()
            .flat_map(|step| {
                [&step.name]
                    .into_iter()
                    .chain(&step.entrypoint)
                    .chain(&step.dir)
                    .chain(&step.args)
                    .chain(&step.env)
            })
            .chain(&self.images)
            .chain(&self.tags)
            .chain(&self.env)
    }
}
