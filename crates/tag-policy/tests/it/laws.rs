use proptest::prelude::*;
use semver::Version;
use tidegate_tag_policy::{
    AllowTags, Constraint, Downgrade, FluxFilter, FluxOrder, FluxPolicy, ImageSpec, LooseVersion,
    Platform, Prereleases, Select, Situation, StrictVersion, TagInfo, TagList, TagPolicy, Term,
    decide, rewrite_hyphen_ranges,
};

const VERSION: &str = "v?[0-3](\\.[0-3](\\.[0-3])?)?(-(a|b|rc\\.[0-9]|0))?(\\+b)?";

/// Constraints by construction, with at most two groups of two terms.
fn constraints() -> impl Strategy<Value = String> {
    let term =
        "(=|!=|>|<|>=|=>|<=|=<|~|~>|\\^)? ?v?([0-3]|x)(\\.([0-3]|x)(\\.([0-3]|\\*))?)?(-(a|0))?";
    let group = proptest::collection::vec(term, 1..3).prop_map(|it| it.join(", "));
    proptest::collection::vec(group, 1..3).prop_map(|it| it.join(" || "))
}

fn situation(current: Option<&TagInfo>) -> Situation<'_> {
    Situation { current, held: &[], released: None, downgrade: Downgrade::Refused }
}

proptest! {
    #[test]
    fn the_order_of_tags_is_total(texts in proptest::collection::vec(VERSION, 3)) {
        let versions: Vec<_> = texts.iter().map(|it| LooseVersion::parse(it).expect(it)).collect();
        let (a, b, c) = (&versions[0], &versions[1], &versions[2]);
        prop_assert_eq!(a.cmp_tags(b), b.cmp_tags(a).reverse());
        prop_assert_eq!(a.cmp_tags(b).is_eq(), texts[0] == texts[1]);
        if a.cmp_tags(b).is_le() && b.cmp_tags(c).is_le() {
            prop_assert!(a.cmp_tags(c).is_le());
        }
        prop_assert_eq!(a.cmp_precedence(b), a.to_version().cmp_precedence(&b.to_version()));
    }

    #[test]
    fn strict_loose_and_semver_read_the_same(text in "(0|[1-9][0-9]{0,3})(\\.(0|[1-9][0-9]{0,3})){2}(-[a-z0-9.-]{1,6})?(\\+[a-z0-9.]{1,4})?") {
        let crates = Version::parse(&text).ok();
        prop_assert_eq!(StrictVersion::parse(&text).is_ok(), crates.is_some());
        prop_assert_eq!(LooseVersion::parse(&text).ok().map(|it| it.to_version()), crates);
    }

    #[test]
    fn parse_then_print_is_identity(text in constraints()) {
        let constraint = Constraint::parse(&text).expect(&text);
        let printed = constraint.to_string();
        prop_assert_eq!(Constraint::parse(&printed).expect(&printed), constraint);
    }

    #[test]
    fn a_version_matches_or_has_reasons(constraint in constraints(), version in VERSION) {
        let constraint = Constraint::parse(&constraint).expect(&constraint);
        let version = LooseVersion::parse(&version).expect(&version);
        for prereleases in [Prereleases::WhereNamed, Prereleases::Included] {
            prop_assert_eq!(
                constraint.matches_loose(&version, prereleases),
                constraint.mismatches_loose(&version, prereleases).is_empty()
            );
        }
        // Pre-releases only ever add.
        prop_assert!(!constraint.matches_loose(&version, Prereleases::WhereNamed)
            || constraint.matches_loose(&version, Prereleases::Included));
    }

    #[test]
    fn a_constraint_and_its_opposite_divide_the_releases(operand in "[0-3]\\.[0-3]\\.[0-3]", version in "[0-3]\\.[0-3]\\.[0-3]") {
        let version = Version::parse(&version).expect("valid");
        for (one, other) in [("<", ">="), (">", "<="), ("=", "!=")] {
            let matches = |operator| Constraint::parse(&format!("{operator}{operand}")).expect("valid").matches(&version);
            prop_assert!(matches(one) != matches(other));
        }
    }

    #[test]
    fn a_decision_agrees_with_a_simple_search(
        constraint in constraints(),
        names in proptest::collection::btree_set(VERSION, 0..8),
        current in proptest::option::of(VERSION),
    ) {
        let constraint = Constraint::parse(&constraint).expect(&constraint);
        let tags: Vec<_> = names.iter().map(|it| TagInfo::named(it)).collect();
        let current = current.map(|it| TagInfo::named(&it));
        let policy = TagPolicy::new(Select::Semver(constraint.clone()));
        let list = TagList::complete(tags);
        let decision = decide(&policy, &situation(current.as_ref()), &list).expect("complete");
        let version = |text: &'_ str| LooseVersion::parse(text).expect("valid").to_version();
        let expected = names
            .iter()
            .filter(|it| constraint.matches(&version(it)))
            .filter(|it| current.as_ref().is_none_or(|c| version(it).cmp_precedence(&version(&c.name)).is_ge()))
            .max_by(|a, b| version(a).cmp_precedence(&version(b)).then(a.cmp(b)));
        prop_assert_eq!(decision.chosen.as_ref().map(|it| &it.name), expected);
        prop_assert_eq!(decision.reasons.len(), names.len());
        if current.is_none() {
            prop_assert_eq!(constraint.newest(names.iter().map(String::as_str)), expected.map(String::as_str));
        }
    }

    #[test]
    fn never_panics(text in ".{0,32}", other in "[-0-9a-z.*^~<>=!|, ]{0,24}") {
        for text in [&text, &other] {
            let _ = LooseVersion::parse(text);
            let _ = StrictVersion::parse(text);
            let _ = text.parse::<Term>();
            if let Ok(constraint) = Constraint::parse(text) {
                let _ = constraint.matches(&Version::new(1, 2, 3));
            }
            let _ = rewrite_hyphen_ranges(text);
            let _ = AllowTags::lenient(text).allows(text);
            let _ = FluxPolicy::Numerical(FluxOrder::Ascending).latest([&**text]);
            let _ = FluxFilter::new(text, text).map(|it| it.item(text));
            let _ = Platform::parse(text).accepted_by(&[]);
            let spec = ImageSpec::parse(text);
            let _ = ImageSpec::parse(&spec.to_string());
        }
    }

    #[test]
    fn spans_lie_in_the_text(text in "[-0-9a-z.*^~<>=!|, é]{0,16}") {
        if let Err(error) = Constraint::parse(&text) {
            prop_assert!(text.get(error.span().range()).is_some(), "{:?}", error);
        }
        if let Err(error) = LooseVersion::parse(&text) {
            prop_assert!(text.get(error.span().range()).is_some(), "{:?}", error);
        }
    }
}
