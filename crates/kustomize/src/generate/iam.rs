use tidegate_object::{Map, Node, Text, Value};
use tidegate_source::{Diagnostic, Label, Mark};

use crate::decode::{Decoder, Written};
use crate::resource::Resource;

/// The configuration of `IAMPolicyGenerator`: a Kubernetes service account that acts as one of a cloud.
#[derive(Clone, Debug, Default)]
pub(crate) struct IamPolicy {
    mark: Mark,
    cloud: Written,
    name: Written,
    namespace: Written,
    cloud_account: Written,
    project: Written,
}

impl IamPolicy {
    /// Reads a configuration.
    pub(crate) fn decode(decoder: &mut Decoder, node: &Node) -> Self {
        let mut policy = Self { mark: node.mark, ..Self::default() };
        let known = ["cloud", "kubernetesService", "serviceAccount"];
        decoder.structure(node, "an IAM policy", &known, |it, name, node| match name {
            "cloud" => policy.cloud = it.inline_string(node),
            "kubernetesService" => {
                it.structure(node, "a service", &["name", "namespace"], |it, name, node| {
                    let part =
                        if name == "name" { &mut policy.name } else { &mut policy.namespace };
                    *part = it.inline_string(node);
                });
            }
            _ => it.structure(node, "an account", &["name", "projectId"], |it, name, node| {
                let part =
                    if name == "name" { &mut policy.cloud_account } else { &mut policy.project };
                *part = it.inline_string(node);
            }),
        });
        policy
    }

    /// Makes the service account.
    pub(crate) fn generate(&self) -> Result<Resource, Diagnostic> {
        if &*self.cloud != "gke" {
            let place = if self.cloud.mark.is_some() { self.cloud.mark } else { self.mark };
            return Err(Diagnostic::error("unknown-cloud", "this cloud is not supported")
                .at(Label::new(place, ""))
                .help("write `cloud: gke`"));
        }
        let account =
            format!("{}@{}.iam.gserviceaccount.com", &*self.cloud_account, &*self.project);
        let text = |text: Text| Node::new(Value::String(text), self.mark);
        let annotations: Map =
            [("iam.gke.io/gcp-service-account", text(Text::from(account)))].into_iter().collect();
        let mut metadata = Map::new();
        metadata.insert("annotations", Node::new(Value::Map(annotations), self.mark));
        metadata.insert("name", Node::from(&self.name));
        if !self.namespace.is_empty() {
            metadata.insert("namespace", Node::from(&self.namespace));
        }
        let mut root = Map::new();
        root.insert("apiVersion", text(Text::literal("v1")));
        root.insert("kind", text(Text::literal("ServiceAccount")));
        root.insert("metadata", Node::new(Value::Map(metadata), self.mark));
        Ok(Resource::new(Node::new(Value::Map(root), self.mark)))
    }
}
