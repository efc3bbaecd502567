//! A sandbox of one's own for each test, and the program run in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

/// What a run of the program gave.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        assert_eq!(self.code, 0, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub(crate) fn refused(self, code: i32, words: &[&str]) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        for word in words {
            assert!(self.stderr.contains(word), "`{word}` is missing in:\n{}", self.stderr);
        }
        self
    }
}

/// A global configuration of git that would break every commit, if it were read.
const HOSTILE: &str = "\
[user]
    useConfigOnly = true
[commit]
    gpgsign = true
[tag]
    gpgsign = true
[gpg]
    program = /nonexistent/gpg
[core]
    hooksPath = /nonexistent/hooks
    autocrlf = true
[push]
    default = nothing
[init]
    defaultBranch = trunk
[alias]
    commit = log
[url \"https://nowhere.invalid/\"]
    insteadOf = /
";

/// A folder with a sandbox in it.
pub(crate) struct Sandbox {
    pub(crate) folder: TempDir,
}

fn template() -> &'static Path {
    static TEMPLATE: OnceLock<TempDir> = OnceLock::new();
    TEMPLATE
        .get_or_init(|| {
            let folder = tempfile::tempdir().expect("a temporary folder");
            std::fs::write(folder.path().join(".gitconfig"), HOSTILE)
                .expect("a hostile configuration");
            run(folder.path(), &["status", "--sandbox=box"]).ok();
            folder
        })
        .path()
}

fn copy(from: &Path, to: &Path) {
    let done = Command::new("cp").arg("-a").arg(from).arg(to).status().expect("cp starts");
    assert!(done.success());
}

/// Runs the program in a folder whose user has nothing but that folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Ran {
    run_with(folder, arguments, "")
}

/// Runs the program in a folder, with a text on its standard input.
pub(crate) fn run_with(folder: &Path, arguments: &[&str], input: &str) -> Ran {
    use std::io::Write as _;

    let mut command = Command::new(env!("CARGO_BIN_EXE_tidegate"));
    command.args(arguments).current_dir(folder).env_clear().env("HOME", folder);
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut pipe = child.stdin.take().expect("a pipe");
    // A program that reads nothing may have ended by now.
    pipe.write_all(input.as_bytes()).unwrap_or_default();
    drop(pipe);
    let done = child.wait_with_output().expect("the program ends");
    Ran {
        code: done.status.code().unwrap_or(-1),
        stdout: String::from_utf8(done.stdout).expect("text"),
        stderr: String::from_utf8(done.stderr).expect("text"),
    }
}

impl Sandbox {
    /// Takes a new sandbox: a copy of one that was laid out once.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        copy(&template().join("box"), folder.path());
        std::fs::write(folder.path().join(".gitconfig"), HOSTILE).expect("a hostile configuration");
        Self { folder }
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join("box").join(inside)
    }

    /// Runs the program on the sandbox.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let mut all = arguments.to_vec();
        all.push("--sandbox=box");
        run(self.folder.path(), &all)
    }

    /// Runs git in a folder of the sandbox.
    pub(crate) fn git(&self, folder: &str, arguments: &[&str]) -> String {
        git(&self.path(folder), arguments)
    }

    /// Changes a file of the application and pushes the commit.
    pub(crate) fn commit(&self, file: &str, text: &str) {
        std::fs::write(self.path("app").join(file), text).expect("the file can be written");
        self.git("app", &["add", "--all"]);
        self.git("app", &["commit", "--quiet", "--message", "a change"]);
        self.git("app", &["push", "--quiet", "origin", "HEAD"]);
    }

    /// Reads a file of the devops remote.
    pub(crate) fn devops_file(&self, path: &str) -> String {
        self.git("devops.git", &["show", &format!("main:{path}")])
    }

    /// Returns every file of the sandbox with its bytes.
    pub(crate) fn snapshot(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        snapshot(&self.path(""))
    }
}

/// Runs git, apart from the user's configuration, with an identity of the test.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> String {
    let done = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=Test", "-c", "user.email=test@tidegate.invalid"])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .expect("git starts");
    assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("text")
}

/// Returns every file below a folder with its bytes.
pub(crate) fn snapshot(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut pending = vec![folder.to_path_buf()];
    while let Some(folder) = pending.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                pending.push(path);
            } else {
                files.insert(path.clone(), std::fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

/// The overlay of production.
pub(crate) const PROD: &str = "k8s/apps/tomoda/overlays/prod/kustomization.yaml";
