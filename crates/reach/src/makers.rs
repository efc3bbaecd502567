use std::collections::HashMap;

use tidegate_object::{Node, Object};

/// Objects of kinds that are not Kubernetes' own: a controller may make of them what is missing among the objects.
///
/// ```
/// use tidegate_object::manifests;
/// use tidegate_reach::Makers;
///
/// let text = "apiVersion: db.example/v1\nkind: Cluster\nmetadata: {name: pg, namespace: shop}\n";
/// let source = tidegate_source::Sources::new().add("pg.yaml", text);
/// let makers = Makers::of(&manifests(text.into(), source).expect("no mistake"));
/// let why = makers.of_pods("shop", ["pg-primary"]);
/// assert_eq!(why.as_deref(), Some("the controller of Cluster `pg` may run such pods"));
/// assert_eq!(makers.of_pods("shop", ["web"]), None);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Makers {
    by_namespace: HashMap<String, Vec<Maker>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Maker {
    kind: String,
    name: String,
    pods: Pods,
}

/// What pods come of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pods {
    /// None.
    No,
    /// Such whose labels tell its name.
    Named,
    /// Those of a chart, an overlay or another folder, with any labels.
    Any,
}

impl Makers {
    /// Reads objects. Those without a namespace are put where others name `default`.
    ///
    /// ```
    /// use tidegate_reach::Makers;
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let makers = Makers::of(&objects(
    ///     "{apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: {name: store, namespace: tomoda}}",
    /// ));
    /// assert!(makers.of_pods("tomoda", ["store-1"]).is_some());
    /// // A Service makes no pods.
    /// let makers = Makers::of(&objects("{apiVersion: v1, kind: Service, metadata: {name: store, namespace: tomoda}}"));
    /// assert_eq!(makers.of_pods("tomoda", ["store-1"]), None);
    /// ```
    #[must_use]
    pub fn of(objects: &[Object]) -> Self {
        let mut makers = Self::default();
        for object in objects {
            makers.add(object, object.namespace());
        }
        makers
    }

    pub(crate) fn add(&mut self, object: &Object, namespace: &str) {
        let (group, kind) = (object.group(), object.kind());
        if is_own(group) {
            return;
        }
        // Pods whose template stands in the object are known.
        let template = object.at(&["spec", "template", "spec", "containers"]);
        let pods = if template.is_some() { Pods::No } else { pods_of(group, kind) };
        let target = match (pods, kind) {
            (Pods::Any, "Application") => object.at(&["spec", "destination", "namespace"]),
            (Pods::Any, _) => object.at(&["spec", "targetNamespace"]),
            _ => None,
        };
        let target = target.and_then(Node::as_str).filter(|it| *it != namespace);
        for namespace in [Some(namespace), target].into_iter().flatten() {
            let (kind, name) = (kind.to_owned(), object.name().to_owned());
            let here = self.by_namespace.entry(shared(namespace).to_owned()).or_default();
            here.push(Maker { kind, name, pods });
        }
    }

    fn all(&self, namespace: &str) -> impl Iterator<Item = &Maker> {
        self.by_namespace.get(shared(namespace)).into_iter().flatten()
    }

    /// An object for which a controller may make something, by the name of the object.
    pub(crate) fn find(&self, namespace: &str, is_maker: impl Fn(&str) -> bool) -> Option<String> {
        let mut here = self.all(namespace);
        here.find(|it| !it.name.is_empty() && is_maker(&it.name)).map(Maker::called)
    }

    /// Returns why pods of a namespace that nobody among the objects runs may exist: an object whose name one of the
    /// values begins with, which their labels have to have, or a chart.
    ///
    /// ```
    /// use tidegate_reach::Makers;
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let makers = Makers::of(&objects(
    ///     "{apiVersion: postgresql.cnpg.io/v1, kind: Cluster, metadata: {name: store, namespace: tomoda}}",
    /// ));
    /// let why = makers.of_pods("tomoda", ["store-1"]).expect("a controller may make them");
    /// assert!(why.contains("Cluster `store`"));
    /// ```
    #[must_use]
    pub fn of_pods<'v>(
        &self,
        namespace: &str,
        values: impl IntoIterator<Item = &'v str>,
    ) -> Option<String> {
        let values: Vec<&str> = values.into_iter().collect();
        self.of_pods_named(namespace, &values).or_else(|| self.of_any_pods(namespace))
    }

    pub(crate) fn of_pods_named(&self, namespace: &str, values: &[&str]) -> Option<String> {
        let is_maker = |maker: &&Maker| {
            let name = &maker.name;
            maker.pods != Pods::No
                && !name.is_empty()
                && values.iter().any(|value| is_of(value, name))
        };
        let maker = self.all(namespace).find(is_maker)?;
        Some(format!("the controller of {} may run such pods", maker.called()))
    }

    pub(crate) fn of_any_pods(&self, namespace: &str) -> Option<String> {
        let maker = self.of_anything(namespace)?;
        Some(format!("{maker} may bring such pods: what it holds is not read"))
    }

    /// A chart, an overlay or another folder that is applied to a namespace.
    pub(crate) fn of_anything(&self, namespace: &str) -> Option<String> {
        self.all(namespace).find(|it| it.pods == Pods::Any).map(Maker::called)
    }
}

impl Maker {
    fn called(&self) -> String {
        format!("{} `{}`", self.kind, self.name)
    }
}

/// One name for the namespace of objects that name none.
fn shared(namespace: &str) -> &str {
    if namespace == "default" { "" } else { namespace }
}

/// Whether Kubernetes itself, or one of its own projects that run no pods, defines a group.
fn is_own(group: &str) -> bool {
    !group.contains('.') || group.ends_with(".k8s.io")
}

/// Groups of which nothing runs pods: certificates, secrets, policies, routes, sources.
const WITHOUT_PODS: [&str; 18] = [
    "acme.cert-manager.io",
    "bitnami.com",
    "cert-manager.io",
    "cilium.io",
    "crd.projectcalico.org",
    "external-secrets.io",
    "image.toolkit.fluxcd.io",
    "keda.sh",
    "kyverno.io",
    "networking.istio.io",
    "notification.toolkit.fluxcd.io",
    "projectcalico.org",
    "projectcontour.io",
    "security.istio.io",
    "source.toolkit.fluxcd.io",
    "telemetry.istio.io",
    "traefik.containo.us",
    "traefik.io",
];

fn pods_of(group: &str, kind: &str) -> Pods {
    match (group, kind) {
        ("helm.toolkit.fluxcd.io", "HelmRelease")
        | ("kustomize.toolkit.fluxcd.io", "Kustomization")
        | ("argoproj.io", "Application" | "ApplicationSet")
        | ("helm.cattle.io", "HelmChart") => Pods::Any,
        (
            "monitoring.coreos.com",
            "Prometheus" | "PrometheusAgent" | "Alertmanager" | "ThanosRuler",
        ) => Pods::Named,
        ("monitoring.coreos.com", _) | ("argoproj.io", "AppProject") => Pods::No,
        _ if WITHOUT_PODS.contains(&group) => Pods::No,
        _ => Pods::Named,
    }
}

/// Whether a name is that of an object, or that with something behind it: `pg-rw` for `pg`.
pub(crate) fn is_of(name: &str, object: &str) -> bool {
    name.strip_prefix(object).is_some_and(|it| it.is_empty() || it.starts_with('-'))
}
