//! `render` on the command line.

use crate::harness::run;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in [
        ("base/kustomization.yaml", "resources: [web.yaml]\n"),
        ("base/web.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
        ("dev/kustomization.yaml", "resources: [../base]\nnamePrefix: dev-\n"),
        ("prod/kustomization.yaml", "resources: [../base]\nnamePrefix: prod-\n"),
        ("list", "dev\nprod\n"),
    ] {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    folder
}

const DEV: &str = "apiVersion: v1\nkind: Service\nmetadata:\n  name: dev-web\n";
const PROD: &str = "apiVersion: v1\nkind: Service\nmetadata:\n  name: prod-web\n";

#[test]
fn the_build_goes_to_standard_output_or_to_a_file() {
    let folder = folder();
    assert_eq!(run(folder.path(), &["render", "dev"]).ok().stdout, DEV);
    assert_eq!(run(folder.path(), &["render", "-o", "out.yaml", "prod"]).ok().stdout, "");
    assert_eq!(std::fs::read_to_string(folder.path().join("out.yaml")).expect("a file"), PROD);
}

#[test]
fn a_list_is_built_in_one_run() {
    let folder = folder();
    assert_eq!(
        run(folder.path(), &["render", "--each", "list"]).ok().stdout,
        format!("{DEV}---\n{PROD}")
    );
    run(folder.path(), &["render", "--each", "none"]).refused(2, &["cannot read the list none"]);
}

#[test]
fn mistakes_can_be_read_by_programs() {
    let folder = folder();
    std::fs::write(folder.path().join("dev/kustomization.yaml"), "namePrefx: dev-\n")
        .expect("a file");
    let ran = run(folder.path(), &["render", "--format", "json", "dev"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (3, ""));
    let line = ran.stderr.lines().next().expect("a line");
    let report: serde_json::Value = serde_json::from_str(line).expect("JSON");
    assert_eq!(report["code"], "unknown-field");
    assert_eq!(
        (&report["labels"][0]["line"], &report["labels"][0]["column"]),
        (&1.into(), &1.into())
    );
    run(folder.path(), &["render", "--reorder", "random", "dev"])
        .refused(2, &["`random` is no order"]);
    run(folder.path(), &["render", "dev", "prod"]).refused(2, &["--each"]);
}

#[test]
fn global_options_before_the_command_count_too() {
    let folder = folder();
    let ran = run(folder.path(), &["--format", "json", "render", "nowhere"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (3, ""));
    let report: serde_json::Value = serde_json::from_str(&ran.stderr).expect("JSON");
    assert_eq!(report["code"], "file-not-found");
    run(folder.path(), &["--format", "sarif", "render", "."]).refused(2, &["check and lint can"]);
}

#[test]
fn what_cannot_be_written_is_told_with_its_place() {
    let folder = folder();
    let ran = run(folder.path(), &["render", "dev", "-o", "gone/out.yaml"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let told = "error: cannot write the build to gone/out.yaml: No such file";
    assert!(ran.stderr.contains(told), "{}", ran.stderr);
    assert!(!ran.stderr.contains(".tmp"), "{}", ran.stderr);
}

#[test]
fn the_example_renders_as_the_reference_does() {
    // Recorded from `kubectl kustomize` (Kustomize v5.6.0).
    let example = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../pipeline");
    for environment in ["dev", "prod"] {
        let overlay = format!("example/devops/k8s/apps/tomoda/overlays/{environment}");
        let recorded = std::fs::read_to_string(
            example.join(format!("tests/data/{environment}.rendered.yaml")),
        );
        assert_eq!(
            run(&example, &["render", &overlay]).ok().stdout,
            recorded.expect("a record"),
            "{environment}"
        );
    }
}

#[test]
fn completions_and_the_schema_are_printed() {
    let folder = folder();
    assert!(run(folder.path(), &["completions", "bash"]).ok().stdout.contains("tidegate"));
    let schema = run(folder.path(), &["schema"]).ok().stdout;
    let schema: serde_json::Value = serde_json::from_str(&schema).expect("JSON");
    for field in ["apiVersion", "groups", "environments", "devops"] {
        assert!(schema["properties"][field].is_object(), "{field}: {schema}");
    }
}
