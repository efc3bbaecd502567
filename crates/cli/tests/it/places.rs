//! The same road on the places that a configuration names: two `file://` remotes, layouts, a state file.

use std::path::{Path, PathBuf};

use crate::harness::{PROD, Ran, Sandbox, git, run};

/// Places of one's own: the sandbox's remotes and registry, and a clone that a user has made by hand.
struct Places {
    sandbox: Sandbox,
}

impl Places {
    fn new() -> Self {
        let sandbox = Sandbox::new();
        let url = |name: &str| format!("file://{}", sandbox.path(name).display());
        git(&sandbox.path(""), &["clone", "--quiet", &url("app.git"), "mine"]);
        let places = Self { sandbox };
        // A user's identity; nothing else of the user's git is known.
        let identity = "[user]\n\tname = Ada\n\temail = ada@tomoda.example\n";
        std::fs::write(places.sandbox.folder.path().join(".gitconfig"), identity)
            .expect("a configuration of git");
        let config = std::fs::read_to_string(places.clone().join("tidegate.yaml"))
            .expect("the configuration");
        let config = config
            .replace(
                "../devops.git",
                &format!("file://{}", places.sandbox.path("devops.git").display()),
            )
            .replace("../registry", &places.sandbox.path("registry").to_string_lossy())
            .replace("../cluster.json", &places.sandbox.path("cluster.json").to_string_lossy());
        std::fs::write(places.clone().join("tidegate.yaml"), config).expect("the configuration");
        git(&places.clone(), &["commit", "--quiet", "--all", "--message", "our own places"]);
        git(&places.clone(), &["push", "--quiet", "origin", "main"]);
        places
    }

    fn clone(&self) -> PathBuf {
        self.sandbox.path("mine")
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        // The empty home is the folder above, where the user's identity is.
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_tidegate"));
        command.args(arguments).current_dir(self.clone()).env_clear();
        command
            .env("HOME", self.sandbox.folder.path())
            .env("PATH", std::env::var_os("PATH").unwrap_or_default());
        let done = command.output().expect("the program starts");
        Ran {
            code: done.status.code().unwrap_or(-1),
            stdout: String::from_utf8(done.stdout).expect("text"),
            stderr: String::from_utf8(done.stderr).expect("text"),
        }
    }
}

fn entries(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.contains("newTag") || line.contains("digest")).collect()
}

#[test]
fn the_same_three_commands_give_the_same_end_state() {
    let places = Places::new();
    places
        .run(&["release", "minor"])
        .refused(2, &["there is no terminal to ask at", "--yes", "1.2.3 → 1.3.0"]);
    places.run(&["release", "minor", "--yes"]).ok();
    places.run(&["release", "patch", "--yes"]).ok();
    places.run(&["rollback", "--env", "prod", "--yes"]).ok();
    let ran = places.run(&["update", "--env", "prod", "--yes"]).ok();
    assert_eq!(ran.stdout, "nothing to do\n");
    assert!(ran.stderr.contains("v1.3.1: held since"), "{}", ran.stderr);
    let text = places.sandbox.devops_file(PROD);
    assert_eq!(
        entries(&text).iter().filter(|line| line.contains("newTag: v1.3.0")).count(),
        2,
        "{text}"
    );
    assert!(
        places
            .run(&["hold", "list", "--env", "prod"])
            .ok()
            .stdout
            .contains("by Ada <ada@tomoda.example>")
    );
    let status = places.run(&["status", "--env", "prod"]).ok().stdout;
    assert_eq!(status.matches("v1.3.0").count(), 4, "{status}");
    let author = places.sandbox.git("app.git", &["log", "-1", "--format=%an", "v1.3.1"]);
    assert_eq!(author, "Ada\n");
    places.run(&["release", "patch", "--yes"]).ok();
    let text = places.sandbox.devops_file(PROD);
    assert_eq!(
        entries(&text).iter().filter(|line| line.contains("newTag: v1.3.2")).count(),
        2,
        "{text}"
    );
}

#[test]
fn the_message_of_an_image_commit_follows_its_template() {
    let places = Places::new();
    let file = places.clone().join("tidegate.yaml");
    let config = std::fs::read_to_string(&file).expect("the configuration");
    let template = "  message: '{{ .Action }} {{ .Environment }}:{{ range .Updates }} {{ .Component }} {{ .OldTag }} to {{ .NewTag }}{{ end }}'\n";
    let config = config.replace("devops:\n", &format!("devops:\n{template}"));
    std::fs::write(&file, &config).expect("the configuration");
    git(&places.clone(), &["commit", "--quiet", "--all", "--message", "a template"]);
    git(&places.clone(), &["push", "--quiet", "origin", "main"]);
    places.run(&["release", "minor", "--yes", "--until", "override"]).ok();
    let message = places.sandbox.git("devops.git", &["log", "-1", "--format=%B", "main"]);
    assert_eq!(
        message.trim_end(),
        "deploy prod: backend v1.2.3 to v1.3.0 frontend v1.2.3 to v1.3.0"
    );
    std::fs::write(&file, config.replace("{{ end }}", "")).expect("the configuration");
    places.run(&["status"]).refused(2, &["`devops.message` is no template", "tidegate.yaml:"]);
}

