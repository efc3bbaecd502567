use tidegate_tag_policy::{
    Constraint, ConstraintErrorKind as Kind, LooseVersion, Operator, Prereleases, Term,
    cargo_reading, rewrite_hyphen_ranges,
};

#[track_caller]
fn check(constraint: &str, yes: &[&str], no: &[&str]) {
    let parsed = Constraint::parse(constraint).unwrap_or_else(|e| panic!("{constraint}: {e}"));
    for (texts, expected) in [(yes, true), (no, false)] {
        for text in texts {
            let version = LooseVersion::parse(text).expect(text);
            let matches = parsed.matches_loose(&version, Prereleases::WhereNamed);
            assert_eq!(matches, expected, "{constraint} {text}");
            assert_eq!(parsed.matches(&version.to_version()), expected, "{constraint} {text}");
            assert_eq!(parsed.mismatches(&version.to_version()).is_empty(), expected);
        }
    }
}

#[test]
fn each_operator_has_its_range() {
    check("1.2.3", &["1.2.3", "v1.2.3+b"], &["1.2.4", "1.2.3-rc"]);
    check("=1.2", &["1.2.0", "1.2.9"], &["1.3.0", "1.1.9"]);
    check("1", &["1.0.0", "1.9.0"], &["2.0.0", "0.9.0"]);
    check("*", &["0.0.0", "9.9.9"], &["1.0.0-rc"]);
    check("x.1.2", &["0.0.0", "9.9.9"], &[]);
    check("!=1.2.3", &["1.2.4"], &["1.2.3"]);
    check("!=1.2", &["1.3.0"], &["1.2.0", "1.2.9"]);
    check("!=1.x", &["2.0.0"], &["1.2.0"]);
    check(">1.2.3", &["1.2.4"], &["1.2.3", "1.2.2"]);
    check(">1.2", &["1.3.0"], &["1.2.9"]);
    check(">1", &["2.0.0"], &["1.9.9"]);
    check(">= 1.2", &["1.2.0", "2.0.0"], &["1.1.9"]);
    check("=>1.2", &["1.2.0"], &["1.1.9"]);
    check("<1.2", &["1.1.9"], &["1.2.0"]);
    check("<=1.2.3", &["1.2.3"], &["1.2.4"]);
    check("<=1.2", &["1.2.9"], &["1.3.0"]);
    check("=<1", &["1.9.9"], &["2.0.0"]);
    check("~1.2.3", &["1.2.3", "1.2.9"], &["1.2.2", "1.3.0"]);
    check("~1.2", &["1.2.0"], &["1.3.0"]);
    check("~1", &["1.9.0"], &["2.0.0"]);
    check("~>1.2.3", &["1.2.4"], &["1.3.0"]);
    check("~0.0.0", &["0.0.0", "7.0.0"], &[]);
    check("^1.2.3", &["1.2.3", "1.9.0"], &["1.2.2", "2.0.0"]);
    check("^0.2.3", &["0.2.3", "0.2.9"], &["0.3.0", "1.0.0"]);
    check("^0.2", &["0.2.9"], &["0.3.0"]);
    check("^0.0.3", &["0.0.3"], &["0.0.4", "0.1.0"]);
    check("^0.0", &["0.0.9"], &["0.1.0"]);
    check("^0", &["0.9.0"], &["1.0.0"]);
}

#[test]
fn terms_are_joined() {
    check(">=1.2 <1.4 !=1.3.1", &["1.2.0", "1.3.0"], &["1.3.1", "1.4.0"]);
    check(">=1.2,<1.4", &["1.3.9"], &["1.4.0"]);
    check(">=1.2 , <1.4", &["1.3.9"], &["1.4.0"]);
    check("1.x || >=3", &["1.5.0", "4.0.0"], &["2.0.0"]);
    check("1.2 - 1.4", &["1.2.0", "1.4.9"], &["1.1.9", "1.5.0"]);
    check("1.2 - 1.4 || 2.0.0 - 2.0.5", &["2.0.5"], &["2.0.6"]);
}

