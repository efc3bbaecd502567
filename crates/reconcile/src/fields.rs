//! Who set which fields.

use std::collections::BTreeMap;

use tidegate_object::{Map, Node, Object, Value};

use crate::json;
use crate::path::Step;
use crate::read::text;
use crate::schema::{ListKind, Schema};

/// A set of fields of an object, in the form in which the API server keeps it in `metadata.managedFields`.
///
/// Keys are written as there (`FieldsV1`): `f:NAME` for a field, `k:JSON` for the element of a keyed list, `v:JSON`
/// for the element of a set, `.` for the thing itself. A set that is empty stands for one value as a whole.
///
/// Source: `k8s.io/apimachinery/pkg/apis/meta/v1`, type `FieldsV1`.
///
/// ```
/// use tidegate_object::{Map, Node, Object};
/// use tidegate_reconcile::FieldSet;
///
/// let spec = Map::from_iter([("replicas", Node::from(2))]);
/// let object = Object::new(Node::from(Map::from_iter([("spec", Node::from(spec))])));
/// let fields = FieldSet::of(&object);
/// assert_eq!(fields.to_string(), r#"{"f:spec":{"f:replicas":{}}}"#);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldSet(BTreeMap<String, FieldSet>);

const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

impl FieldSet {
    /// Returns the fields that a manifest sets, without what only names it or is written by the server.
    ///
    /// ```
    /// use tidegate_reconcile::FieldSet;
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let hub = objects("{apiVersion: v1, kind: Pod, metadata: {name: hub}, spec: {containers: [{name: hub, image: hub}]}}");
    /// // An element of a keyed list goes by its key, not by its position.
    /// assert!(FieldSet::of(&hub[0]).to_string().contains(r#"k:{\"name\":\"hub\"}"#));
    /// ```
    #[must_use]
    pub fn of(manifest: &Object) -> Self {
        let schema = Schema::of(manifest);
        set_of(&schema, &mut Vec::new(), &manifest.root)
    }

    /// Returns the fields that a manager has applied, by `metadata.managedFields` of the live object.
    ///
    /// Only entries of the operation `Apply` count, since only those are given up when a later manifest leaves them out.
    ///
    /// ```
    /// use tidegate_reconcile::FieldSet;
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let live = objects(
    ///     "{apiVersion: v1, kind: ConfigMap, metadata: {name: settings, managedFields: [
    ///       {manager: tidegate, operation: Apply, fieldsV1: {'f:data': {'f:mode': {}}}}]}}",
    /// );
    /// let fields = FieldSet::managed_by(&live[0], "tidegate").expect("it has applied something");
    /// assert_eq!(fields.to_string(), r#"{"f:data":{"f:mode":{}}}"#);
    /// assert_eq!(FieldSet::managed_by(&live[0], "helm"), None);
    /// ```
    #[must_use]
    pub fn managed_by(live: &Object, manager: &str) -> Option<Self> {
        let entries = live.at(&["metadata", "managedFields"])?.as_list()?;
        let entry = entries.iter().find(|entry| {
            let is = |field: &str, value: &str| text(Some(entry), &[field]) == value;
            is("manager", manager) && is("operation", "Apply")
        })?;
        Some(entry.get("fieldsV1").map(Self::from_node).unwrap_or_default())
    }

    /// Returns the fields of the manifest that `kubectl apply` keeps in an annotation of the live object; `None` where
    /// there is none or it cannot be read.
    ///
    /// ```
    /// use tidegate_reconcile::FieldSet;
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let live = objects(r#"
    /// kind: ConfigMap
    /// apiVersion: v1
    /// metadata:
    ///   annotations: {kubectl.kubernetes.io/last-applied-configuration: '{"kind":"ConfigMap","data":{"mode":"fast"}}'}
    /// data: {mode: fast, other: by hand}
    /// "#);
    /// let fields = FieldSet::last_applied(&live[0]).expect("kubectl applied it").to_string();
    /// assert!(fields.contains("f:mode") && !fields.contains("f:other"));
    /// ```
    #[must_use]
    pub fn last_applied(live: &Object) -> Option<Self> {
        let text = live.annotation(LAST_APPLIED)?;
        Some(Self::of(&Object::new(json::parse(text).ok()?)))
    }

    /// Reads the form of `fieldsV1`.
    ///
    /// ```
    /// use tidegate_reconcile::{FieldSet, json};
    ///
    /// let fields = FieldSet::from_node(&json::parse(r#"{"f:data":{"f:mode":{}}}"#)?);
    /// assert!(!fields.is_empty());
    /// # Ok::<(), json::JsonError>(())
    /// ```
    #[must_use]
    pub fn from_node(node: &Node) -> Self {
        let entries = node.as_map().map(Map::iter).into_iter().flatten();
        Self(entries.map(|(key, node)| (key.to_owned(), Self::from_node(node))).collect())
    }

    /// Returns the form of `fieldsV1`.
    ///
    /// ```
    /// use tidegate_reconcile::{FieldSet, json};
    ///
    /// let text = r#"{"f:data":{"f:mode":{}}}"#;
    /// assert_eq!(json::print(&FieldSet::from_node(&json::parse(text)?).to_node()), text);
    /// # Ok::<(), json::JsonError>(())
    /// ```
    #[must_use]
    pub fn to_node(&self) -> Node {
        let map: Map = self.0.iter().map(|(key, set)| (key.as_str(), set.to_node())).collect();
        Node::from(map)
    }

    /// Returns whether the set stands for one value as a whole.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns what is set below a field.
    pub(crate) fn field(&self, name: &str) -> Option<&Self> {
        self.0.get(&format!("f:{name}"))
    }

    /// Returns the names of the fields that are set.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&str, &Self)> {
        self.0.iter().filter_map(|(key, set)| Some((key.strip_prefix("f:")?, set)))
    }

    /// Returns what is set below the element of a list.
    pub(crate) fn element(&self, key: &str) -> Option<&Self> {
        self.0.get(key)
    }
}

/// JSON in one line.
impl std::fmt::Display for FieldSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&json::print(&self.to_node()))
    }
}

