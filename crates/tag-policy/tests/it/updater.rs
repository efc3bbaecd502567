use tidegate_tag_policy::{
    AllowTags, Application, IgnoreTags, ImageSpec, Outcome, Platform, RegistryAnswer, TagInfo,
    TagOrder, UpdateSettings, UpdateStrategy, UpdaterPolicy, digest_live_match, find_override,
    override_matches, pick, sort_tags, update_round,
};

fn policy(strategy: UpdateStrategy, constraint: Option<&str>) -> UpdaterPolicy {
    UpdaterPolicy {
        strategy,
        constraint: constraint.map(str::to_owned),
        allow: AllowTags::All,
        ignore: IgnoreTags::default(),
    }
}

#[test]
fn each_strategy_picks_its_tag() {
    let mut tags = ["1.9", "1.10", "v1.10", "2.0.0-rc", "main"].map(TagInfo::named);
    tags[0].created = Some(30);
    tags[4].created = Some(30);
    let picked = |strategy, constraint| {
        pick(&policy(strategy, constraint), &tags).map(|it| it.map(|it| &*it.name)).ok()
    };
    assert_eq!(picked(UpdateStrategy::Semver, None), Some(Some("v1.10")));
    assert_eq!(picked(UpdateStrategy::Semver, Some("~1.9")), Some(Some("1.9")));
    assert_eq!(picked(UpdateStrategy::Semver, Some(">=2.0.0-0")), Some(Some("2.0.0-rc")));
    assert_eq!(picked(UpdateStrategy::Semver, Some("main")), None);
    assert_eq!(picked(UpdateStrategy::NewestBuild, None), Some(Some("main")));
    assert_eq!(picked(UpdateStrategy::Alphabetical, None), Some(Some("v1.10")));
    assert_eq!(picked(UpdateStrategy::Digest, Some("main")), Some(Some("main")));
    assert_eq!(picked(UpdateStrategy::Digest, Some("dev")), Some(None));
    assert_eq!(picked(UpdateStrategy::Digest, None), None);
    // Without a version the constraint is not looked at.
    let none = [TagInfo::named("main")];
    assert_eq!(pick(&policy(UpdateStrategy::Semver, Some("main")), &none), Ok(None));
}

#[test]
fn filters_come_first() {
    let tags = ["1.0.0", "1.1.0", "1.2.0-debug"].map(TagInfo::named);
    let mut filtered = policy(UpdateStrategy::Alphabetical, None);
    filtered.ignore = IgnoreTags::new(["*-debug"]);
    assert_eq!(pick(&filtered, &tags).expect("no constraint").map(|it| &*it.name), Some("1.1.0"));
    filtered.allow = AllowTags::lenient("REGEXP:^1.0");
    assert_eq!(pick(&filtered, &tags).expect("no constraint").map(|it| &*it.name), Some("1.0.0"));
    filtered.allow = AllowTags::lenient("regexp:(");
    assert_eq!(pick(&filtered, &tags), Ok(None));
}

#[test]
fn tags_are_sorted_oldest_first() {
    let tags = ["b", "2.0", "1.10", "1.9"].map(TagInfo::named);
    let names = |order| sort_tags(&tags, order).iter().map(|it| &*it.name).collect::<Vec<_>>();
    assert_eq!(names(TagOrder::Created), ["1.10", "1.9", "2.0", "b"]);
    assert_eq!(names(TagOrder::Semver), ["1.9", "1.10", "2.0"]);
}

#[test]
fn image_specs_are_split_in_two_ways() {
    for (text, printed, tag) in [
        ("app:1", "app:1", Some("1")),
        ("a=app:1", "a=app:1", Some("1")),
        ("app:~1", "app:~1", Some("~1")),
        ("r.io/app:>1", "r.io/app:>1", Some(">1")),
        ("docker.io/library/app", "docker.io/app", None),
        ("library/app:1.x", "library/app:1.x", Some("1.x")),
        ("a=r.io/app:>=1 <2", "a=r.io/app:>=1 <2", Some(">=1 <2")),
    ] {
        let spec = ImageSpec::parse(text);
        assert_eq!((spec.to_string().as_str(), spec.tag.as_deref()), (printed, tag), "{text}");
    }
    let odd = ImageSpec::parse("r.io/app:~1@sha256:xx");
    assert_eq!((odd.tag.as_deref(), odd.digest.as_deref()), (Some("~1"), Some("sha256:xx")));
}

