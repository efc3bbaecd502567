//! What the API server calls: webhooks, and the Services behind added APIs.
//!
//! Source: Kubernetes `staging/src/k8s.io/api/admissionregistration/v1/types.go`, `ServiceReference`, and the same of
//! `kube-aggregator/pkg/apis/apiregistration/v1` and `apiextensions-apiserver/pkg/apis/apiextensions/v1`: port 443 where none
//! is written.

use tidegate_object::{Identity, Node, Object};

use super::{Backend, PathKind, Route, reference};
use crate::port::PortRef;
use crate::read;

pub(super) fn routes(object: &Object, identity: &Identity) -> Vec<Route> {
    let webhooks = || read::list_at(object, &["webhooks"]).iter();
    let services: Vec<&Node> = match (object.group(), object.kind()) {
        (
            "admissionregistration.k8s.io",
            "MutatingWebhookConfiguration" | "ValidatingWebhookConfiguration",
        ) => webhooks().filter_map(|it| it.at(&["clientConfig", "service"])).collect(),
        ("apiregistration.k8s.io", "APIService") => {
            object.at(&["spec", "service"]).into_iter().collect()
        }
        ("apiextensions.k8s.io", "CustomResourceDefinition") => {
            let path = ["spec", "conversion", "webhook", "clientConfig", "service"];
            let older = ["spec", "conversion", "webhookClientConfig", "service"];
            object.at(&path).or_else(|| object.at(&older)).into_iter().collect()
        }
        _ => return Vec::new(),
    };
    let present = services.into_iter().filter(|it| !it.is_null());
    let route = |node: &Node| {
        let backend = match reference(node, "") {
            None => Backend::Malformed("`service` has no `name`"),
            Some(it) if it.namespace.is_empty() => {
                Backend::Malformed("`service` has no `namespace`")
            }
            Some(mut it) => {
                it.port = it.port.or(Some(PortRef::Number(443)));
                Backend::Service(it)
            }
        };
        let mut route = Route::new(identity, read::mark(node, "name"), backend);
        if let Some((path, _)) = read::written(node, "path") {
            path.clone_into(&mut route.path);
            route.path_kind = PathKind::Exact;
        }
        route
    };
    present.map(route).collect()
}
