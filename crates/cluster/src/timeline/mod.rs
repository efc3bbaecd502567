//! The lives of a Deployment's pods over a span of time.

mod draw;

use serde::Serialize;

pub use draw::{Charset, Drawing};

use crate::clock::{Moment, Span};
use crate::kubelet::ContainerState;
use crate::rollout::Rollout;
use crate::state::{Cluster, Event, Pod, Serving};

/// What a Deployment's pods did in a span of time: data to store, to send or to draw.
///
/// ```
/// use tidegate_cluster::{ApplyOptions, Charset, Cluster, Drawing, Moment, Span};
/// use tidegate_object::Object;
/// use tidegate_reconcile::json;
///
/// let web = json::parse(
///     r#"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},
///     "spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},
///     "spec":{"containers":[{"name":"web","image":"web:1"}]}}}}"#,
/// )?;
/// let options = ApplyOptions {
///     namespace: "prod".to_owned(),
///     manager: "shop".to_owned(),
///     create_namespaces: true,
/// };
/// let mut cluster = Cluster::new(Moment(0));
/// cluster.apply(&[Object::new(web)], &options)?;
/// cluster.advance(Span::seconds(30));
/// let timeline = cluster.timeline("prod", "web", Moment(0), cluster.now());
/// assert_eq!(timeline.pods[0].serving_from, Some(Moment(4000)));
/// let text = timeline.draw(&Drawing { width: 60, charset: Charset::Ascii });
/// assert!(text.contains("....####"), "{text}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Timeline {
    /// Namespace.
    pub namespace: String,
    /// The Deployment.
    pub deployment: String,
    /// Begin of the span.
    pub from: Moment,
    /// End of the span.
    pub until: Moment,
    /// The pods that existed in the span, oldest first.
    pub pods: Vec<TimelinePod>,
    /// The Deployment's rollouts that went on in the span.
    pub rollouts: Vec<Rollout>,
    /// What happened to the Deployment, its sets and its pods.
    pub events: Vec<Event>,
}

/// The life of one pod.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TimelinePod {
    /// Name.
    pub name: String,
    /// The revision of its set when it was created.
    pub revision: i64,
    /// The image of its first container.
    pub image: String,
    /// When it was created.
    pub created: Moment,
    /// When all its containers ran for the first time.
    pub started: Option<Moment>,
    /// When it was ready for the first time.
    pub ready: Option<Moment>,
    /// When it first served.
    pub serving_from: Option<Moment>,
    /// When it served last; `None` while it serves or if it never did.
    pub serving_until: Option<Moment>,
    /// All spans in which it served.
    pub serving: Vec<Serving>,
    /// When its deletion was asked for.
    pub deleted: Option<Moment>,
    /// When it was gone.
    pub gone: Option<Moment>,
    /// How often its containers were started again.
    pub restarts: u32,
    /// Why a container waits now, in Kubernetes' spelling: `CrashLoopBackOff`.
    pub waiting: Option<String>,
}

impl Cluster {
    /// Returns what the pods of a Deployment did in a span of time. Pods and events that are no longer kept are missing.
    #[must_use]
    pub fn timeline(
        &self,
        namespace: &str,
        deployment: &str,
        from: Moment,
        until: Moment,
    ) -> Timeline {
        let of = |it: &&Pod| {
            it.namespace == namespace
                && it.deployment == deployment
                && it.created <= until
                && it.gone.is_none_or(|gone| gone > from)
        };
        let mut pods: Vec<&Pod> = self.past_pods.iter().chain(&self.pods).filter(of).collect();
        pods.sort_by_key(|it| (it.created, it.revision, it.name.clone()));
        let about = |event: &&Event| {
            let name = event.object.split_once('/').map_or("", |(_, name)| name);
            let of_set = |rest: &str| rest.is_empty() || rest.starts_with('-');
            event.namespace == namespace
                && (from..=until).contains(&event.at)
                && name.strip_prefix(deployment).is_some_and(of_set)
        };
        let rollouts = self.rollouts.iter().filter(|it| {
            it.namespace == namespace
                && it.deployment == deployment
                && it.started <= until
                && it.finished.is_none_or(|end| end > from)
        });
        Timeline {
            namespace: namespace.to_owned(),
            deployment: deployment.to_owned(),
            from,
            until,
            pods: pods.into_iter().map(TimelinePod::of).collect(),
            rollouts: rollouts.cloned().collect(),
            events: self.events.iter().filter(about).cloned().collect(),
        }
    }

    /// Returns the timeline of a Deployment's newest rollout, from its begin until five seconds after its last pod
    /// went, or until now while it goes on; `None` where there was no rollout.
    #[must_use]
    pub fn last_rollout_timeline(&self, namespace: &str, deployment: &str) -> Option<Timeline> {
        let of = |it: &&Rollout| it.namespace == namespace && it.deployment == deployment;
        let rollout = self.rollouts.iter().rev().find(of)?;
        let all = self.timeline(namespace, deployment, rollout.started, self.now());
        let until = rollout.finished.map_or(self.now(), |finished| {
            let gone = all.pods.iter().filter_map(|it| it.gone);
            let last = gone.filter(|it| *it <= self.now()).chain([finished]).max();
            last.map_or(self.now(), |it| (it + Span::seconds(5)).min(self.now()))
        });
        Some(self.timeline(namespace, deployment, rollout.started, until))
    }
}

impl TimelinePod {
    fn of(pod: &Pod) -> Self {
        let waits = pod.containers.iter().find_map(|it| match &it.state {
            ContainerState::Waiting { reason, .. } => Some(reason.clone()),
            ContainerState::Running { .. } => None,
        });
        Self {
            name: pod.name.clone(),
            revision: pod.revision,
            image: pod.images().first().copied().unwrap_or_default().to_owned(),
            created: pod.created,
            started: pod.started,
            ready: pod.first_ready,
            serving_from: pod.serving.first().map(|it| it.from),
            serving_until: pod.serving.last().and_then(|it| it.until),
            serving: pod.serving.clone(),
            deleted: pod.deleted,
            gone: pod.gone,
            restarts: pod.containers.iter().map(|it| it.restarts).max().unwrap_or(0),
            waiting: waits.filter(|_| pod.deleted.is_none()),
        }
    }
}
