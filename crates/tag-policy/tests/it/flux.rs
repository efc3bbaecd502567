use tidegate_tag_policy::{FluxError, FluxFilter, FluxOrder, FluxPolicy};

#[track_caller]
fn latest(kind: &str, option: &str, items: &[&str], expected: Option<&str>) {
    let policy =
        FluxPolicy::parse(kind, option, option).or_else(|_| FluxPolicy::parse(kind, option, ""));
    let policy = policy.unwrap_or_else(|error| panic!("{kind} {option}: {error}"));
    assert_eq!(policy.latest(items.iter().copied()).ok(), expected, "{kind} {option} {items:?}");
}

#[test]
fn each_policy_takes_its_item() {
    latest("semver", ">=1.0", &["1.0.0", "v1.2.3", "1.10.0", "2"], Some("1.10.0"));
    latest("semver", "*", &["1.2.3+b", "v1.2.3"], Some("1.2.3+b"));
    latest("semver", "*", &["2026.01.05", "2025.12.31"], Some("2026.01.05"));
    latest("semver", "*", &["1", "1.2"], None);
    latest("alphabetical", "ASC", &["b", "c", "a"], Some("c"));
    latest("alphabetical", "DESC", &["b", "c", "a"], Some("a"));
    latest("alphabetical", "", &[], None);
    latest("numerical", "ASC", &["2", "10", "1_000", "1e2"], Some("1_000"));
    latest("numerical", "DESC", &["2", "-10.5", "1"], Some("-10.5"));
    latest("numerical", "ASC", &["1", "1.0"], Some("1.0"));
    latest("numerical", "ASC", &["-Inf", "0"], Some("0"));
    for bad in ["", "x", "1__0", "_1", "1_", "1e999", "+nan", "0x1p4", "1 "] {
        latest("numerical", "ASC", &["1", bad], None);
    }
}

#[test]
fn policies_that_mean_nothing_are_refused() {
    assert!(matches!(FluxPolicy::parse("newest", "", ""), Err(FluxError::Kind { .. })));
    assert!(matches!(FluxPolicy::parse("semver", "", ""), Err(FluxError::Range(_))));
    assert!(matches!(FluxPolicy::parse("numerical", "", "desc"), Err(FluxError::Order { .. })));
    assert!(matches!(FluxFilter::new("[", ""), Err(FluxError::Pattern(_))));
    assert_eq!(FluxOrder::parse(""), Ok(FluxOrder::Ascending));
    let error = FluxPolicy::Numerical(FluxOrder::Ascending).latest(["v1"]).expect_err("no number");
    assert_eq!(error.to_string(), "`v1` is no number");
}

#[test]
fn the_later_of_two_tags_with_one_item_is_kept() {
    let filter = FluxFilter::new(r"^(\w+)-(?P<n>\d+)$", "${n}").expect("valid");
    let items = filter.apply(["a-1", "b-1", "c-2", "d"]);
    assert_eq!(items.into_iter().collect::<Vec<_>>(), [("1".into(), "b-1"), ("2".into(), "c-2")]);
    assert_eq!(FluxFilter::new("^a", "").expect("valid").item("ab").as_deref(), Some("ab"));
    assert_eq!(filter.item("d"), None);
}
