use crate::int_or_percent::{IntOrPercent, Rounding};

/// How many pods a budget keeps.
///
/// ```
/// use tidegate_workload::{BudgetRule, BudgetStatus, Controllers, IntOrPercent};
///
/// let allowed = |rule| BudgetStatus::of(rule, 3, 3, Controllers::Scale(3)).disruptions_allowed;
/// assert_eq!(allowed(BudgetRule::MinAvailable(IntOrPercent::Int(2))), 1);
/// assert_eq!(allowed(BudgetRule::MaxUnavailable(IntOrPercent::Percent(1))), 1);
/// assert_eq!(allowed(BudgetRule::None), 0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub enum BudgetRule {
    /// At least so many are healthy.
    MinAvailable(IntOrPercent),
    /// At most so many are missing.
    MaxUnavailable(IntOrPercent),
    /// Neither is written: nothing is ever allowed.
    None,
}

/// What is known of the controllers of the pods that a budget selects.
///
/// ```
/// use tidegate_workload::{BudgetRule, BudgetStatus, Controllers, IntOrPercent};
///
/// let half = BudgetRule::MaxUnavailable(IntOrPercent::Percent(50));
/// let allowed = |controllers| BudgetStatus::of(half, 4, 4, controllers).disruptions_allowed;
/// assert_eq!(allowed(Controllers::Scale(4)), 2);
/// // Half of what, nobody knows.
/// assert_eq!(allowed(Controllers::WithoutScale), 0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Controllers {
    /// Together they want so many pods.
    Scale(i32),
    /// The pods have no controller.
    Unmanaged,
    /// A controller has no `scale` subresource.
    WithoutScale,
}

/// An event that the disruption controller records.
///
/// Source: Kubernetes `pkg/controller/disruption/disruption.go`.
///
/// ```
/// use tidegate_workload::{BudgetEvent, BudgetRule, BudgetStatus, Controllers, IntOrPercent};
///
/// let half = BudgetRule::MaxUnavailable(IntOrPercent::Percent(50));
/// let status = BudgetStatus::of(half, 4, 4, Controllers::WithoutScale);
/// assert_eq!(status.event, Some(BudgetEvent::CalculateExpectedPodCountFailed));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub enum BudgetEvent {
    /// Pods without a controller are left out of the expected number.
    UnmanagedPods,
    /// The expected number cannot be found.
    CalculateExpectedPodCountFailed,
}

impl BudgetEvent {
    /// Returns the reason as events write it.
    ///
    /// ```
    /// use tidegate_workload::BudgetEvent;
    ///
    /// assert_eq!(BudgetEvent::UnmanagedPods.as_str(), "UnmanagedPods");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnmanagedPods => "UnmanagedPods",
            Self::CalculateExpectedPodCountFailed => "CalculateExpectedPodCountFailed",
        }
    }
}

/// The status of a budget.
///
/// ```
/// use tidegate_workload::{BudgetRule, BudgetStatus, Controllers, IntOrPercent};
///
/// let rule = BudgetRule::MinAvailable(IntOrPercent::Percent(50));
/// let status = BudgetStatus::of(rule, 5, 5, Controllers::Scale(5));
/// // Half of five, rounded up, has to stay.
/// assert_eq!((status.desired_healthy, status.disruptions_allowed), (3, 2));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "camelCase"))]
pub struct BudgetStatus {
    /// Pods that there should be.
    pub expected_pods: i32,
    /// Pods that have to stay healthy.
    pub desired_healthy: i32,
    /// Pods that are.
    pub current_healthy: i32,
    /// Pods that may be evicted now.
    pub disruptions_allowed: i32,
    /// What the controller complains about.
    pub event: Option<BudgetEvent>,
}

impl BudgetStatus {
    /// Computes the status of a budget that selects `pods` pods of which `healthy` are ready.
    ///
    /// A percentage, of available pods too, is rounded up; it counts from what the controllers want, an amount of
    /// available pods from the pods that are there.
    ///
    /// Source: Kubernetes `pkg/controller/disruption/disruption.go`, `getExpectedPodCount` and `updatePdbStatus`.
    ///
    /// ```
    /// use tidegate_workload::{BudgetRule, BudgetStatus, Controllers, IntOrPercent};
    ///
    /// let one = IntOrPercent::Int(1);
    /// let scale = Controllers::Scale(1);
    /// let keep_one = BudgetStatus::of(BudgetRule::MinAvailable(one), 1, 1, scale);
    /// assert_eq!(keep_one.disruptions_allowed, 0);
    /// let lose_one = BudgetStatus::of(BudgetRule::MaxUnavailable(one), 1, 1, scale);
    /// assert_eq!(lose_one.disruptions_allowed, 1);
    /// ```
    #[must_use]
    pub fn of(rule: BudgetRule, pods: i32, healthy: i32, controllers: Controllers) -> Self {
        let (scale, event) = match controllers {
            Controllers::Scale(scale) => (Some(scale), None),
            Controllers::Unmanaged => (Some(0), Some(BudgetEvent::UnmanagedPods)),
            Controllers::WithoutScale => (None, Some(BudgetEvent::CalculateExpectedPodCountFailed)),
        };
        let (expected, desired, event) = match (rule, scale) {
            (BudgetRule::MinAvailable(IntOrPercent::Int(number)), _) => (pods, number, None),
            (BudgetRule::MinAvailable(percent), Some(scale)) => {
                (scale, percent.scaled(scale, Rounding::Up), event)
            }
            (BudgetRule::MaxUnavailable(number), Some(scale)) => {
                let missing = number.scaled(scale, Rounding::Up);
                (scale, scale.saturating_sub(missing).max(0), event)
            }
            (BudgetRule::None, _) => (0, 0, None),
            (_, None) => (0, 0, event),
        };
        let allowed = if expected <= 0 { 0 } else { healthy.saturating_sub(desired).max(0) };
        Self {
            expected_pods: expected,
            desired_healthy: desired,
            current_healthy: healthy,
            disruptions_allowed: allowed,
            event,
        }
    }
}
