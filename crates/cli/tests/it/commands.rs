//! The commands that need no configuration: files in, text out.

use std::path::Path;

use tempfile::TempDir;

use crate::harness::{Ran, Sandbox, git, run};

/// A folder with files in it.
struct Given {
    folder: TempDir,
}

impl Given {
    fn new(files: &[(&str, &str)]) -> Self {
        let given = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        for (path, text) in files {
            given.write(path, text);
        }
        given
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.path().join(path)).expect("a file")
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        run(self.folder.path(), arguments)
    }
}

const KUSTOMIZATION: &str = "\
# what runs in production
resources: [../base]
images:
  - name: web   # ours
    newTag: 'v1'
  - name: hub
    newName: registry.example/hub
    digest: sha256:0123
";

#[test]
fn an_image_is_set_in_place_and_no_other_byte_changes() {
    let given = Given::new(&[("kustomization.yaml", KUSTOMIZATION)]);
    let ran = given.run(&["edit", "set", "image", "web:v2", "hub=*:v3"]).ok();
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
    assert_eq!(
        given.read("kustomization.yaml"),
        "\
# what runs in production
resources: [../base]
images:
  - name: web   # ours
    newTag: 'v2'
  - name: hub
    newName: registry.example/hub
    newTag: v3
"
    );
    // Once more is nothing to do.
    let again = given.run(&["edit", "set", "image", "web:v2", "hub=*:v3", "--exit-code"]);
    assert_eq!(again.code, 4, "{}", again.stderr);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::PermissionsExt as _;

    let given = Given::new(&[("real/kustomization.yaml", KUSTOMIZATION)]);
    let real = given.path().join("real/kustomization.yaml");
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).expect("permissions");
    std::os::unix::fs::symlink(&real, given.path().join("linked.yaml")).expect("a link");
    given.run(&["edit", "set", "image", "web:v2", "--file", "linked.yaml"]).ok();
    assert!(given.path().join("linked.yaml").is_symlink());
    let mode = std::fs::metadata(&real).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert!(given.read("real/kustomization.yaml").contains("newTag: 'v2'"));
}

#[cfg(unix)]
#[test]
fn a_kustomization_that_is_a_link_to_nothing_is_told_so() {
    let given = Given::new(&[("prod/web.yaml", "")]);
    let link = given.path().join("prod/kustomization.yaml");
    std::os::unix::fs::symlink("../gone.yaml", link).expect("a link");
    let ran = given.run(&["render", "prod"]);
    let help = "`kustomization.yaml` is there and is no file: where it is a link, mend its target";
    assert!(ran.stderr.contains(help), "{}", ran.stderr);
}

#[test]
fn a_dry_run_prints_the_difference_alone() {
    let given = Given::new(&[("kustomization.yaml", KUSTOMIZATION)]);
    let ran = given.run(&["edit", "set", "image", "web:v2", "--dry-run"]).ok();
    assert_eq!(
        ran.stdout,
        "\
--- kustomization.yaml
+++ kustomization.yaml
@@ -2,7 +2,7 @@
 resources: [../base]
 images:
   - name: web   # ours
-    newTag: 'v1'
+    newTag: 'v2'
   - name: hub
     newName: registry.example/hub
     digest: sha256:0123
"
    );
    assert_eq!(given.read("kustomization.yaml"), KUSTOMIZATION);
    let ran = given.run(&["edit", "set", "image", "web:v1", "--dry-run", "--format", "json"]).ok();
    assert_eq!(
        ran.stdout,
        "{\n  \"changed\": false,\n  \"diff\": \"\",\n  \"file\": \"kustomization.yaml\"\n}\n"
    );
}

