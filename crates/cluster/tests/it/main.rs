//! A simulated cluster: rollouts, faults, drains, time and the state file.
#![allow(clippy::disallowed_methods, reason = "tests read and write their own state files")]

mod apply;
mod drain;
mod fault;
mod laws;
mod rolling;
mod store;
mod summary;
mod sync;
mod timeline;

use tidegate_cluster::{ApplyOptions, Cluster, Moment, Span};
use tidegate_object::Object;
use tidegate_reconcile::json;

const HOUR: Span = Span::seconds(3600);

/// 2026-01-01T00:00:00Z.
const START: Moment = Moment(1_767_225_600_000);

#[track_caller]
fn object(text: &str) -> Object {
    Object::new(json::parse(text).expect("the test writes JSON"))
}

fn options() -> ApplyOptions {
    ApplyOptions {
        namespace: "prod".to_owned(),
        manager: "shop".to_owned(),
        create_namespaces: true,
    }
}

/// A Deployment `web` whose spec has `fields` and whose container has `container`.
fn deployment(image: &str, fields: &str, container: &str) -> Object {
    object(&format!(
        r#"{{"apiVersion":"apps/v1","kind":"Deployment","metadata":{{"name":"web"}},"spec":{{{fields}
        "selector":{{"matchLabels":{{"app":"web"}}}},
        "template":{{"metadata":{{"labels":{{"app":"web"}}}},
        "spec":{{"containers":[{{"name":"web",{container}"image":"{image}"}}]}}}}}}}}"#
    ))
}

/// Asked after 10 s, every 10 s.
const PROBED: &str = r#""readinessProbe":{"httpGet":{"port":80},"initialDelaySeconds":10},"#;

fn service() -> Object {
    object(
        r#"{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},
        "spec":{"selector":{"app":"web"},"ports":[{"port":80}]}}"#,
    )
}

/// A cluster in which `web:1` has been rolled out.
#[track_caller]
fn running(fields: &str, container: &str) -> Cluster {
    let mut cluster = Cluster::new(START);
    cluster
        .apply(&[service(), deployment("web:1", fields, container)], &options())
        .expect("valid manifests");
    let settled = cluster.run_until_settled(HOUR);
    assert!(settled.succeeded(), "{settled:?}");
    cluster
}

/// Returns the names of the pods behind the Service `web`.
fn serving(cluster: &Cluster) -> &[String] {
    cluster.endpoints().iter().find(|it| it.service == "web").map_or(&[], |it| &it.pods)
}

#[track_caller]
fn apply(cluster: &mut Cluster, manifest: Object) {
    cluster.apply(&[manifest], &options()).expect("a valid manifest");
}
