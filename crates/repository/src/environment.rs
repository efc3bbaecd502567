use std::ffi::{OsStr, OsString};
use std::process::Command;
use std::time::Duration;

/// A person or program in a commit: name and address.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Identity {
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
}

impl Identity {
    /// Creates an identity.
    #[must_use]
    pub fn new(name: impl Into<String>, email: impl Into<String>) -> Self {
        Self { name: name.into(), email: email.into() }
    }
}

/// The date that a commit and a tag carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CommitDate {
    /// The moment of the commit; git reads the clock.
    Now,
    /// Seconds since 1970-01-01 UTC. The same input then gives the same commit.
    At(i64),
}

/// How long git may take. A limit ends that run of git with an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// For what only reads or writes the local repository.
    pub local: Duration,
    /// For what talks to a remote.
    pub remote: Duration,
    /// For what runs the user's own programs: hooks, signing.
    pub hooks: Duration,
}

/// One minute for local work, five for a remote, thirty for hooks.
impl Default for Limits {
    fn default() -> Self {
        let minutes = |n: u64| Duration::from_secs(n * 60);
        Self { local: minutes(1), remote: minutes(5), hooks: minutes(30) }
    }
}

/// In which surroundings git runs: the user's own, or apart from them.
///
/// In both, messages are English, nothing prompts on a terminal, no pager or editor starts, and variables that
/// would point git at another repository are removed.
#[derive(Clone, Debug)]
pub struct Environment {
    variables: Vec<(OsString, OsString)>,
    isolated: Option<Identity>,
    limits: Limits,
}

impl Environment {
    /// The user's own git: global configuration, hooks, signing, credential helpers.
    #[must_use]
    pub fn user() -> Self {
        Self { variables: Vec::new(), isolated: None, limits: Limits::default() }
    }

    /// A git that knows nothing of the user: no global or system configuration, no `GIT_*` variable, no home
    /// folder, and an identity of its own. For the sandbox and for tests.
    #[must_use]
    pub fn isolated(identity: Identity) -> Self {
        Self { variables: Vec::new(), isolated: Some(identity), limits: Limits::default() }
    }

    /// Adds a variable as if the process had been started with it. An isolated environment is deaf to those that
    /// configure git.
    #[must_use]
    pub fn with_variable(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Self {
        self.variables.push((name.as_ref().to_owned(), value.as_ref().to_owned()));
        self
    }

    /// Replaces the time limits.
    #[must_use]
    pub fn with_limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Returns the time limits.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// Returns whether the user's configuration is left out.
    #[must_use]
    pub fn is_isolated(&self) -> bool {
        self.isolated.is_some()
    }

    /// Prepares a run of git: variables and the options before its command.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new("git");
        for (name, value) in &self.variables {
            command.env(name, value);
        }
        for name in ELSEWHERE {
            command.env_remove(name);
        }
        if let Some(identity) = &self.isolated {
            self.isolate(&mut command, identity);
        }
        command.env("LC_ALL", "C").env_remove("LANGUAGE");
        command.env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
        command.env("GIT_EDITOR", ":").env("GIT_PAGER", "cat").env("GIT_MERGE_AUTOEDIT", "no");
        command.args(["--no-pager", "--literal-pathspecs"]);
        for setting in
            ["core.quotePath=false", "i18n.commitEncoding=UTF-8", "i18n.logOutputEncoding=UTF-8"]
        {
            command.args(["-c", setting]);
        }
        if self.isolated.is_some() {
            for setting in APART {
                command.args(["-c", setting]);
            }
        }
        command
    }

    fn isolate(&self, command: &mut Command, identity: &Identity) {
        let given = self.variables.iter().map(|(name, _)| name.clone());
        for name in std::env::vars_os().map(|(name, _)| name).chain(given) {
            if name.to_string_lossy().starts_with("GIT_") {
                command.env_remove(name);
            }
        }
        // git 2.30 and 2.31 do not know GIT_CONFIG_GLOBAL: there, a home that is no folder does it.
        for name in ["HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL"] {
            command.env(name, "/dev/null");
        }
        for name in ["GIT_CONFIG_NOSYSTEM", "GIT_ATTR_NOSYSTEM"] {
            command.env(name, "1");
        }
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), &identity.name);
            command.env(format!("GIT_{role}_EMAIL"), &identity.email);
        }
    }
}

/// Variables by which git would take another repository, index or reading of paths than the one asked for.
const ELSEWHERE: [&str; 16] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_GRAFT_FILE",
    "GIT_REPLACE_REF_BASE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];

/// Settings of an isolated git: nothing in the background, no file outside the repository.
const APART: [&str; 5] = [
    "core.attributesFile=/dev/null",
    "core.excludesFile=/dev/null",
    "gc.auto=0",
    "maintenance.auto=false",
    "init.defaultBranch=main",
];
