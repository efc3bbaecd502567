use std::collections::BTreeMap;

use tidegate_rollback::{
    Act, ArgoCdFacts, Automated, Availability, Change, CommitSince, ConfigurationKind,
    ConfigurationName, ConfigurationNeed, Deployed, Fact, HistoryEntry, ObeysHold, Pin, Reconciler,
    RevertFacts, RollbackPlan, RolloutEnd, RuledOut, Situation, Target, TemplateDifference,
    UndoFacts, Updater, Way, When, compare,
};
use tidegate_source::Place;

const AUTOMATED: Automated = Automated { prune: true, self_heal: false, allow_empty: false };

pub(crate) fn deployed(version: &str, commit: &str) -> Deployed {
    let pin = |component: &str| {
        (
            component.to_owned(),
            Pin { tag: format!("v{version}"), digest: Some(format!("sha256:{commit}")) },
        )
    };
    Deployed {
        version: version.to_owned(),
        pins: BTreeMap::from([pin("backend"), pin("frontend")]),
        commit: commit.to_owned(),
        rollout: RolloutEnd::Finished,
        held: None,
        image_gone: None,
    }
}

pub(crate) fn situation(history: Vec<Deployed>) -> Situation {
    let line = Place { file: "argocd/prod.yaml".to_owned(), line: 14, column: 7 };
    Situation {
        environment: "prod".to_owned(),
        components: vec!["backend".to_owned(), "frontend".to_owned()],
        overlay: "overlays/prod/kustomization.yaml".to_owned(),
        history,
        target: Target::LastGood,
        reconciler: Reconciler {
            name: "argocd".to_owned(),
            automated: Some(AUTOMATED),
            poll_s: 180,
            settings: Fact::read_at("syncPolicy.automated is set", line),
        },
        updaters: vec![Updater {
            name: "tidegate update".to_owned(),
            interval_s: Some(60),
            obeys: ObeysHold::ByItself,
            would_choose: None,
            settings: Fact::new("the policy of prod"),
        }],
        outranked_by: Vec::new(),
        revert: RevertFacts {
            commits: vec![CommitSince {
                id: "f00d".to_owned(),
                subject: "deploy: 1.3.0".to_owned(),
                other_paths: vec!["base/settings.yaml".to_owned()],
            }],
            conflicts: Vec::new(),
        },
        argocd: Some(ArgoCdFacts {
            application: "tomoda-prod".to_owned(),
            deleting: false,
            history: vec![HistoryEntry { id: 4, revision: "cafe".to_owned() }],
        }),
        undo: vec![UndoFacts {
            workload: "Deployment/backend".to_owned(),
            paused: false,
            revision: Some(7),
            difference: TemplateDifference::Different,
            needs: Vec::new(),
        }],
    }
}

fn two() -> Situation {
    situation(vec![deployed("1.2.0", "cafe"), deployed("1.3.0", "f00d")])
}

#[track_caller]
fn refusals(plan: &RollbackPlan, way: Way) -> Vec<String> {
    plan.way(way).expect("all ways are compared").refused.iter().map(ToString::to_string).collect()
}

#[track_caller]
fn target(situation: &Situation) -> Option<String> {
    compare(situation).to.map(|it| it.version)
}

#[test]
fn the_override_pins_every_component_and_holds_the_version() {
    let plan = compare(&two());
    assert_eq!(plan.recommended, Some(Way::Override));
    let changes: Vec<String> =
        plan.way(Way::Override).unwrap().changes.iter().map(ToString::to_string).collect();
    assert_eq!(
        changes,
        [
            "backend: v1.3.0@sha256:f00d becomes v1.2.0@sha256:cafe",
            "frontend: v1.3.0@sha256:f00d becomes v1.2.0@sha256:cafe",
            "hold on 1.3.0",
        ]
    );
}

