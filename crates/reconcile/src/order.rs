//! In which order a sync does its tasks: phases, waves, kinds, names, and what must exist before what.

use std::collections::BTreeMap;
use std::fmt;

use tidegate_object::{Map, Node, Object};

use crate::hook::{HookType, hook_types, is_hook, is_skipped};
use crate::read::{annotation, text};

/// The part of a sync in which a task runs, in order; the last runs only after a failure.
///
/// ```
/// use tidegate_reconcile::{Phase, phases};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let job = objects("{kind: Job, metadata: {name: smoke-test, annotations: {argocd.argoproj.io/hook: PostSync}}}");
/// let notes = job[0].at(&["metadata", "annotations"]).and_then(|it| it.as_map());
/// assert_eq!(phases(notes), [Phase::PostSync]);
/// assert!(Phase::PreSync < Phase::Sync && Phase::Sync < Phase::PostSync);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Phase {
    /// Before the manifests.
    PreSync,
    /// The manifests.
    Sync,
    /// After everything is healthy.
    PostSync,
    /// After a failure.
    SyncFail,
}

impl Phase {
    /// All of them, in order.
    ///
    /// ```
    /// use tidegate_reconcile::Phase;
    ///
    /// assert_eq!(Phase::ALL.map(Phase::as_str), ["PreSync", "Sync", "PostSync", "SyncFail"]);
    /// ```
    pub const ALL: [Self; 4] = [Self::PreSync, Self::Sync, Self::PostSync, Self::SyncFail];

    /// Returns the word that Argo CD uses.
    ///
    /// ```
    /// use tidegate_reconcile::Phase;
    ///
    /// assert_eq!(Phase::SyncFail.as_str(), "SyncFail");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PreSync => "PreSync",
            Self::Sync => "Sync",
            Self::PostSync => "PostSync",
            Self::SyncFail => "SyncFail",
        }
    }

    /// Returns the phase of a word, `None` for any other word.
    ///
    /// ```
    /// use tidegate_reconcile::Phase;
    ///
    /// assert_eq!(Phase::from_word("PreSync"), Some(Phase::PreSync));
    /// assert_eq!(Phase::from_word("Skip"), None);
    /// ```
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Returns the phases in which an object with these annotations takes part, in order, each once.
///
/// An object that is no hook takes part in [`Phase::Sync`]; a skipped one and a hook of unknown type in none.
///
/// Source: `gitops-engine/pkg/sync/sync_phase.go`, `syncPhases`.
///
/// ```
/// use tidegate_object::{Map, Node};
/// use tidegate_reconcile::{Phase, phases};
///
/// assert_eq!(phases(None), [Phase::Sync]);
/// let map = Map::from_iter([("argocd.argoproj.io/hook", Node::from("PostSync,PreSync"))]);
/// assert_eq!(phases(Some(&map)), [Phase::PreSync, Phase::PostSync]);
/// ```
#[must_use]
pub fn phases(annotations: Option<&Map>) -> Vec<Phase> {
    if is_skipped(annotations) {
        return Vec::new();
    }
    if !is_hook(annotations) {
        return vec![Phase::Sync];
    }
    let mut phases: Vec<Phase> =
        hook_types(annotations).into_iter().filter_map(phase_of_hook).collect();
    phases.sort_unstable();
    phases.dedup();
    phases
}

const fn phase_of_hook(hook: HookType) -> Option<Phase> {
    match hook {
        HookType::PreSync => Some(Phase::PreSync),
        HookType::Sync => Some(Phase::Sync),
        HookType::PostSync => Some(Phase::PostSync),
        HookType::SyncFail => Some(Phase::SyncFail),
        HookType::Skip => None,
    }
}

/// Returns the sync wave: `argocd.argoproj.io/sync-wave`, else `helm.sh/hook-weight`, else 0.
///
/// A text that is no whole number counts as absent; a leading `+` is allowed, as Go's `strconv.Atoi` does.
///
/// Source: `gitops-engine/pkg/sync/syncwaves/waves.go`, `Wave`.
///
/// ```
/// use tidegate_object::{Map, Node};
/// use tidegate_reconcile::wave;
///
/// let map = Map::from_iter([("argocd.argoproj.io/sync-wave", Node::from("-5"))]);
/// assert_eq!(wave(Some(&map)), -5);
/// assert_eq!(wave(None), 0);
/// ```
#[must_use]
pub fn wave(annotations: Option<&Map>) -> i64 {
    let number = |key: &str| annotation(annotations, key)?.parse().ok();
    number("argocd.argoproj.io/sync-wave").or_else(|| number("helm.sh/hook-weight")).unwrap_or(0)
}

