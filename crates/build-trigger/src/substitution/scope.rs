use std::collections::BTreeMap;

use tidegate_source::{Mark, nearest};

use crate::substitution::evaluate::Text;
use crate::substitution::template::Template;
use crate::written::{Mistake, Written};

/// What is known about the place where builds run. What is `None` is known only once a build runs there.
///
/// ```
/// use tidegate_build_trigger::Facts;
///
/// let facts = Facts { project_id: Some("tomoda-prod".into()), ..Facts::default() };
/// // What is not told is known to the build alone.
/// assert!(facts.location.is_none());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// `$PROJECT_ID`.
    pub project_id: Option<String>,
    /// `$PROJECT_NUMBER`.
    pub project_number: Option<String>,
    /// `$LOCATION`.
    pub location: Option<String>,
    /// `$SERVICE_ACCOUNT_EMAIL`.
    pub service_account_email: Option<String>,
}

/// The code of a substitution that contains itself.
pub(crate) const CYCLE: &str = "substitution-cycle";

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lookup {
    Known(String),
    /// Only the build will know, because of the substitution named.
    Later(String),
    Undefined,
}

/// The names of Cloud Build's own substitutions.
pub(crate) const BUILT_IN: [&str; 16] = [
    "PROJECT_ID",
    "PROJECT_NUMBER",
    "BUILD_ID",
    "LOCATION",
    "TRIGGER_NAME",
    "COMMIT_SHA",
    "REVISION_ID",
    "SHORT_SHA",
    "REPO_NAME",
    "REPO_FULL_NAME",
    "BRANCH_NAME",
    "TAG_NAME",
    "REF_NAME",
    "TRIGGER_BUILD_CONFIG_PATH",
    "SERVICE_ACCOUNT_EMAIL",
    "SERVICE_ACCOUNT",
];

/// Substitutions that a pull request brings; on a push they are empty.
const OF_PULL_REQUESTS: [&str; 4] =
    ["_HEAD_BRANCH", "_BASE_BRANCH", "_HEAD_REPO_URL", "_PR_NUMBER"];

/// The substitutions of one build.
#[derive(Debug)]
pub(crate) struct Scope<'b> {
    /// Cloud Build's own, as far as they are known.
    built_in: BTreeMap<&'static str, String>,
    /// The user's, those of a trigger before those of the build configuration.
    user: BTreeMap<&'b str, &'b Written>,
    values: BTreeMap<&'b str, Text>,
    /// The names whose values are being made, outermost first.
    under_way: Vec<&'b str>,
}

impl<'b> Scope<'b> {
    pub(crate) fn new(
        built_in: BTreeMap<&'static str, String>,
        user: impl IntoIterator<Item = (&'b str, &'b Written)>,
    ) -> Self {
        let user = user.into_iter().collect();
        Self { built_in, user, values: BTreeMap::new(), under_way: Vec::new() }
    }

    /// Returns the user's substitutions with their values, in the order of their names.
    pub(crate) fn all(&mut self) -> Vec<(String, Result<Text, Mistake>)> {
        let names: Vec<&str> = self.user.keys().copied().collect();
        names.into_iter().map(|name| (name.to_owned(), self.user_value(name))).collect()
    }

    pub(super) fn lookup(&mut self, name: &str, place: Mark) -> Result<Lookup, Mistake> {
        if let Some((known, _)) = self.user.get_key_value(name) {
            let known: &'b str = known;
            if let Some(from) = self.under_way.iter().position(|it| *it == known) {
                let mut ring = self.under_way[from..].to_vec();
                ring.push(known);
                let message =
                    format!("substitution `{name}` contains itself: {}", ring.join(" → "));
                return Err(Mistake::new(CYCLE, message, place));
            }
            return Ok(match self.user_value(known)? {
                Text::Known(value) => Lookup::Known(value),
                Text::Later(name) => Lookup::Later(name),
            });
        }
        if let Some(value) = self.built_in.get(name) {
            return Ok(Lookup::Known(value.clone()));
        }
        if BUILT_IN.contains(&name) {
            return Ok(Lookup::Later(name.to_owned()));
        }
        if OF_PULL_REQUESTS.contains(&name) {
            return Ok(Lookup::Known(String::new()));
        }
        if !name.starts_with('_') {
            return Err(self.undefined(name, place));
        }
        Ok(Lookup::Undefined)
    }

    fn user_value(&mut self, name: &'b str) -> Result<Text, Mistake> {
        if let Some(value) = self.values.get(name) {
            return Ok(value.clone());
        }
        let Some(written) = self.user.get(name).copied() else {
            return Err(self.undefined(name, Mark::NONE));
        };
        if self.under_way.len() >= MAX_CHAIN {
            let message =
                format!("substitutions refer to each other in a chain of more than {MAX_CHAIN}");
            return Err(Mistake::new("bad-substitution", message, written.mark));
        }
        self.under_way.push(name);
        let value = Template::parse(written).and_then(|template| self.template(&template, written));
        self.under_way.pop();
        let value = value?;
        self.values.insert(name, value.clone());
        Ok(value)
    }

    pub(super) fn undefined(&self, name: &str, place: Mark) -> Mistake {
        let message = if name.starts_with('_') {
            format!("substitution `{name}` is not defined")
        } else {
            format!("`{name}` is none of Cloud Build's substitutions")
        };
        let known = self.user.keys().copied().chain(BUILT_IN);
        let near = nearest(name, known)
            .map(|near| format!("a substitution with a similar name exists: `{near}`"));
        let help = near.unwrap_or_else(|| {
            if name.starts_with('_') {
                "define it under `substitutions` of the trigger or of the build configuration".to_owned()
            } else {
                format!("a substitution of your own starts with `_`; where the shell shall read it, write `$${name}`")
            }
        });
        Mistake::new("undefined-substitution", message, place).help(help)
    }
}

/// How many substitutions may refer to each other in a row.
const MAX_CHAIN: usize = 64;
