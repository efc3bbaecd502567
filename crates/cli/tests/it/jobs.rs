//! The jobs of the page on continuous integration, run as far as they go without a code host.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tidegate_object::{Node, Object, manifests};
use tidegate_source::Sources;

use crate::harness::{Ran, Sandbox, git};

fn page() -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/continuous-integration.md");
    std::fs::read_to_string(page).expect("the page")
}

/// Returns the first block of a language behind a heading.
fn block(heading: &str, language: &str) -> String {
    let page = page();
    let (_, section) = page.split_once(&format!("\n## {heading}\n")).expect("the heading");
    let (_, block) = section.split_once(&format!("```{language}\n")).expect("the block");
    block.split_once("```").expect("its end").0.to_owned()
}

/// Returns the shell commands of a step of the workflow.
fn step(workflow: &Object, name: &str) -> String {
    let steps = workflow.at(&["jobs", "manifests", "steps"]).and_then(Node::as_list);
    let step =
        steps.expect("steps").iter().find(|it| it.get("name").and_then(Node::as_str) == Some(name));
    let run = step.and_then(|it| it.get("run")).and_then(Node::as_str);
    run.unwrap_or_else(|| panic!("the step `{name}` runs something")).to_owned()
}

/// Runs a script as the code host does, with the program in the path.
fn shell(folder: &Path, script: &str) -> Ran {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), script).expect("a script");
    let program = PathBuf::from(env!("CARGO_BIN_EXE_tidegate"));
    let path = std::env::var("PATH").expect("a path");
    let programs = program.parent().expect("the folder of the program").display();
    let done = Command::new("sh")
        .arg("-e")
        .arg(file.path())
        .arg("origin/main")
        .current_dir(folder)
        .env_clear()
        .env("PATH", format!("{programs}:{path}"))
        .env("HOME", folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GITHUB_BASE_REF", "main")
        .output()
        .expect("sh starts");
    Ran {
        code: done.status.code().unwrap_or(-1),
        stdout: String::from_utf8(done.stdout).expect("text"),
        stderr: String::from_utf8(done.stderr).expect("text"),
    }
}

/// A clone of the example's overlays, on a branch that changes one of them.
fn checkout(sandbox: &Sandbox) -> PathBuf {
    sandbox.git("", &["clone", "--quiet", "devops.git", "clone"]);
    let clone = sandbox.path("clone");
    git(&clone, &["switch", "--quiet", "--create", "change"]);
    let base = clone.join("k8s/apps/tomoda/base/frontend-deployment.yaml");
    let text = std::fs::read_to_string(&base).expect("the base");
    std::fs::write(&base, text.replace("replicas: 1", "replicas: 2")).expect("the base");
    git(&clone, &["commit", "--quiet", "--all", "--message", "two frontends"]);
    clone
}

const OVERLAYS: [&str; 2] = ["dev", "prod"];

/// What a code host asks of a log, by the sections of SARIF 2.1.0.
fn is_sarif(log: &Value, overlay: &str) {
    let text = |value: &Value| value.as_str().map(str::to_owned).unwrap_or_default();
    // 3.13: the version, and the schema it names.
    assert_eq!(log["version"], "2.1.0");
    assert!(text(&log["$schema"]).contains("sarif-2.1.0"));
    let [run] = log["runs"].as_array().expect("runs").as_slice() else { panic!("one run") };
    // 3.17: what tells the runs of a tool from one another.
    assert_eq!(run["automationDetails"]["id"], format!("tidegate/check/{overlay}/"));
    // 3.19: the tool, and its rules with what they mean.
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "tidegate");
    let rules = driver["rules"].as_array().expect("rules");
    for rule in rules {
        assert!(!text(&rule["id"]).is_empty());
        assert!(!text(&rule["shortDescription"]["text"]).is_empty(), "{rule}");
        assert!(text(&rule["help"]["text"]).contains("- Mend: "), "{rule}");
        assert!(!text(&rule["help"]["markdown"]).contains("]("), "{rule}");
    }
    // 3.27: results with a rule, a level, a message and a place.
    let results = run["results"].as_array().expect("results");
    assert!(!results.is_empty());
    for result in results {
        let index =
            usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["note", "warning", "error"].contains(&text(&result["level"]).as_str()));
        assert!(!text(&result["message"]["text"]).is_empty());
        let places = result["locations"].as_array().expect("locations");
        assert_eq!(places.len(), 1, "{result}");
        let place = &places[0]["physicalLocation"];
        assert!(text(&place["artifactLocation"]["uri"]).starts_with("k8s/apps/tomoda/"), "{place}");
        // 3.30: lines and columns from 1, the end not before the start.
        let region = &place["region"];
        let number = |field: &str| region[field].as_u64().unwrap_or(0);
        assert!(number("startLine") >= 1 && number("endLine") >= number("startLine"), "{region}");
        assert!(number("startColumn") >= 1 && number("endColumn") >= 1, "{region}");
    }
}