#[test]
fn other_fields_are_edited_too() {
    let given = Given::new(&[
        ("Kustomization", "namespace: dev # where\n"),
        ("a.yaml", ""),
        ("b.yaml", ""),
    ]);
    given.run(&["edit", "set", "namespace", "prod"]).ok();
    given.run(&["edit", "set", "replicas", "web=3", "hub=1"]).ok();
    given.run(&["edit", "add", "resource", "a.yaml", "b.yaml"]).ok();
    given.run(&["edit", "remove", "resource", "a.yaml"]).ok();
    let again = given.run(&["edit", "remove", "resource", "a.yaml"]).ok();
    assert_eq!(again.stderr, "nothing to do: Kustomization says so already\n");
    assert_eq!(
        given.read("Kustomization"),
        "\
namespace: prod # where
replicas:
- name: hub
  count: 1
- name: web
  count: 3
resources:
- b.yaml
"
    );
}

#[test]
fn an_edit_that_is_refused_points_and_changes_nothing() {
    let twice = "images:\n- name: web\n  newTag: v1\n- name: web\n  newTag: v2\n";
    let given = Given::new(&[("kustomization.yaml", twice)]);
    given
        .run(&["edit", "set", "image", "web:v3"])
        .refused(3, &["--> kustomization.yaml:4:", "name: web", "^"]);
    given.run(&["edit", "set", "image", "web"]).refused(
        2,
        &["it says nothing to be set", "argument:1:1", "^^^", "NAME=NEW[:TAG][@DIGEST]"],
    );
    given
        .run(&["edit", "set", "replicas", "web=many"])
        .refused(2, &["this is no count of pods", "argument:1:5", "web=3"]);
    given
        .run(&["edit", "set", "image", "web:v3", "--file", "other.yaml"])
        .refused(2, &["other.yaml can't be read", "--file"]);
    assert_eq!(given.read("kustomization.yaml"), twice);

    let given = Given::new(&[("kustomization.yaml", ""), ("web.yaml", "")]);
    given.run(&["edit", "add", "resource", "wbe.yaml"]).refused(2, &["there is a `web.yaml`"]);

    let given = Given::new(&[("prod/kustomization.yaml", ""), ("base/web.yaml", "")]);
    for (path, help) in [
        ("../base/wbe.yaml", "there is a `../base/web.yaml`"),
        ("base", "paths are seen from the folder of the kustomization"),
    ] {
        given
            .run(&["edit", "add", "resource", path, "--file", "prod/kustomization.yaml"])
            .refused(2, &["there is no file or folder", "argument:1:1", help]);
    }
    assert_eq!(given.read("prod/kustomization.yaml"), "");
    let remote = "https://example.com/base?ref=v1";
    given.run(&["edit", "add", "resource", remote, "--file", "prod/kustomization.yaml"]).ok();

    let given = Given::new(&[]);
    given
        .run(&["edit", "set", "image", "web:v3"])
        .refused(2, &["this folder holds no kustomization.yaml"]);
}

/// An overlay with objects in two namespaces, one without, and one whose kind is in none.
fn overlay() -> Given {
    Given::new(&[
        (
            "base/app.yaml",
            "\
apiVersion: apps/v1
kind: Deployment
metadata: {name: Web, namespace: shop}
spec: {template: {spec: {containers: [{name: web, image: web:latest}]}}}
---
apiVersion: v1
kind: Service
metadata:
  name: web
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: system:web}
",
        ),
        ("base/kustomization.yaml", "resources: [app.yaml]\n"),
        ("prod/kustomization.yaml", "resources: [../base]\nimages:\n- name: web\n  newTag: v2\n"),
    ])
}

#[test]
fn a_render_goes_to_a_file_for_each_object_where_the_output_is_a_folder() {
    let given = overlay();
    std::fs::create_dir(given.path().join("out")).expect("a folder");
    given.run(&["render", "prod", "-o", "out"]).ok();
    let mut names: Vec<_> = std::fs::read_dir(given.path().join("out"))
        .expect("a folder")
        .map(|it| it.expect("an entry").file_name().into_string().expect("text"))
        .collect();
    names.sort();
    // `kubectl kustomize` v5.6.0 writes these files, with these bytes.
    assert_eq!(
        names,
        [
            "default_v1_service_web.yaml",
            "rbac.authorization.k8s.io_v1_clusterrole_system:web.yaml",
            "shop_apps_v1_deployment_web.yaml",
        ]
    );
    assert_eq!(
        given.read("out/default_v1_service_web.yaml"),
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n"
    );

    given.run(&["render", "prod", "-o", "all.yaml"]).ok();
    assert_eq!(given.read("all.yaml"), given.run(&["render", "prod"]).ok().stdout);
}

