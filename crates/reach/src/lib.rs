//! What reaches what: routes, Services, ports, pods, and the policies between them.
mod call;
mod find;
mod finding;
mod index;
mod network;
mod pods;
mod policy;
mod port;
mod read;
mod references;
mod route;
mod selector;
#[cfg(feature = "serde")]
mod serialize;
mod service;
mod verdict;

pub use call::Call;
pub use find::{CODES, Probes, Scope};
pub use finding::Finding;
pub use network::Network;
pub use pods::Pods;
pub use policy::{Cidr, CidrError, Direction, IpBlock, Peer, Policy, PolicyPeer, PolicyPort, Rule};
pub use port::{ContainerPort, PortRef, Protocol};
pub use route::{Backend, End, PathKind, Route, ServiceRef};
pub use selector::Selector;
pub use service::{Service, ServiceKind, ServicePort};
pub use verdict::Verdict;