/// What the jobs leave behind.
fn is_reported(folder: &Path) {
    let mut blocked = Vec::new();
    for overlay in OVERLAYS {
        let file = folder.join(format!("findings/k8s-apps-tomoda-overlays-{overlay}.sarif"));
        let log = std::fs::read_to_string(&file).expect("a log");
        let log: Value = serde_json::from_str(&log).expect("JSON");
        is_sarif(&log, &format!("k8s/apps/tomoda/overlays/{overlay}"));
        let results = log["runs"][0]["results"].as_array().expect("results");
        blocked.push(results.iter().any(|it| it["ruleId"] == "budget-blocks-drain"));
    }
    assert_eq!(blocked, [false, true]);
    let text = std::fs::read_to_string(folder.join("difference.md")).expect("the difference");
    let expected = [("dev", "tomoda"), ("prod", "prod")].map(|(overlay, namespace)| {
        format!(
            "\n### k8s/apps/tomoda/overlays/{overlay}\n\nNo pod is restarted.\n\n\
             **update** `Deployment/tomoda-frontend in {namespace}`\n- `spec.replicas`: `1` → `2`\n"
        )
    });
    assert_eq!(text, expected.concat());
}

#[test]
fn the_jobs_of_the_page_run() {
    let sandbox = Sandbox::new();
    let clone = checkout(&sandbox);
    let text = block("GitHub Actions", "yaml");
    let source = Sources::new().add("manifests.yaml", text.as_str());
    let workflow = manifests(text.into(), source).expect("the workflow is YAML");
    let ran = shell(&clone, &step(&workflow[0], "Findings"));
    assert_eq!((ran.code, ran.stderr.as_str()), (3, ""), "the budget blocks every drain");
    let ran = shell(&clone, &step(&workflow[0], "Difference"));
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    is_reported(&clone);

    let sandbox = Sandbox::new();
    let clone = checkout(&sandbox);
    let ran = shell(&clone, &block("Any other code host", "sh"));
    assert_eq!((ran.code, ran.stderr.as_str()), (3, ""));
    is_reported(&clone);
}

#[test]
fn every_step_of_the_page_is_one_that_the_host_knows() {
    let text = block("GitHub Actions", "yaml");
    let source = Sources::new().add("manifests.yaml", text.as_str());
    let workflow = manifests(text.into(), source).expect("the workflow is YAML");
    let steps =
        workflow[0].at(&["jobs", "manifests", "steps"]).and_then(Node::as_list).expect("steps");
    for step in steps {
        let (uses, run) = (step.get("uses").is_some(), step.get("run").is_some());
        assert!(uses != run, "a step uses an action, or runs a script");
    }
    // What is uploaded and commented is what the steps before have written.
    let upload = steps.iter().find_map(|it| it.at(&["with", "sarif_file"])).and_then(Node::as_str);
    assert_eq!(upload, Some("findings"));
    let comment = step(&workflow[0], "Comment the difference");
    assert!(comment.contains("--body-file difference.md"), "{comment}");
}
