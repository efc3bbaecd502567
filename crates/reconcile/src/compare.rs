//! Two renders of an application side by side.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use tidegate_object::{Identity, Object};

use crate::defaults::move_string_data;
use crate::diff::{Change, ChangeKind, Effect, ObjectDiff, diff};
use crate::fields::FieldSet;
use crate::plan::{Action, Key, key};
use crate::tree::Tree;

/// What differs between two renders: objects that come, change and go.
///
/// Drawn, it is one line per object with its changes below; [`ManifestDiff::to_markdown`] draws it for a pull request.
///
/// ```
/// use tidegate_reconcile::{Action, compare_manifests};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let before = objects("{apiVersion: v1, kind: ConfigMap, metadata: {name: old}}");
/// let after = objects("{apiVersion: v1, kind: ConfigMap, metadata: {name: new}}");
/// let difference = compare_manifests(&before, &after);
/// let actions: Vec<_> = difference.objects.iter().map(|it| (&*it.identity.name, it.action)).collect();
/// assert_eq!(actions, [("new", Action::Create), ("old", Action::Prune)]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ManifestDiff {
    /// The objects that differ, by kind, namespace and name.
    pub objects: Vec<ObjectChange>,
}

/// An object that differs between two renders.
///
/// ```
/// use tidegate_reconcile::{Action, compare_manifests};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let hub = |replicas| objects(&format!(
///     "{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub}}, spec: {{replicas: {replicas}}}}}",
/// ));
/// let changes = compare_manifests(&hub(2), &hub(3)).objects;
/// assert_eq!(changes[0].action, Action::Update);
/// assert_eq!(changes[0].diff.changes[0].path.to_string(), "spec.replicas");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ObjectChange {
    /// Which object.
    #[cfg_attr(feature = "serde", serde(serialize_with = "crate::plan::identity"))]
    pub identity: Identity,
    /// Whether it comes ([`Action::Create`]), changes ([`Action::Update`]) or goes ([`Action::Prune`]).
    pub action: Action,
    /// What differs of it; empty unless it changes.
    pub diff: ObjectDiff,
}

impl ManifestDiff {
    /// Returns whether both renders mean the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.objects.is_empty()
    }

    /// Returns the objects whose pods are replaced.
    ///
    /// ```
    /// use tidegate_reconcile::compare_manifests;
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let hub = |image| objects(&format!(
    ///     "{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub}}, spec: {{replicas: 2, template: {{spec:
    ///       {{containers: [{{name: hub, image: {image}}}]}}}}}}}}",
    /// ));
    /// let difference = compare_manifests(&hub("'tomoda/hub:1.3.0'"), &hub("'tomoda/hub:1.4.0'"));
    /// assert_eq!(difference.restarts().map(|it| &*it.name).collect::<Vec<_>>(), ["hub"]);
    /// ```
    pub fn restarts(&self) -> impl Iterator<Item = &Identity> {
        self.objects.iter().filter(|it| it.diff.restarts_pods()).map(|it| &it.identity)
    }

    /// Draws the difference as Markdown: what restarts pods first, then a list of fields per object.
    ///
    /// Values stand in code spans, so that nothing in them is read as Markdown or as a mention.
    ///
    /// ```
    /// use tidegate_reconcile::compare_manifests;
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let settings = |mode| objects(&format!("{{apiVersion: v1, kind: ConfigMap, metadata: {{name: settings}}, data: {{mode: {mode}}}}}"));
    /// let text = compare_manifests(&settings("slow"), &settings("fast")).to_markdown();
    /// assert!(text.starts_with("No pod is restarted.\n"));
    /// assert!(text.contains("data.mode"));
    /// assert_eq!(compare_manifests(&[], &[]).to_markdown(), "No difference.\n");
    /// ```
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text = String::new();
        if self.is_empty() {
            return "No difference.\n".to_owned();
        }
        let restarts: Vec<String> = self.restarts().map(named).collect();
        if restarts.is_empty() {
            text.push_str("No pod is restarted.\n");
        } else {
            let list: Vec<String> = restarts.iter().map(|it| code(it)).collect();
            let _ = writeln!(text, "Pods are restarted: {}.", list.join(", "));
        }
        for object in &self.objects {
            let _ =
                write!(text, "\n**{}** {}\n", verb(object.action), code(&named(&object.identity)));
            for change in &object.diff.changes {
                let _ = writeln!(text, "- {}", item(change));
            }
        }
        text
    }
}

