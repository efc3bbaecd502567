use std::cmp::Ordering;

use tidegate_tag_policy::{
    LooseVersion, Part, StrictVersion, VersionErrorKind as Kind, is_build_metadata, is_prerelease,
};

#[test]
fn loose_versions_are_completed() {
    for (text, expected) in [
        ("1", "1.0.0"),
        ("v1.2", "1.2.0"),
        ("007.08.9", "7.8.9"),
        ("1-rc", "1.0.0-rc"),
        ("1.2-rc.1+b.01", "1.2.0-rc.1+b.01"),
        ("1.2.3--", "1.2.3--"),
        ("18446744073709551615", "18446744073709551615.0.0"),
    ] {
        let version = LooseVersion::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(version.to_string(), expected, "{text}");
        assert_eq!(version.to_version().to_string(), expected, "{text}");
        assert_eq!(version.original(), text);
    }
}

#[test]
fn mistakes_have_a_place() {
    for (text, kind, at) in [
        ("", Kind::Empty, ""),
        ("v", Kind::Unexpected, ""),
        ("latest", Kind::Unexpected, "latest"),
        ("V1", Kind::Unexpected, "V1"),
        ("1.x", Kind::Unexpected, "x"),
        ("1.", Kind::Unexpected, ""),
        ("1.2.3.4", Kind::Unexpected, ".4"),
        ("1.2.3 ", Kind::Unexpected, " "),
        ("1.2.3-", Kind::Unexpected, ""),
        ("1.2.3-a..b", Kind::Unexpected, ".b"),
        ("1.2.3-rc.01", Kind::LeadingZero, "01"),
        ("1.2.3+", Kind::Unexpected, ""),
        ("1.18446744073709551616", Kind::NumberTooLarge, "18446744073709551616"),
    ] {
        let error = LooseVersion::parse(text).expect_err(text);
        assert_eq!((error.kind(), error.span().of(text)), (kind, at), "{text}");
        assert!(!error.to_string().is_empty());
    }
}

#[test]
fn strict_versions_have_every_part_and_any_size() {
    for text in ["0.0.0", "1.2.3-0", "1.0.0-a.1+01", "99999999999999999999.0.1"] {
        assert!(StrictVersion::parse(text).is_ok(), "{text}");
    }
    for (text, kind) in [
        ("", Kind::Empty),
        ("1.2", Kind::Unexpected),
        ("v1.2.3", Kind::Unexpected),
        ("1.02.3", Kind::LeadingZero),
        ("1.2.3-01", Kind::LeadingZero),
        ("1.2.3-", Kind::Unexpected),
        ("1.2.3+a+b", Kind::Unexpected),
        ("1..3", Kind::Unexpected),
    ] {
        assert_eq!(StrictVersion::parse(text).expect_err(text).kind(), kind, "{text}");
    }
    assert!(is_prerelease("a.1") && !is_prerelease("") && !is_prerelease("a_b"));
    assert!(is_build_metadata("01") && !is_build_metadata("a."));
}

/// Each version is below the next, as clause 11 of the specification orders them.
const ASCENDING: [&str; 12] = [
    "1.0.0-1",
    "1.0.0-2",
    "1.0.0-10",
    "1.0.0-10.a",
    "1.0.0-A",
    "1.0.0-a",
    "1.0.0-a.1",
    "1.0.0-a.b",
    "1.0.0",
    "1.0.1-0",
    "1.1.0",
    "10.0.0",
];

#[test]
fn precedence_follows_the_specification() {
    for (index, a) in ASCENDING.iter().enumerate() {
        for (other, b) in ASCENDING.iter().enumerate() {
            let expected = index.cmp(&other);
            let loose = |text| LooseVersion::parse(text).expect(text);
            let strict = |text| StrictVersion::parse(text).expect(text);
            assert_eq!(loose(a).cmp_precedence(&loose(b)), expected, "{a} {b}");
            assert_eq!(strict(a).cmp_precedence(&strict(b)), expected, "{a} {b}");
        }
    }
    let (short, long) = (LooseVersion::parse("v1"), LooseVersion::parse("1.0.0+b"));
    let (short, long) = (short.expect("valid"), long.expect("valid"));
    assert_eq!(short.cmp_precedence(&long), Ordering::Equal);
    assert_eq!(short.cmp_tags(&long), Ordering::Greater);
}

#[test]
fn increments_drop_what_follows() {
    let next = |text, part| LooseVersion::parse(text).expect(text).increment(part);
    let text = |text, part| next(text, part).expect("a next one").to_string();
    assert_eq!(text("v1.2.3", Part::Major), "2.0.0");
    assert_eq!(text("1.2", Part::Minor), "1.3.0");
    assert_eq!(text("1.2.3-rc+b", Part::Patch), "1.2.3");
    assert_eq!(text("1.2.3+b", Part::Patch), "1.2.4");
    assert_eq!(next("18446744073709551615.0.0", Part::Major), None);
}
