use proptest::prelude::*;
use tidegate_image_update::{
    Hold, HoldFile, HoldSelector, HoldSubject, Intent, Pinned, UpdaterConfig, UpdaterRound, pinned,
    updater_round,
};
use tidegate_tag_policy::{
    Application, IgnoreTags, RegistryAnswer, TagInfo, UpdateSettings, UpdateStrategy,
};

const OVERLAY: &str = "\
# production
resources:
  - ../../base   # shared
images:
  # the hub
  - name: backend
    newName: ghcr.io/acme/backend
    newTag: 'v1.4.0'   # released
    digest: sha256:aa

  - {name: frontend, newTag: v1.4.0}
replicas:
  - {name: backend, count: 1}
";

fn set(entry: &str, tag: &str, digest: Option<&str>) -> Intent {
    let to =
        Pinned { repository: None, tag: Some(tag.to_owned()), digest: digest.map(str::to_owned) };
    Intent::SetImage { entry: entry.to_owned(), to }
}

fn hold(version: &str) -> Hold {
    Hold {
        subject: HoldSubject::Group("acme".to_owned()),
        version: version.to_owned(),
        reason: "loses messages".to_owned(),
        who: "Ada".to_owned(),
        when: "2026-03-01T12:00:00Z".parse().expect("a moment"),
        expires: None,
    }
}

/// The lines that differ.
fn changed_lines<'t>(one: &'t str, other: &'t str) -> Vec<&'t str> {
    one.lines().filter(|line| !other.lines().any(|it| it == *line)).collect()
}

const APPLICATION: &str = "\
kind: Application
metadata:
  name: acme
  annotations:
    argocd-image-updater.argoproj.io/image-list: backend=ghcr.io/acme/backend
";

fn settings(ignored: &[&str]) -> UpdateSettings {
    UpdateSettings {
        images: vec!["backend=ghcr.io/acme/backend:*".to_owned()],
        strategy: UpdateStrategy::Semver,
        allow: tidegate_tag_policy::AllowTags::default(),
        ignore: IgnoreTags::new(ignored.iter().copied()),
        kustomize_image_name: Some("backend".to_owned()),
        force_update: false,
        pull_secret: None,
    }
}

fn round(ignored: &[&str], live: &str, overlay: &str) -> UpdaterRound {
    let application = Application {
        namespace: "argocd".to_owned(),
        live_images: vec![format!("ghcr.io/acme/backend:{live}")],
        overrides: Vec::new(),
    };
    let tags = ["v1.4.0", "v1.5.0"].map(TagInfo::named).to_vec();
    updater_round(&application, &settings(ignored), |_| RegistryAnswer::Tags(tags.clone()), overlay)
        .expect("a round")
}

#[test]
fn a_rollback_with_a_hold_stands_when_image_updater_looks_next() {
    let deployed = set("backend", "v1.5.0", None).apply(OVERLAY).unwrap();
    // The rollback: the older image again, the hold, and the other updater told, in one commit.
    let rolled_back = set("backend", "v1.4.0", Some("sha256:aa")).apply(&deployed).unwrap();
    assert_eq!(pinned(&rolled_back, "backend").unwrap(), pinned(OVERLAY, "backend").unwrap());
    let holds = Intent::AddHold(hold("1.5.0")).apply("").unwrap();
    let tell = Intent::IgnoreTag {
        updater: UpdaterConfig::Annotations {
            application: "acme".to_owned(),
            alias: "backend".to_owned(),
        },
        tag: "v1.5.0".to_owned(),
    };
    let application = tell.apply(APPLICATION).unwrap();
    assert!(application.ends_with("backend.ignore-tags: v1.5.0\n"), "{application}");
    let now = "2026-03-02T12:00:00Z".parse().unwrap();
    let file = HoldFile::parse(&holds).unwrap();
    assert!(file.is_held("backend", Some("acme"), "1.5.0", &now).hold().is_some());

    // Untold it puts the bad version back; told it changes nothing.
    let untold = round(&[], "v1.4.0", &rolled_back);
    assert_eq!(untold.outcome.updated, 1);
    assert!(untold.text.unwrap().contains("v1.5.0"));
    let told = round(&["v1.5.0"], "v1.4.0", &rolled_back);
    assert_eq!((told.outcome.considered, told.outcome.updated, told.text), (1, 0, None));
}

