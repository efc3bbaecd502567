use std::collections::BTreeMap;

use semver::Version;
use tidegate_image_update::{
    BakedError, BakedSettings, ENVIRONMENT_LABEL, Pinned, PlanError, Planned, SETTINGS_LABEL,
    UpdateRequest, changed_settings, check_baked, pinned, plan_update,
};
use tidegate_tag_policy::{Downgrade, Held, IgnoreTags, Select, TagInfo, TagList, TagPolicy};

const OVERLAY: &str = "\
resources: [../../base]
images:
  - name: web          # the shop
    newName: ghcr.io/acme/prod/web
    newTag: \"1.10.0\"
    digest: sha256:aa
";

fn tag(name: &str, digest: &str) -> TagInfo {
    TagInfo { digest: Some(digest.to_owned()), ..TagInfo::named(name) }
}

struct Given {
    tags: TagList,
    held: Vec<Held>,
    released: Option<Vec<Version>>,
    downgrade: Downgrade,
    policy: TagPolicy,
}

fn given(tags: &[TagInfo]) -> Given {
    Given {
        tags: TagList::complete(tags.to_vec()),
        held: Vec::new(),
        released: None,
        downgrade: Downgrade::Refused,
        policy: TagPolicy::new(Select::Semver("*".parse().expect("a constraint"))),
    }
}

fn plan(given: &Given, overlay: &str) -> Result<Planned, PlanError> {
    plan_update(&UpdateRequest {
        component: "shop-web",
        entry: "web",
        repository: None,
        kustomization: overlay,
        policy: &given.policy,
        tags: &given.tags,
        held: &given.held,
        released: given.released.as_deref(),
        downgrade: given.downgrade,
    })
}

#[track_caller]
fn chosen(given: &Given) -> Option<String> {
    match plan(given, OVERLAY).expect("a plan") {
        Planned::Update { update, .. } => update.to.tag,
        _ => None,
    }
}

#[test]
fn a_newer_version_is_pinned_with_its_digest_in_the_one_entry() {
    let given = given(&[tag("1.10.0", "sha256:aa"), tag("1.11.0", "sha256:bb")]);
    let Planned::Update { update, reasons } = plan(&given, OVERLAY).unwrap() else {
        panic!("an update");
    };
    assert_eq!(
        update.to_string(),
        "shop-web: 1.10.0@sha256:aa becomes 1.11.0@sha256:bb: chosen, the newest that fits `*`"
    );
    assert_eq!(reasons.len(), 2);
    let edited = update.intent().apply(OVERLAY).unwrap();
    assert_eq!(edited, OVERLAY.replace("1.10.0", "1.11.0").replace("aa", "bb"));
}

#[test]
fn nothing_to_do_is_explained_tag_by_tag() {
    let given =
        given(&[tag("1.10.0", "sha256:aa"), tag("1.9.0", "sha256:bb"), tag("edge", "sha256:cc")]);
    let Planned::Nothing { pinned, reasons } = plan(&given, OVERLAY).unwrap() else {
        panic!("nothing to do");
    };
    assert_eq!(pinned.tag.as_deref(), Some("1.10.0"));
    let tags: Vec<&str> = reasons.iter().map(|it| it.tag.as_str()).collect();
    assert_eq!(tags, ["1.10.0", "1.9.0", "edge"]);
}

#[test]
fn a_pinned_tag_with_another_digest_is_a_finding() {
    let given = given(&[tag("1.10.0", "sha256:ff")]);
    let Planned::Moved { tag, pinned, now, .. } = plan(&given, OVERLAY).unwrap() else {
        panic!("a finding");
    };
    assert_eq!((&*tag, &*pinned, &*now), ("1.10.0", "sha256:aa", "sha256:ff"));
}

#[test]
fn lower_versions_wait_for_an_order() {
    let mut given = given(&[tag("1.9.0", "sha256:bb")]);
    assert_eq!(chosen(&given), None);
    given.downgrade = Downgrade::Allowed;
    assert_eq!(chosen(&given).as_deref(), Some("1.9.0"));
}

