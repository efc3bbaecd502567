use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use tidegate_repository::{
    BareClone, CommitDate, Environment as Git, GitError, GitErrorKind, ObjectId, WorkTree,
};

use crate::clock::Clock;
use crate::config::{Cluster as ClusterConfig, Config, Environment};
use crate::error::{Complaint, Error};
use crate::fault::Fault;
use crate::plan::Heading;

/// How the places of a configuration are opened.
#[derive(Clone, Debug)]
pub struct Places {
    /// The configuration file.
    pub config: PathBuf,
    /// The arguments that name these places on a command line, for the commands that messages advise; empty where none
    /// are needed.
    pub named: String,
    /// Whether this is the sandbox: its git is deaf to the user's configuration, and its time is virtual.
    pub sandbox: bool,
    /// The time, in seconds since 1970, that the program read when it started. The sandbox does not use it.
    pub now: i64,
    /// Whether nothing may change: what has to be fetched is fetched into a folder that is thrown away.
    pub read_only: bool,
    /// Faults of the next images and builds; for the sandbox alone.
    pub faults: Vec<Fault>,
    /// Variables that git sees as if the process had been started with them.
    pub git_variables: Vec<(String, String)>,
}

/// Everything outside that a run touches: the configuration, and the doors that it names.
#[derive(Debug)]
pub struct World {
    pub(crate) config: Config,
    pub(crate) root: PathBuf,
    pub(crate) app: WorkTree,
    pub(crate) git: Git,
    pub(crate) clock: Clock,
    named: String,
    pub(crate) sandbox: bool,
    pub(crate) read_only: bool,
    pub(crate) faults: Vec<Fault>,
    devops: OnceCell<BareClone>,
    scratch: OnceCell<tempfile::TempDir>,
}

impl World {
    /// Opens the places that a configuration names. Nothing is fetched yet.
    ///
    /// # Errors
    ///
    /// [`Error::Misuse`] for a configuration that can't be used, with every mistake in it; [`Error::Refused`] when its
    /// folder is no git work tree.
    pub fn open(places: &Places) -> Result<Self, Error> {
        let file = std::path::absolute(&places.config).unwrap_or_else(|_| places.config.clone());
        let text = std::fs::read_to_string(&file).map_err(|error| {
            Error::misuse(
                "config-unreadable",
                format!("cannot read the configuration {}: {error}", places.config.display()),
                "name it with --config, or try the example with --sandbox",
            )
        })?;
        let config = Config::parse(&places.config.to_string_lossy(), &text).map_err(|it| {
            Error::Misuse(Complaint { diagnostics: it.diagnostics, sources: it.sources })
        })?;
        let root = file.parent().map(Path::to_path_buf).unwrap_or_default();
        let mut git = if places.sandbox { crate::sandbox::git() } else { Git::user() };
        for (name, value) in &places.git_variables {
            git = git.with_variable(name, value);
        }
        let app = WorkTree::open(&root, &git).map_err(|error| refused_by_git(&error))?;
        let mut world = Self {
            config,
            root,
            app,
            git,
            clock: Clock::Real(places.now),
            named: places.named.clone(),
            sandbox: places.sandbox,
            read_only: places.read_only,
            faults: places.faults.clone(),
            devops: OnceCell::new(),
            scratch: OnceCell::new(),
        };
        if places.sandbox {
            world.clock = Clock::Virtual(crate::sandbox::now(&world)?);
        }
        Ok(world)
    }

    /// Returns the configuration.
    #[must_use]
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// Returns the environment that is meant: the one that is named, the configured default, or the only one.
    ///
    /// # Errors
    ///
    /// [`Error::Misuse`] for an unknown name, or for none where there are several.
    pub fn environment(&self, name: Option<&str>) -> Result<&Environment, Error> {
        let known = || {
            let names: Vec<&str> =
                self.config.environments.iter().map(|it| it.name.value.as_str()).collect();
            names
        };
        let default = self.config.default_environment.as_ref().map(|it| it.value.as_str());
        match name.or(default) {
            Some(name) => self.config.environment(name).ok_or_else(|| {
                let help = tidegate_source::nearest(name, known()).map_or_else(
                    || format!("known: {}", known().join(", ")),
                    |near| format!("did you mean `{near}`?"),
                );
                Error::misuse(
                    "unknown-environment",
                    format!("there is no environment `{name}`"),
                    help,
                )
            }),
            None => match self.config.environments.as_slice() {
                [only] => Ok(only),
                _ => Err(Error::misuse(
                    "environment-needed",
                    format!("there are several environments: {}", known().join(", ")),
                    "name one with --env, or set `defaultEnvironment` in tidegate.yaml",
                )),
            },
        }
    }

