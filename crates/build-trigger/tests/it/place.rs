use std::sync::Arc;

use tidegate_build_trigger::{Build, Facts, GitRef, Outcome, Push, Trigger, verdicts};
use tidegate_source::{Colour, Diagnostic, Sources, render};

pub(crate) const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

pub(crate) fn branch(name: &str) -> Push {
    push(GitRef::Branch(name.to_owned()))
}

pub(crate) fn tag(name: &str) -> Push {
    push(GitRef::Tag(name.to_owned()))
}

fn push(git_ref: GitRef) -> Push {
    Push {
        git_ref,
        commit: COMMIT.to_owned(),
        message: "Change\n".to_owned(),
        changed_files: None,
        repository: None,
    }
}

/// A trigger and its build configuration, as files.
pub(crate) struct Place {
    pub(crate) sources: Sources,
    pub(crate) facts: Facts,
    trigger: String,
    config: String,
}

impl Place {
    pub(crate) fn new(trigger: &str, config: &str) -> Self {
        let facts = Facts { project_id: Some("shop".to_owned()), ..Facts::default() };
        Self {
            sources: Sources::new(),
            facts,
            trigger: trigger.to_owned(),
            config: config.to_owned(),
        }
    }

    pub(crate) fn trigger(&mut self) -> Result<Vec<Trigger>, Vec<Diagnostic>> {
        let text: Arc<str> = self.trigger.as_str().into();
        let source = self.sources.add("trigger.yaml", Arc::clone(&text));
        Trigger::parse(source, &text)
    }

    pub(crate) fn outcome(&mut self, push: &Push) -> Result<Outcome, Vec<Diagnostic>> {
        let triggers = self.trigger()?;
        let (sources, config) = (&mut self.sources, &self.config);
        let mut read = |path: &str| {
            let text: Arc<str> = config.as_str().into();
            (path == "cloudbuild.yaml").then(|| (sources.add(path, Arc::clone(&text)), text))
        };
        let mut verdicts = verdicts(push, &triggers, &self.facts, &mut read);
        Ok(verdicts.pop().expect("there is one trigger").outcome)
    }

    #[track_caller]
    pub(crate) fn build(&mut self, push: &Push) -> Build {
        match self.outcome(push) {
            Ok(Outcome::Build(build)) => *build,
            Ok(Outcome::Nothing(reason)) => panic!("nothing starts: {reason}"),
            Ok(Outcome::Refused(mistakes)) | Err(mistakes) => panic!("{}", self.draw(&mistakes)),
        }
    }

    #[track_caller]
    pub(crate) fn refusal(&mut self, push: &Push) -> String {
        match self.outcome(push) {
            Ok(Outcome::Refused(mistakes)) | Err(mistakes) => self.draw(&mistakes),
            Ok(other) => panic!("it is not refused: {other:?}"),
        }
    }

    fn draw(&self, mistakes: &[Diagnostic]) -> String {
        let drawn: Vec<String> =
            mistakes.iter().map(|it| render(it, &self.sources, Colour::Never)).collect();
        drawn.join("\n")
    }
}

/// A trigger on `main` whose build does what `steps` says, after `images` and `substitutions`.
pub(crate) const ON_MAIN: &str = "name: t\ngithub: {owner: acme, name: shop, push: {branch: ^main$}}\nfilename: cloudbuild.yaml\n";

/// A trigger on tags of versions.
pub(crate) const ON_TAG: &str = "name: t\ngithub: {owner: acme, name: shop, push: {tag: '^v[0-9]'}}\nfilename: cloudbuild.yaml\n";