#[test]
fn pre_releases_need_a_term_that_names_one() {
    check(">=1.2.0-0", &["1.3.0-rc.1", "1.3.0"], &["1.1.0"]);
    check(">=1.2.0-0 <2", &["1.9.0-a"], &["2.0.1-a"]);
    check(">=1.2.0 || 2.0.0-rc.1", &["2.0.0-rc.1", "1.3.0"], &["1.3.0-rc.1"]);
    check("^1.2.0-beta.2", &["1.2.0-beta.3", "1.5.0-a"], &["1.2.0-beta.1"]);
    let any = Constraint::any();
    let rc = LooseVersion::parse("1.0.0-rc").expect("valid");
    assert!(any.matches_loose(&rc, Prereleases::Included));
    assert!(!any.matches_loose(&rc, Prereleases::WhereNamed));
}

#[test]
fn what_is_no_constraint_is_refused_where_it_is_wrong() {
    for (text, kind, at) in [
        ("", Kind::Empty, ""),
        (" ", Kind::Empty, " "),
        ("1 ||", Kind::Empty, ""),
        ("stable", Kind::Improper, "stable"),
        (">= 1.2, beta", Kind::Improper, "beta"),
        ("1.2.3.4", Kind::Improper, "1.2.3.4"),
        ("1,,2", Kind::Improper, ",2"),
        ("1,", Kind::Improper, ""),
        (">>1", Kind::Improper, ">>1"),
        ("1 || ==2", Kind::Improper, "==2"),
        ("1.2.3-rc.01", Kind::Operand, "1.2.3-rc.01"),
        ("=99999999999999999999", Kind::Operand, "99999999999999999999"),
        ("1x", Kind::Operand, "1x"),
    ] {
        let error = Constraint::parse(text).expect_err(text);
        assert_eq!((error.kind(), error.span().of(text)), (kind, at), "{text}");
        assert!(!error.to_string().is_empty() && !error.help().is_empty());
    }
    let ranged = "1 - 2 || b";
    assert_eq!(Constraint::parse(ranged).expect_err("b").span().of(ranged), ranged);
}

#[test]
fn terms_keep_their_spelling() {
    let constraint = Constraint::parse(" ~> v1.2 ,  =<2.X||3 ").expect("valid");
    assert_eq!(constraint.to_string(), "~>v1.2 =<2.X || 3");
    let groups: Vec<_> = constraint.groups().map(<[Term]>::len).collect();
    assert_eq!(groups, [2, 1]);
    let first = &constraint.groups().next().expect("a group")[1];
    assert_eq!((first.operator(), first.operand_as_written()), (Operator::EqualLess, "2.X"));
    assert_eq!(first.operand().to_string(), "2.0.0");
    assert_eq!(rewrite_hyphen_ranges("v1 - 2-rc"), ">= v1, <= 2-rc ");
    assert_eq!(rewrite_hyphen_ranges("1 -2"), "1 -2");
    assert_eq!(rewrite_hyphen_ranges("é - ü"), "é - ü");
}

#[test]
fn reasons_name_version_and_operand() {
    let reasons = |constraint: &str, version: &str| {
        let version = LooseVersion::parse(version).expect(version);
        let constraint = Constraint::parse(constraint).expect(constraint);
        let mismatches = constraint.mismatches_loose(&version, Prereleases::WhereNamed);
        mismatches.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(reasons(">1.2 <1.3", "v2"), "\"2.0.0\" is greater than or equal to \"1.3\"");
    assert_eq!(
        reasons("1.2 || 1.3", "1.4"),
        "\"1.4.0\" does not have same major and minor version as \"1.2\"; \"1.4.0\" does not have same major and minor version as \"1.3\""
    );
    let prerelease = "\"1.4.0-a\" is a prerelease version and the constraint is only looking for release versions";
    assert_eq!(reasons("1.2 <5 || 1.3", "1.4.0-a"), prerelease);
    assert_eq!(reasons("1.2", "1.2.9"), "");
}

#[test]
fn cargo_reads_the_same_text_otherwise() {
    for (constraint, version, matches, differs) in [
        ("1.2.3", "1.2.4", Some(true), true),
        ("1.2", "1.9.0", Some(true), true),
        ("~1.2", "1.2.9", Some(true), false),
        ("1 2", "1.2.0", None, true),
        ("bad", "1.2.0", None, false),
        (">=1.0.0-a", "1.2.0-a", Some(false), true),
    ] {
        let reading = cargo_reading(constraint, version, Prereleases::WhereNamed);
        assert_eq!((reading.matches, reading.differs), (matches, differs), "{constraint}");
    }
}