#[test]
fn a_detached_head_at_the_remote_branch_counts_as_on_it() {
    let places = Places::new();
    git(&places.clone(), &["switch", "--quiet", "--detach", "origin/main"]);
    places.run(&["release", "minor", "--yes", "--until", "tag"]).ok();
    let tagged = places.sandbox.git("app.git", &["rev-parse", "v1.3.0^{commit}"]);
    assert_eq!(places.sandbox.git("app.git", &["rev-parse", "main"]), tagged);
}

#[test]
fn a_push_that_the_far_side_refuses_leaves_nothing_behind() {
    let places = Places::new();
    hook(
        &places.sandbox.path("app.git"),
        "pre-receive",
        "#!/bin/sh\necho 'main is protected: open a request' >&2\nexit 1\n",
    );
    let head = git(&places.clone(), &["rev-parse", "HEAD"]);
    let ran = places.run(&["release", "minor", "--yes"]);
    ran.refused(3, &["main is protected: open a request", "commit and tag were taken away again"]);
    assert_eq!(git(&places.clone(), &["rev-parse", "HEAD"]), head);
    assert_eq!(git(&places.clone(), &["tag", "--list", "v1.3.0"]), "");
    assert_eq!(git(&places.clone(), &["status", "--porcelain"]), "");
    assert_eq!(
        std::fs::read_to_string(places.clone().join("backend/VERSION")).expect("a file"),
        "1.2.3\n"
    );
}

#[test]
fn the_users_own_hooks_run() {
    let places = Places::new();
    hook(
        &places.clone().join(".git"),
        "commit-msg",
        "#!/bin/sh\nprintf '\\nChecked-by: hook\\n' >> \"$1\"\n",
    );
    places.run(&["release", "minor", "--yes", "--until", "tag"]).ok();
    let message = places.sandbox.git("app.git", &["log", "-1", "--format=%B", "v1.3.0"]);
    assert!(message.contains("Checked-by: hook"), "{message}");
}

#[test]
fn somebody_who_is_faster_is_not_overwritten() {
    let places = Places::new();
    places.run(&["release", "minor", "--yes", "--until", "image"]).ok();
    // The first push of the update meets a commit that came in between; the edit is then made in the new text.
    let once = places.sandbox.path("once");
    let other = places.sandbox.path("devops");
    let script = format!(
        "#!/bin/sh\n[ -e {once} ] && exit 0\ntouch {once}\nunset GIT_DIR GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY GIT_ALTERNATE_OBJECT_DIRECTORIES\ncd {other} && echo note > NOTE && git add NOTE && \
         git -c user.name=B -c user.email=b@b.invalid commit -qm other && git push -q origin main\nexit 1\n",
        once = once.display(),
        other = other.display()
    );
    hook(&places.sandbox.path("devops.git"), "pre-receive", &script);
    let ran = places.run(&["update", "--env", "prod", "--yes"]);
    assert!(ran.code == 0 || ran.code == 3, "{}", ran.stderr);
    places.run(&["update", "--env", "prod", "--yes"]).ok();
    let text = places.sandbox.devops_file(PROD);
    assert_eq!(
        entries(&text).iter().filter(|line| line.contains("newTag: v1.3.0")).count(),
        2,
        "{text}"
    );
    assert_eq!(places.sandbox.devops_file("NOTE"), "note\n");
}

#[test]
fn a_real_cluster_is_never_applied_to() {
    let places = Places::new();
    let file = places.clone().join("tidegate.yaml");
    let config = std::fs::read_to_string(&file).expect("the configuration");
    let at = config.rfind("      simulated:").expect("the cluster of prod");
    let config = format!("{}      context: gke_prod\n", &config[..at]);
    std::fs::write(&file, config).expect("the configuration");
    places
        .run(&["sync", "--env", "prod"])
        .refused(3, &["never from here", "argocd app sync tomoda-prod"]);
    let status = places.run(&["status", "--env", "prod"]).ok().stdout;
    assert!(status.contains("live state unknown from here"), "{status}");
}

#[test]
fn sandbox_and_configuration_do_not_mix() {
    let places = Places::new();
    let folder = places.sandbox.folder.path();
    run(folder, &["status", "--sandbox=box", "--config", "x.yaml"])
        .refused(2, &["cannot be used with"]);
    run(folder, &["release", "--fault", "backend=late"]).refused(2, &["--sandbox"]);
}

fn hook(git_dir: &Path, name: &str, script: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    let file = git_dir.join("hooks").join(name);
    std::fs::create_dir_all(git_dir.join("hooks")).expect("a folder");
    std::fs::write(&file, script).expect("a hook");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).expect("a hook");
}
