use std::collections::HashMap;

use crate::pods::{Added, Pods};
use crate::selector::Selector;
use crate::verdict::Match;

/// Pods by namespace and label, so that a selector is held against those alone that it may choose.
pub(crate) struct Index<'p> {
    pods: &'p [Pods],
    here: HashMap<&'p str, Here<'p>>,
}

/// The pods of one namespace.
#[derive(Default)]
struct Here<'p> {
    all: Vec<usize>,
    by_label: HashMap<(&'p str, &'p str), Vec<usize>>,
    /// Those to which a controller adds a label of this key.
    by_added: HashMap<&'static str, Vec<usize>>,
    /// Those that may have any label.
    open: Vec<usize>,
}

impl<'p> Index<'p> {
    pub(crate) fn new(pods: &'p [Pods]) -> Self {
        let mut here: HashMap<&str, Here<'_>> = HashMap::new();
        for (at, it) in pods.iter().enumerate() {
            let here = here.entry(&it.identity.namespace).or_default();
            here.all.push(at);
            for (key, value) in &it.labels {
                here.by_label.entry((key, value)).or_default().push(at);
            }
            match &it.added {
                Added::Nothing => {}
                Added::Anything => here.open.push(at),
                Added::ByKind(keys) => {
                    for key in *keys {
                        here.by_added.entry(key).or_default().push(at);
                    }
                }
            }
        }
        Self { pods, here }
    }

    /// The pods of a namespace that a selector chooses or may choose, in their order.
    pub(crate) fn chosen(&self, namespace: &str, selector: &Selector) -> Vec<(usize, Match)> {
        let Some(here) = self.here.get(namespace) else { return Vec::new() };
        let decide = |at: usize| {
            let chosen = self.pods[at].chosen_by(selector);
            chosen.possible().then_some((at, chosen))
        };
        let ways = selector.entries().map(|(key, values)| here.candidates(key, values));
        match ways.min_by_key(Vec::len) {
            None => here.all.iter().copied().filter_map(decide).collect(),
            Some(mut candidates) => {
                candidates.sort_unstable();
                candidates.dedup();
                candidates.into_iter().filter_map(decide).collect()
            }
        }
    }

    /// The pods of a namespace.
    pub(crate) fn all(&self, namespace: &str) -> &[usize] {
        self.here.get(namespace).map_or(&[], |it| &it.all)
    }
}

impl Here<'_> {
    /// The pods that have one of these labels, or may.
    fn candidates(&self, key: &str, values: &[String]) -> Vec<usize> {
        let labelled = values.iter().filter_map(|value| self.by_label.get(&(key, value.as_str())));
        let added = self.by_added.get(key).into_iter();
        labelled.chain(added).chain([&self.open]).flatten().copied().collect()
    }
}
