use tidegate_object::{Identity, Node, Object};

use super::field::Field;

/// A `PersistentVolumeClaim`: how its volume may be mounted.
///
/// ```
/// use tidegate_workload::VolumeClaim;
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
///
/// let claim = VolumeClaim::from_object(&object(
///     "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: uploads}, spec: {accessModes: [ReadWriteMany]}}",
/// ));
/// // Pods of several nodes may write to it, so that old and new pods can run side by side.
/// assert!(claim.is_some_and(|it| !it.one_node.value));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VolumeClaim {
    /// Which object it is.
    pub identity: Identity,
    /// Whether pods of one node at a time may write to it: `ReadWriteOnce` or `ReadWriteOncePod`, and no other mode.
    pub one_node: Field<bool>,
}

impl VolumeClaim {
    /// Reads a `PersistentVolumeClaim`; `None` for another object.
    ///
    /// Source: Kubernetes documentation, *Persistent Volumes*, *Access Modes*.
    ///
    /// ```
    /// use tidegate_object::{Map, Node, Object};
    /// use tidegate_workload::VolumeClaim;
    ///
    /// let spec: Map = [("accessModes", Node::from(vec![Node::from("ReadWriteOnce")]))].into_iter().collect();
    /// let claim: Map = [
    ///     ("apiVersion", Node::from("v1")),
    ///     ("kind", Node::from("PersistentVolumeClaim")),
    ///     ("spec", Node::from(spec)),
    /// ]
    /// .into_iter()
    /// .collect();
    /// let claim = VolumeClaim::from_object(&Object::new(Node::from(claim)));
    /// assert_eq!(claim.map(|it| it.one_node.value), Some(true));
    /// assert_eq!(VolumeClaim::from_object(&Object::new(Node::default())), None);
    /// ```
    #[must_use]
    pub fn from_object(object: &Object) -> Option<Self> {
        if object.kind() != "PersistentVolumeClaim" || !object.group().is_empty() {
            return None;
        }
        let modes = object.at(&["spec", "accessModes"]);
        let written = modes.and_then(Node::as_list).unwrap_or_default();
        let one_node =
            |it: &Node| matches!(it.as_str(), Some("ReadWriteOnce" | "ReadWriteOncePod"));
        let all = !written.is_empty() && written.iter().all(one_node);
        let one_node = match modes {
            Some(modes) => Field::written(all, modes.mark),
            None => Field::default_in(false, object.mark()),
        };
        Some(Self { identity: object.identity(), one_node })
    }
}
