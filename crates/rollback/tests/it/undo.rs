use std::collections::BTreeMap;

use tidegate_object::{Map, Node};
use tidegate_rollback::{
    History, Paused, REVISION_HISTORY_LIMIT, ReplicaSetRevision, SelectError, TemplateDifference,
    TemplateRevision, Undone, select_controller_revision, select_replica_set, template_difference,
    undo_annotations, undo_effect, undo_outcome, undo_patch,
};

#[track_caller]
fn check(sets: &[(&str, Option<&str>)], to: i64, expected: Result<(&str, i64), &str>) {
    let sets: Vec<_> =
        sets.iter().map(|(name, annotation)| ReplicaSetRevision::new(name, *annotation)).collect();
    let actual = select_replica_set("shop", &sets, to);
    match (actual, expected) {
        (Ok(chosen), Ok(wanted)) => assert_eq!((chosen.name, chosen.revision), wanted),
        (Err(error), Err(message)) => assert_eq!(error.to_string(), message),
        (actual, expected) => panic!("expected {expected:?}, is {actual:?}"),
    }
}

#[test]
fn zero_takes_the_revision_before_the_latest() {
    check(&[("a", Some("7")), ("b", Some("12")), ("c", Some("9"))], 0, Ok(("c", 9)));
}

#[test]
fn a_number_takes_that_revision_even_the_current_one() {
    check(&[("a", Some("7")), ("b", Some("12"))], 12, Ok(("b", 12)));
}

#[test]
fn a_sign_before_the_number_is_read() {
    check(&[("a", Some("+7")), ("b", Some("12"))], 7, Ok(("a", 7)));
}

#[test]
fn a_set_whose_annotation_is_no_number_is_passed_over() {
    check(
        &[("a", Some("7 ")), ("b", Some("")), ("c", Some("12"))],
        0,
        Err("no rollout history found for deployment \"shop\""),
    );
}

#[test]
fn a_set_with_a_negative_revision_is_never_chosen() {
    check(
        &[("a", Some("-3")), ("b", Some("1"))],
        0,
        Err("no rollout history found for deployment \"shop\""),
    );
}

#[test]
fn no_sets_at_all_have_no_history() {
    check(&[], 0, Err("no rollout history found for deployment \"shop\""));
    check(&[], 1, Err("unable to find specified revision 1 in history"));
}

#[test]
fn of_three_equal_revisions_the_second_is_the_previous() {
    check(&[("a", Some("4")), ("b", Some("4")), ("c", Some("4"))], 0, Ok(("b", 4)));
}

#[test]
fn controller_revisions_are_chosen_by_number() {
    assert_eq!(select_controller_revision(&[8, 2, 5], 0), Ok(5));
    assert_eq!(select_controller_revision(&[8, 2, 5], 2), Ok(2));
    assert_eq!(select_controller_revision(&[8, 2, 5], 3), Err(SelectError::NotFound(3)));
    assert_eq!(select_controller_revision(&[8, 2, 5], -2), Err(SelectError::NotFound(-2)));
    let none = select_controller_revision(&[], 0).map_err(|it| it.to_string());
    assert_eq!(none, Err("no last revision to roll back to".to_owned()));
}

fn template(labels: &[(&str, &str)], image: &str) -> Node {
    let labels: Map = labels.iter().map(|(key, value)| (*key, Node::from(*value))).collect();
    let metadata: Map = [("labels", Node::from(labels))].into_iter().collect();
    let spec: Map = [("image", Node::from(image))].into_iter().collect();
    Node::from(Map::from_iter([("metadata", Node::from(metadata)), ("spec", Node::from(spec))]))
}

#[test]
fn the_hash_label_does_not_make_a_template_different() {
    let plain = template(&[("app", "shop")], "shop:1");
    let hashed = template(&[("app", "shop"), ("pod-template-hash", "6d5f")], "shop:1");
    let other = template(&[("app", "shop"), ("pod-template-hash", "6d5f")], "shop:2");
    assert_eq!(template_difference(&plain, &plain), TemplateDifference::None);
    assert_eq!(template_difference(&plain, &hashed), TemplateDifference::OnlyHashLabel);
    assert_eq!(template_difference(&hashed, &other), TemplateDifference::Different);
}

#[test]
fn a_template_whose_only_label_is_the_hash_equals_one_without_labels() {
    let hashed = template(&[("pod-template-hash", "6d5f")], "shop:1");
    let mut bare = template(&[], "shop:1");
    bare.at_mut(&["metadata"]).and_then(Node::as_map_mut).map(|it| it.remove("labels"));
    assert_eq!(template_difference(&hashed, &bare), TemplateDifference::OnlyHashLabel);
}

