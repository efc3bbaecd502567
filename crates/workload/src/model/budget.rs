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
    #[must_use]
    pub fn is_budget(object: &Object) -> bool {
        object.kind() == "PodDisruptionBudget" && object.group() == "policy"
    }

    /// Reads a PodDisruptionBudget.
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
    #[must_use]
    pub fn selects(&self, namespace: &str, labels: &BTreeMap<String, String>) -> bool {
        self.identity.namespace == namespace
            && self.selector.written
            && self.selector.value.matches(labels)
    }
}