fn set_of(schema: &Schema, at: &mut Vec<Step>, node: &Node) -> FieldSet {
    let mut set = FieldSet::default();
    match &node.value {
        Value::Map(map) => {
            for (name, child) in map.iter() {
                at.push(Step::Field(name.to_owned()));
                if !child.is_null() && !servers_own(at) {
                    set.0.insert(format!("f:{name}"), set_of(schema, at, child));
                }
                at.pop();
            }
        }
        Value::List(items) => match schema.list(at) {
            ListKind::Keyed(keys) => {
                let Some(elements) = by_key(keys, items) else { return set };
                for (key, item) in elements {
                    at.push(key.step());
                    let mut inner = set_of(schema, at, item);
                    at.pop();
                    inner.0.insert(".".to_owned(), FieldSet::default());
                    set.0.insert(key.text(), inner);
                }
            }
            ListKind::Set => {
                let keys = items.iter().map(|item| format!("v:{}", json::print(item)));
                set.0.extend(keys.map(|key| (key, FieldSet::default())));
            }
            ListKind::Atomic => {}
        },
        _ => {}
    }
    set
}

/// Returns whether a field only names the object or is the server's alone.
pub(crate) fn servers_own(path: &[Step]) -> bool {
    let name = |nth: usize| path.get(nth).and_then(Step::as_field).unwrap_or("");
    match path.len() {
        1 => matches!(name(0), "apiVersion" | "kind" | "status"),
        2 => {
            name(0) == "metadata"
                && matches!(
                    name(1),
                    "name"
                        | "namespace"
                        | "creationTimestamp"
                        | "deletionTimestamp"
                        | "deletionGracePeriodSeconds"
                        | "generation"
                        | "generateName"
                        | "managedFields"
                        | "resourceVersion"
                        | "selfLink"
                        | "uid"
                )
        }
        3 => name(0) == "metadata" && name(1) == "annotations" && name(2) == LAST_APPLIED,
        _ => false,
    }
}

/// What tells an element of a keyed list from the others.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ElementKey(Vec<(&'static str, Node)>);

impl ElementKey {
    /// Returns the step of a path that leads to the element.
    pub(crate) fn step(&self) -> Step {
        let plain = |node: &Node| node.as_str().map_or_else(|| json::print(node), str::to_owned);
        Step::Key(self.0.iter().map(|(field, node)| (*field, plain(node))).collect())
    }

    /// Returns the key in the spelling of a [`FieldSet`].
    pub(crate) fn text(&self) -> String {
        let map: Map = self.0.iter().map(|(field, node)| (*field, node.clone())).collect();
        format!("k:{}", json::print(&Node::from(map)))
    }
}

/// Returns the elements of a list with their keys; `None` where a key is missing or stands twice, so that the list
/// can only be compared as a whole.
pub(crate) fn by_key<'n>(
    keys: &'static [&'static str],
    items: &'n [Node],
) -> Option<Vec<(ElementKey, &'n Node)>> {
    let mut found: Vec<(ElementKey, &Node)> = Vec::with_capacity(items.len());
    for item in items {
        let key = element_key(keys, item)?;
        if found.iter().any(|(other, _)| *other == key) {
            return None;
        }
        found.push((key, item));
    }
    Some(found)
}

fn element_key(keys: &'static [&'static str], item: &Node) -> Option<ElementKey> {
    let map = item.as_map()?;
    let value = |field: &&'static str| {
        let node = match map.get(field) {
            Some(node) if !node.is_null() => node.clone(),
            _ if *field == "protocol" => Node::from("TCP"),
            _ => return None,
        };
        Some((*field, node))
    };
    keys.iter().map(value).collect::<Option<Vec<_>>>().map(ElementKey)
}
