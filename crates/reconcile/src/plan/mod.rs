//! The plan of a sync: every object once, in order, with what is done to it and why.

mod scope;
mod text;

use std::collections::BTreeMap;
use std::fmt;

use tidegate_object::{Identity, Node, Object};

pub use scope::is_cluster_scoped;

use crate::diff::{ObjectDiff, diff};
use crate::fields::FieldSet;
use crate::hook::{HookDeletePolicy, hook_delete_policies, is_hook, is_skipped};
use crate::order::{OrderKey, Phase, PruneWave, phases, prune_waves, sync_order};
use crate::read::{annotation_parts, annotations, list, text};

const SYNC_OPTIONS: &str = "argocd.argoproj.io/sync-options";
const COMPARE_OPTIONS: &str = "argocd.argoproj.io/compare-options";

/// Whether the cluster is as the manifests say.
///
/// ```
/// use tidegate_reconcile::{SyncOptions, SyncStatus, plan_sync};
///
/// # let options = SyncOptions {
/// #     namespace: "tomoda".into(),
/// #     manager: "tomoda".into(),
/// #     prune: false,
/// #     prune_last: false,
/// #     hooks: true,
/// # };
/// assert_eq!(plan_sync(&[], &[], &options).status, SyncStatus::Synced);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum SyncStatus {
    /// It is.
    Synced,
    /// Something is missing, differs, or is left over.
    OutOfSync,
}

impl fmt::Display for SyncStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Synced => "Synced",
            Self::OutOfSync => "OutOfSync",
        })
    }
}

/// What a sync does to an object.
///
/// ```
/// use tidegate_reconcile::{Action, SyncOptions, plan_sync};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// # let options = SyncOptions {
/// #     namespace: "tomoda".into(),
/// #     manager: "tomoda".into(),
/// #     prune: false,
/// #     prune_last: false,
/// #     hooks: true,
/// # };
/// let wanted = objects("{apiVersion: v1, kind: Service, metadata: {name: hub}, spec: {ports: [{port: 80}]}}");
/// assert_eq!(plan_sync(&wanted, &[], &options).tasks[0].action, Action::Create);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Action {
    /// Creates it.
    Create,
    /// Changes the fields that differ.
    Update,
    /// Nothing: it is as it should be.
    Unchanged,
    /// Deletes it: no manifest asks for it any longer.
    Prune,
    /// Leaves it, although no manifest asks for it any longer: pruning is off, for it or for all.
    Keep,
    /// Runs a hook: creates its object anew and waits for its end.
    Run,
}

impl Action {
    /// Returns the word for people.
    ///
    /// ```
    /// use tidegate_reconcile::Action;
    ///
    /// assert_eq!(Action::Prune.as_str(), "prune");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Update => "update",
            Self::Unchanged => "unchanged",
            Self::Prune => "prune",
            Self::Keep => "keep",
            Self::Run => "run",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How to sync.
///
/// ```
/// use tidegate_reconcile::{Action, SyncOptions, plan_sync};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let options = |prune| SyncOptions {
///     namespace: "tomoda".into(),
///     manager: "tomoda".into(),
///     prune,
///     prune_last: false,
///     hooks: true,
/// };
/// let live = objects(
///     "{apiVersion: v1, kind: ConfigMap, metadata: {name: old, namespace: tomoda, managedFields: [
///       {manager: tomoda, operation: Apply, fieldsV1: {'f:data': {}}}]}}",
/// );
/// let action = |prune| plan_sync(&[], &live, &options(prune)).tasks[0].action;
/// assert_eq!((action(true), action(false)), (Action::Prune, Action::Keep));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyncOptions {
    /// The namespace of manifests that name none; objects that live in no namespace stay without.
    pub namespace: String,
    /// The name under which this application applies its fields. Live objects that carry it and are wanted no longer
    /// are pruned, so two applications must not share it.
    pub manager: String,
    /// Delete what no manifest asks for any longer.
    pub prune: bool,
    /// Delete only after everything is applied and healthy.
    pub prune_last: bool,
    /// Run hooks; otherwise they are left out.
    pub hooks: bool,
}

