use semver::Version;
use tidegate_tag_policy::{
    AllowTags, Constraint, DecideError, Decision, Downgrade, FluxFilter, FluxOrder, Held,
    IgnoreTags, Select, Situation, TagInfo, TagList, TagPolicy, Verdict, decide,
};

const NOTHING: Situation<'static> =
    Situation { current: None, held: &[], released: None, downgrade: Downgrade::Refused };

fn tags(names: &[&str]) -> TagList {
    TagList::complete(names.iter().map(|it| TagInfo::named(it)).collect())
}

fn semver(constraint: &str) -> TagPolicy {
    TagPolicy::new(Select::Semver(Constraint::parse(constraint).expect(constraint)))
}

fn decided(policy: &TagPolicy, situation: &Situation<'_>, list: &TagList) -> Decision {
    decide(policy, situation, list).expect("the list is complete")
}

#[track_caller]
fn explains(decision: &Decision, expected: &[&str]) {
    let reasons: Vec<_> = decision.reasons.iter().map(ToString::to_string).collect();
    assert_eq!(reasons, expected);
}

#[test]
fn every_tag_has_its_reason() {
    let mut policy = semver("~1");
    policy.allow = AllowTags::parse("regexp:^[^w]").expect("valid");
    policy.ignore = IgnoreTags::new(["*-debug"]);
    let current = TagInfo::named("1.1.0");
    let released = ["1.0.0", "1.1.0", "1.2.0", "1.4.0"].map(|it| Version::parse(it).expect(it));
    let held = [Held { tag: "1.4.0".into(), since: None, why: "memory grows".into() }];
    let situation = Situation {
        current: Some(&current),
        held: &held,
        released: Some(&released),
        downgrade: Downgrade::Refused,
    };
    let list = tags(&[
        "1.0.0",
        "1.1.0",
        "1.2.0",
        "1.3.0",
        "v1.4.0",
        "1.4.1-rc.1",
        "2.0.0",
        "1.9.0-debug",
        "weekly",
        "latest",
    ]);
    let decision = decided(&policy, &situation, &list);
    assert_eq!(decision.verdict, Verdict::Update);
    assert_eq!(decision.chosen.as_ref().map(|it| &*it.name), Some("1.2.0"));
    explains(
        &decision,
        &[
            "2.0.0: outside the constraint `~1`: \"2.0.0\" does not have same major version as \"1\"",
            "1.9.0-debug: ignored by `*-debug`",
            "1.4.1-rc.1: a pre-release, and the constraint `~1` takes none",
            "v1.4.0: held: memory grows",
            "1.3.0: has no tag in git",
            "1.2.0: chosen, the newest that fits `~1`",
            "1.1.0: older than 1.2.0",
            "1.0.0: lower than 1.1.0, which is deployed",
            "latest: not a version",
            "weekly: not among the allowed tags",
        ],
    );
}

#[test]
fn a_choice_goes_down_only_when_ordered() {
    let current = TagInfo::named("2.0.0");
    let list = tags(&["1.0.0", "1.1.0"]);
    let refused = Situation { current: Some(&current), ..NOTHING };
    let decision = decided(&semver("*"), &refused, &list);
    assert_eq!((decision.chosen, decision.verdict), (None, Verdict::NothingFits));
    let allowed = Situation { downgrade: Downgrade::Allowed, ..refused };
    let decision = decided(&semver("*"), &allowed, &list);
    assert_eq!(decision.chosen.map(|it| it.name).as_deref(), Some("1.1.0"));
}

#[test]
fn a_held_version_keeps_what_is_below_from_coming_back() {
    let current = TagInfo::named("1.2.0");
    let held = [Held { tag: "v1.3.0".into(), since: Some("today".into()), why: "no".into() }];
    let situation = Situation { current: Some(&current), held: &held, ..NOTHING };
    let decision = decided(&semver("*"), &situation, &tags(&["1.1.0", "1.2.0", "1.3.0"]));
    assert_eq!(decision.verdict, Verdict::UpToDate);
    explains(
        &decision,
        &[
            "1.3.0: held since today: no",
            "1.2.0: deployed already, and nothing newer fits",
            "1.1.0: lower than 1.2.0, which is deployed",
        ],
    );
}