#[test]
fn an_object_in_no_folder_is_refused_before_anything_is_written() {
    let given = Given::new(&[
        ("kustomization.yaml", "resources: [a.yaml, b.yaml]\n"),
        ("a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n"),
        ("b.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: ../../web}\n"),
    ]);
    std::fs::create_dir(given.path().join("out")).expect("a folder");
    given
        .run(&["render", "-o", "out"])
        .refused(3, &["`v1_service_../../web.yaml` is no name of a file", "b.yaml:1:1"]);
    assert!(std::fs::read_dir(given.path().join("out")).expect("a folder").next().is_none());
}

#[test]
fn each_field_of_a_render_says_where_it_comes_from() {
    let given = overlay();
    assert_eq!(
        given.run(&["render", "prod", "--origins"]).ok().stdout,
        "\
ClusterRole.v1.rbac.authorization.k8s.io/system:web
  apiVersion  base/app.yaml:11:13  resource
  kind  base/app.yaml:12:7  resource
  metadata.name  base/app.yaml:13:18  resource
Service.v1/web
  apiVersion  base/app.yaml:6:13  resource
  kind  base/app.yaml:7:7  resource
  metadata.name  base/app.yaml:9:9  resource
Deployment.v1.apps/Web.shop
  apiVersion  base/app.yaml:1:13  resource
  kind  base/app.yaml:2:7  resource
  metadata.name  base/app.yaml:3:18  resource
  metadata.namespace  base/app.yaml:3:34  resource
  spec.template.spec.containers[0].name  base/app.yaml:4:46  resource
  spec.template.spec.containers[0].image  prod/kustomization.yaml:3:3  ImageTagTransformer
"
    );
    let json = given.run(&["render", "prod", "--origins", "--format", "json"]).ok().stdout;
    assert!(
        json.contains(
            "\
    \"object\": \"Deployment.v1.apps/Web.shop\",
    \"path\": \"spec.template.spec.containers[0].image\",
    \"place\": {
      \"column\": 3,
      \"file\": \"prod/kustomization.yaml\",
      \"line\": 3
    },
    \"setter\": \"ImageTagTransformer\"
"
        ),
        "{json}"
    );
    given.run(&["render", "prod", "--origins", "-o", "x"]).refused(2, &["standard output"]);
}

