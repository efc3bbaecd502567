use tidegate_object::Object;
use tidegate_reconcile::{Action, compare_manifests};

use crate::object;

fn web(image: &str, fields: &str) -> Object {
    object(&format!(
        r#"{{"apiVersion":"apps/v1","kind":"Deployment","metadata":{{"name":"web","namespace":"prod"}},
        "spec":{{{fields}"template":{{"spec":{{"containers":[{{"name":"web","image":"{image}"}}]}}}}}}}}"#
    ))
}

fn settings(name: &str, value: &str) -> Object {
    object(&format!(
        r#"{{"apiVersion":"v1","kind":"ConfigMap","metadata":{{"name":"{name}"}},"data":{{"a":"{value}"}}}}"#
    ))
}

#[test]
fn renders_are_compared_object_by_object() {
    let before = [web("web:1", r#""replicas":2,"#), settings("old", "1"), settings("same", "1")];
    let after = [settings("same", "1"), settings("new", "1"), web("web:2", "")];
    let difference = compare_manifests(&before, &after);
    assert_eq!(
        difference.to_string(),
        "create ConfigMap/new\nremove ConfigMap/old\nupdate Deployment/web in prod\n    \
         ~ spec.template.spec.containers[name=web].image: web:1 → web:2 (restarts pods)\n    \
         ~ spec.replicas: 2 → 1\n"
    );
    let restarts: Vec<&str> = difference.restarts().map(|it| it.name.as_str()).collect();
    assert_eq!(restarts, ["web"]);
    assert_eq!(difference.objects[1].action, Action::Prune);
}

#[test]
fn markdown_cannot_be_broken_by_values() {
    let difference =
        compare_manifests(&[settings("a", "plain")], &[settings("a", "`` @everyone\\n**bold** `")]);
    assert_eq!(
        difference.to_markdown(),
        "No pod is restarted.\n\n**update** `ConfigMap/a`\n\
         - `data.a`: `plain` → ``` `` @everyone **bold** ` ```\n"
    );
    assert_eq!(compare_manifests(&[], &[]).to_markdown(), "No difference.\n");
}

#[test]
fn markdown_says_first_what_restarts() {
    let difference = compare_manifests(&[web("web:1", "")], &[web("web:2", r#""paused":true,"#)]);
    assert_eq!(
        difference.to_markdown(),
        "Pods are restarted: `Deployment/web in prod`.\n\n**update** `Deployment/web in prod`\n\
         - `spec.paused`: added `true`\n\
         - `spec.template.spec.containers[name=web].image`: `web:1` → `web:2` (restarts pods)\n"
    );
}

#[test]
fn secret_that_loses_a_key_differs() {
    let secret = |data: &str| {
        object(&format!(
            r#"{{"apiVersion":"v1","kind":"Secret","metadata":{{"name":"s"}},"stringData":{{{data}}}}}"#
        ))
    };
    let difference = compare_manifests(&[secret(r#""a":"1","b":"2""#)], &[secret(r#""a":"1""#)]);
    assert_eq!(difference.to_string(), "update Secret/s\n    - data.b: ***\n");
}
