use crate::argocd::{
    AutoSync, AutoSyncState, RollbackRequest, SyncStatus, argocd_auto_sync, argocd_rollback,
};
use crate::choose::choose;
use crate::configuration::{Availability, ConfigurationNeed};
use crate::plan::{Act, Change, Reaction, RollbackPlan, Way, WayPlan, When};
use crate::situation::{Deployed, Fact, ObeysHold, Situation, UndoFacts, Updater};
use crate::undo::{Paused, TemplateDifference, Undone, undo_outcome};

/// Compares the ways to go back and recommends one.
///
/// The target is what [`Situation::target`] names, or the last version whose rollout finished, that is not held and
/// whose images can still be pulled. The recommended way is the override with a hold; where it is refused or would not
/// last, the revert with a hold; the two ways that leave git out of step are shown and never recommended.
///
/// # Examples
///
/// See the [front page](crate).
///
/// ```
/// use tidegate_rollback::{Way, compare};
/// # fn situation() -> tidegate_rollback::Situation {
/// #     use tidegate_rollback::{Deployed, Fact, Pin, Reconciler, RolloutEnd, Situation};
/// #     let deployed = |version: &str, rollout| {
/// #         let pin = Pin { tag: version.into(), digest: None };
/// #         Deployed::new(version, format!("c{version}"), [("backend".into(), pin)].into(), rollout)
/// #     };
/// #     let (settings, late) = (Fact::new("deployed by hand"), Fact::new("missed its deadline"));
/// #     let reconciler = Reconciler { name: "tidegate".into(), automated: None, poll_s: 180, settings };
/// #     let history = vec![deployed("1.3.0", RolloutEnd::Finished), deployed("1.4.0", RolloutEnd::Unfinished(late))];
/// #     Situation::new("prod", "overlays/prod/kustomization.yaml", history, reconciler)
/// # }
///
/// let plan = compare(&situation());
/// assert_eq!(plan.to.as_ref().map(|it| &*it.version), Some("1.3.0"));
/// assert_eq!(plan.recommended, Some(Way::Override));
/// // Nothing was ever deployed: there is nowhere to go.
/// let mut empty = situation();
/// empty.history.clear();
/// assert_eq!(compare(&empty).recommended, None);
/// ```
#[must_use]
pub fn compare(situation: &Situation) -> RollbackPlan {
    let choice = choose(situation);
    let present = situation.history.last();
    let ways: Vec<WayPlan> = match (choice.chosen, present) {
        (Some(to), Some(from)) => {
            let road = Road { situation, from, to };
            Way::ALL.map(|way| road.way(way)).into()
        }
        _ => Vec::new(),
    };
    let good = |way: &&WayPlan| way.way.writes_git() && way.is_allowed();
    let recommended =
        ways.iter().filter(good).find(|way| way.lasts()).or_else(|| ways.iter().find(good));
    RollbackPlan {
        environment: situation.environment.clone(),
        components: situation.components.clone(),
        from: present.map(|it| it.version.clone()),
        to: choice.chosen.cloned(),
        considered: choice.considered,
        warnings: choice.warnings,
        recommended: recommended.map(|it| it.way),
        ways,
    }
}

/// From one version to another.
struct Road<'s> {
    situation: &'s Situation,
    from: &'s Deployed,
    to: &'s Deployed,
}