#[test]
fn lint_points_at_what_is_in_vain_and_mends_what_is_old() {
    let given = Given::new(&[
        (
            "prod/kustomization.yaml",
            "bases: [../base]\nimages: # what runs\n- name: wep\n  newTag: v2\n",
        ),
        ("base/kustomization.yaml", "resources: [app.yaml]\n"),
        (
            "base/app.yaml",
            "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: web, image: web}]}\n",
        ),
    ]);
    let ran = given.run(&["lint", "prod"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stdout.contains("[deprecated-field]"), "{}", ran.stdout);
    assert!(ran.stdout.contains("--> prod/kustomization.yaml:3:"), "{}", ran.stdout);

    let ran = given.run(&["lint", "prod", "--fix", "--format", "json"]);
    assert_eq!(
        (ran.code, ran.stderr.as_str()),
        (3, "rewritten in prod/kustomization.yaml: bases\n")
    );
    assert!(!ran.stdout.contains("deprecated-field"), "{}", ran.stdout);
    assert!(ran.stdout.contains("\"code\": \"image-unused\""), "{}", ran.stdout);
    assert_eq!(
        given.read("prod/kustomization.yaml"),
        "resources: [../base]\nimages: # what runs\n- name: wep\n  newTag: v2\n"
    );

    assert_eq!(given.run(&["lint", "base"]).ok().stdout, "no findings\n");
    given.run(&["lint", "nowhere"]).refused(3, &["the folder `nowhere` does not exist"]);
    given.run(&["status", "--format", "sarif"]).refused(2, &["doesn't write the format `sarif`"]);
}

const HUB: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: hub
spec:
  replicas: 2
  selector: {matchLabels: {app: hub}}
  template:
    metadata: {labels: {app: hub}}
    spec:
      containers:
      - name: hub
        image: hub:v1
        readinessProbe: {tcpSocket: {port: 80}}
        resources: {limits: {cpu: 1, memory: 64Mi}}
";

const BUDGET: &str = "\
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: hub
spec:
  minAvailable: 2
  selector: {matchLabels: {app: hub}}
";

/// Runs a check of what comes on standard input.
fn check_piped(text: &str, arguments: &[&str]) -> Ran {
    use std::io::Write as _;
    use std::process::{Command, Stdio};

    let mut child = Command::new(env!("CARGO_BIN_EXE_tidegate"))
        .args(["check", "-"])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(text.as_bytes()).expect("the program reads");
    drop(input);
    let done = child.wait_with_output().expect("the program ends");
    Ran {
        code: done.status.code().unwrap_or(-1),
        stdout: String::from_utf8(done.stdout).expect("text"),
        stderr: String::from_utf8(done.stderr).expect("text"),
    }
}

#[test]
fn a_check_finds_the_budget_that_blocks_every_drain() {
    let overlay = Given::new(&[
        ("base/kustomization.yaml", "resources: [hub.yaml]\n"),
        ("base/hub.yaml", HUB),
        ("prod/kustomization.yaml", "resources: [../base, pdb.yaml]\nnamespace: prod\n"),
        ("prod/pdb.yaml", BUDGET),
    ]);
    let ran = overlay.run(&["check", "prod", "--starts", "2..20", "--answers", "0..5"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    for part in ["warning[budget-blocks-drain]", "--> prod/pdb.yaml:6:17", "::: base/hub.yaml:6:"] {
        assert!(ran.stdout.contains(part), "`{part}` is missing in:\n{}", ran.stdout);
    }
    assert!(!ran.stdout.contains("finishes-if"), "all is assumed, so there is no bound");
    // What `lint` finds is found too.
    overlay.write("prod/left.yaml", "a: 1\n");
    let ran = overlay.run(&["check", "prod"]);
    assert!(ran.stdout.contains("[file-unused]"), "{}", ran.stdout);

    // The same from a folder of manifests, where a hidden file and another overlay are left out.
    let folder = Given::new(&[
        ("apps/hub.yaml", HUB),
        ("apps/more/pdb.yml", BUDGET),
        ("apps/.hidden.yaml", "- not\n"),
        ("apps/overlay/kustomization.yaml", "namespace: prod\n"),
        ("apps/overlay/patch.yaml", "- not an object\n"),
    ]);
    let ran = folder.run(&["check", "apps"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stdout.contains("--> apps/more/pdb.yml:6:17"), "{}", ran.stdout);

    // And from standard input.
    let ran = check_piped(&format!("{HUB}---\n{BUDGET}"), &[]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stdout.contains("--> stdin:22:17"), "{}", ran.stdout);
    let ran = check_piped(HUB, &["--singleton", "hub"]);
    assert!(ran.stdout.contains("singleton"), "{}", ran.stdout);
}

#[test]
fn a_check_is_written_for_code_hosts() {
    let ran = check_piped(&format!("{HUB}---\n{BUDGET}"), &["--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    assert_eq!((&log["version"], ran.code), (&"2.1.0".into(), 3));
    let run = &log["runs"][0];
    let results = run["results"].as_array().expect("results");
    let result = results
        .iter()
        .find(|it| it["ruleId"] == "budget-blocks-drain")
        .expect("the finding of the budget");
    let location = &result["locations"][0]["physicalLocation"];
    assert_eq!(result["level"], "warning");
    assert_eq!(location["artifactLocation"]["uri"], "stdin");
    assert_eq!(
        location["region"],
        serde_json::json!({"startLine": 22, "startColumn": 17, "endLine": 22, "endColumn": 18})
    );
    let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
    assert_eq!(run["tool"]["driver"]["rules"][index]["id"], "budget-blocks-drain");
    assert!(result.get("suppressions").is_none());
}

#[test]
fn a_code_host_sees_why_nothing_was_built() {
    let ran = check_piped("a: [1\n", &["--format", "sarif"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (3, ""));
    let log: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let result = &log["runs"][0]["results"][0];
    assert_eq!(
        (&result["ruleId"], &result["level"]),
        (&"yaml-expected-comma".into(), &"error".into())
    );
    // What has no place of its own is shown where it is mended.
    let given =
        Given::new(&[("a/kustomization.yaml", "namePrefix: a-\n"), ("a/left.yaml", "a: 1\n")]);
    let ran = given.run(&["check", "./a", "--format", "sarif"]).ok();
    let log: serde_json::Value = serde_json::from_str(&ran.stdout).expect("JSON");
    let run = &log["runs"][0];
    assert_eq!(run["automationDetails"]["id"], "tidegate/check/a/");
    assert_eq!(run["results"][0]["ruleId"], "file-unused");
    let place = &run["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a/kustomization.yaml");
    let given = Given::new(&[("kustomization.yaml", "resorces: []\n")]);
    for command in ["check", "lint"] {
        let ran = given.run(&[command, ".", "--format", "sarif"]);
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        assert!(ran.stdout.contains("\"ruleId\": \"unknown-field\""), "{}", ran.stdout);
    }
}

#[test]
fn the_autoscaler_says_how_few_pods_a_budget_guards() {
    let scaler = "\
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: hub}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: hub}
  minReplicas: 3
  maxReplicas: 9
";
    let hub = HUB.replace("  replicas: 2\n", "");
    let ran = check_piped(&format!("{hub}---\n{BUDGET}{scaler}"), &[]);
    assert!(!ran.stdout.contains("budget-blocks-drain"), "{}", ran.stdout);
    let fewer = scaler.replace("minReplicas: 3", "minReplicas: 2");
    let ran = check_piped(&format!("{hub}---\n{BUDGET}{fewer}"), &[]);
    assert!(ran.stdout.contains("warning[budget-blocks-drain]"), "{}", ran.stdout);
    assert!(ran.stdout.contains("29 |   minReplicas: 2"), "{}", ran.stdout);
}

#[test]
fn a_budget_may_guard_pods_that_are_not_proved() {
    let pods = HUB.replace("kind: Deployment", "kind: ReplicaSet");
    let ran = check_piped(&format!("{pods}---\n{BUDGET}"), &[]);
    assert!(!ran.stdout.contains("budget-selects-nothing"), "{}", ran.stdout);
    let custom =
        "{apiVersion: example.com/v1, kind: Hub, metadata: {name: hub, labels: {app: hub}}}";
    let ran = check_piped(&format!("{custom}\n---\n{BUDGET}"), &[]);
    assert!(!ran.stdout.contains("budget-selects-nothing"), "{}", ran.stdout);
    let other = BUDGET.replace("app: hub", "app: hob");
    let ran = check_piped(&format!("{pods}---\n{other}"), &[]);
    assert!(ran.stdout.contains("budget-selects-nothing"), "{}", ran.stdout);
    // Nothing here runs pods: they lie elsewhere.
    let ran = check_piped(BUDGET, &[]);
    assert!(!ran.stdout.contains("budget-selects-nothing"), "{}", ran.stdout);
}

#[test]
fn a_checkout_with_a_configuration_knows_its_singletons() {
    let config = "\
apiVersion: tidegate/v1
application: shop
groups: [{name: shop, tag: 'v{version}', files: [VERSION]}]
components: [{name: hub, group: shop, image: hub, singleton: true}]
registry: {layouts: registry}
devops: {remote: devops.git, path: shop}
environments:
- {name: prod, overlay: prod, images: registry.example/shop, policy: {semver: '*'}, cluster: {simulated: c.json}}
";
    let hub =
        HUB.replace("replicas: 2", "replicas: 1").replace("hub:v1", "registry.example/shop/hub:v1");
    let given = Given::new(&[("k8s/hub.yaml", &hub), ("tidegate.yaml", config)]);
    let overlaps = |ran: Ran| ran.stdout.contains("warning[singleton-overlap]");
    assert!(overlaps(given.run(&["check", "k8s"])));
    // Another repository below it is none of its business, unless the configuration is named.
    std::fs::create_dir(given.path().join("k8s/.git")).expect("a folder");
    assert!(!overlaps(given.run(&["check", "k8s"])));
    assert!(overlaps(given.run(&["check", "k8s", "--config", "tidegate.yaml"])));
    given
        .run(&["check", "k8s", "--config", "absent.yaml"])
        .refused(2, &["cannot read the configuration"]);
    given.write("tidegate.yaml", "aplication: shop\n");
    given.run(&["check", "k8s", "--config", "tidegate.yaml"]).refused(2, &["tidegate.yaml:1:1"]);
}

#[test]
fn an_object_allows_a_finding_with_a_reason() {
    let allowing = |value: &str| {
        let annotation = format!("name: hub\n  annotations:\n    tidegate.dev/allow: {value}\n");
        format!("{HUB}---\n{}", BUDGET.replace("name: hub\n", &annotation))
    };
    let ran = check_piped(&allowing("budget-blocks-drain (drained by hand, see the runbook)"), &[]);
    assert_eq!(ran.code, 0, "{}", ran.stdout);
    assert!(!ran.stdout.contains("[budget-blocks-drain]"), "{}", ran.stdout);
    assert!(ran.stdout.contains("1 allowed\n"), "{}", ran.stdout);
    let json = check_piped(
        &allowing("no-budget (why), budget-blocks-drain (by hand)"),
        &["--format", "json"],
    );
    assert!(json.stdout.contains("\"allowed\": \"by hand\""), "{}", json.stdout);
    let sarif = check_piped(&allowing("budget-blocks-drain (by hand)"), &["--format", "sarif"]);
    assert!(sarif.stdout.contains("\"justification\": \"by hand\""), "{}", sarif.stdout);

    // What does not exist can't be allowed.
    let ran = check_piped(&allowing("budget-block-drain (by hand)"), &[]);
    assert!(
        ran.stdout.contains("allows `budget-block-drain`, and there is no such"),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("did you mean `budget-blocks-drain`?"), "{}", ran.stdout);

    // Without a reason nothing is allowed.
    let ran = check_piped(&allowing("budget-blocks-drain"), &[]);
    assert_eq!(ran.code, 3);
    assert!(ran.stdout.contains("warning[allow-without-reason]"), "{}", ran.stdout);
    assert!(ran.stdout.contains("warning[budget-blocks-drain]"), "{}", ran.stdout);
}

#[test]
fn a_check_of_what_is_no_manifest_says_so() {
    check_piped("a: [1\n", &[]).refused(3, &["stdin:1:7", "close the list with `]`"]);
    check_piped("- a\n", &[]).refused(3, &["this is no Kubernetes object", "stdin:1:1"]);
    check_piped("a: b\n", &["--starts", "9..2"]).refused(2, &["the least comes first"]);
    let ran = check_piped(&HUB.replace("replicas: 2", "replicas: two"), &[]);
    assert_eq!(ran.code, 3);
    assert!(ran.stdout.contains("--> stdin:6:13"), "{}", ran.stdout);
    let given = Given::new(&[("empty/note.txt", "")]);
    given.run(&["check", "empty"]).refused(2, &["holds neither a kustomization nor manifests"]);
    given.write("many/prod/kustomization.yaml", "resources: []\n");
    given.write("many/dev/kustomization.yaml", "resources: []\n");
    given.run(&["check", "many"]).refused(2, &["name one of its overlays: many/dev, many/prod"]);
    given.run(&["check", "absent.yaml"]).refused(2, &["absent.yaml can't be read"]);
}

#[test]
fn two_folders_are_compared_by_what_they_mean() {
    let other = HUB.replace("replicas: 2", "replicas: 3").replace("hub:v1", "hub:v2");
    let given = Given::new(&[
        ("old/hub.yaml", HUB),
        ("same/hub.yaml", &HUB.replace("name: hub\n  ", "name: hub # ours\n  ")),
        ("new/hub.yaml", &other),
        ("new/pdb.yaml", BUDGET),
    ]);
    let ran = given.run(&["diff", "old", "new"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert_eq!(
        ran.stdout,
        "\
update Deployment/hub
    ~ spec.replicas: 2 → 3
    ~ spec.template.spec.containers[name=hub].image: hub:v1 → hub:v2 (restarts pods)
create PodDisruptionBudget/hub
pods are restarted: Deployment/hub
"
    );
    assert_eq!(given.run(&["diff", "old", "same"]).ok().stdout, "no difference\n");
    let json = given.run(&["diff", "old", "new", "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["restarts"], serde_json::json!(["Deployment.v1.apps/hub"]));
    assert_eq!(json["objects"].as_array().map(Vec::len), Some(2));
    let markdown = given.run(&["diff", "old", "new", "--format", "markdown"]).stdout;
    assert!(markdown.starts_with("Pods are restarted: `Deployment/hub`.\n"), "{markdown}");
    given
        .run(&["diff", "old", "new", "--env", "prod"])
        .refused(2, &["folders are compared without an environment"]);
    given.run(&["diff", "old"]).refused(2, &["there is no tidegate.yaml"]);
    given
        .run(&["diff", "old", "nwe"])
        .refused(2, &["help: name a folder or a file: `nwe` is not there"]);
    given.run(&["lint", "--format", "markdown"]).refused(2, &["doesn't write the format"]);
}

#[test]
fn commits_of_the_devops_repository_are_compared() {
    let sandbox = Sandbox::new();
    sandbox.run(&["release", "minor"]).ok();
    let ran = sandbox.run(&["diff", "--env", "prod"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stdout.contains("tomoda-backend:v1.3.0@sha256:"), "{}", ran.stdout);
    assert!(
        ran.stdout.ends_with(
            "pods are restarted: Deployment/tomoda-backend, Deployment/tomoda-frontend\n"
        ),
        "{}",
        ran.stdout
    );
    assert_eq!(sandbox.run(&["diff", "--env", "prod", "main"]).ok().stdout, "no difference\n");
    let back = sandbox.run(&["diff", "--env", "prod", "main", "main~1", "--format", "markdown"]);
    assert_eq!(back.code, 3, "{}", back.stderr);
    assert!(back.stdout.starts_with("Pods are restarted: "), "{}", back.stdout);
    sandbox
        .run(&["diff", "--env", "prod", "nowhere"])
        .refused(2, &["`nowhere` is no commit of this repository"]);
}

#[test]
fn a_commit_is_compared_with_the_work_tree() {
    let given = Given::new(&[
        ("base/kustomization.yaml", "resources: [hub.yaml]\n"),
        ("base/hub.yaml", HUB),
        ("prod/kustomization.yaml", "resources: [../base]\n"),
    ]);
    git(given.path(), &["init", "--quiet"]);
    git(given.path(), &["add", "--all"]);
    git(given.path(), &["commit", "--quiet", "--message", "first"]);
    assert_eq!(given.run(&["diff", "HEAD", "prod"]).ok().stdout, "no difference\n");
    given.run(&["edit", "set", "image", "hub:v2", "--file", "prod/kustomization.yaml"]).ok();
    let ran = given.run(&["diff", "HEAD", "prod"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stdout.contains("image: hub:v1 → hub:v2 (restarts pods)"), "{}", ran.stdout);
    given.run(&["diff", "HEAD~7", "prod"]).refused(2, &["`HEAD~7` is no commit"]);
    std::fs::create_dir(given.path().join("later")).expect("a folder");
    given.write("later/kustomization.yaml", "resources: [../base]\n");
    given.run(&["diff", "HEAD", "later"]).refused(3, &["the folder `later` does not exist"]);
}