#[test]
fn what_the_override_leaves_the_revert_takes_back() {
    let plan = compare(&two());
    let left = &plan.way(Way::Override).unwrap().stays_behind;
    assert_eq!(left[0].text, "base/settings.yaml as f00d (deploy: 1.3.0) left it");
    let revert = plan.way(Way::Revert).unwrap();
    assert!(revert.stays_behind.is_empty());
    assert_eq!(
        revert.changes[0].to_string(),
        "reverts f00d \"deploy: 1.3.0\", and with it base/settings.yaml"
    );
}

#[test]
fn the_last_finished_version_is_chosen_and_the_others_are_explained() {
    let mut versions: Vec<Deployed> =
        ["1.0.0", "1.1.0", "1.2.0", "1.3.0", "1.4.0", "1.5.0", "1.5.0"]
            .iter()
            .map(|it| deployed(it, "c"))
            .collect();
    versions[1].rollout = RolloutEnd::Finished;
    versions[2].held = Some(Fact::new("loses messages"));
    versions[3].rollout = RolloutEnd::Unfinished(Fact::new("deadline passed"));
    versions[4].rollout = RolloutEnd::Unknown;
    let plan = compare(&situation(versions));
    let told: Vec<(String, String)> = plan
        .considered
        .iter()
        .map(|it| {
            let why = it.ruled_out.as_ref().map_or("chosen".to_owned(), ToString::to_string);
            (it.version.clone(), why)
        })
        .collect();
    let expected = [
        ("1.5.0", "is what runs now"),
        ("1.5.0", "is what runs now"),
        ("1.4.0", "nobody recorded whether its rollout finished"),
        ("1.3.0", "its rollout did not finish: deadline passed"),
        ("1.2.0", "is held: loses messages"),
        ("1.1.0", "chosen"),
        ("1.0.0", "a later version is good"),
    ];
    assert_eq!(told, expected.map(|(version, why)| (version.to_owned(), why.to_owned())));
}

#[test]
fn an_image_that_is_gone_or_was_never_recorded_rules_a_version_out() {
    let mut situation = situation(vec![
        deployed("1.0.0", "a"),
        deployed("1.1.0", "b"),
        deployed("1.2.0", "c"),
        deployed("1.3.0", "d"),
    ]);
    situation.history[2].image_gone = Some(Fact::new("the registry has no v1.2.0"));
    situation.history[1].pins.remove("frontend");
    let plan = compare(&situation);
    assert_eq!(plan.to.map(|it| it.version).as_deref(), Some("1.0.0"));
    assert_eq!(
        plan.considered[2].ruled_out,
        Some(RuledOut::NoImage { component: "frontend".to_owned() })
    );
}

#[test]
fn a_version_asked_for_is_taken_with_a_warning_where_it_never_finished() {
    let mut situation = two();
    situation.history[0].rollout = RolloutEnd::Unfinished(Fact::new("deadline passed"));
    assert_eq!(target(&situation), None);
    situation.target = Target::Version("1.2.0".to_owned());
    let plan = compare(&situation);
    assert_eq!(plan.to.map(|it| it.version).as_deref(), Some("1.2.0"));
    assert!(plan.warnings[0].text.contains("did not finish: deadline passed"));
}

#[test]
fn a_held_version_is_not_taken_even_when_asked_for() {
    let mut situation = two();
    situation.history[0].held = Some(Fact::new("security"));
    situation.target = Target::Version("1.2.0".to_owned());
    assert_eq!(target(&situation), None);
}

#[test]
fn a_version_that_was_never_deployed_is_named_with_its_neighbour() {
    let mut situation = two();
    situation.target = Target::Version("1.2.O".to_owned());
    let plan = compare(&situation);
    assert_eq!((plan.to, plan.recommended, plan.ways.len()), (None, None, 0));
    assert_eq!(
        plan.warnings[0].text,
        "1.2.O was never deployed to prod; the nearest that was is 1.2.0"
    );
}

#[test]
fn nothing_deployed_leaves_nothing_to_go_back_to() {
    let plan = compare(&situation(Vec::new()));
    assert_eq!((plan.from.clone(), plan.to.clone()), (None, None));
    assert_eq!(plan.to_string(), "prod: no version to go back to from nothing\n");
}

