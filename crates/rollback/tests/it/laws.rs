use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use tidegate_rollback::{
    Change, Deployed, Fact, Pin, ReplicaSetRevision, RollbackPlan, RolloutEnd, RuledOut, Situation,
    TemplateRevision, Way, compare, select_replica_set, undo_effect,
};

use crate::compare::{deployed, situation};

/// What the devops repository says: the pins of the overlay and the held versions.
#[derive(Clone, Debug, PartialEq)]
struct Git {
    pins: BTreeMap<String, Pin>,
    held: BTreeSet<String>,
}

impl Git {
    fn take(&mut self, plan: &RollbackPlan, way: Way) {
        for change in &plan.way(way).expect("all ways are compared").changes {
            match change {
                Change::Image { component, from, to } => {
                    assert_eq!(
                        self.pins.insert(component.clone(), to.clone()).as_ref(),
                        Some(from)
                    );
                }
                Change::Hold { version } => {
                    self.held.insert(version.clone());
                }
                _ => {}
            }
        }
    }

    /// An updater's round: the greatest version that is not held, never lower than the present one.
    fn update(&mut self, all: &[Deployed], present: &str) {
        let free = all.iter().filter(|it| !self.held.contains(&it.version));
        let greatest = free.max_by_key(|it| it.version.clone());
        if let Some(it) = greatest
            && it.version.as_str() > present
        {
            self.pins = it.pins.clone();
        }
    }
}

fn histories() -> impl Strategy<Value = Vec<Deployed>> {
    let entry = (0..9_u8, 0..4_u8, any::<bool>());
    prop::collection::vec(entry, 0..9).prop_map(|rows| {
        let entry = |(nth, (version, end, held)): (usize, (u8, u8, bool))| Deployed {
            rollout: match end {
                0 => RolloutEnd::Unfinished(Fact::new("late")),
                1 => RolloutEnd::Unknown,
                _ => RolloutEnd::Finished,
            },
            held: (held && end == 3).then(|| Fact::new("bad")),
            ..deployed(&format!("1.{version}.0"), &format!("c{nth}"))
        };
        rows.into_iter().enumerate().map(entry).collect()
    })
}

proptest! {
    #[test]
    fn plan_then_rollback_restores_the_start(before in 0..4_u8, by_revert in any::<bool>()) {
        let start = deployed(&format!("1.{before}.0"), "cafe");
        let bad = deployed("1.4.0", "f00d");
        let mut git = Git { pins: start.pins.clone(), held: BTreeSet::new() };
        let began = git.clone();
        let all = [start.clone(), bad.clone()];
        git.update(&all, &start.version);
        prop_assert_eq!(&git.pins, &bad.pins);
        let plan = compare(&situation(vec![start.clone(), bad]));
        git.take(&plan, if by_revert { Way::Revert } else { Way::Override });
        prop_assert_eq!(&git.pins, &began.pins);
        // And it stays: the updater's next round changes nothing.
        git.update(&all, &start.version);
        prop_assert_eq!(git.pins, began.pins);
    }

    #[test]
    fn the_choice_is_the_newest_that_nothing_rules_out(history in histories()) {
        let plan = compare(&situation(history.clone()));
        // A second, stupid reader of the same rule.
        let current = history.last().map(|it| it.version.clone());
        let good = history.iter().rev().find(|it| {
            Some(&it.version) != current.as_ref()
                && it.rollout == RolloutEnd::Finished
                && it.held.is_none()
        });
        prop_assert_eq!(plan.to.as_ref(), good);
        prop_assert_eq!(plan.considered.len(), history.len());
        let chosen = plan.considered.iter().filter(|it| it.ruled_out.is_none()).count();
        prop_assert_eq!(chosen, usize::from(good.is_some()));
        let older = plan.considered.iter().skip_while(|it| it.ruled_out.is_some()).skip(1);
        for it in older {
            prop_assert!(it.ruled_out.is_some());
            prop_assert!(good.is_some() || it.ruled_out != Some(RuledOut::OlderThanChoice));
        }
    }

    #[test]
    fn what_is_recommended_is_allowed_and_writes_git(history in histories(), outranked in any::<bool>()) {
        let mut given: Situation = situation(history);
        if outranked {
            given.outranked_by.push(Fact::new("elsewhere"));
        }
        let plan = compare(&given);
        if let Some(way) = plan.recommended {
            prop_assert!(way.writes_git());
            prop_assert!(plan.way(way).is_some_and(tidegate_rollback::WayPlan::is_allowed));
        }
    }

    #[test]
    fn undoing_twice_restores_the_template(templates in prop::collection::vec(0..6_u8, 2..8)) {
        let mut sets: Vec<TemplateRevision<u8>> = Vec::new();
        for template in templates {
            let revision = sets.iter().map(|it| it.revision).max().unwrap_or(0) + 1;
            match sets.iter_mut().find(|it| it.template == template) {
                Some(set) => set.revision = revision,
                None => sets.push(TemplateRevision {
                    name: format!("web-{template}"),
                    revision,
                    template,
                    former: String::new(),
                }),
            }
        }
        prop_assume!(sets.len() > 1);
        let current = |sets: &[TemplateRevision<u8>]| {
            sets.iter().max_by_key(|it| it.revision).map(|it| it.template)
        };
        let once = undo_effect("web", &sets, 0).unwrap();
        prop_assert_ne!(current(&once.sets), current(&sets));
        let twice = undo_effect("web", &once.sets, 0).unwrap();
        prop_assert_eq!(current(&twice.sets), current(&sets));
        prop_assert_eq!(twice.history_revisions().len(), sets.len());
    }

    #[test]
    fn the_previous_of_distinct_revisions_is_the_second_greatest(
        revisions in prop::collection::btree_set(0..50_i64, 2..9),
        rotate in 0..9_usize,
    ) {
        let mut texts: Vec<String> = revisions.iter().map(ToString::to_string).collect();
        let second = revisions.iter().rev().nth(1).copied();
        let length = texts.len();
        texts.rotate_left(rotate % length);
        let sets: Vec<_> = texts.iter().map(|it| ReplicaSetRevision::new(it, Some(it))).collect();
        prop_assert_eq!(select_replica_set("web", &sets, 0).ok().map(|it| it.revision), second);
    }
}
