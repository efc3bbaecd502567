use std::collections::{BTreeMap, HashMap};

use super::budget::Budget;

/// Many budgets, found by the pods that they guard without asking each of them.
///
/// ```
/// use std::collections::BTreeMap;
///
/// use tidegate_source::Mark;
/// use tidegate_workload::{Budget, BudgetIndex, BudgetRule, Field, LabelSelector};
///
/// let labels = BTreeMap::from([("app".to_owned(), "web".to_owned())]);
/// let selector = LabelSelector { match_labels: labels.clone(), ..LabelSelector::default() };
/// let budgets = [Budget {
///     identity: Default::default(),
///     mark: Mark::NONE,
///     selector: Field::written(selector, Mark::NONE),
///     rule: Field::default_in(BudgetRule::None, Mark::NONE),
///     unhealthy: Field::default_in(Default::default(), Mark::NONE),
/// }];
/// let index = BudgetIndex::new(&budgets);
/// assert_eq!(index.selecting("", &labels), [0]);
/// assert!(index.selecting("shop", &labels).is_empty());
/// ```
#[derive(Clone, Debug)]
pub struct BudgetIndex<'b> {
    budgets: &'b [Budget],
    /// By namespace and one label that everything selected has.
    labelled: HashMap<(&'b str, &'b str, &'b str), Vec<usize>>,
    /// By namespace, those that ask for no label's value.
    others: HashMap<&'b str, Vec<usize>>,
}

impl<'b> BudgetIndex<'b> {
    /// Indexes budgets.
    #[must_use]
    pub fn new(budgets: &'b [Budget]) -> Self {
        let mut index = Self { budgets, labelled: HashMap::new(), others: HashMap::new() };
        // The label that the fewest budgets ask for tells most.
        let mut asked: HashMap<(&str, &str), usize> = HashMap::new();
        let labels = |budget: &'b Budget| budget.selector.value.match_labels.iter();
        for (key, value) in budgets.iter().flat_map(labels) {
            *asked.entry((key, value)).or_default() += 1;
        }
        for (at, budget) in budgets.iter().enumerate() {
            let namespace = budget.identity.namespace.as_str();
            let rarest = labels(budget)
                .min_by_key(|(key, value)| asked.get(&(key.as_str(), value.as_str())).copied());
            match rarest {
                Some((key, value)) => index.labelled.entry((namespace, key, value)).or_default(),
                None => index.others.entry(namespace).or_default(),
            }
            .push(at);
        }
        index
    }

    /// Returns the places in the list of those that guard pods with these labels in this namespace, in their order.
    #[must_use]
    pub fn selecting(&self, namespace: &str, labels: &BTreeMap<String, String>) -> Vec<usize> {
        let by_label = labels.iter().filter_map(|(key, value)| {
            self.labelled.get(&(namespace, key.as_str(), value.as_str()))
        });
        let candidates = by_label.chain(self.others.get(namespace)).flatten().copied();
        let selects =
            |at: &usize| self.budgets.get(*at).is_some_and(|it| it.selects(namespace, labels));
        let mut found: Vec<usize> = candidates.filter(selects).collect();
        found.sort_unstable();
        found
    }
}