/// One task of a plan.
///
/// ```
/// use tidegate_reconcile::{Action, Phase, SyncOptions, plan_sync};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let options = SyncOptions {
///     namespace: "tomoda".into(),
///     manager: "tomoda".into(),
///     prune: false,
///     prune_last: false,
///     hooks: true,
/// };
/// let job = objects("{apiVersion: batch/v1, kind: Job, metadata: {name: migrate, annotations: {argocd.argoproj.io/hook: PreSync}}}");
/// let task = plan_sync(&job, &[], &options).tasks.remove(0);
/// assert_eq!((task.action, task.phase), (Action::Run, Phase::PreSync));
/// assert_eq!(task.identity.namespace, "tomoda");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SyncTask {
    /// Which object, with the namespace that it is applied to.
    #[cfg_attr(feature = "serde", serde(serialize_with = "identity"))]
    pub identity: Identity,
    /// What is done to it.
    pub action: Action,
    /// In which phase.
    pub phase: Phase,
    /// In which wave of that phase.
    pub wave: i64,
    /// What differs; empty unless the action is [`Action::Update`].
    pub diff: ObjectDiff,
    /// When a hook's object is deleted again; empty for what is no hook.
    pub hook_delete_policies: Vec<HookDeletePolicy>,
    /// The object as it is wanted; `None` where it is pruned or kept.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub desired: Option<Object>,
}

#[cfg(feature = "serde")]
pub(crate) fn identity<S: serde::Serializer>(
    it: &Identity,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    use serde::ser::SerializeMap as _;
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("apiVersion", &it.api_version())?;
    map.serialize_entry("kind", &it.kind)?;
    if !it.namespace.is_empty() {
        map.serialize_entry("namespace", &it.namespace)?;
    }
    map.serialize_entry("name", &it.name)?;
    map.end()
}

/// What a sync will do, in order.
///
/// ```
/// use tidegate_reconcile::{SyncOptions, SyncStatus, plan_sync};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let options = SyncOptions {
///     namespace: "tomoda".into(),
///     manager: "tomoda".into(),
///     prune: false,
///     prune_last: false,
///     hooks: true,
/// };
/// let twice = objects("{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");
/// let plan = plan_sync(&twice, &[], &options);
/// assert_eq!((plan.status, plan.tasks.len()), (SyncStatus::OutOfSync, 1));
/// assert_eq!(plan.repeated[0].name, "a");
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct SyncPlan {
    /// Whether there is anything to do; hooks do not count.
    pub status: SyncStatus,
    /// The tasks, in the order of phases, waves, kinds and names.
    pub tasks: Vec<SyncTask>,
    /// Objects that several manifests describe; the last of them counts.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub repeated: Vec<Identity>,
}