impl Road<'_> {
    fn way(&self, way: Way) -> WayPlan {
        match way {
            Way::Override => self.by_override(),
            Way::Revert => self.by_revert(),
            Way::ArgoCdHistory => self.by_argocd(),
            Way::RolloutUndo => self.by_undo(),
        }
    }

    fn by_override(&self) -> WayPlan {
        let others = self.situation.revert.commits.iter().flat_map(|commit| {
            commit.other_paths.iter().map(|path| {
                Fact::new(format!("{path} as {} ({}) left it", commit.id, commit.subject))
            })
        });
        WayPlan {
            way: Way::Override,
            refused: self.situation.outranked_by.clone(),
            changes: self.pins().chain(self.hold()).collect(),
            stays_behind: others.collect(),
            next: self.after_commit(),
        }
    }

    fn by_revert(&self) -> WayPlan {
        let facts = &self.situation.revert;
        let mut refused = self.situation.outranked_by.clone();
        refused.extend(facts.conflicts.iter().cloned());
        if facts.commits.is_empty() {
            refused.push(Fact::new("no commit since changed what the environment renders"));
        }
        let reverts = facts.commits.iter().map(|commit| Change::Revert {
            commit: commit.id.clone(),
            subject: commit.subject.clone(),
            other_paths: commit.other_paths.clone(),
        });
        WayPlan {
            way: Way::Revert,
            refused,
            changes: reverts.chain(self.pins()).chain(self.hold()).collect(),
            stays_behind: Vec::new(),
            next: self.after_commit(),
        }
    }

    fn by_argocd(&self) -> WayPlan {
        let reconciler = &self.situation.reconciler;
        let mut refused = Vec::new();
        let mut changes = Vec::new();
        if let Some(argocd) = &self.situation.argocd {
            let entry = argocd.history.iter().rev().find(|it| it.revision == self.to.commit);
            let request =
                RollbackRequest { id: entry.map_or(-1, |it| it.id), prune: false, dry_run: false };
            let automated = reconciler.automated.is_some();
            match argocd_rollback(argocd.deleting, automated, &argocd.history, request) {
                Ok(sync) => changes.push(Change::LiveRevision { revision: sync.revision }),
                Err(refusal @ crate::RollbackRefusal::AutoSync) => refused.push(Fact {
                    text: format!("{refusal}: {}", reconciler.settings.text),
                    place: reconciler.settings.place.clone(),
                }),
                Err(crate::RollbackRefusal::UnknownId(_)) => refused.push(Fact::new(format!(
                    "the history of {} has no entry for commit {}",
                    argocd.application, self.to.commit
                ))),
                Err(refusal @ crate::RollbackRefusal::Deleting) => {
                    refused.push(Fact::new(refusal.to_string()));
                }
            }
        } else {
            refused.push(Fact::new("no Argo CD Application deploys the environment"));
        }
        WayPlan {
            way: Way::ArgoCdHistory,
            refused,
            changes,
            stays_behind: vec![self.git_stays()],
            next: self.after_live_change(),
        }
    }

    fn by_undo(&self) -> WayPlan {
        let reconciler = &self.situation.reconciler;
        let mut refused = Vec::new();
        let mut changes = Vec::new();
        if reconciler.automated.is_some_and(|it| it.self_heal) {
            refused.push(Fact {
                text: format!(
                    "{} would undo it at once: {}",
                    reconciler.name, reconciler.settings.text
                ),
                place: reconciler.settings.place.clone(),
            });
        }
        if self.situation.undo.is_empty() {
            refused.push(Fact::new("the cluster has no workload of these components"));
        }
        for workload in &self.situation.undo {
            match undo_workload(workload) {
                Ok(change) => changes.extend(change),
                Err(facts) => refused.extend(facts),
            }
        }
        let needs = self.situation.undo.iter().flat_map(|it| &it.needs);
        let kept = needs
            .filter(|need| need.availability == Availability::InGit)
            .map(|need| Fact::new(format!("{} with its present content ({})", need.of, need.path)));
        WayPlan {
            way: Way::RolloutUndo,
            refused,
            changes,
            stays_behind: [self.git_stays()].into_iter().chain(kept).collect(),
            next: self.after_live_change(),
        }
    }

    fn pins(&self) -> impl Iterator<Item = Change> {
        self.situation.components.iter().filter_map(|component| {
            let from = self.from.pins.get(component)?;
            let to = self.to.pins.get(component)?;
            (from != to).then(|| Change::Image {
                component: component.clone(),
                from: from.clone(),
                to: to.clone(),
            })
        })
    }

    fn hold(&self) -> impl Iterator<Item = Change> {
        let told = self.situation.updaters.iter().filter_map(|updater| match &updater.obeys {
            ObeysHold::ByEdit(edit) => {
                Some(Change::TellUpdater { updater: updater.name.clone(), edit: edit.clone() })
            }
            ObeysHold::ByItself | ObeysHold::No(_) => None,
        });
        [Change::Hold { version: self.from.version.clone() }].into_iter().chain(told)
    }

    fn git_stays(&self) -> Fact {
        Fact::new(format!(
            "{} in git still says {}: the cluster differs from git",
            self.situation.overlay, self.from.version
        ))
    }

    /// What follows a commit that pins the older images and holds the version.
    fn after_commit(&self) -> Vec<Reaction> {
        let reconciler = &self.situation.reconciler;
        let state = out_of_sync(self.situation, false);
        let when = match argocd_auto_sync(&state) {
            AutoSync::Start { .. } => When::WithinSeconds(reconciler.poll_s),
            _ => When::ByHand,
        };
        let applies = Reaction {
            who: reconciler.name.clone(),
            act: Act::Applies,
            when,
            because: reconciler.settings.clone(),
        };
        [applies]
            .into_iter()
            .chain(self.situation.updaters.iter().map(|it| self.held(it)))
            .collect()
    }

    fn held(&self, updater: &Updater) -> Reaction {
        let when = updater.interval_s.map_or(When::ByHand, When::WithinSeconds);
        let version = &self.from.version;
        let (act, because) = match &updater.obeys {
            ObeysHold::ByItself => (
                Act::Nothing,
                Fact::new(format!("the hold on {version}; a later version passes it")),
            ),
            ObeysHold::ByEdit(edit) => {
                (Act::Nothing, Fact { text: edit.clone(), place: updater.settings.place.clone() })
            }
            ObeysHold::No(fact) => match &updater.would_choose {
                Some(chosen) if *chosen != self.to.version => {
                    (Act::PutsBack { version: chosen.clone() }, fact.clone())
                }
                _ => (Act::Nothing, updater.settings.clone()),
            },
        };
        Reaction { who: updater.name.clone(), act, when, because }
    }

    /// What follows a change of the cluster that git does not know.
    fn after_live_change(&self) -> Vec<Reaction> {
        let reconciler = &self.situation.reconciler;
        let state = out_of_sync(self.situation, true);
        let when = match argocd_auto_sync(&state) {
            AutoSync::Start { .. } | AutoSync::RetryAfter(_) => When::AtOnce,
            _ if reconciler.automated.is_some() => When::NextCommit,
            _ => When::ByHand,
        };
        let puts_back = Reaction {
            who: reconciler.name.clone(),
            act: Act::PutsBack { version: self.from.version.clone() },
            when,
            because: reconciler.settings.clone(),
        };
        let updaters = self.situation.updaters.iter().map(|updater| {
            let act = match &updater.would_choose {
                Some(chosen) if *chosen != self.from.version => {
                    Act::PutsBack { version: chosen.clone() }
                }
                _ => Act::Nothing,
            };
            Reaction {
                who: updater.name.clone(),
                because: Fact {
                    text: format!("git says {}, and nothing is held", self.from.version),
                    place: updater.settings.place.clone(),
                },
                when: updater.interval_s.map_or(When::ByHand, When::WithinSeconds),
                act,
            }
        });
        [puts_back].into_iter().chain(updaters).collect()
    }
}