/// The kinds that are applied in a fixed order within a wave; all others come after them.
///
/// Source: `gitops-engine/pkg/sync/sync_tasks.go`, `kindOrder`.
///
/// ```
/// use tidegate_reconcile::KIND_ORDER;
///
/// let rank = |kind: &str| KIND_ORDER.iter().position(|it| *it == kind);
/// assert!(rank("Namespace") < rank("ConfigMap") && rank("ConfigMap") < rank("Deployment"));
/// assert_eq!(rank("Rollout"), None);
/// ```
pub const KIND_ORDER: [&str; 35] = [
    "Namespace",
    "NetworkPolicy",
    "ResourceQuota",
    "LimitRange",
    "PodSecurityPolicy",
    "PodDisruptionBudget",
    "ServiceAccount",
    "Secret",
    "SecretList",
    "ConfigMap",
    "StorageClass",
    "PersistentVolume",
    "PersistentVolumeClaim",
    "CustomResourceDefinition",
    "ClusterRole",
    "ClusterRoleList",
    "ClusterRoleBinding",
    "ClusterRoleBindingList",
    "Role",
    "RoleList",
    "RoleBinding",
    "RoleBindingList",
    "Service",
    "DaemonSet",
    "Pod",
    "ReplicationController",
    "ReplicaSet",
    "Deployment",
    "HorizontalPodAutoscaler",
    "StatefulSet",
    "Job",
    "CronJob",
    "IngressClass",
    "Ingress",
    "APIService",
];

/// A group and a kind, as one resource names another's type.
///
/// ```
/// use tidegate_reconcile::{GroupKind, OrderKey, Phase};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let hub = objects("{apiVersion: apps/v1, kind: Deployment, metadata: {name: hub}}");
/// let of = GroupKind { group: "apps".into(), kind: "Deployment".into() };
/// assert_eq!(OrderKey::of(&hub[0], Phase::Sync).of, of);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct GroupKind {
    /// API group; empty for the core group.
    pub group: String,
    /// Kind.
    pub kind: String,
}

/// What the order of a task depends on.
///
/// ```
/// use tidegate_reconcile::{OrderKey, Phase, sync_order};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let all = objects(
///     "{apiVersion: example.com/v1, kind: Site, metadata: {name: shop}}
/// ---
/// {apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: sites.example.com},
///   spec: {group: example.com, names: {kind: Site}}}",
/// );
/// let mut keys: Vec<OrderKey> = all.iter().map(|it| OrderKey::of(it, Phase::Sync)).collect();
/// // The definition comes before the objects of its kind.
/// assert_eq!(sync_order(&mut keys), [1, 0]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct OrderKey {
    /// Phase.
    pub phase: Phase,
    /// Wave.
    pub wave: i64,
    /// API group and kind.
    pub of: GroupKind,
    /// Namespace; empty for none.
    pub namespace: String,
    /// Name.
    pub name: String,
    /// The kind that this task's `CustomResourceDefinition` defines.
    pub defines: Option<GroupKind>,
    /// The task removes an object: nothing has to exist for it, and it brings nothing into being.
    pub prunes: bool,
}

impl OrderKey {
    /// Returns the key of an object in a phase, with its own wave.
    ///
    /// ```
    /// use tidegate_reconcile::{OrderKey, Phase};
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let job = objects("{apiVersion: batch/v1, kind: Job, metadata: {name: migrate, annotations: {argocd.argoproj.io/sync-wave: '-1'}}}");
    /// let key = OrderKey::of(&job[0], Phase::Sync);
    /// assert_eq!((key.wave, &*key.of.kind, key.prunes), (-1, "Job", false));
    /// ```
    #[must_use]
    pub fn of(object: &Object, phase: Phase) -> Self {
        let of = GroupKind { group: object.group().to_owned(), kind: object.kind().to_owned() };
        let defines = (of.kind == "CustomResourceDefinition" && of.group == "apiextensions.k8s.io")
            .then(|| GroupKind {
                group: text(Some(&object.root), &["spec", "group"]).to_owned(),
                kind: text(Some(&object.root), &["spec", "names", "kind"]).to_owned(),
            })
            .filter(|it| !it.kind.is_empty());
        Self {
            phase,
            wave: wave(object.at(&["metadata", "annotations"]).and_then(Node::as_map)),
            of,
            namespace: object.namespace().to_owned(),
            name: object.name().to_owned(),
            defines,
            prunes: false,
        }
    }
}

