use std::collections::{BTreeMap, HashMap};

use tidegate_object::Object;
use tidegate_source::Diagnostic;

use crate::call::{self, Call};
use crate::find::{self, Probes, Scope};
use crate::index::Index;
use crate::pods::{ConfigMaps, Pods};
use crate::policy::{Answer, Direction, Namespaces, Peer, Policy, Way};
use crate::port::{PortRef, Protocol};
use crate::read;
use crate::references::References;
use crate::route::{self, Backend, End, Route};
use crate::service::{Service, ServiceKind, ServicePort};
use crate::verdict::{Match, Verdict};

/// The network that a set of objects describes: pods, Services, routes into them, and the policies between.
///
/// Objects without a namespace share one that is not known by name, written `""`; where others are put into `default`
/// by name, they are taken to live there too.
///
/// ```
/// use tidegate_object::manifests;
/// use tidegate_reach::{Network, Peer, Protocol, Verdict};
///
/// let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop, labels: {app: web}}\nspec: \
///             {containers: [{name: main}]}\n---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: \
///             {name: web, namespace: shop}\nspec:\n  podSelector: {}\n  ingress: [{from: [{podSelector: {}}], ports: \
///             [{port: 80}]}]\n";
/// let source = tidegate_source::Sources::new().add("web.yaml", text);
/// let network = Network::of(&manifests(text.into(), source).expect("no mistake"));
/// let web = Peer::Pods(0);
/// assert_eq!(network.may_talk(web, web, 80, Protocol::Tcp), Verdict::Allowed);
/// assert_eq!(network.may_talk(web, web, 81, Protocol::Tcp), Verdict::Denied);
/// assert_eq!(network.may_talk(Peer::Anyone, web, 80, Protocol::Tcp), Verdict::Depends);
/// let outside = Peer::Address("192.0.2.1".parse().expect("an address"));
/// assert_eq!(network.may_talk(outside, web, 80, Protocol::Tcp), Verdict::Denied);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Network {
    pub(crate) pods: Vec<Pods>,
    pub(crate) services: Vec<Service>,
    pub(crate) policies: Vec<Policy>,
    pub(crate) routes: Vec<Route>,
    pub(crate) calls: Vec<Call>,
    /// Of each set of pods, the policies that choose it.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) policies_of: Vec<Vec<(usize, Match)>>,
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) namespaces: Namespaces,
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) references: References,
    /// Services by namespace and name.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(crate) by_name: HashMap<(String, String), Vec<usize>>,
}