#[test]
fn held_versions_and_those_without_a_git_tag_are_passed_over() {
    let mut given = given(&[
        tag("1.10.0", "sha256:aa"),
        tag("1.11.0", "sha256:bb"),
        tag("1.12.0", "sha256:cc"),
        tag("1.13.0", "sha256:dd"),
    ]);
    given.held = vec![Held { tag: "1.13.0".to_owned(), since: None, why: "slow".to_owned() }];
    assert_eq!(chosen(&given).as_deref(), Some("1.12.0"));
    given.released = Some(vec![Version::new(1, 11, 0), Version::new(1, 13, 0)]);
    assert_eq!(chosen(&given).as_deref(), Some("1.11.0"));
    given.policy.ignore = IgnoreTags::new(["1.11.*"]);
    assert_eq!(chosen(&given), None);
}

#[test]
fn an_incomplete_list_decides_nothing() {
    let mut given = given(&[]);
    given.tags = TagList::incomplete(vec![tag("2.0.0", "sha256:ee")], "page 2 timed out");
    let error = plan(&given, OVERLAY).unwrap_err();
    assert!(error.to_string().contains("page 2 timed out"), "{error}");
}

#[test]
fn a_digest_behind_one_tag_is_followed() {
    let mut given = given(&[tag("latest", "sha256:bb")]);
    given.policy = TagPolicy::new(Select::Digest { tag: "latest".to_owned() });
    let overlay = "images:\n- name: web\n  newTag: latest\n  digest: sha256:aa\n";
    let Planned::Update { update, .. } = plan(&given, overlay).unwrap() else {
        panic!("an update");
    };
    let edited = update.intent().apply(overlay).unwrap();
    assert_eq!(edited, overlay.replace("aa", "bb"));
}

#[test]
fn an_overlay_without_the_entry_gets_one() {
    let given = given(&[tag("1.0.0", "sha256:bb")]);
    let Planned::Update { update, .. } = plan(&given, "resources:\n- a.yaml\n").unwrap() else {
        panic!("an update");
    };
    assert_eq!(update.from, Pinned::default());
    assert_eq!(update.from.to_string(), "nothing");
    let edited = update.intent().apply("resources:\n- a.yaml\n").unwrap();
    assert_eq!(
        pinned(&edited, "web").unwrap(),
        Some(Pinned {
            repository: None,
            tag: Some("1.0.0".to_owned()),
            digest: Some("sha256:bb".to_owned())
        })
    );
}

#[test]
fn two_entries_of_a_name_or_broken_yaml_are_refused_with_their_place() {
    let twice = "images:\n- name: web\n- name: web\n  newTag: a\n";
    match pinned(twice, "web").unwrap_err() {
        PlanError::Ambiguous { name, span } => {
            assert_eq!((&*name, span.start), ("web", 22));
        }
        other => panic!("{other}"),
    }
    assert!(matches!(pinned("images: [", "web"), Err(PlanError::Yaml { .. })));
}

#[test]
fn an_image_baked_for_another_environment_says_rebuild() {
    let labels = |environment: &str, settings: &str| {
        BTreeMap::from([
            (ENVIRONMENT_LABEL.to_owned(), environment.to_owned()),
            (SETTINGS_LABEL.to_owned(), settings.to_owned()),
        ])
    };
    let prod = BakedSettings { environment: "prod", settings: Some("sha256:1") };
    assert_eq!(check_baked(&labels("prod", "sha256:1"), prod), Ok(()));
    let error = check_baked(&labels("prod", "sha256:2"), prod).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the image was baked with other settings (sha256:2) than prod has now (sha256:1): rebuild it"
    );
    assert!(matches!(
        check_baked(&labels("dev", "sha256:1"), prod),
        Err(BakedError::OtherEnvironment { .. })
    ));
    let error = check_baked(&BTreeMap::new(), prod).unwrap_err();
    assert_eq!(error, BakedError::Unlabelled { label: ENVIRONMENT_LABEL });
}

#[test]
fn changed_settings_are_listed_by_name() {
    let settings = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let changes = changed_settings(
        &settings(&[("A", "1"), ("B", "2"), ("C", "3")]),
        &settings(&[("B", "2"), ("C", "4"), ("D", "5")]),
    );
    let told: Vec<(&str, Option<&str>, Option<&str>)> =
        changes.iter().map(|it| (&*it.name, it.from.as_deref(), it.to.as_deref())).collect();
    assert_eq!(told, [("A", Some("1"), None), ("C", Some("3"), Some("4")), ("D", None, Some("5"))]);
}
