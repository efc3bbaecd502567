//! Network policies: read, and decided.

mod cidr;
mod decide;
mod read;

use std::collections::BTreeMap;

use tidegate_object::Identity;
use tidegate_source::Mark;

use crate::port::{PortRef, Protocol};
use crate::selector::Selector;
use crate::verdict::Match;

pub use cidr::{Cidr, CidrError, IpBlock};
pub use decide::Peer;
pub(crate) use decide::{Answer, Namespaces, Way};

/// A way through a policy's eyes: into the pods that it chooses, or out of them.
///
/// ```
/// use tidegate_reach::{Direction, Network};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let network = Network::of(&objects(
///     "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: hub},
///       spec: {podSelector: {}, policyTypes: [Egress]}}",
/// ));
/// let limits = |direction| network.policies()[0].rules(direction).is_some();
/// assert!(limits(Direction::Egress) && !limits(Direction::Ingress));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Direction {
    /// Into them.
    Ingress,
    /// Out of them.
    Egress,
}

/// A `NetworkPolicy`, defaults filled in.
///
/// ```
/// use tidegate_object::manifests;
/// use tidegate_reach::Network;
///
/// let text = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: closed}\nspec: {podSelector: {}, \
///             egress: []}\n";
/// let source = tidegate_source::Sources::new().add("closed.yaml", text);
/// let network = Network::of(&manifests(text.into(), source).expect("no mistake"));
/// let closed = &network.policies()[0];
/// assert_eq!(closed.ingress.as_deref(), Some(&[][..]), "without policyTypes it always closes ingress");
/// assert_eq!(closed.egress, None, "and egress only where there is a rule");
/// ```
///
/// Source: Kubernetes `staging/src/k8s.io/api/networking/v1/types.go`; `pkg/apis/networking/v1/defaults.go`,
/// `SetDefaults_NetworkPolicy`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Policy {
    /// Which object it is; the namespace is `""` where none is written.
    pub identity: Identity,
    /// Where it was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub mark: Mark,
    /// Its choice of pods, in its own namespace.
    pub selector: Selector,
    /// Where that was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub selector_mark: Mark,
    /// Where each value of its `matchLabels` was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) selector_marks: BTreeMap<String, Mark>,
    /// What may come in; `None` where it leaves that alone.
    pub ingress: Option<Vec<Rule>>,
    /// What may go out; `None` where it leaves that alone.
    pub egress: Option<Vec<Rule>>,
    /// The pods that it chooses or may choose: indices of [`Network::pods`](crate::Network::pods).
    pub pods: Vec<usize>,
    /// Of each of them, whether it certainly does.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) chosen: Vec<Match>,
    /// Rules that its types leave out.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) ignored: Vec<(Direction, Mark)>,
    /// What the API server refuses: where, what, and what to do.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) mistakes: Vec<(Mark, String, &'static str)>,
}

impl Policy {
    /// Returns the rules for a direction; `None` where the policy leaves it alone.
    ///
    /// ```
    /// use tidegate_reach::{Direction, Network};
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let network = Network::of(&objects(
    ///     "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: closed}, spec: {podSelector: {}}}",
    /// ));
    /// // No rule at all: nobody is let in. Ways out are not limited.
    /// assert_eq!(network.policies()[0].rules(Direction::Ingress), Some(&[][..]));
    /// assert_eq!(network.policies()[0].rules(Direction::Egress), None);
    /// ```
    #[must_use]
    pub fn rules(&self, direction: Direction) -> Option<&[Rule]> {
        match direction {
            Direction::Ingress => self.ingress.as_deref(),
            Direction::Egress => self.egress.as_deref(),
        }
    }
}

/// One rule: these peers, on these ports.
///
/// ```
/// use tidegate_reach::{Direction, Network};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let network = Network::of(&objects(
///     "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: hub},
///       spec: {podSelector: {}, ingress: [{ports: [{port: http}]}]}}",
/// ));
/// let rules = network.policies()[0].rules(Direction::Ingress).expect("it has rules");
/// assert!(rules[0].peers.is_none());
/// assert_eq!(rules[0].ports.as_ref().map(Vec::len), Some(1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Rule {
    /// Who; `None` for everybody.
    pub peers: Option<Vec<PolicyPeer>>,
    /// The ports of the pod that is talked to; `None` for all.
    pub ports: Option<Vec<PolicyPort>>,
    /// Where it was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub mark: Mark,
}

/// Whom a rule lets through.
///
/// ```
/// use tidegate_reach::{Direction, Network, PolicyPeer};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let network = Network::of(&objects(
///     "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: hub},
///       spec: {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}, {ipBlock: {cidr: 10.0.0.0/8}}]}]}}",
/// ));
/// let rules = network.policies()[0].rules(Direction::Ingress).expect("it has rules");
/// let peers = rules[0].peers.as_deref().expect("it names peers");
/// assert!(matches!(&peers[0], PolicyPeer::Pods { namespaces: None, .. }));
/// assert!(matches!(&peers[1], PolicyPeer::Addresses(block) if block.except.is_empty()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum PolicyPeer {
    /// Pods, by their labels and those of their namespaces.
    Pods {
        /// The namespaces; `None` for the policy's own.
        namespaces: Option<Selector>,
        /// The pods there; the empty selector for all.
        pods: Selector,
        /// Where it was written.
        #[cfg_attr(feature = "serde", serde(skip))]
        mark: Mark,
    },
    /// Addresses.
    Addresses(IpBlock),
}

/// A port, a range of them, or all of a protocol.
///
/// ```
/// use tidegate_reach::{Direction, Network, PortRef, Protocol};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let network = Network::of(&objects(
///     "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: hub},
///       spec: {podSelector: {}, ingress: [{ports: [{port: 8080, endPort: 8090}]}]}}",
/// ));
/// let rules = network.policies()[0].rules(Direction::Ingress).expect("it has rules");
/// let port = &rules[0].ports.as_deref().expect("it names ports")[0];
/// assert_eq!((&port.port, port.end), (&Some(PortRef::Number(8080)), Some(8090)));
/// assert_eq!(port.protocol, Protocol::Tcp);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PolicyPort {
    /// Protocol.
    pub protocol: Protocol,
    /// The port of the pod; `None` for all.
    pub port: Option<PortRef>,
    /// The last of a range that begins with it.
    pub end: Option<u16>,
    /// Where it was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub mark: Mark,
}