/// Compares two renders of an application by what they mean; their order does not matter.
///
/// Of several manifests of one object the last counts. Unlike [`diff`](crate::diff()) against a live object, a field
/// that the newer manifest leaves out is a difference.
///
/// ```
/// use tidegate_object::{Map, Node, Object};
/// use tidegate_reconcile::compare_manifests;
///
/// let settings = |value: &str| {
///     Object::new(Node::from(Map::from_iter([
///         ("apiVersion", Node::from("v1")),
///         ("kind", Node::from("ConfigMap")),
///         ("metadata", Node::from(Map::from_iter([("name", Node::from("settings"))]))),
///         ("data", Node::from(Map::from_iter([("mode", Node::from(value))]))),
///     ])))
/// };
/// let difference = compare_manifests(&[settings("slow")], &[settings("fast")]);
/// assert_eq!(difference.to_string(), "update ConfigMap/settings\n    ~ data.mode: slow → fast\n");
/// assert!(compare_manifests(&[settings("slow")], &[settings("slow")]).is_empty());
/// ```
#[must_use]
pub fn compare_manifests(before: &[Object], after: &[Object]) -> ManifestDiff {
    let by_key = |objects: &'_ [Object]| -> BTreeMap<Key, Object> {
        objects.iter().map(|it| (key(&it.identity()), it.clone())).collect()
    };
    let (before, after) = (by_key(before), by_key(after));
    let mut keys: Vec<&Key> = before.keys().chain(after.keys()).collect();
    keys.sort_unstable_by_key(|(group, kind, namespace, name)| (kind, group, namespace, name));
    keys.dedup();
    let none = || ObjectDiff { changes: Vec::new() };
    let change = |key: &Key| {
        let (identity, action, diff) = match (before.get(key), after.get(key)) {
            (None, None) => return None,
            (None, Some(new)) => (new.identity(), Action::Create, none()),
            (Some(old), None) => (old.identity(), Action::Prune, none()),
            (Some(old), Some(new)) => {
                let owned = FieldSet::of(&move_string_data(old));
                let diff = diff(new, old, Some(&owned));
                (new.identity(), Action::Update, diff)
            }
        };
        let differs = action != Action::Update || !diff.is_empty();
        differs.then_some(ObjectChange { identity, action, diff })
    };
    ManifestDiff { objects: keys.into_iter().filter_map(change).collect() }
}

impl fmt::Display for ManifestDiff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for object in &self.objects {
            writeln!(f, "{:<6} {}", verb(object.action), named(&object.identity))?;
            object.diff.changes.iter().try_for_each(|it| writeln!(f, "    {it}"))?;
        }
        Ok(())
    }
}

/// Between manifests an object is removed, whether or not anybody prunes it.
const fn verb(action: Action) -> &'static str {
    match action {
        Action::Prune => "remove",
        other => other.as_str(),
    }
}

fn named(identity: &Identity) -> String {
    let Identity { kind, name, namespace, .. } = identity;
    if namespace.is_empty() {
        format!("{kind}/{name}")
    } else {
        format!("{kind}/{name} in {namespace}")
    }
}

fn item(change: &Change) -> String {
    let path = code(&change.path.to_string());
    let value = |it: &Option<Tree>| {
        let plain =
            it.as_ref().map(|it| it.0.as_str().map_or_else(|| it.to_string(), str::to_owned));
        code(&plain.unwrap_or_default())
    };
    let what = match change.kind {
        ChangeKind::Added => format!("{path}: added {}", value(&change.desired)),
        ChangeKind::Changed => {
            format!("{path}: {} → {}", value(&change.live), value(&change.desired))
        }
        ChangeKind::Removed => format!("{path}: removed {}", value(&change.live)),
    };
    let effect = match change.effect {
        Effect::InPlace => "",
        Effect::RestartsPods => " (restarts pods)",
        Effect::Refused => " (refused: the object has to be deleted and created anew)",
    };
    what + effect
}

/// Puts a text into a code span that its own backticks cannot end; line ends become spaces (`CommonMark` 0.31, 6.1).
fn code(text: &str) -> String {
    let mut longest = 0;
    let mut run = 0;
    for it in text.chars() {
        run = if it == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let text: String = text.chars().map(|it| if it.is_control() { ' ' } else { it }).collect();
    let edge = text.starts_with('`') || text.ends_with('`') || text.is_empty();
    let pad = if edge { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}