#[test]
fn paused_refuses_before_the_templates_are_compared() {
    assert_eq!(undo_outcome(true, TemplateDifference::None, 4), Err(Paused));
    let skipped = undo_outcome(false, TemplateDifference::None, 0).map(|it| it.to_string());
    assert_eq!(
        skipped.as_deref(),
        Ok("skipped rollback (current template already matches revision 0)")
    );
    assert_eq!(undo_outcome(false, TemplateDifference::Different, 4), Ok(Undone::RolledBack));
}

#[test]
fn the_patch_carries_the_template_without_its_hash_label() {
    let annotations = BTreeMap::from([("note".to_owned(), "x".to_owned())]);
    let hashed = template(&[("app", "shop"), ("pod-template-hash", "6d5f")], "shop:1");
    let [first, second] = undo_patch(&hashed, &annotations);
    assert_eq!(first.value, template(&[("app", "shop")], "shop:1"));
    assert_eq!(second.value.at(&["note"]).and_then(Node::as_str), Some("x"));
    assert_eq!((first.op, second.op), ("replace", "replace"));
}

#[test]
fn annotations_of_the_controller_stay_and_others_come_from_the_set() {
    let map = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    };
    let deployment =
        map(&[("deployment.kubernetes.io/max-replicas", "4"), ("only-here", "gone afterwards")]);
    let set = map(&[("deployment.kubernetes.io/max-replicas", "9"), ("cause", "v1")]);
    assert_eq!(
        undo_annotations(&deployment, &set),
        map(&[("deployment.kubernetes.io/max-replicas", "4"), ("cause", "v1")])
    );
}

fn sets(rows: &[(&str, i64, &'static str, &str)]) -> Vec<TemplateRevision<&'static str>> {
    let set =
        |(name, revision, template, former): &(&str, i64, &'static str, &str)| TemplateRevision {
            name: (*name).to_owned(),
            revision: *revision,
            template: *template,
            former: (*former).to_owned(),
        };
    rows.iter().map(set).collect()
}

#[test]
fn the_reused_set_remembers_all_its_former_revisions() {
    let before = sets(&[("a", 4, "red", "1,2"), ("b", 5, "blue", "3")]);
    let after = undo_effect("shop", &before, 0).unwrap();
    assert_eq!(after.sets, sets(&[("a", 6, "red", "1,2,4"), ("b", 5, "blue", "3")]));
    assert_eq!(after.history_revisions(), [5, 6]);
    assert_eq!(after.former_revisions(), BTreeMap::from([("a", "1,2,4"), ("b", "3")]));
}

#[test]
fn undoing_to_the_current_revision_changes_nothing() {
    let before = sets(&[("a", 1, "red", ""), ("b", 2, "blue", "")]);
    let after = undo_effect("shop", &before, 2).unwrap();
    assert_eq!((after.sets, after.changed), (before, false));
}

#[test]
fn the_oldest_set_with_the_template_is_used() {
    let before = sets(&[("a", 1, "red", ""), ("b", 2, "red", ""), ("c", 3, "blue", "")]);
    let after = undo_effect("shop", &before, 2).unwrap();
    assert_eq!(after.reused, "a");
    assert_eq!(after.sets[0].revision, 4);
}

#[test]
fn the_remembered_revisions_stay_below_the_limit() {
    let former = (100..600).map(|it| it.to_string()).collect::<Vec<_>>().join(",");
    let before = sets(&[("a", 700, "red", &former), ("b", 701, "blue", "")]);
    let after = undo_effect("shop", &before, 0).unwrap();
    let kept = &after.sets[0].former;
    assert!(kept.len() <= REVISION_HISTORY_LIMIT);
    assert!(kept.starts_with("101,") && kept.ends_with(",599,700"), "{kept}");
}

#[test]
fn history_is_printed_in_columns_wide_enough_for_long_numbers() {
    let history = History::new([
        (ReplicaSetRevision::new("b", Some("1234567890")), Some("")),
        (ReplicaSetRevision::new("a", Some("3")), Some("image 1.4")),
        (ReplicaSetRevision::new("x", Some("no number")), Some("left out")),
    ]);
    assert_eq!(
        history.to_string(),
        "REVISION    CHANGE-CAUSE\n3           image 1.4\n1234567890  <none>\n"
    );
    assert_eq!(history.revisions().collect::<Vec<_>>(), [3, 1_234_567_890]);
    assert_eq!(history.change_cause(3).unwrap(), Some("image 1.4"));
    let error = history.change_cause(4).unwrap_err();
    assert_eq!(error.to_string(), "unable to find the specified revision");
}

#[test]
fn an_empty_history_says_so() {
    assert_eq!(History::new([]).to_string(), "No rollout history found.");
}