/// The state in which the reconciler finds the application: out of sync, by a new commit or by a change of the cluster.
fn out_of_sync(situation: &Situation, git_is_known: bool) -> AutoSyncState {
    AutoSyncState {
        automated: situation.reconciler.automated,
        operation_in_progress: false,
        deleting: situation.argocd.as_ref().is_some_and(|it| it.deleting),
        sync_status: SyncStatus::OutOfSync,
        already_attempted: git_is_known,
        last_attempt_ok: true,
        only_prune_needed: false,
        all_resources_would_be_pruned: false,
        self_heal_backoff_left_s: 0,
    }
}

fn undo_workload(facts: &UndoFacts) -> Result<Option<Change>, Vec<Fact>> {
    let workload = &facts.workload;
    let missing = |need: &ConfigurationNeed| {
        let why = match need.availability {
            Availability::Pruned => "git has it no longer, and the next sync deletes it",
            _ => "it is gone",
        };
        Fact::new(format!("{workload} needs {} ({}): {why}", need.of, need.path))
    };
    let mut refused: Vec<Fact> =
        facts.needs.iter().filter(|it| it.is_missing()).map(missing).collect();
    let Some(revision) = facts.revision else {
        refused.push(Fact::new(format!("{workload} has no revision with that image any more")));
        return Err(refused);
    };
    match undo_outcome(facts.paused, facts.difference, revision) {
        Ok(_) if !refused.is_empty() => Err(refused),
        Ok(Undone::RolledBack) => {
            Ok(Some(Change::LiveTemplate { workload: workload.clone(), revision }))
        }
        Ok(Undone::Skipped(_)) => {
            debug_assert!(facts.difference != TemplateDifference::Different);
            Ok(None)
        }
        Err(paused @ Paused) => {
            refused.push(Fact::new(format!("{workload}: {paused}")));
            Err(refused)
        }
    }
}
