//! Source: Kubernetes `staging/src/k8s.io/api/networking/v1/types.go`, `IngressSpec`, and the older forms of
//! `networking.k8s.io/v1beta1` and `extensions/v1beta1`; `pkg/apis/networking/validation/validation.go`,
//! `validateIngressBackend`.

use tidegate_object::{Identity, Node, Object};

use super::{Backend, PathKind, Route, ServiceRef};
use crate::port::PortRef;
use crate::read;

/// The controller for load balancers of AWS reads what to do from an annotation where the port has this name.
const ACTION: &str = "use-annotation";

pub(super) fn routes(object: &Object, identity: &Identity) -> Vec<Route> {
    let empty = Node::default();
    let spec = object.at(&["spec"]).unwrap_or(&empty);
    let older = identity.version != "v1";
    let of = |node: &Node, mark| {
        let backend = backend(node, identity, older);
        Route::new(identity, mark, backend)
    };
    let mut routes = Vec::new();
    let default = if older { "backend" } else { "defaultBackend" };
    if let Some(node) = read::present(spec, default) {
        routes.push(of(node, node.mark));
    }
    let claim = claim(object);
    for rule in read::list(spec, "rules") {
        let host = read::written(rule, "host").map(|(host, _)| host.to_owned());
        let paths = rule.at(&["http", "paths"]).and_then(Node::as_list).unwrap_or_default();
        for path in paths {
            let written = read::written(path, "path");
            let Some(node) = read::present(path, "backend") else { continue };
            let claim = claim.clone();
            let route = of(node, written.map_or(path.mark, |(_, mark)| mark));
            routes.push(Route {
                host: host.clone(),
                path: written.map_or("/", |(path, _)| path).to_owned(),
                path_kind: match read::text(path, "pathType") {
                    "Exact" => PathKind::Exact,
                    "Prefix" => PathKind::Prefix,
                    _ => PathKind::ImplementationSpecific,
                },
                claim: claim.filter(|_| matches!(route.backend, Backend::Service(_))),
                ..route
            });
        }
    }
    routes
}

fn backend(node: &Node, identity: &Identity, older: bool) -> Backend {
    if let Some(resource) = read::present(node, "resource") {
        let (kind, name) = (read::text(resource, "kind"), read::text(resource, "name"));
        return Backend::Other(format!("{kind} `{name}`"));
    }
    if older {
        let Some((name, mark)) = read::written(node, "serviceName") else {
            return Backend::Malformed("it has no `serviceName`");
        };
        let port = read::present(node, "servicePort");
        let read = port.and_then(PortRef::read);
        let port_mark = port.map_or(mark, |it| it.mark);
        return service(identity, (name, mark), read, port_mark);
    }
    if read::present(node, "serviceName").is_some() {
        return Backend::Malformed(
            "`serviceName` and `servicePort` are of versions before v1: write `service.name` and `service.port`",
        );
    }
    let Some(named) = read::present(node, "service") else {
        return Backend::Malformed("it names neither a `service` nor a `resource`");
    };
    let Some(name) = read::written(named, "name") else {
        return Backend::Malformed("`service` has no `name`");
    };
    let Some(port) = read::present(named, "port") else {
        return Backend::Malformed("`service` has no `port`");
    };
    let (number, port_name) = (read::present(port, "number"), read::present(port, "name"));
    match (number, port_name) {
        (Some(_), Some(_)) => Backend::Malformed("`port` has both a `number` and a `name`"),
        (None, None) => Backend::Malformed("`port` has neither a `number` nor a `name`"),
        (Some(node), None) | (None, Some(node)) => {
            service(identity, name, PortRef::read(node), node.mark)
        }
    }
}

fn service(
    identity: &Identity,
    (name, mark): (&str, tidegate_source::Mark),
    port: Option<PortRef>,
    port_mark: tidegate_source::Mark,
) -> Backend {
    if matches!(&port, Some(PortRef::Name(name)) if name == ACTION) {
        return Backend::Other(format!("action `{name}`"));
    }
    Backend::Service(ServiceRef {
        namespace: identity.namespace.clone(),
        name: name.to_owned(),
        port,
        mark,
        port_mark,
    })
}

/// What has to agree beside host and path for two Ingresses to exclude each other: who serves them, and where it listens.
/// A canary shares its path on purpose.
fn claim(object: &Object) -> Option<String> {
    const CANARY: [&str; 2] =
        ["nginx.ingress.kubernetes.io/canary", "alb.ingress.kubernetes.io/group.order"];
    if CANARY.iter().any(|it| object.annotation(it).is_some_and(|it| it != "false")) {
        return None;
    }
    let written = object.at(&["spec", "ingressClassName"]).and_then(Node::as_str);
    let class = written.or(object.annotation("kubernetes.io/ingress.class")).unwrap_or_default();
    let listens = object
        .annotation("traefik.ingress.kubernetes.io/router.entrypoints")
        .or(object.annotation("traefik.ingress.kubernetes.io/frontend-entry-points"))
        .unwrap_or_default();
    Some(format!("{class}\n{listens}"))
}
