//! Bad input: each names the place and the mend, and changes nothing. The rendered messages are pinned in `refusals/`;
//! `SNAPSHOTS=overwrite` writes them anew, and the difference is read by a person.

use std::path::Path;
use std::process::Command;

use snapbox::{assert_data_eq, file};
use tidegate_source::{Colour, Diagnostic, Label, Mark, Sources, render};

use crate::harness::{Sandbox, run, snapshot};

/// Collects messages under their names.
#[derive(Default)]
struct Page(String);

impl Page {
    fn add(&mut self, name: &str, message: &str) {
        assert!(message.contains("help"), "{name}: no mend in\n{message}");
        self.0 += &["== ", name, "\n", message.trim_end(), "\n\n"].concat();
    }
}

/// Runs a command that has to be refused, and checks that it has changed nothing but what `git` keeps for itself.
fn refused(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let before = snapshot(&sandbox.path(""));
    let ran = sandbox.run(arguments);
    assert!([2, 3].contains(&ran.code), "{arguments:?}: {} {}", ran.code, ran.stderr);
    let after = snapshot(&sandbox.path(""));
    let kept = |path: &Path| {
        path.components().any(|it| it.as_os_str() == "tidegate" || it.as_os_str() == "index")
    };
    for path in before.keys().chain(after.keys()).filter(|path| !kept(path)) {
        assert_eq!(before.get(path), after.get(path), "{arguments:?} changed {}", path.display());
    }
    let root = sandbox.folder.path().to_string_lossy().into_owned();
    ran.stderr.replace(&root, "SANDBOX")
}

/// Asks for a release with one text of the example's configuration replaced by another.
fn configuration(old: &str, new: &str) -> String {
    let sandbox = Sandbox::new();
    let file = sandbox.path("app/tidegate.yaml");
    let text = std::fs::read_to_string(&file).expect("the configuration");
    assert!(text.contains(old), "{old}");
    std::fs::write(&file, text.replacen(old, new, 1)).expect("the configuration");
    refused(&sandbox, &["release", "minor"])
}

#[test]
fn configurations() {
    let mut page = Page::default();
    for (name, old, new) in [
        ("an unknown field", "groups:", "grups:"),
        ("a field of the wrong kind", "singleton: true", "singleton: maybe"),
        ("another version of the format", "tidegate/v1", "tidegate/v9"),
        ("a tag template without a version", "tag: v{version}", "tag: release"),
        (
            "a component of a group that there is not",
            "group: tomoda\n    image: tomoda-backend",
            "group: tomodo\n    image: tomoda-backend",
        ),
        ("a component that goes nowhere", "    elsewhere: submitted to Google Play by EAS\n", ""),
        ("an image with a tag", "image: tomoda-backend", "image: tomoda-backend:latest"),
        ("two environments of one name", "- name: prod", "- name: dev"),
        ("a constraint that is none", "semver: \"*\"", "semver: \"newest\""),
        ("a path that leaves the repository", "overlay: overlays/prod", "overlay: ../prod"),
        (
            "an image prefix that is none",
            "images: asia-east1-docker.pkg.dev/development-485000/tomoda-prod-repo",
            "images: Asia/UPPER",
        ),
        ("text that is no YAML", "groups:\n", "groups: [\n"),
        ("a missing field", "registry:\n  layouts: ../registry\n", ""),
        ("a policy of no known kind", "semver: \"*\"", "newest: \"*\""),
    ] {
        page.add(name, &configuration(old, new));
    }
    assert_data_eq!(page.0, file!["refusals/configuration.txt"].raw());
}

/// Commits and pushes a file of the application, and asks for a release.
fn version_file(path: &str, text: &str, files: &str) -> String {
    let sandbox = Sandbox::new();
    if !files.is_empty() {
        let config = sandbox.path("app/tidegate.yaml");
        let old = std::fs::read_to_string(&config).expect("the configuration");
        std::fs::write(&config, old.replace("      - frontend/VERSION\n", files))
            .expect("the configuration");
    }
    sandbox.commit(path, text);
    refused(&sandbox, &["release", "minor"])
}

#[test]
fn version_files() {
    let mut page = Page::default();
    let toml = "      - Cargo.toml\n";
    let json = "      - package.json\n";
    let pattern = "      - path: app.txt\n        pattern: 'version=(\\S+)'\n";
    for (name, path, text, files) in [
        ("a file that says no version", "frontend/VERSION", "next\n", ""),
        ("files that do not agree", "frontend/VERSION", "1.2.4\n", ""),
        ("an empty file", "frontend/VERSION", "", ""),
        ("two versions in a file", "frontend/VERSION", "1.2.3\n1.2.4\n", ""),
        ("a file that is not there", "README.md", "x\n", "      - missing/VERSION\n"),
        ("a manifest without a version", "Cargo.toml", "[package]\nname = \"app\"\n", toml),
        ("a manifest whose version is no text", "Cargo.toml", "[package]\nversion = 1\n", toml),
        ("a manifest that is no TOML", "Cargo.toml", "[package\n", toml),
        ("a package without a version", "package.json", "{\"name\": \"app\"}\n", json),
        ("a package that is no JSON", "package.json", "{\"version\": \n", json),
        ("a pattern that matches nothing", "app.txt", "revision=1.2.3\n", pattern),
        ("a version with a leading zero", "frontend/VERSION", "1.02.3\n", ""),
    ] {
        page.add(name, &version_file(path, text, files));
    }
    assert_data_eq!(page.0, file!["refusals/version-files.txt"].raw());
}