impl Network {
    /// Reads objects; what does not belong to a network is passed over, and so is what can't be read.
    ///
    /// ```
    /// use tidegate_reach::Network;
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let network = Network::of(&objects(
    ///     "{kind: Pod, apiVersion: v1, metadata: {name: web, namespace: tomoda, labels: {app: web}}, spec: {containers: [{name: web}]}}
    /// ---
    /// {kind: Service, apiVersion: v1, metadata: {name: web, namespace: tomoda}, spec: {selector: {app: web}, ports: [{port: 80}]}}
    /// ---
    /// {kind: Secret, apiVersion: v1, metadata: {name: web, namespace: tomoda}}",
    /// ));
    /// assert_eq!((network.pods().len(), network.services().len()), (1, 1));
    /// assert!(network.policies().is_empty() && network.routes().is_empty());
    /// ```
    #[must_use]
    pub fn of(objects: &[Object]) -> Self {
        let named = objects.iter().any(|it| it.namespace() == "default");
        let unwritten = if named { "default" } else { "" };
        let namespace = |object: &Object| match object.namespace() {
            "" => unwritten.to_owned(),
            namespace => namespace.to_owned(),
        };
        let is_core = |it: &Object, kind| it.group().is_empty() && it.kind() == kind;
        let configuration = objects.iter().filter(|it| is_core(it, "ConfigMap"));
        let configuration: HashMap<(String, String), _> = configuration
            .filter_map(|it| Some(((namespace(it), it.name().to_owned()), it.at(&["data"])?)))
            .collect();
        let configuration: ConfigMaps<'_> = configuration
            .iter()
            .map(|((namespace, name), data)| ((namespace.as_str(), name.as_str()), *data))
            .collect();
        let mut network = Self {
            pods: Vec::new(),
            services: Vec::new(),
            policies: Vec::new(),
            routes: Vec::new(),
            calls: Vec::new(),
            policies_of: Vec::new(),
            namespaces: Namespaces::default(),
            references: References::default(),
            by_name: HashMap::new(),
        };
        let mut addresses = Vec::new();
        for object in objects {
            let namespace = namespace(object);
            if is_core(object, "Namespace") {
                let labels = object.at(&["metadata", "labels"]).into_iter().flat_map(read::texts);
                let labels: BTreeMap<String, String> =
                    labels.map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
                network.namespaces.insert(object.name(), labels);
            } else if Service::is_service(object) {
                network.services.push(Service::read(object, &namespace));
            } else if Policy::is_policy(object) {
                network.policies.push(Policy::read(object, &namespace));
            } else if is_core(object, "Endpoints") {
                addresses.push((namespace.clone(), object.name().to_owned()));
            } else if object.kind() == "EndpointSlice"
                && let Some(service) = object.label("kubernetes.io/service-name")
            {
                addresses.push((namespace.clone(), service.to_owned()));
            }
            network.pods.extend(Pods::read(object, &namespace, &configuration));
            network.routes.extend(route::routes(object, &namespace));
            network.references.add(object, &namespace);
        }
        network.choose();
        for (at, service) in network.services.iter().enumerate() {
            let key = (service.identity.namespace.clone(), service.identity.name.clone());
            network.by_name.entry(key).or_default().push(at);
        }
        for key in addresses {
            for at in network.by_name.get(&key).into_iter().flatten() {
                network.services[*at].addresses = true;
            }
        }
        network.follow_routes();
        network.follow_calls();
        network
    }

    /// Finds out which pods Services and policies choose.
    fn choose(&mut self) {
        let index = Index::new(&self.pods);
        for service in &mut self.services {
            let Some(selector) = &service.selector else { continue };
            let mut chosen = index.chosen(&service.identity.namespace, selector);
            // Of a kind that is not known any label may come later; one that is there has to fit.
            let fits = |at: usize| {
                let pods = &self.pods[at];
                !pods.is_custom() || selector.keys().any(|key| pods.labels.contains_key(key))
            };
            chosen.retain(|(at, chosen)| *chosen == Match::Yes || fits(*at));
            let certain = chosen.iter().any(|(_, chosen)| *chosen == Match::Yes);
            chosen.retain(|(_, chosen)| !certain || *chosen == Match::Yes);
            service.pods = chosen.into_iter().map(|(at, _)| at).collect();
        }
        let mut policies_of = vec![Vec::new(); self.pods.len()];
        for (at, policy) in self.policies.iter_mut().enumerate() {
            for (pods, chosen) in index.chosen(&policy.identity.namespace, &policy.selector) {
                policies_of[pods].push((at, chosen));
                policy.pods.push(pods);
                policy.chosen.push(chosen);
            }
        }
        self.policies_of = policies_of;
    }

    fn follow_routes(&mut self) {
        let mut routes = std::mem::take(&mut self.routes);
        for route in &mut routes {
            let Backend::Service(named) = &route.backend else { continue };
            let key = (named.namespace.clone(), named.name.clone());
            let Some(found) = self.by_name.get(&key) else { continue };
            let port = |at: &usize| {
                let port = named.port.as_ref()?;
                Some((*at, self.services[*at].ports.iter().position(|it| it.is(port))?))
            };
            // A folder may hold a Service in several forms: the first with the port is taken.
            let with_port = found.iter().find_map(port);
            route.service = with_port.map(|(at, _)| at).or(found.first().copied());
            route.port = with_port.map(|(_, port)| port);
            route.ends = match with_port {
                Some((at, port)) => self.ends(Peer::Anyone, at, &self.services[at].ports[port]),
                None => Vec::new(),
            };
        }
        self.routes = routes;
    }

    fn follow_calls(&mut self) {
        let mut calls = Vec::new();
        for (from, pods) in self.pods.iter().enumerate() {
            for container in &pods.containers {
                for variable in &container.env {
                    let Some(address) = call::address(&variable.name, &variable.value) else {
                        continue;
                    };
                    let Some((name, namespace)) = call::service_of(address.host) else { continue };
                    let namespace = namespace.unwrap_or(&pods.identity.namespace);
                    let key = (namespace.to_owned(), name.to_owned());
                    let Some([service]) = self.by_name.get(&key).map(Vec::as_slice) else {
                        continue;
                    };
                    let (port, ends) =
                        self.call_ends(from, *service, address.port, address.protocol);
                    calls.push(Call {
                        from,
                        container: container.name.clone(),
                        variable: variable.name.clone(),
                        service: *service,
                        number: address.port,
                        port,
                        ends,
                        mark: variable.mark,
                        address: variable.value.clone(),
                    });
                }
            }
        }
        self.calls = calls;
    }

    /// Where a call of a Service ends: for a headless one at the pods' port of the same number.
    fn call_ends(
        &self,
        from: usize,
        at: usize,
        number: u16,
        protocol: Protocol,
    ) -> (Option<usize>, Vec<End>) {
        let service = &self.services[at];
        if service.kind == ServiceKind::Headless {
            let end = |pods: &usize| End {
                pods: *pods,
                port: number,
                verdict: self.may_talk(Peer::Pods(from), Peer::Pods(*pods), number, protocol),
            };
            return (None, service.pods.iter().map(end).collect());
        }
        let is = |it: &ServicePort| it.number == number && it.protocol == protocol;
        let Some(port) = service.ports.iter().position(is) else { return (None, Vec::new()) };
        (Some(port), self.ends(Peer::Pods(from), at, &service.ports[port]))
    }

    /// The ends of a Service's port, and what policies say to a caller.
    fn ends(&self, from: Peer, service: usize, port: &ServicePort) -> Vec<End> {
        let targets = self.services[service].targets(port, &self.pods);
        let end = |(pods, number): (usize, u16)| End {
            pods,
            port: number,
            verdict: self.may_talk(from, Peer::Pods(pods), number, port.protocol),
        };
        targets.map(end).collect()
    }

    /// Returns the pods, a template each.
    #[must_use]
    pub fn pods(&self) -> &[Pods] {
        &self.pods
    }

    /// Returns the Services.
    #[must_use]
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// Returns the network policies.
    #[must_use]
    pub fn policies(&self) -> &[Policy] {
        &self.policies
    }

    /// Returns the ways into Services: of Ingresses, of the Gateway API, and of what the API server calls itself.
    #[must_use]
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// Returns the calls that containers are told to make.
    #[must_use]
    pub fn calls(&self) -> &[Call] {
        &self.calls
    }

    /// Decides whether policies let one end of a connection talk to a port of the other.
    ///
    /// `port` is a port of the pod that is talked to, not of a Service in front of it. Only ends that are
    /// [`Peer::Pods`] have policies of their own. An index that does not exist is nobody: denied.
    ///
    /// ```
    /// use tidegate_reach::{Network, Peer, Protocol, Verdict};
    ///
    /// let network = Network::of(&[]);
    /// assert_eq!(network.may_talk(Peer::Anyone, Peer::Pods(0), 80, Protocol::Tcp), Verdict::Denied);
    /// ```
    #[must_use]
    pub fn may_talk(&self, from: Peer, to: Peer, port: u16, protocol: Protocol) -> Verdict {
        let exists = |it: Peer| !matches!(it, Peer::Pods(at) if at >= self.pods.len());
        if !exists(from) || !exists(to) {
            return Verdict::Denied;
        }
        let way = |direction, own: Peer, other| match own {
            Peer::Pods(own) => self.answer().verdict(Way { direction, own, other, port, protocol }),
            _ => Verdict::Allowed,
        };
        way(Direction::Egress, from, to).and(way(Direction::Ingress, to, from))
    }

    /// Returns the port of pods that a Service's port leads to, by their index in [`Network::pods`]; `None` where it
    /// leads to none there.
    ///
    /// ```
    /// assert_eq!(tidegate_reach::Network::of(&[]).target(0, &tidegate_reach::PortRef::Number(80), 0), None);
    /// ```
    #[must_use]
    pub fn target(&self, service: usize, port: &PortRef, pods: usize) -> Option<u16> {
        let service = self.services.get(service)?;
        let mut targets = service.targets(service.port(port)?, &self.pods);
        targets.find(|(at, _)| *at == pods).map(|(_, number)| number)
    }

    pub(crate) fn answer(&self) -> Answer<'_> {
        Answer {
            pods: &self.pods,
            policies: &self.policies,
            of: &self.policies_of,
            namespaces: &self.namespaces,
        }
    }

    /// Returns what is wrong with the network, or worth knowing: by subject, and in the order of the objects. The code of
    /// each is one of [`CODES`](crate::CODES).
    ///
    /// An error cannot work, whatever else runs in the cluster; a warning cannot work unless something outside of the
    /// objects makes up for it; a note is worth knowing.
    ///
    /// ```
    /// use tidegate_object::manifests;
    /// use tidegate_reach::{Network, Probes, Scope};
    ///
    /// let text = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  selector: {app: web}\n  ports: [{port: \
    ///             80, targetPort: http}]\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {app: \
    ///             web}}\nspec: {containers: [{name: main, ports: [{name: htpp, containerPort: 8080}]}]}\n";
    /// let source = tidegate_source::Sources::new().add("web.yaml", text);
    /// let findings =
    ///     Network::of(&manifests(text.into(), source).expect("no mistake")).findings(Scope::Whole, Probes::All);
    /// assert_eq!(findings[0].code, "target-port-unknown");
    /// assert_eq!(findings[0].help, ["a port with a similar name exists: `htpp`"]);
    /// ```
    #[must_use]
    pub fn findings(&self, scope: Scope, probes: Probes) -> Vec<Diagnostic> {
        find::findings(self, scope, probes)
    }
}