#[test]
fn argocd_refuses_under_auto_sync_and_names_the_line() {
    let plan = compare(&two());
    assert_eq!(
        refusals(&plan, Way::ArgoCdHistory),
        ["rollback cannot be initiated when auto-sync is enabled: syncPolicy.automated is set \
             (argocd/prod.yaml:14:7)"]
    );
}

#[test]
fn argocd_without_auto_sync_rolls_back_until_somebody_syncs() {
    let mut situation = two();
    situation.reconciler.automated = None;
    let plan = compare(&situation);
    let way = plan.way(Way::ArgoCdHistory).unwrap();
    assert!(way.is_allowed() && !way.lasts());
    assert_eq!(way.changes, [Change::LiveRevision { revision: "cafe".to_owned() }]);
    assert_eq!(way.next[0].when, When::ByHand);
    assert!(way.stays_behind[0].text.contains("still says 1.3.0"));
    situation.argocd.as_mut().unwrap().history.clear();
    let plan = compare(&situation);
    assert_eq!(
        refusals(&plan, Way::ArgoCdHistory),
        ["the history of tomoda-prod has no entry for commit cafe"]
    );
    situation.argocd = None;
    let plan = compare(&situation);
    assert_eq!(
        refusals(&plan, Way::ArgoCdHistory),
        ["no Argo CD Application deploys the environment"]
    );
}

#[test]
fn undo_is_refused_under_self_heal_and_otherwise_lives_until_the_next_commit() {
    let mut situation = two();
    let plan = compare(&situation);
    let way = plan.way(Way::RolloutUndo).unwrap();
    assert!(way.is_allowed());
    assert_eq!(way.next[0].when, When::NextCommit);
    assert_eq!(way.next[0].act, Act::PutsBack { version: "1.3.0".to_owned() });
    situation.reconciler.automated = Some(Automated { self_heal: true, ..AUTOMATED });
    let plan = compare(&situation);
    assert_eq!(plan.way(Way::RolloutUndo).unwrap().next[0].when, When::AtOnce);
    assert!(refusals(&plan, Way::RolloutUndo)[0].starts_with("argocd would undo it at once"));
}

#[test]
fn undo_says_every_reason_against_it() {
    let mut situation = two();
    situation.undo[0].paused = true;
    situation.undo[0].needs = vec![ConfigurationNeed {
        of: ConfigurationName::new(ConfigurationKind::ConfigMap, "env-24569kmthg"),
        optional: false,
        path: "spec.containers[0].envFrom[0].configMapRef".to_owned(),
        availability: Availability::Pruned,
    }];
    situation.undo.push(UndoFacts {
        workload: "Deployment/frontend".to_owned(),
        paused: false,
        revision: None,
        difference: TemplateDifference::Different,
        needs: Vec::new(),
    });
    let refused = refusals(&compare(&situation), Way::RolloutUndo);
    assert_eq!(refused.len(), 3, "{refused:?}");
    assert!(refused[0].contains("ConfigMap/env-24569kmthg"), "{refused:?}");
    assert!(refused[1].contains("paused"), "{refused:?}");
    assert_eq!(refused[2], "Deployment/frontend has no revision with that image any more");
}

#[test]
fn undo_of_a_workload_that_already_has_the_template_changes_nothing() {
    let mut situation = two();
    situation.undo[0].difference = TemplateDifference::OnlyHashLabel;
    let plan = compare(&situation);
    assert!(plan.way(Way::RolloutUndo).unwrap().changes.is_empty());
}

#[test]
fn an_updater_that_reads_no_hold_is_told_in_the_same_commit() {
    let mut situation = two();
    situation.updaters[0].obeys = ObeysHold::ByEdit("ignore-tags gets v1.3.0".to_owned());
    situation.updaters[0].would_choose = Some("1.3.0".to_owned());
    let plan = compare(&situation);
    let way = plan.way(Way::Override).unwrap();
    assert!(way.lasts());
    assert_eq!(
        way.changes.last().unwrap().to_string(),
        "tidegate update is told: ignore-tags gets v1.3.0"
    );
}

