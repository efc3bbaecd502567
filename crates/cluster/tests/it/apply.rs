use tidegate_cluster::{Applied, Cluster};
use tidegate_object::{Node, Object};

use crate::{START, apply, deployment, object, options, running};

#[track_caller]
fn refused(cluster: &mut Cluster, manifest: Object, expected: &[(&str, &str)]) {
    let before = cluster.clone();
    let error = cluster.apply(&[manifest], &options()).expect_err("it is refused");
    let found: Vec<(&str, &str)> =
        error.diagnostics().iter().map(|it| (&*it.code, &*it.message)).collect();
    assert_eq!(found, expected);
    assert_eq!(*cluster, before, "nothing has changed");
}

#[test]
fn what_the_api_server_refuses_changes_nothing() {
    let mut cluster = running("", "");
    refused(
        &mut cluster,
        object(r#"{"kind":"Service","metadata":{"name":"a"}}"#),
        &[("no-kind", "the object \"a\" has no kind or apiVersion")],
    );
    refused(
        &mut cluster,
        object(r#"{"apiVersion":"v1","kind":"Service","metadata":{"name":"A_b"}}"#),
        &[("invalid-name", "Service/A_b: the name \"A_b\" is not a valid name of an object")],
    );
    let mut other = deployment("web:1", "", "");
    if let Some(app) = other.root.at_mut(&["spec", "selector", "matchLabels", "app"]) {
        *app = Node::from("shop");
    }
    if let Some(app) = other.root.at_mut(&["spec", "template", "metadata", "labels", "app"]) {
        *app = Node::from("shop");
    }
    refused(
        &mut cluster,
        other,
        &[("immutable-field", "Deployment/web: `spec.selector.matchLabels.app` cannot be changed")],
    );
}

#[test]
fn namespaces_are_created_only_when_asked() {
    let mut cluster = Cluster::new(START);
    let settings = object(r#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}"#);
    let strict = tidegate_cluster::ApplyOptions { create_namespaces: false, ..options() };
    let error =
        cluster.apply(std::slice::from_ref(&settings), &strict).expect_err("no such namespace");
    assert_eq!(error.to_string(), "ConfigMap/a: the namespace \"prod\" does not exist");
    let namespace = object(r#"{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"prod"}}"#);
    let results = cluster.apply(&[settings, namespace], &strict).expect("declared beside it");
    assert_eq!(results.len(), 2);
}

#[test]
fn generation_counts_wishes_and_version_counts_changes() {
    let mut cluster = running("", "");
    let number = |cluster: &Cluster, field: &str| {
        let object = cluster.deployment("prod", "web").expect("it is there");
        object.at(&["metadata", field]).cloned()
    };
    let before = number(&cluster, "resourceVersion");
    assert_eq!(number(&cluster, "generation"), Some(Node::from(1)));
    let unchanged = cluster.apply(&[deployment("web:1", "", "")], &options());
    assert_eq!(unchanged, Ok(vec![Applied::Unchanged]));
    assert_eq!(number(&cluster, "resourceVersion"), before);
    apply(&mut cluster, deployment("web:1", r#""replicas":2,"#, ""));
    assert_eq!(number(&cluster, "generation"), Some(Node::from(2)));
    assert_ne!(number(&cluster, "resourceVersion"), before);
}

#[test]
fn deletion_takes_along_what_is_owned() {
    let mut cluster = running("", "");
    let identity = cluster.deployment("prod", "web").expect("it is there").identity();
    assert!(cluster.delete(&identity));
    assert!(cluster.replica_sets().is_empty());
    assert!(cluster.pods().iter().all(|it| it.deleted.is_some()));
    assert!(cluster.run_until_settled(crate::HOUR).succeeded());
    assert!(cluster.pods().is_empty());
    assert!(!cluster.delete(&identity));
}
