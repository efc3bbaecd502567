//! Hooks: what an object's annotations say about when it runs and when it goes.

use std::fmt;

use tidegate_object::Map;

use crate::read::{annotation, annotation_parts};

const HOOK: &str = "argocd.argoproj.io/hook";
const HOOK_DELETE: &str = "argocd.argoproj.io/hook-delete-policy";
const HELM_HOOK: &str = "helm.sh/hook";
const HELM_HOOK_DELETE: &str = "helm.sh/hook-delete-policy";

/// When a hook runs.
///
/// ```
/// use tidegate_reconcile::{HookType, hook_types};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let job = objects("{kind: Job, metadata: {name: migrate, annotations: {argocd.argoproj.io/hook: 'PreSync,SyncFail'}}}");
/// let notes = job[0].at(&["metadata", "annotations"]).and_then(|it| it.as_map());
/// assert_eq!(hook_types(notes), [HookType::PreSync, HookType::SyncFail]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum HookType {
    /// Before the manifests are applied.
    PreSync,
    /// With the manifests.
    Sync,
    /// After everything is healthy.
    PostSync,
    /// After a sync failed.
    SyncFail,
    /// Not at all: the object is left out.
    Skip,
}

impl HookType {
    /// Returns the word that the annotation uses.
    ///
    /// ```
    /// use tidegate_reconcile::HookType;
    ///
    /// assert_eq!(HookType::PostSync.as_str(), "PostSync");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PreSync => "PreSync",
            Self::Sync => "Sync",
            Self::PostSync => "PostSync",
            Self::SyncFail => "SyncFail",
            Self::Skip => "Skip",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::PreSync, Self::Sync, Self::PostSync, Self::SyncFail, Self::Skip]
            .into_iter()
            .find(|it| it.as_str() == word)
    }

    fn from_helm(word: &str) -> Option<Self> {
        match word {
            "pre-install" | "pre-upgrade" => Some(Self::PreSync),
            "post-install" | "post-upgrade" => Some(Self::PostSync),
            _ => None,
        }
    }
}

impl fmt::Display for HookType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// When a hook's object is deleted again.
///
/// ```
/// use tidegate_reconcile::{HookDeletePolicy, hook_delete_policies};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let job = objects("{kind: Job, metadata: {name: migrate, annotations: {argocd.argoproj.io/hook-delete-policy: HookSucceeded}}}");
/// let notes = job[0].at(&["metadata", "annotations"]).and_then(|it| it.as_map());
/// assert_eq!(hook_delete_policies(notes), [HookDeletePolicy::HookSucceeded]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum HookDeletePolicy {
    /// Before the same hook is created the next time.
    BeforeHookCreation,
    /// As soon as it has succeeded.
    HookSucceeded,
    /// As soon as it has failed.
    HookFailed,
}

impl HookDeletePolicy {
    /// Returns the word that the annotation uses.
    ///
    /// ```
    /// use tidegate_reconcile::HookDeletePolicy;
    ///
    /// assert_eq!(HookDeletePolicy::BeforeHookCreation.as_str(), "BeforeHookCreation");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BeforeHookCreation => "BeforeHookCreation",
            Self::HookSucceeded => "HookSucceeded",
            Self::HookFailed => "HookFailed",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::BeforeHookCreation, Self::HookSucceeded, Self::HookFailed]
            .into_iter()
            .find(|it| it.as_str() == word)
    }

    fn from_helm(word: &str) -> Option<Self> {
        match word {
            "before-hook-creation" => Some(Self::BeforeHookCreation),
            "hook-succeeded" => Some(Self::HookSucceeded),
            "hook-failed" => Some(Self::HookFailed),
            _ => None,
        }
    }
}

/// Returns the hook types that annotations ask for, in the order in which they are written.
///
/// Helm's annotation counts only where Argo CD's names no type that exists (`gitops-engine/pkg/sync/hook/hook.go`).
/// Several of Helm's types may map to the same one, which then stands more than once.
///
/// ```
/// use tidegate_object::{Map, Node};
/// use tidegate_reconcile::{HookType, hook_types};
///
/// let map = Map::from_iter([("argocd.argoproj.io/hook", Node::from("PreSync, Later"))]);
/// assert_eq!(hook_types(Some(&map)), [HookType::PreSync]);
/// assert_eq!(hook_types(None), []);
/// ```
#[must_use]
pub fn hook_types(annotations: Option<&Map>) -> Vec<HookType> {
    let types: Vec<HookType> =
        annotation_parts(annotations, HOOK).into_iter().filter_map(HookType::from_word).collect();
    if !types.is_empty() {
        return types;
    }
    annotation_parts(annotations, HELM_HOOK).into_iter().filter_map(HookType::from_helm).collect()
}

/// Returns whether the object is left out of every sync: `Skip` is its only hook type.
///
/// Source: `gitops-engine/pkg/sync/hook/hook.go`, `Skip`.
///
/// ```
/// use tidegate_object::{Map, Node};
/// use tidegate_reconcile::is_skipped;
///
/// let map = Map::from_iter([("argocd.argoproj.io/hook", Node::from("Skip"))]);
/// assert!(is_skipped(Some(&map)));
/// assert!(!is_skipped(None));
/// ```
#[must_use]
pub fn is_skipped(annotations: Option<&Map>) -> bool {
    hook_types(annotations) == [HookType::Skip]
}

/// Returns whether the object is a hook: it runs in its phases and is no part of the application's state.
///
/// An annotation whose types are all unknown still makes a hook, one that never runs. Helm's `crd-install` does not.
///
/// Source: `gitops-engine/pkg/sync/hook/hook.go`, `IsHook`.
///
/// ```
/// use tidegate_object::{Map, Node};
/// use tidegate_reconcile::is_hook;
///
/// let map = Map::from_iter([("helm.sh/hook", Node::from("crd-install"))]);
/// assert!(!is_hook(Some(&map)));
/// let map = Map::from_iter([("argocd.argoproj.io/hook", Node::from("PostSync"))]);
/// assert!(is_hook(Some(&map)));
/// ```
#[must_use]
pub fn is_hook(annotations: Option<&Map>) -> bool {
    if annotation(annotations, HOOK).is_some() {
        return !is_skipped(annotations);
    }
    annotation(annotations, HELM_HOOK).is_some_and(|it| it != "crd-install")
}

/// Returns when a hook's object is deleted again; `BeforeHookCreation` where nothing valid is written.
///
/// Source: `gitops-engine/pkg/sync/hook/delete_policy.go`, `DeletePolicies`.
///
/// ```
/// use tidegate_object::{Map, Node};
/// use tidegate_reconcile::{HookDeletePolicy, hook_delete_policies};
///
/// let map = Map::from_iter([("helm.sh/hook-delete-policy", Node::from("hook-failed"))]);
/// assert_eq!(hook_delete_policies(Some(&map)), [HookDeletePolicy::HookFailed]);
/// assert_eq!(hook_delete_policies(None), [HookDeletePolicy::BeforeHookCreation]);
/// ```
#[must_use]
pub fn hook_delete_policies(annotations: Option<&Map>) -> Vec<HookDeletePolicy> {
    let own = annotation_parts(annotations, HOOK_DELETE);
    let helm = annotation_parts(annotations, HELM_HOOK_DELETE);
    let mut policies: Vec<HookDeletePolicy> = Vec::new();
    policies.extend(own.into_iter().filter_map(HookDeletePolicy::from_word));
    policies.extend(helm.into_iter().filter_map(HookDeletePolicy::from_helm));
    if policies.is_empty() {
        policies.push(HookDeletePolicy::BeforeHookCreation);
    }
    policies
}
