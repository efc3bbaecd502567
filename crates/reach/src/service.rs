use std::collections::BTreeMap;

use tidegate_object::{Identity, Node, Object};
use tidegate_source::Mark;

use crate::pods::Pods;
use crate::port::{self, PortRef, Protocol};
use crate::read;
use crate::selector::Selector;

/// How a Service is reached.
///
/// Source: Kubernetes `staging/src/k8s.io/api/core/v1/types.go`, `ServiceType` and `ServiceSpec.ClusterIP`.
///
/// ```
/// use tidegate_reach::{Network, ServiceKind};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let network = Network::of(&objects("{apiVersion: v1, kind: Service, metadata: {name: redis}, spec: {clusterIP: None}}"));
/// assert_eq!(network.services()[0].kind, ServiceKind::Headless);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum ServiceKind {
    /// By an address of its own, from inside the cluster.
    #[default]
    ClusterIp,
    /// By the addresses of its pods: `clusterIP: None`.
    Headless,
    /// By a port of every node.
    NodePort,
    /// By an address outside of the cluster.
    LoadBalancer,
    /// By another name.
    ExternalName,
}

impl ServiceKind {
    /// Returns whether it is reached from outside of the cluster without a route.
    ///
    /// ```
    /// use tidegate_reach::ServiceKind;
    ///
    /// assert!(ServiceKind::LoadBalancer.is_open());
    /// assert!(!ServiceKind::Headless.is_open());
    /// ```
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::NodePort | Self::LoadBalancer)
    }
}

/// A port of a Service.
///
/// ```
/// use tidegate_reach::{Network, PortRef};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let network = Network::of(&objects("{apiVersion: v1, kind: Service, metadata: {name: hub}, spec: {ports: [{port: 80}]}}"));
/// let port = &network.services()[0].ports[0];
/// // Without `targetPort` it is the same number.
/// assert_eq!((port.number, &port.target), (80, &PortRef::Number(80)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct ServicePort {
    /// Name; empty where none is written.
    pub name: String,
    /// Number.
    pub number: u16,
    /// Protocol.
    pub protocol: Protocol,
    /// The port of the pods: `targetPort`, or the same number.
    pub target: PortRef,
    /// The port of every node, where one is written.
    pub node_port: Option<u16>,
    /// Where the port was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub mark: Mark,
    /// Where `targetPort` was written, or `port` where it is missing.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub target_mark: Mark,
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) name_mark: Mark,
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) node_port_mark: Mark,
}

impl ServicePort {
    /// Returns whether a route or a URL that names a port means this one.
    ///
    /// ```
    /// use tidegate_reach::{Network, PortRef};
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let network = Network::of(&objects(
    ///     "{apiVersion: v1, kind: Service, metadata: {name: hub}, spec: {ports: [{name: http, port: 80, targetPort: 8080}]}}",
    /// ));
    /// let port = &network.services()[0].ports[0];
    /// assert!(port.is(&PortRef::Number(80)) && port.is(&PortRef::Name("http".into())));
    /// // The port of the pods is not the Service's.
    /// assert!(!port.is(&PortRef::Number(8080)));
    /// ```
    #[must_use]
    pub fn is(&self, port: &PortRef) -> bool {
        match port {
            PortRef::Number(number) => self.number == *number,
            PortRef::Name(name) => self.name == *name,
        }
    }

    /// How messages call it: `80`, or `http (80)` where it has a name.
    pub(crate) fn called(&self) -> String {
        if self.name.is_empty() {
            self.number.to_string()
        } else {
            format!("{} ({})", self.name, self.number)
        }
    }
}

/// A Service, and the pods that it chooses.
///
/// ```
/// use tidegate_object::manifests;
/// use tidegate_reach::{Network, PortRef, ServiceKind};
///
/// let text = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports: [{port: \
///             80, targetPort: http}]\n";
/// let source = tidegate_source::Sources::new().add("web.yaml", text);
/// let network = Network::of(&manifests(text.into(), source).expect("no mistake"));
/// let web = &network.services()[0];
/// assert_eq!(web.kind, ServiceKind::ClusterIp);
/// assert_eq!(web.port(&PortRef::Number(80)).map(|it| it.target.to_string()).as_deref(), Some("http"));
/// assert!(web.port(&PortRef::Number(81)).is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Service {
    /// Which object it is; the namespace is `""` where none is written.
    pub identity: Identity,
    /// Where it was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub mark: Mark,
    /// How it is reached.
    pub kind: ServiceKind,
    /// Its choice of pods; `None` where somebody else fills in its addresses.
    pub selector: Option<Selector>,
    /// Where that was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub selector_mark: Mark,
    /// Its ports.
    pub ports: Vec<ServicePort>,
    /// Whether pods get requests before they are ready.
    pub publish_not_ready: bool,
    /// The pods that it chooses: indices of [`Network::pods`](crate::Network::pods).
    pub pods: Vec<usize>,
    /// Whether addresses for it are written out among the objects.
    pub addresses: bool,
    /// Where each value of the selector was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) selector_marks: BTreeMap<String, Mark>,
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) publish_mark: Mark,
}

