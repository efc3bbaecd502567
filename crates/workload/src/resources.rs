use std::collections::BTreeMap;

use crate::quantity::Quantity;

/// Amounts by the name of the resource: `cpu` in cores, `memory` in bytes, `pods` in pieces.
///
/// ```
/// use tidegate_workload::{Quantity, ResourceList};
///
/// let room = ResourceList::from([("pods".to_owned(), "10".parse()?)]);
/// assert_eq!(room.get("pods").and_then(Quantity::value), Some(10));
/// # Ok::<(), tidegate_workload::QuantityError>(())
/// ```
pub type ResourceList = BTreeMap<String, Quantity>;

/// What a container, or a pod, asks for and may use.
///
/// ```
/// use tidegate_workload::{Quantity, Resources};
///
/// let mut resources = Resources::default();
/// resources.requests.insert("cpu".into(), "250m".parse()?);
/// resources.limits.insert("memory".into(), "128Mi".parse()?);
/// assert_eq!(resources.limits.get("memory").and_then(Quantity::value), Some(134_217_728));
/// # Ok::<(), tidegate_workload::QuantityError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Resources {
    /// What is reserved.
    pub requests: ResourceList,
    /// What it is stopped at.
    pub limits: ResourceList,
}

impl Resources {
    /// Returns the same resources with each missing request taken from its limit, as the API server does.
    ///
    /// Source: Kubernetes `pkg/apis/core/v1/defaults.go`, `SetDefaults_Pod`.
    ///
    /// ```
    /// use tidegate_workload::Resources;
    ///
    /// let mut resources = Resources::default();
    /// resources.limits.insert("memory".into(), "128Mi".parse()?);
    /// assert_eq!(resources.defaulted().requests, resources.limits);
    /// # Ok::<(), tidegate_workload::QuantityError>(())
    /// ```
    #[must_use]
    pub fn defaulted(&self) -> Self {
        let mut requests = self.requests.clone();
        for (name, limit) in &self.limits {
            requests.entry(name.clone()).or_insert_with(|| limit.clone());
        }
        Self { requests, limits: self.limits.clone() }
    }
}
