//! What reaches what: routes, Services, ports, pods, and the policies between them.
//!
//! ```
//! use tidegate_object::manifests;
//! use tidegate_reach::{Network, Probes, Scope};
//!
//! let text = "{apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}, spec: {containers: []}}\n---\n\
//!             {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: wbe}, ports: [{port: 80}]}}\n";
//! let source = tidegate_source::Sources::new().add("web.yaml", text);
//! let objects = manifests(text.into(), source).expect("no mistake");
//! let found = Network::of(&objects).findings(Scope::Whole, Probes::All);
//! assert_eq!(found[0].message, "Service `web` chooses no pod: none has the labels app=wbe");
//! assert_eq!(found[0].help, ["pods of Pod `web` have app=web, not wbe"]);
//! ```
//!
//! # Model
//!
//! A [`Network`] is read from objects: templates of [`Pods`], [`Service`]s, [`Policy`]s, [`Route`]s of Ingresses, of the Gateway
//! API and of the API server's webhooks, and [`Call`]s that variables tell containers to make. [`Network::may_talk`] decides
//! about a connection in three values: a [`Verdict`] depends where the answer is not in the objects, such as the labels of a
//! namespace or who serves an Ingress. [`Network::findings`] tells what cannot work, each as a `Diagnostic` with its places.
//!
//! # Scope
//!
//! Network policies of Kubernetes' own API. Those of other APIs are not read, and make what a policy closes a note. Probes'
//! ports are told twice by no one: see [`Probes`].
//!
//! # Conformance
//!
//! Kubernetes 1.33, as read in the files that each rule names. The verdicts, ends of routes and findings agree with an
//! independent enumeration on generated clusters; `TIDEGATE_CLUSTERS` says on how many.
//!
//! # Features
//!
//! - `serde`: serialises the network.

mod call;
mod find;
mod index;
mod makers;
mod network;
mod pods;
mod policy;
mod port;
mod read;
mod references;
mod route;
mod selector;
mod service;
mod verdict;

pub use call::Call;
pub use find::{CODES, Probes, Scope};
pub use makers::Makers;
pub use network::Network;
pub use pods::Pods;
pub use policy::{Cidr, CidrError, Direction, IpBlock, Peer, Policy, PolicyPeer, PolicyPort, Rule};
pub use port::{ContainerPort, PortRef, Protocol};
pub use route::{Backend, End, PathKind, Route, ServiceRef};
pub use selector::Selector;
pub use service::{Service, ServiceKind, ServicePort};
pub use verdict::Verdict;
