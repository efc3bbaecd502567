use tidegate_object::{Map, Node};
use tidegate_reconcile::{
    GroupKind, HookDeletePolicy, HookType, OrderKey, Phase, hook_delete_policies, hook_types,
    is_hook, is_skipped, phases, sync_order, wave,
};

fn notes(pairs: &[(&'static str, &str)]) -> Map {
    pairs.iter().map(|(key, value)| (*key, Node::from(*value))).collect()
}

#[test]
fn hook_annotations_decide_when_an_object_runs() {
    const HOOK: &str = "argocd.argoproj.io/hook";
    type Case<'t> = (&'t [(&'static str, &'t str)], bool, bool, &'t [Phase]);
    let cases: [Case; 7] = [
        (&[], false, false, &[Phase::Sync]),
        (&[(HOOK, "PostSync, PreSync,PostSync")], true, false, &[Phase::PreSync, Phase::PostSync]),
        (&[(HOOK, "Skip")], false, true, &[]),
        (&[(HOOK, "Skip,Sync")], true, false, &[Phase::Sync]),
        (&[(HOOK, "")], true, false, &[]),
        (&[("helm.sh/hook", "crd-install")], false, false, &[Phase::Sync]),
        (&[(HOOK, "Nope"), ("helm.sh/hook", "pre-upgrade")], true, false, &[Phase::PreSync]),
    ];
    for (pairs, hook, skipped, expected) in cases {
        let map = notes(pairs);
        assert_eq!((is_hook(Some(&map)), is_skipped(Some(&map))), (hook, skipped), "{pairs:?}");
        assert_eq!(phases(Some(&map)), expected, "{pairs:?}");
    }
    assert_eq!(hook_types(Some(&notes(&[(HOOK, "SyncFail")]))), [HookType::SyncFail]);
}

#[test]
fn delete_policies_of_both_tools_add_up() {
    let map = notes(&[
        ("argocd.argoproj.io/hook-delete-policy", "HookFailed,Never"),
        ("helm.sh/hook-delete-policy", "hook-succeeded"),
    ]);
    let both = [HookDeletePolicy::HookFailed, HookDeletePolicy::HookSucceeded];
    assert_eq!(hook_delete_policies(Some(&map)), both);
}

#[test]
fn wave_is_a_whole_number_or_nothing() {
    const WAVE: &str = "argocd.argoproj.io/sync-wave";
    for (text, expected) in
        [("-3", -3), ("+2", 2), ("1.5", 0), (" 1", 0), ("99999999999999999999", 0)]
    {
        assert_eq!(wave(Some(&notes(&[(WAVE, text)]))), expected, "{text:?}");
    }
}

fn key(phase: Phase, wave: i64, kind: &str, namespace: &str, name: &str) -> OrderKey {
    OrderKey {
        phase,
        wave,
        of: GroupKind { group: String::new(), kind: kind.to_owned() },
        namespace: namespace.to_owned(),
        name: name.to_owned(),
        defines: None,
        prunes: false,
    }
}

#[track_caller]
fn check(tasks: &mut [OrderKey], expected: &[&str]) {
    let order = sync_order(tasks);
    let names: Vec<&str> = order.iter().map(|at| tasks[*at].name.as_str()).collect();
    assert_eq!(names, expected);
}

#[test]
fn phase_wave_kind_name() {
    check(
        &mut [
            key(Phase::PostSync, -9, "Job", "", "last"),
            key(Phase::Sync, 0, "Widget", "", "widget"),
            key(Phase::Sync, 0, "Deployment", "", "web"),
            key(Phase::Sync, 0, "ConfigMap", "", "b"),
            key(Phase::Sync, 0, "ConfigMap", "", "a"),
            key(Phase::Sync, -1, "Deployment", "", "early"),
            key(Phase::PreSync, 5, "Job", "", "first"),
        ],
        &["first", "early", "a", "b", "web", "widget", "last"],
    );
}

#[test]
fn definition_goes_before_its_first_object_and_joins_its_wave() {
    let gadget = GroupKind { group: "example.com".to_owned(), kind: "Gadget".to_owned() };
    let mut object = key(Phase::PreSync, 2, "Gadget", "", "gadget");
    object.of = gadget.clone();
    let mut definition = key(Phase::Sync, 0, "CustomResourceDefinition", "", "gadgets");
    definition.defines = Some(gadget);
    let mut tasks = [definition, object, key(Phase::PreSync, 0, "Job", "", "job")];
    check(&mut tasks, &["job", "gadgets", "gadget"]);
    assert_eq!((tasks[0].phase, tasks[0].wave), (Phase::PreSync, 2));
}

#[test]
fn removed_namespace_stays_where_it_is() {
    let mut namespace = key(Phase::Sync, 9, "Namespace", "", "prod");
    namespace.prunes = true;
    check(&mut [namespace, key(Phase::Sync, 0, "Pod", "prod", "pod")], &["pod", "prod"]);
}
