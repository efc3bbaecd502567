//! The commands that need no configuration: files in, text out.

use std::path::Path;

use tempfile::TempDir;

use crate::harness::{Ran, run};

/// A folder with files in it.
struct Given {
    folder: TempDir,
}

impl Given {
    fn new(files: &[(&str, &str)]) -> Self {
        let given = Self { folder: tempfile::tempdir().expect("a temporary folder") };
        files.iter().for_each(|(path, text)| given.write(path, text));
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
    let given = Given::new(&[("Kustomization", "namespace: dev # where\n")]);
    given.run(&["edit", "set", "namespace", "prod"]).ok();
    given.run(&["edit", "set", "replicas", "web=3", "hub=1"]).ok();
    given.run(&["edit", "add", "resource", "a.yaml", "b.yaml"]).ok();
    given.run(&["edit", "remove", "resource", "a.yaml"]).ok();
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
