use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::action::Action;

/// What a run is about: the first lines that a user sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// The application.
    pub application: String,
    /// The environment that the run ends in.
    pub environment: String,
    /// The remote of the devops repository; credentials are masked.
    pub remote: String,
    /// The cluster.
    pub cluster: String,
}

impl fmt::Display for Heading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} · {} · {} · {}",
            self.application, self.environment, self.remote, self.cluster
        )
    }
}

/// The stations of the road.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Station {
    /// The release commit and its tag are on the application's remote.
    Tag,
    /// The images are in the registry.
    Image,
    /// The override is committed to the devops repository.
    Override,
    /// The rollout has finished.
    Rollout,
}

impl fmt::Display for Station {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tag => "tag",
            Self::Image => "image",
            Self::Override => "override",
            Self::Rollout => "rollout",
        })
    }
}

/// A value of a plan: known already, or bound when an earlier step has run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Known when the plan was made.
    Known(String),
    /// Not known yet.
    Unknown {
        /// The name under which a step binds it: `digest of tomoda-backend:v1.3.0`.
        unknown: String,
    },
}

impl Value {
    /// Names a value that a step will bind.
    #[must_use]
    pub fn unknown(name: impl Into<String>) -> Self {
        Self::Unknown { unknown: name.into() }
    }

    /// Returns the value, looked up among what the steps have bound so far.
    #[must_use]
    pub fn resolve<'v>(&'v self, bound: &'v Bindings) -> Option<&'v str> {
        match self {
            Self::Known(text) => Some(text),
            Self::Unknown { unknown } => bound.get(unknown).map(String::as_str),
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(text) => f.write_str(text),
            Self::Unknown { unknown } => write!(f, "<{unknown}>"),
        }
    }
}

/// What the steps have bound, by the name of the unknown.
pub type Bindings = BTreeMap<String, String>;

/// One step: what it expects to find, what it does, and how it is undone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// Where on the road it stands.
    pub station: Station,
    /// One line for people.
    pub title: String,
    /// What has to hold before.
    pub expects: Vec<String>,
    /// What it does, in order.
    pub does: Vec<String>,
    /// How it is taken back.
    pub undo: String,
    /// The same as data: what execution consumes.
    pub action: Action,
}

/// What will be done: printed by `--dry-run`, consumed by the execution, recorded in the journal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// What it is about.
    pub heading: Heading,
    /// The request in the words of the command line: `release minor`.
    pub request: String,
    /// The steps in order; empty when there is nothing to do.
    pub steps: Vec<Step>,
    /// What else has to be said: findings of the proof, components that this road does not deploy, and, where there
    /// is nothing to do, why.
    pub remarks: Vec<Remark>,
    /// The ways back, compared; for a rollback.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<tidegate_rollback::RollbackPlan>,
}

impl Plan {
    /// Creates a plan without steps yet.
    pub(crate) const fn empty(heading: Heading, request: String) -> Self {
        Self { heading, request, steps: Vec::new(), remarks: Vec::new(), comparison: None }
    }
}

/// Something to know about a plan that is not a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// A stable name in kebab case.
    pub code: String,
    /// One sentence, or a few.
    pub text: String,
    /// Where it was read: `file:line:column`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// How it comes to this.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What to do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub help: Vec<String>,
}

impl Remark {
    /// Creates a remark without a place.
    #[must_use]
    pub fn new(code: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            text: text.into(),
            places: Vec::new(),
            notes: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}