impl Service {
    /// Whether an object is a Service.
    pub(crate) fn is_service(object: &Object) -> bool {
        object.group().is_empty() && object.kind() == "Service"
    }

    /// Reads a Service; which pods it chooses is found out later.
    pub(crate) fn read(object: &Object, namespace: &str) -> Self {
        let empty = Node::default();
        let spec = object.at(&["spec"]).unwrap_or(&empty);
        let kind = match read::text(spec, "type") {
            "ExternalName" => ServiceKind::ExternalName,
            "LoadBalancer" => ServiceKind::LoadBalancer,
            "NodePort" => ServiceKind::NodePort,
            _ if read::text(spec, "clusterIP") == "None" => ServiceKind::Headless,
            _ => ServiceKind::ClusterIp,
        };
        let selector = read::present(spec, "selector").filter(|it| !read::is_empty(it));
        let publish = read::present(spec, "publishNotReadyAddresses");
        Self {
            identity: Identity { namespace: namespace.to_owned(), ..object.identity() },
            mark: object.at(&["metadata", "name"]).map_or(object.mark(), |it| it.mark),
            kind,
            selector: selector
                .filter(|_| kind != ServiceKind::ExternalName)
                .map(Selector::of_labels),
            selector_mark: selector.map_or(spec.mark, |it| it.mark),
            selector_marks: selector.map(read::marks).unwrap_or_default(),
            ports: read::list(spec, "ports").iter().filter_map(service_port).collect(),
            publish_not_ready: publish.and_then(Node::as_bool).unwrap_or_default(),
            publish_mark: publish.map_or(spec.mark, |it| it.mark),
            pods: Vec::new(),
            addresses: false,
        }
    }

    /// Returns the port that a reference means, if the Service has one.
    ///
    /// ```
    /// use tidegate_reach::{Network, PortRef};
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let network = Network::of(&objects(
    ///     "{apiVersion: v1, kind: Service, metadata: {name: hub}, spec: {ports: [{name: http, port: 80}, {name: grpc, port: 9000}]}}",
    /// ));
    /// let hub = &network.services()[0];
    /// assert_eq!(hub.port(&PortRef::Name("grpc".into())).map(|it| it.number), Some(9000));
    /// assert!(hub.port(&PortRef::Name("https".into())).is_none());
    /// ```
    #[must_use]
    pub fn port(&self, port: &PortRef) -> Option<&ServicePort> {
        self.ports.iter().find(|it| it.is(port))
    }

    /// The ports of pods behind one of its ports: an index of the pods, and the number there. Pods without a port of
    /// this name get no requests for it.
    pub(crate) fn targets<'s>(
        &'s self,
        port: &'s ServicePort,
        pods: &'s [Pods],
    ) -> impl Iterator<Item = (usize, u16)> + 's {
        let target = |at: &usize| Some((*at, pods[*at].find_port(&port.target, port.protocol)?));
        self.pods.iter().filter_map(target)
    }

    /// How messages call it.
    pub(crate) fn called(&self) -> String {
        format!("Service `{}`", self.identity.name)
    }
}

fn service_port(node: &Node) -> Option<ServicePort> {
    let port = node.get("port")?;
    let number = port::number(port)?;
    let target = read::present(node, "targetPort");
    let node_port = read::present(node, "nodePort").and_then(port::number);
    Some(ServicePort {
        name: read::text(node, "name").to_owned(),
        number,
        protocol: Protocol::of(node)?,
        target: match target {
            // 0 and "" are what a missing field becomes on its way through the API.
            Some(target) if target.as_i64() == Some(0) => PortRef::Number(number),
            Some(target) => PortRef::read(target).unwrap_or(PortRef::Number(number)),
            None => PortRef::Number(number),
        },
        node_port: node_port.filter(|it| *it > 0),
        mark: port.mark,
        target_mark: target.unwrap_or(port).mark,
        name_mark: read::mark(node, "name"),
        node_port_mark: read::mark(node, "nodePort"),
    })
}
