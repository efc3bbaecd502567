//! What is known of the objects beside pods, Services, routes and policies: names, and who names them.

use std::collections::HashSet;

use tidegate_object::{Identity, Node, Object};
use tidegate_source::Mark;

use crate::makers::Makers;
use crate::read;
use crate::route::{Grant, grants};

/// A name in one object of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    pub(crate) from: Identity,
    pub(crate) name: String,
    pub(crate) mark: Mark,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct References {
    /// `StatefulSet.spec.serviceName`.
    pub(crate) governing: Vec<Reference>,
    /// `Ingress.spec.tls[].secretName`.
    pub(crate) certificates: Vec<Reference>,
    pub(crate) grants: Vec<Grant>,
    /// A policy of another API, which may let through what these close.
    pub(crate) other_policy: Option<String>,
    pub(crate) makers: Makers,
    secrets: HashSet<(String, String)>,
}

impl References {
    pub(crate) fn add(&mut self, object: &Object, namespace: &str) {
        let from = || Identity { namespace: namespace.to_owned(), ..object.identity() };
        let (group, kind) = (object.group(), object.kind());
        let name = object.name();
        self.makers.add(object, namespace);
        let mut secret = |name: &str| self.secrets.insert((namespace.to_owned(), name.to_owned()));
        match (group, kind) {
            ("", "Secret") => {
                secret(name);
            }
            ("cert-manager.io" | "certmanager.k8s.io", "Certificate") => {
                object.at(&["spec", "secretName"]).and_then(Node::as_str).map(secret);
            }
            ("external-secrets.io", "ExternalSecret") => {
                object.at(&["spec", "target", "name"]).and_then(Node::as_str).map(secret);
            }
            ("apps", "StatefulSet") => {
                let spec = object.at(&["spec"]);
                if let Some((service, mark)) = spec.and_then(|it| read::written(it, "serviceName"))
                {
                    self.governing.push(Reference { from: from(), name: service.to_owned(), mark });
                }
            }
            ("networking.k8s.io" | "extensions", "Ingress") if !is_certified(object) => {
                for block in read::list_at(object, &["spec", "tls"]) {
                    let Some((secret, mark)) = read::written(block, "secretName") else { continue };
                    self.certificates.push(Reference {
                        from: from(),
                        name: secret.to_owned(),
                        mark,
                    });
                }
            }
            _ if is_other_policy(group, kind) => {
                self.other_policy.get_or_insert_with(|| format!("{kind} `{name}`"));
            }
            _ => {}
        }
        self.grants.extend(grants(object, namespace));
    }

    /// Whether a Secret is there, or something that makes one of this name.
    pub(crate) fn has_secret(&self, namespace: &str, name: &str) -> bool {
        self.secrets.contains(&(namespace.to_owned(), name.to_owned()))
            || self.makers.find(namespace, |it| it == name).is_some()
    }
}

/// Whether a controller makes the certificates of an Ingress.
fn is_certified(ingress: &Object) -> bool {
    const MAKERS: [&str; 4] = [
        "cert-manager.io/",
        "certmanager.k8s.io/",
        "kubernetes.io/tls-acme",
        "acme.cert-manager.io/",
    ];
    let annotations = ingress.at(&["metadata", "annotations"]).and_then(Node::as_map);
    let mut keys = annotations.into_iter().flat_map(|it| it.entries().iter().map(|it| &it.key));
    keys.any(|key| MAKERS.iter().any(|it| key.starts_with(it)))
}

fn is_other_policy(group: &str, kind: &str) -> bool {
    let ours = group == "networking.k8s.io" || group == "extensions";
    !ours && group.contains('.') && kind.ends_with("NetworkPolicy")
}
