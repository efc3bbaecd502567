use std::ffi::{OsStr, OsString};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crate::environment::{CommitDate, Environment, Identity};
use crate::error::{GitError, GitErrorKind};

/// The oldest git whose options this crate relies on (`rev-parse --end-of-options`).
const OLDEST: (u32, u32) = (2, 30);

/// The git program in one folder.
#[derive(Clone, Debug)]
pub(crate) struct Git {
    folder: PathBuf,
    environment: Environment,
}

/// Which of the [`crate::Limits`] holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Local,
    Remote,
    Hooks,
}

/// What a run of git left.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) success: bool,
    pub(crate) code: Option<i32>,
    pub(crate) stdout: Vec<u8>,
    pub(crate) stderr: String,
}

/// A run of git, before it starts.
pub(crate) struct Run<'g> {
    git: &'g Git,
    kind: Kind,
    doing: String,
    arguments: Vec<OsString>,
    variables: Vec<(&'static str, OsString)>,
    input: Option<Vec<u8>>,
}

impl Git {
    pub(crate) fn new(folder: &Path, environment: &Environment) -> Self {
        Self { folder: folder.to_owned(), environment: environment.clone() }
    }

    /// Begins a run; `doing` says in an error what was being done.
    pub(crate) fn run(&self, doing: impl Into<String>, arguments: &[&str]) -> Run<'_> {
        Run {
            git: self,
            kind: Kind::Local,
            doing: doing.into(),
            arguments: arguments.iter().map(OsString::from).collect(),
            variables: Vec::new(),
            input: None,
        }
    }

    /// Refuses a git that is too old.
    pub(crate) fn check_version(&self) -> Result<(), GitError> {
        let doing = "asking git for its version";
        let text = self.run(doing, &["version"]).text()?;
        let number = text.split_whitespace().nth(2).unwrap_or_default();
        let mut parts = number.split('.').map_while(|part| part.parse::<u32>().ok());
        let (Some(major), Some(minor)) = (parts.next(), parts.next()) else {
            return Err(GitError::unreadable(doing, format!("`{text}` names no version")));
        };
        if (major, minor) < OLDEST {
            let reason =
                format!("git {}.{} or newer is needed, this is {number}", OLDEST.0, OLDEST.1);
            return Err(
                GitError::new(GitErrorKind::TooOld, doing, reason).with_help("install a newer git")
            );
        }
        Ok(())
    }

    fn spawn(
        &self,
        doing: &str,
        prepare: impl FnOnce(&mut std::process::Command),
    ) -> Result<Child, GitError> {
        if !self.folder.is_dir() {
            let reason = format!("`{}` is not a folder", self.folder.display());
            return Err(GitError::new(GitErrorKind::NotARepository, doing, reason));
        }
        let mut command = self.environment.command();
        command.current_dir(&self.folder);
        prepare(&mut command);
        command.spawn().map_err(|error| {
            let reason = format!("the `git` program could not be started: {error}");
            GitError::new(GitErrorKind::NoProgram, doing, reason)
                .with_help("install git 2.30 or newer and put it on the PATH")
        })
    }

    /// Starts a git that answers question by question on its standard streams.
    pub(crate) fn converse(&self, doing: &str, arguments: &[&str]) -> Result<Child, GitError> {
        self.spawn(doing, |command| {
            command.args(arguments);
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        })
    }
}