#[test]
fn overrides_match_by_the_delimiter_of_the_second() {
    assert!(override_matches("a:1", "a:2"));
    assert!(override_matches("a", "a"));
    assert!(!override_matches("a:1", "a@sha256:0"));
    // The colon of a digest delimits too.
    assert_eq!(find_override(["x:1", "a@sha256:0"], "a@sha256:1"), Some(1));
    assert_eq!(find_override(["x=1", "a=b:1"], "a=c"), Some(1));
}

#[test]
fn a_digest_belongs_to_the_container_with_its_tag() {
    let image = |tag: &str, digit: &str| {
        ImageSpec::parse(&format!("app:{tag}@sha256:{}", digit.repeat(64)))
    };
    let live = [image("a", "1"), image("b", "2"), image("b", "3")];
    let latest = format!("sha256:{}", "2".repeat(64));
    let matched = |spec: &str| digest_live_match(&ImageSpec::parse(spec), &live, Some(&latest));
    assert_eq!(matched("app:b"), Some(2));
    assert_eq!(matched("app:a"), Some(0));
    assert_eq!(matched("app:c"), Some(0));
    assert_eq!(matched("app2:a"), None);
}

#[test]
fn platforms_with_variants_are_more_exact() {
    let wanted = [" linux/arm/v7 ", "linux/arm64"].map(Platform::parse);
    let accepted = |text: &str| Platform::parse(text).accepted_by(&wanted);
    assert!(accepted("linux/arm/v7") && accepted("linux/arm64/v8"));
    assert!(!accepted("linux/arm") && !accepted("linux/arm/v6") && !accepted("linux"));
    assert_eq!(Platform::parse("linux/arm/v7").to_string(), "linux/arm/v7");
}

fn round(
    live: &[&str],
    images: &[&str],
    tags: &[&str],
    change: impl Fn(&mut UpdateSettings),
) -> Outcome {
    let owned = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect();
    let application = Application {
        namespace: "apps".to_owned(),
        live_images: owned(live),
        overrides: vec!["other:1".to_owned()],
    };
    let mut settings = UpdateSettings {
        images: owned(images),
        strategy: UpdateStrategy::Semver,
        allow: AllowTags::All,
        ignore: IgnoreTags::default(),
        kustomize_image_name: None,
        force_update: false,
        pull_secret: None,
    };
    change(&mut settings);
    update_round(&application, &settings, |_| {
        RegistryAnswer::Tags(tags.iter().map(|it| TagInfo::named(it)).collect())
    })
}

#[test]
fn a_round_counts_what_it_did() {
    let counts =
        |outcome: &Outcome| (outcome.considered, outcome.updated, outcome.skipped, outcome.errors);
    let plain = round(&["app:1.0.0"], &["app:~1", "gone:~1"], &["1.1.0", "2.0.0"], |_| {});
    assert_eq!(counts(&plain), (1, 1, 1, 0));
    assert_eq!(plain.overrides, ["other:1", "app:1.1.0"]);
    let same = round(&["app:1.1.0"], &["app:~1"], &["1.1.0"], |_| {});
    assert_eq!(counts(&same), (1, 0, 0, 0));
    assert_eq!(same.overrides, ["other:1", "app:1.1.0"]);
    let forced = round(&[], &["app:~1"], &["1.1.0"], |it| it.force_update = true);
    assert_eq!(counts(&forced), (1, 1, 0, 0));
    let none = round(&["app:1.0.0"], &["app:~3"], &["1.1.0"], |_| {});
    assert_eq!(counts(&none), (1, 0, 1, 0));
    let bad = round(&["app:1.0.0"], &["app:stable"], &["1.1.0"], |_| {});
    assert_eq!(counts(&bad), (1, 0, 0, 1));
    let foreign = round(&["app:1.0.0"], &["app:~1"], &["1.1.0"], |it| {
        it.pull_secret = Some("secret:others/key#field".into());
    });
    assert_eq!(counts(&foreign), (1, 0, 0, 1));
    let own = round(&["app:1.0.0"], &["app:~1"], &["1.1.0"], |it| {
        it.pull_secret = Some("pullsecret:apps/key".into());
    });
    assert_eq!(counts(&own), (1, 1, 0, 0));
    let named = round(&["base:1.0.0"], &["x=r.io/app:~1"], &["1.0.0"], |it| {
        it.kustomize_image_name = Some("base".into());
    });
    assert_eq!(counts(&named), (1, 1, 0, 0));
    assert_eq!(named.overrides, ["other:1", "base=r.io/app:1.0.0"]);
}