#[test]
fn an_updater_that_cannot_be_told_puts_the_version_back() {
    let mut situation = two();
    situation.updaters[0].obeys = ObeysHold::No(Fact::new("its policy has no exceptions"));
    situation.updaters[0].would_choose = Some("1.3.0".to_owned());
    let plan = compare(&situation);
    let way = plan.way(Way::Override).unwrap();
    assert!(!way.lasts());
    assert_eq!(
        way.next[1].to_string(),
        "tidegate update puts 1.3.0 back within 60 s: its policy has no exceptions"
    );
    // It is still the best there is, and the plan says what happens.
    assert_eq!(plan.recommended, Some(Way::Override));
}

#[test]
fn an_outranking_setting_refuses_both_ways_through_git() {
    let mut situation = two();
    let place = Place { file: ".argocd-source-tomoda.yaml".to_owned(), line: 3, column: 5 };
    situation.outranked_by = vec![Fact::read_at("kustomize.images sets the backend", place)];
    let plan = compare(&situation);
    assert_eq!(plan.recommended, None);
    assert_eq!(
        refusals(&plan, Way::Override),
        ["kustomize.images sets the backend (.argocd-source-tomoda.yaml:3:5)"]
    );
}

#[test]
fn a_revert_that_conflicts_or_has_nothing_to_revert_is_refused() {
    let mut situation = two();
    situation.revert.conflicts = vec![Fact::new("overlays/prod/kustomization.yaml changed since")];
    assert_eq!(refusals(&compare(&situation), Way::Revert).len(), 1);
    situation.revert = RevertFacts::default();
    assert_eq!(
        refusals(&compare(&situation), Way::Revert),
        ["no commit since changed what the environment renders"]
    );
}

#[test]
fn the_drawing_holds_choice_ways_and_reasons() {
    let text = compare(&two()).to_string();
    assert_eq!(
        text,
        "\
prod: backend, frontend from 1.3.0 back to 1.2.0
  1.3.0 (f00d) is what runs now
override (recommended)
  changes: backend: v1.3.0@sha256:f00d becomes v1.2.0@sha256:cafe
  changes: frontend: v1.3.0@sha256:f00d becomes v1.2.0@sha256:cafe
  changes: hold on 1.3.0
  stays: base/settings.yaml as f00d (deploy: 1.3.0) left it
  next: argocd applies it within 180 s: syncPolicy.automated is set (argocd/prod.yaml:14:7)
  next: tidegate update changes nothing: the hold on 1.3.0; a later version passes it
git revert
  changes: reverts f00d \"deploy: 1.3.0\", and with it base/settings.yaml
  changes: backend: v1.3.0@sha256:f00d becomes v1.2.0@sha256:cafe
  changes: frontend: v1.3.0@sha256:f00d becomes v1.2.0@sha256:cafe
  changes: hold on 1.3.0
  next: argocd applies it within 180 s: syncPolicy.automated is set (argocd/prod.yaml:14:7)
  next: tidegate update changes nothing: the hold on 1.3.0; a later version passes it
Argo CD history rollback
  refused: rollback cannot be initiated when auto-sync is enabled: syncPolicy.automated is set (argocd/prod.yaml:14:7)
  stays: overlays/prod/kustomization.yaml in git still says 1.3.0: the cluster differs from git
  next: argocd puts 1.3.0 back with the next commit: syncPolicy.automated is set (argocd/prod.yaml:14:7)
  next: tidegate update changes nothing: git says 1.3.0, and nothing is held
kubectl rollout undo
  changes: cluster only: Deployment/backend gets the pod template of revision 7
  stays: overlays/prod/kustomization.yaml in git still says 1.3.0: the cluster differs from git
  next: argocd puts 1.3.0 back with the next commit: syncPolicy.automated is set (argocd/prod.yaml:14:7)
  next: tidegate update changes nothing: git says 1.3.0, and nothing is held
"
    );
}
