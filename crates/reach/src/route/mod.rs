//! Ways into Services: Ingresses, routes of the Gateway API, and what the API server itself calls.

mod gateway;
mod ingress;
mod server;

use tidegate_object::{Identity, Node, Object};
use tidegate_source::Mark;

use crate::port::PortRef;
use crate::read;
use crate::verdict::Verdict;

pub(crate) use gateway::{Grant, grants};

/// How a path is compared.
///
/// Source: Kubernetes `staging/src/k8s.io/api/networking/v1/types.go`, `PathType`; Gateway API `apis/v1/httproute_types.go`,
/// `PathMatchType`.
///
/// ```
/// use tidegate_reach::{Network, PathKind};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let network = Network::of(&objects(
///     "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web},
///       spec: {rules: [{http: {paths: [{path: /api, pathType: Exact, backend: {service: {name: hub, port: {number: 80}}}}]}}]}}",
/// ));
/// assert_eq!(network.routes()[0].path_kind, PathKind::Exact);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum PathKind {
    /// It is the path.
    Exact,
    /// The path begins with it, element by element.
    Prefix,
    /// As the controller thinks.
    ImplementationSpecific,
    /// It is a regular expression.
    RegularExpression,
    /// Whatever no other path takes.
    Default,
}

/// The Service and the port that a route names.
///
/// ```
/// use tidegate_reach::{Backend, Network, PortRef};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let network = Network::of(&objects(
///     "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web, namespace: tomoda},
///       spec: {defaultBackend: {service: {name: hub, port: {name: http}}}}}",
/// ));
/// let Backend::Service(hub) = &network.routes()[0].backend else { panic!("a Service is named") };
/// assert_eq!((&*hub.namespace, &*hub.name), ("tomoda", "hub"));
/// assert_eq!(hub.port, Some(PortRef::Name("http".into())));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ServiceRef {
    /// Namespace, that of the route unless it names another; `""` where none is written.
    pub namespace: String,
    /// Name.
    pub name: String,
    /// Port; `None` where none is written.
    pub port: Option<PortRef>,
    /// Where the name was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub mark: Mark,
    /// Where the port was written, or the name where it is missing.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub port_mark: Mark,
}

/// What answers a route.
///
/// ```
/// use tidegate_reach::{Backend, Network};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let network = Network::of(&objects(
///     "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: assets},
///       spec: {defaultBackend: {resource: {apiGroup: example.com, kind: Bucket, name: assets}}}}",
/// ));
/// assert!(matches!(&network.routes()[0].backend, Backend::Other(it) if it.contains("Bucket")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum Backend {
    /// A port of a Service.
    Service(ServiceRef),
    /// An object of another kind, or an action that the controller reads from an annotation.
    Other(String),
    /// Nothing that can be read: why.
    Malformed(&'static str),
}

/// Where a route ends: a port of pods.
///
/// ```
/// use tidegate_reach::{End, Network, Verdict};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let network = Network::of(&objects(
///     "{apiVersion: v1, kind: Pod, metadata: {name: hub, labels: {app: hub}}, spec: {containers: [{name: hub}]}}
/// ---
/// {apiVersion: v1, kind: Service, metadata: {name: hub}, spec: {selector: {app: hub}, ports: [{port: 80, targetPort: 8080}]}}
/// ---
/// {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web},
///   spec: {defaultBackend: {service: {name: hub, port: {number: 80}}}}}",
/// ));
/// assert_eq!(network.routes()[0].ends, [End { pods: 0, port: 8080, verdict: Verdict::Allowed }]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct End {
    /// The pods: an index of [`Network::pods`](crate::Network::pods).
    pub pods: usize,
    /// Their port.
    pub port: u16,
    /// Whether policies let somebody through to it who is not known further.
    pub verdict: Verdict,
}

/// A way into a Service.
///
/// ```
/// use tidegate_object::manifests;
/// use tidegate_reach::{Network, PathKind};
///
/// let text = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: web}\nspec:\n  rules:\n  - host: \
///             web.example\n    http:\n      paths:\n      - {path: /, pathType: Prefix, backend: {service: {name: web, \
///             port: {number: 80}}}}\n";
/// let source = tidegate_source::Sources::new().add("web.yaml", text);
/// let network = Network::of(&manifests(text.into(), source).expect("no mistake"));
/// let route = &network.routes()[0];
/// assert_eq!((route.host.as_deref(), route.path.as_str(), route.path_kind), (Some("web.example"), "/", PathKind::Prefix));
/// assert_eq!(route.service, None, "there is no such Service");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Route {
    /// The object that routes.
    pub from: Identity,
    /// The host; `None` for every host.
    pub host: Option<String>,
    /// The path; empty for [`PathKind::Default`].
    pub path: String,
    /// How the path is compared.
    pub path_kind: PathKind,
    /// What answers.
    pub backend: Backend,
    /// The Service: an index of [`Network::services`](crate::Network::services); `None` where it is not among the objects.
    pub service: Option<usize>,
    /// The port: an index of its ports; `None` where it has no such port.
    pub port: Option<usize>,
    /// Where it ends.
    pub ends: Vec<End>,
    /// Where it was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub mark: Mark,
    /// Routes with the same text here, host and path exclude each other; `None` for what may stand beside others.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) claim: Option<String>,
    /// Where the object was written, which tells two of one name apart.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) object: Mark,
}

impl Route {
    pub(crate) fn new(from: &Identity, mark: Mark, backend: Backend) -> Self {
        Self {
            from: from.clone(),
            host: None,
            path: String::new(),
            path_kind: PathKind::Default,
            backend,
            service: None,
            port: None,
            ends: Vec::new(),
            mark,
            claim: None,
            object: Mark::NONE,
        }
    }

    /// Whether requests come from outside of the cluster, or may.
    pub(crate) fn is_open(&self) -> bool {
        self.from.kind == "Ingress" || self.from.kind.ends_with("Route")
    }

    /// How messages call the object: kind, and name in backticks.
    pub(crate) fn called(&self) -> String {
        format!("{} `{}`", self.from.kind, self.from.name)
    }

    /// How messages call the way: `web.example/shop`.
    pub(crate) fn way(&self) -> String {
        if self.path_kind == PathKind::Default && self.host.is_none() {
            return "the default backend".to_owned();
        }
        format!("{}{}", self.host.as_deref().unwrap_or("*"), self.path)
    }
}

/// Reads the routes of an object; none where it is no object that routes.
pub(crate) fn routes(object: &Object, namespace: &str) -> Vec<Route> {
    let identity = Identity { namespace: namespace.to_owned(), ..object.identity() };
    let routes = match (object.group(), object.kind()) {
        ("networking.k8s.io" | "extensions", "Ingress") => ingress::routes(object, &identity),
        ("gateway.networking.k8s.io", kind) if kind.ends_with("Route") => {
            gateway::routes(object, &identity)
        }
        _ => server::routes(object, &identity),
    };
    routes.into_iter().map(|it| Route { object: object.mark(), ..it }).collect()
}

/// Reads a reference to a Service by the fields `name`, `namespace` and `port`.
fn reference(node: &Node, namespace: &str) -> Option<ServiceRef> {
    let (name, mark) = read::written(node, "name")?;
    let port = read::present(node, "port");
    let namespace = read::written(node, "namespace").map_or(namespace, |(it, _)| it);
    Some(ServiceRef {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
        port: port.and_then(PortRef::read),
        mark,
        port_mark: port.map_or(mark, |it| it.mark),
    })
}
