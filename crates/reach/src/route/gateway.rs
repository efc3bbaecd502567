//! Source: Gateway API v1, `apis/v1/httproute_types.go` (`HTTPRouteSpec`, `HTTPRouteMatch`), `apis/v1/object_reference_types.go`
//! (`BackendObjectReference`: a Service by default, whose port is required), `apis/v1/referencegrant_types.go`.

use tidegate_object::{Identity, Node, Object};

use super::{Backend, PathKind, Route, reference};
use crate::read;

pub(super) fn routes(object: &Object, identity: &Identity) -> Vec<Route> {
    let empty = Node::default();
    let spec = object.at(&["spec"]).unwrap_or(&empty);
    let hosts: Vec<Option<String>> =
        read::list(spec, "hostnames").iter().map(|it| it.as_str().map(str::to_owned)).collect();
    let hosts = if hosts.is_empty() { vec![None] } else { hosts };
    let mut routes = Vec::new();
    for rule in read::list(spec, "rules") {
        let ways = ways(rule);
        for backend in read::list(rule, "backendRefs") {
            // A weight of 0 gets no requests.
            if backend.get("weight").and_then(Node::as_i64) == Some(0) {
                continue;
            }
            let found = backend_of(backend, &identity.namespace);
            let mark = read::mark(backend, "name");
            for host in &hosts {
                for (path, path_kind) in &ways {
                    let (host, path, path_kind) = (host.clone(), path.clone(), *path_kind);
                    let route = Route::new(identity, mark, found.clone());
                    routes.push(Route { host, path, path_kind, ..route });
                }
            }
        }
    }
    routes
}

/// The paths of a rule; without a match it takes everything.
fn ways(rule: &Node) -> Vec<(String, PathKind)> {
    let everything = || ("/".to_owned(), PathKind::Prefix);
    let ways = read::list(rule, "matches").iter().map(|it| {
        let Some(path) = read::present(it, "path") else { return everything() };
        let kind = match read::text(path, "type") {
            "Exact" => PathKind::Exact,
            "RegularExpression" => PathKind::RegularExpression,
            _ => PathKind::Prefix,
        };
        (read::written(path, "value").map_or("/", |(it, _)| it).to_owned(), kind)
    });
    let mut ways: Vec<(String, PathKind)> = ways.collect();
    if ways.is_empty() {
        ways.push(everything());
    }
    ways.dedup();
    ways
}

fn backend_of(node: &Node, namespace: &str) -> Backend {
    let kind = read::written(node, "kind").map_or("Service", |(it, _)| it);
    if kind != "Service" || !read::text(node, "group").is_empty() {
        return Backend::Other(format!("{kind} `{}`", read::text(node, "name")));
    }
    match reference(node, namespace) {
        None => Backend::Malformed("it has no `name`"),
        Some(it) if it.port.is_none() => Backend::Malformed("a Service needs a `port`"),
        Some(it) => Backend::Service(it),
    }
}

/// What a `ReferenceGrant` lets routes of another namespace do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grant {
    namespace: String,
    from: Vec<(String, String)>,
    to: Vec<Option<String>>,
}

impl Grant {
    /// Whether a route of this kind and namespace may name a Service.
    pub(crate) fn lets(&self, route: &Identity, namespace: &str, service: &str) -> bool {
        let is_from =
            |(kind, from): &(String, String)| *kind == route.kind && *from == route.namespace;
        let is_to = |to: &Option<String>| to.as_ref().is_none_or(|it| it == service);
        self.namespace == namespace && self.from.iter().any(is_from) && self.to.iter().any(is_to)
    }
}

/// Reads a `ReferenceGrant`.
pub(crate) fn grants(object: &Object, namespace: &str) -> Option<Grant> {
    let is_grant =
        object.group() == "gateway.networking.k8s.io" && object.kind() == "ReferenceGrant";
    if !is_grant {
        return None;
    }
    let from = read::list_at(object, &["spec", "from"]).iter();
    let to = read::list_at(object, &["spec", "to"]).iter();
    Some(Grant {
        namespace: namespace.to_owned(),
        from: from
            .map(|it| (read::text(it, "kind").to_owned(), read::text(it, "namespace").to_owned()))
            .collect(),
        to: to
            .filter(|it| read::text(it, "kind") == "Service")
            .map(|it| read::written(it, "name").map(|(name, _)| name.to_owned()))
            .collect(),
    })
}