#[test]
fn a_pin_touches_the_lines_of_its_values_alone() {
    let edited = set("backend", "v1.5.0", Some("sha256:bb")).apply(OVERLAY).unwrap();
    assert_eq!(
        changed_lines(&edited, OVERLAY),
        ["    newTag: 'v1.5.0'   # released", "    digest: sha256:bb"]
    );
    let edited = set("frontend", "v2", Some("sha256:cc")).apply(OVERLAY).unwrap();
    assert_eq!(
        changed_lines(&edited, OVERLAY),
        ["  - {name: frontend, newTag: v2, digest: sha256:cc}"]
    );
}

#[test]
fn lifting_what_is_not_held_changes_nothing() {
    let text = Intent::AddHold(hold("1.5.0")).apply("").unwrap();
    let lift = |version: &str| {
        Intent::LiftHold(HoldSelector { subject: None, version: Some(version.to_owned()) })
    };
    assert_eq!(lift("1.6.0").apply(&text).unwrap(), text);
    let lifted = lift("1.5.0").apply(&text).unwrap();
    assert_eq!(lift("1.5.0").apply(&lifted).unwrap(), lifted);
}

#[test]
fn an_intent_that_cannot_be_applied_names_the_place() {
    let mut sources = tidegate_source::Sources::new();
    let text = "images:\n- name: backend\n- name: backend\n";
    let id = sources.add("kustomization.yaml", text);
    let error = set("backend", "v1", None).apply(text).unwrap_err();
    let diagnostics = error.to_diagnostics(id);
    assert!(sources.place(diagnostics[0].labels[0].mark).is_some());
    let broken = Intent::AddHold(hold("1")).apply("kind: [").unwrap_err();
    assert!(!broken.to_diagnostics(id).is_empty());
}

fn tags() -> impl Strategy<Value = String> {
    "[a-z0-9][a-z0-9._-]{0,8}"
}

fn digests() -> impl Strategy<Value = Option<String>> {
    prop::option::of("sha256:[0-9a-f]{8}")
}

proptest! {
    #[test]
    fn edits_to_different_images_commute(
        one in (tags(), digests()),
        other in (tags(), digests()),
        names in prop::sample::select(vec![("backend", "frontend"), ("backend", "new"), ("frontend", "zoo")]),
    ) {
        let first = set(names.0, &one.0, one.1.as_deref());
        let second = set(names.1, &other.0, other.1.as_deref());
        let there = second.apply(&first.apply(OVERLAY).unwrap()).unwrap();
        let back = first.apply(&second.apply(OVERLAY).unwrap()).unwrap();
        prop_assert_eq!(there, back);
    }

    #[test]
    fn applying_twice_is_applying_once(tag in tags(), digest in digests(), name in "backend|frontend|new") {
        let intent = set(&name, &tag, digest.as_deref());
        let once = intent.apply(OVERLAY).unwrap();
        prop_assert_eq!(&intent.apply(&once).unwrap(), &once);
        let read = pinned(&once, &name).unwrap().unwrap();
        prop_assert_eq!((read.tag, read.digest), (Some(tag), digest));
    }

    #[test]
    fn plan_then_rollback_restores_the_start(tag in tags(), digest in digests()) {
        // What stood there comes back byte for byte where the deployment pinned the same fields.
        let deploy = set("backend", &tag, Some(digest.as_deref().unwrap_or("sha256:00")));
        let deployed = deploy.apply(OVERLAY).unwrap();
        let back = set("backend", "v1.4.0", Some("sha256:aa")).apply(&deployed).unwrap();
        prop_assert_eq!(back, OVERLAY);
    }
}
