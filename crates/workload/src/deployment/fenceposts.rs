use crate::int_or_percent::{IntOrPercent, IntOrPercentError, IntOrString, Rounding};

/// How old pods make way for new ones.
///
/// ```
/// use tidegate_workload::{Fenceposts, IntOrPercent, Strategy};
///
/// let one_by_one = Strategy::RollingUpdate {
///     max_surge: IntOrPercent::Int(1),
///     max_unavailable: IntOrPercent::Int(0),
/// };
/// assert_eq!(Fenceposts::of_strategy(one_by_one, 10).surge, 1);
/// // By default a quarter may come and a quarter may be missing.
/// assert_eq!(Fenceposts::of_strategy(Strategy::default(), 8).unavailable, 2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(tag = "type", rename_all_fields = "camelCase"))]
pub enum Strategy {
    /// All old pods go before the first new one comes.
    Recreate,
    /// Step by step.
    RollingUpdate {
        /// Pods that may exist beyond the wanted number; a percentage is rounded up.
        max_surge: IntOrPercent,
        /// Wanted pods that may be missing; a percentage is rounded down.
        max_unavailable: IntOrPercent,
    },
}

/// What the API server fills in: a quarter of the pods each way.
impl Default for Strategy {
    fn default() -> Self {
        let quarter = IntOrPercent::Percent(25);
        Self::RollingUpdate { max_surge: quarter, max_unavailable: quarter }
    }
}

/// How far a rolling update may go above and below the wanted number of pods.
///
/// Source: Kubernetes `pkg/controller/deployment/util/deployment_util.go`, `ResolveFenceposts`.
///
/// ```
/// use tidegate_workload::Fenceposts;
///
/// let quarter = "25%".into();
/// let one = Fenceposts::resolve(Some(&quarter), Some(&quarter), 1)?;
/// assert_eq!((one.surge, one.unavailable), (1, 0));
/// assert_eq!(Fenceposts::resolve(None, None, 3)?.unavailable, 1);
/// assert!(Fenceposts::resolve(Some(&"lots".into()), None, 3).is_err());
/// # Ok::<(), tidegate_workload::IntOrPercentError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Fenceposts {
    /// Pods beyond the wanted number.
    pub surge: i32,
    /// Wanted pods that may be missing. Not capped: see [`max_unavailable`].
    pub unavailable: i32,
}

impl Fenceposts {
    /// Resolves the fields as written; a field that is not set counts as 0.
    ///
    /// ```
    /// use tidegate_workload::Fenceposts;
    ///
    /// let posts = Fenceposts::resolve(Some(&"30%".into()), Some(&1.into()), 5)?;
    /// assert_eq!((posts.surge, posts.unavailable), (2, 1));
    /// assert!(Fenceposts::resolve(Some(&"a third".into()), None, 5).is_err());
    /// # Ok::<(), tidegate_workload::IntOrPercentError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// When a field is a text that is no percentage.
    pub fn resolve(
        max_surge: Option<&IntOrString>,
        max_unavailable: Option<&IntOrString>,
        replicas: i32,
    ) -> Result<Self, IntOrPercentError> {
        let read = |value: Option<&IntOrString>| {
            value.map_or(Ok(IntOrPercent::Int(0)), IntOrPercent::try_from)
        };
        Ok(Self::of(read(max_surge)?, read(max_unavailable)?, replicas))
    }

    /// Resolves amounts that have been read. Surge is rounded up, unavailable down; where both come to 0, one pod may
    /// be unavailable, so that the rollout can begin.
    ///
    /// ```
    /// use tidegate_workload::{Fenceposts, IntOrPercent};
    ///
    /// // Of two pods a quarter is rounded up to one that comes, and down to none that is missing.
    /// let quarter = IntOrPercent::Percent(25);
    /// let posts = Fenceposts::of(quarter, quarter, 2);
    /// assert_eq!((posts.surge, posts.unavailable), (1, 0));
    /// ```
    #[must_use]
    pub fn of(max_surge: IntOrPercent, max_unavailable: IntOrPercent, replicas: i32) -> Self {
        let surge = max_surge.scaled(replicas, Rounding::Up);
        let unavailable = max_unavailable.scaled(replicas, Rounding::Down);
        let unavailable = if surge == 0 && unavailable == 0 { 1 } else { unavailable };
        Self { surge, unavailable }
    }

    /// Resolves the fields of a strategy; `Recreate` has neither surge nor unavailable pods.
    ///
    /// ```
    /// use tidegate_workload::{Fenceposts, Strategy};
    ///
    /// let posts = Fenceposts::of_strategy(Strategy::Recreate, 10);
    /// assert_eq!((posts.surge, posts.unavailable), (0, 0));
    /// ```
    #[must_use]
    pub fn of_strategy(strategy: Strategy, replicas: i32) -> Self {
        match strategy {
            Strategy::Recreate => Self { surge: 0, unavailable: 0 },
            Strategy::RollingUpdate { max_surge, max_unavailable } => {
                Self::of(max_surge, max_unavailable, replicas)
            }
        }
    }
}

/// Returns how many wanted pods may be missing during a rolling update: at most all, and none with `Recreate`.
///
/// Source: Kubernetes `deployment_util.go`, `MaxUnavailable`.
///
/// ```
/// use tidegate_workload::{Strategy, max_unavailable};
///
/// assert_eq!(max_unavailable(Strategy::default(), 10), 2);
/// assert_eq!(max_unavailable(Strategy::Recreate, 10), 0);
/// ```
#[must_use]
pub fn max_unavailable(strategy: Strategy, replicas: i32) -> i32 {
    match strategy {
        Strategy::RollingUpdate { .. } if replicas != 0 => {
            Fenceposts::of_strategy(strategy, replicas).unavailable.min(replicas)
        }
        _ => 0,
    }
}
