use super::Probe;
use crate::seconds::Seconds;

/// The earliest and the latest moment of something, counted from a container's start.
///
/// ```
/// use tidegate_workload::{ProbeWindow, Seconds, ready_window};
///
/// // Without a probe a container is ready when it runs.
/// let answers = ProbeWindow { earliest: Seconds(5), latest: Seconds(20) };
/// let start = ProbeWindow { earliest: Seconds(2), latest: Seconds(9) };
/// assert_eq!(ready_window(None, answers, start), start);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ProbeWindow {
    /// The earliest moment.
    pub earliest: Seconds,
    /// The latest moment.
    pub latest: Seconds,
}

fn seconds(number: i32) -> Seconds {
    Seconds(i64::from(number.max(0)))
}

/// Returns when a probe can be seen to succeed, of a container that starts to answer within a window.
///
/// `asked_from` is when the container may be asked at all: its start, or the success of its startup probe. The
/// worker's ticks may fall anywhere, since nobody knows when a kubelet began to tick: the first question comes up to
/// one period after it could, further ones a period apart, and each answer takes up to its timeout.
///
/// ```
/// use tidegate_workload::{Probe, ProbeWindow, Seconds, ready_window};
///
/// let probe = Probe { period_seconds: 10, timeout_seconds: 1, ..Probe::default() };
/// let answers = ProbeWindow { earliest: Seconds(5), latest: Seconds(20) };
/// let start = ProbeWindow { earliest: Seconds(0), latest: Seconds(0) };
/// let ready = ready_window(Some(&probe), answers, start);
/// assert_eq!(ready, ProbeWindow { earliest: Seconds(5), latest: Seconds(31) });
/// ```
#[must_use]
pub fn ready_window(
    probe: Option<&Probe>,
    answers: ProbeWindow,
    asked_from: ProbeWindow,
) -> ProbeWindow {
    let Some(probe) = probe.map(Probe::defaulted) else { return asked_from };
    let delay = seconds(probe.initial_delay_seconds);
    let further = seconds(probe.period_seconds) * i64::from(probe.success_threshold.max(1) - 1);
    let earliest = answers.earliest.max(asked_from.earliest).max(delay) + further;
    let latest = answers.latest.max(asked_from.latest).max(delay)
        + seconds(probe.period_seconds)
        + further
        + seconds(probe.timeout_seconds);
    ProbeWindow { earliest, latest }
}

/// Returns the longest that a container may take to answer, counted from its start, without this liveness or startup
/// probe killing it, wherever the ticks fall: the moment of the last question that may still fail.
///
/// The first question comes when the initial delay is over at the earliest, and `failureThreshold` of them have to
/// fail in a row, a period apart.
///
/// ```
/// use tidegate_workload::{Probe, Seconds, killed_before_answering};
///
/// let liveness = Probe { initial_delay_seconds: 15, period_seconds: 30, ..Probe::default() };
/// assert_eq!(killed_before_answering(&liveness), Seconds(75));
/// ```
#[must_use]
pub fn killed_before_answering(probe: &Probe) -> Seconds {
    let probe = probe.defaulted();
    let further = i64::from(probe.failure_threshold.max(1) - 1);
    seconds(probe.initial_delay_seconds) + seconds(probe.period_seconds) * further
}