impl Run<'_> {
    /// Says which limit holds.
    pub(crate) fn limit(mut self, kind: Kind) -> Self {
        self.kind = kind;
        self
    }

    /// Adds an argument that came from outside: what it is was checked before.
    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.arguments.push(argument.as_ref().to_owned());
        self
    }

    pub(crate) fn args<S: AsRef<OsStr>>(mut self, arguments: impl IntoIterator<Item = S>) -> Self {
        self.arguments.extend(arguments.into_iter().map(|it| it.as_ref().to_owned()));
        self
    }

    pub(crate) fn variable(mut self, name: &'static str, value: impl AsRef<OsStr>) -> Self {
        self.variables.push((name, value.as_ref().to_owned()));
        self
    }

    pub(crate) fn input(mut self, input: impl Into<Vec<u8>>) -> Self {
        self.input = Some(input.into());
        self
    }

    /// Fixes the dates and, where one is given, the author.
    pub(crate) fn dated(mut self, date: CommitDate, author: Option<&Identity>) -> Self {
        if let CommitDate::At(seconds) = date {
            let text = format!("@{seconds} +0000");
            self = self.variable("GIT_AUTHOR_DATE", &text).variable("GIT_COMMITTER_DATE", &text);
        }
        if let Some(author) = author {
            self = self
                .variable("GIT_AUTHOR_NAME", &author.name)
                .variable("GIT_AUTHOR_EMAIL", &author.email);
        }
        self
    }

    /// Runs git; an exit code is part of the answer.
    pub(crate) fn output(self) -> Result<Output, GitError> {
        let limits = self.git.environment.limits();
        let limit = match self.kind {
            Kind::Local => limits.local,
            Kind::Remote => limits.remote,
            Kind::Hooks => limits.hooks,
        };
        let child = self.git.spawn(&self.doing, |command| {
            command
                .args(&self.arguments)
                .envs(self.variables.iter().map(|(name, value)| (name, value)));
            command.stdin(if self.input.is_some() { Stdio::piped() } else { Stdio::null() });
            command.stdout(Stdio::piped()).stderr(Stdio::piped());
        })?;
        supervise(child, self.input, limit, &self.doing)
    }

    /// Runs git; anything but success is an error.
    pub(crate) fn bytes(self) -> Result<Vec<u8>, GitError> {
        let doing = self.doing.clone();
        let output = self.output()?;
        if output.success { Ok(output.stdout) } else { Err(output.error(doing)) }
    }

    /// Runs git and returns its answer without the final line end.
    pub(crate) fn text(self) -> Result<String, GitError> {
        let doing = self.doing.clone();
        let mut text = String::from_utf8(self.bytes()?)
            .map_err(|_| GitError::unreadable(doing, "git answered something that is not UTF-8"))?;
        text.truncate(text.trim_end_matches('\n').len());
        Ok(text)
    }

    /// Runs git for its effect.
    pub(crate) fn done(self) -> Result<(), GitError> {
        self.bytes().map(|_| ())
    }
}

impl Output {
    /// The error that a failed run means.
    pub(crate) fn error(&self, doing: impl Into<String>) -> GitError {
        let said: Vec<&str> =
            self.stderr.lines().filter(|line| !line.starts_with("hint:")).collect();
        let said = said.join("\n");
        let said = said.trim();
        if said.is_empty() {
            let reason = match self.code {
                Some(code) => format!("git ended with exit code {code}"),
                None => "git was stopped by a signal".to_owned(),
            };
            return GitError::new(GitErrorKind::Failed, doing, reason);
        }
        let said =
            said.strip_prefix("fatal: ").or_else(|| said.strip_prefix("error: ")).unwrap_or(said);
        GitError::new(GitErrorKind::Failed, doing, said)
    }
}

enum Part {
    Stdout(Vec<u8>),
    Stderr(Vec<u8>),
}

/// Feeds and reads a child until it ends or the limit has passed.
fn supervise(
    mut child: Child,
    input: Option<Vec<u8>>,
    limit: Duration,
    doing: &str,
) -> Result<Output, GitError> {
    let deadline = Instant::now() + limit;
    if let (Some(mut stdin), Some(input)) = (child.stdin.take(), input) {
        // A git that ends early closes the pipe; its exit code and message tell more than the failed write.
        std::thread::spawn(move || drop(stdin.write_all(&input)));
    }
    let (sender, receiver) = mpsc::channel();
    let (Some(stdout), Some(stderr)) = (child.stdout.take(), child.stderr.take()) else {
        return Err(GitError::unreadable(doing, "git was started without its output"));
    };
    read_all(stdout, Part::Stdout, sender.clone());
    read_all(stderr, Part::Stderr, sender);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    for _ in 0..2 {
        match receiver.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(Part::Stdout(bytes)) => out = bytes,
            Ok(Part::Stderr(bytes)) => err = bytes,
            Err(_) => {
                let stopped = child.kill().and_then(|()| child.wait());
                let reason = format!("git did not end within {} s", limit.as_secs_f64());
                stopped.map_err(|error| GitError::io(doing, &error))?;
                return Err(GitError::new(GitErrorKind::TimedOut, doing, reason));
            }
        }
    }
    let status = child.wait().map_err(|error| GitError::io(doing, &error))?;
    Ok(Output {
        success: status.success(),
        code: status.code(),
        stdout: out,
        stderr: String::from_utf8_lossy(&err).into_owned(),
    })
}

fn read_all(
    mut from: impl Read + Send + 'static,
    wrap: fn(Vec<u8>) -> Part,
    to: mpsc::Sender<Part>,
) {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // What arrived before a broken pipe is what git said; the exit code tells whether it was all.
        drop(from.read_to_end(&mut bytes));
        // The receiver is gone once the limit has passed.
        drop(to.send(wrap(bytes)));
    });
}
