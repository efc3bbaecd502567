//! Health of an application: the worst health of what belongs to it.

use tidegate_object::Object;

use crate::health::{HealthStatus, resource_health};
use crate::hook::is_hook;
use crate::read::{annotation, annotations};

/// Takes a resource out of its application's health.
const IGNORE_HEALTH: &str = "argocd.argoproj.io/ignore-healthcheck";

/// What a resource contributes to the health of its application.
///
/// ```
/// use tidegate_reconcile::{HealthStatus, Member, application_health};
///
/// let hub = Member { live: true, health: Some(HealthStatus::Degraded), ..Member::default() };
/// assert_eq!(application_health([hub]), HealthStatus::Degraded);
/// // A hook says nothing about the application, and neither does what is to be passed over.
/// let hook = Member { hook: true, ..hub };
/// let ignored = Member { ignore_health: true, ..hub };
/// assert_eq!(application_health([hook, ignored]), HealthStatus::Healthy);
/// ```
#[expect(clippy::struct_excessive_bools, reason = "independent facts, each with its name")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Member {
    /// It is in the cluster.
    pub live: bool,
    /// Its health; `None` for a kind without a check.
    pub health: Option<HealthStatus>,
    /// It is a hook.
    pub hook: bool,
    /// Its annotation `argocd.argoproj.io/ignore-healthcheck` is `true`.
    pub ignore_health: bool,
    /// It is an Argo CD Application, whose unknown health says nothing about its parent.
    pub child_application: bool,
}

impl Member {
    /// Returns what a live object contributes.
    ///
    /// ```
    /// use tidegate_reconcile::{HealthStatus, Member};
    /// # fn objects(text: &str) -> Vec<tidegate_object::Object> {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake")
    /// # }
    ///
    /// let claim = objects("{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: data}, status: {phase: Pending}}");
    /// assert_eq!(Member::live(&claim[0]).health, Some(HealthStatus::Progressing));
    /// ```
    #[must_use]
    pub fn live(object: &Object) -> Self {
        let notes = annotations(object);
        Self {
            live: true,
            health: resource_health(object).map(|it| it.status),
            hook: is_hook(notes),
            ignore_health: annotation(notes, IGNORE_HEALTH) == Some("true"),
            child_application: object.kind() == "Application" && object.group() == "argoproj.io",
        }
    }

    /// Returns what an object contributes that is wanted and not there.
    ///
    /// ```
    /// use tidegate_reconcile::{HealthStatus, Member};
    ///
    /// let member = Member::missing();
    /// assert_eq!((member.live, member.health), (false, Some(HealthStatus::Missing)));
    /// ```
    #[must_use]
    pub fn missing() -> Self {
        Self { health: Some(HealthStatus::Missing), ..Self::default() }
    }
}

/// Returns the health of an application from its resources (`controller/health.go` of Argo CD).
///
/// The worst counts. Hooks, resources without a check, resources that are to be ignored and missing ones do not;
/// when resources are expected and none is live, the application is [`HealthStatus::Missing`].
///
/// ```
/// use tidegate_reconcile::{HealthStatus, Member, application_health};
///
/// let live = |health| Member { live: true, health: Some(health), ..Member::default() };
/// let members = [live(HealthStatus::Healthy), live(HealthStatus::Progressing), Member::missing()];
/// assert_eq!(application_health(members), HealthStatus::Progressing);
/// assert_eq!(application_health([Member::missing()]), HealthStatus::Missing);
/// assert_eq!(application_health([]), HealthStatus::Healthy);
/// ```
#[must_use]
pub fn application_health(members: impl IntoIterator<Item = Member>) -> HealthStatus {
    let mut worst = HealthStatus::Healthy;
    let (mut expected, mut live) = (false, false);
    for member in members.into_iter().filter(|it| !(it.live && it.hook)) {
        expected = true;
        live |= member.live;
        let Some(health) = member.health.filter(|_| member.live && !member.ignore_health) else {
            continue;
        };
        let unsure = matches!(health, HealthStatus::Missing | HealthStatus::Unknown);
        if !(member.child_application && unsure) {
            worst = worst.max(health);
        }
    }
    if expected && !live { worst.max(HealthStatus::Missing) } else { worst }
}
