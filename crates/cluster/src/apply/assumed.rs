//! Kinds whose controllers are not simulated: they are assumed to have done their work at once.

use tidegate_object::{Map, Node, Object};

use crate::objects::set;

/// An address for documentation (RFC 5737).
const ADDRESS: &str = "192.0.2.1";

fn map(fields: &[(&'static str, Node)]) -> Node {
    Node::from(fields.iter().cloned().collect::<Map>())
}

/// Writes the status that a kind's controllers write when all is well.
pub(super) fn fill_in(object: &mut Object) {
    let number =
        |path: &[&str], default: i64| object.at(path).and_then(Node::as_i64).unwrap_or(default);
    let generation = number(&["metadata", "generation"], 1);
    let replicas = number(&["spec", "replicas"], 1);
    let address = || {
        let ingress = Node::from(vec![map(&[("ip", Node::from(ADDRESS))])]);
        map(&[("loadBalancer", map(&[("ingress", ingress)]))])
    };
    let type_ = object.at(&["spec", "type"]).and_then(Node::as_str).unwrap_or("");
    let policy = object.at(&["spec", "restartPolicy"]).and_then(Node::as_str);
    let restarts = policy.is_none_or(|it| it == "Always");
    let status = match (object.group(), object.kind()) {
        ("networking.k8s.io", "Ingress") => address(),
        ("", "Service") if type_ == "LoadBalancer" => address(),
        ("", "PersistentVolumeClaim") => map(&[("phase", Node::from("Bound"))]),
        ("", "Namespace") => map(&[("phase", Node::from("Active"))]),
        ("apps", "StatefulSet") => map(&[
            ("observedGeneration", Node::from(generation)),
            ("replicas", Node::from(replicas)),
            ("readyReplicas", Node::from(replicas)),
            ("updatedReplicas", Node::from(replicas)),
            ("currentReplicas", Node::from(replicas)),
            ("availableReplicas", Node::from(replicas)),
        ]),
        ("apps", "DaemonSet") => map(&[("observedGeneration", Node::from(generation))]),
        ("", "Pod") if restarts => map(&[
            ("phase", Node::from("Running")),
            (
                "conditions",
                Node::from(vec![map(&[
                    ("type", Node::from("Ready")),
                    ("status", Node::from("True")),
                ])]),
            ),
        ]),
        ("", "Pod") => map(&[("phase", Node::from("Succeeded"))]),
        ("batch", "Job") => {
            let done = map(&[("type", Node::from("Complete")), ("status", Node::from("True"))]);
            map(&[("succeeded", Node::from(1)), ("conditions", Node::from(vec![done]))])
        }
        _ => return,
    };
    set(&mut object.root, &["status"], status);
}