#[test]
fn references() {
    let mut page = Page::default();
    let digest = format!("web@sha256:{}", "0".repeat(63));
    let long = format!("registry.example/{}", "a/".repeat(130) + "b");
    for (name, text) in [
        ("nothing at all", ""),
        ("an upper-case name", "registry.example/Tomoda/web:1"),
        ("a tag with a blank", "registry.example/web:1 2"),
        ("a digest that is too short", digest.as_str()),
        ("a digest of an unknown algorithm", "web@md5:0123456789abcdef0123456789abcdef"),
        ("a bare identifier", "da304e823d8ca2b9d863a3c897baeb852ba21ea9a9f1414736394ae7fcaf9821"),
        ("a path that is too long", long.as_str()),
        ("two separators", "registry.example/web...api:1"),
        ("a tag that begins with a dot", "registry.example/web:.1"),
    ] {
        let error = tidegate_image_ref::ImageReference::normalized(text).expect_err(name);
        let mut sources = Sources::new();
        let source = sources.add("image", text);
        let diagnostic = Diagnostic::error("image-reference", error.to_string())
            .at(Label::new(Mark::new(source, error.span()), ""))
            .help(error.help().unwrap_or("write a name such as registry.example/team/web:1.2.3"));
        page.add(name, &render(&diagnostic, &sources, Colour::Never));
    }
    assert_data_eq!(page.0, file!["refusals/references.txt"].raw());
}

#[test]
fn kustomizations() {
    let mut page = Page::default();
    let pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n";
    let patch = "resources: [pod.yaml]\npatches:\n";
    let no_target = format!(
        "{patch}- patch: |-\n    apiVersion: v1\n    kind: Pod\n    metadata:\n      name: wib\n"
    );
    let no_path = format!(
        "{patch}- target: {{kind: Pod}}\n  patch: |-\n    - op: replace\n      path: /spec/nodeName\n      value: a\n"
    );
    for (name, text) in [
        ("an unknown field", "namePrefx: a-\nresources: [pod.yaml]\n"),
        ("a resource that is not there", "resources:\n- pood.yaml\n"),
        (
            "a file above what may be read",
            "configMapGenerator:\n- name: x\n  files: [../secret.txt]\n",
        ),
        ("a patch without a target", no_target.as_str()),
        ("a resource twice", "resources:\n- pod.yaml\n- pod.yaml\n"),
        ("a chart", "helmCharts:\n- name: x\n  repo: https://charts.example\n  version: 1.0.0\n"),
        ("a remote base", "resources:\n- https://github.com/example/base?ref=v1\n"),
        ("text that is no YAML", "resources: [pod.yaml\n"),
        ("a list where a text belongs", "resources: [pod.yaml]\nnamespace: [a]\n"),
        ("a pointer that leads nowhere", no_path.as_str()),
        ("a literal without a value", "configMapGenerator:\n- name: x\n  literals: [key]\n"),
        ("a folder that builds itself", "resources: [.]\n"),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("overlay")).expect("a folder");
        std::fs::write(folder.path().join("secret.txt"), "x").expect("a file");
        std::fs::write(folder.path().join("overlay/pod.yaml"), pod).expect("a file");
        std::fs::write(folder.path().join("overlay/kustomization.yaml"), text).expect("a file");
        let before = snapshot(folder.path());
        let ran = run(folder.path(), &["render", "overlay"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (3, ""), "{name}: {}", ran.stderr);
        assert_eq!(snapshot(folder.path()), before, "{name}");
        let root = folder.path().to_string_lossy().into_owned();
        page.add(name, &ran.stderr.replace(&root, "FOLDER"));
    }
    assert_data_eq!(page.0, file!["refusals/kustomizations.txt"].raw());
}

fn shell(sandbox: &Sandbox, script: &str) {
    let done = Command::new("sh")
        .arg("-ec")
        .arg(script)
        .current_dir(sandbox.path("app"))
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), "Test")))
        .envs(
            ["AUTHOR", "COMMITTER"]
                .map(|who| (format!("GIT_{who}_EMAIL"), "test@tidegate.invalid")),
        )
        .envs(
            ["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_DATE"), "2026-01-06T00:00:00Z")),
        )
        .output()
        .expect("sh starts");
    assert!(done.status.success(), "{script}: {}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn git_states() {
    let mut page = Page::default();
    let ahead = "echo x > NOTE && git add NOTE && git commit -qm x";
    let other = "git clone -q ../app.git ../other && cd ../other && echo y > OTHER && git add OTHER && \
                 git commit -qm y && git push -q";
    for (name, script, what) in [
        ("a branch that may not be released from", "git switch -q -c feature".to_owned(), "minor"),
        ("changes that are not committed", "echo x >> README.md".to_owned(), "minor"),
        ("a commit that is not pushed", ahead.to_owned(), "minor"),
        ("a commit that is not fetched", other.to_owned(), "minor"),
        ("both sides have commits", format!("{ahead} && {other}"), "minor"),
        ("a merge under way", "git rev-parse HEAD > .git/MERGE_HEAD".to_owned(), "minor"),
        ("a tag that is not here", "git tag -d v1.2.3".to_owned(), "minor"),
        ("a detached head elsewhere", "git switch -q --detach HEAD~1".to_owned(), "minor"),
        ("a remote that is gone", "mv ../app.git ../gone.git".to_owned(), "minor"),
        ("a version that is tagged already", String::new(), "1.2.3"),
        ("a version below the present one", String::new(), "1.0.0"),
        (
            "a shallow clone",
            "cd .. && rm -rf app && git clone -q --depth 1 file://$PWD/app.git app".to_owned(),
            "minor",
        ),
    ] {
        let sandbox = Sandbox::new();
        if !script.is_empty() {
            shell(&sandbox, &script);
        }
        page.add(name, &refused(&sandbox, &["release", what]));
    }
    assert_data_eq!(page.0, file!["refusals/git-states.txt"].raw());
}
