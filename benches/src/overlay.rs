//! An overlay with every common feature on a disk.

#![expect(
    clippy::disallowed_methods,
    reason = "what is written is the bench's own, in a temporary folder"
)]

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

/// Writes a base of `count` objects, a file each, and an overlay that moves, labels, annotates, patches and scales them
/// and gives every image a tag. The base is in `base`, the overlay in `overlay`.
///
/// # Errors
///
/// What the disk says.
pub fn write_overlay(folder: &Path, count: usize) -> io::Result<()> {
    let (base, overlay) = (folder.join("base"), folder.join("overlay"));
    fs::create_dir_all(&base)?;
    fs::create_dir_all(overlay.join("patches"))?;
    let mut list = String::from("resources:\n");
    let mut names = Names::default();
    for nth in 0..count {
        let app = nth / 4;
        let (kind, text) = match nth % 4 {
            0 => ("deployment", crate::manifest(app)),
            1 => ("service", service(app)),
            2 => ("configmap", config_map(app)),
            _ => ("ingress", ingress(app)),
        };
        let name = format!("app-{app}-{kind}.yaml");
        fs::write(base.join(&name), text)?;
        writeln!(list, "- {name}").map_err(io::Error::other)?;
        if kind == "deployment" {
            names.add(app).map_err(io::Error::other)?;
            if app.is_multiple_of(4) {
                fs::write(overlay.join(format!("patches/app-{app}.yaml")), patch(app))?;
            }
        }
    }
    fs::write(base.join("kustomization.yaml"), list)?;
    let Names { images, replicas, patches } = names;
    let kustomization = format!(
        "resources:
- ../base
namespace: prod
labels:
- includeSelectors: true
  pairs: {{example.com/env: prod, example.com/cluster: eu-1}}
commonAnnotations:
  example.com/managed-by: gitops
images:
{images}replicas:
{replicas}patches:
{patches}configMapGenerator:
- name: settings
  literals: [mode=production, region=eu]
"
    );
    fs::write(overlay.join("kustomization.yaml"), kustomization)
}

/// The lists of the overlay.
#[derive(Default)]
struct Names {
    images: String,
    replicas: String,
    patches: String,
}

impl Names {
    fn add(&mut self, app: usize) -> std::fmt::Result {
        writeln!(
            self.images,
            "- {{name: registry.example.com/team/app-{app}, newTag: 2.{}.0}}",
            app % 30
        )?;
        if app.is_multiple_of(4) {
            writeln!(self.patches, "- path: patches/app-{app}.yaml")?;
        }
        if app % 4 == 1 {
            writeln!(self.replicas, "- {{name: app-{app}, count: {}}}", app % 7 + 1)?;
        }
        Ok(())
    }
}

fn patch(app: usize) -> String {
    format!(
        "apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-{app}
  namespace: team-{}
spec:
  template:
    spec:
      containers:
      - name: main
        env:
        - name: MODE
          value: canary
        resources:
          limits:
            memory: 256Mi
",
        app % 17
    )
}

fn service(app: usize) -> String {
    format!(
        "apiVersion: v1
kind: Service
metadata:
  name: app-{app}
  labels:
    app.kubernetes.io/name: app-{app}
spec:
  selector:
    app: app-{app}
  ports:
  - name: http
    port: 80
    targetPort: http
"
    )
}

fn config_map(app: usize) -> String {
    let line = |nth: usize| format!("    feature.{nth}.enabled={}\n", nth * app % 3);
    let lines: String = (0..30).map(line).collect();
    format!(
        "apiVersion: v1
kind: ConfigMap
metadata:
  name: app-{app}
data:
  timeout: \"30s\"
  retries: \"3\"
  application.properties: |
{lines}"
    )
}

fn ingress(app: usize) -> String {
    format!(
        "apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: app-{app}
spec:
  rules:
  - host: app-{app}.example.com
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: app-{app}
            port:
              name: http
"
    )
}
