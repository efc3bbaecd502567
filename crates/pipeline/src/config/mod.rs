//! `tidegate.yaml`: read strictly, with a place for every mistake.

mod check;
mod model;
mod schema;

pub use model::{
    Builds, Cluster, Component, Config, Devops, Environment, Group, OURSELVES, Policy, Registry,
    Repository, Roles, VersionFile,
};
pub use schema::json_schema;

use tidegate_source::{Diagnostic, Sources};

/// A configuration that can't be used: every mistake that was found, and the text that they point into.
#[derive(Clone, Debug)]
pub struct ConfigError {
    /// The mistakes; at least one.
    pub diagnostics: Vec<Diagnostic>,
    /// The file.
    pub sources: Sources,
}

impl Config {
    /// Reads a configuration.
    ///
    /// # Errors
    ///
    /// When the text is no YAML, a field is unknown, missing or of the wrong kind, or when what is written
    /// contradicts itself; each mistake with line, column and what to do.
    pub fn parse(path: &str, text: &str) -> Result<Self, ConfigError> {
        let mut sources = Sources::new();
        let source = sources.add(path, text);
        let config: Self = match tidegate_yaml::from_str(text) {
            Ok(config) => config,
            Err(error) => {
                let mut diagnostic = error.to_diagnostic(source);
                if diagnostic.help.is_empty() {
                    diagnostic = diagnostic.help("`tidegate schema` prints what each field takes");
                }
                return Err(ConfigError { diagnostics: vec![diagnostic], sources });
            }
        };
        let diagnostics = check::check(&config, source);
        if diagnostics.is_empty() { Ok(config) } else { Err(ConfigError { diagnostics, sources }) }
    }

    /// Returns the environment of a name.
    #[must_use]
    pub fn environment(&self, name: &str) -> Option<&Environment> {
        self.environments.iter().find(|environment| environment.name.value == name)
    }

    /// Returns the group of a name.
    #[must_use]
    pub fn group(&self, name: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.name.value == name)
    }

    /// Returns the components that are deployed as an image, in the order of the file.
    pub fn services(&self) -> impl Iterator<Item = (&Component, &str)> {
        self.components
            .iter()
            .filter_map(|component| Some((component, component.image.as_ref()?.value.as_str())))
    }

    /// Returns who does each box in an environment.
    #[must_use]
    pub fn roles<'c>(&'c self, environment: &'c Environment) -> &'c Roles {
        environment.roles.as_ref().unwrap_or(&self.roles)
    }
}
