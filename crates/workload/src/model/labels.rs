use std::collections::BTreeMap;

use tidegate_object::Node;

use super::read::Reader;

/// How a requirement compares a label.
///
/// ```
/// use std::collections::BTreeMap;
/// use tidegate_workload::{LabelSelector, LabelSelectorOperator, LabelSelectorRequirement};
///
/// let selects_unlabelled = |operator| {
///     let requirement = LabelSelectorRequirement { key: "app".into(), operator, values: vec!["hub".into()] };
///     LabelSelector { match_expressions: vec![requirement], ..LabelSelector::default() }
///         .matches(&BTreeMap::new())
/// };
/// assert!(selects_unlabelled(LabelSelectorOperator::NotIn));
/// assert!(selects_unlabelled(LabelSelectorOperator::DoesNotExist));
/// assert!(!selects_unlabelled(LabelSelectorOperator::In));
/// assert!(!selects_unlabelled(LabelSelectorOperator::Exists));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LabelSelectorOperator {
    /// The label has one of the values.
    In,
    /// The label is missing or has none of the values.
    NotIn,
    /// The label is there.
    Exists,
    /// The label is missing.
    DoesNotExist,
}

/// One of the `matchExpressions` of a selector.
///
/// ```
/// use std::collections::BTreeMap;
/// use tidegate_workload::{LabelSelector, LabelSelectorOperator, LabelSelectorRequirement};
///
/// let not_canary = LabelSelectorRequirement {
///     key: "track".into(),
///     operator: LabelSelectorOperator::NotIn,
///     values: vec!["canary".into()],
/// };
/// let selector = LabelSelector { match_expressions: vec![not_canary], ..LabelSelector::default() };
/// let labels = |track: &str| BTreeMap::from([("track".to_owned(), track.to_owned())]);
/// assert!(selector.matches(&labels("stable")) && !selector.matches(&labels("canary")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelSelectorRequirement {
    /// The label.
    pub key: String,
    /// How it is compared.
    pub operator: LabelSelectorOperator,
    /// With what.
    pub values: Vec<String>,
}

/// Selects objects by their labels; all its requirements must hold. Without any, it selects everything.
///
/// Source: `k8s.io/apimachinery/pkg/apis/meta/v1`, type `LabelSelector`.
///
/// ```
/// use std::collections::BTreeMap;
/// use tidegate_workload::LabelSelector;
///
/// let labels = BTreeMap::from([("app".to_owned(), "web".to_owned())]);
/// assert!(LabelSelector::default().matches(&labels));
/// let selector = LabelSelector { match_labels: labels.clone(), ..LabelSelector::default() };
/// assert!(selector.matches(&labels));
/// assert!(!selector.matches(&BTreeMap::new()));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelSelector {
    /// Labels with their values.
    pub match_labels: BTreeMap<String, String>,
    /// Further requirements.
    pub match_expressions: Vec<LabelSelectorRequirement>,
}

impl LabelSelector {
    /// Returns whether these labels are selected.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use tidegate_workload::LabelSelector;
    ///
    /// let labels = |all: &[(&str, &str)]| -> BTreeMap<String, String> {
    ///     all.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
    /// };
    /// let hub = LabelSelector { match_labels: labels(&[("app", "hub")]), ..LabelSelector::default() };
    /// assert!(hub.matches(&labels(&[("app", "hub"), ("track", "canary")])));
    /// assert!(!hub.matches(&labels(&[("app", "worker")])));
    /// ```
    #[must_use]
    pub fn matches(&self, labels: &BTreeMap<String, String>) -> bool {
        let expressed = self.match_expressions.iter().all(|it| {
            let value = labels.get(&it.key);
            let listed = value.is_some_and(|value| it.values.contains(value));
            match it.operator {
                LabelSelectorOperator::In => listed,
                LabelSelectorOperator::NotIn => !listed,
                LabelSelectorOperator::Exists => value.is_some(),
                LabelSelectorOperator::DoesNotExist => value.is_none(),
            }
        });
        expressed && self.match_labels.iter().all(|(key, value)| labels.get(key) == Some(value))
    }

    pub(super) fn read(node: &Node, reader: &mut Reader) -> Self {
        let match_labels = node.get("matchLabels").map(|it| labels(it, reader)).unwrap_or_default();
        let mut match_expressions = Vec::new();
        for requirement in reader.list(node, "matchExpressions") {
            let operator = match reader.text(requirement, "operator").unwrap_or_default() {
                "In" => LabelSelectorOperator::In,
                "NotIn" => LabelSelectorOperator::NotIn,
                "Exists" => LabelSelectorOperator::Exists,
                "DoesNotExist" => LabelSelectorOperator::DoesNotExist,
                _ => {
                    reader.wrong(
                        requirement.get("operator").unwrap_or(requirement),
                        "operator is not one of In, NotIn, Exists and DoesNotExist",
                    );
                    continue;
                }
            };
            let values = reader.list(requirement, "values");
            let values = values.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect();
            let key = reader.text(requirement, "key").unwrap_or_default().to_owned();
            match_expressions.push(LabelSelectorRequirement { key, operator, values });
        }
        Self { match_labels, match_expressions }
    }
}

/// Reads a mapping of texts.
pub(super) fn labels(node: &Node, reader: &mut Reader) -> BTreeMap<String, String> {
    let mut labels = BTreeMap::new();
    let Some(map) = node.as_map() else {
        if !node.is_null() {
            reader.wrong(node, "labels are not a mapping");
        }
        return labels;
    };
    for (key, value) in map.iter() {
        match value.as_str() {
            Some(text) => {
                labels.insert(key.to_owned(), text.to_owned());
            }
            None => reader.wrong(value, &format!("the value of label `{key}` is not a string")),
        }
    }
    labels
}
