//! What differs between an object as it is wanted and as it is, by what it means.

mod effect;
mod text;
mod walk;

use tidegate_object::{Identity, Object};
use tidegate_source::Mark;

use crate::defaults::{move_string_data, with_defaults};
use crate::fields::FieldSet;
use crate::path::FieldPath;
use crate::tree::Tree;

/// What a change of a field brings about.
///
/// ```
/// use tidegate_reconcile::{Effect, diff};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let hub = |spec: &str| objects(&format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub}}, spec: {spec}}}")).remove(0);
/// let effect = |before, after| diff(&hub(after), &hub(before), None).changes[0].effect;
/// assert_eq!(effect("{replicas: 2}", "{replicas: 3}"), Effect::InPlace);
/// let selector = |app| format!("{{selector: {{matchLabels: {{app: {app}}}}}}}");
/// assert_eq!(effect(&selector("hub"), &selector("web")), Effect::Refused);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Effect {
    /// The object is changed, its pods run on.
    InPlace,
    /// The pod template changes: all pods are replaced.
    RestartsPods,
    /// The API server refuses to change this field: the object has to be deleted and created anew.
    Refused,
}

/// How the two sides of a field differ.
///
/// ```
/// use tidegate_reconcile::{ChangeKind, FieldSet, diff};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let settings = |data: &str| objects(&format!("{{apiVersion: v1, kind: ConfigMap, metadata: {{name: settings}}, data: {data}}}")).remove(0);
/// let live = settings("{mode: slow, old: x}");
/// let wanted = settings("{mode: fast, new: y}");
/// // What this manager set itself, and wants no longer, is removed.
/// let kinds = |owned| diff(&wanted, &live, owned).changes.iter().map(|it| it.kind).collect::<Vec<_>>();
/// let owned = FieldSet::of(&live);
/// assert!(kinds(Some(&owned)).contains(&ChangeKind::Removed));
/// assert!(!kinds(None).contains(&ChangeKind::Removed));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum ChangeKind {
    /// Wanted, and not there.
    Added,
    /// There with another value.
    Changed,
    /// There because this manager once set it, and wanted no longer.
    Removed,
}

/// A field that differs.
///
/// ```
/// use tidegate_reconcile::{ChangeKind, diff};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let settings = |mode: &str| objects(&format!("{{apiVersion: v1, kind: ConfigMap, metadata: {{name: settings}}, data: {{mode: {mode}}}}}")).remove(0);
/// let change = diff(&settings("fast"), &settings("slow"), None).changes.remove(0);
/// assert_eq!((change.path.to_string(), change.kind), ("data.mode".into(), ChangeKind::Changed));
/// assert_eq!(change.desired.map(|it| it.to_string()), Some("\"fast\"".into()));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Change {
    /// Which field.
    pub path: FieldPath,
    /// How it differs.
    pub kind: ChangeKind,
    /// The value that is wanted; `***` in a Secret.
    pub desired: Option<Tree>,
    /// The value that is there; `***` in a Secret.
    pub live: Option<Tree>,
    /// What the change brings about.
    pub effect: Effect,
    /// Where the wanted value was written.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub mark: Mark,
}

/// Everything that differs between an object as it is wanted and as it is.
///
/// Drawn, it is one line per field, with a sign for what happens and a word for what that brings about.
///
/// ```
/// use tidegate_reconcile::diff;
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let hub = |replicas| objects(&format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub}}, spec: {{replicas: {replicas}}}}}")).remove(0);
/// let difference = diff(&hub(3), &hub(2), None);
/// assert_eq!(difference.changes.len(), 1);
/// assert!(!difference.restarts_pods() && difference.refused().next().is_none());
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ObjectDiff {
    /// The fields that differ, in the order of the wanted manifest; removals follow their neighbours.
    pub changes: Vec<Change>,
}

impl ObjectDiff {
    /// Returns whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Returns whether a change replaces the pods.
    ///
    /// ```
    /// use tidegate_reconcile::diff;
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let hub = |grace| objects(&format!(
    ///     "{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub}}, spec: {{template: {{spec: {{terminationGracePeriodSeconds: {grace}}}}}}}}}",
    /// )).remove(0);
    /// assert!(diff(&hub(60), &hub(30), None).restarts_pods());
    /// ```
    #[must_use]
    pub fn restarts_pods(&self) -> bool {
        self.changes.iter().any(|it| it.effect == Effect::RestartsPods)
    }

    /// Returns the changes that the API server would refuse.
    ///
    /// ```
    /// use tidegate_reconcile::diff;
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let hub = |app| objects(&format!(
    ///     "{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub}}, spec: {{selector: {{matchLabels: {{app: {app}}}}}}}}}",
    /// )).remove(0);
    /// // The selector of a Deployment is immutable.
    /// let difference = diff(&hub("web"), &hub("hub"), None);
    /// assert_eq!(difference.refused().next().map(|it| it.path.to_string()), Some("spec.selector.matchLabels.app".into()));
    /// ```
    pub fn refused(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|it| it.effect == Effect::Refused)
    }
}

/// Compares an object as it is wanted with the same object as it is.
///
/// Compared is what the manifest says: quantities as values (`1` is `1000m`), what the API server fills in is known
/// ([`with_defaults`]), lists with keys element by element, an empty value that the server does not keep like a
/// missing one. What the manifest leaves out belongs to others and is left alone, unless it is in `owned`: the fields
/// that the manifest set the last time ([`FieldSet::managed_by`], [`FieldSet::last_applied`]). To compare two
/// manifests with each other, pass all fields of the older one: `Some(&FieldSet::of(older))`.
///
/// ```
/// use tidegate_object::{Map, Node, Object};
/// use tidegate_reconcile::{FieldSet, diff, with_defaults};
///
/// let deployment = |replicas: i64| {
///     Object::new(Node::from(Map::from_iter([
///         ("apiVersion", Node::from("apps/v1")),
///         ("kind", Node::from("Deployment")),
///         ("spec", Node::from(Map::from_iter([("replicas", Node::from(replicas))]))),
///     ])))
/// };
/// let live = with_defaults(&deployment(1));
/// assert!(diff(&deployment(1), &live, None).is_empty());
/// let difference = diff(&deployment(2), &live, Some(&FieldSet::of(&deployment(1))));
/// assert_eq!(difference.to_string(), "~ spec.replicas: 1 → 2\n");
/// ```
#[must_use]
pub fn diff(desired: &Object, live: &Object, owned: Option<&FieldSet>) -> ObjectDiff {
    let desired = move_string_data(desired);
    let filled = with_defaults(&desired);
    let live = with_defaults(live);
    ObjectDiff { changes: walk::changes(&desired, &filled, &live, owned) }
}

/// Returns whether two identities name the same object: the version of the API does not matter.
///
/// ```
/// use tidegate_object::Identity;
/// use tidegate_reconcile::same_object;
///
/// let old = Identity { version: "v1beta1".to_owned(), ..Identity::default() };
/// assert!(same_object(&old, &Identity { version: "v1".to_owned(), ..Identity::default() }));
/// ```
#[must_use]
pub fn same_object(a: &Identity, b: &Identity) -> bool {
    (&a.group, &a.kind, &a.namespace, &a.name) == (&b.group, &b.kind, &b.namespace, &b.name)
}
