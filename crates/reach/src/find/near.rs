//! Selectors that choose nothing, beside the pods that they nearly choose.

use std::collections::BTreeMap;

use tidegate_source::{Diagnostic, Label, Mark};

use super::Find;
use super::elsewhere::alike;
use crate::pods::Pods;
use crate::selector::Selector;

/// A selector that chooses nothing, and where it was written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chooser<'s> {
    pub(super) namespace: &'s str,
    pub(super) selector: &'s Selector,
    pub(super) mark: Mark,
    /// Where each of its values was written.
    pub(super) marks: &'s BTreeMap<String, Mark>,
}

impl Find<'_> {
    /// Points at a selector and at the label of the nearest pods that it misses. The first place is the one that most
    /// probably is wrong: the label, where it comes from another file than the other labels and the selector does not.
    pub(super) fn with_near_miss(&self, finding: Diagnostic, chooser: Chooser<'_>) -> Diagnostic {
        let Chooser { namespace, selector, mark, marks } = chooser;
        let Some(near) = self.nearest_pods(namespace, selector) else {
            return finding.at(Label::new(mark, ""));
        };
        let differs =
            |(key, value): &(&str, &str)| near.labels.get(*key).is_none_or(|it| it != value);
        let Some((key, value)) = selector.wanted().find(differs) else {
            return finding
                .at(Label::new(mark, ""))
                .at(Label::new(near.mark, "the pods with the nearest labels"));
        };
        let asked = marks.get(key).copied().unwrap_or(mark);
        let asked = if asked.source == mark.source { mark } else { asked };
        let pods = near.called();
        let (Some(own), Some(label)) = (near.labels.get(key), near.label_marks.get(key)) else {
            return finding
                .at(Label::new(asked, ""))
                .at(Label::new(near.mark, "the pods with the nearest labels"))
                .help(format!("pods of {pods} have no label `{key}`"));
        };
        let patched = label.source != near.mark.source && asked == mark;
        let finding = if patched {
            finding
                .at(Label::new(*label, format!("pods of {pods} have this value")))
                .at(Label::new(mark, format!("{value} is asked for")))
        } else {
            finding
                .at(Label::new(asked, ""))
                .at(Label::new(*label, "the pods with the nearest labels"))
        };
        finding.help(format!("pods of {pods} have {key}={own}, not {value}"))
    }

    /// The pods of a namespace whose labels are nearest to what a selector asks for: with most of them, or a slip in them.
    fn nearest_pods(&self, namespace: &str, selector: &Selector) -> Option<&Pods> {
        let score = |pods: &&Pods| {
            let near = |(key, value): (&str, &str)| match pods.labels.get(key) {
                Some(it) if it == value => 2,
                Some(it) if alike(it, value) => 1,
                _ => 0,
            };
            selector.wanted().map(near).sum::<usize>()
        };
        let here = self.index.all(namespace).iter().map(|at| &self.network.pods[*at]);
        // Of those with equally many the first.
        let best = here.rev().max_by_key(score)?;
        (score(&best) > 0).then_some(best)
    }
}
