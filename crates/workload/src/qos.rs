use std::collections::BTreeMap;
use std::fmt;

use crate::quantity::Quantity;
use crate::resources::{ResourceList, Resources};

/// How well a pod is kept when its node runs short.
///
/// ```
/// use tidegate_workload::{Quantity, QosClass, Resources};
///
/// let cpu: Quantity = "250m".parse()?;
/// let memory: Quantity = "128Mi".parse()?;
/// let all = [("cpu".to_owned(), cpu), ("memory".to_owned(), memory)];
/// let limits: tidegate_workload::ResourceList = all.into_iter().collect();
/// // Where requests are missing, they are the limits.
/// let equal = Resources { requests: limits.clone(), limits };
/// assert_eq!(QosClass::of([&equal], None), QosClass::Guaranteed);
/// assert_eq!(QosClass::of([&Resources::default()], None), QosClass::BestEffort);
/// # Ok::<(), tidegate_workload::QuantityError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum QosClass {
    /// Every container has limits for CPU and memory, and requests equal to them.
    Guaranteed,
    /// Something is requested or limited, and not all.
    Burstable,
    /// Nothing is requested or limited.
    BestEffort,
}

impl QosClass {
    /// Returns the class of a pod, from the resources of all its containers, init containers included.
    ///
    /// Resources of the pod itself, where given, decide alone. Only amounts of `cpu` and `memory` above zero count.
    /// Requests that follow from limits must have been filled in before ([`Resources::defaulted`]).
    ///
    /// Source: Kubernetes `pkg/apis/core/v1/helper/qos/qos.go`, `ComputePodQOS`.
    ///
    /// ```
    /// use tidegate_workload::{QosClass, Resources};
    ///
    /// let mut resources = Resources::default();
    /// assert_eq!(QosClass::of([&resources], None), QosClass::BestEffort);
    /// resources.requests.insert("cpu".to_owned(), "10m".parse()?);
    /// assert_eq!(QosClass::of([&resources], None), QosClass::Burstable);
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    #[must_use]
    pub fn of<'r>(
        containers: impl IntoIterator<Item = &'r Resources>,
        pod: Option<&'r Resources>,
    ) -> Self {
        let parts: Vec<&Resources> =
            pod.map_or_else(|| containers.into_iter().collect(), |it| vec![it]);
        let requests = sum(parts.iter().map(|it| &it.requests));
        let limits = sum(parts.iter().map(|it| &it.limits));
        if requests.is_empty() && limits.is_empty() {
            return Self::BestEffort;
        }
        let all_limited =
            parts.iter().all(|it| COUNTED.iter().all(|name| counted(&it.limits, name).is_some()));
        if all_limited && requests == limits { Self::Guaranteed } else { Self::Burstable }
    }
}

const COUNTED: [&str; 2] = ["cpu", "memory"];

fn counted<'l>(list: &'l ResourceList, name: &str) -> Option<&'l Quantity> {
    list.get(name).filter(|it| it.signum() > 0)
}

fn sum<'l>(lists: impl Iterator<Item = &'l ResourceList>) -> BTreeMap<&'static str, Quantity> {
    let mut total: BTreeMap<&str, Quantity> = BTreeMap::new();
    for list in lists {
        for name in COUNTED {
            if let Some(quantity) = counted(list, name) {
                let present = total.entry(name).or_insert(Quantity::ZERO);
                *present = &*present + quantity;
            }
        }
    }
    total
}

impl fmt::Display for QosClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Guaranteed => "Guaranteed",
            Self::Burstable => "Burstable",
            Self::BestEffort => "BestEffort",
        })
    }
}
