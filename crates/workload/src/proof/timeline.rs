use crate::seconds::Seconds;

/// Something that happens to pods.
///
/// ```
/// use tidegate_workload::{Context, Event, prove};
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// // A hundred pods need many rounds that are all alike: they are drawn once, and counted.
/// let timeline = prove(&hub("replicas: 100, strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}"), &[], &Context::default()).timeline;
/// assert!(timeline.moments.iter().any(|it| matches!(it.event, Event::Repeats(_))));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case", tag = "event", content = "pods"))]
#[non_exhaustive]
pub enum Event {
    /// The rollout begins.
    Begins,
    /// New pods are created.
    Created(i32),
    /// So many new pods are refused: a quota has no place for them, or a limit range does not admit them.
    Refused(i32),
    /// New pods become ready.
    Ready(i32),
    /// New pods become available.
    Available(i32),
    /// Containers of so many new pods are killed by a probe, and started again.
    Killed(i32),
    /// Old pods are told to end.
    Ending(i32),
    /// Old pods have ended.
    Ended(i32),
    /// The rounds before this repeat so many times.
    Repeats(i32),
    /// Every pod is new and available.
    Complete,
    /// Nothing can happen any more.
    Stalled,
    /// Nothing has happened for longer than the deadline.
    DeadlineExceeded,
}

/// What happens at a moment, and how many pods there are after it.
///
/// ```
/// use tidegate_workload::{Context, Event, prove};
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let timeline = prove(&hub("replicas: 1"), &[], &Context::default()).timeline;
/// let created = timeline.moments.iter().find(|it| it.event == Event::Created(1)).expect("a new pod");
/// assert_eq!((created.old, created.new, created.available), (1, 1, 1));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct Moment {
    /// Seconds since the rollout began.
    pub at: Seconds,
    /// What happens.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub event: Event,
    /// Old pods that are not ending.
    pub old: i32,
    /// New pods.
    pub new: i32,
    /// Pods that are available.
    pub available: i32,
}

/// One way that a rollout can go.
///
/// ```
/// use tidegate_workload::{Context, Event, prove};
/// # fn hub(spec: &str) -> tidegate_workload::Workload {
/// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
/// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
/// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
/// # }
///
/// let timeline = prove(&hub("replicas: 1"), &[], &Context::default()).timeline;
/// let events: Vec<Event> = timeline.moments.iter().map(|it| it.event).collect();
/// assert_eq!(events.first(), Some(&Event::Begins));
/// assert!(events.contains(&Event::Complete));
/// // The old pod has some seconds left to end in.
/// assert_eq!(events.last(), Some(&Event::Ended(1)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct Timeline {
    /// What happens, in order.
    pub moments: Vec<Moment>,
}

impl Timeline {
    /// Returns when the last thing happens.
    ///
    /// ```
    /// use tidegate_workload::{Context, Interval, Seconds, prove};
    /// # fn hub(spec: &str) -> tidegate_workload::Workload {
    /// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
    /// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
    /// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
    /// # }
    ///
    /// let mut context = Context::default();
    /// context.assumptions.starts = Some(Interval::new(1, 30));
    /// context.assumptions.answers = Some(Interval::new(0, 0));
    /// // The new pod takes 30 s to start, and the old one 30 s to end.
    /// assert_eq!(prove(&hub("replicas: 1"), &[], &context).timeline.end(), Seconds(60));
    /// ```
    #[must_use]
    pub fn end(&self) -> Seconds {
        self.moments.last().map_or(Seconds::ZERO, |it| it.at)
    }

    /// Returns whether the rollout completes.
    ///
    /// ```
    /// use tidegate_workload::{Context, Finish, prove};
    /// # fn hub(spec: &str) -> tidegate_workload::Workload {
    /// #     let text = format!("{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: hub, namespace: tomoda}}, spec: {{{spec}, selector: {{matchLabels: {{app: hub}}}}, template: {{metadata: {{labels: {{app: hub}}}}, spec: {{containers: [{{name: hub, image: 'tomoda/hub:1.4.0'}}]}}}}}}}}");
    /// #     let objects = tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE);
    /// #     tidegate_workload::Workload::from_object(&objects.expect("no mistake")[0]).expect("a Deployment")
    /// # }
    ///
    /// assert!(prove(&hub("replicas: 1"), &[], &Context::default()).timeline.completes());
    /// let Finish::Not(stuck) = prove(&hub("paused: true"), &[], &Context::default()).finishes else {
    ///     panic!("nothing happens while it is paused")
    /// };
    /// assert!(!stuck.timeline.completes());
    /// ```
    #[must_use]
    pub fn completes(&self) -> bool {
        self.moments.iter().any(|it| it.event == Event::Complete)
    }
}
