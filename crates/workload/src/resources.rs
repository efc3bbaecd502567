use std::collections::BTreeMap;

use crate::quantity::Quantity;

/// Amounts by the name of the resource: `cpu` in cores, `memory` in bytes, `pods` in pieces.
pub type ResourceList = BTreeMap<String, Quantity>;

/// What a container, or a pod, asks for and may use.
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
    #[must_use]
    pub fn defaulted(&self) -> Self {
        let mut requests = self.requests.clone();
        for (name, limit) in &self.limits {
            requests.entry(name.clone()).or_insert_with(|| limit.clone());
        }
        Self { requests, limits: self.limits.clone() }
    }
}
