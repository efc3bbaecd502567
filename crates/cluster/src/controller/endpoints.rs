//! Which pods serve behind each Service.

use tidegate_object::{Map, Node};

use crate::state::{Cluster, Endpoints};

impl Cluster {
    /// Writes the endpoints of every Service that selects pods.
    pub(super) fn update_endpoints(&mut self) {
        let services = self.objects.iter().map(|it| &it.0);
        let services = services.filter(|it| it.kind() == "Service" && it.group().is_empty());
        let of = |service: &tidegate_object::Object| {
            let selector = service.at(&["spec", "selector"]).and_then(Node::as_map)?;
            let selected = |pod: &&crate::state::Pod| {
                let has = |(key, value): (&str, &Node)| {
                    pod.labels.get(key).map(String::as_str) == value.as_str()
                };
                pod.namespace == service.namespace() && Map::iter(selector).all(has)
            };
            (!selector.is_empty()).then(|| Endpoints {
                namespace: service.namespace().to_owned(),
                service: service.name().to_owned(),
                pods: self
                    .pods
                    .iter()
                    .filter(selected)
                    .filter(|pod| pod.serves())
                    .map(|pod| pod.name.clone())
                    .collect(),
            })
        };
        self.endpoints = services.filter_map(of).collect();
    }
}
