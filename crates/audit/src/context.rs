use std::collections::BTreeSet;

use tidegate_object::Identity;

/// What the manifests do not say.
///
/// ```
/// let context = tidegate_audit::Context::default();
/// assert!(context.singletons.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// Workloads that may have one pod only: more replicas are no advice for them.
    pub singletons: BTreeSet<Identity>,
}
