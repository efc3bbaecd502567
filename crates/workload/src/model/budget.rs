use std::collections::BTreeMap;

use tidegate_object::{Identity, Object};
use tidegate_source::{Diagnostic, Mark};

use super::field::Field;
use super::labels::LabelSelector;
use super::read::Reader;
use crate::budget::{BudgetRule, UnhealthyPodEvictionPolicy};
use crate::code;
use crate::int_or_percent::IntOrPercent;

/// A PodDisruptionBudget.
///
/// ```
/// use std::collections::BTreeMap;
/// use tidegate_workload::{Budget, BudgetRule, IntOrPercent};
/// # fn object(text: &str) -> tidegate_object::Object {
/// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
/// # }
///
/// let budget = Budget::from_object(&object(
///     "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: hub, namespace: tomoda},
///       spec: {minAvailable: 50%, selector: {matchLabels: {app: hub}}}}",
/// )).map_err(|all| all[0].clone())?;
/// assert_eq!(budget.rule.value, BudgetRule::MinAvailable(IntOrPercent::Percent(50)));
/// assert!(budget.selects("tomoda", &BTreeMap::from([("app".into(), "hub".into())])));
/// # Ok::<(), tidegate_source::Diagnostic>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Which object it is.
    pub identity: Identity,
    /// Where it was written.
    pub mark: Mark,
    /// Which pods it guards.
    pub selector: Field<LabelSelector>,
    /// How many of them it keeps.
    pub rule: Field<BudgetRule>,
    /// What it says of pods that are not ready.
    pub unhealthy: Field<UnhealthyPodEvictionPolicy>,
}

impl Budget {
    /// Returns whether this object is a PodDisruptionBudget.
    ///
    /// ```
    /// use tidegate_workload::Budget;
    /// # fn object(text: &str) -> tidegate_object::Object {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
    /// # }
    ///
    /// assert!(Budget::is_budget(&object("{apiVersion: policy/v1, kind: PodDisruptionBudget}")));
    /// assert!(!Budget::is_budget(&object("{apiVersion: apps/v1, kind: Deployment}")));
    /// ```
    #[must_use]
    pub fn is_budget(object: &Object) -> bool {
        object.kind() == "PodDisruptionBudget" && object.group() == "policy"
    }

    /// Reads a PodDisruptionBudget.
    ///
    /// ```
    /// use tidegate_workload::Budget;
    /// # fn object(text: &str) -> tidegate_object::Object {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
    /// # }
    ///
    /// let both = object(
    ///     "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: hub},
    ///       spec: {minAvailable: 1, maxUnavailable: 1, selector: {}}}",
    /// );
    /// assert_eq!(Budget::from_object(&both).unwrap_err()[0].code, "two-rules");
    /// ```
    ///
    /// # Errors
    ///
    /// Every mistake that is found: `wrong-kind` for another object, `wrong-type`, `invalid-amount`, and `two-rules`
    /// where both `minAvailable` and `maxUnavailable` are written.
    pub fn from_object(object: &Object) -> Result<Self, Vec<Diagnostic>> {
        let mut reader = Reader::new(object.kind(), object.name());
        if !Self::is_budget(object) {
            let message = format!("{} is not a PodDisruptionBudget", object.kind());
            reader.report(code::WRONG_KIND, object.mark(), message);
            return Err(reader.found);
        }
        let spec = object.at(&["spec"]).unwrap_or(&object.root);
        let zero = IntOrPercent::Int(0);
        let (min, max) = (
            reader.amount(spec, "minAvailable", zero),
            reader.amount(spec, "maxUnavailable", zero),
        );
        let rule = match (min.written, max.written) {
            (true, true) => {
                let message = "`minAvailable` and `maxUnavailable` exclude each other".to_owned();
                reader.report(code::TWO_RULES, max.mark, message);
                reader.help("keep one of the two");
                min.map(BudgetRule::MinAvailable)
            }
            (true, false) => min.map(BudgetRule::MinAvailable),
            (false, true) => max.map(BudgetRule::MaxUnavailable),
            (false, false) => Field::default_in(BudgetRule::None, spec.mark),
        };
        let selector = match Reader::present(spec, "selector") {
            Some(node) => Field::written(LabelSelector::read(node, &mut reader), node.mark),
            None => Field::default_in(LabelSelector::default(), spec.mark),
        };
        let unhealthy = match Reader::present(spec, "unhealthyPodEvictionPolicy") {
            None => Field::default_in(UnhealthyPodEvictionPolicy::default(), spec.mark),
            Some(node) => {
                let policy = match node.as_str() {
                    Some("AlwaysAllow") => UnhealthyPodEvictionPolicy::AlwaysAllow,
                    Some("IfHealthyBudget") => UnhealthyPodEvictionPolicy::IfHealthyBudget,
                    _ => {
                        let message = "`unhealthyPodEvictionPolicy` is neither AlwaysAllow nor IfHealthyBudget";
                        reader.wrong(node, message);
                        UnhealthyPodEvictionPolicy::default()
                    }
                };
                Field::written(policy, node.mark)
            }
        };
        if !reader.found.is_empty() {
            return Err(reader.found);
        }
        Ok(Self { identity: object.identity(), mark: object.mark(), selector, rule, unhealthy })
    }

    /// Returns whether it guards the pods with these labels in this namespace. A budget without a selector guards
    /// none; one with an empty selector all.
    ///
    /// Source: `k8s.io/api/policy/v1`, `PodDisruptionBudgetSpec.Selector`.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use tidegate_workload::Budget;
    /// # fn object(text: &str) -> tidegate_object::Object {
    /// #     tidegate_object::manifests(text.into(), tidegate_source::SourceId::NONE).expect("no mistake").remove(0)
    /// # }
    ///
    /// // An empty selector selects every pod of its namespace, and no pod of another.
    /// let all = Budget::from_object(&object(
    ///     "{apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: all, namespace: tomoda}, spec: {selector: {}}}",
    /// )).map_err(|all| all[0].clone())?;
    /// assert!(all.selects("tomoda", &BTreeMap::new()));
    /// assert!(!all.selects("monitoring", &BTreeMap::new()));
    /// # Ok::<(), tidegate_source::Diagnostic>(())
    /// ```
    #[must_use]
    pub fn selects(&self, namespace: &str, labels: &BTreeMap<String, String>) -> bool {
        self.identity.namespace == namespace
            && self.selector.written
            && self.selector.value.matches(labels)
    }
}