/// Returns the order in which a sync runs tasks, as positions in `tasks`, and gives each task its final phase and wave.
///
/// Phase, wave, [`KIND_ORDER`], name. A Namespace then moves before the first object that lives in it and takes its
/// phase and wave; a `CustomResourceDefinition` likewise before the first object of its kind
/// (`gitops-engine/pkg/sync/sync_tasks.go`).
///
/// ```
/// use tidegate_reconcile::{GroupKind, OrderKey, Phase, sync_order};
///
/// let task = |kind: &str, name: &str, namespace: &str, wave| OrderKey {
///     phase: Phase::Sync,
///     wave,
///     of: GroupKind { group: String::new(), kind: kind.to_owned() },
///     namespace: namespace.to_owned(),
///     name: name.to_owned(),
///     defines: None,
///     prunes: false,
/// };
/// let mut tasks = [task("ConfigMap", "settings", "prod", 0), task("Namespace", "prod", "", 5)];
/// assert_eq!(sync_order(&mut tasks), [1, 0]);
/// assert_eq!(tasks[1].wave, 0);
/// ```
#[must_use]
pub fn sync_order(tasks: &mut [OrderKey]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..tasks.len()).collect();
    let rank =
        |kind: &str| KIND_ORDER.iter().position(|it| *it == kind).unwrap_or(KIND_ORDER.len());
    order.sort_by(|a, b| {
        let key = |at: usize| {
            let it: &OrderKey = &tasks[at];
            (it.phase, it.wave, rank(&it.of.kind), it.name.as_str())
        };
        key(*a).cmp(&key(*b))
    });
    let namespace = |it: &OrderKey| {
        (it.of.group.is_empty() && it.of.kind == "Namespace").then(|| it.name.clone())
    };
    let lives_in = |it: &OrderKey| (!it.namespace.is_empty()).then(|| it.namespace.clone());
    pull_forward(tasks, &mut order, namespace, lives_in);
    pull_forward(tasks, &mut order, |it| it.defines.clone(), |it| Some(it.of.clone()));
    order
}

/// Moves each task that others depend on before the first of them, with its phase and wave.
fn pull_forward<K: Ord>(
    tasks: &mut [OrderKey],
    order: &mut [usize],
    provides: impl Fn(&OrderKey) -> Option<K>,
    needs: impl Fn(&OrderKey) -> Option<K>,
) {
    let mut first: BTreeMap<K, usize> = BTreeMap::new();
    for at in 0..order.len() {
        let it = &tasks[order[at]];
        if it.prunes {
            continue;
        }
        if let Some(provided) = provides(it) {
            let Some(&target) = first.get(&provided) else { continue };
            let dependent = &tasks[order[target]];
            let (phase, wave) = (dependent.phase, dependent.wave);
            let it = &mut tasks[order[at]];
            (it.phase, it.wave) = (phase, wave);
            order[target..=at].rotate_right(1);
            for index in first.values_mut().filter(|index| **index >= target) {
                *index += 1;
            }
        } else if let Some(needed) = needs(it) {
            first.entry(needed).or_insert(at);
        }
    }
}

/// Returns the waves in which objects are removed: the waves of the objects to remove, mirrored among themselves.
///
/// What was created first goes last. With `prune_last` (per object or for all) an object goes one wave after the
/// last wave of the Sync phase, counted with the mirrored waves; `applied` holds the waves of the tasks that apply
/// something in that phase (`gitops-engine/pkg/sync/sync_context.go`, `getSyncTasks`).
///
/// ```
/// use tidegate_reconcile::{PruneWave, prune_waves};
///
/// let task = |wave| PruneWave { wave, last: false };
/// assert_eq!(prune_waves(&[task(1), task(2), task(8)], &[0]), [8, 2, 1]);
/// assert_eq!(prune_waves(&[PruneWave { wave: 0, last: true }], &[3]), [4]);
/// ```
#[must_use]
pub fn prune_waves(prunes: &[PruneWave], applied: &[i64]) -> Vec<i64> {
    let mut distinct: Vec<i64> = prunes.iter().map(|it| it.wave).collect();
    distinct.sort_unstable();
    distinct.dedup();
    let mirrored = |wave: i64| {
        let at = distinct.binary_search(&wave).unwrap_or(0);
        distinct[distinct.len() - 1 - at]
    };
    let waves: Vec<i64> = prunes.iter().map(|it| mirrored(it.wave)).collect();
    let last = waves.iter().chain(applied).copied().fold(0, i64::max).saturating_add(1);
    prunes.iter().zip(waves).map(|(it, wave)| if it.last { last } else { wave }).collect()
}

/// An object to remove: its own wave, and whether it goes after everything else.
///
/// ```
/// use tidegate_reconcile::{PruneWave, prune_waves};
///
/// // Waves are pruned in reverse; what goes last goes after all that was applied.
/// let waves = prune_waves(&[PruneWave { wave: 1, last: false }, PruneWave { wave: 2, last: true }], &[0, 5]);
/// assert!(waves[1] > 5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PruneWave {
    /// The wave of its annotations.
    pub wave: i64,
    /// `PruneLast=true`, on the object or for the whole sync.
    pub last: bool,
}
