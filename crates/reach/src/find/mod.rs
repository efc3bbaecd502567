//! What is wrong with a network, or worth knowing.

mod calls;
mod claims;
mod elsewhere;
mod names;
mod near;
mod policies;
mod ports;
mod probes;
mod routes;
mod services;
mod told;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use tidegate_source::{Diagnostic, Label, Mark, Severity};

use crate::index::Index;
use crate::network::Network;
use crate::pods::Pods;
use crate::policy::{Direction, Peer, Way};
use crate::port::Protocol;
use crate::verdict::{Match, Verdict};

/// The code of every finding that this crate makes.
///
/// ```
/// assert!(tidegate_reach::CODES.contains(&"backend-unknown"));
/// assert!(tidegate_reach::CODES.is_sorted());
/// ```
pub const CODES: &[&str] = &[
    "backend-malformed",
    "backend-needs-grant",
    "backend-port-unknown",
    "backend-unknown",
    "call-cut",
    "call-port-unknown",
    "hook-port-unknown",
    "node-port-refused",
    "node-port-twice",
    "policy-cuts-dns",
    "policy-malformed",
    "policy-peer-selects-nothing",
    "policy-port-unknown",
    "policy-rules-ignored",
    "policy-selects-nothing",
    "policy-service-port",
    "probe-port-undeclared",
    "probe-port-unknown",
    "route-before-ready",
    "route-claimed-twice",
    "route-cut",
    "route-depends",
    "service-cut",
    "service-port-twice",
    "service-port-unnamed",
    "service-selects-no-replicas",
    "service-selects-nothing",
    "service-spans-workloads",
    "service-without-addresses",
    "stateful-set-service-has-address",
    "stateful-set-service-unknown",
    "target-port-partial",
    "target-port-protocol",
    "target-port-undeclared",
    "target-port-unknown",
    "tls-secret-unknown",
];

/// Which probes are looked at.
///
/// The proof of a rollout, `tidegate_workload::prove`, reports ports of probes too, where they keep a rollout from
/// finishing. Who uses both asks for the others here.
///
/// ```
/// use tidegate_reach::{Network, Probes, Scope};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let hub = objects(
///     "{apiVersion: apps/v1, kind: Deployment, metadata: {name: hub}, spec: {template: {spec: {containers: [
///       {name: hub, image: hub, readinessProbe: {httpGet: {port: http}}}]}}}}",
/// );
/// let count = |probes| Network::of(&hub).findings(Scope::Whole, probes).len();
/// // A rollout that waits for a port which nobody declares is told by its proof.
/// assert_eq!((count(Probes::All), count(Probes::BesideProof)), (1, 0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Probes {
    /// All of them.
    All,
    /// Those that the proof of a rollout passes over.
    BesideProof,
}

/// How much of what runs together the objects are.
///
/// What is missing among all of them is a mistake. What is missing among some of them may be deployed apart, unless
/// something there is like it, or was left without its part.
///
/// ```
/// use tidegate_reach::{Network, Probes, Scope};
/// use tidegate_source::Severity;
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let hub = objects(
///     "{apiVersion: v1, kind: Pod, metadata: {name: hub, labels: {app: hub}}, spec: {containers: [{name: hub}]}}
/// ---
/// {apiVersion: v1, kind: Service, metadata: {name: store}, spec: {selector: {app: store}, ports: [{port: 6379}]}}",
/// );
/// let severity = |scope| Network::of(&hub).findings(scope, Probes::All)[0].severity;
/// assert_eq!(severity(Scope::Whole), Severity::Warning);
/// // In a folder of manifests the store may be deployed from elsewhere.
/// assert_eq!(severity(Scope::Part), Severity::Note);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// All: an overlay that was built.
    Whole,
    /// Some: files of a folder.
    Part,
}

/// A network, and what is looked up in it again and again.
struct Find<'n> {
    network: &'n Network,
    scope: Scope,
    index: Index<'n>,
    /// Names of Services by namespace.
    services_in: BTreeMap<&'n str, Vec<&'n str>>,
    /// Of each set of pods, the Services that choose it.
    services_of: Vec<Vec<usize>>,
    /// The Services to which a route leads.
    routed: BTreeSet<usize>,
    /// Ports of Services that a policy cuts, as far as a route or a call has told.
    cut: BTreeSet<(usize, usize)>,
    found: Vec<Diagnostic>,
}

pub(crate) fn findings(network: &Network, scope: Scope, probes: Probes) -> Vec<Diagnostic> {
    let mut services_in: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut services_of = vec![Vec::new(); network.pods.len()];
    for (at, service) in network.services.iter().enumerate() {
        services_in.entry(&service.identity.namespace).or_default().push(&service.identity.name);
        for pods in &service.pods {
            services_of[*pods].push(at);
        }
    }
    let mut find = Find {
        network,
        scope,
        index: Index::new(&network.pods),
        services_in,
        services_of,
        routed: network.routes.iter().filter_map(|it| it.service).collect(),
        cut: BTreeSet::new(),
        found: Vec::new(),
    };
    find.routes();
    find.claims();
    find.services();
    find.ports();
    find.names();
    find.policies();
    find.calls();
    find.probes(probes);
    find.found
}

impl Find<'_> {
    fn push(&mut self, finding: Diagnostic) {
        self.found.push(finding);
    }

    /// The policies that take part in a direction of some pods, the certain ones first.
    fn policies_of(&self, pods: usize, direction: Direction) -> Vec<usize> {
        let all = self.network.policies_of[pods].iter();
        let mut taking: Vec<&(usize, Match)> =
            all.filter(|(at, _)| self.network.policies[*at].rules(direction).is_some()).collect();
        taking.sort_by_key(|(_, chosen)| *chosen != Match::Yes);
        taking.into_iter().map(|(at, _)| *at).collect()
    }

    /// Adds the policies that decide a direction of some pods as causes.
    fn with_policies(&self, finding: Diagnostic, pods: usize, direction: Direction) -> Diagnostic {
        let policies = self.policies_of(pods, direction);
        let marks = policies.iter().map(|at| self.network.policies[*at].selector_mark);
        marks.fold(finding, |finding, mark| {
            finding.at(Label::new(mark, "this policy chooses the pods"))
        })
    }

    /// The verdict of one direction alone.
    fn one_way(
        &self,
        direction: Direction,
        own: usize,
        other: Peer,
        port: u16,
        protocol: Protocol,
    ) -> Verdict {
        self.network.answer().verdict(Way { direction, own, other, port, protocol })
    }

    /// Why what Kubernetes' own policies close may be open all the same.
    fn other_policy(&self) -> Option<String> {
        let other = self.network.references.other_policy.as_ref()?;
        Some(format!("policies of other APIs are not read, and {other} may let it through"))
    }
}

/// Adds places to a finding, each once.
/// Creates a note.
fn remark(code: &'static str, message: String) -> Diagnostic {
    Diagnostic::new(Severity::Note, code, message)
}

/// Makes a finding a note where there is a reason to, and says which.
fn softened(mut finding: Diagnostic, why: Option<impl Into<Cow<'static, str>>>) -> Diagnostic {
    if let Some(why) = why {
        finding.severity = Severity::Note;
        return finding.note(why);
    }
    finding
}

fn at_all(
    finding: Diagnostic,
    marks: impl IntoIterator<Item = Mark>,
    text: &'static str,
) -> Diagnostic {
    marks.into_iter().fold(finding, |finding, mark| {
        let known = finding.labels.iter().any(|it| it.mark == mark);
        if known { finding } else { finding.at(Label::new(mark, text)) }
    })
}