impl SyncPlan {
    /// Returns the tasks that change an object of the application.
    ///
    /// ```
    /// use tidegate_reconcile::{SyncOptions, applied, plan_sync};
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let options = SyncOptions {
    ///     namespace: "tomoda".into(),
    ///     manager: "tomoda".into(),
    ///     prune: false,
    ///     prune_last: false,
    ///     hooks: true,
    /// };
    /// let wanted = objects("{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: tomoda}}");
    /// let live = [applied(&wanted[0], None, None)];
    /// let plan = plan_sync(&wanted, &live, &options);
    /// // What is as it should be is a task of the plan, and changes nothing.
    /// assert_eq!((plan.tasks.len(), plan.changing().count()), (1, 0));
    /// ```
    pub fn changing(&self) -> impl Iterator<Item = &SyncTask> {
        let changes =
            |it: &&SyncTask| matches!(it.action, Action::Create | Action::Update | Action::Prune);
        self.tasks.iter().filter(changes)
    }

    /// Returns the tasks in groups: each group is applied together, and the next one waits until it is healthy.
    ///
    /// ```
    /// use tidegate_reconcile::{SyncOptions, plan_sync};
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// # let options = SyncOptions {
    /// #     namespace: "tomoda".into(),
    /// #     manager: "tomoda".into(),
    /// #     prune: false,
    /// #     prune_last: false,
    /// #     hooks: true,
    /// # };
    /// let wanted = objects(
    ///     "{apiVersion: v1, kind: ConfigMap, metadata: {name: late, annotations: {argocd.argoproj.io/sync-wave: '1'}}}
    /// ---
    /// {apiVersion: v1, kind: ConfigMap, metadata: {name: early}}",
    /// );
    /// let plan = plan_sync(&wanted, &[], &options);
    /// let waves: Vec<_> = plan.waves().map(|it| &*it[0].identity.name).collect();
    /// assert_eq!(waves, ["early", "late"]);
    /// ```
    pub fn waves(&self) -> impl Iterator<Item = &[SyncTask]> {
        self.tasks.chunk_by(|a, b| (a.phase, a.wave) == (b.phase, b.wave))
    }

    /// Returns the objects whose pods are replaced.
    ///
    /// ```
    /// use tidegate_reconcile::{SyncOptions, applied, plan_sync};
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// # let options = SyncOptions {
    /// #     namespace: "tomoda".into(),
    /// #     manager: "tomoda".into(),
    /// #     prune: false,
    /// #     prune_last: false,
    /// #     hooks: true,
    /// # };
    /// let hub = |image: &str| objects(&format!(
    ///     "{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{template: {{spec:
    ///       {{containers: [{{name: hub, image: {image}}}]}}}}}}}}",
    /// ));
    /// let live = [applied(&hub("'hub:1.3.0'")[0], None, None)];
    /// let plan = plan_sync(&hub("'hub:1.4.0'"), &live, &options);
    /// assert_eq!(plan.restarts().count(), 1);
    /// ```
    pub fn restarts(&self) -> impl Iterator<Item = &Identity> {
        self.tasks.iter().filter(|it| it.diff.restarts_pods()).map(|it| &it.identity)
    }
}

/// What tells one object from another, whatever the version of its API.
pub(crate) type Key = (String, String, String, String);

pub(crate) fn key(identity: &Identity) -> Key {
    let Identity { group, kind, namespace, name, .. } = identity;
    (group.clone(), kind.clone(), namespace.clone(), name.clone())
}

/// Compares the manifests of an application with the cluster and plans what a sync does.
///
/// Every manifest that is not skipped is in the plan, changed or not. Of the live objects only those take part that a
/// manifest names or that carry [`SyncOptions::manager`] (and that no other object owns). `Prune=false` among an
/// object's sync options keeps it, `PruneLast=true` prunes it last; `IgnoreExtraneous` among its compare options keeps
/// it from making the application [`SyncStatus::OutOfSync`].
///
/// ```
/// use tidegate_object::{Map, Node, Object};
/// use tidegate_reconcile::{Action, SyncOptions, SyncStatus, applied, plan_sync};
///
/// let settings = Object::new(Node::from(Map::from_iter([
///     ("apiVersion", Node::from("v1")),
///     ("kind", Node::from("ConfigMap")),
///     ("metadata", Node::from(Map::from_iter([("name", Node::from("settings"))]))),
/// ])));
/// let options = SyncOptions {
///     namespace: "prod".to_owned(),
///     manager: "shop".to_owned(),
///     prune: true,
///     prune_last: false,
///     hooks: true,
/// };
/// let plan = plan_sync(&[settings], &[], &options);
/// assert_eq!(plan.status, SyncStatus::OutOfSync);
/// assert_eq!(plan.tasks[0].action, Action::Create);
/// assert_eq!(plan.tasks[0].identity.to_string(), "ConfigMap.v1/settings.prod");
/// ```
#[must_use]
pub fn plan_sync(desired: &[Object], live: &[Object], options: &SyncOptions) -> SyncPlan {
    let live: BTreeMap<Key, &Object> = live.iter().map(|it| (key(&it.identity()), it)).collect();
    let mut wanted: BTreeMap<Key, usize> = BTreeMap::new();
    let mut repeated = Vec::new();
    let mut drafts: Vec<Option<Vec<Draft>>> = Vec::new();
    for object in desired {
        let object = settled(object, &options.namespace);
        let identity = object.identity();
        let tasks = drafts_of(&object, live.get(&key(&identity)).copied(), options);
        if let Some(before) = wanted.insert(key(&identity), drafts.len()) {
            drafts[before] = None;
            repeated.push(identity);
        }
        drafts.push(Some(tasks));
    }
    let mut drafts: Vec<Draft> = drafts.into_iter().flatten().flatten().collect();
    let surplus =
        live.iter().filter(|(key, it)| !wanted.contains_key(*key) && is_ours(it, options));
    drafts.extend(pruned(surplus.map(|(_, it)| *it).collect(), &drafts, options));

    let out_of_sync = drafts.iter().any(|it| it.counts && it.task.action != Action::Unchanged);
    let status = if out_of_sync { SyncStatus::OutOfSync } else { SyncStatus::Synced };
    let mut keys: Vec<OrderKey> = drafts.iter().map(|it| it.key.clone()).collect();
    let order = sync_order(&mut keys);
    let mut slots: Vec<Option<SyncTask>> = drafts.into_iter().map(|it| Some(it.task)).collect();
    let place = |at: usize| {
        let task = slots[at].take()?;
        Some(SyncTask { phase: keys[at].phase, wave: keys[at].wave, ..task })
    };
    SyncPlan { status, tasks: order.into_iter().filter_map(place).collect(), repeated }
}

/// A task before it has its place.
struct Draft {
    task: SyncTask,
    key: OrderKey,
    /// It takes part in the sync status.
    counts: bool,
}

/// Returns a manifest with the namespace in which it is applied.
fn settled(object: &Object, namespace: &str) -> Object {
    let mut object = object.clone();
    let nowhere = is_cluster_scoped(object.group(), object.kind());
    let bare = !nowhere && object.namespace().is_empty() && !namespace.is_empty();
    if let Some(metadata) = object.root.at_mut(&["metadata"]).and_then(Node::as_map_mut)
        && bare
    {
        metadata.insert("namespace", Node::from(namespace));
    }
    object
}

fn drafts_of(object: &Object, live: Option<&Object>, options: &SyncOptions) -> Vec<Draft> {
    let notes = annotations(object);
    let hook = is_hook(notes);
    if is_skipped(notes) || hook && !options.hooks {
        return Vec::new();
    }
    let mut drafts = Vec::new();
    for phase in phases(notes) {
        let (action, diff) = match live {
            _ if hook => (Action::Run, ObjectDiff { changes: Vec::new() }),
            None => (Action::Create, ObjectDiff { changes: Vec::new() }),
            Some(live) => {
                let owned = owned(live, options);
                let diff = diff(object, live, owned.as_ref());
                (if diff.is_empty() { Action::Unchanged } else { Action::Update }, diff)
            }
        };
        let key = OrderKey::of(object, phase);
        let task = SyncTask {
            identity: object.identity(),
            action,
            phase,
            wave: key.wave,
            diff,
            hook_delete_policies: if hook { hook_delete_policies(notes) } else { Vec::new() },
            desired: Some(object.clone()),
        };
        drafts.push(Draft { task, key, counts: !hook });
    }
    drafts
}

/// Returns the fields of a live object that the application set the last time.
fn owned(live: &Object, options: &SyncOptions) -> Option<FieldSet> {
    FieldSet::managed_by(live, &options.manager).or_else(|| FieldSet::last_applied(live))
}

/// Returns whether the application applied a live object, and no other object owns it.
fn is_ours(live: &Object, options: &SyncOptions) -> bool {
    let managed = FieldSet::managed_by(live, &options.manager).is_some();
    let being_deleted = !text(Some(&live.root), &["metadata", "deletionTimestamp"]).is_empty();
    managed
        && !being_deleted
        && list(live, &["metadata", "ownerReferences"]).is_empty()
        && !is_hook(annotations(live))
}

fn pruned(surplus: Vec<&Object>, drafts: &[Draft], options: &SyncOptions) -> Vec<Draft> {
    let has = |object: &Object, key: &str, option: &str| {
        annotation_parts(annotations(object), key).contains(&option)
    };
    let waves: Vec<PruneWave> = surplus
        .iter()
        .map(|object| PruneWave {
            wave: OrderKey::of(object, Phase::Sync).wave,
            last: options.prune_last || has(object, SYNC_OPTIONS, "PruneLast=true"),
        })
        .collect();
    let sync = drafts.iter().filter(|it| it.key.phase == Phase::Sync);
    let applied: Vec<i64> = sync.map(|it| it.key.wave).collect();
    let waves = prune_waves(&waves, &applied);
    let draft = |(object, wave): (&Object, i64)| {
        let kept = !options.prune || has(object, SYNC_OPTIONS, "Prune=false");
        let key =
            OrderKey { wave, prunes: true, defines: None, ..OrderKey::of(object, Phase::Sync) };
        let task = SyncTask {
            identity: object.identity(),
            action: if kept { Action::Keep } else { Action::Prune },
            phase: Phase::Sync,
            wave,
            diff: ObjectDiff { changes: Vec::new() },
            hook_delete_policies: Vec::new(),
            desired: None,
        };
        Draft { task, key, counts: !has(object, COMPARE_OPTIONS, "IgnoreExtraneous") }
    };
    surplus.into_iter().zip(waves).map(draft).collect()
}