#[test]
fn a_tag_that_moved_is_a_finding() {
    let tag = |digest: &str| TagInfo { digest: Some(digest.to_owned()), ..TagInfo::named("1.0.0") };
    let current = tag("sha256:a");
    let situation = Situation { current: Some(&current), ..NOTHING };
    let moved = decided(&semver("*"), &situation, &TagList::complete(vec![tag("sha256:b")]));
    assert_eq!(moved.verdict, Verdict::Moved { from: "sha256:a".into(), to: "sha256:b".into() });
    let same = decided(&semver("*"), &situation, &TagList::complete(vec![tag("sha256:a")]));
    assert_eq!(same.verdict, Verdict::UpToDate);
    let unknown = decided(&semver("*"), &situation, &tags(&["1.0.0"]));
    assert_eq!(unknown.verdict, Verdict::UpToDate);
}

#[test]
fn a_digest_is_followed() {
    let policy = TagPolicy::new(Select::Digest { tag: "latest".into() });
    let tag =
        |digest: &str| TagInfo { digest: Some(digest.to_owned()), ..TagInfo::named("latest") };
    let current = tag("sha256:a");
    let situation = Situation { current: Some(&current), ..NOTHING };
    let list = |digest: &str| TagList::complete(vec![TagInfo::named("1.0.0"), tag(digest)]);
    assert_eq!(decided(&policy, &situation, &list("sha256:b")).verdict, Verdict::Update);
    let same = decided(&policy, &situation, &list("sha256:a"));
    assert_eq!(same.verdict, Verdict::UpToDate);
    assert_eq!(same.reasons[1].to_string(), "1.0.0: only the tag latest is followed");
    assert_eq!(
        decide(&policy, &situation, &tags(&["latest"])),
        Err(DecideError::NoDigest { tag: "latest".into() })
    );
    assert_eq!(decided(&policy, &NOTHING, &tags(&["dev"])).verdict, Verdict::NothingFits);
}

#[test]
fn other_orders_are_explained_too() {
    let mut policy = TagPolicy::new(Select::Numerical(FluxOrder::Ascending));
    policy.filter = Some(FluxFilter::new("^main-(.*)$", "$1").expect("valid"));
    let current = TagInfo::named("main-9");
    let situation = Situation { current: Some(&current), ..NOTHING };
    let decision = decided(&policy, &situation, &tags(&["main-8", "main-10", "main-x", "dev-99"]));
    explains(
        &decision,
        &[
            "main-10: chosen, the newest",
            "main-8: lower than main-9, which is deployed",
            "dev-99: the filter `^main-(.*)$` does not match",
            "main-x: `x` is not a number",
        ],
    );

    let newest = TagPolicy::new(Select::NewestBuild);
    let timed = |name: &str, created| TagInfo { created: Some(created), ..TagInfo::named(name) };
    let list = TagList::complete(vec![timed("a", 20), timed("b", 10), timed("c", 30)]);
    let current = TagInfo::named("a");
    let situation = Situation { current: Some(&current), ..NOTHING };
    let decision = decided(&newest, &situation, &list);
    explains(
        &decision,
        &["c: chosen, the newest", "a: older than c", "b: lower than a, which is deployed"],
    );

    let least = TagPolicy::new(Select::Alphabetical(FluxOrder::Descending));
    let decision = decided(&least, &NOTHING, &tags(&["b", "a", "c"]));
    assert_eq!(decision.chosen.map(|it| it.name).as_deref(), Some("a"));
}

#[test]
fn an_incomplete_list_decides_nothing() {
    let list = TagList::incomplete(vec![TagInfo::named("9.0.0")], "the second page timed out");
    assert!(!list.is_complete());
    let error = decide(&semver("*"), &NOTHING, &list).expect_err("incomplete");
    assert_eq!(
        error.to_string(),
        "the list of tags is not complete, so that none is chosen: the second page timed out"
    );
}

#[cfg(feature = "serde")]
#[test]
fn decisions_are_data() {
    let decision = decided(&semver("*"), &NOTHING, &tags(&["1.0.0", "x"]));
    let json = serde_json::to_value(&decision).expect("data");
    assert_eq!(json["verdict"]["kind"], "update");
    assert_eq!(json["chosen"]["name"], "1.0.0");
    assert_eq!(json["reasons"][1]["reason"]["kind"], "not-a-version");
}