    /// Returns a command line of these places, for a message that advises it.
    pub(crate) fn command_line(&self, command: &str, environment: &str) -> String {
        let gap = if self.named.is_empty() { "" } else { " " };
        format!("tidegate {command}{gap}{} --env {environment}", self.named)
    }

    /// Returns what a run in an environment is about.
    #[must_use]
    pub fn heading(&self, environment: &Environment) -> Heading {
        let cluster = match &environment.cluster {
            ClusterConfig::Simulated(file) => format!("simulated cluster {}", file.value),
            ClusterConfig::Context(name) => format!("context {}", name.value),
        };
        Heading {
            application: self.config.application.value.clone(),
            environment: environment.name.value.clone(),
            remote: tidegate_repository::masked(&self.config.devops.remote.value).into_owned(),
            cluster,
        }
    }

    /// Resolves a path of the configuration.
    pub(crate) fn path(&self, written: &str) -> PathBuf {
        // `..` is taken by its text, so that a path that is shown reads well.
        let mut path = self.root.clone();
        for part in Path::new(written).components() {
            match part {
                std::path::Component::ParentDir => {
                    path.pop();
                }
                std::path::Component::CurDir => {}
                other => path.push(other),
            }
        }
        path
    }

    /// Returns the folder of the layout that holds an image repository.
    pub(crate) fn layout_folder(&self, repository: &str) -> PathBuf {
        let root = self.path(&self.config.registry.layouts.value);
        repository.split('/').fold(root, |path, part| path.join(part.replace(':', "+")))
    }

    /// Returns the kept clone of the devops repository, fetched once in a run.
    pub(crate) fn devops(&self) -> Result<&BareClone, Error> {
        if let Some(clone) = self.devops.get() {
            return Ok(clone);
        }
        let folder = if self.read_only {
            self.scratch()?.join("devops.git")
        } else {
            self.app.git_dir().join("tidegate").join("devops.git")
        };
        let address = self.devops_address();
        let clone = match BareClone::open(&folder, &address, &self.git) {
            // The configuration names another remote now. What is kept is only a copy.
            Err(error) if error.kind() == GitErrorKind::Conflict => {
                std::fs::remove_dir_all(&folder).map_err(|error| {
                    Error::failed(
                        "cache",
                        format!("cannot remove {}: {error}", folder.display()),
                        "remove it by hand",
                    )
                })?;
                BareClone::open(&folder, &address, &self.git)
            }
            other => other,
        };
        let clone = clone.map_err(|it| failed_in_git(&it))?;
        clone.fetch().map_err(|it| failed_in_git(&it))?;
        Ok(self.devops.get_or_init(|| clone))
    }

    /// Returns the tip of the branch that the reconciler follows.
    pub(crate) fn devops_tip(&self) -> Result<ObjectId, Error> {
        let branch = &self.config.devops.branch;
        self.devops()?.tip(branch).map_err(|it| failed_in_git(&it))?.ok_or_else(|| {
            Error::refused(
                "devops-branch",
                format!("the devops repository has no branch `{branch}`"),
                "push it, or name another with `devops.branch`",
            )
        })
    }

    /// Returns the address of the devops repository as git takes it.
    pub(crate) fn devops_address(&self) -> String {
        let written = &self.config.devops.remote.value;
        let is_address = written.contains("://")
            || written
                .split_once(':')
                .is_some_and(|(host, _)| !host.contains('/') && host.len() > 1);
        if is_address { written.clone() } else { self.path(written).to_string_lossy().into_owned() }
    }

    pub(crate) fn scratch(&self) -> Result<&Path, Error> {
        if self.scratch.get().is_none() {
            let folder = tempfile::tempdir().map_err(|it| {
                Error::failed("scratch", format!("cannot create a temporary folder: {it}"), "")
            })?;
            return Ok(self.scratch.get_or_init(|| folder).path());
        }
        Ok(self.scratch.get().map_or(Path::new("."), tempfile::TempDir::path))
    }

    /// Returns the date that a commit of this run carries, `lag` seconds after what caused it.
    pub(crate) const fn commit_date(&self, cause: i64, lag: i64) -> CommitDate {
        match self.clock {
            Clock::Real(_) => CommitDate::Now,
            Clock::Virtual(_) => CommitDate::At(cause.saturating_add(lag)),
        }
    }
}

/// Turns an error of git into a failure.
pub(crate) fn failed_in_git(error: &GitError) -> Error {
    Error::failed("git", error.to_string(), error.help().unwrap_or_default())
}

/// Turns an error of git into a refusal.
pub(crate) fn refused_by_git(error: &GitError) -> Error {
    Error::refused("git", error.to_string(), error.help().unwrap_or_default())
}
