use crate::seconds::Seconds;

/// Something that happens to pods.
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct Timeline {
    /// What happens, in order.
    pub moments: Vec<Moment>,
}

impl Timeline {
    /// Returns when the last thing happens.
    #[must_use]
    pub fn end(&self) -> Seconds {
        self.moments.last().map_or(Seconds::ZERO, |it| it.at)
    }

    /// Returns whether the rollout completes.
    #[must_use]
    pub fn completes(&self) -> bool {
        self.moments.iter().any(|it| it.event == Event::Complete)
    }
}
