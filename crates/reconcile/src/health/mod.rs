//! Health of one live object, by its kind.

mod autoscaler;
mod job;
mod network;
mod pod;
mod workload;

use std::fmt;

use tidegate_object::{Node, Object};

use crate::read::text;

/// How well a resource or an application does, from best to worst.
///
/// The order is Argo CD's (`gitops-engine/pkg/health/health.go`, `healthOrder`): an application is as healthy as
/// its worst resource.
///
/// ```
/// use tidegate_reconcile::HealthStatus;
///
/// assert!(HealthStatus::Healthy < HealthStatus::Progressing);
/// assert_eq!(HealthStatus::ALL.iter().max(), Some(&HealthStatus::Unknown));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum HealthStatus {
    /// Does what it should.
    Healthy,
    /// Stopped by its owner: a paused Deployment, a suspended Job.
    Suspended,
    /// Not healthy yet, and may still become so.
    Progressing,
    /// Not in the cluster.
    Missing,
    /// Failed, or could not become healthy in time.
    Degraded,
    /// The check itself failed.
    Unknown,
}

impl HealthStatus {
    /// All of them, from best to worst.
    ///
    /// ```
    /// use tidegate_reconcile::HealthStatus;
    ///
    /// // The worst of several is the greatest.
    /// assert_eq!(HealthStatus::ALL.first(), Some(&HealthStatus::Healthy));
    /// assert!(HealthStatus::ALL.is_sorted());
    /// ```
    pub const ALL: [Self; 6] = [
        Self::Healthy,
        Self::Suspended,
        Self::Progressing,
        Self::Missing,
        Self::Degraded,
        Self::Unknown,
    ];

    /// Returns the word that Argo CD uses.
    ///
    /// ```
    /// use tidegate_reconcile::HealthStatus;
    ///
    /// assert_eq!(HealthStatus::Degraded.as_str(), "Degraded");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Healthy => "Healthy",
            Self::Suspended => "Suspended",
            Self::Progressing => "Progressing",
            Self::Missing => "Missing",
            Self::Degraded => "Degraded",
            Self::Unknown => "Unknown",
        }
    }

    /// Returns the status of a word, `None` for any other word.
    ///
    /// ```
    /// use tidegate_reconcile::HealthStatus;
    ///
    /// assert_eq!(HealthStatus::from_word("Progressing"), Some(HealthStatus::Progressing));
    /// assert_eq!(HealthStatus::from_word("progressing"), None);
    /// ```
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.as_str() == word)
    }
}

impl fmt::Display for HealthStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A health with the sentence that explains it.
///
/// ```
/// use tidegate_reconcile::{Health, HealthStatus, resource_health};
/// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
/// # }
///
/// let failed = objects(
///     "{apiVersion: batch/v1, kind: Job, metadata: {name: migrate},
///       status: {conditions: [{type: Failed, status: 'True', message: Job has reached the specified backoff limit}]}}",
/// );
/// let Health { status, message } = resource_health(&failed[0]).expect("a Job has a health");
/// assert_eq!(status, HealthStatus::Degraded);
/// assert_eq!(message, "Job has reached the specified backoff limit");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Health {
    /// How well.
    pub status: HealthStatus,
    /// Why; empty where there is nothing to say.
    pub message: String,
}

impl Health {
    /// Creates a health with a message.
    ///
    /// ```
    /// use tidegate_reconcile::{Health, HealthStatus};
    ///
    /// let health = Health::new(HealthStatus::Progressing, "waiting for 2 of 3 replicas");
    /// assert_eq!(health.message, "waiting for 2 of 3 replicas");
    /// ```
    #[must_use]
    pub fn new(status: HealthStatus, message: impl Into<String>) -> Self {
        Self { status, message: message.into() }
    }

    pub(crate) const fn plain(status: HealthStatus) -> Self {
        Self { status, message: String::new() }
    }
}

/// The finalizer by which a hook outlives its deletion until its phase is over.
const HOOK_FINALIZER: &str = "argocd.argoproj.io/hook-finalizer";

/// Returns the health of a live object as Argo CD's built-in checks judge it, `None` for a kind without a check.
///
/// Such an object takes no part in the health of its application. Rules: `gitops-engine/pkg/health` of Argo CD; the
/// Lua checks that Argo CD ships for custom resources are not among them. The beta versions of
/// `HorizontalPodAutoscaler` are judged like `autoscaling/v2`; any other version that has no check is `Unknown`.
///
/// ```
/// use tidegate_object::{Map, Node, Object};
/// use tidegate_reconcile::{HealthStatus, resource_health};
///
/// let object = |kind: &str| {
///     let fields = [("apiVersion", Node::from("v1")), ("kind", Node::from(kind))];
///     Object::new(Node::from(Map::from_iter(fields)))
/// };
/// let service = resource_health(&object("Service"));
/// assert_eq!(service.map(|it| it.status), Some(HealthStatus::Healthy));
/// assert_eq!(resource_health(&object("ConfigMap")), None);
/// ```
#[must_use]
pub fn resource_health(object: &Object) -> Option<Health> {
    if object.at(&["metadata", "deletionTimestamp"]).is_some_and(|it| !it.is_null())
        && !finalizers(object).any(|it| it == HOOK_FINALIZER)
    {
        return Some(Health::new(HealthStatus::Progressing, "Pending deletion"));
    }
    let identity = object.identity();
    let (group, kind) = (identity.group.as_str(), identity.kind.as_str());
    let (known, versions, check): (&str, &[&str], fn(&Object) -> Health) = match (group, kind) {
        ("apps", "Deployment") => (kind, &["v1"], workload::deployment),
        ("apps", "StatefulSet") => (kind, &["v1"], workload::stateful_set),
        ("apps", "ReplicaSet") => (kind, &["v1"], workload::replica_set),
        ("apps", "DaemonSet") => (kind, &["v1"], workload::daemon_set),
        ("extensions" | "networking.k8s.io", "Ingress") => (kind, &[], network::ingress),
        ("", "Service") => (kind, &["v1"], network::service),
        ("apiregistration.k8s.io", "APIService") => {
            (kind, &["v1", "v1beta1"], network::api_service)
        }
        ("", "PersistentVolumeClaim") => (kind, &["v1"], volume_claim),
        ("", "Pod") => (kind, &["v1"], pod::pod),
        ("batch", "Job") => (kind, &["v1"], job::job),
        ("argoproj.io", "Workflow") => (kind, &[], job::workflow),
        ("autoscaling", "HorizontalPodAutoscaler") => {
            ("HPA", &["v1", "v2", "v2beta1", "v2beta2"], autoscaler::autoscaler)
        }
        _ => return None,
    };
    if !versions.is_empty() && !versions.contains(&identity.version.as_str()) {
        let named = format!("{group}/{}, Kind={kind}", identity.version);
        return Some(Health::new(
            HealthStatus::Unknown,
            format!("unsupported {known} GVK: {named}"),
        ));
    }
    Some(check(object))
}

fn finalizers(object: &Object) -> impl Iterator<Item = &str> {
    let list = object.at(&["metadata", "finalizers"]).and_then(Node::as_list);
    list.into_iter().flatten().filter_map(Node::as_str)
}

fn volume_claim(object: &Object) -> Health {
    Health::plain(match text(Some(&object.root), &["status", "phase"]) {
        "Lost" => HealthStatus::Degraded,
        "Pending" => HealthStatus::Progressing,
        "Bound" => HealthStatus::Healthy,
        _ => HealthStatus::Unknown,
    })
}
