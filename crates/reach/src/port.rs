use std::fmt;

use tidegate_object::{Node, Value};
use tidegate_source::Mark;

use crate::read;

/// A transport protocol.
///
/// ```
/// use tidegate_reach::Protocol;
///
/// assert_eq!(Protocol::default(), Protocol::Tcp);
/// assert_eq!(Protocol::Udp.to_string(), "UDP");
/// ```
///
/// Source: Kubernetes `staging/src/k8s.io/api/core/v1/types.go`, `Protocol`; a missing one is TCP in Services,
/// containers and policies (`pkg/apis/core/v1/defaults.go`, `pkg/apis/networking/v1/defaults.go`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "UPPERCASE"))]
pub enum Protocol {
    /// Transmission Control Protocol.
    #[default]
    Tcp,
    /// User Datagram Protocol.
    Udp,
    /// Stream Control Transmission Protocol.
    Sctp,
}

impl Protocol {
    /// Reads `protocol` of a node; `None` for one that does not exist.
    pub(crate) fn of(node: &Node) -> Option<Self> {
        match read::present(node, "protocol").map(Node::as_str) {
            None | Some(Some("TCP")) => Some(Self::Tcp),
            Some(Some("UDP")) => Some(Self::Udp),
            Some(Some("SCTP")) => Some(Self::Sctp),
            Some(_) => None,
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tcp => "TCP",
            Self::Udp => "UDP",
            Self::Sctp => "SCTP",
        })
    }
}

/// A port as manifests name one: by its number, or by the name that a container or a Service gave it.
///
/// ```
/// use tidegate_reach::PortRef;
///
/// assert_eq!(PortRef::Number(8080).to_string(), "8080");
/// assert_eq!(PortRef::Name("http".to_owned()).to_string(), "http");
/// ```
///
/// A number in quotes is a name: Kubernetes `apimachinery/pkg/util/intstr`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(untagged))]
pub enum PortRef {
    /// A number from 1 to 65535.
    Number(u16),
    /// A name.
    Name(String),
}

impl PortRef {
    /// Reads a node that holds a number or a name; `None` for what can be neither.
    pub(crate) fn read(node: &Node) -> Option<Self> {
        match &node.value {
            Value::String(text) if !text.is_empty() => Some(Self::Name(text.to_string())),
            Value::Number(_) => number(node).map(Self::Number),
            _ => None,
        }
    }

    /// Whether this is a number in quotes, which Kubernetes takes for a name.
    pub(crate) fn quoted_number(&self) -> Option<u16> {
        match self {
            Self::Name(text) => text.parse().ok(),
            Self::Number(_) => None,
        }
    }
}

impl fmt::Display for PortRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// Reads a port's number; `None` for what is no whole number from 1 to 65535.
pub(crate) fn number(node: &Node) -> Option<u16> {
    node.as_i64().and_then(|it| u16::try_from(it).ok()).filter(|it| *it > 0)
}

/// A port that a container declares.
///
/// Declaring one opens nothing and closes nothing; it gives the port a name.
///
/// Source: Kubernetes `staging/src/k8s.io/api/core/v1/types.go`, `ContainerPort`.
///
/// ```
/// use tidegate_reach::{ContainerPort, Network};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let network = Network::of(&objects(
///     "{apiVersion: v1, kind: Pod, metadata: {name: hub}, spec: {containers: [{name: hub, ports: [{containerPort: 8080}]}]}}",
/// ));
/// let port: &ContainerPort = &network.pods()[0].ports[0];
/// assert_eq!((&*port.container, &*port.name, port.number), ("hub", "", 8080));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ContainerPort {
    /// Name of the container.
    pub container: String,
    /// Name; empty where none is written.
    pub name: String,
    /// Number.
    pub number: u16,
    /// Protocol.
    pub protocol: Protocol,
    /// Where it was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub mark: Mark,
}
